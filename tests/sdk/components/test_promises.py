"""What components promise of packets: somebody's rule or a wrong combination that breaks it ends the preview."""

from collections.abc import Iterator

import pytest

from deploying import PASSWORD, Site, reach
from wiretik_provider.simulator import Lab, serve

from .test_site import CONF, KEY, PROGRAM

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("promises")]

ALONE = """
lan = wt.Lan("bridge", "192.168.88.0/24")
mesh = wt.Tunnel("mesh", wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[
    wt.TunnelPeer("office", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", ["10.20.0.0/24"],
                  endpoint="server2.example.com:51820")]))
vpn = wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs(
    "wg0", lan=lan, others=[mesh], conf=pulumi.Config().require_secret("vpn-conf")))
"""


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with serve(profile="defconf", password=PASSWORD) as lab:
        yield lab


@pytest.fixture
def preview(lab, tmp_path):
    def run(program, at="one"):
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        return Site(tmp_path / at, program, {**config, "vpn-conf": {"secret": CONF}}).preview()

    return run


@pytest.fixture
def rule(lab):
    """Puts a rule of somebody's in front of all others for a while."""
    added = []

    def add(path, **matchers):
        (first, *_) = [row[".id"] for row in lab.run(f"{path}/print") if row.get("dynamic") != "true"] or [""]
        before = {"place_before": first} if first else {}
        lab.run(f"{path}/add", **matchers, **before)
        added.append((path, lab.run(f"{path}/print", *(f"?{k.replace('_', '-')}={v}" for k, v in matchers.items()))))

    yield add
    for path, rows in added:
        for row in rows:
            lab.run(f"{path}/remove", numbers=row[".id"])


BROKEN = {
    "somebody drops what goes to the VPN": (
        ("/ip/firewall/raw", {"chain": "prerouting", "dst_address": "1.0.0.0/8", "action": "drop"}),
        "home-wg0: the internet is reached by the VPN",
    ),
    "somebody drops what goes to a tunnel": (
        ("/ip/firewall/raw", {"chain": "prerouting", "dst_address": "172.16.50.0/24", "action": "drop"}),
        "home-wg1: the LAN reaches the networks behind it",
    ),
    "somebody ends the marks": (
        ("/ip/firewall/mangle", {"chain": "prerouting", "in_interface": "bridge", "action": "accept"}),
        "home-wg0: nothing goes past the VPN",
    ),
    "somebody drops the mesh": (
        ("/ip/firewall/raw", {"chain": "prerouting", "src_address": "10.99.0.0/24", "action": "drop"}),
        "home-wg-mesh: phone's internet leaves by laptop",
    ),
}


def test_what_breaks_promises_ends_the_preview_all_at_once_and_nothing_is_written(lab, rule, preview):
    for (path, matchers), _ in BROKEN.values():
        rule(path, **matchers)
    before = lab.router.snapshot()

    run = preview(PROGRAM)

    for what, (_, promise) in BROKEN.items():
        assert any(promise in error for error in run.errors), (what, run.errors)
    assert lab.router.snapshot() == before


def test_a_part_alone_promises_too_and_may_be_told_not_to(rule, preview):
    rule("/ip/firewall/mangle", chain="prerouting", in_interface="bridge", action="accept")

    assert any("vpn: nothing goes past the VPN" in error for error in preview(ALONE).errors)
    assert preview(ALONE.replace('"wg0", lan', '"wg0", promises=False, lan'), "two").errors == ()


def test_a_router_that_never_answered_the_lan_is_not_held_to_it(rule, preview):
    rule("/ip/firewall/filter", chain="input", in_interface="bridge", protocol="icmp", action="drop")

    run = preview(PROGRAM)

    assert run.errors == ()
    assert "isn't known" not in run.text


FORWARDED = ALONE.replace('"wg0",', '"wg0", forwards=[wt.Forward(9999, "192.168.88.50")],')


def test_a_forwarded_port_promises_that_who_calls_it_is_answered(rule, preview):
    assert preview(FORWARDED).errors == ()
    rule("/ip/firewall/raw", chain="prerouting", dst_address="10.8.0.2", action="drop")

    assert any("vpn: tcp 9999 is forwarded and answered" in error for error in preview(FORWARDED, "two").errors)


NAMED = ALONE.replace('"wg0",', '"wg0", router_dns=True, address="10.8.0.2/32", gateway="10.8.1.1",').replace(
    'conf=pulumi.Config().require_secret("vpn-conf")', f'public_key="{KEY}", endpoint="198.51.100.9:51820"'
)


def test_a_vpn_by_which_the_router_would_ask_for_the_time_is_refused_with_its_cure(preview):
    ntp = 'wt.MenuSettings("/system/ntp/client", "ntp", enabled=True, servers="{}")\n'
    dns = 'wt.Dns("dns", servers=["9.9.9.9"])\n'

    named = preview(NAMED + dns + ntp.format("pool.ntp.org")).errors
    known = preview(NAMED + dns + ntp.format("162.159.200.1"), "two").errors
    later = 'wt.WireGuardInterface("later", name="wg9").public_key'  # whatever it is, a preview doesn't know it
    unknown = preview(NAMED + dns + ntp.replace('"{}"', later), "three").errors

    assert any("vpn: the question for the name of the time server pool.ntp.org goes into wg0" in one for one in named)
    assert any("a time server by its address, past wg0" in one for one in named)
    assert known == unknown == ()


SELECTIVE = """
wt.AlwaysOnVpn("vpn", wt.AlwaysOnVpnArgs(
    "wg0", lan=wt.Lan("bridge", "192.168.88.0/24"), conf=pulumi.Config().require_secret("vpn-conf"),
    only=["192.0.2.0/24"], except_clients=["192.168.88.50"]))
"""


def test_a_selective_vpn_promises_what_is_listed_and_that_all_else_stays_off(lab, rule, tmp_path):
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
    site = Site(tmp_path / "selective", SELECTIVE, {**config, "vpn-conf": {"secret": CONF}})

    made = site.up()
    assert made.errors == (), made.errors
    (mark,) = [row for row in lab.run("/ip/firewall/mangle/print") if "LAN to the VPN" in row.get("comment", "")]
    assert (mark["dst-address-list"], mark["src-address-list"]) == ("vpn-only", "!vpn-excepted")
    assert site.up().names("create", "update", "replace", "delete") == []
    rule("/ip/firewall/mangle", chain="prerouting", dst_address="192.0.2.0/25", action="accept", comment="theirs")
    assert any("vpn: nothing goes past the VPN" in error for error in site.preview().errors)
    assert site.destroy().errors == ()
    assert not [row for row in lab.run("/ip/firewall/address-list/print") if row["list"].startswith("vpn-")]
