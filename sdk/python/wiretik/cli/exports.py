"""The router of an `/export` file, as the embedded router loads it.

Rule: what isn't in an export isn't made up. An address that DHCP gave isn't known, unless it is told; only the default
route of a client that adds one is taken to be there, by its interface, since its row says so. Routes that a protocol
made, handshakes and counters aren't there; of IPv6 neither are a pool's prefixes, nor the addresses that interfaces
give themselves, nor a default route that was learned. What takes something that isn't known is unknown to the tracer,
and so no finding of the doctor.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, TypeAlias

import attrs
import typer

from wiretik.cli.snapshots import Unreadable
from wiretik.cli.tables import without_secrets
from wiretik_provider.errors import ConfigError
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import LoadError, version_of
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

Leases: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--lease",
        metavar="INTERFACE=ADDRESS/MASK",
        help="With --export: the address that DHCP gives an interface, which no export has; may be repeated.",
    ),
]


@attrs.frozen
class Exported:
    """The router of an export.

    Attributes:
        snapshot: its rows, without secrets.
        left_out: the lines that the embedded router doesn't know, and why.
        open: interfaces whose address DHCP gives, so that it isn't known.
        open6: what others give of IPv6, each in a sentence.
    """

    snapshot: Snapshot
    left_out: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    open6: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What isn't known, and how it would be."""
        told = "isn't in it, so nothing is known of what takes that"
        return [
            *(f"what DHCP gives {name} {told}: --lease {name}=ADDRESS/MASK" for name in self.open),
            *(f"{what} {told}" for what in self.open6),
        ]


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
        text = file.read_text("utf-8", "surrogateescape")
        router = Router("none", version_of(text) or _NEWEST, leases={})
        left_out = tuple(str(error) for error in router.load(text, skip_unknown=True))
    except OSError as error:
        raise Unreadable(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise Unreadable(f"{file}: {error.errors[0] if isinstance(error, LoadError) else error}") from None
    menus = [path for path in (*MENUS, *MENUS6, *besides) if path in router.menus]
    rows = {path: [without_secrets(path, row) for row in router.rows(path)] for path in menus}
    keyed = _with_keys(text)
    for device in rows[_DEVICES]:
        if device["name"] not in keyed:
            del device["public-key"]  # made by the embedded router, since the export has no private key
    clients = [row for row in router.rows(_CLIENTS) if row.get("disabled") != "true"]
    name = next((row["name"] for row in router.rows("/system/identity") if row["name"] != _UNNAMED), file.stem)
    known = leases or {}
    found, unread, open6 = _of_ipv6(router, _leased(rows, clients, known))
    return Exported(
        Snapshot(found, unread, name),
        left_out,
        tuple(row["interface"] for row in clients if row["interface"] not in known),
        open6,
    )


def _leased(rows: Rows, clients: Sequence[Mapping[str, str]], leases: Mapping[str, str]) -> Rows:
    """A router's rows with what DHCP gives, as far as that is known."""
    if not clients:
        return rows
    addresses = [
        {"interface": row["interface"], "address": leases[row["interface"]]}
        for row in clients
        if row["interface"] in leases
    ]
    defaults = [
        {"dst-address": "0.0.0.0/0", "gateway": row["interface"], "distance": row.get("default-route-distance", "1")}
        for row in clients
        if row.get("add-default-route", "yes") != "no"
    ]
    made = {
        path: [*rows[path], *({".id": "", "dynamic": "true", **row} for row in some)]
        for path, some in ((_ADDRESSES, addresses), (_ROUTES, defaults))
    }
    return derived({**rows, **made})


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


_SECTION: Final = re.compile(r"^/interface[ /]wireguard\n((?:(?!/).*\n?)*)", re.MULTILINE)
_NAME: Final = re.compile(r'\bname="?([^"\s]+)')


def _with_keys(text: str) -> set[str]:
    """The interfaces whose private key an export has (`show-sensitive`)."""
    whole = re.sub(r"\\\r?\n\s*", "", text)
    lines = [line for section in _SECTION.findall(whole) for line in section.splitlines()]
    return {found[1] for line in lines if "private-key=" in line and (found := _NAME.search(line))}
