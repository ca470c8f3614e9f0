"""A tunnel's own packets leave by one of several lines.

Whatever has a line's mark leaves by it (`Uplinks`), so that is all that they need; the rule that routes by the mark
stands behind this one, or a connection's first packet would leave by another line, and the rest with its address. Only
connections without a mark get it: what came in by a line is answered by that one, and one that has begun by another
line would leave by this one with the other's address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pulumi

from wiretik.components.ddns.endpoints import version_of
from wiretik.components.shared.making import MANGLE, Making, suffix
from wiretik.components.shared.neighbours import neighbours
from wiretik.components.shared.refusal import later
from wiretik.components.tunnel_args import TunnelArgs
from wiretik.resources.base.position import FIRST
from wiretik.resources.routing import RoutingTable

__all__ = ["bound", "carried", "unbound"]

_SIX: Final = (
    "a peer's endpoint is an address of IPv6, which that line hasn't: give the line gateway6= or check6=, or the peer "
    "an endpoint of IPv4"
)


def bound(make: Making, args: TunnelArgs) -> Iterator[pulumi.Resource]:
    """The rules that mark a tunnel's own packets for a line, of the versions that its endpoints may have.

    Args:
        make: the tunnel.
        args: its arguments; of a name the site has made a table.
    """
    if not isinstance(args.uplink, RoutingTable):
        return
    called = _called(args)
    for version in _carried(args, args.uplink):
        if called and not called & {version, None}:
            continue
        yield MANGLE[version](
            make.named("uplink" + suffix(version)),
            make.below(),
            router=args.router,
            chain="output",
            protocol="udp",
            src_port=args.listen_port,
            connection_mark="no-mark",
            action="mark-connection",
            new_connection_mark=args.uplink.name,
            position=FIRST,
            comment=f"{make.name}: its own packets",
        )


def _called(args: TunnelArgs) -> set[int | None]:
    """The versions of IP of its endpoints; None for a name and for what isn't known yet, which may be of either."""
    return {version_of(peer.endpoint) for peer in args.peers if peer.endpoint is not None}


def unbound(args: TunnelArgs) -> Iterator[str]:
    """What is wrong with a line that is called by its name, which a site alone knows, or that lacks a version of IP."""
    if isinstance(args.uplink, str):
        yield (
            f"uplink: {args.uplink!r} is the name of a line, which a Site knows by its wans=: without one give the "
            f"line's table, which Uplinks has: tables[{args.uplink!r}]"
        )
    elif 6 in _called(args) and isinstance(args.uplink, RoutingTable) and 6 not in _carried(args, args.uplink):
        yield f"uplink: {_SIX}"


def carried(args: TunnelArgs, endpoint: pulumi.Input[str] | None) -> pulumi.Input[str] | None:
    """A peer's endpoint; where its line lacks IPv6 one that is known later is refused then, before the peer is written.

    Args:
        args: the tunnel's arguments.
        endpoint: where the peer is called.
    """
    table = args.uplink
    if endpoint is None or isinstance(endpoint, str) or not isinstance(table, RoutingTable):
        return endpoint
    lacks = 6 not in _carried(args, table)

    def told(known: Sequence[str]) -> str:
        if lacks and known[0] and version_of(known[0]) == 6:
            raise ValueError(_SIX)
        return known[0]

    checked: pulumi.Output[str] = pulumi.Output.all(endpoint).apply(later("uplink", told))
    return checked


def _carried(args: TunnelArgs, table: RoutingTable) -> tuple[int, ...]:
    """The versions of IP that a line has; of a table that is no line's, both."""
    return neighbours(args.router).carried(table) or (4, 6)
