"""One site's work, from the fleet's side: start its process, wait, and have what came of it.

Rule: a process that was killed says nothing of its site, so the work is done again: a deployment that was cut off goes
on where it was (docs/ownership.md). What a process says itself is what came of it.
"""

import contextlib
import json
import sys
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

import attrs

from wiretik.engine.processes import children
from wiretik.fleet.sites import rendering
from wiretik.fleet.sites.inventory import Fleet
from wiretik.fleet.sites.secrets import Secrets
from wiretik.fleet.values import CHANGING, Operation, Outcome, Site, outcome_of

__all__ = ["Crew", "prepare"]

_WANTED: Final = (
    "grpc._channel",
    "grpc.experimental",
    "pulumi.dynamic",
    "wiretik._ready",
    "wiretik.engine.operation",
    "wiretik.fleet.runs.child",
    "wiretik_provider.dynamic",
    "wiretik_provider.registry",
)
"""What a site's process imports, once for all of them."""
_TRIES: Final = 3


def prepare() -> None:
    """Start the process whose forks the sites' are; it imports beside all that the command still has to do."""
    if sys.platform == "linux":
        children.prepare_apart(_WANTED)


@attrs.define
class Crew:
    """Who does a fleet's work; threads share it.

    Attributes:
        script: What a site's process runs, which ends in `child.main`.
        place: The fleet's own directory beside the state.
        options: Of each deployment: `refresh`, and what else a site's process does (`child.Routers`).
        again: Sites that were begun before and aren't done.
    """

    fleet: Fleet
    secrets: Secrets = attrs.field(repr=False)
    place: Path
    script: Path
    options: Mapping[str, Any] = attrs.field(factory=dict)
    again: Collection[str] = ()
    _running: set[IO[bytes]] = attrs.field(factory=set, repr=False)
    _gone: threading.Event = attrs.field(factory=threading.Event, repr=False)

    def do(
        self,
        operation: Operation,
        site: Site,
        again: Callable[[str], None] = lambda _: None,
        note: Callable[[str], None] = lambda _: None,
    ) -> Outcome:
        """Carry out an operation at one site.

        Args:
            operation: what.
            site: where.
            again: told why, each time that it has to be begun again.
            note: told what it waits for.
        """
        content = rendering.content(self.fleet, site, self.secrets)
        if operation in CHANGING or self.options.get("engine") == "pulumi":
            rendering.write_content(self.fleet, site, content)
        job = self._job(operation, site, content)
        why = ""
        for _ in range(_TRIES):
            if why:
                again(why)
                job["again"] = True
            said, why = self._asked(job, note)
            if said is not None:
                return outcome_of(said)
            if self._gone.is_set():
                break
        return Outcome(site=site.name, verdict="failed", errors=(why,))

    def interrupt(self) -> None:
        """Let what is under way end, as Ctrl-C does it for one deployment."""
        self._gone.set()
        for stream in list(self._running):
            with contextlib.suppress(OSError, ValueError):
                stream.close()

    def _job(self, operation: Operation, site: Site, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "site": site.name,
            "project": self.fleet.project.name,
            "operation": operation,
            "directory": str(self.fleet.project.root),
            "locks": str(self.place / "routers"),
            "addresses": site.addresses,
            "content": content,
            "passphrase": self.secrets.passphrase,
            "shared": attrs.asdict(self.secrets.crypter.shared),
            "without": rendering.unset(site),
            "options": dict(self.options),
            "facts": sorted({link.output for link in self.fleet.links if site.name in link.hubs}),
            "spokes": rendering.spokes_keys(self.fleet, site),
            "again": site.name in self.again,
        }

    def _asked(self, job: Mapping[str, Any], note: Callable[[str], None]) -> tuple[dict[str, Any] | None, str]:
        """What a process says of its site, or why it said nothing."""
        program = self.fleet.project.program
        child = children.start(self.script, cwd=program if program.is_dir() else program.parent)
        stdin, stdout, stderr = child.stdin, child.stdout, child.stderr
        assert stdin is not None and stdout is not None and stderr is not None  # noqa: PT018, S101, for the type checker
        errors: list[str] = []
        reader = threading.Thread(target=_last, args=(stderr, errors), daemon=True)
        reader.start()
        with contextlib.suppress(BrokenPipeError):
            stdin.write(json.dumps(job).encode() + b"\n")
            stdin.flush()  # it stays open: its end says that nobody waits any more
        with self._among(stdin):
            answer = b""
            for answer in stdout:
                if answer.startswith(b'{"note"'):
                    note(str(json.loads(answer)["note"]))
            code = child.wait()
        reader.join()
        for stream in (stdout, stderr):
            stream.close()
        with contextlib.suppress(ValueError):
            if "verdict" in (said := json.loads(answer)):
                return said, ""
        return None, f"its process ended with code {code}" + (f": {errors[-1]}" if errors else " and said nothing")

    @contextlib.contextmanager
    def _among(self, stream: IO[bytes]) -> Iterator[None]:
        self._running.add(stream)
        try:
            if self._gone.is_set():
                stream.close()
            yield
        finally:
            self._running.discard(stream)
            with contextlib.suppress(OSError):
                stream.close()


def _last(stream: IO[bytes], errors: list[str]) -> None:
    for line in stream:
        if text := line.decode(errors="replace").strip():
            errors[:] = [*errors[-20:], text]
