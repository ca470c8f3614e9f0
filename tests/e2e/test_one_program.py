"""A whole home in one program, as docs/menus.md has it: deployed, left alone, killed at any write, and taken away.

A kill is played in one process: when the n-th write is done, the state is kept as it is on the disk at that moment, and
the router takes no write any more. What the run goes on to write down is thrown away, as if it had ended there.
"""

import contextlib
import re
from pathlib import Path

import pytest

from at_length import LONG, rounds
from deploying import rows_without_ids
from wiretik.engine import Secret
from wiretik.testing import deployed
from wiretik_provider.simulator.machine.session import OWNER
from wiretik_provider.simulator.services.faults import WRITES

PAGE = (Path(__file__).parents[2] / "docs" / "menus.md").read_text("utf-8")
[CODE] = [code for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "wt.SiteArgs(" in code]
CONFIG = {"office-key": "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "watcher": Secret("long enough 1")}


def program():
    exec(compile(CODE, "docs/menus.md", "exec"), {})


@contextlib.contextmanager
def home():
    with deployed(program, config=CONFIG) as site:
        yield site, site.router.router, site.router.router.snapshot()


@contextlib.contextmanager
def killed(site, write=0):
    """Whatever runs inside is killed when this write is done, or never; says which writes were done."""
    router, stack = site.router.router, site.stack
    file, execute = stack.backend.file(stack.project.name, stack.name), router.execute
    kept, done = [], []

    def counted(words, session=OWNER):
        if session is OWNER or words[0].rpartition("/")[2] not in WRITES:
            return execute(words, session)
        if kept:
            return [("!trap", "=message=the run was killed"), ("!done",)]
        answer = execute(words, session)
        done.append(words[0])
        if len(done) == write:
            kept.append(file.read_bytes())
        return answer

    router.execute = counted
    try:
        yield done
    finally:
        router.execute = execute
        for state in kept:
            file.write_bytes(state)


@pytest.fixture(scope="module")
def whole():
    """What the router has of the program, and which writes up and destroy take; what a second up and the end left."""
    with home() as (site, router, before):
        with killed(site) as up:
            site.up().check()
        wanted = rows_without_ids(site.router)
        again = site.up(refresh=True).check()
        with killed(site) as down:
            site.destroy().check()
        return wanted, up, down, again.changed, router.snapshot() == before


def test_a_second_up_is_unchanged_and_a_destroy_gives_all_back(whole):
    _, up, down, changed, as_before = whole

    assert (changed, as_before) == (False, True)
    assert {"/interface/vlan/add", "/ip/dhcp-server/add", "/user/add", "/ip/service/set", "/ip/settings/set"} < {*up}
    assert len(up) == len(down)


def points(count):
    """Where runs are killed: at one write, at length at every one."""
    many = rounds(1, count)
    return sorted({1 + (2 * part + 1) * count // (2 * many) for part in range(many)})


@pytest.mark.timeout(1800)
def test_an_up_that_was_killed_at_a_write_is_carried_on_by_the_next(whole):
    wanted, up, *_ = whole
    for point in points(len(up)):
        with home() as (site, router, before):
            with killed(site, point) as done:
                site.up()
            assert len(done) == point

            site.up().check()

            assert rows_without_ids(site.router) == wanted, (point, done[-1])
            if LONG:
                assert not site.up(refresh=True).check().changed, (point, done[-1])
                site.destroy().check()
                assert router.snapshot() == before, (point, done[-1])


@pytest.mark.timeout(1800)
@pytest.mark.skipif(not LONG, reason="make test-long does it")
def test_a_destroy_that_was_killed_at_a_write_is_carried_on_by_the_next(whole):
    for point in points(len(whole[2])):
        with home() as (site, router, before):
            site.up().check()
            with killed(site, point) as done:
                site.destroy()
            assert len(done) == point

            site.destroy().check()

            assert router.snapshot() == before, (point, done[-1])
