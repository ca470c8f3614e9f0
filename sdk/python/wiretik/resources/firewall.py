"""Single firewall rules: filter, NAT, mangle and raw, which share their matchers.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`.
"""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from typing import Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text, Texts
from wiretik.resources.base.row import Row
from wiretik.resources.matchers import FirewallRuleArgs, Matchers, PacketMatchers, StatefulMatchers
from wiretik.resources.routing import TableRef
from wiretik.resources.rule_outputs import PacketOutputs, RuleOutputs, StatefulOutputs

__all__ = [
    "FilterChainRule",
    "FilterRule",
    "FilterRuleArgs",
    "MangleChainRule",
    "MangleRule",
    "MangleRuleArgs",
    "NatChainRule",
    "NatRule",
    "NatRuleArgs",
    "RawChainRule",
    "RawRule",
    "RawRuleArgs",
]


class FilterChainRule(StatefulMatchers, total=False):
    """One rule of a `FilterChain`: its matchers and its action."""

    action: Text
    """What happens to a packet that the rule matches. Takes one of `accept` `add-dst-to-address-list`
    `add-src-to-address-list` `drop` `fasttrack-connection` `jump` `log` `passthrough` `reject` `return` `tarpit`;
    default accept."""
    reject_with: Text
    """With action `reject`: the answer, such as `icmp-network-unreachable` or `tcp-reset`. Takes one of
    `icmp-admin-prohibited` `icmp-host-prohibited` `icmp-host-unreachable` `icmp-net-prohibited`
    `icmp-network-unreachable` `icmp-port-unreachable` `icmp-protocol-unreachable` `tcp-reset`; the router's choice
    unless given."""
    hw_offload: Flag
    """With action `fasttrack-connection`: whether the switch chip may do it. Only on hardware that can. The router's
    choice unless given."""


class FilterRuleArgs(FirewallRuleArgs, FilterChainRule, total=False):
    """The properties of a `FilterRule`."""


class FilterRule(StatefulOutputs, Row, menu="/ip/firewall/filter"):
    """A rule of the filter, which lets packets to, from and through the router pass or not.

    RouterOS's chains are `input` (to the router), `forward` (through it) and `output` (from it). The first rule that
    decides ends it, so a rule's place is part of its meaning: an accept below the drop is dead. Say `position`.

    A fasttracked connection skips every later rule and every mark; what a VPN's mark is to steer must be accepted above
    the fasttrack rule, in both directions.

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
    """With action `reject`: the answer, such as `icmp-network-unreachable` or `tcp-reset`."""
    hw_offload: pulumi.Output[bool | None]
    """With action `fasttrack-connection`: whether the switch chip may do it."""

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
    """What happens to a packet that the rule matches. `accept` leaves it as it is. Takes one of `accept`
    `add-dst-to-address-list` `add-src-to-address-list` `dst-nat` `endpoint-independent-nat` `jump` `log` `masquerade`
    `netmap` `passthrough` `redirect` `return` `same` `socksify` `src-nat`; default accept."""
    to_addresses: Text
    """The new address, or several. Takes an address, a prefix or a range."""
    to_ports: Span
    """The new port. Takes a number or a range, 0 to 65535."""
    randomise_ports: Flag
    """Whether new source ports are chosen at random. Default False; RouterOS 7.10 and newer."""
    same_not_by_dst: Flag
    """With action `same`: whether the new source is chosen without regard to the destination. The router's choice
    unless given."""
    socks5_server: Text
    """With action `socksify`: the SOCKS server. Takes an address; the router's choice unless given; RouterOS 7.20 and
    newer."""
    socks5_port: Number
    """With action `socksify`: the SOCKS server's port. Takes a number, 1 to 65535; the router's choice unless given;
    RouterOS 7.20 and newer."""
    socksify_service: Number
    """With action `socksify`: the service. Takes a number; the router's choice unless given; RouterOS 7.20 and
    newer."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others. Before RouterOS 7.16."""


class NatRuleArgs(FirewallRuleArgs, NatChainRule, total=False):
    """The properties of a `NatRule`."""


class NatRule(RuleOutputs, Row, menu="/ip/firewall/nat"):
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
    """The new address, or several."""
    to_ports: pulumi.Output[str | None]
    """The new port."""
    randomise_ports: pulumi.Output[bool]
    """Whether new source ports are chosen at random."""
    same_not_by_dst: pulumi.Output[bool | None]
    """With action `same`: whether the new source is chosen without regard to the destination."""
    socks5_server: pulumi.Output[str | None]
    """With action `socksify`: the SOCKS server."""
    socks5_port: pulumi.Output[int | None]
    """With action `socksify`: the SOCKS server's port."""
    socksify_service: pulumi.Output[int | None]
    """With action `socksify`: the service."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""

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
    """What happens to a packet that the rule matches. Takes one of `accept` `add-dst-to-address-list`
    `add-src-to-address-list` `change-dscp` `change-mss` `change-ttl` `clear-df` `drop` `fasttrack-connection` `jump`
    `log` `mark-connection` `mark-packet` `mark-routing` `passthrough` `return` `route` `set-priority` `sniff-pc`
    `sniff-tzsp` `strip-ipv4-options`; default accept."""
    new_routing_mark: TableRef | None
    """With action `mark-routing`: the table that is asked first. It must exist. Takes a name, or the resource."""
    new_connection_mark: Text
    """With action `mark-connection`: the mark, any text, or `no-mark` to take it off."""
    new_packet_mark: Text
    """With action `mark-packet`: the mark, any text, or `no-mark` to take it off."""
    passthrough: Flag
    """Whether later rules see the packet too, and may mark it anew. Default True."""
    new_mss: Span
    """With action `change-mss`: the new size. `clamp-to-pmtu` fits it to the outgoing interface. Takes a number, 40 to
    65534, or `clamp-to-pmtu`."""
    new_priority: Span
    """With action `set-priority`: the new priority. Takes a number, 0 to 63, or `from-dscp` or `from-dscp-high-3-bits`
    or `from-ingress`."""
    sniff_id: Number
    """With action `sniff-pc`: the number that marks the copies. Takes a number; the router's choice unless given."""
    sniff_target: Text
    """With actions `sniff-tzsp` and `sniff-pc`: where the copies go. Takes an address; the router's choice unless
    given."""
    sniff_target_port: Number
    """With action `sniff-tzsp`: the port to which the copies go. Takes a number, 0 to 65535; the router's choice unless
    given."""
    new_dscp: Span
    """With action `change-dscp`: the new DSCP. Takes a number, 0 to 63, or `from-priority` or
    `from-priority-to-high-3-bits`."""
    new_ttl: Text
    """With action `change-ttl`: the new time to live. Takes a change such as "set:64" or "decrement:1"."""
    route_dst: Text
    """With action `route`: the gateway's address. Takes an address."""


class MangleRuleArgs(FirewallRuleArgs, MangleChainRule, total=False):
    """The properties of a `MangleRule`."""


class MangleRule(StatefulOutputs, Row, menu="/ip/firewall/mangle"):
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
    """With action `mark-routing`: the table that is asked first."""
    new_connection_mark: pulumi.Output[str | None]
    """The connection's new mark."""
    new_packet_mark: pulumi.Output[str | None]
    """The packet's new mark."""
    passthrough: pulumi.Output[bool]
    """Whether later rules see the packet too, and may mark it anew."""
    new_mss: pulumi.Output[str | None]
    """With action `change-mss`: the new size."""
    new_priority: pulumi.Output[str | None]
    """With action `set-priority`: the new priority."""
    sniff_id: pulumi.Output[int | None]
    """With action `sniff-pc`: the number that marks the copies."""
    sniff_target: pulumi.Output[str | None]
    """With actions `sniff-tzsp` and `sniff-pc`: where the copies go."""
    sniff_target_port: pulumi.Output[int | None]
    """With action `sniff-tzsp`: the port to which the copies go."""
    new_dscp: pulumi.Output[str | None]
    """With action `change-dscp`: the new DSCP."""
    new_ttl: pulumi.Output[str | None]
    """With action `change-ttl`: the new time to live."""
    route_dst: pulumi.Output[str | None]
    """With action `route`: the gateway's address."""

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
    """What happens to a packet that the rule matches. With `notrack` its connection isn't tracked. Takes one of
    `accept` `add-dst-to-address-list` `add-src-to-address-list` `drop` `jump` `log` `notrack` `passthrough` `return`;
    default accept."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`. Takes some of `ack` `cwr` `ece`
    `fin` `psh` `rst` `syn` `urg`."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""


class RawRuleArgs(FirewallRuleArgs, RawChainRule, total=False):
    """The properties of a `RawRule`."""


class RawRule(PacketOutputs, Row, menu="/ip/firewall/raw"):
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
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[RawRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
