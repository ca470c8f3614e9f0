"""Where a single rule belongs among the rules of its chain, yours and others'.

A place is judged by what is on the router: if it no longer holds there, because somebody put a rule in front or moved
yours, that is drift, and the next up mends it. Two rules that ask for one place both have it, in any order between
them.
"""

from __future__ import annotations

import difflib
from typing import Any, Protocol, runtime_checkable

import attrs

from wiretik.resources.base.misuse import Misuse

__all__ = ["BEFORE_DROP", "BEFORE_FASTTRACK", "FIRST", "LAST", "After", "Before", "Match", "Position"]


@runtime_checkable
class Rule(Protocol):
    """A rule of this program, or a block of them."""

    _tag: str


class Match:
    """A rule that this program doesn't manage, by the properties that it has on the router.

    `Match(comment="defconf: drop all not coming from LAN")` is the first rule of the chain with that comment.

    Args:
        properties: by Python's names, values as RouterOS prints them; all must hold.

    Raises:
        ValueError: without a property every rule would match.
    """

    def __init__(self, **properties: str) -> None:
        if not properties:
            raise Misuse('Match() needs a property, such as comment="defconf: drop invalid"')
        self.properties = {name.replace("_", "-"): str(value) for name, value in properties.items()}


def no_place(value: object) -> str:
    """Why something isn't a position, and which are."""
    places = ("FIRST", "LAST", "BEFORE_DROP", "BEFORE_FASTTRACK")
    near = difflib.get_close_matches(value.upper().replace("-", "_"), places, 1) if isinstance(value, str) else []
    other = "text" if isinstance(value, str) else "no place"
    cure = f"did you mean wt.{near[0]}?" if near else f"{', '.join(f'wt.{one}' for one in places)}, wt.Before(rule)"
    return f"position: this is {other}; {cure}" + ("" if near else " or wt.After(rule)")


@attrs.frozen
class Position:
    """A place in a chain: one of `FIRST`, `LAST`, `BEFORE_DROP`, `BEFORE_FASTTRACK`, `Before(…)`, `After(…)`.

    Attributes:
        at: which of them.
        neighbour: with before and after, whose neighbour: a rule of this program, or a `Match` on another.
    """

    at: str
    neighbour: Rule | Match | None = None

    def _input(self) -> dict[str, Any]:
        """The shape that the provider takes and the state keeps."""
        if self.neighbour is None:
            return {"at": self.at}
        if isinstance(self.neighbour, Match):
            return {"at": self.at, "match": dict(self.neighbour.properties)}
        return {"at": self.at, "tag": self.neighbour._tag}


FIRST = Position("first")
"""Above every rule of the chain, but for rules of this stack that are also `FIRST`."""

LAST = Position("last")
"""Below every rule of the chain, but for rules of this stack that are also `LAST`."""

BEFORE_DROP = Position("before-drop")
"""Above the first rule that drops or rejects, or jumps to one that may, a new connection that this rule would match.

Rules that the program placed relative to this one don't count, so a block can stand directly in front of an accept.
"""

BEFORE_FASTTRACK = Position("before-fasttrack")
"""Above the chain's first FastTrack rule, which would take the connection past mangle, NAT and routing marks."""


def Before(rule: Rule | Match) -> Position:  # noqa: N802  (reads as a value: position=Before(accept))
    """Directly above a rule; only rules that are also directly above it may stand between.

    Args:
        rule: a resource of the same chain, or a `Match` on a rule that this program doesn't manage.
    """
    return Position("before", rule)


def After(rule: Rule | Match) -> Position:  # noqa: N802
    """Directly below a rule; only rules that are also directly below it may stand between.

    Args:
        rule: a resource of the same chain, or a `Match` on a rule that this program doesn't manage.
    """
    return Position("after", rule)
