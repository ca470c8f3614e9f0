"""Rows that only the router makes, such as ethernets: which one is meant, by what it prints.

Pure. `find` is a text, the row's name by any of the properties that name rows, or properties with the values that the
row has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.printable import printable
from wiretik_provider.rows.compare import UNKNOWN, Props, Row

__all__ = ["find_problems", "found", "place", "shown", "why"]

_NAMING: Final = ("default-name", "name", "interface", "port", "number", "id", ".id")
"""What tells rows apart that only the router makes, the most lasting first."""
_SHOWN: Final = 12


def find_problems(menu: Menu, news: Props) -> Iterator[Problem]:
    """What is wrong with how a row is found."""
    find = news.get("find")
    if not menu.fixed and find is not None:
        yield Problem("find", f"{menu.path} has one row, so there is nothing to find")
    elif menu.fixed and (find is None or find in ("", {})):
        yield Problem("find", f"missing: {menu.path} has rows that the router makes; say which, such as find='ether1'")
    elif not isinstance(find, str | Mapping | None) and find is not UNKNOWN:
        yield Problem("find", "takes a row's name, or properties and their values")


def place(menu: Menu, props: Props) -> str:
    """The permanent name of the row: the menu's path, and what finds it."""
    return f"{menu.path} {shown(props)}" if menu.fixed else menu.path


def shown(props: Props) -> str:
    """What finds the row, in a text."""
    find: Any = props.get("find") or ""
    if isinstance(find, Mapping):
        return ",".join(f"{name}={value}" for name, value in sorted(find.items()))
    return str(find)


def found(menu: Menu, rows: Sequence[Row], props: Props) -> list[Row]:
    """The rows that are meant, of which there should be one."""
    find: Any = props.get("find") or ""
    if isinstance(find, Mapping):
        names = {menu.by_attribute[name].name if name in menu.by_attribute else name: find[name] for name in find}
        return [row for row in rows if all(row.get(name.replace("_", "-")) == str(names[name]) for name in names)]
    for name in _NAMING:
        if some := [row for row in rows if row.get(name) == find]:
            return some
    return []


def why(menu: Menu, rows: Sequence[Row], some: Sequence[Row]) -> str:
    """Why there isn't just one."""
    names = [next((row[name] for name in _NAMING if row.get(name)), "?") for row in rows]
    there = ", ".join(printable(name) for name in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    many = f"{len(some)} rows are so" if some else "no row is so"
    return f"{many}; {menu.path} has {there or 'none'}"
