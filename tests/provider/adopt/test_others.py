"""Menus that nobody described by hand in an adopted program: what somebody chose is said, below what it names."""

import pytest

from wiretik.cli.adopting.reading import of_export
from wiretik_provider.adopt.choosing import Options, choose
from wiretik_provider.adopt.files import MAIN, texts
from wiretik_provider.adopt.others import Factory, Other, others_of
from wiretik_provider.adopt.program import program
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.rows import compare
from wiretik_provider.simulator import Router

EXPORT = """\
# 2026-11-30 12:00:00 by RouterOS 7.23.2
/interface vlan
add interface=bridge1 name=vlan10 vlan-id=10
/interface bridge
add igmp-snooping=yes name=bridge1
/interface ethernet
set [ find default-name=ether2 ] comment="the office"
/ip pool
add name=guests ranges=192.168.10.10-192.168.10.99
/ip dhcp-server
add address-pool=guests interface=vlan10 lease-time=1h name=guests
/interface bridge port
add bridge=bridge1 interface=ether2
/interface bridge vlan
add bridge=bridge1 tagged=bridge1,ether2 vlan-ids=10
/ip settings
set rp-filter=loose
/ip address
add address=192.168.10.1/24 interface=vlan10
/ip dns static
add address=192.168.10.5 name=nas.lan
add address=192.168.10.5 disabled=yes name=old.lan
/ip service
set telnet disabled=yes
set api disabled=yes
/ppp secret
add name=anna password=hush profile=*7 service=l2tp
/tool graphing interface
add
"""

WRITTEN = [
    'bridge1 = menus.InterfaceBridge("bridge1", igmp_snooping=True)',
    'vlan10 = menus.InterfaceVlan("vlan10", interface=bridge1, vlan_id="10")',
    'menus.InterfaceEthernet("ether2", find="ether2", comment="the office")',
    'menus.InterfaceBridgePort("ether2", interface="ether2", bridge=bridge1)',
    'menus.InterfaceBridgeVlan("bridge1-10", bridge=bridge1, tagged=[bridge1, "ether2"], vlan_ids="10")',
    'wt.IpAddress("vlan10-192-168-10-1-24", interface=vlan10, address="192.168.10.1/24")',
    'guests_2 = menus.IpPool("guests", ranges="192.168.10.10-192.168.10.99")',
    'menus.IpDhcpServer("guests", interface=vlan10, address_pool=guests_2, lease_time="1h")',
    'menus.IpDnsStatic("192-168-10-5", name="nas.lan", address="192.168.10.5", type="A")',
    'menus.IpDnsStatic("192-168-10-5-2", name="old.lan", address="192.168.10.5", disabled=True, type="A")',
    'menus.IpSettings("ip-settings", rp_filter="loose")',
    'menus.IpService("telnet", find="telnet", disabled=True)',
    'menus.PppSecret("anna", password=config.require_secret("anna-password"), service="l2tp")',
    'menus.ToolGraphingInterface("tool-graphing-interface")',
]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    file = tmp_path_factory.mktemp("adopted") / "home.rsc"
    file.write_text(EXPORT)
    made = program(choose(of_export(file).inventory, Options()))
    return made, texts(made, "A router.")[MAIN]


def test_what_somebody_chose_is_said_and_what_is_named_stands_above(written):
    _, text = written
    lines = [line for line in text.splitlines() if line.startswith(("menus.", "wt.")) or " = menus." in line]

    assert sorted(lines) == sorted(WRITTEN)
    assert lines.index(WRITTEN[0]) < lines.index(WRITTEN[1]) < lines.index(WRITTEN[5]) < lines.index(WRITTEN[7])
    assert "from wiretik import menus\n" in text


def test_no_secret_stands_in_the_program_and_the_service_that_we_use_stays(written):
    made, text = written

    assert "hush" not in text
    assert made.secrets == {"anna-password": "hush"}
    assert 'find="api"' not in text


def test_of_a_live_router_only_what_is_known_to_be_chosen_is_said_of_what_is_there_anyway():
    row = {".id": "*1", "name": "uplink", "default-name": "ether1", "mtu": "1500", "speed": "1Gbps", "arp": "proxy-arp"}
    factory = Factory({"/interface/ethernet": {"mtu": "1500", "arp": "enabled"}})

    [found] = others_of("/interface/ethernet", [row], factory, (7, 23))

    assert isinstance(found, Other)
    assert (found.find, found.values) == ("ether1", {"arp": "proxy-arp"})


def test_rows_that_no_key_tells_apart_stay():
    rows = [{".id": f"*{at}", "name": "twice", "as": f"{at}"} for at in (1, 2)]

    first, second = others_of("/routing/bgp/connection", rows, Factory(), (7, 23))

    assert isinstance(first, Other)
    assert second.why == "name twice stands there twice"


def test_a_row_that_prints_no_key_is_taken_where_nothing_else_is_like_it():
    row = {".id": "*1", "afi": "ip", "lsr-id": "10.0.0.1"}

    [found] = others_of("/mpls/ldp", [row], Factory(stated=True), (7, 23))
    first, second = others_of("/mpls/ldp", [row, {**row, ".id": "*2"}], Factory(stated=True), (7, 23))

    assert isinstance(found, Other)
    assert found.values == {"afi": "ip", "lsr-id": "10.0.0.1"}
    assert [one.why for one in (first, second)] == ["the router doesn't print its vrf, and others are like it"] * 2


def test_a_hardware_address_is_said_where_an_export_says_it():
    rows = [
        {".id": "*1", "name": "ether1", "default-name": "ether1", "comment": "up", "mac-address": "F4:28:53:7F:A4:59"},
        {".id": "*2", "name": "ether2", "default-name": "ether2", "comment": "lan", "mac-address": "02:57:54:00:00:02"},
    ]

    found = list(others_of("/interface/ethernet", rows, Factory(stated=True, made_up="02:57:54:"), (7, 23)))

    assert [one.values.get("mac-address") for one in found] == ["F4:28:53:7F:A4:59", None]


def test_the_default_rows_of_an_export_have_the_names_that_routeros_gives_them():
    router = Router("none", "7.23.2", leases={})
    text = "/ipv6 nd\nset [ find default=yes ] advertise-dns=no\n/ppp profile\nset *FFFFFFFE dns-server=10.0.0.1\n"
    router.load(text)
    assert [(row["interface"], row["default"]) for row in router.rows("/ipv6/nd")] == [("all", "true")]
    assert [row["name"] for row in router.rows("/ppp/profile")] == ["default-encryption"]
    lines = router.export().splitlines()
    assert [line for line in text.splitlines() if line not in lines] == []


def test_a_row_of_which_nothing_can_be_said_is_the_one_that_names_what_is_gone():
    rows = [{".id": f"*{at}", "interface": text} for at, text in enumerate(("ether1", "*11", "ether2"), 1)]
    found = compare.twin(menu_at("/tool/graphing/interface"), rows, {}, "abcd")
    assert found == rows[1]


def test_settings_that_an_export_does_not_show_stay_as_they_are_and_the_others_are_said(tmp_path):
    file = tmp_path / "posted.rsc"
    file.write_text(
        "# 2026-11-30 12:00:00 by RouterOS 7.23.2\n"
        "/tool romon\nset enabled=yes id=78:9A:18:BB:XX:YY\n"
        "/tool sniffer\nset filter-mac-address=48:A2:E6:40:XX:YY/FF:FF:FF:FF:FF:FF\n"
    )
    chosen = choose(of_export(file).inventory, Options())
    assert [(one.path, *one.values) for one in chosen.others] == [("/tool/romon", "enabled")]
    assert [(one.path, one.why) for one in chosen.left] == [
        ("/tool/sniffer", "the export doesn't show filter-mac-address")
    ]
