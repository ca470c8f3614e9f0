"""The order in which edits of a chain are made, so that no packet is ever treated worse than before and after.

A state in the middle is safe if every packet that is treated alike before and after is treated so then, too. Only
packets that match something already edited and something yet to be edited can be treated otherwise, so only these are
followed through the chain (`packets`), exactly. The search tries orders and, where rows that are still to go leave a
choice, places; it ends at the first that is safe at every moment. Few edits are tried in every order; of many the adds
stay in forward order and before the removes, and these go from the last to the first.

That order needs no search where all rules are terminal and none is set or moved, and no look at packets that match none
that is: a packet whose first match is a new rule finds all new rules that are above it, so it is treated
as afterwards; one whose first match is an old rule finds all old rules above it, so it is treated as before; and one
that finds neither is treated as before while no old rule is gone, and as afterwards once all new rules are there.

Rule: pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final

import attrs

from wiretik_provider.rules.boxes import Box, Budget, Path, Step, TooMuch, differs, meet, step
from wiretik_provider.rules.model import Row, rewritten
from wiretik_provider.rules.overlap import Lists

__all__ = ["Add", "Chain", "Edit", "Move", "Remove", "Set", "Task", "apply", "in_turn", "search", "waves"]


@attrs.frozen
class Add:
    """Add a row; until the router has told its `.id`, other edits call it `+` and its name.

    Attributes:
        name: the rule's name in its block.
        row: all its properties, as the router prints them, the comment with its tag.
        before: `.id` of the row to add it before; None for the end of the menu.
    """

    name: str
    row: Mapping[str, str] = attrs.field(hash=False)
    before: str | None


@attrs.frozen
class Set:
    """Change a row's properties, with values as the router prints them; None clears one."""

    id: str
    words: Mapping[str, str | None] = attrs.field(hash=False)


@attrs.frozen
class Move:
    """Move a row before another; None for the end of the menu."""

    id: str
    before: str | None


@attrs.frozen
class Remove:
    """Remove a row."""

    id: str


Edit = Add | Set | Move | Remove


def apply(rows: Sequence[Row], edit: Edit) -> list[Row]:
    """The menu after one edit, as the router makes it (docs/facts/api.md#commands)."""
    match edit:
        case Add():
            return _insert(rows, {".id": f"+{edit.name}", **edit.row}, edit.before)
        case Set():
            return [_changed(row, edit.words) if row.get(".id") == edit.id else row for row in rows]
        case Move():
            me = next(row for row in rows if row.get(".id") == edit.id)
            return _insert([row for row in rows if row is not me], me, edit.before)
        case Remove():
            return [row for row in rows if row.get(".id") != edit.id]


def _insert(rows: Sequence[Row], row: Row, before: str | None) -> list[Row]:
    at = len(rows) if before is None else next(i for i, other in enumerate(rows) if other.get(".id") == before)
    return [*rows[:at], row, *rows[at:]]


def _changed(row: Row, words: Mapping[str, str | None]) -> Row:
    return {name: value for name, value in {**row, **words}.items() if value is not None}


@attrs.frozen
class Task:
    """An edit that has to be made, before it is known when and beside what.

    Attributes:
        edit: for Add and Move with a `before` that doesn't count.
        token: the `.id` of its row, `+` and the name of one that is added.
        rows: what the row is before and after it, as far as it is there.
    """

    edit: Edit
    token: str
    rows: tuple[Row, ...]

    @property
    def places(self) -> bool:
        """Whether it puts its row where it belongs."""
        return isinstance(self.edit, Add | Move)


@attrs.define
class Chain:
    """A chain on its way from what it is to what it shall be.

    Attributes:
        rows: the whole menu before.
        name: the chain.
        final: tokens of the rows that count, in the order that they shall have; rows that go aren't in it.
        tasks: in forward order.
        lists: members of interface lists.
        end: what becomes of a packet at the chain's end.
    """

    rows: Sequence[Row]
    name: str
    final: Sequence[str]
    tasks: Sequence[Task]
    lists: Lists | None
    end: str
    _steps: dict[tuple[tuple[str, str], ...], tuple[Step, ...]] = attrs.field(factory=dict, init=False)
    _changing: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._changing = rewritten([*self.rows, *(row for task in self.tasks for row in task.rows)])

    def here(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of this chain."""
        return [row for row in rows if row.get("chain", "user") == self.name]

    def path(self, rows: Sequence[Row]) -> Path:
        """What the chain does to packets, row by row."""
        return [self.step(row) for row in self.here(rows)]

    def step(self, row: Row) -> tuple[Step, ...]:
        """What one row does."""
        key = tuple(sorted(row.items()))
        if key not in self._steps:
            self._steps[key] = step(row, self.lists, self._changing)
        return self._steps[key]

    def terminal(self) -> bool:
        """Whether no row that is edited lets a packet go on changed."""
        return not any(case.marks for task in self.tasks for row in task.rows for case in self.step(row))

    def edits(self, rows: Sequence[Row], task: Task, placed: frozenset[str]) -> Iterator[Edit]:
        """The ways to do a task now: one but for the places among rows that are still to go, forward ones first."""
        edit = task.edit
        if not isinstance(edit, Add | Move):
            yield edit
            return
        at = self.final.index(task.token)
        above = next((token for token in reversed(self.final[:at]) if token in placed), None)
        below = next((token for token in self.final[at + 1 :] if token in placed), None)
        ids = [row[".id"] for row in self.here(rows) if row.get("dynamic") != "true" and row[".id"] != task.token]
        first = ids.index(above) + 1 if above is not None else 0
        last = ids.index(below) if below is not None else len(ids)
        for spot in range(first, last + 1):
            yield attrs.evolve(edit, before=ids[spot] if spot < len(ids) else None)

    def placed(self) -> frozenset[str]:
        """The rows that stand where they belong from the start."""
        return frozenset(self.final) - {task.token for task in self.tasks if task.places}


def in_turn(chain: Chain) -> list[Edit]:
    """The tasks as they come, each in the first of its ways."""
    rows, placed, out = list(chain.rows), chain.placed(), []
    for task in chain.tasks:
        edit = next(chain.edits(rows, task, placed))
        rows, placed = apply(rows, edit), placed | {task.token}
        out.append(edit)
    return out


def search(chain: Chain, budget: Budget) -> list[Edit] | None:
    """An order of the tasks that is safe at every moment, or None if there is none or it isn't found in time."""
    if len(chain.tasks) > _MANY:
        return None
    try:
        ways = _Ways(chain, budget)
        return ways.find()
    except TooMuch:
        return None


_FEW: Final = 7
"""Up to so many tasks every order is tried."""
_MANY: Final = 600
"""With more tasks there is no search."""


def waves(chain: Chain, edits: Sequence[Edit]) -> list[tuple[Edit, ...]]:
    """The edits in groups: those of one may be under way at once and come about in any order.

    These are neighbours that set rows which no packet has in common, for a packet then sees one of them at most, and
    neighbours that remove, as one command with many ids.
    """
    about: dict[Edit, list[Box]] = {
        task.edit: _about(chain, task) for task in chain.tasks if isinstance(task.edit, Set)
    }
    out: list[tuple[Edit, ...]] = []
    for edit in edits:
        last = out[-1] if out else ()
        if _joins(edit, last, about):
            out[-1] = (*last, edit)
        else:
            out.append((edit,))
    return out


def _joins(edit: Edit, last: tuple[Edit, ...], about: Mapping[Edit, list[Box]]) -> bool:
    if isinstance(edit, Remove):
        return bool(last) and isinstance(last[0], Remove)
    if not isinstance(edit, Set) or not last or not isinstance(last[0], Set):
        return False
    return not any(meet(a, b) for other in last for a in about[other] for b in about[edit])


class _Ways:
    """The search through orders; it remembers from where there is no way on."""

    def __init__(self, chain: Chain, budget: Budget) -> None:
        self.chain = chain
        self.budget = budget
        self.plain = [isinstance(task.edit, Add | Remove) for task in chain.tasks]
        self.before, self.after = chain.path(chain.rows), chain.path(_replayed(chain))
        self.shared = self._shared()
        self.dead: set[tuple[frozenset[int], tuple[str, ...]]] = set()

    def _shared(self) -> list[list[tuple[int, Box]]]:
        """For each task, the others that may matter together with it, and the packets that both are about."""
        chain = self.chain
        tidy = len(chain.tasks) > _FEW and chain.terminal()
        boxes = [_about(chain, task) for task in chain.tasks]
        out: list[list[tuple[int, Box]]] = [[] for _ in boxes]
        for one, other in combinations(range(len(boxes)), 2):
            if tidy and self.plain[one] and self.plain[other]:
                continue
            for a, b in product(boxes[one], boxes[other]):
                if (both := meet(a, b)) is not None:
                    out[one].append((other, both))
                    out[other].append((one, both))
        return out

    def safe(self, rows: Sequence[Row], done: frozenset[int]) -> bool:
        """Whether no packet is treated as neither before nor after by these rows, with these tasks done."""
        regions = [region for one in done for other, region in self.shared[one] if other not in done]
        if not regions:
            return True
        paths = self.before, self.after, self.chain.path(rows)
        return not any(differs(region, paths, self.chain.end, self.budget) for region in regions)

    def next(self, done: frozenset[int]) -> list[int]:
        """The tasks that may come next."""
        left = [number for number in range(len(self.chain.tasks)) if number not in done]
        if len(self.chain.tasks) <= _FEW:
            return left
        plain = next((number for number in left if self.plain[number]), None)
        return [number for number in left if number == plain or not self.plain[number]]

    def on(self, rows: list[Row], done: frozenset[int], placed: frozenset[str]) -> Iterator[tuple[Edit, _State]]:
        """The edits that may be made now, each with what it leads to, if that is safe."""
        for number in self.next(done):
            task = self.chain.tasks[number]
            for edit in self.chain.edits(rows, task, placed):
                self.budget.spend()
                now, then = apply(rows, edit), done | {number}
                if (then, _order(now)) in self.dead:
                    continue
                if len(then) == len(self.chain.tasks) or self.safe(now, then):
                    yield edit, (now, then, placed | {task.token} if task.places else placed)

    def find(self) -> list[Edit] | None:
        """All edits, in an order that is safe."""
        state: _State = (list(self.chain.rows), frozenset(), self.chain.placed())
        # Depth first, by hand: a long block goes deeper than Python's own stack.
        way, edits = [(state, self.on(*state))], list[Edit]()
        while way:
            (rows, done, _), ahead = way[-1]
            if len(done) == len(self.chain.tasks):
                return edits
            found = next(ahead, None)
            if found is None:
                self.dead.add((done, _order(rows)))
                way.pop()
                edits = edits[: max(len(way) - 1, 0)]
            else:
                edit, state = found
                edits.append(edit)
                way.append((state, self.on(*state)))
        return None


_State = tuple[list[Row], frozenset[int], frozenset[str]]


def _order(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row[".id"] for row in rows)


def _replayed(chain: Chain) -> list[Row]:
    rows = list(chain.rows)
    for edit in in_turn(chain):
        rows = apply(rows, edit)
    return rows


def _about(chain: Chain, task: Task) -> list[Box]:
    """The packets that a task is about: none if it sets only what no packet sees, such as a comment."""
    steps = [chain.step(row) for row in task.rows]
    if isinstance(task.edit, Set) and steps[0] == steps[1]:
        return []
    return [case.box for cases in steps for case in cases]
