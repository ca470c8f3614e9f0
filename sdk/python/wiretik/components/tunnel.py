"""One WireGuard tunnel with all that makes it work: interface, address, peers, routes, firewall, NAT."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from wiretik._text import printable
from wiretik.components.ddns import endpoints
from wiretik.components.shared import alive, forwards, prefixes
from wiretik.components.shared.gathering import Gathering
from wiretik.components.shared.leading import Leading
from wiretik.components.shared.making import (
    DEFAULT_MTU,
    EVERYBODY,
    FILTER,
    NAT,
    Making,
    answer_by,
    clamp_mss,
    keep_off_fasttrack,
    let_call,
    only_into,
    suffix,
)
from wiretik.components.shared.openings import as_output
from wiretik.components.shared.prefixes import DEFAULT, DEFAULT6, Prefix
from wiretik.components.shared.promising import promised
from wiretik.components.shared.refusal import Refusal, later
from wiretik.components.tunnel_args import KEEPALIVE, TunnelArgs, TunnelPeer
from wiretik.components.uplinks.binding import bound, carried, unbound
from wiretik.resources.allowed_address import AllowedAddress
from wiretik.resources.base.missing import Numbered
from wiretik.resources.base.position import BEFORE_DROP, FIRST
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.interfaces import Peer, WireGuardInterface
from wiretik.resources.ip import IpAddress, Route
from wiretik.resources.ipv6 import Ipv6Address, Ipv6Route
from wiretik.resources.matchers import Not
from wiretik.resources.routing import RoutingTable

__all__ = ["KEEPALIVE", "Tunnel", "TunnelArgs", "TunnelPeer"]


class Tunnel(pulumi.ComponentResource):
    """A WireGuard tunnel that works when it is up: prefixes that its peers allow are routed into it and let through.

    RouterOS makes no routes of allowed prefixes, so the tunnel does: in `main` for those that the tunnel's own address
    doesn't reach already, and never a default route, which would send the tunnel's own packets into the tunnel. That
    belongs in a `table`; `default_for` says whose traffic goes there. `docs/components.md` lists every row and how to
    do without.

    Example:
        ```python
        office = wt.TunnelPeer("office", OFFICE_KEY, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
        wt.Tunnel("mesh", wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[office]))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        args: its arguments.
        interface: the interface, made or given.
        table: the table of its routes.
        destinations: the prefixes behind it, but for a default route; an always-on VPN must leave them alone.
        addresses: the router's own addresses in it.
        rules: its firewall and NAT rules.
        routes: its routes.
        peers: its peers.
        held: the prefixes that its peers allow and its own address doesn't reach, each until its route is gone.
        told: whether a peer allows something that is an output, which `destinations` then doesn't have.
        others_must: the traffic that firewalls of others have to let through, with the rules for it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """What the other ends need to know."""
    listen_port: pulumi.Output[int]
    """Where they call."""

    @takes_over
    def __init__(self, name: str, args: TunnelArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"Tunnel {name!r}", args.problems() or [*unbound(args)])
        super().__init__("wiretik:index:Tunnel", name, None, opts)
        make = Making(self, name, args.router)
        self.destinations = tuple(str(one) for one in args.destinations())
        self.has_outputs = any(peer.outputs for peer in args.peers)
        self.others_must = as_output(*args.openings())
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
        addresses: list[pulumi.Resource] = [address]
        if args.address6 is not None:
            addresses.append(
                Ipv6Address(
                    make.named("address6"),
                    make.below(),
                    router=args.router,
                    address=args.address6,
                    interface=self.interface,
                    advertise=False,  # nobody in a tunnel makes himself an address
                    comment=name,
                )
            )
        self.addresses = tuple(addresses)
        self.rules = tuple(rule for version in args.versions for rule in self._rules(make, args, addresses, version))
        self.rules += tuple(bound(make, args))
        self.args, self._made = args, (make, args, addresses)
        self._has_six = False
        self.called_at(*(peer.endpoint for peer in args.peers))
        self._led = {version: self._asked(make, args, addresses, version) for version in (4, 6)}
        # What nobody else has is routed first, or what a peer sends there would leave by the WAN until it is; what the
        # WAN has stays there until the peer can take it.
        early, self._late = args.routed()
        self._later_known = {peer.name: _outputs(peer) for peer in args.peers}
        told = self._later_known if args.routes else {}
        routing = Gathering(len(early) + sum(map(len, told.values())))
        self._early = dict(zip(early, self._routes(make, args, early, addresses, routing), strict=True))
        self._late_routes = self._output_routes(make, args, told, addresses, routing)
        self.routes = (*self._early.values(), *(route for some in self._late_routes.values() for route in some))
        self.peers: tuple[Peer, ...] = ()
        self.held: tuple[AllowedAddress, ...] = ()
        self._prepared: list[pulumi.Resource] = [*addresses, *self.rules, *routing.all]
        self._admitted: list[pulumi.Resource] = []
        self._admit([peer for peer in args.peers if not peer.waits])
        self._waiting = [peer for peer in args.peers if peer.waits]
        if args.default_for:
            leading = Leading(
                table=self.table,
                only=args.kill_switch,
                versions=args.strangers,
                block6=args.block_ipv6,
                tunnel=self.interface,
                wan=args.wan,
            )
            leading.rows(make, args.default_for, self.ready)
            if args.promises:
                leading.promises(make, args.default_for)
        if args.share:
            promised(EVERYBODY[4], self.interface, args.router)._shares(name)
        if args.forwards:
            self._forwards(make, args)
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

    def _forwards(self, make: Making, args: TunnelArgs) -> None:
        """Ports for hosts behind the router; answers to strangers take a table that leads into the tunnel alone."""
        answers: list[pulumi.Resource] = []
        asked = {one.version for one in args.forwards}
        versions = [version for version in args.strangers if version in asked]
        table = self.table if isinstance(self.table, RoutingTable) else None
        if versions and table is None:
            table = RoutingTable(
                make.named("answers"), make.below(), router=args.router, name=f"{make.name}-answers", fib=True
            )
            for version in versions:
                answers += keep_off_fasttrack(make, self.interface, version)
                answers += only_into(make, "answers-route", table, self.interface, version)
        after = [*self.ready, *answers]
        if table is not None:
            for version in versions:
                answers += answer_by(make, self.interface, table, after, mark=make.name, version=version)
        forwards.let_in(
            make, args.forwards, self.interface, [*self.ready, *answers], accept=args.forward and not args.inbound
        )
        forwards.short_cuts(make, args.forwards)

    @property
    def ready(self) -> tuple[pulumi.Resource, ...]:
        """What must be there before traffic is sent into it: rules, routes, peers and what those may carry."""
        return (*self.rules, *self.routes, *self.peers, *self.held)

    def called_at(self, *called: pulumi.Input[str] | None) -> None:
        """Lets calls by IPv6 in where it carries IPv4 alone.

        Args:
            called: where its ends call each other; an address of IPv6 among them is what it is about.
        """
        make, args, _ = self._made
        port = args.listen_port if args.open_port and 6 not in args.versions else None
        if port is not None and not self._has_six and 6 in map(endpoints.version_of, called):
            self._has_six = True
            self.rules = Numbered((*self.rules, let_call(make, port, args.wan, 6)))

    def admit(self, after: Sequence[pulumi.Resource]) -> None:
        """Makes the rows of the peers that wait.

        Args:
            after: what must be there first, besides what every peer of the tunnel comes after.
        """
        self._admit(self._waiting, after)
        self._waiting = []

    def _admit(self, peers: Sequence[TunnelPeer], after: Sequence[pulumi.Resource] = ()) -> None:
        """Makes the rows of some peers, and the routes that may only be there when they are."""
        make, args, addresses = self._made
        before = [*self._prepared, *self._admitted, *after]  # nobody comes in before it is said who may
        everything = args.allowed()
        holding = {peer.name: self._held(peer, args, everything[peer.name]) for peer in peers}
        allow = {one for peer in peers for one in everything[peer.name]}
        late = [one for one in self._late if one in allow]
        followed = late or any(peer.waits for peer in args.peers)
        admitting = Gathering(len(peers) + sum(map(len, holding.values())) if followed else 0)
        rows: list[Peer] = []
        held: list[AllowedAddress] = []
        for peer in peers:
            allowed, theirs = everything[peer.name], holding[peer.name]
            # What is routed before its peer is there is routed until the peer may no longer send from it.
            routes = [*(self._early[one] for one in allowed if one in self._early)]
            routes += self._late_routes.get(peer.name, ())
            every: list[pulumi.Input[str]] = [str(one) for one in dict.fromkeys(allowed)]
            every += [text for _, text in self._later_known[peer.name].values()]
            made = self._peer(peer, every, [*theirs.values()], [*before, *routes, *admitting.others])
            rows.append(admitting.add(made))
            held += [
                admitting.add(
                    AllowedAddress(
                        make.named(f"{peer.name}-{part}"),
                        make.below(*routes, *admitting.others),
                        peer=made,
                        address=text,
                    )
                )
                for part, text in theirs.items()
            ]
        if args.follow_names:
            pairs = zip(peers, rows, strict=True)
            called = [endpoints.Called(one.name, one.public_key, one.endpoint, row) for one, row in pairs]
            endpoints.followed(make, self.interface, args.address, called)
        self.peers, self.held = Numbered((*self.peers, *rows)), Numbered((*self.held, *held))
        routing = Gathering(len(late))
        self._admitted += admitting.all
        self.routes = Numbered((*self.routes, *self._routes(make, args, late, [*addresses, *self._admitted], routing)))
        self.rules = Numbered(self.rules)
        self._prepared += routing.all

    def _held(self, peer: TunnelPeer, args: TunnelArgs, allowed: Sequence[Prefix]) -> dict[str, pulumi.Input[str]]:
        """The prefixes of a peer that are held until their routes are gone, by their part of a logical name."""
        held: dict[str, pulumi.Input[str]] = {_part(one): str(one) for one in args.held(allowed)}
        return held | {part: text for part, (_, text) in self._later_known[peer.name].items()}

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

    def _peer(
        self,
        peer: TunnelPeer,
        allowed: Sequence[pulumi.Input[str]],
        held: Sequence[pulumi.Input[str]],
        after: Sequence[pulumi.Resource],
    ) -> Peer:
        make, args, _ = self._made
        calls = peer.endpoint is not None
        called = carried(args, peer.endpoint)
        host, port = (None, None) if called is None else endpoints.halves(called)
        return Peer(
            make.named(peer.name),
            make.below(*after),
            router=args.router,
            name=make.named(peer.name),
            interface=self.interface,
            public_key=peer.public_key,
            allowed_address=[*allowed],
            held=held or None,
            endpoint_address=host,
            endpoint_port=port,
            preshared_key=peer.preshared_key,
            persistent_keepalive=peer.keepalive if peer.keepalive is not None else KEEPALIVE if calls else None,
            responder=(not calls if peer.responder is None else peer.responder) or None,
            comment=peer.name,
        )

    def _routes(
        self,
        make: Making,
        args: TunnelArgs,
        wanted: Sequence[Prefix],
        after: Sequence[pulumi.Resource],
        among: Gathering,
    ) -> list[Route | Ipv6Route]:
        return [
            among.add(self._route(make, args, _part(one), str(one), *after, *among.others, version=one.version))
            for one in wanted
        ]

    def _output_routes(
        self,
        make: Making,
        args: TunnelArgs,
        told: Mapping[str, Mapping[str, tuple[int, pulumi.Output[str]]]],
        after: Sequence[pulumi.Resource],
        among: Gathering,
    ) -> dict[str, list[Route | Ipv6Route]]:
        """Those of prefixes that are outputs, by their peer; one for each, called by the peer and its place."""
        return {
            name: [
                among.add(self._route(make, args, f"{name}-{part}", prefix, *after, *among.others, version=version))
                for part, (version, prefix) in of_peer.items()
            ]
            for name, of_peer in told.items()
        }

    def _route(
        self,
        make: Making,
        args: TunnelArgs,
        part: str,
        prefix: pulumi.Input[str],
        *after: pulumi.Resource,
        version: int = 4,
    ) -> Route | Ipv6Route:
        kind = Route if version == 4 else Ipv6Route
        leads, asked = self._led[version]
        return kind(
            make.named(f"route-{part}"),
            make.below(*after, *asked, *args.after),
            router=args.router,
            dst_address=prefix,
            routing_table=self.table,
            distance=args.distance,
            comment=make.name,
            **leads,
        )

    def _asked(
        self, make: Making, args: TunnelArgs, addresses: Sequence[pulumi.Resource], version: int
    ) -> tuple[dict[str, Any], list[pulumi.Resource]]:
        """Where routes lead, and the route of whom they ask whether the far end is alive."""
        gateway = args.gateway if version == 4 else None
        host = args.check_gateway if version == 4 else args.check_gateway6
        if host is True:
            host = gateway
        if not host or not args.routes:
            return {"gateway": self.interface if gateway is None else gateway}, []
        near = isinstance(host, str) and any(prefixes.holds(one, host) for one in args.own)
        return alive.by_host(make, host, self.interface, addresses, gateway=host if near else gateway, version=version)

    def _rules(
        self, make: Making, args: TunnelArgs, addresses: Sequence[pulumi.Resource], version: int
    ) -> list[pulumi.Resource]:
        made: list[pulumi.Resource] = []
        if args.listen_port is not None and args.open_port:
            made.append(let_call(make, args.listen_port, args.wan, version))
        if not args.inbound:
            made += self._blocks(make, args, version)
        if args.forward:
            made += self._accepts(make, args, version)
        if not args.in_main:
            made += keep_off_fasttrack(make, self.interface, version)
        if args.masquerade:
            made.append(
                NAT[version](
                    make.named("masquerade" + suffix(version)),
                    make.below(*addresses),  # without one it would take another interface's
                    router=args.router,
                    chain="srcnat",
                    out_interface=self.interface,
                    action="masquerade",
                    comment=make.name,
                )
            )
        if args.mss_clamp:
            made += clamp_mss(make, self.interface, DEFAULT_MTU if args.mtu is None else args.mtu, version)
        return made

    def _blocks(self, make: Making, args: TunnelArgs, version: int) -> list[pulumi.Resource]:
        """Nothing that begins at the far end; a port that the router forwards is asked for."""
        common: dict[str, Any] = {
            "router": args.router,
            "in_interface": self.interface,
            "connection_state": "new",
            "action": "drop",
            "position": FIRST,
        }
        return [
            FILTER[version](
                make.named("block-forward" + suffix(version)),
                make.below(),
                chain="forward",
                connection_nat_state="!dstnat",
                comment=f"{make.name}: nothing unsolicited",
                **common,
            ),
            FILTER[version](
                make.named("block-input" + suffix(version)),
                make.below(),
                chain="input",
                comment=f"{make.name}: nothing unsolicited to the router",
                **common,
            ),
        ]

    def _accepts(self, make: Making, args: TunnelArgs, version: int) -> list[pulumi.Resource]:
        """What goes in, and what comes out: all of it, or the answers, which FastTrack's exception lets in already."""
        common: dict[str, Any] = {
            "router": args.router,
            "chain": "forward",
            "action": "accept",
            "position": BEFORE_DROP,
        }
        made: list[pulumi.Resource] = [
            FILTER[version](
                make.named("accept-out" + suffix(version)),
                make.below(),
                out_interface=self.interface,
                in_interface_list=Not(args.wan),  # it stands above the drop that keeps strangers out
                comment=f"{make.name}: outbound",
                **common,
            )
        ]
        if args.inbound or args.in_main:
            made.append(
                FILTER[version](
                    make.named("accept-in" + suffix(version)),
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
            if one.large.prefixlen:  # what holds everything holds the rest, as everybody expects
                split = f"{one.small} goes to peer {one.inner}, the rest of {one.large} to {one.outer}"
                pulumi.log.info(printable(split), self)


def _part(prefix: Prefix) -> str:
    """What a prefix is called in a logical name, where colons part names from types."""
    if prefix in (DEFAULT, DEFAULT6):
        return "default" + suffix(prefix.version)
    return str(prefix).replace("/", "-").replace(":", "-")


def _outputs(peer: TunnelPeer) -> dict[str, tuple[int, pulumi.Output[str]]]:
    """The prefixes that are outputs, by their place, with the version of IP; they are checked when they are known."""
    read = {
        version: later(f"peer {peer.name!r}: allowed_address{suffix(version)}", functools.partial(_prefix, version))
        for version in (4, 6)
    }
    return {
        part: (version, pulumi.Output.all(text).apply(read[version])) for part, (version, text) in peer.outputs.items()
    }


def _prefix(version: int, known: Sequence[str | None]) -> str:
    found = prefixes.network(known[0] or "") if version == 4 else prefixes.prefix(known[0] or "")
    if found.version != version:
        raise ValueError(f"{found} is IPv4, and allowed_address6 has prefixes of IPv6: give it as allowed_address")
    if not found.prefixlen:
        raise ValueError(f"an output must not be {found}: which rows that takes must be known before it is")
    return str(found)
