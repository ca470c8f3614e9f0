"""Files that hold a state: nobody else reads them, and their content outlives a power cut.

Rule: each is written beside its place and renamed, so that whoever reads it meets the old or the new content. When
`write` returns, the disk has the content, the name and the directories that had to be made for it; a lock alone is not
waited for, since no process holds one over a power cut. Modes are set, not asked for: a umask takes bits away from what
is asked for, and a careless one takes none.
"""

import contextlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

__all__ = ["aside_of", "make_directories", "open_private", "sync", "sync_directory", "write"]

_FILE: Final = 0o600
_DIRECTORY: Final = 0o700

_AT_ONCE: Final = 1000
"""Pieces that the system takes at once: 1024 with Linux and macOS (IOV_MAX of limits.h)."""

sync = getattr(os, "fdatasync", os.fsync)
"""Have an open file's content on the disk; macOS has no `fdatasync`."""


def make_directories(directory: Path) -> None:
    """Make a directory and those above it that aren't there yet, on the disk too; those that are stay as they are."""
    missing = []
    while not directory.is_dir():
        missing.append(directory)
        directory = directory.parent
    for each in reversed(missing):
        with contextlib.suppress(FileExistsError):  # somebody else was first
            each.mkdir(_DIRECTORY)
            each.chmod(_DIRECTORY)
        sync_directory(each.parent)


def open_private(file: Path, flags: int = 0) -> int:
    """Open a new file for reading and writing that its owner alone may touch."""
    number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | flags, _FILE)
    os.fchmod(number, _FILE)
    return number


def sync_directory(directory: Path) -> None:
    """Have on the disk which files a directory holds."""
    number = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # not every file system can
            os.fsync(number)
    finally:
        os.close(number)


def aside_of(file: Path) -> Path:
    """Where a file is written before it is renamed: threads of one process may write the same one at once."""
    return file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}")


def _write_all(number: int, pieces: Sequence[bytes]) -> None:
    """Write pieces as they are: put together they would be the whole state once more, for each write."""
    written = os.writev(number, pieces)
    if written < sum(map(len, pieces)):  # the system may take a part of them
        rest = memoryview(b"".join(pieces))[written:]
        while rest:
            rest = rest[os.write(number, rest) :]


def write(file: Path, pieces: Sequence[bytes], *, durable: bool = True) -> None:
    """Write a file at once.

    Args:
        file: Its place.
        pieces: Its content.
        durable: Return only when the disk has it.
    """
    make_directories(file.parent)
    aside = aside_of(file)
    number = open_private(aside, os.O_TRUNC)
    try:
        for at in range(0, len(pieces), _AT_ONCE):
            _write_all(number, pieces[at : at + _AT_ONCE])
        if durable:
            sync(number)
    finally:
        os.close(number)
    aside.replace(file)
    if durable:
        sync_directory(file.parent)
