"""The process of one site: it deploys one stack, writes what came of it as a line of JSON, and ends.

It is a fork of a nursery that has imported all that a program wants, or a fresh interpreter. Program and provider run
in it as threads: nobody else is in this process, so neither their modules nor their environment are anybody else's.
Its job is a line of JSON on standard input, which nobody else can read; at the end of that input whoever asked is gone:
then what is under way ends, and no more is begun, as with Ctrl-C.

Rule: what it writes is a record. It holds no secret, and nothing of what the program printed.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from wiretik.engine.crypto import Shared
from wiretik.engine.errors import EngineError, NoStack
from wiretik.engine.processes import program, provider
from wiretik.engine.project import load_project
from wiretik.engine.result import NO_CHANGE, Result
from wiretik.engine.stack import Stack
from wiretik.engine.values import has_secret, has_unknown
from wiretik.fleet.values import CHANGING, Outcome

__all__ = ["main"]

_CONNECT: Final = 10.0
"""How long a router may take to answer at all, in seconds; the provider's own connections have `wiretik:timeout`."""


def main() -> int:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_interrupt_at_the_end, daemon=True).start()
    told = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what the program prints
    for name in job["without"]:
        os.environ.pop(name, None)
    began, clock = datetime.now(UTC), time.monotonic()
    outcome = _done(job)
    used = resource.getrusage(resource.RUSAGE_SELF)
    said = {
        **outcome.as_json(),
        "begun": began.isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - clock, 3),
        "cpu": round(used.ru_utime + used.ru_stime, 3),
        "memory": used.ru_maxrss,
    }
    with os.fdopen(told, "wb") as stream:
        stream.write(json.dumps(said).encode() + b"\n")
    return 0


def _interrupt_at_the_end() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def _done(job: Mapping[str, Any]) -> Outcome:
    site, operation = job["site"], job["operation"]
    if why := _unreachable(job["addresses"]):
        return Outcome(site=site, verdict="unreachable", errors=(why,))
    try:
        with _alone_on(job["addresses"], Path(job["locks"])) if operation in CHANGING else contextlib.nullcontext():
            return _outcome(site, _deployed(job), drift=operation == "drift")
    except EngineError as error:
        if operation == "destroy" and isinstance(error, NoStack):
            return Outcome(site=site, verdict="ok")  # what was never there is gone
        return Outcome(site=site, verdict="failed", errors=error.lines)
    except OSError as error:
        return Outcome(site=site, verdict="failed", errors=(f"{error.filename or 'a file'}: {error.strerror}",))
    except KeyboardInterrupt:
        return Outcome(site=site, verdict="failed", errors=("interrupted before anything was done",))


def _unreachable(addresses: Sequence[Sequence[Any]]) -> str:
    """Why a router doesn't answer, empty if all do: told apart from what goes wrong on a router."""
    for host, port in addresses:
        try:
            socket.create_connection((host, port), _CONNECT).close()
        except OSError as error:
            return f"no connection to {host}:{port}: {error.strerror or error}"
    return ""


@contextlib.contextmanager
def _alone_on(addresses: Sequence[Sequence[Any]], place: Path) -> Iterator[None]:
    """Wait until no other site's deployment is at work on these routers; a process that ends lets them go."""
    place.mkdir(0o700, parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        for host, port in sorted(map(tuple, addresses)):
            name = hashlib.sha256(f"{host}:{port}".encode()).hexdigest()[:16]
            number = os.open(place / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            held.callback(os.close, number)
            fcntl.flock(number, fcntl.LOCK_EX)
        yield


def _deployed(job: Mapping[str, Any]) -> Result:
    shared = Shared(**job["shared"]) if job["shared"] else None
    here: dict[str, Any] = {"host": provider.in_process, "runner": program.inline()}
    if load_project(Path(job["directory"])).python is not None:
        here = {}  # the program's virtualenv is another than this process's
    stack = Stack(
        job["directory"],
        job["site"],
        passphrase=job["passphrase"],
        content=job["content"],
        shared=shared,
        **here,
    )
    options = job["options"]
    match job["operation"]:
        case "up":
            return stack.up(**options)
        case "destroy":
            return stack.destroy(**options)
        case "drift":
            return stack.refresh(preview=True, **options)
        case _:
            return stack.preview(**options)


def _outcome(site: str, result: Result, *, drift: bool) -> Outcome:
    """A result as a record."""
    steps = []
    changes: dict[str, int] = {}
    for step in result.steps:
        op = (step.found or "same") if drift else step.op
        if op in NO_CHANGE:
            continue
        changes[op] = changes.get(op, 0) + 1
        kind = step.type.rpartition(":")[2]
        steps.append((op, kind, step.name, tuple(sorted({change.key for change in step.changes}))))
    texts: dict[str, list[str]] = {"error": [], "warning": []}
    for one in result.diagnostics:
        if one.severity in texts:
            about = f"{one.urn.rpartition('::')[2]}: " if one.urn else ""
            texts[one.severity].append(f"{about}{' '.join(one.message.split())}")
    return Outcome(
        site=site,
        verdict="ok" if result.ok else "failed",
        changes=changes,
        steps=tuple(steps),
        errors=tuple(texts["error"]) or (() if result.ok else ("it failed, and nobody said why",)),
        warnings=tuple(texts["warning"]),
        outputs={
            name: value for name, value in result.outputs.items() if not (has_secret(value) or has_unknown(value))
        },
    )


if __name__ == "__main__":
    sys.exit(main())
