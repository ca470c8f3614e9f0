"""Rows that a stack adopted and that its program no longer declares: they will be given back, and stay on the router.

Pulumi says "delete" of them. Who reads that of a rule that opens a port believes it closed, so the gate says more where
it can: it notes in which menus the stack adopted rows, and looks there for rows with the stack's mark of adoption.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wiretik_provider.declared import Declared
from wiretik_provider.menus import at, menu
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rules.model import Row

__all__ = ["Place", "given_back", "note", "places"]

_SHOWN = 8


class Place(NamedTuple):
    """Where a stack adopts rows: a menu, and of whole lists one list of it."""

    path: str
    listed: str = ""


def places(noted: str, declared: Iterable[Declared]) -> list[Place]:
    """Where the stack adopted rows, by an earlier note, and where its program does now."""
    found = {Place(*line.split(" ", 1)) for line in noted.splitlines() if line}
    for row in declared:
        if row.adopt and row.list_menu:
            found |= {Place(row.list_menu.path, row.list_name)} if row.list_name else set()
        elif row.adopt and row.menu and not row.menu.singleton:
            found.add(Place(row.menu.path))
    return sorted(place for place in found if at(place.path))


def note(found: Iterable[Place]) -> str:
    """The note of some places."""
    return "\n".join(f"{one.path} {one.listed}".strip() for one in found)


def given_back(
    declared: Sequence[Declared], kept: Mapping[Place, Sequence[Row]], mine: Collection[str] | None = None
) -> str:
    """A line that names the rows; empty where there are none.

    Args:
        declared: what the program declares on this router.
        kept: the rows of each place.
        mine: the tags of what the gate that asks let through before, where other gates of this router are told of the
            rest; None where this one is told of everything.
    """
    names = [name for place, rows in kept.items() for name in _named(declared, place, rows, mine)]
    if not names:
        return ""
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (
        f"adopted rows that the program no longer declares are given back and stay on the router: "
        f"{', '.join(names[:_SHOWN])}{more}"
    )


def _named(
    declared: Sequence[Declared], place: Place, rows: Sequence[Row], mine: Collection[str] | None
) -> Iterator[str]:
    known = menu(place.path)
    here = [row for row in declared if known in (row.menu, row.list_menu)]
    owners = {row.tag for row in here if not (row.part or row.list_menu)}
    rules = {(row.tag, ownership.rule_part(row.rule)) for row in here if row.part}
    listed = {(row.tag, address) for row in here for address in row.entries}
    vague = {row.tag for row in here if row.list_menu and row.unknown}
    keys = {key for row in here if row.menu and (key := compare.key(known, row.values))}
    stack = next((row.tag[:4] for row in declared), "")
    for row in rows:
        tag = ownership.tag_of(row)
        if tag is None or not tag.adopted or tag.stack != stack or row.get("dynamic") == "true":
            continue
        if mine is not None and not any(one.owner in mine for one in tag.holders):
            continue
        wanted = any(one.owner in owners | vague for one in tag.holders) or (tag.owner, tag.rule) in rules
        wanted = wanted or (tag.owner, row.get("address", "")) in listed or compare.key(known, row) in keys
        if not wanted:
            yield f"{compare.label(known, row)} ({row.get('.id', '')})"
