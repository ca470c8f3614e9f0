"""Names of which the router's own DNS server puts the answers on an address list, by FWD records.

Rule: an address is on the list from the answer on until its TTL is over (docs/facts/menus.md#ipdnsstatic), and whoever
began a connection meanwhile keeps its way by a connection mark, however long that goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pulumi

from wiretik.components.shared import prefixes
from wiretik.components.shared.making import Making, mark_routing
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.routing import RoutingTable

__all__ = ["below", "forwarded", "is_name", "plain"]

_ALL: Final = "*."
"""What stands in front of a domain that is meant with all its subdomains."""


def is_name(text: str) -> bool:
    """Whether an entry is a name, rather than an address, a prefix or a range."""
    return prefixes.version_or_none(text) is None


def plain(text: str) -> str:
    """The domain of `*.example.com`, or the name itself."""
    return text.removeprefix(_ALL)


def below(host: str, names: Iterable[str]) -> str | None:
    """The first of some names that a host is, or is below of."""
    asked = host.lower().rstrip(".")
    for text in names:
        name = plain(text).lower().rstrip(".")
        if asked == name or (text.startswith(_ALL) and asked.endswith(f".{name}")):
            return text
    return None


def forwarded(
    make: Making,
    names: Sequence[str],
    into: str,
    *,
    resolver: pulumi.Input[str],
    table: RoutingTable,
    after: Sequence[pulumi.Resource],
) -> list[pulumi.Resource]:
    """Records by which questions for names go to a resolver through the tunnel, and their answers onto a list.

    Args:
        make: the component.
        names: `chat.example.com`, or `*.example.com` with all subdomains.
        into: the address list.
        resolver: who is asked.
        table: by which the router asks.
        after: what must be there before it asks.
    """
    asks = [
        mark_routing(
            make,
            f"mark-asks-{protocol}",
            after,
            table,
            "asks for the listed names",
            chain="output",
            protocol=protocol,
            dst_address=resolver,
            dst_port=53,
            dst_address_type="!local",
        )
        for protocol in ("udp", "tcp")
    ]
    found: list[pulumi.Resource] = []
    for text in names:
        more: dict[str, Any] = {"match_subdomain": True} if text.startswith(_ALL) else {}
        found.append(
            MenuRow(
                "/ip/dns/static",
                make.named("name-" + re.sub("[^A-Za-z0-9.-]", "_", plain(text))),
                make.below(*asks),
                router=make.router,
                name=plain(text),
                type="FWD",
                forward_to=resolver,
                address_list=into,
                comment=f"{make.name}: by the VPN",
                **more,
            )
        )
    return [*asks, *found]
