"""What Pulumi.<site>.yaml says: the fleet's file, as one stack's config. `pulumi` reads it as `wiretik` does.

Rule: the fleet's file is where a site's config is written. Of what stands in a stack's file already, its salt stays,
and what is encrypted there and nowhere in the fleet's file, such as a key that somebody set for one site.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

import yaml

from wiretik.engine.project import StackSettings
from wiretik.engine.state.files import aside_of
from wiretik.fleet.sites.inventory import Fleet
from wiretik.fleet.sites.links import ends, keys
from wiretik.fleet.sites.secrets import Secrets
from wiretik.fleet.values import Site
from wiretik_provider.api.access import variable

__all__ = ["content", "spokes_keys", "stale", "unset", "write_content"]

_OVERRIDING = ("username", "password", "ca-file", "fingerprint", "host", "port")
"""What the provider takes from the environment before, or beside, config: there it is one router's, here all sites'."""


def content(fleet: Fleet, site: Site, secrets: Secrets) -> dict[str, Any]:
    """The whole text of a stack's file, as data.

    Raises:
        EngineError: the file there is malformed, or a secret isn't where it is said to be.
    """
    settings = StackSettings(fleet.project, site.name)
    salt = settings.salt or secrets.salt
    given = {f"wiretik:{key}": value for key, value in site.router.items()}
    given |= {settings.key(key): value for key, value in site.vars.items()}
    given |= {settings.key(key): found for key, found in _ends(fleet, site).items()}
    kept = {key: value for key, value in settings.raw.items() if _encrypted(value) and key not in given}
    sealed = secrets.sealed(given, salt, site.name)
    for key, value in settings.raw.items():
        if _encrypted(value) and _encrypted(there := sealed.get(key)) and secrets.same(value, there, salt):
            sealed[key] = value  # each encryption looks different, and the file would change for nothing
    return {"encryptionsalt": salt, "config": {**sealed, **kept}}


def stale(fleet: Fleet, site: Site) -> bool:
    """Whether a site was deployed with facts of others that have changed since."""
    settings = StackSettings(fleet.project, site.name)
    return any(settings.raw.get(settings.key(key)) != found for key, found in _ends(fleet, site).items())


def spokes_keys(fleet: Fleet, site: Site) -> list[str]:
    """The public keys of a hub's spokes, as far as they are deployed."""
    return keys(fleet.links, site.name, fleet.backend, fleet.project.name)


def _ends(fleet: Fleet, site: Site) -> dict[str, Any]:
    return ends(fleet.links, site.name, fleet.backend, fleet.project.name)


def _encrypted(value: object) -> TypeGuard[Mapping[str, str]]:
    return isinstance(value, Mapping) and set(value) == {"secure"}


def unset(site: Site) -> list[str]:
    """The environment's variables that a site's own config stands above: else one password would be every site's."""
    return [variable(key) for key in _OVERRIDING if key in site.router]


def write_content(fleet: Fleet, site: Site, said: Mapping[str, Any]) -> bool:
    """Write a stack's file, if it says anything else; says whether it did."""
    file = fleet.project.stack_file(site.name)
    settings = StackSettings(fleet.project, site.name)
    if settings.exists and {"encryptionsalt": settings.salt, "config": settings.raw} == said:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = aside_of(file)
    aside.write_text(yaml.safe_dump(dict(said), sort_keys=False, allow_unicode=True), encoding="utf-8")
    aside.replace(file)
    return True
