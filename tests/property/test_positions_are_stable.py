"""No fights: every rule gets its place, keeps the others in theirs, and is never moved again."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from wiretik_provider.rows import ownership
from wiretik_provider.rules.position import (
    BEFORE_DROP,
    BEFORE_FASTTRACK,
    FIRST,
    LAST,
    After,
    Before,
    destination,
    digits,
    misplaced,
)

pytestmark = pytest.mark.property

INTERFACES = st.sampled_from(["", "wg0", "wg1"])


@st.composite
def matchers(draw):
    out = {}
    if name := draw(INTERFACES):
        out["in-interface"] = name
    if draw(st.booleans()):
        out["connection-state"] = draw(st.sampled_from(["new", "established,related", "invalid"]))
    return out


@st.composite
def foreign(draw):
    actions = st.sampled_from(["accept", "drop", "reject", "log", "fasttrack-connection", "jump"])
    menu = []
    for i in range(draw(st.integers(0, 6))):
        row = {".id": f"*{i}", "chain": draw(st.sampled_from(["forward"] * 4 + ["deep"])), "comment": f"f{i}"}
        row |= {"action": draw(actions), **draw(matchers())}
        if row["action"] == "jump":
            row["jump-target"] = "deep"
        if draw(st.integers(0, 5)) == 0:
            row[draw(st.sampled_from(["disabled", "dynamic"]))] = "true"
        menu.append(row)
    return menu


@st.composite
def program(draw, actions=("accept", "log", "drop")):
    """Foreign rows, and rules in the order they are created in: a rule's neighbour is there before it."""
    menu = draw(foreign())
    targets = [row for row in menu if row["chain"] == "forward" and row.get("dynamic") != "true"]
    rules = []
    for i in range(draw(st.integers(1, 7))):
        owner = f"5afe{i:04x}0000"
        plain = [None, FIRST, LAST, BEFORE_DROP, BEFORE_FASTTRACK]
        beside = [one for before, _, _ in rules for one in (Before(before), After(before))]
        for row in targets:
            beside += [Before({"comment": row["comment"]}), After({"comment": row["comment"], "action": row["action"]})]
        position = draw(st.sampled_from(plain) | (st.sampled_from(beside) if beside else st.nothing()))
        tag = ownership.Tag("5afe", owner[4:], *digits(position))
        rule = {"chain": "forward", "action": draw(st.sampled_from(actions)), **draw(matchers())}
        rules.append((owner, position, rule | {".id": f"*A{i}", "comment": str(tag)}))
    return menu, rules


def put(menu, rule, position, owner):
    before = destination(menu, rule, position, owner)
    menu = [row for row in menu if row is not rule]
    at = next((i for i, row in enumerate(menu) if row[".id"] == before), len(menu))
    return [*menu[:at], rule, *menu[at:]]


def wrong(menu, rules):
    return [why for owner, position, rule in rules if (why := misplaced(menu, rule[".id"], position, owner))]


@given(program())
def test_rules_created_one_by_one_all_hold_their_place_and_foreign_rows_keep_their_order(case):
    menu, rules = case
    strangers = list(menu)

    for done, (owner, position, rule) in enumerate(rules, 1):
        menu = put(menu, rule, position, owner)

        assert wrong(menu, rules[:done]) == []
    assert [row for row in menu if row in strangers] == strangers


@given(program(), st.randoms(use_true_random=False))
def test_after_any_disorder_one_round_of_repairs_is_enough(case, chance):
    menu, rules = case
    menu = [*menu, *(rule for _, _, rule in rules)]
    chance.shuffle(menu)

    for owner, position, rule in rules:
        if misplaced(menu, rule[".id"], position, owner):
            menu = put(menu, rule, position, owner)

    assert wrong(menu, rules) == []


@given(program(), st.randoms(use_true_random=False))
def test_repairs_in_any_order_come_to_rest_within_as_many_rounds_as_rules(case, chance):
    menu, rules = case
    menu = [*menu, *(rule for _, _, rule in rules)]
    chance.shuffle(menu)

    for _ in rules:
        for owner, position, rule in chance.sample(rules, len(rules)):
            if misplaced(menu, rule[".id"], position, owner):
                menu = put(menu, rule, position, owner)

    assert wrong(menu, rules) == []


@given(program())
def test_a_place_means_what_it_says(case):
    """An oracle of its own, without intervals and costs, that knows only rows above and below."""
    menu, rules = case
    for owner, position, rule in rules:
        menu = put(menu, rule, position, owner)
    chain = [row for row in menu if row["chain"] == "forward" and row.get("dynamic") != "true"]
    mine = {rule[".id"] for _, _, rule in rules}

    for _, position, rule in rules:
        at = chain.index(rule)
        above, below = chain[:at], chain[at + 1 :]
        if position == FIRST:
            assert all(row[".id"] in mine for row in above)
        if position == LAST:
            assert all(row[".id"] in mine for row in below)
        if position == BEFORE_FASTTRACK:
            assert not any(
                row["action"] == "fasttrack-connection" and row[".id"] not in mine and row.get("disabled") != "true"
                for row in above
            )
        if position == BEFORE_DROP and not {"in-interface", "connection-state"} & rule.keys():
            assert not any(
                row["action"] in {"drop", "reject"}
                and row[".id"] not in mine
                and row.get("disabled") != "true"
                and row.get("connection-state", "new") == "new"
                for row in above
            )
        if position and (position.tag or position.match):
            target = next(
                i
                for i, row in enumerate(chain)
                if (position.tag and f":{position.tag}" in row["comment"])
                or row["comment"] == dict(position.match).get("comment")
            )
            between = chain[at + 1 : target] if position.at == "before" else chain[target + 1 : at]
            assert (at < target) == (position.at == "before")
            assert all(row[".id"] in mine for row in between)
