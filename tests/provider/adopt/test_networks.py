"""The calls of VLANs and lines that rows may be; whether they are, a rehearsal says."""

import pytest

from wiretik_provider.adopt.likenesses import likenesses

VLAN = {
    "/interface/bridge": [{"name": "lan"}],
    "/interface/vlan": [
        {"name": "vlan20", "interface": "lan", "vlan-id": "20"},
        {"name": "wan7", "interface": "ether1", "vlan-id": "7"},
    ],
    "/ip/address": [
        {"address": "192.168.20.1/24", "interface": "vlan20"},
        {"address": "203.0.113.2/24", "interface": "wan7"},
    ],
    "/interface/bridge/port": [
        {"interface": "ether5", "bridge": "lan", "pvid": "20"},
        {"interface": "ether4", "bridge": "lan", "pvid": "1"},
    ],
    "/interface/bridge/vlan": [{"bridge": "lan", "vlan-ids": "20", "tagged": "lan,ether2"}],
    "/ip/pool": [{"name": "guests", "ranges": "192.168.20.10-192.168.20.254"}],
    "/ip/dhcp-server": [{"name": "guests", "interface": "vlan20", "address-pool": "guests"}],
    "/ip/dhcp-server/network": [{"address": "192.168.20.0/24", "dns-server": "192.168.20.1"}],
    "/interface/list/member": [{"list": "LAN", "interface": "vlan20"}],
}
POOL = "192.168.20.100-192.168.20.199"
PLAIN = ("20", 'address="192.168.20.1/24"', 'access=["ether5"]', 'trunks=["ether2"]', 'bridge="lan"')
NAMED = 'interface="vlan20"'


@pytest.mark.parametrize(
    ("menus", "more"),
    [
        ({}, ()),
        ({"/ip/pool": [{"name": "guests", "ranges": POOL}]}, (f'pool="{POOL}"',)),
        ({"/interface/list/member": []}, ("lists=[]",)),
        ({"/ip/firewall/filter": [{"chain": "forward", "in-interface": "vlan20", "action": "jump"}]}, ("guest=True",)),
    ],
)  # fmt: skip
def test_a_vlan_of_a_bridge_is_called_by_its_dhcp_server_with_what_differs_from_a_vlan_without_arguments(menus, more):
    [found] = likenesses({**VLAN, **menus})

    assert (found.kind, found.interface, found.args) == ("Vlan", "guests", (*PLAIN, NAMED, *more))


@pytest.mark.parametrize("path", ["/ip/address", "/interface/bridge"])
def test_an_interface_without_an_address_or_on_no_bridge_is_no_vlan(path):
    assert not [*likenesses({**VLAN, path: []})]


def line(interface, mark, gateway, distance, host):
    """The rows of a line that asks one host."""
    return {
        "/routing/table": [{"name": mark, "fib": ""}],
        "/ip/firewall/mangle": [
            {
                "chain": "prerouting",
                "action": "mark-connection",
                "in-interface": interface,
                "new-connection-mark": mark,
            }
        ],
        "/ip/firewall/nat": [{"chain": "srcnat", "action": "masquerade", "out-interface": interface}],
        "/ip/route": [
            {"dst-address": "0.0.0.0/0", "gateway": gateway, "routing-table": mark},
            {"dst-address": "0.0.0.0/0", "blackhole": "", "routing-table": mark, "distance": "250"},
            {"dst-address": f"{host}/32", "gateway": gateway, "scope": "10"},
            {"dst-address": "0.0.0.0/0", "gateway": host, "check-gateway": "ping", "distance": distance},
        ],
    }


def lines(*some, **more):
    found = {path: [row for one in some for row in one[path]] for path in some[0]}
    bridge = {"address": "192.168.88.1/24", "interface": "bridge"}
    return {**found, "/ip/address": [bridge], **{path.replace("_", "/"): rows for path, rows in more.items()}}


FIRST = line("ether1", "by-ether1", "203.0.113.1", "1", "1.0.0.1")
SECOND = line("pppoe-out1", "second", "pppoe-out1", "11", "9.9.9.10")
ONE = 'wt.Wan("ether1", gateway="203.0.113.1", check=["1.0.0.1"])'
TWO = 'wt.Wan("pppoe-out1", check=["9.9.9.10"], table="second")'
LAN = 'lan=wt.Lan("bridge", "192.168.88.0/24")'


def test_lines_are_told_in_the_order_of_their_distances_whichever_stands_first():
    for some in ((FIRST, SECOND), (SECOND, FIRST)):
        [found] = likenesses(lines(*some))
        assert (found.kind, found.args) == ("Uplinks", (f"wans=[{ONE}, {TWO}]", LAN))


def test_lines_of_one_distance_share_and_clients_tell_their_place():
    other = line("ether2", "by-ether2", "203.0.112.1", "1", "9.9.9.10")
    client = {"interface": "ether1", "default-route-distance": "201"}
    [found] = likenesses({**lines(FIRST, other), "/ip/dhcp-client": [client]})

    calls, lan, balance = found.args
    assert (lan, balance) == (LAN, "balance=True")
    assert calls.index('wt.Wan("ether2"') < calls.index('wt.Wan("ether1"')


def test_a_line_whose_client_makes_its_routes_has_no_gateway():
    kept = [row for row in FIRST["/ip/route"] if "blackhole" in row]
    client = {"interface": "ether1", "default-route-tables": "main:1,by-ether1:1", "default-route-distance": "1"}
    [found] = likenesses({**lines({**FIRST, "/ip/route": kept}, SECOND), "/ip/dhcp-client": [client]})

    assert found.args[0] == f'wans=[wt.Wan("ether1", dhcp=True), {TWO}]'


def test_a_name_and_what_else_is_told_are_read_from_netwatch():
    script = ':log warning "ours: 1.0.0.1 by ether1 is silent"; /system/script/run "call me"'
    [found] = likenesses({**lines(FIRST, SECOND), "/tool/netwatch": [{"down-script": script}]})

    assert found.interface == "ours"
    assert found.args[-1] == r'tell="/system/script/run \"call me\""'


def test_one_line_is_none_of_several():
    assert not [*likenesses(lines(FIRST))]
