"""A whole site: its parts know of each other, it is deployed as people write it, and what goes takes its rows along."""

import pytest

import wiretik as wt
from deploying import PASSWORD, Site, reach
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
LAPTOP = "TEFQVE9QX1BVQkxJQ19LRVkuLi4uLi4uLi4uLi4uLi4="
PHONE = "UEhPTkVfUFVCTElDX0tFWS4uLi4uLi4uLi4uLi4uLi4="
PRIVATE = "MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk="
CONF = f"""[Interface]
PrivateKey = {PRIVATE}
Address = 10.8.0.2/32, fd08::2/128
DNS = 10.8.1.1
[Peer]
PublicKey = {KEY}
AllowedIPs = 0.0.0.0/0, ::/0
Endpoint = server1.example.com:51820
"""
LAN = wt.Lan("bridge", "192.168.88.0/24")
MESH = wt.RelayMeshArgs(
    endpoint="router.example.com:51820",
    address="10.99.0.1/24",
    clients=[wt.MeshClient("laptop", "10.99.0.2", LAPTOP, exit_node=True, lan=["192.168.10.0/24"])],
)
VPN = wt.AlwaysOnVpnArgs("wg0", conf=CONF, ipv6=False)

PROGRAM = f"""
OFFICE, LAPTOP, PHONE = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "{LAPTOP}", "{PHONE}"

home = wt.Site("home", wt.SiteArgs(
    router=wt.Router("home"),                      # address and credentials come from stack config
    lan=wt.Lan("bridge", "192.168.88.0/24"),
    tunnels=[wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[
        wt.TunnelPeer("office", public_key=OFFICE, endpoint="server2.example.com:51820",
                      allowed_address=["10.20.0.0/24", "172.16.50.0/24"])])],
    always_on=wt.AlwaysOnVpnArgs("wg0", conf=pulumi.Config().require_secret("vpn-conf")),
    relay=wt.RelayMeshArgs("wg-mesh", endpoint="router.example.com:51820", address="10.99.0.1/24", clients=[
        wt.MeshClient("laptop", "10.99.0.2", LAPTOP, exit_node=True, lan=["192.168.10.0/24"]),
        wt.MeshClient("phone", "10.99.0.3", PHONE)]),
))
pulumi.export("phone", home.profiles["phone"])     # wg-quick texts, secret
"""


def tunnel(name="wg1", network="10.20.0", *, behind=("172.16.50.0/24",), **args):
    peer = wt.TunnelPeer("office", KEY, [f"{network}.0/24", *behind], endpoint="server2.example.com:51820")
    return wt.TunnelArgs(name, address=f"{network}.2/24", peers=[peer], **args)


def listed(lab, name):
    return {row["address"] for row in lab.run("/ip/firewall/address-list/print") if row["list"] == name}


def owned(lab):
    """The rows with an ownership tag, by menu and id."""
    return {
        (path, row[".id"])
        for path, rows in lab.router.snapshot().items()
        for row in rows
        if ownership.split(row.get("comment", ""))[1]
    }


@pytest.mark.e2e
def test_the_site_that_people_write_is_deployed_once_and_leaves_with_what_it_brought(tmp_path):
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {f"wiretik:{key}": value for key, value in reach(lab).items()}
        site = Site(tmp_path, PROGRAM, {**config, "vpn-conf": {"secret": CONF}})
        before = lab.router.snapshot()

        up = site.up()
        assert up.errors == ()
        assert listed(lab, "noVPN") == {
            "192.168.88.0/24",
            "10.20.0.0/24",
            "172.16.50.0/24",
            "10.99.0.0/24",
            "192.168.10.0/24",
        }
        assert up.outputs["phone"].keys() == {"normal", "exit"}
        assert PRIVATE not in site.checkpoint.read_text()
        assert PRIVATE not in up.text
        with_mesh = owned(lab)

        assert site.up().touched == []

        head, _, rest = PROGRAM.partition("    relay=")
        site.write(head + "))\n" + rest.partition("))\n")[2].partition("pulumi.export")[0])
        without = site.up()
        assert without.errors == ()
        assert set(without.names("update")) == {"home-wg0-no-vpn"}
        assert without.names("create") == []
        assert all(name.startswith("home-wg-mesh") for name in without.names("delete"))
        assert listed(lab, "noVPN") == {"192.168.88.0/24", "10.20.0.0/24", "172.16.50.0/24"}
        assert owned(lab) < with_mesh

        destroy = site.destroy()
        assert destroy.errors == ()
        gone = [name for op, name in destroy.steps if op == "delete"]
        mark = gone.index("home-wg0-mark")
        needed = ("no-vpn", "kill-switch", "only", "route-default", "no-fasttrack-out", "masquerade", "block-forward")
        assert all(mark < gone.index(f"home-wg0-{name}") for name in needed)
        assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (wt.SiteArgs(lan=LAN, tunnels=[tunnel(), tunnel("wg1", "10.30.0")]), "two parts are called wg1", "rename one"),
        (
            wt.SiteArgs(lan=LAN, tunnels=[tunnel(listen_port=51820)], relay=MESH),
            "wg1 and wg-mesh both listen at 51820",
            "another port",
        ),
        (
            wt.SiteArgs(lan=LAN, tunnels=[tunnel(), tunnel("wg2", "10.20.0", behind=())]),
            "wg1 (10.20.0.0/24) and wg2 (10.20.0.0/24) overlap",
            "renumber",
        ),
        (
            wt.SiteArgs(lan=LAN, tunnels=[tunnel(), tunnel("wg2", "10.30.0")]),
            "172.16.50.0/24 is behind wg1 and behind wg2",
            "divide it",
        ),
        (
            wt.SiteArgs(lan=LAN, tunnels=[tunnel(behind=["192.168.88.0/25"])]),
            "192.168.88.0/25 behind wg1 lies in the LAN itself",
            "netmap",
        ),
        (
            wt.SiteArgs(
                lan=LAN, always_on=VPN, tunnels=[tunnel(behind=["0.0.0.0/0"], table="t", default_for=["bridge"])]
            ),
            "wg1 and wg0 both want all of the LAN's traffic",
            "leave out default_for",
        ),
        (
            wt.SiteArgs(lan=LAN, router="home", tunnels=[tunnel(router="away")]),
            "wg1 is on another router than its site",
            "leave out its router",
        ),
        (wt.SiteArgs(lan=LAN, tunnels=[tunnel(behind=["x"])]), "wg1: peer 'office': 'x' is not a prefix", "such as"),
    ],
)
def test_what_cannot_work_is_refused_with_reason_and_cure(args, reason, cure):
    with pytest.raises(wt.Refusal) as told:
        wt.Site("home", args)

    assert reason in str(told.value)
    assert cure in str(told.value)


def test_a_part_needs_to_be_told_nothing_that_the_site_knows(register):
    rows = register(
        lambda: wt.Site("home", wt.SiteArgs(lan=LAN, router="home", wan="UPLINKS", always_on=VPN, relay=MESH))
    )

    assert {row["router"] for row in rows.values()} == {"home"}
    assert rows["home-wg-mesh-port"]["in_interface_list"] == "UPLINKS"
    assert rows["home-wg-mesh-to-lan"]["out_interface"] == rows["home-wg0-mark"]["in_interface"] == "bridge"
