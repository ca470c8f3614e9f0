"""Answers to what comes in by a forwarded port: a LAN's packets, too, that may leave by another way than it came.

A mark that a LAN's packets get by where their connection began leaves answers out, or a mark on new connections does.
Rule: an answer that leaves by where its question came in goes to who has asked, and isn't told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wiretik_provider.codecs.spans import numbers
from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import Row, protocol_name
from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.family import Interval
from wiretik_provider.trace.packet import EPHEMERAL, WITH_PORTS, Packet, Span
from wiretik_provider.trace.questions.asked import Answer, Question
from wiretik_provider.trace.questions.classes import Classes
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.index import merged
from wiretik_provider.trace.router.snapshot import Snapshot
from wiretik_provider.trace.steps.routing import entrance

__all__ = ["answers_of_forwarded"]

_ANY_PORT = Span(443, 443)


def answers_of_forwarded(snapshot: Snapshot, question: Question, classes: Callable[[Snapshot], Classes]) -> Answer:
    """Whether answers that a question's source gives to what is forwarded to it never leave by where it asks."""
    family = snapshot.family
    source = family.span(question.source)
    if source is None or question.port is not None:
        return Answer(True)
    places = [span for text in question.to if (span := family.span(text))] or [family.anywhere]
    unsure: Answer | None = None
    for packet, rule in _connections(snapshot, question, classes, source):
        if not any(low <= packet.src <= high for low, high in places):
            continue
        found = trace(snapshot, packet)
        kept, reply = found.connection, found.reply
        if kept is None or reply is None or not source[0] <= kept.dst <= source[1]:
            continue
        for way in (reply, *reply.later):
            answer = _judged(snapshot, question, found, way, rule)
            if answer.holds is False:
                return answer
            unsure = unsure or (answer if answer.holds is None else None)
    return unsure or Answer(True)


def _judged(snapshot: Snapshot, question: Question, found: Trace, way: Trace, rule: str) -> Answer:
    kept, family = found.connection, snapshot.family
    came = found.packet.enters
    who = family.text(kept.dst) if kept else ""
    what = f"{who} to {family.text(found.packet.src)}, an answer to a connection that {rule} lets in by {came},"
    if way.disposition is Disposition.UNKNOWN:
        return Answer(None, f"{what} is {way.verdict}", "", found)
    if way.disposition not in (Disposition.FORWARDED, Disposition.INTO_TUNNEL) or way.leaves == came:
        return Answer(True)
    by = question.by
    inside = way.leaves == by if by in snapshot.interfaces else snapshot.in_list(way.leaves, by)
    if inside is None:
        return Answer(None, f"{what} leaves by {way.leaves}, and whether that is in {by} isn't known", "", found)
    if not inside:
        return Answer(True)
    help_ = (
        f'a connection mark for packets that come in by {came} (mark-connection, connection_state="new"), and by that '
        f"connection_mark a routing mark for packets from elsewhere"
    )
    return Answer(False, f"{what} is {way.verdict}, and must never leave by {by}", help_, found)


def _connections(
    snapshot: Snapshot, question: Question, classes: Callable[[Snapshot], Classes], source: Interval
) -> Iterator[tuple[Packet, str]]:
    """What may come in from elsewhere and be led to a source, with the rule that leads it there."""
    family = snapshot.family
    mine = [own.address for own in snapshot.own]
    for number, row in enumerate(snapshot[family.nat]):
        span = family.span(row.get(family.to, ""))
        if row.get("disabled") == "true" or row.get("action") != "dst-nat" or span is None:
            continue
        if span[0] > source[1] or span[1] < source[0]:
            continue
        comment = ownership.text_of(row)
        rule = f"NAT rule {number} '{comment}'" if comment else f"NAT rule {number}"
        inside = {question.enters or entrance(snapshot, span[0]) or "", *snapshot.bridges}
        for way in _ways(snapshot, row):
            if way in inside or _within(snapshot, way, question.by) is not False:
                continue
            for dst in _destinations(snapshot, row, way):
                for asker in _askers(snapshot, row, way):
                    for src in classes(snapshot).addresses(asker, others=[(dst, dst), span], skip=mine):
                        yield from ((one, rule) for one in _kinds(snapshot, row, src, dst, way))


def _within(snapshot: Snapshot, interface: str, by: str) -> bool | None:
    return interface == by if by in snapshot.interfaces else snapshot.in_list(interface, by)


def _ways(snapshot: Snapshot, row: Row) -> list[str]:
    """Interfaces that a rule's packets may come in by."""
    name, listed = row.get("in-interface", ""), row.get("in-interface-list", "")
    there = [one for one in snapshot.interfaces if snapshot.runs(one) and one != "lo"]
    if name and not name.startswith("!"):
        return [one for one in there if one == name]
    return [one for one in there if not listed or listed.startswith("!") or snapshot.in_list(one, listed)]


def _destinations(snapshot: Snapshot, row: Row, way: str) -> list[int]:
    span = snapshot.family.span(row.get("dst-address", ""))
    if span:
        return [span[0]]
    near = [own.address for own in snapshot.own if own.interface == way]
    return near or [own.address for own in snapshot.own][:1]


def _askers(snapshot: Snapshot, row: Row, way: str) -> list[Interval]:
    """From where somebody may ask by an interface."""
    family = snapshot.family
    told = family.span(row.get("src-address", ""))
    listed = snapshot.lists.get(row.get("src-address-list", ""))
    if told or listed:
        return [told] if told else list(listed.spans[:8]) if listed else []
    if way not in snapshot.tunnels:
        return [family.anywhere]
    prefixes = (text for peer in snapshot.peers.get(way, ()) for text in peer.get("allowed-address", "").split(","))
    return merged(span for text in prefixes if (span := family.span(text)))


def _kinds(snapshot: Snapshot, row: Row, src: int, dst: int, way: str) -> Iterator[Packet]:
    asked = protocol_name(row.get("protocol", "tcp"))
    protocol = "tcp" if asked.startswith("!") else asked
    ports: list[Span | None] = [None]
    if protocol in WITH_PORTS:
        told = numbers(row.get("dst-port", "")) or (_ANY_PORT,)
        ports = [Span(low, low) for low, _ in told]
    for port in ports:
        yield Packet(
            src=src,
            dst=dst,
            protocol=protocol,
            src_port=EPHEMERAL if port else None,
            dst_port=port,
            enters=way,
            family=snapshot.family,
        )
