"""`wiretik unmanaged`: the rows that no resource owns, menu by menu. A clean plan isn't an empty router."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.display.columns import cut
from wiretik.cli.left_over import look
from wiretik.cli.output import complain, say_json
from wiretik.cli.reach import routers_of
from wiretik.cli.screen import Text, console
from wiretik.engine import opened
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access
from wiretik_provider.api.unsigned import of_config
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.gate.survey import Survey
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare, ownership

__all__ = ["unmanaged"]

_TOLD: Final = 50
"""Rows of one menu that are listed unless all are asked for; an address list may have a hundred thousand."""


def unmanaged(
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Only this router of several.")] = "",
    whole: Annotated[bool, typer.Option("--all", help=f"Every row, not only {_TOLD} of a menu.")] = False,
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Count and list the rows on the router that this stack doesn't own; other stacks' are counted apart."""
    with _reported():
        chosen = opened(directory, stack)
        config = chosen.texts()
    mine = ownership.stack_part(chosen.project.name, chosen.name)
    try:
        reaches = [access(config, os.environ, name) for name in routers_of(config, router)]
        found = [(reach, look(reach, mine, of_config(config))) for reach in reaches]
    except WiretikError as error:
        complain(f"error: {error}")
        raise typer.Exit(2 if isinstance(error, ConfigError) else 1) from None
    if as_json:
        say_json([_json(reach, surveys) for reach, surveys in found])
        return
    screen = console(width=160)
    for reach, surveys in found:
        _draw(screen, reach, surveys, None if whole else _TOLD)


def _json(reach: Access, surveys: Sequence[Survey]) -> dict[str, object]:
    return {
        "router": reach.name,
        "host": reach.host,
        "menus": {
            one.path: {"ours": len(one.ours), "others": len(one.others), "unmanaged": list(one.unmanaged)}
            for one in surveys
        },
    }


def _draw(screen: Console, reach: Access, surveys: Sequence[Survey], most: int | None) -> None:
    table = Table(title=Text(reach.label), title_justify="left", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for heading in ("menu", "this stack", "other stacks", "nobody"):
        table.add_column(heading, justify="left" if heading == "menu" else "right", header_style="dim")
    for one in surveys:
        if one.ours or one.others or one.unmanaged:
            table.add_row(one.path, *(str(len(share) or "") for share in (one.ours, one.others, one.unmanaged)))
    screen.print(table)
    for one in surveys:
        if one.unmanaged:
            screen.print()
            screen.print(Text(one.path, "bold").append(f"  {len(one.unmanaged)} that nobody owns", "not bold"))
            for row in one.unmanaged[:most]:
                line = f"  {_line(MENUS[one.path], row)}"
                screen.print(Text(cut(line, screen.width) if screen.is_terminal else line))
            if most and len(one.unmanaged) > most:
                screen.print(Text(f"  … and {len(one.unmanaged) - most} more (--all)", "dim"))


def _line(menu: Menu, row: compare.Row) -> str:
    """A row in RouterOS's own words: what isn't a default, the comment in front."""
    told = [
        f"{field.name}={row[field.name]}" if row[field.name] else field.name
        for field in menu.writable
        if field.name in row
        and field.name != "comment"
        and (field.name == "action" or not compare.untouched(field, row[field.name]))
    ]
    comment = f";;; {row['comment']}  " if row.get("comment") else ""
    return f"{row.get('.id', ''):<4} {comment}{' '.join(told)}"
