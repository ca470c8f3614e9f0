"""Loading what a router exported, a real one's too (docs/facts/rest-and-export.md).

All of it is taken, or everything that isn't known is said by its line; what a real router has and this one lacks is
never passed over in silence. What an export presupposes is there before it is read: the ports that it names, and the
rows that only the router makes, which it changes by number, by id, by name or by `[ find default=yes ]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from wiretik_provider.simulator.console.export import ranks
from wiretik_provider.simulator.console.script import Walk, run_each
from wiretik_provider.simulator.console.statements import ScriptError, Statement, Word, salvage
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import WRITTEN
from wiretik_provider.simulator.machine.table import Row, Table

__all__ = ["LoadError", "blacked_out", "load", "shown", "take", "version_of"]

_HEADER: Final = re.compile(r"^# .* by RouterOS (7\.\d+(?:\.\d+)?)", re.MULTILINE)
_PORT: Final = re.compile(
    r"(ether|combo|sfp|sfp-sfpplus|sfpplus|sfp28-|qsfpplus|qsfp28-|qsfp56-dd-|wlan|wifi|lte|pwr-line)\d[\d-]*"
)
_TYPES: Final = {"wlan": "wlan", "wifi": "wifi", "lte": "lte"}
_OTHER: Final = "unknown"
"""The type of an interface whose own row was left out."""
# `#error exporting "/ip/ssh" (timeout)`: such a menu is unknown, not empty (docs/facts/exports.md#the-frame).
_UNREAD: Final = re.compile(r"^#\s*error exporting \"?(/[a-z0-9/ -]+)", re.MULTILINE)
# Who copies an export from a terminal copies the prompt, and the command behind it (docs/facts/exports.md#masks).
_PROMPT: Final = re.compile(r"^\[[^\s@\]]+@[^\]\n]+\] [^>\n]*>(?: */?export[^\n]*)?[ \r]*$", re.MULTILINE)
_FIND: Final = re.compile(r"find +(?:where +)?([a-z-]+)=(\S+)")
_OWN: Final = {
    ("/ipv6/nd", "[ find default=yes ]"): {"interface": "all"},
    ("/ppp/profile", "*FFFFFFFE"): {"name": "default-encryption"},
}
"""What is known of rows of the router's own, of which an export says what was changed (docs/facts/exports.md)."""
# What routers tell their own rows apart by (docs/facts/exports.md#forms; a verbose export of 7.17.2, one of 7.1.1).
_TOLD: Final = frozenset({"default", "default-name", "name", "port", "vcno"})
_SERVICES: Final = "/ip/service"
_LATER: Final = {"reverse-proxy": (7, 22)}


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


def load(router: Device, text: str, *, skip_unknown: bool = False) -> tuple[ScriptError, ...]:
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
    text = _PROMPT.sub("", text)
    for found in _UNREAD.finditer(text):
        path = "/" + found[1].strip("/ ").replace(" ", "/")
        router.incomplete.setdefault(path, "the router that wrote the export couldn't read it")
    errors = take(router, tuple(salvage(text, exported=version_of(text) is not None)))
    if errors and not skip_unknown:
        raise LoadError(errors)
    return errors


def take(router: Device, statements: Sequence[Statement]) -> tuple[ScriptError, ...]:
    """The same from statements that nobody wrote down; what isn't known or is refused is left out and told."""
    _equip(router, statements)
    left_out: dict[str, set[str]] = {}
    router.promised = _names(router, statements)
    errors = run_each(
        router,
        WRITTEN,
        statements,
        lambda path, word: _suppose(router, path, word),
        lambda path, statement, error: _lose(router, left_out, path, statement, error),
    )
    router.promised = left_out
    if errors and errors[-1].line == statements[-1].line:
        _cut_off(router, statements)
    return tuple(errors)


def _cut_off(router: Device, statements: Sequence[Statement]) -> None:
    """Knows of all menus that would have followed in a file that ends with what can't be read."""
    walk = Walk(router)
    last = [walk.menu_of(statement) for statement in statements][-1]
    places = [path for path, _ in ranks()]
    for path in places[places.index(last) :] if last in places else ():
        router.incomplete.setdefault(path, "the export ends with a line that was left out")


def _lose(router: Device, left_out: dict[str, set[str]], path: str, statement: Statement, error: ScriptError) -> None:
    """Knows of a row that was left out: its menu is incomplete, and its name is one that others may give."""
    why = f"line {error.line} of the export was left out"
    router.incomplete.setdefault(path, why)
    menu = router.menus.get(path)
    named = {word.value for word in statement.words if word.name == "name"}
    if menu is not None and "name" in menu.args and not named:
        # It may stand behind a name that is misspelt.
        named = {word.value for word in statement.words if word.assigned and word.name not in menu.args}
    interfaces = router.table("/interface")
    if not named and menu is not None and menu.menu.table == "/interface":
        router.incomplete.setdefault("/interface", why)
    for name in named:
        router.promised.setdefault(path, set()).add(name)
        left_out.setdefault(path, set()).add(name)
        if (menu is None or menu.menu.table == "/interface") and name not in interfaces.names:
            row = Row(interfaces.new_id(), {"name": name})
            row.facts["type"] = _OTHER
            interfaces.insert(row)


def _equip(router: Device, statements: Sequence[Statement]) -> None:
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
            if found is not None and found[1] == "default-name" and _PORT.fullmatch(found[2]):
                given = next((each.value for each in statement.words if each.name == "name"), "")
                yield found[2], given


def _suppose(router: Device, path: str, word: Word) -> str:
    """Makes the router's own row that an export changes, where there can be one; gives its id, empty where not."""
    menu = router.menus[path].menu
    text = word.value.strip()
    if path == _SERVICES:
        return _service(router, text)
    if not menu.plain:
        return ""
    table = router.table(path)
    if word.kind != "find" and re.fullmatch(r"[0-9]{1,3}", text):
        return "" if menu.type else _up_to(table, int(text))
    number = int(text[1:], 16) if re.fullmatch(r"\*[0-9A-Fa-f]{1,8}", text) else None
    target, given = text, {"name": text} if number is None else {}
    if word.kind == "find":
        found = _FIND.fullmatch(text)
        if found is None or found[1] not in _TOLD:
            return ""
        target, given = f"[ {text} ]", {found[1]: found[2].strip('"')}
        if found[1] == "default":
            given = {"name": "default"}
    there = table.get(number) if number is not None else table.names.get(given.get("name", ""))
    there = there or next((row for row in table if row.facts.get("target") == target), None)
    if there is None and not (menu.type or "," in text):
        known = {**given, **_OWN.get((path, target), {})}
        named = {name: value for name, value in known.items() if name in router.menus[path].args}
        there = Row(table.new_id() if number is None else number, named)
        there.facts |= {"target": target, **{f"first-{name}": value for name, value in named.items()}}
        if "default=yes" in text or (path, target) in _OWN:
            there.facts["default"] = "true"
        table.insert(there)
    return "" if there is None else there.ref


def _service(router: Device, name: str) -> str:
    """A service that newer routers have besides those of the facts; it is on (docs/facts/exports.md#factory-values)."""
    since = _LATER.get(name)
    if since is None or router.version < since:
        return ""
    table = router.table(_SERVICES)
    row = table.names.get(name)
    if row is None:
        row = Row(table.new_id(), {"name": name})
        table.insert(row)
    return row.ref


def _up_to(table: Table, place: int) -> str:
    """Makes rows until there is one at this place, counted from 0."""
    for number in range(len(table), place + 1):
        row = Row(table.new_id(), {})
        row.facts["target"] = str(number)
        table.insert(row)
    return next(row.ref for number, row in enumerate(table) if number == place)


def blacked_out(router: Device, path: str) -> dict[str, frozenset[str]]:
    """The properties of a menu's rows of which a file that was loaded doesn't show the values, by the rows' ids."""
    return {
        row.ref: frozenset(name for name, text in row.written.items() if text)
        for row in router.table(path)
        if any(row.written.values())
    }


def shown(router: Device, path: str, name: str) -> frozenset[str]:
    """The properties of which a file that was loaded told the values, of a row that has a name."""
    return frozenset(row.said) if (row := router.table(path).names.get(name)) is not None else frozenset()


def _names(router: Device, statements: Sequence[Statement]) -> dict[str, set[str]]:
    """The names that an export gives, by the menus of their rows: people rearrange what they post."""
    found: dict[str, set[str]] = {}
    walk = Walk(router)
    for statement in statements:
        path = walk.menu_of(statement)
        for word in statement.words:
            if word.name == "name":
                found.setdefault(path, set()).add(word.value)
    return found
