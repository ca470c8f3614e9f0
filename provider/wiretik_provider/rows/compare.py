"""A row and its declaration in a program: compare, decide, and say it in the API's words.

Pure. A row is what the router printed, as text by RouterOS's names; properties are canonical values by Python's
names, as they stand in Pulumi's inputs and outputs. Nothing is sent from here: preview, tests and real runs share the
decision.

Rule: an owned row is owned whole. What the program doesn't declare has its default, or it is drift: that is how a row
disabled by hand, or a matcher that somebody added, is found. Only what the router fills in itself is left alone.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from wiretik_provider.codecs.base import Bool, Flag, Value
from wiretik_provider.codecs.loose import Rights
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus.descriptor import EXTRA, SHAPE, Field, Menu, Problem
from wiretik_provider.rows import claims, ownership
from wiretik_provider.rows.claims import GENERATION
from wiretik_provider.rows.kept import Kept, held_by
from wiretik_provider.rows.ownership import Tag
from wiretik_provider.rows.telling import few, printed_as, value_of

__all__ = [
    "BY_HAND",
    "DECLARED",
    "FORMER",
    "GENERATION",
    "HELD",
    "HIDDEN",
    "META",
    "UNKNOWN",
    "Change",
    "Row",
    "add_words",
    "agrees",
    "changes",
    "check",
    "clear_word",
    "declared",
    "equals",
    "find",
    "is_by_hand",
    "key",
    "label",
    "owned_by",
    "printed",
    "set_words",
    "shared",
    "twin",
    "unsigned",
    "untouched",
    "value_of",
]

Row = Mapping[str, str]
"""A row exactly as the router printed it."""
Props = Mapping[str, Any]

META: Final = ("adopt", EXTRA, "find", "position", "router", SHAPE, "tag")
"""Inputs that are Wiretik's, not the menu's."""

HELD: Final = "held"
"""The input, Wiretik's too, that says which elements of the list `Menu.holds` have resources of their own."""

DECLARED: Final = "__declared"
"""The output that says which properties the program declared; Pulumi's displays hide names that begin so."""
FORMER: Final = "__former"
"""The output that keeps what an adopted row or a singleton had before, as the router printed it."""
HIDDEN: Final = "*****"
"""What a user without policy `sensitive` sees of a secret (docs/facts/permissions.md)."""


BY_HAND: Final = "[set by hand]"
"""Stands in inputs for a secret that somebody set on the router and nobody declared: a refresh shows that one is there,
and what it is enters neither a diff nor a state. With `ignore_changes` it comes back as an input, and is left alone."""


class _Unknown(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Unknown.UNKNOWN
"""Stands for a value that a preview doesn't know yet."""


class Change(NamedTuple):
    """One property of a row that is not as it should be."""

    field: Field
    old: str | None
    """As the router prints it; None where it doesn't."""
    new: Value | None
    """As it should be; None for as if nobody had ever set it."""


def check(menu: Menu, news: Props) -> tuple[dict[str, Any], list[Problem]]:
    """The canonical form of what a user declared, and everything that is wrong with it.

    Args:
        menu: the descriptor.
        news: declared properties, `META` among them; `UNKNOWN` where a value isn't known yet.
    """
    problems: list[Problem] = []
    checked: dict[str, Any] = {}
    for name, value in news.items():
        field = menu.held if name == HELD else menu.by_attribute.get(name)
        if name in META or (value is UNKNOWN and field) or (field and field.secret and value == BY_HAND):
            checked[name] = value
        elif field is None:
            problems.append(Problem(name, f"{menu.a_row} has no such property{_nearest(name, menu)}"))
        elif field.read_only:
            problems.append(Problem(name, "the router tells this property; it can't be set"))
        else:
            try:
                checked[name] = field.codec.parse(value)
            except InvalidValue as error:
                problems.append(Problem(name, error.problem))
    problems += [
        Problem(field.attribute, f"missing; {menu.a_row} needs it")
        for field in menu.writable
        if field.required and news.get(field.attribute) is None
    ]
    if not problems:
        problems += _held_by_nobody(menu, checked)
    if not problems:
        own = (*META, HELD)
        known = {name: None if value is UNKNOWN else value for name, value in checked.items() if name not in own}
        for rule in menu.rules:
            problems += rule(known)
    return checked, problems


def _held_by_nobody(menu: Menu, checked: Props) -> Iterator[Problem]:
    """What is held and not in the list."""
    if not menu.holds or not checked.get(HELD):
        return
    attribute = menu.by_name[menu.holds].attribute
    held, there = checked[HELD], checked.get(attribute, UNKNOWN)
    if held is not UNKNOWN and there is not UNKNOWN and (more := [one for one in held if one not in there]):
        yield Problem(HELD, f"{attribute} hasn't {', '.join(more)}: only its own elements can be held")


def _nearest(name: str, menu: Menu) -> str:
    close = difflib.get_close_matches(name.replace("-", "_"), list(menu.by_attribute), 1)
    return f"; did you mean {close[0]}?" if close else ""


def declared(menu: Menu, props: Props) -> dict[str, Value]:
    """The declared values by RouterOS's names, the comment with its tag left out."""
    names = props.get(DECLARED, list(props))
    return {
        field.name: BY_HAND if is_by_hand(field, props) else _parsed(field, props[field.attribute])
        for field in menu.writable
        if field.attribute in names and props.get(field.attribute) is not None
    }


def is_by_hand(field: Field, props: Props) -> bool:
    """Whether a secret is the one that somebody set on the router, which nobody here knows."""
    return field.secret and props.get(field.attribute) == BY_HAND


def changes(
    menu: Menu,
    row: Row,
    wanted: Mapping[str, Value],
    *,
    whole: bool = True,
    unseen: Collection[str] = (),
    adopted: bool = False,
    base: Mapping[str, str | None] = MappingProxyType({}),
) -> list[Change]:
    """What has to change for a row to be as declared.

    Args:
        menu: the descriptor.
        row: as the router printed it.
        wanted: declared values by RouterOS's names, the comment with its tag.
        whole: the row is owned whole, so what isn't declared must have its default.
        unseen: secrets to write also where the router shows only `*****` of them, since they may be others now, and to
            clear where they were declared until now.
        adopted: the row was there before. Secrets of it that nobody declared are its former owner's and stay: who took
            it over may not have seen them, and they could never be given back. (So does its comment: `resigned`.)
        base: what properties shall be that aren't declared and have no known default (`baseline.target`).
    """
    found = []
    for field in menu.writable:
        old = row.get(field.name)
        new = wanted.get(field.name)
        unknown = field.secret and (new == BY_HAND or (_unshown(menu, old) and field.name not in unseen))
        if field.write_only or unknown:
            continue
        if new is None and field.name in base:
            text = base[field.name]
            if (field.secret and text is None) or (old or "") != (text or ""):
                found.append(Change(field, old, field.codec.read(text) if text else None))
        elif new is None:
            spared = adopted and field.secret and field.name not in unseen
            if whole and not field.computed and not spared and not untouched(field, old):
                found.append(Change(field, old, None))
        elif old == HIDDEN or not agrees(field, old, new, wanted):
            found.append(Change(field, old, new))
    return found


def _unshown(menu: Menu, text: str | None) -> bool:
    """Whether a secret isn't shown; of menus known from data alone nobody knows which are printed."""
    return text == HIDDEN or (menu.loose and not text)


def agrees(field: Field, text: str | None, wished: Value, wanted: Mapping[str, Value]) -> bool:
    """Whether a printed text is the declared value, or what the router makes of it."""
    there = value_of(field, text)
    return there == wished or (field.alike is not None and there is not None and field.alike(there, wished, wanted))


def untouched(field: Field, text: str | None) -> bool:
    """Whether this is what a row prints that nobody told otherwise."""
    if text is None:
        return True
    if isinstance(field.codec, Bool):
        return not isinstance(field.codec, Flag) and field.codec.read(text) == bool(field.default)
    return not text or (field.default is not None and field.codec.read(text) == field.default)


def _word(field: Field, value: Value | None) -> str:
    if value is None and field.default is not None:
        value = field.default
    if value is None or (isinstance(field.codec, Flag) and not value):
        return f"={field.name}=" if field.clear_by_empty else f"=!{field.name}="
    return f"={field.name}={field.codec.write(value)}"


def clear_word(field: Field) -> str:
    """The word of a `set` that brings a property back to what it is when nobody has set it."""
    return _word(field, None)


def printed(menu: Menu, wanted: Mapping[str, Value]) -> dict[str, str]:
    """Declared values as the router would print them; what it wouldn't print is left out."""
    return {name: text for name, value in wanted.items() if (text := printed_as(menu.by_name[name], value)) is not None}


def set_words(found: Iterable[Change]) -> tuple[str, ...]:
    """The attributes of the `set` that makes these changes."""
    return tuple(_set_word(change) for change in found)


def _set_word(change: Change) -> str:
    codec = change.field.codec
    if isinstance(codec, Rights) and change.new is not None:
        return f"={change.field.name}={codec.partition(change.new, change.old or '')}"
    return _word(change.field, change.new)


def add_words(menu: Menu, wanted: Mapping[str, Value]) -> tuple[str, ...]:
    """The attributes of the `add` that makes such a row."""
    return tuple(
        _word(field, value)
        for field in menu.writable
        if (value := wanted.get(field.name)) is not None
        and not (isinstance(field.codec, Flag) and not value)
        and not (field.secret and value == BY_HAND)
    )


def owned_by(rows: Iterable[Row], owner: str, generation: str | None = None) -> list[Row]:
    """The rows that carry this owner's tag, of whichever generation or of one."""
    # A quick look before the exact one: most rows of a large menu have no tag at all.
    candidates = (row for row in held_by(rows, owner) if owner in row.get("comment", ""))
    return [
        row
        for row in candidates
        if (tag := ownership.tag_of(row)) and tag.owner == owner and generation in {None, tag.generation}
    ]


def doubles(menu: Menu, rows: Sequence[Row], row: Row) -> list[Row]:
    """The other rows with this row's tag that equal it in all that can be set.

    A command of a connection that broke may still be done after a look at the next one, and then a row is there twice.
    A copy that somebody made and then changed is not one of these: it is his.
    """
    tag = ownership.tag_of(row)
    if tag is None:
        return []
    return [
        other
        for other in owned_by(rows, tag.owner)
        if other[".id"] != row[".id"]
        and all(
            value_of(field, other.get(field.name)) == value_of(field, row.get(field.name))
            for field in menu.writable
            if field.name != "comment"
        )
        and _signature(other) == _signature(row)
    ]


def _signature(row: Row) -> tuple[str, Tag | None]:
    """A comment, whichever generation it is of: of a double only one may have been taken over."""
    text, tag = ownership.parts_of(row)
    return text, tag and tag._replace(generation="", older=())


def key(menu: Menu, values: Mapping[str, Any]) -> str:
    """The natural key of a row or of declared values, both by RouterOS's names; empty where there is none."""
    parts = []
    for name in menu.key:
        field = menu.by_name[name]
        value = values.get(name, field.default)
        if value is None:
            return ""
        parts.append(_canonical(field, value))
    return ",".join(part for part in parts if part)


def _canonical(field: Field, value: Value) -> str:
    """A printed or a declared value in the one way to write it."""
    return field.codec.write(field.codec.read(value) if isinstance(value, str) else value)


def find(menu: Menu, rows: Sequence[Row], props: Props) -> Row | None:
    """The row of a resource, from its outputs or inputs: by tag, else by key, else by `.id` where it is the same kind.

    A row whose comment somebody edited is still found, and a row that carries another owner's tag is never taken. Where
    rows have no key, one that is equal and nobody's is the row, too: after an import of what was exported without
    comments all `.id`s are others.
    """
    tagged = owned_by(rows, props.get("tag") or "-") or claims.had_by(rows, claims.of(props))
    if tagged:
        return next((row for row in tagged if row.get(".id") == props.get("row_id")), tagged[0])
    values = {field.name: props[field.attribute] for field in menu.fields if props.get(field.attribute) is not None}
    wanted = {name: _parsed(menu.by_name[name], values[name]) for name in menu.key if name in values}
    for row in rows:
        if _is_dynamic(row) or ownership.tag_of(row):
            continue
        if menu.key:
            if _same(menu, row, {**values, **wanted}):
                return row
        elif row.get(".id") == props.get("row_id") and all(
            value_of(menu.by_name[name], row.get(name)) == values.get(name) for name in menu.kin
        ):
            return row
    return None if wanted else unsigned(menu, rows, declared(menu, props))


def unsigned(menu: Menu, rows: Iterable[Row], wanted: Mapping[str, Value]) -> Row | None:
    """A row that equals what is declared in all but the comment, and carries nobody's tag."""
    plain = {name: value for name, value in wanted.items() if name != "comment"}
    return next((row for row in equals(menu, rows, plain) if not ownership.tag_of(row)), None)


def _parsed(field: Field, value: Value) -> Value:
    """A value of the state; what a router printed and its codec doesn't know stays as it is."""
    try:
        return field.codec.parse(value)
    except InvalidValue:
        return value


def twin(menu: Menu, rows: Iterable[Row], wanted: Mapping[str, Value], stack: str) -> Row | None:
    """A row that isn't the resource's own and has the same key, or is equal where none is declared: nobody's first.

    Args:
        menu: the descriptor.
        rows: of the menu.
        wanted: declared values by RouterOS's names.
        stack: the four digits of this stack, whose other rows may well be equal where rows have no key.
    """
    plain = {name: value for name, value in wanted.items() if name != "comment"}
    told = [name for name in menu.key if wanted.get(name) is not None]
    if told or (menu.key and not menu.loose):
        return next((row for row in _alike(menu, rows, plain, told) if _same(menu, row, wanted)), None)
    theirs = None
    alike = equals(menu, rows, plain)
    if menu.loose:  # not all is declared, and of several rows the one is meant of which the most is; `*17` can't be
        alike = iter(sorted(alike, key=lambda row: sum(one not in plain and row[one][:1] != "*" for one in row)))
    for row in alike:
        tag = ownership.tag_of(row)
        if tag is None:
            return row
        theirs = theirs or (row if tag.stack != stack else None)
    return theirs


def equals(menu: Menu, rows: Iterable[Row], plain: Mapping[str, Value]) -> Iterator[Row]:
    """The rows that are as declared in all but their comments, whoever they belong to."""
    told = [name for name in plain if not (menu.by_name[name].secret or menu.by_name[name].write_only)]
    for row in _alike(menu, rows, plain, told):
        if all(change.field.name == "comment" for change in changes(menu, row, plain)):
            yield row


def _alike(menu: Menu, rows: Iterable[Row], plain: Mapping[str, Value], told: Sequence[str]) -> Iterator[Row]:
    """The rows that may be as declared in these properties; dynamic ones are nobody's."""
    rows = few(menu, rows, plain, told) if isinstance(rows, Kept) else rows
    left = iter(told)
    telling: list[tuple[str, Callable[[str | None], bool]]] = []
    for row in rows:
        # Among ten thousand rows most differ in the first thing that is declared: the others need no look at it then.
        if _is_dynamic(row) or not all(like(row.get(name)) for name, like in telling):
            continue
        for name in left:
            like = _agreeing(menu.by_name[name], plain, keyed=bool(menu.key))
            telling.append((name, like))
            if not like(row.get(name)):
                break
        else:
            yield row


def _agreeing(field: Field, wanted: Mapping[str, Value], *, keyed: bool) -> Callable[[str | None], bool]:
    """Whether a printed text may be the declared value; it is asked of many rows, which print few different texts."""
    wished = wanted[field.name]
    mark = _canonical(field, wished) if keyed else None

    def like(text: str | None) -> bool:
        same = mark is not None and text is not None and _canonical(field, text) == mark
        return same or agrees(field, text, wished, wanted)

    return functools.cache(like)


def _same(menu: Menu, row: Row, wanted: Mapping[str, Value]) -> bool:
    """Whether a row has the declared key, as far as the router completes it."""
    mark = key(menu, wanted)
    fields = [menu.by_name[name] for name in menu.key]
    if not mark:
        # What the router is to complete, and hasn't yet: an address of a pool that has no prefix now.
        told = [field for field in fields if wanted.get(field.name) is not None]
        waits = bool(told) and not key(menu, row)
        return waits and all(agrees(field, row.get(field.name), wanted[field.name], wanted) for field in told)
    if key(menu, row) == mark:
        return True
    return any(field.alike for field in fields) and all(
        agrees(field, row.get(field.name), wished, wanted)
        for field in fields
        if (wished := wanted.get(field.name, field.default)) is not None
    )


def shared(menu: Menu, rows: Iterable[Row], wanted: Mapping[str, Value], own_id: str) -> Iterator[tuple[str, Row]]:
    """What the router would take and leave dead, such as a second interface on one listen port: what, and whose it is.

    Args:
        menu: the descriptor.
        rows: of the menu.
        wanted: declared values by RouterOS's names.
        own_id: the `.id` of the resource's own row; empty where it has none yet.
    """
    for group in menu.unique:
        values = [wanted.get(name) for name in group]
        if None in values or wanted.get("disabled") is True:
            continue
        asked = ", ".join(f"{name}={value}" for name, value in zip(group, values, strict=True))
        for row in rows:
            there = [value_of(menu.by_name[name], row.get(name)) for name in group]
            if there == values and row.get(".id") != own_id and row.get("disabled") != "true":
                yield asked, row


def _is_dynamic(row: Row) -> bool:
    return row.get("dynamic") == "true"


def label(menu: Menu, values: Mapping[str, Any]) -> str:
    """A row as a user knows it, for an error: `WireGuard interface wg0`, `filter rule "drop all"`, `route *7`."""
    comment = ownership.text_of(values)
    mark = key(menu, values)
    if mark:
        return f"{menu.noun} {mark}"
    if comment:
        return f'{menu.noun} "{comment}"'
    told = [f"{name}={values[name]}" for name in (*menu.kin, *([".id"] if ".id" in values else [])) if values.get(name)]
    return f"{menu.noun} {' '.join(told)}".strip()
