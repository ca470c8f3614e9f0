"""A line by DHCP whose gateway nobody knows beforehand: its client makes its routes, and asks the gateway itself."""

import pytest

import mocked
import wiretik as wt
from wiretik.testing import deployed
from wiretik_provider.trace import MENUS, Snapshot, packet, trace

from .two_lines import OTHER6, SIX, lines, switching

UNKNOWN = {"gateway": None, "check": ()}


def test_the_clients_routes_are_the_lines_own_in_main_and_in_the_lines_table():
    rows = mocked.rows(lambda: lines(UNKNOWN))

    client = rows["lines-dhcp-ether1"]
    assert (client["default_route_tables"], client["default_route_distance"]) == ("main:1,by-ether1:1", 1)
    assert client["check_gateway"] == "ping"
    assert not [
        name for name in rows if name.startswith(("lines-way-ether1", "lines-route-ether1", "lines-check-ether1"))
    ]
    assert rows["lines-off-ether1"]["routing_table"] == "by-ether1"


def test_as_the_second_line_it_stands_behind_the_first():
    second = {"dhcp": True, "address": None, "gateway": None, "check": ()}
    rows = mocked.rows(lambda: lines({"dhcp": False, "address": "203.0.113.2/24"}, second))

    assert rows["lines-dhcp-ether2"]["default_route_tables"] == "main:11,by-ether2:1"


def test_its_ipv6_is_routed_as_the_program_says():
    rows = mocked.rows(lambda: lines({**UNKNOWN, **SIX}, OTHER6))

    assert rows["lines-way6-ether1"]["gateway"] == "fe80::1%ether1"
    assert rows["lines-route-ether1-2620-fe--10"]["check_gateway"] == "ping"


def test_its_switch_is_seen_by_whom_another_line_asks_and_its_name_is_no_pattern():
    rows = mocked.rows(lambda: lines({**UNKNOWN, "interface": "wan.1"}))

    script = rows["lines-watch-ether2-9.9.9.10"]["test_script"]
    assert r'immediate-gw~"%wan\\.1\$" active=yes' in script
    assert 'list="by-wan.1-taken"' in script


REFUSED = {
    "hosts to ask": ({"gateway": None}, {}, {}, "as /ip/dhcp-client/print detail says it, or leave check= out"),
    "two of them": (
        UNKNOWN,
        {"dhcp": True, "address": None, **UNKNOWN},
        {},
        "ether1 and ether2: netwatch drops connections at a switch while it asks somebody",
    ),
    "balance": (UNKNOWN, {}, {"balance": True}, "balance: ether1: whether a route of DHCP shares with another one"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_such_a_line_cannot_do_is_refused_with_its_cure(name):
    first, second, args, says = REFUSED[name]

    with pytest.raises(wt.Refusal) as refused:
        mocked.rows(lambda: lines(first, second, **args))

    assert says in str(refused.value)


def test_it_is_taken_while_its_gateway_answers_answers_who_calls_by_it_and_gives_the_client_back():
    with deployed(lambda: lines(UNKNOWN)) as site:
        router = site.router.router
        before = router.rows("/ip/dhcp-client"), _defaults(router)
        assert site.up().errors == ()
        assert site.preview().changes.keys() == {"same"}
        rows = {path: [dict(row) for row in router.rows(path)] for path in MENUS if path in router.menus}
        called = trace(Snapshot(rows), packet("198.51.100.7", "203.0.113.2", protocol="icmp", enters="ether1"))
        assert _defaults(router) == {
            ("main", "203.0.113.1"),
            ("by-ether1", "203.0.113.1"),
            ("by-ether2", "203.0.112.1"),
        }
        switched = switching(site)

        assert switched() == (["203.0.113.1"], {"by-ether2-began"})
        assert switched() == (["203.0.113.1"], set())
        assert switched("203.0.113.1") == (["9.9.9.10"], {"by-ether1-began"})
        assert site.refresh().changes.keys() == {"same"}
        assert switched() == (["203.0.113.1"], {"by-ether2-began"})
        assert site.destroy().errors == ()
        assert (router.rows("/ip/dhcp-client"), _defaults(router)) == before
    assert called.reply.leaves == "ether1"


def _defaults(router):
    """The active default routes, by table and gateway."""
    return {
        (row["routing-table"], row["gateway"])
        for row in router.rows("/ip/route")
        if row["dst-address"] == "0.0.0.0/0" and row.get("active") == "true"
    }
