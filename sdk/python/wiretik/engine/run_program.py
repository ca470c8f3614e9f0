"""Runs one Pulumi program against an engine: what the language host's exec script does for the CLI.

Its job is a line of JSON on standard input, which nobody else can read; started by path with `-P`, so that nothing but the program's directory joins sys.path.
Imports nothing of Wiretik.
"""

import asyncio
import json
import logging
import os
import runpy
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def _traceback_of_program(directory: str) -> str:
    """The program's own part of the traceback: it begins with its first frame."""
    error = sys.exc_info()[1]
    if error is None:
        return ""
    frames = traceback.extract_tb(error.__traceback__)
    own = next((i for i, frame in enumerate(frames) if os.path.abspath(frame.filename).startswith(directory)), 0)
    head = "Traceback (most recent call last):\n" + "".join(traceback.format_list(frames[own:]))
    return head + "".join(traceback.format_exception_only(type(error), error))


def main() -> int:
    """Run the program; 0 is well, 1 badly, 32 badly and already told (as the CLI's exec script has it)."""
    job: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()

    import pulumi  # noqa: PLC0415, it takes long, and the watch over the parent comes first
    import pulumi.runtime  # noqa: PLC0415

    pulumi.runtime.set_all_config(job["config"], job["secret_keys"])
    pulumi.runtime.configure(pulumi.runtime.Settings(**job["settings"]))
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    pool = ThreadPoolExecutor(4 * max(1, job["settings"]["parallel"]))
    loop.set_default_executor(pool)
    # A program that fails leaves futures behind that nobody looks at: no news to its user.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    program = job["program"]
    sys.argv = [program]

    def run() -> None:
        runpy.run_path(program, run_name="__main__")

    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(run))
    except pulumi.RunError as err:
        pulumi.log.error(str(err))
        return 1
    except Exception:  # noqa: BLE001, whatever the program raised is shown to its author
        directory = program if os.path.isdir(program) else os.path.dirname(program)
        pulumi.log.error("Program failed with an unhandled exception:\n" + _traceback_of_program(directory))
        return 32
    finally:
        pool.shutdown(wait=True)
        loop.close()
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
