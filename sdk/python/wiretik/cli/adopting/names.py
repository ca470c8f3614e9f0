"""Logical names that somebody chose: those of a Terraform state, or of the names.json that an adoption has written.

Rule: names are by a row's natural key, such as its own name, else by its `.id`, so that a second run finds them again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from wiretik.cli.output import as_json
from wiretik.engine.errors import ProjectError
from wiretik_provider.adopt.names import key_of
from wiretik_provider.adopt.program import Made
from wiretik_provider.menus import MENUS, at
from wiretik_provider.menus import menu as menu_at
from wiretik_provider.menus.every import heads

__all__ = ["FILE", "names_of", "written"]

FILE: Final = "names.json"
Names = Mapping[str, Mapping[str, str]]
"""By menu and the key or `.id` of a row, its name."""

_TYPES: Final = {
    "routeros_firewall_addr_list": "/ip/firewall/address-list",
    "routeros_ip_firewall_addr_list": "/ip/firewall/address-list",
    "routeros_ipv6_firewall_addr_list": "/ipv6/firewall/address-list",
    "routeros_interface_wireguard_peer": "/interface/wireguard/peers",
    "routeros_wireguard": "/interface/wireguard",
    "routeros_wireguard_peer": "/interface/wireguard/peers",
    "routeros_firewall_filter": "/ip/firewall/filter",
    "routeros_firewall_nat": "/ip/firewall/nat",
    "routeros_firewall_mangle": "/ip/firewall/mangle",
    "routeros_scheduler": "/system/scheduler",
}
"""Types of terraform-routeros that aren't called as their menus are."""


class _One(NamedTuple):
    path: str
    id: str
    name: str


def names_of(folder: Path, given: Path | None) -> dict[str, dict[str, str]]:
    """The names in a file and, behind them, those of the folder's own names.json.

    Raises:
        ProjectError: a file can't be read, or is neither.
    """
    files = [file for file in (folder / FILE, given) if file is not None and (file is given or file.is_file())]
    found: dict[str, dict[str, str]] = {}
    for file in files:
        try:
            content = json.loads(file.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise ProjectError(f"{file}: {error.strerror}") from None
        except ValueError:
            raise ProjectError(f"{file} is no JSON, as a terraform.tfstate and a {FILE} are") from None
        for one in _of_terraform(content) if _is_terraform(content) else _of_names(file, content):
            found.setdefault(one.path, {})[one.id] = one.name
    return found


def _is_terraform(content: object) -> bool:
    return isinstance(content, dict) and "terraform_version" in content


def _of_names(file: Path, content: object) -> Iterator[_One]:
    if not isinstance(content, dict) or not all(isinstance(names, dict) for names in content.values()):
        raise ProjectError(f"{file} has no names by menu and row")
    for path, names in content.items():
        for key, name in names.items():
            if isinstance(name, str) and name.strip():
                yield _One(path, key, name)


def _of_terraform(content: Mapping[str, Any]) -> Iterator[_One]:
    """The resources of a state of version 4 that terraform-routeros manages, whose ids are the router's own."""
    for resource in content.get("resources") or []:
        if resource.get("mode") != "managed" or not str(resource.get("type")).startswith("routeros_"):
            continue
        modules = [part for part in str(resource.get("module") or "").split(".") if part != "module"]
        for instance in resource.get("instances") or []:
            attributes = instance.get("attributes") or {}
            index = instance.get("index_key")
            name = "-".join([*filter(None, modules), str(resource["name"]), *([] if index is None else [str(index)])])
            path = str(attributes.get("___path___") or _path(str(resource["type"])))
            if path and at(path) and str(attributes.get("id", "")).startswith("*"):
                yield _One(path, str(attributes["id"]), name)


def _path(kind: str) -> str:
    """The menu of a type: `routeros_ip_firewall_filter` is /ip/firewall/filter."""
    plain = "/" + kind.removeprefix("routeros_").replace("_", "/")
    return _TYPES.get(kind) or next((path for path in (*MENUS, *heads()) if path.replace("-", "/") == plain), "")


def written(made: Sequence[Made], rows: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    """The text of names.json: the names as the program has them."""
    found: dict[str, dict[str, str]] = {}
    by_id = {path: {row.get(".id", ""): row for row in rows.get(path, ())} for path in {one.path for one in made}}
    for one in made:
        menu, there = menu_at(one.path), by_id[one.path]
        row = there.get(one.id) or next(iter(there.values()), {})
        found.setdefault(one.path, {}).setdefault(key_of(menu, row), one.rule or one.name)
    return f"{as_json(found, indent=2)}\n"
