"""A whole block of rules in one chain: the fewest edits that make it so, in an order that opens no window.

A block is a run of rules in the order of the program, with no other row between them, at a place (`position`). Each
row carries the block's tag and in it four digits of the rule's name, so the block knows its rows without a state, also
those whose names the program has forgotten or that a kill left half-made. Two names may share four digits: then equal
properties decide, then order, and nothing worse happens than one edit more.

Rows of others keep their order and are never touched, but where `foreign` says that those which are nobody's are
removed: with "tagged" those of other owners stay, with "prune" they are a conflict. What of the block stands rightly
stays: of the rows that lie in the block's gap the longest increasing run; the others are moved. Where no order of these
edits is safe at every moment (`windows`), rows that would be set or moved are made anew and the old ones removed: make
before break.

Rule: pure. Edits are values; `apply` replays them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import attrs

from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Tag
from wiretik_provider.rules import position
from wiretik_provider.rules.boxes import Budget
from wiretik_provider.rules.model import TOLD, Row
from wiretik_provider.rules.overlap import Lists
from wiretik_provider.rules.position import Position, chain_of, digits, label
from wiretik_provider.rules.safe_order import Add, Chain, Edit, Move, Remove, Set, Task, apply, in_turn, search, waves

__all__ = [
    "FOREIGN",
    "REMOVING",
    "TAGGED",
    "Add",
    "Edit",
    "Move",
    "Plan",
    "Remove",
    "Rule",
    "Set",
    "apply",
    "assign",
    "but_comment",
    "differences",
    "is_adopted",
    "misplaced",
    "nobodys",
    "ours",
    "plan",
    "pruned",
    "signed",
    "standing",
    "strangers",
]

Words = Mapping[str, str | None]
Differ = Callable[[Row, Row], Words]

TAGGED: Final = "tagged"
FOREIGN: Final = ("keep", TAGGED, "prune")
"""What happens to the rows of others in a chain: all stay, those with tags stay, none may be there."""
REMOVING: Final = frozenset({TAGGED, "prune"})
"""With these, rows that no tag is on are removed."""

_STEPS: Final = 60_000
"""How long a search for the fewest safe edits may take: about half a second."""
_FEW: Final = 6
"""Of up to so many rows that are set or moved, it is tried to make only some anew."""
_CHOICES: Final = 12
"""How many equally good sets of rows that stay are tried."""

# Chains that a packet leaves as accepted (docs/facts/menus.md#firewall-rules), and after a router's own rules the main
# table (D.1).
_ENDS: Final = {
    **dict.fromkeys(("input", "forward", "output", "prerouting", "postrouting", "srcnat", "dstnat"), "accept"),
    "user": "table main",
}


@attrs.frozen
class Rule:
    """One rule of a block.

    Attributes:
        name: its stable name in the block.
        row: its properties as the router would print them, `chain` among them where the menu has chains, the comment
            without a tag.
        called: whether a row that was there before keeps its own comment, where a component took it over.
    """

    name: str
    row: Row
    called: bool = False


@attrs.frozen
class Plan:
    """What to do with a chain.

    Attributes:
        waves: groups of edits, each after the answers to the one before; those of one group may be under way at once,
            and its removes are one command.
        safe: whether it is proven that no packet that is treated alike before and after is treated otherwise between.
        conflicts: why the block can't be made so; with any there are no edits.
        twins: rules that nobody's row is equal to already, with that row: two of one are rarely meant.
    """

    waves: tuple[tuple[Edit, ...], ...] = ()
    safe: bool = True
    conflicts: tuple[str, ...] = ()
    twins: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """All edits, in their order."""
        return tuple(edit for wave in self.waves for edit in wave)


def signed(rule: Rule, place: Position | None, owner: str, generation: str = "", over: Row | None = None) -> Row:
    """A rule's row with the comment that its block writes, where it is adopted over the row that was there."""
    tag = Tag(owner[:4], owner[4:], *digits(place), over is not None, ownership.rule_part(rule.name), generation)
    there = over.get("comment", "") if over else ""
    text = None if rule.called and over else rule.row.get("comment")
    return {**rule.row, "comment": ownership.resigned(there, text, tag)}


def differences(row: Row, wanted: Row) -> Words:
    """What to set for a row to be as wanted, by its text alone; a menu's own codecs know more.

    A switch that isn't wanted is off; any other property that isn't wanted is cleared.
    """
    words: dict[str, str | None] = {
        name: value for name, value in wanted.items() if row.get(name, _UNSAID.get(name)) != value
    }
    for name, value in row.items():
        if name not in wanted and name not in TOLD and value != _UNSAID.get(name):
            words[name] = _UNSAID.get(name)
    return words


_UNSAID: Final = {"action": "accept", "comment": "", "disabled": "false", "log": "false", "log-prefix": ""}


def ours(rows: Sequence[Row], chain: str, owner: str, names: Sequence[str]) -> dict[str, Row]:
    """The block's rows as the router has them, in its order, by name; a row of no known name goes by its `.id`."""
    left = list(names)
    out: dict[str, Row] = {}
    for row in rows:
        tag = _tag(row, owner)
        if tag is None or chain_of(row) != chain:
            continue
        name = next((name for name in left if ownership.rule_part(name) == tag.rule), None)
        if name is not None:
            left.remove(name)
        out[name or row[".id"]] = row
    return out


def standing(
    rows: Sequence[Row], chain: str, owner: str, rules: Sequence[Rule], differs: Differ
) -> tuple[dict[str, Row], list[str]]:
    """The block's rows as `ours` gives them, and rows of nobody's that equal rules which have none.

    Those lost their tags: after an import of what was exported without comments, say.

    Returns:
        All of them by name, in the router's order, and the names of those that have no tag.
    """
    there = ours(rows, chain, owner, [rule.name for rule in rules])
    free = [row for row in rows if chain_of(row) == chain and not _dynamic(row) and not _owned(row)]
    names = {row[".id"]: name for name, row in there.items()}
    unsigned: list[str] = []
    for rule in rules:
        equal = None if rule.name in there else next((one for one in free if _equal(one, rule, differs)), None)
        if equal is not None:
            free.remove(equal)
            names[equal[".id"]] = rule.name
            unsigned.append(rule.name)
    return {names[row[".id"]]: row for row in rows if row.get(".id") in names}, unsigned


def _equal(row: Row, rule: Rule, differs: Differ) -> bool:
    return not but_comment(differs(row, rule.row))


def strangers(rows: Sequence[Row], chain: str, owner: str) -> list[Row]:
    """The rows of others in a block's chain."""
    return [row for row in rows if chain_of(row) == chain and not _dynamic(row) and _tag(row, owner) is None]


def nobodys(rows: Sequence[Row], chain: str, foreign: str) -> list[Row]:
    """The rows of a block's chain that it removes since no tag is on them: none where it keeps all of them."""
    if foreign not in REMOVING:
        return []
    return [row for row in rows if chain_of(row) == chain and not _dynamic(row) and not _owned(row)]


def misplaced(
    rows: Sequence[Row], rules: Sequence[Rule], place: Position | None, owner: str, lists: Lists | None = None
) -> str | None:
    """Why the rows of a block, whatever their order, don't stand together where they belong, or None if they do.

    Raises:
        NoPlace: the target of the position doesn't exist, or it contradicts another's.
    """
    wanted = [signed(rule, place, owner) for rule in rules]
    if not wanted:
        return None
    gaps = position.gaps(rows, wanted, place, owner, lists)
    inside = _by_gap(rows, gaps.rows, chain_of(wanted[0]), owner)
    used = sorted(inside)
    if not used:
        return None
    if len(used) > 1:
        return f"{label(gaps.rows[used[0]])} stands between its rules"
    if used[0] < gaps.low:
        return f"{place}: it stands above {label(gaps.rows[gaps.low - 1])}"
    return f"{place}: it stands below {label(gaps.rows[gaps.high])}" if used[0] > gaps.high else None


def plan(
    rows: Sequence[Row],
    rules: Sequence[Rule],
    place: Position | None,
    owner: str,
    *,
    chain: str = "user",
    foreign: str = "keep",
    lists: Lists | None = None,
    differs: Differ = differences,
    generation: str = "",
) -> Plan:
    """The edits that make a block so.

    Args:
        rows: the whole menu, in its order.
        rules: the block, in its order; none removes it.
        place: where the block belongs; None leaves it where it is, and puts a new one at the end.
        owner: the twelve digits of the block.
        chain: the chain; `user` for `/routing/rule` where it has none.
        foreign: what happens to the rows of others in this chain (`FOREIGN`).
        lists: members of interface lists, as far as they are known.
        differs: what to set for a row to be as wanted; both come with their whole comments.
        generation: of which generation the block's rows are.

    Raises:
        NoPlace: the target of the position doesn't exist, or it contradicts another's.
    """
    wanted = [signed(rule, place, owner, generation) for rule in rules]
    others = strangers(rows, chain, owner)
    if foreign == "prune" and (conflicts := pruned(rows, chain, owner)):
        return Plan(conflicts=conflicts)
    removed = nobodys(rows, chain, foreign)
    away = [row for row in rows if _tag(row, owner) is not None and not _dynamic(row)]
    here = [row for row in away if chain_of(row) == chain]
    pairs = assign(rules, wanted, here, differs)
    wanted = [
        signed(rule, place, owner, generation, pairs[i] if i in pairs and is_adopted(pairs[i], owner) else None)
        for i, rule in enumerate(rules)
    ]
    going = {row[".id"] for row in removed}
    stay = [row for row in rows if row.get(".id") not in going] if going else rows
    job = _Job(rows, stay, chain, rules, wanted, pairs, differs, [*here, *removed], lists)
    # Rows of a chain that the block has left do nothing for this one: they go last, and from the last to the first.
    gone = tuple(Remove(row[".id"]) for row in reversed(away) if chain_of(row) != chain)
    alone = foreign == "prune" or not wanted
    best, safe = _waves(job, _alone(job) if alone else _choices(job, place, owner))
    twins = () if foreign in REMOVING else _twins(rules, wanted, pairs, others, differs)
    return Plan((*best, gone) if gone else tuple(best), safe, twins=twins)


def pruned(rows: Sequence[Row], chain: str, owner: str) -> tuple[str, ...]:
    """Why a block may not prune its chain: rules there that other resources have."""
    return tuple(
        f"{label(row)} is another program's, and foreign=prune would remove it"
        for row in strangers(rows, chain, owner)
        if _owned(row)
    )


def _dynamic(row: Row) -> bool:
    return row.get("dynamic") == "true"


def _owned(row: Row) -> bool:
    return ownership.tag_of(row) is not None


def _tag(row: Row, owner: str) -> Tag | None:
    tag = ownership.tag_of(row)
    return tag if tag and tag.owner == owner else None


def _twins(
    rules: Sequence[Rule], wanted: Sequence[Row], pairs: Mapping[int, Row], others: Sequence[Row], differs: Differ
) -> tuple[str, ...]:
    return tuple(
        f"{rules[i].name}: {label(row)} is equal"
        for i, row_wanted in enumerate(wanted)
        if i not in pairs
        for row in others
        if not _owned(row) and not but_comment(differs(row, row_wanted))
    )


def but_comment(words: Words) -> dict[str, str | None]:
    """What to set besides the comment."""
    return {name: value for name, value in words.items() if name != "comment"}


def is_adopted(row: Row, owner: str) -> bool:
    """Whether a row of the block was there before it."""
    tag = _tag(row, owner)
    return tag is not None and tag.adopted


def assign(rules: Sequence[Rule], wanted: Sequence[Row], own: Sequence[Row], differs: Differ) -> dict[int, Row]:
    """Which row is which rule's: by name and all properties, else by name, else by properties under another name."""
    free = list(own)
    pairs: dict[int, Row] = {}

    def take(good: Callable[[int, Row], bool]) -> None:
        for i in range(len(rules)):
            if i not in pairs and (row := next((row for row in free if good(i, row)), None)) is not None:
                pairs[i] = row
                free.remove(row)

    def named(i: int, row: Row) -> bool:
        tag = ownership.tag_of(row)
        return tag is not None and tag.rule == ownership.rule_part(rules[i].name)

    take(lambda i, row: named(i, row) and not differs(row, wanted[i]))
    take(named)
    take(lambda i, row: not but_comment(differs(row, wanted[i])))
    return pairs


class _Job(NamedTuple):
    """What is known before it is decided where the block goes and which rows stay."""

    rows: Sequence[Row]
    stay: Sequence[Row]
    """But for those of nobody's that go."""
    chain: str
    rules: Sequence[Rule]
    wanted: Sequence[Row]
    pairs: Mapping[int, Row]
    """By the number of a rule, its row."""
    differs: Differ
    edited: Sequence[Row]
    """Rows that go unless they are a rule's: the block's own and those of nobody that it removes."""
    lists: Lists | None


class _Choice(NamedTuple):
    """A gap for the block, and the rules whose rows stay where they are."""

    above: Sequence[str]
    below: Sequence[str]
    stay: frozenset[int]


def _by_gap(rows: Sequence[Row], others: Sequence[Row], chain: str, owner: str) -> dict[int, list[Row]]:
    """The block's rows by the gap between the other rows in which they are."""
    inside: dict[int, list[Row]] = {}
    known = {row[".id"] for row in others}
    gap = 0
    for row in rows:
        if row.get(".id") in known:
            gap += 1
        elif chain_of(row) == chain and not _dynamic(row) and _tag(row, owner) is not None:
            inside.setdefault(gap, []).append(row)
    return inside


def _alone(job: _Job) -> list[_Choice]:
    """The choices where nothing else stays in the chain, or nothing of the block does."""
    number = {row[".id"]: i for i, row in job.pairs.items()}
    mine = [number[row[".id"]] for row in job.rows if row.get(".id") in number]
    return [_Choice((), (), frozenset(run)) for run in _runs(mine)]


def _choices(job: _Job, place: Position | None, owner: str) -> list[_Choice]:
    """The best gaps and sets of rows that stay; all need as many edits."""
    number = {row[".id"]: i for i, row in job.pairs.items()}
    gaps = position.gaps(job.stay, job.wanted, place, owner, job.lists)
    inside = {
        gap: [number[row[".id"]] for row in there if row[".id"] in number]
        for gap, there in _by_gap(job.stay, gaps.rows, job.chain, owner).items()
    }
    runs = {gap: _runs(inside.get(gap, [])) for gap in range(gaps.low, gaps.high + 1)}

    def key(gap: int) -> tuple[int, int, int, int]:
        moves = len(job.pairs) - len(runs[gap][0])
        pushed, harmed = gaps.cost[gap]
        # A block that stands where it may is left there; what it pushes goes.
        return (pushed if moves or not job.pairs else 0), moves, harmed, -gap

    order = sorted(runs, key=key)
    ids = [row[".id"] for row in gaps.rows]
    return [
        _Choice(ids[:gap], ids[gap:], frozenset(run))
        for gap in order
        if key(gap)[:3] == key(order[0])[:3]
        for run in runs[gap]
    ][:_CHOICES]


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """The longest increasing runs of a sequence of different numbers: all of them, or the first few."""
    longest = [1] * len(numbers)
    for i in range(len(numbers) - 1, -1, -1):
        longest[i] += max((longest[j] for j in range(i + 1, len(numbers)) if numbers[j] > numbers[i]), default=0)

    def runs(i: int) -> Iterator[list[int]]:
        after = [j for j in range(i + 1, len(numbers)) if numbers[j] > numbers[i] and longest[j] == longest[i] - 1]
        if not after:
            yield [numbers[i]]
        for j in after:
            for rest in runs(j):
                yield [numbers[i], *rest]

    most = max(longest, default=0)
    out = []
    for i in range(len(numbers)):
        if longest[i] == most:
            for run in runs(i):
                out.append(run)
                if len(out) == _CHOICES:
                    return out
    return out or [[]]


def _waves(job: _Job, choices: Sequence[_Choice]) -> tuple[list[tuple[Edit, ...]], bool]:
    """The fewest edits if some order of them is safe, else the fewest that were found, made before others break."""
    budget = Budget(_STEPS)
    for choice in choices:
        chain = _chain(job, choice, frozenset())
        if (found := _fewest(chain, budget)) is not None:
            return waves(chain, found), True
    choice = choices[0]
    touched = [i for i in job.pairs if i not in choice.stay or _words(job, i)]
    if len(touched) <= _FEW:
        for anew in (some for count in range(1, len(touched)) for some in combinations(touched, count)):
            chain = _chain(job, choice, frozenset(anew))
            if (found := _fewest(chain, budget)) is not None:
                return waves(chain, found), True
    chain = _chain(job, choice, frozenset(touched))
    found = _fewest(chain, Budget(_STEPS))
    return waves(chain, in_turn(chain) if found is None else found), found is not None


def _fewest(chain: Chain, budget: Budget) -> list[Edit] | None:
    """The tasks in a safe order, or None."""
    simple = all(isinstance(task.edit, Add | Remove) for task in chain.tasks)
    if len(chain.tasks) <= 1 or (simple and chain.terminal()):
        return in_turn(chain)
    return search(chain, budget)


def _words(job: _Job, i: int) -> Words:
    return job.differs(job.pairs[i], job.wanted[i])


def _chain(job: _Job, choice: _Choice, anew: frozenset[int]) -> Chain:
    """The chain with its tasks: adds, sets and moves in forward order, removes from the last to the first."""
    tokens: list[str] = []
    adds: list[Task] = []
    sets: list[Task] = []
    for i, (rule, wanted) in enumerate(zip(job.rules, job.wanted, strict=True)):
        row = job.pairs.get(i)
        if row is None or i in anew:
            tokens.append(f"+{rule.name}")
            adds.append(Task(Add(rule.name, wanted, None), tokens[-1], (wanted,)))
            continue
        token = row[".id"]
        tokens.append(token)
        words = _words(job, i)
        (now,) = apply([row], Set(token, words))
        if words:
            sets.append(Task(Set(token, words), token, (row, now)))
        if i not in choice.stay:
            sets.append(Task(Move(token, None), token, (row, now) if words else (row,)))
    going = {row[".id"] for row in job.edited} - set(tokens)
    gone = [Task(Remove(row[".id"]), row[".id"], (row,)) for row in reversed(job.rows) if row.get(".id") in going]
    final = [*choice.above, *tokens, *choice.below]
    return Chain(job.rows, job.chain, final, [*adds, *sets, *gone], job.lists, _ENDS.get(job.chain, "return"))
