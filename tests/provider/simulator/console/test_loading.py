"""What routers write and people post is taken whole, or told by its line; what is left out is never taken as absent."""

import re
from pathlib import Path

import pytest

from at_length import rounds
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.export import ranks
from wiretik_provider.simulator.console.loading import LoadError, blacked_out

HEADER = "# 2026-08-01 10:00:00 by RouterOS 7.20.8\n# software id = ABCD-1234\n"
BRIDGE = "/interface bridge\nadd name=bridge\n"
DEVICE = "/interface wireguard\nadd listen-port=13231 mtu=1420 name=wg0\n"


def loaded(text, version="7.20.8", skip=False):
    router = Router("none", version)
    vars(router)["problems"] = router.load(text, skip_unknown=skip)
    return router


def said(router):
    """What an export says, each statement with its menu."""
    return [line for line in router.export(form="terse").splitlines() if not line.startswith("#")]


# -- what people black out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "/interface bridge add admin-mac=XX:XX:XX:XX:XX:XX name=bridge",
        "/interface bridge add admin-mac=48:A9:8A:XX:XX:XX name=bridge",
        "/interface bridge add admin-mac=hh:hh:hh:hh:XX:YY name=bridge",
        "/interface bridge add admin-mac=## name=bridge",
        "/interface bridge add admin-mac=***** name=bridge",
        "/interface bridge add admin-mac=[REDACTED] name=bridge",
        "/interface bridge add admin-mac=(Redacted) name=bridge",
        "/interface bridge add admin-mac=mymac name=bridge",
        "/interface wireguard add listen-port=25XXX mtu=1420 name=wg0",
        "/ip address add address=120.x.x.x/24 interface=ether1 network=120.x.x.0",
        "/ip address add address=10.1.2.XXX/10 interface=ether1 network=10.1.2.0",
        "/ip address add address=<my-ip> interface=ether1 network=1.2.3.0",
        "/ip firewall nat add action=dst-nat chain=dstnat dst-address=WAN_IP to-addresses=192.168.88.5",
        "/ip route add disabled=no dst-address=0.0.0.0/0 gateway=ether1 pref-src=xx.xx.xx.xx",
        "/ip route add disabled=no dst-address=8.8.8.8/32 gateway=11x.xxx.xx.x",
    ],
)
def test_a_row_with_a_blacked_out_value_is_kept_and_the_value_is_unknown(statement):
    router = loaded(statement + "\n")
    path = statement.partition(" add ")[0].replace(" ", "/")
    (names,) = blacked_out(router, path).values() if not path.endswith("address") else (frozenset({"address"}),)
    assert names
    assert statement in [line.replace('"', "") for line in said(router)]


def test_rows_that_blacking_out_made_alike_are_all_there():
    entry = "/ip firewall address-list add address={} list=trusted\n"
    assert not vars(loaded(entry.format("Redacted") * 2 + entry.format("REMOVED.sn.mynetname.net") * 2))["problems"]
    with pytest.raises(LoadError, match="already have such entry"):
        loaded(entry.format("192.0.2.1") * 2)


@pytest.mark.parametrize("key", ["(Redacted)", "********", "#", "=", "XXXXXXXXXXXXXXXX", "my key", "server_public"])
def test_peers_with_blacked_out_keys_are_there(key):
    peer = f'/interface wireguard peers add allowed-address=10.0.0.2/32 interface=wg0 name={{}} public-key="{key}"\n'
    router = loaded(DEVICE + peer.format("a") + peer.format("b"))
    assert [row["public-key"] for row in router.rows("/interface/wireguard/peers")] == [key, key]
    assert f'public-key="{key}"' in router.export()


def test_a_value_that_is_set_is_no_longer_blacked_out():
    router = loaded("/interface bridge\nadd admin-mac=XX:XX:XX:XX:XX:XX name=bridge\n")
    router.run("/interface/bridge/set", numbers="bridge", admin_mac="48:A9:8A:00:00:01")
    assert blacked_out(router, "/interface/bridge") == {}
    assert said(router)[0] == "/interface bridge add admin-mac=48:A9:8A:00:00:01 name=bridge"


@pytest.mark.parametrize(
    "line",
    [
        "/interface brigde add name=bridge",
        "/ip adress add address=10.0.0.1/24 interface=ether1",
        "/ip address add adress=10.0.0.1/24 interface=ether1",
        "/ip address add address=10.0.0.1/24 interfase=ether1",
        "/ip address add address=10.0.0.256/24 interface=ether1",
        "/ip address add address=10.0.0.1/33 interface=ether1",
        "/ip address add address=10.0.0.1/24 interface=etehr1",
        "/ip firewall filter add action=acept chain=input",
        "/ip firewall filter add action=accept chain=input protocol=tpc",
        "/ip firewall filter add action=accept chain=input dst-port=80a protocol=tcp",
        "/ip firewall filter add action=accept chain=input connection-state=establshed",
        "/ip firewall filter add action=accept chain=input in-interface-list=LAM",
        "/interface bridge add admin-mac=48:A9:8A:00:00:0G name=b",
        "/interface bridge add admin-mac=48:A9:8A:00:00 name=b",
        "/interface bridge add name=b vlan-filtering=yess",
        "/interface wireguard add listen-port=70000 name=wg0",
        "/interface wireguard add listen-port=13231 mtu=142O name=wg0",
        '/interface wireguard add name=wg0 private-key="hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo"',
        "/ip route add dst-address=10.0.0.0/8 gateway=10.0.0",
        "/ip service set telnte disabled=yes",
        "/interface ethernet set [ find default-nme=ether1 ] disabled=yes",
        "/ip dhcp-client add interface=ether1 use-peer-dns=maybe",
        "/system identity set nmae=x",
        "/interface vlan add interface=bridge name=v vlan-id=q0",
        "/interface bridge vlan add bridge=brigde tagged=ether1 vlan-ids=10",
        "/ip dhcp-server network add address=192.168q1.0/24 gateway=192.168.1.1",
        "/ip dhcp-server network add address=192.168.1.0/24 gateway=192.168.1.q",
        "/ip dhcp-server lease add address=192.168.1.9 mac-address=00:F3:61:6E:B6:C",
        "/interface bonding add mode=802.3ax name=b slaves=ether1,ether2",
    ],
)
def test_what_is_misspelt_stays_refused_by_its_line(line):
    with pytest.raises(LoadError) as refused:
        loaded(HEADER + BRIDGE + line + "\n/ip dns\nset servers=9.9.9.9\n")
    assert [error.line for error in refused.value.errors] == [5]


OFFICE = (Path(__file__).parents[3] / "cases" / "exports" / "office.rsc").read_text()
ARGUMENT = re.compile(r"(?<= )([a-z][a-z-]*[a-z])(?==)")


def test_every_argument_of_an_export_is_refused_when_two_of_its_letters_are_turned():
    lines = re.sub(r"\\\n *", "", OFFICE).splitlines()
    menus = rounds(12, len(lines))
    for number, line in list(enumerate(lines, 1)):
        if number % max(1, len(lines) // menus):
            continue
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', lambda quoted: '"' + "_" * (len(quoted[0]) - 2) + '"', line)
        found = [one for one in ARGUMENT.finditer(bare) if one[1][-2] != one[1][-1]][:1]
        for one in found if line.startswith(("add ", "set ")) else ():
            turned = line[: one.start()] + one[1][:-2] + one[1][-1] + one[1][-2] + line[one.end() :]
            with pytest.raises(LoadError) as refused:
                loaded("\n".join([*lines[: number - 1], turned, *lines[number:]]), "7.22.3")
            assert [error.line for error in refused.value.errors] == [number], turned


# -- what routers write -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "/ip route add gateway=10.0.0.1",
        "/ip route add distance=2 gateway=ether1 routing-table=main",
        '/ip route add disabled=no distance=1 dst-address=0.0.0.0/0 gateway=ether1 pref-src="" scope=30',
        '/ip route add blackhole disabled=no dst-address=10.0.0.0/8 gateway="" routing-table=main',
        "/ipv6 route add disabled=no dst-address=::/0 gateway=fe80::1%ether1",
        '/ip firewall filter add action=accept chain=input dst-address-type="" src-port=""',
        '/ip firewall filter add action=drop chain=input connection-state=""',
        "/ip firewall filter add action=drop chain=input in-interface=*17",
        "/ip firewall filter add action=drop chain=input in-interface-list=!*2000010",
        "/ip address add address=10.0.0.1 interface=*17 network=10.0.0.1",
        "/interface 6to4 add !keepalive name=6to4 remote-address=192.0.2.1",
        "/interface list member add disabled=no interface=ether1 list=L",
        "/ip dns set cache-size=4096KiB",
        "/ip dns static add address=192.168.88.1 name=router.lan",
        "/ip dns static add address=::ffff:10.2.1.1 name=router.lan ttl=5m type=AAAA",
        '/ip route add disabled=no distance=1 dst-address=172.31.0.0/20 gateway="" routing-table=main',
        "/interface bridge port add bridge=b interface=pwr-line1",
        '/disk add partition-number=1 partition-size="500 107 861 504" slot=usb1 type=partition',
        "/zerotier interface add disabled=yes instance=zt1 name=zerotier1 network=17d709436c2c5367",
        "/tool sniffer set filter-mac-protocol=ipv6",
        "/system console set [ find port=usb2 ] port=usb2",
        "/ip cloud set back-to-home-vpn=enabled ddns-enabled=yes",
        "/disk set slot1 media-interface=none slot=slot1",
        "/port set 0 name=serial0",
        "/interface wifi set [ find default-name=wifi1 ] configuration.mode=ap",
        "/interface macsec profile set [ find default-name=default ] server-priority=10",
        "/ppp profile set *FFFFFFFE dns-server=9.9.9.9",
        "/system logging set 0 disabled=yes",
        "/ip hotspot profile set [ find default=yes ] html-directory=hotspot",
        "/routing ospf area add disabled=no name=a no-summaries type=stub",
        "/routing ospf interface-template add area=a disabled=no passive",
        "/routing rule add action=lookup disabled=no dst-address=192.168.88.1/24 table=main",
        (
            "/user group add name=watchers policy=ssh,read,!local,!telnet,!ftp,!reboot,!write,!policy,!test,!winbox,"
            "!password,!web,!sniff,!sensitive,!api,!romon,!rest-api"
        ),
        "/ipv6 address add address=fd00:88::1 interface=ether1",
        "/ipv6 address add from-pool=isp interface=ether1",
        "/ipv6 firewall address-list add address=::ffff:0.0.0.0/96 list=bad",
        "/ip firewall address-list add list=ddos-attackers",
        "/system scheduler add name=s on-event=x policy=read start-time=startup",
        "/interface list add name=floor&attic~",
        '/interface list add name="the \\"attic\\", \\$5\\?"',
        '/interface list add comment="M\\FCnchen \\C4\\8D" name=x',
        '/system identity set name="a;b"',
        "/ip service set www-ssl certificate=c disabled=no",
    ],
)
def test_a_statement_as_routers_write_it_comes_back_letter_for_letter(statement):
    lists = "/interface list add name=L\n" if "list=L" in statement else ""
    lists += "/interface bridge add name=b\n" if "bridge=b" in statement else ""
    assert said(loaded(HEADER + lists + statement + "\n"))[-1] == statement


def test_what_an_empty_value_says_is_that_there_is_none():
    router = loaded('/ip route\nadd blackhole dst-address=10.0.0.0/8 gateway=""\n')
    assert "gateway" not in next(row for row in router.rows("/ip/route") if row["dst-address"] == "10.0.0.0/8")


def test_groups_of_the_first_versions_have_the_policies_that_these_had():
    policy = (
        "ssh,read,!local,!telnet,!ftp,!reboot,!write,!policy,!test,!winbox,!password,!web,!sniff,!sensitive,!api,!romon"
    )
    statement = f"/user group add name=backup policy={policy},!dude,!tikapp,!rest-api"
    assert said(loaded(statement + "\n", "7.1.1"))[-1] == statement
    with pytest.raises(LoadError, match="policy"):
        loaded(statement + "\n", "7.10")


def test_a_route_without_a_destination_is_the_default_route():
    router = loaded("/ip address\nadd address=10.0.0.2/24 interface=ether1\n/ip route\nadd gateway=10.0.0.1\n")
    (row,) = [row for row in router.rows("/ip/route") if "static" in row]
    assert (row["dst-address"], row["active"]) == ("0.0.0.0/0", "true")


@pytest.mark.parametrize(
    ("version", "statement"),
    [
        ("7.8", "/interface wifiwave2 set [ find default-name=wifi1 ] configuration.mode=ap disabled=no"),
        ("7.12.1", "/interface wifiwave2 configuration add disabled=no name=c security=s"),
        ("7.13", "/interface wifi configuration add disabled=no name=c"),
        ("7.16.2", "/interface ovpn-server server set auth=sha1,md5"),
        ("7.17", "/interface ovpn-server server add auth=sha1,md5 mac-address=FE:B0:00:00:00:01 name=ovpn-server1"),
        ("7.16", "/interface wireguard peers add allowed-address=10.0.0.2/32 interface=wg0 is-responder=yes name=p"),
        ("7.18", "/interface wireguard peers add allowed-address=10.0.0.2/32 interface=wg0 name=p responder=yes"),
        ("7.24", "/ip service set reverse-proxy disabled=yes"),
        ("7.3", "/ip vrf add interfaces=ether5 name=vrf-m"),
    ],
)
def test_each_version_has_its_own_menus_and_arguments(version, statement):
    device = DEVICE if "peers" in statement else ""
    assert said(loaded(device + statement + "\n", version))[-1] == statement


@pytest.mark.parametrize(
    ("version", "statement"),
    [
        ("7.16", "/interface wifiwave2 set [ find default-name=wifi1 ] disabled=no"),
        ("7.8", "/interface wifi set [ find default-name=wifi1 ] disabled=no"),
        ("7.15", "/app set x disabled=no"),
        ("7.16", "/ip service set reverse-proxy disabled=yes"),
    ],
)
def test_what_a_version_lacks_is_refused(version, statement):
    with pytest.raises(LoadError, match="line 1: "):
        loaded(statement + "\n", version)


def test_a_vrf_is_a_table_an_interface_and_part_of_gateways():
    router = loaded(
        "/ip vrf\nadd interfaces=ether5 name=mgmt\n/ip route\n"
        "add dst-address=0.0.0.0/0 gateway=10.0.0.1@mgmt routing-table=mgmt\n"
        "add dst-address=10.1.0.0/16 gateway=ether5@mgmt routing-table=main\n"
        "/ip firewall filter\nadd action=accept chain=input in-interface=mgmt\n"
        "/ip service\nset ssh vrf=mgmt\n"
    )
    router.run("/ip/vrf/set", numbers="mgmt", name="out")
    assert [row["gateway"] for row in router.rows("/ip/route") if "@" in row["gateway"]] == [
        "10.0.0.1@out",
        "ether5@out",
    ]
    assert router.rows("/ip/firewall/filter")[0]["in-interface"] == "out"


def test_a_clients_address_keeps_its_host_bits():
    peers = (
        "/interface wireguard peers\n"
        'add allowed-address=10.1.0.7/32 client-address=10.1.0.7/16 interface=wg0 name=p public-key="'
        'hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="\n'
    )
    assert loaded(DEVICE + peers).rows("/interface/wireguard/peers")[0]["client-address"] == "10.1.0.7/16"


def test_the_connected_routes_of_a_vrf_stand_in_its_own_table():
    router = loaded(
        "/ip vrf\nadd interfaces=ether5 name=mgmt\n/ip address\nadd address=10.77.0.2/24 interface=ether5\n"
    )

    def tables():
        return {row["dst-address"]: row["routing-table"] for row in router.rows("/ip/route")}

    assert tables()["10.77.0.0/24"] == "mgmt"
    router.run("/ip/vrf/set", numbers="mgmt", interfaces="ether4")
    assert tables()["10.77.0.0/24"] == "main"


def test_rows_may_stand_before_what_they_name_since_people_rearrange_them():
    router = loaded(
        "/interface list member\nadd interface=vlan10 list=LAN\n/interface list\nadd name=LAN\n"
        "/interface vlan\nadd interface=bridge name=vlan10 vlan-id=10\n" + BRIDGE
    )
    assert router.rows("/interface/list/member")[0]["interface"] == "vlan10"


def test_a_terminals_prompt_is_no_configuration():
    router = loaded(f"[admin@gw] > /export hide-sensitive\n{HEADER}{BRIDGE}[admin@gw] > \n[admin@gw] /ip/address>\n")
    assert said(router) == ["/interface bridge add name=bridge"]


# -- what can't be taken ----------------------------------------------------------------------------------------------


def test_a_line_that_is_left_out_takes_no_other_with_it():
    router = loaded(
        "/interface eoip\nadd name=far remote-qaddress=192.0.2.1\n/zeropoint\nadd name=zp1\n"
        "/interface list\nadd name=LAN\n"
        "/interface list member\nadd interface=far list=LAN\nadd interface=zp1 list=LAN\n"
        "/ip address\nadd address=10.0.0.1/24 interface=far\n",
        skip=True,
    )
    assert [error.line for error in vars(router)["problems"]] == [2, 3, 4]
    assert [row["interface"] for row in router.rows("/interface/list/member")] == ["far", "zp1"]
    assert {row["name"]: row["type"] for row in router.rows("/interface")}["far"] == "unknown"


def test_the_menu_of_a_line_that_is_left_out_is_incomplete():
    router = loaded(
        "/ip firewall filter\nadd action=drop chain=input protocol=tpc\nadd action=accept chain=input\n"
        '#error exporting "/ip/ssh" (timeout)\n',
        skip=True,
    )
    assert router.incomplete == {
        "/ip/firewall/filter": "line 2 of the export was left out",
        "/ip/ssh": "the router that wrote the export couldn't read it",
    }
    assert len(router.rows("/ip/firewall/filter")) == 1


@pytest.mark.parametrize(
    "damaged",
    [
        'add comment="cut list=a address=10.0.0.1',
        'add address=10.0.0.1 comment="cut\\\n    here list=a',
        "add address=[10.0.0.1 list=a",
    ],
)
def test_a_text_without_its_end_is_left_out_alone(damaged):
    rest = "add address=10.0.0.2 list=b\n/ip dns\nset servers=9.9.9.9\n"
    router = loaded(f"{HEADER}/ip firewall address-list\n{damaged}\n{rest}", skip=True)
    assert [row["list"] for row in router.rows("/ip/firewall/address-list")] == ["b"]
    assert router.rows("/ip/dns")[0]["servers"] == "9.9.9.9"
    assert [error.line for error in vars(router)["problems"]] == [4]


@pytest.mark.parametrize("end", ['comment="the of', 'comment="the of\n', "inter", "interface=eth"])
def test_of_a_file_that_is_cut_off_all_that_would_follow_is_unknown(end):
    router = loaded(f"{HEADER}/ip address\nadd address=10.0.0.1/24 {end}", skip=True)
    assert {"/ip/address", "/ip/firewall/filter", "/ip/route", "/routing/rule"} <= router.incomplete.keys()
    assert "/interface/bridge" not in router.incomplete
    places = [path for path, _ in ranks()]
    assert all(places.index(path) >= places.index("/ip/address") for path in router.incomplete)
