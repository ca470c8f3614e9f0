"""The program's process: started beside the engine, its prints forwarded, ended with it."""

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

_RUNNER: Final = Path(__file__).with_name("run_program.py")
_GRACE: Final = 3.0
"""How long a program may take to end after the deployment has failed."""


class Program:
    """A running program."""

    def __init__(self, child: "subprocess.Popen[bytes]", readers: list[threading.Thread]) -> None:
        self._child, self._readers = child, readers

    def wait(self, stopped: Callable[[], bool]) -> int:
        """Wait for its end, but not long after the deployment has stopped; returns its exit code."""
        while True:
            try:
                return self._child.wait(_GRACE)
            except subprocess.TimeoutExpired:
                if stopped():
                    self.kill()

    def kill(self) -> None:
        """End it now."""
        self._child.kill()


@contextlib.contextmanager
def run(
    directory: Path,
    settings: Mapping[str, Any],
    config: Mapping[str, str],
    secret_keys: list[str],
    say: Callable[[str], None],
) -> Iterator[Program]:
    """Start a program; leaving the context ends it."""
    job = {"program": str(directory), "settings": dict(settings), "config": dict(config), "secret_keys": secret_keys}
    where = directory if directory.is_dir() else directory.parent
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-u", "-P", str(_RUNNER)],
        cwd=where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    assert child.stdin is not None  # noqa: S101, for the type checker
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(json.dumps(job).encode() + b"\n")
        child.stdin.flush()  # it stays open: its end tells the program that the engine is gone
    reader = threading.Thread(target=_forward, args=(child.stdout, say), daemon=True)
    reader.start()
    try:
        yield Program(child, [reader])
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()
        reader.join()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _forward(stream: Any, say: Callable[[str], None]) -> None:  # noqa: ANN401
    for line in stream:
        say(line.decode(errors="replace").rstrip("\n"))
