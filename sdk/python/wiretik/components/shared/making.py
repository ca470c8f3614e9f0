"""How a component makes its rows: named after it, below it, on its router; and groups of rows that several share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypedDict, Unpack

import attrs
import pulumi

from wiretik.resources.base.position import BEFORE_DROP, BEFORE_FASTTRACK, After, Position
from wiretik.resources.base.router import Router
from wiretik.resources.firewall import FilterRule, MangleRule, NatRule
from wiretik.resources.interfaces import InterfaceRef, ListRef
from wiretik.resources.ip import Route
from wiretik.resources.ipv6 import Ipv6Route
from wiretik.resources.ipv6_firewall import Ipv6FilterRule, Ipv6MangleRule, Ipv6NatRule
from wiretik.resources.keys import public_key
from wiretik.resources.matchers import Not
from wiretik.resources.routing import RoutingRule, RoutingTable, TableRef

__all__ = [
    "DEFAULT_MTU",
    "EVERYBODY",
    "FILTER",
    "HOST",
    "LAST_RESORT",
    "MANGLE",
    "NAT",
    "ROUTE",
    "Led",
    "Making",
    "Taken",
    "answer_by",
    "clamp_mss",
    "keep_off_fasttrack",
    "keep_way",
    "let_call",
    "main_first",
    "mark_routing",
    "only_into",
    "public_of",
    "suffix",
    "then_table",
]

DEFAULT_MTU = 1420
"""WireGuard's MTU where nobody chose another (docs/facts/menus.md#interfacewireguard)."""


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


class Taken(TypedDict, total=False):
    """Whose packets a rule marks, by names that IPv4 and IPv6 share, and where it stands."""

    in_interface: InterfaceRef | Not
    in_interface_list: ListRef | Not
    src_address_list: pulumi.Input[str]
    dst_address: pulumi.Input[str]
    dst_address_list: pulumi.Input[str]
    dst_address_type: pulumi.Input[str]
    protocol: pulumi.Input[str]
    dst_port: pulumi.Input[int]
    connection_mark: pulumi.Input[str]
    connection_nat_state: pulumi.Input[str]
    position: Position | None


class Led(TypedDict, total=False):
    """Whose packets a routing rule leads to a table, and where it stands."""

    interface: InterfaceRef
    src_address: pulumi.Input[str]
    dst_address: pulumi.Input[str]


class _Placed(Led, total=False):
    position: Position | None


class _Way(TypedDict, total=False):
    in_interface: InterfaceRef
    out_interface: InterfaceRef


FILTER: Final[dict[int, type[FilterRule | Ipv6FilterRule]]] = {4: FilterRule, 6: Ipv6FilterRule}
MANGLE: Final[dict[int, type[MangleRule | Ipv6MangleRule]]] = {4: MangleRule, 6: Ipv6MangleRule}
NAT: Final[dict[int, type[NatRule | Ipv6NatRule]]] = {4: NatRule, 6: Ipv6NatRule}
ROUTE: Final[dict[int, type[Route | Ipv6Route]]] = {4: Route, 6: Ipv6Route}
"""The rules of IPv4 and of IPv6, which have properties of the same names."""

_HEADERS: Final = {4: 40, 6: 60}
"""Bytes that IP and TCP take of a packet (docs/facts/packet-path.md#mss: of 1420 they leave 1380 and 1360)."""


EVERYBODY: Final = {4: "0.0.0.0/0", 6: "::/0"}
"""Everybody's prefix, by version."""
HOST: Final = {4: 32, 6: 128}
"""The length of a single host's prefix, by version."""


def suffix(version: int) -> str:
    """What the logical names of IPv6's rows end with."""
    return "" if version == 4 else str(version)


def public_of(public: pulumi.Input[str] | None, private: pulumi.Input[str] | None) -> pulumi.Input[str]:
    """A client's public key, also of a private one; it is no secret.

    Args:
        public: the public key, where it is given.
        private: else the private one.
    """
    if private is None:
        return public or ""
    made: pulumi.Output[str] = pulumi.Output.all(private).apply(
        lambda known: public_key(known[0]) if known[0] else ""  # of mocks, and of outputs that turn out to be nothing
    )
    return pulumi.Output.unsecret(made)


def let_call(make: Making, port: int, wan: ListRef, version: int) -> pulumi.Resource:
    """Lets others call a tunnel's port.

    Args:
        make: the tunnel.
        port: where it listens.
        wan: the interface list by which they call.
        version: of the IP by which they do, whichever the tunnel carries.
    """
    return FILTER[version](
        make.named("port" + suffix(version)),
        make.below(),
        router=make.router,
        chain="input",
        in_interface_list=wan,
        protocol="udp",
        dst_port=port,
        action="accept",
        position=BEFORE_DROP,
        comment=f"{make.name}: WireGuard",
    )


def clamp_mss(make: Making, interface: InterfaceRef, mtu: pulumi.Input[int], version: int = 4) -> list[pulumi.Resource]:
    """TCP segments that fit the tunnel, in both directions.

    Towards the tunnel the router knows the outgoing MTU (docs/facts/packet-path.md#mss); what comes out of it leaves by
    a wider
    interface, so there the number is said.
    """
    fits: pulumi.Output[int] = pulumi.Output.all(mtu).apply(lambda known: int(known[0]) - _HEADERS[version])
    rule, end = MANGLE[version], suffix(version)
    common: dict[str, Any] = {
        "router": make.router,
        "chain": "forward",
        "protocol": "tcp",
        "tcp_flags": "syn",
        "action": "change-mss",
        "comment": f"{make.name}: segments that fit",
    }
    return [
        rule(make.named(f"mss-out{end}"), make.below(), out_interface=interface, new_mss="clamp-to-pmtu", **common),
        rule(
            make.named(f"mss-in{end}"),
            make.below(),
            in_interface=interface,
            tcp_mss=fits.apply(lambda most: f"{most + 1}-65535"),
            new_mss=fits,
            **common,
        ),
    ]


def keep_off_fasttrack(make: Making, interface: InterfaceRef, version: int = 4) -> list[pulumi.Resource]:
    """Keeps a tunnel's connections off FastTrack, which knows main alone, in both directions.

    Source: docs/facts/packet-path.md#fasttrack.

    One fasttracked direction would take the whole connection to main.
    """

    def rule(part: str, **matcher: Unpack[_Way]) -> pulumi.Resource:
        return FILTER[version](
            make.named(part + suffix(version)),
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


def mark_routing(
    make: Making,
    part: str,
    after: Sequence[pulumi.Resource],
    table: RoutingTable,
    comment: str,
    *,
    chain: str = "prerouting",
    version: int = 4,
    **matcher: Unpack[Taken],
) -> pulumi.Resource:
    """A mangle rule that marks for a table.

    Args:
        make: the component.
        part: what the rule is called.
        after: what must be there first, so that nothing is marked before it has where to go.
        table: where it goes.
        comment: what it is for.
        chain: where it stands.
        version: of IP.
        matcher: whose packets.
    """
    return MANGLE[version](
        make.named(part),
        make.below(*after),
        router=make.router,
        chain=chain,
        action="mark-routing",
        new_routing_mark=table,
        passthrough=False,
        comment=f"{make.name}: {comment}",
        **matcher,
    )


def keep_way(
    make: Making,
    part: str,
    after: Sequence[pulumi.Resource],
    *,
    mark: str,
    version: int = 4,
    **matcher: Unpack[Taken],
) -> Taken:
    """Marks connections by what a list has when they begin, so that they keep their way when the list changes.

    `answer_by` routes what is so marked; the rule that marks a first packet for a table must stand behind this one,
    since it ends the chain.

    Args:
        make: the component.
        part: what the rule is called.
        after: what must be there first.
        mark: the connection mark.
        version: of IP.
        matcher: whose packets.

    Returns:
        the place of the rule that marks the first packet.
    """
    kept = MANGLE[version](
        make.named(part),
        make.below(*after),
        router=make.router,
        chain="prerouting",
        action="mark-connection",
        new_connection_mark=mark,
        comment=f"{make.name}: connections keep their way",
        **matcher,
    )
    return {"position": After(kept)}


def answer_by(
    make: Making,
    interface: InterfaceRef,
    table: RoutingTable,
    after: Sequence[pulumi.Resource],
    *,
    mark: str,
    version: int,
    several: ListRef | None = None,
) -> list[pulumi.Resource]:
    """Answers to what comes in by a tunnel, such as to a forwarded port, leave by that tunnel again.

    A mark that goes by where a connection begins leaves them out; so the connection itself is marked.

    Args:
        make: the component.
        interface: the tunnel.
        table: the table that leads into it.
        after: what must be there first.
        mark: the connection mark.
        version: of IP.
        several: a list of interfaces, where the table leads into one of several tunnels: answers out of any go on.
    """
    connections = MANGLE[version](
        make.named(f"mark-forwarded{suffix(version)}"),
        make.below(),
        router=make.router,
        chain="prerouting",
        in_interface=interface,
        connection_state="new",
        action="mark-connection",
        new_connection_mark=mark,
        comment=f"{make.name}: what comes in by the VPN",
    )
    answers = mark_routing(
        make,
        f"mark-answers{suffix(version)}",
        [*after, connections],
        table,
        "answers to what came in by the VPN",
        version=version,
        **_from_elsewhere(interface, several, mark),
    )
    return [connections, answers]


def _from_elsewhere(tunnel: InterfaceRef, several: ListRef | None, mark: str) -> Taken:
    """What a marked connection has that doesn't come out of the tunnel, or of any of several."""
    if several is None:
        return {"in_interface": Not(tunnel), "connection_mark": mark}
    return {"in_interface_list": Not(several), "connection_mark": mark}


LAST_RESORT: Final = 250
"""Distance of a blackhole behind a tunnel's route: any real route to the same prefix goes before it."""


def only_into(
    make: Making, part: str, table: RoutingTable, interface: InterfaceRef, version: int = 4
) -> list[pulumi.Resource]:
    """A table's default route into a tunnel, and the blackhole for when that is off.

    Args:
        make: the component.
        part: what the route is called.
        table: the table.
        interface: the tunnel.
        version: of IP.
    """
    kind = ROUTE[version]
    common: dict[str, Any] = {
        "router": make.router,
        "dst_address": EVERYBODY[version],
        "routing_table": table,
        "comment": make.name,
    }
    end = suffix(version)
    return [
        kind(make.named(f"{part}{end}"), make.below(), gateway=interface, **common),
        kind(make.named(f"{part}-off{end}"), make.below(), blackhole=True, distance=LAST_RESORT, **common),
    ]


def main_first(
    make: Making,
    part: str,
    after: Sequence[pulumi.Resource],
    **matcher: Unpack[_Placed],
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
    **matcher: Unpack[Led],
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
