"""Rows that are there already: whose each is, whether a resource may take it over, and who had it before.

Rule: a row of nobody is adopted where that was asked for, one of this stack is taken over from a resource that is known
to be gone, and everything else is refused with whose it is and the cure.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wiretik_provider.api.link import Link
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import RowError
from wiretik_provider.kinds import Props
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, ownership, stored
from wiretik_provider.rows.ownership import Holder, Tag

__all__ = ["as_before", "former_of", "had_before", "may_adopt", "may_have", "refuse_twin", "was_renamed"]

Row = Mapping[str, str]


def as_before(tag: Tag, row: Row, gone: Collection[Holder] = ()) -> Tag:
    """The tag, saying that the row was adopted if it says so now, and who else has it but for who is `gone`."""
    now = ownership.tag_of(row)
    return ownership.in_front(tag._replace(adopted=bool(now and now.adopted)), now, gone)


def had_before(link: Link, row: Row) -> dict[str, Any]:
    """What a row had before it was adopted that another resource takes over now, as the gate has noted it."""
    tag = ownership.tag_of(row)
    holders = tag.holders if tag and tag.adopted else ()
    return next(({compare.FORMER: dict(link.before[one.owner])} for one in holders if one.owner in link.before), {})


def may_adopt(link: Link, row: Row, props: Props) -> bool:
    """Whether a row that is there may be taken over: it is nobody's, and that was asked for."""
    return (bool(props.get("adopt")) or link.adopting) and ownership.tag_of(row) is None


def was_renamed(link: Link, other: Row, tag: Tag) -> bool:
    """Whether a row with the same key is that of a resource of this stack which the program no longer declares."""
    theirs = ownership.tag_of(other)
    mine = theirs is not None and theirs.stack == tag.stack
    return bool(mine and theirs and all(link.dropped_from_program(one.owner) for one in theirs.holders))


def may_have(link: Link, menu: Menu, row: Row, owner: str, wanted: Mapping[str, Value]) -> bool:
    """Whether a row is still that of a resource which may stand behind others that took it over.

    They were killed on the way; where no gate says that they are gone, it is so if the row is what this one wants.
    """
    tag = ownership.tag_of(row)
    if tag is None or tag.stack != owner[:4]:
        return True
    newer = list(itertools.takewhile(lambda one: one.owner != owner, tag.holders))
    if link.deployment is not None and all(link.deployment.knows(one.owner) for one in newer):
        return all(link.dropped_from_program(one.owner) for one in newer)
    return not menu.key or compare.key(menu, row) == compare.key(menu, wanted) or not newer


def former_of(link: Link, menu: Menu, other: Row, wanted: Mapping[str, Value], props: Props) -> dict[str, str]:
    """What the foreign row has now, but for secrets, if it may be adopted at all."""
    if not may_adopt(link, other, props):
        _refuse(link, menu, other, wanted, str(props["tag"])[:4])
    return stored.former(menu, other)


def refuse_twin(link: Link, menu: Menu, kept: Sequence[Row], wanted: Mapping[str, Value], props: Props) -> None:
    """Refuses to add a row beside an equal one that may not be taken over."""
    stack = str(props["tag"])[:4]
    other = compare.twin(menu, kept, wanted, stack)
    if other and not may_adopt(link, other, props):
        _refuse(link, menu, other, wanted, stack)


def _refuse(link: Link, menu: Menu, other: Row, wanted: Mapping[str, Value], stack: str) -> None:
    """Says whose row is in the way, and the cure."""
    tag = ownership.tag_of(other)
    name = compare.label(menu, other)
    where = f"{other.get('.id', '')}"
    if tag is None:
        text = f"the router has it already ({name}, {where}) and it isn't this program's; adopt=True takes it over"
    elif tag.stack == stack:
        text = (
            f"the router has it already ({where}) as another resource of this stack; a resource that was renamed "
            "needs aliases=[pulumi.Alias(name=...)] with its former name"
        )
    else:
        text = f"the router has it already ({where}), and another stack manages it (tag {tag})"
    raise RowError(link.label, menu.path, compare.label(menu, wanted), text)
