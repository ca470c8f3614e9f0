"""Rows that all have to be there before others are made: what those others depend on.

Rule: few are depended on one by one. Of many the last depends on all others, and who comes after them depends on that
one alone: five thousand peers that each name five thousand routes are twenty-five million dependencies, which took a
minute and a gigabyte. The last is one of the rows themselves, so a stack of an earlier version has nothing to create,
and since no property of a row names it, its replacement touches no other.
"""

from __future__ import annotations

from typing import Final, TypeVar

import pulumi

__all__ = ["FEW", "Gathering"]

_Row = TypeVar("_Row", bound=pulumi.Resource)

FEW: Final = 16
"""So many rows are depended on one by one: the last of more is made a round trip later than the others."""


class Gathering:
    """Rows of which it is known beforehand how many they will be.

    Args:
        number: how many.
    """

    __slots__ = ("_number", "_rows")

    def __init__(self, number: int) -> None:
        self._number, self._rows = number, list[pulumi.Resource]()

    def add(self, row: _Row) -> _Row:
        """The same row, which is one of them from now on."""
        self._rows.append(row)
        return row

    @property
    def others(self) -> list[pulumi.Resource]:
        """What the next of them has to depend on: all before it, where it is the last of many."""
        last = self._number > FEW and len(self._rows) == self._number - 1
        return [*self._rows] if last else []

    @property
    def all(self) -> list[pulumi.Resource]:
        """What depends on all of them has to name."""
        return self._rows[-1:] if self._number > FEW else [*self._rows]
