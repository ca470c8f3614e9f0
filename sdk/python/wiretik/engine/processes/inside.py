"""A channel to a servicer of the same process: its methods are called, and nothing is serialised or sent.

A call by gRPC costs half a millisecond of the processor's time and two changes of threads, some forty times in a site's
deployment. Rule: an error looks to the caller as if it had come by gRPC, and as many calls go on at once as there.
"""

import contextvars
import threading
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, Self

import grpc
from google.protobuf.message import Message

__all__ = ["Inside"]

_Pair = Any


class Inside(grpc.Channel):
    """The channel.

    Args:
        servicer: what answers.
        threads: so many calls go on at once.
    """

    def __init__(self, servicer: object, threads: int) -> None:
        self._servicer, self._free = servicer, threading.Semaphore(threads)

    def unary_unary(self, method: str, *_: object, **__: object) -> Any:  # noqa: ANN401  (gRPC's is abstract, with ten more)
        """One of its methods, as a stub asks for it."""
        return _Method(getattr(self._servicer, method.rpartition("/")[2]), self._free)

    def unary_stream(self, *_: object, **__: object) -> Any:  # noqa: ANN401  (nothing, where gRPC has a class)
        """A provider has some that nobody calls."""

    stream_unary = stream_stream = unary_stream

    def subscribe(
        self, callback: Callable[[grpc.ChannelConnectivity], None], try_to_connect: bool | None = None
    ) -> None:
        """Nothing happens to it."""

    def unsubscribe(self, callback: Callable[[grpc.ChannelConnectivity], None]) -> None:
        """Nothing happens to it."""

    def close(self) -> None:
        """There is nothing to hang up."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Method:
    def __init__(self, function: Callable[[Message, "_Call"], object], free: threading.Semaphore) -> None:
        self._function, self._free = function, free

    def __call__(self, request: Message) -> object:
        call = _Call()
        with self._free:
            try:
                # The SDK keeps settings in context variables, and the threads of a server have none.
                return contextvars.Context().run(self._function, request, call)
            except _Failed:
                raise
            except Exception as error:
                raise call.failed(f"Exception calling application: {error}") from error

    def future(self, request: Message) -> object:
        """The same where nobody waits for the answer: of a provider that is told to stop."""
        return self(request)


class _Failed(grpc.RpcError):
    """A call that failed, as its caller sees it."""

    def __init__(self, code: grpc.StatusCode, details: str, metadata: tuple[_Pair, ...]) -> None:
        super().__init__(details)
        self._code, self._details, self._metadata = code, details, metadata

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return self._details

    def trailing_metadata(self) -> tuple[_Pair, ...]:
        return self._metadata


class _Call:
    """What a servicer is given of a call."""

    def __init__(self) -> None:
        self._code, self._details = grpc.StatusCode.UNKNOWN, ""
        self._metadata: tuple[_Pair, ...] = ()

    def set_code(self, code: grpc.StatusCode) -> None:
        self._code = code

    def set_details(self, details: str) -> None:
        self._details = details

    def set_trailing_metadata(self, metadata: Iterable[_Pair]) -> None:
        self._metadata = tuple(metadata)

    def abort(self, code: grpc.StatusCode, details: str) -> NoReturn:
        self._code, self._details = code, details
        raise self.failed("")

    def abort_with_status(self, status: grpc.Status) -> NoReturn:
        self.set_trailing_metadata(status.trailing_metadata or ())
        self.abort(status.code, status.details)

    def failed(self, why: str) -> _Failed:
        """It as an error."""
        return _Failed(self._code, self._details or why, self._metadata)
