"""How commands that look at a router reach it: by the stack's config, as the provider does."""

from __future__ import annotations

import json
from collections.abc import Iterable

from wiretik.engine import EngineError, Stack
from wiretik.engine.project import StackSettings
from wiretik_provider.errors import ConfigError

__all__ = ["config_of", "names_of", "routers_of"]


def config_of(chosen: Stack) -> dict[str, str]:
    """The stack's config as the provider gets it; the passphrase is asked for only where there is a secret."""
    settings = StackSettings(chosen.project, chosen.name)
    crypter = chosen.crypter() if settings.has_secrets() else None
    found: dict[str, str] = {}
    for key, value in settings.values(crypter, given=frozenset(_project_keys(chosen))).items():
        found[key] = value.text
    return found


def _project_keys(chosen: Stack) -> Iterable[str]:
    """The program's own required keys, which nobody needs for a look."""
    keys = (key if ":" in key else f"{chosen.project.name}:{key}" for key in chosen.project.config)
    return (key for key in keys if not key.startswith("wiretik:"))


def names_of(chosen: Stack) -> dict[str, str]:
    """Logical names by tag, from the state, where it is at hand."""
    try:
        stored = chosen.backend.read(chosen.project.name, chosen.name) or {}
    except EngineError:
        return {}
    found = {}
    for resource in stored.get("resources") or []:
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
