"""Everything leaves by a VPN provider but for listed destinations, and nothing in the clear while the VPN is off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import pulumi

from wiretik._text import printable
from wiretik.components import promises
from wiretik.components.always_on_args import AlwaysOnVpnArgs, asked, listed, versions
from wiretik.components.failover.account import account_of
from wiretik.components.failover.spare import spare_of
from wiretik.components.shared import forwards, names, prefixes
from wiretik.components.shared.alive import watch
from wiretik.components.shared.making import EVERYBODY, LAST_RESORT, Making, answer_by, keep_way, mark_routing, suffix
from wiretik.components.shared.neighbours import neighbours
from wiretik.components.shared.refusal import Refusal
from wiretik.components.steering6 import NEVER, Steering6
from wiretik.components.tunnel import Tunnel
from wiretik.resources.address_list import AddressList, Entry, Ipv6AddressList
from wiretik.resources.at_end import at_end
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.firewall import NatRule
from wiretik.resources.interfaces import InterfaceListMember, ListRef
from wiretik.resources.ip import Route
from wiretik.resources.routing import RoutingRule, RoutingTable

__all__ = ["AlwaysOnVpn", "AlwaysOnVpnArgs"]


class AlwaysOnVpn(pulumi.ComponentResource):
    """All that comes from the LAN leaves by a VPN provider, but for the LAN, other tunnels and listed destinations.

    A mangle rule marks it for a routing table of its own, so that `main`, and with it the tunnel's own packets, stays
    on the WAN. Nothing is marked before the table has where to send it, and while the VPN is off a blackhole keeps it
    from leaving in the clear. `docs/components.md` lists every row and how to do without.

    Example:
        ```python
        wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs(
            "wg0",
            lan=wt.Lan("bridge", "192.168.88.0/24"),
            conf=pulumi.Config().require_secret("vpn-conf"),
            others=[mesh.tunnel],
        ))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        tunnel: the tunnel to the provider.
        backup: the tunnel to the backup's.
        table: the routing table.
        no_vpn: the list of destinations that stay off the VPN; with `only`, of those that alone take it.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    public_key: pulumi.Output[str]
    """The account's public key, which the provider must know."""

    @takes_over
    def __init__(self, name: str, args: AlwaysOnVpnArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        Refusal.of(f"AlwaysOnVpn {name!r}", args.problems())
        super().__init__("wiretik:index:AlwaysOnVpn", name, None, opts)
        make = Making(self, name, args.router)
        args = _met(make, args)
        account = account_of(args)
        self.table = RoutingTable(
            make.named("table"), make.below(), router=args.router, name=args.table, fib=True, comment=name
        )
        spare = spare_of(make, args, account, self.table)
        self.backup = spare.tunnel if spare else None
        tunnel = account.tunnel(args, self.table, 1 if spare else None, self.backup.ready if self.backup else ())
        self.tunnel = Tunnel(make.name, tunnel, make.below())
        spare = spare.joined(make, self.tunnel.interface) if spare else None
        self.public_key = self.tunnel.public_key
        others = [row for other in args.others if isinstance(other, Tunnel) for row in other.ready]
        others += neighbours(args.router).there
        self.no_vpn = AddressList(
            make.named("only-to" if args.only else "no-vpn"),
            make.below(*others),  # what is listed leaves the VPN at once, and the WAN must not get it
            router=args.router,
            list=args.chosen.removeprefix("!"),
            entries=[text for text in asked(args, 4) if text not in args.asked_names]
            if args.only
            else [Entry(address, comment) for address, comment in listed(args, 4).items()],
        )
        tunnels = [*self.tunnel.ready, *(spare.ready if spare else ())]
        leaves = args.lan.leaves if args.lan else None
        leave = [_leaves(make, leaves, tunnel) for tunnel in self.to_providers] if leaves is not None else []
        ready = [self.no_vpn, *self._excepted(make, args), *tunnels, *self._ways(make, args), *leave]
        for way in spare.ways if spare else ():
            watch(make, way, table=args.table, tell=args.backup.tell if args.backup else "", after=tunnels)
        sources = list(_sources(make, args))
        for part, matcher in sources:
            listed_ = {**self._unlisted(args), **matcher}
            kept = keep_way(make, f"keep{part}", ready, mark=args.table, **listed_) if args.asked_names else {}
            mark_routing(make, f"mark{part}", ready, self.table, "LAN to the VPN", **kept, **listed_)
        answers: list[pulumi.Resource] = []
        for version in (4, 6) if args.ipv6 else (4,):
            answers += answer_by(
                make,
                self.tunnel.interface,
                self.table,
                ready,
                mark=args.table,
                version=version,
                several=spare.both if spare else None,
            )
        forwards.let_in(make, args.forwards, self.tunnel.interface, [*ready, *answers], accept=True)
        forwards.short_cuts(make, args.forwards, args.lan)
        if account.dns is not None and args.asked_names:
            self._names(make, args, account.dns, ready)
        elif account.dns is not None:
            self._dns(make, args, account.dns, sources, ready)
        if args.ipv6 or args.block_ipv6:
            self._steer6(make, args, sources, steered=account.dns is not None and not args.only)
        if args.router_dns:
            self._router_dns(make, args, ready)
        if not args.ipv6 and account.ipv6 is not None:
            blocked = args.block_ipv6 and (not args.clients or any(6 in versions(text) for text in args.clients))
            account.ipv6.apply(lambda there: self._unused(there, blocked=blocked))
        if args.promises:
            promises.only_by_vpn(name, args)
            promises.ports_are_answered(name, args, account.address, account.address6)
        self.register_outputs({"interface": args.interface, "public_key": self.public_key, "table": self.table.name})

    @property
    def to_providers(self) -> tuple[Tunnel, ...]:
        """Its tunnel, and the backup's."""
        return (self.tunnel, self.backup) if self.backup else (self.tunnel,)

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
            dst_address=EVERYBODY[4],
            blackhole=True,
            distance=LAST_RESORT,
            routing_table=self.table,
            comment=f"{make.name}: kill switch",
        )
        return [rule, blackhole]

    def _excepted(self, make: Making, args: AlwaysOnVpnArgs) -> list[pulumi.Resource]:
        """The lists of clients that stay off the VPN."""
        made: list[pulumi.Resource] = []
        for version, kind in ((4, AddressList), (6, Ipv6AddressList)):
            if entries := [text for text in args.except_clients if version in versions(text)]:
                made.append(
                    kind(
                        make.named("excepted" + suffix(version)),
                        make.below(),
                        router=args.router,
                        list=f"{args.table}-excepted",
                        entries=entries,
                    )
                )
        return made

    def _unlisted(self, args: AlwaysOnVpnArgs) -> dict[str, Any]:
        """What belongs in the VPN: nothing listed, nothing to the router itself, no answers of forwarded ports."""
        return {
            "dst_address_list": args.chosen,
            # a mark is looked up before the router's own addresses are (docs/facts/packet-path.md#which-table)
            "dst_address_type": "!local",
            "connection_nat_state": "!dstnat",
        }

    def _names(
        self, make: Making, args: AlwaysOnVpnArgs, resolver: pulumi.Input[str], ready: Sequence[pulumi.Resource]
    ) -> None:
        """The names that take the VPN: asked of the provider's resolver, and on the list for their TTL."""
        names.forwarded(make, args.asked_names, args.chosen, resolver=resolver, table=self.table, after=ready)
        if any(text.startswith("*.") for text in args.asked_names) and (args.ipv6 or args.block_ipv6):
            told = (
                f"{make.name}: whether RouterOS lists the IPv6 addresses of subdomains isn't known, so theirs may go "
                "past the VPN: clients without IPv6 don't ask for them"
            )
            pulumi.log.info(printable(told), self)

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
                after = [*ready, turned]
                mark_routing(make, f"mark-dns-{protocol}{part}", after, self.table, "DNS by the VPN", **asked)

    def _steer6(
        self, make: Making, args: AlwaysOnVpnArgs, sources: Sequence[tuple[str, dict[str, Any]]], *, steered: bool
    ) -> None:
        """IPv6 like IPv4: by the VPN where the provider has it, else nowhere."""
        chosen = list(_sources(make, args, 6)) if args.clients else sources
        if args.only and not asked(args, 6):
            return  # IPv6 has no destination that is chosen
        if not chosen:
            told = (
                f"{make.name}: none of clients= is an IPv6 address, so their IPv6 goes past the VPN: give "
                "those addresses too, or block_ipv6=False says that they have none"
            )
            pulumi.log.warn(printable(told), self)
            return
        blackhole = LAST_RESORT if args.kill_switch or not args.ipv6 else None
        steering = Steering6(
            make=make,
            table=self.table,
            chosen=args.chosen,
            listed=dict.fromkeys(map(names.plain, asked(args, 6)), "by the VPN")
            if args.only
            else {**NEVER, **listed(args, 6)},
            keeps=args.table if args.ipv6 and args.asked_names else None,
            sources=chosen,
            blackhole=blackhole,
            resolver=args.dns6,
            dns=steered,
        )
        steering.rows([*self.tunnel.ready, *(self.backup.ready if self.backup else ())])

    def _router_dns(self, make: Making, args: AlwaysOnVpnArgs, ready: Sequence[pulumi.Resource]) -> None:
        """What the router itself asks; its source is the WAN's until the tunnel's masquerade.

        Source: docs/facts/packet-path.md.
        """
        for version in (4, 6) if args.ipv6 or args.block_ipv6 else (4,):
            for protocol in ("udp", "tcp"):
                mark_routing(
                    make,
                    f"mark-router-dns-{protocol}{suffix(version)}",
                    ready,
                    self.table,
                    "the router's own DNS by the VPN",
                    chain="output",
                    version=version,
                    protocol=protocol,
                    dst_port=53,
                    dst_address_list=f"!{args.no_vpn}",
                    dst_address_type="!local",
                )

    def _unused(self, there: bool, *, blocked: bool) -> None:
        """Tells of IPv6 that the file has; where it isn't blocked, whoever said so knows, or was warned."""
        if there:
            now = "; as it is, IPv6 is blocked" if blocked else ""
            pulumi.log.info(f"the file has IPv6, too: ipv6=True takes it{now}", self)


def _met(make: Making, args: AlwaysOnVpnArgs) -> AlwaysOnVpnArgs:
    """The same with what the program has said of the router's other networks, which learns of this LAN."""
    if args.lan is None:
        return args
    known, own = neighbours(args.router), args.lan.every()
    off = known.off_vpn(make.name, own)
    known.join(make.name, args.lan)
    if args.address is not None:
        known.providers[prefixes.connected(args.address, args.gateway)] = make.name
    if not args.only:
        at_end(args.router, f"{make.name}: beside", lambda _: _later(make, args, known.off_vpn(make.name, own), off))
    return attrs.evolve(args, beside=[*args.beside, *off])


def _later(make: Making, args: AlwaysOnVpnArgs, networks: Iterable[str], known: Iterable[str]) -> None:
    """Networks of which the program says later that the router has them."""
    listed_ = {**listed(args, 4), **listed(args, 6), **dict.fromkeys(known)}
    for version, kind in ((4, AddressList), (6, Ipv6AddressList)):
        new = sorted(one for one in networks if one not in listed_ and version in versions(one))
        if new and (version == 4 or args.ipv6 or args.block_ipv6):
            kind(
                make.named("no-vpn-beside" + suffix(version)),
                make.below(*neighbours(args.router).there),
                router=args.router,
                list=args.no_vpn,
                entries=[Entry(one, "another LAN") for one in new],
            )


def _leaves(make: Making, leaves: ListRef, tunnel: Tunnel) -> pulumi.Resource:
    """Guests may leave by it."""
    return InterfaceListMember(
        f"{tunnel.pulumi_resource_name}-leaves",
        make.below(),
        router=make.router,
        list=leaves,
        interface=tunnel.interface,
        comment=f"{make.name}: guests leave by it",
    )


def _sources(make: Making, args: AlwaysOnVpnArgs, version: int = 4) -> Iterator[tuple[str, dict[str, Any]]]:
    """Whose traffic: a suffix for names, and the matchers; nobody's where no chosen client has such an address."""
    who: dict[str, Any] = {}
    if args.clients:
        chosen = [text for text in args.clients if version in versions(text)]
        if not chosen:
            return
        kind = AddressList if version == 4 else Ipv6AddressList
        who["src_address_list"] = kind(
            make.named("clients" + suffix(version)),
            make.below(),
            router=args.router,
            list=f"{args.table}-clients",
            entries=chosen,
        )
    interfaces = args.interfaces
    if not interfaces and not args.interface_lists and args.lan:
        interfaces = [args.lan.interface]
    ways: list[dict[str, Any]] = [{"in_interface": one} for one in interfaces]
    ways += [{"in_interface_list": one} for one in args.interface_lists]
    if args.except_clients:
        who["src_address_list"] = f"!{args.table}-excepted"
    for number, way in enumerate(ways, 1):
        yield f"-{number}" if number > 1 else "", {**way, **who}
