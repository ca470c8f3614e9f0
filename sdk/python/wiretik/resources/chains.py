"""Whole blocks of rules in one chain: the fewest edits, in an order that opens no window.

A block is a run of rules in the program's order with nothing between them, at a place in its chain. Rules have stable
names, so a preview says which rule comes, goes, moves or changes. Rows of others keep their order and are left alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

import pulumi

from wiretik.resources.base.gate import Gate
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.base.position import Position
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Row
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

_TAKES = ("chain", "foreign", "order", "rules")
_LIST_TAKES = ("foreign", "order", "rules")

Foreign = Literal["keep", "prune"]
Rule = TypeVar("Rule", bound=Mapping[str, Any])


class _Block(Row):
    """What blocks of all menus share."""

    rules: pulumi.Output[Mapping[str, Mapping[str, Any]]]
    """By name, each rule's properties."""
    order: pulumi.Output[list[str]]
    """The rules' names in their order."""
    foreign: pulumi.Output[str]
    """`keep` or `prune`."""

    def __init__(
        self,
        resource_name: str,
        given: Mapping[str, Any],
        rules: Mapping[str, Mapping[str, Any]],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        if not isinstance(rules, Mapping):
            form = 'rules={"a name": {"action": "accept"}}'
            raise Misuse(f"{type(self).__name__} {resource_name!r}: rules have names and an order: {form}")
        if odd := [name for name, rule in rules.items() if not isinstance(name, str) or not isinstance(rule, Mapping)]:
            form = '{"action": "accept"}'
            raise Misuse(f"{type(self).__name__} {resource_name!r}: rules: {odd[0]!r} takes its properties: {form}")
        self._refuse_unknown_in(resource_name, rules)
        whole = {name: {key: value for key, value in rule.items() if value is not None} for name, rule in rules.items()}
        self._prunes = given.get("foreign") == "prune"
        super().__init__(resource_name, {**given, "rules": whole, "order": list(whole)}, opts)

    def _refuse_unknown_in(self, resource_name: str, rules: Mapping[str, Mapping[str, Any]]) -> None:
        known = {field.attribute for field in self._menu.writable} - {"chain"}
        wrong = []
        for rule, props in rules.items():
            for name in sorted(set(props) - known):
                close = difflib.get_close_matches(name, known, 1)
                wrong.append(f"{rule}.{name}{f' (did you mean {close[0]}?)' if close else ''}")
        if wrong:
            raise Misuse(f"{type(self).__name__} {resource_name!r} has no property {', '.join(wrong)}")

    def _declare(self, gate: Gate, shown: Mapping[str, Any], *, adopt: bool) -> None:
        fixed = {"chain": shown["chain"]} if "chain" in shown else {}
        where = {**self._where, "foreign": "prune" if self._prunes else "keep"}
        for name, rule in shown["rules"].items():
            of_block = f"{self._logical_name}.{name}"
            inside = {**where, "block": self._logical_name, "rule": name}
            gate.declare(self._menu.path, of_block, self._tag, {**rule, **fixed}, adopt=adopt, part=True, **inside)

    def _block(self) -> tuple[bool, bool]:
        return True, self._prunes


class _Chain(_Block, Generic[Rule]):
    """What blocks of the menus with chains share; `Rule` is what one of their rules takes."""

    chain: pulumi.Output[str]
    """The chain."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        chain: str,
        rules: Mapping[str, Rule],
        position: Position | None = None,
        foreign: Foreign | None = None,
        adopt: bool = False,
        router: Router | str = "",
    ) -> None:
        given = {"chain": chain, "position": position, "foreign": foreign, "adopt": adopt, "router": router}
        super().__init__(resource_name, given, rules, opts)


class FilterChain(_Chain[FilterChainRule], menu="/ip/firewall/filter", kind="block:/ip/firewall/filter", takes=_TAKES):
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


class NatChain(_Chain[NatChainRule], menu="/ip/firewall/nat", kind="block:/ip/firewall/nat", takes=_TAKES):
    """A block of NAT rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `srcnat`, `dstnat`, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `NatRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class MangleChain(_Chain[MangleChainRule], menu="/ip/firewall/mangle", kind="block:/ip/firewall/mangle", takes=_TAKES):
    """A block of mangle rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `prerouting`, `forward` and so on, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `MangleRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class RawChain(_Chain[RawChainRule], menu="/ip/firewall/raw", kind="block:/ip/firewall/raw", takes=_TAKES):
    """A block of raw rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `prerouting`, `output`, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `RawRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6FilterChain(
    _Chain[Ipv6FilterChainRule],
    menu="/ipv6/firewall/filter",
    kind="block:/ipv6/firewall/filter",
    takes=_TAKES,
):
    """A block of IPv6 filter rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `input`, `forward`, `output`, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6FilterRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6NatChain(
    _Chain[Ipv6NatChainRule],
    menu="/ipv6/firewall/nat",
    kind="block:/ipv6/firewall/nat",
    takes=_TAKES,
):
    """A block of IPv6 NAT rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `srcnat`, `dstnat`, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6NatRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6MangleChain(
    _Chain[Ipv6MangleChainRule],
    menu="/ipv6/firewall/mangle",
    kind="block:/ipv6/firewall/mangle",
    takes=_TAKES,
):
    """A block of IPv6 mangle rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `prerouting`, `forward` and so on, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6MangleRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class Ipv6RawChain(
    _Chain[Ipv6RawChainRule],
    menu="/ipv6/firewall/raw",
    kind="block:/ipv6/firewall/raw",
    takes=_TAKES,
):
    """A block of IPv6 raw rules in one chain, in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        chain: `prerouting`, `output`, or one to jump to.
        rules: by stable names, in their order; what a rule takes is what `Ipv6RawRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
    """


class RoutingRuleChain(_Block, menu="/routing/rule", kind="block:/routing/rule", takes=_LIST_TAKES):
    """A block of routing rules in the order of the program; see `FilterChain`.

    Args:
        resource_name: the logical name.
        rules: by stable names, in their order; what a rule takes is what `RoutingRule` takes.
        position: where the block stands among the rules of others; last where it isn't given.
        foreign: `"keep"` or `"prune"`.
        adopt: takes over equal rules that are nobody's; they are given back.
        router: which router; may be left out where the stack has only one.
        opts: as everywhere.

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a pruning block beside other resources of its menu, or two blocks at one place.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        rules: Mapping[str, RoutingChainRule],
        position: Position | None = None,
        foreign: Foreign | None = None,
        adopt: bool = False,
        router: Router | str = "",
    ) -> None:
        given = {"position": position, "foreign": foreign, "adopt": adopt, "router": router}
        super().__init__(resource_name, given, rules, opts)
