"""What holds before a change and after it holds in between, after each of its writes.

Nothing orders what doesn't depend on each other, so the writes are replayed in an order that is possible, and with
`WIRETIK_ORDERS=100` in that many. The real ones of a deployment are looked at in tests/sdk/components/test_examples.py.
"""

import functools
import ipaddress
import os
import pathlib
import random
import runpy
import textwrap

import attrs
import pulumi
import pytest

import wiretik as wt
from in_between import change, disappointed
from replaying import NOTHING, declared, moments, routers

ROOT = pathlib.Path(__file__).parents[3]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/__main__.py"))
SEEDS = range(int(os.environ.get("WIRETIK_ORDERS", "1")))

KEYS = [f"{digit}0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=" for digit in "ABCD"]
CONF = """
    [Interface]
    PrivateKey = MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk=
    Address = 10.8.0.2/32, fd08::2/128
    DNS = 10.8.1.1
    [Peer]
    PublicKey = U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=
    AllowedIPs = 0.0.0.0/0, ::/0
    Endpoint = server1.example.com:51820
"""
CONFIG = {
    "site:lan": "192.168.88.0/24",
    "site:conf": textwrap.dedent(CONF),
    "wiretik:routers": '{"berlin": {}, "lisbon": {}}',
}


def deployed(program, dice):
    """Factory routers with a program on them."""
    *_, (_, now) = moments(routers(*program.routers), NOTHING, program, dice)
    return now


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_and_goes_without_breaking_on_its_way_what_holds_before_and_after(name, seed):
    dice = random.Random(seed)
    program = declared(lambda: runpy.run_path(str(ROOT / "examples" / name / "__main__.py")), CONFIG)

    up = change(routers(*program.routers), NOTHING, program, dice)
    destroy = change(deployed(program, dice), program, NOTHING, dice)

    assert not up, str(up[0])
    assert not destroy, str(destroy[0])


def test_an_expectation_that_is_met_before_and_after_but_not_in_between_is_told_with_the_writes_until_then():
    program = declared(lambda: site(SITE), CONFIG)
    [router] = deployed(program, random.Random(0)).values()
    unmarked = attrs.evolve(router, rows={**router.rows, "/ip/firewall/mangle": []})

    found = list(disappointed(router, [("unmark", unmarked), ("mark", router)], program.expected[""]))

    assert {one.what for one in found} == {
        "home-wg0: the internet is reached by the VPN",
        "home-wg0: nothing goes past the VPN",
        "home-wg0: nothing leaves in the clear while the VPN is off",
        "the internet goes by the VPN",
    }
    assert all(one.after == ("unmark",) and "forwarded out of ether1" in one.found for one in found)


# --- updates ---------------------------------------------------------------------------------------------------------


def tunnel(interface, network, behind, key=KEYS[0]):
    peer = wt.TunnelPeer("hub", key, [f"{network}.0/24", *behind], endpoint="server2.example.com:51820")
    return wt.TunnelArgs(interface, address=f"{network}.2/24", peers=[peer])


SITE = wt.SiteArgs(
    lan=wt.Lan("bridge", "192.168.88.0/24"),
    tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24"])],
    always_on=wt.AlwaysOnVpnArgs("wg0", conf=textwrap.dedent(CONF), gateway="10.8.1.1", ipv6=False),
    relay=wt.RelayMeshArgs(
        "wg-mesh",
        endpoint="router.example.com:51820",
        address="10.99.0.1/24",
        clients=[wt.MeshClient("laptop", "10.99.0.2", KEYS[1]), wt.MeshClient("phone", "10.99.0.3", KEYS[2])],
    ),
)


def exit_node(relay):
    laptop, phone = relay.clients
    return attrs.evolve(relay, clients=[attrs.evolve(laptop, exit_node=True), phone])


MORE = {
    "tunnel": attrs.evolve(SITE, tunnels=[*SITE.tunnels, tunnel("wg2", "10.30.0", ["172.16.60.0/24"], KEYS[3])]),
    "subnet": attrs.evolve(SITE, tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24", "172.16.60.0/24"])]),
    "public subnet": attrs.evolve(SITE, tunnels=[tunnel("wg1", "10.20.0", ["172.16.50.0/24", "198.18.0.0/24"])]),
    "exit": attrs.evolve(SITE, relay=exit_node(SITE.relay)),
    "LAN": attrs.evolve(SITE, lan=wt.Lan("bridge", ["192.168.88.0/24", "192.168.89.0/24"])),
    "VPN": SITE,
}
LESS = {**dict.fromkeys(MORE, SITE), "VPN": attrs.evolve(SITE, always_on=None)}


UPDATES = list(MORE) if len(SEEDS) > 1 else ["tunnel", "subnet", "exit", "LAN"]


@functools.cache
def before_and_after(name):
    """The site without something and with it."""
    return tuple(declared(lambda args=args: site(args), CONFIG) for args in (LESS[name], MORE[name]))


def site(args):
    """A site, and what its owner expects of it besides what its components promise."""
    networks = [
        wt.IpAddress("second-lan", address=f"{text.removesuffix('0/24')}1/24", interface="bridge")
        for text in args.lan.prefixes[1:]
    ]
    wt.Site("home", args, pulumi.ResourceOptions(depends_on=networks))
    lan = wt.Expect("192.168.88.0/24", in_interface="bridge")
    lan.reaches("router", port=8728, name="the LAN reaches the router")
    lan.leaves_by("wg0", to="1.1.1.1", translated=True, name="the internet goes by the VPN")
    lan.leaves_by("wg1", to=["10.20.0.0/24", "172.16.50.0/24"], translated=True, name="the mesh goes by the mesh")
    lan.leaves_by("wg-mesh", to=["10.99.0.2", "10.99.0.3"], name="the LAN reaches the clients")
    lan.never_leaves_by("WAN", name="nothing goes past the VPN")
    lan.never_leaves_by("WAN", down="wg0", name="not even while it is down")
    laptop = wt.Expect("10.99.0.2", in_interface="wg-mesh")
    laptop.reaches(["10.99.0.3", "192.168.88.10"], name="the laptop reaches the phone and the LAN")
    stranger = wt.Expect("198.51.100.77", in_interface="ether1")
    stranger.is_dropped(to=["192.168.88.10", "10.99.0.2"], name="nobody comes in")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", UPDATES)
def test_what_is_added_to_a_site_breaks_nothing_on_its_way(name, seed):
    dice = random.Random(seed)
    less, more = before_and_after(name)

    found = change(deployed(less, dice), less, more, dice)

    assert not found, str(found[0])


# What a peer may carry is taken from it before the routes and rules that send packets there are deleted, since engines
# delete at the end: docs/trace.md says so.
LOST_MEANWHILE = {"subnet": "172.16.60.0/24", "public subnet": "198.18.0.0/24"}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [name for name in UPDATES if name != "exit"])
def test_what_is_taken_out_of_a_site_breaks_nothing_on_its_way_but_what_it_carried_itself(name, seed):
    dice = random.Random(seed)
    less, more = before_and_after(name)
    carried = ipaddress.ip_network(LOST_MEANWHILE.get(name, "255.255.255.255/32"))

    def exempt(packet, what):
        told = what in ("it arrives and is answered", "its source is translated")
        return told and ipaddress.ip_address(packet.dst) in carried

    found = change(deployed(more, dice), more, less, dice, exempt)

    assert not found, str(found[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_who_uses_an_exit_node_that_is_taken_out_is_offline_until_his_rule_is_deleted_which_is_the_next_write(seed):
    dice = random.Random(seed)
    less, more = before_and_after("exit")

    found = change(deployed(more, dice), more, less, dice)

    assert {one.after for one in found} == {("home-wg-mesh-laptop",)}
    assert all(one.what.startswith("10.99.0.3 to 1.1.1.1") for one in found)
    assert not any("doesn't leave by" in one.what for one in found)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_exit_node_that_its_users_have_left_before_is_taken_out_without_a_gap(seed):
    dice = random.Random(seed)
    less, more = before_and_after("exit")
    laptop, phone = MORE["exit"].relay.clients
    unused = attrs.evolve(SITE.relay, clients=[laptop, attrs.evolve(phone, uses_exit=False)])
    left = declared(lambda: site(attrs.evolve(SITE, relay=unused)), CONFIG)

    found = change(deployed(more, dice), more, left, dice) + change(deployed(left, dice), left, less, dice)

    assert not found, str(found[0])
