"""Several gates of one router: each is told of a part of the program, and together they know what one gate would.

A program's own gate is told of everything. A component that Pulumi constructs for another language has a gate of its
own, and no gate sees what else such a program has. So a deployment is the sum of what its gates were told until now.

Rule: only where one gate was told of the whole program is something gone because nobody declares it; among parts only
what an earlier deployment of one of them declared, and none of them does any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from wiretik_provider.api.link import Deployment, Gone, Link
from wiretik_provider.declared import Declared
from wiretik_provider.gate import clashes
from wiretik_provider.gate.noted.formers import Formers
from wiretik_provider.lists.entries import Entry
from wiretik_provider.rows.exchange import Program

__all__ = ["PART", "Company", "deployment", "join", "names", "share"]

PART: Final = "part"
"""The gate's input that says of which part of a program it is told; none where it is all."""
_LOCK: Final = "gate"
"""The name of the link's lock under which gates add up; no menu has it."""


Unmet = Callable[[Link], Sequence[str]]
"""Asks a router, by a new link, which of a program's expectations don't hold of it."""


class _Part(NamedTuple):
    """What one gate was told."""

    declared: tuple[Declared, ...]
    before: frozenset[str]
    """The tags of what earlier deployments declared and may still be there."""


class Company(NamedTuple):
    """What a gate knows with the others that were told before it."""

    beside: tuple[Declared, ...]
    """What the others declare."""
    program: Program
    """What all of them want; of what leaves only what this one let through."""


_PARTS: Final[WeakKeyDictionary[Link, dict[str, _Part]]] = WeakKeyDictionary()
_NAMES: Final[WeakKeyDictionary[Link, set[tuple[str, str]]]] = WeakKeyDictionary()


def join(link: Link, part: str, declared: Sequence[Declared], before: Collection[str]) -> Company:
    """Adds what a gate is told to what the link knows of its program.

    Args:
        link: the router.
        part: of which part of the program; empty for all of it. The same one again takes its own place.
        declared: its resources.
        before: the tags of what earlier deployments of this part declared.
    """
    with link.lock(_LOCK):
        parts = _PARTS.setdefault(link, {})
        parts[part] = _Part(tuple(declared), frozenset(before))
        whole = clashes.program(_all(parts), link_before := _before(parts))
        link.program, link.let_through = whole, link_before
        beside = tuple(row for name, one in parts.items() if name != part for row in one.declared)
        return Company(beside, Program(whole.wishes, whole.leaving & parts[part].before))


def names(link: Link) -> set[tuple[str, str]]:
    """By menu, the names of rows that were checked until now, whoever looks at them; whoever checks one adds them.

    So a gate knows those of rows that no gate is told of, which a preview's router hasn't.
    """
    return _NAMES.setdefault(link, set())


def deployment(link: Link) -> Deployment:
    """What whoever creates and deletes in this deployment finds here: all that its gates were told."""
    with link.lock(_LOCK):
        parts = _PARTS.get(link, {})
        declared = _all(parts)
        owners = frozenset(row.tag for row in declared)
        properties: dict[str, frozenset[str]] = {}
        for row in declared:
            if row.menu and row.menu.singleton:
                properties[row.where] = properties.get(row.where, frozenset()) | row.values.keys() | row.waiting
        lists: dict[tuple[str, str], dict[str, Mapping[str, Entry]]] = {}
        for row in declared:
            if row.list_menu and row.list_name:
                lists.setdefault((row.list_menu.path, row.list_name), {})[row.tag] = row.entries
        return Deployment(owners, lists, properties, whole=parts.keys() <= {""}, leaving=_before(parts) - owners)


def share(link: Link, formers: Formers, gone: Gone, unmet: Unmet | None) -> None:
    """Adds what a gate has seen of the router to what the others have.

    Args:
        link: the router.
        formers: what rows had before anything was written.
        gone: what the state has and the router hasn't.
        unmet: what asked for the others' expectations, before this gate's took its place; None for nobody.
    """
    with link.lock(_LOCK):
        if len(_PARTS.get(link, {})) < 2:
            link.before, link.gone = formers, gone
            return
        known = link.before
        link.before = {**known, **{place: {**known.get(place, {}), **was} for place, was in formers.items()}}
        texts = [text for text in (link.gone.text, gone.text) if text]
        link.gone = Gone(link.gone.owners | gone.owners, "; ".join(dict.fromkeys(texts)))
        if (mine := link.keeping.unmet) and unmet and mine is not unmet:
            link.keeping.unmet = lambda anew: [*unmet(anew), *mine(anew)]


def _all(parts: Mapping[str, _Part]) -> list[Declared]:
    return [row for one in parts.values() for row in one.declared]


def _before(parts: Mapping[str, _Part]) -> frozenset[str]:
    return frozenset[str]().union(*(one.before for one in parts.values()))
