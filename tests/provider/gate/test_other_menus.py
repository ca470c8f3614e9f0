"""Menus that have no class of their own are part of the plan: what closes our own way in is refused, or told."""

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.api.session import Session
from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds import Links
from wiretik_provider.registry import kind_named
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

PASSWORD = "a password of these tests"


@pytest.fixture
def lab(monkeypatch):
    """A router that we seem to reach from its LAN; loopback addresses are no host's on any router."""
    monkeypatch.setattr(Session, "ends", ("192.168.88.10", "192.168.88.1", 8728))
    with serve(profile="defconf", tls=False, password=PASSWORD) as running:
        yield running
    close_all()


def links(lab):
    reach = {"host": lab.host, "port": str(lab.api_port), "tls": "false", "username": "admin", "password": PASSWORD}
    return Links({f"wiretik:{name}": value for name, value in reach.items()})


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
