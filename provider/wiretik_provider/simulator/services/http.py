"""HTTP/1.1 for the REST service: bytes to requests, answers to bytes, one after another on a connection.

h11 reads and writes the protocol; it knows no sockets. What is here is the rest: that a request has bounds in length
and time, and that a client which sends without reading, or says nothing, costs nothing.
"""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

import h11

from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.rest import Answer, Request, refused, respond
from wiretik_provider.simulator.services.stats import Stats

__all__ = ["HttpConnection"]

_LONGEST_HEAD: Final = 16 * 1024
_LONGEST_BODY: Final = 4 * 1024 * 1024
_PATIENCE: Final = 60.0
"""So many seconds a client has for a request, and for the pause before it."""
_LINGER: Final = 1.0
"""So long a client that was refused may go on sending before the connection ends: it would lose the answer else."""
_BARE: Final = frozenset({204, 304})
"""Answers that never have a body."""


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
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=_LONGEST_HEAD)
        self._request: h11.Request | None = None
        self._body = bytearray()
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None
        self._full = False
        self._refused = False

    # --- what asyncio calls -------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client is there."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (a stream server gives no other)
        self._transport = transport
        self._server.stats.connections += 1
        self._server.clients.add(self)
        among = sum(1 for other in self._server.clients if other.service == self.service)
        # From an address that the service doesn't allow it opens, and closes without a byte
        # (docs/facts/traps.md#the-protocol 6).
        if self._server.down or not self._server.router.admits(self.service, among):
            transport.close()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's signature)
        """asyncio: the client is gone."""
        self._server.clients.discard(self)
        self._wait(on=False)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in."""
        self._server.stats.bytes_in += len(data)
        if not self._refused:
            self._http.receive_data(data)
            self._go_on()

    def eof_received(self) -> bool:
        """asyncio: no more comes, but a client may still wait for its answer."""
        if self._refused:
            return False
        self._http.receive_data(b"")
        self._go_on()
        return self._http.our_state is h11.SEND_RESPONSE

    def pause_writing(self) -> None:
        """asyncio: the client doesn't take its answers."""
        self._full = True
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """asyncio: it does again."""
        self._full = False
        if self._transport is not None:
            self._transport.resume_reading()
        self._go_on()

    def reset(self) -> None:
        """Ends the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    # --- requests -----------------------------------------------------------------------------------------------------

    @property
    def _closing(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    def _wait(self, *, on: bool = True) -> None:
        """Begins the time that a request may take, or ends it."""
        if self._late is not None:
            self._late.cancel()
        self._late = asyncio.get_running_loop().call_later(_PATIENCE, self._give_up) if on else None

    def _give_up(self) -> None:
        if self._http.their_state is h11.SEND_BODY:
            self._refuse(408)
        elif self._transport is not None:
            self._transport.close()

    def _go_on(self) -> None:
        """Takes what the client has sent, up to a request that is to be answered."""
        while not (self._closing or self._full or self._refused):
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                self._refuse(error.error_status_hint)
                return
            match event:
                case h11.Request():
                    self._request, self._body = event, bytearray()
                    length = dict(event.headers).get(b"content-length", b"0")
                    if len(length) > len(str(_LONGEST_BODY)) or int(length) > _LONGEST_BODY:
                        self._refuse(413)
                        return
                case h11.Data():
                    self._body += event.data
                    if len(self._body) > _LONGEST_BODY:
                        self._refuse(413)
                        return
                case h11.EndOfMessage():
                    self._serve()
                case h11.ConnectionClosed():
                    # Who says that he has no more to say may still wait for an answer.
                    if self._transport is not None and self._http.our_state is not h11.SEND_RESPONSE:
                        self._transport.close()
                    return
                case _:
                    self._need(event)
                    return

    def _need(self, event: object) -> None:
        """Nothing more can be read now: more must come, or an answer is under way."""
        if self._transport is None:
            return
        if event is h11.PAUSED:
            self._transport.pause_reading()
        # h11 tells of a chunk when its bytes come; its length is known before.
        elif getattr(getattr(self._http, "_reader", None), "_bytes_in_chunk", 0) > _LONGEST_BODY:
            self._refuse(413)
        elif self._http.they_are_waiting_for_100_continue:
            self._write(h11.InformationalResponse(status_code=100, headers=[], reason="Continue"))

    def _serve(self) -> None:
        if self._request is None:
            return
        self._wait(on=False)
        method, target = self._request.method.decode("latin-1"), self._request.target.decode("latin-1")
        self._server.stats.count(target.partition("?")[0], method)
        given = dict(self._request.headers).get(b"authorization", b"").decode("latin-1")
        answer = respond(self._server.router, Request(method, target, given, bytes(self._body), self._server.number()))
        asyncio.get_running_loop().call_later(self._server.rtt + self._server.command, self._answer, answer)

    # --- answers ------------------------------------------------------------------------------------------------------

    def _refuse(self, status: int) -> None:
        """Answers what can't be read on, and ends the connection."""
        self._refused = True
        self._wait(on=False)
        if self._http.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self._say(refused(status), close=True)
        if self._transport is not None and not self._closing:
            if self._transport.can_write_eof():
                self._transport.write_eof()
            asyncio.get_running_loop().call_later(_LINGER, self._transport.close)

    def _answer(self, answer: Answer) -> None:
        """Answers the request, and goes on to the next."""
        if self._closing or self._transport is None or self._refused:
            return
        state = self._http.our_state
        if state is not h11.SEND_RESPONSE:  # the client has spoken nonsense meanwhile
            self._transport.close()
            return
        self._say(answer)
        if self._http.our_state is h11.MUST_CLOSE or self._http.their_state is not h11.DONE:
            self._transport.close()
            return
        self._http.start_next_cycle()
        if not self._full:
            self._transport.resume_reading()
        self._wait()
        self._go_on()

    def _say(self, answer: Answer, *, close: bool = False) -> None:
        bare = answer.status in _BARE
        headers = [] if bare else [("Content-Length", str(len(answer.body)))]
        if answer.body:
            headers.append(("Content-Type", "application/json"))
        if answer.status == 401:
            headers.append(("WWW-Authenticate", 'Basic realm="RouterOS"'))
        if close:
            headers.append(("Connection", "close"))
        self._write(h11.Response(status_code=answer.status, headers=headers, reason=answer.reason))
        asked_for_head = self._request is not None and self._request.method == b"HEAD"
        if not (bare or asked_for_head):
            self._write(h11.Data(data=answer.body))
        self._write(h11.EndOfMessage())

    def _write(self, event: h11.Event) -> None:
        data = self._http.send(event)
        if data and self._transport is not None:
            self._server.stats.bytes_out += len(data)
            self._transport.write(data)
