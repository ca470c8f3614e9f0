"""Many resources at once, in the order that they allow: a refresh of all, the deletions at the end."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from wiretik.engine import urn as urns
from wiretik.engine.deployment import planner, steps
from wiretik.engine.deployment.run import Failed, Run, Stopped
from wiretik.engine.deployment.targets import Targets
from wiretik.engine.events import Step
from wiretik.engine.state.checkpoint import Resource


def refresh_all(run: Run, targets: Targets) -> None:
    """Look at every resource of the state."""
    chosen = [r for r in run.base if not r.delete and not urns.is_provider(r.type) and targets.has(r.urn, r)]
    for r in chosen:
        if not r.custom:
            run.tell_done(Step(op="refresh", urn=r.urn, type=r.type, old=r, new=r, found="same"))
    _side_by_side(run, [r for r in chosen if r.custom], lambda r: steps.refresh(run, r))


def delete_rest(run: Run, targets: Targets) -> None:
    """Delete what the program no longer wants and what was replaced, dependents first."""
    wanted = set(run.done.values())
    left = [r for r in run.journal.deployment.resources if r not in wanted]
    doomed = [r for r in left if r.delete or targets.may_delete(r)]
    if run.options.refresh:
        looked: list[Resource] = []

        def look(r: Resource) -> None:
            now = steps.refresh(run, r)
            if now is not None:
                looked.append(now)

        _side_by_side(run, doomed, look)
        order = {r.urn: i for i, r in enumerate(doomed)}
        doomed = sorted(looked, key=lambda r: order[r.urn])
    gone = frozenset(r.urn for r in doomed)
    _side_by_side(run, doomed, lambda r: steps.delete(run, r, gone), planner.waves(doomed))


def _side_by_side(
    run: Run,
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
    ready = [r for r in reversed(resources) if not blocked[r]]
    with ThreadPoolExecutor(run.options.parallel, thread_name_prefix="step") as pool:
        while ready or running:
            # What is protected can only fail: it waits until the others of its wave are done.
            go = [r for r in ready if not r.protect] if waiting else ready
            if not go and not running:
                go = ready
            running.update({pool.submit(act, r): r for r in go})
            ready = [r for r in ready if r.protect and waiting] if len(go) < len(ready) else []
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                r = running.pop(future)
                try:
                    future.result()
                except (Failed, Stopped):
                    continue  # told; what waits for it never becomes ready
                for other in unblocks[r]:
                    blocked[other].discard(r)
                    if not blocked[other] and not run.stopped:
                        ready.append(other)
