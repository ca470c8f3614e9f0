"""IPv6 of those who take an always-on VPN: by the VPN where the provider has it, else nowhere.

It leans on marks and on routes of the VPN's own table alone: a mark is looked up in its table before any routing rule
(docs/facts/packet-path.md#which-table), where a blackhole ends what has no other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik.components.shared.making import Making, keep_way, mark_routing
from wiretik.resources.address_list import Entry, Ipv6AddressList
from wiretik.resources.base.position import FIRST
from wiretik.resources.ipv6 import Ipv6Route
from wiretik.resources.ipv6_firewall import Ipv6FilterRule, Ipv6NatRule
from wiretik.resources.routing import RoutingTable

__all__ = ["NEVER", "Steering6"]

NEVER: Final = {
    "fe80::/10": "link-local",  # neighbours and routers; a marked one would be looked for in the VPN's table first
    "ff00::/8": "multicast",  # neighbour discovery
}
"""What is never routed, and so must never be marked (RFC 4291 2.5.6 and 2.7)."""


@attrs.frozen(kw_only=True)
class Steering6:
    """What an always-on VPN does with IPv6.

    Attributes:
        make: whose rows.
        table: the VPN's table, and mark.
        chosen: the matcher for destinations that take the VPN, by a list.
        listed: its entries, by address, with their comments.
        sources: whose traffic: a suffix for names, and matchers.
        blackhole: whether what has no way in the table ends there; the distance.
        resolver: whom clients' questions to the router go to. None: the router refuses them, so that they ask by IPv4.
        dns: whether clients' questions are steered at all.
        keeps: the mark of connections that keep their way while the list changes; None where it doesn't.
    """

    make: Making
    table: RoutingTable
    chosen: str
    listed: dict[str, str]
    sources: Sequence[tuple[str, dict[str, Any]]]
    blackhole: int | None
    resolver: pulumi.Input[str] | None
    dns: bool
    keeps: str | None = None

    def rows(self, after: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        """Makes them; nothing is marked before it has where to go.

        Args:
            after: what else must be there before anything is marked.
        """
        make = self.make
        entries: list[pulumi.Input[str] | Entry] = [Entry(address, comment) for address, comment in self.listed.items()]
        ready: list[pulumi.Resource] = [
            *after,
            Ipv6AddressList(
                make.named("no-vpn6" if self.chosen.startswith("!") else "only-to6"),
                make.below(*after),
                router=make.router,
                list=self.chosen.removeprefix("!"),
                entries=entries,
            ),
        ]
        if self.blackhole is not None:
            ready.append(
                Ipv6Route(
                    make.named("kill-switch6"),
                    make.below(),
                    router=make.router,
                    dst_address="::/0",
                    blackhole=True,
                    distance=self.blackhole,
                    routing_table=self.table,
                    comment=f"{make.name}: kill switch",
                )
            )
        made = [rule for part, matcher in self.sources for rule in self._questions(part, matcher, ready)]
        for part, matcher in self.sources:
            those: dict[str, Any] = {
                "dst_address_list": self.chosen,
                "dst_address_type": "!local",
                "connection_nat_state": "!dstnat",
                **matcher,
            }
            kept = keep_way(make, f"keep6{part}", ready, mark=self.keeps, version=6, **those) if self.keeps else {}
            made.append(
                mark_routing(make, f"mark6{part}", ready, self.table, "LAN to the VPN", version=6, **kept, **those)
            )
        return made

    def _questions(self, part: str, matcher: dict[str, Any], ready: Sequence[pulumi.Resource]) -> list[pulumi.Resource]:
        """What clients ask the router by IPv6: to the resolver through the VPN, or refused."""
        if not self.dns:
            return []
        make = self.make
        made: list[pulumi.Resource] = []
        for protocol in ("udp", "tcp"):
            asked: dict[str, Any] = {"protocol": protocol, "dst_port": 53, **matcher}
            if self.resolver is None:
                made.append(
                    Ipv6FilterRule(
                        make.named(f"no-dns6-{protocol}{part}"),
                        make.below(),
                        router=make.router,
                        chain="input",
                        action="reject",  # at once, so that a client asks by IPv4 without waiting
                        position=FIRST,
                        comment=f"{make.name}: DNS by IPv4, which takes the VPN",
                        **asked,
                    )
                )
                continue
            turned = Ipv6NatRule(
                make.named(f"dns6-{protocol}{part}"),
                make.below(*ready),
                router=make.router,
                chain="dstnat",
                action="dst-nat",
                routing_mark=self.table,  # so both begin with the mark, and neither goes without the other
                dst_address_type="local",
                to_address=self.resolver,
                comment=f"{make.name}: DNS by the VPN",
                **asked,
            )
            marked = mark_routing(
                make,
                f"mark-dns6-{protocol}{part}",
                [*ready, turned],
                self.table,
                "DNS by the VPN",
                version=6,
                dst_address_type="local",
                **asked,
            )
            made += [turned, marked]
        return made
