"""Names that attack whoever prints them, and what every output is held against."""

import re

__all__ = ["BYTES", "ESCAPES", "MARKUP", "NAMES", "no_control_characters"]

ESCAPES = "\x1b]0;OWNED\x07\x1b[2J\x1b[1;31mFAKE\x1b[0m\x9b2J\x7f"
"""Sets a terminal's title, clears it, writes in red; once more by a C1 control; and a DEL."""
LINES = "x\nerror: a forged line\rand\x85one\u2028more\x0bso\x0cto\x1csay"
"""Every end of a line that `str.splitlines` knows."""
TURNED = "safe\u202etxt.exe\u2066\u200b\ufeff\u00ad"
"""Text that is turned around, and what takes no room."""
BYTES = b"B\xfcro caf\xe9 \x9b".decode("utf-8", "surrogateescape")
"""A Windows code page's letters."""
MARKUP = "[red]<b onload=1>&]]>\"'[/]"
"""What rich, XML and shells take for their own."""
NAMES = (ESCAPES, LINES, TURNED, BYTES, MARKUP)

_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[[12]?[AJK]|\r")
"""What rich writes to a terminal: colours, the cursor hidden and shown, lines drawn again."""


def no_control_characters(text: str | bytes, *, terminal: bool = False) -> None:
    """Fails where an output holds a control character, or one that turns or hides text, or isn't UTF-8.

    Args:
        text: all that was printed.
        terminal: it was printed on a terminal, where rich's own colours and cursor movements may stand.
    """
    told = text.decode() if isinstance(text, bytes) else text
    rest = _OURS.sub("", told.replace("\r\n", "\n")) if terminal else told
    found = [(at, character) for at, character in enumerate(rest) if not (character.isprintable() or character == "\n")]
    assert not found, f"{found[0][1]!r} in {rest[max(0, found[0][0] - 80) : found[0][0] + 40]!r}"
