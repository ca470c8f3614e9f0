"""The lines of a router in an export: the rows that its clients of DHCP, PPPoE, LTE and the like make.

Rule: a line's default route is there where the client's own row says so, since no export has it; its address isn't
known unless it is told. Which client adds one by default is in docs/facts/exports.md#default-routes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import attrs

from wiretik_provider.simulator import Router

__all__ = ["Line", "lines_of"]

Rows = Mapping[str, str]


class _Client(NamedTuple):
    """One kind of client: what it is called, and what it does unless its row says otherwise."""

    kind: str
    adds: str
    distance: str


_PPP: Final[Mapping[str, _Client]] = {
    "/interface/pppoe-client": _Client("PPPoE", "no", "1"),
    "/interface/l2tp-client": _Client("L2TP", "no", "1"),
    "/interface/pptp-client": _Client("PPTP", "no", "1"),
    "/interface/sstp-client": _Client("SSTP", "no", "1"),
    "/interface/ovpn-client": _Client("OpenVPN", "no", "1"),
    "/interface/ppp-client": _Client("PPP", "yes", "1"),
}
_LTE: Final = _Client("LTE", "yes", "2")
_DHCP: Final = _Client("DHCP", "yes", "1")


@attrs.frozen
class Line:
    """One client that gives its interface an address.

    Attributes:
        interface: the interface.
        kind: by what, such as `PPPoE`.
        defaults: the tables that it adds a default route to, each with the distance.
        certain: whether that route is there: the DHCP server of a modem under PPPoE may give none, and whether a
            port of a bridge or a bond gets a lease of its own no source says.
    """

    interface: str
    kind: str
    defaults: tuple[tuple[str, str], ...] = ()
    certain: bool = True


def lines_of(router: Router) -> tuple[Line, ...]:
    """The lines of a router."""
    table_of = {
        interface: row["name"] for row in _on(router, "/ip/vrf") for interface in row.get("interfaces", "").split(",")
    }
    doubtful = {*_below(router), *_slaves(router)}
    found = []
    for row in _on(router, "/ip/dhcp-client"):
        defaults = _tables(row, table_of.get(row.get("interface", ""), "main")) if _adds(row, _DHCP) else ()
        found.append(Line(row.get("interface", ""), _DHCP.kind, defaults, row.get("interface") not in doubtful))
    for path, client in _PPP.items():
        found += [_line(row, row["name"], client, table_of) for row in _on(router, path)]
    profiles = {row.get("name", ""): row for row in _rows(router, "/interface/lte/apn")}
    for row in _on(router, "/interface/lte"):
        apn = profiles.get(row.get("apn-profiles", "default").partition(",")[0], {})
        if not apn.get("passthrough-interface"):
            found.append(_line(apn, row["name"], _LTE, table_of))
    return tuple(line for line in found if line.interface)


def _rows(router: Router, path: str) -> list[dict[str, str]]:
    return router.rows(path) if path in router.menus else []


def _on(router: Router, path: str) -> Iterator[dict[str, str]]:
    return (row for row in _rows(router, path) if row.get("disabled") not in ("true", "yes"))


def _adds(row: Rows, client: _Client) -> bool:
    return row.get("add-default-route", client.adds) not in ("no", "false")


def _line(row: Rows, interface: str, client: _Client, table_of: Mapping[str, str]) -> Line:
    distance = row.get("default-route-distance", client.distance)
    defaults = ((table_of.get(interface, "main"), distance),) if _adds(row, client) else ()
    return Line(interface, client.kind, defaults)


def _tables(row: Rows, usual: str) -> tuple[tuple[str, str], ...]:
    """The tables of a DHCP client's default route: `default`, or names with perhaps a distance behind (the manual)."""
    distance = row.get("default-route-distance", _DHCP.distance)
    named = row.get("default-route-tables", "") or "default"
    found = []
    for word in named.split(","):
        table, _, told = word.partition(":")
        found.append((usual if table == "default" else table, told or distance))
    return tuple(found)


def _slaves(router: Router) -> Iterator[str]:
    """The ports of bridges and bonds."""
    yield from (row.get("interface", "") for row in _on(router, "/interface/bridge/port"))
    for row in _on(router, "/interface/bonding"):
        yield from row.get("slaves", "").split(",")


def _below(router: Router) -> Iterator[str]:
    """The interfaces that carry a PPPoE client, the ones under VLANs too."""
    under = {row["name"]: row.get("interface", "") for row in _rows(router, "/interface/vlan")}
    for row in _on(router, "/interface/pppoe-client"):
        carrier, seen = row.get("interface", ""), set[str]()
        while carrier and carrier not in seen:
            yield carrier
            seen.add(carrier)
            carrier = under.get(carrier, "")
