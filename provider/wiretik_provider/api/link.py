"""One router as one provider process sees it: a session that comes back, and every menu read at most once.

A menu's rows are kept from their first read on and follow the process's own writes, so that a preview, a refresh or a
no-op up reads each menu once. Before a row is changed or removed it is matched again. A list that was given out only
ever grows at its end or changes in place; what is removed or moved makes a new one, so that no reader misses a row.

Rule: whoever reads rows, decides and writes holds the menu's lock, so that edits of one list come one after another;
different menus go side by side.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final, TypeVar

from wiretik_provider.api.access import access, adopting
from wiretik_provider.api.deployment import Deployment, Gone
from wiretik_provider.api.elsewhere import Opened, leads
from wiretik_provider.api.guarded import GuardedSession
from wiretik_provider.api.session import Access, Answer, Command, Session
from wiretik_provider.api.signing import SigningSession
from wiretik_provider.api.unsigned import OBSERVE, UNSIGNED, Lens, Unsigned, of_config
from wiretik_provider.api.watch import Watch
from wiretik_provider.errors import ConnectionLost, OverLimit, Overtaken, ProtocolError, Trap
from wiretik_provider.guard.keeping import Keeping
from wiretik_provider.guard.settings import Guarding, guarding, new_run
from wiretik_provider.masks import Known
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Version, version
from wiretik_provider.printable import printable
from wiretik_provider.rows import ownership
from wiretik_provider.rows.exchange import Program
from wiretik_provider.rows.kept import Kept
from wiretik_provider.rows.ownership import Holder, tag_of

__all__ = ["LOOKS", "Deployment", "Gone", "Link", "close_all", "fail", "failed", "link", "say"]

Row = Mapping[str, str]
Result = TypeVar("Result")

_QUOTED: Final = 300
"""So much of what can't be a row is repeated."""
LOOKS: Final = 3
"""How often rows are looked at that somebody else changes at the same time."""
_PAUSE: Final = 0.1
"""Seconds before the next look, at most."""
_KEPT: Final = 2
"""All the rows that are kept may take so many times what one answer may."""


def say(text: str) -> None:
    """A line to the user: the engine shows what a provider writes to its standard error."""
    sys.stderr.write(f"{printable(text)}\n")
    sys.stderr.flush()


class Link:
    """One router, shared by the process's threads.

    Args:
        reach: how to reach it; nothing is opened before the first command.
        guarding: how its changes are guarded until somebody confirms them; None where they aren't.
        adopting: whether rows that are there are taken over as they are, and nothing is written but their tags.
        opened: what opens a session to the router's twin, where a change is planned there; else None.
        unsigned: which rows of the stack carry no tag on the router.
    """

    def __init__(
        self,
        reach: Access,
        guarding: Guarding | None = None,
        *,
        adopting: bool = False,
        opened: Opened | None = None,
        unsigned: Unsigned | None = None,
    ) -> None:
        self.access, self.adopting, self._opened, self.unsigned = reach, adopting, opened, unsigned or Unsigned()
        self.planning = opened is not None
        """Whether the rows that are made here will be made by lines that are imported."""
        run = guarding.run + new_run()[:4] if guarding else ""
        self.watch: Watch | None = None
        if guarding:
            within, secrets = guarding.within, guarding.secrets
            armed, seen = self._armed, self._looked
            self.watch = Watch(self.label, run, within, self.warn, armed=armed, seen=seen, secrets=secrets)
        self.auto = guarding is not None and guarding.auto
        """Whether a deployment confirms by itself."""
        self.keeping = Keeping()
        self._session: Session | None = None
        self._known = Known()
        self._guard = threading.RLock()
        self._locks: dict[str, threading.RLock] = {}
        self._menus: dict[tuple[str, tuple[str, ...]], Kept] = {}
        self._costs: dict[tuple[str, tuple[str, ...]], int] = {}
        self._refused: dict[tuple[str, tuple[str, ...]], Trap] = {}
        self._version: Version = ()
        self.declared: dict[str, list[str]] = {}
        """What the program declares of lists of which elements are held (`Menu.holds`), by their rows' tags, as far as
        this process knows: from the gate, and from whoever wrote the row."""
        self.deployment: Deployment | None = None
        """None where no gate was asked in this process, as on destroy and mostly with `--target`."""
        self.former: dict[str, Mapping[str, str]] = {}
        """Of menus with one row, what their properties had before a resource that is about to be replaced."""
        self.gone = Gone()
        """What the state has and the router hasn't; nothing any more once it was told (`notice`)."""
        self.refreshed = False
        """Whether this process has looked at the router for a refresh."""
        self.before: Mapping[str, Mapping[str, str]] = {}
        """What the gate noted of adopted rows, by their tags, and of menus with one row, by path: what they had."""
        self.let_through: frozenset[str] = frozenset()
        """The tags of what an earlier gate let through: rows that they may have made without a tag may be theirs."""
        self.mine: set[tuple[str, str]] = set()
        """The rows without a comment, by menu and id, that resources of this process have."""
        self._created: set[str] = set()
        self._spared: list[tuple[frozenset[str], Callable[[], None]]] = []
        self._over: frozenset[str] = frozenset()
        self.program: Program | None = None
        """What the program declares of rows, as the gate was told; None where it didn't run in this process."""

    @property
    def label(self) -> str:
        """The router in an error's text."""
        return self.access.label

    def _looked(self) -> bool:
        return self.refreshed

    def _armed(self) -> None:
        if self.auto and not self.keeping.sealed:
            say(f"note: {self.label}: the change waits: unless confirming it is told below, run `wiretik confirm`")

    @property
    def session(self) -> Session:
        """The live session; a new one where there is none or the last one broke, unless it would break as well."""
        with self._guard:
            if self._session is not None and isinstance(self._session.failure, OverLimit):
                raise self._session.failure
            if self._session is None or not self._session.alive:
                if self._opened is not None:
                    self._session = self._opened(self.access, self._known)
                elif self.adopting:
                    self._session = SigningSession(self.access, self._known)
                elif self.watch is None:
                    self._session = Session(self.access, self._known)
                else:
                    self._session = GuardedSession(self.access, self._known, self.watch)
                if self.unsigned.tags or self.unsigned.observes:
                    lens = self._session.lens = Lens(self.unsigned, self.label)
                    if self.watch is not None:
                        self.watch.bare = lens.ids
            return self._session

    @property
    def version_text(self) -> str:
        """RouterOS's version as numbers, such as 7.23.2."""
        return ".".join(str(part) for part in self.version)

    @property
    def version(self) -> Version:
        """RouterOS's version, asked once."""
        # Not under the guard: who reads a menu holds the menu's lock and then asks for the session, which takes it.
        if not self._version:
            told = self.rows("/system/resource")[0].get("version", "")
            self._version = version(told)
            if not self._version:
                raise ProtocolError(self.label, "/system/resource print: an answer without RouterOS's version")
        return self._version

    @contextmanager
    def lock(self, path: str) -> Iterator[None]:
        """Holds one menu for a look, a decision and a write."""
        with self._guard:
            mine = self._locks.setdefault(path, threading.RLock())
        with mine:
            yield

    def past_the_guard(self, commands: Sequence[Command]) -> Sequence[Answer]:
        """Sends commands about a guard itself, of which none is written down."""
        return Session.batch(self.session, commands)

    def ask(self, path: str, verb: str, *words: str) -> Answer:
        """Sends one command; see `Session.ask`. Its words, and the rows of its answer, have the names of our menus."""
        answer = self.session.ask(path, verb, *self._said(Command(path, verb, words)).words)
        return self._sound(path, answer) if verb == "print" else answer

    def batch(self, commands: Sequence[Command]) -> list[Answer]:
        """Sends several commands, likewise; see `Session.batch`."""
        answers = self.session.batch([self._said(command) for command in commands])
        return [_read(command.path, answer) for command, answer in zip(commands, answers, strict=True)]

    def _said(self, command: Command) -> Command:
        """A command as this version of RouterOS takes it."""
        menu = MENUS.get(command.path)
        if menu is None or not menu.renamed:
            return command
        return command._replace(words=menu.said(command.words, lambda: self.version))

    def _sound(self, path: str, answer: Answer) -> Answer:
        """An answer whose rows can be told apart, as every router's can; by anything else nothing is decided.

        Raises:
            ProtocolError: a row has no id, or a menu that always has a row has none.
        """
        menu = MENUS.get(path)
        if menu and menu.singleton and not answer.rows:
            raise ProtocolError(self.label, f"{path} print: an answer without a row, where there is always one")
        if menu and not menu.singleton and not all(row.get(".id") for row in answer.rows):
            odd = next(row for row in answer.rows if not row.get(".id"))
            told = ", ".join(sorted(odd))[:_QUOTED]  # not what they say: it may be secret
            raise ProtocolError(self.label, f"{path} print: a row without an id, with the words {told or '(none)'}")
        return _read(path, answer)

    def rows(self, path: str, query: tuple[str, ...] = ()) -> list[Row]:
        """A menu's rows in their order, read at most once until `forget`.

        Args:
            path: the menu.
            query: words that narrow the print, `?list=noVPN` or `=.proplist=…`.
        """
        # Who only looks doesn't wait for a write that is under way: a check would, for each row that is made.
        if (kept := self._menus.get((path, query))) is not None:
            return kept
        with self.lock(path):
            found = self._menus.get((path, query))
            if refused := self._refused.get((path, query)):
                raise refused
            if found is None:
                found = self._keep((path, query), self.ask(path, "print", *query))
            return found

    def _keep(self, known: tuple[str, tuple[str, ...]], answer: Answer) -> Kept:
        """Keeps a menu's rows, as long as all that is kept takes a bounded memory."""
        self._costs[known] = answer.cost
        if sum(self._costs.values()) > _KEPT * (self.access.max_answer << 20):
            raise OverLimit(
                self.label,
                f"its menus take more than {_KEPT * self.access.max_answer} MiB of memory, {_KEPT} times "
                f"wiretik:max-answer; {known[0]} was read last",
            )
        rows = self._menus[known] = Kept(answer.rows, threading.Lock())
        return rows

    def prefetch(self, menus: Iterable[tuple[str, tuple[str, ...]]]) -> list[Sequence[Row]]:
        """Reads several menus in one round trip, for `rows` to find, or to tell that it was refused.

        Returns:
            The rows of each menu in turn; none where it was refused.
        """
        asked = list(menus)
        with ExitStack() as held:
            # Only menus that nobody is at: whoever has one reads it himself, and must never be waited for with another
            # one in hand.
            free = {path for path in {path for path, _ in asked} if self._take(path, held)}
            there = {**self._menus, **self._refused}
            wanted = [known for known in dict.fromkeys(asked) if known[0] in free and known not in there]
            commands = [Command(path, "print", query) for path, query in wanted]
            for known, answer in zip(wanted, self.session.batch(commands), strict=True):
                if answer.trap:
                    self._refused[known] = answer.trap
                else:
                    self._keep(known, self._sound(known[0], answer))
        return [() if known in self._refused else self.rows(*known) for known in asked]

    def _take(self, path: str, held: ExitStack) -> bool:
        """Holds a menu if nobody else does."""
        with self._guard:
            mine = self._locks.setdefault(path, threading.RLock())
        taken = mine.acquire(blocking=False)
        if taken:
            held.callback(mine.release)
        return taken

    def names(self, *paths: str) -> dict[str, list[str]]:
        """The names that menus have, in one round trip, for an error that says what exists; none where refused."""
        menus = self.prefetch((path, ()) for path in paths)
        return {
            path: sorted(row["name"] for row in rows if "name" in row) for path, rows in zip(paths, menus, strict=True)
        }

    def refused(self, path: str, query: tuple[str, ...] = ()) -> bool:
        """Whether the router refused to show a menu, so that nothing follows from what isn't there."""
        return (path, query) in self._refused

    def fresh(self, path: str, row_id: str, query: tuple[str, ...] = ()) -> Row | None:
        """One row as it is now; the kept rows follow."""
        found = self.ask(path, "print", f"?.id={row_id}").rows
        if not found:
            self.dropped(path, row_id, query)
            return None
        self.put(path, found[0], query=query)
        return found[0]

    def put(self, path: str, row: Row, query: tuple[str, ...] = (), before: str | None = None) -> None:
        """Takes a row that was added or changed into the kept rows; a new one at the end or before another."""
        with self.lock(path):
            kept = self._menus.get((path, query))
            if kept is None:
                return
            at = kept.place(row.get(".id"))
            place = kept.place(before) if before else None
            if at is not None:
                kept.swap(at, row)
            elif place is None:
                kept.grow(row)
            else:
                self._menus[path, query] = kept.between(place, row)

    def moved(self, path: str, row_id: str, before: str | None, query: tuple[str, ...] = ()) -> None:
        """Follows a move in the kept rows."""
        with self.lock(path):
            kept = self._menus.get((path, query), Kept())
            at = kept.place(row_id)
            if at is not None:
                place = kept.place(before) if before and before != row_id else None
                self._menus[path, query] = kept.moved(at, len(kept) if place is None else place)

    def dropped(self, path: str, row_id: str, query: tuple[str, ...] = ()) -> None:
        """Follows a removal in the kept rows."""
        with self.lock(path):
            kept = self._menus.get((path, query), Kept())
            at = kept.place(row_id)
            if at is not None:
                self._menus[path, query] = kept.without(at)

    def forget(self, path: str) -> None:
        """Reads the menu anew at its next use."""
        with self.lock(path):
            for kept in (self._menus, self._refused, self._costs):
                for known in [known for known in kept if known[0] == path]:
                    del kept[known]

    def declares(self, owner: str) -> bool:
        """Whether this deployment is known to declare a resource; it may have another parent than before."""
        return self.deployment is not None and owner in self.deployment.owners

    def dropped_from_program(self, owner: str) -> bool:
        """Whether this deployment is known not to declare a resource of this stack any more."""
        return self.deployment is not None and self.deployment.dropped(owner)

    def ended(self, owner: str) -> bool:
        """Whether a resource is known to be over: an earlier gate let it through, and this program hasn't it any more.

        One that a program makes inside `apply` was never among those that a gate let through.
        """
        left = self.deployment is not None and self.program is not None and owner in self.program.leaving
        return left and owner not in self._created

    def spare(self, what: str, owners: Collection[str], removal: Callable[[], None]) -> None:
        """Keeps the removal of rows that other resources have too, as it seems, for `sweep`."""
        if self.deployment is None:
            say(f"note: {self.label}: {what} is left to whoever else of this stack has it; the last one removes it")
        self._spared.append((frozenset(owner[4:] for owner in owners), removal))

    def sweep(self, over: Collection[str] | None = None) -> None:
        """Removes what was spared once the router's gate goes, in a process in which no other gate was asked.

        All rows depend on their gate, so no resource is left that could have them: a run was killed after it had taken
        them over, before it wrote that down. The gate of a part ends those that it let through, by their tags' last 8.
        """
        with _LINKS_LOCK:
            self._over, told = self._over.union(over or ()), any(known.deployment for known in _LINKS.values())
        while not told and (some := [one for one in self._spared if over is None or one[0] <= self._over]):
            self._spared.remove(some[-1])
            some[-1][1]()

    def generation(self, owner: str, there: Collection[Row] = ()) -> str:
        """The generation of rows that a resource makes or takes over when it is created.

        New rows have none where a gate was asked: there deletions ask `declares`. But those of a resource that an
        earlier deployment had: a killed run may have removed its rows unbeknownst to the state, and whoever deletes
        what is replaced, in a process of his own, must not take the new ones for them.

        Rows that a plan's lines have made are the resource's as they are, and so are signed by them; but not where an
        earlier deployment had it: then the state may have another one of this tag. `there` are those of the resource's
        rows that are on the router already.
        """
        self._created.add(owner)
        mine = (Holder(owner, planned := ownership.planned(self.access.name)),)
        made = self.planning if not there else all((tag := tag_of(row)) and tag.holders == mine for row in there)
        if made and self.deployment is not None and owner not in self.let_through:
            return planned
        before = owner in self.let_through and not self.refreshed
        new = there or before or not (self.deployment and self.deployment.knows(owner))
        fresh = new and not self.adopting  # which signs the same at any time
        return ownership.generation() if fresh else ""

    def note(self, owner: str, listed: object) -> None:
        """Keeps what the program declares of a row's list for those who hold elements of it; see `declared`."""
        if isinstance(listed, list):
            self.declared[owner] = listed

    def notice(self, owner: str) -> None:
        """Tells once what is gone, where a resource is among it that the state has.

        The gate alone can't tell: what it let through may never have been made, where a deployment broke off.
        """
        with self._guard:
            told, self.gone = self.gone, Gone() if owner in self.gone.owners else self.gone
        if owner in told.owners:
            self.warn(told.text)

    def warn(self, text: str) -> None:
        """Tells the user of something that isn't as it should be."""
        say(f"warning: {self.label}: {text}")

    def settled(self, path: str, procedure: Callable[[], Result]) -> Result:
        """Runs a procedure that looks, decides and writes; once more if the connection broke under it.

        The second run looks at a new connection what came of the first, so nothing is done twice. Also who had nothing
        in flight goes again: the connection is shared, and it is another thread's command that broke it. Where somebody
        else came between look and write it is looked at anew, `LOOKS` times at most: no two fight for ever.
        """
        lost = False
        met: list[Overtaken] = []
        while True:
            try:
                done = procedure()
            except OverLimit:
                raise
            except ConnectionLost:
                if lost:
                    raise
                lost = True
            except Overtaken as other:
                met.append(other)
                if len(met) == LOOKS:
                    raise
                time.sleep(random.uniform(0, _PAUSE * len(met)))  # noqa: S311  (so that two don't go in step)
            else:
                if met:
                    say(f"note: {met[-1]}; looked at again, and it is done")
                return done
            self.forget(path)

    def close(self) -> None:
        """Ends the session."""
        with self._guard:
            if self._session is not None:
                self._session.close()
                self._session = None


def _read(path: str, answer: Answer) -> Answer:
    """An answer whose rows have the names of our menus, and carry their tags."""
    if not answer.rows:
        return answer
    menu = MENUS.get(path)
    rows: Iterable[Row] = map(menu.read, answer.rows) if menu and menu.renamed else answer.rows
    return answer._replace(rows=[ownership.Tagged(row) for row in rows])


_LINKS: dict[tuple[Access, Guarding | None, bool, str], Link] = {}
_LINKS_LOCK = threading.Lock()


def link(config: Mapping[str, str], name: str) -> Link:
    """The process's link to a router, by its name in the program.

    Args:
        config: the stack's config.
        name: empty for the only router.

    Raises:
        ConfigError: config and environment don't say how to reach it.
    """
    signs, opened, unsigned = adopting(os.environ), leads(), of_config(config)
    guarded = None if signs or opened or unsigned.observes else guarding(config, os.environ)
    known = access(config, os.environ, name), guarded, signs, f"{config.get(OBSERVE)} {config.get(UNSIGNED)}"
    with _LINKS_LOCK:
        if known not in _LINKS:  # each call for each row asks
            _LINKS[known] = Link(*known[:2], adopting=signs, opened=opened, unsigned=unsigned)
        return _LINKS[known]


_FAILED: list[str] = []


def fail(why: str) -> None:
    """Notes that a step of this process's deployment has failed: then nothing is confirmed by itself."""
    _FAILED.append(why)


def failed() -> bool:
    """Whether any step has failed, on whichever router."""
    return bool(_FAILED)


def close_all() -> None:
    """Ends every session of the process."""
    _FAILED.clear()
    with _LINKS_LOCK:
        for known in _LINKS.values():
            known.close()
        _LINKS.clear()
