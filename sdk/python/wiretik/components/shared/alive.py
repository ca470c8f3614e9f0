"""How a router notices that the far end of a tunnel is silent, and what it does at the switch to another one.

A WireGuard interface runs whether anybody is there or not, so a route by it never gives way. One by an address is left
out while that answers no ping; a far host's address is looked up by a route of its own, which only the tunnel has
(docs/facts/packet-path.md#which-table). Rule: nothing here keeps a state or writes a row that a program declares, so
that a switch is no drift and a reboot changes nothing. What netwatch runs looks at the routes at each probe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import attrs
import pulumi

from wiretik._text import quoted
from wiretik.components.shared import prefixes
from wiretik.components.shared.making import EVERYBODY, HOST, ROUTE, Making, suffix
from wiretik.components.shared.refusal import later
from wiretik.resources.every.menu_row import MenuRow
from wiretik.resources.interfaces import InterfaceRef

__all__ = ["ALIKE", "LOCAL", "Way", "by_host", "netwatch", "same", "watch"]

ALIKE: Final = "both tunnels have {}, so nobody could tell them apart: give the backup another account or server"
LOCAL: Final = 10
"""The scope of a route by which a gateway may be looked up; connected ones have it."""
_EVERY: Final = "10s"
_AFTER_BOOT: Final = "10s"
"""Netwatch would wait five minutes otherwise (docs/facts/undo.md#netwatch)."""


def by_host(
    make: Making,
    host: pulumi.Input[str],
    interface: InterfaceRef,
    after: Sequence[pulumi.Resource],
    *,
    gateway: pulumi.Input[str] | None = None,
    version: int = 4,
) -> tuple[dict[str, Any], list[pulumi.Resource]]:
    """The route of a far host by a tunnel alone, and what routes say that are left out while that host is silent.

    Args:
        make: the component.
        host: an address behind the tunnel.
        interface: the tunnel.
        after: what must be there first.
        gateway: where the tunnel's routes lead, if not to the interface.
        version: of IP.

    Returns:
        properties of those routes, and what they come after.
    """
    if gateway is not None and gateway == host:  # it is reached by a connected route
        return {"gateway": host, "check_gateway": "ping"}, []
    bits = HOST[version]
    route = ROUTE[version](
        make.named("check" + suffix(version)),
        make.below(*after),
        router=make.router,
        dst_address=f"{host}/{bits}"
        if isinstance(host, str)
        else pulumi.Output.all(host).apply(lambda known: f"{known[0]}/{bits}"),
        gateway=interface if gateway is None else gateway,
        scope=LOCAL,
        comment=f"{make.name}: who is asked whether it is alive",
    )
    return {"gateway": host, "check_gateway": "ping", "target_scope": LOCAL + 1}, [route]


@attrs.frozen(kw_only=True)
class Way:
    """One of several tunnels for the same traffic.

    Attributes:
        interface: its name.
        host: who is asked whether it is alive.
        own: the router's address in it, which its connections are translated to.
        host6: likewise of IPv6, where that has another way, too.
        own6: likewise.
        other: another way's address and host, from which these must differ.
        meaning: what it means that the host is silent.
    """

    interface: str
    host: pulumi.Input[str]
    own: pulumi.Input[str]
    host6: pulumi.Input[str] | None = None
    own6: pulumi.Input[str] | None = None
    other: tuple[pulumi.Input[str], pulumi.Input[str]]
    meaning: str


def watch(make: Making, way: Way, *, table: str, tell: str, after: Sequence[pulumi.Resource]) -> pulumi.Resource:
    """Netwatch tells in the log when a tunnel falls silent or answers again, and drops connections that it had.

    A connection that began by one tunnel keeps its translation, and would leave by the other with an address that the
    far end doesn't take. Both routes decide for themselves when they are left out, so at every probe connections are
    dropped whose tunnel isn't the one that is taken; what is left of them begins anew.

    Args:
        make: the component whose rows they are.
        way: the tunnel.
        table: where its default route is.
        tell: more commands for when it falls silent or answers again.
        after: what must be there first.
    """
    known = pulumi.Output.all(way.host, way.own, way.host6 or "", way.own6 or "", *way.other)
    return netwatch(
        make,
        f"watch-{way.interface}",
        name=f"{table}-{way.interface}",
        host=way.host,
        said=f"{table}: {way.interface}",
        meaning=f": {way.meaning}",
        tell=tell,
        test=known.apply(later("backup", lambda told: _drops(table, told))),
        comment=f"{make.name}: {way.interface}",
        after=after,
    )


def netwatch(
    make: Making,
    part: str,
    *,
    name: str,
    host: pulumi.Input[str],
    said: str,
    meaning: str = "",
    tell: str,
    test: pulumi.Input[str] | None,
    comment: str,
    after: Sequence[pulumi.Resource],
) -> pulumi.Resource:
    """One whom netwatch asks, and the log's entries when he falls silent or answers again.

    Args:
        make: the component whose row it is.
        part: the end of its logical name.
        name: what netwatch calls it.
        host: who is asked.
        said: what the log calls him.
        meaning: what it means that he is silent, as the end of a sentence.
        tell: more commands for when he falls silent or answers again.
        test: what runs at each probe.
        comment: the row's.
        after: what must be there first.
    """
    more = f"; {tell}" if tell else ""
    return MenuRow(
        "/tool/netwatch",
        make.named(part),
        make.below(*after),
        router=make.router,
        name=name,
        host=host,
        type="simple",  # the other kind takes an average above 100 ms for silence
        interval=_EVERY,
        startup_delay=_AFTER_BOOT,
        down_script=f":log warning {quoted(f'{said} is silent{meaning}')}{more}",
        up_script=f":log info {quoted(f'{said} answers')}{more}",
        test_script=test,
        comment=comment,
    )


def _drops(table: str, known: Sequence[str]) -> str:
    """The script that drops what a tunnel had, where its route isn't the active one.

    Raises:
        ValueError: another tunnel has the same, so it would drop the other's.
    """
    host, own, host6, own6, *other = known
    for what, one, another in zip(("address", "check_gateway"), (own, host), other, strict=True):
        if same(one, another):
            raise ValueError(f"{what}: {ALIKE.format(one)}")
    found = [_drop(table, host, own, 4)]
    if host6 and own6:
        found.append(_drop(table, host6, own6, 6))
    return "; ".join(found)


def _drop(table: str, host: str, own: str, version: int) -> str:
    menu = {4: "/ip", 6: "/ipv6"}[version]
    address = prefixes.address(own.partition("/")[0])
    # With a port behind a colon, or none; how IPv6 has it isn't known (docs/facts/packet-path.md#when-the-way-changes).
    text = f"^{re.escape(str(address))}(:|$)" if version == 4 else f"(^|[^0-9a-f:]){address}([^0-9a-f]|$)"
    asked = f"routing-table={quoted(table)} dst-address={EVERYBODY[version]} gateway={host} active=yes"
    return (
        f":if ([:len [{menu}/route/find {asked}]]=0) do={{{menu}/firewall/connection/remove "
        f"[{menu}/firewall/connection/find reply-dst-address~{quoted(text)}]}}"
    )


def same(one: pulumi.Input[Any], other: pulumi.Input[Any]) -> bool:
    """Whether two addresses are one, as far as both are plain."""
    plain = isinstance(one, str) and isinstance(other, str)
    return plain and prefixes.address_or_none(str(one).partition("/")[0]) == prefixes.address_or_none(
        str(other).partition("/")[0]
    )
