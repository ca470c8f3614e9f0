"""What components are for: where packets go when they are deployed, by the path tracer, on the factory router."""

import pathlib

import pytest

from deploying import PASSWORD, Site, reach
from wiretik_provider.simulator import serve

from .test_site import CONF, PROGRAM

EXAMPLES = pathlib.Path(__file__).parents[3] / "examples"

PLACES = """
lan = wt.Expect("192.168.88.0/24", in_interface="bridge", router=ROUTER)
phone = wt.Expect("10.99.0.3", in_interface="wg-mesh", router=ROUTER)
server = wt.Expect("1.1.1.1", in_interface="wg0", router=ROUTER)
caller = wt.Expect("203.0.113.9", in_interface="ether1", router=ROUTER)
"""

EVERYTHING_BY_WG0 = """
lan.reaches("router", port=8728)
lan.leaves_by("wg0", to="1.1.1.1", translated=True)
lan.leaves_by("wg1", to=["10.20.0.0/24", "172.16.50.0/24"], translated=True)
lan.never_leaves_by("WAN", to="1.1.1.1")
lan.never_leaves_by("WAN", to="1.1.1.1", down="wg0")
server.is_dropped(to=["192.168.88.0/24", "10.20.0.0/24"])
"""

ALWAYS = (
    EVERYTHING_BY_WG0
    + """
lan.never_leaves_by("WAN")
lan.never_leaves_by("WAN", down="wg0")
"""
)

PHONE_BY_THE_LAPTOP = """
phone.leaves_by("wg-mesh", to="1.1.1.1")
phone.leaves_by("wg-mesh", to=["10.99.0.2", "192.168.10.0/24"])
phone.leaves_by("bridge", to="192.168.88.10")
phone.never_leaves_by("WAN", to="1.1.1.1")
"""

MESH = """
lan.leaves_by("wg-mesh", to=["10.99.0.3", "192.168.10.0/24"])
phone.leaves_by("wg-mesh", to=["10.99.0.2", "192.168.10.0/24"])
caller.reaches("router", port=51820, protocol="udp")
"""

SIDE_BY_SIDE = """
lan.leaves_by("wg0", to=["10.7.1.0/24", "10.8.0.0/16"], translated=True)
lan.leaves_by("wg1", to="10.20.0.0/24", translated=True)
lan.leaves_by("WAN", to="1.1.1.1")
caller.reaches("router", port=13232, protocol="udp")
"""

EXPECTED = {
    "always-on": ALWAYS,
    "relay": MESH,
    "relay-exit-node": PHONE_BY_THE_LAPTOP + MESH,
    "split-tunnel": EVERYTHING_BY_WG0,
    "two-tunnels": SIDE_BY_SIDE,
}


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def told(lab, directory, program, expected, router=""):
    """The errors of a preview of a program with expectations."""
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    config |= {"vpn-conf": {"secret": CONF}, "conf": {"secret": CONF}, "lan": "192.168.88.0/24"}
    return Site(directory, f"{program}\nROUTER = {router!r}\n{PLACES}{expected}", config).preview().errors


@pytest.mark.e2e
@pytest.mark.parametrize("name", EXPECTED)
def test_an_examples_packets_go_where_its_readme_says(name, lab, tmp_path):
    assert told(lab, tmp_path, (EXAMPLES / name / "__main__.py").read_text(), EXPECTED[name]) == ()


@pytest.mark.e2e
def test_all_of_it_holds_at_once_in_a_site(lab, tmp_path):
    assert told(lab, tmp_path, PROGRAM, ALWAYS + PHONE_BY_THE_LAPTOP + MESH, router="home") == ()


@pytest.mark.e2e
@pytest.mark.parametrize("name", ["always-on", "split-tunnel"])
def test_without_its_kill_switch_traffic_leaves_in_the_clear_while_the_tunnel_is_off(name, lab, tmp_path):
    program = (EXAMPLES / name / "__main__.py").read_text().replace('"wg0",\n', '"wg0", kill_switch=False,\n')

    errors = told(lab, tmp_path, program, 'lan.never_leaves_by("WAN", to="1.1.1.1", down="wg0")')

    assert "must never leave by WAN" in "\n".join(errors)
