"""The place of the state: a directory laid out as the Pulumi CLI's file backend (docs/facts/pulumi.md#the-state).

`.pulumi/meta.yaml`, `stacks/<project>/<stack>.json` with `.bak`, `history/`, `backups/`, `locks/`. Files only: what
stands in them is `state`'s business, how they are written that of `files`: a process killed at any moment leaves
the old one or the new one.

Rule: what is here was not necessarily written by us. A file that is no state, or no lock, is one line with the cure.
"""

import contextlib
import functools
import getpass
import glob
import gzip
import json
import os
import re
import socket
import time
import urllib.parse
import uuid
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from wiretik.engine.errors import BackendError, LockedError, NoStateError, StateError, UnsupportedError
from wiretik.engine.state.checkpoint import Json, deployment_of, now
from wiretik.engine.state.files import make_directories, write

_HISTORY_KINDS: Final = {
    "up": "update",
    "preview": "preview",
    "refresh": "refresh",
    "destroy": "destroy",
    "import": "import",
}


_STACK: Final = (".json", ".json.gz")
"""How the names of checkpoints end; a `.bak` is none, nor what a killed run was about to write."""
_UNREADABLE: Final = (NoStateError, OSError, EOFError, ValueError, RecursionError, zlib.error)


def process_is_dead(host: str, pid: int) -> bool:
    """Whether a process of this machine no longer runs; of another machine's, and of none (0), nobody knows that."""
    if host != socket.gethostname() or not pid:
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):  # no process has such a number
        return True
    except PermissionError:
        return False
    return False


@attrs.frozen
class Lock:
    """Who holds a stack; of a file that is no lock nothing is known, and the pid is 0."""

    file: Path
    pid: int = 0
    user: str = "unknown"
    host: str = "unknown"
    since: str = "unknown"

    @classmethod
    def read(cls, file: Path) -> "Lock":
        """A lock as its file says it; files may be cut off, or anything."""
        try:
            said = json.loads(file.read_bytes())
        except _UNREADABLE:
            return cls(file)
        if not isinstance(said, dict):
            return cls(file)
        pid = said.get("pid")
        words = (said.get(name) for name in ("username", "hostname", "timestamp"))
        return cls(
            file,
            pid if isinstance(pid, int) and not isinstance(pid, bool) and pid > 0 else 0,
            *(word if isinstance(word, str) else "unknown" for word in words),
        )

    def is_dead(self) -> bool:
        """Whether the holder was a process of this machine that no longer runs."""
        return process_is_dead(self.host, self.pid)

    def __str__(self) -> str:
        if not self.pid:
            return f"whoever wrote {self.file}, which is no whole lock file"
        ended = " which has ended" if self.is_dead() else ""
        return f"{self.user}@{self.host} (pid {self.pid}{ended}) since {self.since}"


class Backend:
    """The stacks in one directory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._base = root / ".pulumi"

    @classmethod
    def at(cls, url: str, default: Path) -> "Backend":
        """Open the backend that a URL names, or the default directory for an empty one.

        Raises:
            UnsupportedError: The URL is no `file://` one.
        """
        if not url:
            return cls(default)
        scheme, _, path = url.partition("://")
        if scheme != "file" or not path:
            raise UnsupportedError(f"backend {url!r}: the embedded engine keeps state in file:// backends only")
        return cls(Path(urllib.parse.unquote(path.split("?")[0])).expanduser().resolve())

    # --- stacks ------------------------------------------------------------------------------------------------------

    def stacks(self, project: str) -> list[str]:
        """The names of a project's stacks."""
        files = (self._base / "stacks" / project).glob("*.json*")
        found = ((file.name, ending) for file in files for ending in _STACK if file.name.endswith(ending))
        return sorted({name.removesuffix(ending) for name, ending in found if not name.startswith(".")})

    def file(self, project: str, stack: str) -> Path:
        """Where a stack's checkpoint is."""
        return self._base / "stacks" / project / f"{stack}.json"

    def read(self, project: str, stack: str) -> Json | None:
        """A stack's deployment as JSON, or None if the stack doesn't exist; it is empty before the first update.

        Raises:
            StateError: What is there can't be read.
        """
        content = None
        try:
            content = self._content(project, stack)
            return None if content is None else _latest(content)
        except (PermissionError, NotADirectoryError) as err:
            raise BackendError(f"the state can't be read: {err.filename}: {err.strerror}") from err
        except _UNREADABLE as err:
            raise StateError(f"{self._said(content, project, stack)}; {self.cure(project, stack)}") from err

    def cure(self, project: str, stack: str) -> str:
        """What to do about a state that can't be used, in half a sentence: the newest copy that can be."""
        file = self.file(project, stack)
        kept = (file.with_name(f"{file.name}{ending}") for ending in (".bak", ".gz.bak"))
        older = sorted((self._base / "backups" / project / stack).glob(f"{stack}.*.json*"), reverse=True)
        for copy in (*kept, *older):
            with contextlib.suppress(StateError, *_UNREADABLE):
                _latest(_unpacked(copy))
                return (
                    f"the newest whole copy is {copy}: `cp {copy} {file}` restores it, and the next `up` finds "
                    "newer rows by their tags"
                )
        return f"there is no whole copy beside it: restore {file} from a backup of yours"

    def _said(self, content: bytes | None, project: str, stack: str) -> str:
        """Which file is no state, and why as far as it shows."""
        file = self.file(project, stack)
        if content is None:
            return f"{file} can't be unpacked"
        if not content.strip(b"\0 \r\n\t"):
            return f"{file} is empty, as after a full disk or a power cut"
        return f"{file} is no state: it was cut off or is something else"

    def _content(self, project: str, stack: str) -> bytes | None:
        file = self.file(project, stack)
        for place in (file, file.with_name(f"{file.name}.gz")):
            with contextlib.suppress(FileNotFoundError):
                return _unpacked(place)
        return None

    def prepare(self, project: str, stack: str) -> None:
        """Make the directories, so that a checkpoint can be written."""
        make_directories(self.file(project, stack).parent)
        meta = self._base / "meta.yaml"
        if not meta.exists():
            write(meta, [b"version: 1\n"])

    def create(self, project: str, stack: str) -> None:
        """Make an empty stack, as `pulumi stack init` does."""
        self.prepare(project, stack)
        write(self.file(project, stack), checkpoint(project, stack, []))

    def keep_old(self, project: str, stack: str) -> None:
        """Keep the checkpoint before an update as `.bak`."""
        file = self.file(project, stack)
        if file.exists():
            write(file.with_name(f"{file.name}.bak"), [file.read_bytes()])
        for stale in (f"{file.name}.attrs", f"{file.name}.bak.attrs"):
            file.with_name(stale).unlink(missing_ok=True)  # the CLI's own digests of files that have changed
        for aside in file.parent.glob(f".{file.name}.*"):
            aside.unlink(missing_ok=True)  # what a killed run was about to write

    def finish(self, project: str, stack: str, record: Json) -> None:
        """Add an update to the history, with a copy of the checkpoint there and among the backups.

        A program may have failed before there was anything to write: then the stack is a new and empty one.
        """
        content = self._content(project, stack) or b"".join(checkpoint(project, stack, []))
        stamp = time.time_ns()
        history = self.history(project, stack)
        write(history / f"{stack}-{stamp}.history.json", [json.dumps(record, indent=4).encode()])
        write(history / f"{stack}-{stamp}.checkpoint.json", [content])
        write(self._base / "backups" / project / stack / f"{stack}.{stamp}.json", [content])

    def history(self, project: str, stack: str) -> Path:
        """Where a stack's history is, with what shall be kept as long."""
        return self._base / "history" / project / stack

    def thin(self, project: str, stack: str, keep: int) -> int:
        """Remove what the history and the backups have of all updates but the last ones; how many files went.

        Args:
            project: whose.
            stack: whose.
            keep: how many updates are kept.
        """
        history = self.history(project, stack)
        stamps = sorted(filter(None, map(_stamp, history.glob(f"{glob.escape(stack)}-*.history.json"))))[:-keep]
        if not stamps:
            return 0
        old = [
            file
            for place in (history, self._base / "backups" / project / stack)
            for file in place.glob(f"{glob.escape(stack)}[-.]*")
            if 0 < _stamp(file) <= stamps[-1]
        ]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    # --- locks -------------------------------------------------------------------------------------------------------

    def _locks(self, project: str, stack: str) -> Path:
        return self._base / "locks" / "organization" / project / stack

    def locks(self, project: str, stack: str) -> Sequence[Lock]:
        """Who holds the stack now."""
        return [Lock.read(file) for file in sorted(self._locks(project, stack).glob("*.json"))]

    @contextlib.contextmanager
    def locked(self, project: str, stack: str) -> Iterator[None]:
        """Hold the stack's lock.

        Raises:
            LockedError: Somebody else holds it.
        """
        mine = self._locks(project, stack) / f"{uuid.uuid4()}.json"
        self._refuse_locked(project, stack, mine)
        content = {
            "pid": os.getpid(),
            "username": getpass.getuser(),
            "hostname": socket.gethostname(),
            "timestamp": now(),
        }
        write(mine, [json.dumps(content).encode()], durable=False)  # nobody holds a lock over a power cut
        try:
            # Looked at again, since two may have come at once; both then step back, as in the CLI.
            self._refuse_locked(project, stack, mine)
            yield
        finally:
            mine.unlink(missing_ok=True)

    def _refuse_locked(self, project: str, stack: str, mine: Path) -> None:
        others = [lock for lock in self.locks(project, stack) if lock.file != mine]
        dead = [lock for lock in others if lock.is_dead()]
        for lock in dead:  # a run that was killed has left it; what was under way stands in the state
            lock.file.unlink(missing_ok=True)
        alive = [lock for lock in others if lock not in dead]
        if alive:
            holders = "; ".join(map(str, alive))
            raise LockedError(
                f"stack {stack!r} is locked by {holders}; wait for it, or remove the lock with `wiretik cancel` if it "
                "is gone"
            )

    def cancel(self, project: str, stack: str) -> Sequence[Lock]:
        """Remove all locks of a stack, and say which these were."""
        removed = self.locks(project, stack)
        for lock in removed:
            lock.file.unlink(missing_ok=True)
            lock.file.with_name(f"{lock.file.name}.attrs").unlink(missing_ok=True)
        return removed


def _stamp(file: Path) -> int:
    """When a file of the history or a backup was written, in the nanoseconds of its name; 0 where that says nothing."""
    found = re.match(r"[-.](\d{15,})\.", file.name[len(file.parent.name) :])
    return int(found[1]) if found else 0


def history_record(operation: str, *, started: float, config: Json, result: str, changes: dict[str, int]) -> Json:
    """One entry of the history, as `pulumi stack history` reads it."""
    return {
        "kind": _HISTORY_KINDS[operation],
        "startTime": int(started),
        "message": "",
        "environment": {"exec.kind": "wiretik"},
        "config": config,
        "version": 0,
        "result": result,
        "endTime": int(time.time()),
        "resourceChanges": changes,
    }


@functools.cache
def _head(project: str, stack: str) -> bytes:
    return b'{"version":3,"checkpoint":{"stack":' + json.dumps(f"organization/{project}/{stack}").encode()


def checkpoint(project: str, stack: str, latest: Sequence[bytes]) -> list[bytes]:
    """The pieces of a checkpoint file around the pieces of its deployment."""
    head = _head(project, stack)
    return [head, b',"latest":', *latest, b"}}"] if latest else [head, b"}}"]


def _unpacked(file: Path) -> bytes:
    content = file.read_bytes()
    return gzip.decompress(content) if ".json.gz" in file.name else content


def _latest(content: bytes) -> Json:
    """The deployment in a checkpoint; empty before a stack's first update.

    Raises:
        StateError: It is of another version.
        NoStateError: It is no checkpoint.
    """
    return deployment_of(json.loads(content.decode("utf-8-sig")))


def dumps(value: object) -> bytes:
    """JSON as the state has it: compact, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
