"""The ways into the tunnels: routes for allowed prefixes, tables that marks and rules lead to, and their gateways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider.codecs.spans import gateways
from wiretik_provider.doctor.finding import ERROR, WARNING, Finding, Where
from wiretik_provider.doctor.patient import EVERYTHING, INTERNET, PEERS, Net, Patient, allowed, named, net_of
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, SIX, Family, Interval
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.result import Disposition
from wiretik_provider.trace.router.snapshot import UNKNOWN, hops_of, is_true
from wiretik_provider.trace.steps.path import peer_name

__all__ = ["leads_to", "ways"]

ROUTES: Final = "/ip/route"
MANGLE: Final = "/ip/firewall/mangle"
NAT: Final = "/ip/firewall/nat"
RULES: Final = "/routing/rule"
_HOST: Final = 32
_ALONE: Final = 31
"""From this length on a tunnel's network has nobody else, or the far end alone."""
_INTERNET6: Final = SIX.number("2606:4700:4700::1111")


def ways(patient: Patient) -> Iterator[Finding]:
    """What is wrong with routes and tables."""
    for table, who in _asked_for(patient).items():
        yield from _table(patient, table, who)
    yield from _gone(patient)
    senders = _senders(patient)
    for table in sorted(patient.snapshot.tables.keys() - {"main"}):
        yield from _unused(patient, table, senders)
    for device in patient.running:
        yield from _routed(patient, device)
        yield from _accepted(patient, device)
        yield from _exit(patient, device)


def leads_to(patient: Patient, table: str) -> str:
    """The tunnel that a table leads to, or would; empty where that isn't clear."""
    rows = [row for row in patient.snapshot.enabled(ROUTES) if row.get("routing-table", "main") == table]
    found = {device for row in rows for device in patient.ways(row)} & patient.devices.keys()
    if not found:
        tables = {name: set(patient.tables_to(name)) - {"main"} for name in patient.devices}
        found = {name for name in patient.devices if patient.is_provider(name) and not tables[name]}
    return found.pop() if len(found) == 1 else ""


# --- tables ----------------------------------------------------------------------------------------------------------


def _asked_for(patient: Patient) -> Mapping[str, str]:
    """The tables that marks and routing rules send packets to, and by which row."""
    found: dict[str, str] = {}
    for at, row in enumerate(patient.snapshot[MANGLE]):
        mark = row.get("new-routing-mark", "")
        if row.get("action") == "mark-routing" and not is_true(row, "disabled") and mark and not mark.startswith("*"):
            found.setdefault(mark, named(MANGLE, row, at))
    for at, row, _ in patient.snapshot.rules:
        table = row.get("table", "")
        if row.get("action", "").startswith("lookup") and table and not table.startswith("*"):
            found.setdefault(table, named(RULES, row, at))
    return {table: who for table, who in found.items() if table != "main"}


def _gone(patient: Patient) -> Iterator[Finding]:
    """Tables that were removed while rows still name them, which RouterOS prints by their ids.

    Source: docs/facts/menus.md#routingtable.
    """
    seen = set()
    for path, name in ((ROUTES, "routing-table"), (RULES, "table")):
        for at, row in enumerate(patient.snapshot[path]):
            table = row.get(name, "")
            if not table.startswith("*") or is_true(row, "disabled") or table in seen:
                continue
            seen.add(table)
            yield Finding(
                kind="table-missing",
                where=Where(router=patient.name, menu="/routing/table"),
                fact=f"{named(path, row, at if path == RULES else -1)} has {name}={table}: its table is gone",
                cure="wt.RoutingTable(..., fib=True), and the rows that name it once more",
                value=table,
            )


def _unused(patient: Patient, table: str, senders: Mapping[str, str]) -> Iterator[Finding]:
    """A table whose default route leads into a tunnel, and nobody is sent there."""
    tunnel = leads_to(patient, table)
    routes = [row for row in patient.routes(tunnel) if row.get("routing-table", "main") == table]
    whole = any(net_of(row.get("dst-address", "")) == EVERYTHING and is_true(row, "active") for row in routes)
    if not tunnel or not whole or table in senders:
        return
    yield Finding(
        kind="table-unused",
        where=Where(router=patient.name, tunnel=tunnel, menu=MANGLE, row=""),
        fact=f"the default route of table {table} leads into {tunnel}, and no rule sends anything to that table",
        cure=f'wt.MangleRule(..., chain="prerouting", action="mark-routing", new_routing_mark="{table}"), or a '
        "wt.RoutingRule; wt.AlwaysOnVpn and default_for of wt.Tunnel make them",
        value=table,
    )


def _senders(patient: Patient) -> dict[str, str]:
    """The tables that IPv4 is sent to which is neither a name's question nor an answer, and by which row."""
    found = {}
    for at, row in enumerate(patient.snapshot[MANGLE]):
        marks = row.get("action") == "mark-routing" and not is_true(row, "disabled")
        if marks and row.get("dst-address-type") != "local" and not _only_answers(patient, row):
            found[row.get("new-routing-mark", "")] = named(MANGLE, row, at)
    for at, row, _ in patient.snapshot.rules:
        mark = row.get("routing-mark", "main")
        of_ipv6 = ":" in row.get("src-address", "") + row.get("dst-address", "")
        if row.get("action", "").startswith("lookup") and (mark == "main" or mark in found) and not of_ipv6:
            found[row.get("table", "")] = named(RULES, row, at)
    return found


def _only_answers(patient: Patient, row: Row) -> bool:
    """Whether a rule marks only for the tunnel by which a connection came in, and none does come in there."""
    mark = row.get("connection-mark", "!")
    givers = [
        one
        for one in patient.snapshot.enabled(MANGLE)
        if one.get("action") == "mark-connection" and one.get("new-connection-mark") == mark
    ]
    tunnel = leads_to(patient, row.get("new-routing-mark", ""))
    by_tunnel = bool(givers) and all(one.get("in-interface") == tunnel for one in givers)
    return by_tunnel and not any(_forwards(patient, one, tunnel) for one in patient.snapshot.enabled(NAT))


def _forwards(patient: Patient, row: Row, tunnel: str) -> bool:
    """Whether a rule forwards what comes in by a tunnel to somebody inside."""
    listed = row.get("in-interface-list", "")
    enters = row.get("in-interface", tunnel) == tunnel and (
        not listed or patient.snapshot.in_list(tunnel, listed.removeprefix("!")) is not listed.startswith("!")
    )
    return row.get("action") in ("dst-nat", "netmap") and row.get("chain") == "dstnat" and enters


def _table(patient: Patient, table: str, who: str) -> Iterator[Finding]:
    tunnel = leads_to(patient, table)
    about = Where(router=patient.name, tunnel=tunnel, menu="/routing/table")
    row = patient.snapshot.tables.get(table)
    if row is None:
        yield Finding(
            kind="table-missing",
            where=about,
            fact=f"{who} sends to table {table}, which isn't there or is off",
            cure=f'wt.RoutingTable("{table}", fib=True)',
            value=table,
        )
        return
    if "fib" not in row:
        yield Finding(
            kind="no-fib",
            where=attrs.evolve(about, row=row.get(".id", "")),
            fact=f"{who} sends to table {table}, which has no fib",
            cure=f'wt.RoutingTable("{table}", fib=True)',
            value=table,
        )
        return
    active = [
        one
        for one in patient.snapshot.enabled(ROUTES)
        if one.get("routing-table", "main") == table and patient.may_be_active(one)
    ]
    if not tunnel or any("blackhole" not in one for one in active):
        return  # a table that leads into no tunnel may be meant to be a hole
    holes = " but a blackhole" if active else ""
    gateway = f'gateway="{tunnel}"' if tunnel else "gateway=..."
    yield Finding(
        kind="table-without-route",
        where=about,
        fact=f"{who} sends to table {table}, which has no active route{holes}",
        cure=f'wt.Route("{table}-default", dst_address="0.0.0.0/0", {gateway}, routing_table="{table}")',
        value=table,
    )


# --- routes and what peers allow -------------------------------------------------------------------------------------


def _routed(patient: Patient, device: str) -> Iterator[Finding]:
    """What a peer allows and no route leads to; without an address of its own that is the reason."""
    missing = [
        _missing(patient, device, peer, net, hosts[0])
        for peer in patient.peers(device)
        for net in allowed(peer)
        if net.length and (hosts := patient.hosts(net)) and not _is_reached(patient, device, net, hosts)
    ]
    if any(own.interface == device for own in patient.snapshot.own):
        yield from missing
        return
    masquerade = any(
        row.get("out-interface") == device and row.get("action") == "masquerade"
        for row in patient.snapshot.enabled("/ip/firewall/nat")
    )
    six = any(own.interface == device for own in patient.snapshot.of(SIX).own)
    if six and not masquerade and not any(allowed(peer) for peer in patient.peers(device)):
        return  # for IPv6 alone
    # Without an address a tunnel works where every route names the interface and nothing is translated.
    if missing or masquerade or not any(is_true(row, "active") for row in patient.routes(device)):
        yield Finding(
            kind="address-missing",
            where=Where(router=patient.name, tunnel=device, menu="/ip/address"),
            fact=f"{device} has no address",
            cure=f'wt.IpAddress("{device}-address", address=..., interface="{device}"), with network= for a /32',
        )
    yield from missing


def _is_reached(patient: Patient, device: str, net: Net, hosts: list[int]) -> bool:
    """Whether a prefix is reached by a tunnel: by a route for it, or because a LAN's traffic goes there anyhow."""
    if any(own == net for _, own in patient.lans):
        return True  # the same network here and there is a fault of its own
    if device in patient.speaking:
        return True  # one of several ways, of which it will be taken when the others are dead
    ways_ = [patient.lookup(table, host) for table in patient.tables_to(device) for host in hosts]
    # A default route of another table is for the internet, not for what is behind this peer.
    for way in ways_:
        whole = way is not None and way.route is not None and net_of(way.route.get("dst-address", "")) == EVERYTHING
        if way is None or (way.leaves == device and (way.table == "main" or not whole)):
            return True
    walks = [patient.first(src, hosts[0], lan) for lan, own in patient.lans for src in patient.hosts(own)[:1]]
    return any(found.leaves == device for found in walks)


def _missing(patient: Patient, device: str, peer: Row, net: Net, host: int) -> Finding:
    if slip := _slip(patient, device, peer, net):
        return slip
    now = patient.lookup("main", host)
    goes = f"it goes by {now.step.text}" if now and now.kind == "out" else "nothing leads there"
    return Finding(
        kind="route-missing",
        where=Where(router=patient.name, tunnel=device, peer=peer.get(".id", ""), menu=ROUTES),
        fact=f"{named(PEERS, peer)} of {device} allows {net}, and no route leads there by {device}: {goes}",
        cure=f'wt.Route(..., dst_address="{net}", gateway="{device}"); wt.Tunnel and wt.Site make them',
        value=str(net),
    )


def _slip(patient: Patient, device: str, peer: Row, net: Net) -> Finding | None:
    """An address of a peer that is in no network of the tunnel, while no peer allows any of that: a slip."""
    own = [one for name, one in patient.nets if name == device and one.length < _ALONE]
    behind = [one for other in patient.peers(device) for one in allowed(other)]
    if net.length != _HOST or not own or any(one.overlaps(inside) for one in own for inside in behind):
        return None
    hops = (hop for row in patient.routes(device) for hop in gateways(row.get("gateway", "")))
    hosts = [host for hop in hops if (host := net_of(hop.head))]
    far = next((str(host) for host in hosts if any(one.holds(host) for one in own)), "")
    return Finding(
        kind="not-allowed",
        where=Where.of_peer(patient.name, device, peer),
        fact=f"{device}'s own network is {own[0]}, and no peer of {device} allows an address of it"
        + (f", not even the gateway {far.partition('/')[0]}" if far else "")
        + f"; {named(PEERS, peer)} allows {net} instead, to which no route leads",
        cure=f'wt.Peer(..., allowed_address=["{far or f"its address in {own[0]}"}", ...]) in place of {net}',
        value=str(net),
    )


def _accepted(patient: Patient, device: str) -> Iterator[Finding]:
    """Routes into a tunnel that no peer takes anything of."""
    texts = [text for peer in patient.peers(device) for text in peer.get("allowed-address", "").split(",") if text]
    if not texts or UNKNOWN in texts:
        return
    for family in (FOUR, SIX):
        spans = [span for text in texts if (span := family.span(text))]
        for row in patient.snapshot.enabled(family.routes):
            into = device in (patient.ways(row) if family is FOUR else {hop.leaves for hop in hops_of(row)})
            told = row.get("dst-address", family.everywhere)
            asked = family.span(told)
            if not into or not asked or not is_true(row, "active") or is_true(row, "dynamic"):
                continue
            if _taken(spans, asked, family):
                continue
            yield Finding(
                kind="not-allowed",
                where=Where(router=patient.name, tunnel=device, menu=family.routes, row=row.get(".id", "")),
                fact=f"the route to {told} in table {row.get('routing-table', 'main')} leads into {device}, and no "
                f"peer of {device} allows that",
                cure=f"wt.Peer(..., allowed_address=[..., {told!r}]) of the peer that it is behind",
                value=told,
            )


def _taken(spans: Sequence[Interval], asked: Interval, family: Family) -> bool:
    """Whether peers take something of what a route leads to; of everything, the internet, in one piece or in two."""
    hosts = (INTERNET if family is FOUR else (_INTERNET6,)) if asked == family.anywhere else ()
    if hosts:
        return all(any(low <= host <= high for low, high in spans) for host in hosts)
    return any(low <= asked[1] and asked[0] <= high for low, high in spans)


def _exit(patient: Patient, device: str) -> Iterator[Finding]:
    """A peer that allows everything beside others whose traffic goes elsewhere: an exit node that nobody uses."""
    peers = patient.peers(device)
    exits = [peer for peer in peers if EVERYTHING in allowed(peer)]
    users = [net.first for peer in peers if peer not in exits for net in allowed(peer) if net.length == 32]
    # One that we call may be a provider or a hub that allows all for ease; a client that does is there to be an exit.
    if len(exits) != 1 or not users or exits[0].get("endpoint-address"):
        return
    found = [patient.first(src, patient.internet[0], device, "tcp", 443) for src in users]
    if any(one.disposition is Disposition.UNKNOWN or one.leaves == device for one in found):
        return
    led = any(net_of(row.get("dst-address", "")) == EVERYTHING for row in patient.routes(device))
    exit_name = peer_name(exits[0])
    yield Finding(
        kind="exit-unused",
        where=Where(router=patient.name, tunnel=device, menu=RULES),
        fact=f"peer {exit_name!r} of {device} allows everything, and {dotted(users[0])}'s packets to the internet are "
        f"{found[0].verdict}",
        cure=f'wt.RoutingRule(..., src_address="{dotted(users[0])}/32", action="lookup-only-in-table", table=...) with '
        f"a default route by {device} in that table; exit_node=True of wt.RelayMesh makes both",
        value=dotted(users[0]),
        severity=ERROR if led else WARNING,
    )
