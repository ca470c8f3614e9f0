"""The firewall and NAT: accepts behind drops, FastTrack in front of marks, masquerade, and segments that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import attrs

from wiretik_provider.doctor.callers import blocked, is_about
from wiretik_provider.doctor.finding import ERROR, NOTE, WARNING, Finding, Where
from wiretik_provider.doctor.journeys import Journey, journeys
from wiretik_provider.doctor.patient import Patient, allowed, is_public, named
from wiretik_provider.doctor.ways import leads_to
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import BY_FASTTRACK
from wiretik_provider.trace.packet import EPHEMERAL, Span, dotted
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.snapshot import is_true
from wiretik_provider.trace.steps.match import Subject, matches
from wiretik_provider.trace.walk import first_packet

__all__ = ["fasttracked", "rules"]

FILTER: Final = "/ip/firewall/filter"
MANGLE: Final = "/ip/firewall/mangle"
_HOST: Final = 32
NAT: Final = "/ip/firewall/nat"
_CLOSED: Final = (Disposition.DROPPED, Disposition.REJECTED)
_KINDS: Final = (("icmp", 0), ("tcp", 443), ("udp", 443))


def rules(patient: Patient) -> Iterator[Finding]:
    """What is wrong with what tunnels' packets meet on their way through the router."""
    for device in patient.running:
        most = max(_LEAST, _PAIRS // len(patient.running))
        into = list(_walks(patient, islice(_into(patient, device), most)))
        out = list(_walks(patient, islice(_out_of(patient, device), most)))
        shadowed = list(_shadowed(patient, device, [*into, *out]))
        yield from shadowed
        yield from () if shadowed else blocked(patient, device, into, out)
        yield from _clamp(patient, device, [*into, *out])
    yield from _internet(patient)
    for device in patient.running:
        for net in patient.behind(device):
            if net.length == 32:
                found = patient.walk(net.first, patient.internet[0], device, "tcp", 443)
                yield from fasttracked(patient, found, Where(router=patient.name, tunnel=found.leaves))


_PAIRS: Final = 60
"""From whom to whom packets into all tunnels, and out of them, are asked about."""
_LEAST: Final = 8
Way = tuple[int, int, str]


def _into(patient: Patient, device: str) -> Iterator[Way]:
    """From each LAN to what is behind a tunnel."""
    there = [host for net in patient.behind(device) for host in patient.hosts(net)[:1]]
    there += patient.internet[:1] if patient.is_provider(device) else ()
    for lan, net in patient.lans:
        for src in patient.hosts(net)[:1]:
            yield from ((src, dst, lan) for dst in there)


def _out_of(patient: Patient, device: str) -> Iterator[Way]:
    """From what is behind a tunnel to each LAN, and to what is behind this tunnel as well."""
    there = [host for net in patient.behind(device) for host in patient.hosts(net)[:1]]
    sources = there + (list(patient.internet[:1]) if patient.is_provider(device) else [])
    near = [host for _, net in patient.lans for host in patient.hosts(net)[:1]]
    for src in sources:
        yield from ((src, dst, device) for dst in [*near, *(one for one in there if one != src)])


def _walks(patient: Patient, asked: Iterable[Way]) -> Iterator[Trace]:
    for src, dst, enters in asked:
        for protocol, port in _KINDS:
            yield patient.first(src, dst, enters, protocol, port)


# --- accepts behind drops --------------------------------------------------------------------------------------------


def _shadowed(patient: Patient, device: str, found: Iterable[Trace]) -> Iterator[Finding]:
    """Accepts of a tunnel that stand behind a drop which isn't about that tunnel."""
    walks = list(found)
    accepts = [
        at
        for at, row in enumerate(patient.snapshot[FILTER])
        if row.get("action", "accept") == "accept" and is_about(row, device) and not is_true(row, "disabled")
    ]
    # One that lets others through is in its place, whatever is dropped above it.
    told = {step.number for one in walks for step in one.steps if step.menu == FILTER}
    for one in walks:
        step = one.by
        if one.disposition not in _CLOSED or step is None or step.menu != FILTER or step.number < 0:
            continue
        above = patient.snapshot[FILTER][step.number]
        if is_about(above, device) or not any(at > step.number and at not in told for at in accepts):
            continue
        rows = [*patient.snapshot[FILTER]]
        rows[step.number] = {**above, "disabled": "true"}
        other = first_packet(patient.snapshot.having({FILTER: rows}), one.packet)
        behind = [
            at.number
            for at in other.steps
            if at.menu == FILTER
            and at.number > step.number
            and at.text == "accept"
            and is_about(rows[at.number], device)
        ]
        for number in behind[:1]:
            if number in told:
                continue
            told.add(number)
            yield Finding(
                kind="shadowed",
                where=Where(router=patient.name, tunnel=device, menu=FILTER, row=rows[number].get(".id", "")),
                fact=f"{named(FILTER, rows[number], number)} stands behind {named(FILTER, above, step.number)}, which "
                f"drops the packets that it should accept ({one.packet})",
                cure="wt.FilterRule(..., position=wt.BEFORE_DROP)",
                value=str(number),
            )


# --- the internet from the LAN ---------------------------------------------------------------------------------------


def _internet(patient: Patient) -> Iterator[Finding]:
    """What goes wrong on the ways from the LANs to the internet; of those that fail alike the first."""
    seen: set[tuple[object, str]] = set()
    for journey in journeys(patient):
        for one in _on_the_way(patient, journey):
            key = one.where, f"{one.kind} {one.severity}"
            if key not in seen:
                seen.add(key)
                yield one


def _on_the_way(patient: Patient, journey: Journey) -> Iterator[Finding]:
    found = journey.found
    tunnel = found.leaves if found.leaves in patient.devices else leads_to(patient, found.mark) if found.mark else ""
    about = Where(router=patient.name, tunnel=tunnel)
    if found.disposition is Disposition.UNKNOWN:
        return
    yield from fasttracked(patient, found, about)
    if found.disposition.arrives:
        yield from _translated(patient, journey, about)
        return
    marked = f"marked {found.mark} and " if found.mark else ""
    if tunnel and (found.mark or found.table not in ("", "main")) and found.disposition not in _CLOSED:
        yield Finding(
            kind="internet-lost",
            where=attrs.evolve(about, menu="/ip/route"),
            fact=f"{journey.text} is {marked}{found.verdict}",
            cure=cure(patient.snapshot, found, kind="reaches") or f"a way out by {tunnel}",
        )


def fasttracked(patient: Patient, found: Trace, about: Where) -> Iterator[Finding]:
    """Connections that belong in a tunnel, or answers that do, and go on past it."""
    for first in (found, *((found.reply,) if found.reply else ())):
        step, later = found.fasttracked, next((one for one in first.later if one.about == BY_FASTTRACK), None)
        if step is None or later is None or later.leaves == first.leaves or first.leaves not in patient.devices:
            continue
        what = "connections" if first is found else "answers"
        yield Finding(
            kind="not-by-fasttrack",
            where=attrs.evolve(about, tunnel=first.leaves, menu=FILTER, row=step.row_id),
            fact=f"{step.rule} takes {what} that belong in {first.leaves}: later packets are {later.verdict}",
            cure=cure(patient.snapshot, found, leaves=found.leaves, kind="leaves_by"),
            value=str(step.number),
        )
        return


def _translated(patient: Patient, journey: Journey, about: Where) -> Iterator[Finding]:
    """Private sources that leave as they are, to somebody who can't answer them."""
    found, src, out = journey.found, journey.found.packet.src, journey.found.leaves
    if found.source != src or is_public(src):
        return
    own = [one for one in patient.snapshot.own if one.interface == out]
    # A provider gives one address; a far end of one's own may know the LAN.
    inside = out in patient.devices
    certain = any(one.length == 32 if inside else is_public(one.address) for one in own)
    if not certain and not inside:
        return
    severity = ERROR if certain else NOTE
    if not journey.whole and not found.mark:
        # What has a route of its own may be meant for the router alone, or be a far end's that knows the LAN.
        if not certain or not inside or not patient.is_provider(out):
            return
        severity = WARNING
    yield Finding(
        kind="no-masquerade",
        where=attrs.evolve(about, menu=NAT),
        fact=f"{journey.text} leaves by {out} with its own source, which no NAT rule translates",
        cure=f'wt.NatRule(..., chain="srcnat", out_interface="{out}", action="masquerade")',
        value=dotted(src),
        severity=severity,
    )


# --- segments that fit -----------------------------------------------------------------------------------------------


def _clamp(patient: Patient, device: str, walks: list[Trace]) -> Iterator[Finding]:
    """TCP that is forwarded into a tunnel, or out of it, without a limit to its segments."""
    routed = any(not is_true(row, "dynamic") and is_true(row, "active") for row in patient.routes(device))
    passes = [one for one in (*walks, *(one.found for one in journeys(patient))) if one.packet.protocol == "tcp"]
    used = any(
        # From one peer to another both ends have the tunnel's MTU.
        one.disposition.arrives and device in (one.leaves, one.packet.enters) and one.leaves != one.packet.enters
        for one in passes
    )
    # A peer that is one host has the tunnel's MTU itself, so its own segments fit and it asks for such.
    alone = all(net.length == _HOST for peer in patient.peers(device) for net in allowed(peer))
    if alone or not routed or not used or any(_fits(patient, device, row) for row in patient.snapshot.enabled(MANGLE)):
        return
    yield Finding(
        kind="mss",
        where=Where(router=patient.name, tunnel=device, menu=MANGLE),
        fact=f"no mangle rule changes the MSS of TCP into {device}",
        cure=f'wt.MangleRule(..., chain="forward", out_interface="{device}", protocol="tcp", tcp_flags="syn", '
        'action="change-mss", new_mss="clamp-to-pmtu"), and one for in_interface',
    )


def _fits(patient: Patient, device: str, row: Row) -> bool:
    """Whether a rule changes the MSS of some TCP into a tunnel."""
    if row.get("action") != "change-mss" or row.get("chain") not in ("forward", "postrouting"):
        return False
    nets = [net for peer in patient.peers(device) for net in allowed(peer)]
    asks = [one.asks for one in patient.snapshot.chain(MANGLE, row["chain"]) if one.row is row]
    for source, net in patient.lans or [(device, net) for net in nets[:1]]:
        for dst in (patient.internet[0], *(one.first + (one.length < 32) for one in nets)):
            syn = _syn(net.first + 1, dst, source, device)
            if any(matches(ask, syn, patient.snapshot) is not False for ask in asks):
                return True
    return False


def _syn(src: int, dst: int, enters: str, leaves: str) -> Subject:
    """The first packet of a TCP connection as the forward chain sees it."""
    return Subject(src, dst, "tcp", EPHEMERAL, Span(443, 443), enters, leaves=leaves, flags=frozenset({"syn"}))
