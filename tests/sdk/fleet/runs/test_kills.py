"""What kills leave: the controller's, those of sites' processes, and that of the process which forks them."""

import collections
import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from at_length import LONG, rounds
from fleets import fleet
from waiting import until

pytestmark = pytest.mark.skipif(not LONG, reason="at length: whole commands that are killed")
SITES = tuple("abcdefghij"[: rounds(6, 10)])


@pytest.fixture
def many(tmp_path):
    with fleet(tmp_path, *SITES) as found:
        yield found


@contextlib.contextmanager
def started(found, *words):
    """A command of the fleet, which doesn't outlive its test."""
    command = [sys.executable, "-m", "wiretik", "fleet", *words, "-f", str(found.place / "fleet.yaml")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def lines(found):
    files = sorted((found.place / ".wiretik" / "fleet" / "net" / "runs").glob("*-up/events.jsonl"))
    text = files[-1].read_text() if files else ""
    return [json.loads(line) for line in text.splitlines() if line.endswith("}")]


def sites(found, event):
    return [line["site"] for line in lines(found) if line["event"] == event]


def below(pid):
    """All processes below one, the nearest first."""
    parents = collections.defaultdict(list)
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(file.read_text().rpartition(")")[2].split()[1])].append(int(file.parent.name))
        except OSError:
            continue
    found = [pid]
    for each in found:
        found += parents[each]
    return found[1:]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_one(process, who):
    """Kills the nursery, or the process of a site; whether it was still there to be killed."""
    family = below(process.pid)  # the nursery, keepers, sites
    if len(family) < (1 if who == "nursery" else 3):
        return False
    try:
        os.kill(family[0] if who == "nursery" else family[-1], signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("share", [0.2, 0.6])
def test_a_killed_controller_is_resumed_and_leaves_neither_locks_nor_processes(many, share):
    with started(many, "up", "--yes", "--workers", "2", "--waves", "100%") as process:
        until(lambda: len(sites(many, "site")) >= share * len(SITES))
        family = below(process.pid)
    until(lambda: not any(map(alive, family)))
    assert not list((many.place / ".wiretik").rglob("locks/**/*.json"))

    done = many.run("up", "--yes", "--workers", "2", "--resume", "last")

    assert done.code == 0, done.out + done.err
    begun = collections.Counter(sites(many, "site-began"))
    assert set(begun) == set(SITES)
    assert sum(number - 1 for number in begun.values()) <= 2, "as many as there are workers"
    assert many.rows() == dict.fromkeys(SITES, 1)
    assert many.run("preview", "--expect-no-changes").code == 0


@pytest.mark.parametrize("who", ["site", "nursery"])
def test_all_sites_are_done_although_their_processes_are_killed(many, who):
    killed = 0
    with started(many, "up", "--yes", "--workers", "2", "--waves", "100%") as process:
        for number in (1, 3):
            until(lambda number=number: len(sites(many, "site")) >= number or process.poll() is not None)
            killed += until(lambda: kill_one(process, who) or (process.poll() is not None and 0.1))
        code = process.wait()

    assert killed >= 1
    assert code == 0
    assert many.rows() == dict.fromkeys(SITES, 1)
    assert many.run("preview", "--expect-no-changes").code == 0
