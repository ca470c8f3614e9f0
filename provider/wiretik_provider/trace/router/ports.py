"""By which interface what comes in without a number by a port of a bridge gets to the router.

Source: docs/facts/menus.md#bridge-vlans. Without filtering that is the bridge. With it the port's pvid says the VLAN:
of the bridge's own that is the bridge, of another one the VLAN's interface on it, and where there is none the router
isn't in that VLAN. Rule: nothing is concluded from what isn't known or wasn't read, nor of a port that takes
numbers alone: what comes by it has one, so that nothing without gets in would prove any promise. A Wi-Fi driver may
give frames a number, which its menus say in many ways; so there it counts whether the port takes frames with one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import numbers
from wiretik_provider.codecs.unknown import UNKNOWN
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.settings import INTERFACES

__all__ = ["BRIDGES", "LINKS", "PORTS", "VLANS", "Landing", "landings"]

BRIDGES: Final = "/interface/bridge"
PORTS: Final = "/interface/bridge/port"
VLANS: Final = "/interface/bridge/vlan"
LINKS: Final = "/interface/vlan"
_TAGGED_ONLY: Final = "admit-only-vlan-tagged"
_UNTAGGED_ONLY: Final = "admit-only-untagged-and-priority-tagged"
_RADIOS: Final = frozenset({"wifi", "wlan"})
_ON: Final = frozenset({"true", "yes"})


class Landing(NamedTuple):
    """Where it gets to.

    Attributes:
        interface: the interface; empty where it gets to none, or where that isn't known.
        why: why it gets nowhere, or isn't known.
        sure: whether it is known and can be.
    """

    interface: str
    why: str = ""
    sure: bool = True


Rows = Callable[[str], Sequence[Row]]


def landings(rows: Rows, unread: Mapping[str, str]) -> Iterator[tuple[str, Landing]]:
    """For each port of a bridge where it gets to.

    Args:
        rows: those of a menu that are on.
        unread: menus that couldn't be read, and why.
    """
    bridges = {row.get("name", ""): row for row in rows(BRIDGES)}
    for port in rows(PORTS):
        if "interface" in port and "bridge" in port:
            yield port["interface"], _landing(port, bridges.get(port["bridge"], {}), rows, unread)


def _landing(port: Row, bridge: Row, rows: Rows, unread: Mapping[str, str]) -> Landing:
    if why := _unclear(port, bridge, unread) or _numbered(port, bridge, rows):
        return Landing("", why, sure=False)
    if bridge.get("vlan-filtering") not in _ON:
        return Landing(port["bridge"])
    if not is_number(port.get("pvid", "1")):
        return Landing("", f"the pvid of port {port['interface']} of {port['bridge']} is no number", sure=False)
    if port.get("frame-types") == _TAGGED_ONLY:
        told = f"port {port['interface']} of {port['bridge']} takes what has a VLAN's number alone"
        return Landing("", f"{told}: ask by the interface of the VLAN", sure=False)
    number = port.get("pvid", "1")
    if number == bridge.get("pvid", "1") and bridge.get("frame-types") != _TAGGED_ONLY:
        return Landing(port["bridge"])
    return _in_vlan(port["bridge"], number, rows)


def _numbered(port: Row, bridge: Row, rows: Rows) -> str:
    """Why what comes in by a port may have a number that whoever sends it knows nothing of."""
    filters = bridge.get("vlan-filtering") in _ON
    matters = filters or any(row.get("interface") == port["bridge"] for row in rows(LINKS))
    radio = any(row.get("name") == port["interface"] and row.get("type") in _RADIOS for row in rows(INTERFACES))
    if not (matters and radio) or (filters and port.get("frame-types") == _UNTAGGED_ONLY):
        return ""
    told = f"whether the Wi-Fi driver gives frames of {port['interface']} a VLAN's number isn't known"
    return f"{told}: a filtering bridge's port with frame-types={_UNTAGGED_ONLY} takes none that have one"


def _unclear(port: Row, bridge: Row, unread: Mapping[str, str]) -> str:
    """Why nothing can be said of a port."""
    for path in (BRIDGES, VLANS, LINKS):
        if path in unread:
            return f"{path} couldn't be read: {unread[path]}"
    if bridge.get("vlan-filtering") is UNKNOWN:
        return f"whether {port['bridge']} filters VLANs isn't known yet"
    values = [row.get(name) for row in (port, bridge) for name in ("pvid", "frame-types")]
    return f"in which VLAN of {port['bridge']} it is isn't known yet" if UNKNOWN in values else ""


def _in_vlan(bridge: str, number: str, rows: Rows) -> Landing:
    """Where what is in one of a bridge's VLANs gets to, but for the bridge's own."""
    links = [row for row in rows(LINKS) if row.get("interface") in (bridge, UNKNOWN)]
    if any(UNKNOWN in (row.get("interface"), row.get("vlan-id"), row.get("name")) for row in links):
        return Landing("", f"which VLANs {bridge} has isn't known yet", sure=False)
    link = next((row.get("name", "") for row in links if row.get("vlan-id") == number), "")
    inside = _inside(rows(VLANS), bridge, number)
    if link and inside == "tagged":
        return Landing(link)
    if link or inside:
        return Landing("", f"whether the router is in VLAN {number} of {bridge} isn't known", sure=False)
    return Landing("", f"it stays in VLAN {number} of {bridge}, in which the router has no interface")


def _inside(entries: Sequence[Row], bridge: str, number: str) -> str:
    """How a bridge itself is in one of its VLANs; empty where no entry says that it is."""
    for row in entries:
        spans = numbers(row.get("vlan-ids", "")) or ()
        if row.get("bridge") != bridge or not any(low <= int(number) <= high for low, high in spans):
            continue
        for kind in ("tagged", "untagged"):
            if any(bridge in row.get(name, "").split(",") for name in (kind, f"current-{kind}")):
                return kind
    return ""
