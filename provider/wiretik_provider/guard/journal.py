"""What a planned write undoes, written down before it: end values, never steps (docs/facts/undo.md#undoing).

Pure: a `Book` is what was written down so far, `write` gives the next one and what to send. Three kinds of lines run,
in each kind the newest first: those that take new rows away and bring names and tags back; then all others, which may
use these; then those of `Book.order`, which put moved rows back where they were. Each line finds its row anew, by our
tag or else by its id, so that an undo that was interrupted runs again from its beginning. A row is disabled in place of
being removed; where a menu has no `disabled`, or the row is disabled already, the removal waits for the confirm.

What a value goes back to is what it was before the run. Only names, keys and addresses, which no two rows may have at
once, go back step by step: who exchanged them may have had a third value between.

No secret enters a line: what can't be undone without one is told. Neither do the texts of scripts, which may hold any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.calls import Command, Row
from wiretik_provider.codecs.base import Bool, Flag
from wiretik_provider.guard import text
from wiretik_provider.guard.unsaid import why
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.wire import attribute

__all__ = ["WRITES", "Book", "Gone", "Sent", "Step", "touched", "write"]

WRITES: Final = frozenset({"add", "set", "remove", "move"})
"""The commands that change rows and that Wiretik gives."""

_EARLY: Final = frozenset({"comment", "name"})
"""Properties by which rows are found and named by others."""
_MANY: Final = 20
"""Of so many entries at once one line tells all."""
_ANCHORS: Final = 5
"""So many rows behind it are tried for a moved row to stand before."""


class Gone(NamedTuple):
    """A row that is removed when the change is confirmed."""

    path: str
    id: str


class Sent(NamedTuple):
    """A command in place of a planned one."""

    command: Command | None
    """None where nothing is sent before the confirm."""
    ret: str = ""
    """What it answers as its new row's id, where that isn't the command's own answer."""


class Step(NamedTuple):
    """What is done about one planned write."""

    book: Book
    sent: Sent
    early: tuple[str, ...] = ()
    """Lines that take new rows away and bring names and tags back."""
    lines: tuple[str, ...] = ()
    """All other lines."""
    lost: tuple[str, ...] = ()
    """What isn't undone, and why, in words."""
    first: tuple[Command, ...] = ()
    """To be sent before it, one after the other."""


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
        left: rows that an earlier run was to remove and that a rollback brought back: they go at the confirm, too,
            unless somebody writes to them before.
        moved: by menu, the ids of rows that were moved and were there before.
    """

    rows: Mapping[str, tuple[Row, ...]] = attrs.field(factory=dict)
    index: Mapping[str, Mapping[str, Row]] = attrs.field(factory=dict)
    marks: Mapping[str, Counter[str | None]] = attrs.field(factory=dict)
    added: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    news: Mapping[tuple[str, str], frozenset[str]] = attrs.field(factory=dict)
    given: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[Gone, ...] = ()
    left: tuple[Gone, ...] = ()
    moved: Mapping[str, frozenset[str]] = attrs.field(factory=dict)

    def knows(self, path: str) -> bool:
        """Whether it was told of a menu's rows."""
        return path in self.rows

    def meets(self, path: str, rows: Sequence[Row]) -> Book:
        """The book that knows the rows of one more menu."""
        index = {row.get(".id", ""): row for row in rows}
        marks = Counter(_mark(MENUS[path], row) for row in rows)
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
        """What puts moved rows back: each before the first row behind it that is there, from the last to the first."""
        return tuple(line for path, ids in sorted(self.moved.items()) for line in _order(self, path, ids))

    def removals(self) -> tuple[str, ...]:
        """What the confirm removes, as commands that a person could give, too."""
        every = dict.fromkeys((*self.gone, *self.left))
        return tuple(f"{one.path}/remove [find .id={one.id}]" for one in every)


def touched(command: Command) -> tuple[str, ...]:
    """The ids of the rows that a command changes."""
    given = dict(attribute(word) for word in command.words if word.startswith("="))
    return tuple(filter(None, (given.get(".id") or given.get("numbers") or "").split(",")))


def write(book: Book, command: Command, now: Mapping[str, Row]) -> Step:
    """What undoes a planned write.

    Args:
        book: what was written down before; it knows the command's menu.
        command: the planned write.
        now: by id, the rows that it changes as they are now; of a menu with one row that one, by an empty id.
    """
    menu = MENUS[command.path]
    given = dict(map(attribute, command.words))
    if menu.singleton:
        was = book.rows[menu.path][0]
        words, lost = _former(menu, was, was, given)
        line = text.attempt(f"{command.path}/set {text.words(words)}")
        return Step(book, Sent(command), lines=(line,) if words else (), lost=lost)
    return {"add": _add, "set": _set, "remove": _remove, "move": _move}[command.verb](book, menu, command, now)


def _add(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    given = dict(map(attribute, command.words))
    room = _room(book, menu, given, now)
    if room.stuck is not None:
        return _revive(book, menu, room.stuck, given)
    if (found := _mark(menu, given)) is None:
        said = " ".join(("a new", menu.noun, *(given[name] for name in menu.key if name in given)))
        lost = (f"{said} isn't undone: it has no tag by which it is found",)
        return Step(book, Sent(command), room.early, room.lines, lost, room.first)
    if whole := _whole(book, menu, given):
        found = whole
    done = "+" in book.news.get((menu.path, found), ())
    new = () if done else (_unmade(book, menu, found),)
    early, lines = ((), new) if menu.path in _BY_ADDRESS else (new, ())
    book = book.finds(menu.path, found, "+")
    return Step(book, Sent(command), (*early, *room.early), (*lines, *room.lines), (), room.first)


def _unmade(book: Book, menu: Menu, found: str) -> str:
    """Removes what a condition finds, but for rows that were there before."""
    there = book.marks[menu.path][found] > 0
    known = {row[".id"] for row in (book.rows[menu.path] if there else ()) if _mark(menu, row) == found}
    known |= book.news.get((menu.path, found), frozenset()) - {"+"} - book.added.get(menu.path, frozenset())
    if not known:
        return text.attempt(f"{menu.path}/remove [find {found}]")
    spared = " && ".join(f"$i != {row_id}" for row_id in sorted(known))
    each = f":if ({spared}) do={{{menu.path}/remove $i}}"
    return text.attempt(f":foreach i in=[{menu.path}/find {found}] do={{{each}}}")


class _Room(NamedTuple):
    """How a row gets what another one has that waits for its removal."""

    early: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    first: tuple[Command, ...] = ()
    stuck: Row | None = None
    """A row that can't have another value meanwhile."""


def _room(book: Book, menu: Menu, wanted: Row, now: Mapping[str, Row], own: str = "") -> _Room:
    """Gives rows that wait for their removal another name, key or address, where a written one shall have theirs."""
    room, hidden = _Room(), book.hides(menu.path)
    for row in (row for row_id, row in now.items() if row_id in hidden and row_id != own):
        for group in exchange.groups(menu):
            if not (mark := exchange.claim(menu, group, wanted)) or exchange.claim(menu, group, row) != mark:
                continue
            tag = ownership.split(row.get("comment", ""))[1]
            values = exchange.temporary(menu, group, tag.owner if tag else row[".id"], now.values())
            if not values or menu.path in _BY_ADDRESS:
                return room._replace(stuck=row)
            if "address" in values and "network" in menu.by_name:
                values["network"] = str(values["address"]).partition("/")[0]
            parked = tuple(f"={name}={menu.by_name[name].codec.write(value)}" for name, value in values.items())
            early, lines, _ = _back(book, menu, row, dict.fromkeys(values, ""))
            park = Command(menu.path, "set", (f"=.id={row['.id']}", *parked))
            room = _Room((*early, *room.early), (*lines, *room.lines), (*room.first, park))
    return room


def _set(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    given = {name: value for name, value in map(attribute, command.words) if name not in (".id", "numbers")}
    early: list[str] = []
    lines: list[str] = []
    lost: list[str] = []
    added, ids = book.added.get(menu.path, frozenset()), touched(command)
    first: tuple[Command, ...] = ()
    for row_id in ids:
        row = now.get(row_id, {})
        after = {**row, **given}
        if row_id in added:
            if (found := _mark(menu, after)) is not None and _is_others(menu, row, after):
                (lines if menu.path in _BY_ADDRESS else early).append(_unmade(book, menu, found))
                book = book.finds(menu.path, found, "+")
        elif row:
            sooner, later, unsaid = _back(book, menu, row, given)
            early, lines = [*early, *sooner], [*lines, *later]
            lost += [f"{compare.label(menu, row)}: {why}" for why in unsaid]
            if (found := _mark(menu, after)) is not None and found != _mark(menu, row):
                book = book.finds(menu.path, found, row_id)
        room = _room(book, menu, after, now, row_id)
        early, lines, first = [*early, *room.early], [*lines, *room.lines], (*first, *room.first)
    # Whoever is written to isn't to be removed any more.
    gone, left = (
        tuple(one for one in rows if one.path != menu.path or one.id not in ids) for rows in (book.gone, book.left)
    )
    before = "comment" in given and not added.issuperset(ids)
    comments = book.given | ({(menu.path, given["comment"])} if before else set())
    book = attrs.evolve(book, gone=gone, left=left, given=comments)
    return Step(book, Sent(command), tuple(early), tuple(lines), tuple(lost), first)


def _is_others(menu: Menu, before: Row, after: Row) -> bool:
    """Whether a row becomes another resource's, so that what was written down doesn't find it any more."""
    if menu.path not in _BY_ADDRESS:
        return _mark(menu, before) != _mark(menu, after)
    owners = [ownership.split(row.get("comment", ""))[1] for row in (before, after)]
    return owners[0] != owners[1]  # the entries of a list that is the run's own are found by their owner


def _back(book: Book, menu: Menu, row: Row, given: Mapping[str, str]) -> tuple[list[str], list[str], tuple[str, ...]]:
    """What brings a row back that was there before: early lines, other ones, and what they can't say."""
    was = _before(book, menu, row)
    by_address = menu.path in _BY_ADDRESS
    sooner = {} if by_address else {name: value for name, value in given.items() if name in _EARLY}
    early, _ = _former(menu, row, was, sooner, also=False)
    later, lost = _former(menu, row, was, {name: value for name, value in given.items() if name not in sooner})
    found = _marks(book, menu, row, given)
    where = found if by_address else [_origin(book, menu, was)]
    return (
        [_line(menu, "set", one, early) for one in found] if early else [],
        [_line(menu, "set", one, later) for one in where] if later else [],
        lost,
    )


def _before(book: Book, menu: Menu, row: Row) -> Row:
    """A row as it was when the run first wrote to its menu."""
    return book.index[menu.path].get(row.get(".id", ""), row)


def _remove(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    """Disables rows, and removes at once what the run itself has added."""
    added = [row_id for row_id in touched(command) if row_id in book.added.get(menu.path, ())]
    ids = [row_id for row_id in touched(command) if row_id not in added]
    if not ids:
        return Step(book, Sent(command))
    first = (Command(menu.path, "remove", (f"=.id={','.join(added)}",)),) if added else ()
    before = [row for row in _there_before(book, menu, command, now) if row[".id"] not in book.hides(menu.path)]
    known = attrs.evolve(book, gone=(*book.gone, *(Gone(menu.path, row_id) for row_id in ids)))
    on = [row for row in before if "disabled" in menu.by_name and row.get("disabled") != "true"]
    if not on:
        return Step(known, Sent(None), first=first)
    off = Command(menu.path, "set", (f"=.id={','.join(row['.id'] for row in on)}", "=disabled=yes"))
    return Step(known, Sent(off), lines=tuple(_enabled(book, menu, on)), first=first)


def _enabled(book: Book, menu: Menu, rows: Sequence[Row]) -> Iterator[str]:
    """Enables rows again that were: by one line where a resource had none in that list that wasn't."""
    wholes: dict[str, None] = {}
    for row in rows:
        tag = ownership.split(row.get("comment", ""))[1]
        if tag and len(rows) > _MANY and menu.path in _BY_ADDRESS and _all_on(book, menu, row["list"], tag.owner):
            wholes[f'list={text.quoted(row["list"])} comment~"wt:{tag.owner}"'] = None
        else:
            yield from _back(book, menu, row, {"disabled": "yes"})[1]
    yield from (_line(menu, "set", one, ("=disabled=no",)) for one in wholes)


def _all_on(book: Book, menu: Menu, listed: str, owner: str) -> bool:
    theirs = (row for row in book.rows[menu.path] if row.get("list") == listed and owner in row.get("comment", ""))
    given = any(path == menu.path and owner in comment for path, comment in book.given)
    return not given and not any(row.get("disabled") == "true" for row in theirs)


def _move(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    ids = {row[".id"] for row in _there_before(book, menu, command, now)}
    moved = book.moved.get(menu.path, frozenset()) | ids
    return Step(attrs.evolve(book, moved={**book.moved, menu.path: moved}), Sent(command))


def _there_before(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> list[Row]:
    """The rows of a command that the run didn't add itself."""
    added = book.added.get(menu.path, ())
    return [now[row_id] for row_id in touched(command) if row_id in now and row_id not in added]


_BY_ADDRESS: Final = frozenset(path for path in MENUS if path.endswith("/address-list"))
"""Menus whose rows are found by what they say: the entries of a list have one and the same tag."""


def _revive(book: Book, menu: Menu, row: Row, given: Row) -> Step:
    """A new row takes the place of one that waits for its removal and can't have another name or address meanwhile."""
    rest = (field for field in menu.writable if field.name in row and field.name not in given and not field.computed)
    words = (
        *(f"={name}={value}" for name, value in given.items() if name not in ("place-before", "copy-from")),
        *(compare.clear_word(field) for field in rest if field.name != "disabled"),
        *(() if "disabled" not in menu.by_name or "disabled" in given else ("=disabled=no",)),
    )
    command = Command(menu.path, "set", (f"=.id={row['.id']}", *words))
    step = _set(book, menu, command, {row[".id"]: row})
    return step._replace(sent=Sent(command, row[".id"]))


def _former(
    menu: Menu, row: Row, was: Row, given: Mapping[str, str], *, also: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that bring back what some properties had, and what they can't say.

    Args:
        menu: the menu.
        row: the row as it is now.
        was: the row as it was before the run.
        given: what is set, by name.
        also: bring back what the router computes, which may follow from what is set, as an address's network does.
    """
    names = [name.removeprefix("!") for name in given]
    if also and names:
        names += [f.name for f in menu.writable if f.computed and f.name in was and not f.secret and f.name != "name"]
    steps = {name for group in exchange.groups(menu) for name in group.names if not menu.by_name[name].references}
    words, lost = [], []
    for name in dict.fromkeys(names):
        if (field := menu.by_name.get(name)) is None:
            continue
        if reason := why(field):
            lost.append(f"{field.attribute} isn't undone: {reason}")
        else:
            words.append(_word(field, row if name in steps else was))
    return tuple(words), tuple(lost)


def _word(field: Field, row: Row) -> str:
    if field.name not in row:
        return compare.clear_word(field)
    if isinstance(field.codec, Bool) and not isinstance(field.codec, Flag):
        return f"={field.name}={'yes' if row[field.name] == 'true' else 'no'}"
    return f"={field.name}={row[field.name]}"


# -- how a row is found again -----------------------------------------------------------------------------------------


def _mark(menu: Menu, row: Row) -> str | None:
    """A condition that finds a row by what Wiretik has written; None where it has written nothing."""
    tag = ownership.split(row.get("comment", ""))[1]
    if tag is None:
        return None
    if menu.path in _BY_ADDRESS:
        return f"list={text.quoted(row.get('list', ''))} address={text.quoted(row.get('address', ''))}"
    return f'comment~":{tag.owner}{f"7{tag.rule}" if tag.rule else ""}"'


def _marks(book: Book, menu: Menu, row: Row, given: Mapping[str, str]) -> list[str]:
    """All conditions by which a row is to be found before and after it is set to something."""
    now, then = _mark(menu, row), _mark(menu, {**row, **given})
    alone = [found for found in dict.fromkeys((then, now)) if found is not None and _only(book, menu, row, found)]
    return alone if {now, then} <= {*alone} else [*alone, f".id={row['.id']}"]


def _origin(book: Book, menu: Menu, was: Row) -> str:
    """What finds a row once new rows are gone, and tags are what they were."""
    found = _mark(menu, was)
    return found if found is not None and _others(book, menu, was, found) == 0 else f".id={was['.id']}"


def _only(book: Book, menu: Menu, row: Row, found: str) -> bool:
    """Whether a condition finds this row and no other, not even a new one."""
    news = book.news.get((menu.path, found), frozenset())
    return news <= {row.get(".id")} and _others(book, menu, row, found) == 0


def _others(book: Book, menu: Menu, row: Row, found: str) -> int:
    """How many rows besides this one a condition found before the run."""
    own = book.index[menu.path].get(row.get(".id", ""))
    return book.marks[menu.path][found] - (own is not None and _mark(menu, own) == found)


def _whole(book: Book, menu: Menu, row: Row) -> str | None:
    """What finds all rows of one resource in one list, if all that it has there is the run's own.

    So a list of ten thousand entries is undone by one line.
    """
    tag = ownership.split(row.get("comment", ""))[1]
    if tag is None or menu.path not in _BY_ADDRESS:
        return None
    of = f'list={text.quoted(row.get("list", ""))} comment~"wt:{tag.owner}"'
    if book.news.get((menu.path, of)):
        return of
    theirs = [other for other in book.rows[menu.path] if tag.owner in other.get("comment", "")]
    taken = any(path == menu.path and tag.owner in found for path, found in book.given)
    return None if theirs or taken else of


def _line(menu: Menu, verb: str, found: str, words: Iterable[str]) -> str:
    return text.attempt(f"{menu.path}/{verb} [find {found}] {text.words(words)}")


def _order(book: Book, path: str, ids: frozenset[str]) -> Iterator[str]:
    menu, rows = MENUS[path], book.rows[path]
    for at in range(len(rows) - 1, -1, -1):
        if rows[at][".id"] not in ids:
            continue
        mine = _origin(book, menu, rows[at])
        behind = [_origin(book, menu, row) for row in rows[at + 1 : at + 1 + _ANCHORS]]
        yield text.attempt(_moved(path, mine, behind) if behind else _last(path, mine))


def _moved(path: str, mine: str, behind: Sequence[str]) -> str:
    """Before the first of some rows that is there; never to the end, where an accept would stand below the drop."""
    chosen = ":local b; :local c"
    for found in reversed(behind):
        chosen += f"; :set c [{path}/find {found}]; :if ([:len $c] = 1) do={{:set b $c}}"
    return f":local a [{path}/find {mine}]; {chosen}; :if ([:len $a] = 1 && [:len $b] = 1) do={{{path}/move $a $b}}"


def _last(path: str, mine: str) -> str:
    return f":local a [{path}/find {mine}]; :if ([:len $a] = 1) do={{{path}/move $a}}"
