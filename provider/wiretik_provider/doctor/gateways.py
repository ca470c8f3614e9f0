"""Gateways: is each reached, is it clear by which tunnel, does a backup ever take its place, who asks for it by ARP.

Rule: a backup is one only where the router can notice that the way before it is dead.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Final

from wiretik_provider.codecs.base import is_number
from wiretik_provider.doctor.finding import Finding, Where
from wiretik_provider.doctor.patient import EVERYTHING, PEERS, Patient, is_host, named, net_of
from wiretik_provider.doctor.ways import leads_to
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, family_of
from wiretik_provider.trace.router.derive import asks_gateway
from wiretik_provider.trace.router.snapshot import is_true

__all__ = ["gateways"]

ROUTES: Final = "/ip/route"
_ETHERNET: Final = frozenset({"ether", "bridge", "vlan", "bond", "wlan", "wifi", "veth"})
"""Kinds of interfaces on which a neighbour is asked for by ARP."""


def gateways(patient: Patient) -> Iterator[Finding]:
    """What is wrong with the gateways of routes into tunnels, and to their endpoints."""
    static = [row for row in patient.snapshot.enabled(ROUTES) if not is_true(row, "dynamic") and "blackhole" not in row]
    for row in static:
        yield from _gateway(patient, row)
        yield from _in_two(patient, row)
    same = sorted(static, key=_place)
    for _, some in groupby(same, key=_place):
        yield from _backups(patient, sorted(some, key=_distance))
    for device in patient.running:
        for peer in patient.peers(device):
            yield from _by_ethernet(patient, device, peer)


def _place(row: Row) -> tuple[str, str]:
    """Of routes that stand for each other the same."""
    return row.get("routing-table", "main"), row.get("dst-address", "0.0.0.0/0")


def _distance(row: Row) -> int:
    text = row.get("distance", "1")
    return int(text) if is_number(text) else 1


def _device(patient: Patient, row: Row) -> str:
    """The tunnel that a route leads into, if it is one."""
    found = patient.ways(row)
    return min(found) if len(found) == 1 and found <= patient.devices.keys() else ""


# --- is it reached ---------------------------------------------------------------------------------------------------


def _gateway(patient: Patient, row: Row) -> Iterator[Finding]:
    """A route that isn't active though nothing better is in its place."""
    table, told = row.get("routing-table", "main"), row.get("gateway", "")
    if patient.may_be_active(row) or is_true(row, "dynamic") or "blackhole" in row or not told:
        return
    if "fib" not in patient.snapshot.tables.get(table, {}):
        return  # the table's own fault
    found = patient.ways(row) & patient.devices.keys()
    tunnel = found.pop() if len(found) == 1 else leads_to(patient, table) if table != "main" else ""
    if not tunnel or _beaten(patient, row, table):
        return
    if patient.live and asks_gateway(row) and patient.snapshot.runs(tunnel) and patient.ways(row):
        why, cure = f"check-gateway={row['check-gateway']} gets no answer", "is the far end up? else no check_gateway"
    else:
        why = "no connected route reaches it"
        cure = f'gateway="{tunnel}", or an address with network={told.partition("@")[0]} on it: wt.IpAddress(...)'
    yield Finding(
        kind="gateway-unreachable",
        where=Where(router=patient.name, tunnel=tunnel, menu=ROUTES, row=row.get(".id", "")),
        fact=f"the route to {row.get('dst-address')} by {told} in table {table} isn't active: {why}",
        cure=cure,
        value=told,
    )


def _beaten(patient: Patient, row: Row, table: str) -> bool:
    """Whether another route to the same is active instead, as a backup waits for its time."""
    return any(
        patient.may_be_active(one)
        and "blackhole" not in one
        and one.get("routing-table", "main") == table
        and one.get("dst-address") == row.get("dst-address")
        for one in patient.snapshot.enabled(ROUTES)
    )


def _in_two(patient: Patient, row: Row) -> Iterator[Finding]:
    """A gateway's bare address in a network that two tunnels have."""
    host = net_of(row.get("gateway", ""))
    if host is None or "%" in row.get("gateway", ""):
        return
    found = sorted({name for name, net in patient.nets if name in patient.running and net.holds(host)})
    if len(found) < 2:
        return
    table, told = _place(row)
    yield Finding(
        kind="gateway-in-two",
        where=Where(router=patient.name, menu=ROUTES, row=row.get(".id", "")),
        fact=f"the route to {told} in table {table} has the gateway {row['gateway']}, whose network both "
        f"{' and '.join(found)} have",
        cure=f'gateway="{found[0]}" or "{found[1]}", whichever is meant, or "{row["gateway"]}%{found[0]}"',
        value=row["gateway"],
    )


# --- backups ---------------------------------------------------------------------------------------------------------


def _backups(patient: Patient, rows: list[Row]) -> Iterator[Finding]:
    """Of several routes to the same: those that are as good, and those that never take another's place."""
    for one, other in combinations(rows, 2):
        first, second = _device(patient, one), _device(patient, other)
        if first and second and first != second and _distance(one) == _distance(other):
            yield _as_good(patient, one, first, second)
            return
    if len(rows) > 1 and (first := _device(patient, rows[0])) and _distance(rows[0]) < _distance(rows[1]):
        yield from _never_fails(patient, rows[0], rows[1], first)


def _as_good(patient: Patient, one: Row, first: str, second: str) -> Finding:
    table, told = _place(one)
    return Finding(
        kind="ways-alike",
        where=Where(router=patient.name, tunnel=first, menu=ROUTES, row=one.get(".id", "")),
        fact=f"the routes to {told} by {first} and by {second} in table {table} have the same distance "
        f"{_distance(one)}, so both are used at once",
        cure=f"distance={_distance(one) + 1} for the one that is to wait; if both are meant, leave it",
        value=str(_distance(one)),
    )


def _never_fails(patient: Patient, one: Row, other: Row, device: str) -> Iterator[Finding]:
    """A route by the interface itself, which runs whether anybody is there or not.

    Source: docs/facts/wireguard.md#gateways; the manual's routing-decision: check-gateway needs an address.
    """
    if one.get("gateway") != device:
        return
    table, told = _place(one)
    checks = one.get("check-gateway", "none")
    asked = f"check-gateway={checks} has no address to ask" if asks_gateway(one) else "no check-gateway asks"
    behind = _device(patient, other) or other.get("gateway", "")
    yield Finding(
        kind="failover-never",
        where=Where(router=patient.name, tunnel=device, menu=ROUTES, row=one.get(".id", "")),
        fact=f"the route to {told} by {behind} in table {table} waits for that by {device}, which is active as long as "
        f"{device} is on: {asked}",
        cure=f'gateway= with the far end\'s address in {device} and check_gateway="ping", or a netwatch that asks it',
        value=checks,
    )


# --- neighbours ------------------------------------------------------------------------------------------------------


def _by_ethernet(patient: Patient, device: str, peer: Row) -> Iterator[Finding]:
    """The way of a tunnel's own packets by an Ethernet port as gateway, to what isn't on that wire."""
    host = peer.get("current-endpoint-address") or peer.get("endpoint-address", "")
    if not is_host(host) or family_of(host) is not FOUR or (net := net_of(host)) is None:
        return
    way = patient.lookup("main", net.first)
    row = way.route if way else None
    if (
        way is None
        or row is None
        or is_true(row, "dynamic")
        or net_of(row.get("dst-address", "")) in (None, EVERYTHING)
    ):
        return
    kind = patient.snapshot.interfaces.get(way.leaves, {}).get("type", "")
    near = any(name == way.leaves and own.holds(net) for name, own in patient.nets)
    if row.get("gateway") != way.leaves or kind not in _ETHERNET or near:
        return
    yield Finding(
        kind="gateway-by-ethernet",
        where=Where.of_peer(patient.name, device, peer),
        fact=f"the route to the endpoint {host} of {named(PEERS, peer)} has the gateway {way.leaves}, an Ethernet "
        "port, on which nobody but a neighbour answers ARP",
        cure=f'wt.Route(..., dst_address="{row.get("dst-address")}", gateway=...) with the address of the router there',
        value=way.leaves,
    )
