"""A change confirms itself only from a new connection to the same router, where nothing is worse than before."""

import base64
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import dill
import pytest

from guarding import signed
from wiretik_provider.api import link as links
from wiretik_provider.api.access import access
from wiretik_provider.api.link import Link, close_all
from wiretik_provider.errors import GuardError
from wiretik_provider.guard import closing
from wiretik_provider.guard.keeping import Keeping
from wiretik_provider.guard.settings import Guarding
from wiretik_provider.kinds import Links, guarding
from wiretik_provider.simulator import FarEnd, serve

FILTER = "/ip/firewall/filter"
KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
PASSWORD = "Tr0ub4dor&3"


class Clock:
    """The real time, and as much more as a test lets pass."""

    ahead = 0.0

    def __call__(self):
        return time.time() + self.ahead

    def lapse(self, seconds):
        self.ahead += seconds

    def monotonic(self):
        return time.monotonic() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def served():
    with serve(profile="defconf", password=PASSWORD, clock=by_the_tests) as running:
        yield running


now = [time.time]


def by_the_tests():
    return now[0]()


@pytest.fixture
def lab(served, clock):
    """One router for all, which is as it was before after each test."""
    now[0] = clock
    before = {path: {row[".id"] for row in served.router.rows(path)} for path in (FILTER, "/system/script")}
    yield served
    served.router.far_ends.clear()
    served.router.beyond = lambda _, __: False
    for path in ("/system/scheduler", "/system/script", FILTER):
        for row in served.router.rows(path):
            if row[".id"] not in before.get(path, ()) and row.get("dynamic") != "true":
                served.router.run(f"{path}/remove", id=row[".id"])
    clock.ahead = 0.0
    close_all()


@pytest.fixture
def asks_once(monkeypatch):
    """Whoever isn't confirmed at once isn't at all."""
    monkeypatch.setattr(guarding, "_MARGIN", 10_000)


@pytest.fixture
def link(lab, clock, monkeypatch):
    config = {"wiretik:host": lab.host, "wiretik:port": str(lab.api_port), "wiretik:username": "admin"}
    config |= {"wiretik:password": PASSWORD, "wiretik:tls": "false"}
    found = Link(access(config, {}, ""), Guarding(120, "", auto=True))
    monkeypatch.setattr(found.watch, "_clock", clock.monotonic)
    monkeypatch.setattr(found.watch, "_pause", clock.lapse)
    monkeypatch.setattr(Links, "__call__", lambda _, __: found)
    yield found
    found.close()


def begin(*probes):
    told = [{"name": name, "kind": kind, "given": given} for name, kind, given in probes]
    guarding.GuardKind().create(Links({}), {"change": "1", "__probes": told})


def block(link, port="13231"):
    link.ask(
        FILTER, "add", "=chain=input", "=action=drop", "=protocol=udp", f"=dst-port={port}", f"=comment={signed('x')}"
    )


def blocked(lab):
    return any(row.get("action") == "drop" and row.get("dst-port") == "13231" for row in lab.router.rows(FILTER))


def end():
    guarding.GuardKind().delete(Links({}), "0", {})


def waits(lab):
    return any(row["name"] == "wiretik-guard" for row in lab.router.rows("/system/script"))


def test_what_is_as_well_as_before_is_confirmed_and_the_next_write_begins_anew(lab, link, capsys):
    lab.router.beyond = lambda address, _: address == "10.0.0.9"
    place = {"host": lab.host, "port": str(lab.api_port)}
    begin(("far", "ping", {"address": "10.0.0.9"}), ("dead", "ping", {"address": "10.0.0.8"}), ("api", "tcp", place))
    block(link)
    assert waits(lab)
    end()
    assert not waits(lab)
    assert "confirmed by a new connection, the change stays" in capsys.readouterr().err
    block(link, "7")
    assert waits(lab)
    end()
    assert not waits(lab)


@pytest.mark.usefixtures("link")
def test_where_nothing_was_written_nothing_is_asked(lab):
    begin()
    lab.reset_stats()
    end()
    assert lab.stats().commands == {"/system/resource": {"print": 1}, "/system/script": {"print": 1}}


@pytest.mark.usefixtures("asks_once")
def test_a_change_that_kills_the_tunnel_while_everything_else_works_is_not_confirmed(lab, link, clock):
    lab.router.run("/interface/wireguard/add", name="wg9")
    peer = {"interface": "wg9", "name": "office", "allowed_address": "10.9.0.0/24", "persistent_keepalive": "25s"}
    (made,) = lab.router.run("/interface/wireguard/peers/add", public_key=KEY, **peer)
    lab.router.far_ends[KEY] = FarEnd(lambda: not blocked(lab), last=clock() - 20)
    begin()
    assert link.watch.left == 0
    block(link)
    assert link.watch.left > 250  # five minutes at least, for a handshake
    clock.ahead += 130
    with pytest.raises(
        GuardError, match=r"not confirmed: tunnel wg9 to office: no handshake since the change; the router"
    ):
        end()
    assert waits(lab)
    lab.router.far_ends[KEY].alive = lambda: True
    links._FAILED.clear()  # as in another deployment
    end()
    assert not waits(lab)
    lab.router.run("/interface/wireguard/peers/remove", id=made["ret"])
    lab.router.run("/interface/wireguard/remove", numbers="wg9")


@pytest.mark.usefixtures("asks_once")
@pytest.mark.parametrize("kind", ["ping", "tcp", "call"])
def test_a_probe_that_was_well_before_keeps_a_change_from_being_confirmed(lab, link, kind, tmp_path):
    works = tmp_path / "works"
    works.touch()
    lab.router.beyond = lambda _, __: not blocked(lab)
    given = {
        "ping": {"address": "10.0.0.9"},
        "tcp": {"host": lab.host, "port": str(lab.api_port)},
        "call": {"function": base64.b64encode(dill.dumps(works.exists)).decode()},
    }[kind]
    begin(("it", kind, given))
    block(link)
    works.unlink()
    link.keeping.probes = tuple(
        probe._replace(given={"host": lab.host, "port": "1"}) if kind == "tcp" else probe
        for probe in link.keeping.probes
    )
    told = {
        "ping": "it: 10.0.0.9 doesn't answer the router's ping",
        "tcp": "it: no connection",
        "call": "it: it gives False",
    }
    with pytest.raises(GuardError, match=f"not confirmed: {told[kind]}"):
        end()
    assert waits(lab)


@pytest.mark.usefixtures("asks_once")
def test_a_change_that_closes_our_own_way_in_is_not_confirmed_and_goes_by_itself(lab, link, clock, monkeypatch):
    admits = lab.router.admits
    begin()
    monkeypatch.setattr(lab.router, "admits", lambda *asked: not blocked(lab) and admits(*asked))
    block(link)
    with pytest.raises(GuardError, match=r"not confirmed: .*; the router takes the change back in 1.. s"):
        end()
    clock.ahead += 200
    lab.router.tick()
    assert not blocked(lab)


def test_a_router_that_was_started_anew_meanwhile_is_not_confirmed(lab, link, clock):
    clock.ahead += 1000
    begin()
    block(link)
    clock.ahead += 30
    lab.router.started += 20  # as if it had been down for so long
    with pytest.raises(GuardError, match=r"the router was started anew: 3. s have passed here and 1. s there"):
        end()
    lab.router.started -= 20


def test_after_a_failed_step_nothing_is_confirmed(lab, link, capsys):
    begin()
    block(link)
    links.fail("GuardError")
    end()
    assert waits(lab)
    assert "a step has failed, so the change isn't confirmed" in capsys.readouterr().err


def test_an_expectation_that_the_rows_do_not_keep_is_no_confirm(lab, link):
    begin()
    block(link)
    link.keeping = Keeping(
        baseline=link.keeping.baseline, unmet=lambda _: ["lan: after this change packets are dropped"]
    )
    with pytest.raises(GuardError, match="not confirmed: lan: after this change packets are dropped"):
        end()
    assert waits(lab)


def test_without_a_guard_of_this_deployment_the_user_is_told_to_confirm(lab, link, capsys):
    block(link)
    assert "unless confirming it is told below, run `wiretik confirm`" in capsys.readouterr().err
    link.keeping.leaves = True
    guarding.SealKind().create(Links({}), {})
    assert waits(lab)
    assert "rows are still to be deleted" in capsys.readouterr().err
    link.keeping.leaves = False
    guarding.SealKind().create(Links({}), {})
    assert not waits(lab)


def test_the_first_deployment_is_not_confirmed_where_rows_were_left_out(lab, link, capsys):
    begin()
    block(link)
    told = guarding.SealKind().check(Links({}), {}, {"__made": False})
    guarding.SealKind().create(Links({}), told.inputs)
    assert told.inputs == {}
    assert waits(lab)
    assert "not all rows are made, so this first deployment isn't confirmed" in capsys.readouterr().err


def test_another_program_is_another_change_and_so_is_one_after_a_rollback(link):
    def change(olds, **known):
        link.keeping = Keeping(**known)
        return guarding.GuardKind().check(Links({}), olds, {}).inputs

    first = change({}, program={"a": {"x": "1"}})
    assert change(first, program={"a": {"x": "1"}}) == first
    assert change(first) == first
    other = change(first, program={"a": {"x": "2"}})
    assert guarding.GuardKind().replaces(first, other) == ["change"]
    again = change(first, program={"a": {"x": "1"}}, again=True)
    assert guarding.GuardKind().replaces(first, again) == ["change"]


def test_two_old_guards_that_are_deleted_side_by_side_confirm_once(lab, link, capsys, monkeypatch):
    """As after a deployment that failed: the state has the guard that it replaced, and the one that is replaced now."""
    looks, waited = closing._left_over, threading.Event()

    def slow(*asked):
        found = looks(*asked)
        waited.wait(0.2)  # the other one does all of it meanwhile, if it may
        return found

    monkeypatch.setattr(closing, "_left_over", slow)
    begin()
    block(link)
    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(end) for _ in range(2)]:
            done.result()
    assert not waits(lab)
    assert capsys.readouterr().err.count("confirmed by a new connection") == 1


@pytest.mark.usefixtures("asks_once")
def test_where_one_old_guard_does_not_confirm_another_one_does_not_either(lab, link, capsys):
    begin()
    block(link)
    link.keeping.unmet = lambda _: ["lan: packets are dropped"]
    with pytest.raises(GuardError, match="not confirmed"):
        end()
    link.keeping.unmet = None
    end()
    assert waits(lab)
    assert "a step has failed, so the change isn't confirmed" in capsys.readouterr().err
