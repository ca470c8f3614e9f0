"""Menus that have no class of their own are part of the plan: what closes our own way in is refused, or told."""

import json
import re

import pytest

from linked import plain_links
from wiretik_provider.api.link import close_all
from wiretik_provider.api.session import Session
from wiretik_provider.declared import read
from wiretik_provider.gate import expectations
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.gate.planned import untraced
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.menus import at, every
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.spec import menus_of
from wiretik_provider.trace import MENUS, MENUS6

PASSWORD = "a password of these tests"


@pytest.fixture
def lab(monkeypatch):
    """A router that we seem to reach from its LAN; loopback addresses are no host's on any router."""
    monkeypatch.setattr(Session, "ends", ("192.168.88.10", "192.168.88.1", 8728))
    with serve(profile="defconf", tls=False, password=PASSWORD) as running:
        yield running
    close_all()


def links(lab):
    return plain_links(lab, PASSWORD)


def tag(name):
    return ownership.make("site", "lab", "Thing", name)


def row(menu, called, /, find=None, **props):
    return {"menu": menu, "name": called, "tag": tag(called), "props": props, "unknown": [], "find": find}


def check(lab, *rows, **olds):
    close_all()
    return " | ".join(one.reason for one in GateKind().check(links(lab), olds, {"rows": list(rows)}).problems)


LOST = "Wiretik would lock itself out: after this change 192.168.88.10 to the router's port 8728"


def test_the_service_that_we_use_isnt_turned_off(lab):
    assert LOST in check(lab, row("/ip/service", "off", find="api", disabled=True))
    assert "lock" not in check(lab, row("/ip/service", "off", find="telnet", disabled=True))


def test_the_interface_by_which_we_come_isnt_moved_into_a_vrf(lab, capsys):
    problems = check(lab, row("/ip/vrf", "blue", name="blue", interfaces="bridge"))

    assert (
        LOST in problems or "whether Wiretik still reaches it after this change isn't known" in capsys.readouterr().err
    )


def test_the_vlan_by_which_we_come_isnt_taken_away(lab, monkeypatch, capsys):
    monkeypatch.setattr(Session, "ends", ("192.168.10.10", "192.168.10.1", 8728))
    vlan = {"name": "vlan10", "vlan_id": "10", "interface": "bridge"}
    kind_named("/interface/vlan").create(links(lab), {**vlan, "tag": tag("vlan")})
    lab.run("/interface/list/member/add", list="LAN", interface="vlan10")
    lab.run("/ip/address/add", address="192.168.10.1/24", interface="vlan10")
    other = row("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5")

    assert "lock" not in check(lab, other, row("/interface/vlan", "vlan", **vlan))
    without = check(lab, other)
    assert "Wiretik would lock itself out" in without or "isn't known" in capsys.readouterr().err


def test_a_router_that_forwards_nothing_is_told(lab, capsys):
    assert check(lab, row("/ip/settings", "ip", ip_forward=False)) == ""

    assert "ip: ip_forward=False: after this change the router forwards nothing" in capsys.readouterr().err


def test_a_line_that_begins_to_get_its_address_is_unknown_and_no_refusal(lab, capsys):
    assert check(lab, row("/ip/dhcp-client", "line", interface="ether5", add_default_route="yes")) == ""

    assert (
        "line: which address the router gets at ether5, and the routes that come with it, isn't known before"
        in capsys.readouterr().err
    )


def test_a_vlan_that_is_declared_is_an_interface_for_expectations(lab):
    asked = {
        "name": "guests come in",
        "promise": False,
        "props": {"kind": "reaches", "source": "192.168.20.9", "enters": "vlan20", "destination": "192.168.20.1"},
    }
    rows = [
        row("/interface/vlan", "vlan20", name="vlan20", vlan_id="20", interface="bridge"),
        row("/ip/address", "guests", address="192.168.20.1/24", interface="vlan20"),
        row("/interface/list/member", "lan", list="LAN", interface="vlan20"),
    ]
    close_all()

    found = GateKind().check(links(lab), {}, {"rows": rows, "expectations": [asked]}).problems

    assert [one.reason for one in found] == []


def test_after_a_run_that_was_killed_a_row_without_a_tag_is_this_programs_and_no_others(lab):
    path = "/ip/ipsec/mode-config"
    mode = row(path, "road", name="road", static_dns="10.0.0.1")
    close_all()
    noted = GateKind().check(links(lab), {}, {"rows": [mode]}).inputs
    kind, props = kind_named(path), {**mode["props"], "tag": mode["tag"]}
    kind.create(links(lab), props)  # and the run is killed before its state is written

    assert check(lab, mode, **noted) == ""
    made = kind.create(links(lab), props)

    mine = [one for one in lab.router.rows(path) if one["name"] == "road"]
    assert [one["static-dns"] for one in mine] == ["10.0.0.1"]
    kind.delete(links(lab), made.id, made.outputs)
    assert not [one for one in lab.router.rows(path) if one["name"] == "road"]
    lab.run(f"{path}/add", name="road", static_dns="10.0.0.1")
    assert "it isn't this stack's; adopt=True takes it over" in check(lab, mode)


def note(lab, capsys, *rows, **olds):
    """What the gate refuses, and what it says beside."""
    capsys.readouterr()
    problems = check(lab, *rows, **olds)
    return problems, capsys.readouterr().err


@pytest.fixture
def by_ether5(lab, monkeypatch):
    """We seem to come by a line of its own."""
    monkeypatch.setattr(Session, "ends", ("192.168.10.10", "192.168.10.1", 8728))
    port = next(one for one in lab.router.rows("/interface/bridge/port") if one["interface"] == "ether5")
    lab.run("/interface/bridge/port/remove", numbers=port[".id"])
    lab.run("/interface/list/member/add", list="LAN", interface="ether5")
    lab.run("/ip/address/add", address="192.168.10.1/24", interface="ether5")
    return lab


WAYS = [
    ("/interface/ethernet", "ether5"),
    ("/interface/ethernet", {"default_name": "ether5"}),
    ("/interface", "ether5"),
]


@pytest.mark.parametrize(("menu", "find"), WAYS)
def test_the_line_by_which_we_come_isnt_turned_off(by_ether5, menu, find):
    assert "Wiretik would lock itself out" in check(by_ether5, row(menu, "line", find=find, disabled=True))


def test_another_line_may_be_turned_off_and_ours_may_get_another_name(by_ether5, capsys):
    assert note(by_ether5, capsys, row("/interface/ethernet", "other", find="ether4", disabled=True)) == ("", "")
    assert note(by_ether5, capsys, row("/interface/ethernet", "line", find="ether5", name="guests")) == ("", "")


def test_a_service_that_is_given_back_turned_off_is_the_one_that_we_use(lab):
    other = row("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5")
    service = row("/ip/service", "api", find="api", disabled=False)
    noted = {"__before": json.dumps({"/ip/service api": {"disabled": "true"}})}  # as before the first deployment

    assert check(lab, service, other, **noted) == ""
    assert LOST in check(lab, other, **noted)


NOT_TRACED = [
    (row("/interface/ethernet", "line", find="ether2", arp="reply-only"), "/interface/ethernet arp"),
    (
        row("/interface/bridge/vlan", "v", bridge="bridge", vlan_ids="10", mvrp_forbidden="ether2"),
        "vlan mvrp_forbidden",
    ),
    (row("/interface/bridge/settings", "s", use_ip_firewall=True), "/interface/bridge/settings use_ip_firewall"),
    (row("/ip/service", "ssl", find="api-ssl", tls_version="only-1.2"), "/ip/service tls_version"),
    (row("/ip/settings", "ip", allow_fast_path=False), "/ip/settings allow_fast_path"),
    (row("/ip/firewall/connection/tracking", "ct", liberal_tcp_tracking=True), "tracking liberal_tcp_tracking"),
    (row("/routing/settings", "rt", connected_in_chain="x"), "/routing/settings connected_in_chain"),
    (row("/routing/ospf/instance", "o", name="o"), "/routing/ospf/instance name"),
    (row("/ip/upnp", "upnp", enabled=True), "/ip/upnp enabled"),
]


def test_what_isnt_traced_is_said_to_be_so(lab, capsys):
    _, said = note(lab, capsys, *(declared for declared, _ in NOT_TRACED))

    for declared, told in NOT_TRACED:
        text = f"{declared['name']}: which packets [a-z/]*{told} lets through, and by which way, isn't traced"
        assert re.search(text, said), (text, said)


def test_what_is_as_it_was_and_what_changes_no_way_isnt_told(lab, capsys):
    rows = [
        row("/ip/settings", "ip", rp_filter="no", allow_fast_path=True, icmp_rate_limit=20),
        row("/interface/ethernet", "line", find="ether2", arp="enabled", comment="an office"),
        row("/interface/vlan", "guests", name="guests", vlan_id="7", interface="bridge"),
        row("/ip/dns/static", "nas", name="nas.lan", address="192.168.10.5"),
    ]

    assert note(lab, capsys, *rows) == ("", "")


def test_every_menu_that_a_walk_looks_at_is_understood_or_told_of():
    """What the tracer begins to read, or a version adds, is told until somebody says otherwise."""
    loose = {path for path in (*MENUS, *MENUS6) if path not in KNOWN}

    assert loose == untraced.UNDERSTOOD.keys()
    for path, names in untraced.UNDERSTOOD.items():
        assert names is None or names <= at(path).by_name.keys(), path


def test_the_gate_judges_a_row_of_any_menu(lab):
    """Nothing there knows the menus that were described by hand alone."""
    settings = [row(one.path, one.path, disabled=True) for one in _loose() if one.singleton and not one.fixed]
    rows = [row(one.path, f"{one.path} row", **_told(one)) for one in _loose() if not one.singleton]

    assert len(settings) + len(rows) > MANY
    assert isinstance(check(lab, *settings, *rows), str)  # what stands in the way, and what isn't there
    link = links(lab)("")
    assert expectations.problems(link, [read(one) for one in (*settings, *rows)], (), guarded=False) == []


MANY = 340


def _loose():
    found = (at(path) for path in every.heads() if path in menus_of((7, 23)))
    return [one for one in found if one.loose]


def _told(menu):
    return {menu.by_name[name].attribute: "x" for name in menu.key}


def test_a_rule_that_is_to_be_taken_over_from_a_whole_chain_is_refused(lab):
    lab.router.run("/ip/firewall/filter/add", chain="knocks", action="accept")
    alone = row("/ip/firewall/filter", "alone", chain="knocks", action="accept") | {"adopt": True}
    inside = {"block": "whole", "rule": "drop", "part": True, "foreign": "tagged"}
    whole = row("/ip/firewall/filter", "whole.drop", chain="knocks", action="drop") | inside

    assert "alone: it takes over what whole removes" in check(lab, whole, alone)
    assert "takes over" not in check(lab, {**whole, "foreign": "keep"}, alone)
