"""What outlives the command: each site of a run is a workflow of DBOS, kept in SQLite or Postgres until it is done.

The loop that chooses what begins next (`running`) keeps nothing of its own: a site's workflow has the run's and the
site's names for its id, so that whoever asks for it again gets what came of it. Rule: a workflow's record is the site's
name and its outcome, and nothing else.
"""

import contextlib
import logging
import os
import queue
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._serialization import DBOSPortableJSONSerializer

from wiretik.engine.state.backend import process_is_dead
from wiretik.engine.state.files import make_directories

__all__ = ["Durable", "opened"]

_APPLICATION: Final = "wiretik-fleet"
_POLL: Final = 0.15
_GRACE: Final = 10.0
"""How long the last outcomes may take to be written, in seconds."""
_DONE: Final = "SUCCESS"
_GONE: Final = "CANCELLED"
_ALIVE: Final = ("ENQUEUED", "PENDING")

Asked: TypeAlias = Mapping[str, Any]
Work: TypeAlias = Callable[[str, Asked], Mapping[str, Any]]
_work: dict[str, tuple[Work, "queue.SimpleQueue[tuple[str, Mapping[str, Any]]]"]] = {}
"""What this process does for which run; a workflow that is taken up again finds it by the run's name."""


@DBOS.workflow(name="site")
def _site(run: str, site: str, asked: dict[str, Any]) -> dict[str, Any]:
    work, done = _work[run]
    try:
        outcome = dict(work(site, asked))
    except Exception as error:  # noqa: BLE001, it is the site's outcome, and whoever waits for it has to know
        outcome = {"site": site, "verdict": "failed", "errors": [f"{type(error).__name__}: {error}"]}
    done.put((site, outcome))
    return outcome


@DBOS.workflow(name="end")
def _end() -> None:
    """Tell all who have joined that there is no more to do."""


@attrs.frozen
class Came:
    """What came of a site: None where it was spared; `elsewhere` says that another controller did it."""

    site: str
    said: Mapping[str, Any] | None
    elsewhere: bool = False


@attrs.frozen
class Durable:
    """One attempt at a run.

    Attributes:
        attempt: The run and how often it was resumed after an end, `RUN` or `RUN+2`.
        slots: How many sites may be under way, in all controllers together.
        asked: The operation and its options, which those who join are told.
    """

    run: str
    attempt: str
    slots: int
    asked: Asked
    done: "queue.SimpleQueue[tuple[str, Mapping[str, Any]]]" = attrs.field(repr=False)

    def known(self) -> tuple[dict[str, Mapping[str, Any]], set[str]]:
        """What came of the sites that are done, and which are under way."""
        outcomes: dict[str, Mapping[str, Any]] = {}
        alive: set[str] = set()
        for status in DBOS.list_workflows(workflow_id_prefix=f"{self.attempt}/"):
            site = status.workflow_id.removeprefix(f"{self.attempt}/")
            if status.status == _DONE:
                outcomes[site] = status.output or {}
            elif status.status in _ALIVE:
                alive.add(site)
        return outcomes, alive

    def start(self, site: str) -> None:
        """Have a site done by whoever is free."""
        with SetWorkflowID(f"{self.attempt}/{site}"):
            DBOS.enqueue_workflow(self.run, _site, self.run, site, dict(self.asked))

    def spare(self, waited_for: Sequence[str]) -> None:
        """Let nobody begin those sites that nobody has begun."""
        ids = [f"{self.attempt}/{site}" for site in waited_for]
        waiting = DBOS.list_workflows(workflow_ids=ids, status="ENQUEUED", load_output=False) if ids else []
        if waiting:
            DBOS.cancel_workflows([one.workflow_id for one in waiting])

    def end(self) -> None:
        """Tell those who have joined that the attempt has ended."""
        with SetWorkflowID(f"{self.attempt}!{uuid.uuid4()}"):
            DBOS.start_workflow(_end).get_result()

    def ended(self, since: str) -> bool:
        """Whether an attempt at the run has ended since, and nothing of it is left to do."""
        ends = DBOS.list_workflows(workflow_id_prefix=self.run, name="end", start_time=since, load_output=False)
        return bool(ends) and not DBOS.list_workflows(
            workflow_id_prefix=self.run, name="site", status=list(_ALIVE), load_output=False
        )

    def recover(self) -> None:
        """Take up what controllers of this machine have left that were killed."""
        pending = DBOS.list_workflows(workflow_id_prefix=self.run, name="site", status="PENDING", load_output=False)
        dead = sorted({str(one.executor_id) for one in pending if _is_dead(str(one.executor_id))})
        if dead:
            DBOS._recover_pending_workflows(dead)

    def next(self, waited_for: Sequence[str], patience: float) -> list[Came]:
        """What came of sites since; of what another controller does it is looked up."""
        with contextlib.suppress(queue.Empty):
            return [Came(*self.done.get(timeout=patience))]
        if not waited_for:
            return []
        self.recover()
        ids = [f"{self.attempt}/{site}" for site in waited_for]
        statuses = DBOS.list_workflows(workflow_ids=ids, status=[_DONE, _GONE])
        here = []  # what is done here is told before it is written
        with contextlib.suppress(queue.Empty):
            while True:
                here.append(Came(*self.done.get_nowait()))
        own = {came.site for came in here}
        return here + [
            Came(site, (one.output or {}) if one.status == _DONE else None, elsewhere=True)
            for one in statuses
            if (site := one.workflow_id.removeprefix(f"{self.attempt}/")) not in own
        ]


@contextlib.contextmanager
def opened(
    database: str, place: Path, run: str, attempt: str, work: Work, *, workers: int, asked: Asked | None = None
) -> Iterator[Durable]:
    """Open the database, take up what a killed controller has left of this run, and close it again.

    Args:
        database: a URL; empty for SQLite beside the run's record.
        place: where the run's record is.
        run: its name.
        attempt: which attempt at it.
        work: what is done at a site, given its name.
        workers: how many sites each controller does at once.
        asked: the operation and its options; None for one who joins.
    """
    make_directories(place)
    me = f"{run}@{socket.gethostname()}:{os.getpid()}"
    url = database or f"sqlite:///{place / 'run.sqlite'}"
    config: DBOSConfig = {
        "name": _APPLICATION,
        "system_database_url": url,
        "application_version": "1",  # what a later Wiretik resumes is the same: a name
        "executor_id": me,
        "log_level": "CRITICAL",
        "console_log_level": "CRITICAL",
        "use_listen_notify": False,
        "serializer": DBOSPortableJSONSerializer(),
        "max_executor_threads": workers + 8,
        "sys_db_pool_size": min(workers, 20) + 4,
    }
    done: queue.SimpleQueue[tuple[str, Mapping[str, Any]]] = queue.SimpleQueue()
    _work[run] = work, done
    logging.getLogger("dbos").handlers.clear()  # it writes to what was standard error when it was made
    DBOS(config=config)
    try:
        DBOS.listen_queues([run])
        DBOS.launch()
        if not database:
            _private(place / "run.sqlite")
        if asked is not None:
            DBOS.register_queue(
                run, worker_concurrency=workers, polling_interval_sec=_POLL, on_conflict="always_update"
            )
        # Who joins finds sites to do only if more of them wait than this process itself does at once.
        kept = Durable(run, attempt, workers * 2 if database else workers, asked or {}, done)
        kept.recover()
        yield kept
        _written(me)
        if asked is not None:
            kept.end()
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=0)
        del _work[run]


def _is_dead(executor: str) -> bool:
    """Whether a controller was a process of this machine that no longer runs."""
    host, _, pid = executor.rpartition("@")[2].rpartition(":")
    return process_is_dead(host, int(pid) if pid.isdigit() else 0)


def _written(executor: str) -> None:
    """Wait until what came of each site stands in the database; DBOS itself waits whole seconds."""
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        if not DBOS.list_workflows(executor_id=executor, name="site", status="PENDING", load_output=False):
            break
        time.sleep(_POLL / 3)


def _private(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.chmod(0o600)
