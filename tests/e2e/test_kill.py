"""`kill -9` in the middle of an up, at any write, then up again: no duplicate, no orphan, no error.

The router holds the answer to the n-th write for ever, so the process is known to be in the middle of it: the write is
done, and nobody has written that down. Then every process of the run is killed at once.
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

from at_length import rounds
from deploying import PASSWORD, STACK, Site, family, reach, rows_without_ids
from programs import EVERY_MENU
from wiretik_provider.simulator import Lab, serve

from .conftest import needs_pulumi

WIRETIK = [sys.executable, "-c", "from wiretik.cli import main; main()", "up", "--yes", "--skip-preview", "-s", STACK]

pytestmark = pytest.mark.skipif(not pathlib.Path("/proc/self/stat").exists(), reason="finds processes in /proc")


def kill_during_up(site: Site, lab: Lab, write: int, words: list[str], path: str = "") -> bool:
    """Start an up and kill it in the middle of a write, of one menu or any; False where it ended before."""
    lab.clear_faults()
    fault = lab.fault("stall", path, verb="write", nth=write, times=0)
    run = subprocess.Popen(
        words,
        cwd=site.directory,
        env=site.process_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while fault.seen < write and run.poll() is None:  # however slow the machine is: pytest has a limit of its own
        time.sleep(0.005)
    alive = run.poll() is None
    for process in family(run.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    run.wait()
    lab.clear_faults()
    return alive


@pytest.fixture
def clean(defconf: Lab, site) -> tuple[Site, Lab, object, int]:
    """A site that was deployed well and destroyed, with what the router had then and how many writes it took."""
    made: Site = site(defconf, EVERY_MENU)
    counter = defconf.fault("refuse", verb="write", nth=10_000)
    assert made.up().errors == ()
    wanted = rows_without_ids(defconf)
    count = counter.seen
    assert made.destroy().errors == ()
    return made, defconf, wanted, count


def give_back(lab: Lab) -> None:
    """What a singleton had is lost where the run was killed before it was written down (kinds/singleton.py)."""
    lab.run("/ip/dns/set", servers="")
    lab.run("/system/identity/set", name="MikroTik")


def survive(site: Site, lab: Lab, wanted: object, points: list[int], words: list[str]) -> None:
    before = lab.router.snapshot()
    for point in points:
        assert kill_during_up(site, lab, point, words), f"the run ended before write {point}"
        up = site.up()

        assert up.errors == (), point
        assert rows_without_ids(lab) == wanted, point
        assert site.up(refresh=True).touched == [], point
        assert site.destroy().errors == (), point
        give_back(lab)
        assert lab.router.snapshot() == before, point


def test_a_killed_up_is_carried_on_by_the_next(clean):
    site, lab, wanted, count = clean
    parts = rounds(2, 40)
    points = sorted({1 + (count - 1) * part // parts for part in range(1, parts + 1)})[: rounds(1, 40)]
    survive(site, lab, wanted, points, WIRETIK)


@pytest.mark.parametrize("point", [3, 1, 2, 4][: rounds(1, 200)])
def test_a_killed_change_is_carried_on_by_the_next(clean, point):
    site, lab, _, _ = clean
    assert site.up().errors == ()
    before = rows_without_ids(lab)
    changed = (
        EVERY_MENU.replace("10.77.0.2/24", "10.77.0.9/24")
        .replace("dst_port=22,", "dst_port=2222,")
        .replace('wt.Script("greet"', 'wt.Script("meet"')
        .replace('"9.9.9.9"', '"9.9.9.10"')
    )
    site.write(changed)

    assert kill_during_up(site, lab, point, WIRETIK)
    assert site.up().errors == ()

    assert rows_without_ids(lab) != before
    assert site.up(refresh=True).touched == []
    site.write(EVERY_MENU)
    assert site.up().errors == ()
    assert rows_without_ids(lab) == before


WHOLE = """wt.AddressList("l", entries=[f"10.0.{{n}}.0/24" for n in range({start}, {start} + 150)])
wt.FilterChain(
    "b",
    chain="input",
    rules={{f"p{{n}}": {{"action": "accept", "protocol": "tcp", "dst_port": n}} for n in {order}}},
    position=wt.FIRST,
)
"""


def test_a_killed_list_and_a_killed_block_are_carried_on_from_where_they_were(bare, site):
    lists, rules = "/ip/firewall/address-list", "/ip/firewall/filter"
    made: Site = site(bare, "")
    for path, point, start, order in ((lists, 70, 0, [1, 2, 3, 4, 5]), (rules, 3, 75, [5, 3, 1, 7, 8])):
        made.write(WHOLE.format(start=start, order=order))
        assert kill_during_up(made, bare, point, WIRETIK, path)

        assert made.up().errors == ()

        listed = [row["address"] for row in bare.router.rows(lists)]
        assert sorted(listed) == sorted(f"10.0.{n}.0/24" for n in range(start, start + 150))
        assert [row["dst-port"] for row in bare.router.rows(rules)] == [str(n) for n in order]
    assert made.up(refresh=True).touched == []


def restore(site):
    """Mends the CLI's own state, which it doesn't write in one go: the one before, or none, for tags tell the rest.

    Neither does it write what it notes beside each file in one go, and then it says that the file ends too early.
    """
    for noted in site.checkpoint.parent.glob("*.attrs"):
        if not noted.stat().st_size:
            noted.unlink()
    for kept in (site.checkpoint, pathlib.Path(f"{site.checkpoint}.bak")):
        with contextlib.suppress(OSError, ValueError):
            json.loads(kept.read_text())
            if kept != site.checkpoint:
                shutil.copy(kept, site.checkpoint)
            return
    site.checkpoint.unlink(missing_ok=True)
    site.process("pulumi", "--non-interactive", "stack", "init", STACK)


@needs_pulumi
@pytest.mark.xdist_group("home-pulumi")
def test_a_killed_up_of_the_cli_is_carried_on_by_the_next(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        site = Site(tmp_path, EVERY_MENU, config, engine="pulumi")
        before = lab.router.snapshot()
        site.process("pulumi", "--non-interactive", "stack", "init", STACK)
        site.configure(config)
        words = ["pulumi", "--non-interactive", "up", "--yes", "--skip-preview", "--stack", STACK]
        assert kill_during_up(site, lab, 7, words)
        restore(site)
        site.process("pulumi", "cancel", "--yes", "--stack", STACK)

        assert site.up().errors == ()

        counted = [row["comment"] for rows in lab.router.snapshot().values() for row in rows if "wt:" in str(row)]
        assert len(counted) == len(set(counted)) == 18
        assert site.destroy().errors == ()
        give_back(lab)
        assert lab.router.snapshot() == before
