"""The loop of a run, on controllers that need no database: budget, pauses, the window, hubs."""

import datetime as dt
import threading

import pytest

from wiretik.fleet.runs import running
from wiretik.fleet.runs.waves import Limits, Window, ordered, waves
from wiretik.fleet.values import Outcome

SITES = [f"s{n}" for n in range(1, 201)]


class Kept:
    """A controller that does each site when somebody waits for it."""

    slots = 4

    def __init__(self, verdicts=None, done=(), then=lambda _: None):
        self.verdicts, self.then = dict(verdicts or {}), then
        self.waiting, self.begun, self.most = [], [], 0
        self.done = {site: Outcome(site=site, verdict="ok").as_json() for site in done}

    def known(self):
        return dict(self.done), set()

    def start(self, site):
        self.begun.append(site)
        self.waiting.append(site)
        self.most = max(self.most, len(self.waiting))

    def next(self, waited_for, patience):
        from wiretik.fleet.runs.durable import Came  # as late as its users: DBOS takes a second of processor time

        assert waited_for
        assert patience
        site = self.waiting.pop(0)
        self.then(site)
        return [Came(site, Outcome(site=site, verdict=self.verdicts.get(site, "ok")).as_json())]


def go(kept, *, text="1,5%,25%,100%", sites=SITES, hubs=(), stopping=None, before=None, **limits):
    said = []
    plan = waves(text, ordered(sites, hubs, "up"), hubs)
    spec = running.Spec(
        run="r",
        attempt="r",
        operation="up",
        waves=[[site for site in wave if site not in (before or ())] for wave in plan],
        limits=Limits(**{"failed": 0, "hubs": frozenset(hubs), **limits}),
        workers=4,
        before=before or {},
    )
    loop = running._Loop(spec, kept, lambda event, **more: said.append((event, more)), stopping or threading.Event())
    outcomes, ending, why = loop.go()
    return outcomes, ending, why, said


def test_three_of_the_first_ten_unreachable_halt_a_run_of_which_one_in_a_hundred_may_fail():
    kept = Kept(dict.fromkeys(("s2", "s5", "s9"), "unreachable"))
    outcomes, ending, why, _ = go(kept, failed=2)
    assert (ending, why) == ("halted", "0 sites failed and 3 can't be reached; 2 may")
    assert 200 - len(kept.begun) >= 150
    assert set(outcomes) == set(kept.begun), "what was begun has an outcome"

    good = {site: one for site, one in outcomes.items() if one.verdict == "ok"}
    resumed = Kept()
    outcomes, ending, *_ = go(resumed, failed=2, before=good)
    assert ending == "done"
    assert not set(resumed.begun) & set(good), "what was done isn't done again"
    assert len(outcomes) == 200


def test_so_many_as_there_are_slots_are_under_way_and_a_wave_ends_before_the_next_begins():
    kept = Kept()
    _, ending, _, said = go(kept)
    assert ending == "done"
    assert kept.most == 4
    assert kept.begun == SITES
    assert [more["sites"] for event, more in said if event == "wave"] == [1, 9, 40, 150]


def test_a_pause_ends_the_run_after_its_wave_and_not_after_the_last_one():
    kept = Kept()
    _, ending, why, _ = go(kept, pause_after=2)
    assert (ending, why, len(kept.begun)) == ("paused", "after wave 2, as asked", 10)
    assert go(Kept(done=kept.begun), pause_after=4)[1] == "done"


def test_when_the_window_closes_nothing_new_begins_and_what_is_under_way_ends(monkeypatch):
    clock = [dt.datetime(2026, 11, 30, 23, 59)]  # noqa: DTZ001, the user's own time of day

    class Now(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return clock[0] if tz is None else super().now(tz)

    monkeypatch.setattr(running, "datetime", Now)

    def tick(_):
        clock[0] += dt.timedelta(minutes=10)

    kept = Kept(then=tick)
    outcomes, ending, why, _ = go(kept, window=Window.parse("22:00-05:00"))
    assert (ending, why) == ("closed", "it is past 05:00")
    assert set(outcomes) == set(kept.begun)
    assert 30 <= len(kept.begun) < 40, "six sites an hour for five hours, and what was under way"


def test_an_interruption_lets_what_is_under_way_end():
    stopping = threading.Event()
    kept = Kept(then=lambda site: site == "s12" and stopping.set())
    outcomes, ending, _, _ = go(kept, stopping=stopping)
    assert ending == "interrupted"
    assert set(outcomes) == set(kept.begun)
    assert len(kept.begun) <= 16


def test_a_hub_comes_after_one_spoke_and_alone():
    kept = Kept()
    go(kept, hubs=("s7", "s8"))
    assert kept.begun[:3] == ["s1", "s7", "s8"]
    assert waves("1,5%,100%", ordered(SITES, ("s7",), "up"), ("s7",))[:2] == (("s1",), ("s7",))


@pytest.mark.parametrize("verdict", ["failed", "unreachable"])
def test_a_hub_that_goes_wrong_halts_the_run_whatever_may_fail(verdict):
    kept = Kept({"s7": verdict})
    _, ending, why, _ = go(kept, hubs=("s7",), failed=50, unreachable=50)
    assert (ending, why) == ("halted", "hub s7 went wrong, on which others lean")
    assert kept.begun == ["s1", "s7"]
