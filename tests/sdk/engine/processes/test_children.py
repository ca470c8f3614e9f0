"""Children of the command line: forks that look like fresh interpreters."""

import signal
import subprocess
import sys

import pytest

from waiting import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")

# What a forked child does is seen in a process that is the command line's own.
COMMAND = """
import pathlib, sys
from wiretik.engine.processes import children

here = pathlib.Path(sys.argv[1])
children.{prepare}({modules!r})
for number in range(2):
    environment = {{"SAID": "hello", "PYTHONPATH": str(here)}}
    child = children.start(here / "script.py", str(number), cwd=here, environment=environment)
    print(child.stdout.read().decode(), child.stderr.read().decode(), child.wait(), sep="|")
{then}
"""
SCRIPT = """
import os, sys
import beside
print(sys.argv[1], os.environ["SAID"], "colorsys" in sys.modules, end="")
"""


def run(directory, modules=(), then="", prepare="prepare"):
    (directory / "script.py").write_text(SCRIPT)
    (directory / "beside.py").touch()  # where the child's own environment says that modules are
    code = COMMAND.format(modules=tuple(modules), then=then, prepare=prepare)
    return [sys.executable, "-c", code, str(directory)]


PREPARE = pytest.mark.parametrize("prepare", ["prepare", "prepare_apart"])


@PREPARE
@pytest.mark.parametrize(("modules", "there"), [((), False), (["colorsys"], True)])
def test_a_script_finds_imported_each_time_what_was_brought_in(modules, there, prepare, tmp_path):
    done = subprocess.run(run(tmp_path, modules, prepare=prepare), capture_output=True, text=True, check=True)

    assert done.stdout == f"0 hello {there}||0\n1 hello {there}||0\n"
    assert done.stderr == ""


@PREPARE
def test_a_nursery_ends_with_the_command_that_is_killed(prepare, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / f"{tmp_path.name}.py").touch()  # so its name is among the words that start either nursery
    command = run(tmp_path, [tmp_path.name], then="print('ready', flush=True); input()", prepare=prepare)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        while child.stdout.readline() != "ready\n":
            pass
        child.send_signal(signal.SIGKILL)
    until(lambda: tmp_path.name not in subprocess.check_output(["ps", "-eo", "args"], text=True))
