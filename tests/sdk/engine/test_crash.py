"""The engine is killed in the middle of every step in turn: the state stays valid, and the next up converges."""

import json
import os
import signal
import subprocess
import sys

import pytest

import engine_conformance as conformance
from engine_conformance import PASSPHRASE
from wiretik.engine import Stack, program, provider

# Before or after a step's effect the provider kills its parent, the engine, as `kill -9` would. The state names the
# class by reference, so it is its methods that are wrapped.
KILLER = """

def deadly(name: str) -> None:
    import os
    import signal

    method = getattr(ThingProvider, name)

    def act(self, *arguments):
        doomed = os.environ.get("KILL", "") == f"{name} {arguments[-1]['label']}"
        if doomed and os.environ["WHEN"] == "before":
            os.kill(os.getppid(), signal.SIGKILL)
        result = method(self, *arguments)
        if doomed:
            os.kill(os.getppid(), signal.SIGKILL)
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
RUN = """
import sys
from wiretik.engine import Stack, program

result = Stack(sys.argv[1], "dev", backend=sys.argv[2], passphrase=sys.argv[3], runner=program.inline()).up()
print(result.errors)
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    conformance.prepare(directory)
    with (directory / "thing.py").open("a") as thing:
        thing.write(KILLER)
    monkeypatch.chdir(directory)
    monkeypatch.syspath_prepend(directory)
    monkeypatch.delitem(sys.modules, "thing", raising=False)
    yield directory
    sys.modules.pop("thing", None)


def killed_up(directory, backend, kill, when):
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(directory), str(backend), PASSPHRASE],
        env={**os.environ, "KILL": kill, "WHEN": when},
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout + done.stderr


def stack(directory, backend):
    ways = {"host": provider.in_process, "runner": program.inline()}
    return Stack(directory, "dev", backend=backend, passphrase=PASSPHRASE, **ways)


def latest(backend):
    return json.loads((backend / ".pulumi" / "stacks" / "proj" / "dev.json").read_text())["checkpoint"]["latest"]


CREATES = [f"create {label}" for label in "abcde"]
CHANGES = ["update a", "update b", "delete d", "delete c", "create c", "create d", "create f", "delete e"]


@pytest.mark.e2e
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("start", "kill"), [(None, k) for k in CREATES] + [(FIRST, k) for k in CHANGES])
def test_a_killed_step_is_pending_in_a_valid_state_and_the_next_up_converges(project, tmp_path, start, kill, when):
    backend = tmp_path / "state"
    if start:
        (project / "__main__.py").write_text(start)
        assert stack(project, backend).up().ok
    final = SECOND if start else FIRST
    (project / "__main__.py").write_text(final)

    killed_up(project, backend, kill, when)

    left = latest(backend)
    assert kill.split()[1] in {op["resource"]["urn"].rsplit("::", 1)[1] for op in left["pending_operations"]}

    result = stack(project, backend).up()  # the lock of a holder that has ended is in nobody's way

    assert result.ok, result.errors
    assert any("interrupted while" in d.message for d in result.diagnostics if d.severity == "warning")
    wanted = ["a", "b", "c", "d", "f"] if start else ["a", "b", "c", "d", "e"]
    assert conformance.world(project) == wanted
    assert len(conformance.normal(backend / ".pulumi" / "stacks" / "proj" / "dev.json")) == 7
    assert not stack(project, backend).preview().changed
