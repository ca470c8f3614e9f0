"""Every menu that RouterOS has, by its path: what its rows and settings take is known from data.

The rule: the same row is the same resource, whether a program names its menu or uses a class for it. So its type and
the name of its kind follow from the menu alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pulumi

from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.row import Row
from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Menu

__all__ = ["MenuRow", "MenuSettings"]


class _OfMenu(Row):
    """What rows and settings of menus share, which are named by their paths."""

    def __init__(
        self,
        menu: str,
        resource_name: str,
        args: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        described = self._described(menu, resource_name)
        vars(self).update(  # of other resources they are their classes'
            _menu=described,
            _kind=described.path,
            _named=described.named,
            _takes=tuple(field.attribute for field in described.taken),
            _gives=(*(field.attribute for field in described.outputs), *([] if described.singleton else ["row_id"])),
            _resource_type_name=f"dynamic/wiretik:{described.token}",
        )
        super().__init__(resource_name, args, opts)

    def _described(self, menu: str, resource_name: str) -> Menu:
        who = f"{type(self).__name__} {resource_name!r}"
        try:
            described = menu_at(menu)
        except UnknownMenu as unknown:
            raise Misuse(f"{who}: {unknown}") from None
        if described.singleton == isinstance(self, MenuRow):
            why = "has rows that only the router makes" if described.fixed else "has one row"
            other = f"{menu} {why}: use MenuSettings" if described.singleton else f"{menu} has many rows: use MenuRow"
            raise Misuse(f"{who}: {other}")
        return described

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            """Only asked for what isn't there: properties are set when the resource is registered."""
            takes = self.__dict__.get("_takes")
            if name.startswith("_") or takes is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            close = difflib.get_close_matches(name, self._gives, 1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise AttributeError(f"{self._menu.path} has no property {name!r}{meant}", name=name, obj=self)

    else:

        def __getattr__(self, name: str) -> pulumi.Output[Any]:
            """A property as it is on the router; which there are is known at run time."""
            raise NotImplementedError


class MenuRow(_OfMenu):
    """A row of any menu, by its path: with RouterOS's own names, `-` and `.` written as `_`.

    What is declared is kept as declared; what isn't stays as the router made it, and a hand's edit of it is drift.
    `as`, `from` and `id` are written `as_`, `from_`, `id_`. Where there is a class for the menu it is the same
    resource, so a program may change from one to the other.

    Args:
        menu: the menu, such as `/interface/vlan`.
        resource_name: the logical name; rows that are known by their name have it for one unless it is given.
        opts: as everywhere.
        args: the properties, and `router`, `adopt` and in ordered menus `position` as everywhere.

    Example:
        ```python
        vlan10 = wt.MenuRow("/interface/vlan", "vlan10", vlan_id=10, interface="bridge")
        wt.IpAddress("guests", address="192.168.10.1/24", interface=vlan10)
        wt.MenuRow("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5")
        ```

    Raises:
        TypeError: a menu or a property that doesn't exist, with the one that was probably meant.
    """

    def __init__(
        self,
        menu: str,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(menu, resource_name, args, opts)


class MenuSettings(_OfMenu):
    """The settings of a menu that has one row, or of a row that only the router makes, such as an ethernet.

    Only what is declared is owned; destroy gives it the values back that it had. Which of several rows is meant says
    `find`: a name, or properties with their values.

    Args:
        menu: the menu, such as `/ip/settings`.
        resource_name: the logical name.
        opts: as everywhere.
        find: of rows that only the router makes, which: `"ether2"`, or `{"interface": "ether2"}`.
        args: the properties, and `router` as everywhere.

    Example:
        ```python
        wt.MenuSettings("/ip/settings", "ip", rp_filter="loose")
        wt.MenuSettings("/interface/ethernet", "uplink", find="ether1", mtu=1508)
        ```

    Raises:
        TypeError: a menu or a property that doesn't exist, with the one that was probably meant.
    """

    def __init__(
        self,
        menu: str,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        find: str | Mapping[str, str] | None = None,
        **args: Any,  # noqa: ANN401
    ) -> None:
        described = self._described(menu, resource_name)
        if described.fixed != (find is not None):
            who = f"MenuSettings {resource_name!r}"
            why = "has rows that only the router makes; say which, such as find='ether1'"
            raise Misuse(f"{who}: {menu} {why if described.fixed else 'has one row, so there is nothing to find'}")
        found = dict(find) if isinstance(find, Mapping) else find
        super().__init__(menu, resource_name, {**args, "find": found}, opts)
