"""How commands that look at a router reach it: by the stack's config, as the provider does, or by options."""

from __future__ import annotations

import json
import re
from typing import Annotated, TypeAlias

import typer

from wiretik.engine import EngineError, Stack
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.codecs.spans import is_address
from wiretik_provider.errors import ConfigError
from wiretik_provider.plugin.state import of_either_front

__all__ = ["Fingerprint", "Port", "User", "endpoint", "names_of", "routers_of"]

Port: TypeAlias = Annotated[int, typer.Option(min=0, max=65535, help="8729 with TLS and 8728 without, unless said.")]
User: TypeAlias = Annotated[
    str, typer.Option(metavar="NAME", help="Who logs in to HOST; WIRETIK_PASSWORD has the password.")
]
Fingerprint: TypeAlias = Annotated[
    str, typer.Option(metavar="SHA-256", help="The certificate of HOST, as `wiretik connect` shows it.")
]


def endpoint(text: str, port: int = 0) -> tuple[str, int]:
    """The host and port of HOST, HOST:PORT or [ADDRESS]:PORT; the port is 0 where nothing says it.

    Args:
        text: what was given for HOST.
        port: what `--port` says, 0 for nothing.
    """
    found = re.fullmatch(r"\[([^\]/ ]+)\](?::([0-9]+))?|([^:/\[\] ]+)(?::([0-9]+))?", text)
    if found is None and not is_address(text):
        raise typer.BadParameter(f"{text!r} is no HOST or HOST:PORT; of IPv6 [ADDRESS]:PORT", param_hint="HOST")
    if found is None:
        return text, port
    host, told = found[1] or found[3], int(found[2] or found[4] or 0)
    if (found[2] or found[4]) and not 0 < told < 1 << 16:
        raise typer.BadParameter(f"{text}: a port is from 1 to 65535", param_hint="HOST")
    if port and told and port != told:
        raise typer.BadParameter(f"{text} names port {told}, --port {port}", param_hint="HOST")
    return host, port or told


def names_of(chosen: Stack | CliStack) -> dict[str, str]:
    """Logical names by tag, from the state, where it is at hand."""
    try:
        resources = chosen.resources()
    except EngineError:
        return {}
    found = {}
    for resource in resources:
        tag = of_either_front(resource.get("inputs") or {}).get("tag")
        if isinstance(tag, str):
            found[tag] = str(resource["urn"]).rpartition("::")[2]
    return found


def routers_of(config: dict[str, str], wanted: str) -> list[str]:
    """The routers' names in the program; the empty name is the only router's."""
    if wanted:
        return [wanted]
    try:
        named = json.loads(config.get("wiretik:routers") or "{}")
    except ValueError:
        raise ConfigError("wiretik:routers is not an object of routers by name") from None
    return sorted(named) if isinstance(named, dict) and named else [""]
