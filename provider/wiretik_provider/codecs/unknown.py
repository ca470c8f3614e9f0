"""A value that isn't known where a row has texts: not decided yet in a plan, hidden in an export, learned only later.

Rule: `UNKNOWN` has a type of its own. No text of a router equals it, whatever the router prints, and it equals itself
alone; what cuts a text up gives it back whole. It never becomes a part of another text on purpose: who makes a text of
a row asks first, and who gets one that was made without asking can see that (`mentions`).
"""

from __future__ import annotations

from typing import Final, SupportsIndex, final

__all__ = ["UNKNOWN", "NotKnown", "mentions", "written"]


@final
class NotKnown(str):
    """The type of `UNKNOWN`: it takes a text's place in a row, and is none."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    __hash__ = object.__hash__

    def __str__(self) -> str:
        return self

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:  # noqa: ARG002
        """Itself."""
        return [self]

    def partition(self, sep: str, /) -> tuple[str, str, str]:  # noqa: ARG002
        """Itself, with nothing behind it."""
        return self, "", ""

    def strip(self, chars: str | None = None, /) -> str:  # noqa: ARG002
        """Itself."""
        return self

    def lower(self) -> str:
        """Itself."""
        return self

    def replace(self, old: str, new: str, count: SupportsIndex = -1, /) -> str:  # noqa: ARG002
        """Itself."""
        return self

    def removeprefix(self, prefix: str, /) -> str:  # noqa: ARG002
        """Itself."""
        return self


_WRITTEN: Final = "\0unknown"
UNKNOWN: Final = NotKnown(_WRITTEN)
"""Stands in a row for a value that isn't known."""


def written(text: str, unknown: str = "(not known yet)") -> str:
    """A text as part of another one: in place of one that isn't known stand words that say so."""
    return unknown if text is UNKNOWN else text


def mentions(text: str) -> bool:
    """Whether a text was made of a value that isn't known."""
    return _WRITTEN in text
