"""A file that is written again and again, each time at once, at the price of what has changed.

Writing a whole state after every step costs the square of its size over a run. So two inodes take turns: one is the
file, the other, without a public name, still holds the version before; only its bytes after the first difference are
written, then it takes the file's place by a rename. A process killed at any moment leaves a whole version; after a
power cut, the last one that `write` returned from is there.

A reader may still have the replaced inode open. Linux tells: a write lease is granted only on a file that nobody else
has open (fcntl(2), F_SETLEASE), and a file without a public name can't be opened anew. Without that proof the next
version gets a fresh file.
"""

import contextlib
import fcntl
import os
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from wiretik.engine.state.files import open_private, sync, sync_directory


@attrs.define
class _Copy:
    """One inode and the pieces that stand in it."""

    number: int
    pieces: Sequence[bytes]


class Rewriter:
    """Writes the versions of one file; pieces are compared by identity, so callers keep those that stay."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._asides = [file.with_name(f".{file.name}.{os.getpid()}.{i}") for i in (0, 1)]
        self._live: _Copy | None = None
        self._spare: _Copy | None = None
        self._turn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, pieces: Sequence[bytes]) -> None:
        """Make this the file's content."""
        aside, other = self._asides[self._turn], self._asides[1 - self._turn]
        copy = self._spare if self._spare and _is_ours_alone(self._spare.number) else self._fresh(aside)
        if self._spare is not None and copy is not self._spare:
            os.close(self._spare.number)
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(copy.pieces, pieces, strict=False)))
        offset = sum(map(len, pieces[:kept]))
        changed = b"".join(pieces[kept:])
        _write_all(copy.number, changed, offset)
        os.ftruncate(copy.number, offset + len(changed))
        sync(copy.number)
        self._spare = self._keep_live(other)
        aside.replace(self._file)
        sync_directory(self._file.parent)
        self._live, self._turn = attrs.evolve(copy, pieces=pieces), 1 - self._turn

    def close(self) -> None:
        """Remove what isn't the file."""
        for copy in (self._live, self._spare):
            if copy is not None:
                os.close(copy.number)
        self._live = self._spare = None
        for aside in self._asides:
            aside.unlink(missing_ok=True)

    def _fresh(self, aside: Path) -> _Copy:
        aside.unlink(missing_ok=True)
        return _Copy(open_private(aside, os.O_EXCL), ())

    def _keep_live(self, other: Path) -> _Copy | None:
        """Give the present version a name under which it outlives its replacement."""
        if self._live is None:
            return None
        other.unlink(missing_ok=True)
        try:
            os.link(self._file, other)
        except OSError:  # a file system without links: every version is a fresh file
            os.close(self._live.number)
            return None
        return self._live


def _is_ours_alone(number: int) -> bool:
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    with contextlib.suppress(OSError):
        fcntl.fcntl(number, lease, fcntl.F_WRLCK)
        fcntl.fcntl(number, lease, fcntl.F_UNLCK)
        return True
    return False


def _write_all(number: int, content: bytes, offset: int) -> None:
    rest = memoryview(content)
    while rest:
        written = os.pwrite(number, rest, offset)
        rest, offset = rest[written:], offset + written
