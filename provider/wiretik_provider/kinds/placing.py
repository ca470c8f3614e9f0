"""Where a rule shall stand: the declared position, and the interface lists that may decide about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wiretik_provider.api.link import Link
from wiretik_provider.errors import Trap
from wiretik_provider.kinds import Checked, Props
from wiretik_provider.menus.descriptor import Menu, Problem
from wiretik_provider.rows import compare, stored
from wiretik_provider.rules import places
from wiretik_provider.rules.overlap import Lists, memberships

__all__ = ["checked_row", "lists_of", "place_of", "position_problems"]

Row = Mapping[str, str]

_INTERFACE_LISTS: Final = ("in-interface-list", "out-interface-list")


def lists_of(link: Link, place: places.Position | None, kept: Sequence[Row]) -> Lists | None:
    """What is known of interface lists, where it may decide whether a rule stands above what drops its packets.

    It says only that a rule may stay where it is. A new place is chosen without it, above every drop that might match
    one day: an interface that joins a list later doesn't make a rule dead that was put BEFORE_DROP.
    """
    if place != places.BEFORE_DROP or not any(name in row for row in kept for name in _INTERFACE_LISTS):
        return None
    try:
        lists, members = link.prefetch((("/interface/list", ()), ("/interface/list/member", ())))
    except Trap:
        return None
    return memberships(lists, members)


def checked_row(menu: Menu, olds: Props, news: Props) -> Checked:
    """What is declared of a row and of its place, normalised; see `rows.check`."""
    checked, problems = compare.check(menu, news)
    if "position" in news and news["position"] is not compare.UNKNOWN:
        problems += position_problems(menu, news["position"])
    return Checked(stored.met(olds, checked), problems)


def position_problems(menu: Menu, value: object) -> list[Problem]:
    """What is wrong with a declared position."""
    if not menu.ordered:
        return [Problem("position", f"the rows of {menu.path} have no order")]
    try:
        places.parse(value)
    except places.NoPlace as wrong:
        return [Problem("position", problem) for problem in wrong.problems]
    return []


def place_of(props: Props) -> places.Position | None:
    """The position that was asked for; one that drift wrote into the inputs asks for nothing."""
    asked = props.get("position")
    return None if asked is None or asked.get("at") == "elsewhere" else places.parse(asked)
