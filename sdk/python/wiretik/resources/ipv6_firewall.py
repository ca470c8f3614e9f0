"""Single rules of IPv6's firewall, which is another one than IPv4's: filter, NAT, mangle and raw."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from typing import Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Span, Text
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
    """What happens to a packet that the rule matches. Takes one of `accept` `add-dst-to-address-list`
    `add-src-to-address-list` `drop` `fasttrack-connection` `jump` `log` `passthrough` `reject` `return`; default
    accept."""
    reject_with: Text
    """With action `reject`: the answer, such as `icmp-no-route` or `tcp-reset`. Takes one of `icmp-address-unreachable`
    `icmp-admin-prohibited` `icmp-err-src-routing-header` `icmp-headers-too-long` `icmp-no-route` `icmp-not-neighbour`
    `icmp-port-unreachable` `tcp-reset`; the router's choice unless given."""


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
    """With action `reject`: the answer, such as `icmp-no-route` or `tcp-reset`."""

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
    """What happens to a packet that the rule matches. `accept` leaves it as it is. Takes one of `accept`
    `add-dst-to-address-list` `add-src-to-address-list` `dst-nat` `jump` `log` `masquerade` `netmap` `passthrough`
    `redirect` `return` `src-nat`; default accept."""
    to_address: Text
    """The new address or prefix. IPv4's rules call it `to_addresses`. Takes a prefix."""
    to_ports: Span
    """The new port. Takes a number or a range, 0 to 65535."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others. Before RouterOS 7.16."""


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
    """The new address or prefix."""
    to_ports: pulumi.Output[str | None]
    """The new port."""
    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""

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
    """What happens to a packet that the rule matches. Takes one of `accept` `add-dst-to-address-list`
    `add-src-to-address-list` `change-dscp` `change-hop-limit` `change-mss` `dnpt` `drop` `jump` `log` `mark-connection`
    `mark-packet` `mark-routing` `passthrough` `return` `set-priority` `sniff-pc` `sniff-tzsp` `snpt`; default
    accept."""
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
    new_dscp: Number
    """With action `change-dscp`: the new DSCP. Takes a number, 0 to 63."""
    new_hop_limit: Text
    """With action `change-hop-limit`: the new hop limit. Takes a change such as "set:64" or "decrement:1"."""
    src_prefix: Text
    """With actions `snpt` and `dnpt`: the prefix that is translated. Takes a prefix."""
    dst_prefix: Text
    """With actions `snpt` and `dnpt`: the prefix that takes its place. Takes a prefix."""


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
    new_dscp: pulumi.Output[int | None]
    """With action `change-dscp`: the new DSCP."""
    new_hop_limit: pulumi.Output[str | None]
    """With action `change-hop-limit`: the new hop limit."""
    src_prefix: pulumi.Output[str | None]
    """With actions `snpt` and `dnpt`: the prefix that is translated."""
    dst_prefix: pulumi.Output[str | None]
    """With actions `snpt` and `dnpt`: the prefix that takes its place."""

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
    """What happens to a packet that the rule matches. With `notrack` its connection isn't tracked. Takes one of
    `accept` `add-dst-to-address-list` `add-src-to-address-list` `drop` `jump` `log` `notrack` `passthrough` `return`;
    default accept."""
    tls_host: Text
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""


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

    tls_host: pulumi.Output[str | None]
    """Name of the server in a TLS hello, with `*` for any text; `!` in front for all others."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[Ipv6RawRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
