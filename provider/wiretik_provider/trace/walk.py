"""`trace`: what becomes of a packet on one router, step by step, as RouterOS documents it.

Source: docs/facts/wireguard.md, docs/facts/packet-path.md.

Pure. Where something isn't known the walk is taken both ways: if both end alike the answer is known all the same, if
not it is UNKNOWN, because of that rule. Beside the facts it stands on two things: a packet is whole and the first of
its connection, and nothing else passes the router meanwhile.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import EPHEMERAL, Packet, Span
from wiretik_provider.trace.result import Connection, Disposition, Fork, Hop, Step, Stuck, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot
from wiretik_provider.trace.steps.path import Path, peer_name
from wiretik_provider.trace.steps.routing import lookup

__all__ = ["answer_to", "carrier_of", "explore", "first_packet", "outbound", "trace"]

_MOST_CHOICES: Final = 8
"""How many unknowns one walk may meet."""
_MOST_TUNNELS: Final = 4
"""How many tunnels may lie in one another."""


def trace(snapshot: Snapshot, packet: Packet) -> Trace:
    """What becomes of the first packet of a connection, of its answer, and with FastTrack of later packets.

    Args:
        snapshot: the router.
        packet: as it arrives, or as the router makes it.
    """
    snapshot = snapshot.of(packet.family)
    return _whole(snapshot, packet, first_packet(snapshot, packet, ()))


def outbound(snapshot: Snapshot, packet: Packet) -> Trace:
    """Where packets of a connection go, whatever becomes of their answer: a third of the walk, for most questions.

    Only where FastTrack may take later packets another way the answer counts, since it may be what FastTrack meets.

    Args:
        snapshot: the router.
        packet: as `trace` takes it.
    """
    snapshot = snapshot.of(packet.family)
    first = first_packet(snapshot, packet, ())
    return _whole(snapshot, packet, first) if snapshot.fasttracks and first.table != "main" else first


def _whole(snapshot: Snapshot, packet: Packet, first: Trace) -> Trace:
    """With the answer, and with later packets."""
    connection = first.connection
    if not first.disposition.arrives or connection is None:
        known = first.disposition.arrives or first.disposition is Disposition.UNKNOWN
        return attrs.evolve(first, answered=None if known else False)
    reply = explore(snapshot, answer_to(first, connection), connection, replying=True)
    first = attrs.evolve(first, reply=reply, answered=_answered(snapshot, first, reply))
    if packet.protocol not in ("tcp", "udp") or first.disposition is Disposition.DELIVERED or not packet.enters:
        return first
    again = explore(snapshot, packet, connection)
    fast = first.fasttracked or again.fasttracked or reply.fasttracked
    return attrs.evolve(first, fasttracked=fast, later=_later(snapshot, first, connection, fast, (again, reply)))


def _answered(snapshot: Snapshot, first: Trace, reply: Trace) -> bool | None:
    """Whether the answer gets back to where the packet came from."""
    if reply.disposition is Disposition.UNKNOWN:
        return None
    enters = snapshot.bridges.get(first.packet.enters, first.packet.enters)
    if not enters:
        return reply.disposition is Disposition.DELIVERED
    if not reply.disposition.arrives:
        return False
    # By another way it may get there all the same, but whether it does, others decide.
    return True if reply.leaves == enters else None


def first_packet(snapshot: Snapshot, packet: Packet, tunnels: tuple[str, ...]) -> Trace:
    """The first packet's way, and that of the packet that carries it where it goes into a tunnel."""
    found = _carried(snapshot, packet) if tunnels else explore(snapshot, packet, None)
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
    outer = ahead if len(entered) >= _MOST_TUNNELS else first_packet(snapshot, carrier, entered)
    if outer.disposition is Disposition.UNKNOWN or outer.disposition.arrives:
        return attrs.evolve(found, outer=outer)
    return attrs.evolve(found, disposition=outer.disposition, by=outer.by, outer=outer, connection=None)


@lru_cache(maxsize=64)
def _carried(snapshot: Snapshot, carrier: Packet) -> Trace:
    """What becomes of a tunnel's own packet; one carries whatever is sent to its peer."""
    return explore(snapshot, carrier, None)


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
        told = "its endpoint isn't known yet" if host == UNKNOWN else f"{host} isn't resolved"
        return f"the tunnel's own packets aren't followed: {told}"
    device = next((one for one in snapshot["/interface/wireguard"] if one.get("name") == found.leaves), {})
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


def answer_to(first: Trace, connection: Connection) -> Packet:
    """The first packet of the answer, as it comes in or as the router makes it."""
    return Packet(
        src=connection.dst,
        dst=connection.src,
        protocol=first.packet.protocol,
        src_port=connection.dst_port,
        dst_port=first.packet.src_port,
        enters="" if first.disposition is Disposition.DELIVERED else first.leaves,
        family=first.packet.family,
    )


def _later(
    snapshot: Snapshot, first: Trace, connection: Connection, fast: Step | None, seen: tuple[Trace, ...]
) -> Trace | None:
    """A later packet of a connection that FastTrack takes: past all rules, and only by main.

    Source: docs/facts/packet-path.md#fasttrack.
    """
    if first.table == "main":
        return None
    if fast is None:
        unsure = next((one for one in seen if one.disposition is Disposition.UNKNOWN), None)
        return attrs.evolve(unsure, hops=()) if unsure and snapshot.fasttracks else None
    text = f"FastTrack by {fast.rule}: past all rules, by table main (from documents)"
    step = attrs.evolve(fast, text=text)
    try:
        way = lookup(snapshot, "main", connection.dst, _refuse)
    except (Fork, Stuck) as unknown:
        hop = Hop(snapshot.name, "", (step, unknown.step))
        return Trace(first.packet, Disposition.UNKNOWN, (hop,), unknown.step, because=unknown.reason)
    kinds = {"out": Disposition.FORWARDED, "blackhole": Disposition.BLACKHOLED}
    hop = Hop(snapshot.name, "", (step, way.step))
    return Trace(first.packet, kinds.get(way.kind, Disposition.NO_ROUTE), (hop,), step, way.leaves, table="main")


def _refuse(step: Step, reason: str) -> bool:
    raise Fork(step, reason)


def explore(
    snapshot: Snapshot,
    packet: Packet,
    connection: Connection | None,
    *,
    replying: bool = False,
    choices: tuple[bool, ...] = (),
) -> Trace:
    """The walk, taken both ways wherever something isn't known."""
    path = Path(snapshot, packet, connection, choices, replying=replying)
    try:
        return path.run()
    except Fork as fork:
        hop = Hop(snapshot.name, "", tuple(path.steps))
        unknown = Trace(packet, Disposition.UNKNOWN, (hop,), fork.step, because=fork.reason)
        if len(choices) >= _MOST_CHOICES:
            return unknown
        no = explore(snapshot, packet, connection, replying=replying, choices=(*choices, False))
        yes = explore(snapshot, packet, connection, replying=replying, choices=(*choices, True))
        return _merged(unknown, no, yes)


def _merged(unknown: Trace, no: Trace, yes: Trace) -> Trace:
    """What holds in both worlds."""
    if Disposition.UNKNOWN in (no.disposition, yes.disposition):
        return unknown
    if _outcome(no) != _outcome(yes):
        told = f"{unknown.because}; if so it is {yes.verdict}, if not {no.verdict}"
        return attrs.evolve(unknown, because=told)
    kept = no.connection if no.connection == yes.connection else None
    rule = unknown.by.rule if unknown.by else ""
    return attrs.evolve(
        no,
        connection=kept,
        table=no.table if no.table == yes.table else "",
        notes=(*no.notes, f"{rule}: {unknown.because}; it ends alike either way".removeprefix(": ")),
    )


def _outcome(found: Trace) -> tuple[object, ...]:
    return found.disposition, found.leaves, found.peer, found.fasttracked is None
