"""The arguments of a tunnel, and combinations that can't work, before anything is registered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import pulumi

from wiretik.components.ddns.endpoints import nobody_moves
from wiretik.components.shared import forwards, prefixes
from wiretik.components.shared.forwards import Forward
from wiretik.components.shared.making import LAST_RESORT
from wiretik.components.shared.openings import Opening
from wiretik.components.shared.prefixes import DEFAULT, DEFAULT6, Prefix
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import InterfaceRef, ListRef, WireGuardInterface
from wiretik.resources.routing import RoutingTable

__all__ = ["KEEPALIVE", "TunnelArgs", "TunnelPeer"]

KEEPALIVE = "25s"
"""The interval that keeps a NAT's mapping open (docs/facts/wireguard.md#endpoints-and-keepalive)."""


@attrs.frozen(field_transformer=lists)
class TunnelPeer:
    """The other end of a tunnel, or one of them.

    Attributes:
        name: its name in the program; its row's logical name ends with it.
        public_key: its public key.
        allowed_address: prefixes that are behind it, of IPv4 and IPv6. They are routed into the tunnel, too. One that
            is an output always gets a route, is of IPv4, and may not be everything.
        allowed_address6: prefixes of IPv6 behind it that are outputs, likewise.
        endpoint: `HOST:PORT` where it is called. None: it calls first.
        preshared_key: a key that both ends share besides.
        keepalive: how often an empty packet is sent, `"25s"` or seconds, 0 for never. None: every 25 seconds towards a
            peer with an endpoint.
        responder: only answer it, never call. None: so where it has no endpoint.
        waits: whether its row is left to `Tunnel.admit`, since it may only come when other rows are there.
    """

    name: str
    public_key: pulumi.Input[str]
    allowed_address: Sequence[pulumi.Input[str]]
    allowed_address6: Sequence[pulumi.Input[str]] = attrs.field(default=(), kw_only=True)
    endpoint: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, kw_only=True, repr=False)
    keepalive: str | int | None = attrs.field(default=None, kw_only=True)
    responder: bool | None = attrs.field(default=None, kw_only=True)
    waits: bool = attrs.field(default=False, kw_only=True)

    @property
    def plain(self) -> list[str]:
        """Its prefixes of both kinds that aren't outputs."""
        return [text for text in (*self.allowed_address, *self.allowed_address6) if isinstance(text, str)]

    @property
    def outputs(self) -> dict[str, tuple[int, pulumi.Output[str]]]:
        """Those that are, by their place, with the version of IP."""
        found = {4: self.allowed_address, 6: self.allowed_address6}
        return {
            f"{'v6-' * (version == 6)}{number}": (version, pulumi.Output.from_input(text))
            for version, texts in found.items()
            for number, text in enumerate([text for text in texts if not isinstance(text, str)], 1)
        }


@attrs.frozen(kw_only=True, field_transformer=lists)
class TunnelArgs:
    """The arguments of a `Tunnel`; all but the first two have a default that can be turned off.

    Attributes:
        interface: the name of the WireGuard interface, which is made, or one that the program has already.
        address: the router's IPv4 address in the tunnel with its mask, `10.20.0.2/24`. An output only where `table` is
            not `main`, since the routes depend on it there.
        peers: the other ends.
        address6: the router's IPv6 address in the tunnel with its mask, `fd00:20::2/64`. With it, or a peer that allows
            IPv6, all that the tunnel has for IPv4 is there for IPv6, too.
        network: with a /32 address the far end's, which is then reachable.
        listen_port: where it is called; None where it only calls.
        private_key: the interface's own; the router makes one where it isn't given.
        mtu: the largest packet inside, 1420 where it isn't given.
        table: where the routes go. A name other than `main` makes the table; a `RoutingTable` is used as it is.
        gateway: where IPv4's lead, an address that the tunnel's own reaches; the interface where it isn't given.
        routes: whether the peers' prefixes are routed at all.
        distance: of its routes. Of two tunnels to one prefix the one with the higher distance is the backup, 1 where it
            isn't given.
        share: whether another tunnel to one of its prefixes may have the same distance and say so, too. A hash of the
            addresses then chooses between them for each pair of hosts (ECMP); otherwise that is refused.
        check_gateway: an address behind it that answers pings as long as the tunnel is alive, or True for `gateway`;
            while it is silent IPv4's routes are left out. A tunnel's own interface runs whether anybody is there or
            not, so without this no other route takes their place.
        check_gateway6: likewise for IPv6, an address.
        after: what must be there before anything is routed into it: with `check_gateway`, whatever takes its place.
        default_for: incoming interfaces whose traffic takes the tunnel's table wherever main knows nothing better than
            its default route. Needs a table of its own.
        kill_switch: whether traffic of `default_for` stays in that table when the tunnel is off, rather than leave by
            main.
        block_ipv6: with `kill_switch`, whether IPv6 of `default_for` goes nowhere where no peer allows `::/0`. False
            leaves it to main, past the tunnel.
        forward: whether the forward chain accepts packets into the tunnel and, with `inbound`, those out of it.
        inbound: whether connections may begin at the far end. False also keeps them out of the router itself: for a
            provider, or whom else one doesn't trust.
        masquerade: whether packets into the tunnel get the router's address there. False where the far end knows
            the way back to the LAN.
        open_port: whether the input chain accepts UDP at `listen_port`.
        wan: the interface list by which callers come.
        uplink: the line by which its own packets leave, where the router has several: of the site's `wans` the
            interface's name; else a table of `Uplinks`. Its packets are known by `listen_port`. While that line is off
            they leave by none.
        follow_names: whether the name of a peer that has been silent for three minutes is looked up again, and RouterOS
            calls it anew where that is another address: for names of DDNS. RouterOS isn't known to do so by itself.
        mss_clamp: whether TCP segments are made to fit.
        forwards: ports that the far end sends into the tunnel for hosts behind the router. Whoever asks is answered by
            the tunnel, where a peer allows everybody.
        promises: whether it is checked before each change, as with `Expect`, that nothing of `default_for` goes past
            the tunnel.
        router: the router that it is on; may be left out where the stack has only one.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    interface: str | WireGuardInterface = attrs.field(kw_only=False)
    address: pulumi.Input[str]
    peers: Sequence[TunnelPeer] = ()
    address6: pulumi.Input[str] | None = None
    network: pulumi.Input[str] | None = None
    listen_port: int | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: pulumi.Input[int] | None = None
    table: str | RoutingTable = "main"
    gateway: pulumi.Input[str] | None = None
    routes: bool = True
    distance: int | None = None
    share: bool = False
    check_gateway: pulumi.Input[str] | bool = False
    check_gateway6: pulumi.Input[str] | None = None
    after: Sequence[pulumi.Resource] = ()
    default_for: Sequence[InterfaceRef] = ()
    kill_switch: bool = True
    block_ipv6: bool = True
    forward: bool = True
    inbound: bool = True
    masquerade: bool = True
    open_port: bool = True
    wan: ListRef = "WAN"
    uplink: str | RoutingTable | None = None
    follow_names: bool = False
    mss_clamp: bool = True
    forwards: Sequence[Forward] = ()
    promises: bool = True
    router: Router | str = ""
    adopt: bool = False

    @property
    def in_main(self) -> bool:
        """Whether its routes are in the main table."""
        return self.table == "main"

    @property
    def own_network(self) -> prefixes.Network | None:
        """The network that its own address connects; None where that isn't known before a deployment."""
        if not isinstance(self.address, str) or not isinstance(self.network, str | None):
            return None
        return prefixes.connected(self.address, self.network)

    @property
    def own(self) -> list[Prefix]:
        """The networks that its own addresses connect, as far as they are plain."""
        found: list[Prefix] = [self.own_network] if self.own_network else []
        return found + ([prefixes.connected6(self.address6)] if isinstance(self.address6, str) else [])

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions of IP that it carries."""
        inside = {one.version for some in self.allowed().values() for one in some}
        inside |= {6 for peer in self.peers if peer.allowed_address6}
        return (4, 6) if self.address6 is not None or 6 in inside else (4,)

    def routed(self) -> tuple[list[Prefix], list[Prefix]]:
        """The prefixes that are routed, those first that only a tunnel can have."""
        if not self.routes:
            return [], []
        allowed = [one for some in self.allowed().values() for one in some]
        wanted = prefixes.routed(allowed, self.own if self.in_main else None)
        early = dict.fromkeys(one for one in wanted if self.in_main and one.is_private)
        return [*early], [one for one in wanted if one not in early]

    @property
    def strangers(self) -> tuple[int, ...]:
        """The versions of IP of which everybody may be behind a peer."""
        inside = {one for some in self.allowed().values() for one in some}
        return tuple(one.version for one in (DEFAULT, DEFAULT6) if one in inside)

    def openings(self) -> Iterator[Opening]:
        """What firewalls in front of the router must let through, as far as it is plain."""
        at = (self.router.name if isinstance(self.router, Router) else self.router) or "the router"
        if self.listen_port is not None:
            yield Opening(at=at, incoming=True, host="its address", port=self.listen_port)
        for peer in self.peers:
            if isinstance(peer.endpoint, str):
                host, port = prefixes.endpoint(peer.endpoint)
                yield Opening(at=at, incoming=False, host=host, port=port)

    def allowed(self) -> dict[str, list[Prefix]]:
        """What each peer allows, as far as it is plain."""
        return {peer.name: [prefixes.prefix(text) for text in peer.plain] for peer in self.peers}

    def held(self, allowed: Sequence[Prefix]) -> list[Prefix]:
        """What of a peer's prefixes isn't the tunnel's own: what packets are sent to it for."""
        return [one for one in dict.fromkeys(allowed) if not prefixes.within(one, self.own)]

    def destinations(self) -> list[Prefix]:
        """What is behind it, but for a default route: its own networks and what its peers allow, the widest of each."""
        allowed = [one for some in self.allowed().values() for one in some]
        return _widest([*self.own, *(one for one in allowed if one.prefixlen)])

    def reached(self) -> list[Prefix]:
        """What of that some peer allows: of a network that clients have single hosts of, those hosts."""
        allowed = [one for some in self.allowed().values() for one in some]
        around = prefixes.surrounding(allowed)
        there = [one for one in [*self.own, *allowed] if one.prefixlen and around(one)]
        return _widest(there)

    def far(self) -> dict[str, str]:
        """The other routers' IPv4 addresses in it, by the names of those peers of which one is allowed alone."""
        found: dict[str, str] = {}
        for name, allowed in self.allowed().items():
            hosts = (one for one in allowed if one.prefixlen == one.max_prefixlen and one.version == 4)
            if own := next((one for one in hosts if prefixes.within(one, self.own)), None):
                found[name] = str(own.network_address)
        return found

    def problems(self) -> list[str]:
        """All that can't work, each with its cure."""
        found = [*_spelling(self)]
        if self.uplink is not None and self.listen_port is None:
            found.append("uplink: the tunnel's packets are known by their port: give listen_port, such as 13231")
        found += nobody_moves(self.follow_names, [peer.endpoint for peer in self.peers])
        return found or [*_peers(self), *_ways(self), *forwards.problems(self.forwards, self.versions)]


def _widest(found: Sequence[Prefix]) -> list[Prefix]:
    """Prefixes without those that lie within another."""
    around = prefixes.surrounding(found)
    return [one for one in dict.fromkeys(found) if around(one) == [one]]


def _spelling(args: TunnelArgs) -> list[str]:
    """What isn't an address, a prefix or an endpoint."""
    found = []
    tries: list[tuple[str, Any]] = [("address", lambda: args.own_network)]
    if isinstance(args.address6, str):
        tries.append(("address6", lambda text=args.address6: prefixes.connected6(text)))
    for peer in args.peers:
        tries += [(f"peer {peer.name!r}", lambda text=text: prefixes.prefix(text)) for text in peer.plain]
        if isinstance(peer.endpoint, str):
            tries.append((f"peer {peer.name!r}", lambda text=peer.endpoint: prefixes.endpoint(text)))
        if not (peer.allowed_address or peer.allowed_address6):
            found.append(f"peer {peer.name!r} allows nothing: give the prefixes behind it as allowed_address")
    for what, attempt in tries:
        try:
            attempt()
        except ValueError as wrong:
            found.append(f"{what}: {wrong}")
    return found


def _peers(args: TunnelArgs) -> list[str]:
    """What peers say against each other and against the interface."""
    names = Counter(peer.name for peer in args.peers)
    found = [f"two peers are called {name!r}: rename one" for name, times in names.items() if times > 1]
    for prefix, one, other in prefixes.shared(args.allowed()):
        if prefix in (DEFAULT, DEFAULT6):
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


def _gateway(args: TunnelArgs) -> Iterator[str]:
    own = args.own_network
    if isinstance(args.gateway, str) and own and not prefixes.holds(own, args.gateway):
        yield (
            f"the gateway {args.gateway} lies outside {own}, which is all that {args.address} reaches: without gateway="
            " the routes lead to the interface, which is right for WireGuard, too"
        )


def _checks(args: TunnelArgs) -> Iterator[str]:
    """What can't tell whether the far end is alive."""
    if args.check_gateway is True and args.gateway is None:
        yield "check_gateway=True asks the gateway, and there is none: give gateway=, or check_gateway=ADDRESS"
    if args.distance is not None and not 1 <= args.distance < LAST_RESORT:
        yield f"distance: {args.distance} isn't one of 1 to {LAST_RESORT - 1}; {LAST_RESORT} is the blackhole's"
    hosts = {prefixes.endpoint(peer.endpoint)[0] for peer in args.peers if isinstance(peer.endpoint, str)}
    for name, text in (("check_gateway", args.check_gateway), ("check_gateway6", args.check_gateway6)):
        if not isinstance(text, str):
            continue
        version = 4 if name == "check_gateway" else 6
        if prefixes.version_or_none(text) != version or prefixes.address_or_none(text) is None:
            yield f"{name}: {text!r} is no address of IPv{version}: give one behind the tunnel that answers pings"
        elif text in hosts:
            yield f"{name}: {text} is the endpoint itself, which must stay outside the tunnel: give one behind it"
        elif not any(prefixes.holds(one, text) for some in args.allowed().values() for one in some):
            yield f"{name}: no peer allows {text}, so it is never reached: give one that is behind the tunnel"


def _exit(args: TunnelArgs) -> Iterator[str]:
    """Who is sent into the tunnel with all his traffic needs a peer and a route for it."""
    if args.default_for and not args.strangers:
        yield "default_for sends everything in, but no peer takes it: have one allow 0.0.0.0/0, or ::/0"
    elif args.default_for and not args.routes:
        yield "default_for sends everything into a table that has no route: leave out routes=False"


def _ways(args: TunnelArgs) -> list[str]:
    """What routes would lead astray."""
    found = [*_gateway(args), *_checks(args)]
    if not args.in_main:
        return [*found, *_exit(args)]
    if args.default_for:
        found.append("default_for needs a table of its own, or the tunnel's own packets follow: say table='vpn'")
    if args.own_network is None:
        found.append("its address must be plain text: the routes in main depend on it")
        return found
    early, late = args.routed()
    around = prefixes.surrounding([*args.own, *early, *late])
    for peer in args.peers:
        host = prefixes.endpoint(peer.endpoint)[0] if isinstance(peer.endpoint, str) else ""
        if prefixes.address_or_none(host) and (leading := around(prefixes.prefix(host))):
            found.append(
                f"the endpoint {host} of peer {peer.name!r} lies in {leading[0]}, which leads into this tunnel, so the "
                "tunnel's own packets would go into it: allow less, or give the tunnel a table of its own"
            )
    return found
