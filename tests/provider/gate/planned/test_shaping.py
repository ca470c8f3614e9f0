"""A queue of the program past which FastTrack takes packets is told in the preview, and no other."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import shaping
from wiretik_provider.trace import UNKNOWN, Snapshot

FORWARD = {"chain": "forward", "connection-state": "established,related", ".id": "*1"}
FASTTRACK = {**FORWARD, "action": "fasttrack-connection", "comment": "defconf: fasttrack"}
SIMPLE = ("/queue/simple", {"target": "bridge"})
GLOBAL = ("/queue/tree", {"parent": "global"})


def told(rules, menu, props, path="/ip/firewall/filter"):
    declared = read({"menu": menu, "tag": "3f9a2c01beef", "name": "shaped", "props": {"name": "lan", **props}})
    assert declared.problems == ()
    return list(shaping.warnings(Snapshot({path: rules}), [declared]))


@pytest.mark.parametrize("queue", [SIMPLE, GLOBAL])
@pytest.mark.parametrize("path", ["/ip/firewall/filter", "/ipv6/firewall/filter"])
def test_a_queue_that_fasttrack_goes_past_is_told_with_the_rule_and_a_cure(queue, path):
    [found] = told([FASTTRACK], *queue, path=path)

    assert found.startswith("shaped: ")
    assert "'defconf: fasttrack' takes established connections past this queue" in found
    assert "position=wt.BEFORE_FASTTRACK" in found


@pytest.mark.parametrize(
    ("rules", "queue"),
    [
        ([], SIMPLE),
        ([{**FASTTRACK, "disabled": "true"}], SIMPLE),
        ([{**FORWARD, "action": "accept"}], SIMPLE),
        ([FASTTRACK], ("/queue/tree", {"parent": "ether1"})),
        ([FASTTRACK], ("/queue/simple", {"target": "bridge", "disabled": True})),
        ([FASTTRACK], ("/queue/type", {"kind": "cake"})),
    ],
)
def test_a_queue_that_packets_pass_is_not_told(rules, queue):
    assert told(rules, *queue) == []


@pytest.mark.parametrize(("top", "lines"), [("global", 2), ("ether1", 0)])
def test_a_queue_of_a_tree_is_where_the_tree_begins(top, lines):
    props = [{"name": "all", "parent": top}, {"name": "games", "parent": "all"}]
    declared = [
        read({"menu": "/queue/tree", "tag": "3f9a2c01beef", "name": one["name"], "props": one}) for one in props
    ]

    assert len(list(shaping.warnings(Snapshot({"/ip/firewall/filter": [FASTTRACK]}), declared))) == lines


ACCEPT = {**FORWARD, "action": "accept"}
LAN = ("/queue/simple", {"target": "192.168.88.0/24"})
MARKED = ("/queue/tree", {"parent": "global", "packet_mark": "games"})


@pytest.mark.parametrize(
    ("above", "queue", "lines"),
    [
        ([ACCEPT], SIMPLE, 0),  # the cure that the warning names
        ([ACCEPT], GLOBAL, 0),
        ([{**ACCEPT, "disabled": "true"}], SIMPLE, 1),
        ([{**ACCEPT, "chain": "input"}], SIMPLE, 1),
        ([{**ACCEPT, "connection-state": "established"}], SIMPLE, 1),
        ([{**ACCEPT, "action": "jump", "jump-target": "lan"}], SIMPLE, 1),
        ([{**ACCEPT, "src-address": UNKNOWN}], SIMPLE, 1),
        ([{**ACCEPT, "src-address": "192.168.88.0/24"}, {**ACCEPT, "dst-address": "192.168.0.0/16"}], LAN, 0),
        ([{**ACCEPT, "src-address": "192.168.88.0/24"}], LAN, 1),  # one way takes the whole connection
        ([{**ACCEPT, "in-interface": "bridge"}, {**ACCEPT, "out-interface": "bridge"}], SIMPLE, 0),
        ([{**ACCEPT, "in-interface": "bridge"}, {**ACCEPT, "out-interface": "bridge"}], LAN, 1),
        ([{**ACCEPT, "packet-mark": "games"}], MARKED, 0),
        ([{**ACCEPT, "packet-mark": "games"}], GLOBAL, 1),
        ([{**ACCEPT, "packet-mark": "!games"}], MARKED, 1),
    ],
)
def test_a_queue_of_which_rules_above_fasttrack_end_all_packets_is_not_told(above, queue, lines):
    assert len(told([*above, FASTTRACK], *queue)) == lines


@pytest.mark.parametrize(("target", "lines"), [("192.168.88.0/24", 0), ("2001:db8::/64", 1), ("bridge", 1)])
def test_what_is_of_one_kind_of_ip_is_not_fasttracked_by_the_others_rules(target, lines):
    assert len(told([FASTTRACK], "/queue/simple", {"target": target}, path="/ipv6/firewall/filter")) == lines


@pytest.mark.parametrize(("top", "lines"), [("global", 1), ("ether1", 0)])
def test_a_tree_may_begin_with_rows_that_the_router_alone_has(top, lines):
    rows = {"/ip/firewall/filter": [FASTTRACK], "/interface": [{"name": "ether1"}]}
    declared = read({"menu": "/queue/tree", "tag": "3f9a2c01beef", "name": "games", "props": {"parent": "all"}})
    there = [{"name": "all", "parent": "upper"}, {"name": "upper", "parent": top}]

    assert shaping.reads(Snapshot(rows), [declared]) == (("/queue/tree", ()),)
    assert len(list(shaping.warnings(Snapshot(rows), [declared], there))) == lines


@pytest.mark.parametrize("parent", ["global", "ether1", "mine"])
def test_trees_are_not_read_where_the_program_and_the_interfaces_say_enough(parent):
    rows = {"/interface": [{"name": "ether1"}]}
    props = [{"name": "mine", "parent": "global"}, {"name": "games", "parent": parent}]
    declared = [
        read({"menu": "/queue/tree", "tag": "3f9a2c01beef", "name": one["name"], "props": one}) for one in props
    ]

    assert shaping.reads(Snapshot(rows), declared) == ()
