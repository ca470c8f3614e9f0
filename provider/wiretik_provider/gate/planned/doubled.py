"""One prefix behind two tunnels: routes of one distance share its traffic, and hardly anybody means that.

RouterOS takes both and lets a hash choose (docs/facts/packet-path.md#which-table), so half of the hosts behind the
prefix are sought where they aren't, and nothing tells. What is looked at is the router as it will be: both may be of
one component or of two, of the program or of somebody else.

Pure. Rule: refused are two of the program, of which one is a `Tunnel`'s that doesn't say that it shares; of a route
that isn't the program's it is only told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import gateways
from wiretik_provider.declared import COMPONENTS, Declared
from wiretik_provider.gate.planned.lans import Remark
from wiretik_provider.rows import ownership
from wiretik_provider.trace.family import FOUR, SIX, Family
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["KIND", "shared"]

KIND: Final = "shares"
"""The kind of expectation by which the SDK says that a tunnel's prefixes are others' as well."""

_TUNNEL: Final = f"{COMPONENTS}Tunnel"
_SAID: Final = ("dst-address", "gateway", "routing-table", "distance")


def shared(
    then: Snapshot,
    declared: Sequence[Declared],
    expected: Iterable[Mapping[str, Any]],
    beside: Sequence[Declared] = (),
) -> Iterator[Remark]:
    """Tunnels' routes that others are equal to, each prefix once.

    Args:
        then: the router as it will be.
        declared: the program's resources.
        expected: what the SDK tells the gate.
        beside: what other gates of the deployment were told.
    """
    sharing = {str(one["name"]) for one in expected if one["props"].get("kind") == KIND}
    alone = {row.tag for row in declared if row.parent.startswith(_TUNNEL) and _above(row) not in sharing}
    known = {row.tag: row for row in (*beside, *declared)}
    for family in (FOUR, SIX):
        if family.routes in then.unread or not any(row.kind == family.routes and row.tag in alone for row in declared):
            continue
        for some in _alike(family, then):
            every = [(row, _ways(family, then, row), known.get(ownership.owner_of(row))) for row in some]
            yield from _told(every, alone)


def _alike(family: Family, then: Snapshot) -> Iterator[list[Mapping[str, str]]]:
    """The routes that are for one prefix, in one table, at one distance."""
    found: dict[tuple[Any, ...], list[Mapping[str, str]]] = {}
    for row in then.of(family).enabled(family.routes):
        span = family.span(row.get("dst-address", ""))
        said = [row.get(name, "") for name in _SAID]
        distance = row.get("distance", "1")
        if span is not None and UNKNOWN not in said and row.get("gateway") and is_number(distance):
            found.setdefault((span, row.get("routing-table", "main"), int(distance)), []).append(row)
    return (some for some in found.values() if len(some) > 1)


def _ways(family: Family, then: Snapshot, row: Mapping[str, str]) -> set[object]:
    """Where a route leads, however it is written: a tunnel is one way, whichever address behind it is named."""
    found: set[object] = set()
    for hop in gateways(row["gateway"]):
        span = family.span(hop.head)
        by = hop.interface or (hop.head if span is None else _behind(then.of(family), span[0]))
        found.add(by if span is None or by in then.tunnels else (span[0], hop.interface))
    return found


def _behind(then: Snapshot, address: int) -> str:
    """The interface whose network an address is in."""
    reaching = (one for one in then.own if one.length and address & then.family.mask(one.length) == one.network)
    return next((one.interface for one in reaching), "")


def _told(
    some: Sequence[tuple[Mapping[str, str], set[object], Declared | None]], alone: Collection[str]
) -> Iterator[Remark]:
    """What is wrong with equal routes: a sentence on the first that means to be alone."""
    for row, ways, own in some:
        others = [(other, its) for other, theirs, its in some if theirs != ways]
        if own is None or own.tag not in alone or not others:
            continue
        other, its = next(((other, its) for other, its in others if its), others[0])
        prefix, distance = row["dst-address"], row.get("distance", "1")
        yield Remark(
            f"{own.name}: {prefix} by {row['gateway']} has distance {distance}, and so has the route by "
            f"{other['gateway']}, {its.name if its else 'not of the program'}, so a hash chooses between them "
            f"for each pair of hosts: leave {prefix} to one of them, or give the one that waits "
            f"distance={int(distance) + 1} and the other check_gateway=, or say share=True of both if each leads there",
            refused=its is not None,
        )
        return


def _above(row: Declared) -> str:
    """The logical name of the component above a row."""
    return row.parent.rpartition("::")[2]
