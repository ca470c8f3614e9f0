"""TLS in front of a service: bytes from the socket to bytes for the service's protocol, and back.

Not asyncio's own: of each handshake that fails it keeps a quarter of a megabyte until the garbage collector comes by
(CPython's gh-109534), so a port scanner fills the memory. Here a connection is two buffers of OpenSSL's, and all of it
is gone when the connection is; a handshake that doesn't end is given up.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Final

__all__ = ["SecureConnection"]

_HANDSHAKE: Final = 30.0
"""So many seconds a client has for its handshake."""
_MOST: Final = 1000
"""How many handshakes may be under way; RouterOS's own number isn't known."""
_PIECE: Final = 64 * 1024


class SecureConnection(asyncio.Protocol):
    """One client's TLS.

    Args:
        context: the server's side.
        service: makes the protocol behind it, once the handshake is done.
        pending: the connections whose handshake is under way, the oldest first.
    """

    def __init__(
        self,
        context: ssl.SSLContext,
        service: Callable[[], asyncio.Protocol],
        pending: dict[SecureConnection, None],
    ) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._make, self._pending = service, pending
        self._service: asyncio.Protocol | None = None
        self._transport: asyncio.Transport | None = None
        self._late: asyncio.TimerHandle | None = None
        self._held = False

    # --- what asyncio calls -------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client is there."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (a stream server gives no other)
        self._transport = transport
        if len(self._pending) >= _MOST:
            next(iter(self._pending)).reset()
        self._pending[self] = None
        self._late = asyncio.get_running_loop().call_later(_HANDSHAKE, self.reset)

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the client is gone."""
        self._shaken()
        service, self._service = self._service, None  # each holds the other
        if service is not None:
            service.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in."""
        self._incoming.write(data)
        self._go_on()

    def eof_received(self) -> None:
        """asyncio: nothing more comes."""
        if self._transport is not None:
            self._transport.close()

    def pause_writing(self) -> None:
        """asyncio: the client doesn't take its answers."""
        if self._service is not None:
            self._service.pause_writing()

    def resume_writing(self) -> None:
        """asyncio: it does again."""
        if self._service is not None:
            self._service.resume_writing()

    # --- inside -------------------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Ends the connection at once."""
        if self._transport is not None:
            self._transport.abort()

    def _shaken(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
        self._pending.pop(self, None)

    def _go_on(self) -> None:
        """Shakes hands, then hands on what the client says, as long as the service takes it."""
        try:
            if self._service is None:
                self._tls.do_handshake()
                self._shaken()
                self._service = self._make()
                self._flush()
                self._service.connection_made(_Behind(self))
            while not self._held and self._service is not None:
                data = self._tls.read(_PIECE)
                if not data:
                    raise ssl.SSLZeroReturnError
                self._service.data_received(data)
        except ssl.SSLWantReadError:
            self._flush()
        except ssl.SSLError:  # a goodbye, or nonsense; OpenSSL has written the alert that belongs to it
            self._flush()
            if self._transport is not None:
                self._transport.close()

    def _flush(self) -> None:
        if self._outgoing.pending and self._transport is not None and not self._transport.is_closing():
            self._transport.write(self._outgoing.read())

    def write(self, data: bytes) -> None:
        """Sends what the service says."""
        if data and self._transport is not None and not self._transport.is_closing():
            self._tls.write(data)
            self._flush()

    def close(self) -> None:
        """Says goodbye and ends the connection after what is already sent."""
        with contextlib.suppress(ssl.SSLError):  # the client's own goodbye isn't waited for
            self._tls.unwrap()
        self._flush()
        if self._transport is not None:
            self._transport.close()

    def hold(self, held: bool) -> None:
        """Stops or goes on to read from the client."""
        if self._transport is None or self._transport.is_closing() or held == self._held:
            return
        self._held = held
        if held:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()
            asyncio.get_running_loop().call_soon(self._go_on)

    @property
    def below(self) -> asyncio.Transport:
        """The connection without TLS."""
        assert self._transport is not None  # noqa: S101  (it is asked for by what is made after it)
        return self._transport


class _Behind(asyncio.Transport):
    """What the service takes for its connection."""

    def __init__(self, secure: SecureConnection) -> None:
        super().__init__()
        self._secure = secure

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._secure.below.get_extra_info(name, default)

    def is_closing(self) -> bool:
        return self._secure.below.is_closing()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._secure.write(bytes(data))

    def can_write_eof(self) -> bool:
        return False

    def close(self) -> None:
        self._secure.close()

    def abort(self) -> None:
        self._secure.reset()

    def pause_reading(self) -> None:
        self._secure.hold(True)

    def resume_reading(self) -> None:
        self._secure.hold(False)
