"""Child processes: programs and providers, started as fresh interpreters or, on the command line, by forks.

A fresh interpreter spends half a second on importing pulumi and grpc, twice for each operation. So a process that
belongs to the command line alone forks a nursery when everything is imported, nothing is configured and no thread
runs; whenever a child is needed the nursery forks again, and the child runs the same script as a fresh interpreter
would. While it imports, the other processor derives the key of the secrets.
"""

import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Final, Protocol

_HEAD: Final = 8


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


_forks: Sequence[str] | None = None
_nursery: "_Nursery | None" = None


def allow_forks(modules: Sequence[str]) -> None:
    """Say that this process is the command line's own, and which modules the children will want."""
    global _forks  # noqa: PLW0603, there is one command line per process
    _forks = modules


def prepare() -> None:
    """Import what children want and fork the nursery, where that is allowed and safe."""
    global _nursery  # noqa: PLW0603, there is one per process, as there is one process
    if _nursery is None and _may_fork():
        gc.disable()  # modules are not garbage
        for name in _forks or ():
            importlib.import_module(name)
        gc.freeze()  # what is there now stays shared with all children
        gc.enable()
        _nursery = _Nursery()


def _may_fork() -> bool:
    return _forks is not None and sys.platform == "linux" and threading.active_count() == 1


def beside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Do a computation beside everything else; the answer waits for it and gives what it gave.

    It is a thread's, or a fork's as long as the nursery is to come, which no thread may see.
    """
    if _nursery is None and _may_fork():
        return _forked(work)
    pool = ThreadPoolExecutor(1)
    try:
        return pool.submit(work).result
    finally:
        pool.shutdown(wait=False)


def _forked(work: Callable[[], bytes]) -> Callable[[], bytes]:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.write(theirs, work())
        os._exit(0)
    os.close(theirs)
    answers: list[bytes] = []
    lock = threading.Lock()

    def answer() -> bytes:
        with lock:
            if not answers:
                with os.fdopen(ours, "rb") as pipe:
                    answers.append(pipe.read() or work())
                os.waitpid(pid, 0)
            return answers[0]

    return answer


def start(
    script: Path, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None, merge: bool = False
) -> Child:
    """Start a script in a child with pipes to its standard streams; `merge` joins its errors to its output."""
    if _nursery is not None:
        return _nursery.start([str(script), *arguments], cwd, environment or {}, merge=merge)
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-u", "-P", str(script), *arguments],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if merge else subprocess.PIPE,
        start_new_session=True,  # the terminal's Ctrl-C is the engine's; what is under way shall end
    )


class _Nursery:
    """The process that forks children; it ends with the one that made it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        if os.fork() == 0:
            ours.close()
            _serve(theirs)
        theirs.close()
        self._socket = ours
        self._lock = threading.Lock()

    def start(self, argv: Sequence[str], cwd: Path, environment: Mapping[str, str], *, merge: bool) -> Child:
        inside, outside = zip(*(os.pipe() for _ in range(4)), strict=True)
        stdin = (inside[0], outside[0])
        job = {
            "argv": list(argv),
            "cwd": str(cwd),
            "environment": {**os.environ, **environment},
            "merge": merge,
        }
        message = json.dumps(job).encode()
        theirs = [stdin[0], outside[1], outside[2], outside[3]]
        with self._lock:
            socket.send_fds(self._socket, [len(message).to_bytes(_HEAD, "big")], theirs)
            self._socket.sendall(message)
        for number in theirs:
            os.close(number)
        return _Forked(stdin[1], inside[1], inside[2], inside[3])


class _Forked:
    """A child of the nursery; its last pipe tells its pid, and at its end its exit code."""

    def __init__(self, stdin: int, stdout: int, stderr: int, status: int) -> None:
        self.stdin: IO[bytes] | None = os.fdopen(stdin, "wb")
        self.stdout: IO[bytes] | None = os.fdopen(stdout, "rb")
        self.stderr: IO[bytes] | None = os.fdopen(stderr, "rb")
        self._status = os.fdopen(status, "rb")
        self._pid = int(self._status.readline() or b"0")
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


# --- in the nursery --------------------------------------------------------------------------------------------------


def _serve(requests: socket.socket) -> None:
    """Fork a keeper for every request, until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers need nobody to wait for them
    while True:
        head, numbers, _, _ = socket.recv_fds(requests, _HEAD, 4)
        if not head:
            os._exit(0)
        size, message = int.from_bytes(head, "big"), b""
        while len(message) < size:
            message += requests.recv(size - len(message))
        if os.fork() == 0:
            requests.close()
            _keep(json.loads(message), numbers)
        for number in numbers:
            os.close(number)


def _keep(job: Mapping[str, Any], numbers: Sequence[int]) -> None:
    """Fork the child, say its pid, wait for it and say its exit code: only a parent can."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    *streams, status = numbers
    pid = os.fork()
    if pid == 0:
        os.close(status)
        _become(job, streams)
    for number in streams:
        os.close(number)
    os.write(status, b"%d\n" % pid)
    _, ended = os.waitpid(pid, 0)
    with contextlib.suppress(BrokenPipeError):
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(ended))
    os._exit(0)


def _become(job: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Be what a fresh interpreter with `-u -P` would be, and run the script."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stdin, stdout, stderr = streams
    for number, place in ((stdin, 0), (stdout, 1), (stdout if job["merge"] else stderr, 2)):
        os.dup2(number, place)
    for number in streams:
        os.close(number)
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb", closefd=False))
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", buffering=0, closefd=False), write_through=True)
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", buffering=0, closefd=False), write_through=True)
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(str(job["cwd"]))
    here = str(Path(sys.argv[0]).resolve().parent)
    sys.path[:] = [place for place in sys.path if place and place != here]
    sys.argv[:] = list(job["argv"])
    code = 1
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
        code = 0
    except SystemExit as err:
        code = err.code if isinstance(err.code, int) else int(err.code is not None)
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # noqa: BLE001, as an interpreter would
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        os._exit(code)
