"""`wiretik graph`: what a state says of sites, tunnels, exits and clients, as tree, JSON and SVG, without a secret."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik.drawing import network_of, svg
from wiretik.drawing.layout import lay_out
from wiretik_provider.plugin.names import camel, token

SEALED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:c2VjcmV0LXRleHQ="}
KEYS = {name: f"{name.upper()}-KEY-0123456789012345678901234567=" for name in ("berlin", "lisbon", "provider", "phone")}


def resource(kind, name, outputs=None, /, **inputs):
    urn = f"urn:pulumi:dev::trip::pulumi-python:dynamic/wiretik:{kind}::{name}"
    made = {"type": f"pulumi-python:dynamic/wiretik:{kind}", "urn": urn, "inputs": inputs}
    return made if outputs is None else {**made, "outputs": {**inputs, **outputs}}


def peer(name, interface, key, allowed, **more):
    given = {"interface": interface, "public_key": key, "allowed_address": allowed, "comment": name, **more}
    return resource("Peer", name, **given)


def device(name, key, **more):
    return resource("WireGuardInterface", f"{name}-{more}", {"public_key": key}, name=name, private_key=SEALED, **more)


RESOURCES = [
    {"type": "pulumi:pulumi:Stack", "urn": "urn:pulumi:dev::trip::pulumi:pulumi:Stack::t", "outputs": {"p": SEALED}},
    device("wg-site", KEYS["berlin"], router="berlin", listen_port=51820),
    device("wg0", "OWN-WG0", router="berlin"),
    device("wg-mesh", "OWN-MESH", router="berlin", listen_port=51821),
    device("wg-site", KEYS["lisbon"], router="lisbon"),
    resource("IpAddress", "a", router="berlin", interface="wg-site", address="10.255.0.1/30"),
    resource("IpAddress", "b", router="berlin", interface="wg0", address="10.8.0.2/32", network="10.8.1.1"),
    resource("IpAddress", "c", router="lisbon", interface="wg-site", address="10.255.0.2/30"),
    peer("lisbon", "wg-site", KEYS["lisbon"], ["10.255.0.2/32", "192.168.89.0/24"], router="berlin"),
    peer("berlin", "wg-site", KEYS["berlin"], ["10.255.0.1/32", "192.168.88.0/24"], router="lisbon",
         endpoint_address="berlin.example.com", endpoint_port=51820),
    peer("provider", "wg0", KEYS["provider"], ["0.0.0.0/0"], router="berlin", endpoint_address="vpn.example.com",
         endpoint_port=51820, preshared_key=SEALED),
    peer("laptop", "wg-mesh", "L", ["10.99.0.2/32", "0.0.0.0/0"], router="berlin"),
    peer("phone & co <3", "wg-mesh", KEYS["phone"], ["10.99.0.3/32"], router="berlin"),
    resource("Route", "d", router="berlin", dst_address="0.0.0.0/0", gateway="10.8.1.1", routing_table="vpn"),
    resource("Route", "e", router="berlin", dst_address="0.0.0.0/0", gateway="wg-mesh", routing_table="wg-mesh-exit"),
    resource("RoutingRule", "f", router="berlin", src_address="10.99.0.3/32", table="wg-mesh-exit"),
    resource("MangleRule", "g", router="berlin", in_interface="bridge", action="mark-routing", new_routing_mark="vpn"),
]  # fmt: skip


@pytest.fixture
def exported(tmp_path):
    path = tmp_path / "stack.json"
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": RESOURCES}}))
    return path


def graph(*words):
    done = CliRunner().invoke(app, ["graph", *map(str, words)])
    for secret in ("ciphertext", "c2VjcmV0", *KEYS.values()):
        assert secret not in done.output
    return done


def test_the_tree_tells_of_routers_lans_tunnels_and_their_far_ends(exported):
    done = graph("--state", exported)

    assert done.exit_code == 0
    lines = [re.sub("^[│├└─ ]*", "", line).rstrip() for line in done.output.splitlines()]
    assert lines == [
        "trip",
        "berlin",
        "LAN bridge 192.168.88.0/24, internet by wg0",
        "wg-mesh  called at port 51821",
        "<- laptop  calls  10.99.0.2/32, exit to the internet",
        "<- phone & co <3  calls  10.99.0.3/32, internet by laptop",
        "wg-site  10.255.0.1/30  called at port 51820",
        "<- lisbon  by its wg-site",
        "wg0  10.8.0.2/32",
        "-> provider  vpn.example.com:51820  exit to the internet",
        "lisbon",
        "LAN 192.168.89.0/24",
        "wg-site  10.255.0.2/30",
        "-> berlin  by its wg-site",
    ]


def test_json_has_the_same(exported):
    told = json.loads(graph("--state", exported, "--json").output)

    assert [site["name"] for site in told["sites"]] == ["berlin", "lisbon"]
    assert told["links"] == [
        {"one": "berlin", "other": "lisbon", "by": ["wg-site", "wg-site"], "calls": [False, True]},
    ]


def test_the_picture_is_wellformed_has_everybody_in_it_and_suits_dark_and_light(exported, tmp_path):
    done = graph("--state", exported, "--svg", tmp_path / "trip.svg")
    text = (tmp_path / "trip.svg").read_text()

    assert (done.exit_code, done.output) == (0, "")
    assert graph("--state", exported, "--svg", "-").output == text
    assert not any(secret in text for secret in ("ciphertext", *KEYS.values()))
    words = [one.text for one in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    for wanted in ("berlin", "lisbon", "provider", "vpn.example.com:51820", "phone & co <3", "internet by laptop"):
        assert wanted in words
    assert "prefers-color-scheme: dark" in text
    assert "var(" not in text  # many viewers know no variables, and paint all black


def overlap(one, other):
    apart = one.x >= other.x + other.width or other.x >= one.x + one.width
    return not (apart or one.y >= other.bottom or other.y >= one.bottom)


@pytest.mark.parametrize("many", [1, 9])
def test_no_box_lies_over_another_and_all_are_within_the_picture(many):
    more = [
        peer(f"client-{n}", "wg-mesh", f"K{n}", [f"10.99.1.{n}/32", "172.16.0.0/24"], router="berlin")
        for n in range(many)
    ]
    more += [peer(f"a-site-with-a-long-name-{n}", "wg0", f"S{n}", [f"10.{n}.0.0/16"], router="berlin",
                  endpoint_address=f"far-{n}.example.com") for n in range(many)]  # fmt: skip
    picture = lay_out(network_of("trip", [*RESOURCES, *more]))
    solid = [box for box in picture.boxes if box.kind not in ("internet", "router")]

    assert not [(one.lines, other.lines) for at, one in enumerate(solid) for other in solid[:at] if overlap(one, other)]
    assert all(box.x >= 0 and box.x + box.width <= picture.width and box.bottom <= picture.height for box in solid)


def test_a_lan_is_what_goes_into_tunnels_and_not_the_wan():
    rows = [
        *RESOURCES,
        resource("FilterRule", "w", router="berlin", chain="input", in_interface="ether1", action="drop"),
        resource("FilterRule", "x", router="berlin", chain="forward", in_interface="vlan9", out_interface="wg-mesh"),
        resource("IpAddress", "y", router="berlin", interface="vlan9", address="172.30.9.1/24"),
        resource("IpAddress", "z", router="berlin", interface="ether1", address="203.0.113.2/24"),
        resource("NatRule", "n", router="berlin", chain="srcnat", out_interface="ether1", action="masquerade"),
    ]

    lans = {lan.interface: lan.nets for lan in network_of("trip", rows).sites[0].lans}

    assert lans == {"bridge": (), "vlan9": ("172.30.9.0/24",)}


def test_a_stack_of_the_package_has_the_same_picture():
    packaged = [
        {
            **one,
            "type": token(one["type"].rpartition(":")[2]) if "dynamic/" in one["type"] else one["type"],
            **{
                part: {camel(name): value for name, value in one.get(part, {}).items()}
                for part in ("inputs", "outputs")
            },
        }
        for one in RESOURCES
    ]

    assert svg(network_of("trip", packaged)) == svg(network_of("trip", RESOURCES))


def test_a_sealed_endpoint_is_said_to_be_secret():
    sealed = peer("hq", "wg0", "H", ["10.1.0.0/16"], router="berlin", endpoint_address=SEALED, endpoint_port=51820)

    [site, _] = network_of("trip", [*RESOURCES, sealed]).sites

    assert "(secret):51820" in [far.endpoint for tunnel in site.tunnels for far in tunnel.fars]


def test_a_stack_without_a_row_is_a_picture_too():
    assert ET.fromstring(svg(network_of("nothing", []))).tag.endswith("svg")


def test_what_is_no_state_is_a_mistake(tmp_path):
    (tmp_path / "other.json").write_text('{"a": 1}')

    assert graph("--state", tmp_path / "other.json").exit_code == 2
    assert graph("--state", tmp_path / "none.json").exit_code == 2
