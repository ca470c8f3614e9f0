"""Endpoints by name: looked up again while their peer is silent, and nobody's business otherwise."""

import time

import pulumi
import pytest

import mocked
import wiretik as wt
from wiretik.testing import deployed

KEY, OTHER = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
NAME = "office.example.org"
PEERS = "/interface/wireguard/peers"


def tunnel(endpoint=f"{NAME}:51820", **args):
    peers = [
        wt.TunnelPeer("office", KEY, ["10.20.0.1/32", "172.16.50.0/24"], endpoint=endpoint),
        wt.TunnelPeer("plain", OTHER, ["10.20.0.3/32"], endpoint="198.51.100.9:51820"),
    ]
    return wt.Tunnel(
        "mesh", wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=peers, **{"follow_names": True, **args})
    )


def test_only_a_peer_with_a_name_is_followed_and_only_where_the_program_says_so():
    assert [name for name in mocked.rows(tunnel) if "follow" in name] == ["mesh-follow-office"]
    assert not [name for name in mocked.rows(lambda: tunnel(follow_names=False)) if "follow" in name]


def test_the_script_knows_the_peer_by_its_key_and_has_no_secret():
    rows = mocked.rows(lambda: tunnel(private_key=OTHER))

    watch = rows["mesh-follow-office"]
    assert (watch["host"], watch["type"]) == ("10.20.0.2", "simple")
    assert f'public-key="{KEY}"' in watch["test_script"]
    assert OTHER not in watch["test_script"]


@pytest.mark.parametrize(
    ("program", "says"),
    [
        (lambda: tunnel("198.51.100.1:51820"), "Tunnel 'mesh': follow_names: no endpoint is a name"),
        (
            lambda: wt.AlwaysOnVpn(
                "vpn",
                wt.AlwaysOnVpnArgs(
                    "wg0",
                    lan=wt.Lan("bridge", "192.168.88.0/24"),
                    address="10.8.0.2/32",
                    public_key=KEY,
                    endpoint="198.51.100.1:51820",
                    dns="9.9.9.9",
                    follow_names=True,
                ),
            ),
            "AlwaysOnVpn 'vpn': follow_names: no endpoint is a name",
        ),
    ],
)
def test_where_no_endpoint_is_a_name_it_is_refused(program, says):
    with pytest.raises(wt.Refusal, match=says):
        mocked.rows(program)


def test_a_mesh_follows_the_names_of_each_router_s_peers():
    def end(router, number, **more):
        lan = wt.Lan("bridge", f"192.168.{number}.0/24")
        return wt.SiteEnd(router, lan=lan, address=f"10.255.0.{number}/24", **more)

    def mesh():
        pulumi.runtime.set_config("wiretik:routers", "{}")
        sites = [end("berlin", 1, endpoint="berlin.example.org:51820"), end("porto", 2), end("lisbon", 3)]
        wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=sites, follow_names=True))

    assert sorted(name for name in mocked.rows(mesh) if "follow" in name) == [
        "mesh-lisbon-follow-berlin",
        "mesh-porto-follow-berlin",
    ]


def test_a_peer_that_is_silent_is_called_at_its_name_s_new_address_and_that_is_no_drift():
    with deployed(tunnel) as site:
        router = site.router.router
        router.resolves = {NAME: ["198.51.100.1"]}
        assert site.up().errors == ()
        begun = time.time()
        router.clock = lambda: begun  # netwatch probes when the test says so
        peers = router.table(PEERS)
        row = next(one for one in peers if one.values["public-key"] == KEY)

        def called(address, age):
            """Where the peer is called after a probe, if its name has this address and its handshake this age."""
            router.resolves = {NAME: [address]} if address else {}
            row.facts.pop("last-handshake", None)
            if age:
                row.facts["last-handshake"] = age
            later = router.clock() + 121
            router.clock = lambda: later
            router.tick()
            assert row.values.get("disabled", "false") == "false"
            return row.facts["current-endpoint-address"]

        assert called("198.51.100.1", "") == "198.51.100.1"
        assert called("203.0.113.7", "2m59s") == "198.51.100.1"  # it is alive, wherever it is
        assert called("", "1h") == "198.51.100.1"  # nobody knows a better one
        assert called("203.0.113.7", "3m1s") == "203.0.113.7"
        assert called("203.0.113.8", "") == "203.0.113.8"  # never a handshake
        assert not router.log
        assert site.refresh().changes.keys() == {"same"}
        assert peers.get(row.id).values["endpoint-address"] == NAME
