"""One packet's way on one router, step by step, as RouterOS documents it.

Source: docs/facts/wireguard.md, docs/facts/packet-path.md.

Pure. Where something isn't known the walk is taken both ways: if both end alike the answer is known all the same, if
not it is UNKNOWN, because of that rule. What is the same for all packets of a connection is left to `worlds`. Beside
the facts it stands on two things: a packet is whole, and nothing else passes the router meanwhile.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import EPHEMERAL, Packet, Span
from wiretik_provider.trace.part import FIRST, Part
from wiretik_provider.trace.result import Connection, Disposition, Fork, Hop, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot
from wiretik_provider.trace.steps.path import Path, peer_name
from wiretik_provider.trace.worlds import in_all_worlds, kept_in_both, outcome

__all__ = ["carrier_of", "explore", "explore_here", "first_here", "first_packet"]

_MOST_CHOICES: Final = 8
"""How many unknowns one walk may meet."""
_MOST_TUNNELS: Final = 4
"""How many tunnels may lie in one another."""


def first_packet(snapshot: Snapshot, packet: Packet, before: Connection | None = None) -> Trace:
    """The first packet's way, and that of the packet that carries it where it goes into a tunnel."""
    return in_all_worlds(snapshot, lambda world: first_here(world, packet, before=before))


def first_here(
    snapshot: Snapshot, packet: Packet, tunnels: tuple[str, ...] = (), before: Connection | None = None
) -> Trace:
    """The same in one world; what it met that isn't known stands in the trace."""
    found = _carried(snapshot, packet) if tunnels else explore_here(snapshot, packet, before=before)
    if found.disposition is not Disposition.INTO_TUNNEL or found.by is None:
        return found
    carrier = carrier_of(snapshot, found)
    if isinstance(carrier, str):
        return attrs.evolve(found, notes=(*found.notes, carrier))
    entered = (*tunnels, found.leaves)
    ahead = _carried(snapshot, carrier)
    if ahead.leaves in entered:
        text = f"the tunnel's own packets go by {ahead.leaves} again"
        return attrs.evolve(
            found, disposition=Disposition.LOOP, by=attrs.evolve(found.by, text=text), outer=ahead, connection=None
        )
    outer = ahead if len(entered) >= _MOST_TUNNELS else first_here(snapshot, carrier, entered)
    if outer.disposition is Disposition.UNKNOWN or outer.disposition.arrives:
        return attrs.evolve(found, outer=outer)
    return attrs.evolve(found, disposition=outer.disposition, by=outer.by, outer=outer, connection=None)


@lru_cache(maxsize=64)
def _carried(snapshot: Snapshot, carrier: Packet) -> Trace:
    """What becomes of a tunnel's own packet; one carries whatever is sent to its peer."""
    return explore_here(snapshot, carrier)


def carrier_of(snapshot: Snapshot, found: Trace) -> Packet | str:
    """The UDP packet in which the tunnel carries another, or why it can't be followed.

    Source: docs/facts/wireguard.md#many-peers.
    """
    peers = snapshot.peers.get(found.leaves, ())
    row = next((row for row in peers if found.by and row.get(".id", "") == found.by.row_id), {})
    now = row.get("current-endpoint-address", "")
    host = now or row.get("endpoint-address", "")
    if not host:
        return f"peer {peer_name(row)} has no endpoint: until it calls, nothing can be sent to it"
    family = family_of(host)
    span = family.span(host)
    if span is None or span[0] != span[1]:
        told = "its endpoint isn't known yet" if host is UNKNOWN else f"{host} isn't resolved"
        return f"the tunnel's own packets aren't followed: {told}"
    device = next((one for one in snapshot["/interface/wireguard"] if one.get("name") == found.leaves), {})
    if (vrf := device.get("vrf") or "main") != "main":
        return f"the tunnel's own packets aren't followed: they are of the VRF {vrf}"
    return Packet(
        src=0,
        dst=span[0],
        protocol="udp",
        src_port=_port(device.get("listen-port")),
        dst_port=_port(row.get("current-endpoint-port" if now else "endpoint-port")),
        family=family,
    )


def _port(text: str | None) -> Span:
    return Span(int(text), int(text)) if text and is_number(text) and text != "0" else EPHEMERAL


def explore(
    snapshot: Snapshot,
    packet: Packet,
    connection: Connection | None = None,
    part: Part = FIRST,
    *,
    before: Connection | None = None,
) -> Trace:
    """The walk of one packet, taken in all worlds."""
    return in_all_worlds(snapshot, lambda world: explore_here(world, packet, connection, part, before=before))


def explore_here(
    snapshot: Snapshot,
    packet: Packet,
    connection: Connection | None = None,
    part: Part = FIRST,
    *,
    before: Connection | None = None,
    choices: tuple[bool, ...] = (),
) -> Trace:
    """The walk in one world, taken both ways wherever something isn't known of this packet."""
    path = Path(snapshot, packet, connection, choices, part, before=before)
    try:
        return path.run()
    except Fork as fork:
        hop = Hop(snapshot.name, "", tuple(path.steps))
        unknown = Trace(packet, Disposition.UNKNOWN, (hop,), fork.step, because=fork.reason, doubt=fork.doubt)
        if fork.doubt is not None or len(choices) >= _MOST_CHOICES:
            return unknown
        no = explore_here(snapshot, packet, connection, part, before=before, choices=(*choices, False))
        yes = explore_here(snapshot, packet, connection, part, before=before, choices=(*choices, True))
        return _merged(unknown, no, yes)


def _merged(unknown: Trace, no: Trace, yes: Trace) -> Trace:
    """What holds both ways; a doubt that one of them met is settled first."""
    if doubted := next((one for one in (no, yes) if one.doubt), None):
        return doubted
    kept = kept_in_both(no.connection, yes.connection)
    if Disposition.UNKNOWN in (no.disposition, yes.disposition):
        return attrs.evolve(unknown, connection=kept)
    if outcome(no) != outcome(yes):
        told = f"{unknown.because}; if so it is {yes.verdict}, if not {no.verdict}"
        return attrs.evolve(unknown, because=told, connection=kept)
    rule = unknown.by.rule if unknown.by else ""
    return attrs.evolve(
        no,
        connection=kept,
        table=no.table if no.table == yes.table else "",
        notes=(*no.notes, f"{rule}: {unknown.because}; it ends alike either way".removeprefix(": ")),
    )
