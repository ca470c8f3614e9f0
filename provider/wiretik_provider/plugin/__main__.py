"""`pulumi-resource-wiretik`: serves until the engine is gone.

It tells its port before it imports what answers: that takes as long as all before, and the engine has to connect first.

Rule: the first line on standard output is the port, and nothing else is ever written there.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from concurrent import futures
from typing import TYPE_CHECKING, Any, Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

if TYPE_CHECKING:
    from wiretik_provider.plugin.service import Constructs, Service

_MOST: Final = 400 << 20
"""Bytes in one message, as the engine allows (https://github.com/pulumi/pulumi, `rpcutil.GrpcChannelOptions`)."""
_AT_ONCE: Final = 32
_LOOK_EVERY: Final = 1.0
"""Seconds between two looks whether the engine is there."""
_LOOK_FOR: Final = 5.0


def main(arguments: list[str], constructs: Constructs | None = None) -> None:
    """Serves on a loopback port until the engine ends it, or is gone itself."""
    engine = next((one for one in arguments if not one.startswith("-")), "")
    parent, service, ended = os.getppid(), _Soon(constructs, engine), threading.Event()
    limits = [("grpc.max_receive_message_length", _MOST), ("grpc.max_send_message_length", _MOST)]
    server = grpc.server(futures.ThreadPoolExecutor(_AT_ONCE), options=limits)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(service, server)  # type: ignore[arg-type]
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, lambda *_: ended.set())
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    made = threading.Thread(target=service.made, daemon=True)
    made.start()
    while not ended.wait(_LOOK_EVERY):
        if os.getppid() != parent or not _listens(engine):
            break
    server.stop(0.2)
    if not made.is_alive():
        service.close()


class _Soon:
    """The service, whose calls wait until it is imported."""

    def __init__(self, constructs: Constructs | None, engine: str) -> None:
        self._constructs, self._engine = constructs, engine
        self._lock = threading.Lock()
        self._service: Service | None = None

    def __getattr__(self, name: str) -> Callable[[Any, Any], Any]:
        """One of its calls, as gRPC asks for each when the server is made."""
        return lambda request, context: getattr(self.made(), name)(request, context)  # noqa: PLW0108  (asked for later)

    def made(self) -> Service:
        """It, which is imported for the first who asks."""
        with self._lock:
            if self._service is None:
                from wiretik_provider.plugin.service import Service  # noqa: PLC0415

                self._service = Service(self._constructs, self._engine)
            return self._service

    def close(self) -> None:
        """Hangs up on all routers."""
        from wiretik_provider.api.link import close_all  # noqa: PLC0415

        close_all()


def _listens(engine: str) -> bool:
    """Whether the engine still takes connections: after a `kill -9` of it nobody tells us."""
    host, colon, port = engine.rpartition(":")
    if not colon:
        return True
    try:
        socket.create_connection((host, int(port)), _LOOK_FOR).close()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
