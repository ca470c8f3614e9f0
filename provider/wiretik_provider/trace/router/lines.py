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
from wiretik_provider.trace.router.snapshot import UNKNOWN

__all__ = ["begun", "routes_of"]

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


def begun(entry: Declared, addresses: Sequence[Row]) -> str:
    """The interface of a line that has no address yet; empty of whatever else is declared."""
    if entry.path not in _ADDS or entry.values.get("disabled") is True:
        return ""
    name = str(entry.values.get("interface" if entry.path == _DHCP else "name", UNKNOWN))
    there = any(row.get("interface") == name and row.get("dynamic") == "true" for row in addresses)
    return "" if there else name


def routes_of(entry: Declared, addresses: Sequence[Row]) -> Iterator[Row]:
    """The default route that a line may bring."""
    interface = begun(entry, addresses)
    printed = entry.printed
    if not interface or printed.get("add-default-route", _ADDS[entry.path]) in {"no", "false"}:
        return
    route = {
        ".id": f"+{entry.name}",
        "dst-address": FOUR.everywhere,
        "gateway": interface,
        "distance": printed.get("default-route-distance", "1"),
        "dynamic": "true",
    }
    yield {**route, "doubt": doubt_key({**route, "active": UNKNOWN}, FOUR)}
