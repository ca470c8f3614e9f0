"""Settings, and rows that only the router makes, in the plan: as declared, or given back where they no longer are.

Pure. An interface that such a menu shows, such as an ethernet, is one of `/interface`; where it gets another name, what
names it follows (`simulator.machine.references`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider.menus import at
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import fixed
from wiretik_provider.rules.model import Row

__all__ = ["INTERFACES", "Asked", "given_back", "put", "renamed", "shows_interfaces"]

INTERFACES: Final = "/interface"
_NAMING: Final = (
    *("interface", "actual-interface", "gateway", "immediate-gw", "in-interface", "out-interface"),
    *("bridge", "in-bridge-port", "out-bridge-port"),
)
"""Properties that name an interface, in menus that a walk looks at."""


@attrs.frozen
class Asked:
    """What one row that is there anyway shall have.

    Attributes:
        menu: where it stands.
        find: what finds it there; None in a menu with one row.
        values: as the router would print them.
    """

    menu: Menu
    find: object
    values: Mapping[str, str]


def shows_interfaces(menu: Menu) -> bool:
    """Whether its rows are interfaces that only the router makes."""
    path = menu.path
    own = path == INTERFACES or (path.startswith(f"{INTERFACES}/") and path.count("/") == 2)
    return menu.fixed and own and "name" in menu.by_name


def put(there: Mapping[str, Sequence[Row]], asked: Asked) -> dict[str, Sequence[Row]]:
    """All menus with that row as it is asked for; as they are where no such row is there."""
    menu = asked.menu
    path = INTERFACES if shows_interfaces(menu) else menu.path
    kept = there.get(path, ())
    mine = fixed.found(menu, kept, {"find": asked.find}) if menu.fixed else kept[:1]
    if not mine:
        return dict(there)
    found = {**there, path: [{**row, **asked.values} if any(row is one for one in mine) else row for row in kept]}
    was, now = mine[0].get("name", ""), asked.values.get("name", "")
    return renamed(found, was, now) if path == INTERFACES and now else found


def renamed(there: Mapping[str, Sequence[Row]], was: str, now: str) -> dict[str, Sequence[Row]]:
    """All menus with an interface's new name wherever it is named."""
    if not was or was == now:
        return dict(there)
    return {path: [_with_name(row, was, now) for row in rows] for path, rows in there.items()}


def _with_name(row: Row, was: str, now: str) -> Row:
    names = {name: now for name in _NAMING if row.get(name) == was}
    if was in row.get("interfaces", "").split(","):
        names["interfaces"] = ",".join(now if one == was else one for one in row["interfaces"].split(","))
    return {**row, **names} if names else row


def given_back(former: Mapping[str, Mapping[str, str]], declared: Mapping[str, frozenset[str]]) -> list[Asked]:
    """What settings are given back that the program no longer declares.

    Args:
        former: by the row's place (`fixed.place`) what it had before any resource wrote it.
        declared: by place, the properties that the program declares now.
    """
    found: list[Asked] = []
    for place, was in former.items():
        path, _, find = place.partition(" ")
        menu = at(path) if path.startswith("/") else None
        back = {name: text for name, text in was.items() if name not in declared.get(place, frozenset())}
        if menu is not None and menu.singleton and back:
            found.append(Asked(menu, _found_by(find), back))
    return found


def _found_by(text: str) -> object:
    """What found a row, from the text in its place (`fixed.shown`)."""
    pairs = [part.partition("=") for part in text.split(",")]
    return {name: value for name, _, value in pairs} if all(equals for _, equals, _ in pairs) else text
