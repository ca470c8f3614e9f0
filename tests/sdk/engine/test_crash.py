"""The engine is killed in the middle of every step in turn: the state stays valid, and the next up converges."""

import itertools
import json
import pathlib
import signal
import subprocess
import sys

import pytest

import engine_conformance as conformance
import wiretik.engine
from at_length import rounds
from engine_conformance import PASSPHRASE, SALT
from wiretik.engine import Stack
from wiretik.engine.processes import program, provider

# Before or after a step's effect the provider kills the engine, as `kill -9` would. The state names the class by
# reference, so it is its methods that are wrapped.
KILLER = """

def deadly(name: str) -> None:
    import os
    import signal

    method = getattr(ThingProvider, name)

    def act(self, *arguments):
        doomed = os.environ.get("KILL", "") == f"{name} {arguments[-1]['label']}"
        if doomed and os.environ["WHEN"] == "before":
            os.kill(int(os.environ["ENGINE"]), signal.SIGKILL)
        result = method(self, *arguments)
        if doomed:
            os.kill(int(os.environ["ENGINE"]), signal.SIGKILL)
        return result

    setattr(ThingProvider, name, act)


for name in ("create", "update", "delete"):
    deadly(name)
"""
FIRST = """
import pulumi
from thing import Thing

a = Thing("a", size=1)
b = Thing("b", size=a.size, token=pulumi.Output.secret("geheim"))
c = Thing("c", key="1", first=True)
d = Thing("d", key=c.serial)
e = Thing("e", key="1", data=b.serial)
"""
SECOND = """
import pulumi
from thing import Thing

a = Thing("a", size=2)
b = Thing("b", size=a.size, token=pulumi.Output.secret("geheim"))
c = Thing("c", key="2", first=True)
d = Thing("d", key=c.serial)
f = Thing("f", data=a.serial)
"""
# Engines that are killed: each is a fork of one process that has imported everything and derived the key.
ENGINES = """
import json, os, sys, threading, time
import pulumi.dynamic
from wiretik.engine import Stack, operation
from wiretik.engine.processes import children, program
from wiretik.engine.crypto import Crypter

passphrase, salt = sys.argv[1:]
Crypter(passphrase, salt).verify()
while threading.active_count() > 1:
    time.sleep(0.01)
for line in sys.stdin:
    job = json.loads(line)
    pid = os.fork()
    if pid == 0:
        os.environ.update(job["environment"], ENGINE=str(os.getpid()))
        os.chdir(job["directory"])
        sys.path.insert(0, job["directory"])
        children.prepare(())
        ways = {"passphrase": passphrase, "runner": program.inline()}
        print(Stack(job["directory"], "dev", backend=job["backend"], **ways).up().errors, file=sys.stderr)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def engines():
    command = [sys.executable, "-c", ENGINES, PASSPHRASE, SALT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def project(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    conformance.prepare(directory)
    (directory / "Pulumi.dev.yaml").write_text(f"encryptionsalt: {SALT}\n")
    with (directory / "thing.py").open("a") as thing:
        thing.write(KILLER)
    monkeypatch.chdir(directory)
    monkeypatch.syspath_prepend(directory)
    monkeypatch.delitem(sys.modules, "thing", raising=False)
    yield directory
    sys.modules.pop("thing", None)


def killed_up(engines, directory, backend, kill, when):
    job = {"directory": str(directory), "backend": str(backend), "environment": {"KILL": kill, "WHEN": when}}
    engines.stdin.write(json.dumps(job) + "\n")
    engines.stdin.flush()
    assert int(engines.stdout.readline()) == -signal.SIGKILL


def stack(directory, backend):
    ways = {"host": provider.in_process, "runner": program.inline()}
    return Stack(directory, "dev", backend=backend, passphrase=PASSPHRASE, **ways)


def latest(backend):
    return json.loads((backend / ".pulumi" / "stacks" / "proj" / "dev.json").read_text())["checkpoint"]["latest"]


CREATES = [f"create {label}" for label in "abcde"]
CHANGES = ["update a", "update b", "delete d", "delete c", "create c", "create d", "create f", "delete e"]


KILLS = list(itertools.product([(None, k) for k in CREATES] + [(FIRST, k) for k in CHANGES], ["before", "after"]))


@pytest.mark.e2e
@pytest.mark.parametrize(("step", "when"), KILLS[:: 1 if rounds(0, 100) else 5])
def test_a_killed_step_is_pending_in_a_valid_state_and_the_next_up_converges(project, engines, tmp_path, step, when):
    start, kill = step
    backend = tmp_path / "state"
    if start:
        (project / "__main__.py").write_text(start)
        assert stack(project, backend).up().ok
    final = SECOND if start else FIRST
    (project / "__main__.py").write_text(final)

    killed_up(engines, project, backend, kill, when)

    left = latest(backend)
    assert kill.split()[1] in {op["resource"]["urn"].rsplit("::", 1)[1] for op in left["pending_operations"]}

    result = stack(project, backend).up()  # the lock of a holder that has ended is in nobody's way

    assert result.ok, result.errors
    assert any("interrupted while" in d.message for d in result.diagnostics if d.severity == "warning")
    wanted = ["a", "b", "c", "d", "f"] if start else ["a", "b", "c", "d", "e"]
    assert conformance.world(project) == wanted
    assert len(conformance.normal(backend / ".pulumi" / "stacks" / "proj" / "dev.json")) == 7
    assert not stack(project, backend).preview().changed


@pytest.mark.parametrize("module", provider.MODULES.values())
def test_a_provider_ends_with_its_engine_also_where_the_shell_has_it_ignore_ctrl_c(tmp_path, module):
    quiet = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
        "os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    )
    launcher = pathlib.Path(wiretik.engine.__file__).with_name("processes") / "run_provider.py"
    words = [sys.executable, "-c", quiet, "-u", "-P", str(launcher), module, str(tmp_path)]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path)
    assert int(child.stdout.readline()) > 0, "the port at which it serves"

    child.stdin.close()

    child.wait(30)
    child.stdout.close()
