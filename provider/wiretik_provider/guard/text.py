"""How an undo is written in RouterOS's script language (docs/facts/undo.md#the-script-language).

Rule: pure, and every value is quoted, so that nothing that stands on a router becomes a command.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["attempt", "quoted", "words"]

_ESCAPED = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """A text as a string of the script language; bytes that aren't plain ASCII are given in hex."""
    out = []
    for sign in text:
        if sign in _ESCAPED:
            out.append(_ESCAPED[sign])
        elif " " <= sign <= "~" and sign != "?":
            out.append(sign)
        else:
            out += [f"\\{byte:02X}" for byte in sign.encode("utf-8", "surrogateescape")]
    return f'"{"".join(out)}"'


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
