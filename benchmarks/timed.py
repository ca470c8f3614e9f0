"""Children of which it is known, when they have ended, what they took."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple


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
