"""Peers that call: does the port let them in, is there an address to call, and what do they reach then.

They have a connected network and no route of their own, so what counts is what the rules do with what comes in by the
tunnel. Rule: who reaches anything at all may be meant to reach just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from wiretik_provider.codecs.base import is_number
from wiretik_provider.doctor.finding import ERROR, NOTE, WARNING, Finding, Where
from wiretik_provider.doctor.patient import (
    DEVICES,
    EVERYTHING,
    PEERS,
    Net,
    Patient,
    allowed,
    is_public,
    named,
)
from wiretik_provider.doctor.tunnels import calls
from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.snapshot import is_true, span_of

__all__ = ["blocked", "callers", "is_about"]

FILTER: Final = "/ip/firewall/filter"
NAT: Final = "/ip/firewall/nat"
_RULES: Final = (FILTER, "/ip/firewall/raw")
_CLOSED: Final = (Disposition.DROPPED, Disposition.REJECTED)
_KINDS: Final = 200
"""Kinds of callers that one port is tried with."""
_SERVICES: Final = (("tcp", 8291), ("tcp", 22), ("tcp", 80), ("tcp", 443), ("udp", 53), ("udp", 443))
"""By which somebody may be meant to reach the router."""
_HOST: Final = 32
_CGNAT: Final = span_of("100.64.0.0/10") or (0, 0)
_GLOBAL6: Final = SIX.span("2000::/3") or (0, 0)


def callers(patient: Patient) -> Iterator[Finding]:
    """What is wrong for peers that call."""
    for device, row in patient.devices.items():
        if not patient.snapshot.runs(device) or is_true(row, "dynamic"):
            continue
        waiting = _waiting(patient, device)
        if waiting:
            yield from _port(patient, device, row, waiting)
            yield from _unanswered(patient, device, row, waiting)
            yield from _line(patient, device, row, waiting)
            yield from _names(patient, device)
            yield from _no_resolver(patient, device, waiting)
        yield from _near(patient, device)


def _waiting(patient: Patient, device: str) -> list[Row]:
    """The peers that have to call."""
    return [peer for peer in patient.peers(device) if not calls(peer)]


# --- the port --------------------------------------------------------------------------------------------------------


def _port(patient: Patient, device: str, row: Row, waiting: list[Row]) -> Iterator[Finding]:
    """Whether the listen port is open for those that call."""
    port = row.get("listen-port", "")
    awake = [peer for peer in waiting if patient.is_fresh(peer)]
    # Who comes in by IPv6 or from a network of our own isn't stopped by what stops the internet.
    spans = [span_of(peer.get("current-endpoint-address", "")) for peer in awake]
    if not is_number(port) or not all(span and is_public(span[0]) for span in spans):
        return
    lost = _shut(patient, int(port))
    if lost is None:
        return
    awake_too = "; who is connected came in before, and won't again" if awake else ""
    yield Finding(
        kind="input-blocked",
        where=Where(
            router=patient.name,
            tunnel=device,
            menu=lost.by.menu if lost.by else "",
            row=lost.by.row_id if lost.by else "",
        ),
        fact=f"{named(PEERS, waiting[0])} has to call, and UDP to port {port} by {lost.packet.enters} is "
        f"{lost.verdict}{awake_too}",
        cure=_opened(patient, lost, port),
        value=port,
        severity=WARNING if awake else ERROR,
    )


def _opened(patient: Patient, lost: Trace, port: str) -> str:
    """The rule that opens a port, or that keeps a NAT rule from taking it away."""
    if lost.connection is not None and lost.connection.dstnat:
        taken = next((step.rule for step in lost.steps if step.menu == NAT), "a NAT rule")
        return (
            f'{taken} takes it before chain input: wt.NatRule(..., chain="dstnat", protocol="udp", dst_port={port}, '
            f'in_interface_list="WAN", action="accept", position=wt.FIRST), or dst_port="!{port}" in that rule'
        )
    return (
        f'wt.FilterRule(..., chain="input", protocol="udp", dst_port={port}, in_interface_list="WAN", '
        f'action="accept", position=wt.BEFORE_DROP): {cure(patient.snapshot, lost, kind="reaches")}'
    )


def _shut(patient: Patient, port: int) -> Trace | None:
    """A caller's packet that doesn't get in, where none does; None where one does or it isn't known."""
    lost: Trace | None = None
    strangers = [one for one in patient.kinds(EVERYTHING) if is_public(one) and one not in patient.snapshot.local]
    for enters in sorted(patient.exits):
        for own in patient.snapshot.own:
            if own.interface != enters:
                continue
            for src in strangers[:_KINDS]:
                found = patient.first(src, own.address, enters, "udp", port)
                if found.disposition in (Disposition.DELIVERED, Disposition.UNKNOWN):
                    return None
                lost = lost or found
    return lost


def _unanswered(patient: Patient, device: str, row: Row, waiting: list[Row]) -> Iterator[Finding]:
    """Calls that get in, and of which no answer leaves by the line that it came by.

    A line that waits for another's failure is answered when that fails, so one that is answered is enough.
    """
    port = row.get("listen-port", "")
    if not is_number(port) or any(map(patient.is_fresh, waiting)):
        return
    lost: Trace | None = None
    for own in patient.snapshot.own:
        if own.interface not in patient.exits:
            continue
        found = patient.walk(patient.internet[0], own.address, own.interface, "udp", int(port))
        reply = found.reply
        if found.disposition is Disposition.DELIVERED and reply is not None and _is_lost(reply, own.interface):
            lost = lost or found
        elif found.disposition in (Disposition.DELIVERED, Disposition.UNKNOWN):
            return
    if lost is None or lost.reply is None:
        return
    came, reply = lost.packet.enters, lost.reply
    routed = "a default route in table main" if reply.disposition is Disposition.NO_ROUTE else f"a way out by {came}"
    yield Finding(
        kind="answers-astray",
        where=Where(router=patient.name, tunnel=device, menu="/ip/route"),
        fact=f"{named(PEERS, waiting[0])} has to call; UDP to port {port} gets in by {came}, and the router's answer "
        f"is {reply.verdict}",
        cure=f"{routed} for what the router itself sends: before a mark of chain output counts, main must have a route",
        value=port,
    )


def _is_lost(reply: Trace, came: str) -> bool:
    """Whether an answer surely doesn't leave by the line that its question came by."""
    if reply.disposition.arrives:
        return bool(reply.leaves) and reply.leaves != came
    return reply.disposition is not Disposition.UNKNOWN


def _line(patient: Patient, device: str, row: Row, waiting: list[Row]) -> Iterator[Finding]:
    """Whether there is an address of the internet to call."""
    own = [one for one in patient.snapshot.own if one.interface in patient.exits]
    six = any(_GLOBAL6[0] <= one.address <= _GLOBAL6[1] for one in patient.snapshot.of(SIX).own)
    unknown = not own or not patient.settled or SIX.addresses in patient.snapshot.unread
    if unknown or six or any(is_public(one.address) for one in own) or any(map(patient.is_fresh, waiting)):
        return
    shared = [one for one in own if _CGNAT[0] <= one.address <= _CGNAT[1]]
    first = (shared or own)[0]
    what = "an address of a provider's NAT (CGNAT)" if shared else "a private address, so a router is in front"
    port = row.get("listen-port", "")
    yield Finding(
        kind="line-behind-nat",
        where=Where(router=patient.name, tunnel=device, menu=DEVICES, row=row.get(".id", "")),
        fact=f"{named(PEERS, waiting[0])} has to call, and {first.interface} has {dotted(first.address)}, {what}",
        cure=f"a public address from the provider, or a server of your own that both ends call: wt.RelayMesh; {device} "
        "calls out by endpoint_address of its peer"
        if shared
        else f"the router in front forwards UDP {port} to {dotted(first.address)}",
        value=dotted(first.address),
        severity=WARNING if shared else NOTE,
    )


# --- what they reach -------------------------------------------------------------------------------------------------


def is_about(row: Row, device: str) -> bool:
    """Whether a rule is about this very tunnel."""
    return device in (row.get("in-interface"), row.get("out-interface"))


def blocked(patient: Patient, device: str, into: list[Trace], out: list[Trace]) -> Iterator[Finding]:
    """A tunnel that lets nothing through: routes lead into it, or peers call and reach nothing.

    Args:
        patient: the router.
        device: the tunnel.
        into: packets from the LANs to what is behind it.
        out: packets from what is behind it.
    """
    routed = any(not is_true(row, "dynamic") for row in patient.routes(device))
    called = bool(_waiting(patient, device)) and bool(patient.behind(device))
    if not (routed or called) or not into or not out or any(one.disposition not in _CLOSED for one in out):
        return
    both = all(one.disposition in _CLOSED for one in into)
    first = into[0] if routed else out[0]
    if first.by is None or first.by.menu not in _RULES or is_about(_by(patient, first), device):
        return
    # Whom the LAN reaches may be meant to wait for it; not so where a rule drops what comes by a list with the tunnel.
    listed = _listed(patient, first, device)
    if not both and not (called and listed):
        return
    reach = [] if routed else [one for one in _of_the_router(patient, device) if one.disposition not in _CLOSED]
    if any(one.disposition is Disposition.UNKNOWN for one in reach) or (reach and not listed):
        return
    ways = f"into and out of {device}" if both else f"out of {device}"
    besides = f", all packets {ways} but those to the router itself" if reach else f" all else {ways}"
    yield Finding(
        kind="blocked",
        where=Where(router=patient.name, tunnel=device, menu=first.by.menu, row=first.by.row_id),
        fact=f"{first.packet}: {first.verdict}, and so is{besides}",
        cure=_let_through(patient, first, device, listed),
        value=str(first.by.number),
        severity=WARNING if reach else ERROR,
    )


def _by(patient: Patient, found: Trace) -> Row:
    """The rule that decided."""
    step = found.by
    return patient.snapshot[step.menu][step.number] if step and step.number >= 0 else {}


def _listed(patient: Patient, found: Trace, device: str) -> str:
    """The list of interfaces by which a rule takes what comes by a tunnel; empty where it doesn't name one."""
    listed = _by(patient, found).get("in-interface-list", "!")
    return listed if device in patient.snapshot.members.get(listed, ()) else ""


def _let_through(patient: Patient, first: Trace, device: str, listed: str) -> str:
    if patient.snapshot.members.get(listed, frozenset()) & patient.exits:
        return (
            f"take {device} out of the interface list {listed}, which is that of the lines; to translate its packets "
            f'add wt.NatRule(..., chain="srcnat", out_interface="{device}", action="masquerade")'
        )
    if first.by is not None and first.by.menu != FILTER:
        nets = ", ".join(str(net) for net in patient.behind(device)[:1])
        return f"leave packets from {device} ({nets}) out of {first.by.rule}: by in_interface or a src_address_list"
    return (
        f'wt.FilterRule(..., chain="forward", out_interface="{device}", action="accept", '
        f'position=wt.BEFORE_DROP), and one with in_interface="{device}"'
    )


def _of_the_router(patient: Patient, device: str) -> Iterator[Trace]:
    """What a caller may be meant to reach on the router itself."""
    hosts = [host for net in patient.behind(device)[:1] for host in patient.hosts(net)[:1]]
    near = [own.address for own in patient.snapshot.own if own.interface == device]
    near += [own.address for lan, _ in patient.lans for own in patient.snapshot.own if own.interface == lan][:1]
    for src in hosts:
        for dst in near:
            yield from (patient.first(src, dst, device, protocol, port) for protocol, port in _SERVICES)


def _names(patient: Patient, device: str) -> Iterator[Finding]:
    """Whether who calls gets names of the router, which answers others."""
    dns = next(iter(patient.snapshot["/ip/dns"]), {})
    # A peer of ours has a profile of ours, which says whom it asks; what it asks the router is the program's to allow.
    waiting = [peer for peer in _waiting(patient, device) if ownership.tag_of(peer) is None]
    users = [net for peer in waiting for net in allowed(peer) if net.length == _HOST]
    told = [peer.get("client-dns", "") for peer in waiting]
    near = [own.address for own in patient.snapshot.own if own.interface == device]
    if not is_true(dns, "allow-remote-requests") or not users or not near or any(told):
        return
    asked = patient.first(users[0].first, near[0], device, "udp", 53)
    if asked.disposition not in _CLOSED or not _is_used(patient, device, users):
        return
    yield Finding(
        kind="names-refused",
        where=Where(router=patient.name, tunnel=device, menu=FILTER, row=asked.by.row_id if asked.by else ""),
        fact=f"{dotted(users[0].first)}'s DNS questions to the router by {device} (UDP 53) are {asked.verdict}",
        cure=f'wt.FilterRule(..., chain="input", in_interface="{device}", protocol="udp", dst_port=53, '
        'action="accept", position=wt.BEFORE_DROP), or another resolver in the profiles',
        value="53",
    )


def _no_resolver(patient: Patient, device: str, waiting: list[Row]) -> Iterator[Finding]:
    """A profile that names the router as resolver, which answers nobody's questions."""
    dns = next(iter(patient.snapshot["/ip/dns"]), None)
    if dns is None or is_true(dns, "allow-remote-requests") or "/ip/dns" in patient.snapshot.unread:
        return
    own = {dotted(one.address): one.address for one in patient.snapshot.own}
    for peer in waiting:
        servers = [text for text in peer.get("client-dns", "").split(",") if text]
        users = [net.first for net in allowed(peer)]
        if not servers or not users or not own.keys() >= set(servers):
            continue
        found = patient.first(users[0], own[servers[0]], device, "udp", 53)
        if found.disposition is not Disposition.DELIVERED:
            continue  # a rule may forward it to a resolver
        yield Finding(
            kind="names-refused",
            where=Where(router=patient.name, tunnel=device, menu="/ip/dns"),
            fact=f"{named(PEERS, peer)} has client-dns={','.join(servers)}, the router itself, which answers nobody: "
            "allow-remote-requests is no",
            cure='wt.Dns("dns", allow_remote_requests=True), with port 53 closed towards the WAN, or another resolver '
            "in client_dns",
            value=servers[0],
        )
        return


def _is_used(patient: Patient, device: str, users: Iterable[Net]) -> bool:
    """Whether who calls is let through to somebody, so that names are what is missing."""
    there = [host for _, net in patient.lans for host in patient.hosts(net)[:1]] + [patient.internet[0]]
    walks = (patient.first(net.first, dst, device, "tcp", 443) for net in users for dst in there)
    return any(one.disposition.arrives for one in walks)


def _near(patient: Patient, device: str) -> Iterator[Finding]:
    """Peers with addresses of a LAN's own network, which asks for them by ARP."""
    for peer in patient.peers(device):
        for net in allowed(peer):
            lan = next((name for name, own in patient.lans if own.holds(net) and own != net), "")
            if not lan or patient.arp(lan) not in ("enabled", "reply-only"):
                continue
            way = patient.lookup("main", net.first)
            if way is None or way.leaves != device:
                continue
            yield Finding(
                kind="no-proxy-arp",
                where=Where.of_peer(patient.name, device, peer),
                fact=f"{named(PEERS, peer)} of {device} has {net}, of the network of {lan}, and {lan} answers ARP for "
                f"its own addresses alone (arp={patient.arp(lan)}, not proxy-arp)",
                cure=f"arp=proxy-arp on {lan} (/interface/bridge/set {lan} arp=proxy-arp), or better a network of "
                f"its own for {device}",
                value=str(net),
            )
            return
