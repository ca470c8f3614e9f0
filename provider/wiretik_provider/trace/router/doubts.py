"""What isn't known of a router and stays so while a connection lasts: routes that may be down, what a hash chooses.

Rule: each doubt has a key and all the ways in which it may be. Where it is supposed to be in one of them the router is
one of which that is known: a world. Worlds are never mixed: each packet of a connection is followed in the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import attrs

from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.result import Doubt
from wiretik_provider.trace.router.derive import doubt_key, settled
from wiretik_provider.trace.router.snapshot import Snapshot

__all__ = ["about_choice", "about_route", "supposing"]

_CHOICE: Final = "choice "


def about_route(row: Row, snapshot: Snapshot) -> Doubt:
    """The doubt that a route of which it isn't known whether it is active hangs on."""
    key = row.get("hangs") or doubt_key(row, snapshot.family)
    kind, _, what = key.partition(" ")
    if kind == "gateway":
        return Doubt(key, (("yes", f"while {what} answers"), ("no", f"while {what} doesn't answer")), comes=True)
    if kind == "network":
        gateway, _, lines = what.partition(" ")
        on = [(line, f"if {gateway} is in the network that {line} gets") for line in lines.split(",")]
        return Doubt(key, (*on, ("no", f"if {gateway} is in no line's network")))
    return Doubt(key, (("yes", f"with a route {what}"), ("no", f"without a route {what}")))


def about_choice(what: str, options: Iterable[tuple[str, str]], *, comes: bool) -> Doubt:
    """The doubt about what is chosen for packets that are alike in what the choice is made from.

    Args:
        what: the choice, and all that it is made from.
        options: what may be chosen, and each in words.
        comes: whether each of them comes about, as what a hash chooses does.
    """
    return Doubt(f"{_CHOICE}{what}", tuple(dict(options).items()), comes)


@lru_cache(maxsize=256)
def supposing(snapshot: Snapshot, key: str, value: str) -> Snapshot:
    """The same router where a doubt is told to be so."""
    world = {**snapshot.world, key: value}
    if key.startswith(_CHOICE):
        return attrs.evolve(snapshot, world=world, views={})
    rows = {
        family.routes: settled(snapshot.rows, world, family) for family in (FOUR, SIX) if family.routes in snapshot.rows
    }
    return Snapshot({**snapshot.rows, **rows}, snapshot.unread, snapshot.name, snapshot.family, world)
