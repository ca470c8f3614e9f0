"""Single firewall rules: filter, NAT, mangle and raw, which share their matchers.

A matcher that isn't given isn't there, and one that somebody adds on the router is drift. `!` in front of a value, as
RouterOS writes it, is "all others": `"!noVPN"`, `"!local"`, `"!tcp"`.
"""

from __future__ import annotations

from typing import Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text
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


class FilterRule(StatefulOutputs, Row, menu="/ip/firewall/filter"):
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
