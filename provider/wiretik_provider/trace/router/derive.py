"""What a router makes of its settings: interfaces of tunnels, connected routes, which routes are active and how.

A router's own print has all that already; this is for rows that aren't on it yet, and for what changes around them.
RouterOS makes no route from a peer's allowed-address (docs/facts/wireguard.md#no-routes); a static route by an
interface is active while
that runs (C.4); one by an address while a route of main with a scope up to its target-scope covers it (B.6).

Rule: where the router printed something and nothing around it changes, what it printed counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import gateways, is_address
from wiretik_provider.rows.ownership import tagged
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, SIX, Family, family_of
from wiretik_provider.trace.router.snapshot import UNKNOWN, is_true

__all__ = ["Rows", "derived", "without"]

Rows = Mapping[str, Sequence[Row]]

_FLAGS: Final = ("active", "inactive", "immediate-gw", "ecmp", "hw-offloaded")


def derived(rows: Rows, before: Rows | None = None) -> dict[str, Sequence[Row]]:
    """Rows with what follows from them.

    Args:
        rows: by menu; of rows that aren't on a router yet, what was declared.
        before: the router's own rows, where these are a change of them.
    """
    found = dict(rows)
    found["/interface"] = list(_interfaces(rows))
    running = {row["name"] for row in found["/interface"] if "name" in row and _runs(row)}
    bridges = {row.get("interface", ""): row.get("bridge", "") for row in _on(rows, "/interface/bridge/port")}
    table_of = {
        name: row.get("name", "") for row in _on(rows, "/ip/vrf") for name in row.get("interfaces", "").split(",")
    }
    for family in (FOUR, SIX):
        if family is SIX and not rows.keys() & {SIX.addresses, SIX.routes}:
            continue  # it wasn't read
        addresses = found[family.addresses] = [_address(row, bridges) for row in rows.get(family.addresses, ())]
        old = [row for row in rows.get(family.routes, ()) if row.get("connect") != "true"]
        routes = [*_connected(addresses, running, family, table_of), *old]
        now = _ways(routes, running, family)
        if before is None:
            found[family.routes] = [_flagged(row, way) for row, way in zip(routes, now, strict=True)]
        else:
            found[family.routes] = list(_compared(routes, now, before, family))
    return {path: tagged(some) for path, some in found.items()}


def without(rows: Rows, interface: str) -> dict[str, Sequence[Row]]:
    """The same router while an interface is down."""
    down = [{**row, "running": "false"} if row.get("name") == interface else row for row in rows.get("/interface", ())]
    return derived({**rows, "/interface": down}, rows)


def _on(rows: Rows, path: str) -> Iterable[Row]:
    return (row for row in rows.get(path, ()) if not is_true(row, "disabled"))


def _runs(row: Row) -> bool:
    return not is_true(row, "disabled") and row.get("running", "true") == "true"


def _interfaces(rows: Rows) -> Iterable[Row]:
    """The interfaces, with a tunnel for each row of its own menu and none besides."""
    tunnels = {row["name"]: row for row in rows.get("/interface/wireguard", ()) if "name" in row}
    for row in rows.get("/interface", ()):
        device = tunnels.pop(row.get("name", ""), None)
        if device is not None:
            off = device.get("disabled", "false")
            yield {**row, "disabled": off} if off == row.get("disabled", "false") else _tunnel(device)
        elif row.get("type") != "wg":
            yield row
    yield from map(_tunnel, tunnels.values())


def _tunnel(device: Row) -> Row:
    off = device.get("disabled", "false")
    return {"name": device["name"], "type": "wg", "disabled": off, "running": "false" if off == "true" else "true"}


def _address(row: Row, bridges: Mapping[str, str]) -> Row:
    name = row.get("interface", "")
    return {**row, "actual-interface": bridges.get(name, name)}


def _connected(
    addresses: Iterable[Row], running: set[str], family: Family, table_of: Mapping[str, str]
) -> Iterable[Row]:
    """The route that each address brings, in its VRF's table; a /32 with another network leads to the far end only.

    Source: docs/facts/wireguard.md#gateways.
    """
    for row in addresses:
        host, _, length = row.get("address", "").partition("/")
        if is_true(row, "disabled") or row["actual-interface"] not in running or not _is_address(host, family):
            continue
        if length and not (is_number(length) and int(length) <= family.bits):
            continue
        bits = int(length or family.bits)
        told = row.get("network", "")
        address = family.number(host)
        network = family.number(told) if _is_address(told, family) else address & family.mask(bits)
        link = f"%{row['actual-interface']}" if family.is_link_local(address) else ""
        yield {
            "dst-address": f"{family.text(network)}{link}/{bits}",
            "gateway": row["actual-interface"],
            "distance": "0",
            "scope": "10",
            "connect": "true",
            "dynamic": "true",
            "local-address": f"{host}%{row['actual-interface']}",
            **({"routing-table": vrf} if (vrf := table_of.get(row["actual-interface"])) else {}),
        }


def _is_address(text: str, family: Family) -> bool:
    return is_address(text) and family_of(text) is family


class _Way(NamedTuple):
    active: bool
    hops: tuple[str, ...] = ()


def _ways(routes: Sequence[Row], running: set[str], family: Family) -> list[_Way]:
    """For each route whether it is active, and by what way."""
    ways: list[_Way] = [_Way(False)] * len(routes)
    # Each round may find gateways by routes that the one before has found.
    for _ in range(8):
        found = [_reached(row, routes, ways, running) for row in routes]
        best: dict[tuple[str, str], int] = {}
        for row, hops in zip(routes, found, strict=True):
            if hops is not None:
                best[_group(row, family)] = min(best.get(_group(row, family), 256), _distance(row))
        now = [
            _Way(hops is not None and _distance(row) == best[_group(row, family)], hops or ())
            for row, hops in zip(routes, found, strict=True)
        ]
        if now == ways:
            break
        ways = now
    return ways


def _group(row: Row, family: Family) -> tuple[str, str]:
    return row.get("routing-table", "main"), row.get("dst-address", family.everywhere)


def _number(row: Row, name: str, default: int) -> int:
    text = row.get(name, "")
    return int(text) if is_number(text) else default


def _distance(row: Row) -> int:
    return _number(row, "distance", 1)


def _reached(row: Row, routes: Sequence[Row], ways: Sequence[_Way], running: set[str]) -> tuple[str, ...] | None:
    """The ways to a route's gateways; None where it can't take part."""
    if is_true(row, "disabled"):
        return None
    if "blackhole" in row:
        return ()
    found: list[str] = []
    for hop in gateways(row.get("gateway", "")):
        if hop.leaves in running:
            found.append(f"{hop.head}%{hop.interface}" if hop.interface else hop.head)
        elif is_address(hop.head) and not hop.interface:
            limit = _number(row, "target-scope", 10)
            found += [f"{hop.head}%{way}" for way in _nearest(hop.head, hop.table or "main", limit, routes, ways)][:1]
    return tuple(found) or None


def _nearest(gateway: str, table: str, limit: int, routes: Sequence[Row], ways: Sequence[_Way]) -> list[str]:
    """The interfaces by which the best route to a gateway leads."""
    family = family_of(gateway)
    address = family.number(gateway)
    best: tuple[int, list[str]] = -1, []
    for row, way in zip(routes, ways, strict=True):
        span = family.span(row.get("dst-address", family.everywhere))
        if (
            way.active
            and way.hops
            and span
            and span[0] <= address <= span[1]
            and row.get("routing-table", "main") == table
        ):
            length = family.length(span)
            if length > best[0] and _number(row, "scope", 30) <= limit:
                best = length, [hop.rpartition("%")[2] for hop in way.hops]
    return best[1]


def _plain(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.items() if name not in _FLAGS}


def _flagged(row: Row, way: _Way) -> Row:
    flags = {"active": "true"} if way.active else {"inactive": "true"}
    return {**_plain(row), **flags, **({"immediate-gw": ",".join(way.hops)} if way.hops else {})}


def _compared(routes: Sequence[Row], now: Sequence[_Way], before: Rows, family: Family) -> Iterable[Row]:
    """What the router printed where nothing changes, what follows where something does, and what isn't known."""
    past = before.get(family.routes, ())
    running = {row["name"] for row in before.get("/interface", ()) if "name" in row and _runs(row)}
    then = {row[".id"]: (row, way) for row, way in zip(past, _ways(past, running, family), strict=True) if ".id" in row}
    for row, way in zip(routes, now, strict=True):
        if row.get("active") == UNKNOWN:
            # Whether it is there isn't known, and so it stays where its way goes on.
            told = row.get("gateway", "")
            open_ = way.hops or UNKNOWN in told or any(is_address(hop.head) for hop in gateways(told))
            yield row if open_ else _flagged(row, way)
            continue
        old, was = then.get(row.get(".id", ""), ({}, _Way(False)))
        if old and _plain(old) == _plain(row):
            if way == was:
                yield old
                continue
            if was.active != is_true(old, "active"):
                # The router knew something that doesn't follow from its settings, such as a gateway that is silent.
                yield {**_flagged(row, way), "active": UNKNOWN}
                continue
        changed = _flagged(row, way)
        if way.active and row.get("check-gateway", "none") != "none":
            changed = {**changed, "active": UNKNOWN}
        yield changed
