r"""The one escape: how text from outside is shown, and how bytes that aren't UTF-8 are kept.

Names, comments, refusals and certificates come from whoever has an account on a router, or plays one. Shown as they
are they would set a terminal's title, clear its screen, turn a line around, or write a line that looks like our own.
`printable` makes of any text one line in which such characters stand as their codes: `\x1b`, `\n`, `\u202e`. All that
Wiretik prints goes through it: the text of every error, what the provider says, and every line of every command.

RouterOS declares no charset, and WinBox writes comments in its Windows' code page. Inside Wiretik such a byte is a
surrogate (`wire`), which neither Pulumi's state nor its protocol takes. `stored` writes it as NUL and two hex digits
for them, and `restored` reads it back. No text of a user is ever changed by that or taken for it: `stored` changes
nothing in a text of whole characters, and a NUL can't be sent to a router, so nobody can have written one.

Rule: pure. What is printable already stays as it is, so an escape within an escape does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar, cast

__all__ = ["one_line", "printable", "restored", "stored"]

_Value = TypeVar("_Value")
"""Any value that Pulumi takes; a tuple comes back as a list, as it does from there."""

_SHORT: Final = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_BYTE: Final = range(0xDC80, 0xDD00)
"""What `surrogateescape` makes of the bytes 0x80 to 0xFF."""
_STORED: Final = re.compile("\0(00|[89a-f][0-9a-f])")
_UNSTORABLE: Final = re.compile("[\0\udc80-\udcff]")


def printable(text: str) -> str:
    r"""A text as one line that shows what is in it.

    Escaped is all that `str.isprintable` denies: control characters (C0, DEL, C1), what turns or hides text (bidi
    marks, zero width), the ends of lines and paragraphs, spaces other than the space, and what isn't assigned. A byte
    that isn't UTF-8 is shown as `\xfc`.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _code(c) for c in _STORED.sub(_kept, text))


def one_line(text: str) -> str:
    """A text of several lines, such as a traceback, as one."""
    return printable(" ".join(text.split()))


def _code(character: str) -> str:
    code = ord(character)
    if code in _BYTE:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x80:
        return _SHORT.get(character) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _kept(found: re.Match[str]) -> str:
    byte = int(found[1], 16)
    return chr(0xDC00 + byte) if byte else "\0"


def stored(value: _Value) -> _Value:
    """A value as state and protocol take it: all its texts are UTF-8."""
    return cast(_Value, _mapped(value, _stored))


def _stored(text: str) -> str:
    if text.isascii() and "\0" not in text:  # as nearly all of a long list
        return text
    return _UNSTORABLE.sub(lambda found: f"\0{ord(found[0]) & 0xFF:02x}", text)


def restored(value: _Value) -> _Value:
    """What `stored` was given."""
    return cast(_Value, _mapped(value, lambda text: _STORED.sub(_kept, text) if "\0" in text else text))


def _mapped(value: object, change: Callable[[str], str]) -> object:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {_mapped(key, change): _mapped(part, change) for key, part in value.items()}
        case list() | tuple():
            return [_mapped(part, change) for part in value]
    return value
