"""Whole blocks of rules in one chain: the fewest edits, in an order that opens no window.

A block is a run of rules in the program's order with nothing between them, at a place in its chain. Rules have stable
names, so a preview says which rule comes, goes, moves or changes. Rows of others keep their order and are left alone.
"""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

from __future__ import annotations

from wiretik.resources.base.blocks import ChainBlock, ListBlock
from wiretik.resources.firewall import FilterChainRule, MangleChainRule, NatChainRule, RawChainRule
from wiretik.resources.ipv6_firewall import Ipv6FilterChainRule, Ipv6MangleChainRule, Ipv6NatChainRule, Ipv6RawChainRule
from wiretik.resources.routing import RoutingChainRule

__all__ = [
    "FilterChain",
    "Ipv6FilterChain",
    "Ipv6MangleChain",
    "Ipv6NatChain",
    "Ipv6RawChain",
    "MangleChain",
    "NatChain",
    "RawChain",
    "RoutingRuleChain",
]


class FilterChain(
    ChainBlock[FilterChainRule],
    menu="/ip/firewall/filter",
    kind="block:/ip/firewall/filter",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of filter rules in one chain, in the order of the program.

    Each rule takes what `FilterRule` takes, but for its chain.

    The edits are the fewest possible and come in an order that leaves no window: a packet that is accepted before and
    after is never dropped in between, nor the other way round. Where no order of the fewest edits has that property,
    new rules are made before the old ones go.

    Example:
        ```python
        wt.FilterChain(
            "guests",
            chain="forward",
            rules={
                "dns": {"in_interface": "guests", "protocol": "udp", "dst_port": 53, "action": "accept"},
                "lan": {"in_interface": "guests", "out_interface_list": "LAN", "action": "drop"},
            },
            position=wt.BEFORE_DROP,
        )
        ```
    """


class NatChain(
    ChainBlock[NatChainRule],
    menu="/ip/firewall/nat",
    kind="block:/ip/firewall/nat",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of NAT rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `NatRule` takes, but for its chain.
    """


class MangleChain(
    ChainBlock[MangleChainRule],
    menu="/ip/firewall/mangle",
    kind="block:/ip/firewall/mangle",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of mangle rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `MangleRule` takes, but for its chain.
    """


class RawChain(
    ChainBlock[RawChainRule],
    menu="/ip/firewall/raw",
    kind="block:/ip/firewall/raw",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of raw rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `RawRule` takes, but for its chain.
    """


class Ipv6FilterChain(
    ChainBlock[Ipv6FilterChainRule],
    menu="/ipv6/firewall/filter",
    kind="block:/ipv6/firewall/filter",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 filter rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `Ipv6FilterRule` takes, but for its chain.
    """


class Ipv6NatChain(
    ChainBlock[Ipv6NatChainRule],
    menu="/ipv6/firewall/nat",
    kind="block:/ipv6/firewall/nat",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 NAT rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `Ipv6NatRule` takes, but for its chain.
    """


class Ipv6MangleChain(
    ChainBlock[Ipv6MangleChainRule],
    menu="/ipv6/firewall/mangle",
    kind="block:/ipv6/firewall/mangle",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 mangle rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `Ipv6MangleRule` takes, but for its chain.
    """


class Ipv6RawChain(
    ChainBlock[Ipv6RawChainRule],
    menu="/ipv6/firewall/raw",
    kind="block:/ipv6/firewall/raw",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 raw rules in one chain, in the order of the program; see `FilterChain`.

    Each rule takes what `Ipv6RawRule` takes, but for its chain.
    """


class RoutingRuleChain(
    ListBlock[RoutingChainRule],
    menu="/routing/rule",
    kind="block:/routing/rule",
    takes=("foreign", "order", "rules"),
):
    """A block of routing rules in the order of the program; see `FilterChain`.

    Each rule takes what `RoutingRule` takes.
    """
