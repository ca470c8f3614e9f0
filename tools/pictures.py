"""The pictures of the pages: `python -m tools.pictures [FOLDER]`, by the commands themselves on an embedded router.

Rule: nothing is drawn by hand. A terminal's session, the network and a walk are those of the demo's site, so a picture
is as right as the command that made it, and nothing in it leads elsewhere. Rows that need no order among them may come
in any; all else is the same from run to run.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from tools import demo

__all__ = ["main", "session"]

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "pictures"
_COLUMNS: Final = 80
_TRACE: Final = "wiretik trace --src 192.168.88.10 --dst 1.1.1.1"
_TYPED: Final = ("wiretik graph", "wiretik show peers", _TRACE)
"""What is typed in the session."""
_FONT: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_NAMED: Final = re.compile(r"Fira Code, monospace")
_PASSING: Final = re.compile(r"127\.0\.0\.1(:\d+)?")
"""What differs from run to run, or is the embedded router's alone."""
_HOST: Final = "192.168.88.1"


def session(parts: Mapping[str, str]) -> str:
    """A terminal on which commands were typed, as a picture.

    Args:
        parts: what each command printed, with colours.
    """
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for command, printed in parts.items():
        console.print(Text("$ ", style="dim").append(command, style="bold cyan"))
        console.print(Text.from_ansi(_PASSING.sub(_HOST, printed).rstrip("\n")), soft_wrap=True)
        console.print()
    drawn = console.export_svg(title="wiretik: the demo's site", unique_id="wiretik")
    return _NAMED.sub("ui-monospace, Menlo, Consolas, monospace", _FONT.sub("", drawn))


def _on_terminal(words: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Its exit code, and what a command prints with colours: where there is no terminal it has none."""
    theirs, ours = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 40, _COLUMNS, 0, 0))
    with subprocess.Popen(words, env=environment, stdin=subprocess.DEVNULL, stdout=ours, stderr=ours) as started:  # noqa: S603
        os.close(ours)
        printed = bytearray()
        with contextlib.suppress(OSError):  # how a terminal says that nobody has it any more
            while part := os.read(theirs, 65536):
                printed += part
        os.close(theirs)
    return started.returncode, printed.decode().replace("\r\n", "\n")


def main(folder: Path = FOLDER) -> None:
    """Draws every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    password = "picture"  # noqa: S105  (of the embedded router, while this runs)
    with tempfile.TemporaryDirectory(prefix="wiretik-pictures-") as name, demo._router(password) as (host, port):
        site = Path(name)
        demo._prepare(site, host, port)
        environment = {**demo._environment(site, password), "TERM": "xterm-256color"}

        def typed(command: str) -> str:
            words = [sys.executable, "-m", "wiretik", *shlex.split(command)[1:], "-C", str(site), "-s", "demo"]
            code, printed = _on_terminal(words, environment)
            if code:
                raise demo.DemoError(f"{command}: {printed}")
            return printed

        typed("wiretik up --yes --skip-preview --parallel 1")  # rows in one order, so rules have the same numbers
        seen = {command: typed(command) for command in _TYPED}
        (folder / "session.svg").write_text(session(seen), encoding="utf-8")
        typed(f"wiretik graph --svg {folder / 'network.svg'}")
        typed(f"{_TRACE} --svg {folder / 'trace.svg'}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
