"""Pulumi's debug messages, which nobody sees but who asks for them: `pulumi up --debug`.

The SDK sends four for each resource, whoever asks, and the program waits for each to arrive. Rule: none is sent where
the `pulumi` that runs the program was asked for none; where that can't be told, all are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

import pulumi.runtime.settings

if TYPE_CHECKING:
    from google.protobuf.empty_pb2 import Empty
    from pulumi.runtime.proto.engine_pb2 import LogRequest
    from pulumi.runtime.proto.engine_pb2_grpc import EngineStub

__all__ = ["asked", "say_only_what_is_asked_for"]

_CLI: Final = "pulumi"
_ASKED: Final = ("--debug", "--logtostderr", "--logflow", "--verbose", "--event-log")
_OPTION: Final = "PULUMI_OPTION_"
"""What begins the variables that stand for options of the CLI."""
_HEIGHT: Final = 4
"""So many processes above a program may be the CLI: the host of its language is between, perhaps with a shell."""
_DEBUG: Final = 0
"""The severity of such a message (engine.proto)."""


class _Engine:
    """The engine as the SDK calls it, but for debug messages."""

    def __init__(self, stub: EngineStub) -> None:
        self._stub = stub

    def Log(self, request: LogRequest) -> Empty | None:  # noqa: N802
        return self._stub.Log(request) if request.severity != _DEBUG else None

    def __getattr__(self, name: str) -> object:
        return getattr(self._stub, name)


def asked(commands: Sequence[Sequence[str]]) -> bool:
    """Whether somebody may want debug messages, by the command lines of the processes above, from below."""
    for words in commands:
        if words and PurePath(words[0]).name == _CLI:
            short = (word for word in words if word.startswith("-") and not word.startswith("--"))
            return any(word.startswith(_ASKED) for word in words) or any("d" in word or "v" in word for word in short)
    return True


def _above() -> Iterator[list[str]]:
    """The command lines of the processes above this one, as far as Linux tells them."""
    pid = os.getppid()
    for _ in range(_HEIGHT):
        place = Path("/proc") / str(pid)
        try:
            yield place.joinpath("cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
            pid = int(
                place.joinpath("stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
            )
        except (OSError, ValueError, IndexError):
            return


def say_only_what_is_asked_for() -> None:
    """Leaves out debug messages of the program that is running, if nobody asks for them."""
    settings: Any = pulumi.runtime.settings.SETTINGS
    engine = settings.engine
    if engine is None or isinstance(engine, _Engine) or any(name.startswith(_OPTION) for name in os.environ):
        return
    if not asked(list(_above())):
        settings.engine = _Engine(engine)
