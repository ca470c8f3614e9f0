"""The router after a change: its present rows, with what the program declares and without what it no longer does.

Pure. Rules are put where their positions would put them; a row with this stack's tag that no resource declares any more
doesn't count, since it will be gone, and neither does a row that will be given back to whom it was adopted from, since
what it will then say isn't known here. Values that a preview doesn't know are `UNKNOWN` in the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from wiretik_provider import ownership, places, position, rows
from wiretik_provider.errors import InvalidValue
from wiretik_provider.matching import Row
from wiretik_provider.menu import Menu
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.ownership import Tag
from wiretik_provider.trace.derive import derived
from wiretik_provider.trace.snapshot import MENUS, UNKNOWN, Snapshot

__all__ = ["after", "in_another_order", "removed"]

Entry = Mapping[str, Any]
"""A declared resource as the gate is told of it: menu, name, tag, part, props, unknown, position, foreign."""

LISTS: Final = "/ip/firewall/address-list"
LIST_KIND: Final = "address-list"

# Menus in which a single value that isn't known leaves nothing to say of the rest.
_FRAME: Final = frozenset(
    {"/interface/wireguard", "/interface/list", "/interface/list/member", "/ip/address", "/ip/route", "/routing/table"}
)
_HARMLESS: Final = frozenset(
    {"comment", "listen-port", "private-key", "preshared-key", "mtu", "pref-src", "persistent-keepalive"}
)
"""Values of those menus that change no packet's way."""


def after(before: Snapshot, declared: Sequence[Entry]) -> Snapshot:
    """The router as it will be.

    Args:
        before: the router as it is.
        declared: every resource of this stack on this router, in the program's order.
    """
    there = {path: list(before[path]) for path in MENUS}
    unread = dict(before.unread)
    blocks: dict[tuple[str, str], list[Entry]] = {}
    for entry in declared:
        path = LISTS if entry["menu"] == LIST_KIND else entry["menu"]
        if path not in there or KNOWN[path].singleton:
            continue
        if why := _cannot(entry, path):
            unread.setdefault(path, why)
        elif entry.get("part"):
            blocks.setdefault((path, str(entry["tag"])), []).append(entry)
        else:
            there[path] = (_listed if entry["menu"] == LIST_KIND else _with)(there[path], entry)
    for (path, _), block in blocks.items():
        there[path] = _with_block(there[path], KNOWN[path], block)
    tags = {str(entry["tag"]) for entry in declared}
    stacks = {tag[:4] for tag in tags}
    gone = {path: list(_without(kept, stacks, tags)) for path, kept in there.items()}
    return Snapshot(derived(gone, before.rows), unread, before.name)


def in_another_order(before: Snapshot, declared: Sequence[Entry]) -> Snapshot | None:
    """The router as it will be if new rules without a position are made the other way round than the program says.

    Each two of them stand in both orders then. None where no two of a chain are new.
    """
    there = {tag.owner for path in MENUS for row in before[path] if (tag := _tag_of(row))}
    new = [
        at
        for at, entry in enumerate(declared)
        if (menu := KNOWN.get(entry["menu"])) is not None
        and menu.ordered
        and not (entry.get("part") or entry.get("position") or str(entry["tag"]) in there)
    ]
    chains = [(declared[at]["menu"], declared[at]["props"].get("chain")) for at in new]
    if len(chains) == len(set(chains)):
        return None
    turned = list(declared)
    for at, other in zip(new, reversed(new), strict=True):
        turned[at] = declared[other]
    return after(before, turned)


def _tag_of(row: Row) -> Tag | None:
    return ownership.split(row.get("comment", ""))[1]


def removed(before: Snapshot, owners: Collection[str]) -> Snapshot:
    """The router without the rows of some resources, as after a destroy.

    Args:
        before: the router as it is.
        owners: the resources' tags, without what a row's own tag says of its place.
    """
    kept = {path: list(_but(before[path], owners)) for path in MENUS}
    return Snapshot(derived(kept, before.rows), before.unread, before.name)


def _but(kept: Iterable[Row], owners: Collection[str]) -> Iterator[Row]:
    for row in kept:
        tag = ownership.split(row.get("comment", ""))[1]
        if tag is None or tag.owner not in owners or row.get("dynamic") == "true":
            yield row
        elif tag.adopted:
            yield _given_back(row)


def _given_back(row: Row) -> Row:
    """A row that goes back to what it was, which only the state knows."""
    return {**{name: row[name] for name in (".id", "chain") if name in row}, "action": UNKNOWN, "was": UNKNOWN}


def _cannot(entry: Entry, path: str) -> str:
    """Why nothing can be said of a menu while this resource's values aren't known."""
    unknown = {name.replace("_", "-") for name in (entry.get("unknown") or ())}
    crucial = {"chain", "list", "interface"} & unknown if path not in _FRAME else unknown - _HARMLESS
    if path.startswith("/ip/firewall") or path == "/routing/rule":
        crucial -= {"interface"}
    return f"{entry['name']} has values that aren't known yet ({', '.join(sorted(crucial))})" if crucial else ""


def _without(kept: Iterable[Row], stacks: set[str], tags: set[str]) -> Iterator[Row]:
    for row in kept:
        tag = ownership.split(row.get("comment", ""))[1]
        if tag is None or tag.stack not in stacks or tag.owner in tags or row.get("dynamic") == "true":
            yield row
        elif tag.adopted:
            yield _given_back(row)


def _values(menu: Menu, entry: Entry) -> dict[str, str]:
    """Declared properties as the router would print them."""
    values: dict[str, Any] = {}
    unknown = {name.replace("_", "-") for name in (entry.get("unknown") or ())}
    for field in menu.writable:
        if (value := entry["props"].get(field.attribute)) is not None:
            try:
                values[field.name] = field.codec.parse(value)
            except InvalidValue:
                unknown.add(field.name)  # its own check tells what is wrong with it
    found = rows.printed(menu, values)
    found |= {name: UNKNOWN for name in unknown if name in menu.by_name}
    if found.get("disabled") == UNKNOWN:
        found["whether it is disabled"] = UNKNOWN
    return found


def _signed(menu: Menu, entry: Entry, place: places.Position | None, rule: str = "") -> dict[str, str]:
    owner = str(entry["tag"])
    found = _values(menu, entry)
    text = "" if found.get("comment") == UNKNOWN else found.get("comment", "")
    tag = Tag(owner[:4], owner[4:], *places.digits(place), rule=rule)
    return {**found, "comment": ownership.signed(text, tag)}


def _place(entry: Entry) -> places.Position | None:
    asked = entry.get("position")
    if not asked:
        return None
    try:
        return places.parse(asked)
    except places.NoPlace:
        return None


def _with(kept: list[Row], entry: Entry) -> list[Row]:
    """A menu with one declared row."""
    menu = KNOWN[entry["menu"]]
    place, owner = _place(entry), str(entry["tag"])
    wanted = _signed(menu, entry, place)
    mine = rows.owned_by(kept, owner)
    values = {
        name: menu.by_name[name].codec.read(text) for name, text in _values(menu, entry).items() if name in menu.by_name
    }
    old = mine[0] if mine else rows.twin(menu, kept, values, owner[:4])
    if old is None:
        new = {".id": f"+{entry['name']}", **wanted}
        return _put(kept, menu, new, place, owner)
    new = {**_kept(menu, old, wanted), **wanted, ".id": old[".id"]}
    found = [new if row is old else row for row in kept]
    if menu.ordered and place and position.misplaced(found, new[".id"], place, owner):
        return _put([row for row in found if row is not new], menu, new, place, owner)
    return found


def _kept(menu: Menu, old: Row, wanted: Mapping[str, str]) -> dict[str, str]:
    """What the router itself fills in, and goes on to."""
    names = {field.name for field in menu.fields if field.read_only or (field.computed and field.name not in wanted)}
    return {name: text for name, text in old.items() if name in names or name not in menu.by_name}


def _put(kept: list[Row], menu: Menu, new: Row, place: places.Position | None, owner: str) -> list[Row]:
    if not menu.ordered:
        return [*kept, new]
    try:
        before = position.destination(kept, new, place, owner)
    except places.NoPlace:
        before = None  # the gate's other checks, and the row itself, tell that
    at = next((i for i, row in enumerate(kept) if row.get(".id") == before), len(kept))
    return [*kept[:at], new, *kept[at:]]


def _with_block(kept: list[Row], menu: Menu, block: Sequence[Entry]) -> list[Row]:
    """A menu with a block of rules: where it stands if it stands rightly, else where its position puts it."""
    first, owner = block[0], str(block[0]["tag"])
    place = _place(first)
    new = []
    for entry in block:
        name = str(entry["name"]).partition(".")[2]
        new.append({".id": f"+{name}", **_signed(menu, entry, place, ownership.rule_part(name))})
    chain = position.chain_of(new[0])
    own = [i for i, row in enumerate(kept) if row in rows.owned_by([row], owner)]
    rest = [row for i, row in enumerate(kept) if i not in own]
    if first.get("foreign") == "prune":
        rest = [row for row in rest if position.chain_of(row) != chain or _stays(row)]
    if own and place is None:
        at = sum(1 for row in kept[: own[0]] if row in rest)
        return [*rest[:at], *new, *rest[at:]]
    try:
        gaps = position.gaps(rest, new, place, owner)
    except places.NoPlace:
        return [*rest, *new]
    gap = min(range(gaps.low, gaps.high + 1), key=lambda gap: (gaps.cost[gap], -gap), default=len(gaps.rows))
    if gap >= len(gaps.rows):
        return [*rest, *new]
    at = next(i for i, row in enumerate(rest) if row is gaps.rows[gap])
    return [*rest[:at], *new, *rest[at:]]


def _stays(row: Row) -> bool:
    return row.get("dynamic") == "true" or ownership.split(row.get("comment", ""))[1] is not None


def _listed(kept: list[Row], entry: Entry) -> list[Row]:
    """The address lists with one whole list, of which the SDK tells the addresses in one text."""
    name, owner = str(entry["props"].get("list", UNKNOWN)), str(entry["tag"])
    addresses = entry["props"].get("addresses")
    rest = [row for row in kept if owner not in row.get("comment", "") or not rows.owned_by([row], owner)]
    if "addresses" in (entry.get("unknown") or ()):
        return [*rest, {"list": name, "address": UNKNOWN}]
    if entry["props"].get("foreign") == "prune":
        rest = [row for row in rest if row.get("list") != name or _stays(row)]
    comment = str(Tag(owner[:4], owner[4:]))
    new = [{"list": name, "address": text, "comment": comment} for text in str(addresses or "").split(",") if text]
    return [*rest, *new]
