"""A machine that can be a router: its tables, its clock, what it will do by itself, and what can be taken back.

Rule: it knows rows and time, and nothing of what rows mean, nor of commands, services or sockets: those stand above it
and are given it.
"""

from __future__ import annotations

import calendar
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from random import Random
from typing import Final

from wiretik_provider.simulator.machine import references
from wiretik_provider.simulator.machine.agenda import Agenda
from wiretik_provider.simulator.machine.history import History
from wiretik_provider.simulator.machine.network import SIX, FarEnd, Lease, Network
from wiretik_provider.simulator.machine.options import Options
from wiretik_provider.simulator.machine.session import OWNER, Refused, Session
from wiretik_provider.simulator.machine.table import Row, Table, Tables
from wiretik_provider.simulator.spec import VersionedMenu, defaulted, menus_of, paths_of
from wiretik_provider.wire import Sentence, attribute

__all__ = ["Machine"]


class Machine(ABC):
    """One machine; `Router` says what its arguments are.

    Attributes:
        incomplete: menus of which something that was loaded was left out, and why: what isn't there isn't known.
        power_off_after: after so many more commands that change something the power goes, before the next one; for
            tests of what must survive that.
        promised: by menu, the names of rows that are still to be loaded, then of those that were left out.
    """

    def __init__(
        self,
        version: str,
        serial: str,
        *,
        leases: Mapping[str, Lease] | None,
        resolves: Mapping[str, Sequence[str]] | None,
        options: Options | None,
        clock: Callable[[], float],
    ) -> None:
        numbers = version.split(".")
        self.version = (int(numbers[0]), int(numbers[1]))
        self.version_text = version
        self.serial = serial
        self.options = options or Options()
        self.resolves = resolves or {}
        self.clock = clock
        self.menus = menus_of(self.version)
        if self.options.defaults:
            self.menus = defaulted(self.menus, self.options.defaults)
        self._random = Random(serial)  # noqa: S311  (port numbers, and the same ones each time)
        self.owner = OWNER
        self.started = clock()
        self._lock = threading.RLock()
        self._tables = Tables(self.menus)
        self._tables["/interface/wireguard/peers"].spares_disabled = self.options.disabled_peers_spare_keys
        self.paths = paths_of(self.version)
        self.agenda = Agenda()
        self.log: list[str] = []
        self._watched = 0
        self._jobs = 0
        self._second, self._moment = -1, ""
        self.power_off_after: int | None = None
        self.beyond: Callable[[str, str], bool] = lambda _, __: False
        """Whether an address that isn't the router's own answers a ping, sent by an interface where one is given."""
        self.far_ends: dict[str, FarEnd] = {}
        """By public key, who is at the other end of a tunnel; of others the tunnels have no handshakes."""
        self.incomplete: dict[str, str] = {}
        self.promised: dict[str, set[str]] = {}
        self.history = History(self._undone)
        self.network = Network(self._tables, {"ether1": Lease()} if leases is None else leases)
        self.network6 = Network(self._tables, {}, SIX)

    @abstractmethod
    def execute(self, words: Sequence[str], session: Session = OWNER) -> list[Sentence]:
        """Executes one command sentence."""

    @abstractmethod
    def run_script(self, event: str, owner: str, policy: str) -> None:
        """Runs a scheduler's event, a script's name or its text, with these policies and no more."""

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
            attributes = dict(attribute(word) for word in reply[1:])
            if reply[0] == "!trap":
                raise Refused(command, attributes["message"])
            if reply[0] == "!re" or attributes:
                rows.append(attributes)
        return rows

    def table(self, path: str) -> Table:
        """The rows of a menu."""
        return self._tables[path]

    def names(self, of: str) -> Collection[str]:
        """The names that a reference may give."""
        known = references.names(self._tables, of)
        return {*known, *references.promised(self.menus, self.promised, of)} if self.promised else known

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

    def rename(self, menu: VersionedMenu, old: str, new: str) -> None:
        """Lets every reference to a name follow; a name that went away leaves its row's id behind."""
        references.rename(self.menus, self._tables, menu, old, new)

    def silence(self, *hosts: str) -> None:
        """These addresses, and no others, no longer answer: at once to routes that check them, to netwatch next time.

        A router asks a gateway every ten seconds and misses the second answer (docs/facts/packet-path.md#which-table).
        """
        for network in (self.network, self.network6):
            network.silent = set(hosts)
            network.changed(routes_only=True)

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

    def tick(self) -> None:
        """Does what has become due; every command does so first."""
        with self._lock:
            if self.agenda.next <= self.clock():
                self.agenda.run(self.clock())

    def has_table(self, path: str) -> bool:
        """Whether anybody has asked for a menu's rows so far."""
        return path in self._tables

    def leave(self, session: Session) -> None:
        """A session has ended; one that held safe mode takes its changes along (docs/facts/changes.md)."""
        with self._lock:
            if session.number and self.history.holder == session.number:
                after = self.clock() + self.options.rollback_seconds
                self.agenda.at(after, lambda: self._roll_back(session.number))

    def _roll_back(self, number: int) -> None:
        if self.history.holder == number:
            self.history.unroll()

    def _undone(self) -> None:
        self.network.changed()
        self.network6.changed()


_MOMENT: Final = "%Y-%m-%d %H:%M:%S"
_MOVES_NETWORK: Final = frozenset(
    {
        "/interface",
        "/interface/bridge/port",
        "/ip/address",
        "/ip/dhcp-client",
        "/ip/vrf",
        "/ipv6/address",
        "/ipv6/settings",
    }
)
_MOVES_ROUTES: Final = frozenset({"/ip/route", "/ipv6/route", "/routing/table"})
_DERIVED: Final = ("/interface", "/ip/route", "/ip/address", "/ip/dhcp-client", "/ip/dns")
