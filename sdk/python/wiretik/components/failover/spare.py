"""The tunnel that waits for another one to fall silent, and what goes on at the switch."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pulumi

from wiretik.components.always_on_args import AlwaysOnVpnArgs
from wiretik.components.failover.account import Account, account_of
from wiretik.components.shared.alive import Way
from wiretik.components.shared.making import Making
from wiretik.components.tunnel import Tunnel
from wiretik.resources.interfaces import InterfaceList, InterfaceListMember, WireGuardInterface
from wiretik.resources.routing import RoutingTable

__all__ = ["Spare", "spare_of"]


@attrs.frozen
class Spare:
    """The rows of a backup.

    Attributes:
        tunnel: its tunnel.
        both: the list of the interfaces of both tunnels.
        ways: the two tunnels, as they are watched.
        members: the members of the list, when both are there.
    """

    tunnel: Tunnel
    both: InterfaceList
    ways: tuple[Way, Way]
    members: Sequence[pulumi.Resource] = ()

    @property
    def ready(self) -> tuple[pulumi.Resource, ...]:
        """What must be there before traffic is sent into it."""
        return (*self.tunnel.ready, *self.members)

    def joined(self, make: Making, first: WireGuardInterface) -> Spare:
        """The same with both interfaces on the list.

        Args:
            make: the VPN's rows.
            first: the VPN's interface.
        """
        members = [
            InterfaceListMember(
                make.named(f"tunnels-{way.interface}"),
                make.below(),
                router=make.router,
                list=self.both,
                interface=interface,
                comment=make.name,
            )
            for way, interface in zip(self.ways, (first, self.tunnel.interface), strict=True)
        ]
        return attrs.evolve(self, members=members)


def spare_of(make: Making, args: AlwaysOnVpnArgs, account: Account, table: RoutingTable) -> Spare | None:
    """Makes the rows of a backup; before the VPN's routes, which leave off when nobody answers.

    Args:
        make: the VPN's rows.
        args: the VPN.
        account: the VPN's account.
        table: the table in which both have a default route.
    """
    spare = args.spare
    if spare is None:
        return None
    own = account_of(spare)
    both = InterfaceList(
        make.named("tunnels"), make.below(), router=make.router, name=f"{args.table}-tunnels", comment=make.name
    )
    tunnel = Tunnel(make.named("backup"), own.tunnel(spare, table, 2), make.below())
    return Spare(tunnel, both, _ways(args, spare, account, own))


def _ways(args: AlwaysOnVpnArgs, spare: AlwaysOnVpnArgs, one: Account, two: Account) -> tuple[Way, Way]:
    six = spare.ipv6

    def way(args: AlwaysOnVpnArgs, own: Account, other: Account, meaning: str) -> Way:
        return Way(
            interface=args.interface,
            host=own.asked or "",
            own=own.address,
            host6=args.check_gateway6 if six else None,
            own6=own.address6 if six else None,
            other=(other.address, other.asked or ""),
            meaning=meaning,
        )

    return (
        way(args, one, two, f"{spare.interface} takes its place"),
        way(spare, two, one, f"nothing would take the place of {args.interface}"),
    )
