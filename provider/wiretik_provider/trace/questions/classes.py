"""One answer for a whole prefix: the addresses and ports that no rule tells apart, by one of them.

Whatever a walk looks at cuts the addresses at its own first and last one; between two cuts all are alike. Stretches are
alike, too, where the rules that hold them differ in nothing but which stretch they hold: ten thousand drops of one
address each make one kind of address. So a /8 costs as many walks as there are kinds of addresses in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from wiretik_provider.codecs.spans import numbers
from wiretik_provider.rules.model import GROUPS, Row, names_one, protocol_name
from wiretik_provider.trace.family import Family, Interval
from wiretik_provider.trace.packet import EPHEMERAL, Span
from wiretik_provider.trace.router.index import Prefixes
from wiretik_provider.trace.router.layers import layers
from wiretik_provider.trace.router.snapshot import AddressSet, Snapshot

__all__ = ["Classes", "Shared", "addresses", "protocols"]

_UNLISTED: Final = "253"
"""A protocol number that is kept free for experiments (RFC 3692), so that no rule means it."""
_SIDES: Final = ("src-address", "dst-address", "to-address", "to-addresses")
_PORTS: Final = ("dst-port", "port", "src-port")
_TELLS_NOTHING: Final = frozenset({".id", ".nextid", "bytes", "comment", "log", "log-prefix", "packets"})
"""What of a row changes no packet's way."""
_OUTWARD: Final = frozenset({"masquerade", "src-nat"})


class _Held(NamedTuple):
    """Something that holds a stretch of addresses or ports.

    What has one name is one thing, however many stretches it holds. Of two stretches that things of the same kinds
    hold, in the same order, no packet tells which it is from; what has no kind is like nothing else.
    """

    name: Hashable
    span: Interval
    order: tuple[str, int, str] = ("", 0, "")
    kind: Hashable = None


class _Rule(NamedTuple):
    """A rule of the firewall or a routing rule.

    `needs` are spans of which each must hold one of a packet's ends, where no address of the router does.
    """

    path: str
    number: int
    row: Row
    needs: tuple[Interval, ...]

    @property
    def chain(self) -> tuple[str, str]:
        return self.path, self.row.get("chain", "")

    def without(self, name: str) -> Hashable:
        """All of it that may decide anything, but for one matcher."""
        return frozenset((key, text) for key, text in self.row.items() if key != name and key not in _TELLS_NOTHING)

    def held(self, name: str, spans: Iterable[Interval], segment: Hashable) -> Iterator[_Held]:
        """What one of its matchers holds.

        A rule that can match nothing else is like another one that differs only in that, unless a rule that may match
        all the same stands between them: that begins another segment.
        """
        text = self.row.get(name, "")
        for span in spans:
            if text.startswith("!"):
                yield _Held((name, text), span)
            elif segment is None:
                yield _Held((self.path, self.number, name), span)
            else:
                kind = self.path, segment, name, self.without(name)
                yield _Held((self.path, self.number, name), span, (self.path, self.number, name), kind)


def _rules(snapshot: Snapshot) -> Iterator[tuple[str, int, Row]]:
    for path in snapshot.family.firewall:
        for at, row in enumerate(snapshot[path]):
            if row.get("disabled") not in ("true", "yes"):
                yield path, at, row


def _held(snapshot: Snapshot) -> Iterator[_Held]:
    """What holds addresses besides rules' own matchers."""
    family = snapshot.family
    for at, row in enumerate(snapshot.enabled(family.routes)):
        same = frozenset((key, text) for key, text in row.items() if key not in (*_TELLS_NOTHING, "dst-address"))
        for span in _spans(row.get("dst-address", family.everywhere), family):
            yield _Held(("route", at), span, ("route", at, ""), (same, span[1] - span[0]))
    for peers in snapshot.peers.values():
        for row in peers:
            # Of one peer the prefixes of one length do the same.
            for span in _spans(row.get("allowed-address", ""), family):
                yield _Held(("peer", row.get(".id"), row.get("public-key"), span[1] - span[0]), span)
    for row in snapshot.enabled("/ip/service"):
        for span in _spans(row.get("address") or row.get("available-from", ""), family):
            yield _Held(("service", row.get(".id")), span)
    for own in snapshot.own:
        yield _Held(("own", own.address), (own.address, own.address))
        network = own.network, own.network | (1 << family.bits - own.length) - 1
        yield _Held(("network", network), network)
    for address in (*snapshot.broadcasts, *snapshot.network_addresses):
        yield _Held(("edge", address), (address, address))
    yield from (_Held(name, span) for name, span in family.apart)


def _listed(snapshot: Snapshot) -> Mapping[str, AddressSet]:
    """The address lists that rules ask for."""
    asked = (row.get(side, "") for _, _, row in _rules(snapshot) for side in ("src-address-list", "dst-address-list"))
    names = {text.removeprefix("!") for text in asked}
    return {name: kept for name, kept in snapshot.lists.items() if name in names}


# One router with a change here and there is asked many things, and it may have ten thousand rules.
@lru_cache(maxsize=1 << 15)
def _spans(text: str, family: Family) -> Sequence[Interval]:
    return tuple(span for part in text.split(",") if (span := family.span(part)))


def _cuts(one: Interval, span: Interval) -> bool:
    """Whether some of a span are inside and some aren't."""
    return not _apart(one, span) and (one[0] > span[0] or one[1] < span[1])


def _apart(one: Interval, other: Interval) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _stretches(span: Interval, held: Iterable[_Held]) -> Iterator[tuple[Interval, Hashable]]:
    """Of a span the stretches that the same things hold, each with what stands for all that are alike."""
    low, high = span
    numbers: dict[Hashable, int] = {}
    things: list[_Held] = []
    events: list[tuple[int, int]] = []
    for one in held:
        first, last = one.span
        if not _cuts(one.span, span):
            continue
        number = numbers.setdefault(one.name, len(things))
        if number == len(things):
            things.append(one)
        events.append((max(first, low), number + 1))
        if last < high:
            events.append((last + 1, -number - 1))
    events.sort()
    counts = [0] * len(things)
    now: set[int] = set()
    kinds: dict[frozenset[int], Hashable] = {}
    at = low
    for edge, turn in events:
        if edge > at:
            there = frozenset(now)
            if there not in kinds:
                kinds[there] = _kind([things[number] for number in there])
            yield (at, edge - 1), kinds[there]
            at = edge
        # A thing may hold overlapping spans, so it is there until its last one has ended.
        number = abs(turn) - 1
        counts[number] += 1 if turn > 0 else -1
        (now.add if counts[number] else now.discard)(number)
    yield (at, high), _kind([things[number] for number in now])


def _kind(things: Sequence[_Held]) -> Hashable:
    ordered = sorted((one for one in things if one.kind is not None), key=lambda one: one.order)
    return tuple(one.kind for one in ordered), frozenset(one.name for one in things if one.kind is None)


class Classes:
    """What of a router's packets no rule tells apart.

    Args:
        snapshot: the router.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.family = family = snapshot.family
        self._edges = snapshot.broadcasts | snapshot.network_addresses
        translated = [row for row in snapshot.enabled(family.nat) if family.to in row or "to-ports" in row]
        self._translated = [span for row in translated for span in _spans(row.get(family.to, ""), family)]
        # Whether what is for others may become the router's own, whose services have ports.
        self._served = any(self._leads_home(row) for row in snapshot.enabled(family.nat))
        self._chosen_ports = [(EPHEMERAL.low, EPHEMERAL.high)]
        self._chosen_ports += [span for row in translated for span in (numbers(row.get("to-ports", "")) or ())]
        self._held = [*_held(snapshot), *(_Held(("to", span), span) for span in self._translated)]
        self._lists = _listed(snapshot)
        self._listed = layers(tuple(self._lists.values()))
        own = [*self._translated, *((one.address, one.address) for one in snapshot.own)]
        rules = [*_rules(snapshot), *(("/routing/rule", one.number, one.row) for one in snapshot.rules)]
        self._rules = [_Rule(path, at, row, tuple(_needs(row, own, family))) for path, at, row in rules]
        self._near: Prefixes[int] = Prefixes(family)
        self._anywhere: list[int] = []
        for number, rule in enumerate(self._rules):
            if rule.needs:
                self._near.add(rule.needs[0], number)
            else:
                self._anywhere.append(number)
        self._everywhere: dict[tuple[str, str], list[int]] = {}
        for number in self._anywhere:
            self._everywhere.setdefault(self._rules[number].chain, []).append(number)
        self._found: dict[Hashable, list[int]] = {}
        self._held_within: dict[Interval, list[_Held]] = {}
        self._cutting_found: dict[Interval, list[tuple[int, str, list[Interval]]]] = {}
        self._ports: dict[tuple[frozenset[int], str, bool], list[Span]] = {}

    def _leads_home(self, row: Row) -> bool:
        if row.get("action") in _OUTWARD:
            return False
        spans = _spans(row.get(self.family.to, ""), self.family)
        return not spans or any(low <= own.address <= high for low, high in spans for own in self._snapshot.own)

    def addresses(self, span: Interval, *, others: Sequence[Interval] = (), skip: Iterable[int] = ()) -> list[int]:
        """One address of each kind in a span; those that hosts don't have are left out, where there are others.

        Args:
            span: the first and the last address.
            others: where their packets go to or come from; anywhere where it isn't said.
            skip: addresses to leave out besides.
        """
        if span[0] == span[1]:
            return [span[0]]
        left_out = frozenset(skip)
        asked = span, tuple(others) or (self.family.anywhere,), left_out
        if asked not in self._found:
            self._found[asked] = sorted(self._hosts(*asked))
        return self._found[asked]

    def _hosts(self, span: Interval, others: Sequence[Interval], left_out: frozenset[int]) -> Iterator[int]:
        seen = set()
        special = [_Held(("special", address), (address, address)) for address in left_out]
        family = self.family
        told = _stretches(span, [*self._within(span), *self._matchers(span, others), *special])
        for near, kind in _shown_first(told, family):
            if near[0] in left_out or near[0] in self._edges:
                continue
            if not (family.is_host(near[0]) or _is_asked(span, family)):
                continue
            for first, lists in (*self._shown(near), *self._listed.within(near)):
                if (kind, lists) not in seen:
                    seen.add((kind, lists))
                    yield first

    def _shown(self, near: Interval) -> Iterator[tuple[int, int]]:
        """The well-known host, where it is in a stretch, and the lists that hold it."""
        shown = self.family.shown
        if shown is not None and near[0] <= shown <= near[1]:
            yield from self._listed.within((shown, shown))

    def telling(self, span: Interval) -> Iterator[_Held]:
        """What tells addresses of a span apart, wherever their packets come from or go to."""
        yield from self._within(span)
        for name, kept in self._lists.items():
            yield from (_Held(("list", name), one) for one in kept.spans if _cuts(one, span))
        yield from self._matchers(span, (self.family.anywhere,))

    def telling_ports(self) -> Iterator[_Held]:
        """What tells ports apart, whatever their packets are."""
        return self._ported(range(len(self._rules)), tuple(self._snapshot.interfaces))

    def _within(self, span: Interval) -> Sequence[_Held]:
        """What tells addresses of a span apart, besides rules' own matchers."""
        if span not in self._held_within:
            self._held_within[span] = [one for one in self._held if _cuts(one.span, span)]
        return self._held_within[span]

    def _cutting(self, span: Interval) -> Sequence[tuple[int, str, list[Interval]]]:
        """The matchers that tell addresses of a span apart, with their rules' numbers."""
        if span not in self._cutting_found:
            found = self._cutting_found[span] = []
            for number, rule in enumerate(self._rules):
                for name in _SIDES:
                    text = rule.row.get(name)
                    if not text:
                        continue
                    if spans := [one for one in _spans(text.removeprefix("!"), self.family) if _cuts(one, span)]:
                        found.append((number, name, spans))
        return self._cutting_found[span]

    def _matchers(self, span: Interval, others: Sequence[Interval]) -> Iterator[_Held]:
        """What rules' matchers of addresses hold in a span, for packets between there and somewhere else."""
        loose: dict[tuple[str, str], list[int]] = {}
        for number in self._loose(others):
            loose.setdefault(self._rules[number].chain, []).append(number)
        for number, name, spans in self._cutting(span):
            rule = self._rules[number]
            near = loose.get(rule.chain, [])
            at = bisect_left(near, number)
            bound = at == len(near) or near[at] != number
            segment = at, bisect_left(self._everywhere.get(rule.chain, []), number)
            yield from rule.held(name, spans, segment if bound and rule.needs else None)

    def _loose(self, others: Sequence[Interval]) -> list[int]:
        """Rules that packets may meet by their other end alone, besides those that all may meet."""
        if len(others) == 1 and others[0][0] == others[0][1]:
            near = set(self._near.at(others[0][0]))
        else:
            near = {number for number, rule in enumerate(self._rules) if rule.needs}
        return sorted(
            number
            for number in near
            if all(any(not _apart(need, other) for other in others) for need in self._rules[number].needs)
        )

    def ports(self, src: int, dst: int, enters: str, *, services: bool = True) -> list[Span]:
        """Spans of destination ports of which no rule that packets between two addresses meet tells ports apart.

        Args:
            src: where they come from.
            dst: where they go to.
            enters: the interface that they come in by.
            services: whether it matters what the router's own services do with them.
        """
        met = frozenset((*self._near.at(src), *self._near.at(dst)))
        served = services and (dst in self._snapshot.local or self._served)
        if (met, enters, served) not in self._ports:
            by_kind: dict[Hashable, Span] = {}
            ways = enters, self._snapshot.met(enters)
            for span, kind in _stretches(
                (0, 65535), self._ported(sorted((*met, *self._anywhere)), ways, served=served)
            ):
                by_kind.setdefault(kind, Span(*span))
            self._ports[met, enters, served] = list(by_kind.values())
        return self._ports[met, enters, served]

    def _ported(self, met: Iterable[int], ways: Sequence[str], *, served: bool = True) -> Iterator[_Held]:
        segments: dict[tuple[str, str], int] = {}
        for number in met:
            rule = self._rules[number]
            asked = {name: numbers(rule.row.get(name, "").removeprefix("!")) or () for name in _PORTS}
            plain = [spans for name, spans in asked.items() if spans and not rule.row[name].startswith("!")]
            bound = any(all(_apart(one, chosen) for one in spans for chosen in self._chosen_ports) for spans in plain)
            segments.setdefault(rule.chain, 0)
            segments[rule.chain] += not bound
            incoming = rule.row.get("in-interface", "!")
            for name, spans in asked.items():
                # What comes in elsewhere is an answer, and goes to the port that the asker chose.
                if name != "dst-port" or incoming in ways or not names_one(incoming) or incoming in GROUPS:
                    yield from rule.held(name, spans, segments[rule.chain] if bound else None)
        if served:
            for row in self._snapshot["/ip/service"]:
                yield from (_Held(("service", row.get("port")), span) for span in (numbers(row.get("port", "")) or ()))
        yield from (_Held(("chosen", span), span) for span in self._chosen_ports[1:])


def _needs(row: Row, own: Sequence[Interval], family: Family) -> Iterator[Interval]:
    for side in ("src-address", "dst-address"):
        text = row.get(side)
        if text and (span := family.span(text)) and not any(low <= span[1] and span[0] <= high for low, high in own):
            yield span


class Shared:
    """What none of several routers tells apart.

    Args:
        snapshots: the routers.
    """

    def __init__(self, snapshots: Iterable[Snapshot]) -> None:
        self._several = [Classes(snapshot) for snapshot in snapshots]
        self._family = self._several[0].family

    def addresses(self, span: Interval, *, skip: Iterable[int] = ()) -> list[int]:
        """One address of each kind in a span, but for those to skip."""
        left_out = set(skip)
        special = [_Held(("special", one), (one, one)) for one in left_out]
        held = (
            one._replace(name=(at, one.name), kind=None)
            for at, classes in enumerate(self._several)
            for one in classes.telling(span)
        )
        found: dict[Hashable, int] = {}
        for (first, _), kind in _stretches(span, [*held, *special]):
            if first not in left_out and (span[0] == span[1] or self._family.is_host(first)):
                found.setdefault(kind, first)
        return list(found.values())

    def ports(self) -> list[Span]:
        """Spans of destination ports that no rule tells apart."""
        held = (
            one._replace(name=(at, one.name), kind=None)
            for at, classes in enumerate(self._several)
            for one in classes.telling_ports()
        )
        found: dict[Hashable, Span] = {}
        for span, kind in _stretches((0, 65535), held):
            found.setdefault(kind, Span(*span))
        return list(found.values())


def _shown_first(told: Iterable[tuple[Interval, Hashable]], family: Family) -> Iterable[tuple[Interval, Hashable]]:
    """Stretches, that with a well-known host first, so that it stands for all that are like it."""
    shown = family.shown
    return told if shown is None else sorted(told, key=lambda one: not one[0][0] <= shown <= one[0][1])


def _is_asked(span: Interval, family: Family) -> bool:
    """Whether a question is about link-local addresses, which are left out where it is about more."""
    return family.link_local[0] <= span[0] <= span[1] <= family.link_local[1]


def addresses(snapshot: Snapshot, span: tuple[int, int], *, skip: Iterable[int] = ()) -> list[int]:
    """One address of each kind in a span; see `Classes.addresses`."""
    return Classes(snapshot).addresses(span, skip=skip)


def protocols(snapshot: Snapshot) -> list[str]:
    """Protocols of which each stands for those that no rule tells from it."""
    named = [protocol_name(row["protocol"].removeprefix("!")) for _, _, row in _rules(snapshot) if "protocol" in row]
    return list(dict.fromkeys(["tcp", "udp", snapshot.family.ping, *named, _UNLISTED]))
