"""`pulumi-resource-wiretik`: serves until the engine is gone.

Rule: the first line on standard output is the port, and nothing else is ever written there.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from concurrent import futures
from typing import Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from wiretik_provider.api.link import close_all
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
    parent, service = os.getppid(), Service(constructs, engine)
    limits = [("grpc.max_receive_message_length", _MOST), ("grpc.max_send_message_length", _MOST)]
    server = grpc.server(futures.ThreadPoolExecutor(_AT_ONCE), options=limits)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(service, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, lambda *_: service.ended.set())
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    while not service.ended.wait(_LOOK_EVERY):
        if os.getppid() != parent or not _listens(engine):
            break
    server.stop(0.2)
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
