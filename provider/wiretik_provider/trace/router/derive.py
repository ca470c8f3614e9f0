"""Facts that follow from a router's settings: interfaces of tunnels, connected routes, active routes and their ways.

A router's own print has all that already; this is for rows that aren't on it yet, and for what changes around them.
RouterOS makes no route from a peer's allowed-address (docs/facts/wireguard.md#no-routes); a static route by an
interface is active while
that runs (C.4); one by an address while a route of main with a scope up to its target-scope covers it (B.6).

Rule: where the router printed something and nothing around it changes, what it printed counts. Whether a route is there
may hang on something that no row tells (does its gateway answer?). Such a doubt has a key, which stands in the row as
`doubt`; a route behind it, or one that is reached by it, `hangs` on it. Where it is told how it is (a world), all
routes follow anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import gateways, is_address
from wiretik_provider.codecs.unknown import written
from wiretik_provider.rows.ownership import tagged
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, SIX, Family, family_of
from wiretik_provider.trace.router.snapshot import UNKNOWN, is_true

__all__ = ["Rows", "asked_by", "asks_gateway", "derived", "doubt_key", "network_key", "settled", "without"]

Rows = Mapping[str, Sequence[Row]]
World = Mapping[str, str]
"""By a doubt's key how it is."""

_FLAGS: Final = ("active", "inactive", "immediate-gw", "ecmp", "hangs", "hw-offloaded")
_NOWHERE: Final[World] = {}
_SEVERAL: Final = 8
"""Rounds: each may find gateways by routes that the one before has found."""


def derived(rows: Rows, before: Rows | None = None) -> dict[str, Sequence[Row]]:
    """Rows with what follows from them.

    Args:
        rows: by menu; of rows that aren't on a router yet, what was declared.
        before: the router's own rows, where these are a change of them.
    """
    found = dict(rows)
    found["/interface"] = list(_interfaces(rows))
    running = _running(found)
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
        if before is None:
            now = zip(routes, _ways(routes, running, family), strict=True)
            found[family.routes] = [_flagged(row, way, doubt_key(row, family)) for row, way in now]
        else:
            found[family.routes] = list(_compared(routes, running, before, family))
    return {path: tagged(some) for path, some in found.items()}


def without(rows: Rows, *interfaces: str) -> dict[str, Sequence[Row]]:
    """The same router while some interfaces are down."""
    down = [{**row, "running": "false"} if row.get("name") in interfaces else row for row in rows.get("/interface", ())]
    return derived({**rows, "/interface": down}, rows)


def _on(rows: Rows, path: str) -> Iterable[Row]:
    return (row for row in rows.get(path, ()) if not is_true(row, "disabled"))


def _runs(row: Row) -> bool:
    return not is_true(row, "disabled") and row.get("running", "true") == "true"


def _running(rows: Rows) -> set[str]:
    """What a route may lead to: interfaces that run, and VRFs (docs/facts/packet-path.md#vrf)."""
    found = {row["name"] for row in rows.get("/interface", ()) if "name" in row and _runs(row)}
    return found | {row["name"] for row in _on(rows, "/ip/vrf") if "name" in row}


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
    hangs: tuple[str, ...] = ()
    """The doubts that it hangs on; it isn't active then, nor surely inactive."""


_OUT: Final = _Way(False)


def _ways(routes: Sequence[Row], running: set[str], family: Family, world: World = _NOWHERE) -> list[_Way]:
    """For each route whether it is active, and by what way."""
    ways: list[_Way] = [_OUT] * len(routes)
    keys = [doubt_key(row, family) for row in routes]
    for _ in range(_SEVERAL):
        found = [_reached(row, key, (routes, ways), running, world) for row, key in zip(routes, keys, strict=True)]
        best: dict[tuple[str, str], int] = {}
        maybe: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
        for row, reach in zip(routes, found, strict=True):
            group, distance = _group(row, family), _distance(row)
            if reach is None:
                continue
            if not reach.hangs:
                best[group] = min(best.get(group, 256), distance)
            elif distance < maybe.get(group, (256, ()))[0]:
                maybe[group] = distance, reach.hangs
        now = [
            _OUT if reach is None else _behind(reach, _distance(row), best.get(group, 256), maybe.get(group))
            for row, reach in zip(routes, found, strict=True)
            for group in (_group(row, family),)
        ]
        if now == ways:
            break
        ways = now
    return ways


def _behind(reach: _Way, distance: int, best: int, maybe: tuple[int, tuple[str, ...]] | None) -> _Way:
    """What a route that can take part is among those of its prefix: the smallest distance wins."""
    if distance > best:
        return _Way(False, reach.hops)
    if reach.hangs or maybe is None or distance <= maybe[0]:
        return reach
    return _Way(False, reach.hops, maybe[1])


def _group(row: Row, family: Family) -> tuple[str, str]:
    return row.get("routing-table", "main"), row.get("dst-address", family.everywhere)


def doubt_key(row: Row, family: Family) -> str:
    """The doubt about a route itself; empty where there is none."""
    if "doubt" in row or row.get("active") is not UNKNOWN or "hangs" in row:
        return row.get("doubt", "")
    table, where = _group(row, family)
    gateway = row.get("gateway", "blackhole")
    return f"route {where} in {table}" if gateway is UNKNOWN else f"route {where} by {gateway} in {table}"


def asked_by(rows: Rows, interfaces: Iterable[str], family: Family) -> tuple[list[Row], list[str]]:
    """Routes as if nobody knew whether the gateways by some interfaces answer, and the doubts about those.

    Routes to the same hang on it too, whatever the router printed of them.
    """
    routes, running = rows.get(family.routes, ()), _running(rows)
    checks = [{**row, "doubt": _checked(row, family)} if asks_gateway(row) else row for row in routes]
    ways = _ways(checks, running, family)
    by = [
        (row["doubt"], _group(row, family))
        for row, way in zip(checks, ways, strict=True)
        if asks_gateway(row) and any(hop.leaves in interfaces for text in way.hops for hop in gateways(text))
    ]
    groups = {group for _, group in by}
    now = [
        _flagged(row, way, doubt_key(row, family)) if _group(row, family) in groups else old
        for old, row, way in zip(routes, checks, ways, strict=True)
    ]
    return now, list(dict.fromkeys(key for key, _ in by))


def asks_gateway(row: Row) -> bool:
    """Whether a route checks that its gateway answers."""
    return row.get("check-gateway", "none") not in ("", "none")


def network_key(gateway: str, lines: Sequence[str]) -> str:
    """The doubt whether a gateway is in the network that one of some lines gets."""
    return f"{_NETWORK}{gateway} {','.join(lines)}"


_NETWORK: Final = "network "
_GATEWAY: Final = "gateway "


def _checked(row: Row, family: Family) -> str:
    """The doubt about a route that the router may find dead: its gateway doesn't answer, or something that isn't said.

    Routes by one gateway share what the check finds.
    """
    if not asks_gateway(row):
        return doubt_key({**row, "active": UNKNOWN}, family)
    return _GATEWAY + written(row.get("gateway", ""), "a gateway that isn't known")


def _number(row: Row, name: str, default: int) -> int:
    text = row.get(name, "")
    return int(text) if is_number(text) else default


def _distance(row: Row) -> int:
    return _number(row, "distance", 1)


def _reached(
    row: Row, key: str, known: tuple[Sequence[Row], Sequence[_Way]], running: set[str], world: World
) -> _Way | None:
    """The ways to a route's gateways, and the doubts that they hang on; None where it can't take part."""
    told, network = world.get(key, ""), key.startswith(_NETWORK)
    if is_true(row, "disabled") or (told == "no" and not network):
        return None
    hangs: tuple[str, ...] = (key,) if key and not told and not network else ()
    if "blackhole" in row:
        return _Way(not hangs, (), hangs)
    found: list[str] = []
    text = row.get("gateway", "")
    for hop in gateways(text):
        if hop.leaves in running:
            found.append(f"{hop.head}%{hop.interface}" if hop.interface else hop.head)
        elif is_address(hop.head) and not hop.interface:
            limit = _number(row, "target-scope", 10)
            near = _nearest(hop.head, hop.table or "main", limit, *known)
            found += [f"{hop.head}%{way}" if _is_interface(way) else hop.head for way in near.hops][:1]
            hangs += near.hangs
            if network and told in running and not near.hops:
                found.append(f"{hop.head}%{told}")
    if network and not (found or hangs or told):
        hangs = (key,)
    perhaps = text is UNKNOWN or any(is_address(hop.head) for hop in gateways(text))
    perhaps &= not key.startswith(_GATEWAY) or hangs not in ((), (key,))  # nobody answers whom no route reaches
    if not found and perhaps and told == "yes":
        found = [text]  # it is there, and by which interface no row tells
    if not found and not (perhaps and hangs):
        return None
    return _Way(not hangs, tuple(found), hangs)


def _is_interface(way: str) -> bool:
    """Whether a route's nearest hop is an interface: an address is one by an interface that no row tells."""
    return way is not UNKNOWN and not is_address(way)


def _nearest(gateway: str, table: str, limit: int, routes: Sequence[Row], ways: Sequence[_Way]) -> _Way:
    """The interfaces by which the best route to a gateway leads."""
    family = family_of(gateway)
    address = family.number(gateway)
    best: tuple[int, _Way] = -1, _OUT
    for row, way in zip(routes, ways, strict=True):
        there = (way.active and way.hops) or (way.hangs and "blackhole" not in row)
        if not there or row.get("routing-table", "main") != table:
            continue
        span = family.span(row.get("dst-address", family.everywhere))
        if span and span[0] <= address <= span[1]:
            length = family.length(span)
            if length > best[0] and _number(row, "scope", 30) <= limit:
                best = length, way._replace(hops=tuple(hop.leaves for text in way.hops for hop in gateways(text)))
    return best[1]


def _plain(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.items() if name not in _FLAGS}


def _flagged(row: Row, way: _Way, key: str = "") -> Row:
    flags: dict[str, str] = (
        {"active": "true"} if way.active else {"active": UNKNOWN} if way.hangs else {"inactive": "true"}
    )
    if key:
        flags["doubt"] = key
    if way.hangs:
        flags["hangs"] = way.hangs[0]
    told = way.hops and UNKNOWN not in way.hops
    return {**_plain(row), **flags, **({"immediate-gw": ",".join(way.hops)} if told else {})}


def settled(rows: Rows, world: World, family: Family) -> list[Row]:
    """A router's routes in a world."""
    routes = rows.get(family.routes, ())
    running = _running(rows)
    return list(_again(routes, routes, _ways(routes, running, family), _ways(routes, running, family, world), family))


def _compared(routes: Sequence[Row], running: set[str], before: Rows, family: Family) -> Iterable[Row]:
    """What the router printed where nothing changes, what follows where something does, and what isn't known."""
    past = before.get(family.routes, ())
    ways = zip(past, _ways(past, _running(before), family), strict=True)
    then = {row[".id"]: (row, way) for row, way in ways if row.get(".id")}
    found = [then.get(row.get(".id", ""), (_NO_ROW, _OUT)) for row in routes]
    doubted = []
    for row, (old, was), way in zip(routes, found, _ways(routes, running, family), strict=True):
        same = bool(old) and _plain(old) == _plain(row)
        silent = same and way != was and not was.hangs and was.active != is_true(old, "active")
        unasked = (not same or way != was) and bool(way.hops) and asks_gateway(row)
        new = (silent or unasked) and not doubt_key(row, family)
        doubted.append({**row, "doubt": _checked(row, family)} if new else row)
    now = _ways(doubted, running, family)
    return _again(doubted, [old for old, _ in found], [was for _, was in found], now, family)


_NO_ROW: Final[Row] = {}


def _again(
    routes: Sequence[Row], old: Sequence[Row], ways: Sequence[_Way], now: Sequence[_Way], family: Family
) -> Iterable[Row]:
    """Routes as the router printed them where their way stays the same, else as it follows."""
    for row, printed, was, way in zip(routes, old, ways, now, strict=True):
        same = bool(printed) and way == was and _plain(printed) == _plain(row)
        yield printed if same else _flagged(row, way, doubt_key(row, family))
