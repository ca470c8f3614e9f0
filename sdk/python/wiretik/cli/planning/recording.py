"""Sessions to a router's twin that write down what is written, and what found each row at that moment.

Rule: a command and its record are one step, so the record has the order in which the twin changed.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import attrs

from wiretik.cli.planning.twins import Ends, Twin
from wiretik_provider.api.elsewhere import elsewhere
from wiretik_provider.api.link import close_all
from wiretik_provider.api.session import Access, Answer, Command, Session
from wiretik_provider.calls import READ_ONLY, Row
from wiretik_provider.errors import Trap
from wiretik_provider.masks import Known
from wiretik_provider.rsc.finding import Rows
from wiretik_provider.simulator import Session as User
from wiretik_provider.simulator.machine.session import OWNER
from wiretik_provider.wire import attribute

__all__ = ["Record", "TwinSession", "Written", "on_twins"]

_WIREGUARD: Final = "/interface/wireguard"
_NAMING: Final = frozenset({".id", "numbers", "place-before", "destination"})
_PORTS: Final = range(65535, 49151, -1)
_DIGITS: Final = re.compile(r"\d+")


@attrs.frozen
class Written:
    """One write.

    Attributes:
        command: as it was sent.
        found: by id, what found the rows that it names.
        ret: the id of the row that it added.
    """

    command: Command
    found: Mapping[str, str]
    ret: str = ""


@attrs.define
class Record:
    """What is written to one twin.

    Attributes:
        twin: the twin.
        written: the writes, in their order.
        first: by menu, its rows before the first write to it.
        keys: by public key, the interfaces whose keys the twin has made: on the router they'll be others.
        ports: by listen port, those whose port it has chosen.
    """

    twin: Twin
    written: list[Written] = attrs.field(factory=list)
    first: dict[str, Rows] = attrs.field(factory=dict)
    keys: dict[str, str] = attrs.field(factory=dict)
    ports: dict[str, str] = attrs.field(factory=dict)
    _lock: threading.RLock = attrs.field(factory=threading.RLock)
    _now: tuple[str, Rows] | None = None

    def execute(self, access: Access, command: Command) -> Answer:
        """Gives a command, and writes it down if it changes something."""
        if command.verb in READ_ONLY:
            return self._give(access, command)
        with self._lock:
            rows = self._rows(command.path)
            named = [one for name, text in map(attribute, command.words) if name in _NAMING for one in text.split(",")]
            found = {one: rows.condition(one) for one in named if one}
            answer = self._give(access, self._with_port(command))
            if answer.trap is None:
                self.written.append(Written(command, found, answer.ret))
                self._follow(command, rows, answer.ret)
            return answer

    def _rows(self, path: str) -> Rows:
        """The rows of a menu now."""
        if self._now is None or self._now[0] != path:
            printed = self._printed(path)
            self._now = path, Rows(path, printed)
            if path not in self.first:
                self.first[path] = Rows(path, printed)
        return self._now[1]

    def _printed(self, path: str) -> list[dict[str, str]]:
        menu = self.twin.router.menus.get(path)
        return [] if menu is None or menu.menu.singleton else self.twin.router.rows(path)

    def _follow(self, command: Command, rows: Rows, ret: str) -> None:
        """Keeps the rows as they are after a write."""
        given = dict(map(attribute, command.words))
        if "name" in given and command.verb != "add":
            self._now = None  # others that name it follow
            return
        ids = [ret] if ret else (given.get(".id") or given.get("numbers") or "").split(",")
        for row_id in filter(None, ids):
            if command.verb == "remove":
                rows.drop(row_id)
            elif row := next(iter(self.twin.router.run(f"{command.path}/print", f"?.id={row_id}")), None):
                rows.put(row)
                if command.path == _WIREGUARD and command.verb == "add" and not given.get("private-key"):
                    self.keys[row["public-key"]] = row["name"]

    def _with_port(self, command: Command) -> Command:
        """A new WireGuard interface whose port the router will choose gets one that nothing else has."""
        given = dict(map(attribute, command.words))
        if command.path != _WIREGUARD or command.verb != "add" or "listen-port" in given:
            return command
        said = (text for rows in self.twin.router.snapshot().values() for row in rows for text in row.values())
        known = {number for text in said for number in _DIGITS.findall(text)}
        port = next(str(port) for port in _PORTS if str(port) not in known)
        self.ports[port] = given.get("name", "")
        return command._replace(words=(*command.words, f"=listen-port={port}"))

    def _give(self, access: Access, command: Command) -> Answer:
        hidden = frozenset() if self.twin.keys else frozenset({"sensitive"})
        user = User(OWNER.user, OWNER.policies - hidden)
        rows: list[Row] = []
        ret, trap = "", None
        for reply in self.twin.router.execute((f"{command.path}/{command.verb}", *command.words), user):
            words = dict(attribute(word) for word in reply[1:])
            if reply[0] == "!re":
                rows.append(words)
            elif reply[0] == "!trap":
                number = int(words["category"]) if "category" in words else None
                trap = trap or Trap(access.label, command.path, command.verb, words["message"], number)
            elif reply[0] == "!done":
                ret = words.get("ret", "")
        return Answer(rows, ret, trap)


class TwinSession(Session):
    """A session to a twin: nothing goes over any wire."""

    def __init__(self, access: Access, known: Known, record: Record) -> None:  # no connection is made
        self.access, self.failure, self._closing = access, None, False
        self._known, self._record = known, record

    @property
    def ends(self) -> Ends:
        """Those of the connection by which the router was read."""
        return self._record.twin.ends

    def batch(self, commands: Iterable[Command], progress: Callable[[int], None] | None = None) -> list[Answer]:
        """As `Session.batch`, one after the other."""
        answers = []
        for done, command in enumerate(commands, 1):
            answers.append(self._record.execute(self.access, command))
            if progress:
                progress(done)
        return answers

    def close(self) -> None:
        """There is nothing to close."""
        self._closing = True


@contextmanager
def on_twins(record_of: Callable[[Access], Record]) -> Iterator[None]:
    """Leads the deployments of this process to twins; without a connection before, and without one after.

    Args:
        record_of: which twin stands for a router.
    """

    def opened(access: Access, known: Known) -> Session:
        return TwinSession(access, known, record_of(access))

    close_all()
    try:
        with elsewhere(opened):
            yield
    finally:
        close_all()
