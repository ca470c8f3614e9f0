"""A property that RouterOS renamed has one name here, whatever the router's version calls it."""

import pytest

import wiretik as wt
from at_length import rounds
from wiretik.testing import site
from wiretik_provider.menus import menu
from wiretik_provider.menus.descriptor import version

__all__ = ["site"]

PEERS = menu("/interface/wireguard/peers")
KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="


@pytest.mark.parametrize(
    ("running", "said"),
    [
        ("7.16.2", ("=is-responder=yes", "=!is-responder=", "?is-responder=true", "=name=responder", "=.id=*1")),
        ("7.17", ("=responder=yes", "=!responder=", "?responder=true", "=name=responder", "=.id=*1")),
    ],
)
def test_a_command_has_the_names_of_the_routers_version(running, said):
    words = ("=responder=yes", "=!responder=", "?responder=true", "=name=responder", "=.id=*1")

    assert PEERS.said(words, lambda: version(running)) == said


def test_a_row_has_ours():
    assert PEERS.read({".id": "*1", "is-responder": "true"}) == {".id": "*1", "responder": "true"}
    assert PEERS.read({".id": "*1", "responder": "true"}) == {".id": "*1", "responder": "true"}


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("running", "name"),
    [("7.16.2", "is-responder"), ("7.17", "responder"), ("7.15.3", "is-responder")][: rounds(2, 150)],
)
def test_a_hub_of_callers_deploys_drifts_and_is_mended_on_every_version(site, running, name):
    caller = wt.TunnelPeer("cabin", KEY, ["10.30.0.2/32", "192.168.50.0/24"])
    args = wt.TunnelArgs("wg2", address="10.30.0.1/24", listen_port=13233, peers=[caller])
    one = site(lambda: wt.Tunnel("hub", args), version=running)
    one.up().check()
    [peer] = one.rows("/interface/wireguard/peers")
    assert peer[name] == "true"
    one.router.run("/interface/wireguard/peers/set", numbers=peer[".id"], **{name: "no"})

    drift = one.refresh().check()
    one.up().check()

    assert [step.name for step in drift.steps if step.found == "update"] == ["hub-cabin"]
    assert one.rows("/interface/wireguard/peers")[0][name] == "true"
    assert not one.up(refresh=True).changed
    one.destroy().check()
    assert one.rows("/interface/wireguard/peers") == []
