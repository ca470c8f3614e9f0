"""The second front as Pulumi's engine meets it: over gRPC, against an embedded router."""

import json
from types import SimpleNamespace

import grpc
import pytest
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812
from pulumi.runtime.proto import provider_pb2_grpc, status_pb2

from any_rows import id_of, ours
from deploying import refusing
from fronts import urn, values
from wiretik_provider.api.link import close_all, failed
from wiretik_provider.keys import generate, public_key
from wiretik_provider.menus import MENUS
from wiretik_provider.plugin import state
from wiretik_provider.plugin.names import TYPES, camel, every_type, token
from wiretik_provider.plugin.wire import decode
from wiretik_provider.rows import ownership
from wiretik_provider.rows.compare import UNKNOWN

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="
OWN = {"Handshake", "Attach", "GetPluginInfo", "GetSchema", "GetMapping", "GetMappings", "Cancel"}
OWN |= {"CheckConfig", "DiffConfig", "Configure", "Check", "Diff", "Create", "Update", "Read", "Delete"}


def test_a_row_comes_changes_drifts_is_mended_and_goes(front, lab):
    given = {"listen_port": 13300, "mtu": 1420}
    made = front.up("WireGuardInterface", "wg9", **given)

    row = next(row for row in lab.router.rows("/interface/wireguard") if row["name"] == "wg9")
    assert ownership.split(row["comment"])[1].owner == ownership.make("site", "lab", "WireGuardInterface", "wg9")
    assert values(made)["public_key"] == row["public-key"]
    assert "privateKey" not in made.outputs.fields
    assert front.up("WireGuardInterface", "wg9", made, **given) is None

    changed = front.up("WireGuardInterface", "wg9", made, **{**given, "listen_port": 13301})
    assert values(changed)["listen_port"] == 13301

    lab.run("/interface/wireguard/set", **{".id": row[".id"], "mtu": "1400"})
    close_all()
    seen = front.read("WireGuardInterface", "wg9", changed.id, changed)
    assert values(seen, "inputs")["mtu"] == "1400"
    mended = front.up("WireGuardInterface", "wg9", seen, **{**given, "listen_port": 13301})
    assert values(mended)["mtu"] == "1420"

    front.delete(mended)
    assert not any(row["name"] == "wg9" for row in lab.router.rows("/interface/wireguard"))
    assert front.read("WireGuardInterface", "wg9", mended.id, mended) is None


def test_what_differs_is_told_by_its_path_and_nothing_is_replaced(front):
    made = front.up("WireGuardInterface", "wg9", listen_port=13300)
    news = front.check("WireGuardInterface", "wg9", made, listen_port=13301, mtu=1400).inputs
    told = front.diff(made, news)

    assert told.changes == P.DiffResponse.DIFF_SOME
    assert dict(told.detailedDiff) == {
        "listenPort": P.PropertyDiff(kind=P.PropertyDiff.UPDATE, inputDiff=True),
        "mtu": P.PropertyDiff(kind=P.PropertyDiff.ADD, inputDiff=True),
    }
    assert list(told.replaces) == []


def test_every_failure_of_a_check_names_its_property_as_the_program_spells_it(front):
    found = front.check("WireGuardInterface", "wg9", listen_port=70000, mtu="wide", run=3).failures

    assert {one.property for one in found} == {"listenPort", "mtu", "run"}
    assert all("\n" not in one.reason for one in found)


def test_a_preview_tells_defaults_and_leaves_to_the_router_what_only_it_can_say(front, lab):
    before = lab.router.snapshot()
    told = values(front.up("WireGuardInterface", "wg9", None, True))

    assert told["mtu"] in (1420, "1420")
    assert told["public_key"] is UNKNOWN
    assert told["row_id"] is UNKNOWN
    assert lab.router.snapshot() == before


def test_what_isnt_known_yet_passes_a_check_and_stays_unknown(front):
    checked = front.check("Peer", "office", interface="wg9", public_key=UNKNOWN, allowed_address=["10.7.0.0/24"])

    assert not checked.failures
    assert decode(checked.inputs, TYPES["Peer"]).values["public_key"] is UNKNOWN


def test_secrets_stay_secrets(front):
    key = front.up("WireGuardKey", "phone")
    given = front.check("WireGuardInterface", "wg9", private_key=generate())

    assert decode(key.outputs, TYPES["WireGuardKey"]).secret == {"private_key"}
    assert decode(given.inputs, TYPES["WireGuardInterface"]).secret == {"private_key"}


def test_an_error_of_a_router_is_one_line_and_keeps_the_change_from_being_confirmed(front):
    assert not failed()
    with pytest.raises(grpc.RpcError) as caught:
        front.up("Peer", "office", interface="wg8", public_key=KEY, allowed_address=["10.7.0.0/24"])

    assert "\n" not in caught.value.details()
    assert "wg8" in caught.value.details()
    assert failed()


def test_of_a_list_of_which_a_part_was_refused_the_state_has_the_rest(front, lab):
    entries = {"10.0.0.0/8": "", "10.1.1.1": "", "one.example": ""}
    with refusing(lab, "/ip/firewall/address-list", "10.1.1.1"), pytest.raises(grpc.RpcError) as caught:
        front.up("AddressList", "mine", entries=entries)
    status = status_pb2.Status.FromString(dict(caught.value.trailing_metadata())["grpc-status-details-bin"])
    told = P.ErrorResourceInitFailed.FromString(status.details[0].value)

    assert told.id == "mine"
    assert set(decode(told.properties, TYPES["AddressList"]).values["entries"]) == {"10.0.0.0/8", "one.example"}
    assert "10.1.1.1" in told.reasons[0]


def test_a_block_of_rules_has_a_programs_spelling_in_its_rules_too(front, lab):
    rules = {"dns": {"in_interface": "bridge", "protocol": "udp", "dst_port": "53", "action": "accept"}}
    made = front.up("FilterChain", "guests", chain="forward", order=["dns"], rules=rules)

    assert "inInterface" in made.inputs.fields["rules"].struct_value.fields["dns"].struct_value.fields
    assert any(row.get("dst-port") == "53" for row in lab.router.rows("/ip/firewall/filter"))
    other = {"dns": {**rules["dns"], "dst_port": "853"}}
    news = front.check("FilterChain", "guests", made, chain="forward", order=["dns"], rules=other).inputs
    assert list(front.diff(made, news).detailedDiff) == ["rules.dns.dstPort"]


def test_an_imported_row_says_what_a_program_would_and_changes_nothing_until_the_program_does(front, lab):
    public = public_key(generate())
    lab.run("/interface/wireguard/add", name="wg7", **{"listen-port": "13307"})
    lab.run(
        "/interface/wireguard/peers/add",
        interface="wg7",
        comment="by hand",
        **{"public-key": public, "allowed-address": "10.7.0.0/24", "preshared-key": generate()},
    )
    seen = front.read("Peer", "office", public)

    said = values(seen, "inputs")
    assert said["allowed_address"] == ["10.7.0.0/24"]
    assert said["comment"] == "by hand"
    assert said["preshared_key"] == "[set by hand]"
    assert state.TAG not in said
    assert front.up("Peer", "office", seen, **said) is None

    before = lab.router.rows("/interface/wireguard/peers")[0]["preshared-key"]
    signed = front.up("Peer", "office", seen, **{**said, "comment": "the office"})
    row = lab.router.rows("/interface/wireguard/peers")[0]
    assert ownership.split(row["comment"])[0] == "the office"
    assert ownership.split(row["comment"])[1] is not None
    assert row["preshared-key"] == before
    assert values(signed)["tag"]


def test_what_another_resource_has_is_not_imported(front):
    made = front.up("InterfaceList", "VPN")
    with pytest.raises(grpc.RpcError, match="another resource has it"):
        front.read("InterfaceList", "other", made.id)


def test_what_isnt_there_isnt_imported(front):
    assert front.read("Peer", "office", KEY) is None


@pytest.mark.parametrize("path", [path for path, menu in MENUS.items() if menu.resource])
def test_every_menu_can_be_imported_with_a_program_that_changes_nothing(front, lab, path):
    menu = MENUS[path]
    ours(lab)
    before = lab.router.snapshot()
    id_ = id_of(lab, path)
    seen = front.read(menu.resource, "one", id_)

    assert front.up(menu.resource, "one", seen, **values(seen, "inputs")) is None
    again = front.read(menu.resource, "one", id_, seen)
    assert (again.inputs, again.outputs) == (seen.inputs, seen.outputs)
    assert lab.router.snapshot() == before


def test_a_setting_that_nothing_reads_is_refused_with_the_one_that_was_meant(stub):
    news = struct_pb2.Struct()
    news.update({"host": "192.168.88.1", "fingerprnt": "ab", "caFile": "x", "version": "1"})
    (found,) = stub.CheckConfig(P.CheckRequest(news=news)).failures

    assert found.property == "fingerprnt"
    assert "did you mean fingerprint?" in found.reason


def test_another_password_replaces_no_provider(stub):
    olds, news = struct_pb2.Struct(), struct_pb2.Struct()
    olds.update({"password": "one"})
    news.update({"password": "two"})
    told = stub.DiffConfig(P.DiffRequest(olds=olds, news=news))

    assert told.changes == P.DiffResponse.DIFF_SOME
    assert not told.replaces


def test_a_state_of_the_dynamic_front_moves_over_by_an_update_that_writes_nothing(front, lab):
    made = front.up("InterfaceList", "VPN", comment="tunnels")
    tag = values(made)["tag"]
    dynamic = {"name": "VPN", "comment": "tunnels", "tag": tag}
    kind = TYPES["InterfaceList"]
    kept = SimpleNamespace(
        type="InterfaceList",
        name="VPN",
        id=made.id,
        inputs=_snake(dynamic, pickled=True),
        outputs=_snake({**values(made), "tag": tag}, pickled=True),
    )
    written = []
    execute = lab.router.execute
    lab.router.execute = lambda words, *rest: (written.append(words[0]), execute(words, *rest))[1]
    moved = front.up("InterfaceList", "VPN", kept, comment="tunnels")

    assert moved is not None
    assert "__provider" not in moved.outputs.fields
    assert not any(word.endswith(("/set", "/add", "/remove")) for word in written)
    assert front.up("InterfaceList", "VPN", moved, comment="tunnels") is None
    assert kind.signed


def _snake(props, *, pickled):
    made = struct_pb2.Struct()
    made.update({**props, **({"__provider": "gASV"} if pickled else {})})
    return made


def test_what_isnt_served_is_answered_as_pulumis_own_class_does(stub):
    with pytest.raises(grpc.RpcError) as caught:
        stub.Invoke(P.InvokeRequest(tok="wiretik:index:nothing"))
    assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_the_schema_has_every_type_and_each_property_by_its_wires_name(stub):
    told = json.loads(stub.GetSchema(P.GetSchemaRequest()).schema)

    assert told["version"]
    rows = {name for name, one in told["resources"].items() if not one.get("isComponent")}
    assert rows == {token(name) for name, _ in every_type()}
    for name, kind in every_type():
        if kind.menu:
            there = told["resources"][token(name)]["inputProperties"]
            assert {camel(field.attribute) for field in kind.menu.writable} <= set(there), name


def test_every_call_that_needs_no_router_is_served(stub):
    assert stub.Handshake(P.ProviderHandshakeRequest(engine_address="127.0.0.1:1")).accept_secrets
    assert stub.GetPluginInfo(empty_pb2.Empty()).version
    stub.Attach(provider_pb2_grpc.pulumi_dot_plugin__pb2.PluginAttach(address="127.0.0.1:1"))
    stub.GetMapping(P.GetMappingRequest(key="terraform"))
    stub.GetMappings(P.GetMappingsRequest(key="terraform"))
    stub.Cancel(empty_pb2.Empty())


def test_an_unknown_type_is_one_line(front):
    request = P.CheckRequest(urn=urn("Bridge", "b"))
    with pytest.raises(grpc.RpcError, match="has no such type"):
        front.stub.Check(request)
