"""What follows by itself: which interfaces run, leases, connected routes, which routes are active and by what way.

Computed when somebody looks and something has changed since; nothing here is configuration. RouterOS installs no
route from a peer's allowed-address (routeros.md C.1), so neither does this. A static route by an interface is active
while the interface runs (C.4); one by an address is active where a route of main with a scope up to its target-scope
covers the address, so recursively.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wiretik_provider.simulator.grammar import dotted, ipv4, network4, prefix4
from wiretik_provider.simulator.table import Row, Table

__all__ = ["Lease", "Network"]


@dataclass(frozen=True, slots=True)
class Lease:
    """What a DHCP server gives on one interface.

    Attributes:
        address: with its mask.
        gateway: the default route's.
        dns: the resolver.
    """

    address: str = "203.0.113.2/24"
    gateway: str = "203.0.113.1"
    dns: str = "203.0.113.1"


@dataclass(slots=True)
class _Route:
    row: Row
    network: int
    length: int
    table: str
    distance: int
    scope: int
    reach: int
    usable: bool | None = None
    way: tuple[str, ...] = ()
    active: bool = False


_CONNECTED_SCOPE: Final = "10"


class Network:
    """The derived state of one router.

    Args:
        tables: the router's tables by path.
        leases: what DHCP gives, by interface.
    """

    def __init__(self, tables: Mapping[str, Table], leases: Mapping[str, Lease]) -> None:
        self._interfaces = tables["/interface"]
        self._ports = tables["/interface/bridge/port"]
        self._addresses = tables["/ip/address"]
        self._routes = tables["/ip/route"]
        self._clients = tables["/ip/dhcp-client"]
        self._tables = tables["/routing/table"]
        self._leases = leases
        self._own: dict[tuple[str, ...], tuple[Table, Row]] = {}
        self.running: set[int] = set()
        self.slaves: set[str] = set()
        self._states: dict[int, dict[str, str]] = {}
        self._stale = True
        self._stale_routes = True

    def changed(self, *, routes_only: bool = False) -> None:
        """Something was changed: look again before the next answer."""
        self._stale_routes = True
        self._stale = self._stale or not routes_only

    def refresh(self) -> None:
        """Brings interfaces, dynamic addresses and connected routes up to date."""
        if self._stale:
            self._stale = False
            self._run_interfaces()
            self._own_rows()

    def state(self, row: Row) -> dict[str, str]:
        """What `print` shows of a route besides what was set."""
        self.refresh()
        if self._stale_routes:
            self._stale_routes = False
            self._states = self._resolve()
        return self._states.get(row.id, {})

    def lease(self, client: Row) -> Lease | None:
        """The lease that a DHCP client holds."""
        if client.values.get("disabled") == "true":
            return None
        interface = self._interfaces.names.get(client.values["interface"])
        if interface is None or interface.values.get("disabled") == "true":
            return None
        return self._leases.get(interface.facts.get("default-name", interface.values["name"]))

    def leases(self) -> list[Lease]:
        """All leases that are held."""
        return [lease for client in self._clients if (lease := self.lease(client))]

    def _run_interfaces(self) -> None:
        ports: set[str] = set()
        self.running = set()
        for row in self._interfaces:
            if row.values.get("disabled") == "true" or row.facts.get("link") == "down":
                continue
            if row.facts["type"] == "wg":
                # A second one on the same port is accepted and stays down in silence (traps.md 37).
                if row.values["listen-port"] in ports:
                    continue
                ports.add(row.values["listen-port"])
            self.running.add(row.id)
        self.slaves = {row.values["interface"] for row in self._ports if row.values.get("disabled") != "true"}

    def _own_rows(self) -> None:
        wanted: dict[tuple[str, ...], tuple[Table, dict[str, str]]] = {}
        for client in self._clients:
            if lease := self.lease(client):
                interface = client.values["interface"]
                network, length = _split(lease.address)
                values = {"address": lease.address, "interface": interface, "network": dotted(network)}
                wanted["address", interface, lease.address] = self._addresses, values
                self._connect(wanted, interface, network, length, lease.address)
                if client.values.get("add-default-route", "yes") != "no":
                    distance = client.values.get("default-route-distance", "1")
                    values = {
                        "dst-address": "0.0.0.0/0",
                        "gateway": lease.gateway,
                        "distance": distance,
                        "vrf-interface": interface,
                    }
                    wanted["dhcp", interface, lease.gateway, distance] = self._routes, values
        for row in self._addresses:
            if not row.dynamic and row.values.get("disabled") != "true":
                found = prefix4(row.values["address"])
                remote = ipv4(row.values.get("network", ""))
                if found and remote is not None:
                    self._connect(wanted, row.values["interface"], remote, found[1], row.values["address"])
        for key in [key for key in self._own if key not in wanted]:
            table, row = self._own.pop(key)
            table.erase(row)
        for key, (table, values) in wanted.items():
            if key not in self._own:
                row = Row(table.new_id(), values, dynamic=True)
                row.facts["kind"] = key[0]
                row.facts["local-address"] = key[3] if key[0] == "connect" else ""
                table.insert(row)
                self._own[key] = table, row

    def _connect(
        self,
        wanted: dict[tuple[str, ...], tuple[Table, dict[str, str]]],
        interface: str,
        network: int,
        length: int,
        address: str,
    ) -> None:
        row = self._interfaces.names.get(interface)
        if row is None or row.id not in self.running:
            return
        values = {
            "dst-address": f"{dotted(network4(network, length))}/{length}",
            "gateway": interface,
            "distance": "0",
            "scope": _CONNECTED_SCOPE,
            "target-scope": "5",
        }
        own = f"{address.partition('/')[0]}%{interface}"
        wanted["connect", interface, values["dst-address"], own] = self._routes, values

    def _resolve(self) -> dict[int, dict[str, str]]:
        routes = [_parse(row) for row in self._routes]
        by_target: dict[tuple[str, int, int], list[_Route]] = defaultdict(list)
        for route in routes:
            by_target[route.table, route.length, route.network].append(route)
        for same in by_target.values():
            same.sort(key=lambda route: route.distance)
        for route in routes:
            self._use(route, by_target)
        for same in by_target.values():
            best = next((route.distance for route in same if route.usable), None)
            for route in same:
                route.active = bool(route.usable) and route.distance == best
        return {route.row.id: _shown(route) for route in routes}

    def _use(self, route: _Route, by_target: Mapping[tuple[str, int, int], list[_Route]]) -> bool:
        if route.usable is None:
            route.usable = False  # whoever depends on itself isn't usable
            route.usable, route.way = self._ways(route, by_target)
        return route.usable

    def _ways(
        self, route: _Route, by_target: Mapping[tuple[str, int, int], list[_Route]]
    ) -> tuple[bool, tuple[str, ...]]:
        row = route.row
        table = self._tables.names.get(route.table)
        # A table without fib isn't in the FIB, and its routes do nothing (routeros.md B.4).
        if row.values.get("disabled") == "true" or table is None or "fib" not in table.values:
            return False, ()
        if table.values.get("disabled") == "true":
            return False, ()
        if "blackhole" in row.values:
            return True, ()
        ways = [way for hop in row.values.get("gateway", "").split(",") if (way := self._way(hop, route, by_target))]
        return bool(ways), tuple(ways)

    def _way(self, hop: str, route: _Route, by_target: Mapping[tuple[str, int, int], list[_Route]]) -> str:
        head, _, table = hop.partition("@")
        host, _, interface = head.partition("%")
        address = ipv4(host)
        if address is None:
            return host if self._runs(host) else ""
        if interface:
            return head if self._runs(interface) else ""
        for length in range(32, -1, -1):
            candidates = by_target.get((table or "main", length, network4(address, length)), ())
            for other in candidates:
                if other is route or other.scope > route.reach or not self._use(other, by_target):
                    continue
                via = other.way[0] if other.way else ""
                if not via:
                    return ""
                # A connected route's way is its interface; a recursive one is taken over whole.
                return via if "%" in via else f"{host}%{via}"
        return ""

    def _runs(self, name: str) -> bool:
        row = self._interfaces.names.get(name)
        return row is not None and row.id in self.running


def _split(address: str) -> tuple[int, int]:
    found = prefix4(address) or (0, 32)
    return network4(*found), found[1]


def _parse(row: Row) -> _Route:
    network, length = _split(row.values["dst-address"]) if "dst-address" in row.values else (0, 0)
    values = row.values
    return _Route(
        row,
        network,
        length,
        values.get("routing-table", "main"),
        int(values.get("distance", "1")),
        int(values.get("scope", "30")),
        int(values.get("target-scope", "10")),
    )


def _shown(route: _Route) -> dict[str, str]:
    row = route.row
    kind = row.facts.get("kind", "static")
    flags: Iterable[str] = (
        "active" if route.active else "inactive",
        kind,
        *(("dynamic",) if row.dynamic else ()),
        *(("ecmp",) if len(route.way) > 1 else ()),
    )
    shown = dict.fromkeys(flags, "true")
    if row.values.get("disabled") == "true":
        del shown["inactive"]
    if route.way:
        shown["immediate-gw"] = ",".join(route.way)
    if row.facts.get("local-address"):
        shown["local-address"] = row.facts["local-address"]
    return shown
