"""What components of one program know of each other on one router: its networks, and the ports of its bridges.

Rule: whoever is made later knows of those before; what must know of all is made when the program's body has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs
import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.lan import Lan
from wiretik.components.shared.prefixes import Prefix
from wiretik.resources.at_end import shared
from wiretik.resources.base.router import Router
from wiretik.resources.firewall import FilterRule
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["UNTAGGED", "Bridge", "Neighbours", "bridge_of", "neighbours"]

Bridge = tuple[str, str]
"""A router's name, and what of it is joined with others: a bridge, or one of its VLANs."""
UNTAGGED: Final = "admit-only-untagged-and-priority-tagged"
"""`frame_types` of a port whose hosts know nothing of VLANs."""


@attrs.frozen
class Neighbours:
    """What is known of one router.

    Attributes:
        networks: prefixes, with the name of the component whose LAN they are, and that LAN.
        providers: the networks between the router and providers, with the name of the component.
        access: by bridge and port, whose access port it is.
        trunks: likewise, whose trunk first of all.
        numbers: by bridge and VLAN's number, who has it.
        asked: hosts of the internet that are reached by one line alone, with the name of the component.
        lines: the table of each line to the internet, with the versions of IP that the line has.
        filters: by bridge the row that makes it filter VLANs.
        joined: by bridge, or VLAN of one, all that is one LAN with it.
        there: rows by which the router has the networks of VLANs: what leaves them alone comes after.
        vnis: by the number of a LAN that is shared with other sites, whose it is.
        frames: by the port at which frames of other sites come in, the first rule that takes some, and the one that
            drops all others.
    """

    networks: dict[Prefix, tuple[str, Lan]] = attrs.field(factory=dict)
    providers: dict[Prefix, str] = attrs.field(factory=dict)
    access: dict[tuple[str, str], str] = attrs.field(factory=dict)
    trunks: dict[tuple[str, str], str] = attrs.field(factory=dict)
    numbers: dict[tuple[str, int], str] = attrs.field(factory=dict)
    asked: dict[str, str] = attrs.field(factory=dict)
    lines: list[tuple[pulumi.Resource, tuple[int, ...]]] = attrs.field(factory=list)
    filters: dict[str, pulumi.Resource] = attrs.field(factory=dict)
    joined: dict[str, frozenset[Bridge]] = attrs.field(factory=dict)
    there: list[pulumi.Resource] = attrs.field(factory=list)
    vnis: dict[int, str] = attrs.field(factory=dict)
    frames: dict[int, tuple[FilterRule, FilterRule]] = attrs.field(factory=dict)

    def filtering(self, bridge: InterfaceRef) -> tuple[pulumi.Resource, ...]:
        """The row that makes a bridge filter VLANs, where the program has one."""
        row = self.filters.get(bridge_of(bridge))
        return (row,) if row else ()

    def join(self, name: str, lan: Lan) -> None:
        """Says of a LAN that it is a component's."""
        for one in lan.every():
            self.networks.setdefault(one, (name, lan))

    def beside(self, own: Iterable[Prefix]) -> dict[Prefix, Lan]:
        """The networks of others."""
        mine = list(own)
        return {one: lan for one, (_, lan) in self.networks.items() if not prefixes.within(one, mine)}

    def off_vpn(self, name: str, own: Iterable[Prefix]) -> list[str]:
        """What a VPN leaves alone, for which main has a better way than its default route.

        Args:
            name: the VPN.
            own: its LAN.
        """
        others = (one for one, whose in self.providers.items() if whose != name)
        return list(map(str, dict.fromkeys([*self.beside(own), *others])))

    def carried(self, table: pulumi.Resource) -> tuple[int, ...] | None:
        """The versions of IP of the line whose table it is; None where nobody has said that it is one's."""
        return next((versions for line, versions in self.lines if line is table), None)

    def overlaps(self, own: Iterable[Prefix]) -> Iterator[str]:
        """What lies where somebody is already, with the cure."""
        for one in own:
            for other, (name, _) in self.networks.items():
                if prefixes.within(one, [other]) or prefixes.within(other, [one]):
                    yield f"{one} overlaps {other} of {name}, so nobody could tell them apart: renumber one of them"


def bridge_of(bridge: InterfaceRef) -> str:
    """What a bridge is called: by its name, or as a resource; an output by nothing."""
    return bridge if isinstance(bridge, str) else getattr(bridge, "pulumi_resource_name", "")


def neighbours(router: Router | str) -> Neighbours:
    """What is known of a router in the running program."""
    return shared(router, Neighbours)
