"""IPv6 of an export: what DHCPv6, pools and router advertisements give, as far as it is told.

Rule: a DHCPv6 client's default route is there where its row says so; that of a router advertisement only where the
address that it gave is told. An address of a pool whose prefix isn't told makes the addresses incomplete.
(MikroTik's manual: ipv6/settings accept-router-advertisements, ipv6/dhcp-client add-default-route.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from wiretik.cli.exports.gaps import Gap, lease
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator import Router
from wiretik_provider.trace import UNKNOWN
from wiretik_provider.trace.family import SIX

__all__ = ["Given", "given"]


@attrs.frozen
class Given:
    """What a router of IPv6 has besides its rows, and what of that isn't known.

    Attributes:
        addresses: its own addresses, with those that are told.
        routes: default routes that its own rows speak of.
        maybe: routes of which it isn't known whether they are there.
        unread: menus of which nothing can be said, and why.
        lacking: what isn't known.
        used: interfaces of leases that have an effect.
    """

    addresses: tuple[Row, ...]
    routes: tuple[Row, ...] = ()
    maybe: tuple[Row, ...] = ()
    unread: Mapping[str, str] = attrs.field(factory=dict)
    lacking: tuple[Gap, ...] = ()
    used: frozenset[str] = frozenset()


def given(router: Router, rows: Sequence[Row], leases: Mapping[str, str]) -> Given:
    """What others give a router of IPv6.

    Args:
        router: the embedded router that has loaded the export.
        rows: its addresses.
        leases: what is told, by interface.
    """
    clients = [row for row in _rows(router, "/ipv6/dhcp-client") if row.get("disabled") not in ("true", "yes")]
    own = [row for row in rows if row.get("dynamic") != "true"]
    pooled = [row for row in own if row.get("from-pool")]
    addresses = [_leased(row, leases) for row in own]
    by_pool = {row.get("interface", "") for row in pooled}
    by_client = {row.get("interface", "") for row in clients}
    heard = set(leases) - by_pool - by_client if _hears(router) else set[str]()
    mine = {row.get("interface") for row in own}
    addresses += [
        {".id": "", "dynamic": "true", "interface": name, "address": leases[name]}
        for name in sorted((by_client | heard) & leases.keys() - by_pool - (mine & by_pool))
    ]
    routes = [
        (row.get("interface", ""), row.get("default-route-distance", "1"))
        for row in clients
        if row.get("add-default-route", "no") not in ("no", "false")
    ]
    routes += [(name, "1") for name in sorted(heard)]
    lacking = [row for row in pooled if row.get("interface") not in leases]
    names = sorted({row["from-pool"] for row in lacking})
    silent = _hears(router) and not heard
    gaps = [_gap(f"the prefix that the pool {row['from-pool']} gives", row) for row in lacking]
    gaps += [
        _gap("the address that DHCPv6 gives", row)
        for row in clients
        if "address" in row.get("request", "") and row.get("interface") not in leases
    ]
    if silent:
        what = "the address that router advertisements give, and their default route"
        gaps.append(Gap(what, lease("INTERFACE", "ADDRESS/64")))
    return Given(
        tuple(addresses),
        tuple(_default(gateway, distance) for gateway, distance in routes),
        (_default(UNKNOWN, "1"),) if silent else (),
        {SIX.addresses: f"what the pool {' and '.join(names)} gives isn't in an export"} if lacking else {},
        tuple(gaps),
        frozenset((by_pool | by_client | heard) & leases.keys()),
    )


def _gap(what: str, row: Row) -> Gap:
    name = row.get("interface", "")
    return Gap(f"{what} {name}", lease(name, "ADDRESS/64"))


def _rows(router: Router, path: str) -> list[dict[str, str]]:
    return router.rows(path) if path in router.menus else []


def _leased(row: Row, leases: Mapping[str, str]) -> Row:
    """A pool's address with the prefix that is told."""
    lease = leases.get(row.get("interface", ""))
    return {**row, "address": lease} if lease and row.get("from-pool") else row


def _default(gateway: str, distance: str) -> dict[str, str]:
    return {".id": "", "dynamic": "true", "dst-address": SIX.everywhere, "gateway": gateway, "distance": distance}


def _hears(router: Router) -> bool:
    """Whether the router takes what router advertisements say."""
    settings = next(iter(_rows(router, SIX.settings)), {})
    hears = settings.get("accept-router-advertisements", "no")
    return hears == "yes" or (hears != "no" and settings.get("forward", "true") not in ("true", "yes"))
