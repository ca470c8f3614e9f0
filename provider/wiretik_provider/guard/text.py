"""How an undo is written in RouterOS's script language (docs/facts/undo.md#the-script-language).

Rule: pure, and every value is quoted, so that nothing that stands on a router becomes a command.
"""

from __future__ import annotations

from collections.abc import Iterable

from wiretik_provider.codecs.script import quoted

__all__ = ["attempt", "words"]


def words(attributes: Iterable[str]) -> str:
    """Attributes of an API sentence, `=name=value` and `=!name=`, as a script says them."""
    said = []
    for attribute in attributes:
        name, _, value = attribute[1:].partition("=")
        said.append(name if name.startswith("!") else f"{name}={quoted(value)}")
    return " ".join(said)


def attempt(command: str) -> str:
    """A line that doesn't end the script where it fails."""
    return f":do {{{command}}} on-error={{:log warning wiretik-undo}}"
