"""Components that Pulumi constructs for other languages: a client asks for them, and the rows come to a router."""

import asyncio
import threading

import grpc
import pulumi
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2 as P  # noqa: N812

from constructs import made
from wiretik import SiteArgs
from wiretik.packaged.constructing import _value
from wiretik.packaged.shapes import fields
from wiretik_provider.keys import generate, public_key
from wiretik_provider.plugin.names import TYPES
from wiretik_provider.plugin.wire import encode
from wiretik_provider.rows import ownership

KEY = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="
PEER = {"name": "office", "publicKey": KEY, "allowedAddress": ["10.20.0.0/24", "172.16.50.0/24"]}
TUNNEL = {"interface": "wg1", "address": "10.20.0.2/24", "listenPort": 13255, "peers": [PEER]}
CONF = f"""[Interface]
PrivateKey = {KEY}
Address = 10.2.0.2/32
[Peer]
PublicKey = {KEY}
AllowedIPs = 0.0.0.0/0
Endpoint = 203.0.113.9:51820
"""
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SIGNATURE = "4dabf18193072939515e22adb298388d"


def refusal(engine, type_, name, **given):
    with pytest.raises(grpc.RpcError) as caught:
        made(engine, type_, name, **given)
    assert caught.value.code() == grpc.StatusCode.UNKNOWN
    assert "\n" not in caught.value.details()
    return caught.value.details()


def test_a_tunnel_has_the_rows_of_a_python_programs(engine, lab):
    answer = made(engine, "Tunnel", "mesh", **TUNNEL)

    row = next(row for row in lab.router.rows("/interface/wireguard") if row["name"] == "wg1")
    assert ownership.tag_of(row).owner == ownership.make("site", "lab", "WireGuardInterface", "mesh-interface")
    assert answer.urn == "urn:pulumi:lab::site::wiretik:index:Tunnel::mesh"
    assert answer.state["publicKey"] == row["public-key"]
    assert answer.state["listenPort"] == 13255
    assert answer.state["interface"] == "wg1"
    assert [row["public-key"] for row in lab.router.rows("/interface/wireguard/peers")] == [KEY]
    assert engine.logged == []
    assert "172.16.50.0/24" in [row["dst-address"] for row in lab.router.rows("/ip/route")]


def test_all_rows_stand_behind_a_gate_of_the_components_own(engine):
    made(engine, "Tunnel", "mesh", **TUNNEL)

    (gate,) = [urn for urn in engine.registered if ":Preflight::" in urn]
    assert gate.endswith("::mesh-Tunnel-preflight")
    assert engine.registered[gate].object["part"] == "wiretik:index:Tunnel::mesh"
    assert "mesh-preflight" in [alias.spec.name for alias in engine.registered[gate].aliases]  # its name of before
    rows = [request for urn, request in engine.registered.items() if request.custom and urn != gate]
    assert len(rows) > 5
    assert all(gate in request.dependencies for request in rows)


def test_a_gate_is_called_by_its_components_type_too_so_that_what_is_told_of_two_names_their_rows(engine):
    made(engine, "Tunnel", "mesh", **TUNNEL)

    lan = {"interface": "bridge", "prefix": "192.168.88.0/24"}
    told = refusal(engine, "AlwaysOnVpn", "mesh", interface="wg0", conf=CONF, lan=lan, dns=False)

    assert "mesh-interface: two resources of one type have this name: rename one" in told
    assert [urn.rpartition("::")[2] for urn in engine.registered if ":Preflight:" in urn] == [
        "mesh-Tunnel-preflight",
        "mesh-AlwaysOnVpn-preflight",
    ]


def test_two_components_stand_side_by_side_on_one_router(engine, lab):
    other = {**TUNNEL, "interface": "wg2", "address": "10.30.0.2/24", "listenPort": 13256}
    other["peers"] = [{**PEER, "publicKey": public_key(generate()), "allowedAddress": ["10.30.0.0/24"]}]
    failed = []

    def make(name, given):
        try:
            made(engine, "Tunnel", name, **given)
        except grpc.RpcError as error:
            failed.append(error.details())

    both = [threading.Thread(target=make, args=one) for one in (("mesh", TUNNEL), ("spokes", other))]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert failed == []
    assert {row["name"] for row in lab.router.rows("/interface/wireguard")} == {"wg1", "wg2"}


def test_what_the_gate_refuses_leaves_the_router_as_it_was(engine, lab):
    lab.run("/interface/wireguard/add", name="wg1", **{"listen-port": "13300"})
    before = lab.router.snapshot()
    assert "the router has it already" in refusal(engine, "Tunnel", "mesh", **TUNNEL)
    assert lab.router.snapshot() == before


def test_a_preview_makes_nothing(engine, lab):
    engine.preview = True
    before = lab.router.snapshot()
    made(engine, "Tunnel", "mesh", **TUNNEL)
    assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"peeers": []}, "did you mean peers?"),
        ({"address": None}, "Tunnel 'mesh'.address is missing"),
        ({"peers": [{"name": "office", "publicKey": KEY}]}, "Tunnel 'mesh'.peers[0].allowedAddress is missing"),
        ({"peers": [{**PEER, "allowedAddress": []}]}, "allows nothing"),
        ({"peers": {"office": 1}}, "peers takes"),
        ({"listenPort": [1]}, "listenPort takes one value"),
        ({"listenPort": UNKNOWN}, "listenPort takes a value that is known"),
    ],
    ids=["misspelt", "missing", "missing within", "refused by the component", "no list", "no number", "not known"],
)
def test_a_mistake_is_one_line_that_names_the_argument(engine, given, why):
    assert why in refusal(engine, "Tunnel", "mesh", **{**TUNNEL, **given})
    assert engine.registered == {}


def test_a_site_has_its_parts_and_its_clients_profiles_stay_secret(engine, lab):
    phone = {"name": "phone", "address": "10.99.0.3", "publicKey": KEY}
    relay = {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24", "clients": [phone]}
    answer = made(engine, "Site", "home", lan={"interface": "bridge", "prefix": "192.168.88.0/24"}, relay=relay)

    assert any(row["name"] == "wg-mesh" for row in lab.router.rows("/interface/wireguard"))
    assert set(answer.state["publicKeys"]) == {"wg-mesh"}
    profiles = answer.state["profiles"]
    assert profiles[SIGNATURE] == "1b47061264138c4ac30d75fd1eb44270"
    assert "[Interface]" in profiles["value"]["phone"]["normal"]


def test_an_unknown_component_is_one_line(engine):
    assert "no such component" in refusal(engine, "Castle", "home")


@pytest.mark.parametrize("preview", [True, False])
def test_a_secret_within_an_argument_stays_one_and_is_known_when_it_is(engine, lab, preview):
    """An engine that keeps no outputs says a secret that it doesn't know yet as a secret with an unknown inside."""
    engine.preview = preview
    secret = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": UNKNOWN if preview else KEY}
    made(engine, "Tunnel", "mesh", **{**TUNNEL, "peers": [{**PEER, "presharedKey": secret}]})

    (peer,) = [one.object for urn, one in engine.registered.items() if ":Peer::" in urn]
    (key,) = [value for name, value in peer.items() if name.lower() == "presharedkey"]
    assert key["value"] == secret["value"]
    assert peer["publicKey"] == KEY
    assert [row["preshared-key"] for row in lab.router.rows("/interface/wireguard/peers")] == ([] if preview else [KEY])


def test_a_client_whose_key_isnt_known_yet_is_previewed(engine):
    engine.preview = True
    key = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": UNKNOWN}
    phone = {"name": "phone", "address": "10.99.0.3", "privateKey": key}
    relay = {"endpoint": "router.example.com:51820", "address": "10.99.0.1/24", "clients": [phone]}
    made(engine, "Site", "home", lan={"interface": "bridge", "prefix": "192.168.88.0/24"}, relay=relay)

    assert any(":Peer::" in urn for urn in engine.registered)


def test_an_output_of_a_whole_object_is_one_of_each_part_with_what_it_depends_on(engine, lab):
    """As a YAML program says it."""
    output = {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "secret": True, "dependencies": ["urn:pulumi:a::b::c::d"]}
    peers = {**output, "value": [{**PEER, "presharedKey": KEY}]}
    made(engine, "Tunnel", "mesh", **{**TUNNEL, "peers": peers})

    (peer,) = [one for urn, one in engine.registered.items() if ":Peer::" in urn]
    assert "urn:pulumi:a::b::c::d" in peer.propertyDependencies["publicKey"].urns
    assert peer.object["publicKey"]["value"] == KEY
    assert [row["preshared-key"] for row in lab.router.rows("/interface/wireguard/peers")] == [KEY]


def test_an_object_of_which_nothing_is_known_is_refused_with_the_cure(engine):
    engine.preview = True
    said = refusal(engine, "Tunnel", "mesh", **{**TUNNEL, "peers": {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}})
    assert "peers takes a value that is known before the deployment" in said
    assert "keep it in the stack's config" in said


def test_a_secret_where_the_program_must_be_known_is_its_value(engine):
    name = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": "office"}
    made(engine, "Tunnel", "mesh", **{**TUNNEL, "peers": [{**PEER, "name": name}]})

    assert any(urn.endswith("::mesh-office") for urn in engine.registered)


def test_a_part_in_a_map_takes_what_it_takes_elsewhere():
    """A VLAN's bridge may be another resource's name, which a first preview doesn't know."""

    async def settled():
        bridge = pulumi.Output.from_input(pulumi.output.UNKNOWN)
        (_, hint) = fields(SiteArgs)["vlans"]
        vlan = (await _value(hint, {"address": {"vlanId": 20, "bridge": bridge}}, "vlans"))["address"]
        return vlan["vlanId"], vlan["bridge"] is bridge

    assert asyncio.run(settled()) == (20, True)


def test_of_several_misspelt_arguments_the_same_one_is_named_each_time(engine):
    assert "Tunnel 'mesh'.aaa: it has" in refusal(engine, "Tunnel", "mesh", **TUNNEL, ccc=1, bbb=2, aaa=3)


def test_a_name_of_a_row_beside_a_component_is_known_to_its_gate_in_a_preview(engine):
    engine.preview = True
    urn = "urn:pulumi:lab::site::wiretik:index:InterfaceList::lines"
    checked = engine.provider.Check(P.CheckRequest(urn=urn, news=struct("name", "LINES")))
    assert not checked.failures
    made(engine, "Tunnel", "mesh", **TUNNEL, wan="LINES")

    engine.registered.clear()
    assert "'NOBODYS' is a name that neither" in refusal(engine, "Tunnel", "mesh", **TUNNEL, wan="NOBODYS")


def test_a_python_programs_whole_gate_and_a_constructed_components_add_up(engine, lab):
    """As in a Python program that has a component made: the program's gate knows its own rows, the component's its."""
    tag = ownership.make("site", "lab", "WireGuardInterface", "other")
    props = {"name": "wg9", "listen_port": 13300}
    row = {"menu": "/interface/wireguard", "name": "other", "tag": tag, "props": props, "unknown": []}
    urn = "urn:pulumi:lab::site::wiretik:index:Preflight::preflight"
    inputs = encode({"rows": [row], "expectations": []}, TYPES["Preflight"])
    checked = engine.provider.Check(P.CheckRequest(urn=urn, news=inputs))
    assert not checked.failures
    gate = engine.provider.Create(P.CreateRequest(urn=urn, properties=checked.inputs))
    urn = "urn:pulumi:lab::site::wiretik:index:WireGuardInterface::other"
    checked = engine.provider.Check(P.CheckRequest(urn=urn, news=encode(props, TYPES["WireGuardInterface"])))
    assert not checked.failures
    engine.provider.Create(P.CreateRequest(urn=urn, properties=checked.inputs))

    assert "13300" in refusal(engine, "Tunnel", "mesh", **{**TUNNEL, "listenPort": 13300})
    engine.registered.clear()
    made(engine, "Tunnel", "mesh", **TUNNEL)
    assert {row["name"] for row in lab.router.rows("/interface/wireguard")} == {"wg1", "wg9"}
    assert engine.logged == []
    assert gate.id


def struct(name, value):
    found = struct_pb2.Struct()
    found.update({name: value})
    return found
