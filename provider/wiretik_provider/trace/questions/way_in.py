"""Whether the way by which a session has come to the router stays open after a change of the router.

Pure. The session is a whole connection: its first packet, the answer, later packets, the next one like it, which finds
on address lists what the first one put there, the port at which something answers, and the tunnel that it comes by.
Rule: lost is only what is known to be open before and closed afterwards; what isn't known, and what ends by itself some
day, is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import attrs

from wiretik_provider.trace.connection import goes_on, trace
from wiretik_provider.trace.packet import Packet
from wiretik_provider.trace.part import LATER, LATER_ANSWER
from wiretik_provider.trace.questions.carriers import of_tunnel
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.result import Connection, Disposition, Trace
from wiretik_provider.trace.router.snapshot import Snapshot, is_true
from wiretik_provider.trace.walk import explore

__all__ = ["Verdict", "judged"]

_CONNECTIONS: Final = 6
"""How many connections in turn are looked at where each puts something on lists."""


class Verdict(NamedTuple):
    """What becomes of the way in.

    Attributes:
        lost: how it is closed; empty where it isn't, or where that isn't known.
        notes: what isn't known, and what ends some day.
    """

    lost: str = ""
    notes: tuple[str, ...] = ()


class _Seen(NamedTuple):
    """A connection: True for open, False for closed, None for not known; and in words what keeps it from being open."""

    open: bool | None
    text: str
    found: Trace


def judged(before: Snapshot, then: Snapshot, packet: Packet) -> Verdict:
    """What becomes of the way in.

    Args:
        before: the router as it is.
        then: as it will be.
        packet: with which a session begins.
    """
    before, then = before.of(packet.family), then.of(packet.family)
    what = f"{packet.family.text(packet.src)} to the router's port {packet.dst_port}"
    now = _seen(before, packet)
    if not (now.found.disposition is Disposition.DELIVERED and now.found.answered):
        return Verdict(notes=(f"it does reach it, though {what} seems to be {now.found.verdict}",))
    coming = attrs.evolve(packet, enters=_called(before, then, packet.enters))
    later = _seen(then, coming, now.found)
    if later.open is False and now.open is not False:
        return Verdict(_lost(then, later, what))
    if later.open is not True:
        return Verdict(notes=() if later.text == now.text else (f"{what} {later.text}",))
    if packet.enters in before.tunnels and (told := of_tunnel(before, then, packet)):
        return Verdict(told.text) if told.certain else Verdict(notes=(told.text,))
    if (trap := _trap(then, coming, later, now.found)) and not _trap(before, packet, now, now.found):
        return _trapped(then, trap, what)
    return Verdict(notes=tuple(_ending(before, then, packet, what, now.found)))


def _called(before: Snapshot, then: Snapshot, interface: str) -> str:
    """What an interface will be called, which may get another name."""
    row = before.interfaces.get(interface, {}).get(".id")
    return next((name for name, one in then.interfaces.items() if row and one.get(".id") == row), interface)


def _lost(then: Snapshot, seen: _Seen, what: str) -> str:
    help_ = cure(then, seen.found, kind="reaches")
    return f"{what} {seen.text}" + (f"; cure: {help_}" if help_ else "")


def _seen(snapshot: Snapshot, packet: Packet, now: Trace | None = None, last: Connection | None = None) -> _Seen:
    """A session that begins with a packet.

    Args:
        snapshot: the router.
        packet: with which it begins.
        now: the same before the change; it tells which service is wanted.
        last: the connection that its sender had before.
    """
    found = trace(snapshot, packet, last)
    if found.disposition is Disposition.UNKNOWN:
        return _Seen(None, f"is {found.verdict}", found)
    if found.disposition is not Disposition.DELIVERED:
        return _Seen(False, f"is {found.verdict}", found)
    if found.answered is False and found.reply is not None:
        return _Seen(False, f"gets there, but its answer is {found.reply.verdict}", found)
    if found.answered is None:
        back = found.reply.verdict if found.reply else "unknown"
        return _Seen(None, f"gets there, but its answer may go another way: {back}", found)
    if wrong := _served(snapshot, found, now or found):
        return _Seen(False, wrong, found)
    fine, why = goes_on(found)
    return _Seen(fine, why, found)


def _served(snapshot: Snapshot, found: Trace, now: Trace) -> str:
    """Why what is delivered doesn't get to the service that it is for; empty where it does."""
    port, was = _port(found), _port(now)
    if port == was:
        return ""
    wanted, there = _service(snapshot, was), _service(snapshot, port)
    if wanted == there:
        return ""
    rule = next((step.rule for step in found.steps if step.menu == snapshot.family.nat), "a NAT rule")
    who = f", where {there} listens" if there else ""
    return f"is led by {rule} to port {port}{who}, and nobody answers there for {wanted or f'port {was}'}"


def _port(found: Trace) -> int | None:
    ports = found.connection.dst_port if found.connection else None
    return ports.low if ports else None


def _service(snapshot: Snapshot, port: int | None) -> str:
    rows = (row for row in snapshot.enabled("/ip/service") if not is_true(row, "dynamic"))
    return next((row.get("name", "") for row in rows if row.get("port") == str(port)), "")


# --- lists that fill themselves, and entries that end ----------------------------------------------------------------


class _Trap(NamedTuple):
    connections: int
    seen: _Seen
    entries: frozenset[tuple[str, int]]


def _trap(snapshot: Snapshot, packet: Packet, seen: _Seen, now: Trace) -> _Trap | None:
    """The first of several sessions in turn that rules don't let in because of those before it."""
    for count in range(1, _CONNECTIONS):
        last = seen.found.left
        if last is None or not (last.listed or last.perhaps):
            return None
        seen = _seen(snapshot, packet, now, last)
        if seen.open is not True:
            return _Trap(count, seen, last.listed | last.perhaps)
        if seen.found.left is None or (seen.found.left.listed, seen.found.left.perhaps) == (last.listed, last.perhaps):
            return None
    return None


def _trapped(then: Snapshot, trap: _Trap, what: str) -> Verdict:
    told = " and ".join(f"{then.family.text(address)} on list {name}" for name, address in sorted(trap.entries))
    if trap.connections == 1 and trap.seen.open is False:
        return Verdict(_lost(then, trap.seen, f"the first session puts {told}, and from then on {what}"))
    times = "after the first session" if trap.connections == 1 else f"if it comes {trap.connections + 1} times in turn"
    return Verdict(notes=(f"{times} {what} {trap.seen.text}, since rules may put {told}",))


def _ending(before: Snapshot, then: Snapshot, packet: Packet, what: str, now: Trace) -> Iterator[str]:
    """What is open, and ends: by an entry's timeout, or because the session there is has another mark."""
    coming = attrs.evolve(packet, enters=_called(before, then, packet.enters))
    if entries := list(_timed(then, coming)):
        known = _seen(_without_timed(before, packet), packet)
        later = _seen(_without_timed(then, coming), coming, now)
        if known.open and later.open is not True:
            named = " and ".join(f"the entry {one} of list {name} ({left})" for name, one, left in entries)
            yield f"the way in ends with {named}: without it {what} {later.text}"
    if now.left is not None:
        for part in (LATER, LATER_ANSWER):
            asked = now.left.first if part is LATER else (now.reply.packet if now.reply else now.left.first)
            coming = attrs.evolve(asked, enters=_called(before, then, asked.enters))
            way = explore(then, coming, now.left, part)
            if not way.disposition.arrives and way.disposition is not Disposition.UNKNOWN:
                yield f"the session that there is now will be cut, since {part.about} of it is {way.verdict}"
                return


def _timed(snapshot: Snapshot, packet: Packet) -> Iterator[tuple[str, str, str]]:
    """Entries that end and that hold one of a packet's addresses: list, address, and how long they stay."""
    for row in snapshot.enabled(snapshot.family.lists):
        if row.get("timeout") and _holds(snapshot, row.get("address", ""), packet):
            yield row.get("list", ""), row.get("address", ""), row["timeout"]


def _without_timed(snapshot: Snapshot, packet: Packet) -> Snapshot:
    lists = snapshot.family.lists
    kept = [
        row for row in snapshot[lists] if not (row.get("timeout") and _holds(snapshot, row.get("address", ""), packet))
    ]
    return snapshot.having({lists: kept}) if len(kept) < len(snapshot[lists]) else snapshot


def _holds(snapshot: Snapshot, text: str, packet: Packet) -> bool:
    span = snapshot.family.known_span(text)
    return span is not None and any(span[0] <= one <= span[1] for one in (packet.src, packet.dst))
