"""Refreshing and deleting many: dependents go first, a failure keeps what waits for it, and the protected come last."""

import pytest

from wiretik.engine.deployment.sweeps import delete_rest, refresh_all
from wiretik.engine.deployment.targets import Targets
from wiretik.engine.processes.provider import ReadBack

from .doing import World, left, operation, resource, urn

CHAIN = (resource("a"), resource("b", "a"), resource("c", "b"))


def test_what_the_program_no_longer_wants_is_deleted_dependents_first():
    world = World()
    run, _ = operation(*CHAIN, world=world)
    run.done = {urn("a"): CHAIN[0]}

    delete_rest(run, Targets(run.options, run.base))

    assert world.calls == [("delete", "c"), ("delete", "b")]
    assert list(left(run)) == ["a"]


def test_where_a_deletion_fails_nothing_that_it_needs_is_deleted():
    world = World({"b": "in use"})
    run, _ = operation(*CHAIN, world=world)

    delete_rest(run, Targets(run.options, run.base))

    assert world.calls == [("delete", "c"), ("delete", "b")]
    assert list(left(run)) == ["a", "b"]
    assert run.failed


def test_a_protected_resource_fails_only_after_the_others_are_gone():
    world = World()
    run, _ = operation(resource("a", protect=True), resource("b"), resource("c"), world=world)

    delete_rest(run, Targets(run.options, run.base))

    assert sorted(world.calls) == [("delete", "b"), ("delete", "c")]
    assert list(left(run)) == ["a"]


def test_with_targets_only_these_are_deleted():
    world = World()
    run, _ = operation(resource("a"), resource("b"), world=world, targets=(urn("b"),))

    delete_rest(run, Targets(run.options, run.base))

    assert world.calls == [("delete", "b")]


def test_before_a_deletion_with_refresh_each_is_looked_at_and_what_is_gone_needs_no_deletion():
    world = World()
    world.found["c"] = ReadBack("", {})
    run, _ = operation(*CHAIN, world=world, refresh=True)

    delete_rest(run, Targets(run.options, run.base))

    assert sorted(world.calls[:3]) == [("read", "a"), ("read", "b"), ("read", "c")]
    assert world.calls[3:] == [("delete", "b"), ("delete", "a")]
    assert left(run) == {}


@pytest.mark.parametrize("targets", [(), (urn("b"),)])
def test_a_refresh_looks_at_every_resource_or_at_the_targets(targets):
    world = World()
    run, _ = operation(*CHAIN, world=world, targets=targets)

    refresh_all(run, Targets(run.options, run.base))

    assert sorted(name for _, name in world.calls) == (["b"] if targets else ["a", "b", "c"])
    assert run.changes == {"same": len(world.calls)}
