"""The router of an export: what isn't in it isn't made up, and what was left out or blacked out isn't absent."""

import pytest

from wiretik.cli.exports import Exported, Supplied, exported, supplied_by
from wiretik_provider.errors import ConfigError
from wiretik_provider.trace import UNKNOWN, Snapshot, packet, trace

HEADER = "# 2026-08-01 10:00:00 by RouterOS 7.20.8\n"
LAN = """/interface bridge
add name=bridge
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
"""
TUNNEL = """/interface wireguard
add listen-port=13231 mtu=1420 name=wg0
/interface wireguard peers
add allowed-address=10.50.0.0/16 interface=wg0 name=far public-key="hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
"""


@pytest.fixture
def router(tmp_path):
    def made(text, leases=None, names=None, learned=None, header=HEADER):
        file = tmp_path / "r.rsc"
        file.write_text(header + text)
        return exported(file, supplied=Supplied(tuple((leases or {}).items()), names or {}, learned))

    return made


def defaults(found):
    return [
        (row["gateway"], row.get("distance", "1"), row.get("routing-table", "main"), row.get("active") == UNKNOWN)
        for row in found.snapshot["/ip/route"]
        if row.get("dst-address") == "0.0.0.0/0"
    ]


LTE = "/interface lte set [ find default-name=lte1 ] "
LINES = [
    ("/ip dhcp-client add interface=ether1", [("ether1", "1", "main", False)], "DHCP"),
    ("/ip dhcp-client add default-route-distance=3 interface=ether1", [("ether1", "3", "main", False)], "DHCP"),
    ("/ip dhcp-client add add-default-route=no interface=ether1", [], "DHCP"),
    (
        "/ip dhcp-client add default-route-tables=main,isp:7 interface=ether1",
        [("ether1", "1", "main", False), ("ether1", "7", "isp", False)],
        "DHCP",
    ),
    (
        "/interface pppoe-client add add-default-route=yes disabled=no interface=ether1 name=p",
        [("p", "1", "main", False)],
        "PPPoE",
    ),
    (
        "/interface pppoe-client add add-default-route=yes default-route-distance=5 disabled=no interface=lo name=p",
        [("p", "5", "main", False)],
        "PPPoE",
    ),
    ("/interface pppoe-client add disabled=no interface=ether1 name=p", [], "PPPoE"),
    (
        "/interface l2tp-client add add-default-route=yes connect-to=a disabled=no name=l",
        [("l", "1", "main", False)],
        "L2TP",
    ),
    (
        "/interface sstp-client add add-default-route=yes connect-to=a disabled=no name=l",
        [("l", "1", "main", False)],
        "SSTP",
    ),
    (
        "/interface ovpn-client add add-default-route=yes connect-to=a disabled=no name=l",
        [("l", "1", "main", False)],
        "OpenVPN",
    ),
    ("/interface ppp-client add disabled=no name=m port=usb1", [("m", "1", "main", False)], "PPP"),
    (LTE + "band=1", [("lte1", "2", "main", False)], "LTE"),
    ("/interface lte apn add add-default-route=no name=x\n" + LTE + "apn-profiles=x", [], "LTE"),
]


@pytest.mark.parametrize(("line", "routes", "kind"), LINES, ids=[f"{line[:60]}" for line, _, _ in LINES])
def test_each_kind_of_line_makes_its_default_routes_and_its_address_is_asked_for(router, line, routes, kind):
    found = router(LAN + line + "\n")
    assert found.left_out == ()
    assert defaults(found) == routes
    assert [one.kind for one in found.open] == [kind]
    interface = found.open[0].interface
    assert any(f"--lease {interface}=ADDRESS/MASK" in note for note in found.notes)
    told = router(LAN + line + "\n", {interface: "203.0.113.2/24"})
    assert told.open == ()
    assert "203.0.113.2/24" in [row["address"] for row in told.snapshot["/ip/address"]]


def test_a_line_that_is_off_makes_nothing(router):
    found = router(LAN + "/interface pppoe-client add add-default-route=yes interface=ether1 name=p\n")
    assert (defaults(found), found.open) == ([], ())


def test_of_a_dhcp_client_under_pppoe_it_isnt_known_whether_it_gives_a_default_route(router):
    found = router(
        "/interface vlan add interface=ether1 name=v vlan-id=7\n"
        "/interface pppoe-client add add-default-route=yes disabled=no interface=v name=p\n"
        "/ip dhcp-client add interface=ether1\n"
    )
    assert defaults(found) == [("p", "1", "main", False), ("ether1", "1", "main", True)]


def test_a_static_route_by_an_address_may_lead_into_the_network_that_a_line_gives(router):
    text = LAN + "/ip dhcp-client add add-default-route=no interface=ether1\n/ip route add gateway=192.168.100.1\n"

    assert defaults(router(text)) == [("192.168.100.1", "1", "main", True)]
    assert defaults(router(text, {"ether1": "192.168.100.7/24"})) == [("192.168.100.1", "1", "main", False)]
    rows = router(text, {"ether1": "10.0.0.7/24"}).snapshot["/ip/route"]
    [route] = [row for row in rows if row.get("gateway") == "192.168.100.1"]
    assert route["inactive"] == "true"


@pytest.mark.parametrize(
    "slave",
    ["/interface bridge port add bridge=bridge interface=ether1", "/interface bonding add name=b slaves=ether1,ether2"],
)
def test_whether_a_port_of_a_bridge_or_a_bond_gets_a_lease_is_not_known_unless_it_is_told(router, slave):
    text = LAN + f"{slave}\n/ip dhcp-client add interface=ether1\n"

    assert defaults(router(text)) == [("ether1", "1", "main", True)]
    assert defaults(router(text, {"ether1": "10.0.0.7/24"})) == [("ether1", "1", "main", False)]


def test_masquerade_takes_the_address_of_the_network_that_its_gateway_is_in(router):
    text = (
        LAN + "/ip address add address=10.10.10.2/30 interface=ether1\n/ip dhcp-client add interface=ether1\n"
        "/ip firewall nat add action=masquerade chain=srcnat out-interface=ether1\n"
    )
    found = router(text, {"ether1": "203.0.113.2/24"}).snapshot
    asked = packet("192.168.88.10", "198.51.100.7", port=443, enters="bridge")

    assert trace(found, asked).verdict == "forwarded out of ether1 with source 203.0.113.2"


def test_a_lease_for_an_interface_without_a_client_is_told_to_have_no_effect(router):
    found = router(LAN, {"ether7": "203.0.113.2/24"})
    assert any("--lease ether7: no client" in note for note in found.notes)
    assert "203.0.113.2/24" not in [row["address"] for row in found.snapshot["/ip/address"]]


def test_a_menu_of_which_a_line_was_left_out_is_unread_and_so_are_those_that_it_may_have_filled(router):
    found = router(
        LAN + "/ip dhcp-client add interfase=ether1\n/ip firewall filter add acton=drop chain=input\n/ip dns\n"
    )
    assert found.snapshot.unread.keys() == {"/ip/address", "/ip/route", "/ip/firewall/filter"}
    assert any(note.startswith("/ip/firewall/filter is incomplete: line 7") for note in found.notes)
    assert len(found.left_out) == 2


def test_a_value_that_was_blacked_out_is_unknown(router):
    found = router(
        TUNNEL + 'add allowed-address=10.60.0.0/16 interface=wg0 name=two public-key="(Redacted)"\n'
        "/ip address add address=120.x.x.x/24 interface=ether1 network=120.x.x.0\n"
    )
    assert [row["public-key"] == UNKNOWN for row in found.snapshot["/interface/wireguard/peers"]] == [False, True]
    assert [row["address"] for row in found.snapshot["/ip/address"]] == [UNKNOWN]
    assert found.left_out == ()


@pytest.mark.parametrize("form", ["lines", "terse"])
def test_a_tunnels_own_key_is_known_where_the_export_tells_it(router, form):
    row = 'add listen-port=13231 mtu=1420 name=wg0 private-key="6DXyXzw3VpgEB7HVoYTK8mYGDdNPQrrYgRyVN3LfYks="\n'
    [device] = router(f"/interface wireguard{' ' if form == 'terse' else chr(10)}{row}").snapshot[
        "/interface/wireguard"
    ]
    assert device["public-key"]
    [device] = router(TUNNEL).snapshot["/interface/wireguard"]
    assert "public-key" not in device


def test_back_to_homes_own_interface_isnt_judged_by_rows_that_no_export_has(router):
    found = router(
        "/interface wireguard\nadd comment=back-to-home-vpn listen-port=17000 mtu=1420 name=back-to-home-vpn\n"
        "/ip cloud\nset back-to-home-vpn=enabled ddns-enabled=yes\n"
    )
    assert found.snapshot["/interface/wireguard"] == []
    assert "back-to-home-vpn" in found.snapshot.interfaces
    assert any("Back to Home" in note for note in found.notes)


@pytest.mark.parametrize(
    "line",
    [
        "/routing ospf interface-template add area=a disabled=no interfaces=wg0",
        "/routing bgp connection add as=65000 disabled=no name=b remote.address=10.0.0.1",
    ],
)
def test_what_a_protocol_learned_may_be_there(router, line):
    found = router(TUNNEL + line + "\n")
    assert [row["dst-address"] for row in found.snapshot["/ip/route"] if row.get("active") == UNKNOWN] == [
        "0.0.0.0/0",
        "10.50.0.0/16",
    ]
    quiet = router(TUNNEL + line.replace("disabled=no", "disabled=yes") + "\n")
    assert not [row for row in quiet.snapshot["/ip/route"] if row.get("active") == UNKNOWN]


@pytest.mark.parametrize(
    "line",
    [
        "/interface bridge port add",
        "/ip address add",
        "/ip dhcp-client add",
        "/ip route add",
        "/interface wireguard peers add",
        "/interface list member add",
    ],
)
def test_a_line_that_lost_what_others_are_computed_from_is_read_all_the_same(router, line):
    menu, _, add = line.rpartition(" ")
    found = router(f"{LAN}{menu}\n{add} comment=cut\n{add} disabled=yes\n")
    assert found.snapshot["/ip/address"]


# --- what is told besides --------------------------------------------------------------------------------------------

NAMED = """/ip firewall address-list
add address=vpn.example.com list=far
add address=10.1.1.1 list=far
/interface wireguard
add listen-port=13231 mtu=1420 name=wg0
/interface wireguard peers
add allowed-address=10.50.0.0/16 endpoint-address=home.example.com endpoint-port=51820 interface=wg0 public-key="hSDw\
    CYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
"""


def test_names_of_lists_and_endpoints_are_asked_for_and_what_is_told_of_them_counts(router):
    silent = router(NAMED)
    told = router(
        NAMED,
        names={
            "vpn.example.com": ("198.51.100.7", "2001:db8::7"),
            "home.example.com": ("198.51.100.8",),
            "x.y": ("::1",),
        },
    )

    assert [note for note in silent.notes if "--resolve home.example.com=ADDRESS" in note]
    assert silent.snapshot.lists["far"].open == "vpn.example.com"
    assert told.snapshot.lists["far"].open == ""
    assert [row["address"] for row in told.snapshot["/ip/firewall/address-list"]] == ["198.51.100.7", "10.1.1.1"]
    [peer] = told.snapshot["/interface/wireguard/peers"]
    assert (peer["endpoint-address"], peer["current-endpoint-address"], peer["current-endpoint-port"]) == (
        "home.example.com",
        "198.51.100.8",
        "51820",
    )
    assert told.notes == ["--resolve x.y: no list and no endpoint has that name, so that has no effect"]


SIX = "/ipv6 dhcp-client\nadd add-default-route=yes interface=ether1 pool-name=isp request=address,prefix\n"
POOLED = "/ipv6 address\nadd address=::1 from-pool=isp interface=bridge\n"
HEARD = "/ipv6 settings\nset accept-router-advertisements=yes\n"


def defaults6(found):
    rows = found.snapshot["/ipv6/route"]
    return [(row["gateway"], row.get("active")) for row in rows if row.get("dst-address") == "::/0"]


def test_a_dhcpv6_clients_default_route_is_there_and_its_pools_prefix_is_asked_for(router):
    found = router(LAN + SIX + POOLED)

    assert defaults6(found) == [("ether1", "true")]
    assert found.snapshot.unread == {"/ipv6/address": "what the pool isp gives isn't in an export"}
    assert [note for note in found.notes if "the address that DHCPv6 gives ether1" in note]


def test_leases_of_ipv6_tell_a_pools_prefix_and_an_interfaces_address(router):
    leases = (("bridge", "2001:db8:1::1/64"), ("ether1", "2001:db8::2/64"), ("ether9", "2001:db8::9/64"))
    found = router(LAN + SIX + POOLED, dict(leases))
    connected = {row["dst-address"] for row in found.snapshot["/ipv6/route"] if row.get("connect") == "true"}

    assert found.snapshot.unread == {}
    assert {"2001:db8:1::/64", "2001:db8::/64"} <= connected
    assert found.notes == ["--lease ether9: no client gives it an address, so that has no effect"]


def test_an_address_by_router_advertisements_that_is_told_brings_their_default_route(router):
    assert defaults6(router(LAN + HEARD)) == [(UNKNOWN, UNKNOWN)]
    assert defaults6(router(LAN + HEARD, {"ether1": "2001:db8::2/64"})) == [("ether1", "true")]
    idle = router(LAN, {"ether1": "2001:db8::2/64"})
    assert (defaults6(idle), len(idle.notes)) == ([], 1)


LEARNING = [
    ("/routing ospf instance add disabled=no name=o version=2\n", "0.0.0.0/0", "main"),
    ("/routing ospf instance add disabled=no name=o version=3\n", "::/0", "main"),
    ("/routing ospf instance add disabled=no name=o routing-table=isp\n", "0.0.0.0/0", "isp"),
]


@pytest.mark.parametrize(("instance", "everywhere", "table"), LEARNING, ids=["ospf", "ospf3", "another table"])
def test_what_a_protocol_learns_may_be_in_its_own_family_and_table(router, instance, everywhere, table):
    rows = (
        "/routing ospf area add disabled=no instance=o name=a\n/routing ospf interface-template add area=a disabled=no"
    )
    active = router(f"{LAN}{instance}{rows} interfaces=bridge\n").snapshot
    passive = router(f"{LAN}{instance}{rows} interfaces=bridge passive\n").snapshot

    found = [
        (row["dst-address"], row["routing-table"])
        for path in ("/ip/route", "/ipv6/route")
        for row in active[path]
        if "learned" in row
    ]
    assert found == [(everywhere, table)]
    assert not [row for path in ("/ip/route", "/ipv6/route") for row in passive[path] if "learned" in row]


def test_learned_routes_that_are_told_are_all_that_there_are(router):
    text = LAN + (
        "/ip address add address=192.0.2.2/24 interface=ether1\n/ip route add gateway=192.0.2.1\n"
        "/routing ospf instance add disabled=no name=o\n/routing ospf area add disabled=no instance=o name=a\n"
        "/routing ospf interface-template add area=a disabled=no interfaces=ether2\n"
    )
    near, far = (
        packet("192.168.88.10", "10.9.0.7", enters="bridge"),
        packet("192.168.88.10", "1.1.1.1", enters="bridge"),
    )

    def ways(learned):
        found = router(text, learned=learned).snapshot
        return [trace(found, asked).verdict for asked in (near, far)]

    assert all("OSPF may have learned a nearer way" in verdict for verdict in ways(None))
    assert all("with one that OSPF learned on ether2 it is forwarded out of ether2" in one for one in ways(None))
    assert ways(()) == ["forwarded out of ether1"] * 2
    assert ways((("10.9.0.0/16", "bridge"),)) == ["forwarded out of bridge", "forwarded out of ether1"]
    assert "  --learned PREFIX=GATEWAY  the routes that OSPF learned, or none" in router(text).notes


PEER = "/ip address add address=10.7.0.1/24 interface=ether2\n/routing bgp connection add as=65000 disabled=no name=b "
OSPF = "/routing ospf interface-template add area=a disabled=no"
NEIGHBOURS = [
    (f"{PEER} local.role=ebgp remote.address=10.7.0.9", "ether2"),
    (f"{PEER} local.role=ebgp remote.address=10.7.0.9 multihop=yes", None),
    (f"{PEER} local.role=ibgp remote.address=10.7.0.9", None),
    (f"{PEER} local.role=ebgp remote.address=10.7.0.9 input.filter=steer", None),
    (f"{PEER} local.role=ebgp remote.address=10.8.0.9", None),
    (f"{OSPF} interfaces=ether1,ether2", "ether1,ether2"),
    (f"{OSPF} networks=192.168.0.0/16", "bridge"),
    (OSPF, None),
]


@pytest.mark.parametrize(("line", "by"), NEIGHBOURS)
def test_what_a_protocol_learns_leads_to_the_links_where_it_has_neighbours(router, line, by):
    ports = "/interface bridge port add bridge=bridge interface=ether5\n"
    [row] = [row for row in router(f"{LAN}{ports}{line}\n").snapshot["/ip/route"] if "learned" in row]

    assert row.get("learned-by") == by


@pytest.mark.parametrize("text", ["10.9.0.0/16", "10.9.0.1/16=ether1", "x=ether1"])
def test_a_learned_route_that_is_none_is_refused_with_an_example(text):
    with pytest.raises(ConfigError, match=r"say it as 10\.9\.0\.0/16=ether2"):
        supplied_by(None, None, [text], on_export=True)


def test_menus_that_are_incomplete_for_one_reason_are_told_together_the_tracers_own_first():
    menus = dict.fromkeys(("/user", "/system/clock", "/ip/route", "/lcd", "/lora"), "the export ends in a line")

    notes = Exported(Snapshot({}), incomplete={**menus, "/ip/address": "line 7"}).notes

    assert notes == [
        "/ip/address is incomplete: line 7",
        "/ip/route, /lcd, /lora and 2 other menus are incomplete: the export ends in a line",
    ]


def test_the_factorys_ipsec_policy_is_a_template_and_encrypts_nothing(router):
    line = (
        "/ip address add address=192.0.2.2/24 interface=ether1\n/ip route add gateway=192.0.2.1\n/ip ipsec policy "
        "set 0 dst-address=0.0.0.0/0 src-address=0.0.0.0/0\n"
    )
    found = trace(router(LAN + line).snapshot, packet("192.168.88.10", "1.1.1.1", port=443, enters="bridge"))
    assert (found.verdict, found.answered) == ("forwarded out of ether1", True)


@pytest.mark.parametrize(("version", "there"), [("7.13.5", False), ("7.14", True)])
def test_a_vrf_has_an_interface_from_the_version_that_makes_one(router, version, there):
    text = LAN + "/ip vrf add interfaces=ether5 name=mgmt\n"
    found = router(text, header=HEADER.replace("7.20.8", version)).snapshot
    assert ("mgmt" in found.interfaces) is there


def test_rip_has_no_neighbour_where_the_router_has_no_address_to_speak_from(router):
    rip = "/routing rip interface-template add interfaces=ether1,ether2,bridge\n/ip dhcp-client add interface=ether1\n"
    ports = "/interface bridge port add bridge=bridge interface=ether5\n"
    [row] = [row for row in router(LAN + ports + rip).snapshot["/ip/route"] if "learned" in row]
    assert row["learned-by"] == "ether1,bridge"
