"""What follows by itself: which interfaces run, leases, connected routes, which routes are active and by what way.

Computed when somebody looks and something has changed since; nothing here is configuration. RouterOS installs no
route from a peer's allowed-address (docs/facts/wireguard.md#no-routes), so neither does this. A static route by an
interface is active
while the interface runs (C.4); one by an address is active where a route of main with a scope up to its target-scope
covers the address, so recursively. A VRF is a table of its own with the connected routes of its interfaces
(docs/facts/exports.md#vrf).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wiretik_provider.simulator.machine.table import Row, Table
from wiretik_provider.simulator.spec import grammar as g

__all__ = ["MADE_UP", "FarEnd", "Lease", "Network", "mac"]

MADE_UP: Final = "02:57:54:"
"""How a hardware address begins that nobody has given an interface: locally administered."""


@dataclass(slots=True)
class FarEnd:
    """A peer of a tunnel that exchanges handshakes for as long as the tunnel carries them.

    Attributes:
        alive: whether it carries them.
        every: so many seconds after a handshake comes the next: WireGuard's keys are renewed after 120.
        last: when the last one was, by the router's clock.
    """

    alive: Callable[[], bool] = lambda: True
    every: float = 120.0
    last: float = 0.0

    def age(self, now: float) -> int:
        """So many seconds ago the last handshake was."""
        if now - self.last >= self.every and self.alive():
            self.last = now - (now - self.last) % self.every
        return int(now - self.last)


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


@dataclass(frozen=True, slots=True)
class Family:
    """What differs between IPv4 and IPv6.

    Attributes:
        menu: `/ip` or `/ipv6`.
        bits: of an address.
        everywhere: the destination of a route that names none.
        address: reads an address.
        prefix: reads a prefix.
        network: clears host bits.
        text: prints an address.
    """

    menu: str
    bits: int
    everywhere: str
    address: Callable[[str], int | None]
    prefix: Callable[[str], tuple[int, int] | None]
    network: Callable[[int, int], int]
    text: Callable[[int], str]


FOUR: Final = Family("/ip", 32, "0.0.0.0/0", g.ipv4, g.prefix4, g.network4, g.dotted)
SIX: Final = Family("/ipv6", 128, "::/0", g.ipv6, g.prefix6, g.network6, g.coloned)


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


_MAC: Final = re.compile(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")
_CONNECTED_SCOPE: Final = "10"
# Tunnels and the loopback have no MAC address to make one from ([??] for WireGuard).
_WITHOUT_MAC: Final = frozenset({"wg", "loopback"})


def mac(row: Row) -> str:
    """An interface's MAC address: the one it was given, else locally administered and the same each time."""
    given = row.values.get("admin-mac") or row.values.get("mac-address") or row.facts.get("mac-address") or ""
    if _MAC.fullmatch(given):
        return given
    return f"{MADE_UP}00:{row.id >> 8 & 255:02X}:{row.id & 255:02X}"


def _link_local(row: Row) -> str:
    """The address that an interface gives itself (RFC 4291, appendix A)."""
    raw = bytearray(bytes.fromhex(mac(row).replace(":", "")))
    raw[0] ^= 2
    return g.coloned(0xFE80 << 112 | int.from_bytes(bytes(raw[:3]) + b"\xff\xfe" + bytes(raw[3:])))


class Network:
    """The derived state of one router.

    Args:
        tables: the router's tables by path.
        leases: what DHCP gives, by interface; of IPv4 alone.
        family: whose addresses and routes.
    """

    def __init__(self, tables: Mapping[str, Table], leases: Mapping[str, Lease], family: Family = FOUR) -> None:
        self._family = family
        self._interfaces = tables["/interface"]
        self._ports = tables["/interface/bridge/port"]
        self._addresses = tables[f"{family.menu}/address"]
        self._routes = tables[f"{family.menu}/route"]
        self._clients: Iterable[Row] = tables["/ip/dhcp-client"] if family is FOUR else ()
        self._tables = tables["/routing/table"]
        self._vrfs = tables["/ip/vrf"]
        self._settings = tables["/ipv6/settings"] if family is SIX else None
        self._leases = leases
        self.silent: set[str] = set()
        """Addresses that answer no ping."""
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

    def way(self, address: int) -> str | None:
        """Which way a packet to an address takes in main: `gateway%interface` or the interface; None where none."""
        self.refresh()
        best: tuple[int, str] | None = None
        for row in self._routes:
            state = self.state(row)
            network, length = self._split(row.values.get("dst-address", self._family.everywhere))
            fits = self._family.network(address, length) == network
            fits = fits and row.values.get("routing-table", "main") == "main"
            if fits and "active" in state and "immediate-gw" in state and (best is None or length > best[0]):
                best = length, state["immediate-gw"].partition(",")[0]
        return best[1] if best else None

    def lease(self, client: Row) -> Lease | None:
        """The lease that a DHCP client holds."""
        if client.values.get("disabled") == "true":
            return None
        interface = self._interfaces.names.get(client.values.get("interface", ""))
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
                # A second one on the same port is accepted and stays down in silence (docs/facts/traps.md#wireguard
                # (37)).
                port = row.values.get("listen-port", "")
                if port in ports:
                    continue
                ports.add(port)
            self.running.add(row.id)
        self.slaves = {row.values.get("interface", "") for row in self._ports if row.values.get("disabled") != "true"}

    def _vrf_of(self) -> dict[str, str]:
        """The VRF of each interface that is in one."""
        return {
            interface: row.values.get("name", "")
            for row in self._vrfs
            if row.values.get("disabled") != "true"
            for interface in row.values.get("interfaces", "").split(",")
            if interface not in ("", "none")
        }

    def _own_rows(self) -> None:
        wanted: dict[tuple[str, ...], tuple[Table, dict[str, str]]] = {}
        for client in self._clients:
            if lease := self.lease(client):
                self._leased(wanted, client, lease)
        for row in self._self_named():
            name, address = row.values["name"], f"{_link_local(row)}/64"
            values = {"address": address, "interface": name, "advertise": "false"}
            wanted["address", name, address] = self._addresses, values
            self._connect(wanted, name, 0xFE80 << 112, 64, address)
        for row in self._addresses:
            if not row.dynamic and row.values.get("disabled") != "true" and "address" in row.values:
                network, length = self._split(row.values["address"])
                # IPv4 alone has a network of its own, such as the remote end of a tunnel.
                remote = self._family.address(row.values.get("network", ""))
                network = network if remote is None else remote
                self._connect(wanted, row.values.get("interface", ""), network, length, row.values["address"])
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

    def _leased(self, wanted: dict[tuple[str, ...], tuple[Table, dict[str, str]]], client: Row, lease: Lease) -> None:
        """The address that a client got, its network, and the default routes."""
        interface = client.values.get("interface", "")
        network, length = self._split(lease.address)
        values = {"address": lease.address, "interface": interface, "network": g.dotted(network)}
        wanted["address", interface, lease.address] = self._addresses, values
        self._connect(wanted, interface, network, length, lease.address)
        if client.values.get("add-default-route", "yes") == "no":
            return
        for table, distance in self._brought(client, interface):
            route = {
                "dst-address": "0.0.0.0/0",
                "gateway": lease.gateway,
                "distance": distance,
                "vrf-interface": interface,
                **({"routing-table": table} if table else {}),
            }
            if check := client.values.get("check-gateway"):
                route["check-gateway"] = check
            wanted["dhcp", interface, lease.gateway, distance, table, check or ""] = self._routes, route

    def _brought(self, client: Row, interface: str) -> Iterator[tuple[str, str]]:
        """The table and the distance of each default route of a client (docs/facts/packet-path.md#dhcps-routes)."""
        otherwise = client.values.get("default-route-distance", "1")
        for text in client.values.get("default-route-tables", "default").split(","):
            table, _, distance = text.partition(":")
            own = self._in_table(interface).get("routing-table", "") if table == "default" else table
            yield "" if own == "main" else own, distance or otherwise

    def _self_named(self) -> Iterator[Row]:
        """The interfaces that give themselves a link-local address."""
        if self._settings is None:
            return
        for settings in self._settings:
            if "true" in (settings.values.get("disable-ipv6"), settings.values.get("disable-link-local-address")):
                return
        for row in self._interfaces:
            alone = row.values["name"] not in self.slaves
            if row.id in self.running and alone and row.facts["type"] not in _WITHOUT_MAC:
                yield row

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
        text = self._family.text(self._family.network(network, length))
        values = {
            # Each interface has a link of its own.
            "dst-address": f"fe80::%{interface}/64" if text == "fe80::" else f"{text}/{length}",
            "gateway": interface,
            "distance": "0",
            "scope": _CONNECTED_SCOPE,
            "target-scope": "5",
            **self._in_table(interface),
        }
        own = f"{address.partition('/')[0]}%{interface}"
        key = ("connect", interface, values["dst-address"], own, *self._in_table(interface).values())
        wanted[key] = self._routes, values

    def _in_table(self, interface: str) -> dict[str, str]:
        vrf = self._vrf_of().get(interface)
        return {"routing-table": vrf} if vrf else {}

    def _resolve(self) -> dict[int, dict[str, str]]:
        routes = [self._parse(row) for row in self._routes]
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
        # A table without fib isn't in the FIB, and its routes do nothing (docs/facts/menus.md#routingtable).
        if row.values.get("disabled") == "true":
            return False, ()
        if table is None or table.values.get("disabled") == "true" or "fib" not in table.values:
            vrf = self._vrfs.names.get(route.table)
            if vrf is None or vrf.values.get("disabled") == "true":
                return False, ()
        if "blackhole" in row.values:
            return True, ()
        ways = [way for hop in row.values.get("gateway", "").split(",") if (way := self._way(hop, route, by_target))]
        return bool(ways), tuple(ways)

    def _way(self, hop: str, route: _Route, by_target: Mapping[tuple[str, int, int], list[_Route]]) -> str:
        head, _, table = hop.partition("@")
        host, _, interface = head.partition("%")
        if host in self.silent and route.row.values.get("check-gateway", "none") != "none":
            return ""
        address = self._family.address(host)
        if address is None:
            return host if self._runs(host) else ""
        if interface:
            return head if self._runs(interface) else ""
        for length in range(self._family.bits, -1, -1):
            candidates = by_target.get((table or "main", length, self._family.network(address, length)), ())
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

    def _split(self, address: str) -> tuple[int, int]:
        found = self._family.prefix(address) or (0, self._family.bits)
        return self._family.network(*found), found[1]

    def _parse(self, row: Row) -> _Route:
        values = row.values
        network, length = self._split(values.get("dst-address", self._family.everywhere))
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
