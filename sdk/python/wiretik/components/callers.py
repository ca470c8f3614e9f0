"""The tunnel by which many clients call the router.

Rule: it lets nothing through and translates nothing by itself; the component that makes it decides who may go where.
"""

from __future__ import annotations

from collections.abc import Sequence

from wiretik.components.relay_args import RelayMeshArgs
from wiretik.components.shared.making import Making
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.components.warriors_args import RoadWarriorsArgs

__all__ = ["tunnel_of"]


def tunnel_of(
    make: Making, args: RelayMeshArgs | RoadWarriorsArgs, peers: Sequence[TunnelPeer], address6: str | None = None
) -> Tunnel:
    """The tunnel.

    Args:
        make: the component.
        args: its arguments.
        peers: its clients.
        address6: the router's IPv6 address in the tunnel, with its mask.
    """
    tunnel = TunnelArgs(
        args.interface,
        address=args.address,
        address6=address6,
        peers=peers,
        listen_port=args.port,
        private_key=args.private_key,
        mtu=args.mtu,
        forward=False,
        masquerade=False,
        open_port=args.open_port,
        wan=args.wan,
        mss_clamp=args.mss_clamp,
        router=args.router,
    )
    made = Tunnel(make.name, tunnel, make.below())
    made.called_at(args.endpoint)
    return made
