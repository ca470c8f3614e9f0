"""Which rows the confirm removes: how the journal says so, beside the lines that bring them back, and how that is read.

Rule: pure, and of a list's thousands of entries one line tells all. A later word about a row outweighs an earlier one:
whoever is written to isn't to be removed any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.calls import Row
from wiretik_provider.guard.text import attempt
from wiretik_provider.rows import ownership

__all__ = ["Leaving", "Listed", "entry", "gone", "kept", "listed", "marked", "read", "resolved", "unmarked"]

_SAID: Final = re.compile(r':local (gone|kept|part|whole|mark) "(/\S+) ([^"\s]+)(?: ([0-9a-f]{12}))?"')


_CODEC: Final = ("utf-8", "surrogateescape")


class Listed(NamedTuple):
    """Entries of one list that one resource has."""

    path: str
    list: str
    owner: str


class Leaving(NamedTuple):
    """What the journal says of rows that are to go."""

    rows: tuple[tuple[str, str], ...] = ()
    """Menu and id, in the order in which they were to be removed."""
    lists: Mapping[Listed, bool] = {}
    """Of these those entries go that are disabled; whether these are all that their resource had in the list."""
    kept: frozenset[tuple[str, str]] = frozenset()
    """Menu and id, or address in a list, of those that stay, though they are disabled."""
    marks: frozenset[Listed] = frozenset()
    """Of these some entries carry the run's mark until the confirm."""


def gone(path: str, row_id: str) -> str:
    """A line that says that a row is to go."""
    return attempt(f':local gone "{path} {row_id}"')


def kept(path: str, row: str) -> str:
    """A line that says that a row stays: by its id, or of a new entry by list and address."""
    return attempt(f':local kept "{path} {row}"')


def listed(one: Listed, *, whole: bool) -> str:
    """A line that says that entries of a list are to go: those that are disabled."""
    said = "whole" if whole else "part"
    return attempt(f':local {said} "{one.path} {_plain(one.list)} {one.owner}"')


def marked(one: Listed) -> str:
    """A line that says that entries of a list carry the run's mark."""
    return attempt(f':local mark "{one.path} {_plain(one.list)} {one.owner}"')


def entry(listed: str, address: str) -> str:
    """How `kept` calls a new entry of a list."""
    return f"{_plain(listed)}={_plain(address)}"


def _plain(said: str) -> str:
    """What may hold any sign, as digits."""
    return said.encode(*_CODEC).hex()


def read(sources: Iterable[str]) -> Leaving:
    """What parts of a journal say, the newest first."""
    rows: dict[tuple[str, str], bool] = {}
    lists: dict[Listed, bool] = {}
    marks: set[Listed] = set()
    for said, path, row, owner in (found.groups() for text in sources for found in _SAID.finditer(text)):
        if owner:
            one = Listed(path, bytes.fromhex(row).decode(*_CODEC), owner)
            if said == "mark":
                marks.add(one)
            else:
                lists[one] = lists.get(one, False) or said == "whole"
        else:
            rows.setdefault((path, row), said == "gone")
    going = tuple(one for one, goes in rows.items() if goes)[::-1]
    return Leaving(going, lists, frozenset(one for one, goes in rows.items() if not goes), frozenset(marks))


def unmarked(told: Leaving, there: Mapping[str, Sequence[Row]]) -> tuple[tuple[str, str, str], ...]:
    """Menu, id and comment of entries that carry a run's mark: the comment that they have without it.

    Args:
        told: what the journal says.
        there: by menu, the rows that are there, of the menus of which it names lists.
    """
    found = []
    for path in {one.path for one in told.marks}:
        for row in there.get(path, ()):
            comment = row.get("comment", "")
            tag = ownership.tag_of(row)
            listed = tag is not None and Listed(path, row.get("list", ""), tag.owner) in told.marks
            if listed and (plain := ownership.unmarked(comment)) != comment:
                found.append((path, row[".id"], plain))
    return tuple(found)


def resolved(told: Leaving, there: Mapping[str, Sequence[Row]], *, taken_back: bool) -> tuple[tuple[str, str], ...]:
    """Menu and id of all that is to go, in the order in which it is to be removed.

    Args:
        told: what the journal says.
        there: by menu, the rows that are there, of the menus of which it names lists.
        taken_back: whether the router has taken the change back, so that entries that were to go are enabled again:
            then only those are known that were all that their resource had.
    """
    rows = dict.fromkeys(told.rows)
    for one, whole in told.lists.items():
        for row in there.get(one.path, ()):
            tag = ownership.tag_of(row)
            if row.get("list") != one.list or tag is None or tag.owner != one.owner:
                continue
            if not (whole if taken_back else row.get("disabled") == "true"):
                continue
            if told.kept.isdisjoint({(one.path, row[".id"]), (one.path, entry(one.list, row.get("address", "")))}):
                rows[one.path, row[".id"]] = None
    return tuple(rows)
