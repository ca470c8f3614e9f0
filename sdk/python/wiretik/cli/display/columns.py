"""A table that fits its terminal: first long cells get shorter, then columns go, and no row takes a second line.

Names stay whole, since rows are told apart by them. Pure: texts in, texts out; what reads JSON or a pipe gets all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs
from rich.cells import cell_len
from rich.text import Text as RichText

__all__ = ["Fitted", "cut", "fit", "fit_tree"]

GAP: Final = 2
"""Cells between two columns."""

_SHORT: Final = {
    "public-key": 9,
    "rule": 30,
    "endpoint": 16,
    "matches": 20,
    "allowed-address": 12,
    "address": 12,
    "addresses": 24,
    "comment": 16,
}
"""What a column may be shortened to, in the order in which that happens."""

_OWNER: Final = "managed by"
_LEAST: Final = 12
"""What a column may be shortened to where nothing else helps; a resource's name then loses its middle."""

_LISTS: Final = ("allowed-address", "address")
"""Columns with several values: the first stays, and how many more there are."""

_LEAVE: Final = (
    "tx",
    "rx",
    "bytes",
    "packets",
    "public-key",
    "immediate-gw",
    "distance",
    "endpoint",
    "listen-port",
    "allowed-address",
)
"""The columns that a narrow terminal doesn't get, in the order in which they go."""


@attrs.frozen
class Fitted:
    """What of a table fits.

    Attributes:
        kept: the columns' places in the whole table.
        rows: their cells.
        gone: the headings of columns that found no room.
        gap: the cells between two columns.
    """

    kept: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    gone: tuple[str, ...] = ()
    gap: int = GAP


def fit(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Fitted:
    """Shortens cells, and leaves columns out, until a table is no wider than a terminal.

    Args:
        headings: one for each column.
        rows: cells of one line each; several values stand apart by line breaks or spaces.
        width: in cells.
    """
    lines = [[cell.replace("\n", " ") for cell in row] for row in rows]
    kept = list(range(len(headings)))
    gone: list[str] = []
    gap = GAP
    widths = [max(cell_len(text) for text in column) for column in zip(headings, *lines, strict=True)]

    def over() -> int:
        return sum(widths[at] for at in kept) + gap * (len(kept) - 1) - width

    for name in _SHORT:
        _shorten(name, headings, kept, widths, over())
    for name in _LEAVE:
        if over() > 0 and name in headings:
            kept.remove(headings.index(name))
            gone.append(name)
    if gone:  # what went may have made room for what was shortened before
        _lengthen(headings, lines, kept, widths, -over())
    if over() > 0:  # closer together, before a name loses a part
        gap = 1
    for name in (*_SHORT, _OWNER):
        if (more := over()) > 0 and name in headings and headings.index(name) in kept:
            at = headings.index(name)
            widths[at] = max(_LEAST, widths[at] - more)
    fitted = tuple(tuple(_cell(headings[at], line[at], widths[at]) for at in kept) for line in lines)
    return Fitted(tuple(kept), fitted, tuple(gone), gap)


def _shorten(name: str, headings: Sequence[str], kept: Sequence[int], widths: list[int], more: int) -> None:
    if more > 0 and name in headings and headings.index(name) in kept:
        at = headings.index(name)
        least = max(_SHORT[name], cell_len(name))
        widths[at] = max(min(widths[at], least), widths[at] - more)


def _lengthen(
    headings: Sequence[str], lines: Sequence[Sequence[str]], kept: Sequence[int], widths: list[int], room: int
) -> None:
    for at in sorted(kept, key=lambda at: headings[at] != "rule"):
        natural = max(cell_len(text) for text in (headings[at], *(line[at] for line in lines)))
        more = min(max(room, 0), natural - widths[at])
        widths[at] += more
        room -= more


def _cell(name: str, text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    if name == _OWNER:
        return f"{cut(text, width - width // 2)}{text[-(width // 2) :]}"
    if name not in _LISTS:
        return cut(text, width)
    first, *others = text.split()
    told = f"{first} +{len(others)}" if others else first
    return cut(told, width)


def cut(text: str, width: int) -> str:
    """A text of at most so many cells, with a sign where something is missing."""
    if cell_len(text) <= width:
        return text
    kept = text[: max(width - 1, 0)]
    while cell_len(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


_MODULE: Final = re.compile(r"(?:pulumi|wiretik)(?::\w+)*:(?=\w+$)")
"""What stands in front of a type's own name."""


def fit_tree(
    kinds: Sequence[RichText], names: Sequence[RichText], others: int, width: int
) -> tuple[list[RichText], list[RichText], int]:
    """The types and names of a tree of resources so that they fit, and the cells between its columns.

    Types lose their module first, `wiretik:index:Tunnel` is `Tunnel` then; the columns come closer; types lose their
    ends, and at the last names their middle.

    Args:
        kinds: types behind the lines that join them to their parents.
        names: logical names.
        others: the cells that the other columns take, of which there are two.
        width: of the terminal.
    """
    long = _widest(names)
    if _widest(kinds) + long + others + 3 * GAP <= width:
        return [*kinds], [*names], GAP
    short = [_without_module(kind) for kind in kinds]
    gap = GAP if _widest(short) + long + others + 3 * GAP <= width else 1
    room = width - others - 3 * gap
    for kind in short:
        kind.truncate(max(_LEAST * 2, room - long), overflow="ellipsis")
    least = room - _widest(short)
    return short, [name if name.cell_len <= least else _middle(name, least) for name in names], gap


def _widest(column: Sequence[RichText]) -> int:
    return max((cell.cell_len for cell in column), default=0)


def _without_module(kind: RichText) -> RichText:
    if found := _MODULE.search(kind.plain):
        return kind[: found.start()] + kind[found.end() :]
    return kind.copy()


def _middle(name: RichText, width: int) -> RichText:
    """A name without its middle: names of one component begin alike, and differ at the end."""
    end = max(width // 2, 1)
    front = name.copy()
    front.truncate(max(width - end, 1), overflow="ellipsis")
    return front + name[len(name.plain) - end :]
