"""Two routers of one stack, and the LANs behind them as one network."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pulumi

from wiretik.components import prefixes
from wiretik.components.lan import Lan
from wiretik.components.refusal import Refusal
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.interfaces import ListRef, WireGuardInterface
from wiretik.router import Router

__all__ = ["SiteEnd", "SiteToSite", "SiteToSiteArgs"]


@attrs.frozen(kw_only=True)
class SiteEnd:
    """One end of a `SiteToSite`.

    Attributes:
        router: the router, whose name the end's rows bear.
        lan: the LAN behind it.
        address: its IPv4 address in the tunnel, with a mask that the other end's address is in.
        endpoint: `HOST:PORT` where the other end calls it; None where it is behind NAT and only calls.
        wan: the interface list by which the other end calls.
    """

    router: Router | str = attrs.field(kw_only=False)
    lan: Lan
    address: str
    endpoint: str | None = None
    wan: ListRef = "WAN"

    @property
    def name(self) -> str:
        """The router's name."""
        return self.router.name if isinstance(self.router, Router) else self.router

    @property
    def host(self) -> str:
        """Its address without the mask."""
        return self.address.partition("/")[0]

    @property
    def port(self) -> int | None:
        """Where it listens, if it does."""
        return prefixes.endpoint(self.endpoint)[1] if self.endpoint else None


@attrs.frozen(kw_only=True)
class SiteToSiteArgs:
    """What a `SiteToSite` is.

    Attributes:
        a: one end.
        b: the other.
        interface: the name of the WireGuard interface, on both.
        preshared_key: a key that both ends share besides.
        mss_clamp: whether TCP segments are made to fit.
    """

    a: SiteEnd
    b: SiteEnd
    interface: str = "wg-site"
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mss_clamp: bool = True

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        found = []
        for end in (self.a, self.b):
            try:
                _ = end.port, prefixes.connected(end.address), end.lan.networks()
            except ValueError as wrong:
                found.append(f"{end.name}: {wrong}")
        return found or [*_between(self.a, self.b)]


def _between(a: SiteEnd, b: SiteEnd) -> Iterator[str]:
    if a.name == b.name:
        yield f"both ends are on {a.name or 'the router without a name'}: name two routers of wiretik:routers"
    if not a.endpoint and not b.endpoint:
        yield "neither end has an endpoint, so each waits for the other to call: give one, or meet at a RelayMesh"
    network = prefixes.connected(a.address)
    if network != prefixes.connected(b.address) or a.host == b.host:
        yield f"{a.address} and {b.address} aren't two addresses of one network: give 10.255.0.1/30 and 10.255.0.2/30"
    for mine in a.lan.networks():
        for theirs in b.lan.networks():
            if mine.overlaps(theirs):
                yield (
                    f"the LANs {mine} of {a.name} and {theirs} of {b.name} overlap, so nobody could tell them apart: "
                    "renumber one of them, or map one to a free prefix with netmap and give that"
                )


_Made = tuple[SiteEnd, WireGuardInterface]


class SiteToSite(pulumi.ComponentResource):
    """A tunnel between two routers of one stack: each knows the other's key, and routes the other's LAN.

    An end with an endpoint listens; one without calls, and keeps its NAT open. Nothing is masqueraded, since both ends
    know the way back.

    Example:
        ```python
        wt.SiteToSite("link", wt.SiteToSiteArgs(
            a=wt.SiteEnd("berlin", lan=wt.Lan("bridge", "192.168.88.0/24"), address="10.255.0.1/30",
                         endpoint="berlin.example.com:51820"),
            b=wt.SiteEnd("lisbon", lan=wt.Lan("bridge", "192.168.89.0/24"), address="10.255.0.2/30"),
        ))
        ```

    Args:
        name: the logical name, with which those of all its rows begin; the router's follows.
        args: what it is.
        opts: as everywhere.

    Attributes:
        a: the tunnel of one end.
        b: that of the other.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    def __init__(self, name: str, args: SiteToSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"SiteToSite {name!r}", args.problems())
        super().__init__("wiretik:index:SiteToSite", name, None, opts)
        # Both interfaces first: each end's peer needs the other's key, and no interface needs a peer.
        a, b = (
            WireGuardInterface(
                f"{name}-{end.name}-interface",
                pulumi.ResourceOptions(parent=self),
                router=end.router,
                name=args.interface,
                listen_port=end.port,
                comment=name,
            )
            for end in (args.a, args.b)
        )
        self.a = self._tunnel(name, args, (args.a, a), (args.b, b))
        self.b = self._tunnel(name, args, (args.b, b), (args.a, a))
        self.register_outputs({"public_keys": {args.a.name: a.public_key, args.b.name: b.public_key}})

    def _tunnel(self, name: str, args: SiteToSiteArgs, near: _Made, far: _Made) -> Tunnel:
        """One end, given its interface and the other's."""
        end, interface = near
        other, other_interface = far
        peer = TunnelPeer(
            other.name,
            other_interface.public_key,
            [other.host, *other.lan.prefixes],
            endpoint=other.endpoint,
            preshared_key=args.preshared_key,
        )
        tunnel = TunnelArgs(
            interface,
            address=end.address,
            peers=[peer],
            listen_port=end.port,
            masquerade=False,
            wan=end.wan,
            mss_clamp=args.mss_clamp,
            router=end.router,
        )
        return Tunnel(f"{name}-{end.name}", tunnel, pulumi.ResourceOptions(parent=self))
