"""The end of a trial on routers and in a state: tags are signed anew, and what the rows had is forgotten.

Rule: the routers first, then the state. A run that was killed between them is simply run again; until then the rows are
given back as before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from wiretik.cli.adopting.reading import look_at
from wiretik.engine import urn as urns_of
from wiretik_provider.adopt.owning import EXTRA, Owned, Trial, costs, end_trial
from wiretik_provider.api.session import Command, Session
from wiretik_provider.gate.noted.adopted import places
from wiretik_provider.kinds.address_list import query
from wiretik_provider.menus import MENUS
from wiretik_provider.plugin.state import of_either_front
from wiretik_provider.rows.compare import FORMER

__all__ = ["PROTECT", "Router", "Tables", "forgotten", "look", "named", "protected", "routers", "unknown"]

Json = dict[str, Any]
Tables = Mapping[str, Sequence[Mapping[str, str]]]

PROTECT: Final = "wiretik:protect"
"""The config that says which resources are protected, and what would be lost with each."""
_NOTE: Final = "__adopted"
_GATE: Final = ":Preflight"
_MENUS: Final = tuple(path for path, menu in MENUS.items() if not menu.singleton and "address-list" not in path)


@attrs.frozen
class Router:
    """One router of a stack.

    Attributes:
        name: as the program says it; empty for the only one.
        trials: the resources that may have rows on trial there, of those that were asked for.
        owners: by tag, all resources.
        noted: the menus and lists in which the stack adopted rows, as the gate noted them.
    """

    name: str
    trials: tuple[Trial, ...]
    owners: Mapping[str, str]
    noted: str


def routers(resources: Collection[Json], wanted: Collection[str]) -> Iterator[Router]:
    """The routers of a state.

    Args:
        resources: the state's.
        wanted: URNs, or the ends of some, such as a logical name; all where there are none.
    """
    rows: dict[str, dict[str, Trial]] = {}
    noted: dict[str, str] = {}
    for one in resources:
        inputs = of_either_front(one.get("inputs") or {})
        name = str(inputs.get("router") or "")
        if str(one["type"]).endswith(_GATE):
            # A component that Pulumi constructs for another language has a gate of its own beside the program's.
            noted[name] = "\n".join(text for text in (noted.get(name, ""), str(inputs.get(_NOTE, ""))) if text)
        elif isinstance(inputs.get("tag"), str) and not one.get("delete"):
            rows.setdefault(name, {})[str(inputs["tag"])] = Trial(str(one["urn"]), inputs)
    for name, by_tag in rows.items():
        chosen = tuple(one for one in by_tag.values() if _is_asked(one.urn, wanted))
        yield Router(name, chosen, {tag: one.urn for tag, one in by_tag.items()}, noted.get(name, ""))


def _is_asked(urn: str, wanted: Collection[str]) -> bool:
    return not wanted or any(urn == one or urn.endswith((f"::{one}", f":{one}")) for one in wanted)


def unknown(resources: Collection[Json], wanted: Collection[str]) -> list[str]:
    """What was asked for and is no resource of the stack."""
    urns = [str(one["urn"]) for one in resources]
    return [one for one in wanted if not any(_is_asked(urn, [one]) for urn in urns)]


def look(session: Session, router: Router) -> tuple[Owned, dict[str, str], Tables]:
    """What the end of the trial comes to on a router, what is protected there, and the rows as they were read."""
    noted = places(router.noted, ())
    lists = [Command(one.path, "print", query(one.listed)) for one in noted if one.listed]
    menus = dict.fromkeys([*_MENUS, *EXTRA, *(one.path for one in noted if not one.listed)])
    reads = [*(look_at(path) for path in menus), *lists]
    tables: dict[str, list[Mapping[str, str]]] = {}
    for read, answer in zip(reads, session.batch(reads), strict=True):
        if answer.trap and read.path in {one.path for one in noted}:
            raise answer.trap
        tables.setdefault(read.path, []).extend(answer.rows)
    ours, theirs, _ = session.ends
    return end_trial(router.trials, tables), costs(tables, (ours, theirs), router.owners), tables


def forgotten(deployment: Json, urns: Collection[str], protect: Collection[str], release: Collection[str] = ()) -> Json:
    """A deployment without what these resources' rows had.

    Args:
        deployment: as the state has it.
        urns: whose trial ended.
        protect: which are protected from now on, by class and name.
        release: which no longer are.
    """
    found = [_forgotten(one, urns, protect, release) for one in deployment.get("resources") or []]
    return {**deployment, "resources": found}


def _forgotten(one: Json, urns: Collection[str], protect: Collection[str], release: Collection[str]) -> Json:
    found = dict(one)
    if one["urn"] in urns and "outputs" in one:
        found["outputs"] = {name: value for name, value in one["outputs"].items() if name != FORMER}
    if named(str(one["urn"])) in release:
        found.pop("protect", None)
    if named(str(one["urn"])) in protect:
        found["protect"] = True
    return found


def named(urn: str) -> str:
    """A resource's class and name, as `wiretik:protect` has them."""
    return f"{urns_of.type_of(urn).rpartition(':')[2]}::{urns_of.name_of(urn)}"


def protected(config: Mapping[str, str]) -> dict[str, str]:
    """What the stack's config protects, by class and name, and what would be lost with each."""
    try:
        found = json.loads(config.get(PROTECT) or "{}")
    except ValueError:
        return {}
    return {str(name): str(why) for name, why in found.items()} if isinstance(found, dict) else {}
