"""Loading what a router exported, a real one's too (docs/facts/rest-and-export.md).

All of it is taken, or everything that isn't known is said by its line; what a real router has and this one lacks is
never passed over in silence. What an export presupposes is there before it is read: the ports that it names, and the
rows that only the router makes, which it changes by number, by id, by name or by `[ find default=yes ]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from wiretik_provider.simulator.console.script import ScriptError, Statement, Word, parse, run_each
from wiretik_provider.simulator.machine.table import Row, Table

if TYPE_CHECKING:
    from wiretik_provider.simulator.router import Router

__all__ = ["LoadError", "load", "version_of"]

_HEADER: Final = re.compile(r"^# .* by RouterOS (7\.\d+(?:\.\d+)?)", re.MULTILINE)
_PORT: Final = re.compile(
    r"(ether|combo|sfp|sfp-sfpplus|sfpplus|sfp28-|qsfpplus|qsfp28-|qsfp56-dd-|wlan|wifi|lte)\d[\d-]*"
)
_TYPES: Final = {"wlan": "wlan", "wifi": "wifi", "lte": "lte"}
_FIND: Final = re.compile(r"find +(?:where +)?([a-z-]+)=(\S+)")


class LoadError(ValueError):
    """A text that can't be loaded as it stands.

    Attributes:
        errors: every statement that isn't known or was refused, in order.
    """

    def __init__(self, errors: Sequence[ScriptError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


def version_of(text: str) -> str | None:
    """The RouterOS version that an export's header names."""
    found = _HEADER.search(text)
    return found[1] if found else None


def load(router: Router, text: str, *, skip_unknown: bool = False) -> tuple[ScriptError, ...]:
    """Loads an export into a router.

    Args:
        router: the router.
        text: the export.
        skip_unknown: leave out what isn't known or is refused.

    Returns:
        What was left out; nothing unless that was asked for.

    Raises:
        LoadError: with everything that couldn't be loaded; the rest was.
    """
    try:
        statements = tuple(parse(text))
    except ScriptError as error:
        raise LoadError([error]) from None
    _equip(router, statements)
    errors = run_each(router, statements, lambda path, word: _suppose(router, path, word))
    if errors and not skip_unknown:
        raise LoadError(errors)
    return tuple(errors)


def _equip(router: Router, statements: Sequence[Statement]) -> None:
    """Makes the ports that an export speaks of."""
    named = {word.value for statement in statements for word in statement.words if word.name == "name"}
    ports = dict(_ports(statements))
    table = router.table("/interface")
    there = {row.facts.get("default-name"): row for row in table}
    # One may be called what another was called at first; until it is named it has a name that nobody wants.
    for port, renamed in ports.items():
        row = there.get(port)
        if row is not None and renamed in named and renamed != port:
            table.alter(row, {"name": f"{port}?"})
        elif row is None and (renamed or port not in named):
            made = Row(table.new_id(), {"name": f"{port}?" if renamed else port})
            made.facts |= {"type": _TYPES.get(port.rstrip("0123456789-"), "ether"), "default-name": port}
            table.insert(made)
    router.changed(router.menus["/interface"])


def _ports(statements: Sequence[Statement]) -> Iterator[tuple[str, str]]:
    """The ports by their first names, each with the name that it is given, empty where it is given none."""
    for statement in statements:
        for word in statement.words:
            if word.name not in ("name", "comment", "default-name"):
                yield from ((part, "") for part in word.value.split(",") if _PORT.fullmatch(part))
    for statement in statements:
        for word in statement.words:
            found = _FIND.fullmatch(word.value.strip()) if word.kind == "find" else None
            if found is not None and found[1] == "default-name":
                given = next((each.value for each in statement.words if each.name == "name"), "")
                yield found[2], given


def _suppose(router: Router, path: str, word: Word) -> bool:
    """Makes the router's own row that an export changes, where there can be one."""
    menu = router.menus[path].menu
    if not menu.plain or menu.type:
        return False
    table = router.table(path)
    text = word.value.strip()
    if word.kind != "find" and text.isdigit() and text.isascii():
        return _up_to(table, int(text))
    target, number, name = text, None, ""
    if word.kind == "find":
        found = _FIND.fullmatch(text)
        if found is None or found[1] not in ("default", "name"):
            return False
        target, name = f"[ {text} ]", "default" if found[1] == "default" else found[2]
    elif re.fullmatch(r"\*[0-9A-Fa-f]{1,8}", text):
        number = int(text[1:], 16)
    else:
        name = text
    if "," in text or (table.get(number) if number is not None else table.names.get(name)) is not None:
        return False
    row = Row(table.new_id() if number is None else number, {"name": name} if name and menu.named else {})
    row.facts["target"] = target
    if "default=yes" in text:
        row.facts["default"] = "true"
    if "name" in row.values:
        row.facts["first-name"] = row.values["name"]
    table.insert(row)
    return True


def _up_to(table: Table, place: int) -> bool:
    """Makes rows until there is one at this place, counted from 0."""
    missing = range(len(table), place + 1)
    for number in missing:
        row = Row(table.new_id(), {})
        row.facts["target"] = str(number)
        table.insert(row)
    return bool(missing)
