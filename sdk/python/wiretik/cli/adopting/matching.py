"""The program that is there, matched to the router: `wiretik adopt --program`.

For a program that was edited after an adoption, or that was written by hand, with components that adopt. It is run on
a twin of the router, from the state that is there, and may do nothing but sign rows; what it would do besides is told,
row by row. Then its rows are signed on the router, and the state takes them.

Rule: no file of the program is written, and nothing is written to the router but what the rehearsal signed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from wiretik.cli.adopting.reading import Source
from wiretik.cli.adopting.rehearsing import Rehearsed, Runs, judged, looked, reach_twin, signing
from wiretik.engine import Stack
from wiretik.engine.errors import DeploymentFailed, ProjectError
from wiretik.engine.events import Step
from wiretik_provider.simulator import serve

__all__ = ["matched", "refuse_several"]


def refuse_several(config: Mapping[str, str]) -> None:
    """Says no where a stack has several routers: their twins have one address each, and config names one."""
    if "wiretik:routers" in config:
        raise ProjectError("--program is of one router, and wiretik:routers has several: `adopt=True` takes rows over")


def matched(source: Source, folder: Path, name: str | None, runs: Runs | None = None) -> Rehearsed:
    """Rehearses the program that is there.

    Args:
        source: the router.
        folder: the project's.
        name: the stack; by default as with every command.
        runs: how program and provider run.

    Raises:
        DeploymentFailed: it would do more than sign rows, or the preview after it isn't clean.
    """
    router = source.twin()
    before = looked(router, source.ids(router))
    given = (runs or Runs()).options
    with tempfile.TemporaryDirectory(prefix="wiretik-adopt-") as place, serve(router, tls=False) as lab:
        stack = Stack(folder, name, **given)
        there = stack.backend.file(stack.project.name, stack.name)
        if there.is_file():
            copy = Path(place) / there.relative_to(stack.backend.root)
            copy.parent.mkdir(parents=True)
            shutil.copy(there, copy)
        config = {**reach_twin(lab, {}), "wiretik:guard": "false"}
        twin = Stack(folder, stack.name, **{**given, "backend": Path(place), "config": config})
        with signing(elsewhere=True):
            found = judged(router, before, twin.up())
            if not found.ok:
                told = (line for each in found.errors for line in each.split("\n"))
                raise DeploymentFailed(
                    "it isn't the router's yet, so nothing was signed", *(f"  {one}" for one in told)
                )
            seen = twin.preview(refresh=True)
        if not seen.ok or seen.changed:
            odd = [f"  {one.name} would be changed: {_names(one)}" for one in seen.steps if one.op == "update"]
            raise DeploymentFailed(
                "its first preview wouldn't be clean, so nothing was signed", *odd, *(f"  {one}" for one in seen.errors)
            )
    return found


def _names(step: Step) -> str:
    return ", ".join(dict.fromkeys(str(change.key) for change in step.changes))
