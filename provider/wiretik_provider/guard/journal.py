"""What a planned write undoes, written down before it: end values, never steps (docs/facts/undo.md#undoing).

Pure: a `Book` is what was written down so far, `write` gives the next one and what to send. Three kinds of lines run,
in each kind the newest first: those that take new rows away and bring names and tags back; then all others, which may
use these; then those of `Book.order`, which put moved rows back where they were. Each line finds its row anew, by our
tag or else by its id, so that an undo that was interrupted runs again from its beginning. A row is disabled in place of
being removed; where a menu has no `disabled`, or the row is disabled already, the removal waits for the confirm.

What a value goes back to is what it was before the run. Only names, keys and addresses, which no two rows may have at
once, go back step by step: who exchanged them may have had a third value between.

No secret enters a line, unless the user has asked for it: what can't be undone without one is told. Texts of scripts
never do, which may hold any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import attrs

from wiretik_provider import menus
from wiretik_provider.calls import Command, Row
from wiretik_provider.codecs.base import Bool, Flag
from wiretik_provider.codecs.script import quoted
from wiretik_provider.guard import crowds, leaving, text
from wiretik_provider.guard.book import BY_ADDRESS, Book, Crowd, Gone, mark, marks, origin, whole_list
from wiretik_provider.guard.leaving import Listed
from wiretik_provider.guard.unsaid import why
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare, exchange, ownership
from wiretik_provider.wire import attribute

__all__ = ["WRITES", "Sent", "Step", "came", "touched", "write"]

WRITES: Final = frozenset({"add", "set", "remove", "move"})
"""The commands that change rows and that Wiretik gives."""

_EARLY: Final = frozenset({"comment", "name"})
"""Properties by which rows are found and named by others."""


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
    gone: tuple[str, ...] = ()
    """Lines about rows that the confirm removes: they run after these."""
    lost: tuple[str, ...] = ()
    """What isn't undone, and why, in words."""
    first: tuple[Command, ...] = ()
    """To be sent before it, one after the other."""


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
    menu = menus.menu(command.path)
    given = dict(map(attribute, command.words))
    if menu.singleton and not menu.fixed:
        was = book.rows[menu.path][0]
        words, lost = _former(book, menu, was, was, given)
        line = text.attempt(f"{command.path}/set {text.words(words)}")
        return Step(book, Sent(command), lines=(line,) if words else (), lost=lost)
    return {"add": _add, "set": _set, "remove": _remove, "move": _move}[command.verb](book, menu, command, now)


def _add(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    given = dict(map(attribute, command.words))
    room = _room(book, menu, given, now)
    if room.stuck is not None and not menu.loose:  # of others nobody knows what undeclared properties go back to
        return _revive(book, menu, room.stuck, given)
    book = _calling(book, room)
    if (found := mark(menu, given)) is None and not menu.tagged:
        return Step(book, Sent(command), room.early, room.lines, first=room.first)  # see `came`
    if found is None:
        said = " ".join(("a new", menu.noun, *(given[name] for name in menu.key if name in given)))
        lost = (f"{said} isn't undone: it has no tag by which it is found",)
        return Step(book, Sent(command), room.early, room.lines, lost=lost, first=room.first)
    if (one := crowds.listed(menu.path, given)) in book.crowds and one is not None:
        command, found = _marked(command, crowds.digits(book)), crowds.condition(book, one)
    else:
        found = whole_list(book, menu, given) or found
    done = "+" in book.news.get((menu.path, found), ())
    new = () if done else (_unmade(book, menu, found),)
    early, lines = ((), new) if menu.path in BY_ADDRESS else (new, ())
    book = book.finds(menu.path, found, "+")
    told = () if done or one not in book.crowds or one is None else (leaving.marked(one),)
    stays = (*_stays(book, menu, [given]), *told)
    return Step(book, Sent(command), (*early, *room.early), (*lines, *room.lines), stays, first=room.first)


def _marked(command: Command, digits: str) -> Command:
    """The command with the run's mark in the comment that it gives."""
    words = (
        f"=comment={ownership.marked(word.removeprefix('=comment='), digits)}" if word.startswith("=comment=") else word
        for word in command.words
    )
    return command._replace(words=tuple(words))


def _unmade(book: Book, menu: Menu, found: str) -> str:
    """Removes what a condition finds, but for rows that were there before."""
    there = book.marks[menu.path][found] > 0
    known = {row[".id"] for row in (book.rows[menu.path] if there else ()) if mark(menu, row) == found}
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
    names: Mapping[str, str] = {}
    """By such other names what the rows were called."""


def _room(book: Book, menu: Menu, wanted: Row, now: Mapping[str, Row], own: str = "") -> _Room:
    """Gives rows that wait for their removal another name, key or address, where a written one shall have theirs."""
    room, hidden = _Room(), book.hides(menu.path)
    for row in (row for row_id, row in (now if hidden else {}).items() if row_id in hidden and row_id != own):
        for group in exchange.groups(menu):
            if not (mark := exchange.claim(menu, group, wanted)) or exchange.claim(menu, group, row) != mark:
                continue
            tag = ownership.tag_of(row)
            values = exchange.temporary(menu, group, tag.owner if tag else row[".id"], now.values())
            if not values or menu.path in BY_ADDRESS:
                return room._replace(stuck=row)
            if "address" in values and "network" in menu.by_name:
                values["network"] = str(values["address"]).partition("/")[0]
            parked = tuple(f"={name}={menu.by_name[name].codec.write(value)}" for name, value in values.items())
            early, lines, _ = _back(book, menu, row, dict.fromkeys(values, ""))
            park = Command(menu.path, "set", (f"=.id={row['.id']}", *parked))
            called = {str(values["name"]): book.names.get(row["name"], row["name"])} if "name" in values else {}
            names = {**room.names, **called}
            room = _Room((*early, *room.early), (*lines, *room.lines), (*room.first, park), names=names)
    return room


def _calling(book: Book, room: _Room) -> Book:
    """The book of a run in which rows that wait for their removal have other names: who names them has followed."""
    return attrs.evolve(book, names={**book.names, **room.names}) if room.names else book


def _set(book: Book, menu: Menu, command: Command, now: Mapping[str, Row]) -> Step:
    given = {name: value for name, value in map(attribute, command.words) if name not in (".id", "numbers")}
    early: list[str] = []
    lines: list[str] = []
    lost: list[str] = []
    added, ids = book.added.get(menu.path, frozenset()), touched(command)
    first: tuple[Command, ...] = ()
    crowd = crowds.recommented(book, menu, ids, given, now)
    told: tuple[str, ...] = ()
    if crowd and crowd not in book.changed:
        book = attrs.evolve(book, changed=(*book.changed, crowd))
        lines.append(_uncrowded(book, crowd))
        told = (leaving.marked(crowd.of),)
    command = _marked(command, crowds.digits(book, book.changed.index(crowd) + 1)) if crowd else command
    for row_id in ids:
        row = now.get(row_id, {})
        after = {**row, **given}
        if row_id in added:
            if (found := mark(menu, after)) is not None and _is_others(menu, row, after):
                (lines if menu.path in BY_ADDRESS else early).append(_unmade(book, menu, found))
                book = book.finds(menu.path, found, "+")
        elif row:
            # Who writes to an entry of a crowd takes its mark away, by which the crowd's line would find it.
            alike = crowd is not None or (crowds.passed_on(menu, row, given) and not _is_marked(row))
            back = {name: value for name, value in given.items() if name != "comment" or not alike}
            sooner, later, unsaid = _back(book, menu, row, back) if back else ([], [], ())
            early, lines = [*early, *sooner], [*lines, *later]
            lost += [f"{compare.label(menu, row)}: {why}" for why in unsaid]
            if (found := mark(menu, after)) is not None and found != mark(menu, row):
                book = book.finds(menu.path, found, row_id)
            if "comment" in given and not alike:
                book = book.signs(menu.path, row_id, given["comment"])
        room = _room(book, menu, after, now, row_id)
        book = _calling(book, room)
        early, lines, first = [*early, *room.early], [*lines, *room.lines], (*first, *room.first)
    # Whoever is written to isn't to be removed any more.
    waited = {one.id for one in (*book.gone, *book.left) if one.path == menu.path}
    stays = (
        *told,
        *(leaving.kept(menu.path, row_id) for row_id in ids if row_id in waited),
        *_stays(book, menu, [{**now.get(row_id, {}), **given} for row_id in ids if row_id not in waited]),
    )
    gone, left = (
        tuple(one for one in rows if one.path != menu.path or one.id not in ids) for rows in (book.gone, book.left)
    )
    before = "comment" in given and not added.issuperset(ids)
    comments = book.given | ({(menu.path, given["comment"])} if before else set())
    book = attrs.evolve(book, gone=gone, left=left, given=comments, names=_renamed(book, given, ids, now))
    return Step(book, Sent(command), tuple(early), tuple(lines), stays, tuple(lost), first)


def _uncrowded(book: Book, crowd: Crowd) -> str:
    """A line that brings the comment back that many entries had."""
    found = crowds.condition(book, crowd.of, book.changed.index(crowd) + 1)
    return text.attempt(f"{crowd.of.path}/set [find {found}] comment={quoted(crowd.before)}")


def _renamed(book: Book, given: Row, ids: Sequence[str], now: Mapping[str, Row]) -> Mapping[str, str]:
    before = now.get(ids[0], {}).get("name") if len(ids) == 1 and "name" in given else None
    return book.names if before is None else {**book.names, given["name"]: book.names.get(before, before)}


def _is_others(menu: Menu, before: Row, after: Row) -> bool:
    """Whether a row becomes another resource's, so that what was written down doesn't find it any more."""
    if menu.path not in BY_ADDRESS:
        return mark(menu, before) != mark(menu, after)
    # The entries of a list that is the run's own are found by their owner, or by the run's mark.
    comments = [row.get("comment", "") for row in (before, after)]
    owners = [tag and tag.owner for _, tag in map(ownership.split, comments)]
    return owners[0] != owners[1] or _is_marked(before) != _is_marked(after) or mark(menu, before) != mark(menu, after)


def _is_marked(row: Row) -> bool:
    """Whether an entry of a list carries the run's mark."""
    comment = row.get("comment", "")
    return ownership.unmarked(comment) != comment


def _back(book: Book, menu: Menu, row: Row, given: Mapping[str, str]) -> tuple[list[str], list[str], tuple[str, ...]]:
    """What brings a row back that was there before: early lines, other ones, and what they can't say."""
    was = _before(book, menu, row)
    by_address = menu.path in BY_ADDRESS
    sooner = {} if by_address else {name: value for name, value in given.items() if name in _EARLY}
    early, _ = _former(book, menu, row, was, sooner, also=False)
    later, lost = _former(book, menu, row, was, {name: value for name, value in given.items() if name not in sooner})
    found = marks(book, menu, row, given)
    where = found if by_address else [origin(book, menu, was)]
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
    on = [row for row in before if _can_be_disabled(menu, row)]
    together = _together(known, menu, on) if len(on) > crowds.MANY else {}
    known = attrs.evolve(known, lists={**known.lists, **together})
    told = {row[".id"] for row in on if crowds.listed(menu.path, row) in known.lists}
    lines = [leaving.gone(menu.path, row_id) for row_id in ids if row_id not in told]
    lines += [line for row in on if row[".id"] not in told for line in _back(book, menu, row, {"disabled": "yes"})[1]]
    for one, whole in together.items():
        if book.lists.get(one) != whole:
            lines.append(leaving.listed(one, whole=whole))
        if one not in book.lists:
            found = f'list={quoted(one.list)} comment~"wt:{one.owner}"'
            lines.append(_line(menu, "set", found, ("=disabled=no",)))
    off = Command(menu.path, "set", (f"=.id={','.join(row['.id'] for row in on)}", "=disabled=yes"))
    return Step(known, Sent(off if on else None), gone=tuple(lines), first=first)


def _can_be_disabled(menu: Menu, row: Row) -> bool:
    """Whether a row isn't disabled yet and can be; of a menu that is known from data alone the router says it."""
    return row.get("disabled", "" if menu.loose else "false") == "false" and "disabled" in menu.by_name


def _together(book: Book, menu: Menu, on: Sequence[Row]) -> dict[Listed, bool]:
    """The lists of which one line tells that these entries go: where a resource had none there that was disabled.

    Returns:
        Each with whether all go that its resource had.
    """
    found: dict[Listed, bool] = {}
    hidden = book.hides(menu.path)
    for one in {crowds.listed(menu.path, row) for row in on} - {None}:
        if one is not None and (one in book.lists or _all_on(book, menu, one.list, one.owner)):
            every = [row for row in book.rows[menu.path] if crowds.listed(menu.path, row) == one]
            found[one] = all(row[".id"] in hidden for row in every)
    return found


def _stays(book: Book, menu: Menu, rows: Sequence[Row]) -> tuple[str, ...]:
    """Lines that say that disabled entries stay, in a list of which those go that are disabled."""
    off = [
        row for row in rows if row.get("disabled") in ("yes", "true") and crowds.listed(menu.path, row) in book.lists
    ]
    return tuple(leaving.kept(menu.path, leaving.entry(row["list"], row.get("address", ""))) for row in off)


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
    book: Book, menu: Menu, row: Row, was: Row, given: Mapping[str, str], *, also: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that bring back what some properties had, and what they can't say.

    Args:
        book: what was written down before.
        menu: the menu.
        row: the row as it is now.
        was: the row as it was before the run.
        given: what is set, by name.
        also: bring back what the router computes, which may follow from what is set, as an address's network does.
    """
    names = [name.removeprefix("!") for name in given]
    if also and names and not menu.loose:
        names += [f.name for f in menu.writable if f.computed and f.name in was and not f.secret and f.name != "name"]
    steps = {name for group in exchange.groups(menu) for name in group.names if not menu.by_name[name].references}
    words, lost = [], []
    for name in dict.fromkeys(names):
        if (field := menu.by_name.get(name)) is None:
            continue
        if reason := why(field, secrets=book.secrets) or (_unseen(field, was) and "the router doesn't show it"):
            if not _same(field, given.get(name), row):
                lost.append(f"{field.attribute} isn't undone: {reason}")
        else:
            words.append(_word(field, row if name in steps else was))
    return tuple(words), tuple(lost)


def _same(field: Field, given: str | None, row: Row) -> bool:
    """Whether a row has already what it is given, so that there is nothing to undo."""
    if field.write_only or _unseen(field, row):
        return False
    return compare.value_of(field, given) == compare.value_of(field, row.get(field.name))


def _unseen(field: Field, row: Row) -> bool:
    """Whether a row hides a secret, as from a user without the policy `sensitive`."""
    return field.secret and row.get(field.name) == compare.HIDDEN


def _word(field: Field, row: Row) -> str:
    if field.name not in row:
        return compare.clear_word(field)
    if isinstance(field.codec, Bool) and not isinstance(field.codec, Flag):
        return f"={field.name}={'yes' if row[field.name] == 'true' else 'no'}"
    return f"={field.name}={row[field.name]}"


def _line(menu: Menu, verb: str, found: str, words: Iterable[str]) -> str:
    start, given = f"{menu.path}/{verb} [find {found}] ", tuple(words)
    whole = start + text.words(given)
    if not menu.loose or len(given) == 1:
        return text.attempt(whole)
    # A value that was printed may be one that isn't taken: that keeps no other from going back.
    return f":do {{{whole}}} on-error={{{'; '.join(text.attempt(start + text.words([one])) for one in given)}}}"


def came(path: str, row_id: str) -> str:
    """A line that takes a new row away by its id, where nothing that was written finds it for sure; empty elsewhere."""
    return "" if menus.menu(path).tagged else text.attempt(f"{path}/remove [find .id={row_id}]")
