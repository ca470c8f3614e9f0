"""What all rows and settings of menus share that are known from data."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

from wiretik.resources.base.misuse import Misuse, kind_of, nearest
from wiretik.resources.base.row import Row
from wiretik_provider.codecs.loose import Loose
from wiretik_provider.menus import with_more
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.plugin.names import from_generated
from wiretik_provider.rows.compare import META

__all__ = ["MenuResource", "found_by", "with_extra"]

_BESIDE: Final = {"/interface/list": ("/interface",), "/ip/vrf": ("/interface", "/routing/table")}
"""Menus whose names may stand where those of others do (docs/facts/exports.md#vrf)."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")
"""How RouterOS writes its arguments."""


class MenuResource(Row):
    """A row or the settings of a menu that is known from data."""

    def _refuse_unknown(self, resource_name: str, given: Mapping[str, Any]) -> None:
        try:
            super()._refuse_unknown(resource_name, given)
        except Misuse as misuse:
            strange = next((one for one in sorted({*given} - {*self._takes}) if not nearest(one, self._takes)), "")
            if not strange or not self._menu.loose:
                raise
            name = strange.replace("_", "-")
            raise Misuse(
                f"{misuse}; what your router has and Wiretik doesn't know goes into extra={{{name!r}: …}}"
            ) from None

        for name, value in given.items():
            for row in value if isinstance(value, list | tuple) else [value]:
                if isinstance(row, Row):
                    self._refuse_stranger(resource_name, name, row)

    def _refuse_stranger(self, resource_name: str, name: str, row: Row) -> None:
        """Refuses the resource of a row whose name means another one here; a name as text may be anything's."""
        field, other = self._menu.by_attribute[name], row._menu
        meant = field.references or (
            field.may_name if isinstance(field.codec, Loose) and field.codec.form == "name" else ""
        )
        others = {other.path, other.names, *(_BESIDE.get(other.path, ()))}
        if meant and meant not in others:
            who = f"{type(self).__name__} {resource_name!r}"
            called = f"{type(row).__name__} {row._logical_name!r}"
            raise Misuse(f"{who}: {name} takes the name of a row of {meant}; {called} is one of {other.path}")

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Only asked for what isn't there: properties are set when the resource is registered."""
            if name.startswith("_") or not self._takes:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            close = difflib.get_close_matches(name, self._gives, 1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise AttributeError(f"{self._menu.path} has no property {name!r}{meant}", name=name, obj=self)


def with_extra(menu: Menu, who: str, args: Mapping[str, Any]) -> tuple[Menu, dict[str, Any]]:
    """A menu and a program's arguments with those among them that no list of ours has, which `extra` says.

    Args:
        menu: the descriptor.
        who: asks, for an error.
        args: as the program says them.

    Raises:
        Misuse: what `extra` has are no arguments, or Wiretik knows them.
    """
    extra = args.get("extra")
    given = {from_generated(name): value for name, value in args.items() if name != "extra"}
    if extra is None:
        return menu, given
    if not isinstance(extra, Mapping):
        raise Misuse(
            f"{who}: extra takes properties by RouterOS's names, such as {{'new-one': 1}}; this is {kind_of(extra)}"
        )
    for name in extra:
        if name in menu.by_name:
            raise Misuse(f"{who}: extra: {name} is a property that Wiretik knows: {menu.by_name[name].attribute}=")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise Misuse(f"{who}: extra takes RouterOS's names, such as 'new-one'; this is {name!r}")
    extra = {name: value for name, value in extra.items() if value is not None}
    if extra and not menu.loose:
        raise Misuse(f"{who}: extra isn't for {menu.path}, a menu described by hand; it has no {next(iter(extra))}")
    further = with_more(menu, extra)
    if own := sorted(name for name in extra if further.by_name[name].attribute in META):
        raise Misuse(f"{who}: extra: {', '.join(own)} means something else to Wiretik, so it can't be declared")
    taken = [further.by_name[name].attribute for name in extra]
    if twice := sorted({name for name in taken if taken.count(name) > 1}):
        raise Misuse(f"{who}: extra has {', '.join(twice)} twice, in two spellings")
    values = {further.by_name[name].attribute: value for name, value in extra.items()}
    if both := sorted(values.keys() & given.keys()):
        raise Misuse(f"{who}: {', '.join(both)} stands in extra and beside it")
    return further, {**given, **values, "extra": sorted(extra)}


def found_by(menu: Menu, who: str, find: str | Mapping[str, str] | None) -> str | Mapping[str, str] | None:
    """How a row of a menu is found.

    Args:
        menu: the descriptor.
        who: asks, for an error.
        find: as the program says it.

    Raises:
        TypeError: nothing must be found there, or nothing is said.
    """
    if menu.fixed != (find is not None):
        why = "has rows that only the router makes; say which, such as find='ether1'"
        other = "has many rows" if not menu.singleton else "has one row"
        raise Misuse(f"{who}: {menu.path} {why if menu.fixed else f'{other}, so there is nothing to find'}")
    return dict(find) if isinstance(find, Mapping) else find
