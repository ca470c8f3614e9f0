"""Traffic that goes past a VPN: a LAN's IPv6 while its IPv4 takes the tunnel, and either while the tunnel is off.

IPv6 has rules, marks and routes of its own, so what sends a LAN's IPv4 into a tunnel leaves its IPv6 where it was
(docs/facts/packet-path.md#dns-and-ipv6: the usual leak round a tunnel).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.doctor.finding import Finding, Where
from wiretik_provider.doctor.journeys import journeys
from wiretik_provider.doctor.patient import Patient
from wiretik_provider.trace import Snapshot, Trace, packet, trace
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.questions.question import while_down

__all__ = ["leaks"]

_INTERNET6: Final = "2606:4700:4700::1111"
_ROUTES: Final = {FOUR: "Route", SIX: "Ipv6Route"}
_A_HOST: Final = 0x10
"""Which address of a network stands for its hosts, where it isn't the router's own."""


def leaks(patient: Patient) -> Iterator[Finding]:
    """What of LANs whose IPv4 takes a tunnel doesn't."""
    told: set[str] = set()
    for lan, whole, found in journeys(patient):
        if not whole or not found.disposition.arrives or found.leaves not in patient.devices or lan in told:
            continue
        told.add(lan)
        walks = [found]
        for src in _hosts6(patient.snapshot, lan):
            other = trace(patient.snapshot, packet(SIX.text(src), _INTERNET6, port=443, enters=lan))
            if _by_the_line(patient, other):
                yield _past(patient, found, other)
            else:
                walks.append(other)
        yield from _while_off(patient, found.leaves, walks)


def _hosts6(snapshot: Snapshot, lan: str) -> Iterator[int]:
    """A host of each IPv6 network of a LAN that packets are routed from."""
    for own in snapshot.of(SIX).own:
        if own.interface == lan and own.known and own.length < SIX.bits - 8 and not SIX.is_link_local(own.address):
            host = own.network + _A_HOST
            yield host if host != own.address else host + 1


def _by_the_line(patient: Patient, found: Trace) -> bool:
    """Whether a packet gets out, and by no tunnel."""
    return found.disposition.arrives and bool(found.leaves) and found.leaves not in patient.devices


def _past(patient: Patient, inside: Trace, found: Trace) -> Finding:
    asked = inside.packet
    marks = f'new_routing_mark="{inside.mark}"' if inside.mark else "a mark for the tunnel's table"
    return Finding(
        kind="ipv6-past-vpn",
        where=Where(router=patient.name, tunnel=inside.leaves, menu=SIX.mangle),
        fact=f"{asked.family.text(asked.src)} to the internet takes {inside.leaves}, but "
        f"{SIX.text(found.packet.src)} from the same {asked.enters} is {found.verdict}",
        cure=f'wt.Ipv6MangleRule(..., chain="prerouting", in_interface="{asked.enters}", action="mark-routing", '
        f"{marks}) and a blackhole for ::/0 in that table, as wt.AlwaysOnVpn makes them",
        value=SIX.text(found.packet.src),
    )


def _while_off(patient: Patient, device: str, walks: list[Trace]) -> Iterator[Finding]:
    """What leaves in the clear when the tunnel is off, though it takes it while it is on."""
    for inside in (one for one in walks if one.leaves == device):
        asked = inside.packet
        found = trace(while_down(patient.snapshot, device), asked)
        if _by_the_line(patient, found):
            yield Finding(
                kind="no-kill-switch",
                where=Where(router=patient.name, tunnel=device, menu=asked.family.routes),
                fact=f"{asked.family.text(asked.src)} to the internet takes {device}, and while that is off it is "
                f"{found.verdict}",
                cure=f'wt.{_ROUTES[asked.family]}(..., dst_address="{asked.family.everywhere}", blackhole=True, '
                f'distance=254, routing_table="{inside.table or "main"}") behind the tunnel\'s own, as wt.AlwaysOnVpn '
                "makes it",
                value=device,
            )
