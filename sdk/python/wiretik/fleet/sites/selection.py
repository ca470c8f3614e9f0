"""`-l`: which sites a command is about. Terms with commas between them hold all; of several `-l` one is enough.

`region=eu` a label, a var or a key of the router; `eu` a group or a site's name, in which `*` stands for anything; `!`
before either turns it round.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from wiretik.fleet.values import Site

__all__ = ["selector"]


def selector(text: str) -> Callable[[Site], bool]:
    """What one `-l` says."""
    terms = [_term(each.strip()) for each in text.split(",") if each.strip()]
    return lambda site: all(term(site) for term in terms)


def _term(text: str) -> Callable[[Site], bool]:
    if text.startswith("!"):
        inner = _term(text[1:].strip())
        return lambda site: not inner(site)
    key, equals, value = text.partition("=")
    if equals:
        return lambda site: any(fnmatchcase(_text(each), value.strip()) for each in _values(site, key.strip()))
    return lambda site: fnmatchcase(site.name, text) or any(fnmatchcase(group, text) for group in site.groups)


def _values(site: Site, key: str) -> list[Any]:
    """What a site has under a name."""
    found = [place[key] for place in (site.labels, site.vars, site.router) if key in place]
    return [each for one in found for each in (one if isinstance(one, list) else [one])]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
