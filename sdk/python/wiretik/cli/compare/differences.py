"""Where two routers with the same rows print otherwise: forms, defaults, computed values; and two exports, their order.

Pure. Rows that somebody made are compared in pairs, of what a router makes only the connected routes. Counters and the
like aren't compared. Nothing of a router's owner is told (`shapes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik.cli.compare.reading import Packet, Seen
from wiretik.cli.compare.rebuilding import Rebuilt, own_rows
from wiretik.cli.compare.shapes import masked, shape, shaped
from wiretik.cli.compare.statements import order, statements
from wiretik_provider.masks import is_secret
from wiretik_provider.menus import MENUS
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator.spec import VersionedMenu
from wiretik_provider.trace import Disposition, Snapshot, entrance, packet, trace

__all__ = ["Difference", "between", "in_exports", "of_ways", "packets"]

_ROUTES: Final = "/ip/route"
_COMPUTED: Final = frozenset(
    {"active", "inactive", "connect", "static", "disabled", "dynamic", "invalid", "immediate-gw", "ecmp", "fib"}
    | {"actual-interface", "slave", "network", "default", "local-address", "builtin", "hw-offloaded", "blackhole"}
)
# What changes by itself, or is the machine's own, as far as no descriptor says it.
_RESTLESS: Final = re.compile(
    r"bytes?$|packets?$|errors?$|drops?$|time|uptime|count|^last-|rate|^[rt]x-|mac|handshake|^free|^total|cpu|load|sector"
    r"|temperature|^build|factory|^current|^creation|age$|since|next-run|signal|mtu|status|link-downs|architecture"
    r"|platform|board|version|cache-used|expires|primary|secondary|dhcp-server|dynamic-servers|public|date|gmt-offset"
    r"|connections|entries|orig-|running|bad-blocks|^dst$|state|^\.|caps-mode|hw$|type$|software|serial|ip.-forward"
)
_MOST: Final = 8


@attrs.frozen(order=True)
class Difference:
    """One kind of difference of one property; what two rows share is told once.

    Attributes:
        kind: which kind.
        menu: the menu.
        name: the property; empty for one of rows or of the menu.
        there: what the real router prints, as it may be told.
        here: what the embedded one prints.
    """

    kind: str
    menu: str
    name: str = ""
    there: str = ""
    here: str = ""


def between(seen: Seen, rebuilt: Rebuilt) -> list[Difference]:
    """All differences of rows, each once."""
    return sorted(set(_all(seen, rebuilt)))


def _all(seen: Seen, rebuilt: Rebuilt) -> Iterator[Difference]:
    router = rebuilt.router
    for path in seen.lacking & router.menus.keys():
        if router.menus[path].args:
            yield Difference("menu", path, "", "hasn't got it", "has it")
    for path, theirs in seen.rows.items():
        menu = router.menus.get(path)
        if menu is None:
            if theirs:
                yield Difference("menu", path, "", "has it", "hasn't got it")
            continue
        known = {*menu.args, *(name for row in theirs for name in row)}
        for why in rebuilt.refused.get(path, {}).values():
            yield Difference("refused", path, "", "has such a row", shaped(why, known))
        ours = router.rows(path)
        if path == _ROUTES:
            yield from _connected(menu, theirs, ours)
        kept = [row for at, row in enumerate(own_rows(theirs)) if at not in rebuilt.refused.get(path, {})]
        mine = own_rows(ours)
        if len(kept) != len(mine) and not menu.menu.plain and menu.menu.addable:
            yield Difference("rows", path, "", f"{len(kept)} rows", f"{len(mine)} rows")
        for row, other in _pairs(kept, mine):
            yield from _of_row(path, menu, row, other)


def _connected(menu: VersionedMenu, theirs: Sequence[Row], ours: Sequence[Row]) -> Iterator[Difference]:
    """Routes that addresses bring."""
    there, here = (
        {(row.get("dst-address", ""), row.get("gateway", "")): row for row in rows if row.get("connect") == "true"}
        for rows in (theirs, ours)
    )
    for dst, gateway in there.keys() ^ here.keys():
        answers = ("has it", "hasn't") if (dst, gateway) in there else ("hasn't", "has it")
        yield Difference("computed", _ROUTES, f"connected route {shape(dst)} by {shape(gateway)}", *answers)
    for key in there.keys() & here.keys():
        yield from _of_row(_ROUTES, menu, there[key], here[key])


def _pairs(theirs: Sequence[Row], ours: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The rows that belong together: by their names where they have any, else as they follow each other."""
    named = {row["name"]: row for row in ours if "name" in row}
    if named and all("name" in row for row in theirs):
        yield from ((row, named[row["name"]]) for row in theirs if row["name"] in named)
        return
    if len(theirs) == len(ours):
        yield from zip(theirs, ours, strict=True)


def _of_row(path: str, menu: VersionedMenu, theirs: Row, ours: Row) -> Iterator[Difference]:
    compared = [name for name in theirs if _counts(path, menu, name)]
    for name in compared:
        text = theirs[name]
        if name not in ours:
            computed = name in _COMPUTED and name not in menu.args
            kind = "computed" if computed else "printed" if name in menu.args else "unknown property"
            yield Difference(
                kind, path, name, masked(name, text) if kind != "unknown property" else "prints it", "nothing"
            )
        elif text != ours[name]:
            kind = "computed" if name not in menu.args else "printed"
            here, there = masked(name, ours[name]), masked(name, text)
            yield Difference(kind, path, name, there, here if here != there else "another one of that form")
    for name in ours:
        if name not in theirs and _counts(path, menu, name):
            kind = "computed" if name not in menu.args else "default"
            yield Difference(kind, path, name, "nothing", masked(name, ours[name]))


def _counts(path: str, menu: VersionedMenu, name: str) -> bool:
    """Whether a property is compared."""
    if is_secret(name) or name in menu.secrets or name in menu.hidden or name[:1] == ".":
        return False
    if path == "/system/clock" and name in ("date", "time"):
        return False
    if name in menu.args or name in _COMPUTED:
        return True
    field = MENUS[path].by_name.get(name) if path in MENUS else None
    return not (field.volatile or field.read_only) if field else not _RESTLESS.search(name)


# --- ways ------------------------------------------------------------------------------------------------------------


def packets(snapshot: Snapshot) -> list[Packet]:
    """The packets that matter to tunnels: from each network to the internet, to what peers allow, to endpoints."""
    family = snapshot.family
    near = [own for own in snapshot.own if own.length < family.bits - 1 and own.interface not in snapshot.tunnels]
    sources = [host for own in near[:_MOST] if (host := own.network + 1 + (own.network + 1 == own.address))]
    wanted = {family.number("1.1.1.1"): None}
    for row in snapshot.enabled("/interface/wireguard/peers"):
        for text in (*row.get("allowed-address", "").split(","), row.get("endpoint-address", "")):
            span = family.span(text) if "." in text else None
            if span and span != family.anywhere:
                wanted[span[0] + (span[0] != span[1])] = None
    return [
        Packet(family.text(src), family.text(dst)) for src in sources for dst in list(wanted)[: _MOST * 2] if src != dst
    ]


def of_ways(snapshot: Snapshot, asked: Sequence[Packet]) -> list[Difference]:
    """Where the router's own `/ip/route/check` says another way than the tracer does of its rows without a firewall."""
    bare = snapshot.having({path: [] for path in snapshot.family.firewall})
    found = set()
    for one in asked:
        src = snapshot.family.number(one.src)
        way = trace(bare, packet(one.src, one.dst, enters=entrance(bare, src) or ""))
        if way.disposition is Disposition.UNKNOWN:
            continue
        what = f"{shape(one.src)} to {shape(one.dst)}"
        there = f"by {_kind(snapshot, one.interface)}" if one.status == "ok" else masked("status", one.status)
        out = bool(way.leaves) and way.disposition is not Disposition.DELIVERED
        here = f"by {_kind(snapshot, way.leaves)}" if out else way.disposition.value
        if (one.status == "ok") != (way.disposition.arrives or out) or (out and one.interface != way.leaves):
            found.add(Difference("way", f"{_ROUTES}/check", what, there, here))
    return sorted(found)


def _kind(snapshot: Snapshot, name: str) -> str:
    """An interface by its type, since its name is its owner's."""
    row: Mapping[str, str] = snapshot.interfaces.get(name, {})
    places = [other for other, one in snapshot.interfaces.items() if one.get("type") == row.get("type")]
    number = places.index(name) + 1 if name in places else 0
    return f"{masked('type', row.get('type', 'none'))} {number}"


# --- exports ---------------------------------------------------------------------------------------------------------


def in_exports(theirs: str, ours: str) -> list[Difference]:
    """Where two exports of the same rows differ: the order of menus, and statements."""
    found: list[Difference] = []
    wanted = order(theirs)
    got = [menu for menu in order(ours) if menu in wanted]
    both = [menu for menu in wanted if menu in got]
    for menu, other in zip(both, got, strict=True):
        if menu != other:
            found.append(Difference("order of menus", f"/{menu}", "", f"before /{other}", f"behind /{other}"))
            break
    texts = [dict.fromkeys(statements(text)) for text in (theirs, ours)]
    for mine, others, there in ((texts[0], texts[1], True), (texts[1], texts[0], False)):
        for menu, line in mine:
            if (menu, line) not in others:
                told_ = _statement(line)
                found.append(Difference("exported", f"/{menu}", "", *((told_, "") if there else ("", told_))))
    return sorted(set(found))


_WORD: Final = re.compile(r'(!?[a-z0-9.-]+)=("(?:[^"\\]|\\.)*"|\S*)')


def _statement(line: str) -> str:
    """A statement as it may be told."""
    verb, _, rest = line.partition(" ")
    words = [f"{found[1]}={masked(found[1], found[2].strip(chr(34)))}" for found in _WORD.finditer(rest)]
    return " ".join([verb if verb in ("add", "set") else shaped(verb), *words])
