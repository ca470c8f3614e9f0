"""With `wiretik:confirm` set to `auto` a deployment confirms itself where all is at least as well as before."""

import pytest

from at_length import LONG
from wiretik_provider.kinds import guarding
from wiretik_provider.simulator import FarEnd

from .conftest import needs_pulumi, timed
from .test_confirm import ONE, TWO, command, guard_rows, network, site

pytestmark = pytest.mark.timeout(400)  # several deployments each, with the CLI as well
AUTO = {"wiretik:confirm": "auto", "wiretik:confirm-within": "2m"}


lab = pytest.fixture(timed)


def test_each_deployment_confirms_itself_deletions_too_and_a_second_one_shows_nothing(lab, tmp_path):
    place = site(lab, tmp_path, **AUTO)
    first = place.up()
    assert first.ok, first.errors
    assert "confirmed by a new connection, the change stays" in first.text
    assert guard_rows(lab) == []
    assert place.preview(expect_no_changes=True).ok
    assert place.up(expect_no_changes=True).ok
    place.write(ONE)
    second = place.up()
    assert second.ok, second.errors
    assert "confirmed by a new connection, the change stays; 2 rows that waited for it removed" in second.text
    assert guard_rows(lab) == []
    assert place.up(expect_no_changes=True).ok
    assert place.destroy().ok
    assert guard_rows(lab) == []
    assert not [row for row in lab.router.rows("/ip/firewall/address-list") if "wt:" in row.get("comment", "")]


@needs_pulumi
@pytest.mark.timeout(900)
def test_the_cli_deletes_the_old_guard_after_all_else_so_that_it_confirms(lab, tmp_path):
    """If Pulumi deleted in another order, the deletions would be left under a guard that nobody confirms."""
    place = site(lab, tmp_path, engine="pulumi", **AUTO)
    for program, removed in ((TWO, ""), (ONE, "; 2 rows that waited for it removed")):
        place.write(program)
        run = place.up()
        assert run.ok, run.errors
        assert f"confirmed by a new connection, the change stays{removed}" in run.text
        assert guard_rows(lab) == []
    assert place.up(expect_no_changes=True).ok
    assert place.destroy().ok
    assert guard_rows(lab) == []


KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
TUNNEL = f"""
wg1 = wt.WireGuardInterface("wg1", listen_port=13999)
wt.Peer("office", interface=wg1, public_key="{KEY}", allowed_address=["10.20.0.0/24"], persistent_keepalive="25s")
"""
BLOCKED = f"""{TUNNEL}
wt.FilterRule("shut", chain="input", action="drop", protocol="udp", dst_port="13999", position=wt.FIRST)
"""


def test_a_program_that_blocks_its_tunnels_port_while_all_else_works_is_not_confirmed(
    lab, clock, tmp_path, monkeypatch
):
    place = site(lab, tmp_path, TUNNEL, **AUTO)
    assert place.up().ok

    def carries():
        rules = lab.router.rows("/ip/firewall/filter")
        return not any(row.get("dst-port") == "13999" and row["action"] == "drop" for row in rules)

    lab.router.far_ends[KEY] = FarEnd(carries, last=clock() - 20)
    before = network(lab)
    monkeypatch.setattr(guarding, "_MARGIN", 10_000)  # it isn't waited for
    place.write(BLOCKED)
    clock.ahead += 130
    blocked = place.up()
    assert not blocked.ok
    assert "not confirmed: tunnel wg1 to peer1: no handshake since the change; the router takes" in str(blocked.errors)
    clock.ahead += 400
    lab.router.tick()
    assert network(lab) == before


MORE = f"""{TWO}
wt.FilterRule("more", chain="input", action="accept", protocol="udp", dst_port="13232", position=wt.BEFORE_DROP)
"""


@pytest.mark.skipif(not LONG, reason="at length")
def test_what_only_a_target_changes_waits_until_somebody_confirms(lab, clock, tmp_path, engine):
    place = site(lab, tmp_path, engine=engine, **AUTO)
    assert place.up().ok
    place.write(MORE)
    targeted = place.up(targets=("urn:pulumi:lab::site::pulumi-python:dynamic/wiretik:FilterRule::more",))
    assert targeted.ok, targeted.errors
    assert "unless confirming it is told below, run `wiretik confirm`" in targeted.text
    assert guard_rows(lab)
    clock.ahead += 1000
    lab.router.tick()
    refused = place.up()
    assert (refused.ok, "the router has taken the last change back" in refused.text) == (False, True)
    again = place.up(refresh=True)
    assert again.ok, again.errors
    assert "confirmed by a new connection" in again.text
    assert guard_rows(lab) == []
    assert sum("wt:" in row.get("comment", "") for row in lab.router.rows("/ip/firewall/filter")) == 2
    assert place.up(expect_no_changes=True).ok


@needs_pulumi
@pytest.mark.timeout(900)
def test_what_the_cli_leaves_out_breaks_no_state_and_what_is_made_of_it_later_waits(lab, tmp_path):
    """The seal doesn't depend on a row that `--exclude` leaves out, nor the guard on one that is protected."""
    urn = "urn:pulumi:lab::site::pulumi-python:dynamic/wiretik:FilterRule::"
    place = site(lab, tmp_path, engine="pulumi", **AUTO)
    assert place.up().ok
    place.write(MORE.replace('"10.0.0.2"', '"10.0.0.3"'))
    without = place.up(excludes=(f"{urn}more",))
    assert without.ok, without.errors
    assert "confirmed by a new connection" in without.text
    assert sum("wt:" in row.get("comment", "") for row in lab.router.rows("/ip/firewall/filter")) == 1
    whole = place.up()
    assert whole.ok, whole.errors
    assert "unless confirming it is told below, run `wiretik confirm`" in whole.text
    assert "the last change isn't confirmed" in place.preview(expect_no_changes=True).text
    assert "confirmed, the change stays" in command(place, "confirm")[1]
    place.write(
        MORE.replace("13232", "13233").replace("position=wt", "opts=pulumi.ResourceOptions(protect=True), position=wt")
    )
    protected = place.up()
    assert protected.ok, protected.errors
    assert "confirmed by a new connection" in protected.text
    assert place.preview(expect_no_changes=True).ok
    assert place.up(expect_no_changes=True).ok
    gone = place.destroy(exclude_protected=True)
    assert gone.ok, gone.errors
    assert "unless confirming it is told below, run `wiretik confirm`" in gone.text
    assert "rows that waited for it removed" in command(place, "confirm")[1]
    assert guard_rows(lab) == []
    assert sum("wt:" in row.get("comment", "") for row in lab.router.rows("/ip/firewall/filter")) == 2


def test_a_failed_step_is_no_confirm_and_the_next_deployment_ends_it(lab, clock, tmp_path, engine):
    place = site(lab, tmp_path, engine=engine, **AUTO)
    assert place.up().ok
    before = network(lab)
    place.write(MORE.replace('"10.0.0.2"', '"10.0.0.3"'))
    lab.fault("refuse", path="/ip/firewall/filter", verb="add")
    failed = place.up(**({"continue_on_error": True} if engine == "pulumi" else {}))
    assert not failed.ok
    assert "the change stays" not in failed.text
    assert guard_rows(lab)
    lab.clear_faults()
    waits = place.preview()
    assert waits.ok
    assert "the last change isn't confirmed: the router takes it back in" in waits.text
    clock.ahead += 1000
    lab.router.tick()
    assert network(lab) == before
    again = place.up(refresh=True)
    assert again.ok, again.errors
    assert "confirmed by a new connection" in again.text
    assert guard_rows(lab) == []
    assert place.up(expect_no_changes=True).ok
