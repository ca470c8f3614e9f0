"""Rules that can never match where they stand, since those above take all their packets; accepts that let nobody in.

Pure. A rule's packets are boxes, and what ends a chain above it is cut out of them: where nothing is left it never
matches. An accept of which the rest would be accepted without it, and of which the others are dropped above, does
nothing either. Rule: told is only what is proved; jumps are not followed, and what isn't known yet proves nothing.
Where several take its packets and one that drops is the program's own, somebody has chosen so: nothing is told.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.unknown import UNKNOWN
from wiretik_provider.rules import overlap
from wiretik_provider.rules.boxes import END, Box, Numbers, box, meet, without
from wiretik_provider.rules.model import Row, rewritten
from wiretik_provider.rules.overlap import Lists

__all__ = ["Vain", "ends", "vain"]

_ENDS: Final = frozenset(
    {"accept", "drop", "reject", "return", "tarpit", "unreachable", "lookup-only-in-table"}
    | {"dst-nat", "endpoint-independent-nat", "masquerade", "netmap", "redirect", "same", "socksify", "src-nat"}
)
"""What a packet that matches ends a chain with."""
_DROPS: Final = frozenset({"drop", "reject", "tarpit"})
_NARROW: Final = (
    *("src-address", "dst-address", "src-address-list", "dst-address-list", "src-port", "dst-port", "port"),
    *("src-mac-address", "content", "packet-size"),
)
"""What is cut out of a rule that asks nothing of the kind leaves nearly all of it."""
_MOST: Final = 64
"""How many boxes a rule's packets may fall into before nothing is said."""
_FEW: Final = 16
"""Of so many takers it is asked which are enough."""
_OPEN: Final = frozenset({"input", "forward", "output"})
"""Chains that accept what gets to their end."""


class Vain(NamedTuple):
    """A rule that does nothing where it stands.

    Attributes:
        number: the rule's place among its menu's rows.
        takers: the places of those that take its packets; the last one took the last of them.
        never: whether it never matches; else what it accepts is accepted anyway, or dropped above.
    """

    number: int
    takers: tuple[int, ...]
    never: bool


def vain(rows: Sequence[Row], mine: Container[str], lists: Lists) -> Iterator[Vain]:
    """The rules of a menu that do nothing where they stand.

    Args:
        rows: of one menu, in order.
        mine: `.id` of the rules that are asked about.
        lists: members of interface lists, as far as they are known.
    """
    changing = rewritten(rows)
    above: dict[str, list[_Taker]] = {}
    for number, row in enumerate(rows):
        chain = row.get("chain", "")
        if row.get("disabled") == "true" or UNKNOWN in row.values():
            continue
        if row.get(".id", "") in mine and (found := _judged(rows, number, above.get(chain, []), lists, changing)):
            chosen = any(rows[at].get(".id", "") in mine and rows[at].get("action") in _DROPS for at in found.takers)
            if not chosen or (found.never and len(found.takers) == 1):
                yield found
        if ends(row) and (taken := box(row, lists, changing)) is not None:
            above.setdefault(chain, []).append(_Taker(number, taken, *_hull(taken)))


def ends(row: Row) -> bool:
    """Whether no packet that a rule matches gets to the rules below it."""
    action = row.get("action", "accept" if "table" not in row else "lookup")
    return action in _ENDS or (action.startswith("mark-") and row.get("passthrough") == "false")


class _Taker(NamedTuple):
    """A rule that ends the chain for what it matches, with the ends of what it takes (`_hull`)."""

    number: int
    box: Box
    src: int
    to_src: int
    dst: int
    to_dst: int
    port: int
    to_port: int


def _hull(taken: Box) -> Iterator[int]:
    """From where to where sources, destinations and ports reach: what two rules can't have in common is seen there."""
    for name in ("src-address", "dst-address", "dst-port"):
        some = taken.get(name)
        spans = some.spans if isinstance(some, Numbers) else ((0, END),)
        yield from (spans[0][0], spans[-1][1])


def _near(taken: Box, above: Sequence[_Taker]) -> list[_Taker]:
    """The rules above that may take some of these packets; thousands of others are passed over quickly."""
    src, to_src, dst, to_dst, port, to_port = _hull(taken)
    return [
        one
        for one in above
        if one.src <= to_src
        and src <= one.to_src
        and one.dst <= to_dst
        and dst <= one.to_dst
        and one.port <= to_port
        and port <= one.to_port
    ]


def _judged(
    rows: Sequence[Row], number: int, above: Sequence[_Taker], lists: Lists, changing: frozenset[str]
) -> Vain | None:
    row = rows[number]
    whole = box(row, lists, changing)
    if whole is None:
        return None
    left: list[Box] = [whole]
    takers: list[int] = []
    for near in _near(whole, above):
        other, taken = near.number, near.box
        if any(name in rows[other] and name not in row for name in _NARROW):
            continue
        if not any(meet(one, taken) for one in left):
            continue
        left = [part for one in left for part in (without(one, taken) if meet(one, taken) else (one,))]
        takers.append(other)
        if not left:
            return Vain(number, _enough(whole, rows, takers, lists, changing), never=True)
        if len(left) > _MOST:
            return None
    dropped = [other for other in takers if rows[other].get("action") in _DROPS]
    dropped = [other for other in dropped if overlap.may_match_state(rows[other], "new")]
    idle = dropped and row.get("action", "accept") == "accept" and row.get("chain") in _OPEN
    if idle and not _matters(rows, number, left, lists, changing):
        return Vain(number, tuple(dropped), never=False)
    return None


def _enough(
    whole: Box, rows: Sequence[Row], takers: Sequence[int], lists: Lists, changing: frozenset[str]
) -> tuple[int, ...]:
    """Of those that take a rule's packets as few as take them all."""
    boxes = {other: taken for other in takers if (taken := box(rows[other], lists, changing)) is not None}
    needed = list(boxes)
    for other in boxes if len(boxes) <= _FEW else ():
        left = [whole]
        for one in needed:
            if one != other:
                left = [
                    part for old in left for part in (without(old, boxes[one]) if meet(old, boxes[one]) else (old,))
                ]
        if not left:
            needed.remove(other)
    return tuple(needed)


def _matters(rows: Sequence[Row], number: int, left: Sequence[Box], lists: Lists, changing: frozenset[str]) -> bool:
    """Whether some rule below would do something else with what an accept takes."""
    chain = rows[number].get("chain")
    for row in rows[number + 1 :]:
        if row.get("chain") != chain or row.get("disabled") == "true" or row.get("action", "accept") == "accept":
            continue
        taken = box(row, lists, changing)
        if taken is not None and any(meet(one, taken) for one in left):
            return True
    return False
