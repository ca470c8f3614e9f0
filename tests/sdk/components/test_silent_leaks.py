"""Sites that would deploy and leak, or carry nothing, are told of by the preview; their sound neighbours are not."""

import pytest

import wiretik as wt
from wiretik.testing import site

from .test_site import CONF

__all__ = ["site"]

pytestmark = pytest.mark.e2e

LAN, GUEST = "192.168.88.0/24", "192.168.99.0/24"
KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="


def vpn(lan, **more):
    """An always-on VPN, and where it is spoken of, a guest network on a VLAN of its own."""
    if GUEST in (*lan, *more.get("clients", ())):
        wt.IpAddress("guest", address="192.168.99.1/24", interface="guest")
    wt.Site("home", wt.SiteArgs(lan=wt.Lan("bridge", lan), always_on=wt.AlwaysOnVpnArgs("wg0", conf=CONF, **more)))


def link(far, near=LAN):
    a = wt.SiteEnd("", lan=wt.Lan("bridge", near), address="10.255.0.1/30")
    b = wt.FarEnd("lisbon", public_key=KEY, address="10.255.0.2", lan=[far], endpoint="203.0.113.9:51820")
    wt.IpAddress("guest", address="192.168.99.1/24", interface="guest")
    wt.SiteToSite("link", wt.SiteToSiteArgs(a=a, b=b))


def hub():
    far = wt.TunnelPeer("cabin", KEY, ["10.30.0.2/32", "192.168.50.0/24"])
    tunnels = [wt.TunnelArgs("wg2", address="10.30.0.1/24", listen_port=13233, peers=[far])]
    wt.Site("home", wt.SiteArgs(lan=wt.Lan("bridge", LAN), tunnels=tunnels))


def device(**more):
    vpn([LAN])
    rule = {"chain": "prerouting", "src_address": "192.168.88.50", "action": "accept", **more}
    wt.MangleRule("tv-off-vpn", position=wt.FIRST, **rule)


CASES = {
    "a guest network in the LAN that the VPN doesn't look at": (
        lambda: vpn([LAN, GUEST]),
        ["home-wg0: lan has 192.168.99.0/24 on bridge, and the router has it on guest"],
    ),
    "and one that it does": (lambda: vpn([LAN, GUEST], interfaces=["bridge", "guest"]), []),
    "clients there": (lambda: vpn([LAN], clients=[GUEST]), ["home-wg0: clients has 192.168.99.0/24 on bridge"]),
    "a LAN that the router hasn't, of which much would follow": (
        lambda: vpn(["192.168.77.0/24"]),
        ["home-wg0: no interface of the router is in 192.168.77.0/24"],
    ),
    "a far LAN that the router has itself": (
        lambda: link(GUEST),
        ["link--route-192.168.99.0-24: dst_address='192.168.99.0/24' by wg-site is a network that the router"],
    ),
    "a near LAN that the router hasn't": (
        lambda: link("192.168.98.0/24", near="192.168.77.0/24"),
        ["link: no interface of the router is in 192.168.77.0/24; bridge has 192.168.88.1/24"],
    ),
    "clients of a LAN that the router hasn't": (
        lambda: vpn(["192.168.77.0/24", GUEST], clients=["192.168.77.0/25", "192.168.77.128/26", GUEST]),
        [
            "home-wg0: no interface of the router is in 192.168.77.0/24",
            "home-wg0: clients has 192.168.99.0/24 on bridge",
        ],
    ),
    "one that it hasn't": (lambda: link("192.168.98.0/24"), []),
    "a hub with a client of one address": (hub, []),
    "a device that a rule of the program's keeps off the VPN": (device, []),
}


@pytest.mark.parametrize(("program", "told"), CASES.values(), ids=CASES)
def test_what_leaks_is_refused_by_a_line_for_each_cause_and_what_is_sound_is_not(site, program, told):
    one = site(program)
    one.router.run("/interface/vlan/add", name="guest", **{"vlan-id": "99", "interface": "bridge"})

    found = one.preview().errors

    assert [any(part in error for error in found) for part in told] == [True] * len(told), found
    assert len(found) == len(told), found


@pytest.mark.parametrize(
    ("clients", "blocked"), [([], True), (["192.168.88.0/25"], False), (["192.168.88.0/25", "fd88::/64"], True)]
)
def test_what_is_said_of_ipv6_agrees_with_what_is_done_to_it(site, clients, blocked):
    one = site(lambda: vpn([LAN], clients=clients))
    one.router.run("/interface/vlan/add", name="guest", **{"vlan-id": "99", "interface": "bridge"})

    planned = one.preview().check()

    said = [message.message for message in planned.diagnostics]
    assert any(text.endswith("as it is, IPv6 is blocked") for text in said) is blocked
    assert any("their IPv6 goes past the VPN" in text for text in said) is not blocked
    assert any(step.name == "home-wg0-mark6" for step in planned.steps) is blocked
