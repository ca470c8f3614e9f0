"""Names that mean another row after a deployment than before, and who leans on them.

A row that names an interface, an interface list or a routing table follows its rename; a script that has the name in
its text doesn't. So where one row gets the name that another one has, whoever names either means something else than
he wrote. The program's own rows say anew what they mean; those of others can't, and neither can a row of the program
that has the name as a text and isn't changed.

Pure: rows as the router prints them. Rule: a menu that couldn't be read is one of which nothing is known, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from wiretik_provider.codecs.base import Text, names_in
from wiretik_provider.declared import Declared
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Field, Menu, Problem
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rows.compare import Row

__all__ = [
    "FURTHER",
    "Handed",
    "handed_over",
    "leaning",
    "list_readers",
    "lists_handed_over",
    "on_lists",
    "own_address",
    "readers",
]

FURTHER: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "/interface/bridge/port": ("/interface", ("interface", "bridge")),
    "/interface/vlan": ("/interface", ("interface",)),
    "/ip/arp": ("/interface", ("interface",)),
    "/ip/dhcp-client": ("/interface", ("interface",)),
    "/ip/dhcp-server": ("/interface", ("interface",)),
    "/ip/vrf": ("/interface", ("interfaces",)),
    "/ip/neighbor/discovery-settings": ("/interface/list", ("discover-interface-list",)),
    "/ipv6/dhcp-client": ("/interface", ("interface",)),
    "/ipv6/nd": ("/interface", ("interface",)),
    "/queue/simple": ("/interface", ("target",)),
    "/routing/ospf/interface-template": ("/interface", ("interfaces",)),
    "/tool/mac-server": ("/interface/list", ("allowed-interface-list",)),
    "/tool/mac-server/mac-winbox": ("/interface/list", ("allowed-interface-list",)),
}
"""Menus that Wiretik doesn't manage and that name interfaces or lists: those that exports have most."""

_LIST_NAMES: Final = ("src-address-list", "dst-address-list", "address-list")
_TEXTS: Final = ("/system/scheduler", "/system/script")


class Handed(NamedTuple):
    """A name that goes from one row to another."""

    menu: Menu
    name: str
    to: str
    """The logical name of the resource that gets it."""
    tag: str
    """And its tag."""
    loser: str
    """The tag of the row that has it."""


def handed_over(declared: Sequence[Declared], kept: Mapping[str, Sequence[Row]]) -> list[Handed]:
    """The names that a deployment gives from one row of this stack to another.

    Args:
        declared: what the program declares.
        kept: the rows of its menus, by path.
    """
    found = []
    for row in declared:
        name = row.values.get("name")
        if row.menu is None or row.menu.singleton or row.part or not isinstance(name, str) or "name" in row.waiting:
            continue
        for other in kept.get(row.menu.path, ()):
            tag = ownership.tag_of(other)
            if other.get("name") == name and tag and tag.stack == row.tag[:4] and tag.owner != row.tag:
                found.append(Handed(row.menu, name, row.name, row.tag, tag.owner))
    return [one for one in found if any(one.loser == row.tag and row.menu for row in declared)]


def readers(handed: Iterable[Handed]) -> set[tuple[str, tuple[str, ...]]]:
    """The menus in which somebody may lean on these names, each with its query."""
    found = {(path, MENUS[path].query) for path in _TEXTS}
    for one in handed:
        branch = _branch(one.menu)
        found |= {
            (menu.path, menu.query) for menu in MENUS.values() if any(f.references in branch for f in menu.writable)
        }
        found |= {(path, ()) for path, (of, _) in FURTHER.items() if of in branch}
    return found


def leaning(
    handed: Sequence[Handed], declared: Sequence[Declared], kept: Mapping[str, Sequence[Row]], unread: Iterable[str]
) -> Iterator[Problem]:
    """Who leans on names that are handed over, each with the way that does it.

    Args:
        handed: the names.
        declared: what the program declares.
        kept: the rows of the menus that `readers` names, by path.
        unread: those of them that couldn't be read.
    """
    for one in handed:
        for path in sorted(unread):
            yield _problem(one, f"{path} can't be read, so nobody knows whether a row there names it")
        for path, some in sorted(kept.items()):
            for row in some:
                tag = ownership.tag_of(row)
                if row.get("dynamic") == "true" or (tag and tag.owner in {one.tag, one.loser}):
                    continue
                ours = tag is not None and tag.stack == one.tag[:4]
                if not ours and (where := _named(path, row, one)):
                    whose = "another stack's" if tag else "nobody's that this program knows"
                    yield _problem(one, f"{path}: {_label(path, row)} has it in {where} and is {whose}")
                elif ours and tag and (field := _as_text(path, row, one, [d for d in declared if _is(d, tag)])):
                    yield Problem(
                        "",
                        f"{one.to}: the name {one.name!r} is another row's until now, and {_label(path, row)} has it "
                        f"in {field} as a text that doesn't change: give it the resource instead of its name",
                    )


def lists_handed_over(
    declared: Sequence[Declared], kept: Mapping[tuple[str, str], Sequence[Row]]
) -> Iterator[tuple[Declared, str]]:
    """Address lists whose name goes from one resource of the program to another: who gets it, and the name.

    Args:
        declared: what the program declares.
        kept: the entries of the lists that it declares, by menu and name.
    """
    names = {row.tag: row.list_name for row in declared if row.list_menu}
    for row in declared:
        if row.list_menu is None or not row.list_name:
            continue
        there = kept.get((row.list_menu.path, row.list_name), ())
        others = {ownership.owner_of(one) for one in there} - {row.tag, ""}
        if any(one in names and names[one] not in {"", row.list_name} for one in others):
            yield row, row.list_name


def list_readers(menu: Menu) -> list[Menu]:
    """The menus whose rules name lists of a menu of address lists."""
    family = menu.path.partition("/firewall")[0]
    return [
        one
        for one in MENUS.values()
        if one.path.startswith(f"{family}/firewall/") and any(f.name in _LIST_NAMES for f in one.writable)
    ]


def on_lists(row: Declared, menu: Menu, kept: Sequence[Row]) -> Iterator[Problem]:
    """Rules of others that name an address list which another resource gets; they name it by text.

    Args:
        row: the resource that gets the name.
        menu: one of `list_readers`.
        kept: its rows.
    """
    for rule in kept:
        tag = ownership.tag_of(rule)
        if tag and tag.stack == row.tag[:4]:
            continue
        if name := next((one for one in _LIST_NAMES if rule.get(one, "").removeprefix("!") == row.list_name), ""):
            yield Problem(
                "",
                f"{row.name}: the list {row.list_name!r} is another resource's until now, and "
                f"{compare.label(menu, rule)} has it in {name} and isn't this program's: exchange the entries of the "
                "two resources instead of the names of their lists",
            )


def own_address(declared: Sequence[Declared], kept: Mapping[str, Sequence[Row]], host: str) -> Iterator[Problem]:
    """The address by which the router is reached: while it is exchanged nobody could say what comes next.

    Args:
        declared: what the program declares.
        kept: the rows of its menus, by path.
        host: the router's end of the connection.
    """
    for row in declared:
        wished = row.values.get("address")
        if row.menu is None or row.menu.key[:1] != ("address",) or row.part or not isinstance(wished, str):
            continue
        some = kept.get(row.menu.path, ())
        own = next(iter(compare.owned_by(some, row.tag)), {})
        there = str(own.get("address", ""))
        if host not in (there.partition("/")[0], wished.partition("/")[0]) or there == wished:
            continue
        asked = compare.key(row.menu, row.values)
        others = [other for other in some if other is not own and compare.key(row.menu, other) == asked]
        tags = [tag for other in others if (tag := ownership.tag_of(other))]
        if any(tag.stack == row.tag[:4] for tag in tags):
            yield Problem(
                "",
                f"{row.name}: it exchanges addresses with {compare.label(row.menu, others[0])}, and one of them is the "
                f"address by which this router is reached, {host}: reach it by an address that isn't exchanged "
                "(wiretik:host), for this deployment",
            )


def _branch(menu: Menu) -> set[str]:
    """The menus by which a row of this one may be referred to."""
    return {menu.path, *([menu.names] if menu.names else [])}


def _named(path: str, row: Row, one: Handed) -> str:
    """The property in which a row has a name; empty where it hasn't."""
    if path in _TEXTS:
        word = re.compile(rf"(?<![\w.-]){re.escape(one.name)}(?![\w.-])")
        texts = (field.name for field in MENUS[path].writable if isinstance(field.codec, Text))
        return next((name for name in texts if name != "comment" and word.search(row.get(name, ""))), "")
    if path in FURTHER:
        of, names = FURTHER[path]
        referring = names if of in _branch(one.menu) else ()
        return next((name for name in referring if one.name in row.get(name, "").split(",")), "")
    fields = (field for field in MENUS[path].writable if _refers(field, one) and field.name in row)
    return next(
        (field.name for field in fields if one.name in names_in(field.codec, field.codec.read(row[field.name]))), ""
    )


def _refers(field: Field, one: Handed) -> bool:
    return field.references in _branch(one.menu)


def _as_text(path: str, row: Row, one: Handed, declared: Sequence[Declared]) -> str:
    """The property in which a row of the program has a name and keeps it; empty where there is none."""
    for field in MENUS[path].writable if path in MENUS and path not in _TEXTS else ():
        text = row.get(field.name)
        if text is None or not _refers(field, one) or one.name not in names_in(field.codec, field.codec.read(text)):
            continue
        values: list[Any] = [some.values[field.name] for some in declared if field.name in some.values]
        if any(one.name in names_in(field.codec, value) for value in values):
            return field.attribute
    return ""


def _is(declared: Declared, tag: ownership.Tag) -> bool:
    """Whether a row with this tag is what is declared; a rule of a block says which one."""
    if declared.tag != tag.owner:
        return False
    parts = declared.name.split(".")
    ends = (".".join(parts[at:]) for at in range(1, len(parts)))
    return not declared.part or any(ownership.rule_part(end) == tag.rule for end in ends)


def _label(path: str, row: Row) -> str:
    if path in MENUS:
        return compare.label(MENUS[path], row)
    return row.get("name") or row.get(".id", "") or path


def _problem(one: Handed, why: str) -> Problem:
    return Problem(
        "",
        f"{one.to}: the name {one.name!r} is another row's until now, and who names it would mean another one: {why}; "
        f"rename one at a time, by way of a third name, a deployment for each, and look after that row in between",
    )
