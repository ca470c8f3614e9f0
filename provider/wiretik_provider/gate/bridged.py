"""Rows about an interface that is a port of a bridge: RouterOS takes them, and they don't do what they say.

To the router's own addresses and rules packets come from the bridge and not from its port (MikroTik's manual, Firewall
Filter, `in-interface`; IP Address, `actual-interface`). So this is told, and refused to nobody.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik_provider.declared import Declared
from wiretik_provider.rules.model import Row

__all__ = ["PORTS", "on_ports"]

PORTS: Final = "/interface/bridge/port"

_DEAD: Final[Mapping[str, str]] = {
    "/interface/list/member": "rules by that list never match it",
    "/ip/address": "the address belongs to the bridge",
    "/ipv6/address": "the address belongs to the bridge",
}
_RULES: Final = ("/ip/firewall/", "/ipv6/firewall/")


def on_ports(declared: Sequence[Declared], ports: Sequence[Row]) -> Iterator[str]:
    """A line for each property that names a port of a bridge.

    Args:
        declared: what the program declares on one router.
        ports: the rows of `PORTS`.
    """
    bridges = {
        row["interface"]: row["bridge"]
        for row in ports
        if row.get("disabled") != "true" and "interface" in row and "bridge" in row
    }
    for row in declared:
        for name, why in _asked(row):
            if bridge := bridges.get(str(row.values.get(name))):
                said = f"{name.replace('-', '_')}={row.values[name]!r}"
                cure = f"name {bridge}, or take the port out of it ({PORTS})"
                yield f"{row.name}: {said} is a port of the bridge {bridge}, so {why}: {cure}"


def _asked(row: Declared) -> Iterator[tuple[str, str]]:
    path = row.menu.path if row.menu else ""
    if path in _DEAD:
        yield "interface", _DEAD[path]
    elif path.startswith(_RULES):
        yield from ((name, "the rule never matches") for name in ("in-interface", "out-interface"))
