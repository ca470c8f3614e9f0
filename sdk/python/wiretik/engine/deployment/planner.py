"""What to do with a resource: decisions only, pure functions over values.

Which old resource a new one continues, whether it is the same, updated or replaced, and in which order things go: the
rules of Pulumi's step generator (docs/facts/pulumi.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from wiretik.engine import urn as urns
from wiretik.engine.diff import Change, changed_keys, compare, contains, parse_path
from wiretik.engine.processes.provider import Diffed
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import Value, Values, unwrap

Verdict: TypeAlias = Literal["same", "update", "replace"]


@attrs.frozen
class Alias:
    """A former name of a resource: a URN, or what of its present name was different."""

    urn: str = ""
    name: str = ""
    type: str = ""
    stack: str = ""
    project: str = ""
    parent: str = ""
    no_parent: bool = False


@attrs.frozen(kw_only=True)
class Goal:
    """What the program wants: one registration."""

    type: str
    name: str
    custom: bool
    inputs: dict[str, Value] = attrs.field(factory=dict, repr=False)
    parent: str = ""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    delete_before_replace: bool | None = None
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    retain_on_delete: bool = False
    deleted_with: str = ""
    custom_timeouts: Mapping[str, float] = attrs.field(factory=dict)
    hide_diffs: tuple[str, ...] = ()
    source_position: str = ""
    stack_trace: tuple[dict[str, str], ...] = ()
    version: str = ""
    """Of the package, as the program asks for it."""
    import_id: str = ""
    """What to read into the state where it isn't there yet (`import_`)."""


@attrs.frozen
class Decision:
    """What is to be done, and why."""

    verdict: Verdict
    changes: tuple[Change, ...] = ()
    replaces: tuple[str, ...] = ()
    delete_before_replace: bool = False


def former_urns(goal: Goal, stack: str, project: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """The URNs under which the state may know this resource; `parents` tells which old URN a parent was found under."""
    own = [_former(alias, goal, stack, project, parents) for alias in goal.aliases]
    found = list(own)
    if goal.parent in parents:
        above = parents[goal.parent]
        found.append(_inherited(goal.type, goal.name, goal.parent, above, stack, project))
        found += [
            _inherited(urns.type_of(alias), urns.name_of(alias), goal.parent, above, stack, project) for alias in own
        ]
    return tuple(dict.fromkeys(found))


def _former(alias: Alias, goal: Goal, stack: str, project: str, parents: Mapping[str, str]) -> str:
    if alias.urn:
        return alias.urn
    parent = parents.get(alias.parent, alias.parent) if alias.parent else goal.parent
    if alias.no_parent:
        parent = ""
    return urns.make(
        alias.stack or stack, alias.project or project, parent, alias.type or goal.type, alias.name or goal.name
    )


def _inherited(  # noqa: PLR0917, all of them are parts of a URN
    type_: str, name: str, parent: str, above: str, stack: str, project: str
) -> str:
    """A child's former URN when its parent was renamed; a child named after its parent was renamed with it."""
    parent_name = urns.name_of(parent)
    if name.startswith(parent_name):
        name = urns.name_of(above) + name.removeprefix(parent_name)
    return urns.make(stack, project, above, type_, name)


def decide(old: Resource, inputs: Values, diffed: Diffed | None, goal: Goal) -> Decision:
    """Compare an old resource with its new inputs; `diffed` is the provider's answer, None for a component."""
    before, after = unwrap(dict(old.inputs)), unwrap(dict(inputs))
    changes = compare(before, after)
    keys: tuple[str, ...] = ()
    if diffed is None or diffed.changes is None:
        # The provider leaves it to the engine: old inputs against new ones, secrets unwrapped.
        keys = changed_keys(before, after)
        changed = bool(keys)
    else:
        # With a plain yes the SDK tells no properties, and replace_on_changes has nothing to match
        # (docs/facts/pulumi.md#diff-replace-refresh).
        changed = diffed.changes
        if diffed.tops is not None:
            changes = tuple(change for change in changes if change.key in diffed.tops)
            keys = tuple(dict.fromkeys(change.key for change in changes))
    if not (changed or old.pending_replacement or old.init_errors):
        return Decision("same")
    wanted = [parse_path(text) for text in goal.replace_on_changes]
    forced = [key for key in keys if any(contains(path, (key,)) for path in wanted)]
    if keys:
        forced += [change.key for change in changes if any(contains(path, change.path) for path in wanted)]
    replaces = tuple(dict.fromkeys((*(diffed.replaces if diffed else ()), *forced)))
    marked = tuple(
        attrs.evolve(change, replaces=change.key in replaces) for change in with_secrets(changes, old.inputs, inputs)
    )
    if (changed and replaces) or old.pending_replacement:
        first = diffed.delete_before_replace if diffed else False
        if goal.delete_before_replace is not None:
            first = goal.delete_before_replace
        return Decision("replace", marked, replaces, first)
    return Decision("update", marked)


def with_secrets(changes: Iterable[Change], old: Values, new: Values) -> Iterator[Change]:
    """Give changes of unwrapped values their marks back, so that no display can show a secret."""
    from wiretik.engine.values import Secret, has_secret  # noqa: PLC0415

    for change in changes:
        if has_secret(old.get(change.key)) or has_secret(new.get(change.key)):
            yield attrs.evolve(
                change,
                old=None if change.old is None else Secret(change.old),
                new=None if change.new is None else Secret(change.new),
            )
        else:
            yield change


def dependents(resources: Sequence[Resource], root: Resource, seen: frozenset[str]) -> Iterator[Resource]:
    """The resources that need `root`, directly or not, in the state's order; those in `seen` can't be among them."""
    reached = {root.urn}
    for r in resources:
        if r is not root and not r.delete and r.urn not in seen and reached.intersection(r.needs()):
            reached.add(r.urn)
            yield r


def waves(resources: Sequence[Resource]) -> dict[Resource, set[Resource]]:
    """For each resource to delete, which others must be gone before: those that need it."""
    waiting: dict[Resource, set[Resource]] = {r: set() for r in resources}
    by_urn: dict[str, list[Resource]] = {}
    for r in resources:
        for needed in r.needs():
            # A record may stand for itself several times (those that wait for deletion): all of them wait.
            for other in by_urn.get(needed, ()):
                waiting[other].add(r)
        by_urn.setdefault(r.urn, []).append(r)
    return waiting
