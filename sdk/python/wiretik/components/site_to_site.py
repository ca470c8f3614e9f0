"""Routers, and the LANs behind them as one network: two of them, or any number."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs
import pulumi

from wiretik._text import printable
from wiretik.components import ends, promises
from wiretik.components.ddns.endpoints import may_be_name, nobody_moves
from wiretik.components.ends import End, FarEnd, SiteEnd
from wiretik.components.routed import bgp, mesh
from wiretik.components.shared import openings, prefixes
from wiretik.components.shared.prefixes import Network
from wiretik.components.shared.refusal import Refusal
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.resources.base.lists import lists
from wiretik.resources.base.missing import Named, by_name
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.firewall import NatRule
from wiretik.resources.interfaces import WireGuardInterface

__all__ = ["SiteMesh", "SiteMeshArgs", "SiteToSite", "SiteToSiteArgs"]


@attrs.frozen(kw_only=True)
class SiteToSiteArgs:
    """The arguments of a `SiteToSite`.

    Attributes:
        a: one end, on a router of this stack.
        b: the other: on another router of this stack, or a `FarEnd` that another stack has. None: not there yet, so
            that `facts` can be exported first.
        interface: the name of the WireGuard interface, on both.
        preshared_key: a key that both ends share besides.
        follow_names: whether names of endpoints are looked up again while their ends are silent, as of a `Tunnel`.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether each end's LAN is looked for on its router before a change.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    a: SiteEnd
    b: End | None
    interface: str = "wg-site"
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    follow_names: bool = False
    mss_clamp: bool = True
    promises: bool = True
    adopt: bool = False

    @property
    def ends(self) -> list[End]:
        """Those that are there."""
        return [self.a, self.b] if self.b else [self.a]

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        found = [*_problems(self.ends), *nobody_moves(self.follow_names, [end.endpoint for end in self.ends])]
        return found or [skipped.reason for skipped in _skipped(self.ends)]


@attrs.frozen(kw_only=True, field_transformer=lists)
class SiteMeshArgs:
    """The arguments of a `SiteMesh`.

    Attributes:
        sites: its ends, each on a router of its own.
        interface: the name of the WireGuard interface, on all of them; with OSPF and BGP what all links' begin with.
        routing: `"static"`, each site routes the others' LANs to them; or `"ospf"` or `"bgp"`, they tell each other of
            them, so that a LAN whose link has died is reached by a third site. Then each link has an interface of its
            own at each end, which listens at the endpoint's port plus the other's place among `sites` (0, 1 …).
        links: with OSPF or BGP the prefix of the links' own networks, a /30 for each pair, such as `10.254.0.0/24`.
        first_as: with BGP the number of the first site's autonomous system; the second has the next one.
        before_7_20: with BGP the names of routers whose RouterOS is older, and has no `/routing/bgp/instance`.
        follow_names: whether names of endpoints are looked up again while their ends are silent, as of a `Tunnel`.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether each end's LAN is looked for on its router before a change.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    sites: Sequence[End]
    interface: str = "wg-site"
    routing: Literal["static", "ospf", "bgp"] = "static"
    links: str = ""
    first_as: int = 64512
    before_7_20: Sequence[str] = ()
    follow_names: bool = False
    mss_clamp: bool = True
    promises: bool = True
    adopt: bool = False

    def problems(self) -> list[str]:
        """All that can't work, each with its cure; ends that can't call each other are skipped instead."""
        if len(self.sites) < 2:
            return ["one site is no mesh: give two or more"]
        if self.routing == "static" and self.links:
            return ["links are for routing='ospf' or 'bgp': leave them out, or say that"]
        routed = [*self._routed()] if self.routing != "static" else []
        return [*_problems(self.sites), *routed, *nobody_moves(self.follow_names, [end.endpoint for end in self.sites])]

    def _routed(self) -> Iterator[str]:
        """What can't work where routes are exchanged."""
        yield from mesh.problems(self.sites, self.links, self.interface, self.routing)
        if self.routing == "bgp":
            yield from bgp.problems([end.name for end in self.sites], self.first_as, self.before_7_20)


def _problems(sites: Sequence[End]) -> Iterator[str]:
    alone = [problem for end in sites for problem in end.problems()]
    yield from alone
    if alone:
        return
    taken = [one for end in sites for one in _networks(end)]
    for a, b in itertools.combinations(sites, 2):
        if a.name == b.name:
            yield f"both ends are on {a.name or 'the router without a name'}: name two routers of wiretik:routers"
        yield from _addresses(a, b)
        if ends.between(a, b) is None:
            yield from ends.conflicts(a, b, taken)


def _networks(end: End) -> list[Network]:
    """All of IPv4 that an end uses, as far as it is plain."""
    plain = [prefixes.prefix(text) for text in end.outward if isinstance(text, str)]
    if isinstance(end, SiteEnd):
        plain += [*end.behind, prefixes.connected(end.address)]
    return [one for one in plain if isinstance(one, Network)]


def _addresses(a: End, b: End) -> Iterator[str]:
    for one, other, example in (
        (a.address, b.address, "10.255.0.1/30 and 10.255.0.2/30"),
        (a.address6, b.address6, "fd00:255::1/64 and fd00:255::2/64"),
    ):
        if not isinstance(one, str) or not isinstance(other, str):
            continue
        mine, theirs = prefixes.interface(one), prefixes.interface(other)
        apart = isinstance(b, SiteEnd) and isinstance(a, SiteEnd) and mine.network != theirs.network
        if apart or mine.ip == theirs.ip:
            yield f"{one} and {other} aren't two addresses of one network: give {example}"
    if isinstance(a, SiteEnd) and isinstance(b, SiteEnd) and bool(a.address6) != bool(b.address6):
        has, lacks = (a, b) if a.address6 else (b, a)
        yield f"{has.name} has an IPv6 address in the tunnel and {lacks.name} has none: give both address6=, or neither"


def _skipped(sites: Sequence[End]) -> list[ends.Skipped]:
    return [found for a, b in itertools.combinations(sites, 2) if (found := ends.between(a, b))]


@attrs.frozen
class _Link:
    """What the ends of one component share.

    Attributes:
        component: the parent of all.
        name: its logical name.
        sites: the ends.
        interface: what the WireGuard interface is called everywhere.
        preshared_key: a key besides.
        follow_names: whether names of endpoints are looked up again.
        mss_clamp: whether TCP segments are made to fit.
        promises: whether each end's LAN is looked for.
    """

    component: pulumi.ComponentResource
    name: str
    sites: Sequence[End]
    interface: str
    preshared_key: pulumi.Input[str] | None
    follow_names: bool
    mss_clamp: bool
    promises: bool

    @property
    def below(self) -> pulumi.ResourceOptions:
        """The component is the parent."""
        return pulumi.ResourceOptions(parent=self.component)

    def make(self) -> dict[str, Tunnel]:
        """The tunnels by their router's name.

        All interfaces first: each end's peers need the others' keys, and no interface needs a peer.
        """
        near = [end for end in self.sites if isinstance(end, SiteEnd)]
        made = {
            end.name: WireGuardInterface(
                f"{self.name}-{end.name}-interface",
                self.below,
                router=end.router,
                name=self.interface,
                listen_port=end.port,
                comment=self.name,
            )
            for end in near
        }
        for end in near if self.promises else ():
            if end.lan is None:
                continue
            promises.lan_is_there(f"{self.name}-{end.name}".removesuffix("-"), end.lan, end.router)
        return {end.name: self._tunnel(end, made) for end in near}

    def _tunnel(self, end: SiteEnd, made: Mapping[str, WireGuardInterface]) -> Tunnel:
        name = f"{self.name}-{end.name}"
        peers = [self._peer(other, made) for other in self.sites if self._meets(end, other)]
        tunnel = TunnelArgs(
            made[end.name],
            address=end.address,
            address6=end.address6,
            peers=peers,
            listen_port=end.port,
            masquerade=False,
            wan=end.wan,
            follow_names=self.follow_names and any(may_be_name(peer.endpoint) for peer in peers),
            mss_clamp=self.mss_clamp,
            router=end.router,
        )
        if end.seen_as:
            self._netmap(name, end, made[end.name], end.seen_as)
        own = Tunnel(name, tunnel, self.below)
        own.called_at(end.endpoint)
        return own

    def _meets(self, end: End, other: End) -> bool:
        return other is not end and ends.between(end, other) is None

    def _peer(self, other: End, made: Mapping[str, WireGuardInterface]) -> TunnelPeer:
        key = other.public_key if isinstance(other, FarEnd) else made[other.name].public_key
        return TunnelPeer(
            other.name,
            key,
            [*other.hosts, *other.outward],
            allowed_address6=other.outputs6 if isinstance(other, FarEnd) else (),
            endpoint=other.endpoint,
            preshared_key=self.preshared_key,
        )

    def _netmap(self, name: str, end: SiteEnd, interface: WireGuardInterface, seen_as: str) -> None:
        """The LAN one to one as another prefix, in both directions."""
        own = next(str(one) for one in end.behind if one.version == 4)
        common: dict[str, Any] = {"router": end.router, "action": "netmap", "comment": f"{name}: {own} as {seen_as}"}
        NatRule(
            f"{name}-seen-as-in",
            self.below,
            chain="dstnat",
            in_interface=interface,
            dst_address=seen_as,
            to_addresses=own,
            **common,
        )
        NatRule(
            f"{name}-seen-as-out",
            self.below,
            chain="srcnat",
            out_interface=interface,
            src_address=own,
            to_addresses=seen_as,
            **common,
        )

    def openings(self) -> list[dict[str, str]]:
        """What others' firewalls must let through."""
        pairs = [(a, b) for a, b in itertools.combinations(self.sites, 2) if self._meets(a, b)]
        return openings.as_output(*(one for a, b in pairs for one in ends.openings_of(a, b)))


class SiteToSite(pulumi.ComponentResource):
    """A tunnel between two routers: each knows the other's key, and routes the other's LAN.

    An end with an endpoint listens; one without calls, and keeps its NAT open. Nothing is masqueraded, since both ends
    know the way back. Both routers may belong to this stack, or the other one's facts come from another stack: then
    each stack exports `facts`, first without `b`, and reads the other's.

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
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        a: the tunnel of one end.
        b: that of the other; None where another stack has it.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    facts: pulumi.Output[dict[str, Any]]
    """What another stack's `FarEnd.of` must know of end `a`."""

    @takes_over
    def __init__(self, name: str, args: SiteToSiteArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"SiteToSite {name!r}", args.problems())
        super().__init__("wiretik:index:SiteToSite", name, None, opts)
        link = _Link(
            self,
            name,
            args.ends,
            args.interface,
            args.preshared_key,
            args.follow_names,
            args.mss_clamp,
            args.promises,
        )
        made = link.make()
        self.a = made[args.a.name]
        self.b = made.get(args.b.name) if isinstance(args.b, SiteEnd) else None
        self.others_must = link.openings()
        facts = {
            "public_key": self.a.public_key,
            "address": args.a.address,
            "lan": args.a.told[4],
            "address6": args.a.address6 or "",
            "lan6": args.a.told[6],
            "endpoint": args.a.endpoint or "",
        }
        self.facts = by_name(pulumi.Output.all(**facts), facts, f"SiteToSite {name!r}: facts")
        keys = {router: tunnel.public_key for router, tunnel in made.items()}
        self.register_outputs({"public_keys": keys, "facts": self.facts, "others_must": self.others_must})


class SiteMesh(pulumi.ComponentResource):
    """Any number of routers, each with a tunnel to all that it can call or that can call it.

    Ends that can't meet, since neither can be called, are left out and told in `skipped`, with the reason.

    Example:
        ```python
        mesh = wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=[berlin, lisbon, porto]))
        pulumi.export("skipped", mesh.skipped)
        pulumi.export("others-must", mesh.others_must)
        ```

    Args:
        name: the logical name, with which those of all its rows begin; the router's follows.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        tunnels: the tunnels by their router's name; with OSPF or BGP by both routers', `berlin-lisbon` being berlin's.
        links: the prefix of the links' own networks, with OSPF.
        skipped: pairs that can't call each other, with the reason.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    @takes_over
    def __init__(self, name: str, args: SiteMeshArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"SiteMesh {name!r}", args.problems())
        super().__init__("wiretik:index:SiteMesh", name, None, opts)
        link = _Link(self, name, args.sites, args.interface, None, args.follow_names, args.mss_clamp, args.promises)
        made = link.make() if args.routing == "static" else _routed(self, name, args, args.routing).tunnels()
        self.tunnels = Named(made, f"SiteMesh {name!r}: tunnels")
        self.links = args.links
        self.skipped = [attrs.asdict(one) for one in _skipped(args.sites)]
        for one in self.skipped:
            pulumi.log.warn(printable(f"{one['a']} and {one['b']} are left out: {one['reason']}"), self)
        self.others_must = link.openings() if args.routing == "static" else _openings(self.tunnels.values())
        keys = {router: tunnel.public_key for router, tunnel in self.tunnels.items()}
        self.register_outputs({"public_keys": keys, "skipped": self.skipped, "others_must": self.others_must})


def _routed(component: SiteMesh, name: str, args: SiteMeshArgs, routing: Literal["ospf", "bgp"]) -> mesh.Routed:
    """The same sites, whose routes are exchanged."""
    return mesh.Routed(
        component=component,
        name=name,
        sites=[end for end in args.sites if isinstance(end, SiteEnd)],
        links=args.links,
        interface=args.interface,
        routing=routing,
        first_as=args.first_as,
        before_7_20=args.before_7_20,
        follow_names=args.follow_names,
        mss_clamp=args.mss_clamp,
        promises=args.promises,
    )


def _openings(tunnels: Iterable[Tunnel]) -> list[dict[str, str]]:
    """What others' firewalls must let through, of links that are tunnels of their own."""
    return [one for tunnel in tunnels for one in tunnel.others_must]
