"""Rows that Wiretik itself needs and a destroy would remove: asked before it begins, since no gate checks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from wiretik.cli.adopting.owning import named, protected
from wiretik.cli.reach import routers_of
from wiretik.engine import EngineError, Stack
from wiretik_provider.api.access import flag
from wiretik_provider.api.link import close_all, link
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate.expectations import lost_without
from wiretik_provider.plugin.state import of_either_front
from wiretik_provider.rows.compare import FORMER

__all__ = ["farewell", "kept_back"]


def farewell(chosen: Stack, targets: Sequence[str]) -> Iterator[str]:
    """A line for each router to which the way would be closed; none where that isn't known or nobody minds.

    Args:
        chosen: the stack.
        targets: what is destroyed, as URNs; everything where there are none.
    """
    owners = _owners(chosen, targets)
    if not any(owners.values()):
        return
    try:
        config = chosen.texts()
        if not flag(config, "guard", default=True):
            return
        for name in routers_of(config, ""):
            reached = link(config, name)
            if name in owners and (told := lost_without(reached, owners[name])):
                yield f"{reached.label}: {told}"
    except (WiretikError, ValueError):
        return  # the destroy itself tells what is wrong there
    finally:
        close_all()


def kept_back(chosen: Stack, targets: Sequence[str]) -> Iterator[str]:
    """A line for each protected resource that a destroy would meet, with what would be lost."""
    names = protected(chosen.texts())
    for resource in chosen.resources() if names else ():
        urn = str(resource["urn"])
        if (
            resource.get("protect")
            and named(urn) in names
            and (not targets or any(fnmatchcase(urn, t) for t in targets))
        ):
            yield f"{named(urn)}: {names[named(urn)]}"


def _owners(chosen: Stack, targets: Sequence[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The tags of what is destroyed and what adopted rows were before, by router."""
    try:
        stored = chosen.backend.read(chosen.project.name, chosen.name) or {}
    except EngineError:
        return {}
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for resource in stored.get("resources") or []:
        inputs = of_either_front(resource.get("inputs") or {})
        tag = inputs.get("tag")
        if isinstance(tag, str) and (not targets or any(fnmatchcase(str(resource["urn"]), one) for one in targets)):
            former = (resource.get("outputs") or {}).get(FORMER) or {}
            found.setdefault(str(inputs.get("router") or ""), {})[tag] = former
    return found
