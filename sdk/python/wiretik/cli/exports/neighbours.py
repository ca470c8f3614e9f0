"""By which interfaces a routing protocol's routes lead: those on which it has neighbours.

OSPF's, RIP's and IS-IS's gateways are on the link of the interface where they run; an eBGP peer that is one hop away
names a gateway in the network that it shares with the router (docs/facts/packet-path.md#learned-routes).

Rule: where it may be another interface, none is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from wiretik.cli.exports.lines import lines_of
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator import Router
from wiretik_provider.trace import Snapshot
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.router.derive import Rows

__all__ = ["neighbours"]

_BGP: Final = "/routing/bgp/connection"
_RIP: Final = "/routing/rip/interface-template"
_TEMPLATES: Final = "/routing/bgp/template"
_STEERING: Final = ("input.filter", "in-filter-chain", "input.filter-chain")
"""A filter may set another gateway."""


def neighbours(router: Router, rows: Rows, path: str, speaking: Sequence[Mapping[str, str]]) -> list[str]:
    """The interfaces by which what a protocol learned may lead; none where that isn't known.

    Args:
        router: the router.
        rows: its rows, with its lines' addresses as far as they are known.
        path: the menu of the protocol's interfaces or connections.
        speaking: the rows of it that take part.
    """
    snapshot = Snapshot(rows)
    lines = {line.interface for line in lines_of(router)}
    found: list[str] = []
    for row in speaking:
        some = list(_of_bgp(router, snapshot, row) if path == _BGP else _of_template(snapshot, row, path, lines))
        if not some:
            return []
        found += some
    return list(dict.fromkeys(found))


def _of_bgp(router: Router, snapshot: Snapshot, row: Mapping[str, str]) -> Iterator[str]:
    templates = router.rows(_TEMPLATES) if _TEMPLATES in router.menus else []
    named = row.get("templates", "").split(",")
    whole = {name: text for one in templates if one.get("name") in named for name, text in one.items()} | dict(row)
    if whole.get("local.role") != "ebgp" or whole.get("multihop", "no") not in ("no", "false"):
        return
    if any(whole.get(name) for name in _STEERING):
        return
    text = whole.get("remote.address", "")
    snapshot = snapshot.of(family_of(text))
    span = snapshot.family.span(text)
    for own in snapshot.own:
        low, high = own.network, own.network | snapshot.family.every >> own.length
        if span and own.known and low <= span[0] and span[1] <= high:
            yield own.interface


def _of_template(snapshot: Snapshot, row: Row, path: str, lines: Collection[str]) -> Iterator[str]:
    lists = {one.get("name", "") for one in snapshot["/interface/list"]}
    networks = [text for text in row.get("networks", "").split(",") if text]
    named = [name for name in row.get("interfaces", "").split(",") if name]
    if any(row.get(name) for name in _STEERING) or row.get("type") == "virtual-link" or not (named or networks):
        return
    spans = [span for text in networks if (span := snapshot.family.span(text))]
    for name, interface in snapshot.interfaces.items():
        kind = interface.get("type")
        alone = kind == "loopback" or (kind == "bridge" and name not in snapshot.bridges.values())
        chosen = not named or any(
            name == one or (one in lists and snapshot.in_list(name, one) is not False) for one in named
        )
        mine = [own.address for own in snapshot.own if own.interface == name]
        # RIP speaks from an address of the interface (RFC 2453 4); one that a line gives isn't in every export.
        silent = not mine and path == _RIP and name not in lines
        inside = not networks or any(low <= address <= high for address in mine for low, high in spans)
        if chosen and inside and not (alone or silent) and snapshot.runs(name):
            yield name
