"""Sites that stand in another inventory: a CSV, NetBox, Nornir's own files. They become entries of the fleet's file.

Of Nornir's files `hostname`, `username`, `password`, `groups` and `data` are taken; `data` is labels, but for
`data.wiretik`, which has what an entry of `sites:` has. A host's `port` is whoever's ssh; that of the router's API
stands in `connection_options.wiretik` (nornir.tech, inventory plugin `SimpleInventory`), or in `data.wiretik`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
import yaml

from wiretik.engine.errors import ProjectError

__all__ = ["Elsewhere", "elsewhere"]

Entry: TypeAlias = dict[str, Any]
_FILES: Final = {"hosts": "hosts.yaml", "groups": "groups.yaml", "defaults": "defaults.yaml"}
"""As `SimpleInventory` names them; but for the hosts each may be missing."""
_OPTIONS: Final = ("hostname", "port", "username", "password")


@attrs.frozen
class Elsewhere:
    """What another inventory says, as the fleet's file would."""

    sites: Mapping[str, Entry] = attrs.field(factory=dict)
    groups: Mapping[str, Entry] = attrs.field(factory=dict)
    defaults: Entry = attrs.field(factory=dict)


def elsewhere(file: Path, said: object, problems: list[str]) -> Elsewhere:
    """Read the inventory that a fleet's file names.

    Args:
        file: the fleet's.
        said: what it says under `inventory`.
        problems: gets what is wrong.

    Raises:
        ProjectError: it can't be read.
    """
    match said:
        case None:
            return Elsewhere()
        case str() if said.endswith(".csv"):
            return Elsewhere(dict(_of_csv(file.parent / said, problems)))
        case {"netbox": Mapping() as options}:
            from wiretik.fleet.sites.netbox import sites_of  # noqa: PLC0415, pynetbox is an extra of its own

            return Elsewhere(dict(sites_of(options)))
        case {"nornir": Mapping() | None as options} if not set(options or ()) - set(_FILES):
            return _of_nornir(file.parent, {**_FILES, **(options or {})}, problems)
        case _:
            problems.append(
                "inventory: it is FILE.csv, or netbox: with url, token and filters, or nornir: with hosts, groups and "
                "defaults"
            )
            return Elsewhere()


# --- a CSV -----------------------------------------------------------------------------------------------------------


def _of_csv(file: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A row for each site: `name`, keys of a site, and `vars.NAME` and `labels.NAME`; an empty cell says nothing."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except OSError as error:
        raise ProjectError(f"{file}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ProjectError(f"{file}: {error}") from error
    for number, row in enumerate(rows, 2):
        name = (row.get("name") or "").strip()
        if not name or None in row:
            problems.append(f"{file.name}:{number}: " + ("no name" if not name else "more cells than columns"))
            continue
        yield name, _of_row((key, value.strip()) for key, value in row.items() if value and key != "name")


def _of_row(cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for key, value in cells:
        place, _, name = key.partition(".")
        if name and place in ("vars", "labels"):
            entry.setdefault(place, {})[name] = value
        elif key == "groups":
            entry["groups"] = value.replace(";", " ").split()
        elif value.partition(":")[0] in ("env", "command") and key == "password":
            form, _, rest = value.partition(":")
            entry[key] = {form: rest}
        else:
            entry[key] = value
    return entry


# --- Nornir's files --------------------------------------------------------------------------------------------------


def _of_nornir(directory: Path, files: Mapping[str, Any], problems: list[str]) -> Elsewhere:
    read = {key: _mapping(directory / str(name), missing=key != "hosts") for key, name in files.items()}

    def entries(key: str) -> dict[str, Entry]:
        found = {}
        for name, element in read[key].items():
            if isinstance(element or {}, Mapping):
                found[str(name)] = _element(element or {})
            else:
                problems.append(f"{files[key]}: {name} is no mapping")
        return found

    return Elsewhere(entries("hosts"), entries("groups"), _element(read["defaults"]))


def _element(element: Mapping[str, Any]) -> Entry:
    """A host, a group, or the defaults."""
    ours = (element.get("connection_options") or {}).get("wiretik") or {}
    given = {**{key: value for key, value in element.items() if key != "port"}, **ours}
    entry: Entry = {
        "host" if key == "hostname" else key: given[key] for key in _OPTIONS if given.get(key) not in (None, "")
    }
    if groups := element.get("groups"):
        entry["groups"] = list(groups)
    data = dict(element.get("data") or {})
    own = data.pop("wiretik", None) or {}
    labels = {**data, **(own.get("labels") or {})}
    return {**entry, **own, **({"labels": labels} if labels else {})}


def _mapping(file: Path, *, missing: bool) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(file.read_text("utf-8")) or {}
    except FileNotFoundError as error:
        if missing:
            return {}
        raise ProjectError(f"{file}: {error.strerror}") from None
    except OSError as error:
        raise ProjectError(f"{file}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProjectError(f"{file}: {' '.join(str(error).split())}") from error
    if not isinstance(found, Mapping):
        raise ProjectError(f"{file}: no mapping, as Nornir's inventory has them")
    return found
