"""A command of the API as a line of the console, and what stands in it for what nobody knows yet or may see.

Rule: pure. A line says what the command did: with `[find …]` for each id, and every value as the console reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from wiretik_provider.calls import Command
from wiretik_provider.codecs.script import quoted
from wiretik_provider.wire import attribute

__all__ = ["Find", "Line", "Said", "Value", "lines", "placeholder", "plain"]

_ROWS: Final = frozenset({".id", "numbers"})
_OTHERS: Final = frozenset({"place-before", "destination"})
"""What names another row, before which one shall stand."""
_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/,*!+-]+")


class Said(NamedTuple):
    """How a value stands in a line."""

    text: str
    """As the console reads it; empty where the name alone says it."""
    hidden: str = ""
    """What is left out, in words, where it is a secret."""
    waits: str = ""
    """What has to be there before anybody knows it, in words."""


class Line(NamedTuple):
    """One line of a plan."""

    text: str
    hidden: tuple[str, ...] = ()
    """The secrets that are left out of it, in words."""
    waits: str = ""
    """What it waits for, in words; empty for a line that can be imported."""


Value = Callable[[str, str], Said]
"""Says a value, by its property's name."""
Find = Callable[[str], str]
"""Gives the condition that finds a row, by its id."""


def plain(value: str) -> Said:
    """A value as exports write it: bare where that is safe, else quoted."""
    return Said(value if _PLAIN.fullmatch(value) else quoted(value))


def placeholder(what: str) -> Said:
    """What stands for a secret: whoever imports the line is told, and nothing is set."""
    return Said(f"[:error {quoted(f'{what} is left out of this file')}]", what)


def lines(command: Command, find: Find, value: Value = lambda _, word: plain(word)) -> Iterator[Line]:
    """A command's lines: one, or one for each of the rows that it names.

    Args:
        command: as it was sent.
        find: what finds a row.
        value: how a value is said.
    """
    given = [(name, word) for name, word in map(attribute, command.words) if not name.startswith(".tag")]
    ids = [one for name, word in given if name in _ROWS for one in word.split(",") if one]
    said = [_word(name, word, find, value) for name, word in given if name not in _ROWS]
    rest = "".join(f" {one.text}" for one in said)
    hidden = tuple(one.hidden for one in said if one.hidden)
    waits = next((one.waits for one in said if one.waits), "")
    for row_id in ids or [""]:
        row = f" [find {find(row_id)}]" if row_id else ""
        yield Line(f"{command.path} {command.verb}{row}{rest}", hidden, waits)


def _word(name: str, word: str, find: Find, value: Value) -> Said:
    if name in _OTHERS:
        return Said(f"{name}=[find {find(word)}]")
    if name.startswith("!"):
        return Said(name)
    said = value(name, word)
    return said._replace(text=f"{name}={said.text}" if said.text else name)
