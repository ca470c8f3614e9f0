"""Values of menus that are known from data alone: their form is known, and hardly ever all that they take.

Rule: what a form can't say for sure is left to the router, which refuses it or prints it in its own way; a value that
it prints in another way than it was written is compared by `same`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import attrs

from wiretik_provider.codecs.base import Plain, Value, shown
from wiretik_provider.codecs.times import milliseconds
from wiretik_provider.errors import InvalidValue

__all__ = ["Loose", "Rights", "Words", "same"]

_NO_NAMES: Final = frozenset({"", "all", "any", "auto", "dynamic", "none", "static", "yes", "no"})
"""What stands where an interface's name may stand and is none."""


@attrs.frozen
class Loose(Plain):
    """Text in any form: a bool is yes or no, a list is joined by commas.

    Attributes:
        form: `number`, `time`, `list`, `address`, `mac`, or empty; for the docs, and for what Python's types it takes.
        refers: whether it is the name of a row that must be there, or several of them.
    """

    form: str = ""
    refers: bool = False

    def parse(self, value: object, /) -> str:
        """Takes text, numbers, bools and lists of these."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float):
            return str(int(value)) if float(value).is_integer() else str(value)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ",".join(self.parse(part) for part in value)
        if not isinstance(value, str):
            raise InvalidValue(f"{shown(value)} is no text, number or list of these")
        if "\x00" in value:
            raise InvalidValue("a NUL character can't be sent to a router")
        return value

    def read(self, text: str, /) -> str:
        """As it was printed, but for truth, which is written yes or no."""
        return _TRUTH.get(text, text)

    def names(self, value: Value, /) -> tuple[str, ...]:
        """The names of rows among its words."""
        if not self.refers:
            return ()
        words = (word.removeprefix("!") for word in str(value).split(","))
        return tuple(word for word in words if word not in _NO_NAMES and not word.startswith("*"))


@attrs.frozen
class Words(Loose):
    """One of some words, or several; only where console and manual agree that there are no others.

    Attributes:
        words: all there are.
    """

    words: tuple[str, ...] = ()

    def parse(self, value: object, /) -> str:
        """Takes one of the words, each perhaps negated."""
        text = Loose.parse(self, value)
        for word in text.split(","):
            if word.strip().removeprefix("!") not in self.words:
                import difflib  # noqa: PLC0415  (only where something is wrong)

                close = difflib.get_close_matches(word, self.words, 1)
                meant = f"; did you mean {close[0]!r}?" if close else ""
                raise InvalidValue(f"{shown(word)} is not one of {', '.join(self.words)}{meant}")
        return text


@attrs.frozen
class Rights(Loose):
    """Rights of which a `set` takes those that it names, and leaves the others as they are (`/user/group policy`).

    Canonical are those that are given, sorted; the router prints the others too, each with `!` in front.
    """

    def parse(self, value: object, /) -> str:
        """Takes a list, or text with commas."""
        words = (word.strip() for word in Loose.parse(self, value).split(","))
        return ",".join(sorted({word for word in words if word and not word.startswith("!")}))

    def read(self, text: str, /) -> str:
        """Those that are given."""
        return self.parse(text)

    def partition(self, value: Value, there: str) -> str:
        """Those that are given, and each of the others that the router prints as taken away."""
        given = [word for word in str(value).split(",") if word]
        known = (word.strip().removeprefix("!") for word in there.split(","))
        return ",".join([*given, *sorted({f"!{word}" for word in known if word and word not in given})])


_TRUTH: Final = {"true": "yes", "false": "no"}
_SIZE: Final = re.compile(r"(-?[0-9]+)([kMGT]|[KMGT]iB)?")
_SIZES: Final = {"": 1, "k": 1000, "M": 1000**2, "G": 1000**3, "T": 1000**4} | {
    f"{unit}iB": 1024 ** (at + 1) for at, unit in enumerate("KMGT")
}
_HEX: Final = re.compile(r"0[xX][0-9a-fA-F]{1,16}")
_MAC: Final = re.compile(r"(?:[0-9A-Fa-f]{2}[:.-]?){5}[0-9A-Fa-f]{2}")
_MOST: Final = 200
"""Longer words aren't looked into: no number, time or address is."""


def same(one: str, other: str) -> bool:
    """Whether two texts are one value in two spellings.

    Known are truth, numbers with units and in hexadecimal, times, MAC addresses, a mask of one address, and lists of
    these between commas or slashes.
    """
    if one == other:
        return True
    ours, theirs = re.split("[,/]", one), re.split("[,/]", other)
    if len(ours) != len(theirs):
        return {one.removesuffix("/32"), one.removesuffix("/128")} & {other.removesuffix("/32")} != set() and (
            "." in one or ":" in one
        )
    return all(_spelt(a) & _spelt(b) for a, b in zip(ours, theirs, strict=True))


def _spelt(text: str) -> set[object]:
    """All that a word may mean."""
    text = text.strip()
    found: set[object] = {_TRUTH.get(text, text)}
    if len(text) > _MOST:
        return found
    if number := _SIZE.fullmatch(text):
        found.add(("n", int(number[1]) * _SIZES[number[2] or ""]))
    elif _HEX.fullmatch(text):
        found.add(("n", int(text, 16)))
    if _MAC.fullmatch(text):
        found.add(("m", re.sub("[:.-]", "", text).upper()))
    with suppress(InvalidValue):
        found.add(("t", milliseconds(text)))
    return found
