"""The displays for programs: the CLI's digest of a preview, and its engine events, one JSON object a line.

The shapes are those of `pulumi preview --json` and `pulumi up --json` (apitype's events), as far as there is something
to say; fields may be added, none is renamed or removed. Secrets are the word `[secret]`.
"""

import time
from collections.abc import Callable
from typing import Any, Final

import attrs

from wiretik.cli.output import as_json
from wiretik.engine.diff import Change, show_path
from wiretik.engine.events import (
    Diagnostic,
    Event,
    Finished,
    Printed,
    Started,
    Step,
    StepDone,
    StepFailed,
    StepStarted,
)
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import Values, plain

Json = dict[str, Any]
_UNKNOWN: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # as the CLI writes an unknown in JSON


def _shown(values: Values) -> Json:
    shown: Json = plain(dict(values), unknown=_UNKNOWN)
    return shown


def _resource(resource: Resource | None) -> Json | None:
    if resource is None:
        return None
    r = resource
    optional = {
        "id": r.id,
        "inputs": _shown(r.inputs),
        "outputs": _shown(r.outputs),
        "parent": r.parent,
        "protect": r.protect,
        "external": r.external,
        "provider": r.provider,
        "dependencies": list(r.dependencies),
        "propertyDependencies": {key: list(urns) for key, urns in r.property_dependencies.items()},
    }
    return {"urn": r.urn, "custom": r.custom, "type": r.type, **{k: v for k, v in optional.items() if v}}


def _detailed(changes: tuple[Change, ...]) -> Json | None:
    kinds = {
        show_path(c.path): {"kind": f"{c.kind}-replace" if c.replaces else c.kind, "inputDiff": True} for c in changes
    }
    return kinds or None


def _keys(changes: tuple[Change, ...]) -> list[str]:
    return list(dict.fromkeys(c.key for c in changes))


@attrs.define
class Digest:
    """One JSON document about a preview, written when it has ended."""

    write: Callable[[str], object]
    _config: Json = attrs.field(factory=dict)
    _steps: list[Json] = attrs.field(factory=list)
    _diagnostics: list[Json] = attrs.field(factory=list)

    def __call__(self, event: Event) -> None:
        """Take in an event; the last one writes the document."""
        match event:
            case Started(config=config):
                self._config = dict(config)
            case StepDone(step) if not step.is_provider:
                self._steps.append(_planned(step))
            case Diagnostic(severity=severity, message=message, urn=urn, ephemeral=False) if severity != "debug":
                about = {"urn": urn} if urn else {}
                self._diagnostics.append({**about, "message": f"{message}\n", "severity": severity})
            case Finished():
                document = {
                    "config": self._config,
                    "steps": self._steps,
                    "diagnostics": self._diagnostics,
                    "duration": round(event.seconds * 1e9),
                    "changeSummary": dict(event.changes),
                }
                self.write(as_json({k: v for k, v in document.items() if v not in ([], {})}, indent=4))
            case _:
                pass


def _planned(step: Step) -> Json:
    shown: Json = {"op": step.found or step.op, "urn": step.urn}
    resource = step.new or step.old
    if resource and resource.provider:
        shown["provider"] = resource.provider
    if step.old:
        shown["oldState"] = _resource(step.old)
    if step.new:
        shown["newState"] = _resource(step.new)
    if step.changes and step.old:
        shown["diffReasons"] = _keys(step.changes)
    if step.replaces:
        shown["replaceReasons"] = list(step.replaces)
    shown["detailedDiff"] = _detailed(step.changes) if step.old else None
    return shown


@attrs.define
class Lines:
    """One engine event a line."""

    write: Callable[[str], object]
    _sequence: int = 0

    def __call__(self, event: Event) -> None:
        """Write an event."""
        for shown in _events(event):
            line = {"sequence": self._sequence, "timestamp": int(time.time()), **shown}
            self._sequence += 1
            self.write(as_json(line, separators=(",", ":")))


def _events(event: Event) -> list[Json]:  # noqa: PLR0911, a case for each event
    match event:
        case Started(config=config):
            return [{"preludeEvent": {"config": dict(config)}}]
        case StepStarted(step) if not step.is_provider:
            return [{"resourcePreEvent": {"metadata": _metadata(step)}}]
        case StepDone(step) if not step.is_provider:
            return [{"resOutputsEvent": {"metadata": _metadata(step)}}]
        case StepFailed(step):
            return [{"resOpFailedEvent": {"metadata": _metadata(step), "status": 0, "steps": 0}}]
        case Printed(line=line):
            return [{"stdoutEvent": {"message": f"{line}\n", "color": "never"}}]
        case Diagnostic(severity=severity, message=message, urn=urn, ephemeral=ephemeral) if severity != "debug":
            about: Json = {"urn": urn} if urn else {}
            if severity in ("error", "warning"):
                about["prefix"] = f"{severity}: "
            told = {**about, "message": f"{message}\n", "color": "never", "severity": severity}
            return [{"diagnosticEvent": {**told, "ephemeral": True} if ephemeral else told}]
        case Finished():
            summary = {
                "maybeCorrupt": False,
                "durationSeconds": round(event.seconds),
                "resourceChanges": dict(event.changes),
                "PolicyPacks": {},
                "isPreview": event.preview,
                "result": "succeeded" if event.ok else "failed",
            }
            return [{"summaryEvent": summary}, {"cancelEvent": {}}]
        case _:
            return []


def _metadata(step: Step) -> Json:
    def state(r: Resource | None) -> Json | None:
        if r is None:
            return None
        shown = {
            "type": r.type,
            "urn": r.urn,
            "id": r.id,
            "parent": r.parent,
            "inputs": _shown(r.inputs),
            "outputs": _shown(r.outputs),
            "provider": r.provider,
        }
        return {**shown, "custom": True} if r.custom else shown

    shown: Json = {
        "op": step.found or step.op,
        "urn": step.urn,
        "type": step.type,
        "old": state(step.old),
        "new": state(step.new),
    }
    if step.replaces:
        shown["keys"] = list(step.replaces)
    if step.changes and step.old:
        shown["diffs"] = _keys(step.changes)
    provider = (step.new or step.old).provider if (step.new or step.old) else ""  # type: ignore[union-attr]
    return {
        **shown,
        "detailedDiff": _detailed(step.changes) if step.old else None,
        "logical": True,
        "provider": provider,
    }
