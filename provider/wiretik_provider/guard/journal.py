"""What a planned write undoes, written down before it: end values, never steps (docs/facts/undo.md#undoing).

Pure: a `Book` is what was written down so far, `write` gives the next one and what to send. Lines run newest first, and
the lines of `Book.order`, which put moved rows back where they were, last. Each line finds its row anew, by our tag or
else by its id, so that an undo that was interrupted runs again from its beginning. A row is disabled in place of being
removed; where a menu has no `disabled`, or the row is disabled already, the removal waits for the confirm.

No secret enters a line: what can't be undone without one is told. Neither do the texts of scripts, which may hold any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.base import Bool, Flag
from wiretik_provider.guard import text
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.wire import attribute

__all__ = ["WRITES", "Book", "Gone", "Planned", "Row", "Sent", "Step", "touched", "write"]

Row = Mapping[str, str]

WRITES: Final = frozenset({"add", "set", "remove", "move"})
"""The commands that change rows and that Wiretik gives."""

_TEXTS: Final = frozenset({"source", "on-event"})
"""Properties whose text may hold anything, a key among them."""
_MANY: Final = 20
"""Of so many entries at once one line tells all."""
_ANCHORS: Final = 5
"""So many rows behind it are tried for a moved row to stand before."""


class Planned(NamedTuple):
    """A command that changes something, as the API has it."""

    path: str
    verb: str
    words: tuple[str, ...] = ()


class Gone(NamedTuple):
    """A row that is removed when the change is confirmed."""

    path: str
    id: str


class Sent(NamedTuple):
    """A command in place of a planned one."""

    command: Planned | None
    """None where nothing is sent before the confirm."""
    ret: str = ""
    """What it answers as its new row's id, where that isn't the command's own answer."""


class Step(NamedTuple):
    """What is done about one planned write."""

    book: Book
    lines: tuple[str, ...]
    """To be run before all older ones."""
    sent: Sent
    lost: tuple[str, ...]
    """What isn't undone, and why, in words."""
    first: tuple[Planned, ...] = ()
    """To be sent before it, one after the other."""


@attrs.frozen
class Book:
    """What was written down of one run.

    Attributes:
        rows: by menu, the rows that it had when the run first wrote to it, in their order.
        added: by menu, the ids of rows that the run added.
        news: by menu and condition, the ids of rows that the run lets it find; `+` for those that it adds.
        given: by menu, the comments that rows got which were there before.
        gone: the rows that the confirm removes, in the order in which they were to be removed.
        moved: by menu, the ids of rows that were moved and were there before.
    """

    rows: Mapping[str, tuple[Row, ...]] = attrs.field(factory=dict)
    added: Mapping[str, frozenset[str]] = attrs.field(factory=dict)
    news: Mapping[tuple[str, str], frozenset[str]] = attrs.field(factory=dict)
    given: frozenset[tuple[str, str]] = frozenset()
    gone: tuple[Gone, ...] = ()
    moved: Mapping[str, frozenset[str]] = attrs.field(factory=dict)

    def knows(self, path: str) -> bool:
        """Whether it was told of a menu's rows."""
        return path in self.rows

    def meets(self, path: str, rows: Sequence[Row]) -> Book:
        """The book that knows the rows of one more menu."""
        return attrs.evolve(self, rows={**self.rows, path: tuple(rows)})

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
        return tuple(line for path, ids in sorted(self.moved.items()) for line in _order(self.rows[path], path, ids))

    def removals(self) -> tuple[str, ...]:
        """What the confirm removes, as commands that a person could give, too."""
        return tuple(f"{one.path}/remove [find .id={one.id}]" for one in self.gone)


def touched(command: Planned) -> tuple[str, ...]:
    """The ids of the rows that a command changes."""
    given = dict(attribute(word) for word in command.words if word.startswith("="))
    return tuple(filter(None, (given.get(".id") or given.get("numbers") or "").split(",")))


def write(book: Book, command: Planned, now: Mapping[str, Row]) -> Step:
    """What undoes a planned write.

    Args:
        book: what was written down before; it knows the command's menu.
        command: the planned write.
        now: by id, the rows that it changes as they are now; of a menu with one row that one, by an empty id.
    """
    menu = MENUS[command.path]
    given = dict(map(attribute, command.words))
    if menu.singleton:
        words, lost = _former(menu, now.get("", {}), given)
        line = text.attempt(f"{command.path}/set {text.words(words)}")
        return Step(book, (line,) if words else (), Sent(command), lost)
    return {"add": _add, "set": _set, "remove": _remove, "move": _move}[command.verb](book, menu, command, now)


def _add(book: Book, menu: Menu, command: Planned, now: Mapping[str, Row]) -> Step:
    given = dict(map(attribute, command.words))
    room = _room(book, menu, given, now)
    if room.stuck is not None:
        return _revive(book, menu, room.stuck, given)
    if (found := _mark(menu, given)) is None:
        said = " ".join(("a new", menu.noun, *(given[name] for name in menu.key if name in given)))
        lost = (f"{said} isn't undone: it has no tag by which it is found",)
        return Step(book, room.lines, Sent(command), lost, room.first)
    if whole := _whole(book, menu, given):
        found = whole
    done = "+" in book.news.get((menu.path, found), ())
    lines = () if done else (_unmade(book, menu, found),)
    return Step(book.finds(menu.path, found, "+"), (*lines, *room.lines), Sent(command), (), room.first)


def _unmade(book: Book, menu: Menu, found: str) -> str:
    """Removes what a condition finds, but for rows that were there before."""
    known = {row[".id"] for row in book.rows[menu.path] if _mark(menu, row) == found}
    known |= book.news.get((menu.path, found), frozenset()) - {"+"} - book.added.get(menu.path, frozenset())
    if not known:
        return text.attempt(f"{menu.path}/remove [find {found}]")
    spared = " && ".join(f"$i != {row_id}" for row_id in sorted(known))
    each = f":if ({spared}) do={{{menu.path}/remove $i}}"
    return text.attempt(f":foreach i in=[{menu.path}/find {found}] do={{{each}}}")


class _Room(NamedTuple):
    """How a row gets what another one has that waits for its removal."""

    lines: tuple[str, ...] = ()
    first: tuple[Planned, ...] = ()
    stuck: Row | None = None
    """A row that can't have another value meanwhile."""


def _room(book: Book, menu: Menu, wanted: Row, now: Mapping[str, Row], own: str = "") -> _Room:
    """Gives rows that wait for their removal another name, key or address, where a written one shall have theirs."""
    lines: list[str] = []
    first: list[Planned] = []
    hidden = book.hides(menu.path)
    for row in (row for row_id, row in now.items() if row_id in hidden and row_id != own):
        for group in exchange.groups(menu):
            if not (mark := exchange.claim(menu, group, wanted)) or exchange.claim(menu, group, row) != mark:
                continue
            tag = ownership.split(row.get("comment", ""))[1]
            values = exchange.temporary(menu, group, tag.owner if tag else row[".id"], now.values())
            if not values:
                return _Room(tuple(lines), tuple(first), row)
            if "address" in values and "network" in menu.by_name:
                values["network"] = str(values["address"]).partition("/")[0]
            parked = tuple(f"={name}={menu.by_name[name].codec.write(value)}" for name, value in values.items())
            words, _ = _former(menu, row, dict.fromkeys(values, ""))
            lines += [_line(menu, "set", found, words) for found in _marks(book, menu, row, {})]
            first.append(Planned(menu.path, "set", (f"=.id={row['.id']}", *parked)))
    return _Room(tuple(lines), tuple(first))


def _set(book: Book, menu: Menu, command: Planned, now: Mapping[str, Row]) -> Step:
    given = {name: value for name, value in map(attribute, command.words) if name not in (".id", "numbers")}
    lines, lost = [], []
    added = book.added.get(menu.path, frozenset())
    for row_id in touched(command):
        row = now.get(row_id, {})
        before, after = _mark(menu, row), _mark(menu, {**row, **given})
        # The entries of a list that is the run's own are found by their owner.
        owners = [ownership.split(one.get("comment", ""))[1] for one in (row, {**row, **given})]
        other = after != before or (menu.path in _BY_ADDRESS and owners[0] != owners[1])
        if after is not None and other and row_id in added:
            lines.append(_unmade(book, menu, after))
            book = book.finds(menu.path, after, "+")
    for row in _there_before(book, menu, command, now):
        words, unsaid = _former(menu, row, given)
        lost += [f"{compare.label(menu, row)}: {why}" for why in unsaid]
        if words:
            lines += [_line(menu, "set", found, words) for found in _marks(book, menu, row, given)]
        if (after := _mark(menu, {**row, **given})) is not None and after != _mark(menu, row):
            book = book.finds(menu.path, after, row[".id"])
    room = _Room()
    for row_id in touched(command):
        room = _room(book, menu, {**now.get(row_id, {}), **given}, now, row_id)
        lines += room.lines
    ids = set(touched(command))
    # Whoever is written to isn't to be removed any more.
    gone = tuple(one for one in book.gone if one.path != menu.path or one.id not in ids)
    comments = book.given | ({(menu.path, given["comment"])} if "comment" in given and not ids <= added else set())
    book = attrs.evolve(book, gone=gone, given=comments)
    return Step(book, tuple(lines), Sent(command), tuple(lost), room.first)


def _remove(book: Book, menu: Menu, command: Planned, now: Mapping[str, Row]) -> Step:
    """Disables rows, and removes at once what the run itself has added."""
    ids = touched(command)
    added = [row_id for row_id in ids if row_id in book.added.get(menu.path, ())]
    if added and len(added) == len(ids):
        return Step(book, (), Sent(command), ())
    before = [row for row in _there_before(book, menu, command, now) if row[".id"] not in book.hides(menu.path)]
    known = attrs.evolve(book, gone=(*book.gone, *(Gone(menu.path, row_id) for row_id in ids)))
    on = [row for row in before if "disabled" in menu.by_name and row.get("disabled") != "true"]
    if not on:
        return Step(known, (), Sent(None), ())
    lines = _enabled(book, menu, on)
    off = Planned(menu.path, "set", (f"=.id={','.join(row['.id'] for row in on)}", "=disabled=yes"))
    return Step(known, tuple(lines), Sent(off), ())


def _enabled(book: Book, menu: Menu, rows: Sequence[Row]) -> list[str]:
    """Enables rows again: by one line where a resource had none in that list that wasn't."""
    found: dict[str, None] = {}
    for row in rows:
        tag = ownership.split(row.get("comment", ""))[1]
        for one in (
            [f'list={text.quoted(row["list"])} comment~"wt:{tag.owner}"']
            if tag and len(rows) > _MANY and menu.path in _BY_ADDRESS and _all_on(book, menu, row["list"], tag.owner)
            else _marks(book, menu, row, {})
        ):
            found[one] = None
    return [_line(menu, "set", one, ("=disabled=no",)) for one in found]


def _all_on(book: Book, menu: Menu, listed: str, owner: str) -> bool:
    theirs = (row for row in book.rows[menu.path] if row.get("list") == listed and owner in row.get("comment", ""))
    given = any(path == menu.path and owner in comment for path, comment in book.given)
    return not given and not any(row.get("disabled") == "true" for row in theirs)


def _move(book: Book, menu: Menu, command: Planned, now: Mapping[str, Row]) -> Step:
    ids = {row[".id"] for row in _there_before(book, menu, command, now)}
    moved = book.moved.get(menu.path, frozenset()) | ids
    return Step(attrs.evolve(book, moved={**book.moved, menu.path: moved}), (), Sent(command), ())


def _there_before(book: Book, menu: Menu, command: Planned, now: Mapping[str, Row]) -> list[Row]:
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
    command = Planned(menu.path, "set", (f"=.id={row['.id']}", *words))
    step = _set(book, menu, command, {row[".id"]: row})
    return step._replace(sent=Sent(command, row[".id"]))


def _former(menu: Menu, row: Row, given: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that bring back what some properties have now, and what they can't say."""
    names = [name.removeprefix("!") for name in given]
    # What the router computes may follow from what is set, as an address's network does.
    also = [field.name for field in menu.writable if field.computed and field.name in row and not field.secret]
    words, lost = [], []
    for name in dict.fromkeys((*names, *also)):
        if (field := menu.by_name.get(name)) is None:
            continue
        if field.secret or field.write_only or name in _TEXTS:
            lost.append(f"{field.attribute} isn't undone: {_why(field)}")
        else:
            words.append(_word(field, row))
    return tuple(words), tuple(lost)


def _why(field: Field) -> str:
    if field.secret:
        return "no key is written into a script"
    return "the router doesn't show it" if field.write_only else "it may hold a key, and none is written into a script"


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


def _marks(book: Book, menu: Menu, row: Row, given: Mapping[str, str]) -> Iterator[str]:
    """All conditions by which a row is to be found before and after it is set to something."""
    now, then = _mark(menu, row), _mark(menu, {**row, **given})
    alone = [found for found in dict.fromkeys((then, now)) if found is not None and _only(book, menu, row, found)]
    yield from alone
    if now not in alone:
        yield f".id={row['.id']}"


def _only(book: Book, menu: Menu, row: Row, found: str) -> bool:
    """Whether a condition finds this row and no other, not even a new one."""
    others = (_mark(menu, other) for other in book.rows[menu.path] if not _is(other, row))
    return book.news.get((menu.path, found), frozenset()) <= {row.get(".id")} and found not in others


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


def _is(one: Row, other: Row) -> bool:
    return one.get(".id") == other.get(".id")


def _line(menu: Menu, verb: str, found: str, words: Iterable[str]) -> str:
    return text.attempt(f"{menu.path}/{verb} [find {found}] {text.words(words)}")


def _order(rows: Sequence[Row], path: str, ids: frozenset[str]) -> Iterator[str]:
    menu = MENUS[path]
    for at in range(len(rows) - 1, -1, -1):
        if rows[at][".id"] not in ids:
            continue
        mine = _sure(rows, menu, rows[at])
        behind = [_sure(rows, menu, row) for row in rows[at + 1 : at + 1 + _ANCHORS]]
        yield text.attempt(_moved(path, mine, behind) if behind else _last(path, mine))


def _sure(rows: Sequence[Row], menu: Menu, row: Row) -> str:
    """The condition that finds a row and no other of the menu."""
    found = _mark(menu, row)
    alone = found is not None and not any(_mark(menu, other) == found for other in rows if not _is(other, row))
    return found if found is not None and alone else f".id={row['.id']}"


def _moved(path: str, mine: str, behind: Sequence[str]) -> str:
    """Before the first of some rows that is there; never to the end, where an accept would stand below the drop."""
    chosen = ":local b; :local c"
    for found in reversed(behind):
        chosen += f"; :set c [{path}/find {found}]; :if ([:len $c] = 1) do={{:set b $c}}"
    return f":local a [{path}/find {mine}]; {chosen}; :if ([:len $a] = 1 && [:len $b] = 1) do={{{path}/move $a $b}}"


def _last(path: str, mine: str) -> str:
    return f":local a [{path}/find {mine}]; :if ([:len $a] = 1) do={{{path}/move $a}}"
