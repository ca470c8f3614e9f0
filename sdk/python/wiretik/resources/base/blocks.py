"""Whole blocks of rules: their properties, by rule, and what the gate is told of each; the classes are in `chains`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Literal, TypeVar

import pulumi

from wiretik.resources.base.gate import Gate
from wiretik.resources.base.misuse import Misuse, unknown
from wiretik.resources.base.position import Position
from wiretik.resources.base.router import Router
from wiretik.resources.base.row import Row

__all__ = ["ChainBlock", "ListBlock"]

Foreign = Literal["keep", "tagged", "prune"]
Rule = TypeVar("Rule", bound=Mapping[str, Any])


class _Block(Row):
    """What blocks of all menus share."""

    rules: pulumi.Output[Mapping[str, Mapping[str, Any]]]
    """By name, each rule's properties."""
    order: pulumi.Output[list[str]]
    """The rules' names in their order."""
    foreign: pulumi.Output[str]
    """`keep`, `tagged` or `prune`."""

    def __init__(
        self,
        resource_name: str,
        given: Mapping[str, Any],
        rules: Mapping[Any, Any],
        opts: pulumi.ResourceOptions | None,
    ) -> None:
        who = f"{type(self).__name__} {resource_name!r}"
        if not isinstance(rules, Mapping):
            form = 'rules={"a name": {"action": "accept"}}'
            raise Misuse(f"{who}: rules have names and an order: {form}")
        for name, rule in rules.items():
            if not isinstance(name, str) or not isinstance(rule, Mapping):
                raise Misuse(f"{who}: rules: {name!r} takes its properties: " + '{"action": "accept"}')
        self._refuse_unknown_in(resource_name, rules)
        whole = {name: {key: value for key, value in rule.items() if value is not None} for name, rule in rules.items()}
        self._foreign = given.get("foreign") or "keep"
        super().__init__(resource_name, {**given, "rules": whole, "order": list(whole)}, opts)

    def _refuse_unknown_in(self, resource_name: str, rules: Mapping[str, Mapping[str, Any]]) -> None:
        known = {field.attribute for field in self._menu.writable} - {"chain"}
        wrong = [unknown(set(props) - known, known, f"{rule}.") for rule, props in rules.items() if set(props) - known]
        if wrong:
            raise Misuse(f"{type(self).__name__} {resource_name!r} has no property {', '.join(wrong)}")

    def _declare(self, gate: Gate, shown: Mapping[str, Any], *, adopt: bool) -> None:
        fixed = {"chain": shown["chain"]} if "chain" in shown else {}
        where = {**self._where, "foreign": self._foreign}
        for name, rule in shown["rules"].items():
            of_block = f"{self._logical_name}.{name}"
            inside = {**where, "block": self._logical_name, "rule": name}
            gate.declare(self._menu.path, of_block, self._tag, {**rule, **fixed}, adopt=adopt, part=True, **inside)

    def _block(self) -> tuple[bool, bool]:
        return True, self._foreign == "prune"


class ChainBlock(_Block, Generic[Rule]):
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
        """A block of rules in one chain, whose arguments are these.

        Args:
            resource_name: the logical name.
            opts: Pulumi's options of a resource.
            chain: one of RouterOS's chains, or one to jump to.
            rules: by stable names, in their order.
            position: where the block stands among the rules of others; last where it isn't given.
            foreign: `"keep"` leaves rules of others alone; with `"tagged"` the program says all that is in the chain:
                rules that no tag is on are removed, dynamic ones never; `"prune"` refuses those of others as well.
            adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
                wanted no more gets back what it was, and so do all on destroy.
            router: which router; may be left out where the stack has only one.

        Raises:
            TypeError: a property that doesn't exist, with the one that was probably meant.
            ValueError: a pruning block beside other resources of its chain, or two blocks at one place.
        """
        given = {"chain": chain, "position": position, "foreign": foreign, "adopt": adopt, "router": router}
        super().__init__(resource_name, given, rules, opts)


class ListBlock(_Block, Generic[Rule]):
    """What blocks of the menus without chains share; `Rule` is what one of their rules takes."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        rules: Mapping[str, Rule],
        position: Position | None = None,
        foreign: Foreign | None = None,
        adopt: bool = False,
        router: Router | str = "",
    ) -> None:
        """A block of rules, whose arguments are these.

        Args:
            resource_name: the logical name.
            opts: Pulumi's options of a resource.
            rules: by stable names, in their order.
            position: where the block stands among the rules of others; last where it isn't given.
            foreign: `"keep"` leaves rules of others alone; with `"tagged"` the program says all that is in the menu:
                rules that no tag is on are removed, dynamic ones never; `"prune"` refuses those of others as well.
            adopt: takes over rules that are equal and nobody's, instead of adding them once more; whichever of them is
                wanted no more gets back what it was, and so do all on destroy.
            router: which router; may be left out where the stack has only one.

        Raises:
            TypeError: a property that doesn't exist, with the one that was probably meant.
            ValueError: a pruning block beside other resources of its menu, or two blocks at one place.
        """
        given = {"position": position, "foreign": foreign, "adopt": adopt, "router": router}
        super().__init__(resource_name, given, rules, opts)
