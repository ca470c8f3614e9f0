"""Who comes after many rows: all of them as ever, by dependencies that grow as the rows do."""

import base64
from functools import cache

import pytest
from pulumi.runtime import mocks, resource_cycle_breaker, rpc

import wiretik as wt
from mocked import Registered, run
from wiretik.components.shared import gathering

FEW, MANY = 2, 5


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Two rows are few here: a tunnel of twenty peers takes a second."""
    monkeypatch.setattr(gathering, "FEW", FEW)


class Monitor(mocks.MockMonitor):
    """What each row is declared to come after."""

    def __init__(self):
        super().__init__(Registered())
        self.after = {}

    def RegisterResource(self, request):  # noqa: N802  (Pulumi's name)
        answer = super().RegisterResource(request)
        self.after[answer.urn] = set(request.dependencies)
        return answer


def tunnel(number, outside, waiting):
    """A tunnel of so many peers with a network each, of which some are in the internet and some wait."""
    peers = [
        wt.TunnelPeer(
            f"p{n}",
            base64.b64encode(n.to_bytes(4, "big").ljust(32, b"w")).decode(),
            [f"8.8.{n}.0/24" if n < outside else f"10.8.{n}.0/24"],
            endpoint="a.example.com:51820",
            waits=n >= number - waiting,
        )
        for n in range(number)
    ]
    args = wt.TunnelArgs("wg1", address="172.16.0.1/24", peers=peers, forward=False, mss_clamp=False)
    made = wt.Tunnel("mesh", args)
    if waiting:
        made.admit(made.addresses)


@cache
def after(number, outside=0, waiting=0):
    """What each row of a tunnel comes after at first hand, by logical names."""
    monitor = Monitor()
    run(lambda: tunnel(number, outside, waiting), monitor.mocks, monitor=monitor)
    return {name(urn): {name(one) for one in those} for urn, those in monitor.after.items()}


def name(urn):
    return urn.rsplit("::", 1)[-1]


def ours():
    """A resource of our own as far as the SDK looks at it."""
    return type("Row", (), {"__module__": "wiretik.resources.row"})()


def whole(direct):
    """The same with what those come after in turn."""
    found = {}
    for row, those in direct.items():  # each is registered when what it comes after is there
        found[row] = those.union(*(found[one] for one in those))
    return found


def kind(rows, start):
    return {row for row in rows if row.startswith(start)}


@pytest.mark.parametrize("number", [FEW, MANY])
def test_every_peer_comes_after_every_private_route_and_every_rule_however_many_there_are(number):
    found = whole(after(number))
    routes = kind(found, "mesh-route-")

    assert len(routes) == number
    assert all(routes | {"mesh-masquerade"} <= found[f"mesh-p{n}"] for n in range(number))


def test_what_the_internet_has_is_routed_when_every_peer_is_there_and_may_send():
    found = whole(after(MANY, outside=MANY))

    assert len(kind(found, "mesh-p")) == 2 * MANY
    assert all(kind(found, "mesh-p") <= found[f"mesh-route-8.8.{n}.0-24"] for n in range(MANY))


def test_peers_that_wait_come_after_all_that_did_not():
    found = whole(after(2 * MANY, waiting=MANY))
    first = {row for n in range(MANY) for row in kind(found, f"mesh-p{n}")}

    assert len(first) == 2 * MANY
    assert all(first <= found[f"mesh-p{n}"] for n in range(MANY, 2 * MANY))


def test_of_few_rows_each_is_named_as_it_was_before_so_that_none_is_made_a_round_trip_later():
    found = after(FEW)
    routes = kind(found, "mesh-route-")

    assert all(not routes & found[route] for route in routes)
    assert all(routes <= found[f"mesh-p{n}"] for n in range(FEW))


def test_dependencies_grow_as_peers_do():
    counts = [
        sum(map(len, after(number, outside=FEW + 1, waiting=FEW + 1).values()))
        for number in (2 * MANY, 2 * MANY + 1, 2 * MANY + 2)
    ]

    assert counts[2] - counts[1] == counts[1] - counts[0]


def test_a_peer_and_what_it_holds_name_its_own_routes_so_that_they_go_first_where_it_alone_is_removed():
    found = after(MANY)

    for n in range(MANY):
        assert f"mesh-route-10.8.{n}.0-24" in found[f"mesh-p{n}"]
        assert f"mesh-route-10.8.{n}.0-24" in found[f"mesh-p{n}-10.8.{n}.0-24"]


def test_of_whom_nobody_depends_on_nothing_is_walked_over(monkeypatch):
    walked = []
    monkeypatch.setattr(resource_cycle_breaker, "_reachable", lambda **ends: bool(walked.append(ends)))
    one, two, three = (ours() for _ in range(3))

    assert rpc.declare_dependency(one, two)
    assert rpc.declare_dependency(one, three)
    assert not walked
    assert rpc.declare_dependency(two, three)
    assert len(walked) == 1


def test_a_circle_is_still_found():
    class Thing:
        pass

    one, two, three = (ours() for _ in range(3))

    assert rpc.declare_dependency(one, two)
    assert rpc.declare_dependency(two, three)
    assert not rpc.declare_dependency(three, one)
    assert not rpc.declare_dependency(one, one)
    foreign, other = Thing(), Thing()
    assert rpc.declare_dependency(foreign, other)
    assert not rpc.declare_dependency(other, foreign)
    assert rpc.declare_dependency(foreign, one)
    assert not rpc.declare_dependency(three, foreign)
