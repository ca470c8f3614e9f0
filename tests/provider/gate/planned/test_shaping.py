"""A queue of the program past which FastTrack takes packets is told in the preview, and no other."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import shaping
from wiretik_provider.trace import Snapshot

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
