"""Whose rows a router holds: this stack's, other stacks', nobody's. A clean plan isn't an empty router.

Pure. Rows that RouterOS makes itself, dynamic and built-in ones, belong to nobody and are counted for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.declared import Declared
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rules.block import TAGGED, nobodys
from wiretik_provider.rules.position import chain_of, label

__all__ = ["Survey", "beside", "going", "summary", "survey"]

Row = Mapping[str, str]

_FEW: Final = 3
"""So many rules of nobody's are named in any chain; more only where at least as many are the stack's."""
_SHOWN: Final = 8
_FACTORYS: Final = "defconf"
"""How the factory's comments begin (docs/facts/packet-path.md#the-factorys-firewall); no hand put those rules there."""


@attrs.frozen
class Survey:
    """One menu's rows by whose they are.

    Attributes:
        path: the menu.
        ours: rows with this stack's tag.
        others: rows with other stacks' tags.
        unmanaged: rows that no tag is on.
    """

    path: str
    ours: tuple[Row, ...]
    others: tuple[Row, ...]
    unmanaged: tuple[Row, ...]


class _Shares(NamedTuple):
    ours: list[Row]
    others: list[Row]
    unmanaged: list[Row]


def survey(path: str, rows: Iterable[Row], stack: str) -> Survey:
    """Sorts a menu's rows by whose they are.

    Args:
        path: the menu.
        rows: as the router printed them.
        stack: the four digits of this stack.
    """
    shares = _Shares([], [], [])
    for row in rows:
        if row.get("dynamic") == "true" or row.get("builtin") == "true":
            continue
        tag = ownership.tag_of(row)
        if tag is None:
            shares.unmanaged.append(row)
        else:
            (shares.ours if tag.stack == stack else shares.others).append(row)
    return Survey(path, *(tuple(share) for share in shares))


def summary(surveys: Iterable[Survey]) -> str:
    """One line that counts, menu by menu, what no resource of the stack owns; empty where there is nothing."""
    known = list(surveys)
    parts = []
    for what, counts in (
        ("no resource owns", [(one.path, len(one.unmanaged)) for one in known]),
        ("other stacks own", [(one.path, len(one.others)) for one in known]),
    ):
        if told := ", ".join(f"{path} {count}" for path, count in counts if count):
            parts.append(f"rows that {what}: {told}")
    return "; ".join(parts)


def beside(declared: Iterable[Declared], seen: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """The rules of nobody's in chains that blocks of the program have for themselves.

    A block without a position is its chain's order, as after an adoption. A rule that a hand puts above or below it
    stands between none of its rules, so it is no drift, and yet it may let in what they drop. Of chains that are mainly
    somebody else's, such as the factory's, the count says enough.

    Args:
        declared: the program's resources on one router.
        seen: the rows of their menus.
    """
    chains: dict[tuple[str, str], list[Declared]] = {}
    for rule in declared:
        if rule.part and rule.place is None and not rule.prunes:
            chains.setdefault((rule.path, chain_of(rule.printed)), []).append(rule)
    for (path, chain), rules in chains.items():
        there = [row for row in seen.get(path, ()) if chain_of(row) == chain and row.get("dynamic") != "true"]
        tags, stack = [ownership.tag_of(row) for row in there], rules[0].tag[:4]
        if not any(tag and tag.stack == stack for tag in tags):
            continue
        soon = {id(row) for row in _soon_taken_over(rules, there)}
        ours = [at for at, tag in enumerate(tags) if (tag and tag.stack == stack) or id(there[at]) in soon]
        theirs = [at for at, tag in enumerate(tags) if tag is None and at not in ours and not _is_factorys(there[at])]
        if theirs and len(theirs) <= max(_FEW, len(ours)):
            yield f"{path} {chain}: {_few([f'{label(there[at])} {_side(at, ours)}' for at in theirs])}"


def _soon_taken_over(rules: Iterable[Declared], there: Iterable[Row]) -> Iterator[Row]:
    """The rules of nobody's that blocks of a chain take over in this deployment (`rules.adoption`).

    One that equals a rule which its block hasn't got on the router yet is one: the gate has refused all others.
    """
    tags = [(row, ownership.tag_of(row)) for row in there]
    signed = {(tag.owner, tag.rule) for _, tag in tags if tag}
    free = [row for row, tag in tags if tag is None]
    for rule in rules:
        if not free or rule.menu is None or rule.unknown or (rule.tag, ownership.rule_part(rule.rule)) in signed:
            continue
        if (equal := compare.unsigned(rule.menu, free, rule.values)) is not None:
            free = [row for row in free if row is not equal]
            yield equal


def going(declared: Iterable[Declared], seen: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """The rules of nobody's in chains of which blocks of the program say all: these blocks remove them.

    A refresh shows each as drift. Without one a plan doesn't show them, and the block's next change takes them along.

    Args:
        declared: the program's resources on one router.
        seen: the rows of their menus.
    """
    chains: dict[tuple[str, str], list[Declared]] = {}
    for row in declared:
        if row.part and row.prunes:
            chains.setdefault((row.path, chain_of(row.printed)), []).append(row)
    for (path, chain), rules in chains.items():
        there = seen.get(path, ())
        free = nobodys(there, chain, TAGGED)
        signed = {(tag.owner, tag.rule) for row in there if (tag := ownership.tag_of(row))} if free else set()
        for rule in rules if free else ():
            if rule.menu is None or (rule.tag, ownership.rule_part(rule.rule)) in signed:
                continue
            if equal := compare.unsigned(rule.menu, free, rule.values):
                free.remove(equal)  # it lost its tag, and gets it again
        if free:
            yield f"{path} {chain}: {_few([label(row) for row in free])}"


def _few(told: Sequence[str]) -> str:
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return f"{', '.join(told[:_SHOWN])}{more}"


def _is_factorys(row: Row) -> bool:
    return row.get("comment", "").startswith(_FACTORYS)


def _side(at: int, ours: Sequence[int]) -> str:
    """On which side of the program's rules another one stands."""
    return (
        "above the program's" if at < ours[0] else "below the program's" if at > ours[-1] else "between the program's"
    )
