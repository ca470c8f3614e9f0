"""What a printed text means, how a value is printed, and the few among many rows that may have a value.

Pure. Equal values are printed alike, so rows are looked up by the text that their values would be printed as.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wiretik_provider.codecs.base import Bool, Csv, Flag, Value
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows.kept import Kept, Marks

__all__ = ["few", "printed_as", "value_of"]

Row = Mapping[str, str]

_FEW: Final = 4
"""So few rows are looked at without asking for fewer."""


def value_of(field: Field, text: str | None) -> Value | None:
    """The value of a printed text; where nothing is printed, what that means."""
    if text is not None and (text or isinstance(field.codec, Bool)):
        return field.codec.read(text)
    if field.default is not None:
        return field.default
    if isinstance(field.codec, Bool):
        return False
    return [] if isinstance(field.codec, Csv) else ""


def printed_as(field: Field, value: Value) -> str | None:
    """A value as the router would print it; None where it prints nothing."""
    if isinstance(field.codec, Flag):
        return "" if value else None
    if isinstance(field.codec, Bool):
        return "true" if value else "false"
    return field.codec.write(value) or None


def few(menu: Menu, rows: Kept, plain: Mapping[str, Value], told: Sequence[str]) -> Iterable[Row]:
    """The rows that have what is declared of a property that few have alike; who asks looks closer.

    Not asked are properties of which another value may be as good (`Field.alike`).
    """
    best: tuple[int, str, Marks, set[str | None]] | None = None
    for name in told:
        field = menu.by_name[name]
        if field.alike is None and (best is None or best[0] > _FEW):
            value = plain[name]
            again = field.codec.read(value) if isinstance(value, str) else value
            marks, wished = _marks(field), {printed_as(field, value), printed_as(field, again)}
            number = rows.count(name, marks, *wished)
            best = (number, name, marks, wished) if best is None or number < best[0] else best
    return rows if best is None else rows.marked(best[1], best[2], *best[3])


def _marks(field: Field) -> Marks:
    """What a row has of a property, in each way to write it by which it may be the declared one (`compare.twin`)."""

    @functools.cache
    def written(text: str | None) -> tuple[str | None, ...]:
        values = [value_of(field, text), None if text is None else field.codec.read(text)]
        return tuple({printed_as(field, value) for value in values if value is not None})

    return lambda row: written(row.get(field.name))
