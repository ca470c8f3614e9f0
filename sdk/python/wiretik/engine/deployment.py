"""One deployment: registrations come in, steps are decided, carried out, recorded and told.

Every registration runs in the thread of its call and waits only for its own provider calls; what threads share is
guarded by one lock that is never held during a call. A step that failed stops all others from starting; those under
way end and are recorded.
"""

import contextlib
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Final

import attrs

from wiretik.engine import planner, state
from wiretik.engine import urn as urns
from wiretik.engine.diff import compare, reset
from wiretik.engine.errors import EngineError, ProviderError, UnsupportedError
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Listener,
    Op,
    Severity,
    Step,
    StepDone,
    StepFailed,
    StepStarted,
)
from wiretik.engine.journal import Journal
from wiretik.engine.options import Options
from wiretik.engine.planner import Decision, Goal
from wiretik.engine.provider import Diffed, Provider
from wiretik.engine.state import Resource
from wiretik.engine.targets import Targets
from wiretik.engine.values import UNKNOWN, Secret, Value, Values, has_secret, mark_secrets, plain, unwrap


_UNCOUNTED: Final = frozenset({"create-replacement", "delete-replaced", "remove-pending-replace", "refresh"})
"""Halves of a replacement, which counts itself, and steps that do nothing to the world."""


class Stopped(Exception):  # noqa: N818, no fault of its own
    """The deployment has failed or was interrupted: nothing new begins."""


class _Failed(Exception):  # noqa: N818, the reason was told
    """A step failed, and its reason was told as a diagnostic."""


@attrs.frozen
class Registered:
    """What a registration answers; `unknown` says that a target list left the resource out."""

    urn: str
    id: str
    outputs: Values = attrs.field(repr=False)
    unknown: bool = False


class Deployment:
    """The run of one operation on one stack.

    Args:
        journal: The state, and who writes it.
        provider: Gives the running provider, started at the first call.
        config: The inputs of the default provider: the whole stack config (pulumi.md 1.4).
        preview: Whether nothing is really done.
        listen: Gets every event, one at a time.
    """

    def __init__(
        self,
        *,
        project: str,
        stack: str,
        journal: Journal,
        provider: Callable[[], Provider],
        config: Values,
        options: Options,
        preview: bool,
        listen: Listener,
    ) -> None:
        self.project, self.stack = project, stack
        self.journal, self.preview = journal, preview
        self.changes: dict[str, int] = {}
        self.outputs: dict[str, Value] = {}
        self.root = ""
        self._provider, self._config, self._options, self._listen = provider, config, options, listen
        self._base = journal.deployment.resources
        self._olds = {r.urn: r for r in self._base if not r.delete}
        self.old_outputs: Values = next((r.outputs for r in self._base if r.type == urns.STACK_TYPE), {})
        self._targets = Targets(options, self._base)
        self._lock = threading.RLock()
        self._tell = threading.Lock()
        self._slots = threading.BoundedSemaphore(options.parallel)
        self._stop = threading.Event()
        self._in_flight = 0
        self._seen: dict[str, Goal] = {}
        self._done: dict[str, Resource] = {}
        self._aliased: dict[str, str] = {}  # new URN -> the old one under which it was found
        self._condemned: dict[str, Resource] = {}  # deleted before the replacement of what they depend on
        self._current: dict[Resource, Resource] = {}  # an old record -> what it has become in this run
        self._skipped: set[str] = set()
        self._default_lock = threading.Lock()
        self.failed = False

    # --- what the monitor calls --------------------------------------------------------------------------------------

    def register(self, goal: Goal) -> Registered:
        """Bring one resource to what the program wants.

        Raises:
            Stopped: The deployment has failed, perhaps by this very resource; nothing is to be said about it.
        """
        with self._flight():
            try:
                return self._register(goal)
            except _Failed as err:
                raise Stopped from err
            except EngineError as err:
                self.fail(str(err), urns.make(self.stack, self.project, goal.parent, goal.type, goal.name))
                raise Stopped from err

    def urn_of(self, goal: Goal) -> str:
        """The URN that a goal will have."""
        return urns.make(self.stack, self.project, goal.parent, goal.type, goal.name)

    def read(self, goal: Goal, id_: str) -> Registered:
        """Read a resource that the program doesn't own (`ResourceOptions(id=...)`)."""
        with self._flight():
            try:
                return self._read(goal, id_)
            except _Failed as err:
                raise Stopped from err
            except EngineError as err:
                self.fail(str(err), urns.make(self.stack, self.project, goal.parent, goal.type, goal.name))
                raise Stopped from err

    def register_outputs(self, urn: str, outputs: dict[str, Value]) -> None:
        """Take a component's outputs, or the stack's."""
        with self._lock:
            resource = self._done.get(urn)
            if urn == self.root:
                self.outputs = outputs
            if resource is not None:
                self._done[urn] = new = attrs.evolve(resource, outputs=outputs)
                self.journal.amend(new)

    def resource(self, urn: str) -> Resource | None:
        """A resource that this run has finished."""
        return self._done.get(urn)

    # --- telling -----------------------------------------------------------------------------------------------------

    def emit(self, event: Event) -> None:
        """Tell an event."""
        with self._tell:
            self._listen(event)

    def say(self, severity: Severity, message: str, urn: str = "", *, ephemeral: bool = False) -> None:
        """Tell a diagnostic; an error makes the deployment fail, as in the CLI."""
        if severity == "error":
            self.failed = True
        self.emit(Diagnostic(severity=severity, message=message, urn=urn, ephemeral=ephemeral))

    def fail(self, message: str, urn: str = "") -> None:
        """Tell an error and stop everything that hasn't begun."""
        self.say("error", message, urn)
        self._stop.set()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether nothing new begins."""
        return self._stop.is_set()

    def drain(self) -> None:
        """Wait for what is under way."""
        while True:
            with self._lock:
                if not self._in_flight:
                    return
            time.sleep(0.01)

    @contextlib.contextmanager
    def _flight(self) -> Iterator[None]:
        with self._lock:
            if self._stop.is_set():
                raise Stopped
            self._in_flight += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1

    # --- registration ------------------------------------------------------------------------------------------------

    def _register(self, goal: Goal) -> Registered:
        goal, urn, old = self._identify(goal)
        ref = self._provider_of(goal) if goal.custom else ""
        new = _resource(goal, urn, ref, old)
        if not self._targets.has(urn, new):
            return self._untargeted(goal, new, old)
        if old is not None and self._options.refresh and goal.custom:
            refreshed = self._refresh(old)
            if refreshed is None:
                old = None
            else:
                old = refreshed
        return self._bring(goal, new, old)

    def _identify(self, goal: Goal) -> tuple[Goal, str, Resource | None]:
        """Find the resource's URN and the old resource that it continues."""
        if goal.type != urns.STACK_TYPE and not goal.parent:
            goal = attrs.evolve(goal, parent=self.root)
        urn = urns.make(self.stack, self.project, goal.parent, goal.type, goal.name)
        with self._lock:
            if goal.type == urns.STACK_TYPE:
                self.root = urn
            if urn in self._seen:
                self.fail(f"Duplicate resource URN '{urn}'; try giving it a unique name", urn)
                raise _Failed
            taken = next((new for new, old in self._aliased.items() if old == urn), None)
            if taken:
                self.fail(f"the resource's URN is already claimed by {taken} as its alias", urn)
                raise _Failed
            self._seen[urn] = goal
            old = self._olds.get(urn)
            if old is None:
                for former in planner.former_urns(goal, self.stack, self.project, self._aliased):
                    if former in self._olds:
                        if former in self._seen or former in self._aliased.values():
                            self.fail(f"the alias {former} belongs to another resource of this program", urn)
                            raise _Failed
                        old = self._olds[former]
                        self._aliased[urn] = former
                        break
            return goal, urn, old

    def _provider_of(self, goal: Goal) -> str:
        package = urns.package_of(goal.type)
        if package != urns.DYNAMIC_PACKAGE:
            raise UnsupportedError(
                f"{goal.type} needs the provider plugin {package!r}: the embedded engine runs dynamic resources only;"
                " use the pulumi CLI"
            )
        return self._default_provider(package, self._config)

    def _default_provider(self, package: str, config: Values) -> str:
        """The default provider of a package, registered at its first use."""
        goal = Goal(type=f"{urns.PROVIDER_PREFIX}{package}", name="default", custom=True, inputs=dict(config))
        urn = urns.make(self.stack, self.project, "", goal.type, goal.name)
        with self._default_lock:
            done = self._done.get(urn)
            if done is None:
                old = self._olds.get(urn)
                new = _resource(goal, urn, "", old)
                if old is None:
                    done = self._stamp(attrs.evolve(new, id=str(uuid.uuid4()), outputs=dict(config)))
                    self._finish(Step(op="create", urn=urn, type=goal.type, new=done), None)
                else:
                    changes = compare(unwrap(dict(old.inputs)), unwrap(dict(config)))
                    done = attrs.evolve(new, id=old.id, outputs=dict(config))
                    if changes:
                        done = self._stamp(done)
                    op: Op = "update" if changes else "same"
                    self._finish(Step(op=op, urn=urn, type=goal.type, old=old, new=done), old)
            return urns.reference(urn, done.id)

    def _bring(self, goal: Goal, new: Resource, old: Resource | None) -> Registered:
        """Check, diff, and do what follows from them."""
        if not goal.custom:
            return self._component(goal, new, old)
        recreating = self._condemned.get(old.urn) if old else None
        external = old is not None and old.external
        known = old if not recreating and not external else None
        inputs = self._check(new, goal.inputs, known, goal.ignore_changes)
        new = attrs.evolve(new, inputs=inputs)
        if old is None:
            return self._answer(self._create(new, "create", None))
        if recreating is not None:
            return self._answer(self._recreate(new, recreating, Decision("replace")))
        if external:
            return self._answer(self._create(new, "create-replacement", old))
        decision = planner.decide(old, inputs, self._diff(old, inputs, goal), goal)
        with self._lock:
            late = self._condemned.get(old.urn)
        if late is not None:  # deleted meanwhile, since what it depends on is replaced
            return self._answer(self._recreate(new, late, decision))
        if decision.verdict == "same":
            return self._answer(self._same(new, old))
        if decision.verdict == "update":
            return self._answer(self._update(new, old, decision))
        if old.protect and new.protect:
            self.say(
                "error",
                "unable to replace this resource, as it is marked for protection: remove `protect` from its options"
                " and deploy that first",
                new.urn,
            )
            if not self.preview:
                self._stop.set()
                raise _Failed
        # Defaults that were carried over from the old resource must not survive it, so it is checked afresh.
        new = attrs.evolve(new, inputs=self._check(new, goal.inputs, None, ()))
        return self._answer(self._replace(new, old, decision))

    def _component(self, goal: Goal, new: Resource, old: Resource | None) -> Registered:
        if old is None:
            done = self._stamp(new)
            self._finish(Step(op="create", urn=new.urn, type=new.type, new=done), None)
            return self._answer(done)
        decision = planner.decide(old, goal.inputs, None, goal)
        done = attrs.evolve(new, outputs=old.outputs)
        if decision.verdict == "same":
            self._finish(Step(op="same", urn=new.urn, type=new.type, old=old, new=done), old)
        else:
            done = self._stamp(done)
            step = Step(op="update", urn=new.urn, type=new.type, old=old, new=done, changes=decision.changes)
            self._finish(step, old)
        return self._answer(done)

    def _untargeted(self, goal: Goal, new: Resource, old: Resource | None) -> Registered:
        """A resource outside of `targets`: as it was, or not there at all."""
        if old is None:
            with self._lock:
                self._skipped.add(new.urn)
            return Registered(new.urn, "", {}, unknown=True)
        return self._answer(self._same(attrs.evolve(old, urn=new.urn, parent=new.parent), old))

    def _answer(self, resource: Resource) -> Registered:
        return Registered(resource.urn, resource.id, resource.outputs)

    # --- questions to the provider -----------------------------------------------------------------------------------

    def _check(self, new: Resource, inputs: Values, old: Resource | None, ignore: Sequence[str]) -> dict[str, Value]:
        olds: Values = old.inputs if old else {}
        wanted = dict(inputs)
        if old is not None and ignore:
            wanted, failed = reset(olds, inputs, ignore)
            if failed:
                self.say("info", f"cannot ignore changes in added or removed elements: {', '.join(failed)}", new.urn)
        missing = self._skipped.intersection(new.needs())
        if missing:
            self.fail(f"depends on {min(missing)}, which was not created since it is not among the targets", new.urn)
            raise _Failed
        with self._trouble(new.urn):
            checked = self._provider().check(new.urn, olds, wanted)
        if checked.failures:
            for property_, reason in checked.failures:
                self.say("error", f"{property_}: {reason}" if property_ else reason, new.urn)
            self._stop.set()
            raise _Failed
        return mark_secrets(checked.inputs, wanted)

    def _diff(self, old: Resource, inputs: Values, goal: Goal) -> Diffed:
        with self._trouble(old.urn):
            return self._provider().diff(old.urn, old.id, old.inputs, old.outputs, inputs)

    @contextlib.contextmanager
    def _trouble(self, urn: str) -> Iterator[None]:
        try:
            yield
        except ProviderError as err:
            self.fail(str(err), urn)
            raise _Failed from err

    # --- steps -------------------------------------------------------------------------------------------------------

    def _finish(self, step: Step, old: Resource | None) -> None:
        """A step that only touches the state."""
        assert step.new is not None  # noqa: S101
        self.emit(StepStarted(step))
        self._record(step.new, old, quiet=step.op == "same")
        self._count(step)
        self.emit(StepDone(step))

    def _record(self, new: Resource, old: Resource | None, *, quiet: bool = False) -> None:
        with self._lock:
            self._done[new.urn] = new
            if old is not None:
                self._current[old] = new
        self.journal.put(new, old, quiet=quiet)

    def _count(self, step: Step) -> None:
        # Looking comes before the deed in `up --refresh`: only a refresh counts what it finds.
        op = step.found if step.found and not self._options.refresh else step.op
        if step.is_provider or op in _UNCOUNTED:
            return
        with self._lock:
            self.changes[op] = self.changes.get(op, 0) + 1

    @contextlib.contextmanager
    def _performing(self, step: Step, doing: str, resource: Resource) -> Iterator[list[Step]]:
        """Carry out a step: a slot, its pending operation, its events. The caller puts the ended step into the list."""
        with self._slots:
            if self._stop.is_set():
                raise Stopped
            self.emit(StepStarted(step))
            began = time.monotonic()
            operation = None if self.preview else self.journal.begin(doing, resource)
            ended: list[Step] = []
            try:
                yield ended
            except ProviderError as err:
                self.journal.end(operation)
                self.emit(StepFailed(step, time.monotonic() - began))
                self.fail(str(err), step.urn)
                raise _Failed from err
            self.journal.end(operation)
            done = ended[0] if ended else step
            self._count(done)
            self.emit(StepDone(done, time.monotonic() - began))

    def _same(self, new: Resource, old: Resource) -> Resource:
        done = attrs.evolve(
            new,
            id=old.id,
            outputs=_with_secrets(old.outputs, new),
            created=old.created,
            modified=old.modified,
            init_errors=old.init_errors,
        )
        self._finish(Step(op="same", urn=new.urn, type=new.type, old=old, new=done), old)
        return done

    def _create(self, new: Resource, op: Op, old: Resource | None, decision: Decision | None = None) -> Resource:
        """Create a resource; one that replaces another leaves the old one behind, marked for deletion."""
        changes = decision.changes if decision else compare({}, new.inputs)
        replaces = decision.replaces if decision else ()
        step = Step(op=op, urn=new.urn, type=new.type, old=old, new=new, changes=changes, replaces=replaces)
        with self._performing(step, "creating", new) as ended:
            if self.preview:
                done = attrs.evolve(new, outputs=_with_secrets(new.inputs, new))
            else:
                id_, outputs = self._provider().create(new.urn, new.inputs, new.custom_timeouts.get("create", 0))
                if not id_:
                    raise ProviderError("the provider created the resource but gave it no id")
                done = self._stamp(
                    attrs.evolve(new, id=id_, outputs=_with_secrets(mark_secrets(outputs, new.inputs), new), created="")
                )
            if old is None or old.pending_replacement or old.external:
                self._record(done, old)
            else:
                condemned = attrs.evolve(old, delete=True)
                with self._lock:
                    self._current[old] = condemned
                self.journal.swap(old, condemned)
                self._record(done, None)
            ended.append(attrs.evolve(step, new=done))
        return done

    def _update(self, new: Resource, old: Resource, decision: Decision) -> Resource:
        new = attrs.evolve(new, id=old.id, created=old.created, modified=old.modified)
        step = Step(op="update", urn=new.urn, type=new.type, old=old, new=new, changes=decision.changes)
        with self._performing(step, "updating", attrs.evolve(new, outputs=old.outputs)) as ended:
            if self.preview:
                done = attrs.evolve(new, outputs=_with_secrets(new.inputs, new))
            else:
                outputs = self._provider().update(
                    new.urn, old.id, old.inputs, old.outputs, new.inputs, new.custom_timeouts.get("update", 0)
                )
                done = self._stamp(
                    attrs.evolve(new, outputs=_with_secrets(mark_secrets(outputs, new.inputs), new)), keep=old.created
                )
            self._record(done, old)
            ended.append(attrs.evolve(step, new=done))
        return done

    def _replace(self, new: Resource, old: Resource, decision: Decision) -> Resource:
        if not decision.delete_before_replace:
            done = self._create(new, "create-replacement", old, decision)
            self._tell_replace(done, old, decision)
            return done
        with self._lock:
            doomed = self._dependents_to_replace(old)
        for resource in reversed(doomed):
            if resource.protect:
                self.fail(
                    f"unable to replace it as a dependent of {old.urn}: it is marked for protection", resource.urn
                )
                raise _Failed
        for resource in reversed(doomed):
            self._condemn(resource)
        return self._recreate(new, old if old.pending_replacement else self._condemn(old), decision)

    def _recreate(self, new: Resource, old: Resource, decision: Decision) -> Resource:
        """The second half of delete-before-replace."""
        with self._lock:
            self._condemned.pop(old.urn, None)
        self._tell_replace(new, old, decision)
        return self._create(new, "create-replacement", old, decision)

    def _tell_done(self, step: Step) -> None:
        """A step without a deed."""
        self._count(step)
        self.emit(StepStarted(step))
        self.emit(StepDone(step))

    def _tell_replace(self, new: Resource, old: Resource, decision: Decision) -> None:
        step = Step(
            op="replace",
            urn=new.urn,
            type=new.type,
            old=old,
            new=new,
            changes=decision.changes,
            replaces=decision.replaces,
        )
        self._tell_done(step)

    def _condemn(self, old: Resource) -> Resource:
        """Delete a resource that will come again; the state keeps it as pending until then."""
        step = Step(op="delete-replaced", urn=old.urn, type=old.type, old=old)
        pending = attrs.evolve(old, pending_replacement=True)
        with self._performing(step, "deleting", old):
            self._really_delete(old)
            with self._lock:
                self._condemned[old.urn] = pending
                self._current[old] = pending
            self.journal.swap(old, pending)
        return pending

    def _dependents_to_replace(self, root: Resource) -> list[Resource]:
        """Which dependents must go before `root` can: those that its change would replace."""
        doomed: list[Resource] = []
        replaced = {root.urn}
        seen = frozenset(self._seen) | frozenset(self._aliased.values()) - {root.urn}
        for candidate in planner.dependents([self._now(r) for r in self._base], root, seen):
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
        return planner.decide(r, inputs, self._diff(r, inputs, goal), goal).verdict == "replace"

    def _now(self, old: Resource) -> Resource:
        return self._current.get(old, old)

    # --- read --------------------------------------------------------------------------------------------------------

    def _read(self, goal: Goal, id_: str) -> Registered:
        goal, urn, old = self._identify(goal)
        ref = self._provider_of(goal)
        new = attrs.evolve(_resource(goal, urn, ref, old), id=id_, external=True)
        op: Op = "read" if old is None or old.external else "read-replacement"
        step = Step(op=op, urn=urn, type=goal.type, old=old, new=new)
        with self._performing(step, "reading", new) as ended:
            found = self._provider().read(urn, id_, goal.inputs, goal.inputs)
            if not found.id:
                raise ProviderError(f"resource '{id_}' does not exist")
            outputs = _with_secrets(mark_secrets(found.outputs, goal.inputs), new)
            done = attrs.evolve(new, id=found.id, outputs=outputs)
            if old is not None and not old.external:
                self.journal.swap(old, attrs.evolve(old, delete=True))
                self._record(done, None)
            else:
                self._record(done, old)
            ended.append(attrs.evolve(step, new=done))
        return self._answer(done)

    def read_stack(self, name: str, stack: str, outputs: Values) -> Registered:
        """Record a StackReference; its outputs were read from the backend."""
        goal = Goal(type=urns.REFERENCE_TYPE, name=name, custom=True, inputs={"name": stack})
        with self._flight():
            goal, urn, old = self._identify(goal)
            ref = self._default_provider("pulumi", {})
            secret = sorted(key for key, value in outputs.items() if has_secret(value))
            told = {"name": stack, "outputs": dict(outputs), "secretOutputNames": secret}
            new = attrs.evolve(_resource(goal, urn, ref, old), id=stack, external=True, outputs=told)
            step = Step(op="read", urn=urn, type=goal.type, old=old, new=new)
            with self._performing(step, "reading", new):
                self._record(new, old)
        return self._answer(new)

    # --- refresh -----------------------------------------------------------------------------------------------------

    def refresh_all(self) -> None:
        """Look at every resource of the state."""
        for r in self._base:
            if not r.custom and not r.delete:
                self._tell_done(Step(op="refresh", urn=r.urn, type=r.type, old=r, new=r, found="same"))
        wanted = [r for r in self._base if r.custom and not urns.is_provider(r.type) and self._targets.has(r.urn, r)]
        self._side_by_side(wanted, self._refresh)

    def _refresh(self, old: Resource) -> Resource | None:
        """Read one resource; returns what the state holds afterwards, None if it is gone."""
        if not old.custom or old.pending_replacement or old.delete or old.type == urns.REFERENCE_TYPE:
            return old
        step = Step(op="refresh", urn=old.urn, type=old.type, old=old, new=old)
        result: Resource | None = old
        # A refresh touches nothing, so no operation is pending; the CLI writes none either.
        with self._slots:
            if self._stop.is_set():
                raise Stopped
            self.emit(StepStarted(step))
            began = time.monotonic()
            try:
                found = self._provider().read(old.urn, old.id, old.inputs, old.outputs)
            except ProviderError as err:
                self.emit(StepFailed(step, time.monotonic() - began))
                self.fail(str(err), old.urn)
                raise _Failed from err
            result, ended = _refreshed(step, old, found.id, found.outputs, found.inputs)
            if result is not old:
                with self._lock:
                    if result is not None:
                        self._current[old] = result
                        self._olds[old.urn] = result
                    else:
                        self._olds.pop(old.urn, None)
                self.journal.swap(old, result)
            self._count(ended)
            self.emit(StepDone(ended, time.monotonic() - began))
        return result

    # --- deletes -----------------------------------------------------------------------------------------------------

    def delete_rest(self) -> None:
        """Delete what the program no longer wants and what was replaced, dependents first."""
        done = set(self._done.values())
        doomed = [
            r for r in self.journal.deployment.resources if r not in done and (r.delete or self._targets.may_delete(r))
        ]
        if self._options.refresh:
            kept = []
            for r in doomed:
                now = self._refresh(r)
                if now is not None:
                    kept.append(now)
            doomed = kept
        waiting = planner.waves(doomed)
        gone = {r.urn for r in doomed}
        self._side_by_side(doomed, lambda r: self._delete(r, gone), waiting)

    def _delete(self, old: Resource, gone: set[str]) -> None:
        op: Op = "delete-replaced" if old.delete else "delete"
        if old.external:
            op = "discard-replaced" if old.delete else "discard"
        if old.pending_replacement and not old.delete:
            self.journal.forget(old)  # it was deleted already, and isn't wanted again
            return
        if old.protect and not old.delete:
            self.say(
                "error",
                "unable to delete this resource, as it is marked for protection: remove `protect` from its options and"
                " deploy that first",
                old.urn,
            )
            if not self.preview:
                self._stop.set()
                raise _Failed
        step = Step(op=op, urn=old.urn, type=old.type, old=old)
        with self._performing(step, "deleting", old):
            if op in ("delete", "delete-replaced") and old.deleted_with not in gone:
                self._really_delete(old)
            if not self.preview:
                self.journal.forget(old)

    def _really_delete(self, old: Resource) -> None:
        if self.preview or not old.custom or old.retain_on_delete or old.external or urns.is_provider(old.type):
            return
        self._provider().delete(old.urn, old.id, old.inputs, old.outputs, old.custom_timeouts.get("delete", 0))

    def _side_by_side(
        self,
        resources: Sequence[Resource],
        act: Callable[[Resource], object],
        waiting: Mapping[Resource, set[Resource]] | None = None,
    ) -> None:
        """Act on resources in parallel, on each only when those that it waits for are done."""
        blocked = {r: set(waiting[r]) if waiting else set() for r in resources}
        unblocks: dict[Resource, list[Resource]] = {r: [] for r in resources}
        for r, others in blocked.items():
            for other in others:
                unblocks[other].append(r)
        running: dict[Future[object], Resource] = {}
        with ThreadPoolExecutor(self._options.parallel, thread_name_prefix="step") as pool:
            ready = [r for r in reversed(resources) if not blocked[r]]
            while ready or running:
                # What is protected can only fail: it waits until the others of its wave are done.
                go = [r for r in ready if not r.protect] if waiting else ready
                for r in go or (ready if not running else ()):
                    running[pool.submit(act, r)] = r
                ready = [r for r in ready if r not in running.values()]
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    r = running.pop(future)
                    try:
                        future.result()
                    except (_Failed, Stopped):
                        continue  # told; what waits for it never becomes ready
                    for other in unblocks[r]:
                        blocked[other].discard(r)
                        if not blocked[other] and not self._stop.is_set():
                            ready.append(other)

    def _stamp(self, resource: Resource, keep: str = "") -> Resource:
        if self.preview:
            return resource
        now = state.now()
        return attrs.evolve(resource, created=keep or resource.created or now, modified=now)


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
    )


def _with_secrets(outputs: Values, resource: Resource) -> dict[str, Value]:
    """Mark `additional_secret_outputs`."""
    names = resource.additional_secret_outputs
    return {
        key: Secret(unwrap(value)) if key in names and value is not UNKNOWN else value for key, value in outputs.items()
    }


def _refreshed(
    step: Step, old: Resource, id_: str, outputs: dict[str, Value], inputs: dict[str, Value] | None
) -> tuple[Resource | None, Step]:
    """What a refresh found: the new record and the step that tells it."""
    if not id_:
        return None, attrs.evolve(step, new=None, found="delete")
    marked = _with_secrets(mark_secrets(outputs, {**old.inputs, **old.outputs}), old)
    told = dict(old.inputs) if inputs is None else mark_secrets(inputs, old.inputs)
    before, after = unwrap(dict(old.outputs)), unwrap(marked)
    changes = tuple(planner.with_secrets(compare(before, after), old.outputs, marked))
    moved = compare(unwrap(dict(old.inputs)), unwrap(told))
    if not changes and not moved and id_ == old.id:
        return old, attrs.evolve(step, found="same")
    new = attrs.evolve(old, id=id_, inputs=told, outputs=marked, modified=state.now())
    return new, attrs.evolve(step, new=new, changes=changes, found="update")


def shown(values: Values) -> dict[str, Value]:
    """Outputs as they may be shown."""
    return {key: plain(value) for key, value in values.items()}
