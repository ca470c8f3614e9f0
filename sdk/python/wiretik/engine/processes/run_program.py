"""Runs one Pulumi program against an engine, as the language host's exec script does for the CLI.

Its job is a line of JSON on standard input, which nobody else can read. Started by path with `-P`, so that nothing but
the program's directory joins sys.path; imports nothing of Wiretik but `_pulumi_compat`, by its path.
"""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import json
import logging
import os
import runpy
import signal
import sys
import threading
import traceback
import types
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from google.protobuf.empty_pb2 import Empty
    from pulumi.runtime.proto.engine_pb2 import LogRequest
    from pulumi.runtime.proto.engine_pb2_grpc import EngineStub


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def _traceback_of_program(program: str) -> str:
    """The program's own part of the traceback: it begins with its first frame."""
    error = sys.exc_info()[1]
    if error is None:
        return ""
    place = Path(program)
    directory = str(place if place.is_dir() else place.parent)
    frames = traceback.extract_tb(error.__traceback__)
    # Frozen modules have names such as <frozen runpy>, which are no files.
    files = [
        frame.filename if frame.filename.startswith("<") else str(Path(frame.filename).absolute()) for frame in frames
    ]
    own = next((i for i, file in enumerate(files) if file.startswith(directory)), 0)
    head = "Traceback (most recent call last):\n" + "".join(traceback.format_list(frames[own:]))
    return head + "".join(traceback.format_exception_only(type(error), error))


class _Engine:
    """The engine as the SDK calls it, but for debug messages: each call waits, and four a resource are made."""

    def __init__(self, stub: EngineStub) -> None:
        self._stub = stub

    def Log(self, request: LogRequest) -> Empty | None:  # noqa: N802
        import grpc  # noqa: PLC0415, the SDK has it by now

        try:
            return self._stub.Log(request) if request.severity else None  # 0 is DEBUG
        except grpc.RpcError as gone:
            # The engine ended the deployment, by a refusal for instance, and has told why: nobody reads this any more.
            if isinstance(gone, grpc.Call) and gone.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
                return None
            raise

    def __getattr__(self, name: str) -> object:
        return getattr(self._stub, name)


def run(job: dict[str, Any], program: Callable[[], object] | None = None) -> int:
    """Run a program, the job's or the function given; 0 is well, 1 badly, 32 badly and already told."""
    import pulumi  # noqa: PLC0415, it takes long, and the watch over the parent comes first
    import pulumi.runtime  # noqa: PLC0415

    compat = _compat()
    compat.remember()
    pulumi.runtime.set_all_config(job["config"], job["secret_keys"])
    settings: Any = pulumi.runtime.Settings(**job["settings"])
    if not job["debug"]:
        settings.engine = _Engine(settings.engine)
    pulumi.runtime.configure(settings)
    # A program that fails leaves futures behind that nobody looks at: no news to its user.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    pool = ThreadPoolExecutor(4 * max(1, job["settings"]["parallel"]), thread_name_prefix="program")
    loop.set_default_executor(pool)

    def run_file() -> None:
        runpy.run_path(job["program"], run_name="__main__")

    body = program or run_file

    async def run_and_register() -> None:
        if inspect.isawaitable(result := body()):
            await result
        compat.end_body(pulumi.runtime.get_root_resource())
        # The SDK waits for registrations one by one if it knows of one, else for any output among all, again and again.
        await asyncio.sleep(0)

    main = run_and_register if compat.may_wait() else body
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(main))  # type: ignore[arg-type]
    except pulumi.RunError as err:
        pulumi.log.error(str(err))
        return 1
    except SystemExit as err:
        return err.code if isinstance(err.code, int) else int(err.code is not None)
    except Exception:  # noqa: BLE001, whatever the program raised is shown to its author
        pulumi.log.error("Program failed with an unhandled exception:\n" + _traceback_of_program(job["program"]))
        return 32
    finally:
        pool.shutdown(wait=True)
        asyncio.set_event_loop(None)
        loop.close()
    return 0


def _compat() -> types.ModuleType:
    """Wiretik's `_pulumi_compat`, by its path: the project's Python need not have this Wiretik."""
    room = Path(__file__).parents[2] / "_pulumi_compat"
    spec = importlib.util.spec_from_file_location(
        room.name, room / "__init__.py", submodule_search_locations=[str(room)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(str(room))
    module = importlib.util.module_from_spec(spec)
    sys.modules[room.name] = module  # where what it has beside itself is looked for
    spec.loader.exec_module(module)
    return module


def main() -> int:
    """Run the job on standard input."""
    job = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.argv = [job["program"]]
    if importlib.util.find_spec("pulumi") is None:  # wiretik's own Python has it
        sys.exit(f"{sys.prefix}, the project's virtualenv, has no pulumi: install wiretik into it")
    return run(job)


if __name__ == "__main__":
    sys.exit(main())
