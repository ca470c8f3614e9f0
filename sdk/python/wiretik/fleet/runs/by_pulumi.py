"""A site's deployment by the Pulumi CLI: its engine's events, a line of JSON each, become the site's outcome.

The fleet has written `Pulumi.<site>.yaml`, and both engines have one state; a stack that isn't there yet is made, which
a preview needs as well. Rule: the CLI gets passphrase and backend by its environment, is told when nobody waits any
more, and holds the router's lock for as long as it lives, also where its parent was killed.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wiretik.engine.errors import NoStack, ProjectError
from wiretik.engine.result import NO_CHANGE
from wiretik.engine.state.backend import Backend
from wiretik.fleet.values import Operation, Outcome
from wiretik_provider.masks import Known

__all__ = ["deployed", "outcome"]

_COMMANDS: Final[Mapping[Operation, Sequence[str]]] = {
    "preview": ("preview",),
    "up": ("up", "--yes", "--skip-preview"),
    "drift": ("refresh", "--preview-only"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
_TOLD: Final = ("error", "warning")


def deployed(
    job: Mapping[str, Any],
    backend: Backend,
    *,
    refresh: bool = False,
    held: Sequence[int] = (),
    secrets: Sequence[str] = (),
) -> Outcome:
    """Carry a site's operation out.

    Args:
        job: the site's.
        backend: where the stacks' states are.
        refresh: read the router first.
        held: descriptors of locks, which the CLI keeps open.
        secrets: what no record may hold.

    Raises:
        EngineError: there is no CLI, or no such stack.
    """
    program = shutil.which("pulumi")
    if program is None:
        raise ProjectError("--engine pulumi: `pulumi` isn't on the PATH")
    site, directory = str(job["site"]), str(job["directory"])
    operation: Operation = job["operation"]
    environment = {
        **os.environ,
        "PULUMI_CONFIG_PASSPHRASE": job["passphrase"],
        "PULUMI_BACKEND_URL": backend.root.as_uri(),
        "PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
    }
    environment.pop("PULUMI_CONFIG_PASSPHRASE_FILE", None)
    if site not in backend.stacks(job["project"]):
        if operation in ("destroy", "drift"):
            raise NoStack(f"no stack {site!r} in {backend.root}")
        made = subprocess.run(  # noqa: S603, the user's own CLI
            [program, "stack", "init", site, "--no-select", "--non-interactive"],
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise ProjectError(f"pulumi stack init {site}: {_last(made.stderr)}")
    command = [program, *_COMMANDS[operation], "--json", "--non-interactive", "--stack", site]
    command += ["--refresh"] * (refresh and operation != "drift")
    with subprocess.Popen(  # noqa: S603, the user's own CLI
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=held,
        text=True,
        encoding="utf-8",
    ) as process:
        while True:
            try:
                out, err = process.communicate()
                break
            except KeyboardInterrupt:  # running steps end, and nothing more begins
                process.send_signal(signal.SIGINT)
    return outcome(site, operation, out.splitlines(), process.returncode, _last(err), secrets=secrets)


def outcome(
    site: str, operation: Operation, lines: Iterable[str], code: int, said: str = "", *, secrets: Iterable[str] = ()
) -> Outcome:
    """What came of a site, by the CLI's events.

    Args:
        site: which.
        operation: what was done there.
        lines: an event each.
        code: the CLI's exit code.
        said: the last line that it wrote elsewhere.
        secrets: what no record may hold: a program or a router may repeat one.
    """
    known = Known(secrets)
    kind = "resourcePreEvent" if operation == "preview" else "resOutputsEvent"
    changes: dict[str, int] = {}
    steps = []
    texts: dict[str, list[str]] = {severity: [] for severity in _TOLD}
    for event in _events(lines):
        if (told := event.get(kind)) and (step := told.get("metadata") or {}).get("op") not in NO_CHANGE:
            changes[step["op"]] = changes.get(step["op"], 0) + 1
            *_, type_, name = str(step["urn"]).split("::")
            keys = {str(key).partition(".")[0].partition("[")[0] for key in step.get("diffs") or ()}
            steps.append((str(step["op"]), type_.rpartition(":")[2], name, tuple(sorted(keys))))
        elif (told := event.get("diagnosticEvent")) and told.get("severity") in texts and not told.get("ephemeral"):
            about = str(told.get("urn") or "").rpartition("::")[2]
            text = " ".join(str(told.get("message")).split())
            if text := known.masked(text):
                texts[told["severity"]].append(f"{about}: {text}" if about else text)
    errors = tuple(texts["error"]) or ((known.masked(said) or f"pulumi ended with code {code}",) if code else ())
    return Outcome(
        site=site,
        verdict="failed" if code else "ok",
        changes=changes,
        steps=tuple(steps),
        errors=errors,
        warnings=tuple(texts["warning"]),
    )


def _events(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with contextlib.suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict):
                yield found


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("error: ") if lines else ""
