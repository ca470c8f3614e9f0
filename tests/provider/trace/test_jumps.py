"""Chains that jump: a walk costs what their rules cost, however many ways lead through them."""

import pytest

from wiretik_provider.trace import Disposition, Snapshot, packet, trace
from wiretik_provider.trace.router.derive import derived

MANGLE, FILTER = "/ip/firewall/mangle", "/ip/firewall/filter"


def rule(chain, action, **asks):
    return {"chain": chain, "action": action, **{name.replace("_", "-"): text for name, text in asks.items()}}


def walked(menu, rules):
    rows = {
        "/interface": [{"name": "lan", "type": "ether"}, {"name": "wan", "type": "ether"}],
        "/ip/address": [
            {"address": "192.168.88.1/24", "interface": "lan"},
            {"address": "203.0.113.2/24", "interface": "wan"},
        ],
        "/ip/route": [{".id": "*1", "dst-address": "0.0.0.0/0", "gateway": "203.0.113.1"}],
        menu: rules,
    }
    return trace(Snapshot(derived(rows)), packet("192.168.88.10", "1.1.1.1", port=443, enters="lan"))


def ladder(base, depth, *last, jumps=1, **asks):
    """Chains of which each jumps to the next."""
    yield rule(base, "jump", jump_target="c0")
    for level in range(depth):
        yield from [rule(f"c{level}", "jump", jump_target=f"c{level + 1}", **asks)] * jumps
    yield from ({**one, "chain": f"c{depth}"} for one in last)


@pytest.mark.parametrize("jumps", [1, 2, 3])
def test_each_rule_is_told_once_for_each_jump_to_it_however_many_ways_lead_there(jumps):
    rules = list(ladder("forward", 60, rule("", "drop", src_address="10.0.0.0/8"), jumps=jumps))

    found = walked(FILTER, rules)

    assert found.disposition is Disposition.FORWARDED
    assert len([step for step in found.steps if step.text.startswith("jump")]) == len(rules) - 1


def test_what_drops_at_the_end_of_a_thousand_chains_is_found():
    found = walked(FILTER, list(ladder("forward", 1000, rule("", "drop"))))

    assert found.verdict == "dropped by filter rule 1001"


def test_a_chain_is_walked_again_by_a_packet_that_another_mark_was_given():
    rules = [
        rule("prerouting", "jump", jump_target="c"),
        rule("prerouting", "mark-packet", new_packet_mark="seen", passthrough="true"),
        rule("prerouting", "jump", jump_target="c"),
        rule("c", "drop", packet_mark="seen"),
    ]

    assert walked(MANGLE, rules).verdict == "dropped by mangle rule 3"


def test_a_mark_that_a_chain_gives_is_there_after_a_second_way_through_it_too():
    rules = [
        *ladder("prerouting", 12, rule("", "mark-connection", new_connection_mark="seen", passthrough="true"), jumps=2),
        rule("prerouting", "drop", connection_mark="!seen"),
    ]

    assert walked(MANGLE, rules).disposition is Disposition.FORWARDED


def test_what_isnt_known_at_the_end_of_many_ways_stays_unknown():
    found = walked(FILTER, list(ladder("forward", 14, rule("", "drop", random="50"), jumps=2)))

    assert found.disposition is Disposition.UNKNOWN
    assert "chance decides" in found.because


@pytest.mark.parametrize("last", ["c0", "c7", "c20"])
def test_a_circle_is_a_circle_at_any_depth(last):
    found = walked(FILTER, list(ladder("forward", 20, rule("", "jump", jump_target=last))))

    assert found.disposition is Disposition.UNKNOWN
    assert "circle" in found.because


def test_a_jump_back_that_a_mark_stops_is_no_circle():
    rules = [
        rule("prerouting", "jump", jump_target="c"),
        rule("c", "return", packet_mark="seen"),
        rule("c", "mark-packet", new_packet_mark="seen", passthrough="true"),
        rule("c", "jump", jump_target="c"),
    ]

    assert walked(MANGLE, rules).disposition is Disposition.FORWARDED
