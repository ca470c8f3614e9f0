"""What no script can say, so that it isn't undone: keys, what the router doesn't show, texts that may hold a key.

Rule: pure, and one list for the journal, which meets it in a deployment, and for the preview, which tells it before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wiretik_provider.calls import Row
from wiretik_provider.codecs.base import Value
from wiretik_provider.menus.descriptor import Field, Menu
from wiretik_provider.rows import compare, ownership

__all__ = ["changes", "why"]

_TEXTS: Final = frozenset({"source", "on-event"})
"""Properties whose text may hold anything, a key among them."""


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


def changes(
    menu: Menu,
    wanted: Mapping[str, Value],
    row: Row,
    *,
    secrets: bool = False,
    adopted: bool = False,
    seen: bool = False,
) -> Iterator[str]:
    """What of a planned change isn't undone, in words.

    Args:
        menu: the menu.
        wanted: what is declared, by RouterOS's names.
        row: the row as it is.
        secrets: whether keys may be written into scripts.
        adopted: whether the row was there before, so that secrets which nobody declares stay.
        seen: whether the deployment has refreshed, so that what nobody declares is a change by itself. Otherwise it
            goes along where anything that is declared changes.
    """
    there = {**row, "comment": ownership.text_of(row)}
    found = compare.changes(menu, there, wanted, whole=not menu.loose, adopted=adopted)
    written = seen or any(change.new is not None for change in found)
    for change in found if written else ():
        if (reason := why(change.field, secrets=secrets)) and change.old != compare.HIDDEN:
            yield f"{change.field.attribute} isn't undone: {reason}"
