"""`wiretik show`: a router as it is now, in the tables that its own print commands make, with the owner of each row.

It reads by the stack's config, as the provider does, in two round trips, and writes nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text as RichText

from wiretik.cli import tables
from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.display.columns import cut, fit
from wiretik.cli.output import complain, say, say_json
from wiretik.cli.reach import names_of, routers_of
from wiretik.cli.screen import Text, console
from wiretik.cli.tables import TABLES, Cells, Owners, Snapshot, Table
from wiretik.engine import Stack, opened
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.api.access import access
from wiretik_provider.api.session import Access, Answer, Command, Session
from wiretik_provider.api.unsigned import Lens, Unsigned, of_config
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.rows import ownership

__all__ = ["read", "show"]

_MENUS: Final = (
    "/interface/wireguard",
    "/interface/wireguard/peers",
    "/ip/address",
    "/ip/firewall/mangle",
    "/ip/firewall/filter",
    "/ip/firewall/nat",
    "/routing/table",
    "/routing/rule",
)
_ROUTES: Final = "/ip/route"
_LISTS: Final = "/ip/firewall/address-list"
_RULE: Final = "rule"
"""The column that takes what the others leave."""
_OWNERS: Final = {"ours": "green", "other": "yellow", "router": "dim"}


@attrs.frozen
class _Seen:
    reach: Access
    version: str
    name: str
    snapshot: Snapshot


def show(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]...", help=f"Which tables: {', '.join(TABLES)}.")
    ] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Only this router of several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON, with every property.")] = False,
) -> None:
    """Show the router's rows as they are now, and whose each is.

    Secrets are never read. Rows of this stack carry their resource's name, where its state is at hand.
    """
    if unknown := sorted(set(what or ()) - set(TABLES)):
        raise typer.BadParameter(f"no table {', '.join(unknown)}; there are {', '.join(TABLES)}", param_hint="WHAT")
    keys = [key for key in TABLES if not what or key in what]
    with _reported():
        chosen = opened(directory, stack)
        config = chosen.texts()
        owners = Owners(ownership.stack_part(chosen.project.name, chosen.name), names_of(chosen))
    try:
        reaches = [access(config, os.environ, name) for name in routers_of(config, router)]
        seen = [read(reach, owners, of_config(config)) for reach in reaches]
    except WiretikError as error:
        complain(f"error: {error}")
        raise typer.Exit(2 if isinstance(error, ConfigError) else 1) from None
    if as_json:
        say_json([_json(one, keys, owners, chosen) for one in seen])
        return
    _draw(seen, keys, owners, chosen)


def read(reach: Access, owners: Owners, bare: Unsigned) -> _Seen:
    """Reads a router for all tables; the stack's own rows that carry no tag are seen as if they did."""
    session = Session(reach)
    session.lens = Lens(bare, reach.label)
    try:
        commands = [Command("/system/resource", "print"), Command("/system/identity", "print")]
        commands += [Command(path, "print", tables.harmless(path)) for path in _MENUS]
        resource, identity, *menus = session.batch(commands)
        first = _snapshot(zip(_MENUS, menus, strict=True))
        lists = tables.lists_of_interest(first, owners)
        again = [Command(_ROUTES, "print", _routes_query(first.tunnels))]
        if lists:
            again.append(Command(_LISTS, "print", _any_of("list", lists)))
        second = _snapshot(zip((_ROUTES, _LISTS), session.batch(again), strict=False))
    finally:
        session.close()
    return _Seen(
        reach,
        next((row.get("version", "") for row in resource.rows), ""),
        next((row.get("name", "") for row in identity.rows), ""),
        Snapshot({**first.rows, **second.rows}, {**first.unread, **second.unread}),
    )


def _snapshot(answers: Iterable[tuple[str, Answer]]) -> Snapshot:
    rows, unread = {}, {}
    for path, answer in answers:
        rows[path] = [tables.without_secrets(path, row) for row in answer.rows]
        if answer.trap:
            unread[path] = answer.trap.message
    return Snapshot(rows, unread)


def _routes_query(tunnels: Sequence[str]) -> tuple[str, ...]:
    """Static routes, and what the router made of the tunnels' addresses; not a whole table that BGP filled."""
    words = ["?dynamic=true", "?#!"]
    for name in tunnels:
        words += [f"?gateway={name}", "?#|"]
    return tuple(words)


def _any_of(name: str, values: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"?{name}={value}" for value in values) + ("?#|",) * (len(values) - 1)


# --- how it is written -----------------------------------------------------------------------------------------------


def _json(one: _Seen, keys: Sequence[str], owners: Owners, chosen: Stack | CliStack) -> dict[str, Any]:
    return {
        "router": one.reach.name,
        "host": one.reach.host,
        "identity": one.name,
        "version": one.version,
        "stack": {"project": chosen.project.name, "name": chosen.name, "tag": owners.stack},
        "tables": {key: tables.as_json(tables.table(key, one.snapshot, owners), TABLES[key][1]) for key in keys},
        "unread": dict(one.snapshot.unread),
    }


def _draw(seen: Sequence[_Seen], keys: Sequence[str], owners: Owners, chosen: Stack | CliStack) -> None:
    screen = console(width=1000)
    for one in seen:
        head = Text(f"{one.name}", style="bold")
        head.append(f"  {one.reach.host}:{one.reach.port}  RouterOS {one.version}", style="")
        _beside(screen, head, f"  ·  this stack is {chosen.project.name}/{chosen.name} (tag {owners.stack})")
        visible = one.snapshot.printable()
        for key in keys:
            _print(screen, Text(""))
            _table(screen, tables.table(key, visible, owners))


def _beside(screen: Console, text: Text, more: str) -> None:
    """Prints a line and what belongs to it: beside it where there is room, else below."""
    if not screen.is_terminal or text.cell_len + cell_len(more) <= screen.width:
        text.append(more, style="dim")
        _print(screen, text)
        return
    _print(screen, text)
    _print(screen, Text(cut(f"  {more.strip(' ·')}", screen.width), style="dim"))


def _table(screen: Console, found: Table) -> None:
    _beside(screen, Text(found.title, style="bold"), f"   {found.command}")
    if found.remark:
        _print(screen, Text(f"  {found.remark}", style="dim"))
    if not found.rows:
        return
    headings = [*(heading.rstrip(">") for heading in found.columns), "managed by"]
    whole = [(*line.cells, line.owner.text) for line in found.rows]
    fitted = fit(headings, whole, screen.width if screen.is_terminal else sys.maxsize)
    drawn = RichTable(box=None, pad_edge=False, padding=(0, fitted.gap, 0, 0))
    for at in fitted.kept:
        right = [*found.columns, ""][at].endswith(">")
        drawn.add_column(headings[at], justify="right" if right else "left", no_wrap=True, header_style="dim")
    for line, texts in zip(found.rows, fitted.rows, strict=True):
        cells = [_cell(headings[at], text, line) for at, text in zip(fitted.kept, texts, strict=True)]
        drawn.add_row(*cells, style="dim" if line.style else "")
    _print(screen, drawn)
    if fitted.gone:
        _print(screen, Text(f"  not at {screen.width} columns: {', '.join(fitted.gone)}; --json has all", style="dim"))


def _cell(heading: str, shown: str, line: Cells) -> RichText:
    text = Text(shown)
    if heading == "handshake":
        text.stylize("green" if tables.is_fresh(shown) else "yellow")
    elif heading == _RULE:
        text.highlight_regex(r"^[a-z-]+", "bold")
        text.highlight_regex(r";;; .*", "dim")
    elif heading == "managed by":
        text.stylize(_OWNERS.get(line.owner.kind, ""))
    return text


def _print(screen: Console, what: RichText | RichTable) -> None:
    if screen.is_terminal or screen.color_system:
        screen.print(what, soft_wrap=isinstance(what, RichText))
        return
    with screen.capture() as held:
        screen.print(what)
    say(*(line.rstrip() for line in held.get().splitlines()))
