"""The record of a run: `events.jsonl`, a line for each thing that happened. Reports, status and resumption read it.

Rule: it is an audit log. It says who began what, on which commit and which inventory; it is written as things happen,
and nothing in it is a secret.
"""

import contextlib
import getpass
import hashlib
import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import attrs

from wiretik.engine.errors import NoStack, ProjectError
from wiretik.engine.state.files import make_directories, open_private
from wiretik.fleet.sites.inventory import Fleet
from wiretik.fleet.values import Outcome, outcome_of

__all__ = ["Record", "Run", "begin", "clean", "find", "read", "runs"]

_EVENTS: Final = "events.jsonl"


@attrs.frozen(kw_only=True)
class Run:
    """A run, as its record has it.

    Attributes:
        began: What its first line says: who, when, which operation, sites and options.
        outcomes: Of each site the last one.
        begun: How often each site was begun.
        waves: The lines about waves, in order.
        attempt: The last attempt at it.
        ended: What its last line says, empty if it was cut off.
    """

    id: str
    place: Path
    began: Mapping[str, Any]
    outcomes: Mapping[str, Outcome]
    begun: Mapping[str, int]
    waves: Sequence[Mapping[str, Any]] = ()
    attempt: str = ""
    ended: Mapping[str, Any] = attrs.field(factory=dict)

    @property
    def sites(self) -> list[str]:
        """All that were chosen."""
        return list(self.began.get("sites") or ())

    @property
    def well(self) -> dict[str, Outcome]:
        """What came of the sites that are done."""
        return {name: one for name, one in self.outcomes.items() if one.verdict == "ok"}

    @property
    def untouched(self) -> list[str]:
        """Sites that were never begun."""
        return [name for name in self.sites if name not in self.begun]


class Record:
    """Writes a run's lines; threads share it."""

    def __init__(self, place: Path, *listeners: Callable[[Mapping[str, Any]], None]) -> None:
        make_directories(place)
        self.place = place
        self._listeners = listeners
        self._lock = threading.Lock()
        self._number = open_private(place / _EVENTS, os.O_APPEND)

    def __call__(self, event: str, **said: object) -> None:
        """Write one line."""
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **said}
        with self._lock:
            os.write(self._number, json.dumps(line, ensure_ascii=False).encode() + b"\n")
            for listener in self._listeners:
                listener(line)

    def close(self) -> None:
        """End it."""
        os.close(self._number)


def place_of(fleet: Fleet, backend: Path) -> Path:
    """The fleet's directory, beside its state."""
    return backend / "fleet" / fleet.project.name


def begin(place: Path, operation: str, now: datetime) -> str:
    """A name for a run that there isn't yet, by the time of day."""
    stem = f"{now:%Y%m%d-%H%M%S}-{operation}"
    for number in range(1, 1000):
        name = stem if number == 1 else f"{stem}-{number}"
        make_directories(place / "runs")
        with contextlib.suppress(FileExistsError):
            (place / "runs" / name).mkdir(0o700)
            return name
    raise ProjectError(f"{place}: a thousand runs began in this second")


def runs(place: Path) -> list[str]:
    """All runs, the oldest first."""
    return sorted(file.parent.name for file in (place / "runs").glob(f"*/{_EVENTS}"))


def find(place: Path, name: str, operations: Sequence[str] = ()) -> Run:
    """A run by its name, or the `last` one.

    Raises:
        NoStack: there is none.
    """
    known = runs(place)
    if name == "last":
        fitting = [each for each in known if not operations or any(f"-{operation}" in each for operation in operations)]
        if not fitting:
            raise NoStack(f"no run in {place / 'runs'}")
        name = fitting[-1]
    if name not in known:
        raise NoStack(f"no run {name!r} in {place / 'runs'}" + (f"; the last is {known[-1]}" if known else ""))
    return read(place, name)


def read(place: Path, name: str) -> Run:
    """A run's record; a line that was cut off by a kill says nothing."""
    began: dict[str, Any] = {}
    ended: dict[str, Any] = {}
    waves: list[Mapping[str, Any]] = []
    outcomes: dict[str, Outcome] = {}
    begun: dict[str, int] = {}
    attempt = name
    for line in _lines(place / "runs" / name / _EVENTS):
        match line.get("event"):
            case "began":
                began, attempt = began or line, name
            case "resumed":
                attempt = str(line.get("attempt") or attempt)
                if ended:  # what wasn't well is done again
                    outcomes = {site: one for site, one in outcomes.items() if one.verdict == "ok"}
                ended = {}
            case "wave":
                waves.append(line)
            case "site-began":
                begun[line["site"]] = begun.get(line["site"], 0) + 1
            case "site":
                outcomes[line["site"]] = outcome_of(line)
            case "ended":
                ended = line
    return Run(
        id=name,
        place=place / "runs" / name,
        began=began,
        outcomes=outcomes,
        begun=begun,
        waves=tuple(waves),
        attempt=attempt,
        ended=ended,
    )


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for text in file.read_bytes().splitlines():
        with contextlib.suppress(ValueError):
            line = json.loads(text)
            if isinstance(line, dict):
                yield line


def clean(place: Path, keep: int) -> list[str]:
    """Remove the oldest runs but for so many, and say which."""
    old = runs(place)[:-keep] if keep > 0 else []
    for name in old:
        shutil.rmtree(place / "runs" / name, ignore_errors=True)
    return old


def context(fleet: Fleet) -> dict[str, Any]:
    """Who runs it, where, on which commit and which inventory."""
    return {
        "who": f"{getpass.getuser()}@{socket.gethostname()}",
        "pid": os.getpid(),
        "commit": _commit(fleet.project.root),
        "inventory": hashlib.sha256(fleet.file.read_bytes()).hexdigest(),
        "project": fleet.project.name,
    }


def _commit(directory: Path) -> str:
    """The program's commit, with a + where files differ from it; empty where git doesn't know."""
    git = shutil.which("git")
    if git is None:
        return ""
    said = subprocess.run(  # noqa: S603, git itself
        [git, "-C", str(directory), "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"],
        capture_output=True,
        check=False,
    )
    return said.stdout.decode(errors="replace").strip() if said.returncode == 0 else ""
