"""What a command shows on a terminal of some width: in this process, on a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
import tty
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

import pytest
import typer
from rich.console import Console
from rich.file_proxy import FileProxy

from wiretik.cli import app, output
from wiretik.engine.processes import program, provider
from wiretik_provider.api.link import close_all

__all__ = ["called", "ended", "printed_by", "shown", "shown_by_process", "wrapped"]

_DRAWING = re.compile(r"(\x1b\[[0-9;?]*[A-Za-z]|\r|\n)")


def shown(words: Sequence[str], columns: int, *, directory: Path, typed: str = "") -> str:
    """What stands on the terminal in the end, without colours.

    Args:
        words: the command's, without `wiretik`.
        columns: how wide the terminal is.
        directory: where it is called.
        typed: what stands on standard input, which is no terminal.
    """
    return _on_terminal(columns, lambda out: _run(words, columns, out, directory, typed))


def shown_by_process(words: Sequence[str], columns: int, *, directory: Path, environment: Mapping[str, str]) -> str:
    """The same of a command in a process of its own, as people call it: what a provider says comes by the engine then.

    Args:
        words: the command's, without `wiretik`.
        columns: how wide the terminal is.
        directory: where it is called.
        environment: variables besides those of this process.
    """
    more = {**os.environ, **environment, "COLUMNS": str(columns), "LINES": "40", "TERM": "xterm-256color"}

    def run(out: int) -> None:
        command = [sys.executable, "-m", "wiretik", *words]
        subprocess.run(
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=more, check=False, timeout=100
        )

    return _on_terminal(columns, run)


def _on_terminal(columns: int, run: Callable[[int], object]) -> str:
    """What is left on a terminal's screen by whatever writes to its file."""
    return _screen(printed_by(run, columns).decode())


def printed_by(run: Callable[[int], object], columns: int = 0) -> bytes:
    """What is printed by a run that writes to a pseudo-terminal.

    Args:
        run: gets the number of its file.
        columns: how wide it is; 0 says nothing of it.
    """
    theirs, ours = pty.openpty()
    tty.setraw(ours)
    if columns:
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    printed = bytearray()

    def read() -> None:
        with contextlib.suppress(OSError):  # how a terminal says that nobody has it any more
            while data := os.read(theirs, 65536):
                printed.extend(data)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        run(ours)
    finally:
        os.close(ours)
        reader.join()
        os.close(theirs)
    return bytes(printed)


def ended(words: Sequence[str], columns: int, *, directory: Path, typed: str = "") -> tuple[int, str]:
    """Its exit code, and what stands on the terminal in the end; as `shown`."""
    codes: list[int] = []
    text = _on_terminal(columns, lambda out: codes.append(_run(words, columns, out, directory, typed)))
    return codes[0], text


def _run(words: Sequence[str], columns: int, out: int, directory: Path, typed: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(directory)
        patch.setattr(provider, "process", provider.in_process)
        patch.setattr(program, "process", lambda job, say, **_: program.inline()(job, say))
        for name, value in {"COLUMNS": str(columns), "LINES": "40", "TERM": "xterm-256color"}.items():
            patch.setenv(name, value)
        return called(words, out, typed, late=True)


class _Late(FileProxy):
    """Standard error of which the lines stand at the end.

    A provider's lines come by the engine. One in this process writes them itself while the display is taken away, and
    a line between its last frame and what wipes that would leave the frame there. The display takes
    a proxy for its own.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(Console(file=io.StringIO()), stream)
        self.said: list[str] = []

    def write(self, text: str) -> int:
        self.said.append(text)
        return len(text)

    def flush(self) -> None:
        pass


def called(words: Sequence[str], out: int, typed: str = "", *, late: bool = False) -> int:
    """Runs a command in this process as `main` does.

    Args:
        words: the command's, without `wiretik`.
        out: the number of the file that it prints to.
        typed: what stands on standard input, which is no terminal.
        late: whether what goes to standard error stands at the end.

    Returns:
        its exit code.
    """
    code: object = 0
    before = sys.stdout, sys.stderr, sys.stdin, sys.argv
    with open(out, "w", closefd=False, encoding="utf-8") as stream:
        sys.argv, sys.stdout, sys.stderr, sys.stdin = ["wiretik", *words], stream, stream, io.StringIO(typed)
        output.guard()
        guarded, sys.stderr = sys.stderr, _Late(sys.stderr) if late else sys.stderr
        try:
            _commands()(prog_name="wiretik")
        except SystemExit as ended:
            code = ended.code
        finally:
            if isinstance(sys.stderr, _Late):
                folded = Console(file=guarded, width=int(os.environ["COLUMNS"]), color_system=None)
                folded.print("".join(sys.stderr.said), end="", markup=False, highlight=False)
            sys.stdout.flush()
            sys.stdout, sys.stderr, sys.stdin, sys.argv = before
            sys.tracebacklimit = 1000
            close_all()
    return code if isinstance(code, int) else int(code is not None)


@functools.cache
def _commands() -> Callable[..., object]:
    """All commands; to make them takes longer than most of them."""
    return typer.main.get_command(app)


def _screen(printed: str) -> str:
    """What is left in the end where lines were drawn several times: what rich writes is obeyed, but for colours."""
    lines, at = [""], 0
    for part in _DRAWING.split(printed):
        if part == "\n":
            at += 1
            lines += [""] if at == len(lines) else []
        elif part == "\x1b[2K":
            lines[at] = ""
        elif up := re.fullmatch(r"\x1b\[([0-9]*)A", part):
            at = max(0, at - int(up[1] or 1))
        elif part and part != "\r" and not part.startswith("\x1b"):
            lines[at] += part
    return "\n".join(line.rstrip() for line in lines)


def wrapped(text: str, columns: int) -> list[str]:
    """The lines that are wider than the terminal, which it would break; a word alone, as a path is, stays whole."""
    from rich.cells import cell_len

    return [line for line in text.splitlines() if cell_len(line) > columns and len(line.split()) > 1]
