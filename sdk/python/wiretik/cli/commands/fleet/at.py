"""A fleet that is open: what the commands do with it, from the runs to what is said of them.

What a part needs is imported by it: a look at the record needs neither Nornir's runner nor DBOS.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import typer

from wiretik.cli.commands.deploy import _reported
from wiretik.cli.output import complain, say, say_file
from wiretik.engine.errors import ProjectError

if TYPE_CHECKING:
    from wiretik.cli.commands.doctor import Looked
    from wiretik.fleet.runs.records import Record, Run
    from wiretik.fleet.runs.running import Spec
    from wiretik.fleet.runs.working import Crew
    from wiretik.fleet.sites.inventory import Fleet
    from wiretik.fleet.sites.secrets import Secrets
    from wiretik.fleet.values import Operation, Outcome, Site

__all__ = ["ENDINGS", "UNEXPECTED", "At", "Limits", "leave", "opened"]

_FAILED: Final = 1
UNEXPECTED: Final = 7
_CANCELLED: Final = 8
_HALTED: Final = 9
_ENGINES: Final = ("embedded", "pulumi")
_SITE: Final = Path(__file__).with_name("site.py")
"""What a site's process runs."""
ENDINGS: Final = {
    "done": 0,
    "failed": _FAILED,
    "halted": _HALTED,
    "closed": _HALTED,
    "paused": 0,
    "interrupted": _CANCELLED,
}


@attrs.frozen
class Limits:
    """What was asked of a run, as text."""

    waves: str
    max_failed: str
    max_unreachable: str | None
    window: str | None
    pause_after: int


@attrs.define
class At:
    """A fleet that is open."""

    fleet: Fleet
    place: Path
    as_json: bool = False
    engine: str = "embedded"
    _secrets: Secrets | None = attrs.field(default=None, repr=False)

    def chosen(self, select: Sequence[str] | None) -> list[Site]:
        """The sites that `-l` chooses."""
        from wiretik.fleet.sites import inventory  # noqa: PLC0415

        return inventory.chosen(self.fleet, select or ())

    def secrets(self, *, keep: bool = False) -> Secrets:
        """What encrypts; `keep` writes a new salt into the fleet's file."""
        from wiretik.fleet.sites import secrets  # noqa: PLC0415

        if self._secrets is None:
            self._secrets = secrets.opened(self.fleet)
        if keep:
            secrets.keep_salt(self.fleet, self._secrets)
        return self._secrets

    def within(self, text: str | None) -> str:
        """How long a change may wait to be confirmed; empty where none has to."""
        from wiretik_provider.errors import ConfigError  # noqa: PLC0415
        from wiretik_provider.guard.settings import within_of  # noqa: PLC0415

        try:
            return text if text and within_of(text) else ""
        except ConfigError as error:
            raise ProjectError(f"--confirm: {error}") from None

    def find(self, name: str, operations: Sequence[str] = ()) -> Run:
        """A run's record."""
        from wiretik.fleet.runs import records  # noqa: PLC0415

        return records.find(self.place, name, operations)

    def runs(self) -> list[Run]:
        """All that are kept, the newest first."""
        from wiretik.fleet.runs import records  # noqa: PLC0415

        return [records.read(self.place, name) for name in reversed(records.runs(self.place))]

    def look(
        self, operation: Operation, sites: Sequence[Site], workers: int, options: Mapping[str, Any], junit: Path | None
    ) -> tuple[Mapping[str, Outcome], str]:
        """Carry out what changes nothing."""
        from wiretik.fleet.runs import records, running  # noqa: PLC0415

        crew = self._crew(options)
        run = records.begin(self.place, operation, datetime.now(UTC))
        names = [site.name for site in sites]
        with self._recorded(run) as record, running.interruptible(crew, complain) as stopping:
            record("began", operation=operation, run=run, sites=names, **records.context(self.fleet))
            outcomes = running.look(crew, operation, sites, record, workers, stopping)
            bad = any(one.verdict != "ok" for one in outcomes.values())
            ending = "interrupted" if stopping.is_set() else "failed" if bad else "done"
            record("ended", ending=ending, why="")
        self._tell(run, junit, plans=True)
        return outcomes, ending

    def change(
        self,
        operation: Operation,
        select: Sequence[str] | None,
        asked: Limits,
        workers: int,
        options: Mapping[str, Any],
        *,
        resume: str | None,
        yes: bool,
        junit: Path | None,
    ) -> int:
        """Carry out, or go on with, what changes routers; gives the exit code."""
        from wiretik.fleet.runs import records, running  # noqa: PLC0415

        former = self.find(resume, (operation,)) if resume else None
        sites = self.chosen(select)
        if former is not None:
            if former.began.get("operation") != operation:
                raise ProjectError(f"run {former.id} is no {operation}: it is {former.began.get('operation')!r}")
            if select:
                raise ProjectError("--resume goes on with the sites that the run was begun with: leave -l out")
            there = {site.name: site for site in sites}
            sites = [there[name] for name in former.sites if name in there]
        spec = self._spec(operation, sites, asked, workers, former)
        crew = self._crew(options, keep=True, former=former)
        self._ask(operation, spec, yes=yes)
        run = spec.run or records.begin(self.place, operation, datetime.now(UTC))
        spec = attrs.evolve(spec, run=run, attempt=spec.attempt or run)
        with (
            running.alone(self.place / "runs" / run),
            self._recorded(run) as record,
            running.interruptible(crew, complain) as stopping,
        ):
            about = {**records.context(self.fleet), "options": attrs.asdict(asked), "workers": workers}
            if former is None:
                names = [site.name for site in sites]
                record("began", operation=operation, run=run, sites=names, waves=spec.waves, **about)
            else:
                left = sum(map(len, spec.waves))
                record("resumed", operation=operation, run=run, attempt=spec.attempt, left=left, **about)
            _, ending, why = running.run(crew, spec, sites, record, stopping)
            record("ended", ending=ending, why=why)
        self._tell(run, junit, plans=False)
        if ending not in ("done", "failed"):
            self._note(f"{ending}: {why}; `wiretik fleet {operation} --resume {run}` goes on")
        records.clean(self.place, self.fleet.keep)
        if self.fleet.histories:
            for site in sites:
                self.fleet.backend.thin(self.fleet.project.name, site.name, self.fleet.histories)
        return ENDINGS[ending]

    def join(self, run: str) -> None:
        """Help with a run that another controller leads."""
        from wiretik.fleet.runs import running  # noqa: PLC0415

        if not self.fleet.database:
            raise ProjectError(f"{self.fleet.file}: no database: only runs that are kept in Postgres can be joined")
        crew = self._crew({})  # the leader tells what is asked
        with self._recorded(run) as record, running.interruptible(crew, complain) as stopping:
            record("joined", run=run)
            done = running.join(crew, run, self.fleet.database, self.fleet.sites, record, stopping)
        self._note(f"{done} sites were done here")

    def _spec(
        self, operation: Operation, sites: Sequence[Site], asked: Limits, workers: int, former: Run | None
    ) -> Spec:
        from wiretik.fleet.runs import running, waves  # noqa: PLC0415

        window = waves.Window.parse(asked.window) if asked.window else None
        now = datetime.now().time()  # noqa: DTZ005, the user's own time of day
        if window is not None and not window.is_open(now):
            raise ProjectError(f"it is {now:%H:%M}, and sites begin at {window} only")
        names, hubs = [site.name for site in sites], self._hubs()
        unreachable = asked.max_unreachable
        limits = waves.Limits(
            failed=waves.share(asked.max_failed, len(names), "--max-failed"),
            unreachable=None if unreachable is None else waves.share(unreachable, len(names), "--max-unreachable"),
            pause_after=asked.pause_after,
            window=window,
            hubs=frozenset(hubs),
        )
        order = waves.ordered(names, hubs, operation)
        plan = waves.waves(asked.waves, order, hubs)
        before: dict[str, Outcome] = {}
        attempt = ""
        if former is not None:
            plan = tuple(tuple(wave) for wave in former.began.get("waves") or plan)
            attempt = former.attempt
            if former.ended:  # else it was cut off, and this goes on with the same attempt
                number = int(attempt.partition("+")[2] or 1) + 1
                attempt = f"{former.id}+{number}"
            before = former.well
            if former.ended:
                plan = tuple(tuple(name for name in wave if name not in before and name in set(names)) for wave in plan)
        return running.Spec(
            run=former.id if former else "",
            attempt=attempt,
            operation=operation,
            waves=plan,
            limits=limits,
            workers=workers,
            database=self.fleet.database,
            stale=(lambda: self._stale(sites)) if operation == "up" else list,
            before=before,
        )

    def _hubs(self) -> list[str]:
        return [hub for link in self.fleet.links for hub in link.hubs]

    def _stale(self, sites: Sequence[Site]) -> list[str]:
        """Which sites were given facts of others that have changed since."""
        from wiretik.fleet.sites import rendering  # noqa: PLC0415

        return [site.name for site in sites if rendering.stale(self.fleet, site)]

    def _crew(self, options: Mapping[str, Any], *, keep: bool = False, former: Run | None = None) -> Crew:
        from wiretik.fleet.runs import working  # noqa: PLC0415

        working.prepare()
        left = former.begun.keys() - former.well.keys() if former else ()
        options = {"engine": self.engine, **options}
        return working.Crew(self.fleet, self.secrets(keep=keep), self.place, _SITE, options=options, again=left)

    def _ask(self, operation: Operation, spec: Spec, *, yes: bool) -> None:
        sizes = [len(wave) for wave in spec.waves if wave]
        self._note(f"{operation}: {sum(sizes)} sites in {len(sizes)} waves: {', '.join(map(str, sizes))}")
        if yes:
            return
        if not sys.stdin.isatty():
            raise ProjectError("there is no terminal to ask: pass --yes to go ahead")
        if not typer.confirm("Go ahead?", err=True):
            raise typer.Exit(_CANCELLED)

    def _note(self, text: str) -> None:
        """What people read, and programs needn't."""
        complain(text) if self.as_json else say(text)

    @contextlib.contextmanager
    def _recorded(self, run: str) -> Iterator[Record]:
        from wiretik.fleet.runs.records import Record  # noqa: PLC0415
        from wiretik.fleet.telling import lines  # noqa: PLC0415

        def tell(line: Mapping[str, Any]) -> None:
            say(*([json.dumps(line)] if self.as_json else lines.happened(line)))

        with contextlib.ExitStack() as closing:
            teller: Callable[[Mapping[str, Any]], None] = tell
            if not self.as_json and sys.stdout.isatty():
                from wiretik.cli.commands.fleet.live import Screen  # noqa: PLC0415, a terminal alone needs rich

                teller = closing.enter_context(Screen())
            record = Record(self.place / "runs" / run, teller)
            closing.callback(record.close)
            yield record

    def _tell(self, run: str, junit: Path | None, *, plans: bool) -> None:
        from wiretik.fleet.telling import lines  # noqa: PLC0415

        found = self.find(run)
        if junit is not None:
            self._junit(found, junit)
        if self.as_json:
            return
        if plans:
            say(*lines.plans(found.outcomes.values()))
        say(lines.summary(found.outcomes, len(found.sites)), f"run {run}")

    def _junit(self, run: Run, file: Path) -> None:
        from wiretik.fleet.telling import junit  # noqa: PLC0415

        file.write_text(junit.document(run), encoding="utf-8")

    def looked(self, sites: Sequence[Site], workers: int) -> list[Looked]:
        """The sites' routers as they are now."""
        from wiretik.cli.commands.doctor import look_at  # noqa: PLC0415, it knows routers
        from wiretik.cli.reach import routers_of  # noqa: PLC0415
        from wiretik.engine.stack import Stack  # noqa: PLC0415
        from wiretik.fleet.sites import rendering  # noqa: PLC0415

        secrets = self.secrets()

        def look(site: Site) -> list[Looked]:
            said = rendering.content(self.fleet, site, secrets)
            root, key = self.fleet.project.root, secrets.crypter.shared
            config = Stack(root, site.name, passphrase=secrets.passphrase, content=said, shared=key).texts()
            hidden = rendering.unset(site)
            environment = {name: value for name, value in os.environ.items() if name not in hidden}
            names = routers_of(config, "")
            called = {name: f"{site.name}/{name}" if name else site.name for name in names}
            return [look_at(config, name, environment, called[name]) for name in names]

        with ThreadPoolExecutor(workers) as pool:
            return [one for several in pool.map(look, sites) for one in several]

    def report(self, run: Run, out: Path | None, junit: Path | None) -> None:
        """Write the page."""
        from wiretik.fleet.telling import page  # noqa: PLC0415

        target = out or run.place / "report.html"
        target.write_text(page.document(run), encoding="utf-8")
        if junit is not None:
            self._junit(run, junit)
        say(str(target))

    def mktxp(self, sites: Sequence[Site], credentials: str, out: Path | None) -> None:
        """Write what mktxp reads."""
        from wiretik.fleet.telling import mktxp  # noqa: PLC0415

        text = mktxp.document(sites, credentials)
        if out is None:
            say_file(text)
        else:
            out.write_text(text, encoding="utf-8")

    def metrics(self, file: Path) -> None:
        """Write what Prometheus reads."""
        from wiretik.engine.state.files import aside_of  # noqa: PLC0415
        from wiretik.fleet.telling import metrics  # noqa: PLC0415

        aside = aside_of(file)
        aside.write_text(metrics.document([site.name for site in self.fleet.sites], self.runs()), encoding="utf-8")
        aside.replace(file)


@contextlib.contextmanager
def opened(file: Path, *, as_json: bool = False, engine: str = "embedded") -> Iterator[At]:
    """Open a fleet for a command; what is wrong with it becomes one line and an exit code."""
    with _reported():
        if engine not in _ENGINES:
            raise ProjectError(f"--engine {engine!r}: it is {' or '.join(_ENGINES)}")
        if engine == "pulumi" and shutil.which("pulumi") is None:
            raise ProjectError("--engine pulumi: `pulumi` isn't on the PATH")
        try:
            from wiretik.fleet.sites import inventory  # noqa: PLC0415, what it needs is an extra
        except ImportError as error:
            if (error.name or "").partition(".")[0] not in ("nornir", "dbos"):
                raise
            raise ProjectError("`wiretik fleet` needs nornir and dbos: pip install 'wiretik[fleet]'") from error
        from wiretik.fleet.runs.records import place_of  # noqa: PLC0415

        found = inventory.load(file.resolve())
        yield At(found, place_of(found, found.backend.root), as_json, engine)


def leave(code: int) -> None:
    """End the command, if it isn't well."""
    if code:
        raise typer.Exit(code)
