"""Every menu that Wiretik knows, as data: a file per branch, all of them together here.

Those that nobody described by hand come from data (`every`), when they are asked for.

The rule: no code but the rules that tell contradictions. Where a default isn't a fact, the field is `computed`: what
isn't declared is then never held against the router.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import every, firewall, interface, ip, ipv6, routing, system
from wiretik_provider.menus.descriptor import Menu

__all__ = ["MENUS", "at", "menu", "near", "unlisted", "with_more"]

MENUS: Final[Mapping[str, Menu]] = MappingProxyType(
    {
        menu.path: menu
        for menu in (
            interface.LIST,
            interface.MEMBER,
            interface.PEERS,
            interface.WIREGUARD,
            ip.ADDRESS,
            ip.DNS,
            ip.ROUTE,
            firewall.ADDRESS_LIST,
            firewall.FILTER,
            firewall.MANGLE,
            firewall.NAT,
            firewall.RAW,
            ipv6.ADDRESS,
            ipv6.ROUTE,
            ipv6.ADDRESS_LIST,
            ipv6.FILTER,
            ipv6.MANGLE,
            ipv6.NAT,
            ipv6.RAW,
            routing.RULE,
            routing.TABLE,
            system.IDENTITY,
            system.SCHEDULER,
            system.SCRIPT,
        )
    }
)
"""The menus that are described by hand, by path, such as `/interface/wireguard`."""


def at(path: str) -> Menu | None:
    """The menu at that path, described by hand or from data; None where there is none."""
    return MENUS.get(path) or every.described(path)


def with_more(menu: Menu, more: Iterable[str]) -> Menu:
    """A menu that is known from data, with further arguments by RouterOS's names (`every.further`)."""
    names = tuple(sorted(more))
    if menu.shape:
        return unlisted(menu.path, menu.shape, names)
    return (every.further(menu.path, names) or menu) if menu.loose and names else menu


def unlisted(path: str, shape: str, more: Iterable[str]) -> Menu:
    """A menu that the file lacks, as a program takes it (`every.unlisted`).

    Raises:
        UnknownMenu: no menu has such a path.
    """
    return every.unlisted(path, shape, tuple(sorted(more))) or menu(path)


def near(path: str, others: Iterable[str] = ()) -> str:
    """Which menus may be meant by the path of one that isn't there, as the end of a sentence; empty where none is.

    Args:
        path: as it was asked for.
        others: paths besides those that Wiretik knows.
    """
    close = difflib.get_close_matches(path, {*MENUS, *every.heads(), *others}, 3, 0.6)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def menu(path: str) -> Menu:
    """The menu at that path, described by hand or from data.

    Raises:
        UnknownMenu: RouterOS has none that can be configured; the text says which one may be meant.
    """
    if found := at(path):
        return found
    raise UnknownMenu(f"RouterOS has no menu {path} that can be configured{near(path)}")
