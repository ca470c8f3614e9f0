"""Lines that a program declares and that get their address from the other end: DHCP and PPP clients.

Pure. Whether such a line comes up nobody knows before, and the address that it gets neither: so its default route is
one that may be there or not (`doubts`). A line that has its address already is as the router prints it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR
from wiretik_provider.trace.router.derive import doubt_key
from wiretik_provider.trace.router.snapshot import UNKNOWN, hops_of

__all__ = ["begun", "moved", "routes_of"]

_DHCP: Final = "/ip/dhcp-client"
_ADDS: Final[Mapping[str, str]] = {
    _DHCP: "yes",
    "/interface/l2tp-client": "no",
    "/interface/ovpn-client": "no",
    "/interface/ppp-client": "yes",
    "/interface/pppoe-client": "no",
    "/interface/pptp-client": "no",
    "/interface/sstp-client": "no",
}
"""Clients, and whether they add a default route unless told (MikroTik's manual)."""
_OTHERS: Final = ("connect", "ospf", "bgp", "rip", "is-is")
"""Who else makes a dynamic route, as a print says it (docs/facts/menus.md#iproute)."""


def begun(entry: Declared, addresses: Sequence[Row]) -> str:
    """The interface of a line that has no address yet; empty of whatever else is declared."""
    if entry.path not in _ADDS or entry.values.get("disabled") is True:
        return ""
    name = str(entry.values.get("interface" if entry.path == _DHCP else "name", UNKNOWN))
    there = any(row.get("interface") == name and row.get("dynamic") == "true" for row in addresses)
    return "" if there else name


def routes_of(entry: Declared, addresses: Sequence[Row]) -> Iterator[Row]:
    """The default routes that a line may bring."""
    interface = begun(entry, addresses)
    if not interface or not _adds(entry):
        return
    for number, where in enumerate(_tables(entry)):
        route = {
            ".id": f"+{entry.name}" + f"-{number}" * (number > 0),
            "dst-address": FOUR.everywhere,
            "gateway": interface,
            "dynamic": "true",
            **where,
        }
        yield {**route, "doubt": doubt_key({**route, "active": UNKNOWN}, FOUR)}


def moved(entry: Declared, routes: Sequence[Row], addresses: Sequence[Row]) -> Sequence[Row]:
    """Routes with those of a client that has an address already in the tables that it will be told; else the same."""
    if entry.path != _DHCP or "default-route-tables" not in entry.printed or begun(entry, addresses):
        return routes
    interface = entry.printed.get("interface", UNKNOWN)
    mine = [row for row in routes if _brought(row, interface)]
    if not mine:
        return routes
    plain = {name: mine[0][name] for name in ("dst-address", "gateway", "scope", "target-scope") if name in mine[0]}
    if entry.values.get("disabled") is True or not _adds(entry):
        return [row for row in routes if row not in mine]
    own = [{".id": mine[0].get(".id", ""), **plain, "dynamic": "true", **where} for where in _tables(entry)]
    own[1:] = [{**row, ".id": f"+{entry.name}-{number}"} for number, row in enumerate(own[1:], 1)]
    return [*(row for row in routes if row not in mine), *own]


def _adds(entry: Declared) -> bool:
    """Whether a client adds default routes at all."""
    return entry.printed.get("add-default-route", _ADDS[entry.path]) not in {"no", "false"}


def _brought(row: Row, interface: str) -> bool:
    """Whether it is the default route that a client on an interface has made."""
    made = row.get("dynamic") == "true" and not any(row.get(other) == "true" for other in _OTHERS)
    everything = row.get("dst-address", FOUR.everywhere) == FOUR.everywhere
    return made and everything and any(hop.leaves == interface for hop in hops_of(row))


def _tables(entry: Declared) -> Iterator[dict[str, str]]:
    """What a client's default routes say of their place and check (docs/facts/packet-path.md#dhcps-routes)."""
    printed = entry.printed
    for text in printed.get("default-route-tables", "default").split(","):
        table, _, distance = text.partition(":")
        found = {"distance": distance or printed.get("default-route-distance", "1")}
        if table not in {"default", "main"}:
            found["routing-table"] = table
        if check := printed.get("check-gateway"):
            found["check-gateway"] = check
        yield found
