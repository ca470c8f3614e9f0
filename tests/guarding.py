"""A guarded deployment on a router in memory, without a socket: what it does by itself moves with the test's clock."""

import contextlib
from collections.abc import Callable, Iterator, Sequence

from wiretik_provider.api.session import Answer, Command
from wiretik_provider.api.watch import Watch
from wiretik_provider.calls import READ_ONLY
from wiretik_provider.errors import Trap
from wiretik_provider.rows import ownership
from wiretik_provider.rows.ownership import Tag
from wiretik_provider.simulator import Options, Router, Session
from wiretik_provider.wire import attribute

NOON = 1_795_348_800.0  # 2026-11-22 12:00:00 UTC
FILTER = "/ip/firewall/filter"
LISTS = "/ip/firewall/address-list"
GUARD_MENUS = ("/system/script", "/system/scheduler", "/tool/netwatch")
FEW = Session("few", frozenset({"api", "read", "write", "sensitive"}), 5)


class Site:
    """A router, its clock, and how commands get there."""

    def __init__(self, profile: str = "defconf", version: str = "7.23.2", **options: object) -> None:
        self.now = NOON
        self.router = Router(profile, version, clock=lambda: self.now, options=Options(**options))  # type: ignore[arg-type]
        self.sent: list[Command] = []
        self.before_each: Callable[[], None] | None = None
        """Called before each command that changes something."""

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        return [self._one(command) for command in commands]

    def _one(self, command: Command) -> Answer:
        if self.before_each is not None and command.verb not in READ_ONLY:
            self.before_each()
        self.sent.append(command)
        rows, ret, trap = [], "", None
        for kind, *words in self.router.execute([f"{command.path}/{command.verb}", *command.words], FEW):
            given = dict(attribute(word) for word in words)
            if kind == "!re":
                rows.append(given)
            elif kind == "!trap" and trap is None:
                trap = Trap("router lab", command.path, command.verb, given["message"])
            elif kind == "!done":
                ret = given.get("ret", "")
        return Answer(rows, ret, trap)

    def wait(self, seconds: float, step: float = 1.0) -> None:
        """Lets time pass on the router."""
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + step)
            self.router.tick()

    @contextlib.contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Whatever happens to the router meanwhile, also a reboot, hasn't happened afterwards: cheaper than a copy.

        Its rows go back by what each table tells of its changes; what it will do by itself, its history, and what it
        knows of what runs by itself are kept beside.
        """
        router, undos = self.router, []
        history, agenda, tables = router.history, router.agenda, router._tables
        own = [row for path in GUARD_MENUS for row in tables.get(path, ())]
        facts = [(row, dict(row.facts), row.expires) for row in own]
        planned, following, began, now = list(agenda._planned), agenda.next, router.started, self.now
        done, redo, current = list(history._done), list(history._redo), list(history._current)
        holder, user, floating = history.holder, history.user, history._floating
        actions, power, said = [(one, one.undo) for one in (*done, *redo)], router.power_off_after, len(router.log)

        def noted(undo: Callable[[], None]) -> None:
            undos.append(undo)
            history.note(undo)

        tables.record(noted)
        try:
            yield
        finally:
            tables.record(None)
            for undo in reversed(undos):
                undo()
            tables.record(history.note)
            for row, was, expires in facts:
                row.facts, row.expires = was, expires
            agenda._planned[:], agenda.next, router.started, self.now = planned, following, began, now
            for one, undo_of in actions:
                one.undo = undo_of
            history._done.clear()
            history._done.extend(done)
            history._redo[:], history._current = redo, current
            history.holder, history.user, history._floating = holder, user, floating
            router.power_off_after = power
            del router.log[said:]
            router.network.changed()
            router.network6.changed()

    def watch(
        self,
        within: int = 300,
        run: str = "c0ffee",
        told: list[str] | None = None,
        *,
        seen: bool = False,
        secrets: bool = False,
    ) -> Watch:
        say = [].append if told is None else told.append
        clock, looked = (lambda: self.now), (lambda: seen)
        return Watch("router lab", run, within, say, clock=clock, pause=self.wait, seen=looked, secrets=secrets)

    def network(self) -> dict[str, list[dict[str, str]]]:
        """All configuration but the guard's own."""
        found = self.router.snapshot()
        return {path: rows for path, rows in found.items() if path not in GUARD_MENUS and rows}


def signed(name: str, text: str = "", rule: str = "", stack: str = "") -> str:
    """A comment with the tag of a resource."""
    owner = ownership.make("home", "dev", "row", name)
    return ownership.signed(text, Tag(stack or owner[:4], owner[4:], rule=rule))
