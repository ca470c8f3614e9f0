"""The conformance cases of the engine, and two machines that run them: the embedded engine and the Pulumi CLI.

A case is a directory of programs with `case.json`, the runs in order, and `expected.json`, what each run does and the
state that it leaves. What was expected was written by the CLI: `python tests/engine_conformance.py NAME...` with
`pulumi` on PATH writes it again.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Protocol

from wiretik.engine import Stack
from wiretik.engine.crypto import Crypter
from wiretik.engine.processes import program, provider
from wiretik.engine.state.checkpoint import integrity, load_deployment

Json = dict[str, Any]
CASES = pathlib.Path(__file__).parent / "cases" / "engine"
PASSPHRASE = "conformance"
SALT = "v1:+76MTSxAPFg=:v1:BejkS4SCAkXRgvTT:x6oVrUjHzRYw2UF2IR3C7U+UEqnEDA=="
"""Of that passphrase: one for all tests, since a key takes half a second to derive."""
PROJECT = {"name": "proj", "runtime": {"name": "python", "options": {"toolchain": "pip"}}}
CONFIG = {"token": "very secret", "count": "3", "object": '{"a":[1,{"b":true}]}'}
SECRET_CONFIG = frozenset({"token"})
SECRETS = ("very secret", "nested", "another")
_NOISE = frozenset({"created", "modified", "sourcePosition", "stackTrace"})


class Machine(Protocol):
    """Runs one stack of one project."""

    def __call__(self, run: Json) -> tuple[bool, list[str]]:
        """Carry out one run of a case; says whether it went well, and its steps as `op name`, sorted."""
        ...


def names() -> list[str]:
    return sorted(file.parent.name for file in CASES.glob("*/case.json"))


def runs(name: str) -> list[Json]:
    found: list[Json] = json.loads((CASES / name / "case.json").read_text())["runs"]
    return found


def expected(name: str) -> list[Json]:
    found: list[Json] = json.loads((CASES / name / "expected.json").read_text())
    return found


def prepare(directory: pathlib.Path) -> None:
    """Make a project with its provider and its config."""
    directory.mkdir(parents=True)
    (directory / "Pulumi.yaml").write_text(json.dumps(PROJECT))
    shutil.copy(CASES / "thing.py", directory)


def stage(directory: pathlib.Path, name: str, run: Json) -> None:
    """Put a run's program in place, and do to the world what the run says that others did."""
    shutil.copy(CASES / name / f"{run['program']}.py", directory / "__main__.py")
    shutil.rmtree(directory / "__pycache__", ignore_errors=True)
    for label, change in run.get("world", {}).items():
        file = directory / "world" / f"{label}.json"
        if change is None:
            file.unlink()
        else:
            file.write_text(json.dumps({**json.loads(file.read_text()), **change}))


def play(name: str, directory: pathlib.Path, machine: Machine, state: pathlib.Path) -> Iterator[Json]:
    """Play a case; yields for each run what it did and what it left."""
    for run in runs(name):
        stage(directory, name, run)
        ok, steps = machine(run)
        steps = [step for step in steps if step.split()[0] not in _hidden(run) and step != "refresh proj-dev"]
        yield {"ok": ok, "steps": steps, "state": normal(state), "world": world(directory)}


def _hidden(run: Json) -> frozenset[str]:
    """Operations that the CLI doesn't tell, or tells differently, in its JSON."""
    if run["operation"] == "preview":  # its digest leaves out what stays the same and the halves of a replacement
        return frozenset({"same", "create-replacement", "delete-replaced"})
    if run.get("targets"):  # it calls the same what isn't among the targets, even where that doesn't exist
        return frozenset({"same"})
    return frozenset()


def world(directory: pathlib.Path) -> list[str]:
    return sorted(file.stem for file in (directory / "world").glob("*.json"))


def normal(state: pathlib.Path) -> list[Json]:
    """The resources of a checkpoint without what differs from run to run, secrets decrypted, by URN."""
    if not state.exists():
        return []
    checkpoint = json.loads(state.read_text())
    assert checkpoint["version"] == 3
    deployment = checkpoint["checkpoint"].get("latest") or {}
    assert "pending_operations" not in deployment
    salt = deployment.get("secrets_providers", {}).get("state", {}).get("salt", "")
    cipher = Crypter(PASSPHRASE, salt) if salt else None
    assert integrity(load_deployment(deployment, cipher).resources) is None

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            if "ciphertext" in value:
                assert cipher is not None
                return {"secret": json.loads(cipher.decrypt(value["ciphertext"]))}
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    for r in deployment.get("resources", ()):
        # A refresh by the CLI drops empty lists here; they mean the same as none.
        if "dependencies" in r:
            r["dependencies"] = sorted(r["dependencies"])
        needed = {key: sorted(urns) for key, urns in r.pop("propertyDependencies", {}).items() if urns}
        if needed:
            r["propertyDependencies"] = needed
    ids = {
        r["id"]: f"<{r['type']}>" for r in deployment.get("resources", ()) if r["type"].startswith("pulumi:providers:")
    }
    text = json.dumps(plain([{k: v for k, v in r.items() if k not in _NOISE} for r in deployment.get("resources", ())]))
    for id_, word in ids.items():
        text = text.replace(id_, word)
    found: list[Json] = sorted(json.loads(text), key=lambda r: (r["urn"], r.get("delete", False)))
    return found


class Ours:
    """The embedded engine."""

    def __init__(self, directory: pathlib.Path, backend: pathlib.Path, *, fast: bool = False) -> None:
        self.directory, self.backend = directory, backend
        self.ways: Json = {"host": provider.in_process, "runner": program.inline()} if fast else {}
        settings = self.stack()
        from wiretik.engine.project import StackSettings

        stored = StackSettings(settings.project, settings.name)
        stored.keep_salt(SALT)
        crypter = settings.crypter()
        for key, value in CONFIG.items():
            stored.set(key, value, crypter if key in SECRET_CONFIG else None)
        stored.save()
        self.last: Any = None

    def stack(self) -> Stack:
        return Stack(self.directory, "dev", backend=self.backend, passphrase=PASSPHRASE, **self.ways)

    def __call__(self, run: Json) -> tuple[bool, list[str]]:
        options: Json = {"refresh": True} if run.get("refresh") else {}
        if run.get("targets"):
            options["targets"] = tuple(f"**::{target}" for target in run["targets"])
            options["target_dependents"] = run.get("dependents", False)
        result = self.last = getattr(self.stack(), run["operation"])(**options)
        alone = run["operation"] == "refresh"
        return result.ok, sorted(f"{(alone and step.found) or step.op} {step.name}" for step in result.steps)


class Cli:
    """The Pulumi CLI on PATH."""

    def __init__(self, directory: pathlib.Path, backend: pathlib.Path) -> None:
        self.directory = directory
        backend.mkdir(parents=True, exist_ok=True)
        self.environment = {
            **os.environ,
            "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{backend}",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_HOME": str(backend / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        if not (directory / "Pulumi.dev.yaml").exists():
            self.pulumi("stack", "init", "dev")
            for key, value in CONFIG.items():
                self.pulumi("config", "set", *(["--secret"] if key in SECRET_CONFIG else []), key, value)
        else:
            self.pulumi("stack", "select", "dev")

    def pulumi(self, *words: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["pulumi", "--non-interactive", *words],
            cwd=self.directory,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if ok and done.returncode:
            raise AssertionError(f"pulumi {' '.join(words)}: {done.stdout}\n{done.stderr}")
        return done

    def __call__(self, run: Json) -> tuple[bool, list[str]]:
        words = [run["operation"]]
        if run["operation"] != "preview":
            words += ["--yes", "--skip-preview"]
        if run.get("refresh"):
            words.append("--refresh")
        for target in run.get("targets", ()):
            words += ["--target", f"**::{target}"]
        if run.get("dependents"):
            words.append("--target-dependents")
        done = self.pulumi(*words, "--json", ok=False)
        return done.returncode == 0, sorted(self._steps(run, done.stdout))

    def _steps(self, run: Json, text: str) -> Iterator[str]:
        if run["operation"] == "preview":
            steps = [(s["op"], s["urn"]) for s in (json.loads(text) if text.strip() else {}).get("steps", ())]
        else:
            events = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
            done = [event["resOutputsEvent"]["metadata"] for event in events if "resOutputsEvent" in event]
            steps = [(one["op"], one["urn"]) for one in done]
        for op, urn in steps:
            if "pulumi:providers:" not in urn:
                yield f"{op} {urn.split('::', 3)[3]}"


def write(name: str, work: pathlib.Path) -> None:
    """Have the CLI say what is expected of a case."""
    directory, backend = work / "project", work / "state"
    prepare(directory)
    machine = Cli(directory, backend)
    played = list(play(name, directory, machine, backend / ".pulumi" / "stacks" / "proj" / "dev.json"))
    for run, seen in zip(runs(name), played, strict=True):
        assert seen["ok"] is not run.get("fails", False), (name, run)
    (CASES / name / "expected.json").write_text(json.dumps(played, indent=1) + "\n")


if __name__ == "__main__":
    import tempfile

    for chosen in sys.argv[1:] or names():
        with tempfile.TemporaryDirectory() as place:
            try:
                write(chosen, pathlib.Path(place))
                print(chosen, "ok")
            except AssertionError as err:
                print(chosen, "FAILED", str(err)[-2500:])
