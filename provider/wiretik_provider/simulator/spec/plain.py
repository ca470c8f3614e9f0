"""Every other menu that can be configured, as a plain table: arguments by version, rows, names; no semantics.

What stands there reads back as it was set, `yes` as `true` and times compactly; nothing follows from it, no argument is
required and hardly a default is printed. An unknown argument is refused as everywhere. The data and its sources are in
`plain.txt`; interfaces among them (`/interface/vlan` and its like) are ordinary interfaces to all other menus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import resources
from typing import Final

from wiretik_provider.simulator.spec import grammar as g
from wiretik_provider.simulator.spec.model import ALWAYS, DISABLED, NEVER, Arg, Menu, Unique

__all__ = ["LINKS", "MENUS", "TYPES", "read"]


def _time(_: str, text: str, __: g.World) -> str:
    span = g.milliseconds(text)
    return text if span is None else g.duration(span)


def _counted(name: str, text: str, world: g.World) -> str:
    span, comma, count = text.partition(",")
    return _time(name, span, world) + comma + count


_ANY: Final = frozenset({"", "all", "none", "dynamic", "static"})


def _interface(name: str, text: str, world: g.World) -> str:
    # An export writes an interface that is gone as the id that it had.
    known = world.names("interface")
    words = text.split(",")
    return ",".join(w if w in known or w in _ANY or w.startswith("*") else g.choose(name, w, known) for w in words)


_KINDS: Final = {
    "": g.STRING,
    "b": g.BOOL,
    "t": g.Kind(_time),
    "c": g.Kind(_counted),
    "f": g.FLAG,
    "i": g.Kind(_interface, "interface"),
}
# Only these take names alone; others that offer interfaces take addresses, too.
_NAMING: Final = re.compile(r"interface|[a-z-]+-interface|slaves")
_RADIOS: Final = frozenset({"wifi", "wlan"})
_NAME = Unique(("name",), "failure: already have interface with name {name}")
_MARK: Final = re.compile(r"(>=|<|type)=?(.+)")
_WORD: Final = re.compile(
    r"(?P<name>[^:<>=]+)(?::(?P<kind>[a-z]))?(?:>=(?P<since>[\d.]+))?(?:<(?P<until>[\d.]+))?(?:=(?P<default>.+))?"
)


def read(lines: Iterable[str]) -> Iterator[Menu]:
    """The menus that a text like `plain.txt` describes."""
    head = ""
    words: list[str] = []
    for line in lines:
        if line.startswith(" "):
            words += line.split()
        elif not line.startswith("#"):
            if head:
                yield _menu(head, words)
            head, words = line, []
    if head:
        yield _menu(head, words)


def _version(text: str | None, otherwise: tuple[int, int]) -> tuple[int, int]:
    if not text:
        return otherwise
    major, minor = text.split(".")
    return int(major), int(minor)


def _menu(head: str, words: Iterable[str]) -> Menu:
    head, _, taken = head.partition(" ! ")
    path, shape, *marks = head.split()
    given = {found[1]: found[2] for mark in marks if (found := _MARK.fullmatch(mark))}
    kind = given.get("type", "")
    args = tuple(map(_arg, words))
    if shape in "LO":
        # All lists print it; clients and radios begin disabled (exports write `disabled=no` where they are not).
        off = replace(DISABLED, default="true") if kind.endswith("-out") or kind in _RADIOS else DISABLED
        args = tuple(off if arg.name == "disabled" else arg for arg in args)
    # Rows that only the router makes are known by their names, which nobody sets.
    named = shape == "R" or any(arg.name == "name" for arg in args)
    return Menu(
        path,
        args,
        ordered=shape == "O",
        singleton=shape == "S",
        addable=shape in "LO",
        named=named,
        unique=(_NAME,) if kind else (Unique(("name",), taken),) if taken else (),
        unset=ALWAYS if "unset" in marks else None,
        table="/interface" if kind else "",
        type=kind,
        since=_version(given.get(">="), ALWAYS),
        until=_version(given.get("<"), NEVER),
        plain=True,
    )


def _arg(word: str) -> Arg:
    found = _WORD.fullmatch(word)
    assert found is not None, word  # noqa: S101  (the table is the program's own)
    name, letter = found["name"], found["kind"] or ""
    kind = _KINDS["" if letter == "i" and not _NAMING.fullmatch(name) else letter]
    return Arg(
        name, kind, found["default"], since=_version(found["since"], ALWAYS), until=_version(found["until"], NEVER)
    )


MENUS: Final = tuple(read(resources.files(__package__).joinpath("plain.txt").read_text("utf-8").splitlines()))

TYPES: Final = {menu.type: menu.path for menu in MENUS if menu.type and menu.until == NEVER}
"""The menu of each kind of interface among them, in versions of today."""

LINKS: Final = {menu.path: menu.type for menu in MENUS if menu.type}
"""The kind of interface in each such menu."""
