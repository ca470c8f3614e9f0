"""The arguments of an always-on VPN, and combinations that can't work: checked with the provider's file, if known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import pulumi

from wiretik.components.ddns.endpoints import nobody_moves
from wiretik.components.shared import alive, forwards, names, prefixes
from wiretik.components.shared.backup import Backup
from wiretik.components.shared.forwards import Forward
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.refusal import Refusal
from wiretik.components.tunnel import Tunnel
from wiretik.components.wg_quick import conf as conf_file
from wiretik.resources.base.lists import lists
from wiretik.resources.base.router import Router
from wiretik.resources.interfaces import InterfaceRef, ListRef

__all__ = ["AlwaysOnVpnArgs", "asked", "listed", "reach", "read", "versions"]


@attrs.frozen(kw_only=True, field_transformer=lists)
class AlwaysOnVpnArgs:
    """The arguments of an `AlwaysOnVpn`.

    The account is either the provider's file, `conf`, or `address`, `public_key`, `endpoint` and the peer's other
    properties.

    Attributes:
        interface: the name of the WireGuard interface.
        lan: the LAN whose traffic takes the VPN, and which stays reachable. Required where no `Site` gives it.
        conf: the text of the provider's .conf file. Of it only PrivateKey and PresharedKey stay secret.
        address: the account's IPv4 address with its mask.
        public_key: the provider's public key.
        endpoint: the provider's `HOST:PORT`.
        private_key: the account's private key; the router makes one where it isn't given.
        preshared_key: a key that both ends share besides.
        mtu: the largest packet inside; the file's, or 1420, where it isn't given.
        address6: the account's IPv6 address with its mask, with `ipv6`.
        gateway: the provider's internal gateway. With a /32 address it becomes the far end. Without it the default
            route leads to the interface, which is right for WireGuard too.
        others: tunnels, or prefixes, that the VPN must leave alone.
        beside: networks of the router's that the VPN must leave alone, too. VLANs of the program, and LANs of VPNs,
            that are made before this one are known without being named.
        keep: more prefixes, ranges or DNS names that don't go by the VPN.
        interfaces: incoming interfaces whose traffic takes the VPN, in place of the LAN's.
        interface_lists: interface lists, likewise.
        clients: only these addresses or prefixes of them; all where it is empty.
        except_clients: all but these; they go by the WAN as before.
        only: prefixes, addresses or DNS names that alone take the VPN, `*.example.com` with all its subdomains;
            everything where it is empty. Clients ask the router, which asks the provider's resolver for these names and
            lists the answers until their TTL is over; a connection keeps its way however long it lasts.
        dns: where clients' questions to the router go, through the VPN: True for the file's resolver or, without a
            file, the gateway; an address; False to leave them to the router, which asks by the WAN. With `only`,
            questions for its names alone; with False the router itself asks for them, again when their TTL is over.
        dns6: with `ipv6`, the provider's IPv6 resolver for clients' questions to the router. Without it the router
            refuses those by IPv6, and clients ask by IPv4.
        router_dns: whether questions of the router itself go through the VPN, too. It then has no DNS while the VPN is
            off, so the provider's endpoint must be an address.
        ipv6: whether the provider has IPv6, too. False: IPv6 of the LAN to the internet goes nowhere.
        block_ipv6: False lets IPv6 go past the VPN where the provider has none.
        kill_switch: whether traffic that belongs in the VPN is dropped while it is off, rather than leave by the WAN.
        backup: the VPN that takes this one's place while its far end is silent.
        check_gateway: with `backup`, who is asked whether the far end is alive; `gateway`, or else the file's resolver,
            where it isn't given. It has to answer pings.
        check_gateway6: likewise for IPv6, where both have it.
        forwards: ports that the provider forwards to the account, for hosts behind the router.
        table: the name of the routing table, and of its mark.
        no_vpn: the name of the address list of destinations that stay off the VPN.
        follow_names: whether the provider's name is looked up again while it is silent, as of a `Tunnel`.
        mss_clamp: whether TCP segments are made to fit.
        wan: the interface list of the way past it, for the promise that nothing takes it.
        promises: whether its promises are checked before each change, as with `Expect`.
        router: the router that it is on; may be left out where the stack has only one.
        adopt: whether rows that are there, equal or with the same key, are taken over; what people call them stays as
            it is found, and destroy gives them back.
    """

    interface: str = attrs.field(default="wg0", kw_only=False)
    lan: Lan | None = None
    conf: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    address: str | None = None
    address6: str | None = None
    public_key: pulumi.Input[str] | None = None
    endpoint: pulumi.Input[str] | None = None
    private_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    preshared_key: pulumi.Input[str] | None = attrs.field(default=None, repr=False)
    mtu: int | None = None
    gateway: str | None = None
    others: Sequence[Tunnel | str] = ()
    beside: Sequence[str] = ()
    keep: Sequence[str] = ()
    interfaces: Sequence[InterfaceRef] = ()
    interface_lists: Sequence[ListRef] = ()
    clients: Sequence[str] = ()
    except_clients: Sequence[str] = ()
    only: Sequence[str] = ()
    dns: bool | str = True
    dns6: str | None = None
    router_dns: bool = False
    ipv6: bool = False
    block_ipv6: bool = True
    kill_switch: bool = True
    backup: Backup | None = None
    check_gateway: pulumi.Input[str] | bool = False
    check_gateway6: pulumi.Input[str] | None = None
    forwards: Sequence[Forward] = ()
    table: str = "vpn"
    no_vpn: str = "noVPN"
    follow_names: bool = False
    mss_clamp: bool = True
    wan: ListRef = "WAN"
    promises: bool = True
    router: Router | str = ""
    adopt: bool = False

    def problems(self) -> Iterator[str]:
        """All that can't work, each with its cure."""
        if self.lan is None:
            yield (
                "no LAN: unless the list of destinations off the VPN has it, none of its hosts reaches the router, "
                "give lan="
            )
        else:
            try:
                self.lan.networks()
            except ValueError as wrong:
                yield f"lan: {wrong}"
        yield from (
            f"beside: {text!r} is no prefix of a network such as 192.168.20.0/24"
            for text in self.beside
            if prefixes.prefix_or_none(text) is None
        )
        if self.ipv6 and self.conf is None and self.address6 is None:
            yield "ipv6=True needs the account's IPv6 address: give address6, or leave out ipv6, and IPv6 is blocked"
        if not self.ipv6 and (self.address6 is not None or self.dns6 is not None):
            yield "address6 and dns6 are for IPv6 by the VPN: say ipv6=True, too"
        if self.router_dns and isinstance(self.endpoint, str):
            yield from _named(self.endpoint)
        if any(isinstance(other, Tunnel) and other.has_outputs for other in self.others):
            yield "others: a tunnel has prefixes that are outputs, and the list needs plain text: write them as text"
        yield from forwards.problems(self.forwards, (4, 6) if self.ipv6 else (4,), self.lan)
        yield from self._choice_problems()
        yield from self._backup_problems()
        if self.table == "main":
            yield "table='main' would send the tunnel's own packets into the tunnel: give it another name"
        vpns = [one for one in (self, self.spare) if one]
        yield from nobody_moves(self.follow_names, [one.endpoint or one.conf for one in vpns])
        yield from self._account_problems() if self.conf is None else self._conf_problems(self.conf)

    @property
    def resolver(self) -> bool | str:
        """Where clients' questions go through the VPN: with `only`, those for its names."""
        return self.dns if not self.only or any(map(names.is_name, self.only)) else False

    @property
    def asked_names(self) -> tuple[str, ...]:
        """The names that alone take the VPN, where the provider's resolver is asked for them."""
        found = dict.fromkeys(filter(names.is_name, self.only))
        return tuple(text for text in found if self.dns and f"*.{text}" not in found)

    @property
    def chosen(self) -> str:
        """The matcher for destinations that take the VPN."""
        return f"{self.table}-only" if self.only else f"!{self.no_vpn}"

    @property
    def spare(self) -> AlwaysOnVpnArgs | None:
        """The arguments of the backup, as if it were a VPN of its own."""
        if self.backup is None:
            return None
        own = attrs.asdict(self.backup, recurse=False, filter=lambda field, _: field.name != "tell")
        return attrs.evolve(
            self, **own, backup=None, forwards=(), dns=False, dns6=None, router_dns=False, promises=False
        )

    def _backup_problems(self) -> Iterator[str]:
        """What can't work of a backup, or of how the router notices that it is needed."""
        spare = self.spare
        if spare is None:
            if self.check_gateway or self.check_gateway6:
                yield "check_gateway: without a backup nothing takes its place: give backup=, or leave it out"
            return
        account = spare._account_problems() if spare.conf is None else spare._conf_problems(spare.conf)
        yield from (f"backup: {problem}" for problem in account)
        if spare.interface == self.interface:
            yield f"backup: {spare.interface} is the first VPN's interface: give it another name"
        if self.dns is True:
            yield (
                "backup: a provider's resolver is reached by its own tunnel alone: give one that both reach as "
                'dns=ADDRESS, such as "9.9.9.9", or dns=False'
            )
        for one in (self, spare):
            what = f"{one.interface}: who is asked whether it is alive"
            if one.asked_host is None and one.conf is None:
                yield f"{what} isn't known: give gateway=, or check_gateway= with an address that answers pings"
            if self.ipv6 and spare.ipv6 and not one.check_gateway6:
                yield f"{what} by IPv6 isn't known: give check_gateway6=, or the backup without IPv6"
        if spare.ipv6 and not self.ipv6:
            yield "backup: it has IPv6 and the first VPN doesn't: leave out its ipv6=True"
        yield from self._alike(spare)

    def _alike(self, spare: AlwaysOnVpnArgs) -> Iterator[str]:
        """What the router couldn't tell apart."""
        pairs = (
            ("address", self.address, spare.address),
            ("address6", self.address6, spare.address6),
            ("check_gateway", self.asked_host, spare.asked_host),
            ("check_gateway6", self.check_gateway6, spare.check_gateway6),
        )
        for name, one, other in pairs:
            if alive.same(one, other):
                yield f"backup: {name}: {alive.ALIKE.format(one)}"

    @property
    def asked_host(self) -> pulumi.Input[str] | None:
        """Who is asked whether the far end is alive; None where the file says it."""
        if not isinstance(self.check_gateway, bool):
            return self.check_gateway
        return self.gateway

    def _choice_problems(self) -> Iterator[str]:
        """What can't work of a choice of clients and destinations."""
        if self.clients and self.except_clients:
            yield "clients and except_clients: one of them says who takes the VPN, so leave out the other"
        if not self.only:
            return
        if self.keep:
            yield "only and keep: what only= doesn't list stays off the VPN anyway, so leave out keep"
        if isinstance(self.dns, str) and not self.asked_names:
            yield "only and dns=ADDRESS: without a name in only= nothing is asked through the VPN, so leave out dns"
        yield from self._name_problems()
        near = {**listed(self, 4), **listed(self, 6)}
        for text in self.only:
            there = prefixes.prefix_or_none(text)
            for other, why in near.items():
                own = prefixes.prefix_or_none(other)
                if there and own and there.version == own.version and there.overlaps(own):
                    yield f"only: {text} overlaps {other} ({why}), which the router reaches itself: leave it out"

    def _name_problems(self) -> Iterator[str]:
        """What can't work of names that alone take the VPN."""
        for text in filter(names.is_name, self.only):
            if not prefixes.is_host(names.plain(text)):
                yield f"only: {text!r} is neither a prefix nor a name: write *.example.com for a domain and all below"
            elif text.startswith("*.") and not self.dns:
                yield f"only: {text} needs a resolver to ask: give dns=ADDRESS, or leave out dns=False"
        if isinstance(self.endpoint, str):
            yield from _led(self.endpoint, self)

    def _conf_problems(self, conf: pulumi.Input[str]) -> Iterator[str]:
        for name in ("address", "address6", "public_key", "endpoint", "private_key", "preshared_key"):
            if getattr(self, name) is not None:
                yield f"{name} is in the file already: leave out one of them"
        if isinstance(conf, str):
            try:
                read(conf, self)
            except ValueError as wrong:
                yield from str(wrong).splitlines()

    def _account_problems(self) -> Iterator[str]:
        lacking = [name for name in ("address", "public_key", "endpoint") if getattr(self, name) is None]
        if lacking:
            yield f"without conf it takes {', '.join(lacking)}, too"
        if self.resolver is True and self.gateway is None:
            yield "dns: clients need a server to ask: give the provider's resolver as dns=ADDRESS, or dns=False"
        if self.address is not None:
            try:
                if self.gateway:
                    reach(self.address, self.gateway)
            except ValueError as wrong:
                yield str(wrong)


def _led(endpoint: str, args: AlwaysOnVpnArgs) -> Iterator[str]:
    """What is wrong with an endpoint whose name is asked for through the VPN."""
    host, _ = prefixes.endpoint(endpoint)
    if name := names.below(host, args.asked_names):
        yield (
            f"only: {name} has the provider's own {host}, which would be asked for through the VPN, so it never comes "
            "up: give the endpoint as an address, or narrow the name"
        )


def _named(endpoint: str) -> Iterator[str]:
    """What is wrong with an endpoint that is a name, where the router's own questions take the VPN."""
    host, _ = prefixes.endpoint(endpoint)
    if prefixes.address_or_none(host) is None:
        yield (
            f"router_dns: while the VPN is off the router can't ask for the endpoint's name {host}, so it never comes "
            "up again: give the endpoint as an address, or leave out router_dns"
        )


def reach(address: str, gateway: str) -> str | None:
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


def read(text: str, args: AlwaysOnVpnArgs) -> conf_file.Conf:
    """A file, checked against the program.

    Raises:
        ValueError: it is no such file, or the program expects another.
    """
    try:
        found = conf_file.parse(text)
    except ValueError as wrong:
        raise Refusal("\n".join(f"conf: {line}" for line in str(wrong).splitlines())) from None
    if args.resolver is True and not found.dns:
        raise Refusal("conf: the file has no DNS: give the provider's resolver as dns=ADDRESS, or dns=False")
    if args.gateway:
        reach(found.address, args.gateway)
    if args.ipv6 and not found.ipv6:
        raise Refusal("conf: the file has no IPv6 address with ::/0: leave out ipv6=True, and IPv6 is blocked")
    for problem in [*(_named(found.endpoint) if args.router_dns else ()), *_led(found.endpoint, args)]:
        raise Refusal(f"conf: {problem}")
    return found


def listed(args: AlwaysOnVpnArgs, version: int) -> dict[str, str]:
    """Destinations that stay off the VPN, once each, with the reason; a DNS name may have addresses of both kinds."""
    found: dict[str, str] = {}
    for text in args.lan.prefixes if args.lan else ():
        found.setdefault(str(prefixes.prefix(text)), "LAN")
    for other in args.others:
        for text in other.destinations if isinstance(other, Tunnel) else (other,):
            found.setdefault(text, "another tunnel's")
    for text in args.beside:
        found.setdefault(str(prefixes.prefix(text)), "another LAN")
    for text in args.keep:
        found.setdefault(text, "kept")
    return {text: comment for text, comment in found.items() if version in versions(text)}


def asked(args: AlwaysOnVpnArgs, version: int) -> list[str]:
    """What `only` lists of one version; a DNS name may have addresses of both."""
    return [text for text in args.only if version in versions(text)]


def versions(text: str) -> tuple[int, ...]:
    """The versions of IP that an entry of a list may have: a prefix or a range has one, a name both."""
    version = prefixes.version_or_none(text)
    return (version,) if version else (4, 6)
