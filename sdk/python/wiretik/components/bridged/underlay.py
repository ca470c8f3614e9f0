"""A tunnel as those see it who carry frames over it: where it is, and the addresses of both ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs
import pulumi

from wiretik.components.tunnel import Tunnel
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import WireGuardInterface

__all__ = ["Underlay", "underlay"]


@attrs.frozen
class Underlay:
    """One router's end of a tunnel.

    Attributes:
        router: the router that it is on.
        interface: the tunnel's interface.
        local: the router's own address in it; empty where it is an output.
        far: the other routers' addresses in it, by their peers' names, as far as the program says them.
        strangers: peers of which it doesn't say one.
        ready: what must be there before anything is sent into it.
    """

    router: Router | str
    interface: WireGuardInterface
    local: str
    far: Mapping[str, str]
    strangers: Sequence[str]
    ready: Sequence[pulumi.Resource]

    @property
    def name(self) -> str:
        """The router's name; empty where the stack has only one."""
        return self.router.name if isinstance(self.router, Router) else self.router


def underlay(tunnel: Tunnel) -> Underlay:
    """A router's end of a tunnel."""
    args, far = tunnel.args, tunnel.args.far()
    local = args.address.partition("/")[0] if isinstance(args.address, str) else ""
    strangers = [peer.name for peer in args.peers if peer.name not in far]
    return Underlay(args.router, tunnel.interface, local, far, strangers, [*tunnel.addresses, *tunnel.ready])
