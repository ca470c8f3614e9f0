"""Waves and the budget: which sites are done when, and when nothing new begins."""

import datetime as dt

import pytest

from wiretik.engine.errors import ProjectError
from wiretik.fleet.runs.waves import Limits, Window, ordered, share, waves, why_halted
from wiretik.fleet.values import Outcome

SITES = [f"s{n}" for n in range(200)]


@pytest.mark.parametrize(
    ("text", "sites", "sizes"),
    [
        ("1,5%,25%,100%", 200, [1, 9, 40, 150]),
        ("", 200, [1, 9, 40, 150]),
        ("100%", 200, [200]),
        ("1,10", 200, [1, 9, 190]),
        ("1,5%,25%,100%", 6, [1, 5]),
        ("1,5%,25%,100%", 1, [1]),
        ("5%", 3, [1, 2]),
        ("500", 3, [3]),
    ],
)
def test_each_entry_says_how_many_are_done_when_its_wave_is(text, sites, sizes):
    found = waves(text, SITES[:sites])
    assert [len(wave) for wave in found] == sizes
    assert [site for wave in found for site in wave] == SITES[:sites]


@pytest.mark.parametrize("text", ["x", "5%%", "-1", "101%", "1.5", ""])
def test_a_share_is_a_number_or_a_percentage(text):
    with pytest.raises(ProjectError, match="it is a number of sites, or a share"):
        share(text, 200, "--max-failed")


def test_a_share_is_of_all_sites_that_were_chosen():
    assert [share(text, 200, "--x") for text in ("1%", "0.5%", "0", "3", "0.1%")] == [2, 1, 0, 3, 0]


def test_a_spoke_goes_first_then_hubs_and_destroy_goes_backwards():
    assert ordered(["a", "hub", "b"], ["hub"], "up") == ("a", "hub", "b")
    assert ordered(["hub", "a", "b"], ["hub"], "up") == ("a", "hub", "b")
    assert ordered(["hub", "a", "b"], ["hub"], "destroy") == ("b", "hub", "a")
    assert ordered(["hub"], ["hub"], "up") == ("hub",)


def outcomes(**counts):
    return [Outcome(site=f"{v}{n}", verdict=v) for v, count in counts.items() for n in range(count)]


def test_the_limit_is_exceeded_not_reached():
    assert why_halted(outcomes(ok=7, failed=1, unreachable=1), Limits(failed=2)) == ""
    assert why_halted(outcomes(ok=7, unreachable=3), Limits(failed=2)) == (
        "0 sites failed and 3 can't be reached; 2 may"
    )
    assert why_halted(outcomes(failed=1), Limits(failed=0))


def test_sites_out_of_reach_have_a_limit_of_their_own_where_one_is_given():
    limits = Limits(failed=0, unreachable=5)
    assert why_halted(outcomes(unreachable=5), limits) == ""
    assert why_halted(outcomes(unreachable=6), limits) == "6 sites can't be reached, and 5 may"
    assert why_halted(outcomes(failed=1, unreachable=1), limits)


@pytest.mark.parametrize(
    ("text", "at", "open_"),
    [
        ("22:00-05:00", "23:30", True),
        ("22:00-05:00", "04:59", True),
        ("22:00-05:00", "05:00", False),
        ("09:00-17:00", "12:00", True),
        ("09:00-17:00", "18:00", False),
    ],
)
def test_a_window_may_go_over_midnight(text, at, open_):
    assert Window.parse(text).is_open(dt.time.fromisoformat(at)) is open_


@pytest.mark.parametrize("text", ["22-05", "25:00-05:00", "always", "22:00"])
def test_a_window_is_two_times_of_day(text):
    with pytest.raises(ProjectError, match=r"such as 22:00-05:00"):
        Window.parse(text)
