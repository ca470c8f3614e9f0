"""A tunnel that waits for another one which never gives way.

A WireGuard interface runs whether anybody is there or not, so a route by it stays, and one of a higher distance is
never taken (docs/facts/packet-path.md#which-table). What is looked at is the router as it will be.

Pure. Rule: told only of routes by WireGuard interfaces themselves; one by an address may be left out while it is
silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import gateways
from wiretik_provider.declared import COMPONENTS, Declared
from wiretik_provider.rows import ownership
from wiretik_provider.trace.family import FOUR, SIX, Family
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["warnings"]

_TUNNEL: Final = f"{COMPONENTS}Tunnel"
_SAID: Final = ("dst-address", "gateway", "routing-table", "distance", "check-gateway")


def warnings(then: Snapshot, declared: Sequence[Declared]) -> Iterator[str]:
    """A line for each pair of tunnels of which one waits in vain.

    Args:
        then: the router as it will be.
        declared: the program's resources.
    """
    known = {row.tag: row for row in declared}
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for family in (FOUR, SIX):
        if family.routes in then.unread or not any(row.kind == family.routes for row in declared):
            continue
        for near, far in _pairs(family, then):
            first, second = known.get(ownership.owner_of(near)), known.get(ownership.owner_of(far))
            if second is None or not any(one and one.parent.startswith(_TUNNEL) for one in (first, second)):
                continue
            who = first.name if first else "not of the program"
            found.setdefault((second.name, far["gateway"], near["gateway"], who), []).append(near["dst-address"])
    for (name, behind, before, who), some in found.items():
        where = some[0] if len(some) < 2 else f"{some[0]} and {len(some) - 1} more"
        yield (
            f"{name}: {where} by {behind} is never taken: the route by {before}, {who}, has a lower distance and never "
            "falls by itself, since a WireGuard interface runs whether anybody is there or not: give its tunnel "
            "check_gateway=, an address behind it that answers pings"
        )


def _pairs(family: Family, then: Snapshot) -> Iterator[tuple[Mapping[str, str], Mapping[str, str]]]:
    """The nearest route to a prefix, where it never gives way, with each of those behind it."""
    places: dict[tuple[Any, ...], list[Mapping[str, str]]] = {}
    for row in then.of(family).enabled(family.routes):
        span, said = family.span(row.get("dst-address", "")), [row.get(name, "") for name in _SAID]
        if span is not None and UNKNOWN not in said and row.get("gateway") and is_number(row.get("distance", "1")):
            places.setdefault((span, row.get("routing-table", "main")), []).append(row)
    for rows in places.values():
        near, *others = sorted(rows, key=_distance)
        if all(hop.head in then.tunnels and then.runs(hop.head) for hop in gateways(near["gateway"])):
            yield from ((near, far) for far in others if _distance(far) > _distance(near))


def _distance(row: Mapping[str, str]) -> int:
    return int(row.get("distance", "1"))
