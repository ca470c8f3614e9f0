"""What firewall rules look at: the matchers of IPv4 and IPv6, each said once.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`; `Not(wan)` says so of a resource.
"""

from __future__ import annotations

from typing import Required, TypedDict

import pulumi

from wiretik.resources.address_list import AddressList, Ipv6AddressList
from wiretik.resources.base.arguments import Flag, Number, Ports, Span, Text, Texts
from wiretik.resources.base.position import Position
from wiretik.resources.base.row import Not, RowArgs
from wiretik.resources.interfaces import InterfaceRef, ListRef
from wiretik.resources.routing import TableRef

__all__ = [
    "AddressListRef",
    "FirewallRuleArgs",
    "Ipv6AddressListRef",
    "Ipv6Matchers",
    "Ipv6PacketMatchers",
    "Ipv6StatefulMatchers",
    "Matchers",
    "Not",
    "PacketMatchers",
    "StatefulMatchers",
]

AddressListRef = pulumi.Input[str] | AddressList
"""An address list: the resource itself, or a name; `!` in front of a name is all others."""

Ipv6AddressListRef = pulumi.Input[str] | Ipv6AddressList
"""A list of IPv6 addresses: the resource itself, or a name; `!` in front of a name is all others."""


class FirewallRuleArgs(RowArgs, total=False):
    """What a single rule of filter, NAT, mangle and raw says besides its matchers and its action."""

    chain: Required[pulumi.Input[str]]
    """The chain; any other name than RouterOS's own makes a chain to jump to."""
    position: Position | None
    """Where in the chain: `FIRST`, `LAST`, `BEFORE_DROP`, `BEFORE_FASTTRACK`, `Before(…)` or `After(…)`. New rules
    stand last where it isn't given, below the chain's drop rule."""


class AnyPacketMatchers(TypedDict, total=False):
    """The matchers of packets that rules of IPv4 and IPv6 share, and what goes with an action."""

    src_mac_address: Text
    """Source MAC address; `!` for all others."""
    protocol: Span
    """Protocol by name or number, such as `tcp`; `!` for all others. Ports need `tcp`, `udp`, `udp-lite`, `dccp` or
    `sctp` here."""
    src_port: Ports
    """Source port: a number, a list, ranges, at most 15 of them; `!` for all others."""
    dst_port: Ports
    """Destination port, likewise."""
    port: Ports
    """Source or destination port, likewise."""
    in_interface: InterfaceRef | Not | None
    """Interface by which it came in: the resource, its name, `all-ethernet` and the like; `!` for all others."""
    in_interface_list: ListRef | Not | None
    """Interface list by a member of which it came in: the resource or its name; `!` for all others."""
    out_interface: InterfaceRef | Not | None
    """Interface by which it leaves; `!` for all others. Not known yet in `input` and `prerouting`."""
    out_interface_list: ListRef | Not | None
    """Interface list by a member of which it leaves; `!` for all others."""
    in_bridge_port: InterfaceRef | None
    """Bridge port by which it came in; `!` for all others."""
    in_bridge_port_list: ListRef | None
    """Interface list of the bridge port by which it came in; `!` for all others."""
    out_bridge_port: InterfaceRef | None
    """Bridge port by which it leaves; `!` for all others."""
    out_bridge_port_list: ListRef | None
    """Interface list of the bridge port by which it leaves; `!` for all others."""
    packet_mark: Text
    """Mark of the packet, or `no-mark`; `!` for all others."""
    content: Text
    """Text that the packet holds; `!` for all others."""
    dscp: Span
    """DSCP, 0 to 63; `!` for all others."""
    tos: Text
    """Type of service, `TOS[/MASK]`; `!` for all others. RouterOS 7.21 and newer."""
    icmp_options: Span
    """ICMP type and codes, `8:0`; a type alone means all its codes; `!` for all others."""
    ingress_priority: Span
    """Priority from a VLAN or WMM header, 0 to 63; `!` for all others."""
    priority: Span
    """Priority that the packet has now, 0 to 63; `!` for all others."""
    ipsec_policy: Text
    """Whether IPsec handled it or will: `in,ipsec`, `in,none`, `out,ipsec`, `out,none`."""
    limit: Text
    """Only so many: `COUNT[/TIME],BURST[:packet|bit]`, so `10,5` is ten packets each second after the first five."""
    dst_limit: Text
    """Only so many for each destination: `COUNT[/TIME],BURST,MODE[/EXPIRE]`."""
    nth: Span
    """Every nth packet: `2,1` is the first of each two."""
    random: Number
    """A packet with this likelihood in percent, 1 to 99."""
    packet_size: Span
    """Size in bytes, a number or a range up to 65535; `!` for all others."""
    per_connection_classifier: Text
    """One share of connections: `both-addresses:2/0` is the first half by both addresses; `!` for all others."""
    tcp_mss: Span
    """Maximum segment size of a TCP SYN, a number or a range; `!` for all others."""
    time: Text
    """When: `8h-17h,mon,tue`."""

    jump_target: Text
    """With action `jump`: the chain to go on in."""
    address_list_timeout: Span
    """With those actions: how long, or `none-dynamic` (until the next boot) or `none-static`. Default none-dynamic."""
    log: Flag
    """Whether what matches is logged. Default False."""
    log_prefix: Text
    """Text in front of those lines, at most 31 bytes. Default empty."""
    disabled: Flag
    """Whether the rule is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


class AnyMatchers(TypedDict, total=False):
    """The matchers of connections that rules of IPv4 and IPv6 share."""

    connection_mark: Text
    """Mark of its connection, or `no-mark`; `!` for all others."""
    routing_mark: TableRef | None
    """Mark for routing, the name of a table: the resource or its name; `!` for all others."""
    connection_type: Text
    """A connection of a known helper: `ftp`, `h323`, `irc`, `pptp`, `quake3`, `sip`, `tftp`; `!` for all others."""
    connection_bytes: Span
    """Bytes of the connection so far, a range; 0 as its end is no end: `1000000-0`."""
    connection_limit: Text
    """More connections than this for each address or network: `100,32`, the second number the prefix length."""
    connection_rate: Span
    """Rate of the connection in bits each second: `0-100k`; `!` for all others. k, M and G are taken."""


class AnyStatefulMatchers(TypedDict, total=False):
    """The matchers of a connection's state that rules of IPv4 and IPv6 share."""

    connection_state: Texts
    """State of its connection: `established`, `related`, `new`, `invalid`, `untracked`, several by commas; `!` in front
    is for the whole list."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` for all others."""


class PacketMatchers(AnyPacketMatchers, total=False):
    """The matchers that all rules of IPv4 share, those of raw among them: what can be seen of a packet by itself."""

    src_address: Text
    """Source: an address, a prefix, or a range such as `10.0.0.1-10.0.0.9`; `!` for all others."""
    dst_address: Text
    """Destination: an address, a prefix or a range; `!` for all others."""
    src_address_list: AddressListRef | Not | None
    """Source in an address list: its name, `!` for all others, or the resource."""
    dst_address_list: AddressListRef | Not | None
    """Destination in an address list: its name, `!` for all others, or the resource."""
    address_list: AddressListRef | None
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list's name."""
    src_address_type: Texts
    """Kind of source: `unicast`, `local` (the router's own), `broadcast`, `multicast`, `blackhole`; `!` for all
    others."""
    dst_address_type: Texts
    """Kind of destination, the same words. A rule that marks for routing needs `"!local"`: a mark is looked up before
    the router's own addresses are."""
    fragment: Flag
    """Second and later fragments of a packet."""
    hotspot: Texts
    """State of a hotspot's client: `auth`, `from-client`, `http`, `local-dst`, `to-client`; `!` for all others."""
    ipv4_options: Text
    """Options in its header: `any`, `none`, `loose-source-routing`, `no-record-route` and the like."""
    psd: Text
    """A port scan: `WEIGHT,DELAY,LOWPORTWEIGHT,HIGHPORTWEIGHT`, such as `21,3s,3,1`."""
    ttl: Text
    """Time to live: `equal:N`, `greater-than:N`, `less-than:N`, `not-equal:N`."""


class Matchers(PacketMatchers, AnyMatchers, total=False):
    """The matchers that rules of filter, NAT and mangle share besides."""

    layer7_protocol: Text
    """A pattern's name from `/ip/firewall/layer7-protocol`; `!` for all others."""
    realm: Span
    """Realm of the route; `!` for all others."""


class StatefulMatchers(Matchers, AnyStatefulMatchers, total=False):
    """The matchers that rules of filter and mangle share besides."""

    connection_nat_state: Texts
    """Whether its connection is translated: `srcnat`, `dstnat`, in filter also `ein-snat`, `ein-dnat`; `!` for all
    others: `"!dstnat"` leaves forwarded ports out."""
    p2p: Text
    """A peer-to-peer protocol of old, such as `all-p2p`; `!` for all others."""


class Ipv6PacketMatchers(AnyPacketMatchers, total=False):
    """The matchers that all rules of IPv6 share, those of raw among them: what can be seen of a packet by itself."""

    src_address: Text
    """Source: an address or a prefix; `!` for all others. RouterOS has no ranges here."""
    dst_address: Text
    """Destination: an address or a prefix; `!` for all others."""
    src_address_list: Ipv6AddressListRef | Not | None
    """Source in an address list: its name, `!` for all others, or the resource."""
    dst_address_list: Ipv6AddressListRef | Not | None
    """Destination in an address list: its name, `!` for all others, or the resource."""
    address_list: Ipv6AddressListRef | None
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list's name."""
    src_address_type: Texts
    """Kind of source: `unicast`, `local` (the router's own), `anycast`, `multicast`, `unreachable`; `!` for all
    others."""
    dst_address_type: Texts
    """Kind of destination, the same words. A rule that marks for routing needs `"!local"`: a mark is looked up before
    the router's own addresses are."""
    headers: Texts
    """Extension headers: `ah`, `dst`, `esp`, `frag`, `hop`, `none`, `proto`, `route`; `!` for all others."""
    hop_limit: Text
    """Hop limit: `equal:N`, `greater-than:N`, `less-than:N`, `not-equal:N`."""


class Ipv6Matchers(Ipv6PacketMatchers, AnyMatchers, total=False):
    """The matchers that rules of IPv6's filter, NAT and mangle share besides."""


class Ipv6StatefulMatchers(Ipv6Matchers, AnyStatefulMatchers, total=False):
    """The matchers that rules of IPv6's filter and mangle share besides."""

    connection_nat_state: Texts
    """Whether its connection is translated: `srcnat`, `dstnat`; `!` for all others: `"!dstnat"` leaves forwarded ports
    out."""
