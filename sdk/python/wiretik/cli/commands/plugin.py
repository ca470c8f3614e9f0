"""`wiretik plugin`: Wiretik as an ordinary Pulumi package, for `pulumi import`, YAML, TypeScript, Go and others.

Pulumi finds a package's program by a file in its folder of plugins. The one that is written there starts this
interpreter with this Wiretik, so both are of one version.
"""

from __future__ import annotations

import importlib.metadata
import os
import shlex
import sys
from pathlib import Path
from typing import Final

import typer

from wiretik.cli.grammar import Commands
from wiretik.cli.output import complain, say

__all__ = ["plugin"]

_NAME: Final = "wiretik"

plugin = typer.Typer(name="plugin", cls=Commands, no_args_is_help=True, add_completion=False)


@plugin.callback()
def _every() -> None:
    """Wiretik as a Pulumi package for every language: `pulumi import`, YAML, TypeScript, Go."""


@plugin.command()
def install() -> None:
    """Let `pulumi` find this Wiretik: it writes a start script into Pulumi's folder of plugins."""
    version = importlib.metadata.version(_NAME)
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    folder = home / "plugins" / f"resource-{_NAME}-v{version}"
    script = folder / f"pulumi-resource-{_NAME}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = script.with_suffix(".partial")
        partial.write_text(_script(sys.executable), encoding="utf-8")
        partial.chmod(0o755)
        partial.replace(script)
    except OSError as error:
        complain(f"error: {script}: {error.strerror}; PULUMI_HOME names another folder than {home}")
        raise typer.Exit(1) from None
    say(str(script), f"starts Wiretik {version} with {sys.executable}")
    say(f"try: pulumi package get-schema {_NAME}@{version}")


def _script(interpreter: str) -> str:
    """What is started: the process becomes the plugin, so that Pulumi's signals reach it."""
    return f'#!/bin/sh\nexec {shlex.quote(interpreter)} -m wiretik.packaged "$@"\n'
