"""Single firewall rules: filter, NAT, mangle and raw, which share their matchers.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`.
"""

from __future__ import annotations

from typing import Required, TypedDict, Unpack

import pulumi

from wiretik._resource import Row, RowArgs
from wiretik._types import Flag, Number, Ports, Span, Text, Texts
from wiretik.address_list import AddressList
from wiretik.interfaces import InterfaceRef, ListRef
from wiretik.position import Position
from wiretik.routing import TableRef

__all__ = [
    "AddressListRef",
    "FilterChainRule",
    "FilterRule",
    "FilterRuleArgs",
    "FirewallRuleArgs",
    "MangleChainRule",
    "MangleRule",
    "MangleRuleArgs",
    "Matchers",
    "NatChainRule",
    "NatRule",
    "NatRuleArgs",
    "PacketMatchers",
    "RawChainRule",
    "RawRule",
    "RawRuleArgs",
    "StatefulMatchers",
]

AddressListRef = pulumi.Input[str] | AddressList
"""An address list: the resource itself, or a name; `!` in front of a name is all others."""


class FirewallRuleArgs(RowArgs, total=False):
    """What a single rule of filter, NAT, mangle and raw says besides its matchers and its action."""

    chain: Required[pulumi.Input[str]]
    """The chain; any other name than RouterOS's own makes a chain to jump to."""
    position: Position | None
    """Where in the chain: `FIRST`, `LAST`, `BEFORE_DROP`, `BEFORE_FASTTRACK`, `Before(…)` or `After(…)`. New rules
    stand last where it isn't given, below the chain's drop rule."""


class PacketMatchers(TypedDict, total=False):
    """The matchers that all rules share, those of raw among them: what can be seen of a packet by itself."""

    src_address: Text
    """Source: an address, a prefix, or a range such as `10.0.0.1-10.0.0.9`; `!` for all others."""
    dst_address: Text
    """Destination: an address, a prefix or a range; `!` for all others."""
    src_address_list: AddressListRef | None
    """Source in an address list: its name, `!` for all others, or the resource."""
    dst_address_list: AddressListRef | None
    """Destination in an address list: its name, `!` for all others, or the resource."""
    src_address_type: Texts
    """Kind of source: `unicast`, `local` (the router's own), `broadcast`, `multicast`, `blackhole`; `!` for all
    others."""
    dst_address_type: Texts
    """Kind of destination, the same words. A rule that marks for routing needs `"!local"`: a mark is looked up before
    the router's own addresses are."""
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
    in_interface: InterfaceRef | None
    """Interface by which it came in: the resource, its name, `all-ethernet` and the like; `!` for all others."""
    in_interface_list: ListRef | None
    """Interface list by a member of which it came in: the resource or its name; `!` for all others."""
    out_interface: InterfaceRef | None
    """Interface by which it leaves; `!` for all others. Not known yet in `input` and `prerouting`."""
    out_interface_list: ListRef | None
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
    ttl: Text
    """Time to live: `equal:N`, `greater-than:N`, `less-than:N`, `not-equal:N`."""
    fragment: Flag
    """Second and later fragments of a packet."""
    hotspot: Texts
    """State of a hotspot's client: `auth`, `from-client`, `http`, `local-dst`, `to-client`; `!` for all others."""
    icmp_options: Span
    """ICMP type and codes, `8:0`; a type alone means all its codes; `!` for all others."""
    ingress_priority: Span
    """Priority from a VLAN or WMM header, 0 to 63; `!` for all others."""
    priority: Span
    """Priority that the packet has now, 0 to 63; `!` for all others."""
    ipsec_policy: Text
    """Whether IPsec handled it or will: `in,ipsec`, `in,none`, `out,ipsec`, `out,none`."""
    ipv4_options: Text
    """Options in its header: `any`, `none`, `loose-source-routing`, `no-record-route` and the like."""
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
    psd: Text
    """A port scan: `WEIGHT,DELAY,LOWPORTWEIGHT,HIGHPORTWEIGHT`, such as `21,3s,3,1`."""
    tcp_mss: Span
    """Maximum segment size of a TCP SYN, a number or a range; `!` for all others."""
    time: Text
    """When: `8h-17h,mon,tue`."""

    jump_target: Text
    """With action `jump`: the chain to go on in."""
    address_list: AddressListRef | None
    """With actions `add-src-to-address-list` and `add-dst-to-address-list`: the list's name."""
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


class Matchers(PacketMatchers, total=False):
    """The matchers that rules of filter, NAT and mangle share besides."""

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
    layer7_protocol: Text
    """A pattern's name from `/ip/firewall/layer7-protocol`; `!` for all others."""
    realm: Span
    """Realm of the route; `!` for all others."""


class StatefulMatchers(Matchers, total=False):
    """The matchers that rules of filter and mangle share besides."""

    connection_state: Texts
    """State of its connection: `established`, `related`, `new`, `invalid`, `untracked`, several by commas; `!` in front
    is for the whole list."""
    connection_nat_state: Texts
    """Whether its connection is translated: `srcnat`, `dstnat`, in filter also `ein-snat`, `ein-dnat`; `!` for all
    others: `"!dstnat"` leaves forwarded ports out."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` for all others."""
    p2p: Text
    """A peer-to-peer protocol of old, such as `all-p2p`; `!` for all others."""


class _PacketOutputs:
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
    ttl: pulumi.Output[str | None]
    """Time to live."""
    fragment: pulumi.Output[bool | None]
    """Later fragments."""
    hotspot: pulumi.Output[str | None]
    """State of a hotspot's client."""
    icmp_options: pulumi.Output[str | None]
    """ICMP type and codes."""
    ingress_priority: pulumi.Output[str | None]
    """Priority from the header."""
    priority: pulumi.Output[str | None]
    """Priority now."""
    ipsec_policy: pulumi.Output[str | None]
    """IPsec's part in it."""
    ipv4_options: pulumi.Output[str | None]
    """Header options."""
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
    psd: pulumi.Output[str | None]
    """Port scan weights."""
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


class _RuleOutputs(_PacketOutputs):
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
    layer7_protocol: pulumi.Output[str | None]
    """Layer 7 pattern."""
    realm: pulumi.Output[str | None]
    """Realm, as text since it may be negated."""


class _StatefulOutputs(_RuleOutputs):
    """Outputs that rules of filter and mangle share besides."""

    connection_state: pulumi.Output[str | None]
    """State of the connection."""
    connection_nat_state: pulumi.Output[str | None]
    """Whether the connection is translated."""
    tcp_flags: pulumi.Output[str | None]
    """TCP flags."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello."""
    p2p: pulumi.Output[str | None]
    """Peer-to-peer protocol."""


class FilterChainRule(StatefulMatchers, total=False):
    """One rule of a `FilterChain`: its matchers and its action."""

    action: Text
    """What happens: `accept`, `drop`, `reject`, `fasttrack-connection`, `jump`, `return`, `log`, `passthrough`,
    `tarpit`, `add-src-to-address-list`, `add-dst-to-address-list`. Default accept."""
    reject_with: Text
    """With action `reject`: the answer, such as `icmp-network-unreachable` or `tcp-reset`. RouterOS chooses where it
    isn't given; compared only where it is declared."""
    hw_offload: Flag
    """With action `fasttrack-connection`: whether the switch chip may do it. Only on hardware that can; compared only
    where it is declared."""


class FilterRuleArgs(FirewallRuleArgs, FilterChainRule, total=False):
    """The properties of a `FilterRule`."""


class FilterRule(_StatefulOutputs, Row, menu="/ip/firewall/filter"):
    """A rule of the filter, which lets packets to, from and through the router pass or not.

    RouterOS's chains are `input` (to the router), `forward` (through it) and `output` (from it). The first rule that
    decides ends it, so a rule's place is part of its meaning: an accept below the drop is dead. Say `position`.

    A fasttracked connection skips every later rule and every mark; what a VPN's mark is to steer must be accepted
    above the fasttrack rule, in both directions.

    Example:
        ```python
        wt.FilterRule(
            "wireguard",
            chain="input",
            protocol="udp",
            dst_port=wg1.listen_port,
            in_interface_list="WAN",
            position=wt.BEFORE_DROP,
        )
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another menu or router.
    """

    reject_with: pulumi.Output[str | None]
    """The answer."""
    hw_offload: pulumi.Output[bool | None]
    """Whether the switch chip may fasttrack it."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[FilterRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class NatChainRule(Matchers, total=False):
    """One rule of a `NatChain`: its matchers and its action."""

    action: Text
    """What happens: `masquerade`, `src-nat`, `dst-nat`, `redirect`, `netmap`, `same`, `accept`, `jump`, `return`,
    `log`, `passthrough`, `endpoint-independent-nat`, `socksify`, `add-src-to-address-list`, `add-dst-to-address-
    list`. Default accept, which leaves the packet as it is."""
    to_addresses: Text
    """The new address: one, a prefix or a range."""
    to_ports: Span
    """The new port, or a range of them."""
    randomise_ports: Flag
    """Choose new source ports at random. Default False."""
    same_not_by_dst: Flag
    """With action `same`: choose the new source without regard to the destination; compared only where it is
    declared."""
    socks5_server: Text
    """With action `socksify`: the SOCKS server. RouterOS 7.20 and newer; compared only where it is declared."""
    socks5_port: Number
    """With action `socksify`: its port. RouterOS 7.20 and newer; compared only where it is declared."""
    socksify_service: Number
    """With action `socksify`: the service. RouterOS 7.20 and newer; compared only where it is declared."""
    tls_host: Text
    """Name of the server in a TLS hello; `!` for all others. Only before RouterOS 7.16."""


class NatRuleArgs(FirewallRuleArgs, NatChainRule, total=False):
    """The properties of a `NatRule`."""


class NatRule(_RuleOutputs, Row, menu="/ip/firewall/nat"):
    """A rule that translates addresses or ports of a connection's first packet; the rest follows by itself.

    RouterOS's chains are `srcnat` (on leaving), `dstnat` (on arrival), `input` and `output`. `masquerade` takes the
    address of the interface by which the packet leaves. Routing comes after `dstnat` and sees the new destination.

    Example:
        ```python
        wt.NatRule("masquerade-wg0", chain="srcnat", action="masquerade", out_interface=wg0)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another menu or router.
    """

    to_addresses: pulumi.Output[str | None]
    """The new address."""
    to_ports: pulumi.Output[str | None]
    """The new port."""
    randomise_ports: pulumi.Output[bool]
    """Whether source ports are chosen at random."""
    same_not_by_dst: pulumi.Output[bool | None]
    """Whether the destination is left out of the choice."""
    socks5_server: pulumi.Output[str | None]
    """The SOCKS server."""
    socks5_port: pulumi.Output[int | None]
    """Its port."""
    socksify_service: pulumi.Output[int | None]
    """The service."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[NatRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class MangleChainRule(StatefulMatchers, total=False):
    """One rule of a `MangleChain`: its matchers and its action."""

    action: Text
    """What happens: `mark-routing`, `mark-connection`, `mark-packet`, `change-mss`, `change-dscp`, `change-ttl`,
    `set-priority`, `route`, `accept`, `drop`, `jump`, `return`, `log`, `passthrough`, `fasttrack-connection`,
    `clear-df`, `strip-ipv4-options`, `sniff-pc`, `sniff-tzsp`, `add-src-to-address-list`, `add-dst-to-address-
    list`. Default accept."""
    new_routing_mark: TableRef | None
    """With action `mark-routing`: the table that is asked first, the resource or its name. It must exist."""
    new_connection_mark: Text
    """With action `mark-connection`: the mark, any text, or `no-mark` to take it off."""
    new_packet_mark: Text
    """With action `mark-packet`: the mark, any text, or `no-mark` to take it off."""
    passthrough: Flag
    """Whether later rules see the packet too, and may mark it anew. Default True."""
    new_mss: Span
    """With action `change-mss`: 40 to 65534, or `"clamp-to-pmtu"`, which fits it to the outgoing interface."""
    new_dscp: Span
    """With action `change-dscp`: 0 to 63, `from-priority` or `from-priority-to-high-3-bits`."""
    new_priority: Span
    """With action `set-priority`: 0 to 63, `from-dscp`, `from-dscp-high-3-bits` or `from-ingress`."""
    new_ttl: Text
    """With action `change-ttl`: `set:N`, `increment:N` or `decrement:N`."""
    route_dst: Text
    """With action `route`: the gateway's address."""
    sniff_id: Number
    """With action `sniff-pc`: the number that marks the copies; compared only where it is declared."""
    sniff_target: Text
    """With actions `sniff-tzsp` and `sniff-pc`: where the copies go; compared only where it is declared."""
    sniff_target_port: Number
    """With action `sniff-tzsp`: to which port; compared only where it is declared."""


class MangleRuleArgs(FirewallRuleArgs, MangleChainRule, total=False):
    """The properties of a `MangleRule`."""


class MangleRule(_StatefulOutputs, Row, menu="/ip/firewall/mangle"):
    """A rule that marks packets and connections, or changes them.

    RouterOS's chains are `prerouting`, `input`, `forward`, `output` and `postrouting`. `mark-routing` works in
    `prerouting` (what comes in) and `output` (what the router sends): elsewhere the packet is routed already. A marked
    packet is looked up in the table of that name before anything else, also before the router's own addresses.

    Example:
        ```python
        wt.MangleRule(
            "mark-vpn",
            chain="prerouting",
            in_interface="bridge",
            dst_address_list="!noVPN",
            dst_address_type="!local",
            action="mark-routing",
            new_routing_mark=vpn,
            passthrough=False,
        )
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another menu or router.
    """

    new_routing_mark: pulumi.Output[str | None]
    """The table that is asked first."""
    new_connection_mark: pulumi.Output[str | None]
    """The connection's mark."""
    new_packet_mark: pulumi.Output[str | None]
    """The packet's mark."""
    passthrough: pulumi.Output[bool]
    """Whether later rules see the packet too."""
    new_mss: pulumi.Output[str | None]
    """The new maximum segment size."""
    new_dscp: pulumi.Output[str | None]
    """The new DSCP."""
    new_priority: pulumi.Output[str | None]
    """The new priority."""
    new_ttl: pulumi.Output[str | None]
    """The new time to live."""
    route_dst: pulumi.Output[str | None]
    """The gateway's address."""
    sniff_id: pulumi.Output[int | None]
    """The number that marks the copies."""
    sniff_target: pulumi.Output[str | None]
    """Where copies go."""
    sniff_target_port: pulumi.Output[int | None]
    """To which port."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[MangleRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class RawChainRule(PacketMatchers, total=False):
    """One rule of a `RawChain`: its matchers and its action."""

    action: Text
    """What happens: `accept`, `drop`, `notrack` (its connection isn't tracked), `jump`, `return`, `log`, `passthrough`,
    `add-src-to-address-list`, `add-dst-to-address-list`. Default accept."""
    tcp_flags: Text
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` for all others."""


class RawRuleArgs(FirewallRuleArgs, RawChainRule, total=False):
    """The properties of a `RawRule`."""


class RawRule(_PacketOutputs, Row, menu="/ip/firewall/raw"):
    """A rule that sees packets before connections are tracked: cheap drops, and packets that aren't to be tracked.

    RouterOS's chains are `prerouting` (what comes in) and `output` (what the router sends). A packet has no state and
    no connection here yet, so there are no matchers of these.

    Example:
        ```python
        wt.RawRule(
            "bogons", chain="prerouting", in_interface_list="WAN", src_address_list=bogons, action="drop"
        )
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another menu or router.
    """

    tcp_flags: pulumi.Output[str | None]
    """TCP flags."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[RawRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
