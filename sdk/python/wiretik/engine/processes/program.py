"""The program: in a process of its own, or, for tests, in this one.

Both are contexts that give a `Running`: start it, wait for its end, and don't wait long once the deployment has
stopped.
"""

import contextlib
import contextvars
import json
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from wiretik.engine.processes import children, run_program

_RUNNER: Final = Path(run_program.__file__)
_GRACE: Final = 3.0
"""How long a program may take to end after the deployment has failed."""

Job: TypeAlias = Mapping[str, Any]
Say: TypeAlias = Callable[[str], None]


class Running(Protocol):
    """A program that was started."""

    def __call__(self, stopped: Callable[[], bool]) -> int:
        """Wait for its end; returns its exit code."""
        ...


class Runner(Protocol):
    """Starts a program; leaving the context ends it."""

    def __call__(self, job: Job, say: Say) -> contextlib.AbstractContextManager[Running]:
        """Start the job's program, and say what it prints."""
        ...


@contextlib.contextmanager
def process(job: Job, say: Say, python: Path | None = None) -> Iterator[Running]:
    """Run the program in a process of its own, perhaps of another Python."""
    program = Path(job["program"])
    child = children.start(_RUNNER, cwd=program if program.is_dir() else program.parent, merge=True, python=python)
    assert child.stdin is not None  # noqa: S101, for the type checker
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(json.dumps(dict(job)).encode() + b"\n")
        child.stdin.flush()  # it stays open: its end tells the program that the engine is gone
    reader = threading.Thread(target=_forward, args=(child.stdout, say), daemon=True)
    reader.start()

    def wait(stopped: Callable[[], bool]) -> int:
        while True:
            try:
                return child.wait(_GRACE)
            except subprocess.TimeoutExpired:
                if stopped():
                    child.kill()

    try:
        yield wait
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        reader.join()
        for stream in (child.stdin, child.stdout, child.stderr):
            if stream is not None:
                stream.close()


def _forward(stream: Iterable[bytes], say: Say) -> None:
    for line in stream:
        say(line.decode(errors="replace").rstrip("\n"))


def inline(function: Callable[[], object] | None = None) -> Runner:
    """Run programs in this process: the job's file, or a function. For tests, where an interpreter costs too much.

    Modules stay loaded, the current directory is the caller's, and prints go where the caller's go.
    """

    @contextlib.contextmanager
    def start(job: Job, say: Say) -> Iterator[Running]:  # noqa: ARG001
        codes: list[int] = []

        def work() -> None:
            codes.append(run_program.run(dict(job), function))

        # The SDK keeps a program's settings in context variables: an empty context is a fresh runtime.
        thread = threading.Thread(target=contextvars.Context().run, args=(work,), daemon=True)
        thread.start()

        def wait(stopped: Callable[[], bool]) -> int:
            while thread.is_alive():
                thread.join(_GRACE)
                if thread.is_alive() and stopped():
                    return 1
            return codes[0] if codes else 1

        yield wait

    return start
