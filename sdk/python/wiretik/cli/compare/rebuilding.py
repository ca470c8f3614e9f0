"""An embedded router of the same version with the rows that a real one printed.

Pure but for that router. Each row is one statement, with everything that it printed and that can be set; what the
embedded router refuses of that is a difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik.cli.compare.reading import Seen
from wiretik_provider.rules.model import Row
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.export import quoted, ranks
from wiretik_provider.simulator.console.statements import Statement, Word
from wiretik_provider.simulator.machine.network import Lease
from wiretik_provider.simulator.spec import VersionedMenu
from wiretik_provider.simulator.spec.grammar import BOOL, FLAG

__all__ = ["Rebuilt", "lines", "own_rows", "rebuilt"]

NEWEST: Final = "7.23.2"
_SHOWN: Final = frozenset({"/interface", "/system/identity"})
_NOW: Final = frozenset({"date", "time"})
"""What a clock shows and takes."""
_KNOWN: Final = re.compile(r"7\.\d+(?:\.\d+)?")


class Rebuilt(NamedTuple):
    """The embedded router, and what it refused.

    Attributes:
        router: it.
        refused: by menu the rows that it refused, by their place among the menu's own rows, and why.
    """

    router: Router
    refused: Mapping[str, Mapping[int, str]]


def rebuilt(seen: Seen) -> Rebuilt:
    """The embedded router that has a real one's rows."""
    found = _KNOWN.match(seen.version)
    router = Router("none", found[0] if found else NEWEST, leases=_leases(seen))
    told = list(_statements(router, seen))
    refused: dict[str, dict[int, str]] = {}
    for error in router.take([Statement(line, words) for line, (_, _, words) in enumerate(told, 1)]) if told else ():
        path, at, _ = told[error.line - 1]
        refused.setdefault(path, {})[at] = str(error).partition(": ")[2]
    names = router.table("/interface").names
    for row in seen.rows.get("/interface", ()):
        if row.get("running") == "false" and row.get("name") in names:
            names[row["name"]].facts["link"] = "down"
    router.network.changed()
    router.network6.changed()
    return Rebuilt(router, refused)


def lines(seen: Seen) -> Iterator[tuple[str, int, str]]:
    """A router's rows as statements, each with its menu and its place among the menu's own rows."""
    found = _KNOWN.match(seen.version)
    for path, at, words in _statements(Router("none", found[0] if found else NEWEST), seen):
        yield path, at, " ".join(map(_text, words))


def _statements(router: Router, seen: Seen) -> Iterator[tuple[str, int, tuple[Word, ...]]]:
    for path in _paths(router):
        for at, row in enumerate(own_rows(seen.rows.get(path, ()))):
            if words := _statement(router.menus[path], row):
                yield path, at, words


def own_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that somebody made: neither dynamic nor the router's own."""
    return [row for row in rows if "true" not in (row.get("dynamic"), row.get("builtin"), row.get("default"))]


def _paths(router: Router) -> Iterator[str]:
    """The menus that are rebuilt, in the order of an export."""
    ordered = list(dict.fromkeys(path for path, _ in ranks()))
    for path in (*ordered, *(path for path in router.menus if path not in set(ordered))):
        if path in router.menus and path not in _SHOWN and router.menus[path].args:
            yield path


def _leases(seen: Seen) -> dict[str, Lease]:
    """What DHCP gives, by the client's interface."""
    names = {row.get("name"): row.get("default-name") or row.get("name", "") for row in seen.rows.get("/interface", ())}
    return {
        names.get(row.get("interface"), row.get("interface", "")): Lease(
            row["address"], row.get("gateway", ""), row.get("primary-dns", "")
        )
        for row in seen.rows.get("/ip/dhcp-client", ())
        if row.get("address") and row.get("gateway")
    }


def _statement(menu: VersionedMenu, row: Row) -> tuple[Word, ...]:
    """A row as a command of the console; no words where there is nothing to say."""
    verb: tuple[Word, ...] = (Word("", "add"),)
    if menu.menu.singleton:
        verb = (Word("", "set"),)
    elif "default-name" in row:
        verb = (Word("", "set"), Word("", f" find default-name={quoted(row['default-name'])} ", "find"))
    elif not menu.menu.addable:
        if not row.get("name"):
            return ()
        verb = (Word("", "set"), Word("", row["name"]))
    now = _NOW if menu.path == "/system/clock" else frozenset[str]()
    words = [_word(menu, name, row[name]) for name in row if name in menu.args.keys() - now]
    return (Word("", menu.path), *verb, *words) if words or verb[0].value == "add" else ()


def _word(menu: VersionedMenu, name: str, text: str) -> Word:
    kind = menu.args[name].kind
    if kind is FLAG:
        return Word("", name)
    if kind is BOOL:
        text = {"true": "yes", "false": "no"}.get(text, text)
    return Word(name, text, assigned=True)


def _text(word: Word) -> str:
    """A word as the console has it."""
    if word.kind == "find":
        return f"[{word.value}]"
    return f"{word.name}={quoted(word.value, always=True)}" if word.assigned else quoted(word.value)
