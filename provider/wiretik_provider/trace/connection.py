"""`trace`: the fate of a whole connection on one router: its first packet, the answer, later packets each way.

Pure. What tracking keeps of it (NAT, the connection's mark) is, for each packet, as the ones before it left it; a
later packet is established, and a mark on the first one is not its own. Told is what ends otherwise than it began.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import attrs

from wiretik_provider.trace.packet import Packet
from wiretik_provider.trace.part import ANSWER, DATA, DATA_BACK, ERROR, LATER, LATER_ANSWER, Part
from wiretik_provider.trace.result import Connection, Disposition, Fork, Hop, Step, Stuck, Trace
from wiretik_provider.trace.router.snapshot import Snapshot
from wiretik_provider.trace.steps.routing import lookup
from wiretik_provider.trace.steps.telling import asks_for_push, marks_later, may_differ
from wiretik_provider.trace.walk import explore, explore_here, first_here
from wiretik_provider.trace.worlds import in_all_worlds

__all__ = ["BY_FASTTRACK", "answer_to", "error_about", "goes_on", "outbound", "trace"]

_ROUNDS: Final = 3
"""How often packets each way are looked at, if each time the connection has another mark."""

BY_FASTTRACK: Final = "a later packet, past all rules by FastTrack (from documents)"


def trace(snapshot: Snapshot, packet: Packet, before: Connection | None = None) -> Trace:
    """What becomes of a connection that begins with a packet.

    Args:
        snapshot: the router.
        packet: as it arrives, or as the router makes it.
        before: a connection that its sender had before, of which rules may have put something on lists.
    """
    return in_all_worlds(
        snapshot.of(packet.family), lambda world: _whole(world, first_here(world, packet, before=before))
    )


def outbound(snapshot: Snapshot, packet: Packet, *, drops: bool) -> Trace:
    """The same, without the answer where neither that nor a later packet may leave by another way than the first.

    Args:
        snapshot: the router.
        packet: as it arrives, or as the router makes it.
        drops: whether it matters, too, that a later packet may be dropped.
    """
    return in_all_worlds(snapshot.of(packet.family), lambda world: _outbound(world, packet, drops=drops))


def _outbound(snapshot: Snapshot, packet: Packet, *, drops: bool) -> Trace:
    first = first_here(snapshot, packet)
    gone = first.disposition.arrives and first.disposition is not Disposition.DELIVERED
    fast = gone and snapshot.fasttracks and first.table != "main" and first.packet.protocol in ("tcp", "udp")
    differs = may_differ(snapshot, first, drops=drops)
    if not (fast or differs) or first.connection is None:
        return first
    if marks_later(snapshot) or asks_for_push(snapshot):
        return _whole(snapshot, first)
    again = attrs.evolve(explore_here(snapshot, first.connection.first, first.connection, LATER), about=LATER.about)
    later = [again] if _as(again) != _as(first) else []
    if fast and first.packet.enters:
        reply = explore_here(snapshot, answer_to(first, first.connection), first.connection, ANSWER)
        step = first.fasttracked or again.fasttracked or reply.fasttracked
        ahead = _fasttracked(snapshot, first, first.connection.dst, step, (again, reply))
        later += [ahead] if ahead else []
        first = attrs.evolve(first, fasttracked=step)
    return attrs.evolve(first, later=tuple(later))


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


def error_about(snapshot: Snapshot, first: Trace) -> Trace | None:
    """What becomes of an ICMP error that whom it got to sends about it; None where it doesn't get anywhere."""
    if not first.disposition.arrives or first.connection is None:
        return None
    snapshot = snapshot.of(first.packet.family)
    answer = answer_to(first, first.connection)
    error = attrs.evolve(answer, protocol=snapshot.family.ping, src_port=None, dst_port=None)
    return attrs.evolve(explore(snapshot, error, first.connection, ERROR), about=ERROR.about)


def goes_on(found: Trace) -> tuple[bool | None, str]:
    """Whether later packets get through as the first ones did, and if not how they end."""
    unsure: tuple[bool | None, str] = True, ""
    for first in (found, *((found.reply,) if found.reply else ())):
        for way in first.later:
            if way.disposition is Disposition.UNKNOWN:
                unsure = None, f"gets there, but whether {way.about} does isn't known: {way.verdict}"
            elif (way.disposition, way.leaves, way.peer) != (first.disposition, first.leaves, first.peer):
                return False, f"gets there, but {way.about} is {way.verdict}"
    return unsure


def _whole(snapshot: Snapshot, first: Trace) -> Trace:
    """With the answer, and with later packets."""
    connection = first.connection
    if not first.disposition.arrives or connection is None:
        known = first.disposition.arrives or first.disposition is Disposition.UNKNOWN
        return attrs.evolve(first, answered=None if known else False)
    if lost := _past_the_router(snapshot, first, connection):
        return attrs.evolve(first, reply=lost, answered=False, left=connection)
    reply = explore_here(snapshot, answer_to(first, connection), connection, ANSWER)
    answered = _answered(snapshot, first, reply)
    ways = list(_later(snapshot, first, reply))
    kept = connection
    for way in (reply, *(one.way for one in ways)):
        kept = _still(way, kept)
    fast: Step | None = None
    by_ports = first.packet.protocol in ("tcp", "udp")
    if by_ports and first.disposition is not Disposition.DELIVERED:
        fast = next((way.fasttracked for way in (first, *(one.way for one in ways), reply) if way.fasttracked), None)
    there = [one.way for one in ways if not one.part.back]
    back = [one.way for one in ways if one.part.back]
    if first.packet.enters and first.disposition is not Disposition.DELIVERED and by_ports:
        ahead = _fasttracked(snapshot, first, connection.dst, fast, (reply, *there))
        home = _fasttracked(snapshot, reply, connection.first.src, fast, back)
        there += [ahead] if ahead else []
        back += [home] if home else []
    reply = attrs.evolve(reply, later=tuple(way for way in back if _as(way) != _as(reply)))
    later = tuple(way for way in there if _as(way) != _as(first))
    return attrs.evolve(first, reply=reply, answered=answered, fasttracked=fast, later=later, left=kept)


def _past_the_router(snapshot: Snapshot, first: Trace, connection: Connection) -> Trace | None:
    """An answer that a neighbour of the asker gives directly: nobody undoes the NAT that led the question there.

    Who is led back to his own link needs a source of the router's ("hairpin NAT", docs/facts/packet-path.md#hairpin).
    """
    packet, family = first.packet, snapshot.family
    enters = snapshot.met(packet.enters)
    back = first.disposition is Disposition.FORWARDED and first.leaves == enters and connection.dst != packet.dst
    if not back or connection.src != packet.src or connection.src == connection.dst:
        return None
    near = [own for own in snapshot.own if own.known and own.interface == enters]
    ends = (connection.src, connection.dst)
    if not any(all((end ^ own.network) >> (family.bits - own.length) == 0 for end in ends) for own in near):
        return None
    server, client, asked = (family.text(one) for one in (connection.dst, packet.src, packet.dst))
    step = Step("", f"{server} answers {client} directly, and not as {asked}")
    return Trace(answer_to(first, connection), Disposition.DROPPED, (Hop(snapshot.name, "", (step,)),), step)


def _still(way: Trace, connection: Connection) -> Connection:
    """What is kept of a connection behind one more packet, which may not be known to be of it."""
    return way.connection if way.connection and way.connection.first == connection.first else connection


def _as(way: Trace) -> tuple[object, ...]:
    """How a packet ends."""
    return way.disposition, way.leaves, way.peer, way.source


def _answered(snapshot: Snapshot, first: Trace, reply: Trace) -> bool | None:
    """Whether the answer gets back to where the packet came from."""
    if reply.disposition is Disposition.UNKNOWN:
        return None
    enters = snapshot.met(first.packet.enters)
    if not enters:
        return reply.disposition is Disposition.DELIVERED
    # Who has asked one address takes no answer of another one, as where NAT isn't undone.
    if not reply.disposition.arrives or reply.source not in (0, first.packet.dst):
        return False
    # By another way it may get there all the same, but whether it does, others decide.
    return True if reply.leaves == enters else None


class _Later(NamedTuple):
    part: Part
    way: Trace


def _later(snapshot: Snapshot, first: Trace, reply: Trace) -> Iterator[_Later]:
    """The connection's later packets, until its mark stays as it is."""
    if first.connection is None:
        return
    connection = _still(reply, first.connection)
    with_data = first.packet.protocol == "tcp" and asks_for_push(snapshot)
    for _ in range(_ROUNDS):
        before = connection
        for part in (LATER, LATER_ANSWER, *((DATA, DATA_BACK) if with_data else ())):
            packet = answer_to(first, connection) if part.back else connection.first
            way = explore_here(snapshot, packet, connection, part)
            connection = _still(way, connection)
            yield _Later(part, attrs.evolve(way, about=part.about))
        if connection == before:
            return


def _fasttracked(
    snapshot: Snapshot, first: Trace, dst: int, fast: Step | None, seen: tuple[Trace, ...] | list[Trace]
) -> Trace | None:
    """A later packet of a connection that FastTrack takes: past all rules, and only by main.

    Source: docs/facts/packet-path.md#fasttrack.
    """
    if first.table == "main" or not first.disposition.arrives or first.disposition is Disposition.DELIVERED:
        return None
    if fast is None:
        unsure = next((one for one in seen if one.disposition is Disposition.UNKNOWN), None)
        return attrs.evolve(unsure, hops=(), about=BY_FASTTRACK) if unsure and snapshot.fasttracks else None
    text = f"FastTrack by {fast.rule}: past all rules, by table main (from documents)"
    step = attrs.evolve(fast, text=text)
    try:
        way = lookup(snapshot, "main", dst, _refuse)
    except (Fork, Stuck) as unknown:
        hop = Hop(snapshot.name, "", (step, unknown.step))
        because, doubt = unknown.reason, unknown.doubt if isinstance(unknown, Fork) else None
        unsure = Trace(first.packet, Disposition.UNKNOWN, (hop,), unknown.step, because=because, about=BY_FASTTRACK)
        return attrs.evolve(unsure, doubt=doubt)
    if way.kind == "out" and way.leaves == first.leaves:
        return None
    kinds = {"out": Disposition.FORWARDED, "blackhole": Disposition.BLACKHOLED}
    hop = Hop(snapshot.name, "", (step, way.step))
    kind = kinds.get(way.kind, Disposition.NO_ROUTE)
    source = first.source if way.leaves else 0
    return Trace(
        first.packet, kind, (hop,), step, way.leaves, source=source, table="main", about=BY_FASTTRACK, fasttracked=fast
    )


def _refuse(step: Step, reason: str) -> bool:
    raise Fork(step, reason)
