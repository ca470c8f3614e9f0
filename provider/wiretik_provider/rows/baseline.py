"""What a row of a menu that is known from data alone is held to, where nobody knows its defaults.

What a program doesn't declare shall stay as the router printed it after the last write: the baseline. What it declares
and the router prints in other words than it was written in counts as declared while it prints just that: the echo. So
nothing that isn't declared is ever written but to give back what it was, a hand's edit is seen, and no spelling is
drift.

The rule: pure, and no secret in either. An echo counts only if the write changed what is printed, and not where a list
has more or less in it than was declared: there the router didn't do what it was asked for. Where RouterOS is another
version than at the last write, the baseline is taken anew: what a version adds or prints otherwise is nobody's edit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from wiretik_provider.codecs.base import Value
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare
from wiretik_provider.rows.compare import DECLARED, Props, Row

__all__ = ["BASE", "ECHO", "VERSION", "kept", "odd", "settled", "target", "written"]

BASE: Final = "__base"
"""The output that keeps the baseline: as printed, by RouterOS's names, and the version at which it was taken."""
ECHO: Final = "__echo"
"""The output that keeps what was printed of values that were written in other words."""
VERSION: Final = ".version"


def settled(menu: Menu, row: Row, props: Props) -> Row:
    """The row with what was declared in place of its echo."""
    heard: Mapping[str, str] = props.get(ECHO) or {} if menu.loose else {}
    same = {
        name: field.codec.write(props[field.attribute])
        for name, text in heard.items()
        if (field := menu.by_name.get(name)) and row.get(name, "") == text and props.get(field.attribute) is not None
    }
    return {**row, **same} if same else row


def target(menu: Menu, olds: Props, names: Collection[str], version: str) -> dict[str, str | None]:
    """What the properties shall be that aren't declared: as printed, None for as if nobody had ever set it.

    Args:
        menu: the descriptor.
        olds: the state of the resource.
        names: what is declared now, by Python's names.
        version: RouterOS's.
    """
    base: Mapping[str, str] = olds.get(BASE) or {}
    if not base:
        return {}
    before, same = olds.get(DECLARED, ()), base.get(VERSION) == version
    found: dict[str, str | None] = {}
    for field in menu.writable:
        if field.attribute in names or (menu.tagged and field.name == "comment") or field.add_only:
            continue
        if field.attribute in before:
            found[field.name] = base.get(field.name)
        elif same and not field.secret:
            found[field.name] = base.get(field.name, "")
    return found


def written(menu: Menu, row: Row, props: Props, version: str, *, was: Row, olds: Props) -> dict[str, Any]:
    """The hidden outputs after a write.

    Args:
        menu: the descriptor.
        row: as the router prints it now.
        props: the inputs, with the `BASE` of before.
        version: RouterOS's.
        was: the row before the write; empty if it was added.
        olds: the state before; empty if there was none.
    """
    if not menu.loose:
        return {}
    base = {**_given_up(menu, props), **_undeclared(menu, row, props), VERSION: version}
    heard = {
        field.name: row.get(field.name, "")
        for field, value in _in_other_words(menu, row, props)
        if _echoes(field, value, was.get(field.name), row.get(field.name, ""))
        or (olds.get(field.attribute) == value and (olds.get(ECHO) or {}).get(field.name) == row.get(field.name, ""))
    }
    return {BASE: base, **({ECHO: heard} if heard else {})}


def kept(menu: Menu, row: Row, props: Props, version: str) -> dict[str, Any]:
    """The hidden outputs after a look, where nothing was written."""
    if not menu.loose or BASE not in props:
        return {}
    base = props[BASE]
    if base.get(VERSION) != version:
        base = {**_given_up(menu, props), **_undeclared(menu, row, props), VERSION: version}
    return {BASE: base, **({ECHO: props[ECHO]} if ECHO in props else {})}


def odd(menu: Menu, row: Row, props: Props) -> Iterator[str]:
    """What was declared and is printed in other words, after a write; as sentences."""
    for field, value in _in_other_words(menu, row, props):
        if not field.secret:
            yield f"{field.attribute} was declared as {value!r} and the router prints {row.get(field.name, '')!r}"


def _declared(props: Props) -> Collection[str]:
    names: Collection[str] = props.get(DECLARED, props.keys())
    return names


def _undeclared(menu: Menu, row: Row, props: Props) -> dict[str, str]:
    names = _declared(props)
    return {
        field.name: row[field.name]
        for field in menu.writable
        if field.name in row
        and field.attribute not in names
        and not (field.secret or (menu.tagged and field.name == "comment"))
    }


def _given_up(menu: Menu, props: Props) -> dict[str, str]:
    """What declared properties had before they were declared."""
    base, names = props.get(BASE) or {}, _declared(props)
    return {name: text for name, text in base.items() if name in menu.by_name and menu.by_name[name].attribute in names}


def _in_other_words(menu: Menu, row: Row, props: Props) -> Iterator[tuple[Field, Any]]:
    wanted = compare.declared(menu, props)
    for name, value in wanted.items():
        field = menu.by_name[name]
        if name != "comment" and not field.secret and not compare.agrees(field, row.get(name), value, wanted):
            yield field, value


def _echoes(field: Field, value: Value, was: str | None, now: str) -> bool:
    """Whether what is printed may stand for what was declared."""
    asked, there = (sorted(text.split(",")) for text in (field.codec.write(value), now))
    return now not in {was, ""} and (asked == there or len(asked) == len(there) == 1)
