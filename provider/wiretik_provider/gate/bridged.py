"""What is declared of bridges and their ports that RouterOS takes, and that does something else, or costs something.

To the router's own addresses and rules packets come from the bridge and not from its port (MikroTik's manual, Firewall
Filter, `in-interface`; IP Address, `actual-interface`). So this is told, and refused to nobody.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.rules.model import Row

__all__ = ["BRIDGES", "CARRIERS", "PORTS", "carries", "on_ports", "second_ways", "switched_until_now", "whole_bridges"]

PORTS: Final = "/interface/bridge/port"
BRIDGES: Final = "/interface/bridge"

CARRIERS: Final = ("/interface/eoip", "/interface/eoipv6", "/interface/vxlan")
"""Interfaces that carry frames to another router."""

_DEAD: Final[Mapping[str, str]] = {
    "/interface/list/member": "rules by that list never match it",
    "/ip/address": "the address belongs to the bridge",
    "/ipv6/address": "the address belongs to the bridge",
}
_RULES: Final = ("/ip/firewall/", "/ipv6/firewall/")


def on_ports(declared: Sequence[Declared], ports: Sequence[Row]) -> Iterator[str]:
    """A line for each property that names a port of a bridge, unless the program takes it out of there.

    Args:
        declared: what the program declares on one router.
        ports: the rows of `PORTS`.
    """
    bridges = {
        row["interface"]: row["bridge"]
        for row in ports
        if row.get("disabled") != "true" and "interface" in row and "bridge" in row
    }
    leaving = {
        row.values.get("interface") for row in declared if _path(row) == PORTS and row.values.get("disabled") is True
    }
    for row in declared:
        for name, why in _asked(row):
            if row.values.get(name) not in leaving and (bridge := bridges.get(str(row.values.get(name)))):
                said = f"{name.replace('-', '_')}={row.values[name]!r}"
                cure = f"name {bridge}, or take the port out of it ({PORTS})"
                yield f"{row.name}: {said} is a port of the bridge {bridge}, so {why}: {cure}"


def switched_until_now(declared: Sequence[Declared], bridges: Sequence[Row], ports: Sequence[Row]) -> Iterator[str]:
    """A line for each bridge that begins to filter VLANs while its ports switch in hardware, which few chips then do.

    Source: docs/facts/menus.md#bridge-vlans; which chip it is isn't asked.

    Args:
        declared: what the program declares on one router.
        bridges: the rows of `BRIDGES`.
        ports: the rows of `PORTS`.
    """
    filtering = {row.get("name") for row in bridges if row.get("vlan-filtering") == "true"}
    for row in declared:
        name = row.values.get("name")
        if row.kind != BRIDGES or row.values.get("vlan-filtering") is not True or name in filtering:
            continue
        switched = [one["interface"] for one in ports if one.get("bridge") == name and one.get("hw-offload") == "true"]
        if switched:
            yield (
                f"{row.name}: {', '.join(switched)} of {name} switch in hardware now, and most chips don't while the "
                "bridge filters VLANs: unless it is one that does, the processor forwards all of it from then on"
            )


def carries(declared: Sequence[Declared]) -> bool:
    """Whether a program has a bridge carry frames to another router."""
    return any(_path(row) in CARRIERS for row in declared)


def second_ways(declared: Sequence[Declared], carriers: Sequence[Row], ports: Sequence[Row]) -> Iterator[str]:
    """A line for each port of the program's that carries frames, beside one of the same bridge that isn't its own.

    Both may lead to one LAN; then a frame goes round until the bridge's spanning tree ends that.

    Args:
        declared: what the program declares on one router.
        carriers: the rows of `CARRIERS`.
        ports: the rows of `PORTS`.
    """
    own = {row.values.get("name") for row in declared if _path(row) in CARRIERS}
    others = {row["name"]: row for row in carriers if "name" in row and row.get("disabled") != "true"}
    for row in declared:
        bridge = row.values.get("bridge")
        if _path(row) != PORTS or row.values.get("interface") not in own:
            continue
        for port in ports:
            name = port.get("interface", "")
            if port.get("bridge") == bridge and port.get("disabled") != "true" and name in others.keys() - own:
                yield (
                    f"{row.name}: {name} is a port of {bridge} as well, and carries frames to another router: if both "
                    "lead to one LAN they go round, until the spanning tree ends that: take one of the two out"
                )


def whole_bridges(declared: Sequence[Declared], bridges: Sequence[Row]) -> Iterator[str]:
    """A line for each port of the program's that carries the frames of one VLAN, of a bridge that doesn't filter.

    Such a bridge doesn't look at `pvid` (docs/facts/menus.md#bridge-vlans).

    Args:
        declared: what the program declares on one router.
        bridges: the rows of `BRIDGES`.
    """
    own = {row.values.get("name") for row in declared if _path(row) in CARRIERS}
    filtering: dict[object, object] = {row.get("name"): row.get("vlan-filtering") == "true" for row in bridges}
    for row in declared:
        if row.kind == BRIDGES and ("vlan-filtering" in row.values or "vlan-filtering" in row.waiting):
            filtering[row.values.get("name")] = row.values.get("vlan-filtering", True)
    for row in declared:
        number, bridge = str(row.values.get("pvid", 1)), row.values.get("bridge")
        if (
            _path(row) == PORTS
            and row.values.get("interface") in own
            and number != "1"
            and not filtering.get(bridge, True)
        ):
            yield (
                f"{row.name}: {bridge} doesn't filter VLANs, so pvid={number} says nothing, and all of the bridge is "
                "one LAN with the other router's: have it filter (a Vlan of the program does, or vlan_filtering=True)"
            )


def _path(row: Declared) -> str:
    return row.menu.path if row.menu else ""


def _asked(row: Declared) -> Iterator[tuple[str, str]]:
    path = _path(row)
    if path in _DEAD:
        yield "interface", _DEAD[path]
    elif path.startswith(_RULES):
        yield from ((name, "the rule never matches") for name in ("in-interface", "out-interface"))
