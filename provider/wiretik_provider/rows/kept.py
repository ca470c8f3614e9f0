"""The rows of a menu as they are kept between looks: found by what they have, without going through all of them.

A stack of ten thousand rows asks ten thousand times which row is whose, which has a key, which has an id. Each such
question has an index, which is made when it is first asked and follows what comes and goes.

Rule: what is found by an index is what going through the rows as they are now would find, in the menu's order. Rows are
never changed in place; one that differs takes the other's place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext

from wiretik_provider.rows import ownership

__all__ = ["Kept", "Marks", "held_by"]

Row = Mapping[str, str]
Marks = Callable[[Row], Iterable[Hashable]]
"""What a row is found by; a row may have several marks, or none."""


class _Found:
    """The indexes of a menu's rows, of whichever list of them is the newest."""

    def __init__(self, newest: list[Row], lock: AbstractContextManager[object]) -> None:
        self.newest, self.lock = newest, lock
        self.ids: list[str | None] | None = None
        self.indexes: dict[Hashable, tuple[Marks, dict[Hashable, list[Row]]]] = {}

    def index(self, name: Hashable, marks: Marks) -> dict[Hashable, list[Row]]:
        if name not in self.indexes:
            index: dict[Hashable, list[Row]] = {}
            for row in self.newest:
                for mark in marks(row):
                    index.setdefault(mark, []).append(row)
            self.indexes[name] = marks, index
        return self.indexes[name][1]

    def note(self, row: Row) -> None:
        for marks, index in self.indexes.values():
            for mark in marks(row):
                index.setdefault(mark, []).append(row)

    def drop(self, row: Row) -> None:
        for marks, index in self.indexes.values():
            for mark in marks(row):
                left = [one for one in index.get(mark, ()) if one is not row]
                if left:
                    index[mark] = left
                else:
                    index.pop(mark, None)


class Kept(list[Row]):
    """A menu's rows, in their order.

    Who was given a list may go on reading it: it grows at its end and rows are put in the place of others, but whoever
    takes one out or puts one between makes another list. What is looked up is looked up in the newest.

    Args:
        rows: those that are there.
        lock: held for each question and each change, where several threads have the rows.
    """

    __slots__ = ("_found",)

    def __init__(self, rows: Iterable[Row] = (), lock: AbstractContextManager[object] | None = None) -> None:
        super().__init__(rows)
        self._found = _Found(self, lock or nullcontext())

    def marked(self, name: Hashable, marks: Marks, *wanted: Hashable) -> list[Row]:
        """The rows that have one of some marks.

        Args:
            name: of the index; the same name stands for the same marks.
            marks: those of a row.
            wanted: the marks that are looked for.
        """
        with self._found.lock:
            index = self._found.index(name, marks)
            some = [row for mark in wanted for row in index.get(mark, ())]
            if len(some) < 2:
                return some
            among = set(map(id, some))
            return [row for row in self._found.newest if id(row) in among] if len(among) > 1 else some[:1]

    def count(self, name: Hashable, marks: Marks, *wanted: Hashable) -> int:  # type: ignore[override]
        """How many rows have one of some marks, at most."""
        with self._found.lock:
            index = self._found.index(name, marks)
            return sum(len(index.get(mark, ())) for mark in wanted)

    def place(self, row_id: str | None) -> int | None:
        """Where the row with this `.id` stands."""
        found = self._found
        with found.lock:
            if found.ids is None:
                found.ids = [row.get(".id") for row in found.newest]
            try:
                return found.ids.index(row_id)
            except ValueError:
                return None

    def grow(self, row: Row) -> None:
        """Takes a row at the end."""
        with self._found.lock:
            self.append(row)
            if self._found.ids is not None:
                self._found.ids.append(row.get(".id"))
            self._found.note(row)

    def swap(self, at: int, row: Row) -> None:
        """Takes a row in the place of another."""
        with self._found.lock:
            self._found.drop(self[at])
            self[at] = row
            if self._found.ids is not None:
                self._found.ids[at] = row.get(".id")
            self._found.note(row)

    def between(self, at: int, row: Row) -> Kept:
        """The rows with one more, in front of the one that stands there."""
        with self._found.lock:
            new = self._followed((*self[:at], row, *self[at:]))
            if self._found.ids is not None:
                self._found.ids.insert(at, row.get(".id"))
            self._found.note(row)
            return new

    def without(self, at: int) -> Kept:
        """The rows without one."""
        with self._found.lock:
            self._found.drop(self[at])
            if self._found.ids is not None:
                del self._found.ids[at]
            return self._followed((*self[:at], *self[at + 1 :]))

    def moved(self, at: int, before: int) -> Kept:
        """The rows with one of them in front of the one that stands at another place, or at the end.

        Nobody who looks a row up meanwhile misses it: what it is found by stays.
        """
        with self._found.lock:
            row, left = self[at], [*self[:at], *self[at + 1 :]]
            to = before - (before > at)
            if self._found.ids is not None:
                self._found.ids.insert(to, self._found.ids.pop(at))
            return self._followed((*left[:to], row, *left[to:]))

    def _followed(self, rows: Iterable[Row]) -> Kept:
        new = Kept(rows)
        new._found = self._found
        self._found.newest = new
        return new


def held_by(rows: Iterable[Row], *owners: str) -> Iterable[Row]:
    """The rows that one of these may have, by their tags; all rows where there is no index of them."""
    return rows.marked("owners", _owners, *owners) if isinstance(rows, Kept) else rows


def _owners(row: Row) -> Iterable[str]:
    tag = ownership.tag_of(row)
    return {one.owner for one in tag.holders} if tag else ()
