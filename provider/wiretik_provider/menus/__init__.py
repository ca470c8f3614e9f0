"""Every menu that Wiretik knows, as data: a file per branch, all of them together here.

The rule: no code but the rules that tell contradictions. Where a default isn't a fact, the field is `computed`: what
isn't declared is then never held against the router.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import firewall, interface, ip, ipv6, routing, system
from wiretik_provider.menus.descriptor import Menu

__all__ = ["MENUS", "menu"]

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
"""The menus by path, such as `/interface/wireguard`."""


def menu(path: str) -> Menu:
    """The menu at that path.

    Raises:
        UnknownMenu: Wiretik has no descriptor of it; the text says which menus there are.
    """
    if path not in MENUS:
        close = difflib.get_close_matches(path, MENUS, 1, 0.85)
        meant = f"; did you mean {close[0]}?" if close else "."
        raise UnknownMenu(f"Wiretik doesn't manage {path}{meant} It manages {', '.join(sorted(MENUS))}")
    return MENUS[path]
