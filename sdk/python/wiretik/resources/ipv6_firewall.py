"""Single rules of IPv6's firewall, which is another one than IPv4's: filter, NAT, mangle and raw."""

from __future__ import annotations

from typing import Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text, Texts
from wiretik.resources.base.row import Row
from wiretik.resources.matchers import FirewallRuleArgs, Ipv6Matchers, Ipv6PacketMatchers, Ipv6StatefulMatchers
from wiretik.resources.routing import TableRef
from wiretik.resources.rule_outputs import Ipv6PacketOutputs, Ipv6RuleOutputs, Ipv6StatefulOutputs

__all__ = [
    "Ipv6FilterChainRule",
    "Ipv6FilterRule",
    "Ipv6FilterRuleArgs",
    "Ipv6MangleChainRule",
    "Ipv6MangleRule",
    "Ipv6MangleRuleArgs",
    "Ipv6NatChainRule",
    "Ipv6NatRule",
    "Ipv6NatRuleArgs",
    "Ipv6RawChainRule",
    "Ipv6RawRule",
    "Ipv6RawRuleArgs",
]


class Ipv6FilterChainRule(Ipv6StatefulMatchers, total=False):
    """One rule of an `Ipv6FilterChain`: its matchers and its action."""

    action: Text
    """What happens: `accept`, `drop`, `reject`, `fasttrack-connection`, `jump`, `return`, `log`, `passthrough`,
    `add-src-to-address-list`, `add-dst-to-address-list`. Default accept."""
    reject_with: Text
    """With action `reject`: the answer, such as `icmp-no-route` or `tcp-reset`. RouterOS chooses where it isn't given;
    compared only where it is declared."""


class Ipv6FilterRuleArgs(FirewallRuleArgs, Ipv6FilterChainRule, total=False):
    """The properties of an `Ipv6FilterRule`."""


class Ipv6FilterRule(Ipv6StatefulOutputs, Row, menu="/ipv6/firewall/filter"):
    """A rule of IPv6's filter; what `FilterRule` says of chains and places holds here too.

    IPv6 needs ICMPv6 to work at all: accept it above the drop.

    Example:
        ```python
        wt.Ipv6FilterRule(
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

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[Ipv6FilterRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class Ipv6NatChainRule(Ipv6Matchers, total=False):
    """One rule of an `Ipv6NatChain`: its matchers and its action."""

    action: Text
    """What happens: `masquerade`, `src-nat`, `dst-nat`, `redirect`, `netmap`, `accept`, `jump`, `return`, `log`,
    `passthrough`, `add-src-to-address-list`, `add-dst-to-address-list`. Default accept, which leaves the packet as it
    is."""
    to_address: Text
    """The new address or prefix. IPv4's rules call it `to_addresses`."""
    to_ports: Span
    """The new port, or a range of them."""
    connection_state: Texts
    """State of its connection: `established`, `related`, `new`, `invalid`, `untracked`, several by commas; `!` in front
    is for the whole list."""
    tcp_flags: Texts
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: Text
    """Name of the server in a TLS hello; `!` for all others. Only before RouterOS 7.16."""


class Ipv6NatRuleArgs(FirewallRuleArgs, Ipv6NatChainRule, total=False):
    """The properties of an `Ipv6NatRule`."""


class Ipv6NatRule(Ipv6RuleOutputs, Row, menu="/ipv6/firewall/nat"):
    """A rule that translates addresses or ports of an IPv6 connection's first packet; the rest follows by itself.

    A VPN provider that gives a single IPv6 address needs `masquerade` here as it does for IPv4. Two prefixes of one
    size are better translated without state, by `snpt` and `dnpt` of `Ipv6MangleRule`.

    Example:
        ```python
        wt.Ipv6NatRule("masquerade-wg0", chain="srcnat", action="masquerade", out_interface=wg0)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another menu or router.
    """

    to_address: pulumi.Output[str | None]
    """The new address."""
    to_ports: pulumi.Output[str | None]
    """The new port."""
    connection_state: pulumi.Output[str | None]
    """State of the connection."""
    tcp_flags: pulumi.Output[str | None]
    """TCP flags."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[Ipv6NatRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class Ipv6MangleChainRule(Ipv6StatefulMatchers, total=False):
    """One rule of an `Ipv6MangleChain`: its matchers and its action."""

    action: Text
    """What happens: `mark-routing`, `mark-connection`, `mark-packet`, `change-mss`, `change-dscp`, `change-hop-limit`,
    `set-priority`, `snpt`, `dnpt`, `accept`, `drop`, `jump`, `return`, `log`, `passthrough`, `sniff-pc`, `sniff-tzsp`,
    `add-src-to-address-list`, `add-dst-to-address-list`. Default accept."""
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
    new_dscp: Number
    """With action `change-dscp`: 0 to 63."""
    new_priority: Span
    """With action `set-priority`: 0 to 63, `from-dscp`, `from-dscp-high-3-bits` or `from-ingress`."""
    new_hop_limit: Text
    """With action `change-hop-limit`: `set:N`, `increment:N` or `decrement:N`."""
    src_prefix: Text
    """With actions `snpt` and `dnpt`: the prefix that is translated."""
    dst_prefix: Text
    """With actions `snpt` and `dnpt`: the prefix that takes its place."""
    sniff_id: Number
    """With action `sniff-pc`: the number that marks the copies; compared only where it is declared."""
    sniff_target: Text
    """With actions `sniff-tzsp` and `sniff-pc`: where the copies go; compared only where it is declared."""
    sniff_target_port: Number
    """With action `sniff-tzsp`: to which port; compared only where it is declared."""


class Ipv6MangleRuleArgs(FirewallRuleArgs, Ipv6MangleChainRule, total=False):
    """The properties of an `Ipv6MangleRule`."""


class Ipv6MangleRule(Ipv6StatefulOutputs, Row, menu="/ipv6/firewall/mangle"):
    """A rule that marks IPv6 packets and connections, or changes them; `MangleRule` says which chains do what.

    Example:
        ```python
        wt.Ipv6MangleRule(
            "mark-vpn",
            chain="prerouting",
            in_interface="bridge",
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
    new_dscp: pulumi.Output[int | None]
    """The new DSCP."""
    new_priority: pulumi.Output[str | None]
    """The new priority."""
    new_hop_limit: pulumi.Output[str | None]
    """The new hop limit."""
    src_prefix: pulumi.Output[str | None]
    """The prefix that is translated."""
    dst_prefix: pulumi.Output[str | None]
    """The prefix that takes its place."""
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
        **args: Unpack[Ipv6MangleRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


class Ipv6RawChainRule(Ipv6PacketMatchers, total=False):
    """One rule of an `Ipv6RawChain`: its matchers and its action."""

    action: Text
    """What happens: `accept`, `drop`, `notrack` (its connection isn't tracked), `jump`, `return`, `log`, `passthrough`,
    `add-src-to-address-list`, `add-dst-to-address-list`. Default accept."""
    tcp_flags: Text
    """Flags of a TCP packet, `!` in front of each that must not be there: `syn,!ack`."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` for all others."""


class Ipv6RawRuleArgs(FirewallRuleArgs, Ipv6RawChainRule, total=False):
    """The properties of an `Ipv6RawRule`."""


class Ipv6RawRule(Ipv6PacketOutputs, Row, menu="/ipv6/firewall/raw"):
    """A rule that sees IPv6 packets before connections are tracked, in `prerouting` or `output`.

    Example:
        ```python
        wt.Ipv6RawRule(
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
        **args: Unpack[Ipv6RawRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
