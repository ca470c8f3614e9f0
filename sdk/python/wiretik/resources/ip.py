"""Addresses, routes, and the router's DNS settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Required, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text, Texts
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.interfaces import InterfaceRef
from wiretik.resources.routing import TableRef

__all__ = ["Dns", "DnsArgs", "IpAddress", "IpAddressArgs", "Route", "RouteArgs"]


class IpAddressArgs(RowArgs, total=False):
    """The properties of an `IpAddress`."""

    address: Required[pulumi.Input[str]]
    """The IPv4 address with its mask, `10.20.0.2/24`; without a mask it is a single address, /32."""
    interface: Required[InterfaceRef]
    """The interface that has the address: the resource or its name."""
    network: Text
    """The network's address. From the mask where it isn't given; with a /32 it may be the far end of a tunnel, to
    which there is then a connected route. Compared only where it is declared."""
    broadcast: Text
    """The broadcast address. The router takes it but doesn't print it, so drift can't be seen."""
    netmask: Text
    """The mask in the old spelling, `255.255.255.0`. It must agree with `address`, where it is better written; the
    router doesn't print it."""
    disabled: Flag
    """Whether the address is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


class IpAddress(Row, menu="/ip/address"):
    """An IPv4 address of an interface, and with it the connected route to its network in `main`.

    A VPN provider's account is usually a /32: `network` then names the far end, so that it can be a gateway.

    Example:
        ```python
        wt.IpAddress("wg1-address", address="10.20.0.2/24", interface=wg1)
        wt.IpAddress("wg0-address", address="10.8.0.2/32", network="10.8.1.1", interface=wg0)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    address: pulumi.Output[str]
    """The address with its mask."""
    interface: pulumi.Output[str]
    """Name of the interface."""
    actual_interface: pulumi.Output[str | None]
    """The interface that really has it: a bridge, where `interface` is one of its ports."""
    network: pulumi.Output[str]
    """The network's address, also where the router computed it."""
    broadcast: pulumi.Output[str | None]
    """The broadcast address, where it was declared."""
    netmask: pulumi.Output[str | None]
    """The mask, where it was declared."""
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
        **args: Unpack[IpAddressArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class RouteArgs(RowArgs, total=False):
    """The properties of a `Route`."""

    dst_address: Required[pulumi.Input[str]]
    """The IPv4 prefix that the route is for; `0.0.0.0/0` is the default route, an address alone a single host."""
    gateway: InterfaceRef | None
    """Where to: an interface (the resource or its name; right for tunnels, which have one far end), an address that a
    connected route covers, `ADDRESS%INTERFACE`, `ADDRESS@TABLE`, or several by commas, which share the load. Either
    this or `blackhole`."""
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
    """The source address of packets that the router itself sends by this route."""
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


class Route(Row, menu="/ip/route"):
    """A static IPv4 route.

    RouterOS makes none for what a WireGuard peer allows: whoever wants a remote LAN behind a tunnel needs the route as
    well as the peer's `allowed_address`. A route by a WireGuard interface is active whenever the interface is on,
    whether the far end answers or not.

    A default route through a tunnel belongs into a table of its own: in `main` it would send the tunnel's own packets
    into the tunnel.

    Example:
        ```python
        wt.Route("remote-lan", dst_address="172.16.50.0/24", gateway=wg1)
        wt.Route("kill-switch", dst_address="0.0.0.0/0", blackhole=True, distance=250, routing_table=vpn)
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
        self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[RouteArgs]
    ) -> None:
        super().__init__(resource_name, args, opts)


class DnsArgs(RowArgs, total=False):
    """The properties of `Dns`."""

    servers: Texts
    """Resolvers to ask, in order. The factory's value is none: those that a DHCP lease brought are used besides."""
    allow_remote_requests: Flag
    """Whether the router answers other hosts' questions. The firewall must keep the WAN out. Factory value False."""
    use_doh_server: Text
    """URL of a resolver over HTTPS, which is then asked instead of `servers`; empty for none."""
    verify_doh_cert: Flag
    """Whether that server's certificate is checked. Factory value False."""
    doh_max_concurrent_queries: Number
    """Most questions over HTTPS at once. Factory value 50."""
    doh_max_server_connections: Number
    """Most connections to that server. Factory value 5."""
    doh_timeout: Span
    """How long to wait for it. Factory value 5s."""
    cache_size: Span
    """Size of the cache in KiB, 64 or more. Factory value 2048."""
    cache_max_ttl: Span
    """Longest time in the cache, whatever an answer says. Factory value 1w."""
    max_concurrent_queries: Number
    """Most questions at once. Factory value 100."""
    max_concurrent_tcp_sessions: Number
    """Most TCP connections at once. Factory value 20."""
    max_udp_packet_size: Number
    """Largest answer over UDP in bytes, 50 to 65507. Factory value 4096."""
    query_server_timeout: Span
    """How long to wait for one server. Factory value 2s."""
    query_total_timeout: Span
    """How long to wait for all of them. Factory value 10s."""
    address_list_extra_time: Span
    """How much longer than its TTL a name's address stays in an address list. Factory value 0s. RouterOS 7.10 and
    newer."""
    mdns_repeat_ifaces: Texts
    """Interfaces between which mDNS is repeated. RouterOS 7.16 and newer."""
    vrf: Text
    """The VRF whose routes the questions take. Factory value main. RouterOS 7.15 and newer."""


class Dns(Row, menu="/ip/dns"):
    """The router's DNS settings, of which only the declared properties are managed.

    There is one such row on every router. Destroy gives the declared properties the values back that they had.

    A tunnel doesn't change who answers names: clients go on asking the router, which asks `servers` over the WAN unless
    the route to them leads through the tunnel.

    Example:
        ```python
        wt.Dns("dns", servers=["10.8.1.1"], allow_remote_requests=True)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    servers: pulumi.Output[Sequence[str]]
    """Resolvers to ask."""
    allow_remote_requests: pulumi.Output[bool]
    """Whether the router answers other hosts."""
    use_doh_server: pulumi.Output[str]
    """URL of the resolver over HTTPS."""
    verify_doh_cert: pulumi.Output[bool]
    """Whether its certificate is checked."""
    doh_max_concurrent_queries: pulumi.Output[int]
    """Most questions over HTTPS at once."""
    doh_max_server_connections: pulumi.Output[int]
    """Most connections to it."""
    doh_timeout: pulumi.Output[str]
    """How long to wait for it."""
    cache_size: pulumi.Output[int]
    """Size of the cache in KiB."""
    cache_max_ttl: pulumi.Output[str]
    """Longest time in the cache."""
    max_concurrent_queries: pulumi.Output[int]
    """Most questions at once."""
    max_concurrent_tcp_sessions: pulumi.Output[int]
    """Most TCP connections at once."""
    max_udp_packet_size: pulumi.Output[int]
    """Largest answer over UDP."""
    query_server_timeout: pulumi.Output[str]
    """How long to wait for one server."""
    query_total_timeout: pulumi.Output[str]
    """How long to wait for all of them."""
    address_list_extra_time: pulumi.Output[str]
    """How much longer than its TTL an address stays in a list."""
    mdns_repeat_ifaces: pulumi.Output[Sequence[str]]
    """Interfaces between which mDNS is repeated."""
    vrf: pulumi.Output[str]
    """The VRF whose routes the questions take."""

    def __init__(self, resource_name: str, opts: pulumi.ResourceOptions | None = None, **args: Unpack[DnsArgs]) -> None:
        super().__init__(resource_name, args, opts)
