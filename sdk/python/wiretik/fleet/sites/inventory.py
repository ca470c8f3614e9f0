"""fleet.yaml: which sites there are, what each is given, and how the fleet is linked.

Hosts, groups and defaults are Nornir's, so that what inherits from what is as network people know it: a site's own
first, then its groups in order, then the defaults. Rule: a key that nothing reads is refused by name, and a password
stands nowhere in plain text.
"""

import difflib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import yaml
from nornir.core import Nornir
from nornir.core.inventory import Defaults, Group, Groups, Host, Hosts, Inventory, ParentGroups

from wiretik.engine.errors import ProjectError
from wiretik.engine.project import Project, load_project
from wiretik.engine.stack import Stack
from wiretik.engine.state.backend import Backend
from wiretik.fleet.sites.asked import asked, wrong
from wiretik.fleet.sites.elsewhere import elsewhere
from wiretik.fleet.sites.links import Link, parsed
from wiretik.fleet.sites.selection import selector
from wiretik.fleet.values import Site
from wiretik_provider.api.access import KEYS, SETTINGS

__all__ = ["Fleet", "chosen", "load", "site_of"]

_TOP: Final = (
    "program",
    "inventory",
    "defaults",
    "groups",
    "sites",
    "links",
    "database",
    "keep",
    "histories",
    "encryptionsalt",
)
_OF_A_SITE: Final = ("groups", "vars", "labels", *KEYS, *SETTINGS)
_SECRET_FORMS: Final = ("secure", "env", "command")
_DATABASE: Final = "WIRETIK_FLEET_DATABASE"
"""A URL with a password in it stands in no file."""
_MOST: Final = 20
"""So many mistakes are told at once."""


@attrs.frozen(kw_only=True)
class Fleet:
    """A fleet, as its file says it.

    Attributes:
        file: fleet.yaml.
        links: Whose facts are whose config.
        backend: Where the stacks' states are.
        inventory: Nornir's; `site_of` reads one of its hosts.
        salt: The one salt of all stacks, empty before the first.
        database: Where runs are kept, if not beside the state.
        keep: How many runs are kept.
        histories: How many updates each stack's history keeps; 0 for all.
    """

    file: Path
    project: Project
    inventory: Inventory = attrs.field(repr=False)
    links: Sequence[Link] = ()
    backend: Backend
    salt: str = ""
    database: str = ""
    keep: int = 50
    histories: int = 0

    @property
    def sites(self) -> list[Site]:
        """All sites, in the inventory's order."""
        return [site_of(host) for host in self.inventory.hosts.values()]


def load(file: Path) -> Fleet:
    """Read a fleet, with all that is wrong in it told at once.

    Raises:
        ProjectError: it is malformed, or a site is given what nothing reads.
    """
    said = _mapping(file)
    problems = [*_unknown(f"{file.name}: key", said, _TOP)]
    project = load_project(file.parent / str(said.get("program") or "."))
    elements = {"defaults": said.get("defaults") or {}}
    groups, sites = (_named(said, key, problems) for key in ("groups", "sites"))
    there = elsewhere(file, said.get("inventory"), problems)
    elements["defaults"] = {**there.defaults, **elements["defaults"]}
    groups = {name: {**there.groups.get(name, {}), **groups.get(name, {})} for name in (*there.groups, *groups)}
    sites = {name: {**there.sites.get(name, {}), **sites.get(name, {})} for name in (*there.sites, *sites)}
    elements |= {f"group {name}": entry for name, entry in groups.items()}
    elements |= {f"site {name}": entry for name, entry in sites.items()}
    for who, entry in elements.items():
        problems += _unknown(f"{who}:", entry, _OF_A_SITE)
        problems += _plain_passwords(who, entry)
        problems += [f"{who}: no group {each!r} among groups" for each in _groups(entry) if each not in groups]
    problems += [f"group {name}: it is in itself, by its groups" for name in groups if name in _above(name, groups)]
    if problems:
        raise _refused(file, problems)
    fleet = Fleet(
        file=file,
        project=project,
        inventory=_inventory(elements["defaults"], groups, sites),
        backend=Stack(project.root, "fleet").backend,
        salt=str(said.get("encryptionsalt") or ""),
        database=os.environ.get(_DATABASE) or str(said.get("database") or ""),
        keep=_number(file, said, "keep") or 50,
        histories=_number(file, said, "histories"),
    )
    reads = asked(project.program, project.config)
    problems = [line for site in fleet.sites for line in (*wrong(site.name, site.vars, reads), *_unreachable(site))]
    links = said.get("links") or []
    try:
        fleet = attrs.evolve(fleet, links=tuple(parsed(links if isinstance(links, list) else [links], fleet.sites)))
    except ProjectError as error:
        problems += error.lines
    if problems:
        raise _refused(file, problems)
    return fleet


def _number(file: Path, said: Mapping[str, Any], key: str) -> int:
    found = said.get(key) or 0
    if not isinstance(found, int) or found < 0:
        raise ProjectError(f"{file.name}: {key} is {found!r}: it is a number")
    return found


def _refused(file: Path, problems: Sequence[str]) -> ProjectError:
    rest = len(problems) - _MOST
    return ProjectError(*(f"{file.name}: {each}" for each in problems[:_MOST]), *([f"and {rest} more"] * (rest > 0)))


def _mapping(file: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ProjectError(f"no {file}: a fleet's file names its program and its sites (docs/fleet.md)") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProjectError(f"{file}: {' '.join(str(error).split())}") from error
    if not isinstance(said, dict):
        raise ProjectError(f"{file}: not a mapping with `sites:`")
    return said


def _named(said: Mapping[str, Any], key: str, problems: list[str]) -> dict[str, dict[str, Any]]:
    """Sites or groups by name."""
    found = said.get(key) or {}
    if not isinstance(found, Mapping) or not all(isinstance(each or {}, Mapping) for each in found.values()):
        problems.append(f"{key} is no mapping of names to what each is given")
        return {}
    return {str(name): dict(entry or {}) for name, entry in found.items()}


def _unknown(who: str, entry: Mapping[str, Any], known: Sequence[str]) -> Iterator[str]:
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(str(key).replace("_", "-"), known, 1)
            yield f"{who} {key!r}, which nothing reads: " + (
                f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            )


def _plain_passwords(who: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """A password in plain text would be in every copy of the file."""
    entries = {"": entry, **(entry.get("routers") or {})}
    for each in entries.values():
        password = each.get("password") if isinstance(each, Mapping) else None
        if password not in (None, "") and not is_secret(password):
            yield (
                f"{who}: its password is in plain text: `wiretik fleet encrypt` prints what to write instead, or say "
                "{env: VARIABLE} or {command: …}"
            )


def is_secret(value: object) -> bool:
    """Whether a value says where a secret is rather than what."""
    return isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in _SECRET_FORMS


def _groups(entry: Mapping[str, Any]) -> list[str]:
    said = entry.get("groups") or []
    return [str(each) for each in ([said] if isinstance(said, str) else said)]


def _above(name: str, groups: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """All groups that a group is in."""
    found: set[str] = set()
    rest = _groups(groups[name])
    while rest:
        if (each := rest.pop()) not in found:
            found.add(each)
            rest += _groups(groups.get(each) or {})
    return found


def _unreachable(site: Site) -> Iterator[str]:
    """A site without an address would be looked for nowhere."""
    try:
        there = site.addresses
    except (TypeError, ValueError, AttributeError):
        yield f"site {site.name}: port is a number, and routers a mapping of names to what each is given"
        return
    if not there and "host" not in site.router:
        yield f"site {site.name}: no host, in it, its groups or the defaults"


# --- Nornir's form ---------------------------------------------------------------------------------------------------


def _inventory(
    defaults: Mapping[str, Any], groups: Mapping[str, Mapping[str, Any]], sites: Mapping[str, Mapping[str, Any]]
) -> Inventory:
    made = {name: Group(name, **_attributes(entry)) for name, entry in groups.items()}
    for name, entry in groups.items():
        made[name].groups = ParentGroups(made[each] for each in _groups(entry))
    usual = Defaults(**_attributes(defaults))
    hosts = {
        name: Host(
            name,
            groups=ParentGroups(made[each] for each in _groups(entry)),
            defaults=usual,
            **_attributes(entry),
        )
        for name, entry in sites.items()
    }
    return Inventory(Hosts(hosts), Groups(made), usual)


def _attributes(entry: Mapping[str, Any]) -> dict[str, Any]:
    """One element as Nornir has it: an address, and data by flat names, so that each of them is inherited by itself."""
    data = {str(key): value for key, value in (entry.get("labels") or {}).items()}
    data |= {f"var:{key}": value for key, value in (entry.get("vars") or {}).items()}
    data |= {f"wiretik:{key}": entry[key] for key in (*KEYS, *SETTINGS) if key in entry}
    return {"hostname": entry.get("host"), "port": entry.get("port"), "platform": "routeros", "data": data}


def chosen(fleet: Fleet, terms: Sequence[str]) -> list[Site]:
    """The sites that `-l` chooses, in the inventory's order; all where there is none.

    Raises:
        ProjectError: There are none such.
    """
    wanted = [selector(text) for text in terms]

    def keep(host: Host) -> bool:
        return not wanted or any(each(site_of(host)) for each in wanted)

    found = [site_of(host) for host in Nornir(fleet.inventory).filter(filter_func=keep).inventory.hosts.values()]
    if not found:
        asked = " ".join(f"-l {text}" for text in terms)
        raise ProjectError(f"{fleet.file}: no site is {asked}" if terms else f"{fleet.file}: it has no sites")
    return found


def site_of(host: Host) -> Site:
    """A site, with what it inherits."""
    data = host.extended_data()

    def under(space: str) -> dict[str, Any]:
        return {key.removeprefix(space): value for key, value in data.items() if key.startswith(space)}

    return Site(
        name=host.name,
        router=under("wiretik:"),
        vars=under("var:"),
        labels={key: value for key, value in data.items() if ":" not in key},
        groups=tuple(group.name for group in host.extended_groups()),
    )
