"""Several lines to the internet: the first that is alive is taken, or all are, and each answers what came by it.

Routes lead to a host of the internet that is asked whether it answers, and which is looked up by a route of its own,
that only its line has (docs/facts/packet-path.md#which-table). Rule: what came in by a line is answered by it or not at
all, since nobody takes an answer from another address.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import attrs
import pulumi

from wiretik.components.shared import forwards
from wiretik.components.shared.alive import LOCAL
from wiretik.components.shared.making import (
    EVERYBODY,
    FILTER,
    HOST,
    LAST_RESORT,
    MANGLE,
    NAT,
    ROUTE,
    Making,
    Taken,
    mark_routing,
    suffix,
)
from wiretik.components.shared.neighbours import neighbours
from wiretik.components.shared.refusal import Refusal
from wiretik.components.uplinks import promised
from wiretik.components.uplinks.args import LAST, UplinksArgs, Wan
from wiretik.components.uplinks.sharing import stays
from wiretik.components.uplinks.watching import watch
from wiretik.resources.base.missing import Named
from wiretik.resources.base.position import BEFORE_FASTTRACK
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.interfaces import InterfaceListMember
from wiretik.resources.ip import IpAddress
from wiretik.resources.matchers import Not
from wiretik.resources.routing import RoutingTable

__all__ = ["Uplinks", "UplinksArgs", "Wan"]


class Uplinks(pulumi.ComponentResource):
    """Several lines to the internet, the first of which is taken as long as it is alive; or all, with `balance`.

    A line is alive while a host behind it answers pings. What comes in by any of them, such as to a forwarded port or a
    tunnel's, is answered by it. At the switch connections begin anew, and the log tells. `docs/components.md` lists
    every row.

    Example:
        ```python
        wt.Uplinks("lines", wt.UplinksArgs(lan=wt.Lan("bridge", "192.168.88.0/24"), wans=[
            wt.Wan("ether1", gateway="203.0.113.1", check=["1.0.0.1", "8.8.4.4"], dhcp=True),
            wt.Wan("pppoe-out1", check=["9.9.9.10", "208.67.222.222"]),
        ]))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: as everywhere.

    Attributes:
        tables: by interface, the table of what belongs to a line; its name is the mark of the line's connections.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    @takes_over
    def __init__(self, name: str, args: UplinksArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        who = f"Uplinks {name!r}"
        Refusal.of(who, args.problems())
        super().__init__("wiretik:index:Uplinks", name, None, opts)
        make = Making(self, name, args.router)
        neighbours(args.router).asked.update(
            (host, name) for one in args.wans for version in one.versions for host in one.asked(version)
        )
        lines = [_Line(make, args, one) for one in args.wans]
        self.tables: dict[str, RoutingTable] = Named({one.wan.interface: one.table for one in lines}, f"{who}: tables")
        neighbours(args.router).lines.extend((one.table, one.wan.versions) for one in lines)
        there = [row for one in lines for row in one.joined()]
        ready = [row for one in lines for version in one.wan.versions for row in one.answering(version, there)]
        routes = [one.taken([*there, *ready]) for one in lines]
        every = [*there, *ready, *itertools.chain.from_iterable(routes)]
        for one, own in zip(lines, routes, strict=True):
            one.behind(every if one.wan.by_client else own)
            below = attrs.evolve(make, name=make.named(one.wan.interface))
            forwards.let_in(below, _of(args, one.wan), one.wan.interface, [*there, *ready], accept=True)
        forwards.short_cuts(make, args.forwards, args.lan)
        for one in lines:
            watch(make, args, one.wan, [*there, *ready])
        if args.promises:
            promised.lines_take_turns(name, args)
            promised.ports_are_answered(name, args)
        self.register_outputs({"tables": {one.wan.interface: one.table.name for one in lines}})


def _of(args: UplinksArgs, wan: Wan) -> list[forwards.Forward]:
    """The ports that a line forwards: those of the versions that it has."""
    return [one for one in args.forwards if one.version in wan.versions]


class _Line:
    """The rows of one line."""

    def __init__(self, make: Making, args: UplinksArgs, wan: Wan) -> None:
        self._make, self._args, self.wan = make, args, wan
        self.table = RoutingTable(
            self._named("table"), make.below(), router=make.router, name=wan.mark, fib=True, comment=make.name
        )

    def _named(self, part: str, more: str = "") -> str:
        return self._make.named("-".join(filter(None, (part, self.wan.interface, more.replace(":", "-")))))

    def joined(self) -> list[pulumi.Resource]:
        """What makes the interface a line: it leaves its bridge, has an address, is on the list, and translates."""
        make, wan = self._make, self.wan
        made: list[pulumi.Resource] = []
        if wan.bridge:
            made.append(
                MenuRow(
                    "/interface/bridge/port",
                    self._named("port"),
                    make.below(),
                    router=make.router,
                    interface=wan.interface,
                    bridge=wan.bridge,
                    disabled=True,
                    adopt=True,
                )
            )
        member = InterfaceListMember(
            self._named("list"),
            make.below(),
            router=make.router,
            list=self._args.wan,
            interface=wan.interface,
            adopt=True,  # the factory's first line is on it
        )
        own = [version for version in wan.versions if self._translates(version)]
        made += [
            member,
            *(
                NAT[version](
                    self._named("masquerade" + suffix(version)),
                    make.below(),
                    router=make.router,
                    chain="srcnat",
                    out_interface=wan.interface,
                    action="masquerade",
                    comment=make.name,
                )
                for version in own
            ),
        ]
        if wan.address:
            made.append(
                IpAddress(
                    self._named("address"),
                    make.below(*made),  # nobody comes in before the firewall knows the line
                    router=make.router,
                    address=wan.address,
                    interface=wan.interface,
                    comment=make.name,
                )
            )
        return made

    def _translates(self, version: int) -> bool:
        if version == 4:
            return self.wan.masquerade
        first = self.wan is self._args.having(6)[0]
        return not first if self.wan.masquerade6 is None else self.wan.masquerade6

    def answering(self, version: int, after: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        """What came in by the line is answered by it, by forwarded hosts and by the router itself."""
        make, wan, end = self._make, self.wan, suffix(version)
        ways: list[tuple[str, dict[str, Any]]] = [("off", {"blackhole": True, "distance": LAST_RESORT})]
        if version == 6 or not wan.by_client:
            ways.insert(0, ("way", {"gateway": wan.leads(version)}))
        asking: tuple[tuple[str, str, Taken], ...] = (
            ("answers", "prerouting", {"in_interface": Not(wan.interface), "connection_mark": wan.mark}),
            ("own-answers", "output", {"connection_mark": wan.mark}),
        )
        table = [
            ROUTE[version](
                self._named(f"{part}{end}"),
                make.below(*after),
                router=make.router,
                dst_address=EVERYBODY[version],
                routing_table=self.table,
                comment=make.name,
                **leads,
            )
            for part, leads in ways
        ]
        slow = FILTER[version](
            self._named(f"no-fasttrack{end}"),
            make.below(),
            chain="forward",
            connection_state="established,related",
            action="accept",
            position=BEFORE_FASTTRACK,
            comment=f"{make.name}: not by FastTrack",
            router=make.router,
            connection_mark=wan.mark,
        )
        came = MANGLE[version](
            self._named(f"came-by{end}"),
            make.below(),
            router=make.router,
            chain="prerouting",
            in_interface=wan.interface,
            connection_state="new",
            action="mark-connection",
            new_connection_mark=wan.mark,
            comment=f"{make.name}: what comes in by {wan.interface}",
        )
        needs = [*table, slow, came]
        answers = [
            mark_routing(
                make,
                f"{part}{end}-{wan.interface}",
                needs,
                self.table,
                f"answers to what came in by {wan.interface}",
                chain=chain,
                version=version,
                **where,
            )
            for part, chain, where in asking
        ]
        began = MANGLE[version](
            self._named(f"began-by{end}"),
            make.below(),
            router=make.router,
            chain="postrouting",
            out_interface=wan.interface,
            connection_state="new",
            connection_mark="no-mark",
            action="mark-connection",
            new_connection_mark=wan.began,
            comment=f"{make.name}: what leaves by {wan.interface}, dropped when another line takes its place",
        )
        stay = stays(make, wan, self.table, version, needs) if self._args.balance else []
        return [*needs, *answers, *stay, began]

    def taken(self, after: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        """The default routes, one for each host that is asked, and those hosts' own."""
        return [row for version in self.wan.versions for row in self._taken(version, after)]

    def _taken(self, version: int, after: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        make, wan = self._make, self.wan
        kind, made = ROUTE[version], list[pulumi.Resource]()
        for host in wan.asked(version):
            near = wan.near(host)
            asked: list[pulumi.Resource] = []
            if not near:
                asked.append(
                    kind(
                        self._named("check", host),
                        make.below(*after),
                        router=make.router,
                        dst_address=f"{host}/{HOST[version]}",
                        gateway=wan.leads(version),
                        scope=LOCAL,
                        comment=f"{make.name}: who is asked whether {wan.interface} is alive",
                    )
                )
            made += [
                *asked,
                kind(
                    self._named("route", host),
                    make.below(*after, *asked),
                    router=make.router,
                    dst_address=EVERYBODY[version],
                    gateway=wan.called(host, version),
                    check_gateway="ping",
                    distance=self._args.distance(wan, host, version),
                    target_scope=None if near else LOCAL + 1,
                    comment=make.name,
                ),
            ]
        return made

    def behind(self, routes: Sequence[pulumi.Resource]) -> None:
        """What DHCP brings stands behind them, and is there again before they go; or it is the line's own.

        Source of how tables are written: docs/facts/packet-path.md#dhcps-routes.
        """
        make, wan, args = self._make, self.wan, self._args
        brings: dict[str, Any] = {"default_route_distance": LAST + args.wans.index(wan)}
        if wan.by_client:
            distance = args.distance(wan)
            tables = f"main:{distance},{wan.mark}:1"
            brings = {"default_route_distance": distance, "default_route_tables": tables, "check_gateway": "ping"}
        if wan.dhcp:
            MenuRow(
                "/ip/dhcp-client",
                self._named("dhcp"),
                make.below(*routes),
                router=make.router,
                interface=wan.interface,
                adopt=True,
                **brings,
            )
