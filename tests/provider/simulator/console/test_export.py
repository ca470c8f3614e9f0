"""Configuration as text: what is exported can be loaded, a real router's export too, and nothing unknown passes."""

from pathlib import Path

import pytest

from wiretik_provider.simulator import Refused, Router
from wiretik_provider.simulator.console.loading import LoadError, version_of

REAL = r"""# 2026-08-01 10:00:00 by RouterOS 7.20.8
# software id = ABCD-1234
#
# model = RB750Gr3
/interface bridge
add admin-mac=48:A9:8A:00:00:01 auto-mac=no comment=defconf name=bridge \
    port-cost-mode=short
/interface ethernet
set [ find default-name=ether1 ] comment="to the \"modem\""
/interface wireguard
add listen-port=13231 mtu=1420 name=wg0
/interface list
add comment=defconf name=WAN
add comment=defconf name=LAN
/routing table
add disabled=no fib name=vpn
/interface bridge port
add bridge=bridge comment=defconf interface=ether2
/interface list member
add comment=defconf interface=bridge list=LAN
/interface wireguard peers
add allowed-address=10.20.0.0/24,172.16.50.0/24 endpoint-address=\
    office.example.com endpoint-port=51820 interface=wg0 name=peer1 \
    persistent-keepalive=25s public-key=\
    "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
/ip address
add address=192.168.88.1/24 comment=defconf interface=bridge network=\
    192.168.88.0
/ip dhcp-client
add comment=defconf interface=ether1
/ip dns
set allow-remote-requests=yes servers=9.9.9.9
/ip firewall filter
add action=drop chain=input comment="defconf: drop all not coming from LAN" \
    in-interface-list=!LAN
/ip route
add disabled=no distance=1 dst-address=0.0.0.0/0 gateway=wg0 routing-table=\
    vpn scope=30 suppress-hw-offload=no target-scope=10
/ip service
set telnet disabled=yes
/system identity
set name="my router"
/system scheduler
add interval=5m name=check on-event="/log info \"a\"\r\
    \n:put 1" policy=read,write start-date=2026-01-01 start-time=00:00:00
"""


def test_a_real_routers_export_is_loaded():
    assert version_of(REAL) == "7.20.8"
    router = Router("none", "7.20.8")
    router.load(REAL)
    assert router.rows("/interface/ethernet")[0]["comment"] == 'to the "modem"'
    (peer,) = router.rows("/interface/wireguard/peers")
    assert peer["endpoint-address"] == "office.example.com"
    assert peer["public-key"] == "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
    assert router.rows("/routing/table")[1]["fib"] == ""
    assert router.rows("/ip/dns")[0]["servers"] == "9.9.9.9"
    assert router.rows("/system/identity") == [{"name": "my router"}]
    assert router.rows("/system/scheduler")[0]["on-event"] == '/log info "a"\r\n:put 1'
    assert [row["disabled"] for row in router.rows("/ip/service") if row["name"] == "telnet"] == ["true"]
    assert router.rows("/ip/firewall/filter")[0]["in-interface-list"] == "!LAN"


@pytest.mark.parametrize("profile", ["bare", "defconf"])
def test_what_is_exported_can_be_loaded_and_says_the_same(profile):
    router = Router(profile)
    router.run("/interface/wireguard/add", name="wg0")
    router.run("/routing/table/add", name="vpn", fib="")
    router.run("/routing/table/set", numbers="vpn", comment='says "hello", $you?\nand more')
    router.run("/ip/firewall/mangle/add", chain="prerouting", action="mark-routing", new_routing_mark="vpn")
    router.run("/interface/set", numbers="ether1", name="wan", comment="uplink")
    router.run("/ip/service/set", numbers="www", disabled="yes", port="8080")
    router.run("/system/identity/set", name="a router")
    text = router.export(show_sensitive=True)
    other = Router("none")
    other.load(text)
    assert other.export(show_sensitive=True).splitlines()[3:] == text.splitlines()[3:]
    strip = [{k: v for k, v in row.items() if k != ".id"} for row in router.rows("/ip/firewall/filter")]
    assert [{k: v for k, v in row.items() if k != ".id"} for row in other.rows("/ip/firewall/filter")] == strip


def test_secrets_are_exported_only_on_request():
    router = Router()
    router.run("/interface/wireguard/add", name="wg0")
    (row,) = router.rows("/interface/wireguard")
    assert row["private-key"] not in router.export()
    assert row["private-key"] in router.export(show_sensitive=True)


def test_lines_are_wrapped_and_defaults_left_out():
    router = Router("defconf")
    text = router.export()
    assert max(map(len, text.splitlines())) <= 100
    assert "/ip firewall nat\nadd action=masquerade chain=srcnat" in text
    assert "disabled" not in text


OFFICE = (Path(__file__).parents[3] / "cases" / "exports" / "office.rsc").read_text()
UNKNOWN = """/ip firewall filter
add chain=input
/interface carrier-pigeon
set x
/ip pool
add name=lan colour=red
/ip address
add address=1 interface=ether1
/interface ethernet
set [ find name=nowhere ] disabled=yes
"""


def said(text):
    """What a configuration says, without its heading and however its lines are wrapped."""
    return [line for line in text.replace(" \\\n    ", " ").splitlines() if not line.startswith("#")]


def test_an_office_routers_export_says_the_same_when_it_is_exported_again():
    router = Router("none", version_of(OFFICE))
    assert router.load(OFFICE) == ()
    assert said(router.export(show_sensitive=True)) == said(OFFICE)


def test_the_ports_that_an_export_names_are_there_and_those_it_swaps_are_swapped():
    router = Router("none")
    router.load(
        "/interface ethernet\n"
        "set [ find default-name=ether2 ] name=ether1\nset [ find default-name=ether1 ] name=ether2\n"
        "set [ find default-name=sfp1 ] name=fibre\n/interface bridge\nadd name=b\n"
        "/interface bridge port\nadd bridge=b interface=ether9\n/interface list\nadd name=WAN\n"
        "/interface list member\nadd interface=fibre list=WAN\n"
    )
    names = {row["default-name"]: row["name"] for row in router.rows("/interface/ethernet")}
    assert (names["ether1"], names["ether2"], names["sfp1"], names["ether9"]) == ("ether2", "ether1", "fibre", "ether9")


def test_an_interface_of_a_plain_menu_is_one_to_all_others():
    router = Router()
    router.run("/interface/vlan/add", interface="bridge", vlan_id="10")
    router.run("/ip/address/add", address="10.0.0.1/24", interface="vlan1")
    assert [row["type"] for row in router.rows("/interface") if row["name"] == "vlan1"] == ["vlan"]
    with pytest.raises(Refused, match="already have interface with name vlan1"):
        router.run("/interface/wireguard/add", name="vlan1")
    router.run("/interface/set", numbers="bridge", name="lan")
    assert router.rows("/interface/vlan")[0]["interface"] == "lan"


def test_everything_unknown_is_refused_by_its_line():
    with pytest.raises(LoadError) as refused:
        Router("none").load(UNKNOWN)
    assert str(refused.value) == (
        "line 3: /interface carrier-pigeon: no such command\n"
        "line 4: set: its menu isn't known\n"
        "line 6: /ip/pool add: unknown parameter colour\n"
        "line 8: /ip/address add: invalid value for argument address\n"
        "line 10: /interface/ethernet set: nothing is found by [find name=nowhere]"
    )


def test_what_is_unknown_can_be_skipped_and_is_told():
    router = Router("none")
    skipped = router.load(UNKNOWN, skip_unknown=True)
    assert [each.line for each in skipped] == [3, 4, 6, 8, 10]
    assert len(router.rows("/ip/firewall/filter")) == 1


@pytest.mark.parametrize("text", ['/system identity\nset name="open', "/ip address\nremove [find"])
def test_a_string_or_bracket_without_end_is_refused(text):
    with pytest.raises(LoadError, match=r"line 2: .* has no end"):
        Router("none").load(text)
