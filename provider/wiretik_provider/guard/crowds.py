"""Many entries that come into an address list which stays, or get another comment there: a mark tells them all.

Rule: pure. What a run does to thousands of entries is undone by a line, since each of them carries six digits of the
run in its tag until the confirm; no entry that was there before has them. A list that is the run's own needs no mark
(`book.whole_list`), and a few entries are told one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider import menus
from wiretik_provider.calls import Command, Row
from wiretik_provider.codecs.script import quoted
from wiretik_provider.guard.book import BY_ADDRESS, Book, Crowd, whole_list
from wiretik_provider.guard.leaving import Listed
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import ownership
from wiretik_provider.wire import attribute

__all__ = ["MANY", "condition", "digits", "joined", "listed", "passed_on", "recommented"]

MANY: Final = 20
"""Of so many entries at once one line tells all."""
_MOST: Final = 0xFF
"""So many groups of changed entries a run has marks for."""
_DIGITS: Final = 4
"""So many of a mark's are the run's."""


def listed(path: str, row: Row) -> Listed | None:
    """Of which list and resource an entry is; None where it is none."""
    tag = ownership.tag_of(row) if path in BY_ADDRESS else None
    return Listed(path, row.get("list", ""), tag.owner) if tag else None


def joined(book: Book, writes: Sequence[Command]) -> Book:
    """The book of a run that is about to add entries: it knows into which lists so many come that they are marked."""
    adds = (write for write in writes if write.verb == "add" and write.path in BY_ADDRESS)
    count = Counter(listed(write.path, dict(map(attribute, write.words))) for write in adds)
    many = {one for one, number in count.items() if one is not None and number > MANY} - book.crowds
    stays = {one for one in many if _free(book, one.path) and not _own(book, one)}
    return attrs.evolve(book, crowds=book.crowds | stays) if stays else book


def _own(book: Book, one: Listed) -> bool:
    row = {"list": one.list, "comment": f"[wt:{one.owner}]"}
    return whole_list(book, menus.menu(one.path), row) is not None


def _free(book: Book, path: str) -> bool:
    """Whether nobody's entry has the run's mark, as where a confirm broke off."""
    return len(book.run) == _DIGITS and not any(f"r{book.run}" in row.get("comment", "") for row in book.rows[path])


def condition(book: Book, one: Listed, group: int = 0) -> str:
    """What finds the entries with a mark."""
    return f'list={quoted(one.list)} comment~"wt:{one.owner}.*r{digits(book, group)}"'


def digits(book: Book, group: int = 0) -> str:
    """The digits of a mark: of new entries, or of a group of changed ones."""
    return f"{book.run}{group:02x}"


def recommented(book: Book, menu: Menu, ids: Sequence[str], given: Row, now: Mapping[str, Row]) -> Crowd | None:
    """The crowd that a `set` changes; None where its entries are told one by one."""
    if menu.path not in BY_ADDRESS or len(ids) <= MANY or given.keys() != {"comment"}:
        return None
    rows = [now.get(row_id, {}) for row_id in ids]
    then = {listed(menu.path, {**row, **given}) for row in rows}
    before = {row.get("comment", "") for row in rows}
    if len(then) != 1 or len(before) != 1 or (one := then.pop()) is None or not _free(book, menu.path):
        return None
    if any(ownership.tag_of(row) is None for row in rows):
        return None  # perhaps its tag is only shown to us, and a mark wouldn't get there either
    if any(book.index[menu.path].get(row_id) != row for row_id, row in zip(ids, rows, strict=True)):
        return None  # the run itself has added it, or changed it before
    if passed_on(menu, rows[0], given):
        return None
    crowd = Crowd(one, _back(before.pop(), given["comment"]), given["comment"])
    return crowd if crowd in book.changed or len(book.changed) < _MOST else None


def _back(before: str, now: str) -> str:
    """What a comment goes back to: an owner of the same stack isn't undone (`Book.order`)."""
    (said, tag), (_, new) = ownership.split(before), ownership.split(now)
    return ownership.signed(said, new) if tag and new and tag.stack == new.stack else before


def passed_on(menu: Menu, row: Row, given: Row) -> bool:
    """Whether an entry of a list only gets another owner of its stack, so that there is nothing to undo."""
    if menu.path not in BY_ADDRESS or "comment" not in given:
        return False
    (said, tag), (says, now) = ownership.parts_of(row), ownership.split(given["comment"])
    return said == says and tag is not None and now is not None and tag.stack == now.stack
