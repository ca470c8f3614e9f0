"""The outputs of firewall rules that several kinds of them share; their types are those of the menus' codecs."""

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
    """What happens to a packet that matches."""
    src_address: pulumi.Output[str | None]
    """Source."""
    dst_address: pulumi.Output[str | None]
    """Destination."""
    src_address_list: pulumi.Output[str | None]
    """Address list of the source."""
    dst_address_list: pulumi.Output[str | None]
    """Address list of the destination."""
    src_address_type: pulumi.Output[str | None]
    """Kind of source."""
    dst_address_type: pulumi.Output[str | None]
    """Kind of destination."""
    src_mac_address: pulumi.Output[str | None]
    """Source MAC address."""
    protocol: pulumi.Output[str | None]
    """Protocol by name."""
    src_port: pulumi.Output[str | None]
    """Source ports."""
    dst_port: pulumi.Output[str | None]
    """Destination ports."""
    port: pulumi.Output[str | None]
    """Ports on either side."""
    in_interface: pulumi.Output[str | None]
    """Incoming interface."""
    in_interface_list: pulumi.Output[str | None]
    """List of incoming interfaces."""
    out_interface: pulumi.Output[str | None]
    """Outgoing interface."""
    out_interface_list: pulumi.Output[str | None]
    """List of outgoing interfaces."""
    in_bridge_port: pulumi.Output[str | None]
    """Incoming bridge port."""
    in_bridge_port_list: pulumi.Output[str | None]
    """List of incoming bridge ports."""
    out_bridge_port: pulumi.Output[str | None]
    """Outgoing bridge port."""
    out_bridge_port_list: pulumi.Output[str | None]
    """List of outgoing bridge ports."""
    packet_mark: pulumi.Output[str | None]
    """Mark of the packet."""
    content: pulumi.Output[str | None]
    """Text in the packet."""
    dscp: pulumi.Output[str | None]
    """DSCP, as text since it may be negated."""
    tos: pulumi.Output[str | None]
    """Type of service."""
    icmp_options: pulumi.Output[str | None]
    """ICMP type and codes."""
    ingress_priority: pulumi.Output[str | None]
    """Priority from the header."""
    priority: pulumi.Output[str | None]
    """Priority now."""
    ipsec_policy: pulumi.Output[str | None]
    """IPsec's part in it."""
    limit: pulumi.Output[str | None]
    """Rate, written out."""
    dst_limit: pulumi.Output[str | None]
    """Rate for each destination."""
    nth: pulumi.Output[str | None]
    """Every nth packet."""
    random: pulumi.Output[int | None]
    """Likelihood in percent."""
    packet_size: pulumi.Output[str | None]
    """Size."""
    per_connection_classifier: pulumi.Output[str | None]
    """Share of connections."""
    tcp_mss: pulumi.Output[str | None]
    """Maximum segment size."""
    time: pulumi.Output[str | None]
    """When."""
    jump_target: pulumi.Output[str | None]
    """The chain to go on in."""
    address_list: pulumi.Output[str | None]
    """The list to add to."""
    address_list_timeout: pulumi.Output[str]
    """For how long."""
    log: pulumi.Output[bool]
    """Whether it is logged."""
    log_prefix: pulumi.Output[str]
    """Text in front of log lines."""
    disabled: pulumi.Output[bool]
    """Whether the rule is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""


class AnyRuleOutputs:
    """Outputs that rules of filter, NAT and mangle share besides."""

    connection_mark: pulumi.Output[str | None]
    """Mark of the connection."""
    routing_mark: pulumi.Output[str | None]
    """Mark for routing."""
    connection_type: pulumi.Output[str | None]
    """Helper of the connection."""
    connection_bytes: pulumi.Output[str | None]
    """Bytes of the connection."""
    connection_limit: pulumi.Output[str | None]
    """Number of connections."""
    connection_rate: pulumi.Output[str | None]
    """Rate of the connection."""


class AnyStatefulOutputs:
    """Outputs that rules of filter and mangle share besides."""

    connection_state: pulumi.Output[str | None]
    """State of the connection."""
    connection_nat_state: pulumi.Output[str | None]
    """Whether the connection is translated."""
    tcp_flags: pulumi.Output[str | None]
    """TCP flags."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello."""


class PacketOutputs(AnyPacketOutputs):
    """Outputs that all rules of IPv4 share."""

    fragment: pulumi.Output[bool | None]
    """Later fragments."""
    hotspot: pulumi.Output[str | None]
    """State of a hotspot's client."""
    ipv4_options: pulumi.Output[str | None]
    """Header options."""
    psd: pulumi.Output[str | None]
    """Port scan weights."""
    ttl: pulumi.Output[str | None]
    """Time to live."""


class RuleOutputs(AnyRuleOutputs, PacketOutputs):
    """Outputs that rules of IPv4's filter, NAT and mangle share besides."""

    layer7_protocol: pulumi.Output[str | None]
    """Layer 7 pattern."""
    realm: pulumi.Output[str | None]
    """Realm, as text since it may be negated."""


class StatefulOutputs(AnyStatefulOutputs, RuleOutputs):
    """Outputs that rules of IPv4's filter and mangle share besides."""

    p2p: pulumi.Output[str | None]
    """Peer-to-peer protocol."""


class Ipv6PacketOutputs(AnyPacketOutputs):
    """Outputs that all rules of IPv6 share."""

    headers: pulumi.Output[str | None]
    """Extension headers."""
    hop_limit: pulumi.Output[str | None]
    """Hop limit."""


class Ipv6RuleOutputs(AnyRuleOutputs, Ipv6PacketOutputs):
    """Outputs that rules of IPv6's filter, NAT and mangle share besides."""


class Ipv6StatefulOutputs(AnyStatefulOutputs, Ipv6RuleOutputs):
    """Outputs that rules of IPv6's filter and mangle share besides."""
