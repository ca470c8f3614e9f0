"""Differences between a state's inputs and a program's, by the paths that a preview prints.

Rule: pure. A list that only grew or shrank at its end is told by its new or lost elements, any other as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

__all__ = ["Change", "Difference", "differences", "top"]

_PLAIN: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class Change(Enum):
    """How a property differs."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


class Difference(NamedTuple):
    """One property that differs."""

    path: str
    """As Pulumi writes paths: `rules.dns.action`, `entries["10.0.0.0/8"]`, `allowedAddress[1]`."""
    change: Change

    @property
    def top(self) -> str:
        """The property itself."""
        return top(self.path)


def top(path: str) -> str:
    """The property that a path begins with."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """All that differs, by the wire's names."""
    return list(_compare("", old, new))


def _compare(at: str, old: object, new: object) -> Iterator[Difference]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in sorted({*old, *new}):
            below = _below(at, str(name))
            if name not in old:
                yield Difference(below, Change.ADD)
            elif name not in new:
                yield Difference(below, Change.DELETE)
            else:
                yield from _compare(below, old[name], new[name])
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(at, old, new)
    elif old != new:
        yield Difference(at, Change.UPDATE)


def _lists(at: str, old: list[Any], new: list[Any]) -> Iterator[Difference]:
    if len(old) == len(new):
        for number, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _compare(f"{at}[{number}]", one, other)
        return
    short, long = sorted((old, new), key=len)
    if long[: len(short)] == short:
        change = Change.ADD if long is new else Change.DELETE
        yield from (Difference(f"{at}[{number}]", change) for number in range(len(short), len(long)))
    else:
        yield Difference(at, Change.UPDATE)


def _below(at: str, name: str) -> str:
    if not at:
        return name
    if _PLAIN.fullmatch(name):
        return f"{at}.{name}"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{at}["{quoted}"]'
