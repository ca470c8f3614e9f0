"""A deployment's writes under a guard: armed before the first one, journaled before each, and never late.

Rule: nothing is written that isn't written down on the router before, nor while less than a minute is left, nor after
the router has taken the change back. The guard is seen to tick before anything depends on it: else nothing is written.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import attrs

from wiretik_provider import menus
from wiretik_provider.calls import READ_ONLY, Answer, Command, Row
from wiretik_provider.errors import GuardError
from wiretik_provider.guard import crowds, journal, leaving, scripts
from wiretik_provider.guard.arming import arm, stand
from wiretik_provider.guard.book import Book, Gone
from wiretik_provider.guard.journal import WRITES
from wiretik_provider.guard.scripts import GUARD, State
from wiretik_provider.rows import ownership
from wiretik_provider.wire import attribute

__all__ = ["Send", "Watch"]

Send = Callable[[Sequence[Command]], Sequence[Answer]]
"""Gives commands to the router and waits for all answers; refusals are in these."""

_SCRIPT: Final = "/system/script"
_LEAST: Final = 60
"""With less than so many seconds left nothing is written."""
_EACH: Final = 30
"""The deadline is put off at most so often."""
_LEANING: Final = tuple(
    path for path, menu in menus.MENUS.items() if not menu.singleton and not path.endswith("/address-list")
)
"""Menus whose rows may say the name of another row."""
_MOMENT: Final = 1.0
"""A look is good for so many seconds."""
_FEW: Final = 50
"""So many rows are asked for by their ids; of more the whole menu is."""


@attrs.define
class _Journal:
    """The journal as it stands on the router.

    Attributes:
        early: the parts of what takes new rows away and brings names back, oldest first; in each the newest line first.
        undo: the parts of all else.
        gone: the parts about rows that are removed at the confirm.
        order: the parts of what puts moved rows back.
    """

    early: list[list[str]] = attrs.field(factory=list)
    undo: list[list[str]] = attrs.field(factory=list)
    gone: list[list[str]] = attrs.field(factory=list)
    order: list[str] = attrs.field(factory=list)

    @property
    def parts(self) -> scripts.Parts:
        return scripts.Parts(len(self.early), len(self.undo), len(self.gone), len(self.order))


@attrs.define
class _Lines:
    """Lines that are about to be written down, newest first."""

    early: list[str] = attrs.field(factory=list)
    undo: list[str] = attrs.field(factory=list)
    gone: list[str] = attrs.field(factory=list)


class Watch:
    """The guard of one deployment on one router.

    Args:
        label: the router in an error's text.
        run: the deployment, in hex.
        within: so many seconds after its last write a change is taken back unless it is confirmed.
        tell: told of what can't be undone.
        armed: called once the guard is on the router.
        seen: whether this deployment has looked at all that there is, by a refresh.
        secrets: whether keys may be written into scripts.
        clock: a monotonic clock in seconds.
        pause: waits so many seconds.
    """

    def __init__(
        self,
        label: str,
        run: str,
        within: int,
        tell: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        armed: Callable[[], None] = lambda: None,
        seen: Callable[[], bool] = lambda: False,
        secrets: bool = False,
    ) -> None:
        self._label = label
        self._run = run
        self._within = within
        self._tell = tell
        self._clock = clock
        self._pause = pause
        self._armed = armed
        self._refreshed = seen
        self._wrote = 0.0
        self._looked: dict[str, dict[str, tuple[float, Row]]] = {}
        self.ending = threading.Lock()
        """Held by whoever confirms, which may take minutes."""
        self._turn = threading.RLock()
        self.secrets = secrets
        self._book = self._blank()
        self._untold: list[str] = []
        self._there = _Journal()
        self._state: State | None = None
        self._since = 0.0
        self._warned: set[str] = set()
        self.bare: Callable[[str], Collection[str]] = lambda _: ()
        """By menu, the ids of rows that carry no tag on the router, though they are seen with one (`unsigned`)."""

    def _blank(self) -> Book:
        return Book(secrets=self.secrets, run=self._run[-4:])

    @property
    def run(self) -> str:
        """The deployment, in hex."""
        return self._run

    @property
    def state(self) -> State | None:
        """The guard as this deployment has armed it; None before its first write, and after its end."""
        return self._state

    @property
    def passed(self) -> float:
        """So many seconds have passed here since the uptime that the guard says it was armed at."""
        return self._clock() - self._since

    @property
    def since_write(self) -> float:
        """So many seconds ago the last write was."""
        return self._clock() - self._wrote

    @property
    def left(self) -> float:
        """So many seconds the guard still waits."""
        return self._state.till - self._state.armed - self.passed if self._state else 0.0

    def at_least(self, seconds: int) -> None:
        """Lets the guard wait at least so long after each write from now on."""
        self._within = max(self._within, seconds)

    def ended(self) -> None:
        """Begins anew with the next write, after a confirm."""
        with self._turn:
            self._book, self._there, self._state = self._blank(), _Journal(), None

    def through(self, commands: Sequence[Command], send: Send) -> list[Answer]:
        """Sends commands, each write after it was written down.

        Raises:
            GuardError: the guard can't be armed, or is gone; then nothing was written.
        """
        with self._turn:
            sent = self._before(commands, send)
        wanted = [one.command for one in sent if one.command is not None]
        writes = any(command.verb not in READ_ONLY for command in wanted)
        try:
            answers = iter(send(wanted))
        finally:
            self._wrote = self._clock() if writes else self._wrote
        whole = [next(answers) if one.command is not None else Answer((), "", None) for one in sent]
        with self._turn:
            came: dict[str, list[str]] = {}
            for command, one, answer in zip(commands, sent, whole, strict=True):
                if command.verb == "add" and answer.trap is None and not one.ret:
                    came.setdefault(command.path, []).append(answer.ret)
            for path, ids in came.items():
                self._book = self._book.came(path, ids)
            if lines := _by_their_ids(came):
                self._write_down(_Lines(early=lines), self._book, send)
            self._remember(wanted, whole, commands)
            return [
                self._seen(command, one, answer) for command, one, answer in zip(commands, sent, whole, strict=True)
            ]

    def _remember(self, sent: Sequence[Command], answers: Sequence[Answer], asked: Sequence[Command]) -> None:
        """Keeps what whoever deploys has just looked at, so that it isn't looked at once more before his write."""
        for command, answer in zip(asked, answers, strict=True):
            if command.verb == "print" and menus.at(command.path) and not answer.trap and not _narrowed(command):
                rows = {row.get(".id", ""): (self._clock(), row) for row in self._as_they_are(command.path, answer)}
                self._looked.setdefault(command.path, {}).update(rows)
        for command in sent:
            if command.verb not in READ_ONLY:
                self._looked.pop(command.path, None)

    def _just_seen(self, path: str) -> Mapping[str, Row]:
        """The rows of a menu that this run has looked at a moment ago and hasn't written since."""
        now = self._clock()
        return {row_id: row for row_id, (when, row) in self._looked.get(path, {}).items() if now - when <= _MOMENT}

    def _before(self, commands: Sequence[Command], send: Send) -> list[journal.Sent]:
        writes = [command for command in commands if command.verb not in READ_ONLY]
        if not writes:
            return [journal.Sent(command) for command in commands]
        self._arm(_stack(writes), send)
        self._in_time(send)
        now = self._now(writes, self._meet(writes, send), send)
        book, planned, lost = crowds.joined(self._book, writes), dict[int, journal.Sent](), list[str]()
        lines = _Lines(gone=self._untold)
        first: list[Command] = []
        for at, command in enumerate(commands):
            if command.verb in READ_ONLY:
                continue
            if command.verb not in WRITES or not menus.at(command.path):
                lost.append(f"{command.path} {command.verb} isn't undone: Wiretik doesn't know how")
                continue
            step = journal.write(book, command, now.get(command.path, {}))
            book, planned[at] = step.book, step.sent
            first += step.first
            lines.early[:0] = step.early
            lines.undo[:0] = step.lines
            lines.gone[:0] = step.gone
            lost += step.lost
        for text in lost:
            if text not in self._warned:
                self._warned.add(text)
                self._tell(text)
        self._write_down(lines, book, send)
        self._book, self._untold = book, []
        for one in first:
            self._sure([one], send)
        return [planned.get(at) or journal.Sent(command) for at, command in enumerate(commands)]

    def _seen(self, command: Command, sent: journal.Sent, answer: Answer) -> Answer:
        """An answer as whoever deploys shall see it: without the rows that are gone for him."""
        if sent.ret and answer.trap is None:
            return answer._replace(ret=sent.ret)
        if command.verb in ("print", "getall") and (hidden := self._book.hides(command.path)):
            return answer._replace(rows=[row for row in answer.rows if row.get(".id") not in hidden])
        return answer

    def take_along(self, rows: Sequence[tuple[str, str]], stack: str, send: Send) -> None:
        """Lets the confirm remove rows, too, that an earlier run was to remove and that a rollback brought back."""
        with self._turn:
            self._arm(stack, send)
            book = attrs.evolve(self._book, left=tuple(Gone(*row) for row in rows))
            self._write_down(_Lines(gone=_told(book.left)), book, send)
            self._book, self._untold = book, []

    def _arm(self, stack: str, send: Send) -> None:
        if self._state is None:
            state = State(scripts.ARMED, stack, self._run, 0, 0)
            seen = self._refreshed()
            self._state, self._later, left = arm(self._label, state, self._within, send, self._pause, seen=seen)
            self._book = attrs.evolve(self._book, left=tuple(Gone(*row) for row in left))
            self._untold = _told(self._book.left)
            self._since = self._clock()
            self._armed()

    # -- looking -----------------------------------------------------------------------------------------------------

    def _meet(self, writes: Sequence[Command], send: Send) -> set[str]:
        """Reads the menus to which the run writes for the first time; which these are."""
        written = {write.path for write in writes if menus.at(write.path)}
        # Whoever leans on a name follows it: what he had before is to be known before it changes.
        renames = any(write.verb == "set" and any(w.startswith("=name=") for w in write.words) for write in writes)
        wanted = [*written, *(_LEANING if renames else ())]
        new = [path for path in dict.fromkeys(wanted) if not self._book.knows(path)]
        asked = [Command(path, "print", menus.menu(path).query) for path in new]
        for path, answer in zip(new, send(asked) if asked else (), strict=True):
            if answer.trap is None:
                self._book = self._book.meets(path, self._as_they_are(path, answer))
            elif path in written:
                raise answer.trap
        return set(new)

    def _now(self, writes: Sequence[Command], met: set[str], send: Send) -> dict[str, dict[str, Row]]:
        """The rows that are about to be changed, as they are now; of menus that were just met they are known."""
        ids: dict[str, set[str]] = {}
        for write in writes:
            if menus.at(write.path) and write.verb in ("set", "remove"):
                ids.setdefault(write.path, set()).update(journal.touched(write))
            if menus.at(write.path) and write.verb in ("add", "set") and (hidden := self._book.hides(write.path)):
                ids.setdefault(write.path, set()).update(hidden)
        seen = {path: self._just_seen(path) for path in ids}
        wanted = {path: some for path, some in ids.items() if path not in met and not some <= seen[path].keys()}
        asked = [Command(path, "print", _by_ids(path, sorted(some))) for path, some in wanted.items()]
        found: dict[str, dict[str, Row]] = {}
        for path in {write.path for write in writes if menus.at(write.path)}:
            rows = {row.get(".id", ""): row for row in self._book.rows[path]}
            found[path] = {**rows, **seen.get(path, {})}
        for command, answer in zip(asked, send(asked) if asked else (), strict=True):
            if answer.trap:
                raise answer.trap
            looked = self._as_they_are(command.path, answer)
            found[command.path].update({row.get(".id", ""): row for row in looked})
        return found

    def _as_they_are(self, path: str, answer: Answer) -> Sequence[Row]:
        """Rows as the router has them, whose script finds no tag that is only shown to us."""
        bare = frozenset(self.bare(path))
        if not bare:
            return answer.rows
        return [{**row, "comment": ownership.text_of(row)} if row.get(".id") in bare else row for row in answer.rows]

    def _in_time(self, send: Send) -> None:
        """Puts the deadline off, if the guard is still there and waits.

        Raises:
            GuardError: it isn't, or it is too late.
        """
        assert self._state is not None  # noqa: S101  (armed by the caller)
        passed = self._clock() - self._since
        left = self._state.till - self._state.armed - passed
        if left > self._within - _EACH:
            return
        found, up = stand(self._label, send)
        if found is None or (found.kind, found.run) != (scripts.ARMED, self._run):
            said = found.comment if found else "gone"
            raise GuardError(self._label, f"the guard is {said}: nothing more is written; `up --refresh` looks anew")
        if up < found.armed or found.till - up < _LEAST:
            raise GuardError(self._label, "the time to confirm is nearly over: nothing more is written")
        self._state = self._state._replace(till=up + self._within, armed=found.armed)
        self._since = self._clock() - (up - found.armed)
        self._sure([self._pointed()], send)

    # -- writing down ------------------------------------------------------------------------------------------------

    def _write_down(self, lines: _Lines, book: Book, send: Send) -> None:
        """Writes lines into the journal, and lets the guard point at its new parts."""
        there = self._there
        before = there.parts
        commands = [
            *_journaled("early", there.early, lines.early),
            *_journaled("undo", there.undo, lines.undo),
            *_journaled("gone", there.gone, lines.gone),
        ]
        order = ["\n".join(part) for part in scripts.chunks(book.order())]
        for number, source in enumerate(order):
            if there.order[number : number + 1] != [source]:
                commands.append(_script(scripts.name_of("order", number + 1), source, new=number >= len(there.order)))
        there.order = order
        # A guard that runs a part which isn't there yet has nothing more to undo: nothing of it is written yet.
        self._sure([*commands, *((self._pointed(),) if there.parts != before else ())], send)

    def _pointed(self) -> Command:
        """Lets the guard run all parts, and wait until the deadline as it is now."""
        assert self._state is not None  # noqa: S101  (armed by the caller)
        return _script(GUARD, scripts.tick(self._state, self._there.parts), new=False)

    def _stands(self, send: Send) -> bool:
        """Whether the guard of this deployment waits on the router still."""
        found, _ = stand(self._label, send)
        return found is not None and (found.kind, found.run) == (scripts.ARMED, self._run)

    def _sure(self, commands: Sequence[Command], send: Send) -> None:
        """Sends what must be done before a write is."""
        later, self._later = (self._later, ()) if commands else ((), self._later)
        for command, answer in zip(commands, send([*commands, *later]) if commands else (), strict=False):
            trap = answer.trap
            if trap and f"=numbers={GUARD}" not in command.words and self._stands(send):
                # The answer to the command that made it, or didn't, was lost with its connection.
                trap = send([_other_way(command)])[0].trap if command.path == _SCRIPT else trap
            if trap:
                raise GuardError(self._label, f"the undo can't be written down, so nothing is written: {trap.text}")


def _told(left: Sequence[Gone]) -> list[str]:
    """How the journal says that rows go, the last one first."""
    return [leaving.gone(*one) for one in reversed(left)]


def _by_their_ids(came: Mapping[str, Sequence[str]]) -> list[str]:
    """What undoes new rows that only their ids find, the newest first."""
    lines = (journal.came(path, row_id) for path, ids in came.items() if menus.at(path) for row_id in ids)
    return [line for line in lines if line][::-1]


def _journaled(kind: str, parts: list[list[str]], lines: Sequence[str]) -> Iterator[Command]:
    """Takes lines into the parts of a journal, as commands that write these."""
    for part in reversed(scripts.chunks(lines)):
        size = sum(len(line) + 1 for line in (*part, *(parts[-1] if parts else ())))
        new = not parts or size > scripts.SIZE
        if new:
            parts.append([])
        parts[-1] = [*part, *parts[-1]]
        yield _script(scripts.name_of(kind, len(parts)), "\n".join(parts[-1]), new=new)


def _script(name: str, source: str, *, new: bool) -> Command:
    if new:
        return Command(_SCRIPT, "add", (f"=name={name}", "=policy=read,write", f"=source={source}"))
    return Command(_SCRIPT, "set", (f"=numbers={name}", f"=source={source}"))


def _other_way(command: Command) -> Command:
    given = dict(map(attribute, command.words))
    name = given.get("name") or given["numbers"]
    return _script(name, given["source"], new=command.verb == "set")


def _narrowed(command: Command) -> bool:
    """Whether a print asks for less than whole rows."""
    return any(word.startswith("=.proplist") for word in command.words)


def _by_ids(path: str, ids: Sequence[str]) -> tuple[str, ...]:
    if menus.menu(path).singleton or len(ids) > _FEW:
        return menus.menu(path).query
    return (*(f"?.id={row_id}" for row_id in ids), *(["?#" + "|" * (len(ids) - 1)] if len(ids) > 1 else ()))


def _stack(writes: Sequence[Command]) -> str:
    """The stack that writes, by the tag of the first row that says it."""
    comments: list[Mapping[str, str]] = [dict(map(attribute, write.words)) for write in writes]
    tags = (ownership.tag_of(given) for given in comments)
    return next((tag.stack for tag in tags if tag), "-")
