"""Each step does one thing in the world, records it, and tells it; a preview does nothing, and a refusal is told."""

import attrs
import pytest

from wiretik.engine.deployment import steps
from wiretik.engine.deployment.planner import Decision
from wiretik.engine.deployment.run import Failed
from wiretik.engine.events import Diagnostic, StepDone, StepFailed
from wiretik.engine.processes.provider import Made, ReadBack
from wiretik.engine.values import UNKNOWN, Secret

from .doing import World, left, operation, resource


def test_a_resource_is_created_and_stands_in_the_state_with_what_the_provider_said():
    world = World()
    run, events = operation(world=world)

    done = steps.create(run, resource("a", id="", outputs={}))

    assert world.calls == [("create", "a")]
    assert left(run) == {"a": done}
    assert (done.id, done.outputs) == ("id-a", {"x": 1})
    assert run.changes == {"create": 1}
    assert isinstance(events[-1], StepDone)


def test_a_preview_calls_nobody():
    world = World()
    run, _ = operation(old := resource("a"), world=world, preview=True)

    steps.create(run, resource("b", id=""))
    steps.update(run, attrs.evolve(old, inputs={"x": 2}), old, Decision("update"))
    steps.delete(run, old, frozenset())

    assert world.calls == []
    assert run.changes == {"create": 1, "update": 1, "delete": 1}


def test_a_preview_asks_a_provider_that_can_say_what_would_be_known():
    world = World()
    world.previews, world.made = True, {"b": Made("", {"x": 1, "mtu": 1420, "key": UNKNOWN})}
    run, _ = operation(old := resource("a"), world=world, preview=True)

    assert steps.create(run, resource("b", id="")).outputs == {"x": 1, "mtu": 1420, "key": UNKNOWN}
    steps.update(run, attrs.evolve(old, inputs={"x": 2}), old, Decision("update"))
    assert world.calls == [("foresee", "b"), ("foresee", "a")]


def test_a_refusal_is_told_stops_the_rest_and_leaves_the_state_as_it_was():
    run, events = operation(old := resource("a"), world=World({"a": "the router is busy"}))

    with pytest.raises(Failed):
        steps.update(run, attrs.evolve(old, inputs={"x": 2}), old, Decision("update"))

    assert left(run) == {"a": old}
    assert run.stopped
    assert [one.message for one in events if isinstance(one, Diagnostic)] == ["the router is busy"]
    assert [type(one) for one in events[1:2]] == [StepFailed]


def test_what_was_half_made_stands_in_the_state_and_the_step_has_failed():
    world = World()
    world.made["a"] = Made("id-a", {"x": 1}, ("the second half was refused",))
    run, _ = operation(world=world)

    with pytest.raises(Failed):
        steps.create(run, resource("a", id=""))

    assert left(run)["a"].init_errors == ("the second half was refused",)


def test_a_replacement_leaves_the_old_one_to_be_deleted_and_a_condemned_one_is_pending():
    run, _ = operation(old := resource("a"), other := resource("b"), world=World())

    steps.create(run, resource("a", id=""), "create-replacement", old)
    pending = steps.condemn(run, other)

    assert sorted(left(run)) == ["a", "a*", "b"]
    assert pending.pending_replacement


def test_what_is_protected_is_neither_deleted_nor_forgotten():
    world = World()
    run, events = operation(old := resource("a", protect=True), world=world)

    with pytest.raises(Failed):
        steps.delete(run, old, frozenset())

    assert world.calls == []
    assert left(run) == {"a": old}
    assert ["marked for protection" in one.message for one in events if isinstance(one, Diagnostic)] == [True]


@pytest.mark.parametrize(
    ("details", "gone"),
    [({"retain_on_delete": True}, ()), ({"external": True}, ()), ({"deleted_with": "urn"}, ("urn",))],
)
def test_what_goes_with_another_or_stays_is_forgotten_without_a_call(details, gone):
    world = World()
    run, _ = operation(old := resource("a", **details), world=world)

    steps.delete(run, old, frozenset(gone))

    assert world.calls == []
    assert left(run) == {}


@pytest.mark.parametrize(
    ("found", "told", "names"),
    [
        (ReadBack("id-a", {"x": 1}, {"x": 1}), "same", ["a"]),
        (ReadBack("id-a", {"x": 2}, {"x": 2}), "update", ["a"]),
        (ReadBack("", {}), "delete", []),
    ],
)
def test_a_refresh_tells_what_it_found_and_the_state_follows(found, told, names):
    world = World()
    world.found["a"] = found
    run, events = operation(old := resource("a"), world=world, refresh=False)

    now = steps.refresh(run, old)

    assert sorted(left(run)) == names
    assert (now.outputs if now else None) == (found.outputs if found.id else None)
    assert [one.step.found for one in events if isinstance(one, StepDone)] == [told]


def test_outputs_whose_input_is_secret_are_secret():
    marked = steps.with_secrets({"x": "key", "y": 1, "z": 2}, resource("a", inputs={"x": Secret("key")}))

    assert marked == {"x": Secret("key"), "y": 1, "z": 2}
