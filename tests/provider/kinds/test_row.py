"""One row on a router: a command that the router did late, for a connection that broke, leaves nothing behind."""

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu

NAT = "/ip/firewall/nat"
MASQUERADE = {"chain": "srcnat", "action": "masquerade", "src_address": "10.9.0.0/24"}


@pytest.fixture
def doubled(bench):
    """A rule that is there twice, tag and all."""
    rule = bench.resource(RowKind(menu(NAT)))
    rule.up(**MASQUERADE)
    (row,) = bench.lab.router.rows(NAT)
    bench.lab.run(f"{NAT}/add", copy_from=row[".id"])
    assert len(bench.lab.router.rows(NAT)) == 2
    close_all()
    return rule


def test_destroy_takes_both(bench, doubled):
    doubled.destroy()

    assert bench.lab.router.rows(NAT) == []


def test_refresh_tells_it_and_the_next_up_mends_it(bench, doubled):
    doubled.refresh()

    assert doubled.inputs["tag"].endswith("twice")
    doubled.up(**MASQUERADE)
    assert len(bench.lab.router.rows(NAT)) == 1
    doubled.refresh()
    assert doubled.inputs["tag"] == doubled.tag


def test_a_change_leaves_one(bench, doubled):
    doubled.up(**{**MASQUERADE, "src_address": "10.8.0.0/24"})

    assert [row["src-address"] for row in bench.lab.router.rows(NAT)] == ["10.8.0.0/24"]


def test_a_copy_that_somebody_changed_is_his(bench, doubled):
    copy = bench.lab.router.rows(NAT)[1]
    bench.lab.run(f"{NAT}/set", numbers=copy[".id"], src_address="10.7.0.0/24")

    doubled.destroy()

    assert [row["src-address"] for row in bench.lab.router.rows(NAT)] == ["10.7.0.0/24"]


FILTER = "/ip/firewall/filter"
ACCEPT = {"chain": "input", "action": "accept", "in_interface": "ether2", "position": {"at": "before-drop"}}


def actions(bench):
    return [row["action"] for row in bench.lab.router.rows(FILTER) if row["chain"] == "input"]


@pytest.mark.parametrize("kind", [RowKind, BlockKind])
def test_a_drop_for_a_list_hides_a_rule_only_where_its_interface_is_in_the_list(bench, kind):
    """It is put above every drop that might match one day, and left below one that doesn't match today."""
    thing = bench.resource(kind(menu(FILTER)))
    rule = dict(ACCEPT)
    if kind is BlockKind:
        rule = {"chain": rule.pop("chain"), "position": rule.pop("position"), "order": ["a"], "rules": {"a": rule}}
    bench.lab.run("/interface/list/add", name="LAN")
    bench.lab.run(f"{FILTER}/add", **{"chain": "input", "action": "drop", "in-interface-list": "LAN"})
    bench.lab.run(f"{FILTER}/add", chain="input", action="reject")
    thing.up(**rule)
    assert actions(bench) == ["accept", "drop", "reject"]

    rows = [row[".id"] for row in bench.lab.router.rows(FILTER)]
    bench.lab.run(f"{FILTER}/move", numbers=rows[0], destination=rows[2])
    thing.refresh()
    assert thing.inputs["position"] == {"at": "before-drop"}
    bench.watch(FILTER)
    thing.up(**rule)
    assert bench.written == []

    bench.lab.run("/interface/list/member/add", list="LAN", interface="ether2")
    thing.refresh()
    assert "it stands below" in thing.inputs["position"]["because"]
    thing.up(**rule)
    assert actions(bench) == ["accept", "drop", "reject"]


def test_a_row_that_came_back_from_a_backup_under_another_id_is_the_same_row(bench):
    rule = bench.resource(RowKind(menu(NAT)))
    rule.up(**MASQUERADE)
    (row,) = bench.lab.router.rows(NAT)
    bench.lab.run(f"{NAT}/remove", id=row[".id"])
    words = ("chain", "action", "src-address", "comment")
    bench.lab.run(f"{NAT}/add", **{name: row[name] for name in words})
    bench.watch(NAT)
    seen = rule.refresh()
    assert seen.outputs["row_id"] != row[".id"]
    assert seen.inputs == rule.inputs
    rule.up(**MASQUERADE)
    assert bench.written == []


def test_sixteen_routes_among_thousands_are_refreshed_with_one_read(bench):
    route = "/ip/route"
    mine = [bench.resource(RowKind(menu(route))) for _ in range(16)]
    for number, one in enumerate(mine):
        one.up(dst_address=f"10.9.{number}.0/24", gateway="ether1")
    for number in range(2000):
        bench.lab.router.run(
            f"{route}/add", **{"dst-address": f"10.{10 + (number >> 8)}.{number & 255}.0/24", "gateway": "ether1"}
        )
    close_all()
    bench.lab.reset_stats()
    for one in mine:
        assert one.kind.read(one.links, one.id, one.state).inputs == one.inputs
    assert bench.lab.stats().commands[route] == {"print": 1}
