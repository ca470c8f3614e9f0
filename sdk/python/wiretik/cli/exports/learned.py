"""What may be on a router besides its export: routes of protocols, Back to Home's rows, a hotspot's rules.

Rule: it may be there, so what would take it isn't known; nothing here is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wiretik.cli.exports.gaps import Gap
from wiretik.cli.exports.neighbours import neighbours
from wiretik_provider.simulator import Router
from wiretik_provider.trace import UNKNOWN
from wiretik_provider.trace.family import FOUR, SIX, Family
from wiretik_provider.trace.router.derive import Rows

__all__ = ["allowed", "back_to_home", "hotspots", "learned", "vrf_interfaces", "with_maybe"]

_DEVICES: Final = "/interface/wireguard"
_PEERS: Final = "/interface/wireguard/peers"
_FILTER: Final = "/ip/firewall/filter"

# What learns routes if a row of it is on, and the menu that says for which table
# (docs/facts/exports.md#default-routes).
_LEARNING: Final = {
    "/routing/ospf/interface-template": ("OSPF", "/routing/ospf/instance"),
    "/routing/bgp/connection": ("BGP", "/routing/bgp/connection"),
    "/routing/rip/interface-template": ("RIP", "/routing/rip/instance"),
    "/routing/isis/interface-template": ("IS-IS", "/routing/isis/instance"),
}


def allowed(rows: Rows, gateway: str) -> list[dict[str, str]]:
    """Routes to what peers allow, which may be there besides those that an export has."""
    texts = {text for peer in rows[_PEERS] for text in peer.get("allowed-address", "").split(",")}
    return [{"dst-address": text, "gateway": gateway} for text in sorted(texts) if "." in text and text != "0.0.0.0/0"]


def with_maybe(rows: Rows, routes: Sequence[Mapping[str, str]], family: Family = FOUR) -> Rows:
    """The rows with routes of which it isn't known whether they are there."""
    made = [{".id": "", "dynamic": "true", "active": UNKNOWN, **route} for route in routes]
    return {**rows, family.routes: [*rows.get(family.routes, ()), *made]}


def back_to_home(router: Router, rows: Rows) -> tuple[Rows, list[Gap]]:
    """Back to Home's interface is exported; its address, peers and rules are the router's own."""
    cloud = next(iter(_rows(router, "/ip/cloud")), {})
    peers = {row.get("interface") for row in rows[_PEERS]}
    own = {
        row["name"]
        for row in rows[_DEVICES]
        if row.get("comment", "").startswith("back-to-home-vpn") and row["name"] not in peers
    }
    if not own or cloud.get("back-to-home-vpn", "enabled") != "enabled":
        return rows, []
    devices = [row for row in rows[_DEVICES] if row["name"] not in own]
    interfaces = [{**row, "type": UNKNOWN} if row.get("name") in own else row for row in rows["/interface"]]
    return {**rows, _DEVICES: devices, "/interface": interfaces}, [
        Gap("the rows that Back to Home makes (address, peers, rules)")
    ]


def hotspots(router: Router, rows: Rows) -> tuple[Rows, list[Gap]]:
    """A host that hasn't logged in is rejected by a dynamic rule (the manual's hotspot, customizing: firewall)."""
    on = list(_on(router, "/ip/hotspot"))
    if not on or _FILTER not in rows:
        return rows, []
    made = [
        {
            ".id": "",
            "dynamic": "true",
            "chain": "forward",
            "action": "reject",
            "in-interface": row["interface"],
            "hotspot": "from-client,!auth",
        }
        for row in on
        if row.get("interface")
    ]
    names = " and ".join(row["in-interface"] for row in made)
    return {**rows, _FILTER: [*made, *rows[_FILTER]]}, [Gap(f"who has logged in at the hotspot on {names}")]


def vrf_interfaces(router: Router, rows: Rows) -> tuple[Rows, list[Gap]]:
    """From 7.14 on a VRF has an interface of its name, which filter rules see (docs/facts/packet-path.md#vrf)."""
    if "/ip/vrf" not in rows or router.version < (7, 14):
        return rows, []
    there = {row.get("name") for row in rows["/interface"]}
    names = [row["name"] for row in _on(router, "/ip/vrf") if row.get("name") not in {*there, None, "main"}]
    made = [{".id": "", "name": name, "type": "vrf", "dynamic": "true", "running": "true"} for name in names]
    return {**rows, "/interface": [*rows["/interface"], *made]}, []


def learned(router: Router, rows: Rows) -> tuple[Rows, list[Gap]]:
    """Routes that a protocol learned may be there: what has no other isn't without any, and a nearer one may win."""
    kinds: list[str] = []
    for path, (kind, instances) in _LEARNING.items():
        speaking = [row for row in _on(router, path) if row.get("passive", "no") in ("no", "false")]
        if not speaking:
            continue
        kinds.append(kind)
        by = neighbours(router, rows, path, speaking)
        for family, table in _reach(list(_on(router, instances))):
            marks = {"learned": kind, "distance": "255", **({"learned-by": ",".join(by)} if by else {})}
            made = [{"dst-address": family.everywhere, "gateway": UNKNOWN, **marks, "routing-table": table}]
            if family is FOUR and table == "main":
                made += [{**route, **marks} for route in allowed(rows, UNKNOWN)]
            rows = with_maybe(rows, made, family)
    gap = Gap(f"the routes that {' and '.join(kinds)} learned, or none", "--learned PREFIX=GATEWAY")
    return rows, [gap] if kinds else []


def _reach(instances: Sequence[Mapping[str, str]]) -> set[tuple[Family, str]]:
    """The families and tables into which a protocol's instances bring routes; IPv4's main where none says another."""
    found: set[tuple[Family, str]] = set()
    for row in instances or ({},):
        table = row.get("routing-table") or row.get("vrf") or "main"
        families = f"{row.get('afi', '')},{row.get('address-families', '')}"
        six = "ipv6" in families or row.get("version") == "3"
        four = row.get("version") != "3" and (not six or "ip" in families.replace("ipv4", "ip").split(","))
        found |= {(family, table) for family, there in ((FOUR, four), (SIX, six)) if there}
    return found


def _rows(router: Router, path: str) -> list[dict[str, str]]:
    return router.rows(path) if path in router.menus else []


def _on(router: Router, path: str) -> Iterator[dict[str, str]]:
    return (row for row in _rows(router, path) if row.get("disabled") not in ("true", "yes"))
