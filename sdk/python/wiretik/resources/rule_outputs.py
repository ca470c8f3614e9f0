"""The outputs of firewall rules that several kinds of them share; their types are those of the menus' codecs."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

import pulumi

__all__ = [
    "AnyPacketOutputs",
    "AnyRuleOutputs",
    "AnyStatefulOutputs",
    "Ipv6PacketOutputs",
    "Ipv6RuleOutputs",
    "Ipv6StatefulOutputs",
    "PacketOutputs",
    "RuleOutputs",
    "StatefulOutputs",
]


class AnyPacketOutputs:
    """Outputs that all rules share."""

    chain: pulumi.Output[str]
    """The chain."""
    action: pulumi.Output[str]
    """What happens to a packet that the rule matches."""
    src_address: pulumi.Output[str | None]
    """The source address."""
    dst_address: pulumi.Output[str | None]
    """The destination address."""
    src_address_list: pulumi.Output[str | None]
    """An address list that has the source."""
    dst_address_list: pulumi.Output[str | None]
    """An address list that has the destination."""
    src_address_type: pulumi.Output[str | None]
    """Kind of the source address; `local` is the router's own."""
    dst_address_type: pulumi.Output[str | None]
    """Kind of the destination address; `local` is the router's own."""
    address_list: pulumi.Output[str | None]
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list to add to."""
    src_mac_address: pulumi.Output[str | None]
    """Source MAC address."""
    protocol: pulumi.Output[str | None]
    """Protocol by name or number, such as `tcp`."""
    src_port: pulumi.Output[str | None]
    """Source port; at most 15 ports and ranges."""
    dst_port: pulumi.Output[str | None]
    """Destination port; at most 15 ports and ranges."""
    port: pulumi.Output[str | None]
    """Source or destination port; at most 15 ports and ranges."""
    in_interface: pulumi.Output[str | None]
    """Interface by which the packet came in, or `all-ethernet` and the like."""
    in_interface_list: pulumi.Output[str | None]
    """Interface list by a member of which the packet came in."""
    out_interface: pulumi.Output[str | None]
    """Interface by which the packet leaves."""
    out_interface_list: pulumi.Output[str | None]
    """Interface list by a member of which the packet leaves."""
    in_bridge_port: pulumi.Output[str | None]
    """Bridge port by which the packet came in."""
    in_bridge_port_list: pulumi.Output[str | None]
    """Interface list of the bridge port by which the packet came in."""
    out_bridge_port: pulumi.Output[str | None]
    """Bridge port by which the packet leaves."""
    out_bridge_port_list: pulumi.Output[str | None]
    """Interface list of the bridge port by which the packet leaves."""
    packet_mark: pulumi.Output[str | None]
    """Mark of the packet, or `no-mark`."""
    content: pulumi.Output[str | None]
    """Text that the packet holds; `!` in front for all others."""
    dscp: pulumi.Output[str | None]
    """DSCP of the packet."""
    icmp_options: pulumi.Output[str | None]
    """ICMP type and codes, `8:0`; a type alone means all its codes."""
    ingress_priority: pulumi.Output[str | None]
    """Priority from a VLAN or WMM header."""
    priority: pulumi.Output[str | None]
    """Priority that the packet has now."""
    ipsec_policy: pulumi.Output[str | None]
    """Whether IPsec handled the packet or will handle it."""
    limit: pulumi.Output[str | None]
    """Only so many packets: `COUNT[/TIME],BURST[:packet|bit]`."""
    dst_limit: pulumi.Output[str | None]
    """Only so many packets for each destination: `COUNT[/TIME],BURST,MODE[/EXPIRE]`."""
    nth: pulumi.Output[str | None]
    """Every nth packet: `2,1` is the first of each two."""
    random: pulumi.Output[int | None]
    """A packet with this likelihood in percent."""
    packet_size: pulumi.Output[str | None]
    """Size of the packet in bytes."""
    per_connection_classifier: pulumi.Output[str | None]
    """One share of connections: `both-addresses:2/0` is the first half by both addresses."""
    tcp_mss: pulumi.Output[str | None]
    """Maximum segment size of a TCP SYN."""
    time: pulumi.Output[str | None]
    """Time of day and days of the week."""
    tos: pulumi.Output[str | None]
    """Type of service, `TOS[/MASK]`."""
    jump_target: pulumi.Output[str | None]
    """With action `jump`: the chain to go on in."""
    address_list_timeout: pulumi.Output[str]
    """For how long an address is added to the list."""
    log: pulumi.Output[bool]
    """Whether packets that match are logged."""
    log_prefix: pulumi.Output[str]
    """Text in front of the log's lines."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""


class AnyRuleOutputs:
    """Outputs that rules of filter, NAT and mangle share besides."""

    connection_limit: pulumi.Output[str | None]
    """More connections than this for each address or network; the second number is the prefix length."""
    connection_mark: pulumi.Output[str | None]
    """Mark of the packet's connection, or `no-mark`."""
    routing_mark: pulumi.Output[str | None]
    """Mark for routing, which is the name of a table."""
    connection_type: pulumi.Output[str | None]
    """A connection of a known helper."""
    connection_bytes: pulumi.Output[str | None]
    """Bytes of the connection so far."""
    connection_rate: pulumi.Output[str | None]
    """Rate of the connection in bits each second: `0-100k`."""


class AnyStatefulOutputs:
    """Outputs that rules of filter and mangle share besides."""

    connection_nat_state: pulumi.Output[str | None]
    """Whether the packet's connection is translated."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""


class PacketOutputs(AnyPacketOutputs):
    """Outputs that all rules of IPv4 share."""

    fragment: pulumi.Output[bool | None]
    """Whether the packet is a second or later fragment."""
    hotspot: pulumi.Output[str | None]
    """State of a hotspot's client."""
    ipv4_options: pulumi.Output[str | None]
    """Options in the packet's header."""
    psd: pulumi.Output[str | None]
    """A port scan: `WEIGHT,DELAY,LOWPORTWEIGHT,HIGHPORTWEIGHT`."""
    ttl: pulumi.Output[str | None]
    """Time to live."""


class RuleOutputs(AnyRuleOutputs, PacketOutputs):
    """Outputs that rules of IPv4's filter, NAT and mangle share besides."""

    layer7_protocol: pulumi.Output[str | None]
    """A pattern's name from `/ip/firewall/layer7-protocol`."""
    realm: pulumi.Output[str | None]
    """Realm of the route."""


class StatefulOutputs(AnyStatefulOutputs, RuleOutputs):
    """Outputs that rules of IPv4's filter and mangle share besides."""

    connection_state: pulumi.Output[str | None]
    """State of the packet's connection."""
    tcp_flags: pulumi.Output[str | None]
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    p2p: pulumi.Output[str | None]
    """A peer-to-peer protocol of old."""


class Ipv6PacketOutputs(AnyPacketOutputs):
    """Outputs that all rules of IPv6 share."""

    headers: pulumi.Output[str | None]
    """Extension headers of the packet."""
    hop_limit: pulumi.Output[str | None]
    """Hop limit of the packet."""
    tcp_flags: pulumi.Output[str | None]
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""


class Ipv6RuleOutputs(AnyRuleOutputs, Ipv6PacketOutputs):
    """Outputs that rules of IPv6's filter, NAT and mangle share besides."""

    connection_state: pulumi.Output[str | None]
    """State of the packet's connection."""


class Ipv6StatefulOutputs(AnyStatefulOutputs, Ipv6RuleOutputs):
    """Outputs that rules of IPv6's filter and mangle share besides."""
