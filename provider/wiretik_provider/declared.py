"""A resource that a program declares on a router: the gate's input from the SDK, parsed once.

Pure. The gate, the plan of what the router will be, and whatever is asked of that plan read these values and never the
text that came. What a preview doesn't know yet is named in `waiting`; what can't be read is named in `wrong`, and its
problem is in `problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

import attrs

from wiretik_provider.errors import InvalidValue
from wiretik_provider.lists import entries
from wiretik_provider.lists.entries import BadEntries, Entry
from wiretik_provider.menus import MENUS, at, unlisted, with_more
from wiretik_provider.menus.descriptor import EXTRA, SHAPE, Menu, Problem
from wiretik_provider.rows import compare, fixed, held
from wiretik_provider.rules import places
from wiretik_provider.rules.block import REMOVING
from wiretik_provider.rules.places import NoPlace, Position

__all__ = ["COMPONENTS", "Declared", "Holding", "read"]

COMPONENTS: Final = "wiretik:index:"
"""What the type of each of our components begins with."""
_IPV4_LISTS: Final = "/ip/firewall/address-list"


@attrs.frozen
class Holding:
    """What a resource holds of a row's list (`rows.held`).

    Attributes:
        of: the row's owner, as the twelve digits of its tag.
        element: in the form that it has in the list; None where it isn't known or can't be one.
    """

    of: str
    element: str | None


@attrs.frozen
class Declared:
    """A resource that the program declares.

    Attributes:
        kind: its permanent name: of a single row, and of each row of a block, the menu's path.
        name: its logical name.
        menu: its menu; None where it isn't a single row.
        list_menu: of a whole list, the menu that its entries are in.
        list_name: and its name, where it is known.
        entries: and what is declared of it, by address.
        parent: the resource above it, as type and name; empty where it isn't told.
        resource: the types above it, its class and its name, as `moves.pairs` prints them; empty where it isn't told.
        aliased: whether it has aliases, so that the engine knows what it was.
        tag: the twelve digits of its owner.
        where: of a menu with one row, or with rows that only the router makes, the place of the row (`fixed.place`).
        find: what finds the row there; None where nothing must.
        adopt: whether a row of others may be taken over.
        imported: of a row that is imported, the id of the one that it is; empty for any other.
        prunes: of a block or a list, whether what is nobody's goes.
        alone: and whether others may have nothing there either.
        part: one of the rows of a block, which looks after them itself.
        block: then the block's logical name,
        rule: and the rule's name in it.
        place: where a rule or a block asks to stand; None where it doesn't, or the place can't be read.
        held: of a row whose list others may hold elements of, those that it says are held; None where that isn't known.
        holding: of a resource that holds one, which.
        values: by RouterOS's names, as far as they are known.
        unknown: whether any isn't.
        waiting: by RouterOS's names, those that a preview doesn't know yet.
        wrong: by RouterOS's names, those whose value can't be read.
        problems: what is wrong with them, each by its property.
    """

    kind: str
    name: str
    menu: Menu | None
    list_menu: Menu | None
    list_name: str
    entries: Mapping[str, Entry]
    parent: str
    resource: str
    aliased: bool
    tag: str
    where: str
    find: Any
    adopt: bool
    imported: str
    prunes: bool
    alone: bool
    part: bool
    block: str
    rule: str
    place: Position | None
    held: tuple[str, ...] | None
    holding: Holding | None
    values: Mapping[str, Any]
    unknown: bool
    waiting: frozenset[str]
    wrong: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def path(self) -> str:
        """The menu in which its rows or entries stand; its kind where it has none."""
        menu = self.menu or self.list_menu
        return menu.path if menu else self.kind

    @cached_property
    def printed(self) -> Mapping[str, str]:
        """What is known of its row as the router would print it."""
        return compare.printed(self.menu, self.values) if self.menu else {}


def read(entry: Mapping[str, Any]) -> Declared:
    """A declared resource from the gate's input."""
    kind = str(entry["menu"])
    menu = at(kind)
    if menu is None and entry.get(SHAPE):
        menu = unlisted(kind, entry[SHAPE], entry.get(EXTRA) or ())
    elif menu and entry.get(EXTRA):
        menu = with_more(menu, entry[EXTRA])
    what, _, path = kind.partition(":")
    listed = MENUS[path or _IPV4_LISTS] if what == "address-list" else None
    waiting = list(entry.get("unknown") or ())
    given = {name: value for name, value in entry.get("props", {}).items() if name not in compare.META}
    checked: dict[str, Any] = {}
    problems: list[Problem] = []
    if menu:
        checked, problems = compare.check(menu, {**given, **dict.fromkeys(waiting, compare.UNKNOWN)})
    listing: Mapping[str, Entry] = {}
    if listed and {"entries", "addresses"} & given.keys():
        family = 6 if listed.path.startswith("/ipv6") else 4
        listing, problems = _entries(given.get("entries", {}), family)
        if not {"addresses", "more"} & set(waiting):
            listing = {**_entries(_told_entries(given), family)[0], **listing}
    writable = menu.writable if menu else ()
    return Declared(
        kind=kind,
        name=str(entry["name"]),
        menu=menu,
        list_menu=listed,
        list_name=str(given.get("list") or "") if listed else "",
        entries=listing,
        parent=str(entry.get("parent") or ""),
        resource=str(entry.get("resource") or ""),
        aliased=bool(entry.get("aliased")),
        tag=str(entry["tag"]),
        where=fixed.place(menu, entry) if menu else "",
        find=entry.get("find"),
        adopt=bool(entry.get("adopt")),
        imported=str(entry.get("imported") or ""),
        prunes=not REMOVING.isdisjoint((entry.get("foreign"), given.get("foreign"))),
        alone="prune" in (entry.get("foreign"), given.get("foreign")),
        part=bool(entry.get("part")),
        block=str(entry.get("block") or entry["name"]),
        rule=str(entry.get("rule") or str(entry["name"]).partition(".")[2]),
        place=_place(entry.get("position")),
        held=_held(given, checked) if menu and menu.held else None,
        holding=_holding(MENUS[path], given) if what + ":" == held.KIND else None,
        values={
            field.name: checked[field.attribute]
            for field in writable
            if checked.get(field.attribute, compare.UNKNOWN) is not compare.UNKNOWN
        },
        unknown=bool(waiting or problems),
        waiting=frozenset(name.replace("_", "-") for name in waiting if menu is None or name in menu.by_attribute),
        wrong=frozenset(
            field.name
            for field in writable
            if given.get(field.attribute) is not None and field.attribute not in checked
        ),
        problems=tuple(sorted(problems)),  # Pulumi hands properties over in any order
    )


def _place(asked: object) -> Position | None:
    try:
        return places.parse(asked) if asked else None
    except NoPlace:
        return None  # the row's own check tells what is wrong with it


def _held(given: Mapping[str, Any], checked: Mapping[str, Any]) -> tuple[str, ...] | None:
    said = checked.get(compare.HELD, None if compare.HELD in given else [])
    return tuple(said) if isinstance(said, list) else None


def _holding(menu: Menu, given: Mapping[str, Any]) -> Holding:
    try:
        element = held.element(menu, given["element"]) if "element" in given else None
    except InvalidValue:
        element = None  # as above
    return Holding(str(given.get("of", "")), element)


def _told_entries(given: Mapping[str, Any]) -> dict[str, Any]:
    """Good entries, of which the SDK tells addresses and timeouts, and what more is said of a few."""
    parts = [one.partition(" ") for one in str(given.get("addresses") or "").split(",") if one]
    told = {address: {"timeout": left} if left else "" for address, _, left in parts}
    return {**told, **(given.get("more") or {})}


def _entries(written: object, family: int) -> tuple[Mapping[str, Entry], list[Problem]]:
    try:
        return entries.read(written, family).entries, []
    except BadEntries as bad:
        return {}, [Problem("entries", problem) for problem in bad.problems]
