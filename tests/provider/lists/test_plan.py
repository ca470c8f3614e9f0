import time

import pytest

from at_length import rounds
from wiretik_provider.lists.entries import parse_file, report
from wiretik_provider.lists.plan import Entry, plan, seen
from wiretik_provider.rows import ownership

OURS = "5afe0000aaaa"
NEIGHBOUR = "5afe0000bbbb"
OTHERS = "beef0000aaaa"


def row(number, address, text="", owner="", *, adopted=False, **properties):
    tag = ownership.Tag(owner[:4], owner[4:], adopted=adopted)
    comment = {"comment": ownership.signed(text, tag) if owner else text} if text or owner else {}
    return (
        {".id": f"*{number}", "list": "noVPN", "address": address, "dynamic": "false", "disabled": "false"}
        | comment
        | properties
    )


def signed(text="", *, adopted=False):
    return ownership.signed(text, ownership.Tag(OURS[:4], OURS[4:], adopted=adopted))


def test_a_new_list_is_added_with_the_lists_tag_in_each_comment():
    wanted = {"10.0.0.1": Entry("web"), "10.0.0.2": Entry(timeout="1d", disabled=True)}

    assert plan([], wanted, OURS).adds == (
        {"address": "10.0.0.1", "comment": f"web [wt:{OURS}]"},
        {"address": "10.0.0.2", "comment": f"[wt:{OURS}]", "timeout": "1d", "disabled": "yes"},
    )


def test_what_is_there_is_not_touched_and_only_what_differs_is_set():
    rows = [
        row(1, "10.0.0.1", "web", OURS),
        row(2, "10.0.0.2", "by hand", OURS, disabled="true"),
        row(3, "10.0.0.3", "", OURS),
    ]
    wanted = {"10.0.0.1": Entry("web"), "10.0.0.2": Entry("mail")}

    edits = plan(rows, wanted, OURS)

    assert edits.sets == (("*2", {"comment": signed("mail"), "disabled": "no"}),)
    assert (edits.adds, edits.removes) == ((), ("*3",))


def test_a_spelling_that_the_router_would_not_choose_is_still_the_same_address():
    edits = plan([row(1, "10.0.0.0-10.0.0.255", "", OURS)], {"10.0.0.0/24": Entry()}, OURS)

    assert len(edits) == 0


def test_a_foreign_entry_that_is_wanted_is_left_alone_and_told():
    rows = [row(1, "10.0.0.1", "by hand"), row(2, "10.0.0.2", "", NEIGHBOUR)]
    wanted = {"10.0.0.1": Entry("mine"), "10.0.0.2": Entry()}

    edits = plan(rows, wanted, OURS)

    assert len(edits) == 0
    assert edits.foreign == {"10.0.0.1": "entry *1 'by hand'", "10.0.0.2": f"entry *2 of owner {NEIGHBOUR}"}
    assert seen(rows, wanted, OURS) == wanted


def test_a_foreign_entry_that_does_not_do_what_is_wanted_is_a_conflict_with_its_cure():
    rows = [row(1, "10.0.0.1", disabled="true"), row(2, "10.0.0.2", "", OTHERS)]
    wanted = {"10.0.0.1": Entry(), "10.0.0.2": Entry(disabled=True)}

    edits = plan(rows, wanted, OURS)

    assert edits.conflicts == (
        "10.0.0.1: entry *1 is disabled; adopt it, or change it on the router",
        f"10.0.0.2: entry *2 of owner {OTHERS} is enabled; change it there",
    )
    assert seen(rows, wanted, OURS) != wanted


def test_an_adopted_entry_gets_back_what_it_was():
    rows = [row(1, "10.0.0.1", "by hand", disabled="true")]
    wanted = {"10.0.0.1": Entry("mine")}

    taken = plan(rows, wanted, OURS, adopt=True)
    ((number, words),) = taken.sets
    after = [rows[0] | {"comment": words["comment"], "disabled": "false"}]

    assert words == {"comment": signed("mine", adopted=True), "disabled": "no"}
    assert len(plan(after, wanted, OURS, adopt=True)) == 0
    assert plan(after, {}, OURS, before=taken.adopted).sets == ((number, {"comment": "by hand", "disabled": "yes"}),)
    assert plan(after, {}, OURS).left == (f"entry *1 'mine' of owner {OURS}",)
    assert len(plan(after, {}, OURS)) == 0
    assert seen(after, {}, OURS) == {}


def test_pruning_takes_over_what_is_wanted_and_removes_what_is_nobodys():
    rows = [row(1, "10.0.0.1", "by hand"), row(2, "10.0.0.2"), row(3, "10.0.0.3", dynamic="true", timeout="5m")]
    wanted = {"10.0.0.1": Entry("mine")}

    edits = plan(rows, wanted, OURS, foreign="prune")

    assert edits.sets == (("*1", {"comment": signed("mine")}),)
    assert edits.removes == ("*2",)
    assert edits.conflicts == ()
    assert "10.0.0.2" in seen(rows, wanted, OURS, foreign="prune")


def test_pruning_stops_at_another_programs_entries():
    rows = [row(1, "10.0.0.1", "", OTHERS), row(2, "10.0.0.2", "", NEIGHBOUR)]

    edits = plan(rows, {"10.0.0.1": Entry()}, OURS, foreign="prune")

    assert edits.conflicts == (
        f"10.0.0.1: entry *1 of owner {OTHERS} is another program's, and foreign=prune would take it over",
        f"10.0.0.2: entry *2 of owner {NEIGHBOUR} is another program's, and foreign=prune would remove it",
    )
    assert len(edits) == 0


@pytest.mark.parametrize("foreign", ["keep", "prune"])
def test_dynamic_entries_of_others_are_left_alone_and_do_while_they_are_there(foreign):
    rows = [row(1, "10.0.0.1", dynamic="true", timeout="5m"), row(2, "10.0.0.9", dynamic="true")]
    wanted = {"10.0.0.1": Entry()}

    edits = plan(rows, wanted, OURS, foreign=foreign)

    assert len(edits) == 0
    assert edits.foreign == {"10.0.0.1": "dynamic entry *1"}
    assert seen(rows, wanted, OURS, foreign=foreign) == wanted


def test_a_timeout_that_runs_is_left_to_run_and_one_that_ran_out_is_not_made_again():
    wanted = {"10.0.0.1": Entry(timeout="1d"), "10.0.0.2": Entry(timeout="1h")}
    rows = [row(1, "10.0.0.1", "", OURS, dynamic="true", timeout="3h12m5s")]

    edits = plan(rows, wanted, OURS, former=wanted)

    assert len(edits) == 0
    assert edits.expired == ("10.0.0.2",)
    assert seen(rows, wanted, OURS, former=wanted) == wanted


def test_a_timeout_is_set_where_the_program_changes_it():
    rows = [row(1, "10.0.0.1", "", OURS, dynamic="true", timeout="3h"), row(2, "10.0.0.2", "", OURS)]
    former = {"10.0.0.1": Entry(timeout="1d"), "10.0.0.2": Entry()}

    edits = plan(rows, {"10.0.0.1": Entry(timeout="2d"), "10.0.0.2": Entry(timeout="1h")}, OURS, former=former)
    forever = plan(rows, {"10.0.0.1": Entry(), "10.0.0.2": Entry()}, OURS, former=former)

    assert edits.sets == (("*1", {"timeout": "2d"}), ("*2", {"timeout": "1h"}))
    assert forever.sets == (("*1", {"timeout": None}),)


def test_without_a_state_a_timeout_that_could_be_the_wanted_one_is_taken_for_it():
    rows = [row(1, "10.0.0.1", "", OURS, dynamic="true", timeout="3h")]

    assert len(plan(rows, {"10.0.0.1": Entry(timeout="1d")}, OURS)) == 0
    assert plan(rows, {"10.0.0.1": Entry(timeout="1h")}, OURS).sets == (("*1", {"timeout": "1h"}),)


def test_two_spellings_of_one_address_that_are_both_ours_become_one():
    rows = [row(1, "10.0.0.0/24", "", OURS), row(2, "10.0.0.0-10.0.0.255", "", OURS)]

    assert plan(rows, {"10.0.0.0/24": Entry()}, OURS).removes == ("*2",)


MANY = rounds(15_000, 100_000)


def _seconds(size):
    text = "".join(f"10.{i >> 16}.{i >> 8 & 255}.{i & 255} # {i}\n" for i in range(size))
    start = time.process_time()
    read = parse_file(text)
    report(read.entries)
    adds = plan([], read.entries, OURS).adds
    rows = [{".id": f"*{i:X}", "dynamic": "false", "disabled": "false"} | words for i, words in enumerate(adds)]
    edits = plan(rows, read.entries, OURS)
    spent = time.process_time() - start
    assert (len(adds), len(edits)) == (size, 0)
    return spent


def test_ten_times_as_many_entries_are_read_reported_planned_and_compared_in_ten_times_the_time():
    small, large = (min(_seconds(size) for _ in range(3)) for size in (MANY // 10, MANY))  # what else runs costs, too

    assert large < 20 * small
    assert large < MANY / 10_000
