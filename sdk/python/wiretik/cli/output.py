"""Where all that the commands say goes out: no other module of the command line writes to a stream.

Names come from routers, states and programs; each line goes through `printable`, so that none of them writes a line or
a colour of its own. JSON keeps what it says, and escapes the same characters as JSON does. `guarded` is the net below:
what others print, such as an option's complaint or a traceback, loses its control characters there.

`screen` has the same for what rich draws.
"""

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TextIO

from wiretik_provider.printable import printable

__all__ = ["as_json", "coloured", "complain", "guard", "say", "say_file", "say_json"]

_HIDDEN: Final = re.compile(r"[^\n\x20-\x7e]")
_SENTENCES: Final[Mapping[str, Any]] = {"break_long_words": False, "break_on_hyphens": False}
_DRAWN: Final = re.compile(r"(\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[[12]?[AJK]|\r|\n)")
"""What rich writes besides text on a terminal: colours, the cursor hidden and shown, lines drawn again."""
_COLOURS: Final = re.compile(r"(\x1b\[[0-9;]*m|\n)")


def say(*lines: str) -> None:
    """Writes lines to standard output: sentences, which a narrow terminal gets as several lines of whole words."""
    _write(sys.stdout, _flowed(sys.stdout, lines))


def complain(*lines: str) -> None:
    """Writes lines to standard error, as `say` does."""
    _write(sys.stderr, _flowed(sys.stderr, lines))


def _flowed(stream: TextIO, lines: Sequence[str]) -> list[str]:
    if not stream.isatty():
        return [*lines]
    width, found = shutil.get_terminal_size().columns, []
    for line in map(printable, lines):
        further = " " * (len(line) - len(line.lstrip(" "))) + "  "
        fits = len(line) <= width
        found += [line] if fits else textwrap.wrap(line, width, subsequent_indent=further, **_SENTENCES)
    return found


def say_file(text: str) -> None:
    """Writes a whole text, whose lines are its own, to standard output."""
    _write(sys.stdout, text.removesuffix("\n").split("\n"))


def say_json(document: object) -> None:
    """Writes a document as JSON to standard output."""
    say_file(as_json(document, indent=2))


def _write(stream: TextIO, lines: tuple[str, ...] | list[str]) -> None:
    stream.write("".join(f"{printable(line)}\n" for line in lines))
    stream.flush()


def as_json(document: object, *, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    """A document as JSON in which every character can be shown; a byte that isn't UTF-8 stands as it is stored."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, separators=separators)
    return _HIDDEN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    if character.isprintable():
        return character
    byte = ord(character) - 0xDC00
    return f"\\u0000{byte:02x}" if 0x80 <= byte <= 0xFF else json.dumps(character)[1:-1]


def coloured(stream: TextIO) -> bool:
    """Whether colours go to a stream; FORCE_COLOR asks for them, and for nothing else, where it is no terminal.

    Sources: https://force-color.org and https://no-color.org: each counts where it is set and not empty.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def guard() -> None:
    """From now on what is written to standard output and standard error loses its control characters."""
    sys.stdout, sys.stderr = _Guard(sys.stdout), _Guard(sys.stderr)


class _Guard:
    """A stream that writes text as it can be shown; on a terminal rich may draw on it, and colour it where asked."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ours = _DRAWN if stream.isatty() else _COLOURS if coloured(stream) else re.compile("(\n)")

    def write(self, text: str) -> int:
        """Writes what can be shown, and what rich draws."""
        if not text.isprintable():
            parts = self._ours.split(text)
            text = "".join(part if at % 2 else printable(part) for at, part in enumerate(parts))
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)
