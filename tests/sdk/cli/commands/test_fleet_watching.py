"""Guards and hubs of a fleet: what a site's process asks of routers after a deployment, and whole fleets at length."""

import json
import signal
import subprocess
import sys

import pytest

from at_length import LONG
from fleets import fleet
from waiting import until
from wiretik.cli.commands.fleet import watching
from wiretik_provider.guard import scripts
from wiretik_provider.guard.closing import Standing
from wiretik_provider.guard.scripts import State
from wiretik_provider.simulator import FarEnd, serve

KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
SECOND = "T1RIRVJfUFVCTElDX0tFWS4uLi4uLi4uLi4uLi4uLi4="
MINE = watching.ownership.stack_part("net", "hub")


@pytest.fixture(scope="module")
def lab():
    with serve(password="", tls=False) as found:
        found.router.run("/interface/wireguard/add", name="wg9")
        for name, key in (("a", KEY), ("b", SECOND)):
            more = {"interface": "wg9", "name": name, "allowed_address": f"10.9.0.{len(name)}/32"}
            found.router.run("/interface/wireguard/peers/add", public_key=key, **more)
        yield found


@pytest.fixture
def clock(lab, monkeypatch):
    """Time that passes where somebody would sleep and nowhere else, for the router as well."""
    ahead, began = [0.0], lab.router.clock()

    def pause(seconds):
        ahead[0] += seconds

    monkeypatch.setattr(lab.router, "clock", lambda: began + ahead[0])
    monkeypatch.setattr(watching, "_now", lambda: ahead[0])
    monkeypatch.setattr(watching, "_pause", pause)
    return ahead


@pytest.fixture
def spokes(lab, clock):
    """The far ends of two spokes, which are alive; the last handshakes were 20 s ago."""
    assert not clock[0]
    far = {key: FarEnd(last=lab.router.clock() - 20) for key in (KEY, SECOND)}
    lab.router.far_ends.update(far)
    yield far
    for key in far:
        del lab.router.far_ends[key]


def job(lab, *keys, **more):
    config = {"wiretik:host": lab.host, "wiretik:port": str(lab.api_port), "wiretik:tls": "false"}
    config |= {"wiretik:username": "admin", "wiretik:password": ""}
    asked = {"site": "hub", "project": "net", "operation": "up", "options": {}, "spokes": list(keys), "again": False}
    return {**asked, **more}, config


@pytest.mark.usefixtures("spokes")
def test_a_hub_is_proved_when_each_spoke_that_lived_has_been_heard_since(lab, clock):
    notes = []
    with watching.watched(*job(lab, KEY, SECOND), notes.append) as watch:
        assert watch.judged(well=True, changed=True, moved=False) == ()
    assert 90 < clock[0] < 140, "a tunnel's keys are renewed after two minutes"
    assert notes == ["waits for 2 of its spokes: tunnel wg9 to a: no handshake since the change"]


def test_a_spoke_that_isnt_heard_any_more_is_named(lab, spokes, clock):
    with watching.watched(*job(lab, KEY, SECOND), lambda _: None) as watch:
        spokes[SECOND].alive = lambda: False
        assert watch.judged(well=True, changed=True, moved=False) == ("tunnel wg9 to b: no handshake since the change",)
    assert clock[0] >= 170


def test_nobody_waits_for_a_spoke_that_was_silent_before_nor_where_nothing_changed(lab, spokes, clock):
    with watching.watched(*job(lab, KEY, SECOND), lambda _: None) as watch:
        assert watch.judged(well=True, changed=False, moved=False) == ()
    spokes[KEY].last -= 600
    spokes[KEY].alive = spokes[SECOND].alive = lambda: False
    spokes[SECOND].last -= 600
    with watching.watched(*job(lab, KEY, SECOND), lambda _: None) as watch:
        assert watch.judged(well=True, changed=True, moved=False) == ()
    assert clock[0] == 0


def test_spokes_prove_nothing_of_a_hub_that_has_another_key_which_they_are_given_next(lab, spokes, clock):
    notes = []
    with watching.watched(*job(lab, KEY), notes.append) as watch:
        spokes[KEY].alive = lambda: False
        assert watch.judged(well=True, changed=True, moved=True) == ()
    assert clock[0] == 0
    assert notes == ["its facts have changed, which its spokes are given next: they prove nothing now"]


@pytest.mark.parametrize(
    ("stands", "wrong"),
    [
        ([(scripts.ARMED, 100), (scripts.ARMED, 98), (scripts.CONFIRMED, 0)], ""),
        ([(scripts.ARMED, 100), None], ""),
        ([(scripts.ARMED, 2), (scripts.ROLLED_BACK, 0)], "nobody confirmed, and the router has taken the change back"),
        ([(scripts.ARMED, 0)], "nobody confirmed, and the router takes the change back"),
    ],
)
def test_a_change_that_somebody_has_to_confirm_is_waited_for(lab, clock, monkeypatch, stands, wrong):
    told = iter(stands)

    def standing(_reach):
        now = next(told)
        if now is None:
            return Standing(None, 0)
        state = State(**{**dict.fromkeys(State._fields, ""), "kind": now[0], "stack": MINE, "armed": 0, "till": 0})
        return Standing(state, now[1])

    monkeypatch.setattr(watching.confirming, "standing", standing)
    notes = []
    asked, config = job(lab)
    with watching.watched(asked, {**config, "wiretik:confirm": "manual"}, notes.append) as watch:
        found = watch.judged(well=True, changed=True, moved=False)
    assert wrong in "".join(found)
    assert bool(found) is bool(wrong)
    assert notes in ([], [f"router {lab.host}: waits to be confirmed for {stands[0][1]} s: `wiretik confirm`"])
    assert clock[0] <= 10


def test_what_is_counted_on_a_router_are_rows_of_nobody_and_findings(lab):
    found = watching.observed(*job(lab))
    assert found["unmanaged"] == 3
    assert set(found["findings"]) == {"error", "warning", "note"}


long = pytest.mark.skipif(not LONG, reason="at length: whole deployments behind guards")


@pytest.fixture
def two(tmp_path):
    with fleet(tmp_path, "a", "b") as found:
        yield found


def guards(found):
    return [
        len([row for row in lab.run("/system/script/print") if "guard" in row["name"]]) for lab in found.labs.values()
    ]


@long
def test_each_site_is_confirmed_before_its_wave_ends(two):
    done = two.run("up", "--yes", "--confirm", "5m", "--waves", "50%", "--json")
    assert done.code == 0, done.out + done.err
    assert guards(two) == [0, 0]
    assert two.rows() == {"a": 1, "b": 1}


@long
def test_a_controller_that_dies_confirms_nobody_and_a_resumed_run_goes_on_from_what_routers_took_back(two):
    settings = two.place / "fleet.yaml"  # each waits for somebody who confirms
    settings.write_text(settings.read_text().replace("username: admin,", "username: admin, confirm: manual,"))
    words = [sys.executable, "-m", "wiretik", "fleet", "up", "-f", str(two.place / "fleet.yaml"), "--yes", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            if json.loads(line)["event"] == "site-waits":
                break
        process.send_signal(signal.SIGKILL)
    until(lambda: guards(two)[0] == 1)

    settings.write_text(settings.read_text().replace(" confirm: manual,", ""))
    done = two.run("up", "--yes", "--resume", "last", "--confirm", "5m", "--json")

    assert done.code == 0, done.out + done.err
    assert any("takes back what nobody has confirmed" in str(one.get("why")) for one in done.events)
    assert guards(two) == [0, 0]
    assert two.rows() == {"a": 1, "b": 1}
    assert two.run("preview", "--expect-no-changes").code == 0
