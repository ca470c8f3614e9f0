"""A RouterOS in memory: state and commands, no socket.

Rule: everything that a client can learn or change goes through `execute`, sentence in, sentences out, so the API
service, REST and a test's own hand meet the same router. Thread-safe: one command at a time, as one router works.
"""

from __future__ import annotations

import calendar
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.actions import ACTIONS, ROOT
from wiretik_provider.simulator.console.commands import COMMANDS, Request
from wiretik_provider.simulator.console.export import Form, export
from wiretik_provider.simulator.console.loading import load
from wiretik_provider.simulator.console.script import ScriptError, run
from wiretik_provider.simulator.machine import behaviour, factory, references
from wiretik_provider.simulator.machine.agenda import Agenda
from wiretik_provider.simulator.machine.behaviour import PLACED, PREPARE, SHOW
from wiretik_provider.simulator.machine.history import History
from wiretik_provider.simulator.machine.network import SIX, Lease, Network
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.machine.session import OWNER, Refused, Session, trap
from wiretik_provider.simulator.machine.table import Row, Table, Tables
from wiretik_provider.simulator.refusal import Refusal
from wiretik_provider.simulator.spec import VersionedMenu, menus_of, paths_of
from wiretik_provider.wire import Sentence

__all__ = ["Options", "Refused", "Router", "Session"]


class Router:
    """One router.

    Args:
        profile: `bare` (five ethernets and a bridge) or `defconf` (the factory home router,
        docs/facts/packet-path.md#the-factorys-firewall).
        version: the RouterOS version that it plays.
        identity: its name.
        serial: the routerboard's serial number; two routers that should differ need two.
        user: the full user's name.
        password: that user's password.
        leases: what DHCP gives, by interface.
        resolves: what DNS says, the addresses by name; address lists ask it.
        options: what the facts leave open.
        clock: seconds since the epoch; tests give their own.

    Attributes:
        incomplete: menus of which something that was loaded was left out, and why: what isn't there isn't known.
        promised: by menu, the names of rows that are still to be loaded, then of those that were left out.
    """

    def __init__(
        self,
        profile: str = "bare",
        version: str = "7.23.2",
        *,
        identity: str = "MikroTik",
        serial: str = "HF90000WTIK",
        user: str = "admin",
        password: str = "",
        leases: Mapping[str, Lease] | None = None,
        resolves: Mapping[str, Sequence[str]] | None = None,
        options: Options | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        numbers = version.split(".")
        self.version = (int(numbers[0]), int(numbers[1]))
        self.version_text = version
        self.serial = serial
        self.options = options or Options()
        self.resolves = resolves or {}
        self.clock = clock
        self.menus = menus_of(self.version)
        self._random = Random(serial)  # noqa: S311  (port numbers, and the same ones each time)
        self.owner = OWNER
        self.started = clock()
        self._lock = threading.RLock()
        self._tables = Tables(self.menus)
        self.paths = paths_of(self.version)
        self.agenda = Agenda()
        self.log: list[str] = []
        self._watched = 0
        self._jobs = 0
        self._second, self._moment = -1, ""
        self.incomplete: dict[str, str] = {}
        self.promised: dict[str, set[str]] = {}
        self.history = History(self._undone)
        self.network = Network(self._tables, {"ether1": Lease()} if leases is None else leases)
        self.network6 = Network(self._tables, {}, SIX)
        factory.equip(self, identity, user, password)
        factory.configure(self, profile)
        self._tables.record(self.history.note)

    # -- what others ask ----------------------------------------------------------------------------------------------

    def execute(self, words: Sequence[str], session: Session = OWNER) -> list[Sentence]:
        """Executes one command sentence.

        Args:
            words: the command, `=name=value` attributes and query words.
            session: who gives it; the router's own hand unless told.

        Returns:
            The reply sentences, the last one `!done`.
        """
        with self._lock:
            if self.agenda.next <= self.clock():
                self.agenda.run(self.clock())
            try:
                return self._dispatch(words, session)
            except Refusal as refused:
                return [trap(refused), ("!done",)]
            finally:
                if self.history.open:
                    self.history.close(words[0], session.user, self.clock())

    def run(self, command: str, *queries: str, **attributes: str) -> list[dict[str, str]]:
        """Gives a command as another admin would.

        Args:
            command: such as `/ip/route/add`.
            queries: query words such as `?name=wg0`.
            attributes: arguments with `_` for `-`; `id` stands for `.id`.

        Returns:
            The rows, or one `{"ret": …}` where the command answers so.

        Raises:
            Refused: the router refused it.
        """
        words = [command]
        for name, value in attributes.items():
            words.append(f"={'.id' if name == 'id' else name.replace('_', '-')}={value}")
        rows = []
        for reply in self.execute([*words, *queries]):
            attributes = dict(word[1:].partition("=")[::2] for word in reply[1:])
            if reply[0] == "!trap":
                raise Refused(command, attributes["message"])
            if reply[0] == "!re" or attributes:
                rows.append(attributes)
        return rows

    def rows(self, path: str) -> list[dict[str, str]]:
        """All rows of a menu as `print` gives them to a user who may see everything."""
        with self._lock:
            return list(self.printed(self.menus[path], OWNER))

    def snapshot(self) -> dict[str, list[dict[str, str]]]:
        """All configuration of all menus, with ids and in order: what must be equal again after everything.

        Counters, computed properties and dynamic rows aren't configuration and are left out. So is a property that has
        its default: RouterOS itself knows no difference between that and one that was never set.
        """
        with self._lock:
            return {
                path: rows
                for path, menu in self.menus.items()
                if not menu.menu.table and (path in self._tables or not menu.menu.plain)
                if (rows := self._configured(path)) or not menu.menu.plain
            }

    def _configured(self, path: str) -> list[dict[str, str]]:
        menu = self.menus[path]
        rows = [
            {".id": row.ref, **dict(row.values.items() - menu.defaults.items() - _NO_COMMENT)}
            for row in self._tables[path]
            if not row.dynamic
        ]
        return [] if menu.menu.plain and rows == [{".id": "*0"}] else rows

    def login(self, user: str, check: Callable[[str], bool]) -> Session | None:
        """A session for a user whose password passes `check`, None where it doesn't."""
        with self._lock:
            row = self._tables["/user"].names.get(user)
            if row is None or row.values.get("disabled") == "true" or not check(row.values.get("password", "")):
                return None
            group = self._tables["/user/group"].names.get(row.values["group"])
            words = group.values["policy"].split(",") if group else ()
            policies = frozenset(word for word in words if not word.startswith("!"))
            row.facts["last-logged-in"] = self.now_text()
            return Session(user, policies)

    def admits(self, service: str, among: int) -> bool:
        """Whether a service takes a connection, the `among`-th at this moment.

        Over the limit, from a forbidden address or while disabled it closes at once without a word
        (docs/facts/api.md#the-service,
        docs/facts/traps.md#the-protocol 6); clients come from loopback here, so an `address` that leaves it out
        forbids all.
        """
        with self._lock:
            row = self._tables["/ip/service"].names[service]
            if row.values.get("disabled") == "true":
                return False
            allowed = row.values.get("address", "")
            if allowed and not any(prefix.startswith(("127.", "0.0.0.0/0")) for prefix in allowed.split(",")):
                return False
            limit = row.values.get("max-sessions", "20")
            return self.version < _LIMITED_SINCE or among <= int(limit)

    def add_user(self, name: str, password: str, policies: Iterable[str]) -> None:
        """Adds a user with a group of its own that has just these policies."""
        self.run("/user/group/add", name=name, policy=",".join(policies))
        self.run("/user/add", name=name, password=password, group=name)

    # -- what commands and behaviours ask -----------------------------------------------------------------------------

    def table(self, path: str) -> Table:
        """The rows of a menu."""
        return self._tables[path]

    def names(self, of: str) -> Collection[str]:
        """The names that a reference may give."""
        known = references.names(self._tables, of)
        return {*known, *references.promised(self.menus, self.promised, of)} if self.promised else known

    def printed(self, menu: VersionedMenu, session: Session, only: int | None = None) -> Iterator[dict[str, str]]:
        """The rows of a menu as a user sees them, or the only one that was asked for by its id."""
        self.refresh(menu.path)
        if (device := _DEVICE.get(menu.path)) is not None:
            yield from device(self, session)
            return
        show = SHOW.get(menu.path)
        hide = menu.secrets if "sensitive" not in session.policies else frozenset()
        kind, singleton = menu.menu.type, menu.menu.singleton
        table = self._tables[menu.path]
        rows: Iterable[Row] = table
        if only is not None and not singleton:
            found = table.get(only)
            rows = () if found is None else (found,)
        chained = self.options.nextid and menu.menu.ordered
        for row in rows:
            if not kind or row.facts["type"] == kind:
                out = self.shown(menu, row, show, hide, singleton=singleton)
                if chained:
                    following = table.after(row)
                    out[".nextid"] = _LAST if following is None else following.ref
                yield out

    def shown(
        self,
        menu: VersionedMenu,
        row: Row,
        show: Callable[[Router, Row, dict[str, str]], None] | None,
        hide: frozenset[str],
        *,
        singleton: bool = False,
    ) -> dict[str, str]:
        """One row as `print` shows it."""
        out = {**menu.defaults, **row.values} if singleton else {".id": row.ref, **menu.defaults, **row.values}
        for name in menu.hidden:
            out.pop(name, None)
        if menu.path == "/interface":
            out = {name: value for name, value in out.items() if name == ".id" or name in menu.args}
        row.show_written(out, menu.hidden)
        if out.get("comment") == "":
            del out["comment"]
        if "default" in row.facts:
            out["default"] = "true"
        if show is not None:
            show(self, row, out)
        for name in hide:
            if out.get(name):
                out[name] = "*****"
        return out

    def refresh(self, path: str) -> None:
        """Brings what follows by itself up to date before a menu is read or changed."""
        if path.startswith(_DERIVED):
            self.network.refresh()
        elif path.startswith("/ipv6"):
            self.network6.refresh()

    def changed(self, menu: VersionedMenu) -> None:
        """A row of this menu was changed."""
        path = menu.path
        if path in _MOVES_NETWORK or menu.menu.table:
            self.network.changed()
            self.network6.changed()
        elif path in _MOVES_ROUTES:
            self.network.changed(routes_only=True)
            self.network6.changed(routes_only=True)

    def prepare(self, menu: VersionedMenu, session: Session, values: dict[str, str], row: Row | None) -> None:
        """Lets a menu's own rules complete or refuse the values of a row."""
        if (prepare := PREPARE.get(menu.path)) is not None:
            prepare(self, session, values, row)

    def placed(self, menu: VersionedMenu, row: Row) -> None:
        """A row has new values."""
        if (follow := PLACED.get(menu.path)) is not None:
            follow(self, row)

    def removable(self, menu: VersionedMenu, row: Row) -> None:
        """Refuses to lose a row that the router can't do without, and lets go what hangs on another."""
        kind = {"ether": "ethernet", "loopback": "loopback"}.get(row.facts.get("type", ""))
        if menu.path == "/interface" and kind is not None:
            raise refusal.failure(f"can not remove {kind} interface")
        if (lose := behaviour.REMOVED.get(menu.path)) is not None:
            lose(self, row)

    def rename(self, menu: VersionedMenu, old: str, new: str) -> None:
        """Lets every reference to a name follow; a name that went away leaves its row's id behind."""
        references.rename(self.menus, self._tables, menu, old, new)

    def running(self, row: Row) -> bool:
        """Whether an interface runs."""
        return row.id in self.network.running

    def slave(self, row: Row) -> bool:
        """Whether an interface is a bridge's port."""
        return row.values["name"] in self.network.slaves

    def is_slave(self, name: str) -> bool:
        """The same by name."""
        return name in self.network.slaves

    def lease(self, client: Row) -> Lease | None:
        """A DHCP client's lease."""
        return self.network.lease(client)

    def bound_leases(self) -> list[Lease]:
        """All leases that are held."""
        return self.network.leases()

    def choose_port(self) -> int:
        """A free listen port: 13231 first, then any; how the router chooses isn't known.

        Source: docs/facts/menus.md#interfacewireguard.
        """
        taken = {row.values.get("listen-port") for row in self._tables["/interface"]}
        port = 13231
        while str(port) in taken:
            port = self._random.randrange(10000, 65000)
        return port

    def new_job(self) -> int:
        """The next job's number."""
        self._jobs += 1
        return self._jobs

    def now_text(self, when: float | None = None) -> str:
        """A moment, by default this one, as 7.23 prints it (docs/facts/menus.md#every-menu)."""
        second = int(self.clock() if when is None else when)
        if second != self._second:
            self._second, self._moment = second, time.strftime(_MOMENT, time.gmtime(second))
        return self._moment

    def moment(self, date: str, clock: str) -> float:
        """The moment that a date and a time of day say, the router's start where they say none."""
        try:
            return calendar.timegm(time.strptime(f"{date} {clock}", _MOMENT))
        except ValueError:
            return self.started

    def run_script(self, event: str, owner: str, policy: str) -> None:
        """Runs a scheduler's event, a script's name or its text, with these policies and no more."""
        named = self._tables["/system/script"].names.get(event)
        text = event if named is None else named.values.get("source", "")
        try:
            run(self, text, Session(owner, frozenset(policy.split(","))))
        except ScriptError as error:
            self.log.append(f"script error: {error}")

    def watch(self, path: str, told: Callable[[Row], None]) -> Callable[[], None]:
        """Tells of every change of a menu's rows until the returned function is called."""
        watchers = self._tables[path].watchers
        with self._lock:
            watchers.append(told)
            self._watched += 1

        def stop() -> None:
            with self._lock:
                if told in watchers:
                    watchers.remove(told)
                    self._watched -= 1

        return stop

    def one(self, path: str, row: Row, session: Session) -> dict[str, str] | None:
        """One row as a user sees it; None where it belongs to another menu on the same table."""
        menu = self.menus[path]
        if menu.menu.type and row.facts["type"] != menu.menu.type:
            return None
        hide = menu.secrets if "sensitive" not in session.policies else frozenset()
        return self.shown(menu, row, SHOW.get(path), hide)

    def reboot(self) -> None:
        """Loses what is only in memory and begins again: schedulers at startup, uptime from zero."""
        with self._lock:
            self.started = self.clock()
            behaviour.forget(self)
            for row in tuple(self._tables["/system/scheduler"]):
                if row.values["start-time"] == "startup" and row.values.get("disabled") != "true":
                    behaviour.run_scheduler(self, row)

    def tick(self) -> None:
        """Does what has become due; every command does so first."""
        with self._lock:
            if self.agenda.next <= self.clock():
                self.agenda.run(self.clock())

    def export(self, *, show_sensitive: bool = False, form: str = "compact", under: str = "") -> str:
        """The configuration as `/export` writes it: compact, verbose or terse."""
        with self._lock:
            return export(self, Form(show_sensitive, form == "verbose", form == "terse"), under)

    def load(self, text: str, *, skip_unknown: bool = False) -> tuple[ScriptError, ...]:
        """Loads an export; see `loading.load`."""
        with self._lock:
            try:
                return load(self, text, skip_unknown=skip_unknown)
            finally:
                self.history.forget()

    def has_table(self, path: str) -> bool:
        """Whether anybody has asked for a menu's rows so far."""
        return path in self._tables

    def factory_values(self, path: str, row: Row) -> dict[str, str]:
        """What a row that only the router makes had on the first day."""
        return factory.values(path, row)

    def leave(self, session: Session) -> None:
        """A session has ended; one that held safe mode takes its changes along (docs/facts/changes.md)."""
        with self._lock:
            if session.number and self.history.holder == session.number:
                after = self.clock() + self.options.rollback_seconds
                self.agenda.at(after, lambda: self._roll_back(session.number))

    def _roll_back(self, number: int) -> None:
        if self.history.holder == number:
            self.history.unroll()

    # -- inside -------------------------------------------------------------------------------------------------------

    def _undone(self) -> None:
        self.network.changed()
        self.network6.changed()

    def _root(self, words: Sequence[str], path: str, verb: str, session: Session) -> list[Sentence]:
        act, policy = ROOT[verb]
        if policy not in session.policies:
            raise refusal.not_permitted()
        given = dict(word[1:].partition("=")[::2] for word in words[1:] if word[:1] == "=")
        return act(self, session, path, given)

    def _dispatch(self, words: Sequence[str], session: Session) -> list[Sentence]:
        path, _, verb = words[0].rpartition("/")
        if verb in ROOT and (not path or (verb == "export" and path in self.paths)):
            return self._root(words, path, verb, session)
        menu = self.menus.get(path)
        if menu is None:
            known = words[0] in self.menus or any(name.startswith(words[0] + "/") for name in self.menus)
            raise refusal.no_such_command() if known else refusal.no_such_menu()
        command = ACTIONS.get((path, verb)) or COMMANDS.get(verb)
        if command is None or verb not in menu.verbs:
            raise refusal.no_such_command()
        needed = ("read",) if command.reads else menu.menu.policies
        for policy in needed:
            if policy not in session.policies:
                raise refusal.not_permitted()
        attributes: dict[str, str] = {}
        queries = []
        for word in words[1:]:
            if word[:1] == "=":
                name, _, value = word[1:].partition("=")
                attributes[name] = value
            elif word[:1] == "?":
                queries.append(word)
        replies = command.run(self, Request(menu, self._tables[path], session, verb, attributes, queries))
        if self._watched and not command.reads:
            self.network.refresh()
            self.network6.refresh()
        return replies


_NO_COMMENT: Final = {("comment", "")}
_LAST: Final = "*FFFFFFFF"
_MOMENT: Final = "%Y-%m-%d %H:%M:%S"
_DEVICE: Final[dict[str, Callable[[Router, Session], Iterator[dict[str, str]]]]] = {
    "/system/history": factory.history,
    "/safe-mode": factory.safe_mode,
    "/system/resource": factory.resource,
    "/system/routerboard": factory.board,
    "/system/license": factory.license_,
}
_LIMITED_SINCE: Final = (7, 16)
_MOVES_NETWORK: Final = frozenset(
    {"/interface", "/interface/bridge/port", "/ip/address", "/ip/dhcp-client", "/ipv6/address", "/ipv6/settings"}
)
_MOVES_ROUTES: Final = frozenset({"/ip/route", "/ipv6/route", "/routing/table"})
_DERIVED: Final = ("/interface", "/ip/route", "/ip/address", "/ip/dhcp-client", "/ip/dns")
