"""How commands that look at a router reach it: by the stack's config, as the provider does."""

from __future__ import annotations

import json

from wiretik.engine import EngineError, Stack
from wiretik.engine.pulumi_cli import CliStack
from wiretik_provider.errors import ConfigError

__all__ = ["names_of", "routers_of"]


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
