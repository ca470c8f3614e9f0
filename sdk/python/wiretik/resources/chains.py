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

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `FilterRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class NatChain(
    ChainBlock[NatChainRule],
    menu="/ip/firewall/nat",
    kind="block:/ip/firewall/nat",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of NAT rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `NatRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class MangleChain(
    ChainBlock[MangleChainRule],
    menu="/ip/firewall/mangle",
    kind="block:/ip/firewall/mangle",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of mangle rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `MangleRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class RawChain(
    ChainBlock[RawChainRule],
    menu="/ip/firewall/raw",
    kind="block:/ip/firewall/raw",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of raw rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `RawRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6FilterChain(
    ChainBlock[Ipv6FilterChainRule],
    menu="/ipv6/firewall/filter",
    kind="block:/ipv6/firewall/filter",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 filter rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6FilterRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6NatChain(
    ChainBlock[Ipv6NatChainRule],
    menu="/ipv6/firewall/nat",
    kind="block:/ipv6/firewall/nat",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 NAT rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6NatRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6MangleChain(
    ChainBlock[Ipv6MangleChainRule],
    menu="/ipv6/firewall/mangle",
    kind="block:/ipv6/firewall/mangle",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 mangle rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6MangleRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6RawChain(
    ChainBlock[Ipv6RawChainRule],
    menu="/ipv6/firewall/raw",
    kind="block:/ipv6/firewall/raw",
    takes=("chain", "foreign", "order", "rules"),
):
    """A block of IPv6 raw rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: the chain, one of RouterOS's or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6RawRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the chain this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class RoutingRuleChain(
    ListBlock[RoutingChainRule],
    menu="/routing/rule",
    kind="block:/routing/rule",
    takes=("foreign", "order", "rules"),
):
    """A block of routing rules in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        rules: by stable names, in their order; what a rule takes is what `RoutingRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` leaves rules of others alone; `"prune"` makes the menu this block's alone: rules that no
            tag is on are removed, dynamic ones never.
        adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
            wanted no more gets back what it was, and so do all on destroy.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its menu, or two blocks at one place.
    """
