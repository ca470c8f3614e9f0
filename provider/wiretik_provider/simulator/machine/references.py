"""Rows that name other rows: which names there are, and what becomes of a reference when its name changes.

On the router a reference is not a name: it follows a rename, and when its row goes it stays, as the id that the row
had. (That such a row prints the id, and as invalid, is the likely reading of docs/facts/menus.md#firewall-rules, which
knows only
`invalid=true`; a new row of the old name doesn't mend it.)
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from wiretik_provider.simulator.machine.table import Table
from wiretik_provider.simulator.spec import VersionedMenu

__all__ = ["names", "promised", "rename"]

_TYPES: Final = {"wireguard": "wg", "bridge": "bridge", "ethernet": "ether"}
# A VRF's name is a table and an interface, too (docs/facts/exports.md#vrf).
_VRF: Final = "/ip/vrf"
_NAMED: Final = {"interface-list": "/interface/list", "table": "/routing/table", "group": "/user/group"}
_REFERRING: Final = {
    "/interface": frozenset({"interface", "wireguard", "bridge", "ethernet", "port", "gateway"}),
    "/interface/list": frozenset({"interface-list", "port"}),
    "/routing/table": frozenset({"table", "gateway"}),
    "/user/group": frozenset({"group"}),
    "/ip/vrf": frozenset({"table", "vrf", "interface", "port", "gateway"}),
}


def names(tables: Mapping[str, Table], of: str) -> Collection[str]:
    """The names that a reference of this kind may give."""
    interfaces = tables["/interface"].names
    vrfs = tables[_VRF].names
    if of == "interface":
        return {*interfaces, *vrfs} if vrfs else interfaces
    if of in _TYPES:
        return [name for name, row in interfaces.items() if row.facts["type"] == _TYPES[of]]
    if of == "port":
        return [*interfaces, *tables["/interface/list"].names]
    if of == "vrf":
        return ("main", *vrfs)
    named = tables[_NAMED[of]].names
    return {*named, *vrfs} if of == "table" and vrfs else named


def promised(menus: Mapping[str, VersionedMenu], found: Mapping[str, set[str]], of: str) -> Iterator[str]:
    """The names among those of some menus that a reference of this kind may give."""
    for path, some in found.items():
        menu = menus.get(path)
        if menu is None:
            yield from some  # whatever rows an unknown menu has
        elif menu.menu.table == "/interface" or path in ("/interface", _VRF):
            if of in ("interface", "port") or _TYPES.get(of) == menu.menu.type:
                yield from some
        elif path == _NAMED.get(of) or (of == "port" and path == "/interface/list"):
            yield from some
        if path == _VRF and of in ("table", "vrf"):
            yield from some


def rename(
    menus: Mapping[str, VersionedMenu], tables: Mapping[str, Table], menu: VersionedMenu, old: str, new: str
) -> None:
    """Lets every reference to a row of this menu follow from the old name to the new one."""
    kinds = _REFERRING.get(menu.menu.table or menu.path)
    if not kinds:
        return
    # In lists, behind `!`, and in gateways such as `10.0.0.1%ether1@main`.
    name = re.compile(rf"(?<![^,!%@]){re.escape(old)}(?![^,%@])")
    for path, other in menus.items():
        fields = [arg.name for arg in other.args.values() if arg.kind.refers in kinds]
        if not fields:
            continue
        table = tables[path]
        for row in table:
            changes: dict[str, str | None] = {}
            for key in fields:
                value = row.values.get(key)
                if value is not None and old in value and (follows := name.sub(lambda _: new, value)) != value:
                    changes[key] = follows
            if changes and not row.dynamic:
                table.alter(row, changes)
