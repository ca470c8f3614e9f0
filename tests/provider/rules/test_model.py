"""One model of a rule: the descriptors, positions, blocks and the tracer can't disagree on what a matcher is."""

import pytest

from wiretik_provider.menus import MENUS, _matchers
from wiretik_provider.rules.boxes import box, meet
from wiretik_provider.rules.model import BESIDE, CHANGES, MATCHERS, TOLD, asks, left_alone, rewritten
from wiretik_provider.rules.overlap import covers, may_overlap

RULES = [path for path in MENUS if path.endswith(("/filter", "/nat", "/mangle", "/raw"))]
OTHERS = {"address-list", "connection-state", "connection-nat-state", "tcp-flags", "tls-host", "p2p", "tos"}
ASKED = {field.name for field in (*_matchers.IPV4, *_matchers.IPV6)} | OTHERS


def together(a, b):
    first, second = box({".id": "*1", **a}), box({".id": "*2", **b})
    return first is not None and second is not None and meet(first, second) is not None


@pytest.mark.parametrize("path", RULES)
def test_each_property_of_a_rule_is_a_matcher_or_beside_them(path):
    names = {field.name for field in MENUS[path].fields}

    assert {name for name in names if name in BESIDE} == names - (ASKED - {"address-list"})


def test_what_is_read_and_what_is_changed_is_asked():
    changed = {name for names in CHANGES.values() for name in names}

    assert not (MATCHERS.keys() | changed) & BESIDE


def test_what_a_newer_routeros_asks_is_a_matcher_and_why_a_row_is_invalid_is_none():
    assert dict(asks({"chain": "forward", ".about": "in-interface not found", "wifi-mood": "good"})) == {
        "wifi-mood": "good"
    }


def test_what_the_router_says_of_a_rule_makes_it_no_narrower():
    for name in TOLD:
        assert covers({"chain": "forward", name: "x"}, {"chain": "forward"})
        assert not box({name: "x"})


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ({"protocol": "tcp"}, {"protocol": "17"}, True),
        ({"protocol": "6"}, {"protocol": "tcp"}, False),
        ({"protocol": "tcp"}, {"protocol": "99"}, False),  # the router may have a name for 99
        ({"dst-address-type": "local"}, {"dst-address-type": "!local"}, True),
        ({"dst-address-type": "local,broadcast"}, {"dst-address-type": "!local,broadcast"}, False),
        ({"dst-port": "80,443"}, {"dst-port": "!80-90,443"}, True),
        ({"dst-port": "80,x"}, {"dst-port": "22"}, False),
        ({"realm": "1"}, {"realm": "2"}, True),
        ({"wifi-mood": "good"}, {"wifi-mood": "!good"}, True),
        ({"wifi-mood": "good"}, {"wifi-mood": "bad"}, False),
        ({"src-address": "10.0.0.0/8"}, {"src-address": "fd00::/8"}, True),
        ({"src-address": "10.0.0.9-10.0.0.1"}, {"src-address": "10.0.0.5"}, False),
        ({"random": "50"}, {"random": "!50"}, False),
        ({"in-interface": "all-wild"}, {"in-interface": "ether1"}, True),
        ({"in-interface": "all-ethernet"}, {"in-interface": "ether1"}, False),
    ],
)
def test_places_and_blocks_agree_on_which_rules_are_apart(a, b, apart):
    assert may_overlap(a, b) is not apart
    assert together(a, b) is not apart


def test_a_rule_that_fills_lists_changes_what_lists_prove():
    assert rewritten([{"action": "add-src-to-address-list"}, {"action": "accept"}]) == {
        "src-address-list",
        "dst-address-list",
    }


@pytest.mark.parametrize(
    ("order", "then"),
    [
        (["a", "b"], ["a", "*9", "b"]),
        (["b", "a"], ["b", "*9", "a"]),
        (["b", "a", "new"], ["b", "*9", "a"]),  # `new` isn't among the rules that are left as they are
        (["a"], ["a", "*9", "b"]),  # the program took `b` out and leaves the rules as they are
    ],
)
def test_rules_that_are_left_as_they_were_seen_keep_their_place_among_the_programs(order, then):
    rules = {"a": {"action": "accept"}, "*9": {"action": "drop"}, "b": {"action": "drop"}}

    assert left_alone(rules, order, {"rules": rules, "order": ["a", "*9", "b"]})[1] == then


def test_what_nobody_has_seen_so_is_not_left_alone():
    rules = {"a": {}, "b": {}}

    assert left_alone(rules, ["a"], {"rules": {"a": {}}, "order": ["a"]}) == (set(), ["a"])
    assert left_alone(rules, ["a"], {"rules": {"a": {}, "b": {"action": "drop"}}, "order": ["a", "b"]})[0] == set()
