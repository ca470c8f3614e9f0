"""Lines that share connections: each connection stays with the line by which it began, as long as that is alive.

Default routes of one distance share by a hash of both addresses (docs/facts/packet-path.md#ecmp), which may choose anew
when a line comes or goes. Rule: what a hash has chosen is looked up once; from a connection's second packet on its mark
leads it, which it got when it left (`began-by`). So whatever main knows better, and what a VPN takes, is none of ours.
"""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from wiretik.components.shared.making import FILTER, Making, Taken, mark_routing, suffix
from wiretik.components.uplinks.args import Wan
from wiretik.resources.base.position import BEFORE_FASTTRACK
from wiretik.resources.matchers import Not
from wiretik.resources.routing import RoutingTable

__all__ = ["stays"]


def stays(
    make: Making, wan: Wan, table: RoutingTable, version: int, after: Sequence[pulumi.Resource]
) -> list[pulumi.Resource]:
    """What began by a line goes on by it.

    Args:
        make: the component.
        wan: the line.
        table: its table.
        version: of IP.
        after: what must be there first.
    """
    end = suffix(version)
    slow = FILTER[version](
        make.named(f"no-fasttrack-began{end}-{wan.interface}"),
        make.below(),
        router=make.router,
        chain="forward",
        connection_state="established,related",
        connection_mark=wan.began,
        action="accept",
        position=BEFORE_FASTTRACK,
        comment=f"{make.name}: not by FastTrack",
    )
    asking: tuple[tuple[str, str, Taken], ...] = (
        ("stays", "prerouting", {"in_interface": Not(wan.interface), "connection_mark": wan.began}),
        ("own-stays", "output", {"connection_mark": wan.began}),
    )
    return [
        slow,
        *(
            mark_routing(
                make,
                f"{part}{end}-{wan.interface}",
                [*after, slow],
                table,
                f"what began by {wan.interface} stays with it",
                chain=chain,
                version=version,
                **where,
            )
            for part, chain, where in asking
        ),
    ]
