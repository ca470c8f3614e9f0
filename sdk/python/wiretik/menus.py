"""A class for every menu that RouterOS has: `from wiretik import menus`, then `menus.InterfaceVlan("vlan10", …)`.

Editors and type checkers read `menus.pyi`, which `make generate` writes.
"""

from __future__ import annotations

from wiretik._slips import watch_program
from wiretik.resources.base.missing import no_such_import
from wiretik.resources.base.misuse import watch
from wiretik.resources.base.row import Row
from wiretik.resources.every.classes import class_named, names


def __getattr__(name: str) -> type[Row] | list[str]:
    if name == "__all__":
        return sorted(names())
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = class_named(name)
    if found is None:
        raise no_such_import(name, names().keys(), "wiretik.menus")
    if found.__module__ == __name__:  # the others are watched where they are public
        watch({name: found}, watch_program)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(names())
