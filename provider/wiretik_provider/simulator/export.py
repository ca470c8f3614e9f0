"""Configuration as text: what `/export` writes, and loading such a text, a real router's too (routeros.md F).

Compact, as 7.x exports: only what differs from the default, secrets only on request. Loading takes all or says line
by line what it doesn't know; what a real router has and this one lacks is never passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from wiretik_provider.simulator.grammar import BOOL, FLAG
from wiretik_provider.simulator.script import ScriptError, parse, run_each

if TYPE_CHECKING:
    from wiretik_provider.simulator.router import Router
    from wiretik_provider.simulator.spec import VersionedMenu
    from wiretik_provider.simulator.table import Row

__all__ = ["LoadError", "export", "load", "version_of"]

# What others refer to comes first.
_FIRST: Final = (
    "/interface/bridge",
    "/interface/ethernet",
    "/interface/wireguard",
    "/interface/list",
    "/routing/table",
)
# Users aren't exported (7.x), and what is shown of /interface stands in the menus of its types.
_NEVER: Final = frozenset({"/interface", "/user", "/user/group", "/certificate"})
_WIDTH: Final = 78
_PLAIN: Final = re.compile(r"[A-Za-z0-9._:/,@*!+-]+")
_ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "$": "\\$", "?": "\\?", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_HEADER: Final = re.compile(r"^# .* by RouterOS (\d+\.\d+(?:\.\d+)?)", re.MULTILINE)


class LoadError(ValueError):
    """A text that can't be loaded as it stands.

    Attributes:
        errors: every statement that isn't known or was refused, in order.
    """

    def __init__(self, errors: list[ScriptError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def version_of(text: str) -> str | None:
    """The RouterOS version that an export's header names."""
    found = _HEADER.search(text)
    return found[1] if found else None


def load(router: Router, text: str) -> None:
    """Loads an export into a router.

    Raises:
        LoadError: with everything that couldn't be loaded; the rest was.
    """
    try:
        statements = tuple(parse(text))
    except ScriptError as error:
        raise LoadError([error]) from None
    errors = run_each(router, statements)
    if errors:
        raise LoadError(errors)


def export(router: Router, *, show_sensitive: bool = False) -> str:
    """A router's configuration as text.

    Args:
        router: the router.
        show_sensitive: write secrets too.
    """
    lines = [
        f"# {router.now_text()} by RouterOS {router.version_text}",
        "#",
        f"# serial number = {router.serial}",
    ]
    paths = [*_FIRST, *(path for path in router.menus if path not in _FIRST)]
    for path in paths:
        menu = router.menus.get(path)
        if menu is None or path in _NEVER or not menu.args:
            continue
        body = [line for row in router.table(path) for line in _row(router, menu, row, show_sensitive=show_sensitive)]
        if body:
            lines.append(path[0] + path[1:].replace("/", " "))
            lines += body
    return "\n".join(lines) + "\n"


def _row(router: Router, menu: VersionedMenu, row: Row, *, show_sensitive: bool) -> Iterator[str]:
    if row.dynamic or (menu.menu.type and row.facts["type"] != menu.menu.type):
        return
    values = {
        name: value
        for name, value in sorted(row.values.items())
        if name in menu.args and value != menu.defaults.get(name) and (show_sensitive or name not in menu.secrets)
    }
    verb = "add"
    if menu.menu.singleton:
        verb = "set"
    elif not menu.menu.addable:
        name = row.facts.get("default-name", row.values["name"])
        verb = f"set [ find default-name={name} ]" if "default-name" in row.facts else f"set {name}"
        original = router.factory_values(menu.path, name)
        values = {key: value for key, value in values.items() if original.get(key) != value}
        values |= {key: "" for key in original if key not in row.values}
    if values or verb == "add":
        yield _wrapped([verb, *(_word(menu, name, value) for name, value in values.items())])


def _word(menu: VersionedMenu, name: str, value: str) -> str:
    kind = menu.args[name].kind
    if kind is FLAG:
        return name
    if kind is BOOL:
        value = "yes" if value == "true" else "no"
    if not _PLAIN.fullmatch(value):
        value = '"' + "".join(_ESCAPED.get(sign, sign) for sign in value) + '"'
    return f"{name}={value}"


def _wrapped(words: list[str]) -> str:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) + 2 > _WIDTH and len(lines[-1]) > len("    "):
            lines[-1] += " \\"
            lines.append("    " + word)
        else:
            lines[-1] += " " + word
    return "\n".join(lines)
