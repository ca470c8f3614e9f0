"""The address by which a router is reached isn't exchanged: nobody could say then what comes next."""

import attrs
import pytest

from refactoring import Item, Run, Stack
from wiretik_provider.api.link import close_all
from wiretik_provider.gate import expectations
from wiretik_provider.simulator import serve

ELSEWHERE, FURTHER = "10.77.0.1/24", "10.77.1.1/24"


@pytest.fixture
def stack(monkeypatch):
    monkeypatch.setattr(expectations, "problems", lambda *_, **__: [])
    with serve(tls=False, password="none") as lab:
        yield Stack(lab, "a")
    close_all()


def address(name, value, interface="ether2"):
    return Item("/ip/address", "IpAddress", name, {"address": value, "interface": interface})


def exchanged(one, other):
    return [attrs.evolve(one, props=other.props), attrs.evolve(other, props=one.props)]


@pytest.mark.parametrize("turn", [1, -1])
def test_an_exchange_of_it_is_refused_before_the_first_write_with_the_way_that_does_it(stack, turn):
    both = [address("near", f"{stack.lab.host}/24"), address("far", ELSEWHERE)][::turn]
    assert stack.up(both, Run()) == []
    before = stack.lab.router.snapshot()

    problems = stack.up(exchanged(*both), Run())

    assert problems
    for problem in problems:
        assert "one of them is the address by which this router is reached, 127.0.0.1" in problem
        assert "reach it by an address that isn't exchanged (wiretik:host), for this deployment" in problem
    assert {problem.partition(": it exchanges")[0].rpartition(" ")[2] for problem in problems} == {"near", "far"}
    assert stack.lab.router.snapshot() == before
    assert stack.up(both, Run()) == []
    assert stack.steps == []


def test_beside_it_others_are_exchanged_and_it_goes_where_nobody_is(stack):
    near, far, further = address("near", f"{stack.lab.host}/24"), address("far", ELSEWHERE), address("further", FURTHER)
    assert stack.up([near, far, further], Run()) == []

    assert stack.up([near, *exchanged(far, further)], Run()) == []
    assert (
        stack.up([attrs.evolve(near, props={**near.props, "interface": "ether3"}), *exchanged(far, further)], Run())
        == []
    )
    assert {row["address"]: row["interface"] for row in stack.lab.router.rows("/ip/address")} == {
        f"{stack.lab.host}/24": "ether3",
        ELSEWHERE: "ether2",
        FURTHER: "ether2",
    }
