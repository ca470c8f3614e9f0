"""What a run has met and done so far on a router, and how each row is found again from that.

Pure. A row is found by our tag, of a list's entries by what they say, of a menu without comments by its key, and by its
id where none of these is its alone (docs/facts/undo.md#undoing).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider import menus
from wiretik_provider.calls import Row
from wiretik_provider.codecs.script import quoted
from wiretik_provider.guard import text
from wiretik_provider.guard.leaving import Listed
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import ownership

__all__ = ["BY_ADDRESS", "Book", "Crowd", "Gone", "mark", "marks", "origin", "whole_list"]

_ANCHORS: Final = 5
"""So many rows behind it are tried for a moved row to stand before."""
BY_ADDRESS: Final = frozenset(path for path in MENUS if path.endswith("/address-list"))
"""Menus whose rows are found by what they say: the entries of a list have one and the same tag."""


class Gone(NamedTuple):
    """A row that is removed when the change is confirmed."""

    path: str
    id: str


class Crowd(NamedTuple):
    """Entries of a list that get another comment and that all had the same one before (`crowds`)."""

    of: Listed
    before: str
    now: str


@attrs.frozen
class Book:
    """What was written down of one run.

    Attributes:
        rows: by menu, the rows that it had when the run first wrote to it, in their order.
        index: the same rows by their ids.
        marks: by menu, how many of these rows each condition finds.
        added: by menu, the ids of rows that the run added.
        news: by menu and condition, the ids of rows that the run lets it find; `+` for those that it adds.
        given: by menu, the comments that rows got which were there before.
        gone: the rows that the confirm removes, in the order in which they were to be removed.
        lists: of what lists entries go that one line tells, and whether these are all that their resource had there.
        left: rows that an earlier run was to remove and that a rollback brought back: they go at the confirm, too,
            unless somebody writes to them before.
        moved: by menu, the ids of rows that were moved and were there before.
        secrets: whether keys may be written into scripts.
        run: four digits of the run, with which it marks entries of lists.
        crowds: the lists into which so many entries come that they are marked.
        changed: groups of entries that are marked since they get another comment.
        names: by names that the run gave to rows which were there before, what these were called.
        signed: by menu and id, the comments of rows which were there before and became another resource's of the
            stack: the texts that they had, with the tags that they have now.
    """

    rows: Mapping[str, tuple[Row, ...]] = attrs.field(factory=dict)
    index: Mapping[str, Mapping[str, Row]] = attrs.field(factory=dict)
    marks: Mapping[str, Counter[str | None]] = attrs.field(factory=dict)
    added: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    news: Mapping[tuple[str, str], frozenset[str]] = attrs.field(factory=dict)
    given: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[Gone, ...] = ()
    lists: Mapping[Listed, bool] = attrs.field(factory=dict)
    left: tuple[Gone, ...] = ()
    moved: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    names: Mapping[str, str] = attrs.field(factory=dict)
    signed: Mapping[tuple[str, str], str] = attrs.field(factory=dict)
    secrets: bool = False
    run: str = ""
    crowds: frozenset[Listed] = frozenset()
    changed: tuple[Crowd, ...] = ()

    def knows(self, path: str) -> bool:
        """Whether it was told of a menu's rows."""
        return path in self.rows

    def meets(self, path: str, rows: Sequence[Row]) -> Book:
        """The book that knows the rows of one more menu."""
        rows = [_called(menus.menu(path), row, self.names) for row in rows]
        index = {row.get(".id", ""): row for row in rows}
        marks = Counter(mark(menus.menu(path), row) for row in rows)
        return attrs.evolve(
            self,
            rows={**self.rows, path: tuple(rows)},
            index={**self.index, path: index},
            marks={**self.marks, path: marks},
        )

    def came(self, path: str, ids: Iterable[str]) -> Book:
        """The book after the router has told the ids of new rows."""
        return attrs.evolve(self, added={**self.added, path: self.added.get(path, frozenset()).union(ids)})

    def finds(self, path: str, found: str, row_id: str) -> Book:
        """The book of a run that lets a condition find one more row."""
        ids = self.news.get((path, found), frozenset()) | {row_id}
        return attrs.evolve(self, news={**self.news, (path, found): ids})

    def hides(self, path: str) -> frozenset[str]:
        """The ids of a menu's rows that are gone for whoever deploys."""
        return frozenset(one.id for one in self.gone if one.path == path)

    def order(self) -> tuple[str, ...]:
        """What puts moved rows back: each before the first row behind it that is there, from the last to the first.

        Behind that stands who has which row. An owner isn't undone: the state has the resources' new names, and no row
        would be found by the old ones.
        """
        moved = (line for path, ids in sorted(self.moved.items()) for line in _order(self, path, ids))
        return (*moved, *(_owned(self, path, row_id, comment) for (path, row_id), comment in self.signed.items()))

    def signs(self, path: str, row_id: str, comment: str) -> Book:
        """The book of a run that gives a row another comment."""
        was = self.index[path].get(row_id, {})
        (text_before, tag), now = ownership.parts_of(was), ownership.split(comment)[1]
        rest = {key: text for key, text in self.signed.items() if key != (path, row_id)}
        if tag and now and tag.stack == now.stack and tag.owner != now.owner:
            rest[path, row_id] = ownership.signed(text_before, now)
        return self if rest == self.signed else attrs.evolve(self, signed=rest)


def _called(menu: Menu, row: Row, names: Mapping[str, str]) -> Row:
    """A row as it was before the run gave others new names: who names them has followed."""
    leans = [field.name for field in menu.writable if field.references or field.may_name] if names else []
    was = {name: names[row[name]] for name in leans if row.get(name) in names}
    return {**row, **was} if was else row


# -- how a row is found again -----------------------------------------------------------------------------------------


def mark(menu: Menu, row: Row) -> str | None:
    """A condition that finds a row by what Wiretik has written; None where it has written nothing."""
    if not menu.tagged:
        return _by_key(menu, row)
    tag = ownership.tag_of(row)
    if tag is None:
        return None
    if menu.path in BY_ADDRESS:
        return f"list={quoted(row.get('list', ''))} address={quoted(row.get('address', ''))}"
    return f'comment~":{tag.owner}{f"7{tag.rule}" if tag.rule else ""}"'


def _by_key(menu: Menu, row: Row) -> str | None:
    """What finds a row of a menu without comments by its key, which no other row has."""
    if not menu.key or any(not row.get(name) for name in menu.key):
        return None
    return " ".join(f"{name}={quoted(row[name])}" for name in menu.key)


def marks(book: Book, menu: Menu, row: Row, given: Mapping[str, str]) -> list[str]:
    """All conditions by which a row is to be found before and after it is set to something."""
    now, then = mark(menu, row), mark(menu, {**row, **given})
    alone = [found for found in dict.fromkeys((then, now)) if found is not None and _only(book, menu, row, found)]
    return alone if {now, then} <= {*alone} else [*alone, f".id={row['.id']}"]


def origin(book: Book, menu: Menu, was: Row) -> str:
    """What finds a row once new rows are gone, and tags are what they were."""
    found = mark(menu, was)
    return found if found is not None and _others(book, menu, was, found) == 0 else f".id={was['.id']}"


def _only(book: Book, menu: Menu, row: Row, found: str) -> bool:
    """Whether a condition finds this row and no other, not even a new one."""
    news = book.news.get((menu.path, found), frozenset())
    return news <= {row.get(".id")} and _others(book, menu, row, found) == 0


def _others(book: Book, menu: Menu, row: Row, found: str) -> int:
    """How many rows besides this one a condition found before the run."""
    own = book.index[menu.path].get(row.get(".id", ""))
    return book.marks[menu.path][found] - (own is not None and mark(menu, own) == found)


def whole_list(book: Book, menu: Menu, row: Row) -> str | None:
    """What finds all rows of one resource in one list, if all that it has there is the run's own.

    So a list of ten thousand entries is undone by one line.
    """
    tag = ownership.tag_of(row)
    if tag is None or menu.path not in BY_ADDRESS:
        return None
    of = f'list={quoted(row.get("list", ""))} comment~"wt:{tag.owner}"'
    if book.news.get((menu.path, of)):
        return of
    theirs = [other for other in book.rows[menu.path] if tag.owner in other.get("comment", "")]
    taken = any(path == menu.path and tag.owner in found for path, found in book.given)
    return None if theirs or taken else of


def _order(book: Book, path: str, ids: frozenset[str]) -> Iterator[str]:
    menu, rows = menus.menu(path), book.rows[path]
    for at in range(len(rows) - 1, -1, -1):
        if rows[at][".id"] not in ids:
            continue
        mine = origin(book, menu, rows[at])
        behind = [origin(book, menu, row) for row in rows[at + 1 : at + 1 + _ANCHORS]]
        yield text.attempt(_moved(path, mine, behind) if behind else _last(path, mine))


def _owned(book: Book, path: str, row_id: str, comment: str) -> str:
    found = origin(book, menus.menu(path), book.index[path][row_id])
    return text.attempt(f"{path}/set [find {found}] comment={quoted(comment)}")


def _moved(path: str, mine: str, behind: Sequence[str]) -> str:
    """Before the first of some rows that is there; never to the end, where an accept would stand below the drop."""
    chosen = ":local b; :local c"
    for found in reversed(behind):
        chosen += f"; :set c [{path}/find {found}]; :if ([:len $c] = 1) do={{:set b $c}}"
    return f":local a [{path}/find {mine}]; {chosen}; :if ([:len $a] = 1 && [:len $b] = 1) do={{{path}/move $a $b}}"


def _last(path: str, mine: str) -> str:
    return f":local a [{path}/find {mine}]; :if ([:len $a] = 1) do={{{path}/move $a}}"
