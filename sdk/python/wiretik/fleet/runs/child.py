"""The process of one site: it deploys one stack, writes what came of it as a line of JSON, and ends.

Lines before that one are notes: what it waits for. What it has to know of routers beside their deployment (a guard that
is to be confirmed, tunnels that are to live) its caller knows: `Routers`.

It is a fork of a nursery that has imported all that a program wants, or a fresh interpreter. Program and provider run
in it as threads: nobody else is in this process, so neither their modules nor their environment are anybody else's.
Its job is a line of JSON on standard input, which nobody else can read; at the end of that input whoever asked is gone:
then what is under way ends, and no more is begun, as with Ctrl-C.

Rule: what it writes is a record. It holds no secret, and nothing of what the program printed.
"""

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

import attrs

from wiretik.engine.crypto import Shared
from wiretik.engine.errors import EngineError, NoStack
from wiretik.engine.processes import program, provider
from wiretik.engine.project import load_project
from wiretik.engine.result import NO_CHANGE, Result
from wiretik.engine.stack import Stack
from wiretik.engine.values import has_secret, has_unknown
from wiretik.fleet.runs import by_pulumi
from wiretik.fleet.sites.links import exported
from wiretik.fleet.values import CHANGING, Outcome

__all__ = ["Job", "Routers", "main"]

Job: TypeAlias = Mapping[str, Any]
Say: TypeAlias = Callable[[str], None]

_CONNECT: Final = 10.0
"""How long a router may take to answer at all, in seconds; the provider's own connections have `wiretik:timeout`."""


class Routers(Protocol):
    """What a site's process asks of its routers beside the deployment."""

    def watched(
        self, job: Job, config: Mapping[str, str], say: Say
    ) -> contextlib.AbstractContextManager["Watched | None"]:
        """Look at them before a deployment; gives what judges them after it, None where nobody has to.

        Args:
            job: the site's.
            config: its stack's, secrets in clear.
            say: notes what it waits for.
        """
        ...

    def observed(self, job: Job, config: Mapping[str, str]) -> Mapping[str, Any]:
        """What is counted on them when drift is looked for."""
        ...


class Watched(Protocol):
    """A deployment that is watched."""

    refresh: bool
    """Whether the state has to learn first what the routers have undone."""

    def judged(self, *, well: bool, changed: bool, moved: bool) -> tuple[str, ...]:
        """What is wrong after the deployment; it waits for what it wants to see.

        Args:
            well: it succeeded.
            changed: it did anything.
            moved: its facts, which others are given, are other ones than before.
        """
        ...


def main(routers: Routers | None = None) -> int:
    """Do the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_interrupt_at_the_end, daemon=True).start()
    told = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what the program prints
    for name in job["without"]:
        os.environ.pop(name, None)
    began, clock = datetime.now(UTC), time.monotonic()
    with os.fdopen(told, "wb") as stream:

        def note(text: str) -> None:
            stream.write(json.dumps({"note": text}).encode() + b"\n")
            stream.flush()

        outcome = _done(job, routers, note)
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        said = {
            **outcome.as_json(),
            "begun": began.isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - clock, 3),
            "cpu": round(sum(each.ru_utime + each.ru_stime for each in used), 3),
            "memory": max(each.ru_maxrss for each in used),
        }
        stream.write(json.dumps(said).encode() + b"\n")
    return 0


def _interrupt_at_the_end() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGINT)


def _done(job: Job, routers: Routers | None, note: Say) -> Outcome:
    site, operation = job["site"], job["operation"]
    if why := _unreachable(job["addresses"]):
        return Outcome(site=site, verdict="unreachable", errors=(why,))
    try:
        with contextlib.ExitStack() as closing:
            held: list[int] = []
            if operation in CHANGING:
                held = closing.enter_context(_alone_on(job["addresses"], Path(job["locks"])))
            return _carried_out(job, routers, note, held)
    except EngineError as error:
        if operation == "destroy" and isinstance(error, NoStack):
            return Outcome(site=site, verdict="ok")  # what was never there is gone
        return Outcome(site=site, verdict="failed", errors=error.lines)
    except OSError as error:
        return Outcome(site=site, verdict="failed", errors=(f"{error.filename or 'a file'}: {error.strerror}",))
    except KeyboardInterrupt:
        return Outcome(site=site, verdict="failed", errors=("interrupted before it was done",))


def _carried_out(job: Job, routers: Routers | None, note: Say, held: Sequence[int]) -> Outcome:
    """The deployment, and what is looked at before and after it."""
    stack = _stack(job)
    deployed = functools.partial(_deployed, job, stack, held)
    if routers is None:
        return deployed(job["options"])
    if job["operation"] in CHANGING:
        with routers.watched(job, stack.texts(), note) as watched:
            if watched is None:
                return deployed(job["options"])
            refresh = bool(job["options"].get("refresh")) or watched.refresh
            before = _facts(stack, job["facts"])
            outcome = deployed({**job["options"], "refresh": refresh})
            moved = _facts(stack, job["facts"]) != before
            wrong = watched.judged(well=outcome.verdict == "ok", changed=outcome.changed, moved=moved)
        return attrs.evolve(outcome, verdict="failed", errors=(*outcome.errors, *wrong)) if wrong else outcome
    outcome = deployed(job["options"])
    if job["operation"] == "drift" and job["options"].get("look"):
        return attrs.evolve(outcome, observed=routers.observed(job, stack.texts()))
    return outcome


def _unreachable(addresses: Sequence[Sequence[Any]]) -> str:
    """Why a router doesn't answer, empty if all do: told apart from what goes wrong on a router."""
    for host, port in addresses:
        try:
            socket.create_connection((host, port), _CONNECT).close()
        except OSError as error:
            return f"no connection to {host}:{port}: {error.strerror or error}"
    return ""


@contextlib.contextmanager
def _alone_on(addresses: Sequence[Sequence[Any]], place: Path) -> Iterator[list[int]]:
    """Wait until no other site's deployment is at work on these routers; a process that ends lets them go."""
    place.mkdir(0o700, parents=True, exist_ok=True)
    numbers = []
    with contextlib.ExitStack() as held:
        for host, port in sorted(map(tuple, addresses)):
            name = hashlib.sha256(f"{host}:{port}".encode()).hexdigest()[:16]
            number = os.open(place / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            held.callback(os.close, number)
            fcntl.flock(number, fcntl.LOCK_EX)
            numbers.append(number)
        yield numbers


def _facts(stack: Stack, names: Sequence[str]) -> dict[str, Any]:
    """Some outputs of a stack, as its state has them."""
    outputs = exported(stack.backend.read(stack.project.name, stack.name) or {}) if names else {}
    return {name: outputs.get(name) for name in names}


def _stack(job: Job) -> Stack:
    shared = Shared(**job["shared"]) if job["shared"] else None
    here: dict[str, Any] = {"host": provider.inside, "runner": program.inline()}
    if load_project(Path(job["directory"])).python is not None:
        here = {}  # the program's virtualenv is another than this process's
    return Stack(
        job["directory"],
        job["site"],
        passphrase=job["passphrase"],
        content=job["content"],
        shared=shared,
        **here,
    )


def _deployed(job: Job, stack: Stack, held: Sequence[int], asked: Mapping[str, Any]) -> Outcome:
    """What an engine makes of it."""
    site, operation = job["site"], job["operation"]
    refresh = bool(asked.get("refresh"))
    if asked.get("engine") == "pulumi":
        return by_pulumi.deployed(job, stack.backend, held=held, secrets=stack.secrets(), refresh=refresh)
    match operation:
        case "up":
            result = stack.up(refresh=refresh)
        case "destroy":
            result = stack.destroy(refresh=refresh)
        case "drift":
            result = stack.refresh(preview=True)
        case _:
            result = stack.preview(refresh=refresh)
    return _outcome(site, result, drift=operation == "drift")


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
