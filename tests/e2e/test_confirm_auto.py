"""With `wiretik:confirm` set to `auto` a deployment confirms itself where all is at least as well as before."""

import pytest

from deploying import PASSWORD
from wiretik_provider.simulator import serve

from .conftest import needs_pulumi
from .test_confirm import ONE, TWO, Clock, guard_rows, site

AUTO = {"wiretik:confirm": "auto", "wiretik:confirm-within": "2m"}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def lab(clock):
    with serve(profile="defconf", password=PASSWORD, clock=clock) as running:
        yield running


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
