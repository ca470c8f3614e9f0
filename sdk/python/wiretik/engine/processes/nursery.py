"""The nursery: a process in which all is imported that children want, and which forks one whenever it is asked to.

It ends with the process that made it. A child has a keeper for its parent, who can tell its exit code.
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
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from wiretik._process import importing

_HEAD: Final = 8
_ALLOCATIONS: Final = 20_000
"""After how many a collection is worth its time, in processes that live for one operation; Python's own is 700."""


def bring_in(modules: Sequence[str]) -> None:
    """Import modules, to be shared with all processes that are forked from this one."""
    gc.set_threshold(_ALLOCATIONS, 10, 10)
    with importing():
        for name in modules:
            importlib.import_module(name)


def forked() -> socket.socket:
    """Be two: this process, which gets what it can ask by, and a nursery that has imported as much as this one."""
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        ours.close()
        serve(theirs)
    theirs.close()
    return ours


def fresh(modules: Sequence[str]) -> socket.socket:
    """Start a nursery of its own interpreter, and give what it can be asked by."""
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-u", "-P", __file__, str(theirs.fileno()), *modules]
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def send(to: socket.socket, job: Mapping[str, Any], numbers: Sequence[int]) -> None:
    """Ask for a child: what it is to run and where, and its pipes."""
    message = json.dumps(job).encode()
    socket.send_fds(to, [len(message).to_bytes(_HEAD, "big")], numbers)
    to.sendall(message)


def _receive(requests: socket.socket) -> tuple[Mapping[str, Any], Sequence[int]]:
    """The next job and its pipes; ends this process when nobody can ask any more."""
    head, numbers, _, _ = socket.recv_fds(requests, _HEAD, 4)
    if not head:
        os._exit(0)
    size, message = int.from_bytes(head, "big"), b""
    while len(message) < size:
        message += requests.recv(size - len(message))
    return json.loads(message), numbers


def serve(requests: socket.socket) -> NoReturn:
    """Fork a keeper for every request, until nobody can ask any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers need nobody to wait for them
    while True:
        job, numbers = _receive(requests)
        if os.fork() == 0:
            requests.close()  # whoever holds it seems to be somebody who can answer
            _keep(job, numbers)
        for number in numbers:
            os.close(number)


def _keep(job: Mapping[str, Any], numbers: Sequence[int]) -> NoReturn:
    """Fork a child, say its pid, wait for it and say its exit code: only a parent can."""
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
    ours = {"", str(Path(sys.argv[0]).resolve().parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(str(job["cwd"]))
    theirs = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    sys.path[:] = [*theirs, *(place for place in sys.path if place not in ours)]
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


if __name__ == "__main__":
    bring_in(sys.argv[2:])
    serve(socket.socket(fileno=int(sys.argv[1])))
