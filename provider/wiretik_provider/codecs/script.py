"""How a text stands in RouterOS's script language (docs/facts/undo.md#the-script-language).

Rule: whoever writes a script, an undo or a line of an import quotes every value by this, so that nothing that stands on
a router or in a program becomes a command.
"""

from typing import Final

__all__ = ["quoted"]

_ESCAPED: Final = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


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
