"""What no script can say, so that it isn't undone: keys, what the router doesn't show, texts that may hold a key.

Rule: pure, and one list for the journal, which meets it in a deployment, and for the preview, which tells it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.calls import Row
from wiretik_provider.menus.descriptor import Field, Menu

__all__ = ["HIDDEN", "changes", "why"]

_TEXTS: Final = frozenset({"source", "on-event"})
"""Properties whose text may hold anything, a key among them."""
HIDDEN: Final = "*****"
"""What a user without the policy `sensitive` sees."""


def why(field: Field, *, secrets: bool = False) -> str:
    """Why a property isn't undone; empty where it is.

    Args:
        field: it.
        secrets: whether keys may be written into scripts.
    """
    if field.secret and not secrets:
        return "no key is written into a script"
    if field.write_only:
        return "the router doesn't show it"
    return "it may hold a key, and none is written into a script" if field.name in _TEXTS else ""


def changes(menu: Menu, wanted: Mapping[str, str], row: Row, *, secrets: bool = False) -> Iterator[str]:
    """What of a planned change isn't undone, in words.

    Args:
        menu: the menu.
        wanted: what is declared, as the router prints it.
        row: the row as it is.
        secrets: whether keys may be written into scripts.
    """
    for field in menu.writable:
        now = row.get(field.name, "")
        if (reason := why(field, secrets=secrets)) and wanted.get(field.name, now) != now and now != HIDDEN:
            yield f"{field.attribute} isn't undone: {reason}"
