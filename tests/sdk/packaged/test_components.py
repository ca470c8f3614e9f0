"""Each component of the package has the rows of the Python program with the same arguments, by type, name and value."""

import grpc
import pytest

import mocked
import wiretik as wt
from constructs import made
from wiretik.packaged.constructing import _of_engine
from wiretik.packaged.shapes import COMPONENTS
from wiretik_provider.keys import public_key
from wiretik_provider.plugin.names import camel

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="
OTHER = "c0FtZUtleUZvckFQaG9uZVRoYXRDYWxscy4uLi4uLi4="
FURTHER_KEY = public_key(OTHER)
LAN = {"interface": "bridge", "prefix": "192.168.88.0/24"}
PEER = {"name": "office", "public_key": KEY, "allowed_address": ["10.20.0.0/24", "172.16.50.0/24"]}
CONF = f"""[Interface]
PrivateKey = {OTHER}
Address = 10.8.1.2/32
[Peer]
PublicKey = {KEY}
AllowedIPs = 0.0.0.0/0
Endpoint = vpn.example.com:51820
"""
END = {"router": "", "lan": LAN, "address": "10.255.0.1/24", "endpoint": "a.example.com:13255"}
FAR = {"name": "b", "public_key": KEY, "address": "10.255.0.2", "lan": ["192.168.20.0/24"]}
FURTHER = {
    "name": "c",
    "public_key": OTHER,
    "address": "10.255.0.3",
    "lan": ["192.168.30.0/24"],
    "endpoint": "c.example:1",
}
PHONE = {"name": "phone", "address": "10.99.0.3", "public_key": KEY}
LINES = [
    {"interface": "ether1", "dhcp": True, "gateway": "203.0.113.1", "check": ["1.0.0.1"]},
    {
        "interface": "ether2",
        "bridge": "bridge",
        "address": "203.0.112.2/24",
        "gateway": "203.0.112.1",
        "check": "9.9.9.9",
    },
]
ABOVE = {*COMPONENTS, "Uplinks", "Vlan", "pulumi:Stack", "Stack"}
"""What has no rows of its own."""
CASES = {
    "AlwaysOnVpn": {
        "interface": "wg0",
        "lan": LAN,
        "conf": CONF,
        "gateway": "10.8.1.1",
        "dns": "10.8.1.1",
        "check_gateway": "10.8.1.1",
        "backup": {
            "interface": "wg1",
            "conf": CONF.replace("10.8.1.2", "10.9.1.2").replace(KEY, FURTHER_KEY),
            "gateway": "10.9.1.1",
        },
    },
    "ClientProfile": {
        "address": "10.99.0.3/32",
        "endpoint": "router.example.com:51820",
        "public_key": KEY,
        "modes": {"normal": {"allowed": ["10.99.0.0/24"]}},
    },
    "RelayMesh": {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24", "lan": LAN, "clients": [PHONE]},
    "RoadWarriors": {
        "endpoint": "router.example.com:13231",
        "address": "10.9.0.1/24",
        "dns": ["10.9.0.1"],
        "groups": [
            {"name": "admins", "users": [{"name": "anna", "address": "10.9.0.2", "public_key": KEY}], "router": True},
            {
                "name": "sales",
                "users": [{"name": "bert", "address": "10.9.0.3", "public_key": FURTHER_KEY}],
                "reaches": ["192.168.88.20"],
                "internet": True,
            },
        ],
    },
    "Site": {
        "lan": LAN,
        "wans": LINES,
        "vlans": {"guests": {"vlan_id": 20, "address": "192.168.20.1/24", "access": ["ether3"], "guest": True}},
        "forwards": [{"port": 8080, "to": "192.168.88.10"}],
    },
    "SiteMesh": {"sites": [END, FAR, FURTHER]},
    "SiteToSite": {"a": END, "b": FAR},
    "Tunnel": {
        "interface": "wg1",
        "address": "10.20.0.2/24",
        "listen_port": 13255,
        "check_gateway": "10.20.0.1",
        "table": "far",
        "peers": [PEER],
    },
}


def _group(users, **rest):
    return wt.Group(users=[wt.User(**one) for one in users], **rest)


def _end(one):
    if "router" in one:
        return wt.SiteEnd(**{**one, "lan": wt.Lan(**one["lan"])})
    return wt.FarEnd(**one)


OF = {
    "backup": lambda one: wt.Backup(**one),
    "lan": lambda one: wt.Lan(**one),
    "wans": lambda many: [wt.Wan(**one) for one in many],
    "vlans": lambda many: {name: wt.VlanArgs(**one) for name, one in many.items()},
    "forwards": lambda many: [wt.Forward(**one) for one in many],
    "peers": lambda many: [wt.TunnelPeer(**one) for one in many],
    "groups": lambda many: [_group(**one) for one in many],
    "clients": lambda many: [wt.MeshClient(**one) for one in many],
    "modes": lambda many: {name: wt.ProfileMode(**one) for name, one in many.items()},
    "sites": lambda many: [_end(one) for one in many],
    "a": _end,
    "b": _end,
}


def _by_wire(value):
    if isinstance(value, dict):
        return {camel(name): _by_wire(part) for name, part in value.items()}
    return [_by_wire(part) for part in value] if isinstance(value, list) else value


def of_python(type_, given):
    """What the Python program registers, by type and name, with the gates and guards left out."""

    def program():
        component = COMPONENTS[type_]
        args = {name: OF[name](value) if name in OF else value for name, value in given.items()}
        component.made("home", component.args(**args))

    found = {(one.typ.rpartition(":")[2], one.name): dict(one.inputs) for one in mocked.resources(program)}
    return {who: props for who, props in found.items() if who[0] not in {"Stack", "Preflight", "Guard"}}


def constructed(engine):
    found = [one for one in engine.registered.values() if one.custom]
    found = {(one.type.rpartition(":")[2], one.name): set(dict(one.object)) for one in found}
    return {who: props for who, props in found.items() if who[0] not in {"Preflight", "Guard"}}


def test_every_component_has_a_case():
    assert CASES.keys() == COMPONENTS.keys()


@pytest.mark.parametrize("type_", CASES)
def test_a_component_has_the_rows_of_a_python_program_and_they_come_to_the_router(engine, lab, type_):
    wanted = {
        who: {camel(name) for name, value in props.items() if value is not None and not name.startswith("__")} - {"tag"}
        for who, props in of_python(type_, CASES[type_]).items()
        if who[0] not in ABOVE
    }
    before = lab.router.snapshot()
    answer = made(engine, type_, "home", **_by_wire(CASES[type_]))
    assert constructed(engine) == wanted
    assert engine.logged == []
    assert set(dict(answer.state)) == {camel(name) for name in COMPONENTS[type_].outputs}
    assert (lab.router.snapshot() != before) == bool(wanted)
    if type_ == "Site":
        assert [row["vlan-id"] for row in lab.router.rows("/interface/vlan")] == ["20"]
        assert {row["host"] for row in lab.router.rows("/tool/netwatch")} >= {"1.0.0.1", "9.9.9.9"}


def test_an_error_that_is_its_own_cause_is_looked_at_once():
    """As one becomes that many outputs share: each raises it again."""
    one, other = RuntimeError("one"), RuntimeError("other")
    one.__context__, other.__context__ = other, one
    assert not _of_engine(one)
    other.__context__ = grpc.RpcError()
    assert _of_engine(one)
