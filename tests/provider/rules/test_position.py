import pytest

from wiretik_provider.rows import ownership
from wiretik_provider.rules.position import (
    BEFORE_DROP,
    BEFORE_FASTTRACK,
    FIRST,
    LAST,
    After,
    Before,
    NoPlace,
    destination,
    digits,
    holds,
    misplaced,
    parse,
    short,
    to_input,
)

A, B, C, D = (f"5afe{n}111aaaa" for n in "abcd")
OTHERS = "beef00112233"

# The forward chain of the factory home router (docs/facts/packet-path.md#the-factorys-firewall), the fasttrack
# counters' dynamic rule in front.
DEFCONF = """
*1 action=passthrough dynamic=true comment=counters
*2 action=accept ipsec-policy=in,ipsec comment=in
*3 action=accept ipsec-policy=out,ipsec comment=out
*4 action=fasttrack-connection connection-state=established,related comment=fasttrack
*5 action=accept connection-state=established,related,untracked comment=established
*6 action=drop connection-state=invalid comment=invalid
*7 action=drop connection-state=new connection-nat-state=!dstnat in-interface-list=WAN comment=wan
"""


def rows(text, chain="forward"):
    out = []
    for line in text.strip().splitlines():
        number, *words = line.split()
        out.append({".id": number, "chain": chain, **dict(word.split("=", 1) for word in words)})
    return out


def own(owner, position, **properties):
    tag = ownership.Tag(owner[:4], owner[4:], *digits(position))
    return {"chain": "forward", "action": "accept", "comment": str(tag), **properties}


def put(menu, owner, position, **properties):
    """The menu with one rule more, and where it now stands."""
    rule = own(owner, position, **properties)
    before = destination(menu, rule, position, owner)
    at = next((i for i, row in enumerate(menu) if row[".id"] == before), len(menu))
    menu.insert(at, {".id": f"*{owner[4:6].upper()}", **rule})
    assert misplaced(menu, menu[at][".id"], position, owner) is None
    return menu


def ids(menu):
    return " ".join(row[".id"] for row in menu)


def test_first_goes_above_all_that_is_not_dynamic_and_below_its_elders():
    menu = put(rows(DEFCONF), A, FIRST)
    put(menu, B, FIRST)

    assert ids(menu).startswith("*1 *A1 *B1 *2 ")


def test_last_goes_to_the_end_and_what_comes_without_a_place_stays_above_it():
    menu = put(rows(DEFCONF), A, LAST)
    put(menu, B, None)

    assert ids(menu).endswith("*7 *B1 *A1")


def test_before_drop_is_before_the_first_rule_that_drops_what_it_accepts():
    menu = put(rows(DEFCONF), A, BEFORE_DROP, **{"in-interface": "wg0"})

    assert ids(menu).endswith("*6 *A1 *7")


def test_before_drop_passes_a_drop_that_cannot_concern_it():
    menu = rows(DEFCONF)
    rule = own(A, BEFORE_DROP, **{"in-interface": "wg0"})

    assert destination(menu, rule, BEFORE_DROP, A, {"WAN": ["ether1"]}) is None
    assert destination(menu, rule, BEFORE_DROP, A, {"WAN": ["ether1", "wg0"]}) == "*7"


def test_before_drop_of_a_rule_that_sees_no_new_connection_looks_at_the_states_it_names():
    menu = rows(DEFCONF + "*8 action=drop")

    assert destination(menu, own(A, BEFORE_DROP, **{"connection-state": "established"}), BEFORE_DROP, A) == "*8"


def test_a_disabled_drop_does_not_count_and_rejecting_does():
    menu = rows("*1 action=drop disabled=true\n*2 action=log\n*3 action=reject")

    assert ids(put(menu, A, BEFORE_DROP)) == "*1 *2 *A1 *3"


def test_a_jump_counts_if_a_drop_may_wait_behind_it_and_circles_end():
    menu = rows("*1 action=jump jump-target=nothing\n*2 action=jump jump-target=deep\n*3 action=drop")
    menu += rows("*4 action=jump jump-target=deep", chain="nothing")
    menu += rows("*5 action=jump jump-target=nothing", chain="deep")
    assert ids(put(list(menu), A, BEFORE_DROP)) == "*1 *2 *A1 *3 *4 *5"

    menu += rows("*6 action=drop in-interface=wg0", chain="deep")

    assert destination(menu, own(B, BEFORE_DROP), BEFORE_DROP, B) == "*1"
    assert destination(menu, own(B, BEFORE_DROP, **{"in-interface": "wg1"}), BEFORE_DROP, B) == "*3"


def test_a_block_put_directly_before_an_accept_leaves_the_accept_where_it_is():
    menu = put(rows(DEFCONF), A, BEFORE_DROP, **{"in-interface": "wg0"})
    put(menu, B, Before(A), action="drop", **{"in-interface": "wg0", "connection-state": "new"})

    assert ids(menu).endswith("*6 *B1 *A1 *7")
    assert holds(menu, "*A1", BEFORE_DROP, A)


def test_a_drop_that_the_program_put_first_is_no_reason_to_climb_above_it():
    menu = put(rows(DEFCONF), A, FIRST, action="drop", **{"src-address-list": "blocked"})
    put(menu, B, BEFORE_DROP, **{"in-interface": "wg0"})

    assert ids(menu).endswith("*6 *B1 *7")


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_of_two_before_drop_rules_the_accepting_one_stands_above_whichever_came_first(order):
    menu = rows(DEFCONF)
    for which in order:
        if which == "a":
            put(menu, A, BEFORE_DROP, **{"in-interface": "wg0"})
        else:
            put(menu, B, BEFORE_DROP, action="drop")

    # The dropping one concerns the accepting one and not the other way round.
    assert ids(menu).index("*A1") < ids(menu).index("*B1")
    assert holds(menu, "*A1", BEFORE_DROP, A)
    assert holds(menu, "*B1", BEFORE_DROP, B)


def test_a_rule_is_not_put_below_an_own_drop_that_leaves_it_nothing():
    menu = put(rows("*1 action=log"), A, After({"comment": ""}), action="drop")

    assert ids(put(menu, B, BEFORE_DROP)) == "*B1 *1 *A1"


def test_before_fasttrack_is_above_it_and_without_one_above_the_drop():
    assert ids(put(rows(DEFCONF), A, BEFORE_FASTTRACK)).startswith("*1 *2 *3 *A1 *4")
    menu = put(rows("*1 action=log\n*2 action=drop"), A, BEFORE_FASTTRACK)
    put(menu, B, BEFORE_DROP, action="fasttrack-connection", **{"connection-state": "established,related"})

    assert ids(menu) == "*1 *A1 *B1 *2"


def test_beside_a_foreign_row_found_by_its_properties():
    menu = put(rows(DEFCONF), A, Before({"comment": "fasttrack"}))
    put(menu, B, After({"action": "fasttrack-connection", "connection_state": "established,related"}))
    put(menu, C, Before({"action": "fasttrack-connection"}))
    put(menu, D, After({"comment": "fasttrack"}))

    assert ids(menu) == "*1 *2 *3 *A1 *C1 *4 *B1 *D1 *5 *6 *7"
    assert holds(menu, "*A1", Before({"comment": "fasttrack"}), A)
    assert holds(menu, "*B1", After({"action": "fasttrack-connection"}), B)


def test_a_disabled_row_can_be_a_target_and_a_dynamic_one_cannot():
    assert ids(put(rows("*1 disabled=true comment=x\n*2"), A, After({"comment": "x"}))) == "*1 *A1 *2"
    with pytest.raises(NoPlace, match="no row here"):
        destination(rows(DEFCONF), own(A, FIRST), Before({"comment": "counters"}), A)


def test_rules_placed_relative_to_a_rule_go_with_it():
    menu = put(rows("*1\n*2"), A, Before({".id": "*2"}))
    put(menu, B, Before(A))
    put(menu, C, After(B))
    put(menu, D, FIRST)

    assert ids(menu) == "*D1 *1 *B1 *C1 *A1 *2"
    assert holds(menu, "*B1", Before(A), B)


def test_a_foreign_row_that_slides_in_between_is_told_and_mended():
    menu = put(rows("*1 comment=web\n*2 comment=log"), A, Before({"comment": "web"}))
    menu.insert(1, {".id": "*9", "chain": "forward", "action": "drop", "comment": "by hand"})

    assert misplaced(menu, "*A1", Before({"comment": "web"}), A) == (
        "before comment=\"web\": it stands above 'by hand' (*9)"
    )
    assert misplaced(menu, "*A1", LAST, A) == "last: it stands above 'log' (*2)"
    assert destination(menu, menu[0], Before({"comment": "web"}), A) == "*1"


def test_only_the_rows_of_the_chain_count():
    menu = rows("*1 action=drop", chain="input") + rows("*2 action=log") + rows("*3 action=drop", chain="input")
    put(menu, A, FIRST)

    assert ids(menu) == "*1 *A1 *2 *3"
    assert holds(menu, "*A1", BEFORE_DROP, A)
    with pytest.raises(NoPlace, match="that row is in chain input, this rule in forward"):
        destination(menu, own(B, None), Before({"action": "drop"}), B)


def test_routing_rules_without_a_chain_are_one_list():
    menu = [{".id": "*1", "action": "lookup", "table": "main"}, {".id": "*2", "chain": "user", "table": "vpn"}]

    assert destination(menu, {"table": "vpn"}, FIRST, A) == "*1"
    assert destination(menu, {"table": "vpn"}, After({"table": "main"}), A) == "*2"


def test_a_missing_target_says_what_is_there():
    with pytest.raises(NoPlace) as wrong:
        destination(rows("*1 comment=web\n*2 action=drop"), own(A, FIRST), Before(B), A)

    assert wrong.value.problem == (
        f"before {B}: no row here has the tag {B}; chain forward has 'web' (*1), drop rule (*2)"
    )
    assert "no row here" in str(misplaced([{".id": "*1", **own(A, Before(B))}], "*1", Before(B), A))


@pytest.mark.parametrize(
    ("menu", "position", "rule", "says"),
    [
        ([own(B, Before(A))], Before(B), {}, "in turn must stand before this rule"),
        ([own(B, Before(C)), own(C, Before(A))], Before(B), {}, "in turn must stand before this rule"),
        ([own(B, After(A))], After(B), {}, "in turn must stand after this rule"),
        ([own(OTHERS, FIRST)], FIRST, {}, "only one stack"),
        ([own(OTHERS, LAST)], LAST, {}, "only one stack"),
        ([own(B, FIRST, action="fasttrack-connection")], BEFORE_FASTTRACK, {}, "fasttrack rule that must be first"),
        ([own(B, BEFORE_FASTTRACK)], FIRST, {"action": "fasttrack-connection"}, "before all fasttrack rules"),
        ([own(B, None)], Before(A), {}, "the rule itself"),
    ],
)
def test_positions_that_contradict_each_other_are_named(menu, position, rule, says):
    menu = [{".id": f"*{i}", **row} for i, row in enumerate(menu, 1)]

    with pytest.raises(NoPlace, match=says):
        destination(menu, own(A, position, **rule), position, A)


def test_before_and_after_each_other_is_no_contradiction():
    menu = put([{".id": "*1", **own(B, After(A))}], A, Before(B))

    assert ids(menu) == "*A1 *1"
    assert holds(menu, "*1", After(A), B)


@pytest.mark.parametrize(
    ("value", "position"),
    [
        ({"at": "first"}, FIRST),
        ({"at": "before-drop"}, BEFORE_DROP),
        ({"at": "before", "tag": "3f9a2c71e0b4"}, Before("3f9a2c71e0b4")),
        (
            {"at": "after", "match": {"in_interface": "wg0", "dst_port": 53.0}},
            After({"in-interface": "wg0", "dst-port": 53}),
        ),
    ],
)
def test_the_input_form_and_the_position_are_one_another(value, position):
    assert parse(value) == position
    assert parse(to_input(position)) == position
    assert parse(position) is position


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ("first", ['\'first\' is not a position such as {"at": "first"}']),
        ({"at": "before_drop"}, ["before-drop'?"]),
        ({"at": "first", "tag": A, "near": 1}, ["'near' is not known", "first takes no tag"]),
        ({"at": "before"}, ["needs either tag or match, and has neither"]),
        ({"at": "after", "tag": "x", "match": {}}, ["not both", "twelve hex digits", "not a set of properties"]),
        ({"at": "after", "match": {"comment": None, "x": []}}, ["match has 'comment'=None", "match has 'x'=[]"]),
    ],
)
def test_a_bad_position_is_refused_with_every_problem(value, problems):
    with pytest.raises(NoPlace) as wrong:
        parse(value)

    assert len(wrong.value.problems) == len(problems)
    assert all(any(part in problem for problem in wrong.value.problems) for part in problems)


def test_the_digits_name_the_kind_and_the_neighbour_whatever_order_a_match_was_written_in():
    assert digits(None) == ("", "")
    assert digits(FIRST) == ("1", "")
    assert digits(Before(B)) == ("3", short(B)) == ("3", B[4:8])
    assert digits(After({"a": "1", "b": True})) == digits(After({"b": "true", "a": 1}))
    assert digits(After({"a": "1"})) != digits(After({"a": "2"}))


@pytest.mark.parametrize("position", [FIRST, LAST, BEFORE_DROP, BEFORE_FASTTRACK, Before(B), After({"a": "b"}), None])
def test_every_position_goes_through_the_comment(position):
    tag = ownership.Tag(A[:4], A[4:], *digits(position))

    assert ownership.split(ownership.signed("text", tag)) == ("text", tag)
