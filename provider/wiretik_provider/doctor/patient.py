"""A router as the doctor sees it: a snapshot, and the networks, ways out and tunnels that follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.spans import number4
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.errors import InvalidValue
from wiretik_provider.rules.model import Row
from wiretik_provider.trace import MENUS, MENUS6, Packet, Snapshot, Trace, trace
from wiretik_provider.trace.packet import EPHEMERAL, WITH_PORTS, Span, dotted
from wiretik_provider.trace.questions.classes import Classes
from wiretik_provider.trace.result import Fork, Step, Stuck
from wiretik_provider.trace.router.snapshot import UNKNOWN, hops_of, is_true, span_of
from wiretik_provider.trace.steps.path import PEERS
from wiretik_provider.trace.steps.routing import Way, lookup
from wiretik_provider.trace.walk import first_packet

__all__ = [
    "BESIDES",
    "DEVICES",
    "EVERYTHING",
    "FRESH",
    "INTERNET",
    "PEERS",
    "Net",
    "Patient",
    "allowed",
    "is_host",
    "is_public",
    "named",
    "net_of",
]

DEVICES: Final = "/interface/wireguard"
_GIVEN: Final = {
    "/ip/pool": ("ranges",),
    "/ip/dhcp-server/network": ("address",),
    "/ppp/profile": ("local-address", "remote-address"),
}
"""Where it stands which addresses the router gives others."""
_WITH_ARP: Final = ("/interface/bridge", "/interface/ethernet", "/interface/vlan")
_SPEAKING: Final = ("/routing/ospf/interface-template", "/routing/bgp/connection")
BESIDES: Final = ("/ip/dns", "/system/clock", "/system/ntp/client", *_GIVEN, *_WITH_ARP, *_SPEAKING)
"""What a doctor reads besides what the tracer looks at (`trace.MENUS`); one that a router lacks is empty."""

_PORTS: Final = "/interface/bridge/port"

FRESH: Final = 180_000
"""Milliseconds: a session's keys are no longer used after three minutes (WireGuard's REJECT_AFTER_TIME)."""

INTERNET: Final = (number4("1.1.1.1"), number4("151.101.1.69"))
"""Two addresses that stand for the internet; no home network has them."""

_SHOWN: Final = tuple(
    number4(text)
    for text in (
        *("1.1.1.1", "151.101.1.69", "93.184.215.14", "142.250.74.36", "52.95.110.1", "104.16.132.229"),
        *("23.45.67.89", "185.199.108.153", "91.198.174.192", "200.160.2.3", "210.130.1.1", "13.107.42.14"),
    )
)
"""Hosts here and there in the internet, of which most are like most of it."""
_RULES: Final = ("/ip/firewall/filter", "/ip/firewall/mangle", "/ip/firewall/nat", "/ip/firewall/raw", "/routing/rule")
_EVERY: Final = 0xFFFFFFFF
_PRIVATE: Final = tuple(
    span
    for text in ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
    if (span := span_of(text))
)
"""What isn't routed in the internet: RFC 1918, RFC 6598 (CGNAT), loopback and link-local.

Source: docs/facts/traps.md#wireguard 50.
"""
_SOME: Final = 3
_HALF: Final = 1
"""Two routes of this length are a default route by another name."""

Singled = frozenset[str]


class Net(NamedTuple):
    """A prefix."""

    first: int
    length: int

    @property
    def last(self) -> int:
        """Its last address."""
        return self.first | _EVERY >> self.length

    @property
    def span(self) -> tuple[int, int]:
        """First and last address."""
        return self.first, self.last

    def holds(self, other: Net) -> bool:
        """Whether another prefix lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Net) -> bool:
        """Whether both have an address in common."""
        return self.holds(other) or other.holds(self)

    def __str__(self) -> str:
        return f"{dotted(self.first)}/{self.length}"


EVERYTHING: Final = Net(0, 0)


def net_of(text: str) -> Net | None:
    """A prefix or an address as RouterOS prints it; None for what is neither."""
    span = None if "-" in text else span_of(text)
    return Net(span[0], 32 - (span[1] - span[0]).bit_length()) if span else None


def is_public(address: int) -> bool:
    """Whether an address can be one of the internet."""
    return not any(low <= address <= high for low, high in _PRIVATE)


def is_host(text: str) -> bool:
    """Whether an endpoint is an address rather than a name."""
    return ":" in text or span_of(text) is not None


def allowed(peer: Row) -> list[Net]:
    """A peer's IPv4 prefixes."""
    return [net for text in peer.get("allowed-address", "").split(",") if (net := net_of(text))]


def named(path: str, row: Row, at: int = -1) -> str:
    """A row as a person would name it."""
    return Step.of(path, row, "", at).rule


@attrs.frozen(eq=False)
class Patient:
    """One router.

    Attributes:
        snapshot: its rows.
        live: whether they are of a running router, with handshakes and counters; False for an export.
        now: the time where the doctor is; None where it doesn't matter.
    """

    snapshot: Snapshot
    live: bool = True
    now: dt.datetime | None = None
    _walked: dict[Packet, Trace] = attrs.field(factory=dict, init=False, repr=False)
    _begun: dict[Packet, Trace] = attrs.field(factory=dict, init=False, repr=False)

    MENUS = (*MENUS, *MENUS6, *BESIDES)

    @property
    def name(self) -> str:
        """What the router is called."""
        return self.snapshot.name

    @cached_property
    def devices(self) -> Mapping[str, Row]:
        """WireGuard interfaces by name, those that are off as well."""
        return {row["name"]: row for row in self.snapshot[DEVICES] if "name" in row}

    @cached_property
    def running(self) -> list[str]:
        """Names of the WireGuard interfaces that run."""
        return [name for name in self.devices if self.snapshot.runs(name)]

    @cached_property
    def speaking(self) -> frozenset[str]:
        """The tunnels on which OSPF or BGP may have a neighbour: their routes hang on whom they hear now."""
        ospf, bgp = (self.snapshot.enabled(path) for path in _SPEAKING)
        heard = [row for row in ospf if row.get("passive", "no") in ("false", "no")]
        found = {
            name
            for row in heard
            for each in row.get("interfaces", "").split(",")
            for name in self.devices
            if name == each or self.snapshot.in_list(name, each)
        }
        networks = [net_of(text) for row in heard for text in row.get("networks", "").split(",")]
        far = [net_of(row.get("remote.address", "")) for row in bgp]
        found |= {name for name, net in self.nets for one in (*networks, *far) if one and net.overlaps(one)}
        return frozenset(found & self.devices.keys())

    def peers(self, device: str) -> Sequence[Row]:
        """The peers of an interface that are on."""
        return self.snapshot.peers.get(device, ())

    @cached_property
    def exits(self) -> frozenset[str]:
        """Interfaces by which default routes leave, but for tunnels: by which main's do now, and other lines.

        A default route that waits, or another table's, may lead to a router in a LAN; it is a line's if a list of
        interfaces has it beside one, or its address is of the internet.
        """
        ways: dict[str, set[str]] = {}
        for row in self.snapshot.enabled("/ip/route"):
            if net_of(row.get("dst-address", "0.0.0.0/0")) == EVERYTHING:
                table = row.get("routing-table", "main")
                ways.setdefault(table if row.get("active") != "true" else f"{table} now", set()).update(self.ways(row))
        found = ways.pop("main now", set())
        beside = {name for some in self.snapshot.members.values() if some & found for name in some}
        beside |= {own.interface for own in self.snapshot.own if is_public(own.address)}
        others = {name for some in ways.values() for name in some if name in beside}
        return frozenset((found | others) & self.snapshot.interfaces.keys()) - self.snapshot.tunnels

    @cached_property
    def nets(self) -> Sequence[tuple[str, Net]]:
        """The connected networks by interface."""
        return [(own.interface, Net(own.network, own.length)) for own in self.snapshot.own]

    @cached_property
    def lans(self) -> Sequence[tuple[str, Net]]:
        """The connected networks with hosts in them, by interface; neither the ways out nor tunnels."""
        away = self.exits | self.snapshot.tunnels
        found = [(name, net) for name, net in self.nets if net.length < 31 and name not in away]
        return [(name, net) for name, net in found if self.snapshot.runs(name) and not self._is_loopback(name, net)]

    def _is_loopback(self, name: str, net: Net) -> bool:
        """Whether an interface is a bridge without a port, which gives nobody an address: it has none but its own."""
        if _PORTS in self.snapshot.unread or self.snapshot.interfaces[name].get("type") != "bridge":
            return False
        asked = any(low <= net.last and net.first <= high for low, high in self.given)
        return name not in self.snapshot.bridges.values() and not asked

    def behind(self, device: str) -> list[Net]:
        """What the peers of an interface allow, but for everything."""
        return [net for peer in self.peers(device) for net in allowed(peer) if net.length]

    def is_provider(self, device: str) -> bool:
        """Whether a peer of the interface allows everything."""
        return any(not net.length for peer in self.peers(device) for net in allowed(peer))

    def kinds(self, net: Net) -> list[int]:
        """One address of each kind that rules tell apart in a prefix."""
        own = [] if net == EVERYTHING else [one.address for one in self.snapshot.own]
        return self._classes.addresses(net.span, skip=own)

    @cached_property
    def _classes(self) -> Classes:
        return Classes(self.snapshot)

    @cached_property
    def internet(self) -> tuple[int, int]:
        """Two addresses that stand for the internet at large.

        Rules, lists and routes may single some out, well-known ones above all: what is said of these isn't said of the
        rest, so what stands for it is of the kind that most are of.
        """
        kinds: dict[Singled, list[int]] = {}
        for one in _SHOWN:
            kinds.setdefault(self.singled(one), []).append(one)
        most = max(kinds.values(), key=len)
        return most[0], most[-1]

    def singled(self, address: int) -> Singled:
        """What singles an address out: the lists, the rules' prefixes and the routes that hold it."""
        held = {f"list {name}" for name, kept in self.snapshot.lists.items() if address in kept}
        held |= {f"{low}-{high}" for low, high in self._asked_for if low <= address <= high}
        for table in self.snapshot.tables:
            best = next(self.snapshot.covering(table, address), ())
            held |= {f"{table} /{route.length}" for route in best[:1] if route.length > _HALF}
        return frozenset(held)

    @cached_property
    def _asked_for(self) -> frozenset[tuple[int, int]]:
        """The prefixes and ranges that rules ask for."""
        texts = {
            row[side].removeprefix("!")
            for path in _RULES
            for row in self.snapshot.enabled(path)
            for side in ("src-address", "dst-address")
            if side in row
        }
        return frozenset(span for text in texts if (span := span_of(text)))

    @cached_property
    def given(self) -> list[tuple[int, int]]:
        """The addresses that the router gives others, who may dial in."""
        rows = ((row, names) for path, names in _GIVEN.items() for row in self.snapshot[path])
        texts = [text for row, names in rows for name in names for text in row.get(name, "").split(",")]
        return [span for text in texts if (span := span_of(text))]

    def arp(self, interface: str) -> str:
        """How an interface answers ARP; empty where that isn't known."""
        rows = (row for path in _WITH_ARP for row in self.snapshot[path] if row.get("name") == interface)
        row = next(rows, None)
        return "" if row is None else row.get("arp", "enabled")

    @property
    def settled(self) -> bool:
        """Whether the networks of all ways out are known."""
        return self.exits <= {own.interface for own in self.snapshot.own}

    def sources(self, net: Net) -> list[int]:
        """The hosts of a prefix of which each stands for those that no rule tells from it."""
        return [one for one in self.kinds(net) if one not in self.snapshot.local]

    def hosts(self, net: Net) -> list[int]:
        """Some hosts of a prefix, of different kinds where rules tell them apart."""
        found = self.sources(net)[:_SOME]
        # The first address of a network that isn't connected here is no host's either.
        return [one + 1 if one == net.first and net.length < 31 and one + 1 not in found else one for one in found]

    def walk(self, src: int, dst: int, enters: str, protocol: str = "icmp", port: int = 0) -> Trace:
        """What becomes of a connection, with its answer and later packets; each is asked once."""
        packet = _packet(src, dst, enters, protocol, port)
        if packet not in self._walked:
            self._walked[packet] = trace(self.snapshot, packet)
        return self._walked[packet]

    def first(self, src: int, dst: int, enters: str, protocol: str = "icmp", port: int = 0) -> Trace:
        """What becomes of a connection's first packet, which is a good deal less to look at."""
        packet = _packet(src, dst, enters, protocol, port)
        if packet not in self._begun:
            self._begun[packet] = self._walked.get(packet) or first_packet(self.snapshot, packet)
        return self._begun[packet]

    def lookup(self, table: str, address: int) -> Way | None:
        """The route of a table to an address; None where it isn't known."""
        try:
            return lookup(self.snapshot, table, address, _stop)
        except (Fork, Stuck):
            return None

    def tables_to(self, device: str) -> list[str]:
        """The tables with an active route into a tunnel."""
        return sorted({row.get("routing-table", "main") for row in self.routes(device) if is_true(row, "active")})

    def routes(self, device: str) -> Iterator[Row]:
        """The routes into a tunnel that are on, active or not."""
        for row in self.snapshot.enabled("/ip/route"):
            if device in self.ways(row):
                yield row

    def may_be_active(self, route: Row) -> bool:
        """Whether a route is active, or that isn't known: by what DHCP gave, a gateway may be reached or not."""
        return route.get("active") in ("true", UNKNOWN)

    def ways(self, route: Row) -> set[str]:
        """The interfaces that a route leads to, or would if it were active."""
        ways = hops_of(route)
        if found := {hop.leaves for hop in ways} & self.snapshot.interfaces.keys():
            return found
        hosts = [net for hop in ways if (net := net_of(hop.head))]
        return {name for name, net in self.nets for host in hosts if net.holds(host)}

    def age(self, peer: Row) -> int | None:
        """Milliseconds since a peer's last handshake; None where there was none."""
        try:
            return milliseconds(peer.get("last-handshake", ""))
        except InvalidValue:
            return None

    def is_fresh(self, peer: Row) -> bool:
        """Whether a peer's session is alive."""
        age = self.age(peer)
        return age is not None and age <= FRESH

    def is_up(self, device: str) -> bool:
        """Whether a tunnel has a session that is alive."""
        return any(self.is_fresh(peer) for peer in self.peers(device))


def _packet(src: int, dst: int, enters: str, protocol: str, port: int) -> Packet:
    ported = protocol in WITH_PORTS
    ends = (EPHEMERAL, Span(port, port)) if ported else (None, None)
    return Packet(src=src, dst=dst, protocol=protocol, src_port=ends[0], dst_port=ends[1], enters=enters)


def _stop(step: Step, reason: str) -> bool:
    raise Fork(step, reason)
