"""Menus and arguments that the file of all menus lacks: the router says whether it has them.

Such are those of a RouterOS that is newer than the file, and of boards that no source describes. A program names them
in `extra`; for each menu the router's console is asked once what its commands take, one question after the other, since
many at once can hang a router (docs/facts/rest-and-export.md). Whether a menu is there at all, the menus above it say,
from the root on: what a console answers of a path that it hasn't got isn't known.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.api.link import Link, say
from wiretik_provider.api.session import Answer
from wiretik_provider.declared import Declared
from wiretik_provider.errors import Trap
from wiretik_provider.menus import near
from wiretik_provider.menus.descriptor import FOUND, ROW, SETTINGS, Menu, Problem

__all__ = ["MENUS", "Ask", "arguments", "children", "commands", "problems", "shape"]

_LIKE: Final = 0.6
MENUS: Final = frozenset({"dir", "path"})
"""How a console calls what has children and is no command (docs/facts/rest-and-export.md)."""

_WORDS: Final = frozenset({"as-value", "copy-from", "numbers", "place-before"})
"""What commands take that is no property: which row is meant, and where another one goes."""
Ask = Callable[..., Answer]


def problems(link: Link, declared: Sequence[Declared], version: str) -> Iterator[Problem]:
    """Menus and arguments that neither the file nor the router has; those that the router alone has are told.

    Args:
        link: the router.
        declared: the program's resources on it.
        version: its RouterOS, for the text.
    """
    known: dict[str, frozenset[str] | None] = {}
    found: dict[str, frozenset[str] | str | None] = {}
    for row, menu, names in _asked(declared):
        if menu.shape:
            if menu.path not in found:
                found[menu.path] = commands(menu.path, link.ask)
            there = found[menu.path]
            if wrong := _wrong(row, menu, there):
                yield Problem("", f"{row.name}: RouterOS {version} {wrong}")
                continue
            _tell_of_menu(link, row, menu, sure=there is not None)
        if menu.path not in known:
            known[menu.path] = arguments(menu, link.ask)
        for name in names:
            if (why := _missing(name, known[menu.path])) is not None:
                yield Problem("", f"{row.name}: RouterOS {version} has no {name} in {menu.path}{why}")
            elif not menu.shape:
                _tell_of(link, row, name, sure=known[menu.path] is not None)


def _asked(declared: Sequence[Declared]) -> Iterator[tuple[Declared, Menu, list[str]]]:
    """Resources with arguments of which the file knows nothing, or in menus of which it doesn't."""
    for row, menu in ((row, row.menu) for row in declared if row.menu and row.menu.loose):
        said = {*row.values, *row.waiting, *row.wrong}
        names = [field.name for field in menu.fields if field.unlisted and field.name in said]
        if names or menu.shape:
            yield row, menu, names


def _wrong(row: Declared, menu: Menu, there: frozenset[str] | str | None) -> str:
    """What is wrong with a resource of a menu that the file lacks, by what the router says of the menu."""
    if there is None:
        return ""
    if isinstance(there, str):
        return f"has no menu {menu.path}{there}"
    really = shape(there)
    if really == menu.shape:
        return ""
    return {
        "": f"has nothing in {menu.path} that can be configured",
        ROW: f"has many rows in {menu.path}: use MenuRow",
        SETTINGS: f"has one row in {menu.path}: use MenuSettings" + " without find" * (row.find is not None),
        FOUND: f"has rows in {menu.path} that only the router makes: use MenuSettings and say which, such as find='x'",
    }[really]


def _missing(name: str, there: frozenset[str] | None) -> str | None:
    """None where the router has an argument, or doesn't say; else which one may be meant, as the end of a sentence."""
    if there is None or name in there:
        return None
    close = difflib.get_close_matches(name, there, 1, _LIKE)
    return f"; did you mean {close[0]}?" if close else ""


def _tell_of_menu(link: Link, row: Declared, menu: Menu, *, sure: bool) -> None:
    as_said = "it is taken as the router has it, its properties as text"
    unsure = "whether the router has it isn't known, since it doesn't say which menus it has"
    say(
        f"note: {link.label}: {row.name}: {menu.path} is in no list of Wiretik's; {as_said if sure else unsure}; what "
        "isn't declared there isn't looked at, and what it does to packets isn't traced"
    )


def _tell_of(link: Link, row: Declared, name: str, *, sure: bool) -> None:
    as_said = "it is taken as text, as the router has it"
    unsure = "whether the router has it isn't known, since it doesn't say what it takes there"
    say(f"note: {link.label}: {row.name}: {row.path} {name} is in no list of Wiretik's; {as_said if sure else unsure}")


def shape(there: frozenset[str]) -> str:
    """What a menu is, by its commands: rows are added, or found, or there is one (docs/facts/rest-and-export.md)."""
    if "add" in there:
        return ROW
    return "" if "set" not in there else FOUND if "find" in there else SETTINGS


def commands(path: str, ask: Ask) -> frozenset[str] | str | None:
    """The commands of a menu, as the router's console says.

    Args:
        path: the menu's.
        ask: asks the router.

    Returns:
        None where it doesn't say; where it hasn't got the menu, which others may be meant, as the end of a sentence.
    """
    words = path.strip("/").split("/")
    for depth, word in enumerate(words):
        there = children(words[:depth], ask)
        if not there:
            return None
        menus = [name for name, kind in there.items() if kind in MENUS]
        if word not in menus:
            beside = menus if depth == len(words) - 1 else []
            return near(path, ("/" + "/".join([*words[:depth], one]) for one in beside))
    there = children(words, ask)
    return frozenset(name for name, kind in there.items() if kind == "cmd") if there else None


def arguments(menu: Menu, ask: Ask) -> frozenset[str] | None:
    """The properties that a menu's commands take, as the router's console says; None where it doesn't say."""
    found: set[str] = set()
    for command in ("set",) if menu.singleton else ("add", "set"):
        there = children([*menu.path.strip("/").split("/"), command], ask)
        if there is None:
            return None
        found |= {name for name, kind in there.items() if kind == "arg"}
    return frozenset(found - _WORDS) if found else None


def children(words: Sequence[str], ask: Ask) -> Mapping[str, str] | None:
    """What stands below a path of the console, with the kind of each; None where it can't be asked."""
    try:
        rows = ask("/console", "inspect", "=request=child", f"=path={','.join(words)}").rows
    except Trap:
        return None
    return {
        row["name"]: row["node-type"] for row in rows if row.get("type") != "self" and {"name", "node-type"} <= {*row}
    }
