"""When the order in which new rules are made may decide about a packet."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.trace import Snapshot
from wiretik_provider.trace.plan import after, in_another_order
from wiretik_provider.trace.router.derive import derived

EMPTY = Snapshot(
    derived({"/interface": [{".id": "*1", "name": "ether1", "type": "ether", "running": "true"}], "/ip/route": []})
)
RULE, ROUTE, TABLE = "/routing/rule", "/ip/route", "/routing/table"
MESH = {"src_address": "10.99.0.0/24", "action": "lookup", "table": "main", "min_prefix": 0}
MARKED = {"routing_mark": "vpn", "action": "lookup-only-in-table", "table": "vpn"}
HOLE = {"dst_address": "0.0.0.0/0", "blackhole": True, "routing_table": "vpn", "distance": 250}


def declared(*rows):
    return [
        read({"menu": menu, "name": f"{at}", "tag": f"{at:012x}", "props": props, "position": place})
        for at, (menu, props, place) in enumerate(rows)
    ]


def matters(*rows):
    program = declared(*rows)
    return in_another_order(EMPTY, after(EMPTY, program), program) is not None


def test_two_rules_that_one_packet_may_match_are_judged_in_both_orders():
    assert matters((TABLE, {"name": "vpn", "fib": True}, None), (RULE, MESH, None), (RULE, MARKED, None))


def test_a_rule_for_a_mark_whose_own_table_always_decides_is_never_asked():
    vpn = (TABLE, {"name": "vpn", "fib": True}, None), (ROUTE, HOLE, None)

    assert not matters(*vpn, (RULE, MESH, None), (RULE, MARKED, None))


@pytest.mark.parametrize("hole", [{**HOLE, "dst_address": "10.0.0.0/8"}, {**HOLE, "routing_table": "main"}])
def test_a_hole_elsewhere_decides_nothing(hole):
    vpn = (TABLE, {"name": "vpn", "fib": True}, None), (ROUTE, hole, None)

    assert matters(*vpn, (RULE, MESH, None), (RULE, MARKED, None))


def test_the_order_of_a_rule_and_one_that_is_placed_beside_it_is_said():
    other = {"src_address": "10.99.0.3", "action": "lookup-only-in-table", "table": "main"}

    assert matters((RULE, MESH, None), (RULE, other, None))
    assert not matters((RULE, MESH, None), (RULE, other, {"at": "after", "tag": f"{0:012x}"}))
