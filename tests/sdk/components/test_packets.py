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


# --- IPv6 ------------------------------------------------------------------------------------------------------------

ALL6 = """
everybody = wt.Expect("::/0", in_interface="bridge", router=ROUTER)
everybody.never_leaves_by("WAN")
everybody.never_leaves_by("WAN", down="wg0")
"""
BY_WG0 = 'wt.Expect("fd88::/64", in_interface="bridge").leaves_by("wg0", to="2606:4700:4700::1111", translated=True)\n'


@pytest.fixture
def with_ipv6(lab):
    """A router that has IPv6 from its provider."""
    made = [
        ("/ipv6/address", lab.run("/ipv6/address/add", address="fd88::1/64", interface="bridge")),
        ("/ipv6/address", lab.run("/ipv6/address/add", address="2001:4860:1::2/64", interface="ether1")),
        ("/ipv6/route", lab.run("/ipv6/route/add", dst_address="::/0", gateway="fe80::1%ether1")),
    ]
    yield lab
    for path, answer in made:
        lab.run(f"{path}/remove", id=answer[0]["ret"])


def preview(lab, directory, program, expected, router=""):
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    config |= {"vpn-conf": {"secret": CONF}, "conf": {"secret": CONF}, "lan": "192.168.88.0/24"}
    return Site(directory, f"{program}\nROUTER = {router!r}\n{expected}", config).preview()


@pytest.mark.e2e
@pytest.mark.parametrize("name", ["always-on", "home"])
def test_all_ipv6_of_the_lan_stays_off_the_wan_whatever_it_is_sent_from_and_to(name, with_ipv6, tmp_path):
    run = preview(with_ipv6, tmp_path, (EXAMPLES / name / "__main__.py").read_text(), ALL6)

    assert run.errors == ()
    assert "isn't known" not in run.text


@pytest.mark.e2e
def test_ipv6_leaves_by_a_provider_that_has_it(with_ipv6, tmp_path):
    assert preview(with_ipv6, tmp_path, (EXAMPLES / "always-on" / "__main__.py").read_text(), BY_WG0).errors == ()


@pytest.mark.e2e
def test_ipv6_that_goes_past_the_vpn_breaks_the_components_promise(with_ipv6, tmp_path):
    rule = {"chain": "prerouting", "action": "accept", "src_address": "fd88::66/128", "comment": "spared"}
    [added] = with_ipv6.run("/ipv6/firewall/mangle/add", **rule)
    try:
        run = preview(with_ipv6, tmp_path, (EXAMPLES / "always-on" / "__main__.py").read_text(), "")
    finally:
        with_ipv6.run("/ipv6/firewall/mangle/remove", id=added["ret"])

    text = "\n".join(run.errors)
    assert "IPv6: nothing goes past the VPN: after this change fd88::66 to 2" in text
    assert "is forwarded out of ether1, and must never leave by WAN" in text


@pytest.mark.e2e
def test_without_the_block_ipv6_leaves_in_the_clear(with_ipv6, tmp_path):
    program = (EXAMPLES / "home" / "__main__.py").read_text()
    changed = program.replace("ipv6=False,", "ipv6=False, block_ipv6=False,")

    text = "\n".join(preview(with_ipv6, tmp_path, changed, ALL6).errors)

    assert changed != program
    assert "must never leave by WAN" in text
    assert "IPv6:" not in text


LED = {
    "with IPv6": (('/0"],\n', '/0", "::/0"],\n'), ("default_for", "address6='fd07::2/64', default_for")),
    "without it": (),
}
OUTSIDE6 = """
led = wt.Expect("::/0", in_interface="bridge", router=ROUTER)
led.never_leaves_by("WAN", to="2606:4700:4700::1111")
led.never_leaves_by("WAN", to="2606:4700:4700::1111", down="wg0")
"""


def _split(*changes):
    program = (EXAMPLES / "split-tunnel" / "__main__.py").read_text()
    for old, new in changes:
        assert old in program
        program = program.replace(old, new)
    return program


@pytest.mark.e2e
@pytest.mark.parametrize("kind", LED)
def test_ipv6_of_those_who_are_led_takes_the_tunnel_or_goes_nowhere(kind, with_ipv6, tmp_path):
    run = preview(with_ipv6, tmp_path, _split(*LED[kind]), OUTSIDE6 + (BY_WG0 if LED[kind] else ""))

    assert run.errors == ()
    assert "isn't known" not in run.text


@pytest.mark.e2e
def test_a_promise_is_broken_where_somebodys_rule_leads_ipv6_past_the_tunnel(with_ipv6, tmp_path):
    rule = {"src_address": "fd88::66/128", "action": "lookup", "table": "main"}
    [added] = with_ipv6.run("/routing/rule/add", **rule)
    try:
        text = "\n".join(preview(with_ipv6, tmp_path, _split(), "").errors)
    finally:
        with_ipv6.run("/routing/rule/remove", id=added["ret"])

    assert "everything: IPv6: nothing goes past the tunnel: after this change fd88::66 to 2606:4700:4700::1111" in text
