"""Decisions are functions of values: same, update or replace; former names; who waits for whom."""

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given

from wiretik.engine import urn as urns
from wiretik.engine.deployment.planner import Alias, Goal, decide, dependents, former_urns, waves
from wiretik.engine.processes.provider import Diffed
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import Secret

GOAL = Goal(type="t:m:T", name="a", custom=True)
OLD = Resource(urn=urns.make("dev", "proj", "", "t:m:T", "a"), type="t:m:T", custom=True, inputs={"x": 1, "y": 2})


@pytest.mark.parametrize(
    ("old", "inputs", "diffed", "goal", "wanted"),
    [
        ({}, {"x": 1, "y": 2}, None, {}, ("same", ())),
        ({}, {"x": 3, "y": 2}, None, {}, ("update", ())),
        ({}, {"x": 3, "y": 2}, Diffed(False), {}, ("same", ())),
        ({}, {"x": 1, "y": 2}, Diffed(True), {}, ("update", ())),
        ({}, {"x": 3, "y": 2}, Diffed(True, ("x",)), {}, ("replace", ("x",))),
        ({}, {"x": 3, "y": 2}, None, {"replace_on_changes": ("x",)}, ("replace", ("x",))),
        ({}, {"x": 1, "y": 3}, None, {"replace_on_changes": ("x",)}, ("update", ())),
        ({"pending_replacement": True}, {"x": 1, "y": 2}, None, {}, ("replace", ())),
        ({"init_errors": ("half",)}, {"x": 1, "y": 2}, None, {}, ("update", ())),
    ],
)
def test_the_provider_decides_and_where_it_leaves_it_to_the_engine_the_inputs_do(old, inputs, diffed, goal, wanted):
    found = decide(attrs.evolve(OLD, **old), inputs, diffed, attrs.evolve(GOAL, **goal))

    assert (found.verdict, found.replaces) == wanted


def test_a_changed_secret_stays_one_in_what_is_shown():
    found = decide(attrs.evolve(OLD, inputs={"x": Secret("old")}), {"x": Secret("new")}, None, GOAL)

    [change] = found.changes
    assert isinstance(change.old, Secret)
    assert isinstance(change.new, Secret)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_program_decides_which_half_of_a_replacement_is_first_and_without_it_the_provider(wanted):
    diffed = Diffed(True, ("x",), delete_before_replace=not wanted)

    assert (
        decide(OLD, {"x": 3}, diffed, attrs.evolve(GOAL, delete_before_replace=wanted)).delete_before_replace is wanted
    )
    assert decide(OLD, {"x": 3}, diffed, GOAL).delete_before_replace is not wanted


def test_a_child_of_a_renamed_parent_is_known_by_the_name_that_it_had_there():
    parent, before = (urns.make("dev", "proj", "", "t:m:P", name) for name in ("home", "house"))
    goal = attrs.evolve(GOAL, name="home-a", parent=parent, aliases=(Alias(name="home-b"),))

    found = former_urns(goal, "dev", "proj", {parent: before})

    assert [urns.name_of(one) for one in found] == ["home-b", "house-a", "house-b"]


@st.composite
def states(draw):
    """Resources of which each needs some before it."""
    found = []
    for number in range(draw(st.integers(1, 8))):
        needs = draw(st.lists(st.sampled_from(found), unique=True, max_size=3)) if found else []
        urn = urns.make("dev", "proj", "", "t:m:T", f"r{number}")
        found.append(Resource(urn=urn, type="t:m:T", custom=True, dependencies=tuple(one.urn for one in needs)))
    return found


@given(states())
def test_who_waits_for_whom_is_who_needs_whom_and_so_everybody_gets_his_turn(state):
    waiting = waves(state)

    assert all((other in waiting[one]) == (one.urn in other.needs()) for one in state for other in state)
    gone: set[Resource] = set()
    while ready := [one for one in state if one not in gone and waiting[one] <= gone]:
        gone.update(ready)
    assert gone == set(state)


@given(states(), st.integers(0, 7))
def test_dependents_are_those_that_need_it_directly_or_by_others(state, number):
    root = state[number % len(state)]
    found = list(dependents(state, root, frozenset()))

    reached = {root.urn, *(one.urn for one in found)}
    assert root not in found
    assert all(reached.intersection(one.needs()) for one in found)
    assert all(one in found or one is root or not reached.intersection(one.needs()) for one in state)


def test_of_what_differs_a_provider_that_says_so_has_the_last_word():
    """As where a stack moves to a package: the state's names are others, and none of them differs."""
    old = attrs.evolve(OLD, inputs={"listen_port": 1, "mtu": 2, "__provider": "p"})
    told = Diffed(changes=True, tops=frozenset({"mtu", "__provider"}))
    found = decide(old, {"listenPort": 1, "mtu": 3}, told, attrs.evolve(GOAL, replace_on_changes=("mtu",)))

    assert {change.key for change in found.changes} == {"mtu"}
    assert (found.verdict, found.replaces) == ("replace", ("mtu",))
