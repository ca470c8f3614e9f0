"""One prefix behind two tunnels: refused unless both mean it, told where the other isn't the program's."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.planned import doubled
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

OFFICE = "172.16.50.0/24"
TUNNEL, ROWS = "wiretik:index:Tunnel::", ""


def route(name, gateway, parent=None, tag="", dst=OFFICE, **more):
    """A route of the program's, as the gate is told and as the router will print it."""
    tag = tag or name.encode().hex().ljust(12, "0")[:12]
    menu = "/ipv6/route" if ":" in dst else "/ip/route"
    told = {"menu": menu, "name": name, "tag": tag, "props": {"dst_address": dst, "gateway": gateway, **more}}
    printed = {"dst-address": dst, "gateway": gateway, "comment": f"x [wt:{tag}]"}
    printed |= {key.replace("_", "-"): str(value) for key, value in more.items()}
    above = f"{TUNNEL}{name.partition('-')[0]}" if parent is None else parent
    return read({**told, "parent": above, "unknown": []}), printed


TUNNELS = {
    "/interface": [{"name": name, "running": "true"} for name in ("wg1", "wg2", "bridge")],
    "/interface/wireguard": [{"name": "wg1"}, {"name": "wg2"}],
    "/ip/address": [
        {"address": "10.20.0.2/24", "network": "10.20.0.0", "interface": "wg1"},
        {"address": "192.168.88.1/24", "network": "192.168.88.0", "interface": "bridge"},
    ],
}


def told(*some, foreign=(), sharing=(), beside=0):
    """What is said of a program's routes, of which the first ones are other gates', and of others' on the router."""
    rows = [{**printed} for _, printed in some] + [dict(one) for one in foreign]
    routes = {path: [row for row in rows if (":" in row["dst-address"]) is six] for path, six in MENUS.items()}
    then = Snapshot({**TUNNELS, **routes})
    declared = [row for row, _ in some]
    expected = [{"name": name, "props": {"kind": "shares"}} for name in sharing]
    return list(doubled.shared(then, declared[beside:], expected, declared[:beside]))


MENUS = {"/ip/route": False, "/ipv6/route": True}
ONE, TWO = route("one-route", "wg1"), route("two-route", "wg2")


@pytest.mark.parametrize("prefix", [OFFICE, "fd50::/64"])
def test_two_tunnels_with_one_prefix_are_refused_once_with_three_cures(prefix):
    [found] = told(route("one-route", "wg1", dst=prefix), route("two-route", "wg2", dst=prefix))

    assert found.refused
    assert found.text == (
        f"one-route: {prefix} by wg1 has distance 1, and so has the route by wg2, two-route, so a hash chooses between "
        f"them for each pair of hosts: leave {prefix} to one of them, or give the one that waits distance=2 and the "
        "other check_gateway=, or say share=True of both if each leads there"
    )


def test_both_have_to_mean_it():
    assert told(ONE, TWO, sharing=["one", "two"]) == []
    assert [one.text.partition(":")[0] for one in told(ONE, TWO, sharing=["one"])] == ["two-route"]


def test_a_tunnel_that_another_gate_was_told_of_counts_too():
    assert [one.text.partition(":")[0] for one in told(ONE, TWO, beside=1)] == ["two-route"]


def test_a_route_of_the_programs_own_is_refused_beside_a_tunnel_and_two_of_its_own_are_its_business():
    assert [one.refused for one in told(ONE, route("by-hand", "192.168.88.2", ROWS))] == [True]
    assert told(route("by-hand", "wg1", ROWS), route("too", "wg2", ROWS)) == []


def test_a_route_that_is_nobodys_is_told():
    [found] = told(ONE, foreign=[{"dst-address": OFFICE, "gateway": "wg9", "distance": "1"}])

    assert not found.refused
    assert "the route by wg9, not of the program, so a hash" in found.text


@pytest.mark.parametrize(
    "other",
    [
        route("two-route", "wg2", distance=2),
        route("two-route", "wg2", dst="172.16.0.0/16"),
        route("two-route", "wg2", routing_table="vpn"),
        route("two-route", "wg2", disabled="true"),
        route("two-route", "wg1"),
        (TWO[0], {**TWO[1], "gateway": UNKNOWN}),
        (TWO[0], {"dst-address": OFFICE, "blackhole": "", "comment": TWO[1]["comment"]}),
    ],
    ids=["distance", "wider", "table", "off", "same way", "unknown", "blackhole"],
)
def test_what_does_not_share_is_no_matter(other):
    assert told(ONE, other) == []


@pytest.mark.parametrize(
    ("one", "other", "two_ways"),
    [
        ("wg1", "10.20.0.1", False),
        ("10.20.0.1", "10.20.0.9%wg1", False),
        ("10.20.0.1", "wg2", True),
        ("192.168.88.2", "192.168.88.3", True),
        ("192.168.88.2", "192.168.88.02", True),  # no address: nothing is known of it
        ("192.168.88.2", "192.168.88.2%bridge", True),
    ],
)
def test_one_tunnel_is_one_way_however_it_is_written(one, other, two_ways):
    assert bool(told(route("one-route", one), route("two-route", other))) is two_ways


def test_another_address_of_the_same_text_is_the_same():
    six = {"dst": "fd50::/64"}

    assert told(route("one-route", "fd88::1%bridge", **six), route("two-route", "FD88:0::1%bridge", **six)) == []
