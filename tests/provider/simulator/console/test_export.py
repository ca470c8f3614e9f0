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


WRITTEN = """# 2026-08-01 10:00:00 by RouterOS 7.20.8
/interface bridge
add admin-mac=XX:XX:XX:XX:XX:XX name=bridge
/interface 6to4
add !keepalive name=sit1 remote-address=192.0.2.1
/interface wireguard
add listen-port=13231 mtu=1420 name=wg0
/interface list
add name=LAN
/routing table
add disabled=no fib name=vpn
/interface wireguard peers
add allowed-address=10.0.0.2/32 interface=wg0 name=p persistent-keepalive=25s
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
/ip dhcp-client
add interface=ether1
/ip dns
set servers=9.9.9.9
/ip firewall filter
add action=accept chain=input dst-address-type="" protocol=icmp
/ip route
add disabled=no distance=1 dst-address=10.0.0.0/8 gateway=bridge pref-src="" routing-table=main
/ip service
set telnet disabled=yes
/routing rule
add action=lookup disabled=no dst-address=192.168.88.1/24 table=main
/system identity
set name=home
"""


@pytest.mark.parametrize(
    ("command", "values", "before", "after"),
    [
        (
            "/interface/bridge/set",
            {"numbers": "bridge", "vlan_filtering": "yes"},
            "=bridge",
            "=bridge vlan-filtering=yes",
        ),
        (
            "/interface/bridge/set",
            {"numbers": "bridge", "admin_mac": "02:00:00:00:00:01"},
            "XX:XX:XX:XX:XX:XX",
            "02:00:00:00:00:01",
        ),
        ("/interface/wireguard/set", {"numbers": "wg0", "mtu": "1400"}, "mtu=1420", "mtu=1400"),
        (
            "/interface/6to4/set",
            {"numbers": "sit1", "keepalive": "10s,10"},
            "!keepalive name=sit1",
            "keepalive=10s,10 name=sit1",
        ),
        ("/interface/wireguard/peers/set", {"numbers": "p", "persistent_keepalive": "1m"}, "=25s", "=1m"),
        (
            "/interface/wireguard/peers/set",
            {"numbers": "p", "!persistent-keepalive": ""},
            " persistent-keepalive=25s",
            "",
        ),
        (
            "/interface/wireguard/peers/set",
            {"numbers": "p", "allowed_address": "10.0.0.0/24,::/0"},
            "10.0.0.2/32",
            "10.0.0.0/24,::/0",
        ),
        (
            "/ip/address/set",
            {"numbers": "*1", "comment": 'the "lan"'},
            "24 interface",
            r'24 comment="the \"lan\"" interface',
        ),
        ("/ip/address/disable", {"numbers": "*1"}, "24 interface", "24 disabled=yes interface"),
        (
            "/ip/dhcp-client/set",
            {"numbers": "*1", "add_default_route": "no"},
            "add interface=ether1",
            "add add-default-route=no interface=ether1",
        ),
        ("/ip/dns/set", {"allow_remote_requests": "yes"}, "set servers", "set allow-remote-requests=yes servers"),
        (
            "/ip/firewall/filter/set",
            {"numbers": "*1", "protocol": "udp", "dst_port": "53"},
            "protocol=icmp",
            "dst-port=53 protocol=udp",
        ),
        (
            "/ip/firewall/filter/set",
            {"numbers": "*1", "dst_address_type": "local"},
            'dst-address-type=""',
            "dst-address-type=local",
        ),
        ("/ip/route/set", {"numbers": "{route}", "distance": "5"}, "distance=1", "distance=5"),
        ("/ip/route/set", {"numbers": "{route}", "pref_src": "192.168.88.1"}, 'pref-src=""', "pref-src=192.168.88.1"),
        ("/ip/service/enable", {"numbers": "telnet"}, "/ip service set telnet disabled=yes", None),
        ("/routing/rule/set", {"numbers": "*1", "action": "drop"}, "action=lookup", "action=drop"),
        ("/system/identity/set", {"name": "a b"}, "name=home", 'name="a b"'),
    ],
)
def test_one_property_that_is_edited_after_loading_is_the_only_thing_that_changes(command, values, before, after):
    router = Router("none", "7.20.8")
    router.load(WRITTEN)
    was = said(router.export(form="terse"))
    assert was == said(terse(WRITTEN))
    (route,) = [row[".id"] for row in router.rows("/ip/route") if "static" in row]
    router.run(command, **{name: value.replace("{route}", route) for name, value in values.items()})
    now = said(router.export(form="terse"))
    (gone,) = set(was) - set(now)
    assert before in gone
    assert [line for line in now if line not in was] == ([] if after is None else [gone.replace(before, after)])


def terse(text):
    """An export as the terse form has it."""
    menu, lines = "", []
    for line in said(text):
        menu = line if line.startswith("/") else menu
        lines += [] if line.startswith("/") else [f"{menu} {line}"]
    return "\n".join(lines)


def test_a_verbose_export_says_every_property_that_is_known_and_means_the_same():
    router = Router("none", "7.20.8")
    router.load(WRITTEN)
    text = router.export(form="verbose")
    (rule,) = [line for line in said(text) if line.startswith("add action=accept chain=input")]
    assert {"disabled=no", "!src-address", "!in-interface-list", "log=no", "protocol=icmp"} <= set(rule.split())
    assert "address=192.168.88.1/24 disabled=no interface=bridge" in text
    other = Router("none", "7.20.8")
    other.load(text)
    for path in ("/ip/firewall/filter", "/ip/address", "/ip/route", "/interface/wireguard/peers", "/interface/bridge"):
        assert other.rows(path) == router.rows(path), path


def test_an_export_says_the_same_on_another_day():
    days = []
    for day in (0, 86_400 * 40):
        router = Router("none", "7.20.8", clock=lambda day=day: 1_785_578_400.0 + day)
        router.load(WRITTEN + "/system scheduler\nadd name=s on-event=x policy=read start-time=startup\n")
        days.append(said(router.export(show_sensitive=False)))
    assert days[0] == days[1]
