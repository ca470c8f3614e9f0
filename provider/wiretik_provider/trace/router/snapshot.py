"""A router as it was at one moment: rows as it printed them, frozen, with the indexes that a walk needs.

Rule: nothing is made up. What wasn't read, or isn't known yet in a plan (`UNKNOWN`), is there as such.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.spans import Hop, gateways
from wiretik_provider.codecs.unknown import UNKNOWN
from wiretik_provider.rules.model import Row, asks
from wiretik_provider.trace.family import FOUR, SIX, Family, Interval
from wiretik_provider.trace.router.index import Asked, Filed, Numbered, merged, span_of
from wiretik_provider.trace.router.ports import BRIDGES, LINKS, PORTS, VLANS, Landing, landings

__all__ = [
    "MENUS",
    "MENUS6",
    "NAMES",
    "UNKNOWN",
    "AddressSet",
    "Numbered",
    "Own",
    "Route",
    "Snapshot",
    "hops_of",
    "is_true",
    "only_answers",
    "span_of",
]

NAMES: Final = "/ip/dns/static"
"""Records of which the answers may be put on address lists."""

MENUS: Final = (
    "/interface",
    *(BRIDGES, PORTS, VLANS, LINKS),
    "/interface/list",
    "/interface/list/member",
    "/interface/wireguard",
    "/interface/wireguard/peers",
    "/ip/address",
    NAMES,
    "/ip/firewall/address-list",
    "/ip/firewall/connection/tracking",
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/firewall/raw",
    "/ip/ipsec/policy",
    "/ip/route",
    "/ip/service",
    "/ip/settings",
    "/ip/vrf",
    "/routing/rule",
    "/routing/settings",
    "/routing/table",
)
"""What an IPv4 packet's walk looks at."""

MENUS6: Final = SIX.menus
"""What an IPv6 packet's walk looks at instead of `FOUR.menus`."""

_ORDER: Final = "mangle,vrf-lookup,vrf-unreach,local,user,main"
"""The order of /routing/settings policy-rules that the walk follows (docs/facts/packet-path.md#which-table)."""

_ASKED_LATER: Final = frozenset(
    {"/interface/list", "/interface/list/member", "/interface/wireguard/peers", "/ip/ipsec/policy", "/ip/service"}
    | {NAMES, BRIDGES, VLANS, LINKS}
    | {path for family in (FOUR, SIX) for path in (family.lists, *family.firewall)}
)
"""Menus of which it is soon enough to say that they couldn't be read when a packet comes to them."""


def is_true(row: Row, name: str) -> bool:
    """Whether a switch is on, as the router prints it."""
    return row.get(name) in ("true", "yes")


def only_answers(peer: Row) -> bool:
    """Whether a peer is never called; called otherwise before 7.17 (docs/facts/menus.md#interfacewireguardpeers)."""
    return is_true(peer, "responder") or is_true(peer, "is-responder")


_QUICK: Final = (
    "in-interface",
    "out-interface",
    "protocol",
    "src-address",
    "dst-address",
    "connection-state",
    "dst-port",
)


def _asks(row: Row) -> tuple[tuple[str, str], ...]:
    items = [*asks(row), *(_INVALID if is_true(row, "invalid") else ())]
    return tuple(sorted(items, key=lambda item: item[0] not in _QUICK))


_INVALID: Final = (("invalid", "true"),)
"""Of a rule that the router calls so it isn't known what it matches."""


def hops_of(route: Row) -> tuple[Hop, ...]:
    """A route's ways as far as the router found them, else as they were asked for."""
    return gateways(route.get("immediate-gw") or route.get("gateway", ""))


class Own(NamedTuple):
    """One of the router's own addresses."""

    address: int
    interface: str
    network: int
    length: int
    known: bool
    """False for one that the interface may lose or doesn't have yet for certain."""


class Route(NamedTuple):
    """A route that takes part."""

    row: Row
    network: int
    length: int
    certain: bool
    """False where it isn't known whether it is active."""


class AddressSet:
    """The addresses of one list; it is asked when all entries are in."""

    def __init__(self, family: Family = FOUR) -> None:
        self.spans: list[Interval] = []
        self._read, self._last = family.span, family.every
        self.open = ""
        """An entry of which it isn't known what it holds; empty where there is none."""

    def add(self, text: str) -> None:
        """Takes an entry in."""
        span = self._read(text)
        if span is None:
            self.open = self.open or text
            return
        self.spans.append(span)

    @cached_property
    def _merged(self) -> list[Interval]:
        return merged(self.spans)

    def __contains__(self, address: int) -> bool:
        at = bisect_right(self._merged, (address, self._last)) - 1
        return at >= 0 and self._merged[at][1] >= address


class _Same:
    """Rows that are equal only to themselves, so that what is made of them can be kept."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.rows is other.rows

    def __hash__(self) -> int:
        return id(self.rows)


# One router with a change here and there is asked many things, and its lists may be long.
@lru_cache(maxsize=4)
def _lists(entries: _Same, family: Family) -> Mapping[str, AddressSet]:
    found: dict[str, AddressSet] = {}
    for row in entries.rows:
        if not is_true(row, "disabled"):
            found.setdefault(row.get("list", ""), AddressSet(family)).add(row.get("address", UNKNOWN))
    return found


# A world differs from another one in its routes alone.
@lru_cache(maxsize=16)
def _chained(rules: _Same, family: Family) -> Mapping[str, Filed]:
    found: dict[str, list[Numbered]] = {}
    for at, row in enumerate(rules.rows):
        if not is_true(row, "disabled"):
            found.setdefault(row.get("chain", ""), []).append(Numbered(at, row, _asks(row)))
    return {chain: Filed(some, family) for chain, some in found.items()}


@attrs.frozen(eq=False)
class Snapshot:
    """One router, as packets of one family see it.

    Attributes:
        rows: by menu, as the router printed them, of both families.
        unread: menus that couldn't be read, and why.
        name: what the router is called.
        family: whose menus its indexes are of.
        world: of what isn't known how it is taken to be, by the doubt's key.
    """

    rows: Mapping[str, Sequence[Row]]
    unread: Mapping[str, str] = attrs.field(factory=dict)
    name: str = "router"
    family: Family = FOUR
    world: Mapping[str, str] = attrs.field(factory=dict)
    _views: dict[Family, Snapshot] = attrs.field(factory=dict, repr=False)

    def of(self, family: Family) -> Snapshot:
        """The same router as packets of a family see it."""
        if family is self.family:
            return self
        self._views[self.family] = self
        return self._views.get(family) or self._views.setdefault(family, attrs.evolve(self, family=family))

    def having(self, rows: Mapping[str, Sequence[Row]]) -> Snapshot:
        """The same router with other rows in some menus."""
        return Snapshot({**self.rows, **rows}, self.unread, self.name, self.family, self.world)

    def __getitem__(self, path: str) -> Sequence[Row]:
        return self.rows.get(path, ())

    def enabled(self, path: str) -> Iterator[Row]:
        """A menu's rows that aren't switched off."""
        return (row for row in self[path] if not is_true(row, "disabled"))

    @cached_property
    def beyond(self) -> str:
        """Why nothing can be said of this router at all; empty where something can."""
        others = (SIX if self.family is FOUR else FOUR).menus
        for path in self.unread:
            if path not in _ASKED_LATER and path not in others:
                return f"{path} couldn't be read: {self.unread[path]}"
        if self.family is SIX and not self.rows.keys() & {SIX.addresses, SIX.routes}:
            return "nothing of the router's IPv6 was read"
        if any(row.get("enabled") in ("no", "false") for row in self["/ip/firewall/connection/tracking"]):
            return "connection tracking is off, which isn't followed"
        if any(row.get("interfaces") is UNKNOWN for row in self.enabled("/ip/vrf")):
            return "which interfaces its VRFs have isn't known"
        order = next((row.get("policy-rules") for row in self["/routing/settings"]), None) or _ORDER
        return "" if order == _ORDER else f"/routing/settings policy-rules is {order}, which isn't followed"

    @cached_property
    def interfaces(self) -> Mapping[str, Row]:
        """Interfaces by name."""
        return {row["name"]: row for row in self["/interface"] if "name" in row}

    def runs(self, interface: str) -> bool:
        """Whether an interface is on and has a link."""
        row = self.interfaces.get(interface)
        return row is not None and not is_true(row, "disabled") and row.get("running", "true") == "true"

    @cached_property
    def bridges(self) -> Mapping[str, str]:
        """The bridge that an interface is a port of."""
        return {
            row["interface"]: row["bridge"] for row in self.enabled(PORTS) if "interface" in row and "bridge" in row
        }

    @cached_property
    def landings(self) -> Mapping[str, Landing]:
        """Where what comes in without a number by a port of a bridge gets to."""
        return dict(landings(lambda path: [*self.enabled(path)], self.unread))

    def met(self, interface: str) -> str:
        """The interface by which the router sees what comes in somewhere: of a port the bridge, or a VLAN on it."""
        bridge = self.bridges.get(interface)
        return interface if bridge is None else self.landings[interface].interface or bridge

    @cached_property
    def vrfs(self) -> Mapping[str, str]:
        """The VRF of each interface that is in one, by itself or by an interface list."""
        found: dict[str, str] = {}
        lists = {row.get("name", "") for row in self["/interface/list"]}
        for row in self.enabled("/ip/vrf"):
            for text in _parts(row, "interfaces"):
                if text in lists and text not in self.interfaces:
                    inside = [name for name in self.interfaces if self.in_list(name, text) is not False]
                else:
                    inside = [text]
                found = dict.fromkeys(inside, row.get("name", "")) | found  # the first row that names it has it
        return found

    @cached_property
    def tunnels(self) -> frozenset[str]:
        """Names of the WireGuard interfaces."""
        return frozenset(row["name"] for row in self["/interface/wireguard"] if "name" in row)

    @cached_property
    def own(self) -> Sequence[Own]:
        """The router's own addresses."""
        found = []
        family = self.family
        for row in self.enabled(family.addresses):
            text = row.get("address", "")
            host, _, told = text.partition("/")
            if is_true(row, "invalid") or family.span(host) is None or family.span(text) is None or "-" in text:
                continue
            interface = row.get("actual-interface") or row.get("interface", "")
            length = int(told or family.bits)
            network = family.span(row.get("network", "")) or (family.number(host) & family.mask(length),)
            known = interface in self.interfaces and not is_true(self.interfaces[interface], "disabled")
            found.append(Own(family.number(host), interface, network[0], length, known))
        return found

    @cached_property
    def local(self) -> Mapping[int, Own]:
        """The router's own addresses by number."""
        return {own.address: own for own in self.own}

    @cached_property
    def broadcasts(self) -> frozenset[int]:
        """Broadcast addresses of the router's networks; IPv6 has none."""
        if self.family is SIX:
            return frozenset()
        every = self.family.every
        mine = (own for own in self.own if own.length < 31 and own.interface not in self.vrfs)
        return frozenset(own.network | every >> own.length for own in mine) | {every}

    @cached_property
    def network_addresses(self) -> frozenset[int]:
        """First addresses of the router's networks, which no host has (of IPv6: RFC 4291 2.6.1, RFC 6164)."""
        return frozenset(own.network for own in self.own if own.length < self.family.bits - 1)

    @cached_property
    def lists(self) -> Mapping[str, AddressSet]:
        """Address lists by name."""
        return _lists(_Same(self[self.family.lists]), self.family)

    @cached_property
    def answered(self) -> Mapping[str, str]:
        """Address lists that the router fills with its answers (docs/facts/menus.md#ipdnsstatic): of each a record."""
        found: dict[str, str] = {}
        for row in self.enabled(NAMES):
            if into := row.get("address-list"):
                found.setdefault(into, row.get("name") or row.get("regexp") or UNKNOWN)
        return found

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """Interfaces that were put into each interface list by hand."""
        found: dict[str, set[str]] = {}
        for row in self.enabled("/interface/list/member"):
            found.setdefault(row.get("list", ""), set()).add(row.get("interface", UNKNOWN))
        return {name: frozenset(some) for name, some in found.items()}

    @cached_property
    def _inside(self) -> dict[tuple[str, str], bool | None]:
        return {}

    def in_list(self, interface: str, name: str) -> bool | None:
        """Whether an interface is in an interface list; None where that isn't known."""
        if (interface, name) not in self._inside:
            self._inside[interface, name] = self._is_in(interface, name, frozenset())
        return self._inside[interface, name]

    def _is_in(self, interface: str, name: str, seen: frozenset[str]) -> bool | None:
        if name in ("all", "none"):
            return name == "all"
        row = next((row for row in self["/interface/list"] if row.get("name") == name), None)
        unread = self.unread.keys() & {"/interface/list", "/interface/list/member"}
        if row is None or name in seen or unread:
            return None
        if name in ("dynamic", "static"):
            if interface not in self.interfaces:
                return None
            return is_true(self.interfaces[interface], "dynamic") == (name == "dynamic")
        seen |= {name}
        direct = interface in self.members.get(name, ()) or (None if UNKNOWN in self.members.get(name, ()) else False)
        put = _any([direct, *(self._is_in(interface, part, seen) for part in _parts(row, "include"))])
        kept_out = _any([self._is_in(interface, part, seen) for part in _parts(row, "exclude")])
        if put is False or kept_out is False:
            return put
        # Which of the two wins for an interface that is in both, no source says for one put in by hand.
        return False if kept_out and direct is False and put is not None else None

    @cached_property
    def _chains(self) -> Mapping[tuple[str, str], Filed]:
        return {
            (menu, chain): filed
            for menu in self.family.firewall
            for chain, filed in _chained(_Same(self[menu]), self.family).items()
        }

    def chain(self, menu: str, name: str) -> Sequence[Numbered]:
        """The rules of one chain that are on."""
        filed = self._chains.get((menu, name))
        return filed.rules if filed else ()

    def candidates(self, menu: str, name: str, asked: Asked) -> Iterator[Numbered]:
        """In their order, the rules of one chain that may match."""
        filed = self._chains.get((menu, name))
        return filed.at(asked) if filed else iter(())

    @cached_property
    def jumping(self) -> frozenset[tuple[str, str]]:
        """Chains in which a rule jumps to another one, each with its menu."""
        rows = ((menu, row) for menu in self.family.firewall for row in self.enabled(menu))
        return frozenset((menu, row.get("chain", "")) for menu, row in rows if row.get("action") == "jump")

    @cached_property
    def fasttracks(self) -> bool:
        """Whether a rule may take connections past all others."""
        return any(row.get("action") == "fasttrack-connection" for row in self.enabled(self.family.filter))

    @cached_property
    def rules(self) -> Sequence[Numbered]:
        """Routing rules that are on."""
        return [
            Numbered(at, row)
            for at, row in enumerate(self["/routing/rule"])
            if not (is_true(row, "disabled") or is_true(row, "inactive")) and row.get("chain", "user") == "user"
        ]

    @cached_property
    def tables(self) -> Mapping[str, Row]:
        """Routing tables by name; `main` is there always."""
        vrfs = {row.get("name", ""): {"fib": ""} for row in self.enabled("/ip/vrf")}
        told = {row["name"]: row for row in self.enabled("/routing/table") if "name" in row}
        return {"main": {"fib": ""}} | told | vrfs

    @cached_property
    def _routes(self) -> Mapping[str, Mapping[int, Mapping[int, Sequence[Route]]]]:
        found: dict[str, dict[int, dict[int, list[Route]]]] = {}
        family = self.family
        for row in self.enabled(family.routes):
            told = row.get("active")
            if told not in ("true", UNKNOWN):
                continue
            # Of IPv6 that to the addresses of one link, `fe80::%ether1/64`, leads nowhere else.
            span = family.span(row.get("dst-address", family.everywhere))
            if span is None:
                continue
            length = family.length(span)
            route = Route(row, span[0], length, told == "true")
            table = found.setdefault(row.get("routing-table", "main"), {})
            table.setdefault(length, {}).setdefault(span[0], []).append(route)
        return found

    def covering(self, table: str, address: int) -> Iterator[Sequence[Route]]:
        """The active routes of a table to an address, longest prefix first; those of one prefix together."""
        by_length = self._routes.get(table, {})
        for length in sorted(by_length, reverse=True):
            if found := by_length[length].get(address & self.family.mask(length)):
                yield found

    @cached_property
    def learned(self) -> Mapping[str, Sequence[Row]]:
        """By table rows for routes that protocols may have learned: `learned` is which one, `learned-by` on what."""
        found: dict[str, list[Row]] = {}
        for row in self.enabled(self.family.routes):
            if "learned" in row and row.get("dst-address") == self.family.everywhere:
                found.setdefault(row.get("routing-table", "main"), []).append(row)
        return found

    @cached_property
    def ways(self) -> frozenset[str]:
        """Interfaces that an active route leads to."""
        routes = [row for row in self.enabled(self.family.routes) if row.get("active") in ("true", UNKNOWN)]
        return frozenset(hop.leaves for row in routes for hop in hops_of(row))

    @cached_property
    def peers(self) -> Mapping[str, Sequence[Row]]:
        """WireGuard peers that are on, by interface."""
        found: dict[str, list[Row]] = {}
        for row in self.enabled("/interface/wireguard/peers"):
            found.setdefault(row.get("interface", ""), []).append(row)
        return found

    @cached_property
    def ipsec(self) -> bool | None:
        """Whether the router has IPsec policies at work; None where that isn't known."""
        if "/ip/ipsec/policy" in self.unread:
            return None
        return any(not is_true(row, "template") for row in self.enabled("/ip/ipsec/policy"))

    def setting(self, path: str, name: str, default: str) -> str:
        """One property of a menu with a single row."""
        return next((row.get(name, default) for row in self[path]), default)


def _parts(row: Row, name: str) -> list[str]:
    return [part for part in row.get(name, "").split(",") if part]


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    return True if True in found else None if None in found else False
