"""An always-on VPN beside a router that would ask for the time through it: after a power cut it never comes up again.

Rule: refused only where the doctor would find it of the router as it will be; a component asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wiretik_provider.declared import Declared
from wiretik_provider.doctor.clock import CLOCK_MENUS, CURE, time_inside
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot

__all__ = ["KIND", "READS", "asked", "refusal"]

KIND: Final = "clock"
"""The kind of expectation by which the SDK says that a tunnel needs the time."""

READS: Final = tuple((path, ()) for path in CLOCK_MENUS)


def asked(expected: Iterable[Mapping[str, Any]]) -> str:
    """Who asks for it; empty where nobody does."""
    return next((str(one["name"]) for one in expected if one["props"].get("kind") == KIND), "")


def refusal(
    who: str, then: Snapshot, declared: Sequence[Declared], rows: Mapping[str, Sequence[Mapping[str, str]]]
) -> str:
    """Why the deployment must not be made; empty where nothing is in the way.

    Args:
        who: the component that asks.
        then: the router as it will be, but for the menus of `READS`.
        declared: the program's resources.
        rows: those menus as they are.
    """
    planned = {path: [_set(dict(next(iter(rows.get(path, ())), {})), path, declared)] for path in CLOCK_MENUS}
    found = time_inside(then.having(planned))
    if found is None:
        return ""
    lost = "without a battery its clock begins in 1970 after a power cut, and the far end takes no handshake of then"
    return f"{who}: {found.text}, and {lost}: {CURE.format(found.tunnel)}"


def _set(row: dict[str, str], path: str, declared: Sequence[Declared]) -> dict[str, str]:
    """The settings with what the program declares of them."""
    for entry in declared:
        if entry.path == path and entry.menu and entry.menu.singleton:
            row.update({**entry.printed, **dict.fromkeys(entry.waiting, UNKNOWN)})
    return row
