"""The router of an `/export` file, as the embedded router loads it.

Rule: what isn't in an export isn't made up, and what was left out or blacked out isn't absent. An address that DHCP or
PPPoE gave isn't known, unless it is told; only the default route of a client that adds one is taken to be there, by its
interface, since its row says so (`lines`). Handshakes and counters aren't there; routes that a protocol learned may be;
of IPv6 a pool's prefixes aren't there, nor the addresses that interfaces give themselves, nor a default route that was
learned. What takes something that isn't known is unknown to the tracer, and so no finding of the doctor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from wiretik.cli.exports.gaps import Gap, lease
from wiretik.cli.exports.gaps import lines as lines_of_gaps
from wiretik.cli.exports.ipv6 import Given, given
from wiretik.cli.exports.learned import allowed, back_to_home, hotspots, learned, vrf_interfaces, with_maybe
from wiretik.cli.exports.lines import Line, lines_of
from wiretik.cli.exports.supplied import Supplied, resolved
from wiretik.cli.snapshots import Unreadable
from wiretik.cli.tables import without_secrets
from wiretik_provider.codecs.spans import gateways, is_address
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, blacked_out, shown, version_of
from wiretik_provider.trace import MENUS, MENUS6, UNKNOWN, Snapshot
from wiretik_provider.trace.family import FOUR, SIX, family_of
from wiretik_provider.trace.router.derive import Rows, derived, network_key

__all__ = ["Exported", "exported"]

_NEWEST: Final = "7.23.2"
_UNNAMED: Final = "MikroTik"
_DEVICES: Final = "/interface/wireguard"
_ADDRESSES: Final = "/ip/address"
_ROUTES: Final = "/ip/route"
_CLIENTS: Final = "/ip/dhcp-client"
_PEERS: Final = "/interface/wireguard/peers"
_FILTER: Final = "/ip/firewall/filter"
_POLICIES: Final = "/ip/ipsec/policy"
_LEARNED: Final = "110"
"""OSPF's distance (MikroTik's manual, ip/route: distance): behind what is static, and a longer prefix wins anyway."""

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


_NAMED: Final = 3
"""How many menus that are incomplete for one reason are named."""


@attrs.frozen
class Exported:
    """The router of an export.

    Attributes:
        snapshot: its rows, without secrets.
        left_out: the lines that the embedded router doesn't know, and why.
        open: clients that give an interface an address that isn't known.
        besides: what else isn't in it.
        incomplete: menus of which something isn't known, and why.
        idle: interfaces of `--lease` that nobody gives an address.
        more: what else has no effect, in whole sentences.
    """

    snapshot: Snapshot
    left_out: tuple[str, ...] = ()
    open: tuple[Line, ...] = ()
    besides: tuple[Gap, ...] = ()
    incomplete: Mapping[str, str] = attrs.field(factory=dict)
    idle: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What isn't known, and how it would be."""
        gaps = [Gap(f"the address that {one.kind} gives {one.interface}", lease(one.interface)) for one in self.open]
        return [
            *(f"--lease {name}: no client gives it an address, so that has no effect" for name in self.idle),
            *self.more,
            *_incomplete(self.incomplete),
            *lines_of_gaps([*gaps, *self.besides]),
        ]


def _incomplete(menus: Mapping[str, str]) -> Iterator[str]:
    """The menus that are incomplete, those of one reason together: what a walk looks at, and how many others."""
    by_reason: dict[str, list[str]] = {}
    for path in sorted(menus, key=lambda path: (path not in MENUS, path not in MENUS6, path)):
        by_reason.setdefault(menus[path], []).append(path)
    for why, paths in by_reason.items():
        others = f" and {len(paths) - _NAMED} other menus" if len(paths) > _NAMED else ""
        names = ", ".join(paths[:_NAMED])
        yield f"{names}{others} {'are' if len(paths) > 1 else 'is'} incomplete: {why}"


def is_export(text: str, router: Router) -> bool:
    """Whether a text is what a router may have written: it has the header, or names a menu.

    Args:
        text: the file's.
        router: one that knows the menus.
    """
    named = set(re.findall(r"^\s*/([a-z0-9-]+)", text, re.MULTILINE))
    return version_of(text) is not None or not named.isdisjoint(path.split("/")[1] for path in router.menus)


def exported(file: Path, besides: Sequence[str] = (), supplied: Supplied | None = None) -> Exported:
    """All that a trace looks at, and other menus.

    Args:
        file: what the router wrote.
        besides: other menus.
        supplied: the facts that its owner gives besides.

    Raises:
        Unreadable: it can't be read, or isn't an export.
    """
    try:
        text = file.read_text("utf-8-sig", "surrogateescape")
        if old := re.search(r"^# .* by RouterOS ([3-6]\.\S+)", text, re.MULTILINE):
            raise Unreadable(f"{file}: RouterOS {old[1]} has no WireGuard; it came with 7")
        router = Router("none", version_of(text) or _NEWEST, leases={})
        left_out = tuple(str(error) for error in router.load(text, skip_unknown=True))
        if not is_export(text, router):
            raise Unreadable(f"{file}: no line begins with a menu of RouterOS: is it what `/export` wrote?")
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise Unreadable(f"{file}: {error.errors[0] if isinstance(error, LoadError) else error}") from None
    menus = [path for path in (*MENUS, *MENUS6, *besides) if path in router.menus]
    own = {path: [without_secrets(path, row) for row in _known(router, path)] for path in menus}
    for device in own[_DEVICES]:
        if "private-key" not in shown(router, _DEVICES, device["name"]):
            del device["public-key"]  # made by the embedded router, since the export has no private key
    name = next((row["name"] for row in router.rows("/system/identity") if row["name"] != _UNNAMED), file.stem)
    supplied = supplied or Supplied()
    lines = lines_of(router)
    lacking: list[Gap] = []
    rows, unasked, names = resolved(own, supplied.names)
    lacking += names
    rows, six = _made(router, rows, lines, supplied)
    for add in (back_to_home, hotspots, vrf_interfaces, *((learned,) if supplied.learned is None else ())):
        rows, gaps = add(router, rows)
        lacking += gaps
    leases = supplied.of(FOUR)
    mine = {line.interface for line in lines}
    idle = [name for name in leases if name not in mine] + [name for name in supplied.of(SIX) if name not in six.used]
    return Exported(
        Snapshot(rows, {**six.unread, **_unread(router)}, name),
        left_out,
        tuple(line for line in lines if line.interface not in leases),
        (*lacking, *six.lacking),
        {path: why for path, why in router.incomplete.items() if path},
        tuple(idle),
        tuple(unasked),
    )


def _known(router: Router, path: str) -> list[dict[str, str]]:
    """The rows of a menu; what was blacked out in them isn't known."""
    masked = blacked_out(router, path)
    rows = [{**row, **dict.fromkeys(masked.get(row.get(".id", ""), ()), UNKNOWN)} for row in router.rows(path)]
    return [_template(row) for row in rows] if path == _POLICIES else rows


def _template(row: dict[str, str]) -> dict[str, str]:
    """An IPsec policy; the factory's own, `set 0` in an export, has no peer and is a template (MT: ipsec, policies)."""
    return row if row.keys() & {"peer", "action", "tunnel", "sa-dst-address"} else {**row, "template": "true"}


def _unread(router: Router) -> dict[str, str]:
    """The menus of which something is missing, with those that it may have made rows in."""
    found: dict[str, str] = {}
    for path, why in router.incomplete.items():
        for each in (path, *_MAKES.get(path, ())):
            if each in (*MENUS, *MENUS6):
                found.setdefault(each, why)
    return found


def _made(router: Router, rows: Rows, lines: Sequence[Line], supplied: Supplied) -> tuple[Rows, Given]:
    """A router's rows with what its lines and IPv6's ways give, as far as that is known; and the latter's account."""
    six = given(router, rows.get(SIX.addresses, ()), supplied.of(SIX))
    leases = supplied.of(FOUR)
    addresses = [
        {"interface": line.interface, "address": leases[line.interface]} for line in lines if line.interface in leases
    ]
    routes = [
        (line.certain or line.interface in leases, {**route, **_next_to(line.interface, leases)})
        for line in lines
        for route in _defaults(line)
    ]
    made = {
        path: [*rows[path], *({".id": "", "dynamic": "true", **row} for row in some)]
        for path, some in ((_ADDRESSES, addresses), (_ROUTES, [route for certain, route in routes if certain]))
    }
    made[SIX.addresses] = list(six.addresses)
    made[SIX.routes] = [*rows.get(SIX.routes, ()), *six.routes]
    for prefix, gateway in supplied.learned or ():
        path = family_of(prefix).routes
        route = {".id": "", "dynamic": "true", "dst-address": prefix, "gateway": gateway, "distance": _LEARNED}
        made[path] = [*made[path], route]
    found: Rows = {**rows, **made}
    if lines or six.routes or six.used or supplied.learned:
        found = derived(found)
    silent = [line.interface for line in lines if line.interface not in leases]
    if silent or any(row.get("gateway") is UNKNOWN for row in found[_ROUTES]):
        found = derived({**found, _ROUTES: [_perhaps(row, silent) for row in found[_ROUTES]]})
    doubtful = [route for certain, route in routes if not certain]
    for line in lines:
        if not line.defaults and line.interface not in leases:
            doubtful += allowed(rows, line.interface)  # each of these may be the network that it has there
    return with_maybe(with_maybe(found, doubtful), six.maybe, SIX), six


def _next_to(interface: str, leases: Mapping[str, str]) -> dict[str, str]:
    """The address beside which a line's gateway is: that decides which source masquerade takes."""
    return {"beside": leases[interface].partition("/")[0]} if interface in leases else {}


def _perhaps(row: Row, lines: Sequence[str]) -> Row:
    """A route by an address that no network holds; one that isn't known, of a line, may. Or its gateway isn't known."""
    if row.get("gateway") is UNKNOWN:
        return {name: text for name, text in row.items() if name != "inactive"} | {"active": UNKNOWN}
    away = [hop.head for hop in gateways(row.get("gateway", "")) if is_address(hop.head)]
    if row.get("inactive") != "true" or row.get("immediate-gw") or not away or not lines:
        return row
    key = network_key(away[0], lines)
    return {name: text for name, text in row.items() if name != "inactive"} | {
        "active": UNKNOWN,
        "doubt": key,
        "hangs": key,
    }


def _defaults(line: Line) -> list[dict[str, str]]:
    return [
        {"dst-address": FOUR.everywhere, "gateway": line.interface, "distance": distance, "routing-table": table}
        for table, distance in line.defaults
    ]
