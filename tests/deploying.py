"""A site for tests: a program, its stack config and the labs that play its routers, deployed by one of two engines.

`Site` runs what its engine's own user would run: the embedded engine as a library, or the `pulumi` CLI on PATH. Either
way the result is a `Run`, so one test judges both.
"""

import contextlib
import functools
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import yaml
from rich.console import Console

from wiretik.cli.display.machine import Lines
from wiretik.cli.display.plain import Plain
from wiretik.engine import Stack
from wiretik.engine.crypto import Crypter
from wiretik.engine.processes import children, provider
from wiretik.engine.values import unwrap
from wiretik_provider.api.link import close_all
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab
from wiretik_provider.simulator.services.faults import WRITES

HOME = pathlib.Path(__file__).parents[1] / "examples" / "home-by-rows"
LAN = {"lan": "192.168.88.0/24"}
PASSPHRASE = "correct horse battery staple"
PASSWORD = "Tr0ub4dor&3"
STACK = "lab"
SHARED = ("pulumi.dynamic", "wiretik._ready", "wiretik_provider.dynamic", "wiretik_provider.registry")
"""What programs and providers import: once for all that a worker starts, as with the command line."""


@attrs.frozen
class Run:
    """What one run did, whichever engine did it."""

    ok: bool
    steps: tuple[tuple[str, str], ...]
    """`(op, logical name)`, in order; of a refresh what it found."""
    changed: Mapping[str, frozenset[str]]
    """By logical name, the top-level properties that differ."""
    errors: tuple[str, ...]
    """The texts of all errors."""
    text: str = attrs.field(repr=False)
    """All that it printed."""
    outputs: Mapping[str, Any] = attrs.field(factory=dict)

    def names(self, *ops: str) -> list[str]:
        """Whom these operations were done to."""
        return sorted(name for op, name in self.steps if op in ops)

    @property
    def touched(self) -> list[tuple[str, str]]:
        """Every step that is or would be more than a look."""
        return sorted(step for step in self.steps if step[0] not in ("same", "read", "refresh"))


@functools.cache
def cipher() -> Crypter:
    """One salt for all sites: a key takes half a second to derive."""
    return Crypter(PASSPHRASE, Crypter.new(PASSPHRASE).salt)


def reach(lab: Lab, *, tls: str = "", password: str = PASSWORD) -> dict[str, Any]:
    """The config keys of one router: plain, or with `pin` or `ca`."""
    found: dict[str, Any] = {"host": lab.host, "username": "admin", "password": {"secret": password}}
    if tls == "pin":
        return {**found, "port": lab.apis_port, "fingerprint": lab.fingerprint}
    if tls == "ca":
        return {**found, "port": lab.apis_port, "ca-file": lab.ca_file}
    return {**found, "port": lab.api_port, "tls": False}


def sealed(value: object) -> object:
    """Config with `{"secret": text}` encrypted, as it stands in a stack's file."""
    if isinstance(value, Mapping):
        if value.keys() == {"secret"}:
            return {"secure": cipher().encrypt(value["secret"])}
        return {key: sealed(part) for key, part in value.items()}
    return value


class Site:
    """A program in a directory of its own.

    Args:
        directory: where program and state go.
        program: a directory to copy, or a program's text.
        config: of the stack; `{"secret": text}` is encrypted.
        engine: `embedded` or `pulumi`.
        separate: the embedded engine's provider in a process of its own, as outside tests.
        environment: variables that the run sees besides.
    """

    def __init__(
        self,
        directory: pathlib.Path,
        program: pathlib.Path | str,
        config: Mapping[str, Any],
        *,
        engine: str = "embedded",
        separate: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.directory = directory / "project"
        self.backend = directory / "state"
        self.engine = engine
        self.separate = separate
        self.environment = dict(environment or {})
        if isinstance(program, pathlib.Path):
            shutil.copytree(program, self.directory, ignore=shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml"))
        else:
            self.directory.mkdir(parents=True)
            (self.directory / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
            self.write(program)
        self.name = yaml.safe_load((self.directory / "Pulumi.yaml").read_text())["name"]
        self.configure(config)
        self._stack: Stack | None = None

    def write(self, text: str) -> None:
        """Another program in the same place."""
        (self.directory / "__main__.py").write_text("import pulumi\nimport wiretik as wt\n\n" + text)
        shutil.rmtree(self.directory / "__pycache__", ignore_errors=True)

    def configure(self, config: Mapping[str, Any]) -> None:
        """Write the stack's config."""
        data = {
            "encryptionsalt": cipher().salt,
            "config": {key if ":" in key else f"{self.name}:{key}": sealed(value) for key, value in config.items()},
        }
        (self.directory / f"Pulumi.{STACK}.yaml").write_text(yaml.safe_dump(data))
        self.config = dict(config)

    @property
    def checkpoint(self) -> pathlib.Path:
        """The file that the state is in."""
        return self.backend / ".pulumi" / "stacks" / self.name / f"{STACK}.json"

    @property
    def state(self) -> list[dict[str, Any]]:
        """The resources as the state file has them."""
        latest = json.loads(self.checkpoint.read_text())["checkpoint"].get("latest") or {}
        found: list[dict[str, Any]] = latest.get("resources", [])
        return found

    def kept(self, name: str) -> dict[str, Any]:
        """One resource as the state file has it."""
        return next(one for one in self.state if one["urn"].endswith(f"::{name}"))

    def preview(self, **options: Any) -> Run:
        return self.run("preview", **options)

    def up(self, **options: Any) -> Run:
        return self.run("up", **options)

    def refresh(self, **options: Any) -> Run:
        return self.run("refresh", **options)

    def destroy(self, **options: Any) -> Run:
        return self.run("destroy", **options)

    def run(self, operation: str, **options: Any) -> Run:
        """Carry out an operation with the site's engine."""
        return self._pulumi(operation, options) if self.engine == "pulumi" else self._embedded(operation, options)

    # --- the embedded engine -----------------------------------------------------------------------------------------

    def _embedded(self, operation: str, options: Mapping[str, Any]) -> Run:
        stack = self._stack
        if stack is None:
            children.prepare_apart(SHARED)
            host = provider.process if self.separate else provider.in_process
            stack = Stack(self.directory, STACK, backend=self.backend, passphrase=PASSPHRASE, host=host)
            stack._crypter = cipher()
            self._stack = stack
        told, lines, errors = io.StringIO(), io.StringIO(), io.StringIO()
        with (
            _variables(self.environment),
            contextlib.redirect_stderr(errors),
        ):
            people = Plain(Console(file=told, width=400), whole=True)
            machines = Lines(lambda line: lines.write(line + "\n"))
            try:
                result = getattr(stack, operation)(people, machines, **options)
            finally:
                close_all()  # each run of the CLI is a process of its own, which has read nothing yet
                sys.tracebacklimit = 1000
        return Run(
            result.ok,
            tuple(
                (step.found or step.op, step.name)
                for step in result.steps
                if operation == "refresh" or step.op != "refresh"  # a refresh before an up only looks
            ),
            {step.name: frozenset(change.key for change in step.changes) for step in result.steps if step.changes},
            result.errors,
            told.getvalue() + lines.getvalue() + errors.getvalue(),
            {name: unwrap(value) for name, value in result.outputs.items()},
        )

    # --- the CLI -----------------------------------------------------------------------------------------------------

    def process_environment(self) -> dict[str, str]:
        """The environment of a process that works on this site."""
        return {
            **os.environ,
            "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{self.backend}",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_HOME": str(self.backend / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            **self.environment,
        }

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the project's directory."""
        self.backend.mkdir(exist_ok=True)
        return subprocess.run(
            words, cwd=self.directory, env=self.process_environment(), capture_output=True, text=True, check=False
        )

    def _pulumi(self, operation: str, options: Mapping[str, Any]) -> Run:
        if not self.checkpoint.exists():
            file = self.directory / f"Pulumi.{STACK}.yaml"
            kept = file.read_text()
            self.process("pulumi", "--non-interactive", "stack", "init", STACK)
            file.write_text(kept)
        words = ["pulumi", "--non-interactive", operation, "--json", "--stack", STACK]
        words += [] if operation == "preview" else ["--yes", "--skip-preview"]
        words += ["--refresh"] if options.get("refresh") else []
        words += ["--continue-on-error"] if options.get("continue_on_error") else []
        words += ["--expect-no-changes"] if options.get("expect_no_changes") else []
        words += ["--exclude-protected"] if options.get("exclude_protected") else []
        words += [word for urn in options.get("targets", ()) for word in ("--target", urn)]
        words += [word for urn in options.get("excludes", ()) for word in ("--exclude", urn)]
        done = self.process(*words)
        root = [one for one in self.state if one["type"] == "pulumi:pulumi:Stack"]
        return _read_cli(operation, done, root[0].get("outputs", {}) if root else {})


@contextlib.contextmanager
def _variables(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _read_cli(operation: str, done: subprocess.CompletedProcess[str], outputs: Mapping[str, Any]) -> Run:
    steps: list[tuple[str, str]] = []
    changed: dict[str, frozenset[str]] = {}
    errors: list[str] = []
    if operation == "preview":
        digest = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        told = [(one["op"], one["urn"], one.get("detailedDiff") or {}) for one in digest.get("steps", ())]
        diagnostics = digest.get("diagnostics", [])
    else:
        events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        metadata = [event["resOutputsEvent"]["metadata"] for event in events if "resOutputsEvent" in event]
        told = [(one["op"], one["urn"], one.get("detailedDiff") or one.get("diffs") or ()) for one in metadata]
        diagnostics = [event["diagnosticEvent"] for event in events if "diagnosticEvent" in event]
    for op, urn, paths in told:
        name = urn.split("::", 3)[3]
        if "pulumi:providers:" in urn:
            continue
        steps.append((op, name))
        if keys := frozenset(path.partition(".")[0].partition("[")[0] for path in paths):
            changed[name] = keys
    errors = [_bare(one["message"]) for one in diagnostics if one["severity"] == "error"]
    if done.returncode and not errors:
        errors = [_bare(done.stderr or done.stdout)]
    return Run(not done.returncode, tuple(steps), changed, tuple(errors), done.stdout + done.stderr, outputs)


def _bare(message: str) -> str:
    """A message without the CLI's colours."""
    return re.sub(r"<\{%[^%]*%\}>", "", message).strip()


# --- what a router has and was asked ----------------------------------------------------------------------------------


def writes(lab: Lab) -> int:
    """How many commands changed something since the last `reset_stats`."""
    return sum(count for verbs in lab.stats().commands.values() for verb, count in verbs.items() if verb in WRITES)


@contextlib.contextmanager
def refusing(lab: Lab, menu: str, entry: str) -> Iterator[None]:
    """The router refuses one entry of a list meanwhile, in the words that it has for an address that is none."""
    execute = lab.router.execute

    def refuse(words: Sequence[str], *rest: Any) -> Any:
        wrong = words[0] == f"{menu}/add" and f"=address={entry}" in words
        return execute((words[0], "=address=nonsense") if wrong else words, *rest)

    lab.router.execute = refuse  # type: ignore[method-assign]
    try:
        yield
    finally:
        lab.router.execute = execute  # type: ignore[method-assign]


def asked(lab: Lab, verb: str = "print") -> dict[str, int]:
    """How often each menu got a command since the last `reset_stats`."""
    return {path: verbs[verb] for path, verbs in sorted(lab.stats().commands.items()) if verb in verbs}


def content(lab: Lab) -> dict[str, list[dict[str, str]]]:
    """All configuration without what two runs never have in common: ids, and keys and ports that the router chose."""
    return {path: [_shown(row) for row in rows] for path, rows in lab.router.snapshot().items()}


def _shown(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if name not in (".id", "private-key", "public-key")}


def rows_without_ids(lab: Lab) -> dict[str, list[list[tuple[str, str]]]]:
    """All configuration but ids, times, keys that the router made, rows' generations, and the order among equals."""
    chosen = (".id", "private-key", "creation-time", "start-date", "listen-port", "name")

    def told(row: Mapping[str, str]) -> list[tuple[str, str]]:
        text, tag = ownership.split(row.get("comment", ""))
        if tag is None:
            return sorted((name, text) for name, text in row.items() if name != "creation-time")
        signed = ownership.signed(text, tag._replace(generation="", older=()))
        return sorted((name, text) for name, text in {**row, "comment": signed}.items() if name not in chosen)

    return {path: sorted(map(told, rows)) for path, rows in lab.router.snapshot().items()}


PARENT_FIELD = 1
"""Where the parent stands in `/proc/PID/stat` behind the name, which is in brackets."""


def family(root: int) -> list[int]:
    """A process and all that it started, and they started."""
    parents: dict[int, int] = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[PARENT_FIELD])
    found = [root]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found
