"""The router after a change: its present rows, with what the program declares and without what it no longer does.

Pure. Rules are put where their positions would put them; a row with this stack's tag that no resource declares any more
doesn't count, since it will be gone, and neither does a row that will be given back to whom it was adopted from, since
what it will then say isn't known here. Values that a preview doesn't know are `UNKNOWN` in the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import Any, Final

from wiretik_provider.declared import Declared
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rows.kept import Kept
from wiretik_provider.rows.ownership import Tag, Tagged
from wiretik_provider.rules import position
from wiretik_provider.rules.model import BESIDE, Row, names_one, rewritten
from wiretik_provider.rules.overlap import Lists, may_overlap, memberships
from wiretik_provider.rules.places import NoPlace, Position, digits
from wiretik_provider.trace import settings
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.router import lines
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.snapshot import MENUS, MENUS6, UNKNOWN, Snapshot
from wiretik_provider.trace.steps.chains import idle

__all__ = ["Former", "after", "in_another_order", "removed"]

Former = Mapping[str, Any]
"""What a state has of adopted rows as they were: of a row its texts by name, of a block whole rows by rules' names."""

Wrong = dict[str, tuple[str, str]]
"""By a rule's or a block's name, its menu and why it can't get a place that it newly asks for."""

# Menus in which a single value that isn't known leaves nothing to say of the rest.
_FRAME: Final = frozenset(
    {"/interface/wireguard", "/interface/list", "/interface/list/member", "/routing/table"}
    | {path for family in (FOUR, SIX) for path in (family.addresses, family.routes)}
)
_HARMLESS: Final = frozenset(
    {
        "comment",
        "listen-port",
        "private-key",
        "preshared-key",
        "mtu",
        "pref-src",
        "persistent-keepalive",
    }
)
"""Values of those menus that change no packet's way."""


def after(
    before: Snapshot,
    declared: Sequence[Declared],
    refused: dict[str, str] | None = None,
    former: Mapping[str, Mapping[str, str]] | None = None,
) -> Snapshot:
    """The router as it will be.

    Args:
        before: the router as it is.
        declared: every resource of this stack on this router, in the program's order.
        refused: takes, by a rule's or a block's name, why it can't get a place that it newly asks for.
        former: by the place of settings what they had before any resource wrote them, and get back (`settings`).
    """
    unread = dict(before.unread)
    wrong: Wrong = {}
    there = dict(_planned(before, declared, _read(before), unread, wrong=wrong))
    said: dict[str, frozenset[str]] = {}
    for one in declared:
        if one.menu and one.menu.singleton:
            said[one.where] = said.get(one.where, frozenset()) | one.values.keys() | one.waiting
    for back in settings.given_back(former or {}, said):
        there = settings.put(there, back)
    if refused is not None:  # where something isn't known, so is what it stands beside
        refused |= {name: why for name, (path, why) in wrong.items() if path not in unread}
    return Snapshot(derived(there, before.rows), unread, before.name)


def _read(before: Snapshot) -> Sequence[str]:
    """The menus that a walk looks at; of IPv6 none where nothing of it was read."""
    return (*MENUS, *(path for path in MENUS6 if path in before.rows))


def in_another_order(before: Snapshot, then: Snapshot, declared: Sequence[Declared]) -> Snapshot | None:
    """The router as it will be if new rules without a position are made the other way round than the program says.

    Each two of them stand in both orders then. None where no two of a chain are new whose order may matter.

    Args:
        before: the router as it is.
        then: as it will be.
        declared: every resource of this stack on this router, in the program's order.
    """
    turned: dict[str, Sequence[Row]] = {}
    for path in _read(before):
        if path not in KNOWN or not KNOWN[path].ordered:
            continue
        there = {ownership.owner_of(row) for row in before[path]} - {""}
        mine = [entry for entry in declared if entry.kind == path]
        made = [at for at, entry in enumerate(mine) if not entry.part and entry.tag not in there]
        new = [at for at in made if not mine[at].place]
        if _order_matters(then, path, [mine[at] for at in made]):
            other = list(mine)
            for at, instead in zip(new, reversed(new), strict=True):
                other[at] = mine[instead]
            turned |= _planned(before, other, (path,), {}, declared)
    return then.having(turned) if turned else None


def _order_matters(then: Snapshot, path: str, made: Sequence[Declared]) -> bool:
    """Whether the order of new rules, of which one has no position, may decide about a packet."""
    lists = memberships(then["/interface/list"], then["/interface/list/member"])
    changing = rewritten(then[path])
    rules = [(entry, _values(entry)) for entry in made]
    return any(
        not _order_is_said(entry, another)
        and position.chain_of(rule) == position.chain_of(other)
        and not _alike(rule, other)
        and not (_decided_before(then, rule) or _decided_before(then, other))
        and _meet(rule, other, lists, changing)
        for (entry, rule), (another, other) in combinations(rules, 2)
    )


def _order_is_said(entry: Declared, other: Declared) -> bool:
    """Whether both have a position, or one is placed relative to the other."""
    if entry.place and other.place:
        return True
    beside = entry.place.tag == other.tag if entry.place else False
    return beside or (other.place.tag == entry.tag if other.place else False)


def _alike(rule: Row, other: Row) -> bool:
    """Whether two rules may be swapped whatever they match: one does nothing that is followed, or both do the same."""
    return idle(rule) or idle(other) or _done(rule) == _done(other)


def _decided_before(then: Snapshot, rule: Row) -> bool:
    """Whether a routing rule is for a mark whose own table, which comes before all rules, always decides.

    A blackhole for everything does, whatever else is in that table (docs/facts/packet-path.md#which-table).
    """
    table = rule.get("routing-mark", "!")
    addresses = f"{rule.get('src-address', '')}{rule.get('dst-address', '')}"
    asked = [family for family, sign in _SIGNS.items() if family.routes in then.rows and sign in (addresses or sign)]
    return (
        bool(table)
        and names_one(table)
        and all(
            any(
                "blackhole" in row
                and row.get("routing-table") == table
                and row.get("dst-address", family.everywhere) == family.everywhere
                for row in then.enabled(family.routes)
            )
            for family in asked
        )
    )


_SIGNS: Final = {FOUR: ".", SIX: ":"}


def _done(rule: Row) -> Mapping[str, str]:
    return {name: text for name, text in rule.items() if name in BESIDE and name != "comment"}


def _meet(rule: Row, other: Row, lists: Lists, changing: Collection[str]) -> bool:
    if UNKNOWN in (*rule.values(), *other.values()):
        return True
    return any(may_overlap(rule, other, state=state, lists=lists, changing=changing) for state in _STATES)


_STATES: Final = ("new", "established", "related", "invalid", "untracked")


def _planned(
    before: Snapshot,
    entries: Sequence[Declared],
    paths: Collection[str],
    unread: dict[str, str],
    declared: Sequence[Declared] = (),
    *,
    wrong: Wrong | None = None,
) -> dict[str, Sequence[Row]]:
    """Some menus' rows with what is declared and without what no longer is; tells in `unread` of what can't be said.

    Args:
        before: the router as it is.
        entries: resources in an order.
        paths: the menus.
        unread: menus that couldn't be read, and why.
        declared: all resources of this stack, where `entries` are some of them.
        wrong: takes the places that rules can't get.
    """
    there: dict[str, Sequence[Row]] = {path: before[path] for path in paths}
    wrong = {} if wrong is None else wrong
    own: dict[str, Kept] = {}
    for group in _groups(entries):
        entry = group[0]
        path = entry.path
        if _LINKS in there and entry.menu and entry.menu.names == _LINKS and path != _TUNNELS:
            there = _with_link(there, entry)
        if FOUR.routes in there and (new := list(lines.routes_of(entry, before[FOUR.addresses]))):
            there[FOUR.routes] = [*there[FOUR.routes], *new]
        if FOUR.routes in there:
            there[FOUR.routes] = lines.moved(entry, there[FOUR.routes], before[FOUR.addresses])
        if entry.menu and entry.menu.singleton:
            there = settings.put(there, settings.Asked(entry.menu, entry.find, _values(entry)))
            continue
        if path not in there:
            continue
        if why := next(filter(None, (_cannot(one, path) or _made_later(one, path, there[path]) for one in group)), ""):
            unread.setdefault(path, why)
        elif entry.part:
            there[path] = _with_block(there[path], menu_at(path), group, wrong)
        elif entry.list_menu:
            there[path] = _listed(there[path], entry)
        else:
            there[path] = own[path] = _with(_alone(own.get(path), there[path]), entry, wrong)
    tags = {entry.tag for entry in declared or entries}
    stacks = {tag[:4] for tag in tags}
    return {
        path: _parted(path, kept, {owner: {} for owner in _gone(kept, stacks, tags)}, unread)
        for path, kept in there.items()
    }


def _alone(own: Kept | None, rows: Sequence[Row]) -> Kept:
    """Rows that nobody else has: the very same where they are those that were made here."""
    return own if own is not None and own is rows else Kept(rows)


def _groups(entries: Sequence[Declared]) -> Iterator[list[Declared]]:
    """Single resources, and the rules of each block together, in the program's order."""
    for (part, _, _), group in groupby(entries, key=lambda one: (one.part, one.kind, one.tag)):
        if part:
            yield list(group)
        else:
            yield from ([one] for one in group)


def _gone(kept: Sequence[Row], stacks: Collection[str], tags: Collection[str]) -> set[str]:
    """The owners of rows that this stack no longer declares."""
    there = {tag for row in kept if (tag := ownership.tag_of(row))}
    return {tag.owner for tag in there if tag.stack in stacks and tag.owner not in tags}


def removed(before: Snapshot, owners: Mapping[str, Former]) -> Snapshot:
    """The router without the rows of some resources, as after a destroy.

    Args:
        before: the router as it is.
        owners: the resources' tags, without what a row's own tag says of its place, and what the state has of adopted
            rows as they were before.
    """
    unread = dict(before.unread)
    kept = {path: _parted(path, before[path], owners, unread) for path in _read(before)}
    return Snapshot(derived(kept, before.rows), unread, before.name)


def _parted(path: str, kept: Sequence[Row], owners: Mapping[str, Former], unread: dict[str, str]) -> Sequence[Row]:
    """A menu without some owners' rows, of which adopted ones go back to what they were; else the very same.

    A menu that shows rows of others, such as `/interface` the tunnels, leaves an adopted one as it is.
    """
    found: list[Row] = []
    for row in kept:
        tag = ownership.tag_of(row)
        if (
            tag is None
            or tag.owner not in owners
            or row.get("dynamic") == "true"
            or (tag.adopted and not menu_at(path).tagged)
        ):
            found.append(row)
        elif tag.adopted:
            back = _given_back(menu_at(path), row, tag, owners[tag.owner])
            if UNKNOWN in back.values() and path in _FRAME:
                unread.setdefault(
                    path, f"{compare.label(menu_at(path), row)} is given back, and its former values aren't known"
                )
            found.append(back)
    return kept if len(found) == len(kept) and all(a is b for a, b in zip(found, kept, strict=True)) else found


def _given_back(menu: Menu, row: Row, tag: Tag, former: Former) -> Row:
    """An adopted row as it was before, where that is known; its key is what it was adopted by."""
    if tag.rule:  # of a block, which keeps whole rows by their rules' names
        was = next((was for name, was in former.items() if ownership.rule_part(name) == tag.rule), None)
        if was is not None:
            return {".id": row.get(".id", ""), **was}
    elif isinstance(was := former.get(row.get("address", "")), Mapping):  # of a list, its entries by address
        return {**row, "comment": "", **was}
    elif former and not any(isinstance(text, Mapping) for text in former.values()):
        back = {**row, **former}
        return {name: text for name, text in back.items() if name[0] != "!" and f"!{name}" not in former}
    names = (".id", "chain", *menu.key)
    return {**{name: row[name] for name in names if name in row}, "action": UNKNOWN, "was": UNKNOWN}


def _cannot(entry: Declared, path: str) -> str:
    """Why nothing can be said of a menu while this resource's values aren't known."""
    crucial = {"chain", "list", "interface"} & entry.waiting if path not in _FRAME else entry.waiting - _HARMLESS
    if path.startswith(("/ip/firewall", "/ipv6/firewall")) or path == "/routing/rule":
        crucial -= {"interface"}
    return f"{entry.name} has values that aren't known yet ({', '.join(sorted(crucial))})" if crucial else ""


def _made_later(entry: Declared, path: str, kept: Sequence[Row]) -> str:
    """Why nothing can be said of addresses while the router hasn't made this one (menus/ipv6.py)."""
    if path != SIX.addresses or not (entry.values.get("from-pool") or entry.values.get("eui-64")):
        return ""
    made = compare.owned_by(kept, entry.tag)
    return "" if made else f"the address of {entry.name} is made by the router and isn't there yet"


def _values(entry: Declared) -> dict[str, str]:
    """Declared properties as the router would print them."""
    found = {**entry.printed, **dict.fromkeys((*entry.waiting, *entry.wrong), UNKNOWN)}
    if found.get("disabled") is UNKNOWN:
        found["whether it is disabled"] = UNKNOWN
    return found


def _signed(entry: Declared, rule: str = "") -> dict[str, str]:
    found = _values(entry)
    text = "" if found.get("comment") is UNKNOWN else found.get("comment", "")
    tag = Tag(entry.tag[:4], entry.tag[4:], *digits(entry.place), rule=rule)
    return {**found, "comment": ownership.signed(text, tag)}


def _with(kept: Kept, entry: Declared, wrong: Wrong) -> Kept:
    """A menu with one declared row, for which these rows, that nobody else has, are used up."""
    menu = menu_at(entry.kind)
    place, owner, values = entry.place, entry.tag, entry.values
    wanted = _signed(entry)
    mine = compare.owned_by(kept, owner)
    # What isn't known yet is equal to nothing, not even to another value that isn't.
    telling = menu.key or tuple(wanted)
    unclear = any(wanted.get(name) is UNKNOWN for name in telling)

    def refuse(why: str) -> None:
        wrong.setdefault(entry.name, (menu.path, why))

    old = mine[0] if mine else None if unclear else compare.twin(menu, kept, values, owner[:4])
    if old is None:
        new = Tagged({".id": f"+{entry.name}", **wanted})
        return _put(kept, menu, new, place, refuse)
    new = Tagged({**_kept(menu, old, wanted), **wanted, **_made(menu, old, values), ".id": old[".id"]})
    at = next(at for at, row in enumerate(kept) if row is old)
    kept.swap(at, new)
    if menu.ordered and place and position.misplaced(kept, new[".id"], place, owner):
        # One that asks for its place as before is drift, if it is anything.
        heard = _ignored if _asked(old) == _asked(new) else refuse
        return _put(kept.without(at), menu, new, place, heard)
    return kept


def _with_link(there: Mapping[str, Sequence[Row]], entry: Declared) -> dict[str, Sequence[Row]]:
    """The menus with an interface that has a menu of its own, such as a VLAN; a tunnel's are made from its menu."""
    kept = there[_LINKS]
    kind = entry.path.rpartition("/")[2]
    made = {"type": _TYPES.get(kind, kind), **_signed(entry)}
    name, owner = made.get("name", UNKNOWN), entry.tag
    mine = compare.owned_by(kept, owner) or [row for row in kept if row.get("name") == name]
    told = {name: text for name, text in made.items() if name in {"name", "disabled", "comment", "mtu"}}
    if mine:
        changed = [{**row, **told} if row is mine[0] else row for row in kept]
        return settings.renamed({**there, _LINKS: changed}, mine[0].get("name", ""), name)
    off = made.get("disabled", "false")
    new: Row = {".id": f"+{entry.name}", "type": made["type"], "disabled": off, **told}
    return {**there, _LINKS: [*kept, {**new, "running": "false" if off == "true" else "true"}]}


_LINKS: Final = settings.INTERFACES
_TUNNELS: Final = "/interface/wireguard"
_TYPES: Final = {
    "bonding": "bond",
    "l2tp-client": "l2tp-out",
    "ovpn-client": "ovpn-out",
    "ppp-client": "ppp-out",
    "pppoe-client": "pppoe-out",
    "pptp-client": "pptp-out",
    "sstp-client": "sstp-out",
}
"""What `/interface` calls some kinds; others as their menus do."""


def _kept(menu: Menu, old: Row, wanted: Mapping[str, str]) -> dict[str, str]:
    """What the router itself fills in, and goes on to."""
    names = {field.name for field in menu.fields if field.read_only or (field.computed and field.name not in wanted)}
    return {name: text for name, text in old.items() if name in names or name not in menu.by_name}


def _made(menu: Menu, old: Row, values: Mapping[str, Any]) -> dict[str, str]:
    """What the router made of a declared value, such as the address of a pool's prefix, and goes on to."""
    return {
        field.name: old[field.name]
        for field in menu.fields
        if field.alike and {field.name} <= old.keys() & values.keys()
        if field.alike(old[field.name], values[field.name], values)
    }


def _asked(row: Row) -> tuple[str, str]:
    """The place that a row's tag says it asked for."""
    tag = ownership.tag_of(row)
    return (tag.place, tag.target) if tag else ("", "")


def _ignored(_: str) -> None:
    """Hears why there is no place, where nobody asks."""


def _put(kept: Kept, menu: Menu, new: Row, place: Position | None, refused: Callable[[str], object]) -> Kept:
    if not menu.ordered:
        kept.grow(new)
        return kept
    try:
        before = position.destination(kept, new, place, ownership.owner_of(new))
    except NoPlace as error:
        refused(error.problem)
        before = None
    at = None if before is None else kept.place(before)
    return kept.between(len(kept) if at is None else at, new)


def _with_block(kept: Sequence[Row], menu: Menu, block: Sequence[Declared], wrong: Wrong) -> list[Row]:
    """A menu with a block of rules: where it stands if it stands rightly, else where its position puts it."""
    first = block[0]
    place, owner = first.place, first.tag
    new = [{".id": f"+{one.rule}", **_signed(one, ownership.rule_part(one.rule))} for one in block]
    chain = position.chain_of(new[0])
    own = [i for i, row in enumerate(kept) if row in compare.owned_by([row], owner)]
    rest = [row for i, row in enumerate(kept) if i not in own]
    if first.prunes:
        rest = [row for row in rest if position.chain_of(row) != chain or _stays(row)]
    if own and place is None:
        at = sum(1 for row in kept[: own[0]] if row in rest)
        return [*rest[:at], *new, *rest[at:]]
    try:
        gaps = position.gaps(rest, new, place, owner)
    except NoPlace as error:
        if not own or _asked(kept[own[0]]) != _asked(new[0]):
            wrong.setdefault(first.block, (menu.path, error.problem))
        return [*rest, *new]
    gap = min(range(gaps.low, gaps.high + 1), key=lambda gap: (gaps.cost[gap], -gap), default=len(gaps.rows))
    if gap >= len(gaps.rows):
        return [*rest, *new]
    at = next(i for i, row in enumerate(rest) if row is gaps.rows[gap])
    return [*rest[:at], *new, *rest[at:]]


def _stays(row: Row) -> bool:
    return row.get("dynamic") == "true" or ownership.tag_of(row) is not None


def _listed(kept: Sequence[Row], entry: Declared) -> list[Row]:
    """The address lists with one whole list; entries that are off are in no packet's way."""
    name, owner = entry.list_name or UNKNOWN, entry.tag
    rest = [row for row in kept if owner not in row.get("comment", "") or not compare.owned_by([row], owner)]
    if "addresses" in entry.waiting:
        return [*rest, {"list": name, "address": UNKNOWN}]
    if entry.prunes:
        rest = [row for row in rest if row.get("list") != name or _stays(row)]
    made = {"list": name, "comment": str(Tag(owner[:4], owner[4:]))}
    return [
        *rest,
        *(
            {**made, "address": address, **({"timeout": one.timeout} if one.timeout else {})}
            for address, one in entry.entries.items()
            if not one.disabled
        ),
    ]
