"""How a component makes its rows: named after it, below it, on its router; and groups of rows that several share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import pulumi

from wiretik.firewall import FilterRule, MangleRule
from wiretik.interfaces import InterfaceRef
from wiretik.position import BEFORE_FASTTRACK, After
from wiretik.router import Router
from wiretik.routing import RoutingRule, TableRef

__all__ = ["DEFAULT_MTU", "Making", "clamp_mss", "keep_off_fasttrack", "main_first", "then_table"]

DEFAULT_MTU = 1420
"""WireGuard's MTU where nobody chose another (routeros.md B.1)."""


@attrs.frozen
class Making:
    """What all rows of one component have in common.

    Attributes:
        component: their parent.
        name: its logical name, which stands in front of theirs.
        router: where they are.
    """

    component: pulumi.ComponentResource
    name: str
    router: Router | str

    def named(self, part: str) -> str:
        """A row's logical name."""
        return f"{self.name}-{part}"

    def below(self, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        """A row's options: the component is its parent, and it is made after some others."""
        return pulumi.ResourceOptions(parent=self.component, depends_on=list(after))


def clamp_mss(make: Making, interface: InterfaceRef, mtu: pulumi.Input[int]) -> list[pulumi.Resource]:
    """TCP segments that fit the tunnel, in both directions.

    Towards the tunnel the router knows the outgoing MTU (routeros.md D.6); what comes out of it leaves by a wider
    interface, so there the number is said: 40 bytes of headers less than the MTU.
    """
    fits: pulumi.Output[int] = pulumi.Output.all(mtu).apply(lambda known: int(known[0]) - 40)
    return [
        MangleRule(
            make.named("mss-out"),
            make.below(),
            router=make.router,
            chain="forward",
            out_interface=interface,
            protocol="tcp",
            tcp_flags="syn",
            action="change-mss",
            new_mss="clamp-to-pmtu",
            comment=f"{make.name}: segments that fit",
        ),
        MangleRule(
            make.named("mss-in"),
            make.below(),
            router=make.router,
            chain="forward",
            in_interface=interface,
            protocol="tcp",
            tcp_flags="syn",
            tcp_mss=fits.apply(lambda most: f"{most + 1}-65535"),
            action="change-mss",
            new_mss=fits,
            comment=f"{make.name}: segments that fit",
        ),
    ]


def keep_off_fasttrack(make: Making, interface: InterfaceRef) -> list[pulumi.Resource]:
    """Keeps a tunnel's connections off FastTrack, which knows main alone (routeros.md D.4), in both directions.

    One fasttracked direction would take the whole connection to main.
    """

    def rule(part: str, **matcher: Any) -> FilterRule:  # noqa: ANN401  (one of two properties)
        return FilterRule(
            make.named(part),
            make.below(),
            router=make.router,
            chain="forward",
            connection_state="established,related",
            action="accept",
            position=BEFORE_FASTTRACK,
            comment=f"{make.name}: not by FastTrack",
            **matcher,
        )

    return [rule("no-fasttrack-in", in_interface=interface), rule("no-fasttrack-out", out_interface=interface)]


def main_first(
    make: Making,
    part: str,
    after: Sequence[pulumi.Resource],
    **matcher: Any,  # noqa: ANN401  (a property of RoutingRule)
) -> RoutingRule:
    """A routing rule: what main knows better than by its default route stays in main.

    Packets that the router itself sends have no incoming interface and another source, so a tunnel's own stay in main.

    Args:
        make: the component.
        part: what the rule is called.
        after: what must be there first.
        matcher: whose packets.
    """
    return RoutingRule(
        make.named(part),
        make.below(*after),
        router=make.router,
        action="lookup",
        table="main",
        min_prefix=0,
        comment=f"{make.name}: what main knows",
        **matcher,
    )


def then_table(
    make: Making,
    part: str,
    known: RoutingRule,
    table: TableRef,
    after: Sequence[pulumi.Resource],
    *,
    only: bool,
    **matcher: Any,  # noqa: ANN401  (a property of RoutingRule)
) -> RoutingRule:
    """The routing rule behind it: the rest looks into a table.

    Args:
        make: the component.
        part: what the rule is called.
        known: the rule in front.
        table: where the rest goes.
        after: what must be there first, such as the table's routes.
        only: whether what the table has no route for is unreachable, rather than left to main.
        matcher: whose packets.
    """
    return RoutingRule(
        make.named(part),
        make.below(*after),
        router=make.router,
        action="lookup-only-in-table" if only else "lookup",
        table=table,
        position=After(known),  # and so never there without it
        comment=f"{make.name}: the rest",
        **matcher,
    )
