"""Arguments that the file of all menus lacks: the router says whether it has them.

Such are those of a RouterOS that is newer than the file, and of boards that no source describes. A program names them
in `extra`; for each menu the router's console is asked once what its commands take, one question after the other, since
many at once can hang a router (docs/facts/rest-and-export.md).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from wiretik_provider.api.link import Link, say
from wiretik_provider.api.session import Answer
from wiretik_provider.declared import Declared
from wiretik_provider.errors import Trap
from wiretik_provider.menus.descriptor import Menu, Problem

__all__ = ["arguments", "problems"]

_LIKE: Final = 0.6


def problems(link: Link, declared: Sequence[Declared], version: str) -> Iterator[Problem]:
    """Arguments that neither the file nor the router has; those that the router alone has are told.

    Args:
        link: the router.
        declared: the program's resources on it.
        version: its RouterOS, for the text.
    """
    known: dict[str, frozenset[str] | None] = {}
    for row, menu, name in _asked(declared):
        if menu.path not in known:
            known[menu.path] = arguments(menu, link.ask)
        there = known[menu.path]
        if there is None or name in there:
            text = "whether the router has it isn't known, since it doesn't say what it takes there"
            if there is not None:
                text = "it is taken as text, as the router has it"
            say(f"note: {link.label}: {row.name}: {menu.path} {name} is in no list of Wiretik's; {text}")
        else:
            close = difflib.get_close_matches(name, there, 1, _LIKE)
            meant = f"; did you mean {close[0]}?" if close else ""
            yield Problem("", f"{row.name}: RouterOS {version} has no {name} in {menu.path}{meant}")


def _asked(declared: Sequence[Declared]) -> Iterator[tuple[Declared, Menu, str]]:
    """The arguments of which the file knows nothing, with their resources."""
    for row, menu in ((row, row.menu) for row in declared if row.menu and row.menu.loose):
        said = {*row.values, *row.waiting, *row.wrong}
        for field in menu.fields:
            if field.unlisted and field.name in said:
                yield row, menu, field.name


def arguments(menu: Menu, ask: Callable[..., Answer]) -> frozenset[str] | None:
    """What a menu's commands take, as the router's console says; None where it doesn't say."""
    found: set[str] = set()
    for command in ("set",) if menu.singleton else ("add", "set"):
        path = ",".join([*menu.path.strip("/").split("/"), command])
        try:
            rows = ask("/console", "inspect", "=request=child", f"=path={path}").rows
        except Trap:
            return None
        found |= {row["name"] for row in rows if row.get("node-type") == "arg" and "name" in row}
    return frozenset(found) if found else None
