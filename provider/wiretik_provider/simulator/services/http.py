"""HTTP/1.1 for the REST service: bytes to requests, answers to bytes, one after another on a connection."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.rest import Answer, Request, respond
from wiretik_provider.simulator.services.stats import Stats

__all__ = ["HttpConnection"]

_LONGEST_HEAD: Final = 16 * 1024
_LONGEST_BODY: Final = 4 * 1024 * 1024


class Host(Protocol):
    """What a connection needs of the server that it came to."""

    router: Router
    stats: Stats
    clients: set[HttpConnection]
    down: bool
    rtt: float
    command: float

    def number(self) -> int:
        """A new session's number."""
        ...


class HttpConnection(asyncio.Protocol):
    """One client of the REST service."""

    def __init__(self, server: Host, service: str) -> None:
        self._server = server
        self.service = service
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client is there."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (a stream server gives no other)
        self._transport = transport
        self._server.stats.connections += 1
        self._server.clients.add(self)
        # From an address that the service doesn't allow it opens, and closes without a byte
        # (docs/facts/traps.md#the-protocol 6).
        if self._server.down or not self._server.router.admits(self.service, 1):
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's signature)
        """asyncio: the client is gone."""
        self._server.clients.discard(self)

    def reset(self) -> None:
        """Ends the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in."""
        self._server.stats.bytes_in += len(data)
        self._buffer += data
        while self._transport is not None and not self._transport.is_closing():
            head, found, _ = bytes(self._buffer[: _LONGEST_HEAD + 4]).partition(b"\r\n\r\n")
            if not found:
                if len(self._buffer) > _LONGEST_HEAD:
                    self._transport.close()
                return
            line, *fields = head.decode("latin-1").split("\r\n")
            headers = {
                name.strip().lower(): text.strip() for name, _, text in (field.partition(":") for field in fields)
            }
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > _LONGEST_BODY or line.count(" ") != 2:
                self._transport.close()
                return
            end = len(head) + 4 + int(length)
            if len(self._buffer) < end:
                if headers.get("expect", "").lower() == "100-continue":
                    self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                return
            body = bytes(self._buffer[len(head) + 4 : end])
            del self._buffer[:end]
            self._serve(line, headers, body)

    def _serve(self, line: str, headers: dict[str, str], body: bytes) -> None:
        method, target, _ = line.split(" ")
        self._server.stats.count(target.partition("?")[0], method)
        request = Request(method, target, headers.get("authorization", ""), body, self._server.number())
        answer = respond(self._server.router, request)
        close = headers.get("connection", "").lower() == "close"
        loop = asyncio.get_running_loop()
        loop.call_later(self._server.rtt + self._server.command, self._write, answer, close)

    def _write(self, answer: Answer, close: bool) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}", f"Content-Length: {len(answer.body)}"]
        if answer.body:
            lines.append("Content-Type: application/json")
        if answer.status == 401:
            lines.append('WWW-Authenticate: Basic realm="RouterOS"')
        if close:
            lines.append("Connection: close")
        data = "\r\n".join([*lines, "", ""]).encode() + answer.body
        self._server.stats.bytes_out += len(data)
        self._transport.write(data)
        if close:
            self._transport.close()
