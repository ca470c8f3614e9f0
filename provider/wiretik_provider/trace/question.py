"""Questions of a router and their answers: does it reach, by what does it leave, is it dropped; yes, no, or unknown.

Pure. A question about a prefix holds if it holds for every packet of it; where it doesn't there is a packet that shows
it, the rule that decides, and what would cure it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from wiretik_provider.trace.classes import addresses, ports, protocols
from wiretik_provider.trace.cure import cure
from wiretik_provider.trace.derive import without
from wiretik_provider.trace.packet import EPHEMERAL, WITH_PORTS, Packet, Span, dotted, protocol_name
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.routing import entrance
from wiretik_provider.trace.snapshot import Snapshot, span_of
from wiretik_provider.trace.walk import trace

__all__ = ["Answer", "Question", "ask"]

_MOST: Final = 5000
"""How many packets one question may cost."""
_RULES: Final = 400_000
"""How many rules it may pass with all of them: some seconds."""

ROUTER: Final = "router"
"""Stands for the router's own addresses on the interface that packets come in by."""

LISTS: Final = "/ip/firewall/address-list"

KINDS: Final = ("reaches", "leaves_by", "never_leaves_by", "is_dropped")


@attrs.frozen(kw_only=True)
class Question:
    """What must hold.

    Attributes:
        kind: one of `KINDS`.
        source: an address or a prefix.
        to: addresses, prefixes and `ROUTER`; none means everywhere.
        enters: the interface that packets come in by; empty follows from the source.
        by: the interface or the interface list in question.
        protocol: by name or number; empty for all, or tcp where there is a port.
        port: where packets go to.
        translated: the source must have been translated when it leaves.
        down: an interface that is taken to be down.
    """

    kind: str
    source: str
    to: tuple[str, ...] = ()
    enters: str = ""
    by: str = ""
    protocol: str = ""
    port: int | None = None
    translated: bool = False
    down: str = ""

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Question:
        """From the shape in which the SDK tells it."""
        given = {name: entry[name] for name in attrs.fields_dict(cls) if entry.get(name) not in (None, "")}
        if "port" in given:
            given["port"] = int(given["port"])
        return cls(**{**given, "to": tuple(given.get("to", ()))})


@attrs.frozen
class Answer:
    """An answer.

    Attributes:
        holds: None where it isn't known.
        text: what is the case, in one line; empty where it holds.
        cure: what would help; empty where nothing is known that would.
        shown: the packet that shows it.
    """

    holds: bool | None
    text: str = ""
    cure: str = ""
    shown: Trace | None = None


def ask(snapshot: Snapshot, question: Question) -> Answer:
    """Answers a question."""
    if question.down:
        snapshot = Snapshot(without(snapshot.rows, question.down), snapshot.unread, snapshot.name)
    if snapshot.beyond:
        return Answer(None, snapshot.beyond)
    lists = {row.get("name") for row in snapshot["/interface/list"]}
    if question.by and question.by not in snapshot.interfaces and question.by not in lists:
        return Answer(None, f"the router has no interface or interface list {question.by}")
    unsure: Answer | None = None
    rules = sum(len(snapshot[path]) for path in snapshot.rows if path.startswith("/ip/firewall/") and path != LISTS)
    most = min(_MOST, _RULES // (rules + 1))
    for count, packet in enumerate(_packets(snapshot, question)):
        if count >= most:
            return unsure or Answer(None, f"there are more than {most} kinds of such packets: ask about fewer")
        if isinstance(packet, str):
            unsure = unsure or Answer(None, packet)
            continue
        found = trace(snapshot, packet)
        holds, why = _JUDGES[question.kind](snapshot, question, found)
        if holds is False:
            text = f"{_told(snapshot, question, found)} {why}"
            return Answer(False, text, cure(snapshot, found, leaves=question.by, kind=question.kind), found)
        if holds is None and unsure is None:
            unsure = Answer(None, f"{_told(snapshot, question, found)} {why}", "", found)
    return unsure or Answer(True)


def _packets(snapshot: Snapshot, question: Question) -> Iterator[Packet | str]:
    source = span_of(question.source)
    if source is None:
        yield f"{question.source} isn't an IPv4 address or prefix"
        return
    mine = [own.address for own in snapshot.own]
    strangers = mine if question.kind in ("leaves_by", "reaches") else []
    kinds = list(_kinds(snapshot, question))
    for src in addresses(snapshot, source, skip=mine):
        enters = question.enters or entrance(snapshot, src)
        if enters is None:
            yield f"where {dotted(src)} comes in doesn't follow from the routes: say in_interface"
            continue
        for text in question.to or ("0.0.0.0/0",):
            span = span_of(text)
            if span is None and text != ROUTER:
                yield f"{text} isn't an IPv4 address or prefix"
                continue
            for dst in addresses(snapshot, span, skip=strangers) if span else _own(snapshot, enters):
                for protocol, port in kinds:
                    own = EPHEMERAL if protocol in WITH_PORTS else None
                    yield Packet(src=src, dst=dst, protocol=protocol, src_port=own, dst_port=port, enters=enters)


def _own(snapshot: Snapshot, enters: str) -> list[int]:
    """The router's own addresses where packets come in; all that it has where it has none there."""
    near = [own.address for own in snapshot.own if own.interface == snapshot.bridges.get(enters, enters)]
    return near or [own.address for own in snapshot.own]


def _kinds(snapshot: Snapshot, question: Question) -> Iterator[tuple[str, Span | None]]:
    """Protocols and ports that are asked about, one for all that no rule tells apart."""
    asked = protocol_name(question.protocol)
    if question.port is not None:
        yield asked or "tcp", Span(question.port, question.port)
        return
    single = question.kind == "reaches"
    for protocol in [asked] if asked else ["icmp"] if single else protocols(snapshot):
        if protocol in WITH_PORTS:
            for span in ports(snapshot):
                yield protocol, span
        else:
            yield protocol, None


def _told(snapshot: Snapshot, question: Question, found: Trace) -> str:
    """The packet in words: `192.168.1.10 to the router's port 8729`."""
    packet = found.packet
    own = packet.dst in snapshot.local
    port = packet.dst_port
    what = "" if port is None else f" {packet.protocol}" if packet.protocol != "tcp" else ""
    at = f"port {port.low}" if port else packet.protocol
    there = f"the router's{what} {at}" if own and port else f"{dotted(packet.dst)} ({packet.protocol} {at})"
    if not port:
        there = f"{'the router' if own else dotted(packet.dst)} ({packet.protocol})"
    down = f", while {question.down} is down," if question.down else ""
    return f"{dotted(packet.src)} to {there}{down}"


# --- what each kind wants --------------------------------------------------------------------------------------------

_Judged = tuple[bool | None, str]


def _reaches(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    del question
    if found.disposition is Disposition.UNKNOWN:
        return None, f"is {found.verdict}"
    if not found.disposition.arrives:
        return False, f"is {found.verdict}"
    translated = found.connection is not None and found.connection.dstnat
    if found.packet.dst in snapshot.local and found.disposition is not Disposition.DELIVERED and not translated:
        return False, f"is {_marked(found)}{found.verdict} instead of getting to the router itself"
    if found.answered is False and found.reply is not None:
        return False, f"gets there, but its answer is {found.reply.verdict}"
    if found.answered is None:
        return None, f"gets there, but whether its answer gets back isn't known: {found.reply and found.reply.verdict}"
    return True, ""


def _inside(snapshot: Snapshot, leaves: str, by: str) -> bool | None:
    return leaves == by if by in snapshot.interfaces else snapshot.in_list(leaves, by)


def _outs(found: Trace) -> Iterator[Trace]:
    """The ways of a connection's first packet and, where FastTrack takes it, of its later ones."""
    yield found
    if found.later is not None:
        yield found.later


def _leaves_by(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    for way in _outs(found):
        if way.disposition is Disposition.UNKNOWN:
            return None, f"is {way.verdict}"
        if way.disposition not in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            return False, f"is {_marked(way)}{way.verdict}, and should leave by {question.by}"
        inside = _inside(snapshot, way.leaves, question.by)
        if inside is None:
            return None, f"leaves by {way.leaves}, and whether that is in {question.by} isn't known"
        if not inside:
            return False, f"is {_how(way, found)}, and should leave by {question.by}"
    if question.translated and found.source == found.packet.src:
        return False, f"leaves by {found.leaves} with its own source, which no NAT rule translates"
    return True, ""


def _never_leaves_by(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    for way in _outs(found):
        if way.disposition is Disposition.UNKNOWN:
            return None, f"is {way.verdict}"
        if way.disposition in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            inside = _inside(snapshot, way.leaves, question.by)
            if inside is None:
                return None, f"leaves by {way.leaves}, and whether that is in {question.by} isn't known"
            if inside:
                return False, f"is {_how(way, found)}, and must never leave by {question.by}"
    return True, ""


def _marked(way: Trace) -> str:
    return f"marked {way.mark} and " if way.mark else ""


def _how(way: Trace, found: Trace) -> str:
    if way is not found and found.fasttracked:
        return f"taken out of {way.leaves} by {found.fasttracked.rule} from its connection's second packet on"
    return f"{_marked(way)}{way.verdict}"


def _is_dropped(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    del snapshot, question
    if found.disposition is Disposition.UNKNOWN:
        return None, f"is {found.verdict}"
    return (False, f"is {found.verdict}, and should be dropped") if found.disposition.arrives else (True, "")


_JUDGES: Final = {
    "reaches": _reaches,
    "leaves_by": _leaves_by,
    "never_leaves_by": _never_leaves_by,
    "is_dropped": _is_dropped,
}
