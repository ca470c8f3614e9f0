"""The secrets' key, which a deployment begins to derive before it imports anything: both take a quarter of a second.

Which stack is meant is guessed from the command line, and the guess need not be right: where the command wants another
key it derives it itself. A process of its own does it; it asks nobody, writes nothing but its answer, and ends.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from wiretik._process import may_fork

_FLAGS: Final = {"-C": "directory", "--cwd": "directory", "-s": "stack", "--stack": "stack"}
_TOLD: Final = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")


def begin(words: Sequence[str]) -> Callable[[], bytes] | None:
    """Begin to derive the key of the stack that these words seem to name; the answer waits for what became of it.

    None where somebody has to be asked for the passphrase, and where a fork isn't safe.
    """
    if "--help" in words or not may_fork() or not any(name in os.environ for name in _TOLD):
        return None
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(theirs, _derived(words))
        finally:
            os._exit(0)  # whatever was wrong, the command itself will tell
    os.close(theirs)

    def answer() -> bytes:
        with os.fdopen(ours, "rb") as pipe:
            text = pipe.read()
        os.waitpid(pid, 0)
        return text

    return answer


def _derived(words: Sequence[str]) -> bytes:
    from wiretik.engine.stack import Stack  # noqa: PLC0415, in the other process this is imported meanwhile

    directory, name = glimpse(words)
    return Stack(directory, name).crypter().told()


def glimpse(words: Sequence[str]) -> tuple[Path, str | None]:
    """The directory and the stack that these words seem to name."""
    found: dict[str, str] = {}
    for word, following in zip(words, (*words[1:], ""), strict=True):
        flag, equals, value = word.partition("=")
        if flag in _FLAGS:
            found[_FLAGS[flag]] = value if equals else following
    return Path(found.get("directory", "")), found.get("stack")
