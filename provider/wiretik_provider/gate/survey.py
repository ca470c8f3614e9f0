"""Whose rows a router holds: this stack's, other stacks', nobody's. A clean plan isn't an empty router.

Pure. Rows that RouterOS makes itself, dynamic and built-in ones, belong to nobody and are counted for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import attrs

from wiretik_provider.rows import ownership

__all__ = ["Survey", "summary", "survey"]

Row = Mapping[str, str]


@attrs.frozen
class Survey:
    """One menu's rows by whose they are.

    Attributes:
        path: the menu.
        ours: rows with this stack's tag.
        others: rows with other stacks' tags.
        unmanaged: rows that no tag is on.
    """

    path: str
    ours: tuple[Row, ...]
    others: tuple[Row, ...]
    unmanaged: tuple[Row, ...]


class _Shares(NamedTuple):
    ours: list[Row]
    others: list[Row]
    unmanaged: list[Row]


def survey(path: str, rows: Iterable[Row], stack: str) -> Survey:
    """Sorts a menu's rows by whose they are.

    Args:
        path: the menu.
        rows: as the router printed them.
        stack: the four digits of this stack.
    """
    shares = _Shares([], [], [])
    for row in rows:
        if row.get("dynamic") == "true" or row.get("builtin") == "true":
            continue
        tag = ownership.tag_of(row)
        if tag is None:
            shares.unmanaged.append(row)
        else:
            (shares.ours if tag.stack == stack else shares.others).append(row)
    return Survey(path, *(tuple(share) for share in shares))


def summary(surveys: Iterable[Survey]) -> str:
    """One line that counts, menu by menu, what no resource of the stack owns; empty where there is nothing."""
    known = list(surveys)
    parts = []
    for what, counts in (
        ("no resource owns", [(one.path, len(one.unmanaged)) for one in known]),
        ("other stacks own", [(one.path, len(one.others)) for one in known]),
    ):
        if told := ", ".join(f"{path} {count}" for path, count in counts if count):
            parts.append(f"rows that {what}: {told}")
    return "; ".join(parts)
