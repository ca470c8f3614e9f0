"""A router's refusals, as errors that name the row, the command, and the existing names where one doesn't exist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from wiretik_provider.api.link import Link
from wiretik_provider.codecs.base import Value
from wiretik_provider.errors import Overtaken, RowError, Trap
from wiretik_provider.kinds.meeting import overtaken
from wiretik_provider.menus.descriptor import Menu
from wiretik_provider.rows import compare

__all__ = ["refusal", "refuse_late", "write"]

_VALUE_REFUSALS: Final = ("input does not match any value of ", "ambiguous value of ")
"""How RouterOS says that a name doesn't exist (docs/facts/api.md#error-texts)."""


def refuse_late(link: Link, menu: Menu, wanted: Mapping[str, Value], row: str) -> None:
    """Refuses declared properties that this version of RouterOS doesn't have.

    Raises:
        RowError: with all of them, and the versions that have them.
    """
    if not menu.on(link.version):
        running = ".".join(str(part) for part in link.version)
        raise RowError(link.label, menu.path, row, f"RouterOS {running} doesn't have this menu{menu.span}")
    if late := menu.lacking(wanted, link.version):
        running = ".".join(str(part) for part in link.version)
        raise RowError(link.label, menu.path, row, f"RouterOS {running} doesn't have {late}")


def write(link: Link, menu: Menu, verb: str, words: tuple[str, ...], named: Mapping[str, Any]) -> str:
    """Sends a command that changes a row; the `.id` of one that was added.

    Raises:
        RowError: the router refuses it; the error names the row by the values in `named`.
    """
    try:
        return link.ask(menu.path, verb, *words).ret
    except Trap as trap:
        raise refusal(link, menu, trap, compare.label(menu, named), words) from None


def refusal(link: Link, menu: Menu, trap: Trap, row: str, words: tuple[str, ...]) -> RowError:
    """A trap as an error that names the row, what was asked, and what exists where a name doesn't."""
    text = f"the router says: {trap.message}"
    for start in _VALUE_REFUSALS:
        if trap.message.startswith(start):
            field = menu.by_name.get(trap.message.removeprefix(start).split(",", maxsplit=1)[0].strip())
            if field and not field.secret:
                asked = next((word.partition("=")[2] for word in _bare(words) if word.startswith(f"{field.name}=")), "")
                text += f"; asked was {field.attribute}={asked!r}"
            if field and field.references:
                link.forget(field.references)  # this run may have added some
                names = link.names(field.references)[field.references]
                text += f", {field.references} has {', '.join(names) or 'none'}"
    if trap.message.startswith("not enough permissions"):
        text += f"; the user {link.access.username!r} needs the policies api, read and write (/user/group)"
    kind = Overtaken if overtaken(trap) else RowError
    return kind(link.label, f"{menu.path} {trap.command}", row, text)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.removeprefix("=") for word in words)
