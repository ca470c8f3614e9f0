"""Rows and settings of menus that nobody described by hand, in the package: types, `find`, `extra` and import."""

import json

import grpc
import pytest
from google.protobuf import struct_pb2

from any_rows import PATHS, added, id_of
from at_length import rounds
from fronts import values
from tools.exports_by_version import known_until
from wiretik_provider.api.link import close_all
from wiretik_provider.menus import at
from wiretik_provider.plugin.names import token, type_named
from wiretik_provider.plugin.service import schema
from wiretik_provider.plugin.wire import decode, encode
from wiretik_provider.rows import ownership
from wiretik_provider.rows.compare import UNKNOWN

VLAN = {"vlan_id": 20, "interface": "bridge"}
RULE = {"action": "accept", "protocol": "udp"}
HELD = {"of": "x", "element": "10.7.0.0/24"}
BESIDE = ("adopt", "extra", "find", "shape")
"""What isn't a property of all resources; as `adopt` this text is odd everywhere."""


def test_a_row_comes_changes_drifts_is_mended_and_goes(front, lab):
    made = front.up("InterfaceVlan", "guests", **VLAN)
    (row,) = lab.router.rows("/interface/vlan")
    assert row["name"] == "guests"
    assert ownership.split(row["comment"])[1].owner == ownership.make("site", "lab", "InterfaceVlan", "guests")
    assert front.up("InterfaceVlan", "guests", made, **VLAN) is None

    changed = front.up("InterfaceVlan", "guests", made, **{**VLAN, "vlan_id": 21})
    assert values(changed)["vlan_id"] == "21"
    lab.run("/interface/vlan/set", **{".id": row[".id"], "mtu": "1400"})
    close_all()
    seen = front.read("InterfaceVlan", "guests", changed.id, changed)
    assert values(seen, "inputs")["mtu"] == "1400"
    mended = front.up("InterfaceVlan", "guests", seen, **{**VLAN, "vlan_id": 21})
    assert "mtu" not in lab.router.rows("/interface/vlan")[0]

    front.delete(mended)
    assert lab.router.rows("/interface/vlan") == []


def test_settings_and_rows_that_only_the_router_makes_get_back_what_they_had(front, lab):
    before = lab.router.snapshot()
    ip = front.up("IpSettings", "ip", rp_filter="loose")
    port = front.up("InterfaceEthernet", "uplink", find="ether2", mtu=1508)
    assert lab.router.rows("/ip/settings")[0]["rp-filter"] == "loose"
    assert front.up("InterfaceEthernet", "uplink", port, find="ether2", mtu=1508) is None

    front.delete(port)
    front.delete(ip)
    assert lab.router.snapshot() == before


def test_what_is_wrong_names_the_property_as_a_program_spells_it(front):
    (found,) = front.check("InterfaceVlan", "v", **VLAN, arp_time="5s").failures
    assert found.property == "arpTime"
    (found,) = front.check("InterfaceEthernet", "e", mtu=1508).failures
    assert found.property == "find"


@pytest.mark.parametrize(
    ("type_", "extra", "why"),
    [
        ("InterfaceVlan", {"mtu": 1}, "a property that Wiretik knows: mtu"),
        ("InterfaceVlan", {"vlan.id": 1}, "a property that Wiretik knows: vlanId"),
        ("InterfaceVlan", {"New_One": 1}, "takes RouterOS's names"),
        ("InterfaceVlan", {"router": "x"}, "means something else to Wiretik"),
        ("InterfaceVlan", {"a-b": 1, "a.b": 2}, "twice, in two spellings"),
        ("InterfaceVlan", UNKNOWN, "must be known before the deployment"),
        ("InterfaceVlan", "text", "takes properties by RouterOS's names"),
        ("InterfaceList", {"a": 1}, "has no such property"),
    ],
)
def test_what_extra_cant_have_is_refused_as_in_python(front, type_, extra, why):
    news = struct_pb2.Struct()
    news.update(VLAN if type_ == "InterfaceVlan" else {})
    news.MergeFrom(encode({"extra": extra}, type_named("InterfaceList")))
    found = front.stub.Check(front.request(type_, "v", news)).failures
    assert [one.property for one in found if why in one.reason][:1] == ["extra"], found


@pytest.mark.parametrize(
    ("type_", "given", "property_"),
    [
        ("InterfaceVlan", {**VLAN, "find": "guests"}, "find"),
        ("InterfaceVlan", {**VLAN, "shape": "settings"}, "shape"),
        ("InterfaceVlan", {**VLAN, "adopt": "yes"}, "adopt"),
        ("InterfaceVlan", {**VLAN, "position": {"at": "first"}}, "position"),
        ("IpSettings", {"rp_filter": "loose", "find": "ip"}, "find"),
        ("FilterRule", {**RULE, "adopt": "yes"}, "adopt"),
        *(("FilterChain", {"chain": "forward", "rules": {"a": RULE}, name: "x"}, name) for name in BESIDE),
        *(("AddressList", {"list": "far", "entries": {}, name: "x"}, name) for name in (*BESIDE, "position")),
        *(("AllowedAddress", {**HELD, name: "x"}, name) for name in (*BESIDE, "position")),
    ],
)
def test_what_such_a_row_doesnt_take_is_refused_and_not_passed_over(front, type_, given, property_):
    assert [one.property for one in front.check(type_, "v", **given).failures] == [property_]


def test_what_no_list_of_ours_has_is_asked_of_the_router_and_kept_like_everything_else(front, lab):
    given = {"name": "v", "interface": "bridge"}
    with known_until((7, 15, 99)):
        assert "use-reconfigure" not in at("/ip/dhcp-server").by_name
        extra = {"extra": ["use-reconfigure"], "use_reconfigure": "yes"}
        made = front.up("IpDhcpServer", "v", **given, **extra)
        assert lab.router.rows("/ip/dhcp-server")[0]["use-reconfigure"] == "true"
        kept = made.inputs.fields["extra"].struct_value
        assert (dict(kept), "useReconfigure" in made.inputs.fields) == ({"use-reconfigure": "yes"}, False)
        assert made.outputs.fields["useReconfigure"].string_value == "yes"
        assert front.up("IpDhcpServer", "v", made, **given, **extra) is None

        news = front.check("IpDhcpServer", "v", made, **given, extra=["use-reconfigure"], use_reconfigure="no").inputs
        assert list(front.diff(made, news).detailedDiff) == ['extra["use-reconfigure"]']
        said = front.check("IpDhcpServer", "w", **{**given, "name": "w"}, extra=["frobs"], frobs=1).failures
        assert "has no frobs in /ip/dhcp-server" in said[0].reason


def test_each_of_what_extra_has_may_be_unknown_or_secret_by_itself():
    kind = type_named("IpDhcpServer")
    props = {"extra": ["a-key", "b", "c"], "a_key": "k", "b": UNKNOWN, "c": 1}
    told = decode(encode(props, kind), kind)
    assert told.values == props
    assert {"a_key", "extra"} <= told.secret
    assert told.raw == {"extra": {"a-key": "k", "b": UNKNOWN, "c": 1}}


def test_what_another_resource_has_is_not_imported_and_what_isnt_there_neither(front):
    made = front.up("InterfaceVlan", "guests", **VLAN)
    with pytest.raises(grpc.RpcError, match="another resource has it"):
        front.read("InterfaceVlan", "other", made.id)
    assert front.read("InterfaceVlan", "other", "nobody") is None
    assert front.read("InterfaceEthernet", "port", "ether99") is None


def imported(front, lab, path):
    """Whether a row of a menu could be imported, with a program that changes nothing."""
    type_ = token(at(path).token).rpartition(":")[2]
    id_ = id_of(lab, path)
    if not id_:
        return False
    before = lab.router.snapshot()
    seen = front.read(type_, "one", id_)
    inputs = values(seen, "inputs")
    there = json.loads(schema())["resources"][token(type_)]["inputProperties"] if path == "/ip/settings" else None
    assert there is None or set(seen.inputs.fields) <= set(there)
    assert front.up(type_, "one", seen, **inputs) is None, path
    again = front.read(type_, "one", id_, seen)
    assert (again.inputs, again.outputs) == (seen.inputs, seen.outputs), path
    assert lab.router.snapshot() == before, path
    return True


def test_what_is_there_is_imported_with_a_program_that_changes_nothing(front, lab):
    every_so = len(PATHS) // rounds(20, len(PATHS))
    chosen = PATHS[:: max(1, every_so)]
    made = {path for path in chosen if added(lab, path)}
    usual = {"/interface/ethernet", "/ip/settings", "/ip/service"}
    there = {path for path in sorted({*chosen, *usual}) if imported(front, lab, path)}
    assert there >= made | usual
    assert len(made) > len(chosen) // 3


def test_a_number_is_said_so_that_yaml_reads_what_was_written(front, lab):
    """Pulumi writes 0x8000 without quotes, and YAML reads it as a number."""
    assert lab.router.rows("/interface/bridge")[0]["priority"] == "0x8000"
    assert values(front.read("InterfaceBridge", "b", "bridge"), "inputs")["priority"] == "32768"


def told(front, name, given):
    """What the gate of a Python program says of an imported row, which isn't signed: it doesn't see the state."""
    tag = ownership.make("site", "lab", "InterfaceList", name)
    row = {
        "menu": "/interface/list",
        "name": name,
        "tag": tag,
        "unknown": [],
        "adopt": given.get("adopt", False),
        "props": given,
    }
    close_all()
    return [one.reason for one in front.check("Preflight", "preflight", rows=[row], expectations=[]).failures]


def test_what_an_import_says_of_a_row_passes_the_gate_of_a_python_program(front):
    seen = front.read("InterfaceList", "wan", "WAN")
    said = values(seen, "inputs")
    assert said["adopt"] is True
    assert not told(front, "wan", said)
    assert front.up("InterfaceList", "wan", seen, **said) is None


def test_a_row_that_was_imported_keeps_its_state_without_adopt_but_a_gate_wants_it(front):
    """States of earlier imports, and programs in other languages, don't say it."""
    seen = front.read("InterfaceList", "wan", "WAN")
    said = {name: value for name, value in values(seen, "inputs").items() if name != "adopt"}
    (refused,) = told(front, "wan", said)
    assert "adopt=True takes it over" in refused
    assert front.up("InterfaceList", "wan", seen, **said) is None
    del seen.inputs.fields["adopt"], seen.outputs.fields["adopt"]
    assert front.up("InterfaceList", "wan", seen, **said) is None
    assert front.up("InterfaceList", "wan", seen, **said, adopt=True) is None


@pytest.mark.parametrize(("type_", "id_"), [("Identity", "/system/identity"), ("InterfaceEthernet", "ether1")])
def test_of_what_nobody_adds_no_import_says_that_it_is_taken_over(front, type_, id_):
    assert "adopt" not in values(front.read(type_, "one", id_), "inputs")


def test_a_singletons_clock_isnt_said_for_it_goes_on(front):
    said = values(front.read("SystemClock", "clock", "/system/clock"), "inputs")
    assert not {"date", "time"} & set(said)
