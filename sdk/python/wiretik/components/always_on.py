"""Everything leaves by a VPN provider, but for what is listed; and nothing leaves in the clear while the VPN is off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik.address_list import AddressList, Entry
from wiretik.components import conf as conf_file
from wiretik.components import prefixes
from wiretik.components.lan import Lan
from wiretik.components.making import DEFAULT_MTU, Making
from wiretik.components.refusal import Refusal
from wiretik.components.tunnel import Tunnel, TunnelArgs, TunnelPeer
from wiretik.firewall import MangleRule, NatRule
from wiretik.interfaces import InterfaceRef, ListRef
from wiretik.ip import Route
from wiretik.router import Router
from wiretik.routing import RoutingRule, RoutingTable

__all__ = ["AlwaysOnVpn", "AlwaysOnVpnArgs"]

_LAST_RESORT: Final = 250
"""Distance of the kill switch: any real route to the same prefix goes before it."""

_EVERYTHING: Final = "0.0.0.0/0"


@attrs.frozen(kw_only=True)
class AlwaysOnVpnArgs:
    """What an `AlwaysOnVpn` is.

    The account is either the provider's file, `conf`, or `address`, `public_key`, `endpoint` and what else it takes.

    Attributes:
        interface: the name of the WireGuard interface.
        lan: whose traffic takes the VPN, and what stays reachable. Required where no `Site` gives it.
        conf: the text of the provider's .conf file. Of it only PrivateKey and PresharedKey stay secret.
        address: the account's IPv4 address with its mask.
        public_key: the provider's.
        endpoint: the provider's `HOST:PORT`.
        private_key: the account's; the router makes one where it isn't given.
        preshared_key: a key that both ends share besides.
        mtu: the largest packet inside; the file's, or 1420, where it isn't given.
        gateway: the provider's internal gateway. With a /32 address it becomes the far end. Without it the default
            route leads to the interface, which is right for WireGuard too.
        others: tunnels, or prefixes, that the VPN must leave alone.
        keep: more prefixes, ranges or DNS names that don't go by the VPN.
        interfaces: incoming interfaces whose traffic takes the VPN, in place of the LAN's.
        interface_lists: interface lists, likewise.
        clients: only these addresses or prefixes of them; all where it is empty.
        dns: where clients' questions to the router go, through the VPN: True for the file's resolver or, without a
            file, the gateway; an address; False to leave them to the router, which asks by the WAN.
        ipv6: False says that the LAN has no IPv6, which goes around the VPN; where it isn't said there is a warning.
        kill_switch: whether traffic that belongs into the VPN is dropped while it is off, rather than leave by the WAN.
        table: the name of the routing table, and of its mark.
        no_vpn: the name of the address list of what stays off the VPN.
        mss_clamp: whether TCP segments are made to fit.
        router: which router.
    """

    interface: str = attrs.field(default="wg0", kw_only=False)
    lan: Lan | None = None
    conf: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    address: str | None = None
    public_key: pulumi.Input[str] | None = None
    endpoint: pulumi.Input[str] | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: int | None = None
    gateway: str | None = None
    others: Sequence[Tunnel | str] = ()
    keep: Sequence[str] = ()
    interfaces: Sequence[InterfaceRef] = ()
    interface_lists: Sequence[ListRef] = ()
    clients: Sequence[str] = ()
    dns: bool | str = True
    ipv6: bool | None = None
    kill_switch: bool = True
    table: str = "vpn"
    no_vpn: str = "noVPN"
    mss_clamp: bool = True
    router: Router | str = ""

    def problems(self) -> Iterator[str]:
        """All that can't work, each with its cure."""
        if self.lan is None:
            yield "no LAN: without it in the list of what stays off the VPN nobody in it reaches the router, give lan="
        else:
            try:
                self.lan.networks()
            except ValueError as wrong:
                yield f"lan: {wrong}"
        if self.ipv6:
            yield "ipv6=True isn't there yet: only IPv4 can be steered; say ipv6=False where the LAN has no IPv6"
        if any(isinstance(other, Tunnel) and other.told for other in self.others):
            yield "others: a tunnel has prefixes that are outputs, and the list needs plain text: write them as text"
        if self.table == "main":
            yield "table='main' would send the tunnel's own packets into the tunnel: give it another name"
        yield from self._account_problems() if self.conf is None else self._conf_problems(self.conf)

    def _conf_problems(self, conf: pulumi.Input[str]) -> Iterator[str]:
        for name in ("address", "public_key", "endpoint", "private_key", "preshared_key"):
            if getattr(self, name) is not None:
                yield f"{name} is in the file already: leave out one of them"
        if isinstance(conf, str):
            try:
                _read(conf, self)
            except ValueError as wrong:
                yield from str(wrong).splitlines()

    def _account_problems(self) -> Iterator[str]:
        lacking = [name for name in ("address", "public_key", "endpoint") if getattr(self, name) is None]
        if lacking:
            yield f"without conf it takes {', '.join(lacking)}, too"
        if self.dns is True and self.gateway is None:
            yield "dns: whom shall clients ask? Give the provider's resolver as dns=ADDRESS, or dns=False"
        if self.address is not None:
            try:
                if self.gateway:
                    _reach(self.address, self.gateway)
            except ValueError as wrong:
                yield str(wrong)


def _reach(address: str, gateway: str) -> str | None:
    """The `network` with which an address reaches its gateway: of a /32 the gateway itself.

    Raises:
        ValueError: the gateway lies outside.
    """
    own = prefixes.connected(address)
    if own.prefixlen == own.max_prefixlen:
        return gateway
    if not prefixes.holds(own, gateway):
        raise ValueError(
            f"the gateway {gateway} lies outside {own}, which is all that {address} reaches: a /32 address reaches any "
            "gateway, and without gateway= the route leads to the interface"
        )
    return None


def _read(text: str, args: AlwaysOnVpnArgs) -> conf_file.Conf:
    """A file, checked against what the program says.

    Raises:
        ValueError: it is no such file, or the program expects another.
    """
    try:
        found = conf_file.parse(text)
    except ValueError as wrong:
        raise Refusal("\n".join(f"conf: {line}" for line in str(wrong).splitlines())) from None
    if args.dns is True and not found.dns:
        raise Refusal("conf: the file has no DNS: give the provider's resolver as dns=ADDRESS, or dns=False")
    if args.gateway:
        _reach(found.address, args.gateway)
    return found


@attrs.frozen
class _Account:
    """The account, as far as it is known."""

    address: pulumi.Input[str]
    network: Any
    mtu: pulumi.Input[int] | None
    public_key: pulumi.Input[str]
    endpoint: pulumi.Input[str]
    private_key: pulumi.Input[str] | None
    preshared_key: pulumi.Input[str] | None
    dns: pulumi.Input[str] | None


def _account(args: AlwaysOnVpnArgs) -> _Account:
    """The account from the arguments, or from the file: what isn't a key is no secret there."""
    asked = args.dns if isinstance(args.dns, str) else None
    gateway = args.gateway
    if args.conf is None:
        address = args.address or ""
        return _Account(
            address,
            _reach(address, gateway) if gateway else None,
            args.mtu,
            args.public_key or "",
            args.endpoint or "",
            args.private_key,
            args.preshared_key,
            asked or (gateway if args.dns else None),
        )
    whole: pulumi.Output[conf_file.Conf] = pulumi.Output.all(args.conf).apply(lambda texts: _read(texts[0], args))
    public = pulumi.Output.unsecret(whole)
    return _Account(
        public.apply(lambda found: found.address),
        public.apply(lambda found: _reach(found.address, gateway)) if gateway else None,
        args.mtu or public.apply(lambda found: found.mtu or DEFAULT_MTU),
        public.apply(lambda found: found.public_key),
        public.apply(lambda found: found.endpoint),
        pulumi.Output.secret(whole.apply(lambda found: found.private_key)),
        pulumi.Output.secret(whole.apply(lambda found: found.preshared_key or "none")),
        asked or (public.apply(lambda found: found.dns[0]) if args.dns else None),
    )


class AlwaysOnVpn(pulumi.ComponentResource):
    """All that comes from the LAN leaves by a VPN provider, but for the LAN, other tunnels, and what else is listed.

    A mangle rule marks it for a routing table of its own, so that `main`, and with it the tunnel's own packets, stays
    on the WAN. Nothing is marked before the table has where to send it, and while the VPN is off a blackhole keeps it
    from leaving in the clear. `docs/components.md` lists every row and how to do without.

    Example:
        ```python
        wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs(
            "wg0",
            lan=wt.Lan("bridge", "192.168.88.0/24"),
            conf=pulumi.Config().require_secret("vpn-conf"),
            others=[mesh],
        ))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: what it is.
        opts: as everywhere.

    Attributes:
        tunnel: the tunnel to the provider.
        table: the routing table.
        no_vpn: the list of what stays off the VPN.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """The account's public key, which the provider must know."""

    def __init__(self, name: str, args: AlwaysOnVpnArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"AlwaysOnVpn {name!r}", args.problems())
        super().__init__("wiretik:index:AlwaysOnVpn", name, None, opts)
        if args.ipv6 is None:
            pulumi.log.warn(
                f"{name}: IPv6 isn't steered yet and goes around the VPN; ipv6=False says that the LAN has none", self
            )
        make = Making(self, name, args.router)
        account = _account(args)
        self.table = RoutingTable(
            make.named("table"), make.below(), router=args.router, name=args.table, fib=True, comment=name
        )
        self.tunnel = self._tunnel(make, args, account)
        self.public_key = self.tunnel.public_key
        others = [row for other in args.others if isinstance(other, Tunnel) for row in other.ready]
        self.no_vpn = AddressList(
            make.named("no-vpn"),
            make.below(*others),  # what is listed leaves the VPN at once, and the WAN must not get it
            router=args.router,
            list=args.no_vpn,
            entries=_entries(args),
        )
        ready = [self.no_vpn, *self.tunnel.ready, *self._ways(make, args)]
        sources = list(_sources(make, args))
        for part, matcher in sources:
            self._mark(make, args, f"mark{part}", ready, "LAN to the VPN", **self._unlisted(args), **matcher)
        if account.dns is not None:
            self._dns(make, args, account.dns, sources, ready)
        self.register_outputs({"interface": args.interface, "public_key": self.public_key, "table": self.table.name})

    def _tunnel(self, make: Making, args: AlwaysOnVpnArgs, account: _Account) -> Tunnel:
        provider = TunnelPeer(
            "provider",
            account.public_key,
            [_EVERYTHING],
            endpoint=account.endpoint,
            preshared_key=account.preshared_key,
        )
        tunnel = TunnelArgs(
            args.interface,
            address=account.address,
            network=account.network,
            peers=[provider],
            private_key=account.private_key,
            mtu=account.mtu,
            table=self.table,
            gateway=args.gateway,
            inbound=False,
            mss_clamp=args.mss_clamp,
            router=args.router,
        )
        return Tunnel(make.name, tunnel, make.below())

    def _ways(self, make: Making, args: AlwaysOnVpnArgs) -> list[pulumi.Resource]:
        """Where marked traffic goes: into the table, and without a way there nowhere."""
        rule = RoutingRule(
            make.named("only"),
            make.below(),
            router=args.router,
            action="lookup-only-in-table" if args.kill_switch else "lookup",
            table=self.table,
            routing_mark=self.table,
            comment=make.name,
        )
        if not args.kill_switch:
            return [rule]
        blackhole = Route(
            make.named("kill-switch"),
            make.below(),
            router=args.router,
            dst_address=_EVERYTHING,
            blackhole=True,
            distance=_LAST_RESORT,
            routing_table=self.table,
            comment=f"{make.name}: kill switch",
        )
        return [rule, blackhole]

    def _mark(
        self,
        make: Making,
        args: AlwaysOnVpnArgs,
        part: str,
        ready: Sequence[pulumi.Resource],
        comment: str,
        **matcher: Any,  # noqa: ANN401  (properties of MangleRule)
    ) -> None:
        MangleRule(
            make.named(part),
            make.below(*ready),  # nothing is marked before it has where to go
            router=args.router,
            chain="prerouting",
            action="mark-routing",
            new_routing_mark=self.table,
            passthrough=False,
            comment=f"{make.name}: {comment}",
            **matcher,
        )

    def _unlisted(self, args: AlwaysOnVpnArgs) -> dict[str, Any]:
        """What belongs into the VPN: nothing listed, nothing to the router itself, no answers of forwarded ports."""
        return {
            "dst_address_list": f"!{args.no_vpn}",
            "dst_address_type": "!local",  # a mark is looked up before the router's own addresses are (routeros.md D.1)
            "connection_nat_state": "!dstnat",
        }

    def _dns(
        self,
        make: Making,
        args: AlwaysOnVpnArgs,
        resolver: pulumi.Input[str],
        sources: Sequence[tuple[str, dict[str, Any]]],
        ready: Sequence[pulumi.Resource],
    ) -> None:
        """What clients ask the router goes to the provider's resolver, marked like the rest."""
        for protocol in ("udp", "tcp"):
            for part, matcher in sources:
                asked = {"protocol": protocol, "dst_port": 53, "dst_address_type": "local", **matcher}
                turned = NatRule(
                    make.named(f"dns-{protocol}{part}"),
                    make.below(*ready),
                    router=args.router,
                    chain="dstnat",
                    action="dst-nat",
                    routing_mark=self.table,  # so both begin with the mark, and neither goes without the other
                    to_addresses=resolver,
                    comment=f"{make.name}: DNS by the VPN",
                    **asked,
                )
                self._mark(make, args, f"mark-dns-{protocol}{part}", [*ready, turned], "DNS by the VPN", **asked)


def _sources(make: Making, args: AlwaysOnVpnArgs) -> Iterator[tuple[str, dict[str, Any]]]:
    """Whose traffic: a suffix for names, and the matchers."""
    who: dict[str, Any] = {}
    if args.clients:
        who["src_address_list"] = AddressList(
            make.named("clients"),
            make.below(),
            router=args.router,
            list=f"{args.table}-clients",
            entries=list(args.clients),
        )
    interfaces = args.interfaces
    if not interfaces and not args.interface_lists and args.lan:
        interfaces = [args.lan.interface]
    ways: list[dict[str, Any]] = [{"in_interface": one} for one in interfaces]
    ways += [{"in_interface_list": one} for one in args.interface_lists]
    for number, way in enumerate(ways, 1):
        yield f"-{number}" if number > 1 else "", {**way, **who}


def _entries(args: AlwaysOnVpnArgs) -> list[pulumi.Input[str] | Entry]:
    """What stays off the VPN, once each."""
    found: dict[str, str] = {}
    for text in args.lan.prefixes if args.lan else ():
        found.setdefault(str(prefixes.network(text)), "LAN")
    for other in args.others:
        for text in other.destinations if isinstance(other, Tunnel) else (other,):
            found.setdefault(text, "another tunnel's")
    for text in args.keep:
        found.setdefault(text, "kept")
    return [Entry(address, comment) for address, comment in found.items()]
