"""A class for each menu that RouterOS has, made when a program asks for it.

The rule: the class has the name of its type, `InterfaceVlan` for `/interface/vlan`, and its rows are the very resources
that `MenuRow` and `MenuSettings` make. A menu that has a class of its own has that one here, too.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Mapping
from functools import cache
from typing import Any

import pulumi

from wiretik.resources.base.row import Row
from wiretik.resources.base.words import properties
from wiretik.resources.every.resource import MenuResource, found_by, with_extra
from wiretik_provider.menus import MENUS, at, every
from wiretik_provider.menus.descriptor import Menu, token

__all__ = ["class_named", "names"]


class _Typed(MenuResource):
    """What the classes of menus share."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        find: str | Mapping[str, str] | None = None,
        **args: object,
    ) -> None:
        who = f"{type(self).__name__} {resource_name!r}"
        found = found_by(self._menu, who, find)
        menu, given = with_extra(self._menu, who, args)
        if menu is not self._menu:
            more = tuple(menu.by_name[name].attribute for name in given["extra"])
            vars(self).update(_menu=menu, _takes=(*self._takes, *more), _gives=(*self._gives, *more))
        Row.__init__(self, resource_name, {**given, "find": found}, opts)


@cache
def names() -> Mapping[str, str]:
    """The menus by the names of their classes."""
    loose = {token(path): path for path in every.heads() if path not in MENUS}
    return {**loose, **{menu.token: path for path, menu in MENUS.items()}}


@cache
def class_named(name: str) -> type[Row] | None:
    """The class of that name; None where there is none."""
    menu = at(names().get(name, ""))
    if menu is None:
        return None
    if menu.resource:
        own: type[Row] = getattr(importlib.import_module("wiretik"), name)
        return own
    made: type[Row] = types.new_class(
        name, (_Typed,), {"menu": menu.path, "named": menu.named}, lambda body: body.update(_body(menu))
    )
    return made


def _body(menu: Menu) -> dict[str, Any]:
    article = "The settings" if menu.singleton and not menu.fixed else "A row"
    text = f"{article} of `{menu.path}`{menu.span}.\n\n{properties(menu, menu.named)}\n"
    # Its own, so that whoever watches calls holds the arguments that all of these have (`misuse.watch`).
    return {"__module__": "wiretik.menus", "__doc__": text, "__init__": _Typed.__init__}
