"""Registrations: a resource of the program becomes the steps that bring it there.

Every registration runs in the thread of its call and waits only for its own provider calls: parallelism comes from the
program, order from the outputs that it waits for.
"""

import threading
import uuid
from collections.abc import Callable, Sequence

import attrs

from wiretik.engine import urn as urns
from wiretik.engine.deployment import planner, steps, sweeps
from wiretik.engine.deployment.planner import Decision, Goal
from wiretik.engine.deployment.run import Failed, Run, Stopped
from wiretik.engine.deployment.targets import Targets
from wiretik.engine.diff import compare, reset
from wiretik.engine.errors import EngineError, UnsupportedError
from wiretik.engine.events import Op, Step
from wiretik.engine.processes.provider import MODULES, Diffed, own_config
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import UNKNOWN, Value, Values, has_secret, has_unknown, mark_secrets, unwrap


@attrs.frozen
class Registered:
    """What a registration answers; `unknown` says that a target list left the resource out."""

    urn: str
    id: str
    outputs: Values = attrs.field(repr=False)
    unknown: bool = False


class Deployment:
    """The registrations of one run.

    Args:
        run: What all parts share.
        config: The inputs of the default provider: the whole stack config (docs/facts/pulumi.md#processes).
    """

    def __init__(self, run: Run, config: Values) -> None:
        self.run = run
        self.outputs: dict[str, Value] = {}
        self.root = ""
        self._config = config
        self._targets = Targets(run.options, run.base)
        self._seen: set[str] = set()
        self._found_as: dict[str, str] = {}  # new URN -> the old one under which the state knew the resource
        self._condemned: dict[str, Resource] = {}  # deleted before the replacement of what they depend on
        self._skipped: set[str] = set()
        self._defaults = threading.Lock()

    # --- what the monitor calls --------------------------------------------------------------------------------------

    def urn_of(self, goal: Goal) -> str:
        """The URN that a goal will have."""
        return urns.make(self.run.stack, self.run.project, goal.parent, goal.type, goal.name)

    def register(self, goal: Goal) -> Registered:
        """Bring one resource to what the program wants.

        Raises:
            Stopped: The deployment has failed, perhaps by this very resource; the reason has been told.
        """
        return self._guarded(goal, lambda: self._register(goal))

    def read(self, goal: Goal, id_: str) -> Registered:
        """Read a resource that the program doesn't own (`ResourceOptions(id=...)`).

        Raises:
            Stopped: The deployment has failed.
        """

        def work() -> Registered:
            known, urn, old = self._identify(goal)
            new = _resource(known, urn, self._provider_of(known), old)
            return _answer(steps.read(self.run, attrs.evolve(new, id=id_, external=True), old))

        return self._guarded(goal, work)

    def read_stack(self, name: str, stack: str, outputs: Values) -> Registered:
        """Record a StackReference; its outputs were read from the backend.

        Raises:
            Stopped: The deployment has failed.
        """
        goal = Goal(type=urns.REFERENCE_TYPE, name=name, custom=True, inputs={"name": stack})
        secret = sorted(key for key, value in outputs.items() if has_secret(value))
        told: dict[str, Value] = {"name": stack, "outputs": dict(outputs), "secretOutputNames": secret}

        def work() -> Registered:
            known, urn, old = self._identify(goal)
            ref = self._default_provider("pulumi", {})
            new = attrs.evolve(_resource(known, urn, ref, old), id=stack, external=True, outputs=told)
            return _answer(steps.only_record(self.run, Step(op="read", urn=urn, type=goal.type, old=old, new=new), old))

        return self._guarded(goal, work)

    def register_outputs(self, urn: str, outputs: dict[str, Value]) -> None:
        """Take a component's outputs, or the stack's; a run with targets leaves out those that it doesn't know."""
        if not self.run.preview:
            outputs = {name: value for name, value in outputs.items() if not has_unknown(value)}
        with self.run.lock:
            resource = self.run.done.get(urn)
            if urn == self.root:
                self.outputs = outputs
            if resource is not None:
                self.run.amend(attrs.evolve(resource, outputs=outputs))

    def resource(self, urn: str) -> Resource | None:
        """A resource that this run has finished."""
        return self.run.done.get(urn)

    def adopt(self, goal: Goal, id_: str, outputs: dict[str, Value]) -> str:
        """Take a resource that exists into the state, as it is; returns its URN.

        Raises:
            Stopped: The provider refused its inputs, or the state has another resource of this name.
        """

        def work() -> Registered:
            known, urn, old = self._identify(goal)
            if old is not None:
                if old.id != id_:
                    self.run.fail(f"the stack already has this resource, with the id {old.id!r}", urn)
                    raise Failed
                self.run.tell_done(Step(op="same", urn=urn, type=goal.type, old=old, new=old))
                return _answer(old)
            new = _resource(known, urn, self._provider_of(known) if known.custom else "", None)
            if known.custom:
                new = attrs.evolve(new, id=id_, inputs=self._check(new, known.inputs, None, ()), outputs=outputs)
            op: Op = "create" if goal.type == urns.STACK_TYPE else "import"
            step = Step(op=op, urn=urn, type=goal.type, new=self.run.stamp(new))
            return _answer(steps.only_record(self.run, step, None))

        return self._guarded(goal, work).urn

    def unmatched(self) -> list[str]:
        """The targets that nothing is."""
        return self._targets.unmatched()

    # --- without a program -------------------------------------------------------------------------------------------

    def refresh_all(self) -> None:
        """Look at every resource of the state."""
        sweeps.refresh_all(self.run, self._targets)

    def delete_rest(self) -> None:
        """Delete what no registration asked for."""
        sweeps.delete_rest(self.run, self._targets)

    # --- one registration --------------------------------------------------------------------------------------------

    def _guarded(self, goal: Goal, work: Callable[[], Registered]) -> Registered:
        with self.run.flight():
            try:
                return work()
            except Failed as err:
                raise Stopped from err
            except EngineError as err:
                self.run.fail(str(err), self.urn_of(goal))
                raise Stopped from err

    def _register(self, goal: Goal) -> Registered:
        goal, urn, old = self._identify(goal)
        new = _resource(goal, urn, self._provider_of(goal) if goal.custom else "", old)
        if not self._targets.has(urn, new):
            return self._untargeted(new, old)
        if not goal.custom:
            return _answer(self._component(goal, new, old))
        if old is not None and self.run.options.refresh:
            old = steps.refresh(self.run, old)
        if goal.import_id and (old is None or goal.import_id not in (old.id, old.import_id)):
            return _answer(self._import(goal, new, old))
        return _answer(self._bring(goal, new, old))

    def _identify(self, goal: Goal) -> tuple[Goal, str, Resource | None]:
        """Find the resource's URN and the old resource that it continues.

        Raises:
            Failed: Two resources claim one name.
        """
        if goal.type != urns.STACK_TYPE and not goal.parent:
            goal = attrs.evolve(goal, parent=self.root)
        urn = self.urn_of(goal)
        with self.run.lock:
            if goal.type == urns.STACK_TYPE:
                self.root = urn
            if urn in self._seen:
                self.run.fail(f"Duplicate resource URN '{urn}'; try giving it a unique name", urn)
                raise Failed
            claimant = next((new for new, former in self._found_as.items() if former == urn), None)
            if claimant:
                self.run.fail(f"the resource's URN is already claimed by {claimant} as its alias", urn)
                raise Failed
            self._seen.add(urn)
            return goal, urn, self.run.olds.get(urn) or self._by_alias(goal, urn)

    def _by_alias(self, goal: Goal, urn: str) -> Resource | None:
        for former in planner.former_urns(goal, self.run.stack, self.run.project, self._found_as):
            if former in self.run.olds:
                if former in self._seen or former in self._found_as.values():
                    self.run.fail(f"the alias {former} belongs to another resource of this program", urn)
                    raise Failed
                self._found_as[urn] = former
                return self.run.olds[former]
        return None

    def _provider_of(self, goal: Goal) -> str:
        package = urns.package_of(goal.type)
        if package not in MODULES or urns.is_provider(goal.type):
            raise UnsupportedError(
                f"{goal.type} needs the provider plugin {package!r}: the embedded engine runs dynamic resources and"
                " Wiretik's own package only, each with the provider that config tells of; use the pulumi CLI"
            )
        return self._default_provider(package, own_config(package, self._config), goal.version)

    def _default_provider(self, package: str, config: Values, version: str = "") -> str:
        """The default provider of a package, registered at its first use; by its version, where the program has one."""
        name = "_".join(("default", *version.split("."))) if version else "default"
        inputs = {**config, **({"version": version} if version else {})}
        goal = Goal(type=f"{urns.PROVIDER_PREFIX}{package}", name=name, custom=True, inputs=inputs)
        urn = urns.make(self.run.stack, self.run.project, "", goal.type, goal.name)
        with self._defaults:
            done = self.run.done.get(urn)
            if done is None:
                done = self._configure(goal, urn, self.run.olds.get(urn))
            return urns.reference(urn, done.id)

    def _configure(self, goal: Goal, urn: str, old: Resource | None) -> Resource:
        new = _resource(goal, urn, "", old)
        done = attrs.evolve(new, id=old.id if old else str(uuid.uuid4()), outputs=dict(goal.inputs))
        op: Op = "create" if old is None else "same"
        if old is not None and compare(unwrap(dict(old.inputs)), unwrap(dict(goal.inputs))):
            op = "update"
        if op != "same":
            done = self.run.stamp(done)
        return steps.only_record(self.run, Step(op=op, urn=urn, type=goal.type, old=old, new=done), old)

    def _component(self, goal: Goal, new: Resource, old: Resource | None) -> Resource:
        if old is None:
            step = Step(op="create", urn=new.urn, type=new.type, new=self.run.stamp(new))
            return steps.only_record(self.run, step, None)
        decision = planner.decide(old, goal.inputs, None, goal)
        done = attrs.evolve(new, outputs=old.outputs)
        op: Op = "same" if decision.verdict == "same" else "update"
        if op == "update":
            done = self.run.stamp(done)
        step = Step(op=op, urn=new.urn, type=new.type, old=old, new=done, changes=decision.changes)
        return steps.only_record(self.run, step, old)

    def _untargeted(self, new: Resource, old: Resource | None) -> Registered:
        """A resource outside of `targets`: as it was, or not there at all."""
        if old is None:
            with self.run.lock:
                self._skipped.add(new.urn)
            return Registered(new.urn, "", {}, unknown=True)
        return _answer(steps.same(self.run, attrs.evolve(old, urn=new.urn, parent=new.parent), old))

    def _bring(self, goal: Goal, new: Resource, old: Resource | None) -> Resource:
        """Check, diff, and do what follows from them."""
        recreating = self._condemned.get(old.urn) if old else None
        known = None if old is None or recreating or old.external else old
        new = attrs.evolve(new, inputs=self._check(new, goal.inputs, known, goal.ignore_changes))
        if old is None:
            return steps.create(self.run, new)
        if recreating is not None:
            return self._recreate(new, recreating, Decision("replace"))
        if old.external:
            return steps.create(self.run, new, "create-replacement", old)
        decision = planner.decide(old, new.inputs, self._diff(old, new.inputs, new), goal)
        with self.run.lock:
            late = self._condemned.get(old.urn)
        if late is not None:  # deleted meanwhile, since what it depends on is replaced
            return self._recreate(new, late, decision)
        return self._carry_out(goal, new, old, decision)

    def _import(self, goal: Goal, new: Resource, old: Resource | None) -> Resource:
        """Read what exists into the state, in a preview too, and go on as with any resource that the state has.

        As the CLI does it (https://github.com/pulumi/pulumi, `ImportStep` and `continueStepsFromImport`); only the CLI
        takes another one in the place of what the state has.

        Raises:
            UnsupportedError: It is dynamic, so it can't be read; or the state has it with another id.
        """
        if urns.package_of(goal.type) == urns.DYNAMIC_PACKAGE:
            raise UnsupportedError(
                "the embedded engine does not support the option `import_` of dynamic resources, which can't be read"
                " so: use `adopt=True`, or `wiretik import` with a file"
            )
        if old is not None:
            raise UnsupportedError(
                f"the stack has this resource with the id {old.id!r}, and `import_` says {goal.import_id!r}: the"
                " embedded engine doesn't take one for the other; take the old one out of the state first"
            )
        there = steps.imported(self.run, new)
        checked = attrs.evolve(new, inputs=self._check(new, goal.inputs, there, goal.ignore_changes))
        decision = planner.decide(there, checked.inputs, self._diff(there, checked.inputs, checked), goal)
        if decision.verdict == "same":
            return there
        return self._carry_out(goal, checked, there, decision)

    def _carry_out(self, goal: Goal, new: Resource, old: Resource, decision: Decision) -> Resource:
        if decision.verdict == "same":
            return steps.same(self.run, new, old)
        if decision.verdict == "update":
            return steps.update(self.run, new, old, decision)
        if old.protect and new.protect:
            steps.refuse_protected(self.run, new.urn)
        # Defaults that were carried over from the old resource must not survive it, so it is checked afresh.
        new = attrs.evolve(new, inputs=self._check(new, goal.inputs, None, ()))
        return self._replace(new, old, decision)

    # --- questions to the provider -----------------------------------------------------------------------------------

    def _check(self, new: Resource, inputs: Values, old: Resource | None, ignore: Sequence[str]) -> dict[str, Value]:
        olds: Values = old.inputs if old else {}
        wanted = dict(inputs)
        if old is not None and ignore:
            wanted, failed = reset(olds, inputs, ignore)
            if failed:
                self.run.say(
                    "info", f"cannot ignore changes in added or removed elements: {', '.join(failed)}", new.urn
                )
        for missing in sorted(self._skipped.intersection(new.needs())):
            self.run.say("error", f"depends on {missing}, which does not exist and is not among the targets", new.urn)
            if not self.run.preview:  # a preview goes on, as the CLI's, so that all of them are told at once
                self.run.stop()
                raise Failed
        with self.run.asking(new.urn):
            checked = self.run.provider(new).check(new.urn, olds, wanted)
        for property_, reason in checked.failures:
            self.run.say("error", f"{property_}: {reason}" if property_ else reason, new.urn)
        if checked.failures:
            self.run.stop()
            raise Failed
        return mark_secrets(checked.inputs, wanted)

    def _diff(self, old: Resource, inputs: Values, new: Resource) -> Diffed:
        with self.run.asking(old.urn):
            return self.run.provider(new).diff(old.urn, old.id, old.inputs, old.outputs, inputs)

    # --- replacement -------------------------------------------------------------------------------------------------

    def _replace(self, new: Resource, old: Resource, decision: Decision) -> Resource:
        if not decision.delete_before_replace:
            done = steps.create(self.run, new, "create-replacement", old, decision)
            steps.tell_replace(self.run, done, old, decision)
            return done
        with self.run.lock:
            doomed = self._dependents_to_replace(old)
        for dependent in doomed:
            if dependent.protect:
                self.run.fail(
                    f"unable to replace it as a dependent of {old.urn}: it is marked for protection", dependent.urn
                )
                raise Failed
        for dependent in reversed(doomed):
            self._condemn(dependent)
        return self._recreate(new, old if old.pending_replacement else self._condemn(old), decision)

    def _condemn(self, old: Resource) -> Resource:
        pending = steps.condemn(self.run, old)
        with self.run.lock:
            self._condemned[old.urn] = pending
        return pending

    def _recreate(self, new: Resource, old: Resource, decision: Decision) -> Resource:
        """The second half of delete-before-replace."""
        with self.run.lock:
            self._condemned.pop(old.urn, None)
        steps.tell_replace(self.run, new, old, decision)
        return steps.create(self.run, new, "create-replacement", old, decision)

    def _dependents_to_replace(self, root: Resource) -> list[Resource]:
        """Which dependents must go before `root` can: those that its change would replace."""
        doomed: list[Resource] = []
        replaced = {root.urn}
        seen = frozenset(self._seen) | frozenset(self._found_as.values())
        for candidate in planner.dependents([self.run.now(r) for r in self.run.base], root, seen):
            if candidate.urn not in self._condemned and self._would_be_replaced(candidate, replaced):
                doomed.append(candidate)
                replaced.add(candidate.urn)
        return doomed

    def _would_be_replaced(self, r: Resource, replaced: set[str]) -> bool:
        if not r.custom or r.external or urns.is_provider(r.type):
            return False
        if r.deleted_with in replaced:
            return True
        touched = {key for key, needed in r.property_dependencies.items() if replaced.intersection(needed)}
        if not touched.intersection(r.inputs):
            return False
        inputs = {key: UNKNOWN if key in touched else value for key, value in r.inputs.items()}
        goal = Goal(type=r.type, name=r.name, custom=True, replace_on_changes=r.replace_on_changes)
        return planner.decide(r, inputs, self._diff(r, inputs, r), goal).verdict == "replace"


def _answer(resource: Resource) -> Registered:
    return Registered(resource.urn, resource.id, resource.outputs)


def _resource(goal: Goal, urn: str, provider: str, old: Resource | None) -> Resource:
    return Resource(
        urn=urn,
        type=goal.type,
        custom=goal.custom,
        inputs=goal.inputs,
        parent=goal.parent,
        provider=provider,
        dependencies=goal.dependencies,
        property_dependencies=goal.property_dependencies,
        protect=goal.protect,
        additional_secret_outputs=goal.additional_secret_outputs,
        custom_timeouts=goal.custom_timeouts,
        retain_on_delete=goal.retain_on_delete,
        deleted_with=goal.deleted_with,
        created=old.created if old else "",
        modified=old.modified if old else "",
        source_position=goal.source_position,
        stack_trace=goal.stack_trace,
        ignore_changes=goal.ignore_changes,
        hide_diff=goal.hide_diffs,
        replace_on_changes=goal.replace_on_changes,
        import_id=goal.import_id,
    )
