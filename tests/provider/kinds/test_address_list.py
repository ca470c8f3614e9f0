"""A whole address list on a router: made, seen, mended, given back, and never a moment without what is still wanted."""

import json

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.errors import PartlyDone, RowError
from wiretik_provider.kinds import address_list
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.menus import menu
from wiretik_provider.rows import ownership

PATH = "/ip/firewall/address-list"


def entries(count, comment="", start=0):
    return {f"10.{n >> 8}.{n & 255}.1": comment for n in range(start, start + count)}


def by_address(bench):
    return {row["address"]: row for row in bench.lab.router.rows(PATH)}


@pytest.fixture
def thing(bench):
    return bench.resource(AddressListKind(menu("/ip/firewall/address-list")))


def test_a_list_is_made_read_changed_and_removed(bench, thing):
    fresh = bench.lab.router.snapshot()
    thing.up(list="l", entries={"10.0.0.0/24": "", "10.1.0.1": "a host", "10.2.0.0/16": {"disabled": True}})
    inputs = dict(thing.inputs)
    assert thing.refresh().inputs == inputs
    bench.watch(PATH)
    thing.up(list="l", entries={"10.0.0.0/24": "", "10.1.0.1": "another", "10.3.0.0/16": ""})
    assert bench.verbs() == ["add", "set", "remove"]
    assert thing.refresh().inputs == thing.inputs
    thing.destroy()
    assert bench.lab.router.snapshot() == fresh


def test_ranges_names_and_other_spellings_are_no_difference(bench, thing):
    wanted = ["10.0.0.1-10.0.0.9", "192.168.0.0-192.168.1.255", "10.5.0.1/32", "vpn.example.com"]
    thing.up(list="l", entries=wanted)
    printed = {"10.0.0.1-10.0.0.9", "192.168.0.0/23", "10.5.0.1", "vpn.example.com"}
    assert printed <= set(by_address(bench))
    assert thing.refresh().inputs == thing.inputs
    bench.watch(PATH)
    thing.up(list="l", entries=[*reversed(wanted)])
    assert bench.written == []


def test_every_bad_entry_is_told_at_once(thing):
    told = thing.problems(
        list="l", entries=["10.0.0.0/33", "10.0.0.1", "fe80::1", {"address": "10.0.0.2", "timeout": "1y"}]
    )
    assert set(told) == {"entries"}
    whole = [
        p.reason
        for p in thing.kind.check(thing.links, {}, {"list": "l", "entries": ["10.0.0.0/33", "fe80::1"]}).problems
    ]
    assert [reason.partition(":")[0] for reason in whole] == ["entry 1", "entry 2"]


def test_overlapping_entries_are_remarked_on(thing, capfd):
    thing.up(list="l", entries=["10.0.0.0/8", "10.1.0.0/16"])
    assert "note: address list l: 10.1.0.0/16 lies within 10.0.0.0/8" in capfd.readouterr().err


def test_a_timeout_that_counts_down_is_no_drift_and_neither_is_its_end(bench, thing):
    thing.up(list="l", entries={"10.0.0.1": {"timeout": "1h"}, "10.0.0.2": ""})
    inputs = dict(thing.inputs)
    row = by_address(bench)["10.0.0.1"]
    assert row["dynamic"] == "true"
    bench.lab.run(f"{PATH}/set", id=row[".id"], timeout="10m")  # as after fifty minutes
    assert thing.refresh().inputs == inputs
    bench.lab.run(f"{PATH}/remove", id=row[".id"])  # as after an hour
    assert thing.refresh().inputs == inputs
    bench.watch(PATH)
    thing.kind.update(thing.links, thing.id, thing.state, thing.inputs)
    assert bench.written == []
    thing.up(list="l", entries={"10.0.0.1": {"timeout": "2h"}, "10.0.0.2": ""})
    assert by_address(bench)["10.0.0.1"]["timeout"].startswith(("2h", "1h59m"))


DRIFTS = {
    "removed": lambda lab, row: lab.run(f"{PATH}/remove", id=row),
    "disabled": lambda lab, row: lab.run(f"{PATH}/disable", id=row),
    "commented": lambda lab, row: lab.run(
        f"{PATH}/set",
        id=row,
        comment=next(
            f"by hand [{found['comment'].partition('[')[2]}" for found in lab.router.rows(PATH) if found[".id"] == row
        ),
    ),
}


@pytest.mark.parametrize("drift", DRIFTS)
def test_drift_of_one_entry_is_seen_as_that_entry_and_mended_by_one_command(bench, thing, drift):
    thing.up(list="l", entries=entries(20, "x"))
    before = dict(thing.inputs["entries"])
    DRIFTS[drift](bench.lab, by_address(bench)["10.0.7.1"][".id"])
    seen = thing.refresh().inputs["entries"]
    assert {address for address in {*seen, *before} if seen.get(address) != before.get(address)} == {"10.0.7.1"}
    bench.watch(PATH)
    thing.up(list="l", entries=entries(20, "x"))
    assert len(bench.written) == 1
    assert thing.refresh().inputs["entries"] == before


@pytest.mark.parametrize("kept", [False, True])
def test_an_entry_that_got_a_timeout_by_hand_is_drift_and_mended_or_told(bench, thing, kept):
    """What a router does when a timeout is cleared isn't known: here one does it and one doesn't."""
    thing.up(list="l", entries=entries(3, "x"))
    before = dict(thing.inputs)
    row_id = by_address(bench)["10.0.1.1"][".id"]
    bench.lab.run(f"{PATH}/set", id=row_id, timeout="1h")
    assert thing.refresh().inputs["entries"]["10.0.1.1"] == {"comment": "x", "timeout": "1h"}
    if not kept:
        execute = bench.lab.router.execute

        def lenient(words, *rest):
            answer = execute(words, *rest)
            if "=!timeout=" in words:
                row = bench.lab.router.table(PATH).get(int(row_id[1:], 16))
                row.expires, row.dynamic = None, False
            return answer

        bench.lab.router.execute = lenient
    if kept:
        with pytest.raises(RowError, match=r"keeps the timeout that 10\.0\.1\.1 got by hand; remove"):
            thing.up(list="l", entries=entries(3, "x"))
        assert "10.0.1.1" in by_address(bench), "it is never missing while it is wanted"
    else:
        thing.up(list="l", entries=entries(3, "x"))
        assert thing.refresh().inputs == before


def test_entries_of_others_are_kept_or_pruned_and_dynamic_ones_always_left(bench, thing):
    add = lambda address, **more: bench.lab.run(f"{PATH}/add", list="l", address=address, **more)  # noqa: E731
    add("10.9.0.1", comment="by hand")
    add("10.0.0.1", comment="by hand, too")
    add("10.9.0.2", timeout="1d")
    thing.up(list="l", entries=["10.0.0.1", "10.0.0.2"])
    assert set(by_address(bench)) == {"10.9.0.1", "10.0.0.1", "10.9.0.2", "10.0.0.2"}
    assert by_address(bench)["10.0.0.1"]["comment"] == "by hand, too"
    assert thing.refresh().inputs == thing.inputs

    thing.up(list="l", entries=["10.0.0.1", "10.0.0.2"], foreign="prune")
    assert set(by_address(bench)) == {"10.0.0.1", "10.9.0.2", "10.0.0.2"}
    add("10.9.0.3")
    assert "10.9.0.3" in thing.refresh().inputs["entries"]

    add("10.9.0.4", comment=ownership.signed("theirs", ownership.Tag("beef", "01234567")))
    close_all()
    with pytest.raises(RowError, match=r"10\.9\.0\.4.*is another program's, and foreign=prune would remove it"):
        thing.up(list="l", entries=["10.0.0.1", "10.0.0.2"], foreign="prune")


def test_adopted_entries_are_given_back(bench, thing):
    bench.lab.run(f"{PATH}/add", list="l", address="10.0.0.1", comment="by hand", disabled="yes")
    before = bench.lab.router.snapshot()
    thing.up(list="l", entries={"10.0.0.1": "ours"}, adopt=True)
    row = by_address(bench)["10.0.0.1"]
    assert row["comment"].startswith("ours [wta:")
    assert row["disabled"] == "false"
    thing.destroy()
    assert bench.lab.router.snapshot() == before


def test_no_moment_misses_an_entry_that_is_still_wanted_and_adds_come_first(bench, thing):
    old, new = entries(80), entries(80, start=40) | {"10.0.50.1": "said"}
    thing.up(list="l", entries=old)
    bench.watch(PATH)
    thing.up(list="l", entries=new)
    assert bench.verbs() == ["add"] * 40 + ["set", "remove"]
    for moment in bench.moments:
        assert old.keys() & new.keys() <= {row["address"] for row in moment}


def test_a_list_with_a_new_name_is_there_before_the_old_one_goes(bench, thing):
    thing.up(list="old", entries=entries(5))
    bench.watch(PATH)
    thing.up(list="new", entries=entries(5))
    whole = [
        {name: {r["address"] for r in moment if r["list"] == name} for name in ("old", "new")}
        for moment in bench.moments
    ]
    assert all(set(entries(5)) in moment.values() for moment in whole)
    assert whole[-1] == {"old": set(), "new": set(entries(5))}


def test_an_error_in_the_middle_says_what_was_done_and_the_next_up_does_the_rest(bench, thing):
    bench.lab.fault("refuse", PATH, "add", nth=50, times=3, message="failure: no more memory")
    with pytest.raises(PartlyDone) as told:
        thing.up(list="l", entries=entries(200))
    missing = set(entries(200)) - set(by_address(bench))
    assert "197 of 200 entries done, 3 refused; the next up does the rest" in str(told.value)
    assert set(str(told.value).partition("failure: no more memory: ")[2].split(", ")) == missing
    assert set(told.value.outputs["entries"]) == set(by_address(bench))
    thing.id, thing.state = told.value.id, told.value.outputs
    bench.watch(PATH)
    thing.up(list="l", entries=entries(200))
    assert bench.verbs() == ["add"] * 3
    assert set(by_address(bench)) == set(entries(200))


def test_what_stands_behind_a_refusal_is_not_begun_and_told(bench, thing):
    thing.up(list="l", entries=entries(3))
    bench.lab.fault("refuse", PATH, "add", nth=2, message="failure: no more memory")
    with pytest.raises(
        PartlyDone, match=r"1 of 4 entries done, 1 refused.*not begun: change 10.0.1.1; not begun: remove"
    ):
        thing.up(list="l", entries={"10.0.1.1": "said", "10.0.2.1": "", "10.9.0.1": "", "10.9.0.2": ""})
    assert set(by_address(bench)) > set(entries(3))


def test_a_refusal_before_anything_was_done_leaves_the_state_alone(bench, thing):
    bench.lab.fault("refuse", PATH, "add", times=0, message="failure: no more memory")
    with pytest.raises(RowError, match="0 of 3 entries done") as told:
        thing.up(list="l", entries=entries(3))
    assert not isinstance(told.value, PartlyDone)


def test_a_list_that_gets_a_new_name_half_way_is_still_known_by_the_old_one(bench, thing):
    thing.up(list="l", entries=entries(3))
    bench.lab.fault("refuse", PATH, "add", nth=2, message="failure: no more memory")
    with pytest.raises(RowError) as told:
        thing.up(list="other", entries=entries(3))
    assert not isinstance(told.value, PartlyDone), "or the entries under the old name would be nobody's"
    thing.up(list="other", entries=entries(3))
    assert [row["list"] for row in bench.lab.router.rows(PATH)] == ["other"] * 3


@pytest.mark.parametrize("accident", ["drop", "lose", "reset"])
def test_a_connection_that_breaks_in_the_middle_is_taken_up_again_without_a_double(bench, thing, accident):
    bench.lab.fault(accident, PATH, "add", nth=60)
    thing.up(list="l", entries=entries(150))
    assert set(by_address(bench)) == set(entries(150))
    assert len(bench.lab.router.rows(PATH)) == 150
    assert thing.refresh().inputs == thing.inputs


def test_long_work_tells_how_far_it_is(thing, capfd, monkeypatch):
    monkeypatch.setattr(address_list, "_NEWS_EVERY", 0.01)
    thing.up(list="l", entries=entries(1500))
    said = [line for line in capfd.readouterr().err.splitlines() if line.startswith("address list l: ")]
    assert said
    assert all(line.endswith(" of 1500") for line in said)


def test_a_list_of_ten_thousand_is_kept_in_no_more_than_thrice_its_text(thing):
    wanted = thing.check(list="l", entries=entries(10_000, "a comment as people write"))
    text = sum(len(address) + len(comment) for address, comment in entries(10_000, "a comment as people write").items())
    outs = {**wanted}
    assert len(json.dumps(wanted, separators=(",", ":"))) + len(json.dumps(outs, separators=(",", ":"))) <= 3 * text


def test_ten_thousand_take_a_write_each_and_are_removed_by_a_few(bench, thing):
    bench.lab.reset_stats()
    thing.up(list="l", entries=entries(3000))
    assert bench.lab.stats().commands[PATH] == {"print": 1, "add": 3000}
    bench.lab.reset_stats()
    thing.destroy()
    assert bench.lab.stats().commands[PATH]["remove"] == 6
    assert by_address(bench) == {}
