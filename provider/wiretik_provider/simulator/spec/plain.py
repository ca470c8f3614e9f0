"""Every other menu that can be configured, as a plain table: arguments by version, rows, names; no semantics.

What stands there reads back as it was set, `yes` as `true` and times compactly; nothing follows from it, no argument is
required and hardly a default is printed. An unknown argument is refused as everywhere. The data and its sources are in
`plain.txt`; interfaces among them (`/interface/vlan` and its like) are ordinary interfaces to all other menus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import resources
from random import Random
from typing import Final

from wiretik_provider.simulator import refusal, spec
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


# A number, perhaps with its unit, in groups of three digits (`/disk`), a range or a rate; or a word such as `auto`,
# since not all are known.
_NUMERIC: Final = re.compile(
    r"|[0-9]{1,3}(?: [0-9]{3})+|!?-?[0-9][0-9a-fA-FxX.,:/-]*(?:[kMGT]|[KMG]iB|%|us)?(?:/[0-9]+[kMGT]?)?"
    r"|[A-Za-z][A-Za-z-]*"
)
_MASKED: Final = re.compile(
    r"|!?(?:[0-9A-Fa-f]{2}[:.-]?){5}[0-9A-Fa-f]{2}(?:/(?:[0-9A-Fa-f]{2}[:.-]?){5}[0-9A-Fa-f]{2})?"
)
# Addresses of either family, prefixes, ranges and names; `192.168q1.0` is none of them.
_SOMEWHERE: Final = re.compile(
    r"|!?[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:[/-][0-9.]+)?(?:[@%].+)?|!?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/[0-9]+)?(?:[@%-].+)?"
    r"|(?:[\w-]+\.)*[A-Za-z_][\w-]*[A-Za-z0-9]|[A-Za-z]"
)


def _of(form: re.Pattern[str]) -> g.Kind:
    """A text that has a form, read back as it is; several stand between commas."""

    def parse(name: str, text: str, _: g.World) -> str:
        if not form.fullmatch(text) and not all(form.fullmatch(one) for one in text.split(",")):
            raise refusal.bad_value(name)
        return text

    return g.Kind(parse)


_KINDS: Final = {
    "a": _of(_SOMEWHERE),
    "m": _of(_MASKED),
    "n": _of(_NUMERIC),
    "": g.STRING,
    "b": g.BOOL,
    "t": g.Kind(_time),
    "c": g.Kind(_counted),
    "f": g.FLAG,
    "i": g.Kind(_interface, "interface"),
}
# Only these take names alone; others that offer interfaces take addresses, too.
_NAMING: Final = re.compile(r"bridge|interface|[a-z-]+-interface|slaves")
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
    args = tuple(_arg(word, path) for word in words)
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


def _lines(name: str) -> list[str]:
    return resources.files(spec).joinpath(name).read_text("utf-8").splitlines()


def _word_lists() -> dict[tuple[str, str], g.Kind]:
    """The arguments that take one of some words, or several."""
    found = {}
    for line in _lines("words.txt"):
        if not line.startswith("#"):
            path, name, *words = line.split(" ")
            found[path, name] = g.enum_or(g.several(*words), "")
    return found


_WORDS: Final = _word_lists()


def _arg(word: str, path: str) -> Arg:
    found = _WORD.fullmatch(word)
    assert found is not None, word  # noqa: S101  (the table is the program's own)
    name, letter = found["name"], found["kind"] or ""
    kind = _WORDS.get((path, name)) or _KINDS["" if letter == "i" and not _NAMING.fullmatch(name) else letter]
    return Arg(
        name, kind, found["default"], since=_version(found["since"], ALWAYS), until=_version(found["until"], NEVER)
    )


def odd_defaults(menu: Menu, args: Mapping[str, Arg], seed: str) -> dict[str, str]:
    """Defaults of some arguments, made up: which ones follows from the seed."""
    chosen = Random(f"{seed} {menu.path}")  # noqa: S311  (the same ones each time)
    texts = {id(g.BOOL): ("true", "false"), id(_KINDS["t"]): ("7s", "1m"), id(_KINDS["n"]): ("77", "auto")}
    return {
        name: chosen.choice(texts.get(id(arg.kind), ("made-up",)))
        for name, arg in sorted(args.items())
        if name not in {"name", "comment", "disabled"} and (id(arg.kind) in texts or arg.kind is g.STRING)
        if chosen.random() < _SOME
    }


_SOME: Final = 0.4

MENUS: Final = tuple(read(_lines("plain.txt")))

TYPES: Final = {menu.type: menu.path for menu in MENUS if menu.type and menu.until == NEVER}
"""The menu of each kind of interface among them, in versions of today."""

LINKS: Final = {menu.path: menu.type for menu in MENUS if menu.type}
"""The kind of interface in each such menu."""
