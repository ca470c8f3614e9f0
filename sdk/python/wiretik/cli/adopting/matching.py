"""The program that is there, matched to its routers: `wiretik adopt --program`.

For a program that was edited after an adoption, or that was written by hand, with components that adopt. It is run on
a twin of the router, from the state that is there, and may do nothing but sign rows; what it would do besides is told,
row by row. Then its rows are signed on the router, and the state takes them.

Rule: no file of the program is written, and nothing is written to the router but what the rehearsal signed.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wiretik.cli.adopting.reading import Source
from wiretik.cli.adopting.rehearsing import Looked, Rehearsed, Runs, judged, looked, reach_twin, signing
from wiretik.engine import Secret, Stack
from wiretik.engine.errors import DeploymentFailed
from wiretik.engine.events import Step
from wiretik_provider.simulator import Lab, serve

__all__ = ["matched"]

_SEVERAL: Final = "wiretik:routers"


def matched(
    sources: Mapping[str, Source], folder: Path, name: str | None, runs: Runs | None = None
) -> dict[str, Rehearsed]:
    """Rehearses the program that is there.

    Args:
        sources: its routers, by their names in the program; the only one by an empty name.
        folder: the project's.
        name: the stack; by default as with every command.
        runs: how program and provider run.

    Raises:
        DeploymentFailed: it would do more than sign rows, or the preview after it isn't clean.
    """
    given = (runs or Runs()).options
    with contextlib.ExitStack() as closing:
        place = closing.enter_context(tempfile.TemporaryDirectory(prefix="wiretik-adopt-"))
        before: dict[str, Looked] = {}
        labs: dict[str, Lab] = {}
        for each, source in sources.items():
            router = source.twin()
            before[each] = looked(router, source.ids(router))
            labs[each] = closing.enter_context(serve(router, tls=False))
        stack = Stack(folder, name, **given)
        there = stack.backend.file(stack.project.name, stack.name)
        if there.is_file():
            copy = Path(place) / there.relative_to(stack.backend.root)
            copy.parent.mkdir(parents=True)
            shutil.copy(there, copy)
        config = {**_reach(labs), "wiretik:guard": "false"}
        twin = Stack(folder, stack.name, **{**given, "backend": Path(place), "config": config})
        with signing(elsewhere=True):
            result = twin.up()
            found = {each: judged(lab.router, before[each], result) for each, lab in labs.items()}
            if not all(one.ok for one in found.values()):
                errors = dict.fromkeys(error for one in found.values() for error in one.errors)
                told = (line for each in errors for line in each.split("\n"))
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


def _reach(labs: Mapping[str, Lab]) -> dict[str, str | Secret]:
    """The config for the twins."""
    if "" in labs:
        return reach_twin(labs[""], {})
    several = {
        name: {"host": lab.host, "port": lab.api_port, "tls": False, "username": "admin", "password": ""}
        for name, lab in labs.items()
    }
    return {_SEVERAL: json.dumps(several)}


def _names(step: Step) -> str:
    return ", ".join(dict.fromkeys(str(change.key) for change in step.changes))
