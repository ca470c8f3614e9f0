"""`wiretik trace`: where a packet goes on a router as it is now, step by step, with the rule that decides.

It reads by the stack's config, as the provider does, in one round trip, and writes nothing. Secrets are never read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer
from rich.tree import Tree

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.exports import Learned, Leases, Resolved, Supplied, exported, supplied_by
from wiretik.cli.output import complain, say_json
from wiretik.cli.reach import routers_of
from wiretik.cli.screen import Text, console
from wiretik.cli.snapshots import planned, read
from wiretik.drawing.trace import drawn
from wiretik.engine import opened
from wiretik_provider.api.access import access
from wiretik_provider.errors import ConfigError, WiretikError
from wiretik_provider.trace import (
    Disposition,
    Packet,
    Snapshot,
    Step,
    Trace,
    entrance,
    network,
    packet,
    trace_through,
)
from wiretik_provider.trace import trace as follow
from wiretik_provider.trace.questions.fate import fate, turned

__all__ = ["trace"]

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
    router: Annotated[
        str, typer.Option(metavar="NAME", help="On which router of several it begins; it is followed through all.")
    ] = "",
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="On the router that exported this file.")
    ] = None,
    lease: Leases = None,
    resolve: Resolved = None,
    learned: Learned = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="On the router as `up` would leave it: a preview is run for that.")
    ] = False,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Draw the walk into this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Show where a packet goes, step by step, and the rule that decides: on the router, its export, or a plan.

    Exit code 0: it arrives (the router itself, if it is for the router), its answer comes back by the way that it
    came, and later packets go the same ways. 1: they don't. 3: that isn't known, because of the rule named.
    """
    try:
        asked = packet(src, dst, protocol=protocol, port=port, src_port=src_port, enters=enters)
        nodes = _nodes(
            directory, stack, export, supplied_by(lease, resolve, learned, on_export=export is not None), plan=plan
        )
        found = _followed(nodes, router, asked)
        through = _through(nodes.get(router) or next(iter(nodes.values())), found)
        if svg is not None:
            _draw(svg, found)
    except (WiretikError, ValueError, OSError) as error:
        complain(f"error: {error}")
        misused = isinstance(error, ConfigError | ValueError)
        raise typer.Exit(_MISUSED if misused else _LOST) from None
    if as_json:
        say_json({**_json(found), "gets-through": through[0], "why": through[1] or None})
    else:
        tree = _tree(found, "")
        for line in _in_worlds(nodes.get(router) or next(iter(nodes.values())), found):
            tree.add(line)
        if found.disposition.arrives and through[1] and not found.worlds:
            tree.add(Text(f"it {through[1]}", style=f"bold {_STYLES[through[0]]}"))
        console(width=1000).print(tree)
    if code := _CODES[through[0]]:
        raise typer.Exit(code)


def _draw(file: Path, found: Trace) -> None:
    try:
        file.write_text(drawn(found), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None


def _in_worlds(snapshot: Snapshot, found: Trace) -> Iterator[Text]:
    """What becomes of it in each world; those in which it ends alike are one line."""
    alike: dict[tuple[str, bool | None], list[str]] = {}
    for world in found.worlds:
        holds, why = _through(snapshot, world.found)
        lost = f", and {why}" if world.found.disposition.arrives and why else ""
        alike.setdefault((f"{world.found.verdict}{lost}", holds), []).append(world.told)
    for (text, holds), told in alike.items():
        yield Text(f"{', or '.join(told)}: {text}", style=f"bold {_STYLES[holds]}")


_CODES: Final = {True: 0, False: _LOST, None: _UNKNOWN}


def _through(snapshot: Snapshot, found: Trace) -> tuple[bool | None, str]:
    """Whether the packet arrives, its answer comes back by its way, and later packets go the same ways."""
    if found.worlds:
        each = [_through(snapshot, world.found) for world in found.worlds]
        alike = len({holds for holds, _ in each}) == 1
        return each[0] if alike else (None, "depends on that")
    if why := turned(found):
        return False, why
    holds, why = fate(snapshot, found)
    ways = (*found.later, *(found.reply.later if found.reply else ()))
    known = [one for one in ways if one.disposition is not Disposition.UNKNOWN]
    if holds and known:  # what leaves with another source, too
        return False, f"gets there, but {known[0].about} is {known[0].verdict}"
    return holds, why


def _nodes(
    directory: Path, stack: str | None, export: Path | None, supplied: Supplied, *, plan: bool
) -> dict[str, Snapshot]:
    """The routers by name."""
    if export is not None:
        if plan:
            raise ConfigError("--export and --plan: one of them")
        found = exported(export, supplied=supplied)
        for note in (*(f"left out: {one}" for one in found.left_out), *found.notes):
            complain(f"{export}: {note}")
        return {"": found.snapshot}
    with _reported():
        if plan:
            return planned(directory, stack)
        config = opened(directory, stack).texts()
        return {name: read(access(config, os.environ, name)) for name in routers_of(config, "")}


def _followed(nodes: dict[str, Snapshot], router: str, asked: Packet) -> Trace:
    """The trace on the only router, or from one of several through the tunnels between them."""
    if len(nodes) == 1:
        [snapshot] = nodes.values()
        return follow(snapshot, _entered(snapshot.of(asked.family), asked))
    if router not in nodes:
        raise ConfigError(f"the stack has several routers: --router {' or '.join(sorted(nodes))}")
    joined = network(nodes)
    return trace_through(joined, router, _entered(joined.nodes[router].of(asked.family), asked))


def _entered(snapshot: Snapshot, asked: Packet) -> Packet:
    """The packet with the interface that it comes in by."""
    if asked.enters:
        if asked.enters not in snapshot.interfaces:
            names = ", ".join(sorted(snapshot.interfaces))
            raise ValueError(f"the router has no interface {asked.enters}; it has {names}")
        return asked
    found = entrance(snapshot, asked.src)
    if found is None:
        raise ValueError(
            f"where {asked.family.text(asked.src)} comes in doesn't follow from the routes: say --in INTERFACE"
        )
    return attrs.evolve(asked, enters=found)


# --- how it is written -----------------------------------------------------------------------------------------------


def _json(found: Trace) -> dict[str, Any]:
    return {
        "packet": {
            "src": found.packet.family.text(found.packet.src),
            "dst": found.packet.family.text(found.packet.dst),
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
        "later": [_json(one) for one in found.later],
        "worlds": [{"when": world.told, **_json(world.found)} for world in found.worlds],
    }


def _json_step(step: Step) -> dict[str, Any]:
    numbered = step.number if step.number >= 0 else None
    told = {"menu": step.menu, "id": step.row_id, "number": numbered, "comment": step.comment, "text": step.text}
    return {name: value for name, value in told.items() if value not in ("", None)}


_STYLES: Final = {True: "green", False: "red", None: "yellow"}


def _tree(found: Trace, what: str) -> Tree:
    head = Text(f"{what}: " if what else "", style="bold" if not what else "dim")
    head.append(str(found.packet), style="bold" if not what else "")
    tree = Tree(head, guide_style="dim")
    fine = None if found.disposition is Disposition.UNKNOWN else found.disposition.arrives
    for hop in found.hops:
        if len(found.hops) > 1:
            tree.add(Text(f"{hop.router}: {hop.about}" if hop.about else hop.router, style="bold"))
        for step in hop.steps:
            decides = step == found.by and not found.disposition.arrives
            line = Text(f"{step.rule}  " if step.menu else "", style="dim" if not decides else f"bold {_STYLES[fine]}")
            line.append(step.text, style="" if not decides else f"bold {_STYLES[fine]}")
            tree.add(line)
    if fine is not None or not found.worlds:
        tree.add(Text(found.verdict, style=f"bold {_STYLES[fine]}"))
    for note in found.notes:
        tree.add(Text(f"note: {note}", style="dim"))
    others = [("the tunnel's own packet", found.outer), ("answer", found.reply)]
    others += [(one.about, one) for one in found.later]
    for name, other in others:
        if other is not None:
            tree.add(_tree(other, name))
    return tree
