"""What a deployment can begin before its command line is read: to read it takes longer than to guess the stack.

The guess need not be right: the command has a stack of its own if it names another one, and the key of this one is for
nothing. Nothing is asked of anybody, and nothing is written.
"""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wiretik.engine.errors import EngineError
from wiretik.engine.stack import Stack

_FLAGS: Final = {"-C": "directory", "--cwd": "directory", "-s": "stack", "--stack": "stack"}
_ready: dict[tuple[Path, str | None], Stack] = {}


def begin(words: Sequence[str]) -> None:
    """Get the stack ready that a deployment with these words seems to be of."""
    told = any(name in os.environ for name in ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"))
    if told and "--help" not in words:
        directory, name = glimpse(words)
        with contextlib.suppress(EngineError):  # the command itself will tell
            _ready[directory, name] = chosen = Stack(directory, name)
            chosen.get_ready()


def glimpse(words: Sequence[str]) -> tuple[Path, str | None]:
    """The directory and the stack that these words seem to name."""
    found: dict[str, str] = {}
    for word, following in zip(words, (*words[1:], ""), strict=True):
        flag, equals, value = word.partition("=")
        if flag in _FLAGS:
            found[_FLAGS[flag]] = value if equals else following
    return Path(found.get("directory", "")), found.get("stack")


def ready(directory: Path, name: str | None) -> Stack:
    """A stack that is getting ready, the one that was guessed if it is this one.

    Raises:
        EngineError: There is no such project, or no saying which stack.
    """
    chosen = _ready.pop((directory, name), None)
    if chosen is None:
        chosen = Stack(directory, name)
        chosen.get_ready()
    return chosen
