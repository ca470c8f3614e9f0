"""All menus of the embedded router, and what of them a version of RouterOS has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from wiretik_provider.simulator.spec import firewall, interfaces, ip, ipv6, plain, system
from wiretik_provider.simulator.spec.model import Arg, Menu, Unique

__all__ = ["MENUS", "Arg", "Menu", "Unique", "VersionedMenu", "defaulted", "menus_of", "paths_of"]

MENUS: Final = (*interfaces.MENUS, *firewall.MENUS, *ip.MENUS, *ipv6.MENUS, *system.MENUS, *plain.MENUS)


@dataclass(frozen=True, slots=True)
class VersionedMenu:
    """A menu as one version has it.

    Attributes:
        menu: its description.
        path: its path.
        args: its arguments by name.
        defaults: what `print` shows of what isn't set.
        required: what `add` can't do without.
        hidden: what `print` never shows.
        secrets: what reads as `*****` without policy `sensitive`.
        verbs: its commands.
        unique: what can't be there twice.
    """

    menu: Menu
    path: str
    args: dict[str, Arg]
    defaults: dict[str, str]
    required: tuple[str, ...]
    hidden: frozenset[str]
    secrets: frozenset[str]
    verbs: frozenset[str]
    unique: tuple[Unique, ...]


@lru_cache
def menus_of(version: tuple[int, int]) -> dict[str, VersionedMenu]:
    """The menus that a version has, by path; shared by all routers of that version."""
    found = {}
    for menu in MENUS:
        if not menu.since <= version < menu.until:
            continue
        args = {arg.name: arg for arg in menu.args if arg.there(version)}
        found[menu.path] = VersionedMenu(
            menu,
            menu.path,
            args,
            {arg.name: arg.default for arg in args.values() if arg.default is not None and arg.shown},
            tuple(arg.name for arg in args.values() if arg.required),
            frozenset(arg.name for arg in args.values() if not arg.shown),
            frozenset(arg.name for arg in args.values() if arg.secret),
            menu.verbs(version),
            tuple(each for each in menu.unique if version < each.until and all(key in args for key in each.keys)),
        )
    return found


def defaulted(menus: Mapping[str, VersionedMenu], seed: str) -> dict[str, VersionedMenu]:
    """The menus, of which those without semantics print defaults of some arguments that nobody knows."""
    return {
        path: replace(menu, defaults={**plain.odd_defaults(menu.menu, menu.args, seed), **menu.defaults})
        if menu.menu.plain
        else menu
        for path, menu in menus.items()
    }


@lru_cache
def paths_of(version: tuple[int, int]) -> frozenset[str]:
    """Every path on the way to a menu, and the menus."""
    return frozenset(
        path[: match.start()] for menu in menus_of(version) for path in [f"{menu}/"] for match in _SLASH.finditer(path)
    )


_SLASH: Final = re.compile(r"(?!^)/")
