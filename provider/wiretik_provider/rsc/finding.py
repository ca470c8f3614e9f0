"""What finds a row alone, as `[find …]` has it: by its name or comment, or else by as few properties as do.

Rule: pure, and a condition is given only where it finds just this row among all of its menu, dynamic ones too. Texts
are compared with texts: numbers, times, truths and lists have several spellings in the script language, and secrets
don't belong in a file (docs/facts/undo.md#the-script-language).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from wiretik_provider.calls import Row
from wiretik_provider.codecs.base import Bool, Csv, Int
from wiretik_provider.codecs.loose import Loose
from wiretik_provider.codecs.script import quoted
from wiretik_provider.codecs.times import Duration
from wiretik_provider.menus import at
from wiretik_provider.menus.descriptor import Field

__all__ = ["Rows"]

_ALONE: Final = (("name",), ("default-name",), ("comment",))
"""What tells rows apart for people, the first that does."""
_TEXTS: Final = frozenset({"name", "default-name", "comment"})
_NO_TEXT: Final = (Bool, Csv, Duration, Int, Loose)


class Rows:
    """The rows of one menu at a moment, and what finds each of them.

    Args:
        path: the menu.
        rows: as the router prints them, in its order.
    """

    def __init__(self, path: str, rows: Iterable[Row]) -> None:
        self._rows = {row.get(".id", ""): row for row in rows}
        self._counts: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
        menu = at(path)
        self._fields: Mapping[str, Field] = {**menu.by_name, **menu.renamed} if menu else {}
        key = menu.key if menu else ()
        chain = (menu.chain,) if menu and menu.chain else ()
        more = (("comment", *names) for names in (key, chain, (*chain, "action")))
        self._groups = dict.fromkeys((*_ALONE, key, *more))

    def get(self, row_id: str) -> Row:
        """A row by its id; an empty one where there is none."""
        return self._rows.get(row_id, {})

    def put(self, row: Row) -> None:
        """Takes a new row, or one that has changed."""
        self.drop(row[".id"])
        self._rows[row[".id"]] = row
        for names, counts in self._counts.items():
            counts[_values(row, names)] += 1

    def drop(self, row_id: str) -> None:
        """Forgets a row that was removed."""
        if (row := self._rows.pop(row_id, None)) is not None:
            for names, counts in self._counts.items():
                counts[_values(row, names)] -= 1

    def condition(self, row_id: str) -> str:
        """What finds a row and no other; empty where nothing does."""
        row = self.get(row_id)
        telling = [name for name, value in row.items() if value and self._tells(name, value)]
        for names in filter(None, self._groups):
            if set(names) <= {*telling} and self._alone(row, names):
                return _said(row, names)
        if not self._alone(row, telling):
            return ""
        for name in reversed(telling):
            fewer = [other for other in telling if other != name]
            if self._alone(row, fewer):
                telling = fewer
        return _said(row, telling)

    def lacking(self, row: Row) -> str:
        """What finds a row that isn't here yet, and finds none as long; empty where there is nothing of the kind."""
        telling = {name for name, value in row.items() if value}
        groups = (names for names in self._groups if names and telling.issuperset(names))
        return next((_said(row, names) for names in groups if self._count(row, names) == 0), "")

    def _tells(self, name: str, value: str) -> bool:
        """Whether a property may stand in a condition."""
        if "," in value and name not in _TEXTS:
            return False
        field = self._fields.get(name)
        if field is None:
            return name in _TEXTS - {"comment"}
        hidden = field.secret or field.write_only or field.volatile or (field.read_only and not field.filled)
        return name in _TEXTS or not (hidden or isinstance(field.codec, _NO_TEXT))

    def _alone(self, row: Row, names: Sequence[str]) -> bool:
        return bool(names) and self._count(row, names) == 1

    def _count(self, row: Row, names: Sequence[str]) -> int:
        """How many rows have the same in these properties."""
        counts = self._counts.get(tuple(names))
        if counts is None:
            counts = self._counts[tuple(names)] = Counter(_values(one, names) for one in self._rows.values())
        return counts[_values(row, names)]


def _values(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in names)


def _said(row: Row, names: Iterable[str]) -> str:
    return " ".join(f"{name}={quoted(row[name])}" for name in names)
