"""Queues of the program that FastTrack goes past: they would shape next to nothing, and nobody would see why.

Pure. FastTrack takes the connections that it matches past simple queues and past trees below `global`; trees below an
interface shape them all the same (docs/facts/packet-path.md#fasttrack). Rule: a queue is told unless it is proved that
rules above FastTrack, such as an accept, end all packets that are the queue's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.spans import addresses
from wiretik_provider.declared import Declared
from wiretik_provider.rules.boxes import Box, box, meet, without
from wiretik_provider.rules.model import Row, rewritten
from wiretik_provider.rules.overlap import memberships
from wiretik_provider.rules.vain import ends
from wiretik_provider.trace.family import FOUR, SIX, family_of
from wiretik_provider.trace.result import Step
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["TREES", "reads", "warnings"]

TREES: Final = "/queue/tree"
_SIMPLE: Final = "/queue/simple"
_GLOBAL: Final = "global"
_MOST: Final = 64
"""Into how many boxes packets may fall before nothing is proved."""


class _Passing(NamedTuple):
    """A FastTrack rule."""

    menu: str
    rule: str
    left: Sequence[Box]
    """The packets that get there, none of which a rule above it ends."""


def reads(then: Snapshot, declared: Sequence[Declared]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The trees of the router's own, where one of the program's is below what the program doesn't have."""
    trees = [row for row in declared if _path(row) == TREES]
    known = {_GLOBAL, *then.interfaces, *(row.printed.get("name", "") for row in trees)}
    return ((TREES, ()),) if any(row.printed.get("parent", _GLOBAL) not in known for row in trees) else ()


def warnings(then: Snapshot, declared: Sequence[Declared], trees: Sequence[Row] = ()) -> Iterator[str]:
    """A line for each queue that most packets won't pass.

    Args:
        then: the router as it will be.
        declared: the program's resources.
        trees: the router's own queues in trees (`reads`).
    """
    passing = [one for menu in (FOUR.filter, SIX.filter) for one in _passing(then, menu)]
    every = [*trees, *(row.printed for row in declared if _path(row) == TREES)]
    parents = {row.get("name", ""): row.get("parent", "") for row in every}
    for row in declared if passing else ():
        if row.values.get("disabled") is True or not _is_passed_by(row, parents):
            continue
        if found := [one.rule for one in passing if _takes(one, row)]:
            yield (
                f"{row.name}: {' and '.join(found)} takes established connections past this queue, so they aren't "
                "shaped: switch FastTrack off, disabled=True, or accept what is to be shaped before it, "
                "wt.FilterRule(…, connection_state='established,related', action='accept', "
                "position=wt.BEFORE_FASTTRACK)"
            )


def _passing(then: Snapshot, menu: str) -> Iterator[_Passing]:
    rows = then[menu] if menu not in then.unread else ()
    for number, row in enumerate(rows):
        if row.get("action") == "fasttrack-connection" and row.get("disabled") != "true":
            yield _Passing(menu, Step.of(menu, row, "", number).rule, _left(then, rows, number))


def _left(then: Snapshot, rows: Sequence[Row], number: int) -> Sequence[Box]:
    """The packets of a rule without those that the rules above it end; jumps and what isn't known end nothing."""
    lists, changing = memberships(then["/interface/list"], then["/interface/list/member"]), rewritten(rows)
    whole = box(rows[number], lists, changing)
    left = [] if whole is None else [whole]
    for row in rows[:number]:
        apart = row.get("chain") != rows[number].get("chain") or row.get("disabled") == "true"
        if apart or UNKNOWN in row.values() or not ends(row) or (taken := box(row, lists, changing)) is None:
            continue
        rest = [part for one in left for part in (without(one, taken) if meet(one, taken) else (one,))]
        if len(rest) <= _MOST:
            left = rest
    return left


def _takes(passing: _Passing, queue: Declared) -> bool:
    """Whether a FastTrack rule may get packets of a queue."""
    for asked in _packets(queue):
        texts = [text for name, text in asked.items() if name.endswith("-address")]
        if any((family_of(text) is SIX) != (passing.menu == SIX.filter) for text in texts):
            continue
        part = box(asked)
        if part is None or any(meet(part, one) for one in passing.left):
            return True
    return False


def _packets(queue: Declared) -> Sequence[Row]:
    """The packets of a queue, as matchers of which each has some: those to and from its target, or with its mark."""
    told = {} if queue.waiting & {"target", "packet-mark", "packet-marks"} else queue.printed
    mark = told.get("packet-mark") or told.get("packet-marks") or ","
    marked = {} if "," in mark or mark == "no-mark" else {"packet-mark": mark}
    targets = [part for part in told.get("target", "").split(",") if part]
    sides = (("src-address", "in-interface"), ("dst-address", "out-interface"))
    found = [{**marked, (by if addresses(one) else way): one} for one in targets for by, way in sides]
    return found or [marked]


def _path(row: Declared) -> str:
    return row.menu.path if row.menu else ""


def _is_passed_by(row: Declared, parents: Mapping[str, str]) -> bool:
    """Whether it is a simple queue, or one of a tree that begins at `global`."""
    if _path(row) != TREES:
        return _path(row) == _SIMPLE
    above, seen = row.printed.get("parent", ""), set[str]()
    while above in parents and above not in seen:
        seen.add(above)
        above = parents[above]
    return above == _GLOBAL
