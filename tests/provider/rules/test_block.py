import pytest

from wiretik_provider.rows import ownership
from wiretik_provider.rules.block import Add, Move, Remove, Rule, Set, apply, differences, misplaced, ours, plan, signed
from wiretik_provider.rules.position import BEFORE_DROP, FIRST, LAST, After, Before, NoPlace, destination, digits
from wiretik_provider.rules.position import misplaced as rule_misplaced

OWNER = "5afe00010000"
OTHER_BLOCK = "5afe00020000"
SINGLE = "5afe0003aaaa"
STRANGER = "beef00010000"


def rule(name, text="", chain="forward"):
    return Rule(name, {"chain": chain, **dict(word.split("=", 1) for word in text.split())})


def foreign(number, text="", chain="forward"):
    return {".id": f"*{number}", "chain": chain, **dict(word.split("=", 1) for word in text.split())}


def numbered(rules, place=None, owner=OWNER, start=1):
    return [{".id": f"*{i}", **signed(one, place, owner)} for i, one in enumerate(rules, start)]


def made(rows, rules, place=None, **more):
    """The plan, and the menu after it."""
    found = plan(rows, rules, place, OWNER, chain="forward", **more)
    for edit in found.edits:
        rows = apply(rows, edit)
    return found, rows


def ids(rows):
    return " ".join(row[".id"] for row in rows)


WEB = rule("web", "action=accept protocol=tcp dst-port=443")
DNS = rule("dns", "action=accept protocol=udp dst-port=53")
REST = rule("rest", "action=drop")


def test_a_new_block_is_added_in_its_order_above_the_drop_with_its_names_in_the_tags():
    found, rows = made([foreign(1, "action=accept"), foreign(2, "action=drop")], [WEB, DNS], BEFORE_DROP)

    assert ids(rows) == "*1 +web +dns *2"
    assert found.edits[0] == Add("web", signed(WEB, BEFORE_DROP, OWNER), "*2")
    tag = ownership.split(rows[1]["comment"])[1]
    assert (tag.owner, tag.rule, tag.place) == (OWNER, ownership.rule_part("web"), digits(BEFORE_DROP)[0])


def test_a_block_that_stands_as_wanted_is_not_touched():
    rows = [foreign(9), *numbered([WEB, DNS, REST])]

    assert made(rows, [WEB, DNS, REST])[0].edits == ()
    assert misplaced(rows, [WEB, DNS, REST], None, OWNER) is None
    assert list(ours(rows, "forward", OWNER, ["web", "rest"])) == ["web", "*2", "rest"]


def test_one_rule_out_of_place_among_fifty_is_one_move():
    rules = [rule(f"r{i}", f"action=accept dst-port={i}") for i in range(50)]
    rows = numbered(rules)
    rows.insert(3, rows.pop(40))
    rows.insert(0, foreign(99, "action=log"))

    assert made(rows, rules)[0].edits == (Move("*41", "*42"),)


def test_a_rule_put_in_the_middle_is_one_add_at_its_place():
    assert made(numbered([WEB, REST]), [WEB, DNS, REST])[0].edits == (Add("dns", signed(DNS, None, OWNER), "*2"),)


def test_what_differs_is_set_and_what_is_wanted_no_more_is_unset_or_removed():
    rows = numbered([rule("web", "action=accept protocol=udp src-address=10.0.0.1 disabled=true"), DNS])
    rules = [rule("web", "action=accept protocol=tcp")]

    found, after = made(rows, rules)

    words = {"protocol": "tcp", "src-address": None, "disabled": "false"}
    assert sorted(found.edits, key=str) == [Remove("*2"), Set("*1", words)]
    assert differences(after[0], signed(rules[0], None, OWNER)) == {}


def test_a_foreign_row_that_slid_in_between_stays_and_the_block_closes_up():
    rows = numbered([WEB, DNS, REST])
    rows.insert(1, foreign(9, "action=log comment=theirs"))

    assert misplaced(rows, [WEB, DNS, REST], None, OWNER) == "'theirs' (*9) stands between its rules"
    found, after = made(rows, [WEB, DNS, REST])
    assert found.edits == (Move("*1", "*2"),)
    assert ids(after) == "*9 *1 *2 *3"


def test_a_renamed_rule_keeps_its_row():
    found, _ = made(numbered([WEB, REST]), [Rule("https", WEB.row), REST])

    assert found.edits == (Set("*1", {"comment": signed(Rule("https", WEB.row), None, OWNER)["comment"]}),)


def test_an_accept_and_a_drop_that_change_places_are_one_move():
    found, after = made(numbered([WEB, REST]), [REST, WEB])

    assert len(found.edits) == 1
    assert ids(after) == "*2 *1"


def test_where_the_fewest_edits_would_open_a_window_rows_are_made_before_they_break():
    # Two sets are the fewest; but whichever is first, what one accepted the other doesn't accept yet.
    tcp, udp = "action=accept protocol=tcp", "action=accept protocol=udp"
    rows = [*numbered([rule("a", tcp), rule("b", udp)]), foreign(9, "action=drop")]

    found, after = made(rows, [rule("a", udp), rule("b", tcp)])

    assert found.safe
    assert [type(edit) for edit in found.edits] == [Add, Set, Remove]
    assert [row.get("protocol") for row in after] == ["udp", "tcp", None]


def test_where_the_search_would_take_too_long_all_that_changes_is_made_anew(monkeypatch):
    monkeypatch.setattr("wiretik_provider.rules.block._STEPS", 3)
    tcp, udp = "action=accept protocol=tcp", "action=accept protocol=udp"
    rows = [*numbered([rule("a", tcp), rule("b", udp), REST]), foreign(9, "action=drop")]

    found, _ = made(rows, [rule("a", udp), rule("b", tcp), REST])

    assert found.safe
    assert [type(edit) for edit in found.edits] == [Add, Add, Remove, Remove]
    assert [edit.id for edit in found.edits[2:]] == ["*2", "*1"]


def test_a_block_of_very_many_changes_is_made_anew_without_a_search(monkeypatch):
    monkeypatch.setattr("wiretik_provider.rules.safe_order._MANY", 1)

    found, _ = made(numbered([WEB, DNS]), [rule("web", "action=drop"), rule("dns", "action=drop")])

    assert [type(edit) for edit in found.edits] == [Add, Add, Remove, Remove]
    assert found.safe


def test_a_changed_accept_in_front_of_a_drop_is_never_missing():
    # docs/facts/traps.md#other-tools 2.3: the accept for management is edited, and must not be gone for a moment.
    drop = foreign(9, "action=drop")
    rows = [*numbered([rule("ssh", "action=accept src-address=10.0.0.0/24")]), drop]

    found, _ = made(rows, [rule("ssh", "action=accept src-address=10.0.0.0/23")], BEFORE_DROP)

    assert [type(edit) for edit in found.edits] == [Set]


def test_pruning_removes_what_is_nobodys_and_stops_at_what_is_anothers():
    rows = [foreign(7, "action=accept"), *numbered([WEB]), foreign(8, "dynamic=true"), foreign(9, chain="input")]

    assert made(rows, [WEB], foreign="prune")[0].edits == (Remove("*7"),)
    rows += numbered([REST], owner=STRANGER, start=20)
    found, _ = made(rows, [WEB], foreign="prune")
    assert found.edits == ()
    assert found.conflicts == ("drop rule (*20 of stack beef) is another program's, and foreign=prune would remove it",)


def test_what_is_nobodys_goes_and_other_programs_rules_stay_where_a_block_says_all_but_theirs():
    theirs = numbered([REST], owner=STRANGER, start=20)
    mine = numbered([WEB, DNS])
    rows = [foreign(7, "action=accept"), *theirs, *mine, foreign(8, "dynamic=true"), foreign(9, chain="input")]

    found, after = made(rows, [WEB, DNS], foreign="tagged")
    assert (found.edits, found.conflicts) == ((Remove("*7"),), ())
    assert made(after, [WEB, DNS], foreign="tagged")[0].edits == ()
    between = [mine[0], *theirs, foreign(7), mine[1]]
    assert ids(made(between, [WEB, DNS], foreign="tagged")[1]) in {"*20 *1 *2", "*1 *2 *20"}


def test_a_block_that_is_no_longer_wanted_goes_from_the_last_rule_to_the_first_and_takes_nothing_with_it():
    rows = [foreign(9, "action=drop"), *numbered([WEB, DNS, REST])]

    assert made(rows, [])[0].edits == (Remove("*3"), Remove("*2"), Remove("*1"))
    assert misplaced(rows, [], None, OWNER) is None


def test_a_block_that_changes_its_chain_is_new_there_before_it_goes_here():
    rows = numbered([rule("web", "action=accept", chain="input")])

    found, after = made(rows, [rule("web", "action=accept")])

    assert [type(edit) for edit in found.edits] == [Add, Remove]
    assert [row["chain"] for row in after] == ["forward"]


def test_a_row_that_a_killed_run_left_twice_is_taken_once():
    rows = [*numbered([WEB, REST]), *numbered([WEB], start=7)]

    assert made(rows, [WEB, REST])[0].edits == (Remove("*7"),)


def test_two_names_with_the_same_four_digits_are_told_apart_by_what_they_say(monkeypatch):
    monkeypatch.setattr(ownership, "rule_part", lambda name: "cafe")  # noqa: ARG005
    rows = numbered([WEB, DNS, REST])

    assert made(rows, [WEB, DNS, REST])[0].edits == ()
    assert made(rows, [DNS, REST])[0].edits == (Remove("*1"),)


def test_an_equal_row_of_nobodys_is_told():
    found, _ = made([foreign(1, "action=accept protocol=tcp dst-port=443 comment=mine")], [WEB])

    assert found.twins == ("web: 'mine' (*1) is equal",)


def test_a_missing_target_is_told_as_for_a_single_rule():
    with pytest.raises(NoPlace, match="no row here"):
        made([foreign(1)], [WEB], Before({"comment": "nobody"}))


@pytest.mark.parametrize(
    ("place", "order"),
    [(FIRST, "+web +rest *1 *2"), (LAST, "*1 *2 +web +rest"), (After({"comment": "x"}), "*1 +web +rest *2")],
)
def test_a_block_has_the_places_that_a_rule_has(place, order):
    rows = [foreign(1, "action=log comment=x"), foreign(2, "action=log")]

    assert ids(made(rows, [WEB, REST], place)[1]) == order


def test_a_block_before_the_drop_is_above_the_first_drop_that_any_of_its_rules_would_meet():
    rows = [foreign(1, "action=drop protocol=udp"), foreign(2, "action=drop")]

    assert ids(made(rows, [WEB], BEFORE_DROP)[1]) == "*1 +web *2"
    assert ids(made(rows, [WEB, DNS], BEFORE_DROP)[1]) == "+web +dns *1 *2"


def test_a_block_and_a_rule_that_want_the_same_place_both_have_it():
    _, rows = made([foreign(1, "action=drop")], [WEB, DNS], Before({"action": "drop"}))
    place = Before({"action": "drop"})
    tag = ownership.Tag(SINGLE[:4], SINGLE[4:], *digits(place))
    single = {"chain": "forward", "action": "accept", "comment": str(tag)}

    rows = apply(rows, Add("single", single, destination(rows, single, place, SINGLE)))

    assert ids(rows) == "+web +dns +single *1"
    assert rule_misplaced(rows, "+single", place, SINGLE) is None
    assert misplaced(rows, [WEB, DNS], place, OWNER) is None
    assert made(rows, [WEB, DNS], place)[0].edits == ()


def test_a_rule_goes_before_and_after_a_whole_block_and_never_into_it():
    rows = [*numbered([WEB, DNS, REST]), foreign(9, "action=log")]
    tagged = {"chain": "forward", "comment": f"[wt:{SINGLE}]"}

    assert destination(rows, tagged, Before(OWNER), SINGLE) == "*1"
    assert destination(rows, tagged, After(OWNER), SINGLE) == "*9"
    assert destination(rows, {**tagged, "protocol": "tcp"}, BEFORE_DROP, SINGLE) == "*1"


def test_two_blocks_beside_each_other_leave_each_other_whole():
    _, rows = made(numbered([WEB, REST], owner=OTHER_BLOCK), [DNS], BEFORE_DROP)

    assert ids(rows) == "+dns *1 *2"
    assert ids(made(rows, [DNS, rule("x", "action=log")], After(OTHER_BLOCK))[1]) == "*1 *2 +dns +x"


def test_a_block_that_was_put_elsewhere_says_below_or_above_what():
    rows = [foreign(8, "action=log comment=x"), *numbered([WEB, REST]), foreign(9, "action=log comment=y")]

    assert misplaced(rows, [WEB, REST], FIRST, OWNER) == "first: it stands below 'x' (*8)"
    assert misplaced(rows, [WEB, REST], LAST, OWNER) == "last: it stands above 'y' (*9)"
    assert misplaced(rows[:1], [WEB, REST], LAST, OWNER) is None


def test_routing_rules_are_one_list_without_chains():
    rules = [Rule("lan", {"action": "lookup-only-in-table", "table": "main"}), Rule("vpn", {"table": "vpn"})]
    found = plan([{".id": "*1", "action": "lookup", "table": "x"}], rules, FIRST, OWNER)

    assert [(edit.name, edit.before) for edit in found.edits] == [("lan", "*1"), ("vpn", "*1")]


def test_rules_that_only_mark_packets_never_lose_a_mark_that_stays():
    before = [rule("a", "action=mark-routing new-routing-mark=vpn in-interface=lan")]
    after = [
        rule("b", "action=mark-routing new-routing-mark=x in-interface=lan"),
        rule("c", "action=mark-routing new-routing-mark=vpn in-interface=lan"),
    ]

    found, _ = made(numbered(before), after)

    # Whoever is added first must not be the one that marks otherwise and is alone behind the old one.
    marks, rows = [], numbered(before)
    for edit in found.edits:
        rows = apply(rows, edit)
        marks.append(rows[-1]["new-routing-mark"])
    assert found.safe
    assert marks == ["vpn"] * len(marks)


def test_sets_that_no_packet_has_in_common_go_out_together_and_removes_are_one_command():
    rows = numbered([WEB, DNS, REST, rule("x", "action=log"), rule("y", "action=log")])
    rules = [
        rule("web", "action=drop protocol=tcp dst-port=443"),
        rule("dns", "action=drop protocol=udp dst-port=53"),
        rule("rest", "action=drop log=true"),
    ]

    waves = plan(rows, rules, None, OWNER, chain="forward").waves

    assert [[type(edit) for edit in wave] for wave in waves] == [[Set, Set, Set], [Remove, Remove]]


def test_sets_that_a_packet_has_in_common_go_one_after_the_other():
    rows = numbered([rule("a", "action=accept protocol=tcp"), rule("b", "action=drop")])
    rules = [rule("a", "action=accept"), rule("b", "action=reject reject-with=tcp-reset protocol=tcp")]

    waves = plan(rows, rules, None, OWNER, chain="forward").waves

    assert all(len(wave) == 1 for wave in waves)


def test_a_rule_that_a_component_took_over_keeps_its_own_comment_and_one_that_it_adds_has_the_components():
    was = {".id": "*1", **WEB.row, "comment": "by hand"}
    called = Rule(WEB.name, {**WEB.row, "comment": "the component's"}, called=True)
    assert ownership.text_of(signed(called, None, OWNER, over=was)) == "by hand"
    assert ownership.text_of(signed(called, None, OWNER)) == "the component's"
