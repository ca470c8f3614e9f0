"""The first hour: a site that grows, program after program on one factory router, and ends as it began."""

import contextlib
import io

import pytest

from at_length import LONG
from deploying import PASSWORD, Site, reach
from wiretik.engine import Secret
from wiretik.testing import deployed
from wiretik_provider.simulator import serve

from .conftest import needs_pulumi

KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
CABIN = "Q0FCSU5fUFVCTElDX0tFWS4uLi4uLi4uLi4uLi4uLi4="
CONF = """[Interface]
PrivateKey = 4D4rdEV9ckNCaW1oTU8yM0dEa1lTWGxqZ2hsc2R3VUE=
Address = 10.64.3.7/32,fd00:64:3::7/128
DNS = 10.64.0.1
[Peer]
PublicKey = VlBOX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4uLi4=
AllowedIPs = 0.0.0.0/0,::0/0
Endpoint = 198.51.100.66:51820
"""
HEAD = f"""
import pulumi
import wiretik as wt
OFFICE, CABIN = pulumi.Config().require("office-key"), "{CABIN}"
"""
ROWS = (
    HEAD
    + """
wg1 = wt.WireGuardInterface("wg1", listen_port=13232, comment="mesh")
wt.IpAddress("wg1-address", address="10.20.0.2/24", interface=wg1)
wt.Peer("office", interface=wg1, public_key=OFFICE, endpoint_address="server2.example.com", endpoint_port=51820,
        allowed_address=["10.20.0.0/24", "172.16.50.0/24"], persistent_keepalive="25s")
wt.Route("office-lan", dst_address="172.16.50.0/24", gateway=wg1)
wt.FilterRule("from-office", chain="forward", in_interface=wg1, action="accept", position=wt.BEFORE_DROP)
"""
)
SITE = (
    HEAD
    + """
home = wt.Site("home", wt.SiteArgs(
    lan=wt.Lan("bridge", LAN),
    tunnels=[
        wt.TunnelArgs("wg1", address="10.20.0.2/24", listen_port=13232, peers=[
            wt.TunnelPeer("office", OFFICE, ["10.20.0.0/24", "172.16.50.0/24"],
                          endpoint="server2.example.com:51820")]),
        wt.TunnelArgs("wg2", address="10.30.0.1/24", listen_port=13233, peers=[
            wt.TunnelPeer("cabin", CABIN, ["10.30.0.2/32", "192.168.50.0/24"])]),
    ],
    MORE
))
"""
)
VPN = 'always_on=wt.AlwaysOnVpnArgs("wg0", conf=pulumi.Config().require_secret("vpn-conf"), WAYS),'
GUEST = 'wt.IpAddress("guest-address", address="192.168.99.1/24", interface="guest")\n'
LAN, BOTH = '"192.168.88.0/24"', '["192.168.88.0/24", "192.168.99.0/24"]'


def site(lan=LAN, more="", ways=""):
    return SITE.replace("LAN)", f"{lan})").replace("MORE", more).replace("WAYS", ways)


@pytest.mark.skipif(not LONG, reason="at length")
def test_a_site_grows_program_by_program_and_what_is_refused_is_one_line():
    program = [ROWS]
    config = {"office-key": KEY, "vpn-conf": Secret(CONF)}
    run = contextlib.redirect_stderr(io.StringIO())
    with deployed(lambda: exec(compile(program[0], "__main__.py", "exec"), {}), config=config) as made, run:

        def up(text):
            program[0] = text
            result = made.up()
            assert result.errors == ()
            assert not made.preview().changed
            return result

        def refused(text):
            program[0] = text
            (error,) = made.preview().errors
            assert "\n" not in error
            return error

        before = made.router.router.snapshot()
        up(ROWS)
        key = made.rows("/interface/wireguard")[0]["public-key"]
        up(site())
        assert made.rows("/interface/wireguard")[0]["public-key"] == key, "a site of what were rows has the same key"
        up(site(more=VPN))
        assert "192.168.77.0/24; bridge has 192.168.88.1/24" in refused(site('"192.168.77.0/24"', VPN))
        made.router.run("/interface/vlan/add", name="guest", **{"vlan-id": "99", "interface": "bridge"})
        assert "interfaces=['bridge', 'guest']" in refused(site(BOTH, VPN) + GUEST)
        up(site(BOTH, VPN, 'interfaces=["bridge", "guest"]') + GUEST)
        up(site() + GUEST.replace("guest-address", "guest-ip"))
        made.router.run("/interface/vlan/remove", numbers="guest")
        assert made.destroy().errors == ()
        assert made.router.router.snapshot() == before


@needs_pulumi
@pytest.mark.timeout(600)
def test_pulumi_goes_the_same_way(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        config |= {"office-key": KEY, "vpn-conf": {"secret": CONF}}
        made = Site(tmp_path, ROWS, config, engine="pulumi")
        before = lab.router.snapshot()
        assert made.up().ok
        made.write(site(more=VPN))
        assert made.up().ok
        made.write(site('"192.168.77.0/24"', VPN))
        refused = made.preview()
        [error] = [one for one in refused.errors if "unhandled error" not in one]
        assert "192.168.77.0/24; bridge has 192.168.88.1/24" in error
        assert made.destroy().ok
        assert lab.router.snapshot() == before
