"""Routing tables and the rules that choose between them."""

from __future__ import annotations

from typing import TypedDict, Unpack

import pulumi

from wiretik.resources.base.arguments import Flag, Number, Text
from wiretik.resources.base.position import Position
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["RoutingChainRule", "RoutingRule", "RoutingRuleArgs", "RoutingTable", "RoutingTableArgs", "TableRef"]


class RoutingTableArgs(RowArgs, total=False):
    """The properties of a `RoutingTable`."""

    name: Text
    """Name of the table; the logical name where it isn't given. `main` is RouterOS's own."""
    fib: Flag
    """Whether routes of the table are used for packets at all. Without it, traffic that is marked for the table falls
    through to `main`: a table for policy routing always needs `fib=True`."""
    disabled: Flag
    """Whether the table is off. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


class RoutingTable(Row, menu="/routing/table", named="name"):
    """A routing table beside `main`, for routes that only some traffic takes.

    What uses it: a mangle rule that marks packets with the table's name, which needs no rule, or a `RoutingRule`. A
    table has no connected routes: traffic that is sent there finds only the routes that are in it, and what finds none
    goes on to the rules and to `main`.

    Example:
        ```python
        vpn = wt.RoutingTable("vpn", fib=True)
        wt.Route("vpn-default", dst_address="0.0.0.0/0", gateway=wg0, routing_table=vpn)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
    """

    name: pulumi.Output[str]
    """Name of the table."""
    fib: pulumi.Output[bool | None]
    """Whether its routes are used for packets."""
    disabled: pulumi.Output[bool]
    """Whether the table is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[RoutingTableArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)


TableRef = pulumi.Input[str] | RoutingTable
"""A routing table: the resource itself, or a name such as `main`."""


class RoutingChainRule(TypedDict, total=False):
    """One rule of a `RoutingRuleChain`: its matchers and its action."""

    action: Text
    """What happens to a packet that the rule matches: `lookup` (in the table; without a route there the next rule is
    tried), `lookup-only-in-table` (without a route it is unreachable), `unreachable` (answered by ICMP), `drop`
    (silently), or from RouterOS 7.22 on `mangle`. Default lookup."""
    table: TableRef | None
    """The table in which a lookup is made: the resource or its name."""
    src_address: Text
    """Matches packets from this prefix; an address alone is a single host."""
    dst_address: Text
    """Matches packets to this prefix; an address alone is a single host."""
    interface: InterfaceRef | None
    """Matches packets that came in by this interface: the resource or its name."""
    routing_mark: TableRef | None
    """Matches packets with this mark, which is the name of a table: the resource or its name."""
    min_prefix: Number
    """Rejects a route found whose prefix isn't longer than this; 0 hides only the default route, so that a first rule
    `lookup` in `main` with `min_prefix=0` keeps local traffic local."""
    realm: Number
    """Matches a route's realm. RouterOS 7.22 and newer; compared only where it is declared."""
    vrf: Text
    """Matches packets of this VRF. RouterOS 7.22 and newer; compared only where it is declared."""
    disabled: Flag
    """Whether the rule is off. Default False: one that somebody disabled by hand is drift."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag."""


class RoutingRuleArgs(RowArgs, RoutingChainRule, total=False):
    """The properties of a `RoutingRule`."""

    chain: Text
    """The chain of the rule. Default `user`. RouterOS 7.22 and newer."""
    position: Position | None
    """Where among the rules: `FIRST`, `LAST`, `Before(…)` or `After(…)`. New rules stand last where it isn't given."""


class RoutingRule(Row, menu="/routing/rule"):
    """Chooses the routing table for packets by source, destination, incoming interface or mark.

    Rules are tried in order, after marks and after the router's own addresses and before `main`. A rule without a
    matcher matches every packet.

    Example:
        ```python
        wt.RoutingRule("vpn-only", action="lookup-only-in-table", routing_mark=vpn, table=vpn)
        ```

    Raises:
        TypeError: a property that doesn't exist, with the one that was probably meant.
        ValueError: a position beside a rule of another router.
    """

    action: pulumi.Output[str]
    """What happens to a packet that matches."""
    table: pulumi.Output[str | None]
    """Name of the table."""
    src_address: pulumi.Output[str | None]
    """The source prefix."""
    dst_address: pulumi.Output[str | None]
    """The destination prefix."""
    interface: pulumi.Output[str | None]
    """Name of the incoming interface."""
    routing_mark: pulumi.Output[str | None]
    """The mark."""
    min_prefix: pulumi.Output[int | None]
    """The prefix length that a route must exceed."""
    chain: pulumi.Output[str]
    """The chain of the rule."""
    realm: pulumi.Output[int | None]
    """The realm."""
    vrf: pulumi.Output[str | None]
    """The VRF."""
    disabled: pulumi.Output[bool]
    """Whether the rule is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[RoutingRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
