"""A program moves a resource without an alias, is killed on the way, and goes back: whoever is declared has the row."""

from itertools import product

import attrs
import pytest

from refactoring import Item, Run, Stack
from wiretik_provider.api.link import close_all
from wiretik_provider.gate import expectations
from wiretik_provider.simulator import serve

FILTER = "/ip/firewall/filter"
KINDS = {
    "address": Item("/ip/address", "IpAddress", "one", {"address": "10.1.0.1/24", "interface": "ether2"}),
    "interface": Item("/interface/wireguard", "WireGuardInterface", "one", {"name": "wg-a"}),
    "list": Item("address-list", "AddressList", "one", {"list": "l", "entries": {"10.1.1.1": "", "10.1.1.2": "x"}}),
    "rule": Item(FILTER, "FilterRule", "one", {"action": "accept", "chain": "forward", "src_address": "10.1.2.0/24"}),
    "block": Item(
        f"block:{FILTER}",
        "FilterChain",
        "one",
        {
            "chain": "forward",
            "order": ["one", "two"],
            "rules": {
                name: {"action": "accept", "src_address": f"10.1.{n}.0/24"} for n, name in enumerate(("one", "two"))
            },
        },
    ),
}
MENUS = {"list": "/ip/firewall/address-list", "block": FILTER}
ANEW = {("rule", "renamed"), ("block", "renamed")}
"""What has no key is made anew by another name."""
GATES = {"gate": Run(), "other process": Run(apart=True), "no gate": Run(gate=False)}


def moved(item, how, times):
    return attrs.evolve(item, **{"name" if how == "renamed" else "parent": f"place {times}"})


@pytest.fixture(autouse=True)
def rows_alone(monkeypatch):
    """What becomes of packets is looked at in other tests."""
    monkeypatch.setattr(expectations, "problems", lambda *_, **__: [])


@pytest.fixture(scope="module")
def lab():
    with serve(tls=False, password="none") as lab:
        yield lab
    close_all()


def rows(lab, what):
    """The rows of a thing: which they are, with the key that the router made."""
    there = lab.router.rows(MENUS.get(what) or KINDS[what].kind)
    return {row[".id"]: row.get("private-key") for row in there if "[wt:" in row.get("comment", "")}


CASES = [
    (what, how, written, back, times)
    for what, how, written, back, times in product(KINDS, ("moved", "renamed"), (True, False), GATES, (1, 2))
    # Refused, with the alias to paste; and rows of which no state knows and no program.
    if how == "moved" or (back != "no gate" and (written or what not in ("rule", "block")))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_a_move_that_was_killed_and_is_taken_back_keeps_the_row(lab, case):
    what, how, written, back, times = case
    stack, item = Stack(lab, "a"), KINDS[what]
    assert stack.up([item], Run()) == []
    was = rows(lab, what)
    for time in range(times):
        stack.up([moved(item, how, time)], Run(killed=0, written=written))

    assert stack.up([item], GATES[back]) == []
    assert rows(lab, what) == was
    assert stack.up([item], Run()) == []
    stack.refresh()
    assert stack.up([item], Run()) == []
    assert {verb for verb, _ in stack.steps} <= {"update"}
    stack.refresh()
    assert stack.up([item], Run()) == []
    assert (stack.steps, rows(lab, what)) == ([], was)
    stack.destroy()
    assert rows(lab, what) == {}


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("back", GATES)
def test_a_row_goes_with_the_last_of_all_that_had_it(lab, what, back):
    stack, item = Stack(lab, "a"), KINDS[what]
    stack.up([item], Run())
    for time in range(3):
        stack.up([moved(item, "moved", time)], Run(killed=0, written=True))
    assert len(stack.state) == 4

    assert stack.up([], GATES[back]) == []
    assert (stack.state, rows(lab, what)) == ([], {})


@pytest.mark.parametrize("what", KINDS)
def test_what_a_killed_run_took_over_goes_with_the_stack_by_whichever_name_it_is_known_then(lab, what):
    stack, item = Stack(lab, "a"), KINDS[what]
    stack.up([item], Run())
    stack.up([attrs.evolve(item, forced=True)], Run(killed=0, written=False))
    assert stack.up([attrs.evolve(item, name="two", aliases=frozenset({item.urn}))], Run()) == []
    assert rows(lab, what)

    stack.destroy()
    assert rows(lab, what) == {}
