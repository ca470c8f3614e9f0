"""One WireGuard tunnel with all that makes it work: interface, address, peers, routes, firewall, NAT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import pulumi

from wiretik.components import prefixes
from wiretik.components.making import DEFAULT_MTU, Making, clamp_mss, keep_off_fasttrack, main_first, then_table
from wiretik.components.openings import Opening, told
from wiretik.components.prefixes import DEFAULT, Network
from wiretik.components.refusal import Refusal
from wiretik.firewall import FilterRule, NatRule
from wiretik.interfaces import InterfaceRef, ListRef, Peer, WireGuardInterface
from wiretik.ip import IpAddress, Route
from wiretik.position import BEFORE_DROP, FIRST
from wiretik.router import Router
from wiretik.routing import RoutingTable

__all__ = ["Tunnel", "TunnelArgs", "TunnelPeer"]

KEEPALIVE = "25s"
"""What keeps a NAT's mapping open (routeros.md C.3)."""


@attrs.frozen
class TunnelPeer:
    """The other end of a tunnel, or one of them.

    Attributes:
        name: what the program calls it; its row's logical name ends with it.
        public_key: its public key.
        allowed_address: IPv4 prefixes that are behind it. They are routed into the tunnel, too. One that is an output
            always gets a route, and may not be everything.
        endpoint: `HOST:PORT` where it is called. None: it calls first.
        preshared_key: a key that both ends share besides.
        keepalive: how often an empty packet is sent, `"25s"` or seconds, 0 for never. None: every 25 seconds towards a
            peer with an endpoint.
        responder: only answer it, never call. None: so where it has no endpoint. RouterOS 7.17 and newer, say False for
            older ones.
        waits: whether its row is left to `Tunnel.admit`, since it may only come when other rows are there.
    """

    name: str
    public_key: pulumi.Input[str]
    allowed_address: Sequence[pulumi.Input[str]]
    endpoint: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    keepalive: str | int | None = attrs.field(default=None, kw_only=True)
    responder: bool | None = attrs.field(default=None, kw_only=True)
    waits: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen(kw_only=True)
class TunnelArgs:
    """What a `Tunnel` is; all but the first two has a default that can be turned off.

    Attributes:
        interface: the name of the WireGuard interface, which is made, or one that the program has already.
        address: the router's IPv4 address in the tunnel with its mask, `10.20.0.2/24`. An output only where `table` is
            not `main`, since the routes depend on it there.
        peers: the other ends.
        network: with a /32 address the far end's, which is then reachable.
        listen_port: where it is called; None where it only calls.
        private_key: the interface's own; the router makes one where it isn't given.
        mtu: the largest packet inside, 1420 where it isn't given.
        table: where the routes go. A name other than `main` makes the table; a `RoutingTable` is used as it is.
        gateway: where they lead, an address that the tunnel's own reaches; the interface where it isn't given.
        routes: whether what the peers allow is routed at all.
        default_for: incoming interfaces whose traffic takes the tunnel's table wherever main knows nothing better than
            its default route. Needs a table of its own.
        kill_switch: whether traffic of `default_for` stays in that table when the tunnel is off, rather than leave by
            main.
        forward: whether the forward chain accepts what goes into the tunnel and, with `inbound`, what comes out of it.
        inbound: whether connections may begin at the far end. False also keeps them out of the router itself: for a
            provider, or whom else one doesn't trust.
        masquerade: whether what goes into the tunnel gets the router's address there. False where the far end knows
            the way back to the LAN.
        open_port: whether the input chain accepts UDP at `listen_port`.
        wan: the interface list by which callers come.
        mss_clamp: whether TCP segments are made to fit.
        router: which router.
    """

    interface: str | WireGuardInterface = attrs.field(kw_only=False)
    address: pulumi.Input[str]
    peers: Sequence[TunnelPeer] = ()
    network: pulumi.Input[str] | None = None
    listen_port: int | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: pulumi.Input[int] | None = None
    table: str | RoutingTable = "main"
    gateway: pulumi.Input[str] | None = None
    routes: bool = True
    default_for: Sequence[InterfaceRef] = ()
    kill_switch: bool = True
    forward: bool = True
    inbound: bool = True
    masquerade: bool = True
    open_port: bool = True
    wan: ListRef = "WAN"
    mss_clamp: bool = True
    router: Router | str = ""

    @property
    def in_main(self) -> bool:
        """Whether its routes are in the main table."""
        return self.table == "main"

    @property
    def own_network(self) -> Network | None:
        """The network that its own address connects; None where that isn't known before a deployment."""
        if not isinstance(self.address, str) or not isinstance(self.network, str | None):
            return None
        return prefixes.connected(self.address, self.network)

    def allowed(self) -> dict[str, list[Network]]:
        """What each peer allows, as far as it is plain."""
        return {
            peer.name: [prefixes.network(text) for text in peer.allowed_address if isinstance(text, str)]
            for peer in self.peers
        }

    def destinations(self) -> list[Network]:
        """What is behind it, but for a default route: its own network and what its peers allow, the widest of each."""
        found = [self.own_network] if self.own_network else []
        found += [one for allowed in self.allowed().values() for one in allowed if one.prefixlen]
        widest = [one for one in found if not prefixes.within(one, [other for other in found if other != one])]
        return list(dict.fromkeys(widest))

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        found = [*_spelling(self)]
        return found or [*_peers(self), *_ways(self)]


def _spelling(args: TunnelArgs) -> list[str]:
    """What isn't an address, a prefix or an endpoint."""
    found = []
    tries: list[tuple[str, Any]] = [("address", lambda: args.own_network)]
    for peer in args.peers:
        tries += [
            (f"peer {peer.name!r}", lambda text=text: prefixes.network(text))
            for text in peer.allowed_address
            if isinstance(text, str)
        ]
        if isinstance(peer.endpoint, str):
            tries.append((f"peer {peer.name!r}", lambda text=peer.endpoint: prefixes.endpoint(text)))
        if not peer.allowed_address:
            found.append(f"peer {peer.name!r} allows nothing: give the prefixes behind it as allowed_address")
    for what, attempt in tries:
        try:
            attempt()
        except ValueError as wrong:
            found.append(f"{what}: {wrong}")
    return found


def _peers(args: TunnelArgs) -> list[str]:
    """What peers say against each other and against the interface."""
    names = [peer.name for peer in args.peers]
    found = [f"two peers are called {name!r}: rename one" for name in dict.fromkeys(names) if names.count(name) > 1]
    for prefix, one, other in prefixes.shared(args.allowed()):
        if prefix == DEFAULT:
            found.append(
                f"peers {one!r} and {other!r} both allow {prefix}, and of one interface only one can hold it: give the "
                "second a tunnel of its own"
            )
        else:
            found.append(
                f"peers {one!r} and {other!r} both allow {prefix}, and a packet goes to one of them: leave it to one, "
                "or divide it"
            )
    if args.listen_port is None and isinstance(args.interface, str):
        found += [
            f"peer {peer.name!r} has no endpoint, so it must call, but nobody knows the port: give the tunnel a "
            "listen_port, or the peer an endpoint"
            for peer in args.peers
            if peer.endpoint is None
        ]
    if not isinstance(args.interface, str):
        found += [
            f"{name} belongs to the WireGuardInterface that was given: say it there"
            for name in ("private_key", "mtu")
            if getattr(args, name) is not None
        ]
    return found


def _ways(args: TunnelArgs) -> list[str]:
    """What routes would lead astray."""
    if not args.in_main:
        return []
    found = []
    if args.default_for:
        found.append("default_for needs a table of its own, or the tunnel's own packets follow: say table='vpn'")
    if args.own_network is None:
        found.append("its address must be plain text: the routes in main depend on it")
        return found
    own = args.own_network
    everything = [own, *prefixes.routed([one for some in args.allowed().values() for one in some], own)]
    for peer in args.peers:
        host = prefixes.endpoint(peer.endpoint)[0] if isinstance(peer.endpoint, str) else ""
        if around := [one for one in everything if prefixes.holds(one, host)]:
            found.append(
                f"the endpoint {host} of peer {peer.name!r} lies in {around[0]}, which leads into this tunnel, so the "
                "tunnel's own packets would go into it: allow less, or give the tunnel a table of its own"
            )
    return found


class Tunnel(pulumi.ComponentResource):
    """A WireGuard tunnel that works when it is up: what its peers allow is routed into it and let through.

    RouterOS makes no routes of what peers allow, so the tunnel does: in `main` for what the tunnel's own address
    doesn't reach already, and never a default route, which would send the tunnel's own packets into the tunnel; that
    belongs into a `table`, whom `default_for` sends there. `docs/components.md` lists every row and how to do without.

    Example:
        ```python
        office = wt.TunnelPeer("office", OFFICE_KEY, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
        wt.Tunnel("mesh", wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[office]))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: what it is.
        opts: as everywhere.

    Attributes:
        interface: the interface, made or given.
        table: the table of its routes.
        destinations: what is behind it, but for a default route: what an always-on VPN must leave alone.
        rules: its firewall and NAT rules.
        routes: its routes.
        peers: its peers.
        told: whether a peer allows something that is an output, which `destinations` then doesn't have.
        others_must: what firewalls that somebody else owns have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """What the other ends need to know."""
    listen_port: pulumi.Output[int]
    """Where they call."""

    def __init__(self, name: str, args: TunnelArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"Tunnel {name!r}", args.problems())
        super().__init__("wiretik:index:Tunnel", name, None, opts)
        make = Making(self, name, args.router)
        self.destinations = tuple(str(one) for one in args.destinations())
        self.told = any(_told(peer) for peer in args.peers)
        self.others_must = told(*_openings(args))
        self.interface = self._interface(make, args)
        self.public_key, self.listen_port = self.interface.public_key, self.interface.listen_port
        self.table = args.table
        if isinstance(self.table, str) and not args.in_main:
            self.table = RoutingTable(
                make.named("table"), make.below(), router=args.router, name=self.table, fib=True, comment=name
            )
        address = IpAddress(
            make.named("address"),
            make.below(),
            router=args.router,
            address=args.address,
            network=args.network,
            interface=self.interface,
            comment=name,
        )
        self.rules = tuple(self._rules(make, args, address))
        # What nobody else has is routed first, or what a peer sends there would leave by the WAN until it is; what the
        # WAN has stays there until the peer can take it.
        early, late = _by_turns(args)
        self.routes = tuple(self._routes(make, args, early, [address]))
        self.routes += tuple(self._told_routes(make, args, [address]))
        # Nobody comes in before it is said who may.
        before = [*self.rules, *self.routes]
        self.peers = tuple(self._peer(make, args, peer, before) for peer in args.peers if not peer.waits)
        self.routes += tuple(self._routes(make, args, late, [address, *self.peers]))
        self._waiting = [peer for peer in args.peers if peer.waits]
        self._made = make, args
        for number, incoming in enumerate(args.default_for, 1):
            part = "default" if len(args.default_for) == 1 else f"default-{number}"
            known = main_first(make, f"{part}-main", self.ready, interface=incoming)
            then_table(make, part, known, self.table, self.ready, only=args.kill_switch, interface=incoming)
        self._note(args)
        self.register_outputs(
            {
                "interface": self.interface.name,
                "public_key": self.public_key,
                "listen_port": self.listen_port,
                "destinations": list(self.destinations),
                "others_must": self.others_must,
            }
        )

    @property
    def ready(self) -> tuple[pulumi.Resource, ...]:
        """What must be there before traffic is sent into it: rules, routes and peers."""
        return (*self.rules, *self.routes, *self.peers)

    def admit(self, after: Sequence[pulumi.Resource]) -> None:
        """Makes the rows of the peers that wait.

        Args:
            after: what must be there first, besides what every peer of the tunnel comes after.
        """
        make, args = self._made
        before = [*self.ready, *after]
        self.peers += tuple(self._peer(make, args, peer, before) for peer in self._waiting)
        self._waiting = []

    def _interface(self, make: Making, args: TunnelArgs) -> WireGuardInterface:
        if isinstance(args.interface, WireGuardInterface):
            return args.interface
        return WireGuardInterface(
            make.named("interface"),
            make.below(),
            router=args.router,
            name=args.interface,
            listen_port=args.listen_port,
            private_key=args.private_key,
            mtu=args.mtu,
            comment=make.name,
        )

    def _peer(self, make: Making, args: TunnelArgs, peer: TunnelPeer, after: Sequence[pulumi.Resource]) -> Peer:
        calls = peer.endpoint is not None
        host, port = _halves(peer.endpoint)
        return Peer(
            make.named(peer.name),
            make.below(*after),
            router=args.router,
            name=make.named(peer.name),
            interface=self.interface,
            public_key=peer.public_key,
            allowed_address=[*map(str, dict.fromkeys(args.allowed()[peer.name])), *_told(peer)],
            endpoint_address=host,
            endpoint_port=port,
            preshared_key=peer.preshared_key,
            persistent_keepalive=peer.keepalive if peer.keepalive is not None else KEEPALIVE if calls else None,
            responder=(not calls if peer.responder is None else peer.responder) or None,
            comment=peer.name,
        )

    def _routes(
        self, make: Making, args: TunnelArgs, wanted: Sequence[Network], after: Sequence[pulumi.Resource]
    ) -> list[Route]:
        parts = {"default" if one == DEFAULT else str(one).replace("/", "-"): str(one) for one in wanted}
        return [self._route(make, args, part, prefix, after) for part, prefix in parts.items()]

    def _told_routes(self, make: Making, args: TunnelArgs, after: Sequence[pulumi.Resource]) -> list[Route]:
        """Those of prefixes that are outputs, one for each, called by their peer and their place."""
        outputs = [(peer.name, _told(peer)) for peer in args.peers if args.routes]
        return [
            self._route(make, args, f"{name}-{number}", prefix, after)
            for name, some in outputs
            for number, prefix in enumerate(some, 1)
        ]

    def _route(
        self, make: Making, args: TunnelArgs, part: str, prefix: pulumi.Input[str], after: Sequence[pulumi.Resource]
    ) -> Route:
        return Route(
            make.named(f"route-{part}"),
            make.below(*after),
            router=args.router,
            dst_address=prefix,
            gateway=args.gateway if args.gateway is not None else self.interface,
            routing_table=self.table,
            comment=make.name,
        )

    def _rules(self, make: Making, args: TunnelArgs, address: IpAddress) -> list[pulumi.Resource]:
        made: list[pulumi.Resource] = []
        if args.listen_port is not None and args.open_port:
            made.append(
                FilterRule(
                    make.named("port"),
                    make.below(),
                    router=args.router,
                    chain="input",
                    in_interface_list=args.wan,
                    protocol="udp",
                    dst_port=args.listen_port,
                    action="accept",
                    position=BEFORE_DROP,
                    comment=f"{make.name}: WireGuard",
                )
            )
        if not args.inbound:
            made += self._blocks(make, args)
        if args.forward:
            made += self._accepts(make, args)
        if not args.in_main:
            made += keep_off_fasttrack(make, self.interface)
        if args.masquerade:
            made.append(
                NatRule(
                    make.named("masquerade"),
                    make.below(address),  # without one it would take another interface's
                    router=args.router,
                    chain="srcnat",
                    out_interface=self.interface,
                    action="masquerade",
                    comment=make.name,
                )
            )
        if args.mss_clamp:
            made += clamp_mss(make, self.interface, DEFAULT_MTU if args.mtu is None else args.mtu)
        return made

    def _blocks(self, make: Making, args: TunnelArgs) -> list[FilterRule]:
        """Nothing that begins at the far end; a port that the router forwards is asked for."""
        common: dict[str, Any] = {
            "router": args.router,
            "in_interface": self.interface,
            "connection_state": "new",
            "action": "drop",
            "position": FIRST,
        }
        return [
            FilterRule(
                make.named("block-forward"),
                make.below(),
                chain="forward",
                connection_nat_state="!dstnat",
                comment=f"{make.name}: nothing unsolicited",
                **common,
            ),
            FilterRule(
                make.named("block-input"),
                make.below(),
                chain="input",
                comment=f"{make.name}: nothing unsolicited to the router",
                **common,
            ),
        ]

    def _accepts(self, make: Making, args: TunnelArgs) -> list[FilterRule]:
        """What goes in, and what comes out: all of it, or the answers, which FastTrack's exception lets in already."""
        common: dict[str, Any] = {
            "router": args.router,
            "chain": "forward",
            "action": "accept",
            "position": BEFORE_DROP,
        }
        made = [
            FilterRule(
                make.named("accept-out"),
                make.below(),
                out_interface=self.interface,
                comment=f"{make.name}: outbound",
                **common,
            )
        ]
        if args.inbound or args.in_main:
            made.append(
                FilterRule(
                    make.named("accept-in"),
                    make.below(),
                    in_interface=self.interface,
                    connection_state=None if args.inbound else "established,related",
                    comment=f"{make.name}: {'inbound' if args.inbound else 'answers'}",
                    **common,
                )
            )
        return made

    def _note(self, args: TunnelArgs) -> None:
        for one in prefixes.overlaps(args.allowed()):
            if one.large != DEFAULT:  # what holds everything holds the rest, as everybody expects
                pulumi.log.info(f"{one.small} goes to peer {one.inner}, the rest of {one.large} to {one.outer}", self)


def _by_turns(args: TunnelArgs) -> tuple[list[Network], list[Network]]:
    """The prefixes that are routed, those first that only a tunnel can have."""
    if not args.routes:
        return [], []
    allowed = [one for some in args.allowed().values() for one in some]
    wanted = prefixes.routed(allowed, args.own_network if args.in_main else None)
    early = [one for one in wanted if args.in_main and one.is_private]
    return early, [one for one in wanted if one not in early]


def _openings(args: TunnelArgs) -> Iterator[Opening]:
    at = (args.router.name if isinstance(args.router, Router) else args.router) or "the router"
    if args.listen_port is not None:
        yield Opening(at=at, incoming=True, host="its address", port=args.listen_port)
    for peer in args.peers:
        if isinstance(peer.endpoint, str):
            host, port = prefixes.endpoint(peer.endpoint)
            yield Opening(at=at, incoming=False, host=host, port=port)


def _told(peer: TunnelPeer) -> list[pulumi.Output[str]]:
    """The prefixes that are outputs, checked when they are known."""
    return [pulumi.Output.all(text).apply(_prefix) for text in peer.allowed_address if not isinstance(text, str)]


def _prefix(known: Sequence[str]) -> str:
    found = prefixes.network(known[0])
    if not found.prefixlen:
        raise ValueError("an output must not be 0.0.0.0/0: which rows that takes must be known before it is")
    return str(found)


def _halves(endpoint: pulumi.Input[str] | None) -> tuple[Any, Any]:
    """Host and port, also of an endpoint that isn't known yet."""
    if endpoint is None:
        return None, None
    if isinstance(endpoint, str):
        return prefixes.endpoint(endpoint)
    told: pulumi.Output[tuple[str, int]] = pulumi.Output.all(endpoint).apply(lambda all_: prefixes.endpoint(all_[0]))
    return told.apply(lambda both: both[0]), told.apply(lambda both: both[1])
