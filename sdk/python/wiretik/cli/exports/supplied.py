"""Facts that no export has and its owner supplies: `--lease`, `--resolve` and `--learned`.

Rule: each one has an effect, or a note says that it has none.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final, TypeAlias

import attrs
import typer

from wiretik.cli.exports.gaps import Gap
from wiretik_provider.codecs.spans import addresses, is_address, is_prefix
from wiretik_provider.errors import ConfigError
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import FOUR, SIX, Family, family_of
from wiretik_provider.trace.router.derive import Rows

__all__ = ["Learned", "Leases", "Resolved", "Supplied", "resolved", "supplied_by"]

_PEERS: Final = "/interface/wireguard/peers"
_SHOWN: Final = 3
_NAME: Final = re.compile(r"[\w.-]+")

Leases: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--lease",
        metavar="LEASE",
        help="INTERFACE=ADDRESS/MASK, with --export: what DHCP, PPPoE, LTE or a pool gives an interface; repeatable.",
    ),
]
Resolved: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--resolve",
        metavar="NAME=ADDRESS",
        help="With --export: what a name in an address list or an endpoint resolves to; repeatable.",
    ),
]
Learned: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--learned",
        metavar="PREFIX=GATEWAY",
        help="With --export: a route that OSPF, BGP … learned, or `none`; repeatable, and then all of them.",
    ),
]
_NONE: Final = "none"


@attrs.frozen
class Supplied:
    """The facts that the options give besides an export.

    Attributes:
        leases: addresses that interfaces get, each with its interface.
        names: what names resolve to.
        learned: all routes that protocols learned, each with its gateway; None where the options don't say.
    """

    leases: tuple[tuple[str, str], ...] = ()
    names: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    learned: tuple[tuple[str, str], ...] | None = None

    def of(self, family: Family) -> dict[str, str]:
        """The leases of one family by interface."""
        return {interface: address for interface, address in self.leases if family_of(address) is family}


def supplied_by(
    lease: Sequence[str] | None, resolve: Sequence[str] | None, learned: Sequence[str] | None, *, on_export: bool
) -> Supplied:
    """The facts that `--lease`, `--resolve` and `--learned` give.

    Raises:
        ConfigError: one isn't what it should be, or there is no export.
    """
    leases = []
    for text in lease or ():
        interface, _, address = text.rpartition("=")
        if not interface or "/" not in address or addresses(address) is None or "-" in address:
            raise ConfigError(f"--lease {text}: say it as ether1=203.0.113.2/24")
        leases.append((interface, address))
    names: dict[str, tuple[str, ...]] = {}
    for text in resolve or ():
        name, _, address = text.rpartition("=")
        if not name or not is_address(address):
            raise ConfigError(f"--resolve {text}: say it as vpn.example.com=198.51.100.7")
        names[name] = (*names.get(name, ()), address)
    routes: list[tuple[str, str]] = []
    for text in learned or ():
        prefix, _, gateway = text.partition("=")
        if text != _NONE and not (gateway and (is_prefix(prefix) or is_address(prefix))):
            raise ConfigError(f"--learned {text}: say it as 10.9.0.0/16=ether2 or 10.9.0.0/16=192.0.2.1, or none")
        routes += [] if text == _NONE else [(prefix, gateway)]
    for option, some in (("--lease", leases), ("--resolve", names), ("--learned", learned)):
        if some and not on_export:
            raise ConfigError(f"{option}: only with --export, a router knows that itself")
    return Supplied(tuple(leases), names, None if learned is None else tuple(routes))


def resolved(rows: Rows, names: Mapping[str, Sequence[str]]) -> tuple[Rows, list[str], list[Gap]]:
    """Rows with what names resolve to; the names that nobody asks for, in sentences, and those that aren't known.

    An entry with a name holds what it resolves to, of its menu's family; a peer's endpoint is the first address.
    """
    found = dict(rows)
    asked: set[str] = set()
    for family in (FOUR, SIX):
        if family.lists in rows:
            found[family.lists] = list(_entries(rows[family.lists], family, names, asked))
    found[_PEERS] = [_called(row, names, asked) for row in rows.get(_PEERS, ())]
    lacking = sorted(asked - names.keys())
    idle = [f"--resolve {name}: no list and no endpoint has that name, so that has no effect" for name in names]
    gaps = [Gap("the name's address", f"--resolve {shlex.quote(f'{name}=ADDRESS')}") for name in lacking[:_SHOWN]]
    if len(lacking) > _SHOWN:
        gaps.append(Gap(f"{len(lacking) - _SHOWN} other names' addresses", "--resolve NAME=ADDRESS"))
    return found, [without for name, without in zip(names, idle, strict=True) if name not in asked], gaps


def _is_name(text: str) -> bool:
    return any(each.isalpha() for each in text) and _NAME.fullmatch(text) is not None


def _entries(rows: Sequence[Row], family: Family, names: Mapping[str, Sequence[str]], asked: set[str]) -> Iterator[Row]:
    for row in rows:
        name = row.get("address", "")
        if not _is_name(name) or row.get("disabled") in ("true", "yes"):
            yield row
            continue
        asked.add(name)
        if name not in names:
            yield row
        for address in names.get(name, ()):
            if family_of(address) is family:
                yield {**row, "address": address}


def _called(row: Row, names: Mapping[str, Sequence[str]], asked: set[str]) -> Row:
    name = row.get("endpoint-address", "")
    if not _is_name(name) or row.get("disabled") in ("true", "yes"):
        return row
    asked.add(name)
    if name not in names:
        return row
    # A router shows so what it has resolved (docs/facts/wireguard.md).
    return {**row, "current-endpoint-address": names[name][0], "current-endpoint-port": row.get("endpoint-port", "0")}
