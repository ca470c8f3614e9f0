"""The CLI's bulk import file: resources that exist already join the state, without being made or read.

Dynamic resources can't be read on import (docs/facts/pulumi.md#import), so each entry brings its `inputs` and
`outputs`, both with `__provider`; the provider checks the inputs, as the CLI has it do.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from wiretik.engine.deployment.planner import Goal
from wiretik.engine.deployment.registrations import Deployment
from wiretik.engine.errors import EngineError, UnsupportedError
from wiretik.engine.state.checkpoint import load_value
from wiretik.engine.urn import STACK_TYPE
from wiretik.engine.values import PROVIDER_KEY, Value

_REFUSED: Final = ("remote", "parameterization", "extension", "provider", "pluginDownloadUrl")
_DYNAMIC: Final = "pulumi-python:dynamic"


@attrs.frozen(kw_only=True)
class Entry:
    """One resource of an import file; the parent is a name in the same file or a URN."""

    type: str
    name: str
    id: str = ""
    parent: str = ""
    parent_urn: str = ""
    inputs: dict[str, Value] = attrs.field(factory=dict, repr=False)
    outputs: dict[str, Value] = attrs.field(factory=dict, repr=False)


def read_entries(document: object) -> list[Entry]:
    """Read an import file, parents before their children.

    Raises:
        EngineError: It is malformed; all its faults are told at once.
        UnsupportedError: It holds what only the CLI can import.
    """
    table = document.get("nameTable") or {} if isinstance(document, Mapping) else {}
    raw = document.get("resources") if isinstance(document, Mapping) else None
    if not (isinstance(raw, list) and raw and all(isinstance(entry, Mapping) for entry in raw)):
        raise EngineError('the import file has no resources: {"resources": [{"type": …, "name": …, "id": …}]}')
    names = {entry.get("name") for entry in raw}
    problems = [problem for entry in raw for problem in _problems(entry, names, table)]
    if problems:
        raise EngineError("; ".join(problems))
    read = {entry["name"]: _entry(entry, table) for entry in raw}
    if len(read) < len(raw):
        raise EngineError("two entries of the import file have one name; give one of them a `logicalName`")
    ordered: dict[str, Entry] = {}
    for name in read:
        _place(name, read, ordered, ())
    return list(ordered.values())


def _problems(entry: Mapping[str, Any], names: set[Any], table: Mapping[str, str]) -> Iterator[str]:
    label = f"import of {entry.get('name') or '(no name)'}"
    for field in _REFUSED:
        if entry.get(field):
            raise UnsupportedError(f"{label}: the embedded engine does not support `{field}`; use the pulumi CLI")
    if not entry.get("type") or not entry.get("name"):
        yield f"{label}: an entry needs a type and a name"
    parent = entry.get("parent")
    if parent and parent not in names and parent not in table:
        yield f"{label}: its parent {parent!r} is neither in the file nor in its nameTable"
    if entry.get("component"):
        return
    if not entry.get("id"):
        yield f"{label}: it has no id"
    kind = str(entry.get("type") or _DYNAMIC)
    if not kind.startswith(_DYNAMIC):
        raise UnsupportedError(f"{label}: only dynamic resources are imported here; use pulumi import for {kind}")
    if not all(PROVIDER_KEY in (entry.get(part) or {}) for part in ("inputs", "outputs")):
        yield f"{label}: a dynamic resource needs `inputs` and `outputs`, both with {PROVIDER_KEY!r}"


def _entry(entry: Mapping[str, Any], table: Mapping[str, str]) -> Entry:
    parent = entry.get("parent") or ""
    return Entry(
        type=entry["type"],
        name=entry.get("logicalName") or entry["name"],
        id="" if entry.get("component") else entry["id"],
        parent="" if parent in table else parent,
        parent_urn=table.get(parent, ""),
        inputs=load_value(entry.get("inputs") or {}, None, entry["name"]),
        outputs=load_value(entry.get("outputs") or {}, None, entry["name"]),
    )


def _place(name: str, read: Mapping[str, Entry], ordered: dict[str, Entry], above: tuple[str, ...]) -> None:
    if name in above:
        raise EngineError(f"the parents of {name!r} in the import file form a circle")
    if name not in ordered:
        entry = read[name]
        if entry.parent:
            _place(entry.parent, read, ordered, (*above, name))
        ordered[name] = entry


def adopt(deployment: Deployment, entries: list[Entry], *, protect: bool) -> None:
    """Take all entries into the state; what is there already stays."""
    run = deployment.run
    for resource in run.base:
        if not resource.delete:
            run.record(resource, resource)
    stack = Goal(type=STACK_TYPE, name=f"{run.project}-{run.stack}", custom=False)
    urns = {"": deployment.adopt(stack, "", {})}
    for entry in entries:
        goal = Goal(
            type=entry.type,
            name=entry.name,
            custom=bool(entry.id),
            inputs=entry.inputs,
            parent=entry.parent_urn or urns[entry.parent],
            protect=protect,
        )
        urns[entry.name] = deployment.adopt(goal, entry.id, entry.outputs)
