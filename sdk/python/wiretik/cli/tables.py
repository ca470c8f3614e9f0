"""What `wiretik show` shows: a router's rows as the tables that RouterOS's own print commands make of them.

Pure, from rows as the router printed them to cells as text. Every table says whose each row is: the resource of this
stack, another stack, the router itself, or nobody that Wiretik knows. Tags are read and not shown; secrets are not
among the rows in the first place, and are left out here once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.codecs.spans import gateways
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus import MENUS
from wiretik_provider.printable import printable
from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import DOES, asks

__all__ = [
    "TABLES",
    "Cells",
    "Owner",
    "Owners",
    "Snapshot",
    "Table",
    "as_json",
    "harmless",
    "is_fresh",
    "lists_of_interest",
    "table",
    "without_secrets",
]

Row = Mapping[str, str]

_FEW: Final = 8
"""Entries of an address list that are shown."""
_FRESH: Final = 180_000
"""Milliseconds: a session's keys are no longer used after three minutes, so an older handshake is a tunnel at rest."""


@attrs.frozen
class Owner:
    """Whose a row is.

    Attributes:
        kind: `ours`, `other` (another stack's), `router` (dynamic), or empty: nobody that Wiretik knows.
        text: as the table says it.
    """

    kind: str = ""
    text: str = ""


@attrs.frozen
class Owners:
    """How owners are told: by tags, and by what the state knows.

    Attributes:
        stack: this stack's four digits.
        names: logical names by the tags' twelve digits, from the state; empty where the state isn't here.
    """

    stack: str
    names: Mapping[str, str] = attrs.field(factory=dict)

    def of(self, row: Row) -> Owner:
        """Whose this row is."""
        tag = ownership.tag_of(row)
        if tag is None:
            return Owner("router", "(router)") if row.get("dynamic") == "true" else Owner()
        if tag.stack != self.stack:
            return Owner("other", f"stack {tag.stack}")
        name = self.names.get(tag.owner, "this stack, not in state" if self.names else "this stack")
        return Owner("ours", f"{name} (adopted)" if tag.adopted else name)


@attrs.frozen
class Snapshot:
    """What was read of a router.

    Attributes:
        rows: by menu.
        unread: what the router said of menus that it didn't let us read.
    """

    rows: Mapping[str, Sequence[Row]]
    unread: Mapping[str, str] = attrs.field(factory=dict)

    def __getitem__(self, path: str) -> Sequence[Row]:
        return self.rows.get(path, ())

    def printable(self) -> Snapshot:
        """The same with every text as it can be shown, each on one line."""
        shown = {path: [_printable(row) for row in found] for path, found in self.rows.items()}
        return Snapshot(shown, _printable(self.unread))

    @property
    def tunnels(self) -> tuple[str, ...]:
        """Names of the WireGuard interfaces."""
        return tuple(row["name"] for row in self["/interface/wireguard"] if "name" in row)


def _printable(row: Row) -> Row:
    return {name: printable(text) for name, text in row.items()}


@attrs.frozen
class Cells:
    """One line of a table.

    Attributes:
        owner: whose row it is.
        cells: one for each column.
        style: of the whole line: empty, `dim` for what is disabled, `gap` for rows left out.
        row: as the router printed it; empty for a gap.
    """

    owner: Owner
    cells: tuple[str, ...]
    style: str = ""
    row: Row = attrs.field(factory=dict, eq=False)


@attrs.frozen
class Table:
    """One table.

    Attributes:
        title: in words.
        command: RouterOS's own command for it.
        columns: the headings; those that end with `>` are numbers, to the right.
        rows: the lines.
        note: said besides; where there are no rows, `none` unless it says more.
    """

    title: str
    command: str
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]
    note: str = ""

    @property
    def remark(self) -> str:
        """What stands under the title."""
        return self.note if self.note or self.rows else "none"


def without_secrets(path: str, row: Row) -> dict[str, str]:
    """A row without what its menu calls secret."""
    known = MENUS[path].by_name if path in MENUS else {}
    return {name: text for name, text in row.items() if name not in known or not known[name].secret}


def harmless(path: str) -> tuple[str, ...]:
    """A `.proplist` that leaves secrets on the router, for the menus that have any."""
    fields = MENUS[path].fields if path in MENUS else ()
    if not any(field.secret for field in fields):
        return ()
    return (f"=.proplist=.id,{','.join(field.name for field in fields if not field.secret)}",)


def lists_of_interest(snapshot: Snapshot, owners: Owners) -> list[str]:
    """The address lists that mangle rules, or this stack's own rules, refer to."""
    found: dict[str, None] = {}
    for path in ("/ip/firewall/mangle", "/ip/firewall/nat", "/ip/firewall/filter"):
        for row in snapshot[path]:
            if path.endswith("mangle") or owners.of(row).kind == "ours":
                for name in ("src-address-list", "dst-address-list"):
                    if text := row.get(name, "").removeprefix("!"):
                        found[text] = None
    return list(found)


def table(key: str, snapshot: Snapshot, owners: Owners) -> Table:
    """One of `TABLES`."""
    made, path = TABLES[key]
    found = made(snapshot, owners)
    if path in snapshot.unread:
        return attrs.evolve(found, note=f"not readable: {snapshot.unread[path]}")
    return found


# --- the tables ------------------------------------------------------------------------------------------------------


def _interfaces(snapshot: Snapshot, owners: Owners) -> Table:
    def cells(row: Row) -> tuple[str, ...]:
        addresses = [
            text["address"]
            for text in snapshot["/ip/address"]
            if text.get("interface") == row.get("name") and "address" in text
        ]
        flags = _flags(row, X="disabled", R="running")
        return (flags, row.get("name", ""), row.get("listen-port", ""), " ".join(addresses), row.get("public-key", ""))

    return Table(
        "WireGuard interfaces",
        "/interface/wireguard/print",
        ("", "name", "listen-port>", "address", "public-key"),
        _lines(snapshot["/interface/wireguard"], cells, owners),
    )


def _peers(snapshot: Snapshot, owners: Owners) -> Table:
    def cells(row: Row) -> tuple[str, ...]:
        return (
            _flags(row, X="disabled", D="dynamic"),
            row.get("interface", ""),
            _peer_name(row),
            _endpoint(row),
            row.get("allowed-address", "").replace(",", "\n"),
            row.get("last-handshake") or "never",
            _size(row.get("rx", "")),
            _size(row.get("tx", "")),
        )

    return Table(
        "WireGuard peers",
        "/interface/wireguard/peers/print",
        ("", "interface", "peer", "endpoint", "allowed-address", "handshake", "rx>", "tx>"),
        _lines(snapshot["/interface/wireguard/peers"], cells, owners),
    )


def _routes(snapshot: Snapshot, owners: Owners) -> Table:
    tunnels = snapshot.tunnels
    through = [row for row in snapshot["/ip/route"] if _through(row) & set(tunnels)]
    tables = {row.get("routing-table", "main") for row in through} - {"main"}
    shown = [
        row
        for row in snapshot["/ip/route"]
        if row in through or row.get("routing-table") in tables or owners.of(row).kind == "ours"
    ]

    def cells(row: Row) -> tuple[str, ...]:
        gateway = "blackhole" if "blackhole" in row else row.get("gateway", "")
        return (
            _route_flags(row),
            row.get("dst-address", ""),
            gateway,
            row.get("immediate-gw", ""),
            row.get("routing-table", "main"),
            row.get("distance", ""),
        )

    where = "|".join(tunnels) or "wireguard"
    return Table(
        "Routes through WireGuard, and those of their tables",
        f'/ip/route/print where immediate-gw~"{where}"',
        ("", "dst-address", "gateway", "immediate-gw", "routing-table", "distance>"),
        _lines(shown, cells, owners),
        "" if shown else "none: RouterOS makes no routes of allowed-address, they are rows of their own",
    )


def _mangle(snapshot: Snapshot, owners: Owners) -> Table:
    rows = snapshot["/ip/firewall/mangle"]
    return _rules("Mangle rules, with counters", "/ip/firewall/mangle/print stats", rows, owners, around=False)


def _filter(snapshot: Snapshot, owners: Owners) -> Table:
    rows = snapshot["/ip/firewall/filter"]
    return _rules("Filter rules around this stack's", "/ip/firewall/filter/print stats", rows, owners, around=True)


def _nat(snapshot: Snapshot, owners: Owners) -> Table:
    rows = snapshot["/ip/firewall/nat"]
    return _rules("NAT rules", "/ip/firewall/nat/print stats", rows, owners, around=False)


def _routing_tables(snapshot: Snapshot, owners: Owners) -> Table:
    def cells(row: Row) -> tuple[str, ...]:
        flags = _flags(row, X="disabled", D="dynamic", I="invalid")
        return (flags, row.get("name", ""), "yes" if "fib" in row else "no: its routes do nothing")

    return Table(
        "Routing tables",
        "/routing/table/print",
        ("", "name", "fib"),
        _lines(snapshot["/routing/table"], cells, owners),
    )


def _routing_rules(snapshot: Snapshot, owners: Owners) -> Table:
    matchers = ("routing-mark", "src-address", "dst-address", "interface", "min-prefix")

    def cells(row: Row) -> tuple[str, ...]:
        told = " ".join(f"{name}={row[name]}" for name in matchers if row.get(name))
        flags = _flags(row, X="disabled", I="inactive")
        return (flags, row.get("action", ""), row.get("table", ""), told or "(everything)")

    rows = [row for row in snapshot["/routing/rule"] if row.get("default") != "true"]
    return Table(
        "Routing rules, in order",
        "/routing/rule/print",
        ("", "action", "table", "matches"),
        _lines(rows, cells, owners),
    )


def _lists(snapshot: Snapshot, owners: Owners) -> Table:
    names = lists_of_interest(snapshot, owners)
    lines: list[Cells] = []
    for name in names:
        entries = [row for row in snapshot["/ip/firewall/address-list"] if row.get("list") == name]
        lines += [
            Cells(
                owners.of(row),
                (_flags(row, X="disabled", D="dynamic"), name, row.get("address", ""), _text(row)),
                "",
                row,
            )
            for row in entries[:_FEW]
        ]
        if len(entries) > _FEW:
            lines.append(Cells(Owner(), ("", name, f"… and {len(entries) - _FEW} more", ""), "gap"))
        if not entries:
            lines.append(Cells(Owner(), ("", name, "(empty: a rule asks for it)", ""), "gap"))
    where = " or ".join(f"list={name}" for name in names)
    command = f"/ip/firewall/address-list/print{f' where {where}' if where else ''}"
    columns = ("", "list", "address", "comment")
    return Table("Address lists that rules ask for", command, columns, tuple(lines))


Maker = Callable[[Snapshot, Owners], Table]

TABLES: Final[Mapping[str, tuple[Maker, str]]] = {
    "interfaces": (_interfaces, "/interface/wireguard"),
    "peers": (_peers, "/interface/wireguard/peers"),
    "routes": (_routes, "/ip/route"),
    "mangle": (_mangle, "/ip/firewall/mangle"),
    "tables": (_routing_tables, "/routing/table"),
    "rules": (_routing_rules, "/routing/rule"),
    "lists": (_lists, "/ip/firewall/address-list"),
    "filter": (_filter, "/ip/firewall/filter"),
    "nat": (_nat, "/ip/firewall/nat"),
}
"""How each table is made and which menu it stands on, by its name on the command line, in the order of showing."""


# --- their parts -----------------------------------------------------------------------------------------------------


def _lines(rows: Iterable[Row], cells: Callable[[Row], tuple[str, ...]], owners: Owners) -> tuple[Cells, ...]:
    return tuple(Cells(owners.of(row), cells(row), _style(row), row) for row in rows)


def _rules(title: str, command: str, rows: Sequence[Row], owners: Owners, *, around: bool) -> Table:
    """Rules with their number in the menu, as `print` counts them; around ours only, or all of them."""
    ours = {at for at, row in enumerate(rows) if owners.of(row).kind == "ours"}
    shown = [at for at in range(len(rows)) if not around or _near(rows, at, ours)]
    lines: list[Cells] = []
    last = -1
    for at in shown:
        if around and at > last + 1:
            lines.append(_left_out(at - last - 1))
        lines.append(_rule(at, rows[at], owners))
        last = at
    if around and shown and last < len(rows) - 1:
        lines.append(_left_out(len(rows) - 1 - last))
    columns = ("", "#>", "chain", "rule", "packets>", "bytes>")
    note = f"none of this stack among {len(rows)}" if around and rows and not lines else ""
    return Table(title, command, columns, tuple(lines), note)


def _near(rows: Sequence[Row], at: int, ours: set[int]) -> bool:
    """Whether a rule is one of ours, or the next of its chain above or below one."""
    if at in ours:
        return True
    chain = [other for other, row in enumerate(rows) if row.get("chain") == rows[at].get("chain")]
    here = chain.index(at)
    return bool(ours & set(chain[max(0, here - 1) : here + 2]))


def _left_out(count: int) -> Cells:
    return Cells(Owner(), ("", "", "", f"… {count} more rule{'s' if count > 1 else ''} of others", "", ""), "gap")


def _rule(at: int, row: Row, owners: Owners) -> Cells:
    does = [text for name, text in row.items() if name in DOES and name != "passthrough"]
    asked = [f"{name}={text}" for name, text in asks(row)]
    comment = _text(row)
    rule = " ".join((row.get("action", "accept"), *does, *asked))
    return Cells(
        owners.of(row),
        (
            _flags(row, X="disabled", I="invalid", D="dynamic"),
            str(at),
            row.get("chain", ""),
            f"{rule} ;;; {comment}" if comment else rule,
            _count(row.get("packets", "")),
            _size(row.get("bytes", "")),
        ),
        _style(row),
        row,
    )


def _text(row: Row) -> str:
    """The comment as its author wrote it."""
    return ownership.text_of(row)


def _style(row: Row) -> str:
    return "dim" if row.get("disabled") == "true" else ""


def _flags(row: Row, **letters: str) -> str:
    return "".join(letter for letter, name in letters.items() if row.get(name) == "true")


_ROUTE_KINDS: Final = {
    "connect": "c",
    "static": "s",
    "rip": "r",
    "bgp": "b",
    "ospf": "o",
    "is-is": "i",
    "dhcp": "d",
    "vpn": "v",
    "modem": "m",
}


def _route_flags(row: Row) -> str:
    """As the console prints them: D X I A, then where the route is from (docs/facts/menus.md#iproute)."""
    kind = "".join(letter for name, letter in _ROUTE_KINDS.items() if row.get(name) == "true")
    return _flags(row, D="dynamic", X="disabled", I="inactive", A="active") + kind


def _through(row: Row) -> set[str]:
    """The interfaces that a route leaves by."""
    return {hop.leaves for hop in gateways(f"{row.get('immediate-gw', '')},{row.get('gateway', '')}")}


def _peer_name(row: Row) -> str:
    return _text(row) or row.get("name", "") or f"{row.get('public-key', '')[:8]}…"


def _endpoint(row: Row) -> str:
    """Where the peer is now; else where it was told to be."""
    for address, port in (("current-endpoint-address", "current-endpoint-port"), ("endpoint-address", "endpoint-port")):
        if row.get(address):
            host = f"[{row[address]}]" if ":" in row[address] else row[address]
            return f"{host}:{row.get(port, '0')}"
    return "(waits for it)"


def is_fresh(text: str) -> bool:
    """Whether a handshake of that age means a tunnel at work."""
    try:
        return milliseconds(text) <= _FRESH
    except (InvalidValue, ValueError):
        return False


def _size(text: str) -> str:
    """Bytes as the console shortens them."""
    if not is_number(text):
        return text
    size = float(text)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f}{unit}" if unit == "B" else f"{size:.1f}{unit}"
        size /= 1024
    return f"{size:.1f}TiB"


def _count(text: str) -> str:
    """A counter in groups of three."""
    return f"{int(text):,}".replace(",", " ") if is_number(text) else text


def as_json(found: Table, path: str) -> list[dict[str, Any]]:
    """A table's rows with all that the router printed, and whose they are."""
    return [
        {
            **{name: text for name, text in without_secrets(path, line.row).items() if name != "comment"},
            "comment": _text(line.row),
            "managed-by": {"kind": line.owner.kind or "nobody", "name": line.owner.text},
        }
        for line in found.rows
        if line.row
    ]
