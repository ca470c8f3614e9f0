"""A RouterOS in memory: state and commands, no socket.

Rule: everything that a client can learn or change goes through `execute`, sentence in, sentences out, so the API
service, REST and a test's own hand meet the same router. Thread-safe: one command at a time, as one router works.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.console.actions import ACTIONS, ROOT
from wiretik_provider.simulator.console.commands import COMMANDS, Request
from wiretik_provider.simulator.console.export import Form, export
from wiretik_provider.simulator.console.loading import load, take
from wiretik_provider.simulator.console.script import run
from wiretik_provider.simulator.console.statements import ScriptError, Statement
from wiretik_provider.simulator.machine import factory
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.network import Lease
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.machine.session import OWNER, PowerCut, Refused, Session, trap
from wiretik_provider.simulator.refusal import Refusal
from wiretik_provider.wire import Sentence, attribute

__all__ = ["Options", "PowerCut", "Refused", "Router", "Session"]


class Router(Device):
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
        resolves: what DNS says, the addresses by name; address lists, endpoints and scripts ask it.
        options: what the facts leave open.
        clock: seconds since the epoch; tests give their own.
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
        super().__init__(version, serial, leases=leases, resolves=resolves, options=options, clock=clock)
        factory.equip(self, identity, user, password)
        factory.configure(self, profile)
        self._tables.record(self.history.note)

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

    def snapshot(self) -> dict[str, list[dict[str, str]]]:
        """All configuration of all menus, with ids and in order: what must be equal again after everything.

        Counters, computed properties and dynamic rows aren't configuration and are left out. So is a property that has
        its default: RouterOS itself knows no difference between that and one that was never set.
        """
        # An interface's own defaults are those of its kind's menu.
        kinds = {(one.menu.table, one.menu.type): one.defaults for one in self.menus.values() if one.menu.table}
        with self._lock:
            return {
                path: rows
                for path, menu in self.menus.items()
                if not menu.menu.table and (path in self._tables or not menu.menu.plain)
                if (rows := self._configured(path, kinds)) or not menu.menu.plain
            }

    def _configured(self, path: str, kinds: Mapping[tuple[str, str], Mapping[str, str]]) -> list[dict[str, str]]:
        menu = self.menus[path]
        rows = [
            {
                ".id": row.ref,
                **dict(
                    row.values.items()
                    - menu.defaults.items()
                    - kinds.get((path, row.facts.get("type", "")), {}).items()
                    - _NO_COMMENT
                ),
            }
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
            if self.options.filters_services and self._filtered(int(row.values.get("port", "0"))):
                return False
            limit = row.values.get("max-sessions", "20")
            return self.version < _LIMITED_SINCE or among <= int(limit)

    def _filtered(self, port: int) -> bool:
        """Whether the firewall drops a new connection to a port, by rules that say no more of it than that."""
        for row in self._tables["/ip/firewall/filter"]:
            said = row.values
            judged = said.get("chain") == "input" and not said.keys() - _SAID_OF_A_PORT and not row.dynamic
            if not judged or said.get("disabled") == "true" or said.get("protocol", "tcp") != "tcp":
                continue
            if "dst-port" not in said or any(_covers(span, port) for span in said["dst-port"].split(",")):
                return said.get("action") in ("drop", "reject", "tarpit")
        return False

    def add_user(self, name: str, password: str, policies: Iterable[str]) -> None:
        """Adds a user with a group of its own that has just these policies."""
        self.run("/user/group/add", name=name, policy=",".join(policies))
        self.run("/user/add", name=name, password=password, group=name)

    def run_script(self, event: str, owner: str, policy: str) -> None:
        """Runs a scheduler's event, a script's name or its text, with these policies and no more."""
        named = self._tables["/system/script"].names.get(event)
        text, policies = event, frozenset(policy.split(","))
        if named is not None:
            text = named.values.get("source", "")
            asked = named.values.get("policy", self.menus["/system/script"].defaults["policy"])
            checked = named.values.get("dont-require-permissions") != "true"
            if checked and not policies.issuperset(filter(None, asked.split(","))):
                self.log.append(f"script error: {event}: not enough permissions (9)")
                return
            named.facts["run-count"] = str(int(named.facts.get("run-count", "0")) + 1)
            named.facts["last-started"] = self.now_text()
        try:
            run(self, text, Session(owner, policies))
        except ScriptError as error:
            self.log.append(f"script error: {error}")

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

    def take(self, statements: Sequence[Statement]) -> tuple[ScriptError, ...]:
        """Takes statements that nobody wrote down; see `loading.take`."""
        with self._lock:
            try:
                return take(self, statements)
            finally:
                self.history.forget()

    def _root(self, words: Sequence[str], path: str, verb: str, session: Session) -> list[Sentence]:
        act, policy = ROOT[verb]
        if policy not in session.policies:
            raise refusal.not_permitted()
        given = dict(attribute(word) for word in words[1:] if word[:1] == "=")
        return act(self, session, path, given)

    def _stands(self, path: str, verb: str) -> bool:
        """Whether a command that stands in no menu is given where it can be."""
        if verb == "inspect":
            return path == "/console"
        return not path or (verb == "export" and path in self.paths)

    def _dispatch(self, words: Sequence[str], session: Session) -> list[Sentence]:
        path, _, verb = words[0].rpartition("/")
        if verb in ROOT and self._stands(path, verb):
            return self._root(words, path, verb, session)
        menu = self.menus.get(path)
        if menu is None:
            known = words[0] in self.menus or any(name.startswith(words[0] + "/") for name in self.menus)
            raise refusal.no_such_command() if known else refusal.no_such_menu()
        command = ACTIONS.get((path, verb)) or COMMANDS.get(verb)
        if command is None or verb not in menu.verbs:
            raise refusal.no_such_command()
        needed = ("read",) if command.reads else menu.menu.policies
        if not session.policies.issuperset(needed):
            raise refusal.not_permitted()
        attributes: dict[str, str] = {}
        queries = []
        for word in words[1:]:
            if word[:1] == "=":
                name, _, value = word[1:].partition("=")
                attributes[name] = value
            elif word[:1] == "?":
                queries.append(word)
        if not command.reads:
            self._spend_power()
        replies = command.run(self, Request(menu, self._tables[path], session, verb, attributes, queries))
        if self._watched and not command.reads:
            self.network.refresh()
            self.network6.refresh()
        return replies

    def _spend_power(self) -> None:
        if self.power_off_after == 0:
            raise PowerCut
        if self.power_off_after is not None:
            self.power_off_after -= 1


_NO_COMMENT: Final = {("comment", "")}
_SAID_OF_A_PORT: Final = {"chain", "action", "comment", "disabled", "protocol", "dst-port", "log", "log-prefix"}


def _covers(span: str, port: int) -> bool:
    first, _, last = span.partition("-")
    return int(first) <= port <= int(last or first)


_LIMITED_SINCE: Final = (7, 16)
