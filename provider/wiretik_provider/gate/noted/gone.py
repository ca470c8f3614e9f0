"""Rows of this stack that the router has no more: it was reset, or somebody deleted them by hand.

An engine compares a program with the state, so its plan shows no change where the state still has the row. The gate has
read the rows anyway, and knows whose it let through before.

Pure. Rule: only what was let through before is gone. A row that lost its tag by hand is there, and so is one whose key
isn't known yet where a row of nobody's may be it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.gate.wholes import mark
from wiretik_provider.rows import compare, ownership

__all__ = ["gone", "sentence"]

Row = Mapping[str, str]
Place = tuple[str, str]

_SHOWN: Final = 10


def gone(
    declared: Sequence[Declared], kept: Mapping[Place, Sequence[Row]], before: Collection[str]
) -> dict[str, list[str]]:
    """The resources whose rows are no longer there: by their tags, as the program names them.

    Args:
        declared: the program's resources on one router.
        kept: the rows by menu, and of whole lists by menu and the list's name; what couldn't be read is left out.
        before: what the gate noted of those that it let through the last time (`wholes.mark`, and tags).
    """
    there = {place: {_mark(row) for row in rows} for place, rows in kept.items()}
    found: dict[str, list[str]] = {}
    for (tag, part), group in groupby(declared, key=lambda row: (row.tag, row.part)):
        rows = list(group)
        missing = [
            row
            for row in rows
            if _mark_of(row) in before
            and (place := _place(row)) in kept
            and row.tag[:4] + _mark_of(row) not in there[place]
            and not _without_its_tag(row, kept[place])
        ]
        if missing:
            found[tag] = [rows[0].block] if part and len(missing) == len(rows) else [row.name for row in missing]
    return found


def sentence(found: Mapping[str, Sequence[str]]) -> str:
    """The sentence for the user."""
    names = [name for some in found.values() for name in some]
    more = ", …" if len(names) > _SHOWN else ""
    are = "resource of this stack is" if len(names) == 1 else "resources of this stack are"
    them = "it" if len(names) == 1 else "them"
    return (
        f"{len(names)} {are} no longer on the router ({', '.join(names[:_SHOWN])}{more}): "
        f"`up --refresh` makes {them} again"
    )


def _place(row: Declared) -> Place:
    menu = row.list_menu or row.menu
    return (menu.path, row.list_name) if menu and menu.tagged else ("", "")


def _mark(row: Row) -> str:
    """Whose a row is, in the gate's words with the stack in front; empty of nobody's."""
    tag = ownership.tag_of(row)
    return tag.owner + (f"7{tag.rule}" if tag.rule else "") if tag else ""


def _mark_of(row: Declared) -> str:
    return mark(row) if row.part else row.tag[4:]


def _without_its_tag(row: Declared, there: Sequence[Row]) -> bool:
    """Whether a row may be the resource's that lost its tag; of a list, whether an entry does its work."""
    if row.list_menu or row.menu is None:
        return not row.entries or any(one.get("address") in row.entries for one in there)
    free = [one for one in there if one.get("dynamic") != "true" and not _mark(one)]
    if not row.waiting.isdisjoint(row.menu.key):
        return bool(free)
    return compare.twin(row.menu, free, row.values, row.tag[:4]) is not None
