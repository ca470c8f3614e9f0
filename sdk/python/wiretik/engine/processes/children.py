"""Child processes: programs and providers, started as fresh interpreters or, on the command line, by forks.

A fresh interpreter spends half a second on importing pulumi and grpc, twice for each operation. So a process that
belongs to the command line alone forks a nursery when what all need is imported, nothing is configured and no thread
runs; whenever a child is needed the nursery forks again, and the child runs the same script as a fresh interpreter
would. A preview of examples/home takes 1.5 times the processor's time without it, and as much longer. The standard
library's forkserver is a fresh interpreter itself, which imports everything a second time. That is right for tests,
which deploy a hundred times in a process that has threads: they have their nursery apart.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol

from wiretik._process import may_fork
from wiretik.engine.errors import ProviderError
from wiretik.engine.processes import nursery


class Child(Protocol):
    """What callers need of a child; `subprocess.Popen` is one."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises `subprocess.TimeoutExpired`."""
        ...

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        ...

    def kill(self) -> None:
        """End it now."""
        ...

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""
        ...


_ours: "_Nursery | None" = None


def prepare(modules: Sequence[str]) -> None:
    """Import what children will want and fork the nursery, where that is safe; for the command line's own process."""
    global _ours  # noqa: PLW0603, there is one per process, as there is one process
    if _ours is None and may_fork():
        nursery.bring_in(modules)
        _ours = _Nursery(nursery.forked(), modules)


def prepare_apart(modules: Sequence[str]) -> None:
    """The same for a process that may have threads, as tests have: one fresh interpreter is the nursery of all.

    Nothing of what the process has imported, configured or patched is in the children.
    """
    global _ours  # noqa: PLW0603, there is one per process, as there is one process
    if _ours is None and sys.platform == "linux":
        _ours = _Nursery(nursery.fresh(modules), modules)


def start(
    script: Path,
    *arguments: str,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    merge: bool = False,
    python: Path | None = None,
) -> Child:
    """Start a script in a child with pipes to its standard streams.

    `merge` joins its errors to its output; `python` is the interpreter, where it isn't this one.
    """
    if _ours is not None and python is None:
        return _ours.start([str(script), *arguments], cwd, environment or {}, merge=merge)
    return subprocess.Popen(  # noqa: S603
        [str(python or sys.executable), "-u", "-P", str(script), *arguments],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merge else subprocess.PIPE,
        start_new_session=True,  # the terminal's Ctrl-C is the engine's; what is under way shall end
    )


class _Nursery:
    """The process that forks children; it ends with the one that made it. If it is killed, another takes its place."""

    def __init__(self, to: socket.socket, modules: Sequence[str]) -> None:
        self._socket, self._modules = to, modules
        self._lock = threading.Lock()

    def start(self, argv: Sequence[str], cwd: Path, environment: Mapping[str, str], *, merge: bool) -> Child:
        job = {
            "argv": list(argv),
            "cwd": str(cwd),
            "environment": {**os.environ, **environment},
            "merge": merge,
        }
        asked = self._socket
        if child := self._ask(job):
            return child
        with self._lock:
            if self._socket is asked:  # a fresh one, since by now this process may have threads
                self._socket = nursery.fresh(self._modules)
        if child := self._ask(job):
            return child
        raise ProviderError("the process that starts programs ended as soon as it was started, twice")

    def _ask(self, job: Mapping[str, Any]) -> "_Forked | None":
        """Ask for a child; None if nobody is there who could fork it."""
        inside, outside = zip(*(os.pipe() for _ in range(4)), strict=True)
        theirs, ours = [inside[0], *outside[1:]], [outside[0], *inside[1:]]
        try:
            with self._lock:
                nursery.send(self._socket, job, theirs)
        except OSError:
            for number in ours:
                os.close(number)
            return None
        finally:
            for number in theirs:
                os.close(number)
        child = _Forked(*ours)
        return child if child.began else None


class _Forked:
    """A child of the nursery; its last pipe tells its pid, and at its end its exit code."""

    def __init__(self, stdin: int, stdout: int, stderr: int, status: int) -> None:
        self.stdin: IO[bytes] | None = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(stdout, "rb")
        self.stderr: IO[bytes] | None = os.fdopen(stderr, "rb")
        self._status = os.fdopen(status, "rb")
        self._pid = int(self._status.readline() or b"0")
        self.began = self._pid > 0
        self._code: int | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        with self._status:
            told = self._status.readline()
        self._code = int(told) if told else -signal.SIGKILL
        self._ended.set()

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired("child", timeout or 0)
        return self._code or 0

    def poll(self) -> int | None:
        return self._code

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int, /) -> None:
        if self._pid and not self._ended.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, number)
