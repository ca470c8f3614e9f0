"""Children of which it is known, when they have ended, what they took."""

import compileall
import contextlib
import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_PR_SET_CHILD_SUBREAPER: Final = 36
"""Linux: children of our children that lose their parent become ours (prctl(2))."""


class Spent(NamedTuple):
    """What a child took: seconds of the processor, and the most memory that it had, in kB."""

    name: str
    processor: float
    memory: int


class Timed(subprocess.Popen[bytes]):
    """A child that notes itself in `ended`: `program` for `run_program.py`, `other` for what has no such name."""

    ended: list[Spent] = []  # noqa: RUF012

    def _try_wait(self, flags: int) -> tuple[int, int]:
        pid, status, usage = os.wait4(self.pid, flags)
        if pid:
            words = [str(word) for word in self.args] if isinstance(self.args, list) else []
            name = next((Path(word).stem.removeprefix("run_") for word in words if "run_" in word), "other")
            Timed.ended.append(Spent(name, usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
        return pid, status


def compiled() -> None:
    """Have bytecode of Wiretik, as whoever installs it has: without it an interpreter compiles each module it imports.

    An editable checkout has none of what was changed since, where PYTHONDONTWRITEBYTECODE is set.
    """
    root = Path(__file__).resolve().parent.parent
    for folder in ("provider", "sdk"):
        compileall.compile_dir(root / folder, quiet=1)


class Took(NamedTuple):
    """What a whole command took: seconds of the clock, and of the processor with all that it started."""

    wall: float
    processor: float


def took(words: Sequence[str], directory: Path, environment: Mapping[str, str], limit: float = 300) -> Took:
    """Run a command and tell what it took, its children's children too, but for those for whom nobody waits.

    A program ends with what the command printed if it fails.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, began = _used(), time.perf_counter()
    done = subprocess.run(
        words, cwd=directory, env=environment, capture_output=True, text=True, check=False, timeout=limit
    )
    wall = time.perf_counter() - began
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, 0):
            pass
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {(done.stdout + done.stderr)[-4000:]}")
    return Took(wall, _used() - before)


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
