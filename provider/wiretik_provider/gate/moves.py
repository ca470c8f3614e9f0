"""Rows that stay although their resources move, told where a plan shows a create and a delete.

Engines know a resource by its place in the program's tree, its type and its name; a row is known by its tag or its key.
So a resource that was renamed or has another parent is two to the engine, and one row to the router.

Pure. Rule: only what is sure to stay is told, as far as values are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.rows import compare, ownership

__all__ = ["parents", "told"]

Row = Mapping[str, str]

_SHOWN: Final = 10


def parents(declared: Sequence[Declared]) -> str:
    """What the state keeps of the resources above those of the rows, to know another time that they are others."""
    noted = {f"{row.tag[4:]}:{_mark(row.parent)}" for row in declared}
    return ",".join(sorted(noted))


def _mark(parent: str) -> str:
    return hashlib.sha256(parent.encode()).hexdigest()[:4]


def told(declared: Sequence[Declared], there: Mapping[str, Sequence[Row]], noted: str) -> Iterator[str]:
    """What stays, in a line for all that were renamed and one for all that have another parent.

    Args:
        declared: the program's resources on one router.
        there: the rows of their menus.
        noted: what `parents` gave last time.
    """
    owners = {row.tag for row in declared}
    if renamed := [told for row in declared for told in _renamed(row, there, owners)]:
        yield f"what resources take over that were renamed stays: {_few(renamed)}"
    before = dict(part.split(":") for part in noted.split(",") if part)
    moved = {
        row.name.partition(".")[0] if row.part else row.name
        for row in declared
        if before.get(row.tag[4:], _mark(row.parent)) != _mark(row.parent)
    }
    if moved:
        yield f"{_few(sorted(moved))}: another parent in the program, the same rows on the router"


def _renamed(row: Declared, there: Mapping[str, Sequence[Row]], owners: set[str]) -> Iterator[str]:
    if row.menu and row.menu.key and not row.menu.singleton and not row.unknown and not row.part:
        kept = there.get(row.menu.path, ())
        twin = None if compare.owned_by(kept, row.tag) else compare.twin(row.menu, kept, row.values, row.tag[:4])
        if twin and _left(twin, row, owners):
            yield f"{compare.label(row.menu, twin)} ({row.name})"
    if row.list_menu:
        entries = [
            one
            for one in there.get(row.list_menu.path, ())
            if one.get("list", row.list_name) == row.list_name and _left(one, row, owners)
        ]
        if count := sum(one.get("address") in row.entries for one in entries):
            yield f"{count} entries of list {row.list_name} ({row.name})"


def _left(there: Row, row: Declared, owners: set[str]) -> bool:
    """Whether a row is that of a resource of this stack that the program no longer has."""
    tag = ownership.split(there.get("comment", ""))[1]
    return tag is not None and tag.stack == row.tag[:4] and owners.isdisjoint(one.owner for one in tag.holders)


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
