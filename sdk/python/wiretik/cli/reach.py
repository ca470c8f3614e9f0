"""How commands that look at a router reach it: by the stack's config, as the provider does, or by options."""

from __future__ import annotations

import json
from typing import Annotated, TypeAlias

import typer

from wiretik.engine import EngineError, Stack
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.errors import ConfigError

__all__ = ["Fingerprint", "Port", "User", "names_of", "routers_of"]

Port: TypeAlias = Annotated[int, typer.Option(min=0, max=65535, help="8729 with TLS and 8728 without, unless said.")]
User: TypeAlias = Annotated[
    str, typer.Option(metavar="NAME", help="Who logs in to HOST; WIRETIK_PASSWORD has the password.")
]
Fingerprint: TypeAlias = Annotated[
    str, typer.Option(metavar="SHA-256", help="The certificate of HOST, as `wiretik connect` shows it.")
]


def names_of(chosen: Stack | CliStack) -> dict[str, str]:
    """Logical names by tag, from the state, where it is at hand."""
    try:
        resources = chosen.resources()
    except EngineError:
        return {}
    found = {}
    for resource in resources:
        tag = (resource.get("inputs") or {}).get("tag")
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
