"""Rows of IPv6 on a router that has it switched off are told before the first write; what blocks IPv6 is not."""

import pytest

import wiretik as wt
from wiretik.testing import deployed
from wiretik_provider.declared import read
from wiretik_provider.gate.planned import switched_off
from wiretik_provider.trace import Snapshot

ADDRESS = ("/ipv6/address", {"address": "fd00:20::2/64", "interface": "wg1"})
ROUTE = ("/ipv6/route", {"dst_address": "fd50::/64", "gateway": "wg1"})
BLACKHOLE = ("/ipv6/route", {"dst_address": "::/0", "blackhole": True, "routing_table": "vpn"})
RULE = ("/ipv6/firewall/filter", {"chain": "forward", "action": "drop"})


def told(*some, off="yes", unread=()):
    declared = [
        read({"menu": menu, "tag": f"3f9a2c01bee{number}", "name": f"row{number}", "props": props})
        for number, (menu, props) in enumerate(some)
    ]
    then = Snapshot({"/ipv6/settings": [{"disable-ipv6": off}]}, dict.fromkeys(unread, "no"))
    return list(switched_off.warnings(then, declared))


def test_addresses_and_routes_are_told_once_with_the_cure():
    [found] = told(ADDRESS, ROUTE)

    assert "disable-ipv6 is on, so nothing goes by IPv6 on this router, whatever row0, row1 say" in found
    assert 'wt.MenuSettings("/ipv6/settings", "ipv6", disable_ipv6=False)' in found


def test_of_many_three_are_named():
    [found] = told(ADDRESS, *[ROUTE] * 4)

    assert "row0, row1, row2 and 2 more" in found


@pytest.mark.parametrize("off", ["no", "false"])
def test_where_it_is_on_nothing_is_said(off):
    assert told(ADDRESS, ROUTE, off=off) == []


def test_what_keeps_ipv6_away_is_right_there_and_what_was_not_read_is_not_held_against_anybody():
    assert told(BLACKHOLE, RULE, (ADDRESS[0], {**ADDRESS[1], "disabled": True})) == []
    assert told(ADDRESS, unread=["/ipv6/settings"]) == []


@pytest.mark.parametrize("on", [True, False])
def test_a_preview_says_so_unless_the_program_switches_it_on(on, capfd):
    def program():
        wt.WireGuardInterface("wg1")
        wt.Ipv6Address("six", address="fd00:20::2/64", interface="wg1", advertise=False)
        if on:
            wt.MenuSettings("/ipv6/settings", "ipv6", disable_ipv6=False)

    with deployed(program) as site:
        site.router.run("/ipv6/settings/set", disable_ipv6="yes")
        assert site.preview().errors == ()

    assert ("disable-ipv6 is on" in capfd.readouterr().err) is not on
