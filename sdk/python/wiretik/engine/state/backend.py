"""The place of the state: a directory laid out as the Pulumi CLI's file backend (pulumi.md 4.4).

`.pulumi/meta.yaml`, `stacks/<project>/<stack>.json` with `.bak`, `history/`, `backups/`, `locks/`. Files only: what
stands in them is `state`'s business. Every file is written beside its place and renamed, so that a process killed at
any moment leaves the old one or the new one.
"""

import contextlib
import functools
import getpass
import gzip
import json
import os
import socket
import time
import urllib.parse
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from wiretik.engine.errors import LockedError, StateError, UnsupportedError
from wiretik.engine.state.checkpoint import Json, check_version, now

_HISTORY_KINDS: Final = {
    "up": "update",
    "preview": "preview",
    "refresh": "refresh",
    "destroy": "destroy",
    "import": "import",
}


@attrs.frozen
class Lock:
    """Who holds a stack."""

    file: Path
    pid: int
    user: str
    host: str
    since: str

    def is_dead(self) -> bool:
        """Whether the holder was a process of this machine that no longer runs."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def __str__(self) -> str:
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
        return sorted({file.name.split(".json")[0] for file in (self._base / "stacks" / project).glob("*.json*")})

    def file(self, project: str, stack: str) -> Path:
        """Where a stack's checkpoint is."""
        return self._base / "stacks" / project / f"{stack}.json"

    def read(self, project: str, stack: str) -> Json | None:
        """A stack's deployment as JSON, or None if the stack doesn't exist; it is empty before the first update.

        Raises:
            StateError: What is there can't be read.
        """
        content = self._content(project, stack)
        if content is None:
            return None
        try:
            checkpoint = json.loads(content)
        except ValueError as err:
            raise StateError(f"{self.file(project, stack)} is no JSON: {err}") from err
        check_version(checkpoint)
        latest: Json = checkpoint["checkpoint"].get("latest") or {}
        return latest

    def _content(self, project: str, stack: str) -> bytes | None:
        file = self.file(project, stack)
        with contextlib.suppress(FileNotFoundError):
            return file.read_bytes()
        with contextlib.suppress(FileNotFoundError):
            return gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes())
        return None

    def prepare(self, project: str, stack: str) -> None:
        """Make the directories, so that a checkpoint can be written."""
        self.file(project, stack).parent.mkdir(parents=True, exist_ok=True)
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
        history = self._base / "history" / project / stack
        write(history / f"{stack}-{stamp}.history.json", [json.dumps(record, indent=4).encode()])
        write(history / f"{stack}-{stamp}.checkpoint.json", [content])
        write(self._base / "backups" / project / stack / f"{stack}.{stamp}.json", [content])

    # --- locks -------------------------------------------------------------------------------------------------------

    def _locks(self, project: str, stack: str) -> Path:
        return self._base / "locks" / "organization" / project / stack

    def locks(self, project: str, stack: str) -> Sequence[Lock]:
        """Who holds the stack now."""
        found = []
        for file in sorted(self._locks(project, stack).glob("*.json")):
            try:
                said = json.loads(file.read_text(encoding="utf-8"))
            except (FileNotFoundError, ValueError):
                said = {}
            found.append(
                Lock(
                    file,
                    said.get("pid", 0),
                    said.get("username", "unknown"),
                    said.get("hostname", "unknown"),
                    said.get("timestamp", "unknown"),
                )
            )
        return found

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
        write(mine, [json.dumps(content).encode()])
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


def write(file: Path, pieces: Sequence[bytes]) -> None:
    """Write a file at once: whoever reads it meets the old or the new content."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        stream = aside.open("wb", buffering=0)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = aside.open("wb", buffering=0)
    with stream:
        stream.write(b"".join(pieces))
    aside.replace(file)


def dumps(value: Any) -> bytes:  # noqa: ANN401
    """JSON as the state has it: compact, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
