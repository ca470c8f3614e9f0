"""The router of an `/export` file, as the embedded router loads it.

Rule: what isn't in an export isn't made up, and what was left out or blacked out isn't absent. An address that DHCP or
PPPoE gave isn't known, unless it is told; only the default route of a client that adds one is taken to be there, by its
interface, since its row says so (`lines`). Handshakes and counters aren't there; routes that a protocol learned may be;
of IPv6 a pool's prefixes aren't there, nor the addresses that interfaces give themselves, nor a default route that was
learned. What takes something that isn't known is unknown to the tracer, and so no finding of the doctor.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import attrs
import typer

from wiretik.cli.lines import Line, lines_of
from wiretik.cli.snapshots import Unreadable
from wiretik.cli.tables import without_secrets
from wiretik_provider.errors import ConfigError
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, blacked_out, told, version_of
from wiretik_provider.trace import MENUS, MENUS6, UNKNOWN, Snapshot
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.router.derive import Rows, derived

__all__ = ["Exported", "Leases", "exported", "leases_of"]

_NEWEST: Final = "7.23.2"
_UNNAMED: Final = "MikroTik"
_DEVICES: Final = "/interface/wireguard"
_ADDRESSES: Final = "/ip/address"
_ROUTES: Final = "/ip/route"
_CLIENTS: Final = "/ip/dhcp-client"
_PEERS: Final = "/interface/wireguard/peers"
_FILTER: Final = "/ip/firewall/filter"
_EVERYWHERE: Final = "0.0.0.0/0"

# A line of these menus that was left out may have made rows in others.
_MAKES: Final = {
    _CLIENTS: (_ADDRESSES, _ROUTES),
    "/ipv6/dhcp-client": (SIX.addresses, SIX.routes),
    "/ip/vrf": (_ROUTES, "/routing/table"),
    "/ip/hotspot": (_FILTER,),
    **dict.fromkeys(("/interface/pppoe-client", "/interface/l2tp-client", "/interface/sstp-client"), (_ROUTES,)),
    **dict.fromkeys(("/interface/ovpn-client", "/interface/pptp-client", "/interface/ppp-client"), (_ROUTES,)),
    **dict.fromkeys(("/interface/lte", "/interface/lte/apn"), (_ROUTES,)),
}
# What learns routes, if a row of it is on (docs/facts/exports.md#default-routes).
_LEARNING: Final = {
    "/routing/ospf/interface-template": "OSPF",
    "/routing/bgp/connection": "BGP",
    "/routing/rip/interface-template": "RIP",
    "/routing/isis/interface-template": "IS-IS",
}

Leases: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--lease",
        metavar="INTERFACE=ADDRESS/MASK",
        help="With --export: the address that DHCP, PPPoE, LTE … gives an interface, which no export has; repeatable.",
    ),
]


@attrs.frozen
class Exported:
    """The router of an export.

    Attributes:
        snapshot: its rows, without secrets.
        left_out: the lines that the embedded router doesn't know, and why.
        open: clients that give an interface an address that isn't known.
        besides: what else isn't in it, each in a sentence.
        incomplete: menus of which something isn't known, and why.
        idle: interfaces of `--lease` that nobody gives an address.
    """

    snapshot: Snapshot
    left_out: tuple[str, ...] = ()
    open: tuple[Line, ...] = ()
    besides: tuple[str, ...] = ()
    incomplete: Mapping[str, str] = attrs.field(factory=dict)
    idle: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What isn't known, and how it would be."""
        told = "isn't in it, so nothing is known of what takes that"
        return [
            *(f"--lease {name}: no client gives it an address, so that has no effect" for name in self.idle),
            *(f"{path} is incomplete: {why}" for path, why in sorted(self.incomplete.items())),
            *(f"what {line.kind} gives {name} {told}: --lease {name}=ADDRESS/MASK" for name, line in self._open),
            *(f"{what} {told}" for what in self.besides),
        ]

    @property
    def _open(self) -> list[tuple[str, Line]]:
        return [(line.interface, line) for line in self.open]


def leases_of(told: Sequence[str] | None, *, on_export: bool) -> dict[str, str]:
    """What `--lease` says, by interface.

    Raises:
        ConfigError: it isn't an interface and an address with its mask, or there is no export.
    """
    found = {}
    for text in told or ():
        interface, _, address = text.rpartition("=")
        if not interface or not _is_address(address):
            raise ConfigError(f"--lease {text}: say it as ether1=203.0.113.2/24")
        found[interface] = address
    if found and not on_export:
        raise ConfigError("--lease: only with --export, a router knows what DHCP gave it")
    return found


def _is_address(text: str) -> bool:
    """Whether it is an IPv4 address with its mask."""
    try:
        ipaddress.IPv4Interface(text)
    except ValueError:
        return False
    return "/" in text


def exported(file: Path, besides: Sequence[str] = (), leases: Mapping[str, str] | None = None) -> Exported:
    """All that a trace looks at, and other menus.

    Args:
        file: what the router wrote.
        besides: other menus.
        leases: what DHCP gives, by interface.

    Raises:
        Unreadable: it can't be read, or isn't an export.
    """
    try:
        text = file.read_text("utf-8-sig", "surrogateescape")
        router = Router("none", version_of(text) or _NEWEST, leases={})
        left_out = tuple(str(error) for error in router.load(text, skip_unknown=True))
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise Unreadable(f"{file}: {error.errors[0] if isinstance(error, LoadError) else error}") from None
    menus = [path for path in (*MENUS, *MENUS6, *besides) if path in router.menus]
    own = {path: [without_secrets(path, row) for row in _known(router, path)] for path in menus}
    for device in own[_DEVICES]:
        if "private-key" not in told(router, _DEVICES, device["name"]):
            del device["public-key"]  # made by the embedded router, since the export has no private key
    name = next((row["name"] for row in router.rows("/system/identity") if row["name"] != _UNNAMED), file.stem)
    known, lines = leases or {}, lines_of(router)
    lacking: list[str] = []
    rows = _leased(own, lines, known)
    for add in (_back_to_home, _hotspots, _learned):
        rows, sentences = add(router, rows)
        lacking += sentences
    found, unread, open6 = _of_ipv6(router, rows)
    return Exported(
        Snapshot(found, {**unread, **_unread(router)}, name),
        left_out,
        tuple(line for line in lines if line.interface not in known),
        (*lacking, *open6),
        {path: why for path, why in router.incomplete.items() if path},
        tuple(interface for interface in known if interface not in {line.interface for line in lines}),
    )


def _known(router: Router, path: str) -> list[dict[str, str]]:
    """The rows of a menu; what was blacked out in them isn't known."""
    masked = blacked_out(router, path)
    return [{**row, **dict.fromkeys(masked.get(row.get(".id", ""), ()), UNKNOWN)} for row in router.rows(path)]


def _unread(router: Router) -> dict[str, str]:
    """The menus of which something is missing, with those that it may have made rows in."""
    found: dict[str, str] = {}
    for path, why in router.incomplete.items():
        for each in (path, *_MAKES.get(path, ())):
            if each in (*MENUS, *MENUS6):
                found.setdefault(each, why)
    return found


def _leased(rows: Rows, lines: Sequence[Line], leases: Mapping[str, str]) -> Rows:
    """A router's rows with what its lines give, as far as that is known."""
    if not lines:
        return rows
    addresses = [
        {"interface": line.interface, "address": leases[line.interface]} for line in lines if line.interface in leases
    ]
    routes = [(line.certain, route) for line in lines for route in _defaults(line)]
    made = {
        path: [*rows[path], *({".id": "", "dynamic": "true", **row} for row in some)]
        for path, some in ((_ADDRESSES, addresses), (_ROUTES, [route for certain, route in routes if certain]))
    }
    found = derived({**rows, **made})
    doubtful = [route for certain, route in routes if not certain]
    for line in lines:
        if not line.defaults and line.interface not in leases:
            doubtful += _allowed(rows, line.interface)  # each of these may be the network that it has there
    return _with_maybe(found, doubtful)


def _allowed(rows: Rows, gateway: str) -> list[dict[str, str]]:
    """Routes to what peers allow, which may be there besides those that an export has."""
    texts = {text for peer in rows[_PEERS] for text in peer.get("allowed-address", "").split(",")}
    return [{"dst-address": text, "gateway": gateway} for text in sorted(texts) if "." in text and text != _EVERYWHERE]


def _with_maybe(rows: Rows, routes: Sequence[Mapping[str, str]]) -> Rows:
    """The rows with routes of which it isn't known whether they are there."""
    made = [{".id": "", "dynamic": "true", "active": UNKNOWN, **route} for route in routes]
    return {**rows, _ROUTES: [*rows[_ROUTES], *made]}


def _defaults(line: Line) -> list[dict[str, str]]:
    return [
        {"dst-address": _EVERYWHERE, "gateway": line.interface, "distance": distance, "routing-table": table}
        for table, distance in line.defaults
    ]


def _back_to_home(router: Router, rows: Rows) -> tuple[Rows, list[str]]:
    """Back to Home's interface is exported; its address, peers and rules are the router's own."""
    cloud = next(iter(router.rows("/ip/cloud")), {}) if "/ip/cloud" in router.menus else {}
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
    return {**rows, _DEVICES: devices, "/interface": interfaces}, ["what Back to Home makes (address, peers, rules)"]


def _hotspots(router: Router, rows: Rows) -> tuple[Rows, list[str]]:
    """A host that hasn't logged in is rejected by a dynamic rule (the manual's hotspot, customizing: firewall)."""
    on = [row for row in router.rows("/ip/hotspot") if row.get("disabled") not in ("true", "yes")]
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
    return {**rows, _FILTER: [*made, *rows[_FILTER]]}, [f"who has logged in at the hotspot on {names}"]


def _learned(router: Router, rows: Rows) -> tuple[Rows, list[str]]:
    """Routes that a protocol learned may be there; so what has no other isn't without any."""
    on = [
        kind
        for path, kind in _LEARNING.items()
        if path in router.menus and any(row.get("disabled") not in ("true", "yes") for row in router.rows(path))
    ]
    if not on:
        return rows, []
    maybe = [{"dst-address": _EVERYWHERE, "gateway": UNKNOWN, "distance": "255"}, *_allowed(rows, UNKNOWN)]
    return _with_maybe(rows, maybe), [f"what {' and '.join(on)} learned"]


def _of_ipv6(router: Router, rows: Rows) -> tuple[Rows, dict[str, str], tuple[str, ...]]:
    """Rows without what an export doesn't know of IPv6, the menus of which nothing can be said, and what lacks."""
    own = [row for row in rows[SIX.addresses] if row.get("dynamic") != "true"]
    pools = sorted({row["from-pool"] for row in own if row.get("from-pool")})
    lacking = [f"what the pool {' and '.join(pools)} gives"] if pools else []
    unread = {SIX.addresses: f"{lacking[0]} isn't in an export"} if pools else {}
    found = {**rows, SIX.addresses: own}
    if _learns_default(router):
        default = {".id": "", "dst-address": SIX.everywhere, "gateway": UNKNOWN, "active": UNKNOWN}
        found[SIX.routes] = [*rows[SIX.routes], default]
        lacking.append("the IPv6 default route that DHCP or router advertisements give")
    return found, unread, tuple(lacking)


def _learns_default(router: Router) -> bool:
    """Whether somebody may tell a router a default route of IPv6.

    (MikroTik's manual: ipv6/settings accept-router-advertisements, ipv6/dhcp-client add-default-route.)
    """
    clients = router.rows("/ipv6/dhcp-client") if "/ipv6/dhcp-client" in router.menus else []
    settings = next(iter(router.rows(SIX.settings)), {})
    hears = settings.get("accept-router-advertisements", "no")
    forwards = settings.get("forward", "true") in ("true", "yes")
    asks = any(row.get("add-default-route", "no") != "no" for row in clients if row.get("disabled") != "true")
    return asks or hears == "yes" or (hears != "no" and not forwards)
