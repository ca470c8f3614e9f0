"""IPv6: addresses and routes, and its own firewall, which IPv4's rules don't reach.

A VPN that steers or blocks IPv4 alone leaks whatever goes over IPv6: its addresses, routes and rules are rows of their
own, with the same properties wherever RouterOS has them.
"""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from typing import Required, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Text
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.interfaces import InterfaceRef
from wiretik.resources.routing import TableRef

__all__ = ["Ipv6Address", "Ipv6AddressArgs", "Ipv6Route", "Ipv6RouteArgs"]


class Ipv6AddressArgs(RowArgs, total=False):
    """The properties of an `Ipv6Address`."""

    address: Text
    """The address with its mask, such as `2001:db8::1/64`. Without a mask it is one of a /64. With `from_pool` only the
    end of it counts, `::1/64`, with `eui_64` only the first half. It may be left out with `from_pool`. Takes an address
    with its mask; the router's choice unless given."""
    interface: Required[InterfaceRef]
    """The interface that has the address. Takes a name, or the resource."""
    from_pool: Text
    """Name of the pool, such as a DHCPv6 client's, from which the front of the address comes; empty for none. Which
    prefix that is may change every day and is no drift."""
    from_pool_policy: Text
    """How the pool is asked. With `strict` the end is exactly as in `address`; with `without-acquire` the prefix stays
    free for others. Takes one of `recommended` `strict` `without-acquire`; default recommended; RouterOS 7.23 and
    newer."""
    eui_64: Flag
    """Whether the second half of the address is made from the interface's MAC address. Default False."""
    advertise: Flag
    """Whether hosts are told the prefix, to make themselves addresses. RouterOS does so for a /64 unless it is told
    otherwise. The router's choice unless given."""
    no_dad: Flag
    """Whether nobody is asked if he has the address already. Default False."""
    auto_link_local: Flag
    """Whether the interface has the link-local address that RouterOS makes for it beside one that is added by hand. The
    router's choice unless given; RouterOS 7.18 and newer."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class Ipv6Address(Row, menu="/ipv6/address"):
    """An IPv6 address of an interface, and with it the connected route to its network in `main`.

    Example:
        ```python
        wt.Ipv6Address("wg1-address", address="fd00:20::2/64", interface=wg1, advertise=False)
        wt.Ipv6Address("lan-address", address="::1/64", from_pool="isp", interface="bridge")
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    address: pulumi.Output[str]
    """The address with its mask, as it was declared; with a pool alone, as the router made it."""
    interface: pulumi.Output[str]
    """The interface that has the address."""
    actual_interface: pulumi.Output[str | None]
    """The interface that really has the address: a bridge, where `interface` is one of its ports."""
    from_pool: pulumi.Output[str]
    """Name of the pool, such as a DHCPv6 client's, from which the front of the address comes; empty for none."""
    from_pool_policy: pulumi.Output[str]
    """How the pool is asked."""
    eui_64: pulumi.Output[bool]
    """Whether the second half of the address is made from the interface's MAC address."""
    advertise: pulumi.Output[bool]
    """Whether hosts are told the prefix, to make themselves addresses."""
    no_dad: pulumi.Output[bool]
    """Whether nobody is asked if he has the address already."""
    auto_link_local: pulumi.Output[bool | None]
    """Whether the interface has the link-local address that RouterOS makes for it beside one that is added by hand."""
    vrf: pulumi.Output[str | None]
    """The VRF of the interface."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[Ipv6AddressArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class Ipv6RouteArgs(RowArgs, total=False):
    """The properties of an `Ipv6Route`."""

    dst_address: Required[pulumi.Input[str]]
    """The IPv6 prefix that the route is for. `::/0` is the default route; an address alone is a single host. Takes a
    prefix."""
    gateway: InterfaceRef | None
    """Where the route leads: an interface (right for tunnels, which have one far end), an address that a connected
    route covers, `fe80::1%ether1`, `ADDRESS@TABLE`, or several by commas, which share the load. A route has either this
    or `blackhole`. Takes an interface or an address, or several, or the resource."""
    blackhole: Flag
    """Whether the route drops whatever takes it. With a higher `distance` than the real route it is a kill switch. It
    is a presence flag on the router: False and not given are the same."""
    routing_table: TableRef | None
    """The table that the route is in. Takes a name, or the resource; default main."""
    distance: Number
    """Of routes to the same prefix the one with the lowest distance is used. Takes a number, 1 to 255; default 1."""
    check_gateway: Text
    """How the gateway is watched: `ping` and `arp` ask it every ten seconds, and the route is left out while it is
    silent. With an interface as gateway there is nothing to ask. Takes one of `arp` `bfd` `none` `ping`; default
    none."""
    pref_src: Text
    """The source address of packets that the router itself sends by this route. Takes an address; RouterOS 7.20 and
    newer."""
    scope: Number
    """How far away the route's gateway counts for other routes. Takes a number, 0 to 255; default 30."""
    target_scope: Number
    """The highest scope of a route by which the gateway may be reached. Takes a number, 0 to 255; default 10."""
    vrf_interface: InterfaceRef | None
    """An interface of the VRF. Takes a name, or the resource; the router's choice unless given."""
    suppress_hw_offload: Flag
    """Whether the route is kept out of the switch chip; only on hardware that can offload. Default False."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class Ipv6Route(Row, menu="/ipv6/route"):
    """A static IPv6 route; what `Route` says of tunnels and tables holds here too.

    Example:
        ```python
        wt.Ipv6Route("remote-lan", dst_address="fd00:50::/64", gateway=wg1)
        wt.Ipv6Route("kill-switch", dst_address="::/0", blackhole=True, distance=250, routing_table=vpn)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    dst_address: pulumi.Output[str]
    """The IPv6 prefix that the route is for."""
    gateway: pulumi.Output[str | None]
    """Interface or address; None for a blackhole."""
    blackhole: pulumi.Output[bool | None]
    """Whether the route drops whatever takes it."""
    routing_table: pulumi.Output[str]
    """The table that the route is in."""
    distance: pulumi.Output[int]
    """The distance."""
    check_gateway: pulumi.Output[str]
    """How the gateway is watched: `ping` and `arp` ask it every ten seconds, and the route is left out while it is
    silent."""
    pref_src: pulumi.Output[str | None]
    """The source address of packets that the router itself sends by this route."""
    scope: pulumi.Output[int]
    """How far away the route's gateway counts for other routes."""
    target_scope: pulumi.Output[int]
    """The highest scope of a route by which the gateway may be reached."""
    vrf_interface: pulumi.Output[str | None]
    """An interface of the VRF."""
    suppress_hw_offload: pulumi.Output[bool]
    """Whether the route is kept out of the switch chip; only on hardware that can offload."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[Ipv6RouteArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
