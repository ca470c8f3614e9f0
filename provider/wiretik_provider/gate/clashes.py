"""Clashes that would stop a deployment half-way, found in the program's rows and those on the router.

Pure: the gate reads the router and asks here. Rows come as far as their values are known in a preview; what isn't known
is never held against anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import names_in
from wiretik_provider.declared import Declared, Holding
from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.rows.exchange import Asker, Program, Wish

__all__ = [
    "Reference",
    "in_the_way",
    "one_sided",
    "program",
    "references",
    "taken",
    "unknown_names",
    "within",
]

Row = Mapping[str, str]

_SHOWN_NAMES: Final = 12


class Reference(NamedTuple):
    """A name in a property that must exist in a menu."""

    row: Declared
    attribute: str
    menu: str
    name: str


_TAG: Final = "tag"
"""Made of a resource's type and name, whatever its parent is."""


def within(declared: Sequence[Declared]) -> Iterator[Problem]:
    """What the program itself says twice: one row, one port, one property of a singleton."""
    seen: dict[tuple[str, str], Declared] = {}
    for row in declared:
        for what, mark in _marks(row):
            if (other := seen.setdefault((what, mark), row)) is not row:
                if what == _TAG:
                    yield Problem("", f"{row.name}: two resources of one type have this name: rename one")
                    break
                yield Problem("", f"{row.name}: {what} {mark} is also {other.name}'s")


def one_sided(declared: Sequence[Declared]) -> Iterator[Problem]:
    """Elements of a list that only the row, or only the resource that holds them says are held.

    They would stay on the router for ever, or go at once.

    Args:
        declared: every resource of the program on one router.
    """
    of: dict[str, list[tuple[str, Holding]]] = {}
    for row in declared:
        if row.holding:
            of.setdefault(row.holding.of, []).append((row.name, row.holding))
    for row in declared:
        holders = of.get(row.tag, [])
        if row.menu is None or row.held is None or any(holding.element is None for _, holding in holders):
            continue
        there = {holding.element for _, holding in holders}
        if alone := [one for one in row.held if one not in there]:
            yield Problem(f"{row.name}.{compare.HELD}", f"nothing holds {', '.join(alone)}, so nothing takes it out")
        for name, holding in holders:
            if holding.element not in row.held:
                reason = f"doesn't say that {holding.element} is {compare.HELD}, so an update takes it out at once"
                yield Problem(name, f"{row.name} {reason}")


def _marks(row: Declared) -> Iterator[tuple[str, str]]:
    """What only one resource of a program may have."""
    if not row.part:
        yield _TAG, row.tag
    if row.menu is None:
        return
    if row.menu.singleton:
        for name in row.values:
            yield f"{row.where} property", name
    elif row.waiting.isdisjoint(row.menu.key) and (mark := compare.key(row.menu, row.values)):
        yield row.menu.noun, mark
    if row.menu.names and "name" in row.values and "name" not in row.menu.key:
        yield f"{row.menu.path} name", row.values["name"]
    if row.values.get("disabled") is not True and "disabled" not in row.waiting:
        for group in row.menu.unique:
            if all(name in row.values for name in group):
                yield (
                    ", ".join(f"{row.menu.path} {name}" for name in group),
                    ",".join(str(row.values[n]) for n in group),
                )


def references(declared: Sequence[Declared]) -> list[Reference]:
    """The names that the program refers to and doesn't make itself."""
    made: set[tuple[str, str]] = set()
    open_menus: set[str] = set()
    for row in declared:
        if row.menu and "name" in row.menu.by_name:
            for branch in _branches(row.menu.path):
                if "name" in row.values:
                    made.add((branch, str(row.values["name"])))
                elif row.unknown:
                    open_menus.add(branch)
    return [one for one in _all_references(declared) if (one.menu, one.name) not in made and one.menu not in open_menus]


def _all_references(declared: Sequence[Declared]) -> Iterator[Reference]:
    for row in declared:
        for field in row.menu.writable if row.menu else ():
            value = row.values.get(field.name)
            if field.references and value not in (None, ""):
                for name in names_in(field.codec, value):
                    yield Reference(row, field.attribute, field.references, name)


def _branches(path: str) -> Iterator[str]:
    """A menu and those above it, since `/interface` has the names of `/interface/wireguard` too."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def unknown_names(wanted: Sequence[Reference], there: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Names that neither the program nor the router has.

    Args:
        wanted: as `references` gives them.
        there: the names of each menu on the router, but for menus that couldn't be read.
    """
    lacking: dict[tuple[str, str], list[Reference]] = {}
    for one in wanted:
        if one.menu in there and one.name not in there[one.menu]:
            lacking.setdefault((one.menu, one.name), []).append(one)
    return [
        Problem(
            "",
            f"{asking[0].row.name}: {asking[0].attribute}={name!r} is a name that neither the router nor the program "
            f"has; {menu} has {_listed(there[menu])}{_also(asking)}",
        )
        for (menu, name), asking in lacking.items()
    ]


def _also(asking: Sequence[Reference]) -> str:
    """Who else asks for a name, so that a hundred who do are one line."""
    others = list(dict.fromkeys(one.row.name for one in asking if one.row is not asking[0].row))
    return f"; also asked for by {_listed(others)}" if others else ""


def _listed(names: Sequence[str]) -> str:
    return (", ".join(names[:_SHOWN_NAMES]) or "none") + (" …" if len(names) > _SHOWN_NAMES else "")


def in_the_way(row: Declared, kept: Sequence[Row], named: Sequence[Row], *, before: bool) -> Iterator[Problem]:
    """Rows of others that stop this one from being added or changed, or that would leave it dead.

    Args:
        row: declared, as far as its values are known: only what is known can be in somebody's way.
        kept: the rows of its menu.
        named: the rows that share one space of names with those of its menu.
        before: whether it was there before, as far as the state knows: then its tag may have been taken away by hand.
    """
    menu = row.menu
    if menu is None or row.part:
        return
    mine = next(iter(compare.owned_by(kept, row.tag)), None)
    telling = menu.key or tuple(field.name for field in menu.writable)
    asks = mine is None and row.waiting.isdisjoint(telling)
    other = compare.twin(menu, kept, row.values, row.tag[:4]) if asks else None
    lost = before and mine is None
    if other is not None and not lost and not _ours(other, row) and (cure := _cure(row, other)):
        name = compare.label(menu, other)
        yield Problem("", f"{row.name}: the router has it already ({name}, {other.get('.id', '')}) and {cure}")
    same = any(one.get("name") == row.values.get("name") for one in kept)  # `taken` and the key tell of those
    if not same and not lost and _name_taken(row, named, mine):
        yield Problem("", f"{row.name}: the name {row.values['name']!r} is taken by another row of {menu.names}")
    if mine is None:
        yield from _distinct(row, menu, [one for one in kept if one is not other and not _ours(one, row)])
    if "disabled" not in row.waiting and mine is None:
        for asked, taken_by in compare.shared(menu, kept, row.values, (other or {}).get(".id", "")):
            if not _ours(taken_by, row):
                yield Problem("", f"{row.name}: {asked} is taken by {_whose(menu, taken_by)}")


def _distinct(row: Declared, menu: Menu, others: Sequence[Row]) -> Iterator[Problem]:
    """What RouterOS refuses to have twice besides the key, such as a peer's name."""
    for group, one in exchange.in_the_way(menu, others, row.values, ""):
        if group.names in menu.distinct and row.waiting.isdisjoint(group.names):
            asked = ", ".join(f"{name}={row.values.get(name)}" for name in group.names)
            yield Problem("", f"{row.name}: {asked} is taken by {_whose(menu, one)}")


def _whose(menu: Menu, row: Row) -> str:
    """A row that has what another one wants, whose it is, and the way out."""
    tag = ownership.tag_of(row)
    whose = f"which another stack manages (tag {tag})" if tag else "which isn't this program's"
    return f"{compare.label(menu, row)}, {whose}: choose another one, or change it there first"


def _name_taken(row: Declared, named: Sequence[Row], mine: Row | None) -> bool:
    """Whether a new name is somebody else's."""
    name = row.values.get("name")
    if row.menu is None or not row.menu.names or name is None or (mine and mine.get("name") == name):
        return False
    return any(one.get("name") == name and not _ours(one, row) for one in named)


def _ours(other: Row, row: Declared) -> bool:
    """Whether a row is of the same stack: what becomes of it the program says, too."""
    return _stack_of(other) == row.tag[:4]


def _cure(row: Declared, other: Row) -> str:
    """Whose a row is that is in the way, and what helps; empty where it is taken over."""
    if tag := ownership.tag_of(other):
        return f"another stack manages it (tag {tag}): let one of the two have it"
    if row.imported and row.menu and row.imported not in (other.get(".id"), compare.key(row.menu, other)):
        return f"isn't the one that import_={row.imported!r} reads into the state: say its own id, or leave it alone"
    return "" if row.adopt else "it isn't this stack's; adopt=True takes it over"


def program(declared: Sequence[Declared], before: Collection[str]) -> Program:
    """What a deployment declares, for those who make room for each other.

    Args:
        declared: the rows of one router.
        before: the tags of what earlier deployments declared.
    """
    wishes = {row.tag: Wish(row.menu.path, row.values, row.waiting) for row in declared if row.menu and not row.part}
    return Program(wishes, frozenset(before) - {row.tag for row in declared})


def taken(row: Declared, kept: Sequence[Row], whole: Program, names: Sequence[str] = ()) -> Iterator[Problem]:
    """Why a row doesn't get what it shall have alone: it is another's, who doesn't give it up in this deployment.

    Of a row that isn't there yet only what other resources of the stack have; the rest is `in_the_way`.

    Args:
        row: declared.
        kept: the rows of its menu.
        whole: what the deployment declares.
        names: those that are taken in the space of names that the menu shares with others.
    """
    menu = row.menu
    if menu is None or menu.singleton or row.part:
        return
    own = next(iter(compare.owned_by(kept, row.tag)), None)
    mine = kept if own else [one for one in kept if _stack_of(one) == row.tag[:4]]
    if exchange.in_the_way(menu, mine, row.values, own[".id"] if own else ""):
        room = exchange.room(menu, mine, row.values, Asker(row.tag, own), whole)
        if room.problem:
            yield Problem("", f"{row.name}: {room.problem}")
    name = row.values.get("name")
    if own and name in names and name not in {one.get("name") for one in kept}:
        yield Problem("", f"{row.name}: the name {name!r} is taken by another row of {menu.names}: choose another one")


def gave_way(row: Declared, menu: Menu, kept: Sequence[Row]) -> str:
    """Whether a row still has the value that an exchange gave it which was broken off; empty where it hasn't."""
    for own in compare.owned_by(kept, row.tag)[:1]:
        for group in exchange.groups(menu):
            wrong = {} if group.taken else exchange.temporary(menu, group, row.tag, kept)
            if found := next((name for name, value in wrong.items() if own.get(name) == value), ""):
                return (
                    f"{compare.label(menu, own)} has a temporary {found} since an exchange was broken off; this up "
                    "gives it its own if it changes that resource, and up --refresh in any case"
                )
    return ""


def _stack_of(row: Row) -> str:
    tag = ownership.tag_of(row)
    return tag.stack if tag else ""
