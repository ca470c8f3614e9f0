"""Rules that were there before a block: which of them it takes over, and which it gives back.

What it takes over is equal to a rule of its own that it hasn't got yet, and nobody's; from then on it is the block's
like any other, but for its tag, which says that it was there before. A rule that is wanted no more isn't removed then:
it gets back what it was, stays where it is, and is nobody's again.

Rule: pure. Both are edits that come before all others; what the block does besides is planned on the rows as these
edits leave them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import reduce

import attrs

from wiretik_provider.rows import ownership
from wiretik_provider.rules.block import Differ, Rule, assign, but_comment, is_adopted, signed
from wiretik_provider.rules.model import Row
from wiretik_provider.rules.position import Position, chain_of, label
from wiretik_provider.rules.safe_order import Set, apply

__all__ = ["Adoption", "adopt"]


@attrs.frozen
class Adoption:
    """What is taken over and given back.

    Attributes:
        rows: the menu as it is then.
        edits: what makes it so; each is independent of the others.
        before: by the name of a rule, the row that was taken over, as it was.
        lost: rows that are given back although nobody knows what they were.
    """

    rows: Sequence[Row]
    edits: tuple[Set, ...] = ()
    before: Mapping[str, Row] = attrs.field(factory=dict)
    lost: tuple[str, ...] = ()


def adopt(
    rows: Sequence[Row],
    rules: Sequence[Rule],
    place: Position | None,
    owner: str,
    *,
    chain: str,
    wished: bool,
    before: Mapping[str, Row],
    differs: Differ,
    known: Collection[str] = (),
    generation: str = "",
) -> Adoption:
    """Takes over what is equal to the block's rules, where that is wished, and gives back what is wanted no more.

    A row that equals a rule which the block had already lost its tag, and is the block's as before.

    Args:
        rows: the whole menu, in its order.
        rules: the block.
        place: where the block belongs, which its tags say.
        owner: the twelve digits of the block.
        chain: the chain.
        wished: whether rows may be taken over.
        before: what rows were before they were taken over, by the names of their rules.
        differs: what to set for a row to be as wanted.
        known: the names of the rules that the block had already.
        generation: of which generation the block's rows are.
    """
    wanted = [signed(rule, place, owner, generation) for rule in rules]
    own = [row for row in rows if owner in row.get("comment", "") and ownership.owner_of(row) == owner]
    pairs = assign(rules, wanted, [row for row in own if chain_of(row) == chain], differs)
    edits: list[Set] = []
    taken: dict[str, Row] = {}
    free = [
        row for row in rows if chain_of(row) == chain and row.get("dynamic") != "true" and not ownership.owner_of(row)
    ]
    for i, rule in enumerate(rules):
        asks = i not in pairs and (wished or rule.name in known)
        equal = next((row for row in free if not but_comment(differs(row, wanted[i]))), None) if asks else None
        if equal is not None:
            free.remove(equal)
            new = rule.name not in known
            taken |= {rule.name: equal} if new else {}
            over = equal if new or rule.name in before else None
            edits.append(Set(equal[".id"], {"comment": signed(rule, place, owner, generation, over)["comment"]}))
    kept = {row[".id"] for row in pairs.values()}
    lost: list[str] = []
    for row in own:
        if row[".id"] not in kept and is_adopted(row, owner):
            text, tag = ownership.parts_of(row)
            was = next((was for name, was in before.items() if tag and ownership.rule_part(name) == tag.rule), None)
            if was is None:
                lost.append(label(row))
            edits.append(Set(row[".id"], {"comment": text} if was is None else differs(row, was)))
    return Adoption(reduce(apply, edits, rows), tuple(edits), taken, tuple(lost))
