"""What firewall rules look at: the matchers of IPv4 and IPv6, each said once.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`; `Not(wan)` says so of a resource.
"""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

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
    """The chain. Any other name than RouterOS's own makes a chain to jump to."""
    position: Position | None
    """Where in the chain: `FIRST`, `LAST`, `BEFORE_DROP`, `BEFORE_FASTTRACK`, `Before(…)` or `After(…)`. New rules
    stand last where it isn't given, below the chain's drop rule."""


class AnyPacketMatchers(TypedDict, total=False):
    """The matchers of packets that rules of IPv4 and IPv6 share, and what goes with an action."""

    src_mac_address: Text
    """Source MAC address. Takes a MAC address, `!` in front for all others."""
    protocol: Span
    """Protocol by name or number, such as `tcp`. Ports need `tcp`, `udp`, `udp-lite`, `dccp` or `sctp` here. Takes a
    protocol's name or number, `!` in front for all others."""
    src_port: Ports
    """Source port; at most 15 ports and ranges. Takes a port, a range or a list of them, `!` in front for all
    others."""
    dst_port: Ports
    """Destination port; at most 15 ports and ranges. Takes a port, a range or a list of them, `!` in front for all
    others."""
    port: Ports
    """Source or destination port; at most 15 ports and ranges. Takes a port, a range or a list of them, `!` in front
    for all others."""
    in_interface: InterfaceRef | Not | None
    """Interface by which the packet came in, or `all-ethernet` and the like. Takes a name, `!` in front for all others,
    or the resource."""
    in_interface_list: ListRef | Not | None
    """Interface list by a member of which the packet came in. Takes a name, `!` in front for all others, or the
    resource."""
    out_interface: InterfaceRef | Not | None
    """Interface by which the packet leaves. It isn't known yet in `input` and `prerouting`. Takes a name, `!` in front
    for all others, or the resource."""
    out_interface_list: ListRef | Not | None
    """Interface list by a member of which the packet leaves. Takes a name, `!` in front for all others, or the
    resource."""
    in_bridge_port: InterfaceRef | Not | None
    """Bridge port by which the packet came in. Takes a name, `!` in front for all others, or the resource."""
    in_bridge_port_list: ListRef | Not | None
    """Interface list of the bridge port by which the packet came in. Takes a name, `!` in front for all others, or the
    resource."""
    out_bridge_port: InterfaceRef | Not | None
    """Bridge port by which the packet leaves. Takes a name, `!` in front for all others, or the resource."""
    out_bridge_port_list: ListRef | Not | None
    """Interface list of the bridge port by which the packet leaves. Takes a name, `!` in front for all others, or the
    resource."""
    packet_mark: Text
    """Mark of the packet, or `no-mark`. Takes a name, `!` in front for all others."""
    content: Text
    """Text that the packet holds; `!` in front for all others."""
    dscp: Span
    """DSCP of the packet. Takes a number, 0 to 63, `!` in front for all others."""
    icmp_options: Span
    """ICMP type and codes, `8:0`; a type alone means all its codes. Takes an ICMP type and codes, `!` in front for all
    others."""
    ingress_priority: Span
    """Priority from a VLAN or WMM header. Takes a number, 0 to 63, `!` in front for all others."""
    priority: Span
    """Priority that the packet has now. Takes a number, 0 to 63, `!` in front for all others."""
    ipsec_policy: Text
    """Whether IPsec handled the packet or will handle it. Takes one of `in,ipsec` `in,none` `out,ipsec` `out,none`."""
    limit: Text
    """Only so many packets: `COUNT[/TIME],BURST[:packet|bit]`. `10,5` is ten each second after the first five. Takes a
    rate, `!` in front for all others."""
    dst_limit: Text
    """Only so many packets for each destination: `COUNT[/TIME],BURST,MODE[/EXPIRE]`. Takes a limit such as
    "10,5,dst-address/1m"."""
    nth: Span
    """Every nth packet: `2,1` is the first of each two. Takes a count such as "2,1"."""
    random: Number
    """A packet with this likelihood in percent. Takes a number, 1 to 99."""
    packet_size: Span
    """Size of the packet in bytes. Takes a number or a range, 0 to 65535, `!` in front for all others."""
    per_connection_classifier: Text
    """One share of connections: `both-addresses:2/0` is the first half by both addresses. Takes a class such as
    "both-addresses:2/0"."""
    tcp_mss: Span
    """Maximum segment size of a TCP SYN. Takes a number or a range, 0 to 65535, `!` in front for all others."""
    time: Text
    """Time of day and days of the week. Takes a time such as "8h-17h,mon,tue"."""
    tos: Span
    """Type of service, `TOS[/MASK]`. Takes a type of service such as "0x10"; RouterOS 7.21 and newer."""
    jump_target: Text
    """With action `jump`: the chain to go on in."""
    address_list_timeout: Span
    """With those actions: for how long. `none-dynamic` is until the next boot. Takes a time, at most 35w3d13h13m56s, or
    `none-dynamic` or `none-static`; default none-dynamic."""
    log: Flag
    """Whether packets that match are logged. Default False."""
    log_prefix: Text
    """Text in front of the log's lines. Takes text, at most 31 bytes."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class AnyMatchers(TypedDict, total=False):
    """The matchers of connections that rules of IPv4 and IPv6 share."""

    connection_limit: Text
    """More connections than this for each address or network; the second number is the prefix length. Takes a limit
    such as "100,32"."""
    connection_mark: Text
    """Mark of the packet's connection, or `no-mark`. Takes a name, `!` in front for all others."""
    routing_mark: TableRef | Not | None
    """Mark for routing, which is the name of a table. Takes a name, `!` in front for all others, or the resource."""
    connection_type: Text
    """A connection of a known helper. Takes one of `ftp` `h323` `irc` `pptp` `quake3` `sip` `tftp`, `!` in front for
    all others."""
    connection_bytes: Span
    """Bytes of the connection so far. 0 at the end of a range is no end: `1000000-0`. Takes a number or a range."""
    connection_rate: Span
    """Rate of the connection in bits each second: `0-100k`. k, M and G are taken. Takes a number or a range, `!` in
    front for all others."""


class AnyStatefulMatchers(TypedDict, total=False):
    """The matchers of a connection's state that rules of IPv4 and IPv6 share."""

    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""


class PacketMatchers(AnyPacketMatchers, total=False):
    """The matchers that all rules of IPv4 share, those of raw among them: what can be seen of a packet by itself."""

    src_address: Text
    """The source address. Takes an address, a prefix or a range, `!` in front for all others."""
    dst_address: Text
    """The destination address. Takes an address, a prefix or a range, `!` in front for all others."""
    src_address_list: AddressListRef | Not | None
    """An address list that has the source. Takes a name, `!` in front for all others, or the resource."""
    dst_address_list: AddressListRef | Not | None
    """An address list that has the destination. Takes a name, `!` in front for all others, or the resource."""
    src_address_type: Texts
    """Kind of the source address; `local` is the router's own. Takes some of `blackhole` `broadcast` `local`
    `multicast` `unicast`, `!` in front for all others."""
    dst_address_type: Texts
    """Kind of the destination address; `local` is the router's own. A rule that marks for routing needs `"!local"`: a
    mark is looked up before the router's own addresses are. Takes some of `blackhole` `broadcast` `local` `multicast`
    `unicast`, `!` in front for all others."""
    address_list: AddressListRef | None
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list to add to. Takes a name, or the
    resource."""
    fragment: Flag
    """Whether the packet is a second or later fragment."""
    hotspot: Texts
    """State of a hotspot's client. Takes some of `auth` `from-client` `http` `local-dst` `to-client`, `!` in front for
    all others."""
    ipv4_options: Text
    """Options in the packet's header. Takes one of `any` `loose-source-routing` `no-record-route` `no-router-alert`
    `no-source-routing` `no-timestamp` `none` `record-route` `router-alert` `strict-source-routing` `timestamp`."""
    psd: Text
    """A port scan: `WEIGHT,DELAY,LOWPORTWEIGHT,HIGHPORTWEIGHT`. Takes weights such as "21,3s,3,1"."""
    ttl: Text
    """Time to live. Takes a limit such as "less-than:5"."""


class Matchers(PacketMatchers, AnyMatchers, total=False):
    """The matchers that rules of IPv4's filter, NAT and mangle share besides."""

    layer7_protocol: Text
    """A pattern's name from `/ip/firewall/layer7-protocol`. Takes a name, `!` in front for all others."""
    realm: Span
    """Realm of the route. Takes a number, `!` in front for all others."""


class StatefulMatchers(Matchers, AnyStatefulMatchers, total=False):
    """The matchers that rules of IPv4's filter and mangle share besides."""

    connection_state: Texts
    """State of the packet's connection. Takes some of `established` `invalid` `new` `related` `untracked`, `!` in front
    for all others."""
    connection_nat_state: Texts
    """Whether the packet's connection is translated. `"!dstnat"` leaves forwarded ports out. Takes some of `dstnat`
    `ein-dnat` `ein-snat` `srcnat`, `!` in front for all others."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`. Takes some of `ack` `cwr` `ece`
    `fin` `psh` `rst` `syn` `urg`."""
    p2p: Text
    """A peer-to-peer protocol of old. Takes one of `all-p2p` `bit-torrent` `blubster` `direct-connect` `edonkey`
    `fasttrack` `gnutella` `soulseek` `warez` `winmx`, `!` in front for all others."""


class Ipv6PacketMatchers(AnyPacketMatchers, total=False):
    """The matchers that all rules of IPv6 share, those of raw among them: what can be seen of a packet by itself."""

    src_address: Text
    """The source address. Takes an address or a prefix, `!` in front for all others."""
    dst_address: Text
    """The destination address. Takes an address or a prefix, `!` in front for all others."""
    src_address_list: Ipv6AddressListRef | Not | None
    """An address list that has the source. Takes a name, `!` in front for all others, or the resource."""
    dst_address_list: Ipv6AddressListRef | Not | None
    """An address list that has the destination. Takes a name, `!` in front for all others, or the resource."""
    src_address_type: Texts
    """Kind of the source address; `local` is the router's own. Takes some of `anycast` `local` `multicast` `unicast`
    `unreachable`, `!` in front for all others."""
    dst_address_type: Texts
    """Kind of the destination address; `local` is the router's own. A rule that marks for routing needs `"!local"`: a
    mark is looked up before the router's own addresses are. Takes some of `anycast` `local` `multicast` `unicast`
    `unreachable`, `!` in front for all others."""
    address_list: Ipv6AddressListRef | None
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list to add to. Takes a name, or the
    resource."""
    headers: Texts
    """Extension headers of the packet. Takes some of `ah` `dst` `esp` `frag` `hop` `none` `proto` `route`, `!` in front
    for all others."""
    hop_limit: Text
    """Hop limit of the packet. Takes a limit such as "less-than:5"."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`. Takes some of `ack` `cwr` `ece`
    `fin` `psh` `rst` `syn` `urg`."""


class Ipv6Matchers(Ipv6PacketMatchers, AnyMatchers, total=False):
    """The matchers that rules of IPv6's filter, NAT and mangle share besides."""

    connection_state: Texts
    """State of the packet's connection. Takes some of `established` `invalid` `new` `related` `untracked`, `!` in front
    for all others."""


class Ipv6StatefulMatchers(Ipv6Matchers, AnyStatefulMatchers, total=False):
    """The matchers that rules of IPv6's filter and mangle share besides."""

    connection_nat_state: Texts
    """Whether the packet's connection is translated. `"!dstnat"` leaves forwarded ports out. Takes some of `dstnat`
    `srcnat`, `!` in front for all others."""
