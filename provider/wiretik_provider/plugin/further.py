"""The inputs of a resource beside its properties: `adopt`, `position`, `find` and `extra`.

The kinds pass over what they have no use for, since a state may have it; a program that says it means something, so it
is refused here. `extra` has by RouterOS's names what a router has and no list of ours. The kinds take the names in it
and a property for each (`wire`), so what isn't known of them is refused here, too.

Rule: pure, and what Python's classes refuse is refused here in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.menus.descriptor import EXTRA, SHAPE, Menu, Problem, attribute
from wiretik_provider.plugin.names import Type, camel
from wiretik_provider.rows.compare import META, UNKNOWN
from wiretik_provider.rows.stored import AS_FOUND

__all__ = ["problems"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]*")
"""How RouterOS writes its arguments."""


def problems(kind: Type, given: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with these inputs of a resource.

    Args:
        kind: of the resource.
        given: its inputs, with the names in `extra` and a property for each.
    """
    if not kind.signed:
        return
    taken = _taken(kind)
    for name in ("adopt", EXTRA, "find", "position", SHAPE):
        if name in given and name not in taken:
            yield Problem(name, f"{_called(kind)} has no such property")
    if "adopt" in given and "adopt" in taken and given["adopt"] not in (True, False, AS_FOUND, UNKNOWN):
        yield Problem("adopt", f"takes true or false; this is {given['adopt']!r}")
    extra = given.get(EXTRA) if kind.menu and kind.loose else None
    if kind.menu is None or extra is None:
        return
    if not isinstance(extra, list | tuple):
        unknown = "which of them there are must be known before the deployment: say it in the program or in its config"
        yield Problem(EXTRA, unknown if extra is UNKNOWN else "takes properties by RouterOS's names")
        return
    yield from _wrong(kind.menu, extra)


def _taken(kind: Type) -> set[str]:
    """Those of these inputs that a type has."""
    menu = kind.menu or kind.rules
    found = set() if kind.kind.startswith("held:") else {"adopt"}
    found |= {"position"} if menu and menu.ordered else set()
    found |= {EXTRA} if kind.loose else set()
    # What finds a row is refused by the kind of settings, which says why there is nothing to find.
    return found | ({"find"} if kind.loose and kind.menu and (kind.menu.singleton or kind.menu.fixed) else set())


def _called(kind: Type) -> str:
    """What a resource of a type is called in a sentence."""
    if kind.menu:
        return kind.menu.a_row
    if kind.rules:
        return "a block of rules"
    return "an allowed address" if kind.kind.startswith("held:") else "an address list"


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
