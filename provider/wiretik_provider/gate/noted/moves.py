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

__all__ = ["block", "names", "pairs", "parents", "warnings"]

Row = Mapping[str, str]

_SHOWN: Final = 10


def parents(declared: Sequence[Declared]) -> str:
    """What the state keeps of the resources above those of the rows, to know another time that they are others."""
    noted = {f"{row.tag[4:]}:{_mark(row.parent)}" for row in declared}
    return ",".join(sorted(noted))


def _mark(parent: str) -> str:
    return hashlib.sha256(parent.encode()).hexdigest()[:4]


def warnings(declared: Sequence[Declared], there: Mapping[str, Sequence[Row]], noted: str) -> Iterator[str]:
    """What stays, in a line for all that were renamed and one for all that have another parent.

    Args:
        declared: the program's resources on one router.
        there: the rows of their menus.
        noted: what `parents` gave last time.
    """
    owners = {row.tag for row in declared}
    declared = [row for row in declared if not row.aliased]
    if renamed := [told for row in declared for told in _renamed(row, there, owners)]:
        yield f"rows that renamed resources take over stay: {_few(renamed)}"
    before = dict(part.split(":") for part in noted.split(",") if part)
    moved = {
        row.name.partition(".")[0] if row.part else row.name
        for row in declared
        if before.get(row.tag[4:], _mark(row.parent)) != _mark(row.parent)
    }
    if moved:
        yield f"{_few(sorted(moved))}: another parent in the program, the same rows on the router"


def names(declared: Sequence[Declared]) -> str:
    """What the state keeps of the resources' own names and of what is above them, to print them another time."""
    return "\n".join(sorted({f"{row.tag[4:]} {row.resource}" for row in declared if row.resource}))


def pairs(declared: Sequence[Declared], there: Mapping[str, Sequence[Row]], noted: str) -> dict[str, str]:
    """Which resources were which before, without the program saying so: what each is now, and what it was.

    A row that stands under an old resource's tag and has the new one's key, or equals it where rows have no key, was
    that one's; and who has his tag still but stands below others was himself.

    Args:
        declared: the program's resources on one router.
        there: the rows of their menus.
        noted: what `names` gave last time.
    """
    before = dict(line.split(" ", 1) for line in noted.split("\n") if line)
    owners = {row.tag for row in declared}
    found: dict[str, str] = {}
    for row in declared:
        if row.aliased or not row.resource:
            continue
        mine = before.get(row.tag[4:], "")
        former = mine or next((before[tag[4:]] for tag in _formers(row, there, owners) if tag[4:] in before), "")
        if former and former != row.resource and _class(former) == _class(row.resource):
            taken = former in found.values() and found.get(row.resource) != former
            if not taken:
                found[row.resource] = former
    return {_class_and_name(now): former for now, former in found.items()}


def _class_and_name(resource: str) -> str:
    return resource.rpartition("$")[2]


def _class(resource: str) -> str:
    return _class_and_name(resource).partition("::")[0]


def _formers(row: Declared, there: Mapping[str, Sequence[Row]], owners: set[str]) -> Iterator[str]:
    """The tags of resources that the program no longer has and whose rows are as this one shall be."""
    if row.list_menu:
        for one in there.get(row.list_menu.path, ()):
            same = one.get("list", row.list_name) == row.list_name and one.get("address") in row.entries
            yield from _tag_of_left(one, row, owners) if same else ()
    elif row.menu and not row.menu.singleton and not row.unknown:
        kept = there.get(row.menu.path, ())
        if compare.owned_by(kept, row.tag):
            return
        if row.menu.key:
            twin = compare.twin(row.menu, kept, row.values, row.tag[:4])
            yield from _tag_of_left(twin, row, owners) if twin else ()
        else:
            plain = {name: value for name, value in row.values.items() if name != "comment"}
            for one in compare.equals(row.menu, kept, plain):
                yield from _tag_of_left(one, row, owners)


def _tag_of_left(one: Row, row: Declared, owners: set[str]) -> Iterator[str]:
    tag = ownership.tag_of(one)
    if tag is not None and _left(one, row, owners):
        yield tag.owner


def block(found: Mapping[str, str]) -> list[str]:
    """The lines of the call that a program may have."""
    return ["wt.moved({", *(f'    "{now}": "{former}",' for now, former in found.items()), "})"]


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
    tag = ownership.tag_of(there)
    return tag is not None and tag.stack == row.tag[:4] and owners.isdisjoint(one.owner for one in tag.holders)


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
