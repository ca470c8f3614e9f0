"""A run: waves of sites, until all are done or nothing new may begin.

Operations that change nothing go through all sites at once, by Nornir's threads. Those that do are durable (`durable`):
a controller that was killed is resumed, and does what isn't done. Rule: whatever ends a run, what is under way ends
first, and each site that was begun has an outcome.
"""

import contextlib
import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final

import attrs

from wiretik.engine.errors import LockedError
from wiretik.fleet.runs.records import Record
from wiretik.fleet.runs.waves import Ending, Limits, why_halted
from wiretik.fleet.runs.working import Crew
from wiretik.fleet.values import Operation, Outcome, Site, outcome_of

__all__ = ["Spec", "alone", "interruptible", "join", "look", "run"]

_PATIENCE: Final = 1.0
_TURNS: Final = 3
"""So often sites are done again whose links have changed: keys are exchanged by one, and none changes by being told."""


@attrs.frozen(kw_only=True)
class Spec:
    """What a run is to do.

    Attributes:
        attempt: The run's name, with the number of an attempt after an end.
        before: What came of sites that this attempt leaves alone.
        stale: Which of the chosen sites have to be done once more, since others have changed meanwhile.
    """

    run: str
    attempt: str
    operation: Operation
    waves: Sequence[Sequence[str]]
    limits: Limits
    workers: int
    database: str = ""
    before: Mapping[str, Outcome] = attrs.field(factory=dict)
    stale: Callable[[], Sequence[str]] = list


@contextlib.contextmanager
def alone(place: Path) -> Iterator[None]:
    """Be the only controller of a run; the lock ends with the process that holds it.

    Raises:
        LockedError: There is another.
    """
    number = os.open(place / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(f"run {place.name} is under way in another process; wait for it") from None
        yield
    finally:
        os.close(number)


@contextlib.contextmanager
def interruptible(crew: Crew, say: Callable[[str], None]) -> Iterator[threading.Event]:
    """Ctrl-C: first nothing new begins; a second time what is under way stops where it can."""
    stopping = threading.Event()

    def on(*_: int | FrameType | None) -> None:
        if stopping.is_set():
            say("stopping what is under way")
            threading.Thread(target=crew.interrupt, daemon=True).start()
        else:
            say("nothing new begins; another Ctrl-C stops what is under way")
            stopping.set()

    former = {number: signal.signal(number, on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def look(  # noqa: PLR0917, each is one thing that it takes
    crew: Crew, operation: Operation, sites: Sequence[Site], record: Record, workers: int, stopping: threading.Event
) -> dict[str, Outcome]:
    """Carry out what changes nothing, at all sites at once."""
    from nornir.core import Nornir  # noqa: PLC0415, it configures itself at import
    from nornir.core.inventory import Hosts, Inventory  # noqa: PLC0415
    from nornir.core.task import Result, Task  # noqa: PLC0415
    from nornir.plugins.runners import ThreadedRunner  # noqa: PLC0415

    by_name = {site.name: site for site in sites}
    outcomes: dict[str, Outcome] = {}

    def one(task: Task) -> Result:
        name = task.host.name
        if not stopping.is_set():
            record("site-began", site=name)
            outcome = _safely(crew, operation, by_name[name], record)
            record("site", **outcome.as_json())
            outcomes[name] = outcome
        return Result(host=task.host)

    whole = crew.fleet.inventory
    hosts = Hosts({name: whole.hosts[name] for name in by_name})
    nornir = Nornir(Inventory(hosts, whole.groups, whole.defaults), runner=ThreadedRunner(num_workers=workers))
    nornir.run(task=one, name=operation).raise_on_error()
    return outcomes


def _safely(crew: Crew, operation: Operation, site: Site, record: Record) -> Outcome:
    """One site's outcome, also where it couldn't even begin."""
    from wiretik.engine.errors import EngineError  # noqa: PLC0415

    try:
        return crew.do(
            operation,
            site,
            lambda why: record("site-again", site=site.name, why=why),
            lambda why: record("site-waits", site=site.name, why=why),
        )
    except EngineError as error:
        return Outcome(site=site.name, verdict="failed", errors=error.lines)
    except OSError as error:
        return Outcome(site=site.name, verdict="failed", errors=(f"{error.filename or site.name}: {error.strerror}",))


def run(
    crew: Crew, spec: Spec, sites: Sequence[Site], record: Record, stopping: threading.Event
) -> tuple[dict[str, Outcome], Ending, str]:
    """Carry out a run that changes routers; gives the outcomes, how it ended and why."""
    from wiretik.fleet.runs import durable  # noqa: PLC0415, DBOS takes a second of processor time to import

    by_name = {site.name: site for site in sites}

    with durable.opened(
        spec.database,
        record.place,
        spec.run,
        spec.attempt,
        _work(crew, by_name, record, leads=True),
        workers=spec.workers,
        asked={"operation": spec.operation, "options": dict(crew.options)},
    ) as kept:
        return _Loop(spec, kept, record, stopping).go()


def join(  # noqa: PLR0917, each is one thing that it takes
    crew: Crew, run_: str, database: str, sites: Sequence[Site], record: Record, stop: threading.Event
) -> int:
    """Do sites of a run that another controller leads, until it has ended; says how many."""
    from wiretik.fleet.runs import durable  # noqa: PLC0415, DBOS takes a second of processor time to import

    since = datetime.now(UTC).isoformat()
    done = 0
    work = _work(crew, {site.name: site for site in sites}, record)
    with durable.opened(database, record.place, run_, run_, work, workers=1) as kept:
        while not stop.is_set():
            found = kept.next([], _PATIENCE)
            done += len(found)
            if not found and kept.ended(since):
                break
    return done


def _work(
    crew: Crew, by_name: Mapping[str, Site], record: Record, *, leads: bool = False
) -> Callable[[str, Mapping[str, Any]], dict[str, Any]]:
    """What is done when a site's turn comes, in whichever controller."""

    def work(item: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        name = item.partition("#")[0]
        record("site-began", site=name)
        # Who resumes may have asked for something else than stands in what a killed controller has left.
        doing = crew if leads else attrs.evolve(crew, options=asked["options"])
        outcome = _safely(doing, asked["operation"], by_name[name], record)
        record("site", **outcome.as_json())
        return outcome.as_json()

    return work


@attrs.define
class _Loop:
    """The waves of one attempt."""

    spec: Spec
    kept: Any
    record: Record
    stopping: threading.Event
    outcomes: dict[str, Outcome] = attrs.field(factory=dict)
    alive: set[str] = attrs.field(factory=set)

    def go(self) -> tuple[dict[str, Outcome], Ending, str]:
        known, self.alive = self.kept.known()
        self.outcomes = {name: outcome_of(said) for name, said in known.items()}
        ending, why = self._waves()
        if self.alive and self.kept.slots > self.spec.workers:
            self.kept.spare(sorted(self.alive))
        while self.alive:
            self._take()
        everything = {**self.spec.before, **self._by_site()}
        if ending == "halted" and not any(name not in everything for wave in self.spec.waves for name in wave):
            ending = "failed"  # nothing was spared
        if ending == "done" and any(one.verdict != "ok" for one in everything.values()):
            ending = "failed"
        return everything, ending, why

    def _waves(self) -> tuple[Ending, str]:
        for number, wave in enumerate(self._all_waves(), 1):
            todo = [name for name in wave if name not in self.outcomes and name not in self.alive]
            under_way = set(wave) & self.alive
            if todo or under_way:
                self.record(
                    "wave", number=number, of=max(number, len(self.spec.waves)), sites=len(wave), left=len(todo)
                )
            while todo or under_way & self.alive:
                if stopped := self._stopped():
                    return stopped
                while todo and len(self.alive) < self.kept.slots:
                    name = todo.pop(0)
                    self.alive.add(name)
                    under_way.add(name)
                    self.kept.start(name)
                self._take()
            if stopped := self._stopped(done=number >= len(self.spec.waves)):
                return stopped
            if number == self.spec.limits.pause_after and number < len(self.spec.waves):
                return "paused", f"after wave {number}, as asked"
        return "done", ""

    def _all_waves(self) -> Iterator[Sequence[str]]:
        """The waves, and those after them that links ask for: an item is a site, or `SITE#2` for its second time."""
        yield from self.spec.waves
        for turn in range(2, _TURNS + 2):
            again = [f"{name}#{turn}" for name in self.spec.stale()]
            done = [name for name in self.outcomes if name.endswith(f"#{turn}")]
            if not again and not done:
                return
            yield again or done

    def _take(self) -> None:
        """Wait for what comes of any site."""
        for came in self.kept.next(sorted(self.alive), _PATIENCE):
            if came.site in self.alive:
                self.alive.discard(came.site)
                if came.said is not None:
                    self.outcomes[came.site] = outcome_of(came.said)
                    if came.elsewhere:
                        self.record("site", **self.outcomes[came.site].as_json())

    def _by_site(self) -> dict[str, Outcome]:
        """What came of each site the last time."""
        found: dict[str, Outcome] = {}
        for item in sorted(self.outcomes, key=lambda item: int(item.partition("#")[2] or 1)):
            found[item.partition("#")[0]] = self.outcomes[item]
        return found

    def _stopped(self, *, done: bool = False) -> tuple[Ending, str] | None:
        """Why nothing new may begin."""
        if why := why_halted(self._by_site().values(), self.spec.limits):
            return "halted", why
        if done:
            return None
        if self.stopping.is_set():
            return "interrupted", "as asked"
        window = self.spec.limits.window
        if window is not None and not window.is_open(datetime.now().time()):  # noqa: DTZ005, the user's own time of day
            return "closed", f"it is past {window.end:%H:%M}"
        return None
