"""One router of a mesh, as far as it tells the others of its LAN and hears of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict, Unpack

import attrs
import pulumi

from wiretik.components.shared.lan import Lan
from wiretik.components.shared.making import Making
from wiretik.resources.base.position import BEFORE_DROP
from wiretik.resources.firewall import FilterRule
from wiretik.resources.interfaces import WireGuardInterface

__all__ = ["Neighbour", "Speaker"]


@attrs.frozen(kw_only=True)
class Neighbour:
    """The other router of a link.

    Attributes:
        name: what it is called.
        place: its place among the sites, from 0.
        interface: the link.
        network: the link's prefix.
        address: its address there.
        ready: what must be there before it is spoken to.
    """

    name: str
    place: int
    interface: WireGuardInterface
    network: str
    address: str
    ready: Sequence[pulumi.Resource]


class _Heard(TypedDict, total=False):
    """By what a protocol's packets are known."""

    src_address: str
    protocol: str
    dst_port: int


@attrs.frozen(kw_only=True)
class Speaker:
    """A router that speaks.

    Attributes:
        make: how its rows are made.
        mesh: the mesh's logical name.
        place: its place among the sites, from 0.
        router_id: what the others know it by.
        lan: what it tells them of.
        neighbours: whom it speaks to.
        off: what stands behind that which it hears, and is there before.
    """

    make: Making
    mesh: str
    place: int
    router_id: str
    lan: Lan
    neighbours: Sequence[Neighbour]
    off: Sequence[pulumi.Resource]

    def told(self) -> Iterator[str]:
        """The networks that it tells of: of the links too, since from there its own packets come."""
        yield from (str(one) for one in self.lan.networks())
        yield from (one.network for one in self.neighbours)

    def hears(self, one: Neighbour, called: str, **matchers: Unpack[_Heard]) -> FilterRule:
        """The rule that lets in what a neighbour says, by the link alone."""
        return FilterRule(
            self.make.named(f"{one.name}-{called.lower()}"),
            self.make.below(),
            router=self.make.router,
            chain="input",
            in_interface=one.interface,
            action="accept",
            position=BEFORE_DROP,
            comment=f"{self.make.name}: {called}",
            **matchers,
        )
