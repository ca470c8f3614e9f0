"""A program that is interrupted ends without a traceback.

`pulumi` interrupts the program (SIGINT) when somebody presses Ctrl-C, and also when a deployment has failed while the
program still waits, as after each refusal of the gate. Python then prints two tracebacks of Pulumi's SDK, which say
nothing of the program or the router, below the line that does.

Rule: only where Pulumi's language host runs the program, and nobody has a handler of his own; the process ends by the
signal, as it would without us.
"""

import os
import signal
import sys
import threading
import types
from pathlib import PurePath
from typing import Final

__all__ = ["end_quietly"]

_HOST: Final = "pulumi-language-python-exec"


def end_quietly() -> None:
    """Lets an interrupt end this process without a word, if it is a program that Pulumi runs."""
    # `__main__` is the program by now, and so is sys.argv.
    hosted = any(PurePath(word).name == _HOST for word in sys.orig_argv)
    if (
        hosted
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ):
        signal.signal(signal.SIGINT, _end)


def _end(number: int, _: types.FrameType | None) -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, RuntimeError):  # closed, or interrupted while it writes
            continue
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
