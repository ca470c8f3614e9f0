"""Keys between sites: what one site's program exports is given to the programs of those that it is linked with.

    links:
      - hub: hq                     # or a list of sites
        spokes: spokes              # as after -l
        output: facts               # what each of them exports, such as `SiteToSite.facts`
        config: ends                # the key by which a program gets the others' facts, by the sites' names

A hub is given those of its spokes, a spoke those of its hubs. Rule: facts come from the states, so nothing is exchanged
that no deployment has confirmed. A site whose facts have changed makes those that were given the old ones *stale*; they
are deployed once more, until nobody is (`runs.running`). From nothing: the canary and the hub twice, all others once.
"""

import difflib
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from wiretik.engine.errors import EngineError, ProjectError
from wiretik.engine.state.backend import Backend
from wiretik.engine.urn import STACK_TYPE
from wiretik.fleet.sites.selection import selector
from wiretik.fleet.values import Site

__all__ = ["Link", "ends", "exported", "keys", "parsed"]

_KEYS: Final = ("hub", "spokes", "output", "config")
_SECRET: Final = "4dabf18193072939515e22adb298388d"  # noqa: S105, how a state marks what is special
_KEY: Final = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")
"""A key of WireGuard: 32 bytes in base64."""


@attrs.frozen
class Link:
    """Hubs, their spokes, and how facts go between their programs."""

    hubs: tuple[str, ...]
    spokes: tuple[str, ...]
    output: str = "facts"
    config: str = "ends"

    def others(self, site: str) -> tuple[str, ...]:
        """Whose facts a site is given."""
        return self.spokes if site in self.hubs else self.hubs if site in self.spokes else ()


def parsed(said: Sequence[Any], sites: Sequence[Site]) -> list[Link]:
    """The links of a fleet's file.

    Raises:
        ProjectError: with all that is wrong in them.
    """
    names = [site.name for site in sites]
    found: list[Link] = []
    problems: list[str] = []
    for number, entry in enumerate(said, 1):
        who = f"link {number}"
        if not isinstance(entry, Mapping) or not entry.get("hub") or not entry.get("spokes"):
            problems.append(f"{who}: it has hub and spokes")
            continue
        problems += [
            f"{who}: {key!r}, which nothing reads; known are {', '.join(_KEYS)}" for key in entry if key not in _KEYS
        ]
        hub = entry["hub"]
        hubs = tuple(map(str, [hub] if isinstance(hub, str) else hub))
        for each in hubs:
            if each not in names:
                near = difflib.get_close_matches(each, names, 1)
                problems.append(f"{who}: no site {each!r}" + (f": did you mean {near[0]}?" if near else ""))
        wanted = selector(str(entry["spokes"]))
        spokes = tuple(site.name for site in sites if wanted(site) and site.name not in hubs)
        if not spokes:
            problems.append(f"{who}: no site is {entry['spokes']}")
        usual = Link(hubs, spokes)
        found.append(
            attrs.evolve(
                usual, output=str(entry.get("output") or usual.output), config=str(entry.get("config") or usual.config)
            )
        )
    if problems:
        raise ProjectError(*problems)
    return found


def ends(links: Sequence[Link], site: str, backend: Backend, project: str) -> dict[str, dict[str, Any]]:
    """What a site's program is given, by config key: the facts of those that it is linked with and that are there.

    Raises:
        ProjectError: facts are a secret, or another site's state can't be read.
    """
    found: dict[str, dict[str, Any]] = {}
    for link in links:
        if others := link.others(site):
            given = found.setdefault(link.config, {})
            for other in others:
                if (facts := _facts(backend, project, other, link.output)) is not None:
                    given[other] = facts
    return found


def keys(links: Sequence[Link], site: str, backend: Backend, project: str) -> list[str]:
    """The public keys of a hub's spokes, as far as they are deployed; none of a site that is no hub.

    Which of a spoke's facts is its key the components say each in its way, so it is known by its form.
    """
    of_hub = [link for link in links if site in link.hubs]
    found = ends(of_hub, site, backend, project)
    return sorted({each for each in _leaves(found) if isinstance(each, str) and _KEY.fullmatch(each)})


def _facts(backend: Backend, project: str, site: str, output: str) -> object:
    """One output of a stack as its state has it; None where it has none yet."""
    file = backend.file(project, site)
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    found = _outputs(backend.root, project, site, stat.st_mtime_ns, stat.st_size).get(output)
    if any(_SECRET in str(each) for each in _leaves(found)):
        raise ProjectError(f"site {site}: its output {output!r} is a secret, which no other site is given")
    return found


@functools.lru_cache(maxsize=8192)
def _outputs(root: Path, project: str, site: str, _mtime: int, _size: int) -> Mapping[str, Any]:
    """A stack's outputs; a state that hasn't changed isn't read again."""
    try:
        stored = Backend(root).read(project, site) or {}
    except EngineError as error:
        raise ProjectError(f"site {site}: {error}") from error
    return exported(stored)


def exported(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stack's outputs in a deployment as it is stored."""
    resources = stored.get("resources") or ()
    root: Mapping[str, Any] = next((each for each in resources if each.get("type") == STACK_TYPE), {})
    return root.get("outputs") or {}


def _leaves(value: object) -> Iterator[object]:
    match value:
        case Mapping():
            yield from value
            for each in value.values():
                yield from _leaves(each)
        case list():
            for each in value:
                yield from _leaves(each)
        case _:
            return
