"""Runs a provider's module as `python -m` would, in the directory given, and ends when its parent does.

A provider whose engine was killed must not go on working on a router. Its standard input is a pipe that nobody writes
to: at its end the provider gets the SIGINT that a living engine would have sent. Imports nothing of Wiretik.
"""

import importlib.util
import os
import runpy
import signal
import sys
import threading


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    # A shell ignores SIGINT for what it starts in the background, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    directory, module = sys.argv.pop(), sys.argv.pop()
    if importlib.util.find_spec(package := module.partition(".")[0]) is None:  # wiretik's own Python has it
        sys.exit(f"{sys.prefix}, the project's virtualenv, has no {package}: install wiretik into it")
    sys.path.insert(0, directory)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)
