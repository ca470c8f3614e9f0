"""The rows of one menu: order, ids, what may be there once, and the way back.

Rule: nothing else changes a row. Every change is one of four (insert, erase, alter, move), each costs the same however
many rows there are, and each leaves in the journal what undoes it, for safe mode. Order is a linked list, so that
`place-before` among 10,000 rules moves two pointers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from wiretik_provider.simulator.spec import Unique, VersionedMenu

__all__ = ["Row", "Table", "Tables", "Undo"]

Undo = Callable[[], None]


class Row:
    """One row: its id, what was set, and what the router itself keeps of it.

    Attributes:
        id: the number behind `*`.
        values: what was set, as printed; what is only a default isn't here.
        dynamic: the router's own; no command changes it.
        facts: what the router knows besides, such as counters.
        written: what a loaded file says of properties that have no value here: nothing (`gateway=""`), that they are
            unset (`!keepalive`), or a text that was blacked out.
        said: properties that such a file says although they have their defaults; some menus write those, too.
        expires: when it goes by itself, on the router's clock.
        there: whether it is in its table.
    """

    __slots__ = ("_next", "_previous", "dynamic", "expires", "facts", "id", "said", "there", "values", "written")

    def __init__(self, number: int, values: dict[str, str], *, dynamic: bool = False) -> None:
        self.id = number
        self.values = values
        self.dynamic = dynamic
        self.facts: dict[str, str] = {}
        self.written: dict[str, str] = {}
        self.said: set[str] = set()
        self.expires: float | None = None
        self.there = False
        self._previous: Row | None = None
        self._next: Row | None = None

    @property
    def ref(self) -> str:
        """The id as the wire has it."""
        return f"*{self.id:X}"

    def show_written(self, out: dict[str, str], hidden: Collection[str]) -> None:
        """Prints a text that was blacked out as it is, and what is unset not at all."""
        for name, text in self.written.items():
            if text and name not in hidden:
                out[name] = text
            else:
                out.pop(name.removeprefix("!"), None)


class Table:
    """Rows of one menu.

    Args:
        unique: what can't be there twice.
        named: rows are known by their names too.

    Attributes:
        journal: takes what undoes a change; None where nobody wants to know.
        watchers: told of every row that came, changed, moved or went.
        names: rows by name.
        spares_disabled: what a disabled row has, another one may have.
    """

    def __init__(self, unique: tuple[Unique, ...] = (), *, named: bool = False) -> None:
        self._rows: dict[int, Row] = {}
        self._first: Row | None = None
        self._last: Row | None = None
        self._next_id = 1
        self._unique = unique
        self._taken: tuple[dict[tuple[str, ...], Row], ...] = tuple({} for _ in unique)
        self._named = named
        self.names: dict[str, Row] = {}
        self.journal: Callable[[Undo], None] | None = None
        self.watchers: list[Callable[[Row], None]] = []
        self.spares_disabled = False

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        row = self._first
        while row is not None:
            yield row
            row = row._next  # noqa: SLF001  (the list's own pointers)

    def get(self, number: int) -> Row | None:
        """The row with this id."""
        return self._rows.get(number)

    def after(self, row: Row) -> Row | None:
        """The row that follows."""
        return row._next  # noqa: SLF001

    def new_id(self) -> int:
        """The next id; ids are never used again (docs/facts/api.md#ten-facts)."""
        number = self._next_id
        self._next_id += 1
        return number

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Gives rows the ids that they have on the router whose twin this is; all others get ids behind those.

        Args:
            numbers: the new ids, by those that the rows have.
        """
        rows = list(self)
        self._next_id = max((*numbers.values(), self._next_id - 1), default=0) + 1
        for row in rows:
            row.id = numbers[row.id] if row.id in numbers else self.new_id() if row.id else 0
        self._rows = {row.id: row for row in rows}

    def rival(self, values: Mapping[str, str], row: Row | None = None) -> Unique | None:
        """What these values would have twice, leaving out the row itself."""
        for unique, taken in zip(self._unique, self._taken, strict=True):
            key = self._key(unique, values)
            if key is not None and (holder := taken.get(key)) is not None and holder is not row:
                return unique
        return None

    def insert(self, row: Row, before: Row | None = None) -> None:
        """Puts a row in front of another, or at the end."""
        self._rows[row.id] = row
        self._next_id = max(self._next_id, row.id + 1)
        self._link(row, before)
        self._index(row)
        row.there = True
        self._changed(row, lambda: self.erase(row))

    def erase(self, row: Row) -> None:
        """Takes a row out."""
        del self._rows[row.id]
        following = row._next  # noqa: SLF001
        self._unlink(row)
        self._unindex(row)
        row.there = False
        self._changed(row, lambda: self.insert(row, following))

    def alter(self, row: Row, changes: Mapping[str, str | None]) -> None:
        """Sets properties; None takes one away."""
        before = {name: row.values.get(name) for name in changes}
        self._unindex(row)
        for name, value in changes.items():
            if value is None:
                row.values.pop(name, None)
            else:
                row.values[name] = value
        self._index(row)
        self._changed(row, lambda: self.alter(row, before))

    def move(self, row: Row, before: Row | None) -> None:
        """Puts a row in front of another, or at the end."""
        if before is row:
            return
        following = row._next  # noqa: SLF001
        self._unlink(row)
        self._link(row, before)
        self._changed(row, lambda: self.move(row, following))

    def _changed(self, row: Row, undo: Undo) -> None:
        # What comes and goes by itself is no configuration, and no action of anybody's.
        if self.journal is not None and not row.dynamic:
            self.journal(undo)
        for watch in tuple(self.watchers):
            watch(row)

    def _key(self, unique: Unique, values: Mapping[str, str]) -> tuple[str, ...] | None:
        return None if self.spares_disabled and values.get("disabled") == "true" else _key(unique, values)

    def _index(self, row: Row) -> None:
        for unique, taken in zip(self._unique, self._taken, strict=True):
            if (key := self._key(unique, row.values)) is not None:
                taken.setdefault(key, row)
        if self._named and (name := row.values.get("name")) is not None:
            self.names.setdefault(name, row)

    def _unindex(self, row: Row) -> None:
        for unique, taken in zip(self._unique, self._taken, strict=True):
            key = self._key(unique, row.values)
            if key is not None and taken.get(key) is row:
                del taken[key]
        name = row.values.get("name", "")
        if self._named and self.names.get(name) is row:
            del self.names[name]

    def _link(self, row: Row, before: Row | None) -> None:
        if before is not None and not before.there:
            before = None  # what it stood before has gone by itself, when an undo puts it back
        previous = self._last if before is None else before._previous  # noqa: SLF001
        row._previous, row._next = previous, before  # noqa: SLF001
        if previous is None:
            self._first = row
        else:
            previous._next = row  # noqa: SLF001
        if before is None:
            self._last = row
        else:
            before._previous = row  # noqa: SLF001

    def _unlink(self, row: Row) -> None:
        previous, following = row._previous, row._next  # noqa: SLF001
        if previous is None:
            self._first = following
        else:
            previous._next = following  # noqa: SLF001
        if following is None:
            self._last = previous
        else:
            following._previous = previous  # noqa: SLF001
        row._previous = row._next = None  # noqa: SLF001


def _key(unique: Unique, values: Mapping[str, str]) -> tuple[str, ...] | None:
    key = []
    for name in unique.keys:
        value = values.get(name)
        if not value:
            return None
        key.append(value)
    return tuple(key)


class Tables(dict[str, Table]):
    """The tables of all menus, each made when somebody first asks for it: a router has hundreds, and uses few.

    Args:
        menus: the menus by path; those with the rows of another share its table.

    Attributes:
        journal: what every table's changes are told to.
    """

    def __init__(self, menus: Mapping[str, VersionedMenu]) -> None:
        super().__init__()
        self._menus = menus
        self.journal: Callable[[Undo], None] | None = None

    def __missing__(self, path: str) -> Table:
        menu = self._menus[path].menu
        if menu.table:
            table = self[menu.table]
        else:
            table = Table(self._menus[path].unique, named=menu.named or path == "/interface")
            if menu.singleton:
                table.insert(Row(0, {}))
            table.journal = self.journal
        self[path] = table
        return table

    def record(self, journal: Callable[[Undo], None] | None) -> None:
        """Tells every change to somebody from now on."""
        self.journal = journal
        for table in self.values():
            table.journal = journal
