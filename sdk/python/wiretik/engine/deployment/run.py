"""Shared by all parts of one operation: who listens, whether to stop, which steps may run, and the finished resources.

What threads share is guarded by one lock that is never held during a provider's call. A step that failed stops all
others from starting; those under way end and are recorded.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

import attrs

from wiretik.engine.errors import ProviderError
from wiretik.engine.events import Diagnostic, Event, Listener, Severity, Step, StepDone, StepFailed, StepStarted
from wiretik.engine.options import Options
from wiretik.engine.processes.provider import Provider
from wiretik.engine.state import checkpoint
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.state.journal import Journal

_UNCOUNTED: Final = frozenset({"create-replacement", "delete-replaced", "refresh"})
"""Halves of a replacement, which counts itself, and steps that do nothing to the world."""


class Stopped(Exception):
    """The deployment has failed or was interrupted: nothing new begins."""


class Failed(Exception):
    """A step failed, and its reason was told as a diagnostic."""


class Run:
    """One operation on one stack, while it lasts.

    Args:
        journal: The state, and who writes it.
        provider: Gives the running provider of a resource, started at the first call.
        preview: Whether nothing is really done.
        listen: Gets every event, one at a time.
    """

    def __init__(
        self,
        *,
        project: str,
        stack: str,
        journal: Journal,
        provider: Callable[[Resource], Provider],
        options: Options,
        preview: bool,
        listen: Listener,
    ) -> None:
        self.project, self.stack = project, stack
        self.journal, self.provider, self.options, self.preview = journal, provider, options, preview
        self.base = journal.deployment.resources
        self.olds = {r.urn: r for r in self.base if not r.delete}
        self.done: dict[str, Resource] = {}
        self.changes: dict[str, int] = {}
        self.failed = False
        self.complained = False
        self.lock = threading.RLock()
        self._listen = listen
        self._tell = threading.Lock()
        self._owner = threading.current_thread()
        self._early: list[Event] | None = []
        self._slots = threading.BoundedSemaphore(options.parallel)
        self._stop = threading.Event()
        self._in_flight = 0
        self._became: dict[Resource, Resource] = {}

    # --- telling -----------------------------------------------------------------------------------------------------

    def emit(self, event: Event) -> None:
        """Tell an event; until the run is open, those of other threads than its own are kept."""
        with self._tell:
            if self._early is None or threading.current_thread() is self._owner:
                self._listen(event)
            else:
                self._early.append(event)

    def open(self) -> None:
        """What comes first has been told: tell what was kept, and all else at once."""
        with self._tell:
            early, self._early = self._early, None
            for event in early or ():
                self._listen(event)

    def say(self, severity: Severity, message: str, urn: str = "", *, ephemeral: bool = False) -> None:
        """Tell a diagnostic; an error makes the deployment fail."""
        if severity == "error":
            self.failed = True
        self.emit(Diagnostic(severity=severity, message=message, urn=urn, ephemeral=ephemeral))

    def pass_on(self, said: Diagnostic) -> None:
        """Tell what the program says; its errors are told, but as in the CLI only its exit code makes it fail."""
        self.complained = self.complained or said.severity == "error"
        self.emit(said)

    def fail(self, message: str, urn: str = "") -> None:
        """Tell an error and stop everything that hasn't begun."""
        self.say("error", message, urn)
        self._stop.set()

    def tell_done(self, step: Step) -> None:
        """Tell a step without a deed."""
        self.emit(StepStarted(step))
        self._count(step)
        self.emit(StepDone(step))

    def _count(self, step: Step) -> None:
        # Looking comes before the deed in `up --refresh`: only a refresh counts what it finds.
        op = step.found if step.found and not self.options.refresh else step.op
        if not step.is_provider and op not in _UNCOUNTED:
            with self.lock:
                self.changes[op] = self.changes.get(op, 0) + 1

    # --- stopping ----------------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Begin nothing new."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether nothing new begins."""
        return self._stop.is_set()

    @contextlib.contextmanager
    def flight(self) -> Iterator[None]:
        """Something that must end before the operation does.

        Raises:
            Stopped: Nothing new begins.
        """
        with self.lock:
            if self._stop.is_set():
                raise Stopped
            self._in_flight += 1
        try:
            yield
        finally:
            with self.lock:
                self._in_flight -= 1

    def drain(self) -> None:
        """Begin nothing new and wait for what is under way."""
        self.stop()
        while self._in_flight:
            time.sleep(0.01)

    # --- doing -------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def asking(self, urn: str) -> Iterator[None]:
        """A question to the provider; its failure is told.

        Raises:
            Failed: It failed.
        """
        try:
            yield
        except ProviderError as err:
            self.fail(str(err), urn)
            raise Failed from err

    @contextlib.contextmanager
    def performing(self, step: Step, doing: str = "", resource: Resource | None = None) -> Iterator[list[Step]]:
        """A step: it takes a slot, tells its events, and `doing` is a pending operation until it has ended.

        The caller puts the step as it ended into the list.

        Raises:
            Stopped: Nothing new begins.
            Failed: The provider refused or failed.
        """
        with self._slots:
            if self._stop.is_set():
                raise Stopped
            self.emit(StepStarted(step))
            began = time.monotonic()
            pending = self.journal.begin(doing, resource) if doing and resource and not self.preview else None
            ended: list[Step] = []
            try:
                yield ended
            except ProviderError as err:
                self.journal.end(pending)
                self.emit(StepFailed(step, time.monotonic() - began))
                self.fail(str(err), step.urn)
                raise Failed from err
            self.journal.end(pending)
            done = ended[0] if ended else step
            self._count(done)
            self.emit(StepDone(done, time.monotonic() - began))

    # --- recording ---------------------------------------------------------------------------------------------------

    def record(self, new: Resource, old: Resource | None) -> None:
        """A resource is done, in place of the old record, if there is one."""
        with self.lock:
            self.done[new.urn] = new
            if old is not None:
                self._became[old] = new
        self.journal.put(new, old)

    def amend(self, new: Resource) -> None:
        """A resource that was done has changed, by its outputs."""
        with self.lock:
            self.done[new.urn] = new
            self.journal.amend(new)
        self.journal.end()

    def swap(self, old: Resource, new: Resource | None) -> None:
        """A record of the old state has changed, or is gone, without being done."""
        with self.lock:
            if new is not None:
                self._became[old] = new
        self.journal.swap(old, new)

    def now(self, old: Resource) -> Resource:
        """What a record of the old state has become by now."""
        while old in self._became:
            old = self._became[old]
        return old

    def stamp(self, resource: Resource, created: str = "") -> Resource:
        """Say when a resource was made and changed."""
        if self.preview:
            return resource
        moment = checkpoint.now()
        return attrs.evolve(resource, created=created or resource.created or moment, modified=moment)
