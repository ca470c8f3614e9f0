"""Blocks and single rules of one program share a chain: each gets its place and none disturbs another."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from wiretik_provider.rows.ownership import Tag
from wiretik_provider.rules import block, position
from wiretik_provider.rules.position import BEFORE_DROP, BEFORE_FASTTRACK, FIRST, LAST, After, Before, digits

pytestmark = pytest.mark.property

ACTIONS = st.sampled_from(["accept", "accept", "drop", "log"])


@st.composite
def program(draw):
    """Rows of others, and blocks and rules in the order they are created in."""
    kinds = st.sampled_from(["accept", "drop", "fasttrack-connection", "log"])
    menu = [
        {".id": f"*{i}", "chain": "forward", "comment": f"f{i}", "action": draw(kinds)}
        for i in range(draw(st.integers(0, 4)))
    ]
    beside = [make({"comment": row["comment"]}) for row in menu for make in (Before, After)]
    resources = []
    for i in range(draw(st.integers(1, 5))):
        owner = f"5afe{i:04x}0000"
        place = draw(st.sampled_from([None, FIRST, LAST, BEFORE_DROP, BEFORE_FASTTRACK, *beside]))
        size = draw(st.integers(0, 3))
        rules = [block.Rule(f"r{n}", {"chain": "forward", "action": draw(ACTIONS)}) for n in range(size)]
        if size == 0:
            tag = Tag(owner[:4], owner[4:], *digits(place))
            rules = {"chain": "forward", "action": draw(ACTIONS), "comment": str(tag)}
        resources.append((owner, place, rules))
        beside += [Before(owner), After(owner)]
    return menu, resources


def mend(menu, owner, place, rules):
    """The menu after one resource was created or mended, and whether that took an edit."""
    if isinstance(rules, list):
        made = block.plan(menu, rules, place, owner, chain="forward")
        for edit in made.edits:
            menu = block.apply(menu, edit)
        ids = {f"+{rule.name}": f"*{owner}{rule.name}" for rule in rules}
        return [{**row, ".id": ids.get(row[".id"], row[".id"])} for row in menu], bool(made.edits)
    me = f"*{owner}"
    there = any(row[".id"] == me for row in menu)
    if there and position.misplaced(menu, me, place, owner) is None:
        return menu, False
    rule = {".id": me, **rules}
    before = position.destination(menu, rule, place, owner)
    menu = [row for row in menu if row[".id"] != me]
    at = next((i for i, row in enumerate(menu) if row[".id"] == before), len(menu))
    return [*menu[:at], rule, *menu[at:]], True


@settings(deadline=None)
@given(program())
def test_what_is_created_one_after_the_other_is_at_rest_at_once(case):
    menu, resources = case
    strangers = list(menu)
    for owner, place, rules in resources:
        menu, _ = mend(menu, owner, place, rules)

    for owner, place, rules in resources:
        assert mend(menu, owner, place, rules) == (menu, False)
    assert [row for row in menu if row in strangers] == strangers


@settings(deadline=None)
@given(program(), st.randoms(use_true_random=False))
def test_any_disorder_is_mended_in_one_round(case, chance):
    menu, resources = case
    for owner, place, rules in resources:
        menu, _ = mend(menu, owner, place, rules)
    chance.shuffle(menu)

    for owner, place, rules in resources:
        menu, _ = mend(menu, owner, place, rules)

    for owner, place, rules in resources:
        assert mend(menu, owner, place, rules) == (menu, False)
