"""What the parts of one operation share: events in order, a count, and nothing new once it has stopped."""

import threading

import pytest

from wiretik.engine.deployment.run import Failed, Run, Stopped
from wiretik.engine.errors import ProviderError
from wiretik.engine.events import Diagnostic, Step
from wiretik.engine.options import Options
from wiretik.engine.state.checkpoint import Deployment
from wiretik.engine.state.journal import Journal

from .doing import TYPE, World, operation, resource, urn

STEP = Step(op="create", urn=urn("a"), type=TYPE, new=resource("a"))


def test_events_of_other_threads_wait_until_the_run_is_open():
    heard = []
    run = Run(
        project="proj",
        stack="dev",
        journal=Journal(Deployment(), None, None),
        provider=World,  # type: ignore[arg-type]
        options=Options(),
        preview=False,
        listen=heard.append,
    )
    other = threading.Thread(target=lambda: run.say("info", "early"))
    other.start()
    other.join()
    run.say("info", "first")
    run.open()

    assert [one.message for one in heard] == ["first", "early"]


def test_once_it_has_stopped_nothing_begins():
    run, events = operation(world=World())
    run.fail("enough", urn("a"))

    for begin in (run.flight(), run.performing(STEP)):
        with pytest.raises(Stopped), begin:
            pytest.fail("it began")
    assert run.failed
    assert [type(one) for one in events] == [Diagnostic]


def test_what_is_under_way_is_waited_for():
    run, _ = operation(world=World())
    began, may_end = threading.Event(), threading.Event()

    def fly():
        with run.flight():
            began.set()
            may_end.wait(10)

    flying = threading.Thread(target=fly)
    flying.start()
    assert began.wait(10)
    drained = threading.Thread(target=run.drain)
    drained.start()
    assert drained.is_alive()
    may_end.set()
    drained.join(10)
    flying.join(10)

    assert not drained.is_alive()


def test_a_failed_question_to_the_provider_is_told_and_stops_the_rest():
    run, events = operation(world=World())

    with pytest.raises(Failed), run.asking(urn("a")):
        raise ProviderError("no answer")

    assert [(one.message, one.urn) for one in events if isinstance(one, Diagnostic)] == [("no answer", urn("a"))]
    assert run.stopped


@pytest.mark.parametrize(
    ("op", "counted"), [("create", {"create": 1}), ("create-replacement", {}), ("delete-replaced", {})]
)
def test_halves_of_a_replacement_are_not_counted(op, counted):
    run, _ = operation(world=World())

    run.tell_done(Step(op=op, urn=urn("a"), type=TYPE))

    assert run.changes == counted


def test_what_a_record_has_become_is_found_over_several_steps():
    first, second, third = (resource("a", inputs={"x": x}) for x in (1, 2, 3))
    run, _ = operation(first, world=World())

    run.swap(first, second)
    run.record(third, second)

    assert run.now(first) == third
    assert run.done == {urn("a"): third}
