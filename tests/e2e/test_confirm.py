"""A deployment that nobody confirms is undone by the router, and the next one learns of it; both engines alike."""

import contextlib
import os

import pytest
from typer.testing import CliRunner

from at_length import LONG
from deploying import PASSPHRASE, STACK, Site, reach
from wiretik.cli import app, confirming

from .conftest import needs_pulumi, timed

TWO = """
wt.AddressList("friends", entries=["10.0.0.1", "10.0.0.2"])
wt.FilterRule("in", chain="input", action="accept", protocol="udp", dst_port="13231", position=wt.BEFORE_DROP)
"""
ONE = """
wt.AddressList("friends", entries=["10.0.0.1", "10.0.0.3"])
"""
GUARD_MENUS = ("/system/script", "/system/scheduler", "/tool/netwatch")


lab = pytest.fixture(timed)


def site(lab, directory, program=TWO, engine="embedded", **config):
    keys = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    return Site(directory, program, {**keys, **config}, engine=engine)


def network(lab):
    found = lab.router.snapshot()
    return {path: rows for path, rows in found.items() if path not in GUARD_MENUS and rows}


def guard_rows(lab):
    return [row for path in GUARD_MENUS for row in lab.router.rows(path)]


def command(place, *words):
    """One of the commands that a person gives, from his own terminal."""
    environment = {"PULUMI_BACKEND_URL": f"file://{place.backend}", "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE}
    found = CliRunner().invoke(app, [*words, "-C", str(place.directory), "-s", STACK], env=environment)
    return found.exit_code, found.output


UNSIGNED = 'wt.MenuRow("/ip/ipsec/profile", "office", name="office")'
"""A row of a menu without comments."""
MANUAL = {"wiretik:confirm": "manual", "wiretik:confirm-within": "2m"}


def test_without_it_nothing_of_it_touches_the_router(lab, tmp_path):
    place = site(lab, tmp_path)
    lab.reset_stats()
    assert place.up().ok
    paths = {name.rpartition("/")[0] for name in lab.stats().commands}
    assert not paths & {*GUARD_MENUS, "/safe-mode"}


def test_what_is_confirmed_by_hand_stays(lab, clock, tmp_path):
    place = site(lab, tmp_path, **MANUAL)
    before = network(lab)
    assert place.up().ok
    assert command(place, "guard")[1].startswith("router 127.0.0.1: a change of this stack waits to be confirmed; the")
    preview = place.preview()
    assert (preview.ok, preview.touched) == (True, [])
    assert "the last change isn't confirmed: the router takes it back in" in preview.text
    place.write(ONE)
    assert not place.up().ok  # no other begins
    assert len(lab.router.rows("/ip/firewall/address-list")) == 2
    code, said = command(place, "confirm")
    assert (code, "confirmed, the change stays" in said) == (0, True)
    clock.ahead += 1000
    assert network(lab) != before
    assert guard_rows(lab) == []
    assert command(place, "guard")[1] == "router 127.0.0.1: nothing waits to be confirmed\n"
    assert command(place, "confirm")[0] == 1


def test_what_nobody_confirms_goes_back_whole_and_the_gate_wants_a_refresh(lab, clock, tmp_path):
    place = site(lab, tmp_path, f"{TWO}\n{UNSIGNED}")
    assert place.up().ok
    before = network(lab)
    place.write(ONE)
    place.configure({**place.config, **MANUAL})
    assert place.up().ok
    assert network(lab) != before
    clock.ahead += 200
    lab.router.tick()
    assert network(lab) == before
    refused = place.up()
    assert not refused.ok
    assert "the router has taken the last change back, since nobody confirmed it in time" in refused.text
    again = place.up(refresh=True)
    assert again.ok, again.errors
    assert "2 rows that the rollback brought back are nobody's: up removes them" in again.text
    assert "3 rows that waited for it removed" in command(place, "confirm")[1]
    assert lab.router.rows("/ip/ipsec/profile") == []
    assert [row["address"] for row in lab.router.rows("/ip/firewall/address-list")] == ["10.0.0.1", "10.0.0.3"]
    assert not [row for row in lab.router.rows("/ip/firewall/filter") if "wt:" in row.get("comment", "")]
    assert place.preview(refresh=True).touched == []


@pytest.mark.skipif(not LONG, reason="at length")
def test_after_a_rollback_a_refresh_is_enough_where_nothing_is_to_be_written(lab, tmp_path):
    place = site(lab, tmp_path, ONE)
    assert place.up().ok
    place.write(TWO)
    place.configure({**place.config, **MANUAL})
    assert place.up().ok
    assert "the change is taken back" in command(place, "rollback")[1]
    place.write(ONE)
    assert not place.preview().ok
    assert place.up(refresh=True).ok
    assert place.up(expect_no_changes=True).ok


@needs_pulumi
def test_the_cli_waits_is_confirmed_and_taken_back_alike(lab, tmp_path):
    place = site(lab, tmp_path, engine="pulumi", **MANUAL)
    empty = network(lab)
    first = place.up()
    assert first.ok, first.errors
    assert "confirmed, the change stays" in command(place, "confirm")[1]
    before = network(lab)
    assert place.preview().touched == []
    place.write(ONE)
    assert place.up().ok
    assert "the change is taken back" in command(place, "rollback")[1]
    assert network(lab) == before
    refused = place.up()
    assert (refused.ok, "the router has taken the last change back" in refused.text) == (False, True)
    again = place.up(refresh=True)
    assert again.ok, again.errors
    assert "2 rows that waited for it removed" in command(place, "confirm")[1]
    assert place.preview().touched == []
    assert place.destroy().ok
    assert "confirmed, the change stays" in command(place, "confirm")[1]
    assert network(lab) == empty


def test_up_confirms_by_itself_once_the_router_answers_anew(lab, clock, tmp_path):
    place = site(lab, tmp_path)
    code, said = command(place, "up", "--yes", "--skip-preview", "--confirm", "2m")
    assert code == 0, said
    assert "confirmed by a new connection, the change stays" in said
    assert guard_rows(lab) == []
    assert "WIRETIK_CONFIRM" not in os.environ
    (kept,) = (place.backend / ".pulumi" / "history" / place.name / STACK).glob("*.rsc")  # the router before the up
    assert (kept.stat().st_mode & 0o777, "10.0.0.1" in kept.read_text()) == (0o600, False)
    place.write(ONE)
    code, said = command(place, "up", "--yes", "--json", "--confirm", "2m")
    assert (code, '"confirmEvent":{"router":"","host":"127.0.0.1","state":"confirmed"}}' in said) == (0, True), said
    assert len(list(kept.parent.glob("*.rsc"))) == 2
    clock.ahead += 1000
    lab.router.tick()
    assert len(lab.router.rows("/ip/firewall/address-list")) == 2
    code, said = command(place, "up", "--yes", "--skip-preview", "--confirm", "soon")
    assert code == 2
    assert "--confirm: the time to confirm a change in is 'soon'" in said


def test_a_program_that_closes_our_own_way_in_is_back_by_itself(lab, clock, tmp_path, monkeypatch):
    """The rule drops every new connection to the router's API: what is established lives on, as on a router."""
    place = site(lab, tmp_path, **{"wiretik:guard": "false"})
    before = network(lab)
    monkeypatch.setattr(confirming, "_pause", lambda _: None)
    moments = iter(range(0, 1000, 50))
    monkeypatch.setattr(confirming, "_now", lambda: next(moments))
    with closed_by(lab, "10.0.0.1"):
        code, said = command(place, "up", "--yes", "--skip-preview", "--confirm", "2m")
    assert code == 1
    assert "error: not confirmed" in said
    clock.ahead += 200
    lab.router.tick()
    assert network(lab) == before


@contextlib.contextmanager
def closed_by(lab, address):
    """New connections are refused while an entry of an address list is there."""
    admits = lab.router.admits

    def closed(service, among):
        there = any(row["address"] == address for row in lab.router.rows("/ip/firewall/address-list"))
        return not there and admits(service, among)

    lab.router.admits = closed
    try:
        yield
    finally:
        lab.router.admits = admits
