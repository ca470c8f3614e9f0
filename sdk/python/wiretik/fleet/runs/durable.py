"""What outlives the command: each site of a run is a workflow of DBOS, kept in SQLite or Postgres until it is done.

The loop that chooses what begins next (`running`) keeps nothing of its own: a site's workflow has the run's and the
site's names for its id, so that whoever asks for it again gets what came of it. Rule: a workflow's record is the site's
name and its outcome, and nothing else.
"""

import contextlib
import logging
import queue
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
from dbos import DBOS, DBOSConfig, SetWorkflowID
from dbos._serialization import DBOSPortableJSONSerializer

from wiretik.engine.state.files import make_directories

__all__ = ["Durable", "opened"]

_APPLICATION: Final = "wiretik-fleet"
_POLL: Final = 0.15
_GRACE: Final = 10.0
"""How long the last outcomes may take to be written, in seconds."""
_DONE: Final = "SUCCESS"
_ALIVE: Final = ("ENQUEUED", "PENDING")

Work: TypeAlias = Callable[[str], Mapping[str, Any]]
_work: dict[str, tuple[Work, "queue.SimpleQueue[tuple[str, Mapping[str, Any]]]"]] = {}
"""What this process does for which run; a workflow that is taken up again finds it by the run's name."""


@DBOS.workflow(name="site")
def _site(run: str, site: str) -> dict[str, Any]:
    work, done = _work[run]
    try:
        outcome = dict(work(site))
    except Exception as error:  # noqa: BLE001, it is the site's outcome, and whoever waits for it has to know
        outcome = {"site": site, "verdict": "failed", "errors": [f"{type(error).__name__}: {error}"]}
    done.put((site, outcome))
    return outcome


@attrs.frozen
class Durable:
    """One attempt at a run.

    Attributes:
        attempt: The run and how often it was resumed after an end, `RUN` or `RUN+2`.
        slots: How many sites may be under way, in all controllers together.
    """

    run: str
    attempt: str
    slots: int
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
            DBOS.enqueue_workflow(self.run, _site, self.run, site)

    def next(self, waited_for: Sequence[str], patience: float) -> list[tuple[str, Mapping[str, Any]]]:
        """What came of sites since; of those that another controller does it is looked up."""
        with contextlib.suppress(queue.Empty):
            return [self.done.get(timeout=patience)]
        if not waited_for:
            return []
        statuses = DBOS.list_workflows(workflow_ids=[f"{self.attempt}/{site}" for site in waited_for], status=_DONE)
        return [(one.workflow_id.removeprefix(f"{self.attempt}/"), one.output or {}) for one in statuses]


@contextlib.contextmanager
def opened(
    database: str, place: Path, run: str, attempt: str, work: Work, *, workers: int, slots: int, executor: str
) -> Iterator[Durable]:
    """Open the database, take up what a killed controller has left of this run, and close it again.

    Args:
        database: a URL; empty for SQLite beside the run's record.
        place: where the run's record is.
        run: its name.
        attempt: which attempt at it.
        work: what is done at a site, given its name.
        workers: how many sites this process does at once.
        slots: how many all controllers do.
        executor: whose workflows are taken up: those of a killed process of this name.
    """
    make_directories(place)
    url = database or f"sqlite:///{place / 'run.sqlite'}"
    config: DBOSConfig = {
        "name": _APPLICATION,
        "system_database_url": url,
        "application_version": "1",  # what a later Wiretik resumes is the same: a name
        "executor_id": f"{run}@{executor}",
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
        DBOS.register_queue(run, worker_concurrency=workers, polling_interval_sec=_POLL, on_conflict="always_update")
        yield Durable(run, attempt, slots, done)
        _written(attempt)
    finally:
        DBOS.destroy(workflow_completion_timeout_sec=0)
        del _work[run]


def _written(attempt: str) -> None:
    """Wait until what came of each site stands in the database; DBOS itself waits whole seconds."""
    deadline = time.monotonic() + _GRACE
    while time.monotonic() < deadline:
        if not DBOS.list_workflows(workflow_id_prefix=f"{attempt}/", status="PENDING", load_output=False):
            break
        time.sleep(_POLL / 3)


def _private(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        each.chmod(0o600)
