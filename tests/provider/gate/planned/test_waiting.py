"""A tunnel that waits for one which never gives way: told, and of ways that do give way nothing."""

import pytest

import wiretik as wt
from wiretik import testing
from wiretik_provider.declared import read
from wiretik_provider.gate.planned import waiting
from wiretik_provider.trace.router.snapshot import Snapshot

OFFICE = "172.16.50.0/24"
KEYS = ["U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "QTBWU1ZrVlNNbDlRVlVKTVNVTmZTMFZaTGk0dUxpNHU="]


def route(name, gateway, distance=1, parent="wiretik:index:Tunnel::x", dst=OFFICE, **more):
    tag = name.encode().hex().ljust(12, "0")[:12]
    props = {"dst_address": dst, "gateway": gateway}
    printed = {"dst-address": dst, "gateway": gateway, "distance": str(distance), "comment": f"x [wt:{tag}]", **more}
    told = {"menu": "/ip/route", "name": name, "tag": tag, "props": props, "parent": parent, "unknown": []}
    return read(told), printed


def warned(*some, running="true"):
    rows = {
        "/interface": [{"name": name, "running": running} for name in ("wg1", "wg2")],
        "/interface/wireguard": [{"name": "wg1"}, {"name": "wg2"}],
        "/ip/route": [printed for _, printed in some],
    }
    return list(waiting.warnings(Snapshot(rows), [row for row, _ in some if row]))


NEAR, FAR = route("near", "wg1"), route("far", "wg2", 2)


def test_the_tunnel_that_waits_is_named_with_the_one_that_never_falls_and_the_cure():
    (line,) = warned(NEAR, FAR)
    assert line == (
        "far: 172.16.50.0/24 by wg2 is never taken: the route by wg1, near, has a lower distance and never falls by "
        "itself, since a WireGuard interface runs whether anybody is there or not: give its tunnel check_gateway=, an "
        "address behind it that answers pings"
    )


def test_several_prefixes_of_one_pair_are_one_line():
    more = [
        route(name, gateway, at, dst="172.16.60.0/24") for name, gateway, at in (("near", "wg1", 1), ("far", "wg2", 2))
    ]

    (line,) = warned(NEAR, FAR, *more)
    assert line.startswith("far: 172.16.50.0/24 and 1 more by wg2")


def test_a_nearer_route_that_is_nobodys_counts():
    (line,) = warned((None, NEAR[1]), FAR)
    assert "by wg1, not of the program," in line


@pytest.mark.parametrize(
    "some",
    [
        (route("near", "10.20.0.1", **{"check-gateway": "ping"}), FAR),
        (NEAR, route("far", "wg2", 1)),
        (NEAR, route("far", "wg2", 2, dst="172.16.60.0/24")),
        (route("near", "wg1", disabled="true"), FAR),
        (NEAR, (FAR[0], {key: text for key, text in FAR[1].items() if key != "gateway"} | {"blackhole": ""})),
        (route("near", "wg1", parent=""), route("far", "wg2", 2, parent="")),
    ],
    ids=["asks", "shares", "other prefix", "off", "blackhole", "no tunnel's"],
)
def test_of_ways_that_give_way_or_mean_something_else_nothing_is_told(some):
    assert warned(*some) == []


def test_an_interface_that_is_down_has_no_route():
    assert warned(NEAR, FAR, running="false") == []


def test_a_preview_warns_of_two_tunnels_of_a_site_without_a_check(capfd):
    def program(**more):
        for at, key in enumerate(KEYS, 1):
            peer = wt.TunnelPeer("office", key, [OFFICE, f"10.2{at}.0.1"], endpoint=f"198.51.100.{at}:51820")
            given = more if at == 1 else {"distance": 2}
            wt.Tunnel(f"wg{at}", wt.TunnelArgs(f"wg{at}", address=f"10.2{at}.0.2/24", peers=[peer], **given))

    with testing.deployed(program) as site:
        assert site.preview().errors == ()
        assert "172.16.50.0/24 by wg2 is never taken" in capfd.readouterr().err
    with testing.deployed(lambda: program(check_gateway="10.21.0.1")) as site:
        assert site.preview().errors == ()
        assert "is never taken" not in capfd.readouterr().err
