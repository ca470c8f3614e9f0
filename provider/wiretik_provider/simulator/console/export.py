"""Configuration as text: what `/export` writes, as 7.x does (docs/facts/rest-and-export.md).

Compact: only what differs from the default, secrets only on request. What others refer to comes first, then the menus
by their names. Rows that only the router makes are written as `set`, with what tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wiretik_provider.simulator.spec import firewall, ipv6
from wiretik_provider.simulator.spec.grammar import BOOL, FLAG

if TYPE_CHECKING:
    from wiretik_provider.simulator.machine.table import Row
    from wiretik_provider.simulator.router import Router
    from wiretik_provider.simulator.spec import VersionedMenu

__all__ = ["export"]

# What others refer to comes first, and in this order.
_FIRST: Final = (
    "/interface/bridge",
    "/interface/ethernet",
    "/interface/wifi",
    "/interface/wireless",
    "/interface/bonding",
    "/interface/veth",
    "/interface/wireguard",
    "/interface/vlan",
    "/interface/list",
    "/routing/table",
)
# Users and files aren't exported (7.x), and what is shown of /interface stands in the menus of its types.
_NEVER: Final = frozenset({"/interface", "/user", "/user/group", "/certificate", "/file"})
_RULES: Final = frozenset({*firewall.RULES, *ipv6.RULES})
_WIDTH: Final = 78
_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/,@*!+-]+")
_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "$": "\\$", "?": "\\?", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def export(router: Router, *, show_sensitive: bool = False, under: str = "") -> str:
    """A router's configuration as text.

    Args:
        router: the router.
        show_sensitive: write secrets too.
        under: the menu whose configuration, and that of the menus under it, is wanted; all unless given.
    """
    lines = [
        f"# {router.now_text()} by RouterOS {router.version_text}",
        "#",
        f"# serial number = {router.serial}",
    ]
    for path in sorted(router.menus, key=lambda path: _rank(router.menus[path])):
        menu = router.menus[path]
        if path in _NEVER or not menu.args or not (path == under or path.startswith(f"{under}/")):
            continue
        if menu.menu.plain and not menu.menu.table and not router.has_table(path):
            continue
        body = [line for row in router.table(path) for line in _row(router, menu, row, show_sensitive=show_sensitive)]
        if body:
            lines.append(path[0] + path[1:].replace("/", " "))
            lines += body
    return "\n".join(lines) + "\n"


def _rank(menu: VersionedMenu) -> tuple[int, bool, str]:
    """Where a menu stands: those of the list, other interfaces, plain tables with names, the rest."""
    path = menu.path
    if path in _FIRST:
        return _FIRST.index(path), False, path
    referred = menu.menu.plain and "name" in menu.args and not path.startswith("/tool/")
    return len(_FIRST), not (menu.menu.type or referred), path


def _row(router: Router, menu: VersionedMenu, row: Row, *, show_sensitive: bool) -> Iterator[str]:
    if row.dynamic or (menu.menu.type and row.facts["type"] != menu.menu.type):
        return
    values = {
        name: value
        for name, value in sorted(row.values.items())
        if name in menu.args and value != menu.defaults.get(name) and (show_sensitive or name not in menu.secrets)
    }
    if menu.path in _RULES:
        # A rule's action is written whatever it is.
        values = dict(sorted({"action": menu.defaults["action"], **values}.items()))
    verb = "add"
    if menu.menu.singleton:
        verb = "set"
    elif (target := _target(menu, row)) is not None:
        verb = f"set {target}"
        original = router.factory_values(menu.path, row)
        values = {key: value for key, value in values.items() if original.get(key) != value}
        values |= {key: "" for key in original if key in menu.args and key not in row.values}
    if values or verb == "add":
        yield _wrapped([verb, *_words(menu, values)])


def _target(menu: VersionedMenu, row: Row) -> str | None:
    """What tells a row apart that only the router makes; None for another."""
    if "target" in row.facts:
        return row.facts["target"]
    if "default-name" in row.facts:
        return f"[ find default-name={row.facts['default-name']} ]"
    return None if menu.menu.addable else row.values["name"]


def _words(menu: VersionedMenu, values: dict[str, str]) -> Iterator[str]:
    """`name=value` words; of a dotted name what the one before began with is left out."""
    before = ""
    for name, value in values.items():
        prefix = name.partition(".")[0] if "." in name else ""
        word = _word(menu, name, value)
        yield word.removeprefix(prefix) if prefix and prefix == before else word
        before = prefix


def _word(menu: VersionedMenu, name: str, value: str) -> str:
    kind = menu.args[name].kind
    if kind is FLAG:
        return name
    if kind is BOOL:
        value = "yes" if value == "true" else "no"
    return f"{name}={quoted(value)}"


def quoted(value: str) -> str:
    """A value as the console writes it."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + "".join(_ESCAPED.get(sign, sign) for sign in value) + '"'


def _wrapped(words: list[str]) -> str:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + 2 > _WIDTH and len(lines[-1]) > len("    "):
            lines[-1] += " \\"
            lines.append("    " + word)
        else:
            lines[-1] += " " + word
    return "\n".join(lines)
