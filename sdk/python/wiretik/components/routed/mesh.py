"""A mesh of sites whose routes are exchanged: a tunnel for each pair, so that each learns of another way.

A WireGuard interface sends a packet to the one peer that allows its destination, and what is behind a site may be
reached through any other one: so each pair has an interface of its own with one peer. That peer allows every network of
the mesh, and nothing else.

Rule: what is learned isn't known before a deployment, so nothing is promised of it but that packets for other sites
don't leave by the WAN while nobody has told of them: a blackhole stands behind what they bring.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, cast

import attrs
import pulumi

from wiretik.components import ends, promises
from wiretik.components.ddns.endpoints import may_be_name
from wiretik.components.ends import End, FarEnd, SiteEnd
from wiretik.components.routed import bgp, ospf
from wiretik.components.routed.speaker import Neighbour, Speaker
from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.making import LAST_RESORT, Making
from wiretik.components.shared.prefixes import Network
from wiretik.components.shared.promising import promised
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.resources.interfaces import WireGuardInterface
from wiretik.resources.ip import Route

__all__ = ["Routed", "problems"]

_LINK: Final = 30
"""The length of a link's prefix."""
_PORTS: Final = 65535
_NAME: Final = 31
"""The longest name of an interface (docs/facts/traps.md)."""


class _Half(NamedTuple):
    """One router's part of a link."""

    end: SiteEnd
    other: SiteEnd
    address: str
    far: str
    """The other's address on it."""
    port: int | None
    """Where it listens, if it does."""


def problems(sites: Sequence[End], links: str, interface: str, routing: str) -> Iterator[str]:
    """What can't work of sites whose routes are exchanged, each with its cure.

    Args:
        sites: the ends.
        links: the prefix of the links' own networks.
        interface: what interfaces' names begin with.
        routing: which protocol they speak.
    """
    try:
        network = prefixes.network(links)
    except ValueError:
        yield f"links: {links!r} is no prefix for the links' own networks: give one such as links='10.254.0.0/24'"
        return
    pairs = len(sites) * (len(sites) - 1) // 2
    if network.prefixlen > _LINK or 1 << (_LINK - network.prefixlen) < pairs:
        yield f"links: {network} has no /{_LINK} for each of {pairs} links: give a wider one"
    for end in sites:
        if isinstance(end, FarEnd):
            yield (
                f"{end.name}: routing={routing!r} is for routers of one stack, and another has this one: leave out "
                "routing"
            )
        else:
            yield from _alone(end, network, interface, routing)
            yield from _ports(end, len(sites))


def _alone(end: SiteEnd, network: Network, interface: str, routing: str) -> Iterator[str]:
    """What is wrong with one end."""
    if end.seen_as:
        yield f"{end.name}: routing={routing!r} tells of the LAN as it is: leave out seen_as, and renumber the LAN"
    if end.lan is None:
        yield f"{end.name}: routing={routing!r} tells the others of its LAN: give lan=, or leave out routing"
    if end.address6 is not None or any(one.version == 6 for one in end.behind):
        yield f"{end.name}: routing={routing!r} is for IPv4: leave out address6 and IPv6 prefixes, or leave out routing"
    for one in end.behind:
        if prefixes.within(one, [network]) or prefixes.within(network, [one]):
            yield f"links: {network} and the LAN {one} of {end.name} overlap: give another one"
    if len(f"{interface}-{end.name}") > _NAME:
        yield f"{interface}-{end.name} is too long for an interface, which has {_NAME} letters: give interface='wg'"


def _ports(end: SiteEnd, sites: int) -> Iterator[str]:
    """Whether each link has a port, where an end is called and where it listens."""
    try:
        first = max(prefixes.endpoint(end.endpoint)[1] if end.endpoint else 0, end.port or 0)
    except ValueError:  # which is told by itself
        return
    if first + sites - 1 > _PORTS:
        yield (
            f"{end.name}: its links are called at the ports from its endpoint's on, one for each of {sites} sites, "
            f"and {_PORTS} is the last: give one of {_PORTS - sites + 1} or less, listen_port too"
        )


@attrs.frozen(kw_only=True)
class Routed:
    """What the links of one mesh share.

    Attributes:
        component: the parent of all.
        name: its logical name.
        sites: the ends.
        links: the prefix of the links' own networks.
        interface: what interfaces' names begin with.
        routing: which protocol they speak.
        first_as: with BGP the number of the first site's system.
        before_7_20: with BGP the routers with an older RouterOS.
        follow_names: whether names of endpoints are looked up again.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether its promises are made.
    """

    component: pulumi.ComponentResource
    name: str
    sites: Sequence[SiteEnd]
    links: str
    interface: str
    routing: Literal["ospf", "bgp"]
    first_as: int
    before_7_20: Collection[str]
    follow_names: bool
    mss_clamp: bool
    promises: bool

    def tunnels(self) -> dict[str, Tunnel]:
        """The tunnels by both routers' names, `berlin-lisbon` being berlin's; then whatever speaks by them."""
        halves = list(self._halves())
        off = {end.name: self._off(end) for end in self.sites}
        made = {(half.end.name, half.other.name): self._interface(half, off[half.end.name]) for half in halves}
        tunnels = {f"{half.end.name}-{half.other.name}": self._tunnel(half, made) for half in halves}
        for end in self.sites:
            own = [half for half in halves if half.end is end]
            there = [tunnels[f"{half.end.name}-{half.other.name}"] for half in own]
            self._speaks(end, own, made, there, off[end.name])
        return tunnels

    def _halves(self) -> Iterator[_Half]:
        """Both parts of each link. Numbers go by the places of sites, so one that is added at the end moves nothing."""
        network = int(prefixes.network(self.links).network_address)
        for (i, a), (j, b) in itertools.combinations(enumerate(self.sites), 2):
            if ends.between(a, b) is None:
                base = network + (j * (j - 1) // 2 + i) * (1 << (32 - _LINK))
                one, other = (str(prefixes.address(_text(base + number))) for number in (1, 2))
                yield _Half(a, b, f"{one}/{_LINK}", other, a.port + j if a.port is not None else None)
                yield _Half(b, a, f"{other}/{_LINK}", one, b.port + i if b.port is not None else None)

    def _off(self, end: SiteEnd) -> list[Route]:
        """What stands behind that which a router hears: what is for another site or a link doesn't leave by the WAN."""
        make = Making(self.component, f"{self.name}-{end.name}", end.router)
        return [
            Route(
                make.named(f"off-{str(one).replace('/', '-')}"),
                make.below(),
                router=end.router,
                dst_address=str(one),
                blackhole=True,
                distance=LAST_RESORT,
                comment=f"{make.name}: while {self.routing.upper()} knows no way",
            )
            for one in (*self._behind(end), prefixes.network(self.links))
        ]

    def _interface(self, half: _Half, off: Sequence[Route]) -> WireGuardInterface:
        """It comes behind `off` and goes before it, since others' packets come by it before anybody speaks."""
        return WireGuardInterface(
            f"{self.name}-{half.end.name}-{half.other.name}-interface",
            pulumi.ResourceOptions(parent=self.component, depends_on=list(off)),
            router=half.end.router,
            name=f"{self.interface}-{half.other.name}",
            listen_port=half.port,
            comment=self.name,
        )

    def _tunnel(self, half: _Half, made: Mapping[tuple[str, str], WireGuardInterface]) -> Tunnel:
        end, other = half.end, half.other
        endpoint = None
        if other.endpoint is not None:
            host, port = prefixes.endpoint(other.endpoint)
            endpoint = f"{f'[{host}]' if ':' in host else host}:{port + self.sites.index(end)}"
        args = TunnelArgs(
            made[end.name, other.name],
            address=half.address,
            peers=[
                TunnelPeer(
                    "peer",
                    made[other.name, end.name].public_key,
                    [self.links, *self._groups(), *(str(one) for one in self._behind(end))],
                    endpoint=endpoint,
                )
            ],
            listen_port=half.port,
            routes=False,
            masquerade=False,
            wan=end.wan,
            follow_names=self.follow_names and may_be_name(endpoint),
            mss_clamp=self.mss_clamp,
            router=end.router,
        )
        tunnel = Tunnel(f"{self.name}-{end.name}-{other.name}", args, pulumi.ResourceOptions(parent=self.component))
        tunnel.called_at(end.endpoint)
        return tunnel

    def _groups(self) -> list[str]:
        """The groups that the protocol speaks to."""
        return [ospf.ROUTERS] if self.routing == "ospf" else []

    def _behind(self, end: SiteEnd) -> list[Network]:
        """The LANs of all other sites."""
        return [one for other in self.sites if other is not end for one in _lan(other).networks()]

    def _speaks(
        self,
        end: SiteEnd,
        halves: Sequence[_Half],
        made: Mapping[tuple[str, str], WireGuardInterface],
        tunnels: Sequence[Tunnel],
        off: Sequence[Route],
    ) -> None:
        """What one router tells the others, and what holds while it hears nothing."""
        make = Making(self.component, f"{self.name}-{end.name}", end.router)
        if halves:
            speaker = Speaker(
                make=make,
                mesh=self.name,
                place=self.sites.index(end),
                router_id=end.host,
                lan=_lan(end),
                neighbours=[
                    Neighbour(
                        name=half.other.name,
                        place=self.sites.index(half.other),
                        interface=made[end.name, half.other.name],
                        network=str(prefixes.interface(half.address).network),
                        address=half.far,
                        ready=tunnel.ready,
                    )
                    for half, tunnel in zip(halves, tunnels, strict=True)
                ],
                off=off,
            )
            if self.routing == "ospf":
                ospf.speak(speaker)
            else:
                bgp.speak(speaker, self.first_as, old=end.name in self.before_7_20)
        if self.promises:
            promises.lan_is_there(make.name, _lan(end), end.router)
            there = [str(one) for one in self._behind(end)]
            for one in _lan(end).networks():
                promised(str(one), _lan(end).interface, end.router).never_leaves_by(
                    end.wan, to=there, name=f"{make.name}: nothing for another site leaves by the WAN"
                )


def _lan(end: SiteEnd) -> Lan:
    """An end's LAN, for which `problems` has asked."""
    return cast("Lan", end.lan)


def _text(number: int) -> str:
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))
