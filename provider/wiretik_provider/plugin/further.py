"""The inputs of rows of menus that nobody described by hand, beside their properties: `extra` and `find`.

`extra` has by RouterOS's names what a router has and no list of ours. The kinds take the names in it and a property for
each (`wire`), so what isn't known of them is refused here.

Rule: pure, and what Python's classes refuse is refused here in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.menus.descriptor import EXTRA, SHAPE, Menu, Problem, attribute
from wiretik_provider.plugin.names import Type, camel
from wiretik_provider.rows.compare import META, UNKNOWN

__all__ = ["problems"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")
"""How RouterOS writes its arguments."""


def problems(kind: Type, given: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with these inputs of a row.

    Args:
        kind: of the row.
        given: its inputs, with the names in `extra` and a property for each.
    """
    if kind.menu is None:
        return
    # What finds a row is refused by the kind of settings, which says why there is nothing to find.
    taken = [EXTRA, *(["find"] if kind.menu.singleton or kind.menu.fixed else [])] if kind.loose else []
    for name in (EXTRA, SHAPE, "find"):
        if name in given and name not in taken:
            yield Problem(name, f"{kind.menu.a_row} has no such property")
    extra = given.get(EXTRA) if kind.loose else None
    if extra is None:
        return
    if not isinstance(extra, list | tuple):
        unknown = "which of them there are must be known before the deployment: say it in the program or in its config"
        yield Problem(EXTRA, unknown if extra is UNKNOWN else "takes properties by RouterOS's names")
        return
    yield from _wrong(kind.menu, extra)


def _wrong(menu: Menu, extra: Sequence[Any]) -> Iterator[Problem]:
    taken = [attribute(str(name)) for name in extra]
    for name, property_ in zip(extra, taken, strict=True):
        if property_ in menu.by_attribute:  # in whatever spelling: one of the two values would be lost
            yield Problem(EXTRA, f"{name} is a property that Wiretik knows: {camel(property_)}")
        elif not isinstance(name, str) or not _NAME.fullmatch(name):
            yield Problem(EXTRA, f"takes RouterOS's names, such as 'new-one'; this is {name!r}")
        elif property_ in META:
            yield Problem(EXTRA, f"{name} means something else to Wiretik, so it can't be declared")
        elif taken.count(property_) > 1:
            yield Problem(EXTRA, f"{name} stands there twice, in two spellings")
