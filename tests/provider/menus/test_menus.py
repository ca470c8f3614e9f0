"""The menus as data, held against what the facts list, and the contradictions that each menu tells."""

import tomllib
from pathlib import Path

import pytest

from wiretik_provider.menus import MENUS, menu
from wiretik_provider.menus.descriptor import version
from wiretik_provider.rows import compare
from wiretik_provider.simulator.spec import MENUS as SPECS

CASES = [
    pytest.param(tomllib.loads(path.read_text(encoding="utf-8")), id=path.stem)
    for path in sorted((Path(__file__).parents[2] / "cases" / "arguments").glob("*.toml"))
]
KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


def test_there_is_a_list_of_arguments_for_every_menu():
    assert {case.values[0]["path"] for case in CASES} == set(MENUS)


@pytest.mark.parametrize("case", CASES)
def test_every_argument_that_the_router_takes_is_a_property(case):
    assert set(case["arguments"]) - {field.name for field in menu(case["path"]).writable} == set()


@pytest.mark.parametrize("case", CASES)
def test_every_property_is_an_argument_of_the_router_or_names_where_it_was_seen(case):
    writable = {field.name for field in menu(case["path"]).writable}
    assert writable - set(case["arguments"]) == set(case.get("elsewhere", {}))


@pytest.mark.parametrize("case", CASES)
def test_what_the_router_only_tells_can_not_be_set(case):
    read_only = {field.name for field in menu(case["path"]).fields if field.read_only}
    assert read_only == set(case["read-only"])


@pytest.mark.parametrize("case", CASES)
def test_a_property_is_as_old_as_the_first_version_that_has_it_at_the_latest(case):
    for field in menu(case["path"]).writable:
        seen = case.get("since", {}).get(field.name)
        assert bool(field.since) == bool(seen)
        assert not seen or version(field.since) <= version(seen)


@pytest.mark.parametrize("case", CASES)
def test_defaults_are_the_ones_that_the_facts_name(case):
    by_name = menu(case["path"]).by_name
    told = {name: by_name[name].default for name in case.get("defaults", {})}
    assert told == {name: by_name[name].codec.read(text) for name, text in case.get("defaults", {}).items()}


@pytest.mark.parametrize("case", CASES)
def test_what_the_facts_call_required_is_required(case):
    required = {field.name for field in menu(case["path"]).writable if field.required}
    assert set(case["required"]) <= required


@pytest.mark.parametrize("path", MENUS)
def test_whatever_sounds_like_a_secret_is_one(path):
    for field in menu(path).fields:
        sounds = any(word in field.name for word in ("private-key", "preshared-key", "password", "secret"))
        assert field.secret == sounds, field.name


@pytest.mark.parametrize("path", MENUS)
def test_a_default_is_canonical_and_comes_back_from_the_router(path):
    for field in menu(path).fields:
        if field.default is not None:
            assert field.codec.parse(field.default) == field.default
            assert field.codec.read(field.codec.write(field.default)) == field.default


@pytest.mark.parametrize("path", MENUS)
def test_a_name_that_is_referred_to_is_of_a_menu_with_names(path):
    untyped = {"/interface", "/ip/vrf"}  # of these the router is asked for its names
    for field in menu(path).fields:
        if field.references and field.references not in untyped:
            assert "name" in menu(field.references).by_name


@pytest.mark.parametrize("path", MENUS)
def test_what_the_router_looks_up_by_name_the_gate_looks_up_too(path):
    looked_up = {arg.name for spec in SPECS if spec.path == path for arg in spec.args if arg.kind.refers}

    assert {name for name in looked_up if not menu(path).by_name[name].references} == set()


def test_counters_and_handshakes_are_never_outputs():
    outputs = {field.name for each in MENUS.values() for field in each.outputs}
    assert not outputs & {"rx", "tx", "bytes", "packets", "last-handshake", "running", "run-count", "next-run"}
    assert not outputs & {"current-endpoint-address", "current-endpoint-port", "active", "invalid", "cache-used"}


RULE = {"chain": "forward"}

REFUSED = [
    ("/interface/wireguard/peers", {"endpoint_port": 51820}, "endpoint_port", "needs endpoint_address"),
    ("/interface/wireguard/peers", {"endpoint_address": "", "endpoint_port": 1}, "endpoint_port", "is empty"),
    ("/interface/list", {"name": "dynamic"}, "name", "RouterOS's own lists"),
    ("/interface/list/member", {"list": "all", "interface": "wg0"}, "list", "take no members"),
    ("/ip/address", {"address": "10.0.0.2/32", "netmask": "255.255.255.0"}, "netmask", "10.0.0.2/255.255.255.0"),
    ("/ip/route", {"gateway": "wg0", "blackhole": True}, "blackhole", "not both"),
    ("/ip/route", {}, "gateway", "or blackhole=True"),
    ("/ip/route", {"blackhole": False}, "gateway", "missing"),
    ("/routing/table", {"name": "main"}, "name", "RouterOS's own table"),
    ("/routing/rule", {"action": "drop", "table": "vpn"}, "table", "looks nothing up"),
    ("/ip/firewall/filter", {"dst_port": "53"}, "dst_port", "ports need a protocol"),
    ("/ip/firewall/filter", {"port": "53", "protocol": "icmp"}, "port", "udp-lite, dccp, sctp, not icmp"),
    ("/ip/firewall/filter", {"src_port": "53", "protocol": "!tcp"}, "src_port", "ports need a protocol"),
    ("/ip/firewall/filter", {"tcp_flags": "syn", "protocol": "udp"}, "tcp_flags", "matches TCP only"),
    ("/ip/firewall/filter", {"icmp_options": "8:0-255", "protocol": "tcp"}, "icmp_options", "matches ICMP only"),
    ("/ip/firewall/filter", {"action": "jump"}, "jump_target", "action jump needs it"),
    ("/ip/firewall/filter", {"jump_target": "x"}, "jump_target", "does nothing with action accept"),
    ("/ip/firewall/filter", {"action": "jump", "jump_target": "forward"}, "jump_target", "to itself"),
    ("/ip/firewall/filter", {"action": "add-src-to-address-list"}, "address_list", "needs it"),
    ("/ip/firewall/filter", {"action": "drop", "reject_with": "tcp-reset"}, "reject_with", "goes with reject"),
    (
        "/ip/firewall/filter",
        {"action": "reject", "reject_with": "tcp-reset", "protocol": "udp"},
        "reject_with",
        "answers TCP only",
    ),
    ("/ip/firewall/filter", {"action": "tarpit", "protocol": "udp"}, "action", "TCP connections only"),
    ("/ip/firewall/nat", {"action": "masquerade", "to_addresses": "10.0.0.1"}, "to_addresses", "outgoing interface"),
    ("/ip/firewall/nat", {"action": "redirect", "to_addresses": "10.0.0.1"}, "to_addresses", "the router itself"),
    ("/ip/firewall/mangle", {"action": "mark-routing"}, "new_routing_mark", "needs it"),
    ("/ip/firewall/mangle", {"action": "mark-routing", "new_routing_mark": "vpn"}, "chain", "routed already"),
    ("/ip/firewall/mangle", {"action": "mark-packet", "new_routing_mark": "vpn"}, "new_routing_mark", "mark-routing"),
    ("/ip/firewall/mangle", {"new_mss": "1380"}, "new_mss", "goes with change-mss"),
    (
        "/ip/firewall/mangle",
        {"action": "change-mss", "new_mss": "1380", "protocol": "udp"},
        "action",
        "changes TCP only",
    ),
    ("/ip/firewall/raw", {"chain": "prerouting", "action": "notrack", "dst_port": "53"}, "dst_port", "need a protocol"),
    ("/ip/firewall/raw", {"action": "jump"}, "jump_target", "action jump needs it"),
    ("/ipv6/address", {"interface": "wg0"}, "address", "or from_pool"),
    ("/ipv6/address", {"from_pool": "", "interface": "wg0"}, "address", "or from_pool"),
    ("/ipv6/address", {"address": "fd00::1/80", "eui_64": True}, "eui_64", "leaves 48"),
    ("/ipv6/address", {"address": "fd00::1/64", "from_pool": "", "from_pool_policy": "strict"}, "from_pool_policy", ""),
    ("/ipv6/route", {}, "gateway", "or blackhole=True"),
    ("/ipv6/firewall/filter", {"action": "drop", "reject_with": "icmp-no-route"}, "reject_with", "goes with reject"),
    ("/ipv6/firewall/nat", {"action": "masquerade", "to_address": "fd00::1/128"}, "to_address", "outgoing interface"),
    ("/ipv6/firewall/mangle", {"action": "snpt", "src_prefix": "fd00::/64"}, "dst_prefix", "action snpt needs it"),
    ("/ipv6/firewall/mangle", {"new_hop_limit": "set:64"}, "new_hop_limit", "goes with change-hop-limit"),
    ("/ipv6/firewall/mangle", {"action": "mark-routing", "new_routing_mark": "vpn"}, "chain", "routed already"),
    ("/ipv6/firewall/raw", {"action": "notrack", "dst_port": "53"}, "dst_port", "need a protocol"),
]


def problems(path, declared):
    given = {**(RULE if "firewall" in path else {}), **declared}
    return [problem for rule in menu(path).rules for problem in rule(given)]


@pytest.mark.parametrize(("path", "declared", "where", "told"), REFUSED)
def test_properties_that_contradict_each_other_are_refused_at_one_of_them(path, declared, where, told):
    assert any(problem.property == where and told in problem.reason for problem in problems(path, declared))


@pytest.mark.parametrize(
    ("path", "declared"),
    [
        ("/interface/wireguard/peers", {"endpoint_address": "vpn.example.com", "endpoint_port": 51820}),
        ("/interface/wireguard/peers", {"endpoint_address": None, "endpoint_port": 51820}),
        ("/interface/wireguard/peers", {"endpoint_port": 0}),
        ("/ip/address", {"address": "10.0.0.2/24", "netmask": "255.255.255.0"}),
        ("/ip/route", {"blackhole": True}),
        ("/ip/route", {"gateway": None}),
        ("/ip/route", {"blackhole": None}),
        ("/ip/route", {"gateway": "wg0", "blackhole": False}),
        ("/routing/rule", {"action": None, "table": "vpn"}),
        ("/ipv6/address", {"address": None, "interface": "wg0", "eui_64": True}),
        ("/ipv6/address", {"from_pool": None, "interface": "wg0"}),
        ("/ipv6/address", {"address": "::1/64", "from_pool": "isp", "from_pool_policy": "strict", "eui_64": True}),
        ("/ipv6/firewall/filter", {"protocol": "icmpv6", "icmp_options": "128:0-255"}),
        ("/ip/firewall/filter", {"dst_port": "53", "protocol": "udp"}),
        ("/ip/firewall/filter", {"dst_port": "53", "protocol": None}),
        ("/ip/firewall/filter", {"action": None}),
        ("/ip/firewall/filter", {"action": "jump", "jump_target": None}),
        ("/ip/firewall/filter", {"tcp_flags": "syn"}),
        ("/ip/firewall/nat", {"action": "dst-nat", "to_ports": "53"}),
        ("/ip/firewall/mangle", {"chain": "prerouting", "action": "mark-routing", "new_routing_mark": None}),
        ("/ip/firewall/mangle", {"chain": "custom", "action": "mark-routing", "new_routing_mark": "vpn"}),
        ("/ip/firewall/mangle", {"chain": None, "action": "mark-routing", "new_routing_mark": "vpn"}),
    ],
)
def test_what_goes_together_or_is_not_known_yet_is_not_refused(path, declared):
    assert problems(path, declared) == []


def test_every_rule_of_every_menu_is_told_by_a_case():
    assert {path for path, _, _, _ in REFUSED} == {path for path, each in MENUS.items() if each.rules}


def test_all_that_is_wrong_with_a_resource_is_told_at_once():
    news = {"interface": "wg0", "public_key": "short", "endpoint_prot": 1, "persistent_keepalive": "19h"}
    _, found = compare.check(menu("/interface/wireguard/peers"), news)
    assert [problem.property for problem in found] == [
        "public_key",
        "endpoint_prot",
        "persistent_keepalive",
        "allowed_address",
    ]
    assert "did you mean endpoint_port?" in found[1].reason


def test_a_second_spelling_of_the_same_row_changes_nothing():
    peers = menu("/interface/wireguard/peers")
    written = {
        "interface": "wg0",
        "public_key": KEY,
        "allowed_address": ["10.20.0.2", "172.16.50.0/24"],
        "persistent_keepalive": 25.0,
        "responder": "no",
    }
    printed = {
        "interface": "wg0",
        "public-key": KEY,
        "allowed-address": "172.16.50.0/24,10.20.0.2/32",
        "persistent-keepalive": "25s",
        "endpoint-address": "",
        "endpoint-port": "0",
        "disabled": "false",
        "name": "peer4",
        "client-allowed-address": "::/0",
    }
    checked, wrong = compare.check(peers, written)
    assert wrong == []
    assert compare.changes(peers, printed, compare.declared(peers, checked)) == []


def test_properties_that_a_version_lacks_are_told_with_those_that_have_them():
    nat = menu("/ip/firewall/nat")
    wanted = {"chain": "srcnat", "tos": "0x10", "tls-host": "x"}
    assert nat.lacking(wanted, version("7.20")) == "tos (since 7.21), tls_host (until 7.16)"
    assert nat.lacking({"chain": "srcnat"}, version("7.15")) == ""
