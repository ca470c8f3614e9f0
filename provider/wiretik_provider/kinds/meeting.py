"""Two deployments at one router, or a deployment and a person: what is looked at once more after a write.

A stack has a lock, a router has none. What the router itself refuses, a row that is gone or one that is there already,
leads to another look (`row.overtaken`). What it takes in silence is looked for here: a second interface on one listen
port, of which one is dead, and a chain whose order another one changed between our look and our write.

Rule: who sees that he came second gives way or looks again, a few times at most, and then names the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from wiretik_provider.api.link import Link
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import Overtaken, Trap
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.rows.compare import Row
from wiretik_provider.rules import position
from wiretik_provider.rules.overlap import Lists
from wiretik_provider.rules.places import Position

__all__ = ["came_second", "other_order", "overtaken", "whose"]

_GONE_OR_THERE: Final = re.compile(r"^no such item|already (have|exists)|such name exists")
"""How RouterOS says that a row is gone, or that there is such a one already (docs/facts/api.md#error-texts)."""


def overtaken(trap: Trap) -> bool:
    """Whether a refusal may come from what somebody else did since the last look."""
    return bool(_GONE_OR_THERE.search(trap.message))


def came_second(link: Link, menu: Menu, wanted: Mapping[str, Value], row_id: str, stack: str) -> str:
    """Who has, by now, what a row was just given and RouterOS takes twice; empty where nobody has.

    Args:
        link: the router.
        menu: the row's menu.
        wanted: declared values by RouterOS's names.
        row_id: the `.id` of the row.
        stack: the four digits of this stack, whose own rows make room for each other (`exchange`).
    """
    if not menu.unique or not any(name in wanted for names in menu.unique for name in names):
        return ""
    link.forget(menu.path)
    for group, other in exchange.in_the_way(menu, link.rows(menu.path, menu.query), wanted, row_id):
        tag = ownership.tag_of(other)
        if group.taken and (tag is None or tag.stack != stack):
            asked = ", ".join(f"{name}={wanted.get(name)}" for name in group.names)
            return f"{asked} was taken at the same moment by {whose(menu, other)}"
    return ""


def other_order(link: Link, menu: Menu, row: Row, place: Position, *, owner: str, lists: Lists | None) -> bool:
    """Whether somebody else changed the chain since it was looked at; then the row stands rightly all the same.

    Raises:
        Overtaken: he did, and the row is gone or stands elsewhere.
    """
    now = [one.get(".id") for one in link.ask(menu.path, "print", "=.proplist=.id", *menu.query).rows]
    if now == [one.get(".id") for one in link.rows(menu.path, menu.query)]:
        return False
    link.forget(menu.path)
    here = link.rows(menu.path, menu.query)
    wrong: str | None = "it was removed"
    if any(one.get(".id") == row[".id"] for one in here):
        wrong = position.misplaced(here, row[".id"], place, owner, lists)
    if wrong:
        text = f"position: somebody else changed the chain at the same moment: {wrong}"
        raise Overtaken(link.label, menu.path, compare.label(menu, row), text)
    return True


def whose(menu: Menu, row: Mapping[str, Any]) -> str:
    """A row of somebody else, with whose it is."""
    tag = ownership.tag_of(row)
    return f"{compare.label(menu, row)} ({f'another stack, tag {tag}' if tag else 'which no stack manages'})"
