"""What adopted rows, and menus with one row, had before: noted in the gate's state, for whoever takes a row over.

A resource keeps in its own state what its row had. One that moves in the program without an alias is another resource
to the engine, which makes it before the old one goes and never shows it that one's state. So the gate, which sees the
router before any of them writes, notes it too: by the resource's tag, and of a menu with one row by its path.

Pure. Rule: no secrets; and what may have been written already isn't noted.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from wiretik_provider.declared import Declared
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, fixed, ownership, stored

__all__ = ["Formers", "known", "note", "read"]

Row = Mapping[str, str]
Formers = Mapping[str, Mapping[str, str]]
"""By the tag of a resource, or the place of a row that is always there (`fixed.place`): what it had, as printed."""


def read(noted: str) -> Formers:
    """What an earlier deployment noted."""
    found: dict[str, dict[str, str]] = json.loads(noted) if noted else {}
    return found


def note(found: Formers) -> str:
    """The note."""
    return json.dumps(found, sort_keys=True) if found else ""


def known(
    noted: Formers, declared: Sequence[Declared], kept: Mapping[str, Sequence[Row]], before: Collection[str]
) -> Formers:
    """What is to be noted now: of what the program declares, and of what it has no more and is still there.

    Args:
        noted: the last time.
        declared: the program's resources on one router.
        kept: the rows of their menus, by path.
        before: the tags of what earlier deployments declared, and may have written.
    """
    found: dict[str, Mapping[str, str]] = {}
    for row in declared:
        if row.menu is None or row.part:
            continue
        there = kept.get(row.menu.path, ())
        if row.menu.singleton:
            there = fixed.found(row.menu, there, {"find": row.find}) if row.menu.fixed else there
            these = _of_one_row(noted.get(row.where, {}), row, row.menu, there, known=row.tag in before)
            found[row.where] = {**found.get(row.where, {}), **these}
        elif was := _of_row(noted, row, row.menu, there):
            found[row.tag] = was
    standing = {one.owner for tag in _tags(kept) for one in tag.holders}
    return {**{owner: was for owner, was in noted.items() if owner in standing}, **found}


def _of_one_row(
    noted: Mapping[str, str], row: Declared, menu: Menu, there: Sequence[Row], *, known: bool
) -> dict[str, str]:
    names = [name for name in {**row.values, **dict.fromkeys(row.waiting)} if not menu.by_name[name].secret]
    now = there[0] if there and (noted or not known) else None
    return {
        name: noted.get(name, (now or {}).get(name, "")) for name in sorted(names) if name in noted or now is not None
    }


def _of_row(noted: Formers, row: Declared, menu: Menu, there: Sequence[Row]) -> Mapping[str, str]:
    """What an adopted row had, or one has that will be adopted."""
    own = next(iter(compare.owned_by(there, row.tag)), None)
    other = own or compare.twin(menu, there, row.values, row.tag[:4])
    if other is None:
        return {}
    tag = ownership.tag_of(other)
    if tag is None:
        return stored.former(menu, other) if row.adopt else {}
    return next((noted[one.owner] for one in tag.holders if one.owner in noted), {}) if tag.adopted else {}


def _tags(kept: Mapping[str, Sequence[Row]]) -> Iterator[ownership.Tag]:
    for rows in kept.values():
        for row in rows:
            if (tag := ownership.tag_of(row)) and tag.adopted:
                yield tag
