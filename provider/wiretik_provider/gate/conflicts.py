"""Reads the router for `clashes`, `leaning` and `wholes`: unknown names, and rows and values of others in the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from wiretik_provider.api.link import Gone, Link, say
from wiretik_provider.declared import Declared
from wiretik_provider.errors import Trap
from wiretik_provider.gate import clashes, leaning, several, wholes
from wiretik_provider.gate.clashes import Reference
from wiretik_provider.gate.leaning import Handed
from wiretik_provider.kinds.address_list import query
from wiretik_provider.menus.descriptor import Problem
from wiretik_provider.rows import exchange, fixed
from wiretik_provider.rows.exchange import Program

__all__ = ["after_a_reset", "in_the_way", "names_of", "not_there", "references", "taken", "unfound"]

_OF_VRFS: Final = ("/interface", "/routing/table")
"""A VRF's name is a table and an interface, too, which no menu lists (docs/facts/exports.md#vrf)."""


def references(link: Link, declared: Sequence[Declared]) -> list[Problem]:
    """Names that neither the router nor the program has."""
    checked = several.names(link)
    wanted = [one for one in clashes.references(declared) if (one.menu, one.name) not in checked]
    return clashes.unknown_names(wanted, names_of(link, wanted))


def names_of(link: Link, wanted: Sequence[Reference]) -> dict[str, list[str]]:
    """The names that the router has in the menus of references, but for menus that can't be read."""
    names = link.names(*sorted({one.menu for one in wanted}))
    there = {path: some for path, some in names.items() if not link.refused(path)}
    if any(one.menu in _OF_VRFS and one.menu in there and one.name not in there[one.menu] for one in wanted):
        vrfs = link.names("/ip/vrf")["/ip/vrf"]
        there = {path: [*some, *vrfs] if path in _OF_VRFS else some for path, some in there.items()}
    return there


def not_there(link: Link, declared: Sequence[Declared]) -> Iterator[Problem]:
    """Rows that only the router makes and that it doesn't have, or has several of; those of new rows come with them."""
    to_come = {str(row.values["name"]) for row in declared if "name" in row.values}
    for row, asked, many, why in unfound(link, declared):
        if many or asked.isdisjoint(to_come):
            yield Problem("", f"{row.name}: {why}")


def unfound(link: Link, declared: Sequence[Declared]) -> Iterator[tuple[Declared, set[str], bool, str]]:
    """Rows that only the router makes and aren't just one there: what finds each, whether several are so, and why."""
    known = [(row, row.menu) for row in declared if row.menu and row.menu.fixed and isinstance(row.find, str | Mapping)]
    link.prefetch(sorted({(menu.path, menu.query) for _, menu in known}))
    for row, menu in known:
        if link.refused(menu.path, menu.query):
            continue
        rows = link.rows(menu.path, menu.query)
        some = fixed.found(menu, rows, {"find": row.find})
        asked = {row.find} if isinstance(row.find, str) else {str(value) for value in row.find.values()}
        if len(some) != 1:
            told = fixed.shown({"find": row.find})
            yield row, asked, bool(some), f"{menu.path} {told}: {fixed.why(menu, rows, some)}"


def in_the_way(link: Link, declared: Sequence[Declared], before: Collection[str], whole: Program) -> list[Problem]:
    """Rows that others made and that are in the way of ours."""
    known = [(row, row.menu) for row in declared if row.menu and not row.menu.singleton]
    lists = [(row, row.list_menu) for row in declared if row.list_menu and row.list_name]
    link.prefetch(
        [
            *dict.fromkeys((menu.path, menu.query) for _, menu in known),
            *((menu.names, ()) for _, menu in known if menu.names),
            *((menu.path, query(row.list_name)) for row, menu in lists),
        ]
    )
    found: list[Problem] = []
    for row, menu in known:
        named = link.rows(menu.names) if menu.names and not link.refused(menu.names) else ()
        kept = link.rows(menu.path, menu.query)
        found += clashes.in_the_way(row, kept, named, before=row.tag[4:] in before)
    for _, parts in groupby((one for one in known if one[0].part), key=lambda one: (one[1].path, one[0].tag)):
        block = list(parts)
        menu = block[0][1]
        kept = link.rows(menu.path, menu.query)
        found += wholes.in_a_blocks_way([row for row, _ in block], kept, before)
        if block[0][0].prunes:
            others = [row for row, at in known if at.path == menu.path]
            found += wholes.removed_or_taken_over(block[0][0], others, kept)
    for row, menu in lists:
        found += wholes.in_a_lists_way(row, link.rows(menu.path, query(row.list_name)), whole.leaving)
    return found


def taken(link: Link, declared: Sequence[Declared], whole: Program) -> list[Problem]:
    """Values that others have and keep, names that somebody leans on, the address by which the router is reached."""
    known = [(row, row.menu) for row in declared if row.menu and exchange.groups(row.menu)]
    menus = sorted({(menu.path, menu.query) for _, menu in known})
    kept = dict(zip((path for path, _ in menus), link.prefetch(menus), strict=True))
    there = link.names(*sorted({menu.names for _, menu in known if menu.names}))
    found = [
        problem
        for row, menu in known
        for problem in clashes.taken(row, kept[menu.path], whole, there.get(menu.names, ()))
    ]
    for row, menu in known:
        if left := clashes.gave_way(row, menu, kept[menu.path]):
            say(f"note: {link.label}: {row.name}: {left}")
    found += leaning.own_address(declared, kept, link.session.ends[1])
    if handed := leaning.handed_over(declared, kept):
        found += _leaning(link, declared, handed)
    return [*found, *_on_lists(link, declared)]


def _on_lists(link: Link, declared: Sequence[Declared]) -> Iterator[Problem]:
    """Rules of others that lean on the names of address lists which the program exchanges."""
    asked = {(row.list_menu.path, row.list_name) for row in declared if row.list_menu and row.list_name}
    if len(asked) < 2:
        return
    read = link.prefetch((path, query(name)) for path, name in sorted(asked))
    kept = dict(zip(sorted(asked), read, strict=True))
    for row, _ in leaning.lists_handed_over(declared, kept):
        for menu in leaning.list_readers(row.list_menu) if row.list_menu else ():
            yield from leaning.on_lists(row, menu, link.rows(menu.path, menu.query))


def _leaning(link: Link, declared: Sequence[Declared], handed: Sequence[Handed]) -> Iterator[Problem]:
    asked = sorted(leaning.readers(handed))
    link.prefetch(asked)
    kept: dict[str, Sequence[Mapping[str, str]]] = {}
    unread = []
    for path, query_words in asked:
        try:
            kept[path] = link.rows(path, query_words)
        except Trap as trap:
            if not trap.lacks_menu:  # where there is no such menu nothing leans
                unread.append(path)
    return leaning.leaning(handed, declared, kept, unread)


def after_a_reset(lost: Gone) -> Iterator[Problem]:
    """What else is to be known where something is refused and the router lacks what was let through before."""
    if many := len(lost.owners):
        what = "1 resource that an earlier deployment let through isn't"
        if many > 1:
            what = f"{many} resources that an earlier deployment let through aren't"
        cure = "if it was reset, restore the rows that aren't this program's, then `up --refresh` makes the rest"
        yield Problem("", f"{what} on the router: {cure}")
