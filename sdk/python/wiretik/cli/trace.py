"""`wiretik trace`: where a packet goes on a router as it is now, step by step, with the rule that decides.

It reads by the stack's config, as the provider does, in one round trip, and writes nothing. Secrets are never read.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from wiretik.cli.deploy import Directory, StackName, _told
from wiretik.cli.reach import config_of, routers_of
from wiretik.cli.show import _harmless
from wiretik.engine import Stack
from wiretik_provider.access import access
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.menus import MENUS as KNOWN
from wiretik_provider.session import Access, Command, Session
from wiretik_provider.trace import MENUS, Disposition, Packet, Snapshot, Step, Trace, entrance, packet
from wiretik_provider.trace import trace as follow
from wiretik_provider.trace.packet import dotted

__all__ = ["read", "trace"]

_LOST: Final = 1
_MISUSED: Final = 2
_UNKNOWN: Final = 3


def trace(
    *,
    src: Annotated[str, typer.Option("--src", metavar="ADDRESS", help="Where the packet comes from.")],
    dst: Annotated[str, typer.Option("--dst", metavar="ADDRESS", help="Where it goes to.")],
    enters: Annotated[
        str, typer.Option("--in", metavar="INTERFACE", help="Where it comes in; by default as its answer would go out.")
    ] = "",
    protocol: Annotated[str, typer.Option("--proto", metavar="NAME", help="tcp with a port, else icmp.")] = "",
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Where it goes to.")] = None,
    src_port: Annotated[int | None, typer.Option("--src-port", min=0, max=65535, help="Where it comes from.")] = None,
    directory: Directory = Path(),
    stack: StackName = None,
    router: Annotated[str, typer.Option(metavar="NAME", help="Which router of several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Show where a packet goes on the router, step by step, and the rule that decides.

    Exit code 0: it arrives, and its answer isn't lost. 1: it doesn't. 3: that isn't known, because of the rule named.
    """
    with _told():
        config = config_of(Stack(directory, stack))
    try:
        asked = packet(src, dst, protocol=protocol, port=port, src_port=src_port, enters=enters)
        named = routers_of(config, router)
        if len(named) > 1:
            raise ConfigError(f"the stack has several routers: --router {' or '.join(named)}")
        snapshot = read(access(config, os.environ, named[0]))
        found = follow(snapshot, _entered(snapshot, asked))
    except (WiretikError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        misused = isinstance(error, ConfigError | ValueError)
        raise typer.Exit(_MISUSED if misused else _LOST) from None
    if as_json:
        print(json.dumps(_json(found), indent=2, ensure_ascii=False))
    else:
        _draw(found)
    if found.disposition is Disposition.UNKNOWN:
        raise typer.Exit(_UNKNOWN)
    if not found.disposition.arrives or found.answered is False:
        raise typer.Exit(_LOST)


def read(reach: Access, besides: Sequence[str] = ()) -> Snapshot:
    """Reads of a router all that a trace looks at, and other menus."""
    menus = (*MENUS, *besides)
    session = Session(reach)
    try:
        commands = [Command(path, "print", _harmless(path) if path in KNOWN else ()) for path in menus]
        identity, *answers = session.batch([Command("/system/identity", "print"), *commands])
    finally:
        session.close()
    rows, unread = {}, {}
    for path, answer in zip(menus, answers, strict=True):
        rows[path] = answer.rows
        # A router that hasn't got a menu hasn't got what would stand in it.
        if answer.trap and not answer.trap.message.startswith("no such command"):
            unread[path] = answer.trap.message
    name = next((row.get("name", "") for row in identity.rows), "")
    return Snapshot(rows, unread, name or reach.host)


def _entered(snapshot: Snapshot, asked: Packet) -> Packet:
    """The packet with the interface that it comes in by."""
    if asked.enters:
        if asked.enters not in snapshot.interfaces:
            names = ", ".join(sorted(snapshot.interfaces))
            raise ValueError(f"the router has no interface {asked.enters}; it has {names}")
        return asked
    found = entrance(snapshot, asked.src)
    if found is None:
        raise ValueError(f"where {dotted(asked.src)} comes in doesn't follow from the routes: say --in INTERFACE")
    return attrs.evolve(asked, enters=found)


# --- how it is written -----------------------------------------------------------------------------------------------


def _json(found: Trace) -> dict[str, Any]:
    return {
        "packet": {
            "src": dotted(found.packet.src),
            "dst": dotted(found.packet.dst),
            "protocol": found.packet.protocol,
            "port": str(found.packet.dst_port) if found.packet.dst_port else None,
            "in": found.packet.enters or None,
        },
        "disposition": found.disposition.name.lower().replace("_", "-"),
        "verdict": found.verdict,
        "arrives": None if found.disposition is Disposition.UNKNOWN else found.disposition.arrives,
        "answered": found.answered,
        "leaves": found.leaves or None,
        "peer": found.peer or None,
        "table": found.table or None,
        "mark": found.mark or None,
        "decided-by": _json_step(found.by) if found.by else None,
        "hops": [{"router": hop.router, "steps": [_json_step(step) for step in hop.steps]} for hop in found.hops],
        "notes": list(found.notes),
        "outer": _json(found.outer) if found.outer else None,
        "reply": _json(found.reply) if found.reply else None,
        "later": _json(found.later) if found.later else None,
    }


def _json_step(step: Step) -> dict[str, Any]:
    numbered = step.number if step.number >= 0 else None
    told = {"menu": step.menu, "id": step.row_id, "number": numbered, "comment": step.comment, "text": step.text}
    return {name: value for name, value in told.items() if value not in ("", None)}


def _draw(found: Trace) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=1000, no_color=True)
    console.print(_tree(found, ""), highlight=False)


_STYLES: Final = {True: "green", False: "red", None: "yellow"}


def _tree(found: Trace, what: str) -> Tree:
    head = Text(f"{what}: " if what else "", style="bold" if not what else "dim")
    head.append(str(found.packet), style="bold" if not what else "")
    tree = Tree(head, guide_style="dim")
    fine = None if found.disposition is Disposition.UNKNOWN else found.disposition.arrives
    for hop in found.hops:
        for step in hop.steps:
            decides = step == found.by and not found.disposition.arrives
            line = Text(f"{step.rule}  " if step.menu else "", style="dim" if not decides else f"bold {_STYLES[fine]}")
            line.append(step.text, style="" if not decides else f"bold {_STYLES[fine]}")
            tree.add(line)
    tree.add(Text(found.verdict, style=f"bold {_STYLES[fine]}"))
    for note in found.notes:
        tree.add(Text(f"note: {note}", style="dim"))
    for name, other in (("the tunnel's own packet", found.outer), ("answer", found.reply), ("later", found.later)):
        if other is not None:
            tree.add(_tree(other, name))
    if found.answered is False and found.disposition.arrives:
        tree.add(Text("the answer is lost", style="bold red"))
    return tree
