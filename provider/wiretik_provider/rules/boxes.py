"""The effect of a chain on packets, exactly: boxes of packets, walked through rows.

A rule's matchers are a box: for each thing that can be asked of a packet (a dimension) the set of answers it takes.
Boxes can be cut with and out of one another, so a region of packets can be followed through a chain without trying
packets one by one. What isn't understood becomes a dimension of its own that may be so or not, and what a router
decides by chance or by counting becomes one of each row's own: so more packets are thought possible than there are,
never fewer, and "no packet" is a proof.

Rule: pure, and bounded: every walk draws on a budget, and one that is used up raises `TooMuch`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs import spans
from wiretik_provider.codecs.base import is_number
from wiretik_provider.rules.model import (
    CHANGES,
    DROPS,
    GROUPS,
    Reads,
    Row,
    asks,
    protocol_name,
    reads,
    split,
    told_apart,
)
from wiretik_provider.rules.overlap import Lists

__all__ = ["END", "Box", "Budget", "Numbers", "Step", "TooMuch", "box", "differs", "meet", "step", "without"]


class Names(NamedTuple):
    """A set of names or, negated, all others."""

    negated: bool
    members: frozenset[str]

    def __and__(self, other: Names) -> Names:
        if self.negated and other.negated:
            return Names(True, self.members | other.members)
        if self.negated:
            return Names(False, other.members - self.members)
        return Names(False, self.members - other.members if other.negated else self.members & other.members)

    def others(self) -> Names:
        """All that isn't in it."""
        return Names(not self.negated, self.members)

    def __bool__(self) -> bool:
        return self.negated or bool(self.members)


class Numbers(NamedTuple):
    """A set of numbers, as sorted spans that don't touch."""

    spans: tuple[tuple[int, int], ...]

    def __and__(self, other: Numbers) -> Numbers:
        cuts = ((max(a, c), min(b, d)) for a, b in self.spans for c, d in other.spans)
        return Numbers(tuple((low, high) for low, high in cuts if low <= high))

    def others(self) -> Numbers:
        """All that isn't in it."""
        out, start = [], 0
        for low, high in self.spans:
            if start < low:
                out.append((start, low - 1))
            start = high + 1
        return Numbers((*out, (start, END))) if start <= END else Numbers(tuple(out))

    def __bool__(self) -> bool:
        return bool(self.spans)


END: Final = (1 << 130) - 1
"""No number of a packet is greater."""

Some = Names | Numbers
Box = Mapping[str, Some]
"""By dimension, what it takes; a dimension that isn't named takes all."""


class TooMuch(Exception):
    """A question that would take too long to answer."""


class Budget:
    """How many steps a question may take."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def spend(self) -> None:
        """One step.

        Raises:
            TooMuch: there is none left.
        """
        self.left -= 1
        if self.left < 0:
            raise TooMuch


def _cut(one: Some, other: Some) -> Some:
    if isinstance(one, Names) and isinstance(other, Names):
        return one & other
    if isinstance(one, Numbers) and isinstance(other, Numbers):
        return one & other
    raise TypeError(f"{one} and {other} are of two dimensions")


def meet(a: Box, b: Box) -> Box | None:
    """The packets in both, or None."""
    out = dict(a)
    for name, some in b.items():
        cut = _cut(out[name], some) if name in out else some
        if not cut:
            return None
        out[name] = cut
    return out


def without(a: Box, b: Box) -> Iterator[Box]:
    """The packets in `a` that aren't in `b`, which it meets, as boxes that share none."""
    rest = dict(a)
    for name, some in b.items():
        outside = _cut(rest[name], some.others()) if name in rest else some.others()
        if outside:
            yield {**rest, name: outside}
        rest[name] = _cut(rest[name], some) if name in rest else some


_STATES: Final = frozenset({"established", "invalid", "new", "related"})


def box(row: Row, lists: Lists | None = None, changing: Iterable[str] = ()) -> Box | None:
    """The packets that a row matches, or None if it matches none.

    Args:
        row: as the router prints it.
        lists: members of interface lists, as far as they are known.
        changing: matchers whose subject changes on the way, so that what one row sees says nothing of another.
    """
    if row.get("disabled") == "true":
        return None
    out: Box = {}
    for name, text in asks(row):
        if name in changing or reads(name) is Reads.CHANCE:
            asked: Box = {f"{name} of {row.get('.id')}": Names(text.startswith("!"), _YES)}
        else:
            asked = _asked(name, text, lists or {})
        cut = meet(out, asked)
        if cut is None:
            return None
        out = cut
    return out


_YES: Final = frozenset({"yes"})


def _asked(name: str, text: str, lists: Lists) -> Box:
    how, (negated, plain) = reads(name), split(text)
    known = {"all": (), "none": ()} | dict(lists)
    if how is Reads.INTERFACES and plain in known:
        some = Names(negated != (plain == "all"), frozenset(known[plain]))
        return {name.removesuffix("-list"): some}
    if how is Reads.FLAGS:
        return {f"flag {split(flag)[1]}": Names(split(flag)[0], _YES) for flag in text.split(",")}
    if how is Reads.IPSEC and plain.partition(",")[2] in {"none", "ipsec"}:
        return {f"{name} {plain.partition(',')[0]}": Names(plain.endswith("ipsec"), frozenset({"none"}))}
    if how is Reads.STATES:
        found: Some | None = _states(text)
    else:
        found = _plain(how, plain)
        found = found.others() if found and negated else found
    if found:
        return {name: found}
    return {f"{name}={plain}": Names(negated, _YES)} if told_apart(plain) else {f"{name}={text}": Names(False, _YES)}


def _plain(how: Reads, text: str) -> Some | None:
    """The set that a matcher names, its `!` taken off; None where it isn't known as one."""
    if how is Reads.ADDRESSES:
        span = spans.addresses(text)
        return span and Numbers((span,))
    if how is Reads.NUMBERS:
        return _numbers(text)
    if how is Reads.PROTOCOL and not is_number(protocol_name(text)):  # else it may have any name
        return Names(False, frozenset({protocol_name(text)}))
    if how in (Reads.NAME, Reads.INTERFACE) and "," not in text and text not in GROUPS:
        return Names(False, frozenset({text}))
    return None


def _states(text: str) -> Names | None:
    items = text.split(",")
    plain = frozenset(item.removeprefix("!") for item in items)
    if not plain <= _STATES | {"untracked"}:
        return None
    if text.startswith("!"):
        if not all(item.startswith("!") for item in items[1:]) and len(items) > 1:
            return None  # whether one `!` is for all of them isn't documented
        plain = (_STATES | {"untracked"}) - plain
    elif any(item.startswith("!") for item in items):
        return None
    # There are five, so a set with the fifth is said as what it lacks: then nothing is left exactly if nothing is.
    return Names(True, _STATES - plain) if "untracked" in plain else Names(False, plain)


def _numbers(text: str) -> Numbers | None:
    found = spans.numbers(text)
    if found is None:
        return None
    out: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if out and low <= out[-1][1] + 1:
            out[-1] = out[-1][0], max(high, out[-1][1])
        else:
            out.append((low, high))
    return Numbers(tuple(out))


class Step(NamedTuple):
    """One thing that a row may do with the packets of a box."""

    box: Box
    marks: tuple[tuple[str, str], ...]
    """What it changes, by name."""
    verdict: str
    """With what it ends the chain; empty if the packet goes on."""


_IDLE: Final = frozenset(
    {"add-dst-to-address-list", "add-src-to-address-list", "log", "passthrough"} | {"sniff-pc", "sniff-tzsp"}
)
_PARAMETERS: Final = ("to-address", "to-addresses", "to-ports", "same-not-by-dst", "socks5-server", "socks5-port")
_NEW: Final = (
    *("route-dst", "src-prefix", "dst-prefix", "new-connection-mark", "new-dscp", "new-hop-limit", "new-mss"),
    *("new-packet-mark", "new-priority", "new-routing-mark", "new-ttl"),
)


def step(row: Row, lists: Lists | None = None, changing: Iterable[str] = ()) -> tuple[Step, ...]:
    """What a row does, by cases that share no packet; a packet in none of them passes by."""
    here = box(row, lists, changing)
    return () if here is None else tuple(_cases(row, here))


def _cases(row: Row, here: Box) -> Iterator[Step]:
    action = row.get("action", "accept")
    if action in _IDLE:
        return
    if action == "jump":
        # Not followed: what waits there may accept, drop or return, the same for all jumps to it.
        name = f"chain {row.get('jump-target')}"
        yield Step({**here, name: Names(False, frozenset({"accept"}))}, (), "accept")
        yield Step({**here, name: Names(False, frozenset({"drop"}))}, (), "drop")
    elif action in {"lookup", "lookup-only-in-table"}:
        name = f"route in {row.get('table')} {row.get('min-prefix', '')}"
        yield Step({**here, name: Names(False, _YES)}, (), f"table {row.get('table')}")
        if action != "lookup":
            yield Step({**here, name: Names(True, _YES)}, (), "drop")
    elif action == "fasttrack-connection":
        yield Step(here, (("fasttrack", "yes"),), "")
    elif action in CHANGES:
        told = " ".join(row[name] for name in _NEW if name in row)
        yield Step(here, ((action, told),), "accept" if row.get("passthrough") == "false" else "")
    elif action in DROPS or action in {"accept", "return"}:
        yield Step(here, (), "drop" if action in DROPS else action)
    else:
        yield Step(here, (), " ".join([action, *(row[name] for name in _PARAMETERS if name in row)]))


Outcome = Mapping[str, str]
Path = Sequence[tuple[Step, ...]]


def _walk(region: Box, path: Path, end: str, budget: Budget) -> Iterator[tuple[Box, Outcome]]:
    """The packets of a region by what becomes of them, in boxes that share none."""
    todo: list[tuple[Box, int, tuple[tuple[str, str], ...]]] = [(region, 0, ())]
    while todo:
        here, at, marks = todo.pop()
        while at < len(path):
            hit = next(((case, cut) for case in path[at] if (cut := meet(here, case.box)) is not None), None)
            budget.spend()
            if hit is None:
                at += 1
                continue
            case, cut = hit
            # Cases of one row share nothing, so what one leaves is for the same row's others.
            todo += [(rest, at, marks) for rest in without(here, case.box)]
            here, marks = cut, (*marks, *case.marks)
            if case.verdict:
                yield here, {**dict(marks), "verdict": end if case.verdict == "return" else case.verdict}
                break
            at += 1
        else:
            yield here, {**dict(marks), "verdict": end}


def differs(region: Box, paths: tuple[Path, Path, Path], end: str, budget: Budget) -> bool:
    """Whether some packet of a region, treated alike before and after, is treated otherwise now.

    Each thing that becomes of a packet (verdict, marks) counts for itself.

    Args:
        region: the packets that are asked about.
        paths: the chain before, after and now.
        end: what becomes of a packet at the chain's end: `accept` in a built-in chain.
        budget: how long it may take.

    Raises:
        TooMuch: the budget is used up.
    """
    before, after, now = paths
    for first, old in _walk(region, before, end, budget):
        for second, new in _walk(first, after, end, budget):
            same = [name for name in {*old, *new} if old.get(name) == new.get(name)]
            for _, there in _walk(second, now, end, budget):
                strange = there.keys() - old.keys() - new.keys()
                if strange or any(there.get(name) != old[name] for name in same):
                    return True
    return False
