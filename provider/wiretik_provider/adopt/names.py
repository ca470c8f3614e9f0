"""Names that a router's owner recognises: from comments and names, unique by type, the same at every run.

Rule: pure, and in the router's order, so that of two rows with one name the first one keeps it.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare

__all__ = ["SETTINGS", "Names", "chosen_of", "key_of", "slug", "wish"]

Row = Mapping[str, str]

SETTINGS: Final = "settings"
"""By what the one row of a menu is known."""
_LONGEST: Final = 48
_RESERVED: Final = frozenset({"config", "here", "pulumi", "wt", "path"})
_AUTOMATIC: Final = re.compile(r"(?:peer\d*)?")
_WHO: Final = ("src-address", "dst-address", "routing-mark", "interface")
_TELLING: Final = (
    "action",
    "protocol",
    "dst-port",
    *("in-interface", "in-interface-list", "out-interface", "out-interface-list"),
    *("src-address-list", "dst-address-list", "src-address", "dst-address", "to-addresses", "connection-state"),
)


def slug(text: str, longest: int = _LONGEST) -> str:
    """A text as a name: letters and digits of any script, joined by `-`; empty where there are none."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("!", " not ")
    return re.sub(r"[\W_]+", "-", plain).strip("-")[:longest].rstrip("-")


def key_of(menu: Menu, row: Row) -> str:
    """By what a row is known again at the next run."""
    if menu.singleton and not menu.fixed:
        return SETTINGS
    if "address-list" in menu.path:
        return row.get("list", "")
    own = (row.get("default-name") or row.get("name", "")) if menu.fixed else ""
    return own or (compare.key(menu, row) if menu.key else "") or row.get(".id", "")


def chosen_of(menu: Menu, row: Row, chosen: Mapping[str, str]) -> str:
    """The name that somebody chose for a row; empty where nobody did."""
    return chosen.get(key_of(menu, row)) or chosen.get(row.get(".id", ""), "")


def wish(menu: Menu, row: Row, chosen: Mapping[str, str] = MappingProxyType({})) -> str:
    """What a row would be called if it were alone.

    Args:
        menu: its menu.
        row: as it was read.
        chosen: names that somebody chose for rows of this menu, by their keys or ids.
    """
    if found := chosen_of(menu, row, chosen):
        return found
    if menu.named:
        return row.get(menu.named, "")
    comment = slug(row.get("comment", "").removeprefix("defconf:"))
    match menu.path:
        case "/interface/list/member":
            return f"{row.get('list', '')}-{row.get('interface', '')}"
        case "/ip/address" | "/ipv6/address":
            return slug(f"{row.get('interface', '')}-{comment or row.get('address', '')}")
    return comment or slug(_by_properties(menu, row))


def _by_properties(menu: Menu, row: Row) -> str:
    match menu.path:
        case "/interface/wireguard/peers":
            own = row.get("name", "")
            return f"{row.get('interface', '')}-{row.get('allowed-address', '')}" if _AUTOMATIC.fullmatch(own) else own
        case "/ip/route" | "/ipv6/route":
            to, table = row.get("dst-address", ""), row.get("routing-table", "main")
            return ("default" if to in {"0.0.0.0/0", "::/0"} else to) + ("" if table == "main" else f"-{table}")
        case "/routing/rule":
            who = next((row[name] for name in _WHO if row.get(name)), "all")
            return f"{who}-{row.get('table') or row.get('action', '')}"
    return "-".join(row[name] for name in _TELLING if row.get(name))


class Names:
    """The names that were given: of resources by type, and of variables."""

    def __init__(self) -> None:
        self._used: dict[str, set[str]] = defaultdict(set)
        self._variables: set[str] = set(_RESERVED)

    def logical(self, kind: str, wished: str) -> str:
        """A name that no other one of that kind has."""
        name, number = wished or "row", 1
        while name in self._used[kind]:
            number += 1
            name = f"{wished or 'row'}-{number}"
        self._used[kind].add(name)
        return name

    def variable(self, wished: str) -> str:
        """A name of Python's that no other variable has."""
        name = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", wished).lower()).strip("_") or "it"
        if not name.isidentifier() or keyword.iskeyword(name) or keyword.issoftkeyword(name):
            name = f"_{name}"
        base, number = name, 1
        while name in self._variables:
            number += 1
            name = f"{base}_{number}"
        self._variables.add(name)
        return name
