"""IPv6: addresses and routes, and its own firewall, which IPv4's rules don't reach.

A VPN that steers or blocks IPv4 alone leaks whatever goes over IPv6: its addresses, routes and rules are rows of their
own, with the same properties wherever RouterOS has them.
"""

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
    """The address with its mask, `2001:db8::1/64`; without a mask it is one of a /64. With `from_pool` only the end of
    it counts, `::1/64`, with `eui_64` only the first half. May be left out with `from_pool`."""
    interface: Required[InterfaceRef]
    """The interface that has the address: the resource or its name."""
    from_pool: Text
    """Name of the pool, such as a DHCPv6 client's, from which the front of the address comes. Which prefix that is may
    change every day and is no drift. Default empty, for none."""
    from_pool_policy: Text
    """How the pool is asked: `recommended`, `strict` (the end exactly as in `address`), `without-acquire` (the prefix
    stays free for others). Default recommended. RouterOS 7.23 and newer."""
    eui_64: Flag
    """Whether the second half of the address is made from the interface's MAC address. Default False."""
    advertise: Flag
    """Whether hosts are told the prefix, to make themselves addresses. RouterOS does so for a /64 unless it is told
    otherwise; compared only where it is declared."""
    no_dad: Flag
    """Whether nobody is asked if he has the address already. Default False."""
    auto_link_local: Flag
    """Whether the interface has the link-local address that RouterOS makes for it beside one that is added by hand.
    RouterOS 7.18 and newer; compared only where it is declared."""
    disabled: Flag
    """Whether the address is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """Name of the interface."""
    actual_interface: pulumi.Output[str | None]
    """The interface that really has it: a bridge, where `interface` is one of its ports."""
    from_pool: pulumi.Output[str]
    """Name of the pool."""
    from_pool_policy: pulumi.Output[str]
    """How the pool is asked."""
    eui_64: pulumi.Output[bool]
    """Whether its second half is made from the MAC address."""
    advertise: pulumi.Output[bool]
    """Whether hosts are told the prefix."""
    no_dad: pulumi.Output[bool]
    """Whether nobody is asked if he has it."""
    auto_link_local: pulumi.Output[bool | None]
    """Whether there is an automatic link-local address too."""
    vrf: pulumi.Output[str | None]
    """The VRF of the interface."""
    disabled: pulumi.Output[bool]
    """Whether the address is off."""
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
    """The IPv6 prefix that the route is for; `::/0` is the default route, an address alone a single host."""
    gateway: InterfaceRef | None
    """Where to: an interface (the resource or its name; right for tunnels, which have one far end), an address that a
    connected route covers, `fe80::1%ether1`, `ADDRESS@TABLE`, or several by commas, which share the load. Either this
    or `blackhole`."""
    blackhole: Flag
    """Drop whatever takes the route. With a higher `distance` than the real route it is a kill switch. A presence flag
    on the router: False and not given are the same."""
    routing_table: TableRef | None
    """The table: the resource or its name. Default `main`."""
    distance: Number
    """Of routes to the same prefix the one with the lowest distance is used, 1 to 255. Default 1."""
    check_gateway: Text
    """`ping` or `arp` the gateway every ten seconds and leave the route out while it is silent; `bfd`, `none`. Default
    none. With an interface as gateway there is nothing to ask."""
    pref_src: Text
    """The source address of packets that the router itself sends by this route. RouterOS 7.20 and newer."""
    scope: Number
    """How far away the route's gateway counts for other routes, 0 to 255. Default 30."""
    target_scope: Number
    """The highest scope of a route by which the gateway may be reached, 0 to 255. Default 10."""
    vrf_interface: InterfaceRef | None
    """An interface of the VRF; compared only where it is declared."""
    suppress_hw_offload: Flag
    """Keep the route out of the switch chip. Default False; only on hardware that can offload."""
    disabled: Flag
    """Whether the route is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


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
    """The prefix."""
    gateway: pulumi.Output[str | None]
    """Interface or address; None for a blackhole."""
    blackhole: pulumi.Output[bool | None]
    """Whether it drops."""
    routing_table: pulumi.Output[str]
    """Name of the table."""
    distance: pulumi.Output[int]
    """The distance."""
    check_gateway: pulumi.Output[str]
    """How the gateway is watched."""
    pref_src: pulumi.Output[str | None]
    """The preferred source."""
    scope: pulumi.Output[int]
    """The scope."""
    target_scope: pulumi.Output[int]
    """The target scope."""
    vrf_interface: pulumi.Output[str | None]
    """An interface of the VRF."""
    suppress_hw_offload: pulumi.Output[bool]
    """Whether it is kept out of the switch chip."""
    disabled: pulumi.Output[bool]
    """Whether the route is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[Ipv6RouteArgs]
    ) -> None:
        super().__init__(resource_name, args, opts)
