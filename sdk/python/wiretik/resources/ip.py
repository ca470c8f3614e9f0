"""Addresses, routes, and the router's DNS settings."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

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
    """The address with its mask, such as `10.20.0.2/24`. Without a mask it is a single address, /32. Takes an address
    with its mask."""
    interface: Required[InterfaceRef]
    """The interface that has the address. Takes a name, or the resource."""
    network: Text
    """The network's address. The router computes it from the mask; with a /32 it may be the far end of a tunnel, to
    which there is then a connected route. Takes an address; the router's choice unless given."""
    broadcast: Text
    """The broadcast address. Takes an address; not read back."""
    netmask: Text
    """The mask in the old spelling, `255.255.255.0`. It must agree with `address`, where it is better written. Takes an
    address; not read back."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


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
    """The address with its mask, such as `10.20.0.2/24`."""
    interface: pulumi.Output[str]
    """The interface that has the address."""
    actual_interface: pulumi.Output[str | None]
    """The interface that really has the address: a bridge, where `interface` is one of its ports."""
    network: pulumi.Output[str]
    """The network's address, also where the router computed it."""
    broadcast: pulumi.Output[str | None]
    """The broadcast address."""
    netmask: pulumi.Output[str | None]
    """The mask, where it was declared."""
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
        **args: Unpack[IpAddressArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class RouteArgs(RowArgs, total=False):
    """The properties of a `Route`."""

    dst_address: Required[pulumi.Input[str]]
    """The IPv4 prefix that the route is for. `0.0.0.0/0` is the default route; an address alone is a single host. Takes
    a prefix."""
    gateway: InterfaceRef | None
    """Where the route leads: an interface (right for tunnels, which have one far end), an address that a connected
    route covers, `10.0.0.1%ether1`, `ADDRESS@TABLE`, or several by commas, which share the load. A route has either
    this or `blackhole`. Takes an interface or an address, or several, or the resource."""
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
    """The source address of packets that the router itself sends by this route. Takes an address."""
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


class Route(Row, menu="/ip/route"):
    """A static IPv4 route.

    RouterOS makes none for what a WireGuard peer allows: whoever wants a remote LAN behind a tunnel needs the route as
    well as the peer's `allowed_address`. A route by a WireGuard interface is active whenever the interface is on,
    whether the far end answers or not.

    A default route through a tunnel belongs in a table of its own: in `main` it would send the tunnel's own packets
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
    """The IPv4 prefix that the route is for."""
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
        **args: Unpack[RouteArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class DnsArgs(RowArgs, total=False):
    """The properties of `Dns`."""

    servers: Texts
    """Resolvers to ask, in order. Those that a DHCP lease brought are used besides. Takes a list, each an address."""
    allow_remote_requests: Flag
    """Whether the router answers other hosts' questions. The firewall must keep the WAN out. Factory value False."""
    use_doh_server: Text
    """URL of a resolver over HTTPS, which is then asked instead of `servers`; empty for none."""
    verify_doh_cert: Flag
    """Whether that resolver's certificate is checked. Factory value False."""
    doh_max_concurrent_queries: Number
    """Most questions over HTTPS at once. Takes a number; factory value 50."""
    doh_max_server_connections: Number
    """Most connections to the resolver over HTTPS. Takes a number; factory value 5."""
    doh_timeout: Span
    """How long to wait for the resolver over HTTPS. Takes a time; factory value 5s."""
    cache_size: Span
    """Size of the cache in KiB. Takes a number of KiB, 64; factory value 2048."""
    cache_max_ttl: Span
    """Longest time in the cache, whatever an answer says. Takes a time; factory value 1w."""
    max_concurrent_queries: Number
    """Most questions at once. Takes a number; factory value 100."""
    max_concurrent_tcp_sessions: Number
    """Most TCP connections at once. Takes a number; factory value 20."""
    max_udp_packet_size: Number
    """Largest answer over UDP in bytes. Takes a number, 50 to 65507; factory value 4096."""
    query_server_timeout: Span
    """How long to wait for one server. Takes a time; factory value 2s."""
    query_total_timeout: Span
    """How long to wait for all servers together. Takes a time; factory value 10s."""
    address_list_extra_time: Span
    """How much longer than its TTL a name's address stays in an address list. Takes a time; factory value 0s; RouterOS
    7.10 and newer."""
    mdns_repeat_ifaces: Texts | InterfaceRef | Sequence[InterfaceRef]
    """Interfaces between which mDNS is repeated. Takes a list, each a name, or the resource; RouterOS 7.16 and
    newer."""
    vrf: Text
    """The VRF whose routes the questions take. Factory value main; RouterOS 7.15 and newer."""


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
    """Resolvers to ask, in order."""
    allow_remote_requests: pulumi.Output[bool]
    """Whether the router answers other hosts' questions."""
    use_doh_server: pulumi.Output[str]
    """URL of a resolver over HTTPS, which is then asked instead of `servers`; empty for none."""
    verify_doh_cert: pulumi.Output[bool]
    """Whether that resolver's certificate is checked."""
    doh_max_concurrent_queries: pulumi.Output[int]
    """Most questions over HTTPS at once."""
    doh_max_server_connections: pulumi.Output[int]
    """Most connections to the resolver over HTTPS."""
    doh_timeout: pulumi.Output[str]
    """How long to wait for the resolver over HTTPS."""
    cache_size: pulumi.Output[int]
    """Size of the cache in KiB."""
    cache_max_ttl: pulumi.Output[str]
    """Longest time in the cache, whatever an answer says."""
    max_concurrent_queries: pulumi.Output[int]
    """Most questions at once."""
    max_concurrent_tcp_sessions: pulumi.Output[int]
    """Most TCP connections at once."""
    max_udp_packet_size: pulumi.Output[int]
    """Largest answer over UDP in bytes."""
    query_server_timeout: pulumi.Output[str]
    """How long to wait for one server."""
    query_total_timeout: pulumi.Output[str]
    """How long to wait for all servers together."""
    address_list_extra_time: pulumi.Output[str]
    """How much longer than its TTL a name's address stays in an address list."""
    mdns_repeat_ifaces: pulumi.Output[Sequence[str]]
    """Interfaces between which mDNS is repeated."""
    vrf: pulumi.Output[str]
    """The VRF whose routes the questions take."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[DnsArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
