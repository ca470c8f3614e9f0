"""Questions of a router and their answers: does it reach, by what does it leave, is it dropped; yes, no, or unknown.

Pure. A question about a prefix holds if it holds for every packet of it; where it doesn't there is a packet that shows
it, the rule that decides, and what would cure it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Final

from wiretik_provider.rules.model import GROUPS, Row, names_one
from wiretik_provider.trace.connection import BY_FASTTRACK, outbound, trace
from wiretik_provider.trace.family import FOUR, SIX, family_of
from wiretik_provider.trace.packet import EPHEMERAL, WITH_PORTS, Packet, Span, protocol_of
from wiretik_provider.trace.questions.asked import Answer, Question
from wiretik_provider.trace.questions.classes import Classes, protocols
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.questions.fate import fate, marked
from wiretik_provider.trace.questions.forwarded import answers_of_forwarded
from wiretik_provider.trace.questions.known import keeps_off
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.router.derive import asked_by, without
from wiretik_provider.trace.router.doubts import supposing
from wiretik_provider.trace.router.snapshot import Snapshot
from wiretik_provider.trace.steps.routing import entrance
from wiretik_provider.trace.walk import first_packet

__all__ = ["Answer", "Question", "ask"]

_MOST: Final = 20_000
"""How many packets one question may cost: some seconds."""

ROUTER: Final = "router"
"""Stands for the router's own addresses on the interface that packets come in by."""

_DROPPING: Final = {one: (one.filter, one.mangle, one.raw) for one in (FOUR, SIX)}
"""The menus in which a rule may drop."""
_DROPS: Final = frozenset({"drop", "reject", "tarpit"})
_BASE: Final = frozenset({"forward", "input", "output"})


def ask(snapshot: Snapshot, question: Question) -> Answer:
    """Answers a question."""
    snapshot = snapshot.of(question.family)
    others = [text for text in question.to if text != ROUTER and family_of(text) is not question.family]
    if others:
        return Answer(None, f"{question.source} and {others[0]}: one of IPv4 and one of IPv6 are no packet's")
    if question.down:
        snapshot = while_down(snapshot, *question.down)
    if question.up:
        snapshot = while_answering(snapshot, question.up)
    if snapshot.beyond:
        return Answer(None, snapshot.beyond)
    lists = {row.get("name") for row in snapshot["/interface/list"]}
    if question.by and question.by not in snapshot.interfaces and question.by not in lists:
        return Answer(None, f"the router has no interface or interface list {question.by}")
    if question.kind == "keeps_off":
        return keeps_off(snapshot, question, _classes(snapshot))
    met = _met(snapshot, question.enters)
    eased = _eased(met) if question.kind == "never_leaves_by" else ()
    answer = Answer(True) if any(_answered(one, question).holds for one in eased) else _answered(met, question)
    if question.kind != "never_leaves_by" or answer.holds is not True:
        return answer
    return answers_of_forwarded(snapshot, question, _classes)


def _answered(snapshot: Snapshot, question: Question) -> Answer:
    unsure: Answer | None = None
    walk = _WALKS[question.kind]
    for count, packet in enumerate(_packets(snapshot, question)):
        if count >= _MOST:
            return unsure or Answer(None, f"there are more than {_MOST} kinds of such packets: ask about fewer")
        if isinstance(packet, str):
            unsure = unsure or Answer(None, packet)
            continue
        found = walk(snapshot, packet)
        holds, why = _judged(snapshot, question, found)
        if holds is not True and walk is not trace:
            found = trace(snapshot, packet)  # whoever is shown it sees all of it
        if holds is False:
            text = f"{_in_words(snapshot, question, found)} {why}"
            return Answer(False, text, cure(snapshot, found, leaves=question.by, kind=question.kind), found)
        if holds is None and unsure is None:
            unsure = Answer(None, f"{_in_words(snapshot, question, found)} {why}", "", found)
    return unsure or Answer(True)


def _judged(snapshot: Snapshot, question: Question, found: Trace) -> tuple[bool | None, str]:
    """Whether it holds, in whatever world.

    What must never be is broken in one world, if that comes about; what is wanted is broken where it is so in all.
    """
    judge = _JUDGES[question.kind]
    if not found.worlds:
        return judge(snapshot, question, found)
    each = [(world, *judge(snapshot, question, world.found)) for world in found.worlds]
    wrong = [(world, why) for world, holds, why in each if holds is False]
    never = question.kind in ("never_leaves_by", "is_dropped")
    if broken := wrong if len(wrong) == len(each) else [one for one in wrong if never and one[0].comes]:
        world, why = broken[0]
        return False, f"{why}, {world.told}"
    world, holds, why = next((one for one in each if one[1] is not True), each[0])
    return (True, "") if holds else (None, f"{why}, {world.told}")


# Several questions of one router are asked in turn.
@lru_cache(maxsize=4)
def while_down(snapshot: Snapshot, *interfaces: str) -> Snapshot:
    """The same router while some interfaces are down."""
    return snapshot.having(without(snapshot.rows, *interfaces))


def while_answering(snapshot: Snapshot, interfaces: Sequence[str]) -> Snapshot:
    """The same router while every checked gateway by some interfaces answers."""
    routes, keys = asked_by(snapshot.rows, interfaces, snapshot.family)
    snapshot = snapshot.having({snapshot.family.routes: routes})
    for key in keys:
        snapshot = supposing(snapshot, key, "yes")
    return snapshot


@lru_cache(maxsize=16)
def _met(snapshot: Snapshot, enters: str) -> Snapshot:
    """The same router without rules for interfaces by which no packet comes in or leaves."""
    ways = {enters, snapshot.met(enters), *snapshot.ways, *snapshot.vrfs.values(), *GROUPS}

    def meets(row: Row) -> bool:
        asked = (row.get("in-interface", "!"), row.get("out-interface", "!"))
        return all(name in ways or not name or not names_one(name) for name in asked)

    rows = {
        path: [row if meets(row) else {**row, "disabled": "true"} for row in snapshot[path]]
        for path in snapshot.family.firewall
    }
    return snapshot.having(rows)


@lru_cache(maxsize=16)
def _eased(snapshot: Snapshot) -> Sequence[Snapshot]:
    """The same router with fewer rules, of which more may leave: if nothing leaves it, nothing leaves that.

    Rules that drop are left out. Without them all that an accept does is to keep what it matches from FastTrack, which
    may only add ways; so those that ask for addresses or ports are left out first, of which there may be thousands.
    """
    rows = {
        path: [row for row in snapshot[path] if row.get("action") not in _DROPS] for path in _DROPPING[snapshot.family]
    }
    kept: list[Row] = []
    behind: set[str] = set()
    for row in reversed(rows[snapshot.family.filter]):
        chain = row.get("chain", "")
        if row.get("action", "accept") != "accept" or chain in behind or chain not in _BASE:
            behind.add(chain)
            kept.append(row)
    few = [row for row in kept if row.get("action", "accept") != "accept" or _NARROW.isdisjoint(row)]
    return [
        snapshot.having({**rows, snapshot.family.filter: some[::-1]})
        for some in ([few] if len(few) < len(kept) else []) + [kept]
    ]


_NARROW: Final = frozenset({"src-address", "dst-address", "port", "src-port", "dst-port"})


_classes = lru_cache(maxsize=16)(Classes)


def _packets(snapshot: Snapshot, question: Question) -> Iterator[Packet | str]:
    family = snapshot.family
    source = family.span(question.source)
    if source is None:
        yield f"{question.source} isn't an {family.name} address or prefix"
        return
    mine = [own.address for own in snapshot.own]
    strangers = mine if question.kind in ("leaves_by", "reaches") else []
    classes, kinds = _classes(snapshot), _Kinds(snapshot, question)
    places: dict[str, tuple[int, int] | None] = {
        text: family.span(text) for text in question.to or (family.everywhere,)
    }
    far = [span or family.anywhere for span in places.values()]
    for src in classes.addresses(source, others=far, skip=mine):
        enters = question.enters or entrance(snapshot, src)
        if enters is None:
            yield f"where {family.text(src)} comes in doesn't follow from the routes: say in_interface"
            continue
        for text, span in places.items():
            if span is None and text != ROUTER:
                yield f"{text} isn't an {family.name} address or prefix"
                continue
            own = _own(snapshot, enters, src)
            for dst in classes.addresses(span, others=[(src, src)], skip=strangers) if span else own:
                for protocol, port in kinds.between(classes, src, dst, enters):
                    yield Packet(
                        src=src,
                        dst=dst,
                        protocol=protocol,
                        src_port=EPHEMERAL if protocol in WITH_PORTS else None,
                        dst_port=port,
                        enters=enters,
                        family=family,
                    )


def _own(snapshot: Snapshot, enters: str, src: int) -> list[int]:
    """The router's own addresses where packets come in; all that it has where it has none there.

    Who has a link-local address asks for the router's, and nobody else does.
    """
    scoped = snapshot.family.is_link_local
    found = [own for own in snapshot.own if scoped(own.address) is scoped(src)]
    near = [own.address for own in found if own.interface == snapshot.met(enters)]
    return near or [own.address for own in found]


class _Kinds:
    """Protocols and ports that are asked about, one for all that no rule tells apart."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        asked = protocol_of(question.protocol, snapshot.family)
        self._port = None if question.port is None else Span(question.port, question.port)
        if asked or self._port:
            self._protocols = [asked or "tcp"]
        else:
            self._protocols = [snapshot.family.ping] if question.kind == "reaches" else protocols(snapshot)
        # Where packets leave by, no service decides: what gets as far as to one doesn't leave.
        self._services = not question.kind.endswith("leaves_by")

    def between(self, classes: Classes, src: int, dst: int, enters: str) -> Iterator[tuple[str, Span | None]]:
        for protocol in self._protocols:
            if self._port or protocol not in WITH_PORTS:
                yield protocol, self._port
            else:
                spans = classes.ports(src, dst, enters, services=self._services)
                yield from ((protocol, span) for span in spans)


def _in_words(snapshot: Snapshot, question: Question, found: Trace) -> str:
    """The packet in words: `192.168.1.10 to the router's port 8729`."""
    packet = found.packet
    own = packet.dst in snapshot.local
    port = packet.dst_port
    what = "" if port is None else f" {packet.protocol}" if packet.protocol != "tcp" else ""
    at = f"port {port.low}" if port else packet.protocol
    there = f"the router's{what} {at}" if own and port else f"{packet.family.text(packet.dst)} ({packet.protocol} {at})"
    if not port:
        there = f"{'the router' if own else packet.family.text(packet.dst)} ({packet.protocol})"
    told = [(question.down, "is down" if len(question.down) == 1 else "are down")]
    told += [(question.up, "answers" if len(question.up) == 1 else "answer")]
    while_ = " and ".join(f"{' and '.join(names)} {what}" for names, what in told if names)
    return f"{packet.family.text(packet.src)} to {there}" + (f", while {while_}," if while_ else "")


_WALKS: Final[Mapping[str, Callable[[Snapshot, Packet], Trace]]] = {
    "reaches": trace,
    "leaves_by": partial(outbound, drops=True),
    "never_leaves_by": partial(outbound, drops=False),
    "is_dropped": first_packet,
}
"""How much of a connection each kind of question is about."""


# --- what each kind wants --------------------------------------------------------------------------------------------

_Judged = tuple[bool | None, str]


def _reaches(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    del question
    return fate(snapshot, found)


def _inside(snapshot: Snapshot, leaves: str, by: str) -> bool | None:
    return leaves == by if by in snapshot.interfaces else snapshot.in_list(leaves, by)


def _outs(found: Trace) -> Iterator[Trace]:
    """The ways of a connection's first packet, and of later ones that go otherwise."""
    yield found
    yield from found.later


def _leaves_by(snapshot: Snapshot, question: Question, found: Trace) -> _Judged:
    for way in _outs(found):
        if way.disposition is Disposition.UNKNOWN:
            return None, f"is {_how(way, found)}"
        if way.disposition not in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            return False, f"is {_how(way, found)}, and should leave by {question.by}"
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
            return None, f"is {_how(way, found)}"
        if way.disposition in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            inside = _inside(snapshot, way.leaves, question.by)
            if inside is None:
                return None, f"leaves by {way.leaves}, and whether that is in {question.by} isn't known"
            if inside:
                return False, f"is {_how(way, found)}, and must never leave by {question.by}"
    return True, ""


def _how(way: Trace, found: Trace) -> str:
    if way is found:
        return f"{marked(way)}{way.verdict}"
    if way.fasttracked and way.about == BY_FASTTRACK:
        later = "from its connection's second packet on (from documents)"
        return f"taken out of {way.leaves} by {way.fasttracked.rule} {later}"
    return f"{marked(found)}{found.verdict} at first, but {way.about} is {marked(way)}{way.verdict}"


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
