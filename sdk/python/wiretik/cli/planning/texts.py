"""The files of a plan."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
from collections.abc import Mapping

from wiretik.cli.planning.plans import Plan
from wiretik.engine import Stack
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.rsc.document import Heading, document

__all__ = ["texts"]


def texts(planned: Mapping[str, Plan], stack: Stack | CliStack) -> dict[str, str]:
    """The files of a plan, by router."""
    now = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    maker = f"wiretik {importlib.metadata.version('wiretik')}"
    found = {}
    for name, one in planned.items():
        called = " ".join(filter(None, (name, f"({one.twin.name}, RouterOS {one.twin.version})")))
        found[name] = document(Heading(called, f"{stack.project.name}/{stack.name}", now, maker), one.lines, one.checks)
    return found
