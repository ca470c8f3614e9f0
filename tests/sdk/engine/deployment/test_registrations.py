"""A registration becomes the steps that its resource needs, and whatever can't be is told before a step begins."""

from typing import Any

import pytest

from wiretik.engine import urn as urns
from wiretik.engine.deployment.planner import Alias, Goal
from wiretik.engine.deployment.registrations import Deployment
from wiretik.engine.deployment.run import Stopped
from wiretik.engine.events import Diagnostic
from wiretik.engine.values import Secret

from .doing import TYPE, World, left, operation, resource, urn


def goal(name: str, x: object = 1, **details: Any) -> Goal:
    return Goal(type=TYPE, name=name, custom=True, inputs={"x": x}, **details)


def deployment(*base, world, **options):
    run, events = operation(*base, world=world, **options)
    return Deployment(run, {}), run, events


@pytest.mark.parametrize(
    ("x", "replaced", "calls"),
    [
        (1, (), []),
        (2, (), [("update", "a")]),
        (2, ("a",), [("create", "a")]),
    ],
)
def test_a_known_resource_is_left_updated_or_made_anew(x, replaced, calls):
    world = World()
    world.replaced.update(replaced)
    made, run, _ = deployment(resource("a"), world=world)

    answer = made.register(goal("a", x))

    assert world.calls == calls
    assert answer.outputs == {"x": x}
    assert ("a*" in left(run)) is bool(replaced)


def test_a_new_resource_is_made_by_the_default_provider_that_the_state_then_has():
    world = World()
    made, run, _ = deployment(world=world)

    made.register(goal("a", Secret("key")))
    made.register(goal("b"))

    assert world.calls == [("create", "a"), ("create", "b")]
    providers = [one for one in run.journal.deployment.resources if urns.is_provider(one.type)]
    assert len(providers) == 1
    assert left(run)["a"].provider == left(run)["b"].provider == urns.reference(providers[0].urn, providers[0].id)
    assert left(run)["a"].outputs == {"x": Secret("key")}


@pytest.mark.parametrize(
    ("goals", "told"),
    [
        ([goal("a"), goal("a")], "Duplicate resource URN"),
        ([goal("b", aliases=(Alias(name="a"),)), goal("a")], "is already claimed by"),
        ([goal("a"), goal("b", aliases=(Alias(name="a"),))], "belongs to another resource of this program"),
        ([Goal(type="aws:s3:Bucket", name="a", custom=True)], "needs the provider plugin 'aws'"),
    ],
)
def test_names_that_two_have_and_providers_that_nobody_has_are_refused(goals, told):
    made, run, events = deployment(resource("a"), world=World())

    *fine, wrong = goals
    for one in fine:
        made.register(one)
    with pytest.raises(Stopped):
        made.register(wrong)

    assert told in next(one.message for one in events if isinstance(one, Diagnostic))
    assert run.failed


def test_an_alias_continues_the_resource_of_the_old_name():
    world = World()
    made, run, _ = deployment(resource("a"), world=world)

    answer = made.register(goal("b", aliases=(Alias(name="a"),)))

    assert world.calls == []
    assert (answer.id, sorted(left(run))) == ("id-a", ["b", "default"])


def test_what_the_provider_does_not_take_is_told_by_its_property_and_nothing_begins():
    world = World({"check a": "isn't a number"})
    made, run, events = deployment(world=world)

    with pytest.raises(Stopped):
        made.register(goal("a"))

    assert [one.message for one in events if isinstance(one, Diagnostic)] == ["x: isn't a number"]
    assert world.calls == []
    with pytest.raises(Stopped):
        made.register(goal("b"))
    assert run.stopped


def test_outside_of_the_targets_a_resource_stays_and_a_new_one_is_unknown():
    world = World()
    made, _, _ = deployment(resource("a"), world=world, targets=(urn("c"),))

    assert made.register(goal("a", 2)).outputs == {"x": 1}
    assert made.register(goal("b")).unknown
    assert made.register(goal("c")).id == "id-c"
    assert world.calls == [("create", "c")]
    assert made.unmatched() == []


def test_what_no_registration_asked_for_is_deleted_at_the_end():
    world = World()
    made, run, _ = deployment(resource("a"), resource("b"), world=world)
    made.register(goal("a"))

    made.delete_rest()

    assert world.calls == [("delete", "b")]
    assert "b" not in left(run)


def test_an_imported_resource_is_recorded_as_it_is_and_no_other_takes_its_name():
    world = World()
    made, run, _ = deployment(resource("b"), world=world)

    made.adopt(goal("a"), "*7", {"x": 1})
    with pytest.raises(Stopped):
        made.adopt(goal("b"), "*8", {"x": 1})

    assert world.calls == []
    assert (left(run)["a"].id, left(run)["b"].id) == ("*7", "id-b")
