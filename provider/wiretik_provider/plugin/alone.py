"""A row that no gate was told of, checked by itself: programs in other languages have no gate but in components.

Pulumi calls a package row by row, and nothing says when a program has ended. So this knows the router, and of the
program only the rows that came before: it refuses what is sure to fail whatever else the program declares.

Rule: what another resource of the program may still bring about, such as a name that isn't there yet, is only told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final
from weakref import WeakKeyDictionary

import attrs

from wiretik_provider.api.access import expected_identity, flag
from wiretik_provider.api.link import Link
from wiretik_provider.declared import Declared, read
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate import several, unlisted
from wiretik_provider.gate.clashes import references
from wiretik_provider.gate.conflicts import in_the_way, names_of, unfound
from wiretik_provider.gate.device import facts_of, identity, platform
from wiretik_provider.kinds import Links
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.plugin.names import Type
from wiretik_provider.rows.compare import UNKNOWN
from wiretik_provider.rows.exchange import Program

__all__ = ["problems"]

_NOBODY: Final = Program()


@attrs.define
class _Known:
    """What a router's rows have said until now.

    Attributes:
        asked: whether the router was asked if it can be used.
        refused: why the router can't be used at all; None where it can.
        told: the lacking names that were told, by menu.
    """

    asked: bool = False
    refused: Problem | None = None
    told: set[tuple[str, str]] = attrs.field(factory=set)


_KNOWN: Final[WeakKeyDictionary[Link, _Known]] = WeakKeyDictionary()


def problems(links: Links, kind: Type, name: str, given: Mapping[str, Any], *, new: bool) -> list[Problem]:
    """What is sure to fail of one row.

    Args:
        links: to the routers.
        kind: of the row.
        name: its logical name.
        given: its checked inputs as the kinds take them, with its tag.
        new: whether the state hasn't it yet: then rows of others may be in its way.
    """
    try:
        if flag(links.config, "offline", default=False) or given.get("router") is UNKNOWN:
            return []
        link = links(str(given.get("router") or ""))
        if link.adopting:
            return []
        known, declared = _KNOWN.setdefault(link, _Known()), _declared(kind, name, given)
        several.names(link).update(_names(declared))
        if link.declares(str(given["tag"])):  # a gate has looked at it
            return []
        if not known.asked:
            known.refused, known.asked = _device(links, link, str(given.get("router") or "")), True
        return [known.refused] if known.refused else _of_row(link, known, declared, new=new)
    except WiretikError as error:
        return [Problem("", str(error))]


def _device(links: Links, link: Link, router: str) -> Problem | None:
    """Why a router can't be used, asked once."""
    try:
        facts = facts_of(link)
        found = [*identity(facts, {}, expected_identity(links.config, router)), *platform(facts, link, ())]
    except WiretikError as error:
        return Problem("", str(error))
    return Problem("", f"{link.label}: {'; '.join(one.reason for one in found)}") if found else None


def _of_row(link: Link, known: _Known, declared: list[Declared], *, new: bool) -> list[Problem]:
    facts = facts_of(link)
    found = [*platform(facts, link, declared), *unlisted.problems(link, declared, facts["version"])]
    if new and not found:
        found += in_the_way(link, declared, (), _NOBODY)
    for row, asked, many, why in unfound(link, declared):
        if many:
            found.append(Problem("find", why))
        elif asked.isdisjoint(name for _, name in several.names(link)) and (row.path, why) not in known.told:
            known.told.add((row.path, why))
            link.warn(f"{row.name}: {why}: if another resource brings it, take the name from that resource")
    for menu, name in _lacking(link, known, declared):
        known.told.add((menu, name))
        link.warn(
            f"{declared[0].name}: neither the router nor a row that came before has the name {name!r} in {menu}: if "
            "another resource makes it, take the name from that resource, so that it comes first"
        )
    return [Problem(one.property, f"{link.label}: {one.reason}") for one in found]


def _names(declared: Collection[Declared]) -> set[tuple[str, str]]:
    """The names that rows have, in their menus and those above: `/interface` has those of `/interface/wireguard`."""
    found: set[tuple[str, str]] = set()
    for row in declared:
        path = row.menu.path if row.menu and "name" in row.values else ""
        while path:
            found.add((path, str(row.values["name"])))
            path = path.rpartition("/")[0]
    return found


def _lacking(link: Link, known: _Known, declared: Collection[Declared]) -> Iterator[tuple[str, str]]:
    """Names that a row refers to and nobody has, each once."""
    asked = [one for one in references([*declared]) if (one.menu, one.name) not in several.names(link) | known.told]
    there = names_of(link, asked)
    for menu, name in sorted({(one.menu, one.name) for one in asked}):
        if menu in there and name not in there[menu]:
            yield menu, name


def _declared(kind: Type, name: str, given: Mapping[str, Any]) -> list[Declared]:
    """A resource, or the rules of a block, as a gate would be told of them."""
    told = {"tag": given["tag"], "adopt": given.get("adopt") is True, "position": given.get("position")}
    told |= {"foreign": given.get("foreign"), "find": given.get("find"), "extra": given.get("extra")}
    if kind.rules is None:
        return [read({**told, "menu": kind.kind, "name": name, **_props(given)})]
    rules, chain = given.get("rules"), {"chain": given["chain"]} if "chain" in given else {}
    return [
        read(
            {**told, "menu": kind.rules.path, "name": f"{name}.{rule}", "part": True, "block": name, "rule": rule}
            | _props({**props, **chain})
        )
        for rule, props in (rules.items() if isinstance(rules, Mapping) else ())
        if isinstance(props, Mapping)
    ]


def _props(given: Mapping[str, Any]) -> dict[str, Any]:
    """Properties, and the names of those that aren't known yet."""
    unknown = [name for name, value in given.items() if value is UNKNOWN]
    return {"props": {name: value for name, value in given.items() if value is not UNKNOWN}, "unknown": unknown}
