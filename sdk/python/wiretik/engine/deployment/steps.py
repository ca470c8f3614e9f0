"""The steps: deeds on one resource, in the world, in the state, and as events."""

from typing import Final

import attrs

from wiretik.engine import urn as urns
from wiretik.engine.deployment import planner
from wiretik.engine.deployment.planner import Decision
from wiretik.engine.deployment.run import Failed, Run
from wiretik.engine.diff import compare
from wiretik.engine.errors import ProviderError
from wiretik.engine.events import Op, Step
from wiretik.engine.processes.provider import Made
from wiretik.engine.state.checkpoint import Resource, now
from wiretik.engine.values import UNKNOWN, Secret, Value, Values, has_unknown, mark_secrets, unwrap


def only_record(run: Run, step: Step, old: Resource | None) -> Resource:
    """A step that touches nothing but the state."""
    assert step.new is not None  # noqa: S101, for the type checker
    run.record(step.new, old)
    if step.op != "same":
        run.journal.end()
    run.tell_done(step)
    return step.new


def same(run: Run, new: Resource, old: Resource) -> Resource:
    """The inputs are as they were; options may differ, and are recorded."""
    done = attrs.evolve(
        new,
        id=old.id,
        outputs=with_secrets(old.outputs, new),
        created=old.created,
        modified=old.modified,
        init_errors=old.init_errors,
    )
    return only_record(run, Step(op="same", urn=new.urn, type=new.type, old=old, new=done), old)


def create(
    run: Run, new: Resource, op: Op = "create", old: Resource | None = None, decision: Decision | None = None
) -> Resource:
    """Create a resource; one that replaces a living one leaves that behind, marked for deletion."""
    changes = decision.changes if decision else tuple(planner.with_secrets(compare({}, new.inputs), {}, new.inputs))
    replaces = decision.replaces if decision else ()
    step = Step(op=op, urn=new.urn, type=new.type, old=old, new=new, changes=changes, replaces=replaces)
    with run.performing(step, "creating", new) as ended:
        if run.preview:
            done = attrs.evolve(new, outputs=_foreseen(run, new, None))
        else:
            made = run.provider(new).create(new.urn, new.inputs, new.custom_timeouts.get("create", 0))
            if not made.id:
                raise ProviderError("the provider created the resource but gave it no id")
            done = run.stamp(attrs.evolve(_as_made(new, made), id=made.id, created=""))
        if old is None or old.pending_replacement or old.external:
            run.record(done, old)
        else:
            run.swap(old, attrs.evolve(old, delete=True))
            run.record(done, None)
        _refuse_half(done)
        ended.append(attrs.evolve(step, new=done))
    return done


def _foreseen(run: Run, new: Resource, old: Resource | None) -> dict[str, Value]:
    """The outputs that a preview tells: the inputs, or what the provider says, where it has an answer to that."""
    provider = run.provider(new)
    if not provider.previews:
        return with_secrets(new.inputs, new)
    if old is None:
        made = provider.create(new.urn, new.inputs, preview=True)
    else:
        made = provider.update(new.urn, old.id, old.inputs, old.outputs, new.inputs, preview=True)
    return dict(_as_made(new, made).outputs)


def _as_made(new: Resource, made: Made) -> Resource:
    outputs = with_secrets(mark_secrets(made.outputs, new.inputs), new)
    return attrs.evolve(new, outputs=outputs, init_errors=made.init_errors)


def _refuse_half(done: Resource) -> None:
    """What was made stands in the state, and the step has failed: the next up goes on from there."""
    if done.init_errors:
        raise ProviderError("; ".join(done.init_errors))


def update(run: Run, new: Resource, old: Resource, decision: Decision) -> Resource:
    """Change a resource in place."""
    new = attrs.evolve(new, id=old.id, created=old.created, modified=old.modified)
    step = Step(op="update", urn=new.urn, type=new.type, old=old, new=new, changes=decision.changes)
    with run.performing(step, "updating", attrs.evolve(new, outputs=old.outputs)) as ended:
        if run.preview:
            done = attrs.evolve(new, outputs=_foreseen(run, new, old))
        else:
            made = run.provider(new).update(
                new.urn, old.id, old.inputs, old.outputs, new.inputs, new.custom_timeouts.get("update", 0)
            )
            done = run.stamp(_as_made(new, made), old.created)
        run.record(done, old)
        _refuse_half(done)
        ended.append(attrs.evolve(step, new=done))
    return done


def tell_replace(run: Run, new: Resource, old: Resource, decision: Decision) -> None:
    """Tell a replacement as a whole; its halves tell themselves."""
    run.tell_done(
        Step(
            op="replace",
            urn=new.urn,
            type=new.type,
            old=old,
            new=new,
            changes=decision.changes,
            replaces=decision.replaces,
        )
    )


def condemn(run: Run, old: Resource) -> Resource:
    """Delete a resource that will come again; the state keeps it as pending until then."""
    pending = attrs.evolve(old, pending_replacement=True)
    with run.performing(Step(op="delete-replaced", urn=old.urn, type=old.type, old=old), "deleting", old):
        _really_delete(run, old)
        run.swap(old, pending)
    return pending


def delete(run: Run, old: Resource, gone: frozenset[str]) -> None:
    """Delete a resource that nobody wants; `gone` are the URNs of all that go with it.

    Raises:
        Failed: It is protected, or its provider refused.
    """
    if old.pending_replacement and not old.delete:
        run.journal.forget(old)  # it was deleted already, and isn't wanted again
        return
    if old.protect and not old.delete:
        run.say("error", _PROTECTED.format("delete"), old.urn)
        if not run.preview:
            run.stop()
            raise Failed
    op: Op = "delete-replaced" if old.delete else "delete"
    if old.external:
        op = "discard-replaced" if old.delete else "discard"
    with run.performing(Step(op=op, urn=old.urn, type=old.type, old=old), "deleting", old):
        if old.deleted_with not in gone:
            _really_delete(run, old)
        if not run.preview:
            run.journal.forget(old)


_PROTECTED: Final = (
    "unable to {} this resource, as it is marked for protection: remove `protect` from its options and deploy that"
    " first"
)


def refuse_protected(run: Run, urn: str) -> None:
    """Tell that a protected resource can't be replaced.

    Raises:
        Failed: Always but in a preview, which goes on to show why.
    """
    run.say("error", _PROTECTED.format("replace"), urn)
    if not run.preview:
        run.stop()
        raise Failed


def _really_delete(run: Run, old: Resource) -> None:
    if run.preview or not old.custom or old.retain_on_delete or old.external or urns.is_provider(old.type):
        return
    run.provider(old).delete(old.urn, old.id, old.inputs, old.outputs, old.custom_timeouts.get("delete", 0))


def read(run: Run, new: Resource, old: Resource | None) -> Resource:
    """Read a resource that the program doesn't own."""
    op: Op = "read" if old is None or old.external else "read-replacement"
    step = Step(op=op, urn=new.urn, type=new.type, old=old, new=new)
    with run.performing(step, "reading", new) as ended:
        found = run.provider(new).read(new.urn, new.id, new.inputs, new.inputs)
        if not found.id:
            raise ProviderError(f"resource '{new.id}' does not exist")
        outputs = with_secrets(mark_secrets(found.outputs, new.inputs), new)
        done = attrs.evolve(new, id=found.id, outputs=outputs)
        if old is not None and not old.external:
            run.swap(old, attrs.evolve(old, delete=True))
            run.record(done, None)
        else:
            run.record(done, old)
        ended.append(attrs.evolve(step, new=done))
    return done


def imported(run: Run, new: Resource) -> Resource:
    """Read a resource into the state that exists and that the program owns from now on."""
    step = Step(op="import", urn=new.urn, type=new.type, new=new)
    with run.performing(step, "importing", new) as ended:
        known = {name: value for name, value in new.inputs.items() if not has_unknown(value)}  # such as which router
        found = run.provider(new).read(new.urn, new.import_id, known, {})
        if not found.id:
            raise ProviderError(f"resource '{new.import_id}' does not exist")
        if found.inputs is None:
            raise ProviderError("the provider does not support importing resources")
        inputs, outputs = mark_secrets(found.inputs, new.inputs), mark_secrets(found.outputs, new.inputs)
        done = run.stamp(attrs.evolve(new, id=found.id, inputs=inputs, outputs=with_secrets(outputs, new)))
        run.record(done, None)
        ended.append(attrs.evolve(step, new=done))
    return done


def refresh(run: Run, old: Resource) -> Resource | None:
    """Look at one resource; returns what the state holds afterwards, None if it is gone."""
    unreadable = old.type == urns.REFERENCE_TYPE or urns.is_provider(old.type) or not old.custom
    if unreadable or old.pending_replacement or old.delete:
        return old
    step = Step(op="refresh", urn=old.urn, type=old.type, old=old, new=old)
    # A refresh touches nothing in the world, so no operation is pending.
    with run.performing(step) as ended:
        found = run.provider(old).read(old.urn, old.id, old.inputs, old.outputs)
        new, done = _compared(step, old, found.id, found.outputs, found.inputs)
        if new is not old:
            run.swap(old, new)
        ended.append(done)
    return new


def _compared(
    step: Step, old: Resource, id_: str, outputs: dict[str, Value], inputs: dict[str, Value] | None
) -> tuple[Resource | None, Step]:
    """What a refresh found: the record as it should be, and the step that tells it."""
    if not id_:
        return None, attrs.evolve(step, new=None, found="delete")
    marked = with_secrets(mark_secrets(outputs, {**old.inputs, **old.outputs}), old)
    told = dict(old.inputs) if inputs is None else mark_secrets(inputs, old.inputs)
    # As the CLI has it, inputs go first: only they can tell of a rule that was moved, say.
    moved = tuple(planner.with_secrets(compare(unwrap(dict(old.inputs)), unwrap(told)), old.inputs, told))
    drifted = planner.with_secrets(compare(unwrap(dict(old.outputs)), unwrap(marked)), old.outputs, marked)
    said = {change.key for change in moved}
    changes = (*moved, *(change for change in drifted if change.key not in said))
    if not changes and id_ == old.id:
        return old, attrs.evolve(step, found="same")
    new = attrs.evolve(old, id=id_, inputs=told, outputs=marked, modified=now())
    return new, attrs.evolve(step, new=new, changes=changes, found="update")


def with_secrets(outputs: Values, resource: Resource) -> dict[str, Value]:
    """Outputs with marks: `additional_secret_outputs`, and those whose input of the same name is secret."""

    def secret(key: str) -> bool:
        return key in resource.additional_secret_outputs or isinstance(resource.inputs.get(key), Secret)

    return {
        key: Secret(unwrap(value)) if value is not UNKNOWN and secret(key) else value for key, value in outputs.items()
    }
