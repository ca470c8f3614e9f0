"""LANs that aren't where the program says, routes that are never used, and whom a rule of the program's exempts."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import lans
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

LAN, GUEST = "192.168.88.0/24", "192.168.99.0/24"


def router(*addresses, ports=(), members=(), clients=(), routes=(), unread=()):
    """A router whose interfaces are those that have something here."""
    names = ["bridge", "guest", "ether1", "ether2", "wg1"]
    return Snapshot(
        {
            "/interface": [{"name": name, "type": "bridge", "running": "true"} for name in names],
            "/interface/bridge/port": [{"interface": port, "bridge": "bridge"} for port in ports],
            "/interface/list": [{"name": "INSIDE"}],
            "/interface/list/member": [{"list": "INSIDE", "interface": name} for name in members],
            "/ip/address": [{"address": text, "interface": name} for text, name in addresses],
            "/ipv6/address": [{"address": "fd99::1/64", "interface": "guest"}],
            "/ip/dhcp-client": [{"interface": name} for name in clients],
            "/ip/route": [{"dst-address": text, "gateway": gateway} for text, gateway in routes],
        },
        dict.fromkeys(unread, "no"),
    )


def told(then, prefix=GUEST, enters="bridge", **vpn):
    props = {"kind": "lan", "said": "lan", "source": prefix, "enters": enters, **vpn}
    found = lans.misplaced(then, [{"name": "home", "props": props, "unknown": []}])
    return [*found.values()]


BOTH = ("192.168.88.1/24", "bridge"), ("192.168.99.1/24", "guest")


def test_a_prefix_that_another_interface_has_goes_past_a_vpn_and_is_refused_with_the_cure():
    [found] = told(router(*BOTH), also=[], lists=[])

    assert found.refused
    assert found.text == (
        "home: lan has 192.168.99.0/24 on bridge, and the router has it on guest (192.168.99.1/24), whose traffic "
        "would go past the VPN: give the VPN interfaces=['bridge', 'guest'], or take 192.168.99.0/24 out of lan"
    )


def test_without_a_vpn_it_is_only_told():
    [found] = told(router(*BOTH))

    assert not found.refused
    assert "rules for bridge never see" in found.text


@pytest.mark.parametrize(
    ("then", "vpn"),
    [
        (router(*BOTH), {"also": ["bridge", "guest"], "lists": []}),
        (router(*BOTH, members=["guest"]), {"also": [], "lists": ["INSIDE"]}),
        (router(*BOTH), {"also": [], "lists": ["a list that nobody has read"]}),
        (router(BOTH[0], ("192.168.99.1/24", "bridge")), {"also": [], "lists": []}),
        (router(BOTH[0], ("192.168.99.1/24", "ether2"), ports=["ether2"]), {"also": [], "lists": []}),
        (router(BOTH[0], (UNKNOWN, "guest")), {"also": [], "lists": []}),
        (router(*BOTH, unread=["/ip/address"]), {"also": [], "lists": []}),
        (router(("192.168.99.1/24", "gone"), BOTH[0], clients=["bridge"]), {"also": [], "lists": []}),
    ],
    ids=["taken", "in a list", "list unknown", "same", "port", "unknown", "unread", "interface unknown"],
)
def test_what_is_taken_besides_or_not_known_is_said_to_nobody(then, vpn):
    assert told(then, **vpn) == []


def test_a_list_that_leaves_the_interface_out_is_no_excuse():
    [found] = told(router(*BOTH, members=["bridge"]), also=[], lists=["INSIDE"])

    assert "interfaces=['guest']" in found.text


def test_of_ipv6_a_prefix_on_another_interface_counts_but_one_that_nobody_has_yet_may_come():
    assert [one.refused for one in told(router(*BOTH), "fd99::/64", also=[], lists=[])] == [True]
    assert told(router(*BOTH), "fd77::/64", also=[], lists=[]) == []


def test_a_prefix_that_no_interface_is_in_is_one_error_with_what_there_is():
    [found] = told(router(*BOTH), "192.168.77.0/24", also=[], lists=[])

    assert found.refused
    assert found.text == (
        "home: no interface of the router is in 192.168.77.0/24; bridge has 192.168.88.1/24: say "
        "lan=wt.Lan('bridge', '192.168.88.0/24'), or give bridge an address in 192.168.77.0/24"
    )


@pytest.mark.parametrize(
    ("then", "enters"),
    [
        (router(*BOTH, clients=["bridge"]), "bridge"),
        (router(*BOTH, routes=[("192.168.77.0/24", "192.168.88.2")]), "bridge"),
        (router(*BOTH, routes=[("192.168.0.0/16", "192.168.88.2")]), "bridge"),
        (router(*BOTH), "ether2"),
        (router(*BOTH), "an interface to be"),
    ],
    ids=["by DHCP", "behind a router", "in a larger route", "no address yet", "no interface yet"],
)
def test_a_prefix_that_may_come_or_that_another_router_has_is_no_error(then, enters):
    assert told(then, "192.168.77.0/24", enters) == []


def test_a_default_route_leads_to_no_lan():
    [found] = told(router(*BOTH, routes=[("0.0.0.0/0", "ether1")]), "192.168.77.0/24")

    assert found.refused


def test_one_lan_is_told_once_and_a_refusal_comes_before_a_remark():
    props = {"kind": "lan", "said": "lan", "source": GUEST, "enters": "bridge"}
    some = [{"name": name, "props": {**props, **vpn}} for name, vpn in (("a", {}), ("b", {"also": []}), ("c", {}))]

    assert [one.text[:2] for one in lans.misplaced(router(*BOTH), some).values()] == ["b:"]


def route(to=GUEST, gateway="wg1", parent="wiretik:index:Tunnel::home-wg1", **more):
    return {
        "menu": "/ip/route",
        "name": "r",
        "tag": "3f9a2c71e0b4",
        "props": {"dst_address": to, "gateway": gateway, **more},
        "parent": parent,
    }


def test_a_components_route_to_a_network_that_the_router_is_in_is_refused():
    [found] = lans.dead_routes(router(*BOTH), [read(route())])

    assert found.refused
    assert found.text.startswith(
        "r: dst_address='192.168.99.0/24' by wg1 is a network that the router itself is in (192.168.99.1/24 on guest), "
        "so the route is never used"
    )


def test_a_programs_own_may_be_there_for_when_the_interface_is_down_and_is_told():
    [found] = lans.dead_routes(router(*BOTH), [read(route(parent=""))])

    assert not found.refused


@pytest.mark.parametrize(
    "declared",
    [
        route("192.168.98.0/24"),
        route("192.168.0.0/16"),
        route("192.168.99.128/25"),
        route(gateway="guest"),
        route(gateway="192.168.99.7%guest"),
        route(routing_table="vpn"),
        route(disabled=True),
        route(blackhole=True),
        {**route(), "props": {"dst_address": GUEST}},
        {**route(), "menu": "/ip/firewall/nat"},
    ],
    ids=str,
)
def test_other_routes_are_used(declared):
    assert list(lans.dead_routes(router(*BOTH), [read(declared)])) == []


def promise(kind="never_leaves_by", source=LAN, enters="bridge"):
    return {"name": "home: nothing goes past the VPN", "props": {"kind": kind, "source": source, "enters": enters}}


def exempting(source="192.168.88.50", parent="", **more):
    props = {"chain": "prerouting", "action": "accept", "src_address": source, "comment": "tv", **more}
    return {"menu": "/ip/firewall/mangle", "name": "tv", "tag": "3f9a2c71e0b4", "props": props, "parent": parent}


def test_whom_a_rule_of_the_programs_own_leaves_out_is_asked_no_more_and_all_others_are():
    asked, out = lans.without_exempted([read(exempting()), read(exempting("192.168.88.0/31"))], promise())

    assert [one["props"]["source"] for one in asked] == [
        "192.168.88.2-192.168.88.49",
        "192.168.88.51-192.168.88.255",
    ]
    assert out == {"tv": "192.168.88.0/31"}


@pytest.mark.parametrize(
    "rule",
    [
        exempting(LAN),
        exempting("10.0.0.1"),
        exempting("192.168.0.0/16"),
        exempting("!192.168.88.50"),
        exempting(parent="wiretik:index:AlwaysOnVpn::home-wg0"),
        exempting(protocol="tcp"),
        exempting(chain="forward"),
        exempting(action="drop"),
        exempting(disabled=True),
        exempting(in_interface="guest"),
        {**exempting(), "menu": "/ip/firewall/nat"},
        {**exempting(), "unknown": ["src_address"]},
    ],
    ids=str,
)
def test_a_rule_that_says_something_else_exempts_nobody(rule):
    assert lans.without_exempted([read(rule)], promise()) == ([promise()], {})


def test_what_is_promised_of_the_router_itself_is_asked_of_everybody():
    assert lans.without_exempted([read(exempting())], promise("reaches")) == ([promise("reaches")], {})


def test_of_clients_in_a_lan_that_the_router_hasnt_the_lan_alone_is_told():
    lan = {"kind": "lan", "said": "lan", "source": "192.168.77.0/24", "enters": "bridge", "nowhere": [True]}
    clients = [{**lan, "said": "clients", "source": f"192.168.77.{at}/32", "nowhere": None} for at in range(1, 7)]
    some = [{"name": "home", "props": props} for props in (*clients, lan)]

    [found] = lans.misplaced(router(*BOTH), some).values()

    assert "no interface of the router is in 192.168.77.0/24; bridge has 192.168.88.1/24" in found.text
    assert found.of == "home"


def test_where_clients_are_taken_from_is_asked_of_the_clients_and_not_of_the_lan():
    assert told(router(*BOTH), also=[], lists=[], nowhere=[True]) == []
