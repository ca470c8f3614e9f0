"""An interrupted program says what it had to say, and nothing else."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys
from wiretik._interrupts import end_quietly
signal.signal(signal.SIGINT, signal.default_int_handler)  # where pytest itself ignores it, as behind &
{before}
end_quietly()
print("the program's own words")
os.kill(os.getpid(), signal.SIGINT)
print("went on")
"""


def interrupted(folder, name, before=""):
    file = folder / name
    file.write_text(PROGRAM.format(before=before), encoding="utf-8")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


def test_a_program_that_pulumi_runs_ends_by_the_signal_without_a_traceback(tmp_path):
    assert interrupted(tmp_path, "pulumi-language-python-exec") == (-signal.SIGINT, "the program's own words\n", "")


@pytest.mark.parametrize(
    ("name", "before", "code"),
    [
        ("other.py", "", -signal.SIGINT),
        ("pulumi-language-python-exec", "signal.signal(signal.SIGINT, lambda *_: sys.exit(3))", 3),
    ],
    ids=["another process", "a handler of the program's own"],
)
def test_no_other_handler_is_touched(tmp_path, name, before, code):
    ended, _, told = interrupted(tmp_path, name, before)
    assert ended == code
    assert ("KeyboardInterrupt" in told) is (not before)
