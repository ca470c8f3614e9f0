"""Blocks that move in a program: who has their rows, and who stands behind (`rows.ownership`).

A block is planned as if nobody stood behind: `alone` takes those out of the rows' tags, `among` puts them back into the
edits that write tags.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import attrs

from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Holder
from wiretik_provider.rules.model import Row
from wiretik_provider.rules.safe_order import Edit, Set

__all__ = ["alone", "among", "claimed", "parted"]


def claimed(rows: Sequence[Row], owner: str, generation: str, former: Holder) -> tuple[Set, ...]:
    """What takes over the rows of a block that moved, before all other edits: who had them until then stands behind.

    Args:
        rows: the whole menu.
        owner: the twelve digits of the block.
        generation: of which generation its rows are from now on.
        former: as whom it had them until now: by its own name where it wasn't renamed.
    """
    found = []
    for row in rows:
        text, tag = ownership.parts_of(row)
        ours = tag is not None and (tag.owner in {owner, former.owner} or ownership.has(tag, {former}))
        if tag and ours and row.get("dynamic") != "true":
            mine = tag._replace(stack=owner[:4], resource=owner[4:], generation=generation)
            mine = ownership.in_front(mine, tag, {former})
            found += [Set(row[".id"], {"comment": ownership.signed(text, mine)})] if mine != tag else []
    return tuple(found)


def parted(rows: Sequence[Row], mine: Collection[Holder], stays: Callable[[Holder], bool]) -> tuple[Set, ...]:
    """What leaves the rows of a block that is deleted to others that have them, too.

    Args:
        rows: the whole menu.
        mine: as whom the block has its rows.
        stays: whether another holder may still be there.
    """
    found = []
    for row in rows:
        text, tag = ownership.parts_of(row)
        left = ownership.without(tag, mine) if tag and ownership.has(tag, mine) else None
        if left and any(map(stays, left.holders)):
            found.append(Set(row[".id"], {"comment": ownership.signed(text, left)}))
    return tuple(found)


def alone(rows: Sequence[Row]) -> tuple[list[Row], dict[str, tuple[Holder, ...]]]:
    """The rows as if nobody stood behind whoever has them, and by their `.id`s who does."""
    found: list[Row] = []
    behind: dict[str, tuple[Holder, ...]] = {}
    for row in rows:
        text, tag = ownership.parts_of(row)
        if tag and tag.older:
            behind[row[".id"]] = tag.older
            found.append({**row, "comment": ownership.signed(text, tag._replace(older=()))})
        else:
            found.append(row)
    return found, behind


def among(wave: Sequence[Edit], behind: Mapping[str, tuple[Holder, ...]]) -> tuple[Edit, ...]:
    """Edits that were planned `alone`, with those again who stand behind."""
    return tuple(
        attrs.evolve(edit, words={**edit.words, "comment": _behind(edit.words["comment"], behind[edit.id])})
        if isinstance(edit, Set) and edit.id in behind and edit.words.get("comment")
        else edit
        for edit in wave
    )


def _behind(comment: str | None, older: tuple[Holder, ...]) -> str:
    text, tag = ownership.split(comment or "")
    return ownership.signed(text, tag._replace(older=older)) if tag else text
