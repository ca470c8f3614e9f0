"""A guarded deployment on a router in memory, without a socket: what it does by itself moves with the test's clock."""

from collections.abc import Sequence

from wiretik_provider.api.session import Answer, Command
from wiretik_provider.api.watch import Watch
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

    def send(self, commands: Sequence[Command]) -> list[Answer]:
        return [self._one(command) for command in commands]

    def _one(self, command: Command) -> Answer:
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
