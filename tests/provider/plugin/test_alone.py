"""Rows that no gate was told of, each checked by itself before it is written."""

import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from fronts import Front
from wiretik_provider.api.link import _LINKS, close_all
from wiretik_provider.keys import generate, public_key
from wiretik_provider.rows.compare import UNKNOWN

KEY = public_key(generate())
RULE = {"chain": "input", "action": "accept", "protocol": "udp", "dst_port": "13255", "comment": "ours"}


def failures(front, type_, name, olds=None, /, **given):
    return [one.reason for one in front.check(type_, name, olds, **given).failures]


def test_a_row_of_others_that_is_in_the_way_fails_the_check_and_nothing_is_written(front, lab):
    before = lab.router.snapshot()
    (refused,) = failures(front, "InterfaceList", "wan", name="WAN")
    assert "the router has it already" in refused
    assert "adopt" in refused
    assert lab.router.snapshot() == before
    assert failures(front, "InterfaceList", "wan", name="WAN", adopt=True) == []
    assert failures(front, "InterfaceList", "vpn", name="VPN") == []


def test_a_rule_of_a_block_that_stands_there_already_fails_the_check(front, lab):
    lab.run("/ip/firewall/filter/add", **{"chain": "forward", "action": "drop", "in-interface": "bridge"})
    rules = {"lan": {"in_interface": "bridge", "action": "drop"}, "dns": {"protocol": "udp", "action": "accept"}}
    (refused,) = failures(front, "FilterChain", "guests", chain="forward", order=["dns", "lan"], rules=rules)
    assert "guests.lan" in refused


def test_an_entry_of_others_in_a_list_fails_the_check_where_it_does_not_do_what_the_list_says(front, lab):
    lab.run("/ip/firewall/address-list/add", list="direct", address="10.1.1.1", disabled="yes")
    (refused,) = failures(front, "AddressList", "direct", entries={"10.1.1.1": ""})
    assert "10.1.1.1" in refused


def test_what_is_in_the_state_already_is_in_nobodys_way(front):
    seen = front.read("InterfaceList", "wan", "WAN")
    assert failures(front, "InterfaceList", "wan", seen, name="WAN") == []


def test_a_name_that_nobody_has_yet_is_told_once_and_refuses_nothing(front, capfd):
    given = {"public_key": KEY, "allowed_address": ["10.7.0.0/24"]}
    assert failures(front, "Peer", "office", interface="wg8", **given) == []
    assert failures(front, "Peer", "branch", interface="wg8", **given) == []
    assert capfd.readouterr().err.count("has the name 'wg8'") == 1

    assert failures(front, "WireGuardInterface", "wg9", listen_port=13309) == []
    assert failures(front, "Peer", "home", interface="wg9", **given) == []
    assert "wg9" not in capfd.readouterr().err


def test_a_row_that_only_the_router_makes_and_that_it_hasnt_is_told_once_and_one_of_several_is_refused(front, capfd):
    for name in ("uplink", "again"):
        assert failures(front, "InterfaceEthernet", name, find="ether99", mtu=1508) == []
    told = capfd.readouterr().err
    assert told.count("/interface/ethernet ether99: no row is so; /interface/ethernet has ether1, ether2") == 1
    assert failures(front, "InterfaceEthernet", "uplink", find="ether2", mtu=1508) == []
    assert capfd.readouterr().err == ""

    (refused,) = failures(front, "InterfaceEthernet", "uplink", find={"mtu": "1500"}, mtu=1508)
    assert "5 rows are so" in refused
    for nothing in ("", {}):
        (refused,) = failures(front, "InterfaceEthernet", "uplink", find=nothing, mtu=1508)
        assert "say which, such as find='ether1'" in refused


def test_a_menu_is_read_once_for_all_rows_that_are_checked(front, lab):
    lab.reset_stats()
    for number in range(30):
        assert failures(front, "IpAddress", f"a{number}", address=f"10.7.{number}.1/24", interface="bridge") == []
    commands = [sum(verbs.values()) for verbs in lab.stats().commands.values()]
    assert max(commands) == 1, lab.stats().commands


def test_a_check_doesnt_wait_for_a_write_to_its_menu_that_is_under_way(front):
    """Pulumi checks one row after the other while those before are made: each wait would be a round trip or two."""
    assert failures(front, "IpAddress", "one", address="10.7.1.1/24", interface="bridge") == []
    (link,) = _LINKS.values()
    with link.lock("/ip/address"):
        assert failures(front, "IpAddress", "other", address="10.7.2.1/24", interface="bridge") == []


def test_what_is_not_known_yet_is_held_against_nobody(front, capfd):
    assert (
        failures(front, "Peer", "office", interface=UNKNOWN, public_key=UNKNOWN, allowed_address=["10.7.0.0/24"]) == []
    )
    assert capfd.readouterr().err == ""


def test_a_login_that_is_refused_fails_each_check_by_one_login(lab, stub):
    args = struct_pb2.Struct()
    args.update({"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": "wrong"})
    stub.Configure(P.ConfigureRequest(args=args))
    logins = []
    real = lab.router.login
    lab.router.login = lambda *words: (logins.append(words), real(*words))[1]
    first, second = (failures(Front(stub), "InterfaceList", name) for name in ("one", "other"))
    assert first == second
    assert "password" in first[0]
    assert "wrong" not in first[0]
    assert len(logins) == 1


def test_a_setting_that_a_preview_does_not_know_yet_leaves_the_router_unasked(stub):
    args = struct_pb2.Struct()
    args.update({"host": "04da6b54-80e4-46f7-96ec-b56ff0331ba9", "password": "none"})
    stub.Configure(P.ConfigureRequest(args=args))
    assert failures(Front(stub), "InterfaceList", "one") == []


def test_a_row_behind_a_gate_was_looked_at_by_the_gate(front):
    """The gate let it through, so nothing more is asked of the router."""
    from wiretik_provider.rows import ownership

    tag = ownership.make("site", "lab", "InterfaceList", "wan")
    props = {"name": "WAN"}
    row = {"menu": "/interface/list", "name": "wan", "tag": tag, "adopt": True, "part": False, "props": props}
    checked = front.check("Preflight", "preflight", rows=[row], expectations=[], part="wiretik:index:Tunnel::mesh")
    assert not checked.failures
    (link,) = _LINKS.values()
    assert link.declares(tag)
    assert failures(front, "InterfaceList", "wan", name="WAN") == []


def test_a_name_of_a_components_row_is_not_told_as_lacking(front, capfd):
    """In a preview the router hasn't it yet."""
    from wiretik_provider.rows import ownership

    row = {"menu": "/interface/wireguard", "name": "mesh-interface", "adopt": False, "part": False}
    row |= {"tag": ownership.make("site", "lab", "WireGuardInterface", "mesh-interface"), "props": {"name": "wg7"}}
    checked = front.check("Preflight", "preflight", rows=[row], expectations=[], part="wiretik:index:Tunnel::mesh")
    assert not checked.failures
    assert failures(front, "WireGuardInterface", "mesh-interface", name="wg7") == []
    assert failures(front, "Peer", "office", interface="wg7", public_key=KEY, allowed_address=["10.7.0.0/24"]) == []
    assert "wg7" not in capfd.readouterr().err


@pytest.fixture(autouse=True)
def _closed():
    yield
    close_all()
