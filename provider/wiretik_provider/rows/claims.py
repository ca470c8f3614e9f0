"""The names under which a resource has its rows, by its state, and its own rows, by their tags (`ownership`).

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

from wiretik_provider.rows import ownership
from wiretik_provider.rows.kept import held_by
from wiretik_provider.rows.ownership import Holder

__all__ = ["GENERATION", "LAST", "beside", "but_taken_over", "had_by", "of", "stays", "taken_over"]

Row = Mapping[str, str]
Props = Mapping[str, Any]

GENERATION: Final = "__generation"
"""The output that keeps the generation of the resource's rows (`ownership`); none where there is none."""
LAST: Final = "__last"
"""Of a deletion that was put off (`Link.sweep`): the owners whose rows go with it, of whichever generation."""


def of(props: Props, *, ended: bool = False) -> frozenset[Holder]:
    """As whom a resource has its rows, by its state; if its type and name are gone for good, as any of these."""
    if LAST in props:
        return frozenset(Holder(owner, ownership.ANY) for owner in props[LAST])
    return frozenset({Holder(str(props.get("tag", "")), ownership.ANY if ended else str(props.get(GENERATION, "")))})


def had_by(rows: Iterable[Row], holders: Collection[Holder]) -> list[Row]:
    """The rows that one of these has, in front of others or behind them."""
    return [
        row
        for row in held_by(rows, *(one.owner for one in holders))
        if any(one.owner[4:] in row.get("comment", "") for one in holders)
        and ownership.has(ownership.tag_of(row), holders)
    ]


def beside(rows: Iterable[Row], owner: str, mine: Collection[Holder]) -> list[str]:
    """Who has rows of a resource beside it or after it, itself among them; nobody where it has all of them alone."""
    tags = (ownership.tag_of(row) for row in rows if owner[4:] in row.get("comment", ""))
    shared = [tag.holders for tag in tags if tag and (tag.older or not ownership.has(tag, mine))]
    return sorted({one.owner for some in shared if any(one.owner == owner for one in some) for one in some})


def stays(props: Props, ended: Callable[[str], bool]) -> Callable[[Holder], bool]:
    """Whether another holder may still be there when a resource is deleted.

    Args:
        props: the resource's state.
        ended: whether an owner's type and name are gone for good.
    """
    return lambda holder: not (LAST in props or ended(holder.owner))


def taken_over(rows: Iterable[Row], props: Props, *generations: str) -> bool:
    """Whether another resource has taken rows over, or was about to and was killed.

    Args:
        rows: of the menu.
        props: the resource's state.
        generations: in which its rows may be besides.
    """
    owner, mine = str(props.get("tag", "")), of(props)
    tags = (ownership.tag_of(row) for row in rows if owner[4:] in row.get("comment", ""))
    return any(
        tag.holders[0] not in mine and (ownership.has(tag, mine) or tag.owner == owner)
        for tag in tags
        if tag and not (tag.owner == owner and tag.generation in generations)
    )


def but_taken_over(rows: Iterable[Row], owner: str, mine: Collection[Holder]) -> list[Row]:
    """The rows without those that another resource of this type and name has."""
    tags = ((row, ownership.tag_of(row) if owner in row.get("comment", "") else None) for row in rows)
    return [row for row, tag in tags if tag is None or tag.owner != owner or ownership.has(tag, mine)]
