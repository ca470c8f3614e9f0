"""Where a single rule belongs in its chain, whether it stands there, and where to put it.

Rule: pure, and no fight ever. What a place allows is an interval of gaps between the other rows. A rule that stands in
its interval is never moved, and one that is put somewhere takes a gap of its interval that pushes no other rule of its
stack out of its own. The tags in the rows' comments say which places those others asked for, so that no state and no
program is needed to judge a chain.

The places, over the rows of one chain, dynamic ones left out:

- FIRST: above it only rules of this stack that are FIRST too, in any order.
- LAST: the same below it.
- Before(x): above x, and between the two only rules that were placed relative to x as well. After(x) likewise.
- BEFORE_DROP: above the first rule that drops or rejects a new connection which this rule would match, or jumps to a
  chain that may. A rule that never sees a new connection is judged by the states that it does name.
- BEFORE_FASTTRACK: above the first fasttrack rule.

Rules placed relative to x are those with Before(x) or After(x) and those placed relative to them in turn; they go with
x: whoever may stand beside x may have them there too. BEFORE_DROP and BEFORE_FASTTRACK look only at rules whose place
nobody chose (other people's, other stacks', this stack's without a position) and at LAST ones: a drop that the program
itself put FIRST or before some x stands where its author wants it, and two rules of one program never chase each other
up the chain. BEFORE_FASTTRACK also looks at this stack's FIRST and BEFORE_DROP fasttrack rules.
Disabled rules neither drop nor fasttrack, but can be an x.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

import attrs

from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Tag
from wiretik_provider.rules import overlap
from wiretik_provider.rules.model import DROPS, Row, rewritten
from wiretik_provider.rules.overlap import Lists
from wiretik_provider.rules.places import (
    BEFORE_DROP,
    BEFORE_FASTTRACK,
    FIRST,
    LAST,
    After,
    Before,
    NoPlace,
    Position,
    digits,
    parse,
    short,
    to_input,
)

__all__ = [
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "After",
    "Before",
    "Gaps",
    "NoPlace",
    "Position",
    "chain_of",
    "destination",
    "digits",
    "gaps",
    "holds",
    "misplaced",
    "parse",
    "short",
    "to_input",
]


_RELATIVE: Final = frozenset({ownership.BEFORE, ownership.AFTER})


def chain_of(row: Row) -> str:
    """The chain that a row is in; a routing rule without one is in `user` (docs/facts/menus.md#routingrule)."""
    return row.get("chain", "user")


def holds(rows: Sequence[Row], me: str, position: Position | None, owner: str, lists: Lists | None = None) -> bool:
    """Whether the row `me` stands where its position wants it; `misplaced` says why not."""
    return misplaced(rows, me, position, owner, lists) is None


def misplaced(
    rows: Sequence[Row], me: str, position: Position | None, owner: str, lists: Lists | None = None
) -> str | None:
    """Why a row doesn't stand where its position wants it, or None if it does.

    Args:
        rows: the whole menu, in its order.
        me: the row's `.id`.
        position: the place that it asks for; None is content anywhere.
        owner: the twelve digits of its owner.
        lists: members of interface lists, as far as they are known.
    """
    rank = {row[".id"]: i for i, row in enumerate(rows) if ".id" in row}
    view = _view(rows, rows[rank[me]], position, owner, lists)
    here = next((i for i, row in enumerate(view.rows) if rank[row[".id"]] > rank[me]), len(view.rows))
    try:
        low, high = _gaps(view, position)
    except NoPlace as wrong:
        return wrong.problem
    if here < low:
        return f"{position}: it stands above {label(view.rows[low - 1])}"
    return f"{position}: it stands below {label(view.rows[high])}" if here > high else None


def destination(
    rows: Sequence[Row], rule: Row, position: Position | None, owner: str, lists: Lists | None = None
) -> str | None:
    """The `.id` of the row to put a rule before, or None for the end of the menu; `misplaced` is then None.

    Args:
        rows: the whole menu, in its order.
        rule: the rule that is added, or the row that is moved (then it has its `.id`).
        position: the place that it asks for; None is the end, above this stack's LAST rules.
        owner: the twelve digits of its owner.
        lists: members of interface lists, as far as they are known.

    Raises:
        NoPlace: the target doesn't exist, or the position contradicts another rule's.
    """
    view = _view(rows, rule, position, owner, lists)
    low, high = _gaps(view, position)
    _contradictions(view, position)
    # The gap that harms others least and, of these, the lowest: so rules that ask for one place keep their order.
    cost = _costs(view, high)
    gap = high if cost is None else min(range(low, high + 1), key=lambda gap: (cost[gap], -gap))
    return view.rows[gap][".id"] if gap < len(view.rows) else None


class Gaps(NamedTuple):
    """Where a whole block may stand among the other rows of its chain; gap i is directly above row i."""

    rows: list[Row]
    """The chain's other rows, dynamic ones left out."""
    low: int
    high: int
    cost: list[tuple[int, int]]
    """For each gap, how many rules of this stack a block there would push out of their place, and how many it harms."""


def gaps(
    rows: Sequence[Row], rules: Sequence[Row], position: Position | None, owner: str, lists: Lists | None = None
) -> Gaps:
    """Where a block of rules may stand: where each of them may.

    Args:
        rows: the whole menu, in its order.
        rules: the block's rules, of one chain; one at least.
        position: the place that the block asks for.
        owner: the twelve digits of its owner, by which the rows that are its own are left out.
        lists: members of interface lists, as far as they are known.

    Raises:
        NoPlace: the target doesn't exist, or the position contradicts another rule's.
    """
    alike = position not in {BEFORE_DROP, BEFORE_FASTTRACK}
    low, high, total = 0, len(rows), None
    shown: list[Row] = []
    for rule in [*rules[:1], *(rule for rule in rules[1:] if not alike or _fasttrack(rule))]:
        view = _view(rows, rule, position, owner, lists, block=True)
        _contradictions(view, position)
        first, last = _gaps(view, position)
        low, high = max(low, first), min(high, last)
        cost = _costs(view, high) or [(0, 0)] * (len(view.rows) + 1)
        total = [(a + c, b + d) for (a, b), (c, d) in zip(total or [(0, 0)] * len(cost), cost, strict=True)]
        shown = view.rows
    return Gaps(shown, low, high, total or [])


def label(row: Row) -> str:
    """A row as a person would name it: by its comment, else by what it does."""
    text, tag = ownership.parts_of(row)
    name = repr(text) if text else row.get("action", "accept") + " rule"
    return f"{name} ({row.get('.id', 'new')}{f' of stack {tag.stack}' if tag else ''})"


@attrs.frozen
class _View:
    """One chain without the rule that is looked at.

    `tags` are those of the rows that are this stack's; `known` has by their four digits the stack's tags in this chain,
    `me` included.
    """

    menu: Sequence[Row]
    me: Row
    tag: Tag
    rows: list[Row]
    tags: list[Tag | None]
    known: dict[str, Tag]
    lists: Lists | None

    @cached_property
    def changing(self) -> frozenset[str]:
        """The matchers that prove nothing, since some rule changes what they look at."""
        return rewritten(self.menu)

    def line(self, tag: Tag) -> tuple[list[Tag], bool]:
        """A tag and those that it was placed relative to, one by one; True if the last one's target isn't ours."""
        seen = [tag]
        while seen[-1].place in _RELATIVE:
            above = self.known.get(seen[-1].target)
            if above is None:
                return seen, True
            if above in seen:
                break
            seen.append(above)
        return seen, False

    def among(self, tag: Tag | None, place: str) -> bool:
        """Whether a row has a place (FIRST, LAST), or was placed relative to one that has."""
        return tag is not None and any(one.place == place for one in self.line(tag)[0])

    def goes_with(self, tag: Tag | None, target: str, side: str) -> bool:
        """Whether a row was placed relative to the owner of four digits or, if these are nobody's, to a foreign row.

        Two matches that find the same foreign row have different digits, so any foreign target on the same side will
        do: who stands before the wrong one is found by his own place.
        """
        if tag is None or tag.place not in _RELATIVE:
            return False
        seen, foreign = self.line(tag)
        return any(one.target == target for one in seen if one.place in _RELATIVE) or (
            foreign and seen[-1].place == side and target not in self.known
        )


def _view(
    rows: Sequence[Row], rule: Row, position: Position | None, owner: str, lists: Lists | None, *, block: bool = False
) -> _View:
    mine = Tag(owner[:4], owner[4:], *digits(position))
    own, name = rule.get(".id", ""), chain_of(rule)
    chain = [
        row
        for row in rows
        if row.get("chain", "user") == name
        and row.get("dynamic") != "true"
        and (_owner(row) != owner if block else row.get(".id") != own)
    ]
    stack = mine.stack
    tags = [_placed(tag) if (tag := ownership.tag_of(row)) and tag.stack == stack else None for row in chain]
    return _View(
        rows,
        rule,
        mine,
        chain,
        tags,
        {short(tag.owner): tag for tag in (*tags, mine) if tag},
        lists,
    )


def _placed(tag: Tag) -> Tag:
    """A tag as far as it says where its row belongs; who took a row over and when says nothing of that."""
    return tag._replace(generation="", older=()) if tag.generation or tag.older else tag


def _gaps(view: _View, position: Position | None) -> tuple[int, int]:
    """The gaps that a place allows, as an interval: gap i is directly above row i."""
    end = len(view.rows)
    if position is None:
        return 0, end
    if position.tag or position.match:
        return _beside(view, position, _target(view, position))
    if position == FIRST:
        return 0, _run(range(end), lambda i: view.among(view.tags[i], ownership.FIRST))
    if position == LAST:
        return end - _run(range(end)[::-1], lambda i: view.among(view.tags[i], ownership.LAST)), end
    return 0, _first(view, _drops if position == BEFORE_DROP else _fasttracks)


def _run(indexes: Iterable[int], good: Callable[[int], bool]) -> int:
    """How many of the first ones are good."""
    count = 0
    for i in indexes:
        if not good(i):
            break
        count += 1
    return count


def _first(view: _View, bad: Callable[[_View, int], bool]) -> int:
    return next((i for i in range(len(view.rows)) if bad(view, i)), len(view.rows))


def _beside(view: _View, position: Position, target: int) -> tuple[int, int]:
    key = view.tag.target
    if position.at == "before":
        return target - _run(range(target)[::-1], lambda i: view.goes_with(view.tags[i], key, view.tag.place)), target
    below = range(target + 1, len(view.rows))
    return target + 1, target + 1 + _run(below, lambda i: view.goes_with(view.tags[i], key, view.tag.place))


def _target(view: _View, position: Position) -> int:
    """The row that Before and After mean; of several that match, the outermost on the rule's own side."""
    if position.tag:
        if position.tag == view.tag.owner:
            raise NoPlace(f"{position}: that is the rule itself")
        found = [i for i, row in enumerate(view.rows) if _owner(row) == position.tag]
        elsewhere = [row for row in view.menu if _owner(row) == position.tag]
        missing = f"no row here has the tag {position.tag}"
    else:
        found = [i for i, row in enumerate(view.rows) if view.tags[i] is None and _matches(row, position.match)]
        elsewhere = [row for row in view.menu if _matches(row, position.match)]
        missing = "no row here that is another's matches this"
    if found:
        return found[0] if position.at == "before" else found[-1]
    chain = chain_of(view.me)
    other = sorted({chain_of(row) for row in elsewhere if row.get("dynamic") != "true"} - {chain})
    if other:
        raise NoPlace(f"{position}: that row is in chain {', '.join(other)}, this rule in {chain}")
    names = ", ".join(label(row) for row in view.rows[:8]) or "nothing"
    more = f" and {len(view.rows) - 8} more" if len(view.rows) > 8 else ""
    raise NoPlace(f"{position}: {missing}; chain {chain} has {names}{more}")


def _owner(row: Row) -> str:
    return "" if row.get("dynamic") == "true" else ownership.owner_of(row)


def _matches(row: Row, match: tuple[tuple[str, str], ...]) -> bool:
    return all(_equal(name, row.get(name, ""), value) for name, value in match)


def _equal(name: str, printed: str, wanted: str) -> bool:
    if name == "comment" and ownership.split(printed)[0] == wanted:
        return True
    return printed == (_BOOLS.get(wanted, wanted) if printed in {"true", "false"} else wanted)


_BOOLS: Final = {"yes": "true", "no": "false"}

_DEADLY: Final = DROPS | {"jump"}
_FREE: Final = frozenset({"", ownership.LAST})
"""The places whose rules BEFORE_DROP looks at: nobody chose to have them above."""


def _fasttrack(row: Row) -> bool:
    return row.get("disabled") != "true" and row.get("action") == "fasttrack-connection"


def _drops(view: _View, i: int) -> bool:
    tag = view.tags[i]
    return (tag is None or tag.place in _FREE) and _kills(view, view.rows[i], view.me)


def _fasttracks(view: _View, i: int) -> bool:
    tag = view.tags[i]
    free = tag is None or tag.place in {*_FREE, ownership.FIRST, ownership.BEFORE_DROP}
    return free and _fasttrack(view.rows[i])


def _kills(view: _View, killer: Row, victim: Row) -> bool:
    """Whether a rule may drop a new connection that another would match, itself or by a jump."""
    if killer.get("action") not in _DEADLY:
        return False
    states = ["new"] if overlap.may_match_state(victim, "new") else ["established", "related", "invalid", "untracked"]
    return any(_deadly(view, killer, victim, state, set()) for state in states)


def _deadly(view: _View, killer: Row, victim: Row, state: str, seen: set[str]) -> bool:
    if killer.get("disabled") == "true" or killer.get("action") not in _DEADLY:
        return False
    if not overlap.may_overlap(killer, victim, state=state, lists=view.lists, changing=view.changing):
        return False
    if killer.get("action") != "jump":
        return True
    chain = killer.get("jump-target", "")
    if chain in seen:
        return False  # jumps may run in a circle
    seen.add(chain)
    there = [row for row in view.menu if chain_of(row) == chain and row.get(".id") != view.me.get(".id", "")]
    return any(_deadly(view, row, victim, state, seen) for row in there)


def _contradictions(view: _View, position: Position | None) -> None:
    """Positions that no order can satisfy together.

    Raises:
        NoPlace: one was found.
    """
    place = view.tag.place
    if place in _RELATIVE:
        seen = view.line(view.tag)[0]
        if view.known.get(seen[-1].target) == view.tag and len({one.place for one in seen}) == 1:
            others = [label(row) for row, tag in zip(view.rows, view.tags, strict=True) if tag in seen]
            raise NoPlace(f"{position}: {', '.join(others)} in turn must stand {position and position.at} this rule")
    edge = place in {ownership.FIRST, ownership.LAST}  # which other stacks may ask for, too
    if not edge and place != ownership.BEFORE_FASTTRACK:
        return
    for row, tag in zip(view.rows, view.tags, strict=True):
        if tag is None:
            if edge and (theirs := ownership.tag_of(row)) and theirs.place == place:
                beside = "After" if place == ownership.FIRST else "Before"
                told = f"{position}: {label(row)} asks for the same place, and only one stack can have it"
                raise NoPlace(f"{told}; position={beside}(…) of that rule is beside it")
        elif (place, tag.place) == (ownership.BEFORE_FASTTRACK, ownership.FIRST) and _fasttrack(row):
            raise NoPlace(f"{position}: {label(row)} is a fasttrack rule that must be first")
        elif (place, tag.place) == (ownership.FIRST, ownership.BEFORE_FASTTRACK) and _fasttrack(view.me):
            raise NoPlace(f"{position}: {label(row)} must stand before all fasttrack rules, of which this is one")


def _costs(view: _View, last: int) -> list[tuple[int, int]] | None:
    """For each gap, how many of this stack's rules a rule there would push out of their place, and how many it harms.

    None where a rule does no harm anywhere.

    Nobody asks behind the last gap that the place allows, so the harm there isn't counted.

    Harm is what no place forbids and nobody wants: an accepting BEFORE_DROP rule below a dropping one, a rule below
    another of the same program that drops all it would match.
    """
    harm = [(kind, gaps) for kind, gaps in (*_pushed(view), *_harmed(view, last)) if gaps]
    if not harm:
        return None
    steps = [[0, 0] for _ in range(len(view.rows) + 2)]
    for kind, gaps in harm:
        steps[gaps.start][kind] += 1
        steps[gaps.stop][kind] -= 1
    pushed = accumulate(step[0] for step in steps[:-1])
    harmed = accumulate(step[1] for step in steps[:-1])
    return list(zip(pushed, harmed, strict=True))


def _pushed(view: _View) -> Iterator[tuple[int, range]]:
    """The gaps in which a rule would push another from its place."""
    end = len(view.rows)
    if not view.among(view.tag, ownership.FIRST):
        yield 0, range(_run(range(end), lambda i: view.among(view.tags[i], ownership.FIRST)))
    if not view.among(view.tag, ownership.LAST):
        yield 0, range(end - _run(range(end)[::-1], lambda i: view.among(view.tags[i], ownership.LAST)) + 1, end + 1)
    fasttrack = _fasttrack(view.me) and view.tag.place not in {*_RELATIVE, ownership.BEFORE_FASTTRACK}
    for i, tag in enumerate(view.tags):
        if tag is None:
            continue
        if tag.rule and i and (above := view.tags[i - 1]) and above.owner == tag.owner:
            yield 0, range(i, i + 1)  # between two rules of another block
        if tag.place in _RELATIVE:
            if not view.goes_with(view.tag, tag.target, tag.place):
                yield 0, _held(view, i, tag)
        elif fasttrack and tag.place == ownership.BEFORE_FASTTRACK:
            yield 0, range(i + 1)


def _harmed(view: _View, last: int) -> Iterator[tuple[int, range]]:
    """The gaps in which it or another BEFORE_DROP or BEFORE_FASTTRACK rule would stand in vain."""
    if view.tag.place not in {ownership.BEFORE_DROP, ownership.BEFORE_FASTTRACK}:
        return
    for i, (row, tag) in enumerate(zip(view.rows, view.tags, strict=True)):
        if i < last and row.get("action") in _DEADLY and _vain(view, row, tag):
            yield 1, range(i + 1, len(view.rows) + 1)
    if view.me.get("action") not in _DEADLY:
        return
    for i, (row, tag) in enumerate(zip(view.rows, view.tags, strict=True)):
        if tag and tag.place == ownership.BEFORE_DROP and not _mortal(row) and _kills(view, view.me, row):
            yield 1, range(i + 1)


def _mortal(row: Row) -> bool:
    return row.get("action") in DROPS


def _vain(view: _View, row: Row, tag: Tag | None) -> bool:
    """Whether it would be a pity to stand below a rule that the place itself doesn't forbid."""
    if _mortal(view.me) or not _kills(view, row, view.me):
        return False
    chosen = tag is not None and tag.place not in {*_FREE, ownership.BEFORE_DROP}
    return not chosen or overlap.covers(row, view.me)


def _held(view: _View, i: int, tag: Tag) -> range:
    """The gaps between a Before or After row and its target, if nothing wrong stands there now."""
    step = 1 if tag.place == ownership.BEFORE else -1
    j = i + step
    while 0 <= j < len(view.rows):
        there = view.tags[j]
        if _is(there, tag.target) or not view.goes_with(there, tag.target, tag.place):
            break
        j += step
    if not 0 <= j < len(view.rows) or (tag.target in view.known and not _is(view.tags[j], tag.target)):
        return range(0)
    return range(i + 1, j + 1) if step == 1 else range(j + 1, i + 1)


def _is(tag: Tag | None, key: str) -> bool:
    return tag is not None and short(tag.owner) == key
