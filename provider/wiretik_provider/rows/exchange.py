"""A value that only one row may have, and that another row has still: who makes room for whom, and how.

Resources whose keys, ports, addresses or names are exchanged come one after another, and each wants what another one
still has. What the program declares of that other row tells where it goes: it goes there first; where the values form a
ring, it has a temporary value for the moment between. So whichever of them comes first, rows get from their old values
to their new ones in a few commands, and the others' own updates find it done. A run that was killed in between leaves
rows with their tags, one of them perhaps with the temporary value, and the next one goes on from there.

Pure. Rule: nobody's value is taken of whom the program says nothing, and nobody else's ever.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import attrs

from wiretik_provider.codecs.addresses import InterfaceAddress, on_interface
from wiretik_provider.codecs.base import Codec, Int, Key, Name, Value
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare, ownership
from wiretik_provider.rows.compare import Change, Row
from wiretik_provider.rows.kept import Kept

__all__ = [
    "Group",
    "Program",
    "Room",
    "Step",
    "Wish",
    "former",
    "groups",
    "had_elsewhere",
    "in_the_way",
    "moves_elements",
    "room",
    "temporary",
]

Values = Mapping[str, Any]
"""A row as it was printed, or what is declared of one."""

_FIRST_PORT: Final = 49152
"""The first of the ports that nobody registers (RFC 6335)."""
_LAST_PORT: Final = 65535
_NOBODYS: Final = int(ipaddress.IPv4Address("198.18.0.0")), int(ipaddress.IPv6Address("2001:db8::"))
"""Where no host is: the networks for measurements (RFC 2544), 2^17 addresses, and for documentation (RFC 3849)."""

_UNSEEN: Final = (
    "another resource of this stack, and this run doesn't look at that one: run up without --target, or with "
    "the gate and that resource among the targets too; a resource that was renamed needs an alias, and one made inside "
    "apply can't take part"
)


class Wish(NamedTuple):
    """What a program declares of a row, as far as the gate knew it."""

    menu: str
    values: Values
    """By RouterOS's names."""
    unknown: frozenset[str]
    """The names of what is declared and wasn't known yet."""


@attrs.frozen
class Program:
    """What this deployment's program declares on one router.

    Attributes:
        wishes: by the tags of resources.
        leaving: tags of resources that an earlier deployment declared and this one doesn't: their rows will be deleted.
    """

    wishes: Mapping[str, Wish] = attrs.field(factory=dict)
    leaving: frozenset[str] = frozenset()

    def wish_for(self, tag: ownership.Tag) -> Wish | None:
        """What is declared of a row: by whoever has it, or stands behind one that isn't declared."""
        return next((self.wishes[one.owner] for one in tag.holders if one.owner in self.wishes), None)


class Group(NamedTuple):
    """Fields that no two rows may have alike."""

    names: tuple[str, ...]
    taken: bool
    """RouterOS takes a second such row and leaves it dead: so only rows that are enabled count."""


class Asker(NamedTuple):
    """Whose row wants what another one has."""

    owner: str
    """The resource's tag."""
    row: Row | None
    """Its row; None where it has none yet."""


class Step(NamedTuple):
    """One command that makes room."""

    verb: str
    """`set`, or `remove` and `add` where a row can't have a temporary value."""
    row: Row
    """As it is before."""
    changes: tuple[Change, ...]


class Room(NamedTuple):
    """What is to be done for a row to be written."""

    before: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()
    """Once it is written."""
    back: tuple[Step, ...] = ()
    """Instead of what comes after, where it can't be written."""
    problem: str = ""
    """Why there is no room, and the cure."""


def groups(menu: Menu) -> tuple[Group, ...]:
    """What may stand once in a menu."""
    refused = [menu.key] if menu.key else []
    return (
        *(Group(names, taken=False) for names in (*refused, *menu.distinct)),
        *(Group(names, taken=True) for names in menu.unique),
    )


def claim(menu: Menu, group: Group, values: Values) -> str:
    """What a row has of a group, in the one way to write it; empty where it has nothing that could be another's."""
    if group.taken and values.get("disabled") in (True, "true"):
        return ""
    parts = []
    for name in group.names:
        field = menu.by_name[name]
        value = values.get(name, field.default)
        if value is None:
            return ""
        parts.append(_canonical(field.codec, value) if isinstance(value, str) else field.codec.write(value))
    return ",".join(part for part in parts if part)


@functools.lru_cache(65536)
def _canonical(codec: Codec, text: str) -> str:
    return codec.write(codec.read(text))


def _claims(menu: Menu, values: Values) -> list[tuple[Group, str]]:
    """What a row has alone."""
    return [(group, mark) for group in groups(menu) if (mark := claim(menu, group, values))]


def in_the_way(menu: Menu, kept: Iterable[Row], wanted: Values, own_id: str) -> list[tuple[Group, Row]]:
    """The rows that have what a row shall have alone.

    Args:
        menu: the descriptor.
        kept: the rows of the menu.
        wanted: declared values by RouterOS's names.
        own_id: the `.id` of the resource's own row; empty where it has none yet.
    """
    asked = _claims(menu, wanted)
    if asked and isinstance(kept, Kept):
        kept = kept.marked("claims", lambda row: _claims(menu, row), *asked)
    return [
        (group, row)
        for row in (kept if asked else ())
        if row.get(".id") != own_id
        for group, mark in asked
        if claim(menu, group, row) == mark
    ]


def room(menu: Menu, kept: Sequence[Row], wanted: Values, asker: Asker, program: Program | None) -> Room:
    """How a row gets what it shall have.

    Args:
        menu: the descriptor.
        kept: the rows of the menu.
        wanted: declared values by RouterOS's names.
        asker: who wants it.
        program: what this deployment declares; None where the gate hasn't seen it.
    """
    asking = _Asking(menu, kept, asker, program)
    own = asker.row
    if own is None and (named := asking.other_name(wanted)):
        return room(menu, kept, wanted, Asker(asker.owner, named), program)
    parks: dict[str, tuple[Change, ...]] = {}
    before: list[Step] = []
    after: list[Step] = []
    for group, holder in in_the_way(menu, kept, wanted, own[".id"] if own else ""):
        found = asking.path(group, holder)
        if own is None and group.names == menu.key and isinstance(found, str):
            continue  # whether it may be adopted is decided elsewhere
        if isinstance(found, str):
            asked = ", ".join(f"{name}={wanted.get(name)}" for name in group.names)
            dead = "; RouterOS would take it and leave this one dead" if group.taken else ""
            return Room(problem=f"{asked} is taken by {compare.label(menu, holder)}, {found}{dead}")
        first, last = found.rows[0], found.rows[-1]
        if found.ring or found.parked:
            parked = first if found.ring else last
            parks[parked[".id"]] = (*parks.get(parked[".id"], ()), *asking.parking(group, parked))
        going = found.rows[:-1] if found.parked else found.rows
        moved = [Step("set", row, asking.goal(group, row)) for row in reversed(going)]
        if found.ring:
            after += moved
        else:
            before += moved
    by_id = {row[".id"]: row for row in kept}
    park = [Step("set" if parks[one] else "remove", by_id[one], parks[one]) for one in parks]
    gone = {step.row[".id"] for step in park if step.verb == "remove"}
    return Room(
        (*park, *before),
        tuple(_again(menu, step) if step.row[".id"] in gone else step for step in after),
        tuple(_undone(menu, step) for step in park),
    )


def temporary(menu: Menu, group: Group, owner: str, kept: Iterable[Row]) -> dict[str, Value]:
    """The values with which a row gives way; nothing where its menu has none that mean nothing.

    They follow from the row's tag, so that whoever meets one later knows what it is.
    """
    digest = hashlib.sha256(f"wiretik gives way {owner}".encode()).digest()
    number = int.from_bytes(digest[:8])
    for name in group.names:
        field = menu.by_name[name]
        match field.codec:
            case Key():
                return {name: base64.b64encode(digest).decode()}  # nobody has the private key to it
            case Int():
                span = _LAST_PORT - _FIRST_PORT
                there = {row.get(name) for row in kept}
                free = (_FIRST_PORT + (number + at) % span for at in range(span))
                return {name: next(port for port in free if str(port) not in there)}
            case InterfaceAddress(family=family):
                four, six = _NOBODYS
                if family == 6:
                    return {name: f"{ipaddress.IPv6Address(six + number)}/128"}
                return {name: f"{ipaddress.IPv4Address(four + number % (1 << 17))}/32"}
            case Name() if not field.references:
                return {name: f"wt-{owner}"}
            case _:
                continue
    return {}


def had_elsewhere(menu: Menu, kept: Iterable[Row], row: Row, elements: Iterable[str]) -> list[str]:
    """Those elements of a row's list that another row beside it has as well: WireGuard gives each to who wrote last."""
    if not (wanted := set(elements)):
        return []
    codec = menu.by_name[menu.holds].codec
    there: set[str] = set()
    for other in kept:
        if other.get(".id") != row.get(".id") and _beside(menu, other, row):
            there.update(_elements(codec.read(other.get(menu.holds, ""))))
    return sorted(wanted & there)


def moves_elements(menu: Menu, kept: Iterable[Row], own: Row, wanted: Values) -> bool:
    """Whether elements of a row's list leave it, or come from another row's."""
    there = _elements(menu.by_name[menu.holds].codec.read(own.get(menu.holds, "")))
    asked = _elements(wanted.get(menu.holds))
    return not set(there) <= set(asked) or bool(had_elsewhere(menu, kept, own, set(asked) - set(there)))


def former(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What brings back what some changes changed, but for secrets that weren't shown."""
    return tuple(
        Change(change.field, None, None if change.old is None else change.field.codec.read(change.old))
        for change in changes
        if change.old != compare.HIDDEN
    )


class _Path(NamedTuple):
    """Rows of which each goes where the next one is."""

    rows: tuple[Row, ...]
    ring: bool = False
    """The last one goes where the asking row is."""
    parked: bool = False
    """The last one has only to leave."""


@attrs.frozen
class _Asking:
    """A row that wants what others have."""

    menu: Menu
    kept: Sequence[Row]
    asker: Asker
    program: Program | None

    def path(self, group: Group, holder: Row) -> _Path | str:
        """Who has to go where, or why somebody doesn't go."""
        found = [holder]
        mine = claim(self.menu, group, self.asker.row) if self.asker.row else ""
        while True:
            goal = self._goes_to(group, found[-1])
            if goal is None:
                return _Path(tuple(found), parked=True)
            if goal.stays:
                where = "" if found[-1] is holder else f"which waits for {compare.label(self.menu, found[-1])}, "
                return f"{where}{goal.stays}"
            if not goal.mark:
                return _Path(tuple(found))
            if goal.mark == mine:
                return _Path(tuple(found), ring=True)
            ahead = next((row for row in self.kept if claim(self.menu, group, row) == goal.mark), None)
            if ahead is None:
                return _Path(tuple(found))
            if any(ahead is row for row in found):
                last, first = compare.label(self.menu, found[-1]), compare.label(self.menu, ahead)
                return f"and {last} shall have the value of {first}"
            found.append(ahead)

    def other_name(self, wanted: Values) -> Row | None:
        """A row with the same key that nobody declares any more: it is the resource's own (`RowKind.create`)."""
        group = Group(self.menu.key, taken=False)
        if self.program is None or not self.menu.key or not (mark := claim(self.menu, group, wanted)):
            return None
        for row in self.kept:
            tag = ownership.tag_of(row)
            ours = tag is not None and tag.stack == self.asker.owner[:4]
            if (
                tag
                and ours
                and self.program.wishes.keys().isdisjoint(one.owner for one in tag.holders)
                and claim(self.menu, group, row) == mark
            ):
                return row
        return None

    def leaves(self, row: Row) -> bool:
        """Whether a row will be deleted."""
        tag = ownership.tag_of(row)
        return bool(tag and self.program and tag.owner in self.program.leaving)

    def _goes_to(self, group: Group, row: Row) -> _Goal | None:
        """Where a row's resource wants it; None where it has to leave and it isn't known where to."""
        tag = ownership.tag_of(row)
        if row.get("dynamic") == "true" or tag is None:
            return _Goal(stays="which isn't this program's: choose another one, or change that row first")
        if tag.stack != self.asker.owner[:4]:
            return _Goal(stays=f"which another stack manages (tag {tag}): choose another one, or change it there first")
        wish = self.program.wish_for(tag) if self.program else None
        if wish is None:
            return None if self.leaves(row) else _Goal(stays=_UNSEEN)
        if wish.unknown & {*group.names, *(("disabled",) if group.taken else ())}:
            return None
        return self._declared(group, row, wish)

    def _declared(self, group: Group, row: Row, wish: Wish) -> _Goal:
        mark = claim(self.menu, group, wish.values)
        if mark == claim(self.menu, group, row):
            return _Goal(stays="which declares it too: one of them has to change")
        if not mark and not (group.taken and wish.values.get("disabled") is True):
            name = next((name for name in group.names if wish.values.get(name) is None), group.names[0])
            attribute = self.menu.by_name[name].attribute
            return _Goal(stays=f"which declares no {attribute} and keeps its present one: declare another one for it")
        return _Goal(mark)

    def goal(self, group: Group, row: Row) -> tuple[Change, ...]:
        """What a row is set to for it to be where its resource wants it, with what goes along with its key."""
        wish = self._wish(row)
        names = [*group.names, *(["disabled"] if group.taken and wish.values.get("disabled") is True else [])]
        values: dict[str, Value | None] = {name: wish.values[name] for name in names if name in wish.values}
        if group.names == self.menu.key:
            for field in self.menu.writable:
                if field.along and field.name not in wish.unknown:
                    values |= self._along(field, row, wish)
        return self._changes(row, values)

    def _along(self, field: Field, row: Row, wish: Wish) -> dict[str, Value | None]:
        value = wish.values.get(field.name)
        if field.name == self.menu.holds:
            return {field.name: field.codec.parse([*_elements(value), *self._kept_elements(row, wish)])}
        if value is None and field.name == "network":
            # Whether a new address brings its own along isn't known (docs/facts/menus.md#ipaddress): it is said.
            return {field.name: str(on_interface(str(wish.values["address"])).network.network_address)}
        if value is None and field.computed:
            return {field.name: field.codec.read(text)} if (text := row.get(field.name)) is not None else {}
        return {field.name: value}

    def _kept_elements(self, row: Row, wish: Wish) -> list[str]:
        """What a row's list has besides, which is its own update's business, but for what others are about to get."""
        wishes = self.program.wishes.values() if self.program else ()
        others = {
            one
            for other in wishes
            if other is not wish and other.menu == wish.menu and _beside(self.menu, other.values, wish.values)
            for one in _elements(other.values.get(self.menu.holds))
        }
        there = _elements(self.menu.by_name[self.menu.holds].codec.read(row.get(self.menu.holds, "")))
        return [one for one in there if one not in others and one not in _elements(wish.values.get(self.menu.holds))]

    def parking(self, group: Group, row: Row) -> tuple[Change, ...]:
        """What a row is set to for it to give way."""
        values: dict[str, Value | None] = {**temporary(self.menu, group, ownership.owner_of(row), self.kept)}
        if "address" in values and "network" in self.menu.by_name:
            values["network"] = str(values["address"]).partition("/")[0]
        if "address" in values and "advertise" in self.menu.by_name:
            values["advertise"] = False
        return self._changes(row, values)

    def _changes(self, row: Row, values: Mapping[str, Value | None]) -> tuple[Change, ...]:
        return tuple(Change(self.menu.by_name[name], row.get(name), value) for name, value in values.items())

    def _wish(self, row: Row) -> Wish:
        tag = ownership.tag_of(row)
        assert tag is not None  # noqa: S101  (`_goes_to` has looked)
        assert self.program is not None  # noqa: S101
        wish = self.program.wish_for(tag)
        assert wish is not None  # noqa: S101
        return wish


class _Goal(NamedTuple):
    mark: str = ""
    """What it will have; empty where it will have nothing that could be another's."""
    stays: str = ""
    """Why it doesn't go."""


def _beside(menu: Menu, one: Values, other: Values) -> bool:
    """Whether two rows are of one thing, such as peers of one interface."""
    of = [field.name for field in menu.writable if field.references and field.required]
    return all(one.get(name) == other.get(name) for name in of)


def _elements(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _undone(menu: Menu, step: Step) -> Step:
    """What brings a row back that gave way."""
    if step.verb == "remove":
        return _again(menu, Step("set", step.row, ()))
    return Step("set", step.row, former(step.changes))


def _again(menu: Menu, step: Step) -> Step:
    """A row that was removed, made anew with what it is changed to."""
    was = {
        field.name: field.codec.read(text)
        for field in menu.writable
        if (text := step.row.get(field.name)) is not None and not (field.secret and text == compare.HIDDEN)
    }
    now: dict[str, Value | None] = {**was, **{change.field.name: change.new for change in step.changes}}
    return Step("add", step.row, tuple(Change(menu.by_name[name], None, value) for name, value in now.items()))
