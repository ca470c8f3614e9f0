"""`wiretik guard | confirm | rollback`: a change that waits on the router to be confirmed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from wiretik.cli import confirming
from wiretik.cli.commands.deploy import AsJson, Directory, StackName, _reported
from wiretik.cli.output import complain, say, say_json
from wiretik.engine import opened
from wiretik_provider.api.session import Access
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.rows import ownership

__all__ = ["confirm", "guard", "rollback"]

_FAILED: Final = 1
_MISUSED: Final = 2

RouterName = Annotated[str, typer.Option("--router", metavar="NAME", help="Only this router of several.")]


def guard(
    directory: Directory = Path(), stack: StackName = None, router: RouterName = "", as_json: AsJson = False
) -> None:
    """Show whether a change waits on the router to be confirmed, whose it is and how long."""
    found: list[dict[str, object]] = []

    def look(reach: Access, mine: str) -> str:
        there = confirming.standing(reach)
        told = there.state._asdict() if there.state else {}
        found.append({"router": reach.name, "host": reach.host, **told, "left": there.left})
        return f"{reach.label}: {confirming.sentence(there, mine)}"

    _each(directory, stack, router, look, quiet=as_json)
    if as_json:
        say_json(found)


def confirm(directory: Directory = Path(), stack: StackName = None, router: RouterName = "") -> None:
    """Keep the change that waits on the router, from a new connection to it."""
    _each(directory, stack, router, confirming.keep)


def rollback(directory: Directory = Path(), stack: StackName = None, router: RouterName = "") -> None:
    """Take the change back that waits on the router to be confirmed."""
    _each(directory, stack, router, confirming.take_back)


def _each(
    directory: Path, stack: str | None, router: str, act: Callable[[Access, str], str], *, quiet: bool = False
) -> None:
    """Does something on each router of the stack, and says what came of it; one that fails keeps no other from it."""
    with _reported():
        chosen = opened(directory, stack)
        config = chosen.texts()
    mine = ownership.stack_part(chosen.project.name, chosen.name)
    code = 0
    try:
        found = confirming.reaches(config, router)
    except ConfigError as error:
        complain(f"error: {error}")
        raise typer.Exit(_MISUSED) from None
    for reach in found:
        try:
            text = act(reach, mine)
        except WiretikError as error:
            complain(f"error: {error}")
            code = _FAILED
        else:
            if not quiet:
                say(text)
    if code:
        raise typer.Exit(code)
