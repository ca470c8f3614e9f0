"""Every menu that RouterOS has, by its path: what its rows and settings take is known from data.

The rule: the same row is the same resource, whether a program names its menu or uses a class for it. So its type and
the name of its kind follow from the menu alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi

from wiretik.resources.base.misuse import Misuse, wrong_type
from wiretik.resources.every.resource import MenuResource, found_by, with_extra
from wiretik_provider.errors import UnknownMenu
from wiretik_provider.menus import every
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import EXTRA, FOUND, ROW, SETTINGS, Menu

__all__ = ["MenuRow", "MenuSettings"]


class _ByPath(MenuResource):
    """A menu that is named by its path."""

    _many: ClassVar[bool]
    """Whether it is for menus of many rows."""

    def __init__(
        self,
        menu: str,
        resource_name: str,
        args: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        described = self._described(menu, resource_name, args)
        described, args = with_extra(described, f"{type(self).__name__} {resource_name!r}", args)
        vars(self).update(  # of other resources they are their classes'
            _menu=described,
            _kind=described.path,
            _named=described.named,
            _takes=tuple(field.attribute for field in described.taken),
            _gives=(*(field.attribute for field in described.outputs), *([] if described.singleton else ["row_id"])),
            _resource_type_name=f"dynamic/wiretik:{described.token}",
        )
        super().__init__(resource_name, args, opts)

    def _described(self, menu: str, resource_name: str, args: Mapping[str, Any]) -> Menu:
        who = f"{type(self).__name__} {resource_name!r}"
        if not isinstance(menu, str):
            raise Misuse(wrong_type(who, "menu", menu, str))
        try:
            described = menu_at(menu)
        except UnknownMenu as unknown:
            shape = ROW if self._many else SETTINGS if args.get("find") is None else FOUND
            if args.get(EXTRA) and (newer := every.unlisted(menu, shape, ())):
                return newer  # with what `extra` has; the router says whether it is there
            raise Misuse(
                f"{who}: {unknown}; the properties of a menu that your router has and Wiretik doesn't know go into "
                "extra={…}"
            ) from None
        if described.singleton == self._many:
            why = "has rows that only the router makes" if described.fixed else "has one row"
            other = f"{menu} {why}: use MenuSettings" if described.singleton else f"{menu} has many rows: use MenuRow"
            raise Misuse(f"{who}: {other}")
        return described


class MenuRow(_ByPath):
    """A row of any menu, by its path: with RouterOS's own names, `-` and `.` written as `_`.

    What is declared is kept as declared; what isn't stays as the router made it, and a hand's edit of it is drift.
    `as`, `from` and `id` are written `as_`, `from_`, `id_`. Where there is a class for the menu it is the same
    resource, so a program may change from one to the other.

    Args:
        menu: the menu, such as `/interface/vlan`.
        resource_name: the logical name; rows that are known by their name have it for one unless it is given.
        opts: Pulumi's options of a resource.
        args: the properties, and `router`, `adopt` and in ordered menus `position` as everywhere. What a newer RouterOS
            or a board has and Wiretik doesn't know goes into `extra`, by RouterOS's names: single properties, or all
            those of a menu that Wiretik doesn't know. The router says whether it is there.

    Example:
        ```python
        vlan10 = wt.MenuRow("/interface/vlan", "vlan10", vlan_id=10, interface="bridge")
        wt.IpAddress("guests", address="192.168.10.1/24", interface=vlan10)
        wt.MenuRow("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5")
        ```

    Raises:
        TypeError: a menu or a property that doesn't exist, with the one that was probably meant.
    """

    _many = True

    def __init__(
        self,
        menu: str,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: object,
    ) -> None:
        super().__init__(menu, resource_name, args, opts)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> pulumi.Output[Any]:
            """A property as it is on the router; which there are is known at run time."""
            raise NotImplementedError


class MenuSettings(_ByPath):
    """The settings of a menu that has one row, or of a row that only the router makes, such as an ethernet.

    Only what is declared is owned; destroy gives it the values back that it had. `find` says which of several rows is
    meant: a name, or properties with their values.

    Args:
        menu: the menu, such as `/ip/settings`.
        resource_name: the logical name.
        opts: Pulumi's options of a resource.
        find: of rows that only the router makes, which: `"ether2"`, or `{"interface": "ether2"}`.
        args: the properties, and `router` as everywhere; `extra` as of `MenuRow`.

    Example:
        ```python
        wt.MenuSettings("/ip/settings", "ip", rp_filter="loose")
        wt.MenuSettings("/interface/ethernet", "uplink", find="ether1", mtu=1508)
        ```

    Raises:
        TypeError: a menu or a property that doesn't exist, with the one that was probably meant.
    """

    _many = False

    def __init__(
        self,
        menu: str,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        find: str | Mapping[str, str] | None = None,
        **args: object,
    ) -> None:
        described = self._described(menu, resource_name, {**args, "find": find})
        found = found_by(described, f"MenuSettings {resource_name!r}", find)
        super().__init__(menu, resource_name, {**args, "find": found}, opts)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> pulumi.Output[Any]:
            """A property as it is on the router; which there are is known at run time."""
            raise NotImplementedError
