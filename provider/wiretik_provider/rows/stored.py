"""A row in the state: its resource's inputs and outputs, made from the router's print.

Rule: pure, and never a secret that the router made. What nobody declared and somebody changed becomes an input, so that
the next up sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from wiretik_provider.codecs.base import Key, Value, shown
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import ownership
from wiretik_provider.rows.compare import (
    BY_HAND,
    DECLARED,
    FORMER,
    GENERATION,
    HELD,
    HIDDEN,
    META,
    Props,
    Row,
    agrees,
    changes,
    declared,
    is_by_hand,
    value_of,
)

__all__ = [
    "AS_FOUND",
    "as_found",
    "former",
    "generation_of",
    "inputs",
    "left_as_found",
    "met",
    "outputs",
    "taken_over",
    "words_back",
]


AS_FOUND: Final = "as found"
"""The input `adopt` of rows that a component may take over; `true` is a program's own word."""


def met(olds: Props, checked: Props, *, late: bool = False) -> dict[str, Any]:
    """Inputs with `adopt` as the state has it, where nothing else differs.

    It says how a row that is there may be met, and is no property of the row: to take it out later is no change.

    Args:
        olds: the state's inputs; empty where there is no resource yet.
        checked: the inputs of now.
        late: to take it up later asks for something, as a whole list or block has rows to take over then.
    """
    shown = {name for name in {*olds, *checked} - {"adopt"} if not name.startswith("__")}
    if not olds or (late and checked.get("adopt")) or any(olds.get(name) != checked.get(name) for name in shown):
        return dict(checked)
    kept = {name: value for name, value in checked.items() if name != "adopt"}
    return {**kept, **({"adopt": olds["adopt"]} if "adopt" in olds else {})}


def outputs(menu: Menu, row: Row, props: Props) -> dict[str, Any]:
    """A resource's outputs: what was declared, what the router fills in, never a secret that the router made.

    Raises:
        InvalidValue: the router prints a key that is none. Others build on outputs, clients' files among them.
    """
    names = [name for name in props.get(DECLARED, list(props)) if name in menu.by_attribute]
    found: dict[str, Any] = {name: props[name] for name in (*META, HELD) if props.get(name) is not None}
    for field in menu.outputs:
        text = row.get(field.name)
        if field.name == "comment":
            text = ownership.split(text or "")[0] or None
        if field.secret:
            if field.attribute in names:
                kept = text in (None, HIDDEN) or (menu.loose and not text) or is_by_hand(field, props)
                found[field.attribute] = props[field.attribute] if kept else value_of(field, text)
        elif text is not None or field.default is not None or field.attribute in names:
            found[field.attribute] = _trusted(field, text)
        if field.alike and field.attribute in names:
            wished = declared(menu, props)
            if agrees(field, text, wished[field.name], wished):
                # What was declared stays: a prefix that is another one each day is neither a change nor drift.
                found[field.attribute] = wished[field.name]
    found |= {name: props[name] for name in _called(menu, row, props) if name in names}
    if not menu.singleton:
        found["row_id"] = row.get(".id", "")
    found[DECLARED] = sorted(names)
    if FORMER in props:
        found[FORMER] = props[FORMER]
    return {**found, **generation_of(props)}


def former(menu: Menu, row: Row) -> dict[str, str]:
    """What a row has that is about to be adopted, but for secrets; `!name` for what it doesn't print."""
    names = [field.name for field in menu.writable if not (field.secret or field.write_only or field.add_only)]
    had = {name if name in row else f"!{name}": row.get(name, "") for name in names if name != "comment"}
    return {**had, "comment": row.get("comment", "")} if "comment" in names else had


def as_found(row: Row) -> Row:
    """A row that an adoption has signed, as it was before: an adoption writes nothing but tags."""
    return {**row, "comment": ownership.text_of(row)}


def left_as_found(menu: Menu, props: Props) -> frozenset[str]:
    """What stays as it is of a row that was there before: what people call it, where a component took it over."""
    if props.get("adopt") != AS_FOUND:
        return frozenset()
    return frozenset({"comment", "name"} & menu.by_name.keys() - {*menu.key})


def _called(menu: Menu, row: Row, props: Props) -> list[str]:
    """The properties of which an adopted row keeps its own value, and its resource says the program's."""
    tag = ownership.tag_of(row)
    return [menu.by_name[name].attribute for name in left_as_found(menu, props)] if tag and tag.adopted else []


def words_back(row: Row, former: Props) -> tuple[str, ...]:
    """What gives a row back what it had, as far as it differs now; `!name` is what it didn't print."""
    names = [name.removeprefix("!") for name in former]
    now = {name if name in row else f"!{name}": row.get(name, "") for name in names}
    found = [(name, value) for name, value in former.items() if now.get(name) != value]
    # A row that prints no comment has none, and in some versions its menu hasn't either.
    return tuple(f"={name}={value}" for name, value in found if value or row.get(name) or name != "comment")


def generation_of(props: Props) -> dict[str, Any]:
    """The generation that a state has, as the output that keeps it."""
    return {GENERATION: props[GENERATION]} if props.get(GENERATION) else {}


def _trusted(field: Field, text: str | None) -> Value | None:
    """The value of an output; what isn't parsed is text that nobody takes for more, but a key must be one."""
    value = value_of(field, text)
    if isinstance(field.codec, Key) and value:
        try:
            field.codec.parse(value)
        except InvalidValue as error:
            raise InvalidValue(f"{field.name}: the router prints {shown(value)}: {error.problem}") from None
    return value


def inputs(menu: Menu, row: Row, props: Props, base: Mapping[str, str | None] = MappingProxyType({})) -> dict[str, Any]:
    """A resource's inputs as the router has them now: what was declared, and what somebody else changed besides.

    `base` says what properties shall be that aren't declared and have no known default (`baseline.target`).
    """
    names = props.get(DECLARED, [])
    found: dict[str, Any] = {name: props[name] for name in (*META, HELD, *names) if props.get(name) is not None}
    wanted = declared(menu, props)
    text, tag = ownership.parts_of(row)
    adopted = FORMER in props or bool(tag and tag.adopted)
    if adopted:
        wanted = {name: value for name, value in wanted.items() if name not in left_as_found(menu, props)}
        wanted.setdefault("comment", text)
    whole = not menu.singleton
    for change in changes(menu, {**row, "comment": text}, wanted, whole=whole, adopted=adopted, base=base):
        if change.old is None and change.new is not None and change.field.name in base:
            found[change.field.attribute] = ""  # somebody unset it
        elif change.old is None:
            found.pop(change.field.attribute, None)
        elif change.field.secret and change.new is None:
            found[change.field.attribute] = BY_HAND
        else:
            found[change.field.attribute] = value_of(change.field, change.old)
    if menu.tagged and (tag is None or tag.owner != props.get("tag")):
        found["tag"] = tag.owner if tag else ""
    elif tag and tag.generation != props.get(GENERATION, ""):
        found["tag"] = taken_over(tag.owner)
    return found


def taken_over(owner: str) -> str:
    """The input `tag` of a resource whose rows were taken over, by one that moved, or by an up that was killed.

    Whose resource is still declared takes them back by the next up.
    """
    return f"{owner} taken over"
