"""Routing tables and the rules that choose between them."""

# Generated from the menus' descriptors by `make generate`; change those, or tools/generate.

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
    """Name of the table. `main` is RouterOS's own. The logical name unless given."""
    fib: Flag
    """Whether routes of the table are used for packets at all. Without it, traffic that is marked for the table falls
    through to `main`: a table for policy routing always needs `fib=True`."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


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
    """Whether routes of the table are used for packets at all."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
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
    """What happens to a packet that the rule matches. With `lookup` the next rule is tried where the table has no
    route, with `lookup-only-in-table` the packet is unreachable then. `unreachable` is answered by ICMP, `drop` is
    silent. `mangle` is there from RouterOS 7.22 on. Takes one of `drop` `lookup` `lookup-only-in-table` `mangle`
    `unreachable`; default lookup."""
    table: TableRef | None
    """The table in which a lookup is made. Takes a name, or the resource; the router's choice unless given."""
    src_address: Text
    """Matches packets from this prefix. An address alone is a single host. Takes a prefix."""
    dst_address: Text
    """Matches packets to this prefix. An address alone is a single host. Takes a prefix."""
    interface: InterfaceRef | None
    """Matches packets that came in by this interface. Takes a name, or the resource."""
    routing_mark: TableRef | None
    """Matches packets with this mark, which is the name of a table. Takes a name, or the resource."""
    min_prefix: Number
    """Rejects a route found whose prefix isn't longer than this. 0 hides only the default route, so that a first rule
    `lookup` in `main` with `min_prefix=0` keeps local traffic local. Takes a number, 0 to 128."""
    realm: Number
    """Matches a route's realm. Takes a number; the router's choice unless given; RouterOS 7.22 and newer."""
    vrf: Text
    """Matches packets of this VRF. The router's choice unless given; RouterOS 7.22 and newer."""
    disabled: Flag
    """Whether the row is off. A row that somebody disabled by hand is drift. Default False."""
    comment: Text
    """Text beside the row on the router, without Wiretik's tag, which stands behind it."""


class RoutingRuleArgs(RowArgs, RoutingChainRule, total=False):
    """The properties of a `RoutingRule`."""

    chain: Text
    """The chain of the rule. Default user; RouterOS 7.22 and newer."""
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
    """What happens to a packet that the rule matches."""
    table: pulumi.Output[str | None]
    """The table in which a lookup is made."""
    src_address: pulumi.Output[str | None]
    """Matches packets from this prefix."""
    dst_address: pulumi.Output[str | None]
    """Matches packets to this prefix."""
    interface: pulumi.Output[str | None]
    """Matches packets that came in by this interface."""
    routing_mark: pulumi.Output[str | None]
    """Matches packets with this mark, which is the name of a table."""
    min_prefix: pulumi.Output[int | None]
    """Rejects a route found whose prefix isn't longer than this."""
    chain: pulumi.Output[str]
    """The chain of the rule."""
    realm: pulumi.Output[int | None]
    """Matches a route's realm."""
    vrf: pulumi.Output[str | None]
    """Matches packets of this VRF."""
    disabled: pulumi.Output[bool]
    """Whether the row is off."""
    comment: pulumi.Output[str]
    """The comment without Wiretik's tag."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **args: Unpack[RoutingRuleArgs],
    ) -> None:
        super().__init__(resource_name, args, opts)
