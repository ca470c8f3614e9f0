"""Which VLANs and lines to the internet a router's rows may be, as text of a program.

Pure. A VLAN is an interface on a bridge with ports of its own; lines are interfaces of which mangle marks what comes
in, each with a table of the mark's name. Whether the rows really are it only a rehearsal says.
"""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider.codecs.addresses import on_interface
from wiretik_provider.codecs.spans import gateways, is_address

__all__ = ["lan_of", "uplinks", "vlans"]

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

_EVERYBODY: Final = {4: "0.0.0.0/0", 6: "::/0"}
_MENU: Final = {4: "/ip", 6: "/ipv6"}
_FREE: Final = 10
"""Addresses that a `Vlan` leaves unleased at the beginning unless it is told a pool."""


_BEHIND: Final = 200
"""The distance that `Uplinks` gives what the first line's DHCP client brings, 201 the second's."""


def _said(value: str | list[str]) -> str:
    return json.dumps(value)


def _on(tables: Tables, path: str) -> Iterator[Row]:
    rows = tables.get(path, ())
    return (row for row in rows if row.get("dynamic") != "true" and row.get("disabled", "false") != "true")


def _address(tables: Tables, name: str, version: int = 4) -> str:
    rows = _on(tables, f"{_MENU[version]}/address")
    found = (row.get("address", "") for row in rows if row.get("interface") == name)
    return next((text for text in found if not text.lower().startswith("fe80:")), "")


def lan_of(tables: Tables) -> str:
    """The call of the first bridge's network; empty where there is none."""
    rows = _on(tables, "/ip/address")
    found = next((row for row in rows if row.get("interface", "").startswith("bridge")), None)
    return f"wt.Lan({_said(found['interface'])}, {_said(str(on_interface(found['address']).network))})" if found else ""


# --- VLANs -----------------------------------------------------------------------------------------------------------


def vlans(tables: Tables) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By its logical name the arguments of each VLAN of a bridge that has an address and a port."""
    bridges = {row.get("name", "") for row in tables.get("/interface/bridge", ())}
    for row in _on(tables, "/interface/vlan"):
        name, bridge, number = (row.get(key, "") for key in ("name", "interface", "vlan-id"))
        address, address6 = _address(tables, name), _address(tables, name, 6)
        ports = [one for one in _on(tables, "/interface/bridge/port") if one.get("bridge") == bridge]
        access = [one["interface"] for one in ports if one.get("pvid") == number and "interface" in one]
        trunks = _tagged(tables, bridge, number)
        if bridge not in bridges or not number.isdigit() or not address or not (access or trunks):
            continue
        words = [number, f"address={_said(address)}"]
        words += [f"address6={_said(address6)}"] if address6 else []
        words += [f"access={_said(access)}"] if access else []
        words += [f"trunks={_said(trunks)}"] if trunks else []
        words += [f"bridge={_said(bridge)}"] if bridge != "bridge" else []
        server = next((one for one in _on(tables, "/ip/dhcp-server") if one.get("interface") == name), {})
        called = server.get("name") or name
        words += [f"interface={_said(name)}"] if name != called else []
        words += _leases(tables, server, address) if server else ["dhcp=False"]
        yield called, (*words, *_joined(tables, name))


def _tagged(tables: Tables, bridge: str, number: str) -> list[str]:
    """The ports to which a bridge's VLAN goes with its number."""
    rows = (row for row in _on(tables, "/interface/bridge/vlan") if row.get("bridge") == bridge)
    found = next((row.get("tagged", "") for row in rows if row.get("vlan-ids") == number), "")
    return [port for port in found.split(",") if port not in {"", bridge}]


def _leases(tables: Tables, server: Row, address: str) -> Iterator[str]:
    """What its DHCP server leases and tells, where that isn't what a `Vlan` would say by itself."""
    own = on_interface(address)
    if not isinstance(own, ipaddress.IPv4Interface) or own.network.prefixlen > 30:
        return
    pools = (row for row in tables.get("/ip/pool", ()) if row.get("name") == server.get("address-pool"))
    ranges = next((row.get("ranges", "") for row in pools), "")
    first = min(_FREE, own.network.num_addresses - 2)
    alone = f"{own.network[first]}-{own.network[-2]}"
    if ranges and (ranges != alone or own.ip >= own.network[first]):
        yield f"pool={_said(ranges)}"
    told = (row for row in _on(tables, "/ip/dhcp-server/network") if row.get("address") == str(own.network))
    network = next(told, {})
    if network.get("dns-server", "") not in {"", str(own.ip)}:
        yield f"dns={_said(network['dns-server'].split(','))}"
    if network.get("domain"):
        yield f"domain={_said(network['domain'])}"


def _joined(tables: Tables, name: str) -> Iterator[str]:
    """Whether it is for guests, whose packets go to chains of their own; else the lists that it is in."""
    rules = (row for row in _on(tables, "/ip/firewall/filter") if row.get("in-interface") == name)
    if any(row.get("action") == "jump" for row in rules):
        yield "guest=True"
        return
    members = _on(tables, "/interface/list/member")
    lists = [row["list"] for row in members if row.get("interface") == name and "list" in row]
    if lists != ["LAN"]:
        yield f"lists={_said(lists)}"


# --- lines -----------------------------------------------------------------------------------------------------------


@attrs.frozen
class _Line:
    """A line: its arguments, its default routes' distances in main, and its place by the one of its DHCP client."""

    words: tuple[str, ...]
    distances: tuple[int, ...]
    place: int | None


def uplinks(tables: Tables) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By its logical name the arguments of the lines of a router, where it has several."""
    found = {row["in-interface"]: row["new-connection-mark"] for row in _marks(tables)}
    lines = {name: line for name, mark in found.items() if (line := _line(tables, name, mark, [*found]))}
    lan = lan_of(tables)
    if len(lines) < 2 or not lan:
        return
    every = _in_order(lines)
    calls = (f"wt.Wan({', '.join(lines[name].words)})" for name in every)
    words = [f"wans=[{', '.join(calls)}]", f"lan={lan}"]
    words += ["balance=True"] if len({one for line in lines.values() for one in line.distances}) == 1 else []
    members = [(row.get("list"), row.get("interface")) for row in _on(tables, "/interface/list/member")]
    shared = [one for one, _ in members if one and all((one, name) in members for name in every)]
    words += [f"wan={_said(shared[0])}"] if shared and "WAN" not in shared else []
    called, tell = _told(tables, every)
    yield called, (*words, *([f"tell={_said(tell)}"] if tell else []))


def _in_order(lines: Mapping[str, _Line]) -> list[str]:
    """The lines by distance; where all share one, those whose clients' routes tell their place stand there."""
    if len({one for line in lines.values() for one in line.distances}) > 1:
        return sorted(lines, key=lambda name: min(lines[name].distances, default=0))
    found = [name for name in lines if lines[name].place is None]
    told = {name: line.place for name, line in lines.items() if line.place is not None}
    for name, place in sorted(told.items(), key=lambda one: one[1]):
        found.insert(place, name)
    return found


def _marks(tables: Tables) -> Iterator[Row]:
    """Mangle rules by which connections belong to the interface that they come in by, with a table of that name."""
    named = {row.get("name") for row in _on(tables, "/routing/table")}
    for row in _on(tables, "/ip/firewall/mangle"):
        marks = (row.get("chain"), row.get("action")) == ("prerouting", "mark-connection")
        if marks and row.get("new-connection-mark") in named and row.get("in-interface", "!")[:1] not in {"!", ""}:
            yield row


def _line(tables: Tables, name: str, mark: str, others: Sequence[str]) -> _Line | None:
    """A line's call; None where its table doesn't lead anywhere."""
    client = next((row for row in _on(tables, "/ip/dhcp-client") if row.get("interface") == name), None)
    by_client = client is not None and f"{mark}:" in f"{client.get('default-route-tables', '')}:"
    gateway, distances = _way(tables, name, mark, 4), [1]
    if gateway is None and not by_client:
        return None
    words = [_said(name)]
    if gateway and gateway != name:
        words.append(f"gateway={_said(gateway)}")
    if gateway:
        checks, distances = _asked(tables, name, gateway, 4)
        words += [f"check={_said(checks)}"] if checks else []
    gateway6 = _way(tables, name, mark, 6)
    if gateway6:
        words += [f"gateway6={_said(gateway6.partition('%')[0])}"] if gateway6 != name else []
        checks6, _ = _asked(tables, name, gateway6, 6)
        words += [f"check6={_said(checks6)}"] if checks6 else []
        own = _translates(tables, name, 6)
        words += [f"masquerade6={own}"] if own is (name == others[0]) else []
    words += ["dhcp=True"] if client else []
    address = _address(tables, name)
    words += [f"address={_said(address)}"] if address else []
    ports = (row for row in tables.get("/interface/bridge/port", ()) if row.get("disabled") == "true")
    bridge = next((row.get("bridge", "") for row in ports if row.get("interface") == name), "")
    words += [f"bridge={_said(bridge)}"] if bridge else []
    words += [f"table={_said(mark)}"] if mark != f"by-{name}" else []
    words += [] if _translates(tables, name, 4) else ["masquerade=False"]
    behind = int((client or {}).get("default-route-distance", "1")) - _BEHIND
    return _Line(tuple(words), tuple(distances), behind if behind >= 0 else None)


def _way(tables: Tables, name: str, table: str, version: int) -> str | None:
    """Where a line's table leads by default; None where it doesn't, or by another interface."""
    for row in _on(tables, f"{_MENU[version]}/route"):
        everybody = row.get("dst-address", _EVERYBODY[version]) == _EVERYBODY[version]
        if row.get("routing-table") == table and everybody and "blackhole" not in row and row.get("gateway"):
            hop = gateways(row["gateway"])[0]
            return row["gateway"] if is_address(hop.head) or hop.head == name else None
    return None


def _asked(tables: Tables, name: str, gateway: str, version: int) -> tuple[list[str], list[int]]:
    """Whom a line's default routes in main ask, but for its gateway, and their distances.

    Routes of one distance stand in whatever order they were made; the scripts that look at them name them in theirs.
    """
    rows = [row for row in _on(tables, f"{_MENU[version]}/route") if row.get("routing-table", "main") == "main"]
    bits = "/32" if version == 4 else "/128"
    by_line = {row.get("dst-address", "").removesuffix(bits) for row in rows if row.get("gateway") in {gateway, name}}
    found = []
    for row in rows:
        host = row.get("gateway", "")
        everybody = row.get("dst-address", _EVERYBODY[version]) == _EVERYBODY[version]
        if everybody and row.get("check-gateway") == "ping" and (host == gateway or host in by_line):
            found.append((int(row.get("distance", "1")), host))
    scripts = " ".join(row.get("test-script", "") for row in _on(tables, "/tool/netwatch"))
    found.sort(key=lambda one: (one[0], scripts.find(f"gateway={one[1]} ")))
    hosts = [host for _, host in found]
    return ([] if hosts == [gateway] else hosts), [distance for distance, _ in found]


def _translates(tables: Tables, name: str, version: int) -> bool:
    rows = _on(tables, f"{_MENU[version]}/firewall/nat")
    return any(row.get("action") == "masquerade" and row.get("out-interface") == name for row in rows)


_TELLS: Final = re.compile(r':log warning "(.+): \S+ by (.+) is silent"(?:; (.*))?', re.DOTALL)


def _told(tables: Tables, names: Sequence[str]) -> tuple[str, str]:
    """What the lines are called where netwatch tells of them, and the commands by which it tells more."""
    for row in _on(tables, "/tool/netwatch"):
        found = _TELLS.fullmatch(row.get("down-script", ""))
        if found and found[2] in names:
            return found[1], found[3] or ""
    return "lines", ""
