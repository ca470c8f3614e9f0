"""Rows of one menu that differ in a few values, such as leases and names of hosts, as a table and one call in a loop.

Rule: pure. A table keeps the rows' order and stands only where it takes much fewer lines than the calls would, each of
its rows on one line and few of its cells empty. Each column is of one kind, so type checkers know what a call is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Final

from wiretik_provider.adopt.layout import WIDTH, Call, Expression, Plain, laid_out

__all__ = ["RESERVED", "lines_of", "spans"]

RESERVED: Final = frozenset({"HERE", "Path", "config", "menus", "pulumi", "wt"})
"""What else a program's module names."""
_FEWEST: Final = 5
"""So many rows make a table."""
_MOST: Final = 250
_EMPTY: Final = 5
"""At most one cell of so many is empty."""
_WIDEST: Final = 6
"""So many columns are read easily, the logical name besides."""
_NONE: Final = "None"


def spans(calls: Sequence[Call | None], taken: Collection[str]) -> Iterator[tuple[int, int]]:
    """From where to where rows become tables.

    Args:
        calls: the rows of a part of a program in their order; None for one that stands by itself.
        taken: the names that the program uses already.
    """
    at = 0
    for function, some in groupby(calls, key=lambda call: call.function if call else ""):
        count = len(list(some))
        for start in range(at, at + count, _MOST) if function else ():
            yield from _within(calls, start, min(start + _MOST, at + count), taken)
        at += count


def _within(
    calls: Sequence[Call | None], start: int, end: int, taken: Collection[str], *, alike: bool = False
) -> Iterator[tuple[int, int]]:
    """The tables among calls of one function; `alike` if all of them say the same."""
    rows = [call for call in calls[start:end] if call]
    if len(rows) < _FEWEST:
        return
    columns = _columns(rows)
    if not 0 < len(columns) <= _WIDEST or not _is_plain(rows, columns):
        if not alike:
            at = start
            for _, some in groupby(rows, key=_shape):
                count = len(list(some))
                yield from _within(calls, at, at + count, taken, alike=True)
                at += count
        return
    names = _names(columns)
    wide = [at for at, line in enumerate(_cells(rows, columns)) if len(line) > WIDTH]
    if wide:
        last = start
        for at in [*(start + one for one in wide), end]:
            yield from _within(calls, last, at, taken, alike=alike)
            last = at + 1
    elif not {*taken, *RESERVED} & set(names) and len(_header(names)) <= WIDTH:
        single = sum(len(laid_out("", row)) for row in rows)
        if 3 * len(lines_of(rows)) < 2 * single:
            yield start, end


def lines_of(rows: Sequence[Call]) -> list[str]:
    """A table and its call as they stand in the program."""
    columns = _columns(rows)
    names = _names(columns)
    same = {name: part for name, part in rows[0].arguments if name and name not in columns}
    said = {name: Plain(name) for name in columns} | same
    order = sorted(said, key=lambda name: name == "comment")
    call = Call(rows[0].function, [("", Plain(names[0])), *((name, said[name]) for name in order)])
    return [_header(names), *_cells(rows, columns), "]:", *laid_out("", call, 4)]


def _header(names: Sequence[str]) -> str:
    return f"for {', '.join(names)} in ["


def _names(columns: Sequence[str]) -> list[str]:
    """The names of a loop: of the logical name, and of each column."""
    return ["row" if "name" in columns else "name", *columns]


def _columns(rows: Sequence[Call]) -> list[str]:
    """The arguments in which rows differ, a comment last."""
    values: dict[str, list[Expression]] = {}
    for row in rows:
        for name, part in row.arguments:
            if name:
                values.setdefault(name, []).append(part)
    same = {name for name, parts in values.items() if parts.count(parts[0]) == len(rows)}
    return sorted(values.keys() - same, key=lambda name: (name == "comment", [*values].index(name)))


def _cells(rows: Sequence[Call], columns: Sequence[str]) -> list[str]:
    """The lines of a table."""
    lines = []
    for row in rows:
        said = dict(row.arguments)
        cells = [said[""], *(said.get(name, Plain(_NONE)) for name in columns)]
        lines.append(f"    ({', '.join(one.code for one in cells if isinstance(one, Plain))}),")
    return lines


def _is_plain(rows: Sequence[Call], columns: Sequence[str]) -> bool:
    """Whether all that differs is of one kind in each column, on one line, and few cells are empty."""
    empty = 0
    for name in columns:
        parts = [part for part in (dict(row.arguments).get(name) for row in rows) if part is not None]
        empty += len(rows) - len(parts)
        if any(not isinstance(part, Plain) for part in parts) or len({_kind(part) for part in parts}) > 1:
            return False
    return _EMPTY * empty <= len(rows) * len(columns)


def _shape(row: Call) -> list[tuple[str, str]]:
    return [(name, _kind(part)) for name, part in row.arguments]


def _kind(part: Expression) -> str:
    if not isinstance(part, Plain):
        return type(part).__name__
    if part.code[:1] in {'"', "'"}:
        return "text"
    return "flag" if part.code in {"True", "False"} else "number" if part.code[:1].isdigit() else "name"
