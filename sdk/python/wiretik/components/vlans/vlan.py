"""A VLAN of a bridge: its own network with the ports that are in it, kept apart from others where it is for guests."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import pulumi

from wiretik.components.shared.lan import Lan
from wiretik.components.shared.making import Making
from wiretik.components.shared.neighbours import UNTAGGED, Neighbours, neighbours
from wiretik.components.shared.refusal import Refusal
from wiretik.components.vlans import guests, promised
from wiretik.components.vlans.args import VlanArgs
from wiretik.components.vlans.filtering import filter_at_end, taken
from wiretik.components.vlans.ssids import Ssid, made
from wiretik.resources.at_end import at_end
from wiretik.resources.base.taking_over import takes_over
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.interfaces import InterfaceListMember
from wiretik.resources.ip import IpAddress
from wiretik.resources.ipv6 import Ipv6Address

__all__ = ["Ssid", "Vlan", "VlanArgs"]


class Vlan(pulumi.ComponentResource):
    """A VLAN of the router's bridge: a network with its address, its DHCP server and its ports.

    Nobody comes in before all of it is there, and what keeps guests apart first of all. The bridge begins to filter
    when all VLANs of the program are there, and ends before any of them goes, so whoever is in no VLAN, the one who
    manages the router among them, stays where he was. `docs/components.md` lists every row.

    Example:
        ```python
        wt.Vlan("staff", wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"], trunks=["ether2"]))
        guests = wt.Vlan("guests", wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], trunks=["ether2"], guest=True))
        ```

    Args:
        name: the logical name, with which those of all its rows begin.
        args: its arguments.
        opts: Pulumi's options of a resource.

    Attributes:
        interface: its interface, by which the firewall knows who is in it.
        lan: its network, for components that take one: `wt.AlwaysOnVpnArgs(lan=guests.lan)` is a VPN for it alone.

    Raises:
        Refusal: a combination that can't work, with the reason and the cure.
    """

    @takes_over
    def __init__(self, name: str, args: VlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        who = f"Vlan {name!r}"
        Refusal.of(who, args.problems())
        known = neighbours(args.router)
        Refusal.of(who, [*taken(name, args, known), *known.overlaps(args.networks)])
        super().__init__("wiretik:index:Vlan", name, None, opts)
        make = Making(self, name, args.router)
        self.interface = MenuRow(
            "/interface/vlan",
            make.named("interface"),
            make.below(),
            router=args.router,
            name=args.interface or name,
            vlan_id=args.vlan_id,
            interface=args.bridge,
            comment=name,
        )
        kept = guests.keep_apart(make, args, self.interface) if args.guest else None
        self.lan = Lan(self.interface, [str(one) for one in args.networks], leaves=kept.leaves if kept else None)
        known.join(name, self.lan)
        before = kept.rows if kept else _join(make, args, self.interface)
        served = _serve(make, args, self.interface, before)
        known.there.extend(row for row in served if isinstance(row, IpAddress | Ipv6Address))
        come_in = _let_in(make, args, [*before, *served])
        if args.filtering:
            filter_at_end(make, args, come_in)
        if args.promises:
            promised.vlan_is_reached(name, args, self.lan)
            at_end(args.router, f"{who}: promises", functools.partial(_promise, name, args, self.lan, known))
        self.register_outputs({"interface": self.interface.name, "address": args.address})


def _promise(name: str, args: VlanArgs, lan: Lan, known: Neighbours, _: Sequence[pulumi.Resource]) -> None:
    """What it promises about the program's other networks, when all of them are known."""
    promised.guests_stay_out(name, args, lan, known.beside(args.networks))


def _join(make: Making, args: VlanArgs, interface: MenuRow) -> list[pulumi.Resource]:
    """The lists by which the router's firewall knows a LAN."""
    return [
        InterfaceListMember(
            make.named(f"list-{number}" if number > 1 else "list"),
            make.below(),
            router=args.router,
            list=one,
            interface=interface,
            comment=make.name,
        )
        for number, one in enumerate(args.joins, 1)
    ]


def _serve(
    make: Making, args: VlanArgs, interface: MenuRow, before: Sequence[pulumi.Resource]
) -> list[pulumi.Resource]:
    """The router's addresses in it, and what it leases."""
    below = make.below(*before)
    address = IpAddress(
        make.named("address"), below, router=args.router, address=args.address, interface=interface, comment=make.name
    )
    made: list[pulumi.Resource] = [address]
    if args.address6:
        made.append(
            Ipv6Address(
                make.named("address6"),
                below,
                router=args.router,
                address=args.address6,
                interface=interface,
                advertise=True,
                comment=make.name,
            )
        )
    if not args.dhcp:
        return made
    pool = MenuRow(
        "/ip/pool",
        make.named("pool"),
        make.below(),
        router=args.router,
        name=make.name,
        ranges=args.leased.split(","),
        comment=make.name,
    )
    told = MenuRow(
        "/ip/dhcp-server/network",
        make.named("network"),
        make.below(),
        router=args.router,
        address=str(args.network),
        gateway=[args.host()],
        dns_server=list(args.dns) or [args.host()],
        domain=args.domain,
        comment=make.name,
    )
    server = MenuRow(
        "/ip/dhcp-server",
        make.named("dhcp"),
        make.below(*made, told),
        router=args.router,
        name=make.name,
        interface=interface,
        address_pool=pool,
        comment=make.name,
    )
    return [*made, pool, told, server]


def _let_in(make: Making, args: VlanArgs, before: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
    """The bridge's side: where its packets go with their number, the router among it, and whose have none.

    One number stands in an entry (docs/facts/menus.md#bridge-vlans), and ports are in it untagged by their own pvid.
    """
    entry = MenuRow(
        "/interface/bridge/vlan",
        make.named("entry"),
        make.below(*before),
        router=args.router,
        bridge=args.bridge,
        vlan_ids=[str(args.vlan_id)],
        tagged=[args.bridge, *args.trunks],
        comment=make.name,
    )
    ports = [_port(make, args, port, port, entry, adopt=True) for port in args.access]
    for one in args.ssids:
        port = one.port(args.vlan_id)
        late = functools.partial(_open, make, args, port, made(make, one, args.vlan_id), entry)
        at_end(args.router, f"{make.name}: {port}", late, late=True)
    return [entry, *ports]


def _open(
    make: Making, args: VlanArgs, name: str, interface: MenuRow, entry: MenuRow, _: Sequence[pulumi.Resource]
) -> None:
    """A new port comes while the bridge filters: until then it would let its hosts into the bridge's own network."""
    _port(make, args, name, interface, *neighbours(args.router).filtering(args.bridge), entry, comment=make.name)


def _port(
    make: Making, args: VlanArgs, name: str, interface: str | MenuRow, *before: pulumi.Resource, **more: str | bool
) -> MenuRow:
    """A port whose frames have no number and are this VLAN's."""
    return MenuRow(
        "/interface/bridge/port",
        make.named(name),
        make.below(*before),
        router=args.router,
        interface=interface,
        bridge=args.bridge,
        pvid=args.vlan_id,
        frame_types=UNTAGGED,
        **more,
    )
