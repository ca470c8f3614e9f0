"""Two tunnels to one prefix that are meant: one after the other, or both at once."""

import pytest

import wiretik as wt
from wiretik.testing import deployed

KEYS = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
OFFICE = "172.16.50.0/24"


def site(*more):
    tunnels = [
        wt.TunnelArgs(
            f"wg{number}",
            address=f"10.{number}0.0.2/24",
            peers=[wt.TunnelPeer("far", key, [f"10.{number}0.0.0/24", OFFICE], endpoint=f"{number}.example.com:51820")],
            check_gateway=f"10.{number}0.0.1",
            **args,
        )
        for number, (key, args) in enumerate(zip(KEYS, more, strict=True), 1)
    ]
    return lambda: wt.Site("home", wt.SiteArgs(lan=wt.Lan("bridge", "192.168.88.0/24"), tunnels=tunnels))


@pytest.mark.parametrize("how", [({}, {"distance": 2}), ({"share": True}, {"share": True})], ids=["turns", "both"])
def test_what_is_meant_is_deployed_and_stays(how):
    with deployed(site(*how)) as home:
        assert home.up().errors == ()
        assert home.refresh().changes.keys() == {"same"}


def test_the_one_that_waits_has_to_be_let_through_as_well():
    def program():
        site({}, {"distance": 2})()
        wt.FilterRule("no", chain="forward", out_interface="wg2", dst_address=OFFICE, action="drop", position=wt.FIRST)

    with deployed(program) as home:
        (told,) = home.preview().errors

    assert "home-wg2: the LAN reaches the networks behind it while wg1 is down" in told
