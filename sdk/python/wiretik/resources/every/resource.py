"""What all rows and settings of menus share that are known from data."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.row import Row
from wiretik_provider.menus.descriptor import Menu

__all__ = ["MenuResource", "found_by"]


class MenuResource(Row):
    """A row or the settings of a menu that is known from data."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401
            """Only asked for what isn't there: properties are set when the resource is registered."""
            takes = self.__dict__.get("_takes")
            if name.startswith("_") or takes is None:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            close = difflib.get_close_matches(name, self._gives, 1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise AttributeError(f"{self._menu.path} has no property {name!r}{meant}", name=name, obj=self)


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
