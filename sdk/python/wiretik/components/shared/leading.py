"""Traffic of some interfaces that takes a tunnel's table, and what is promised of it.

Rule: IPv6's routing rules name a prefix of IPv6, since no source says whether one without an address is for both; they
stand in front, so that no IPv6 packet meets IPv4's (docs/facts/menus.md#routingrule).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pulumi

from wiretik.components.shared.making import EVERYBODY, Led, Making, main_first, suffix, then_table
from wiretik.components.shared.promising import promised, somebody_by_any_line
from wiretik.resources.at_end import at_end
from wiretik.resources.base.position import After, Position
from wiretik.resources.interfaces import InterfaceRef, ListRef
from wiretik.resources.routing import TableRef

__all__ = ["Leading"]


@attrs.frozen(kw_only=True)
class Leading:
    """Whose traffic takes a table.

    Attributes:
        table: the table.
        only: whether what the table has no route for is unreachable, rather than left to main.
        versions: the versions of IP of which the tunnel takes everything.
        block6: whether IPv6 is unreachable where the tunnel doesn't take it.
        tunnel: the tunnel's interface.
        wan: the interface list of the internet's lines.
    """

    table: TableRef
    only: bool
    versions: Sequence[int]
    block6: bool
    tunnel: InterfaceRef
    wan: ListRef

    @property
    def led(self) -> list[int]:
        """The versions of IP that have rules."""
        blocked = [6] if self.block6 and self.only and 6 not in self.versions else []
        return [*self.versions, *blocked]

    def rows(self, make: Making, incoming: Sequence[InterfaceRef], after: Sequence[pulumi.Resource]) -> None:
        """Makes the rules; nothing is led before there is where to go.

        Args:
            make: the component.
            incoming: the interfaces by which the traffic comes in.
            after: what must be there first.
        """
        for number, interface in enumerate(incoming, 1):
            part = "default" if len(incoming) == 1 else f"default-{number}"
            place: Position | None = None
            for version in sorted(self.led, reverse=True):  # IPv6's are there before IPv4's, and leave after them
                end = suffix(version)
                matcher: Led = {"interface": interface}
                if version == 6:
                    matcher["dst_address"] = EVERYBODY[6]
                known = main_first(make, f"{part}-main{end}", after, position=place, **matcher)
                rest = then_table(make, f"{part}{end}", known, self.table, after, only=self.only, **matcher)
                place = After(rest)

    def promises(self, make: Making, incoming: Sequence[InterfaceRef]) -> None:
        """What comes in there leaves for the internet by the tunnel, and by nothing else.

        Args:
            make: the component.
            incoming: the interfaces by which the traffic comes in.
        """
        if self.only:
            at_end(make.router, f"{make.name}: promises", lambda _: self._promise(make, incoming))

    def _promise(self, make: Making, incoming: Sequence[InterfaceRef]) -> None:
        there = {version: somebody_by_any_line(make.name, make.router, version) for version in self.led}
        for interface in incoming:
            for version, to in there.items():
                if to is None:
                    continue
                what = "IPv6: " * (version == 6)
                asked = promised(EVERYBODY[version], interface, make.router)
                told = f"{make.name}: {what}nothing goes past the tunnel"
                asked.never_leaves_by(self.wan, to=to, name=told)
                off = f"{make.name}: {what}nothing leaves in the clear while the tunnel is off"
                asked.never_leaves_by(self.wan, to=to, down=self.tunnel, name=off)
