"""`wiretik graph`: a stack's routers, tunnels, exits and clients as a picture, from its state; nothing is connected.

Exit codes are those of the other commands on stacks: 2 a mistake in project, config or call, 6 no such stack.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
import typer
from rich.tree import Tree

from wiretik.cli.commands.deploy import Directory, StackName, _reported
from wiretik.cli.output import complain, say_file, say_json
from wiretik.cli.screen import Text, console
from wiretik.drawing import Far, Network, Tunnel, network_of, svg
from wiretik.engine import opened

__all__ = ["graph"]

_MISUSED: Final = 2
_STYLES: Final = ("magenta", "green", "blue", "yellow", "red", "cyan")


def graph(
    name: Annotated[str | None, typer.Argument(metavar="[STACK]", help="The stack, as with --stack.")] = None,
    *,
    picture: Annotated[
        str, typer.Option("--svg", metavar="FILE", help="Draw it: an SVG file, or - for standard output.")
    ] = "",
    state: Annotated[
        str, typer.Option("--state", metavar="FILE", help="A file of `pulumi stack export`, or - for standard input.")
    ] = "",
    directory: Directory = Path(),
    stack: StackName = None,
    as_json: Annotated[bool, typer.Option("--json", "-j", help="Write JSON.")] = False,
) -> None:
    """Show the network of a stack: sites, tunnels, exits and clients, as a tree or as a picture.

    It is drawn from the state alone; keys and other secrets are not in it.
    """
    if state:
        network = _read(state)
    else:
        with _reported():
            chosen = opened(directory, stack or name)
            network = network_of(chosen.project.name, chosen.resources())
    if picture == "-":
        say_file(svg(network))
    elif picture:
        try:
            Path(picture).write_text(svg(network), encoding="utf-8")
        except OSError as error:
            raise _misused(f"{picture}: {error.strerror}") from None
    if as_json:
        say_json(attrs.asdict(network))
    elif not picture:
        screen = console(width=1000)
        screen.print(_tree(network, screen.width))


def _read(path: str) -> Network:
    """The network of an exported deployment, or of a checkpoint file."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        document = json.loads(text.removeprefix("\ufeff"))
    except OSError as error:
        raise _misused(f"{path}: {error.strerror}") from None
    except ValueError:
        raise _misused(f"{path} isn't JSON") from None
    inside = document if isinstance(document, Mapping) else {}
    deployment = inside.get("deployment") or (inside.get("checkpoint") or {}).get("latest")
    if not isinstance(deployment, Mapping):
        raise _misused(f"{path} is no deployment: pulumi stack export > FILE writes one")
    resources: list[Mapping[str, Any]] = list(deployment.get("resources") or ())
    named = next((str(one["urn"]).split("::")[1] for one in resources if "urn" in one), "stack")
    return network_of(named, resources)


def _misused(text: str) -> typer.Exit:
    complain(f"error: {text}")
    return typer.Exit(_MISUSED)


# --- on a terminal ---------------------------------------------------------------------------------------------------


_GUIDES: Final = 12
"""How far in the third level of a tree stands."""


def _tree(network: Network, width: int) -> Tree:
    tree = Tree(Text(network.name, style="bold"), guide_style="dim")
    colours: dict[str, str] = {}
    for site in network.sites:
        branch = tree.add(Text(site.name, style="bold"))
        for lan in site.lans:
            text = " ".join(part for part in ("LAN", lan.interface, *lan.nets) if part)
            branch.add(Text(f"{text}, internet by {lan.leaves_by}" if lan.leaves_by else text))
        for tunnel in site.tunnels:
            style = colours.setdefault(tunnel.name, _STYLES[len(colours) % len(_STYLES)])
            below = branch.add(Text(_tunnel_text(tunnel), style=style))
            for far in tunnel.fars:
                way, more = _far_text(far)
                if len(way) + len(more) + 2 + _GUIDES <= width:
                    below.add(Text(f"{way}  {more}".rstrip()))
                else:
                    below.add(Text(way)).add(Text(more))
            for line in _links(network, site.name, tunnel.name):
                below.add(Text(line))
    return tree


def _tunnel_text(tunnel: Tunnel) -> str:
    port = f"called at port {tunnel.port}" if tunnel.port else ""
    return "  ".join(part for part in (tunnel.name, *tunnel.addresses, port) if part)


def _far_text(far: Far) -> tuple[str, str]:
    """Who is at the far end and by which way, and what is behind it."""
    way = f"-> {far.name}  {far.endpoint}" if far.endpoint else f"<- {far.name}  calls"
    more = [
        *far.nets,
        "exit to the internet" if far.exit else "",
        f"internet by {far.leaves_by}" if far.leaves_by else "",
    ]
    return way, ", ".join(part for part in more if part)


def _links(network: Network, site: str, tunnel: str) -> Iterator[str]:
    """This end's view of the links to other routers."""
    for link in network.links:
        one, other = (link.one, link.by[0], link.calls[0]), (link.other, link.by[1], link.calls[1])
        for (name, by, calls), (far, back, called) in ((one, other), (other, one)):
            if (name, by) == (site, tunnel):
                sign = "<->" if calls == called else "->" if calls else "<-"
                yield f"{sign} {far}  by its {back}"
