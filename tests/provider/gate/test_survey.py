"""Rules of nobody's in a chain that a block of the program has for itself are told by name; others are counted."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.survey import beside, going
from wiretik_provider.rows import ownership

FILTER = "/ip/firewall/filter"
TAG = ownership.make("home", "dev", "block", "input")


def part(rule, **more):
    props = {"chain": "input", "action": "accept"}
    return read({"menu": FILTER, "name": f"input.{rule}", "block": "input", "rule": rule, "tag": TAG, "part": True,
                 "props": props, **more})  # fmt: skip


def rows(signs):
    """A chain of which a letter is a rule of the program and a digit one of nobody's, 0 of the factory's."""
    return [{".id": f"*{sign}", "chain": "input", "action": "log", "comment": _comment(sign)} for sign in signs]


def _comment(sign):
    if sign == "0":
        return "defconf: drop invalid"
    return "by hand" if sign.isdigit() else ownership.signed("", ownership.Tag(TAG[:4], TAG[4:]))


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ("a", []),
        ("1a", [f"{FILTER} input: 'by hand' (*1) above the program's"]),
        ("a1", [f"{FILTER} input: 'by hand' (*1) below the program's"]),
        ("ab1c2", [f"{FILTER} input: 'by hand' (*1) between the program's, 'by hand' (*2) below the program's"]),
        ("0a", []),
        ("1234a", []),  # it is mainly somebody else's
        ("1", []),  # the program has nothing there yet
    ],
)
def test_what_a_hand_puts_beside_a_block_is_told_by_name_and_place(signs, told):
    there = rows(signs)
    assert list(beside([part("a")], {FILTER: [*there, {**rows("9")[0], "dynamic": "true"}]})) == told
    assert list(beside([part("a")], {FILTER: [{**row, "chain": "output"} for row in rows("1")]})) == []


def test_a_block_that_stands_where_another_rule_says_has_no_chain_for_itself():
    assert not list(beside([part("a", position={"at": "first"})], {FILTER: rows("1a")}))


@pytest.mark.parametrize("foreign", ["tagged", "prune"])
def test_what_a_block_would_remove_is_told_as_that_wherever_it_stands(foreign):
    declared = [part("a", foreign=foreign), part("b", foreign=foreign)]
    assert not list(beside(declared, {FILTER: rows("1a")}))
    assert list(going(declared, {FILTER: rows("1a02")})) == [
        f"{FILTER} input: 'by hand' (*1), 'defconf: drop invalid' (*0), 'by hand' (*2)"
    ]
    assert not list(going(declared, {FILTER: [*rows("a"), {**rows("9")[0], "dynamic": "true"}]}))
    assert not list(going([part("a")], {FILTER: rows("1a")}))
    lost = {".id": "*7", "chain": "input", "action": "accept", "comment": "its tag is gone"}
    assert not list(going([part("a", foreign=foreign)], {FILTER: [lost]}))


def test_rules_that_a_block_is_about_to_adopt_are_its_own():
    there = rows("b12")
    there[1] |= {"action": "accept"}
    assert list(beside([part("a", adopt=True)], {FILTER: there})) == [
        f"{FILTER} input: 'by hand' (*2) below the program's"
    ]
    assert not list(beside([part("a", adopt=True), part("c", adopt=True)], {FILTER: there[:2]}))


def test_a_block_takes_over_one_rule_for_each_of_its_own():
    there = [{**row, "action": "accept"} if row[".id"] != "*b" else row for row in rows("b12")]
    told = [f"{FILTER} input: 'by hand' (*2) below the program's"]

    assert list(beside([part("a", adopt=True)], {FILTER: there})) == told
    assert list(beside([part("a", adopt=True), part("c", adopt=True)], {FILTER: there})) == []
