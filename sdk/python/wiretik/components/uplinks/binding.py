"""A tunnel's own packets leave by one of several lines.

Whatever has a line's mark leaves by it (`Uplinks`), so that is all that they need; the rule that routes by the mark
stands behind this one, or a connection's first packet would leave by another line, and the rest with its address.
"""

from __future__ import annotations

from collections.abc import Iterator

import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.making import MANGLE, Making, suffix
from wiretik.components.tunnel_args import TunnelArgs
from wiretik.resources.base.position import FIRST
from wiretik.resources.routing import RoutingTable

__all__ = ["bound", "unbound"]


def bound(make: Making, args: TunnelArgs) -> Iterator[pulumi.Resource]:
    """The rules that mark a tunnel's own packets for a line, of the versions that its endpoints may have.

    Args:
        make: the tunnel.
        args: its arguments; of a name the site has made a table.
    """
    if not isinstance(args.uplink, RoutingTable):
        return
    hosts = [prefixes.endpoint(peer.endpoint)[0] for peer in args.peers if isinstance(peer.endpoint, str)]
    for version in (4, 6) if any(prefixes.version_or_none(host) == 6 for host in hosts) else (4,):
        yield MANGLE[version](
            make.named("uplink" + suffix(version)),
            make.below(),
            router=args.router,
            chain="output",
            protocol="udp",
            src_port=args.listen_port,
            action="mark-connection",
            new_connection_mark=args.uplink.name,
            position=FIRST,
            comment=f"{make.name}: its own packets",
        )


def unbound(args: TunnelArgs) -> Iterator[str]:
    """What is wrong with a line that is called by its name, which a site alone knows."""
    if isinstance(args.uplink, str):
        yield (
            f"uplink: {args.uplink!r} is the name of a line, which a Site knows by its wans=: without one give the "
            f"line's table, which Uplinks has: tables[{args.uplink!r}]"
        )
