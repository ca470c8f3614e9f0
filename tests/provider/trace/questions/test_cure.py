"""The cure that is told is one that works."""

import pytest

from wiretik_provider.rows import ownership
from wiretik_provider.trace import Packet, Snapshot
from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.family import FOUR
from wiretik_provider.trace.questions.cure import cure

FILTER = "/ip/firewall/filter"


def dropped(place):
    """What becomes of a packet that a rule at a place drops, although one behind it would accept it."""
    tag = ownership.signed("nothing comes in", ownership.Tag("0d8e", "11111111", place)) if place else ""
    rules = [
        {".id": "*1", "chain": "forward", "action": "drop", "in-interface": "wg1", "comment": tag},
        {".id": "*2", "chain": "forward", "action": "accept", "in-interface": "wg1", "comment": "backup"},
    ]
    then = Snapshot(
        {
            "/interface": [{"name": "wg1", "running": "true"}, {"name": "bridge", "running": "true"}],
            "/ip/address": [{"address": "192.168.88.1/24", "interface": "bridge"}],
            "/ip/route": [{"dst-address": "192.168.88.0/24", "gateway": "bridge", "active": "true", "dynamic": "true"}],
            FILTER: rules,
        }
    )
    packet = Packet(src=FOUR.number("10.20.0.9"), dst=FOUR.number("192.168.88.10"), protocol="icmp", enters="wg1")
    return cure(then, trace(then, packet), kind="reaches")


@pytest.mark.parametrize("place", ["", ownership.LAST])
def test_above_a_drop_that_nobody_placed_before_drop_is_the_place(place):
    assert dropped(place).endswith("stands behind that: give it position=wt.BEFORE_DROP")


@pytest.mark.parametrize("place", [ownership.FIRST])
def test_above_one_that_somebody_placed_it_isnt_since_before_drop_looks_past_it(place):
    assert "give it position=wt.Before(...) with the resource of that rule" in dropped(place)
