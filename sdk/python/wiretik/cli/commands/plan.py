"""`wiretik plan --rsc`: what an `up` would write, as lines that the router's own `/import` takes.

For who has to show a change before it is made, and for routers whose API nobody reaches. The lines come from a real
`up` on the router's twin in memory (`planning`); this command reads, asks and writes the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Final

import typer

from wiretik.cli.commands.deploy import Directory, Refresh, StackName, _keep, _named, _reported
from wiretik.cli.output import complain, say_file
from wiretik.cli.planning import twins
from wiretik.cli.planning.elsewhere import brought
from wiretik.cli.planning.plans import Plan, plan
from wiretik.cli.planning.texts import texts
from wiretik.cli.planning.twins import Twin
from wiretik.cli.reach import routers_of
from wiretik.engine import Stack, opened
from wiretik.engine.errors import ProjectError
from wiretik.engine.project import load_project
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.stack import place_of
from wiretik_provider.api.access import access, variable
from wiretik_provider.errors import WiretikError
from wiretik_provider.rows.ownership import stack_part

__all__ = ["plan_lines"]

_MISUSED: Final = 2


def plan_lines(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.rsc", help="Where the lines go; by default they are printed.")
    ] = None,
    *,
    rsc: Annotated[bool, typer.Option("--rsc", help="As lines of RouterOS; there is no other form.")] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE.rsc", help="On the router that wrote this /export; none is reached."),
    ] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Print the lines of this router of several.")] = "",
    refresh: Refresh = False,
    show_secrets: Annotated[bool, typer.Option("--show-secrets", help="Write secrets in plain text.")] = False,
) -> None:
    """Write what `up` would write as lines that the router's /import takes; nothing is written to the router.

    The program runs as in an `up`, on a router in memory with the same rows. Exit code 1: the `up` would fail.
    """
    with _reported():
        if not rsc:
            raise ProjectError("in which form? `wiretik plan --rsc` writes lines of RouterOS")
        try:
            asked = _asked(directory, stack)
            config = asked.texts()
            names = routers_of(config, "")
            if router and router not in names:
                raise ProjectError(f"--router {router}: the stack has {', '.join(filter(None, names)) or 'one router'}")
            if export and len(names) > 1:
                raise ProjectError("--export is of one router, and this stack has several")
            if len(names) > 1 and not (file or router):
                raise ProjectError(f"the stack has {', '.join(names)}: name a FILE.rsc, or one of them with --router")
            here = isinstance(asked, Stack)
            reached = nullcontext(asked) if isinstance(asked, Stack) else brought(asked, config)
            with reached as chosen, _named_without_reach(config, export):
                there = {name: _twin(config, name, chosen, export) for name in names}
                planned = plan(chosen, there, refresh=refresh, show_secrets=show_secrets, keeps=here)
        except WiretikError as error:
            complain(f"error: {error}")
            raise typer.Exit(1) from None
        _tell(planned)
        for name, text in texts(planned, asked).items():
            if router and name != router:
                continue
            if file is None:
                say_file(text)
            else:
                to = file.with_stem(f"{file.stem}-{name}") if len(planned) > 1 else file
                _keep(to, text.encode())
                complain(f"{to}: {len(planned[name].lines)} lines")


def _twin(config: Mapping[str, str], name: str, stack: Stack, export: Path | None) -> Twin:
    if export is not None:
        return twins.of_file(export)
    return twins.of_router(access(config, os.environ, name), stack_part(stack.project.name, stack.name))


def _asked(directory: Path, stack: str | None) -> Stack | CliStack:
    """The stack: a new one where there is none yet, or one that only the Pulumi CLI reaches."""
    if place_of(load_project(directory), os.environ).here:
        return _named(directory, stack)
    return opened(directory, stack)


@contextmanager
def _named_without_reach(config: Mapping[str, str], export: Path | None) -> Iterator[None]:
    """Of a router that only an export is known of, address and user needn't be configured."""
    wanted = {variable("host"): "wiretik:host", variable("username"): "wiretik:username"}
    added = [name for name, key in wanted.items() if export and key not in config and name not in os.environ]
    os.environ.update(dict.fromkeys(added, "export"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def _tell(planned: Mapping[str, Plan]) -> None:
    for name, one in planned.items():
        where = f"{name}: " * bool(name)
        for line in one.twin.refused:
            complain(f"note: {where}the router in memory doesn't have {line}")
