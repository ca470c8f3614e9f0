"""The statements of an export, however its lines are wrapped and whether it is terse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["order", "statements"]

_WRAP: Final = re.compile(r"\\\r?\n[ \t]*")
_TERSE: Final = re.compile(r"(/[a-z0-9 /-]+?) (add|set)\b(.*)")


def statements(text: str) -> Iterator[tuple[str, str]]:
    """The statements of an export, each with its menu."""
    menu = ""
    for line in (each.strip("\r \ufeff") for each in _WRAP.sub("", text).splitlines()):
        if not line or line.startswith("#"):
            continue
        if found := _TERSE.fullmatch(line):
            menu = found[1].replace("/", " ").strip()
            yield menu, f"{found[2]}{found[3]}"
        elif line.startswith("/"):
            menu = line.replace("/", " ").strip()
        else:
            yield menu, line


def order(text: str) -> list[str]:
    """The menus of an export, in order."""
    return list(dict.fromkeys(menu for menu, _ in statements(text)))
