"""The router behind real sockets: the API services, their clock and their faults.

Everything runs in one event loop. A command is done as soon as the router is free; its answer leaves `rtt_ms` later,
so commands in flight overlap, while `command_ms` is the router's own time and serial over all connections; with `cliff`
it takes far longer for each while too many are under way. Memory is bounded: a client that doesn't read its answers
isn't read from, either.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections import deque
from collections.abc import Callable
from random import Random
from typing import Final

from wiretik_provider.simulator.machine.session import trap
from wiretik_provider.simulator.refusal import Refusal
from wiretik_provider.simulator.router import Router
from wiretik_provider.simulator.services.conversation import Conversation
from wiretik_provider.simulator.services.faults import Fault, Faults
from wiretik_provider.simulator.services.http import HttpConnection
from wiretik_provider.simulator.services.secure import SecureConnection
from wiretik_provider.simulator.services.stats import Stats
from wiretik_provider.wire import Decoder, Malformed, Sentence, encode

__all__ = ["Server"]

# No number is published for the limits before login; these are the facts' suggestion (docs/facts/api.md#framing).
_STRANGER_BYTES: Final = 64 * 1024
_STRANGER_SENTENCES: Final = 16
_STRANGER_SECONDS: Final = 60.0
"""So long somebody may stay who doesn't log in; what RouterOS does isn't known."""
_LONGEST: Final = 64 * 1024 * 1024
_BEAT: Final = 0.25
"""So often the router looks whether something has become due, besides at every command."""
_WAITING: Final = 20_000
"""How many commands of one connection may wait before it isn't read from any more."""
_OVERRUN: Final = 0.02
"""A router with too many commands under way takes so long for each (docs/facts/api.md#limits-and-speed)."""
_GATHER: Final = 0.0005
"""With shuffling, so long each command may be overtaken by one that is still on its way."""


class Server:
    """All connections of one router.

    Args:
        router: the router.
        rtt_ms: how long after its command each answer leaves.
        command_ms: the router's own time for each command.
        shuffle: a seed; tagged commands that are in flight are then executed in random order, since RouterOS promises
            none between tags (docs/facts/api.md#tags). None keeps the order in which they came.
        cliff: with so many commands of the API under way each takes 20 ms, until none is; 0 is never.
    """

    def __init__(
        self, router: Router, *, rtt_ms: float = 0, command_ms: float = 0, shuffle: int | None = None, cliff: int = 0
    ) -> None:
        self.router = router
        self._dice = None if shuffle is None else Random(shuffle)  # noqa: S311  (no secret)
        self._shuffled: list[tuple[Connection, Sentence]] = []
        self.rtt = rtt_ms / 1000
        self.command = command_ms / 1000
        self.cliff = cliff
        self._overrun = False
        self.stats = Stats()
        self.faults = Faults()
        self.connections: set[Connection] = set()
        self.clients: set[HttpConnection] = set()
        self.handshakes: dict[SecureConnection, None] = {}
        self.down = False
        self.crashed: Callable[[], None] | None = None
        self._queue: deque[tuple[float, Connection, Sentence]] = deque()
        self._free = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._beat: asyncio.TimerHandle | None = None
        self._numbers = 0

    def connection(self, service: str) -> asyncio.Protocol:
        """A new connection to one of the services, for asyncio."""
        if service.startswith("www"):
            return HttpConnection(self, service)
        return Connection(self, service, self.number())

    def handshake(self, service: str, context: ssl.SSLContext) -> asyncio.Protocol:
        """A new connection to one of the services with TLS, for asyncio."""
        return SecureConnection(context, lambda: self.connection(service), self.handshakes)

    def number(self) -> int:
        """A new session's number; each request of the REST service is a session (docs/facts/rest-and-export.md)."""
        self._numbers += 1
        return self._numbers

    def take(self, connection: Connection, sentence: Sentence) -> None:
        """A command came in."""
        if self._dice is not None and any(word.startswith(".tag=") for word in sentence):
            self._shuffled.append((connection, sentence))
            if len(self._shuffled) == 1:
                asyncio.get_running_loop().call_later(max(self.command, _GATHER), self._any, self._dice)
            return
        seconds = self._takes()
        if not seconds and not self._queue:
            self.perform(connection, sentence)
            return
        # Each command's end is reckoned, not slept for: a loop's timers come late, and that would add up.
        loop = asyncio.get_running_loop()
        self._free = max(loop.time(), self._free) + seconds
        self._queue.append((self._free, connection, sentence))
        if self._timer is None:
            self._timer = loop.call_at(self._free, self._next)

    def _takes(self) -> float:
        """The router's own time for the command that just came in."""
        if self.cliff:
            under_way = sum(connection.under_way for connection in self.connections)
            self._overrun = under_way >= self.cliff or (self._overrun and under_way > 1)
        return _OVERRUN if self._overrun else self.command

    def _any(self, dice: Random) -> None:
        """Executes one of the commands in flight, whichever; the others wait on."""
        if not self._shuffled:
            return
        connection, sentence = self._shuffled.pop(dice.randrange(len(self._shuffled)))
        if not connection.gone:
            self.perform(connection, sentence)
        if self._shuffled:
            asyncio.get_running_loop().call_later(max(self.command, _GATHER), self._any, dice)

    def _next(self) -> None:
        """The router has finished what was due until now."""
        self._timer = None
        loop = asyncio.get_running_loop()
        while self._queue and self._queue[0][0] <= loop.time():
            _, connection, sentence = self._queue.popleft()
            if not connection.gone:
                self.perform(connection, sentence)
        if self._queue:
            self._timer = loop.call_at(self._queue[0][0], self._next)

    def perform(self, connection: Connection, sentence: Sentence) -> None:
        """Executes one command and sends its answer, unless an accident comes between."""
        path, _, verb = sentence[0].rpartition("/")
        self.stats.count(path or "/", verb)
        fault = self.faults.meet(path, verb) if self.faults else None
        if fault is None:
            connection.answer(connection.conversation.receive(sentence), self.rtt)
        else:
            self._accident(connection, sentence, fault)

    def _accident(self, connection: Connection, sentence: Sentence, fault: Fault) -> None:
        if fault.action == "drop":
            connection.close()
        elif fault.action in ("reboot", "crash"):
            self.restart(fault.seconds if fault.action == "reboot" else None)
            if fault.action == "crash" and self.crashed is not None:
                self.crashed()
        elif fault.action == "refuse":
            tags = [word for word in sentence if word.startswith(".tag=")]
            refused, done = trap(Refusal(fault.message)), ("!done",)
            connection.answer([(refused[0], *tags, *refused[1:]), (*done, *tags)], self.rtt)
        else:
            replies = connection.conversation.receive(sentence)
            if fault.action == "lose":
                connection.close()
            elif fault.action == "reset":
                connection.tear(encode(replies[0]))
            elif fault.seconds is not None:
                asyncio.get_running_loop().call_later(fault.seconds, connection.answer, replies, 0)

    def restart(self, seconds: float | None) -> None:
        """Drops every connection; new ones are refused for `seconds`, or for ever."""
        self.down = True
        self.drop()
        if seconds is not None:
            self.router.reboot()
            asyncio.get_running_loop().call_later(seconds, self._up)

    def drop(self) -> None:
        """Resets every connection."""
        for connection in tuple(self.connections):
            connection.reset()
        for client in tuple(self.clients):
            client.reset()
        for stranger in tuple(self.handshakes):
            stranger.reset()

    def _up(self) -> None:
        self.down = False

    def beat(self) -> None:
        """Lets the router do what has become due, from now on and again and again."""
        self.router.tick()
        self._beat = asyncio.get_running_loop().call_later(_BEAT, self.beat)

    def close(self) -> None:
        """Drops what is left."""
        if self._beat is not None:
            self._beat.cancel()
        if self._timer is not None:
            self._timer.cancel()
        self._queue.clear()
        self._shuffled.clear()
        self.drop()


class Connection(asyncio.Protocol):
    """One client's connection: bytes to sentences, answers to bytes, each at its time."""

    def __init__(self, server: Server, service: str, number: int) -> None:
        self._server = server
        self._service = service
        self._decoder = Decoder(_STRANGER_BYTES, _STRANGER_BYTES)
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[Sentence] = deque()
        self._outbox: deque[tuple[float, bytes, int]] = deque()
        # How long the chain is that ends with each command that isn't answered, and with the last that is.
        self._chains: deque[int] = deque()
        self._answered = 0
        self._longest = 0
        self._timer: asyncio.TimerHandle | None = None
        self._full = False
        self._held = False
        self._strange = 0
        self._strange_until: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self.conversation = Conversation(server.router, number, self._emit)
        self.gone = False
        self._torn = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """asyncio: a client is there."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  (a stream server gives no other)
        self._transport = transport
        raw = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._server.stats.connections += 1
        self._server.connections.add(self)
        self._strange_until = self._loop.call_later(_STRANGER_SECONDS, self._unless_known)
        if self._server.down or not self._server.router.admits(self._service, self._among()):
            self.close()

    @property
    def under_way(self) -> int:
        """How many of its commands are not answered yet."""
        return len(self._chains) + len(self._outbox)

    def _unless_known(self) -> None:
        """Lets go of somebody who hasn't logged in."""
        if self.conversation.session is None:
            self.close()

    def _among(self) -> int:
        return sum(1 for other in self._server.connections if other._service == self._service)  # noqa: SLF001

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's signature)
        """asyncio: the client is gone."""
        self.gone = True
        self._server.connections.discard(self)
        self._waiting.clear()
        self._outbox.clear()
        for timer in (self._timer, self._strange_until):
            if timer is not None:
                timer.cancel()
        self.conversation.end()

    def data_received(self, data: bytes) -> None:
        """asyncio: bytes came in."""
        self._server.stats.bytes_in += len(data)
        try:
            for sentence in self._decoder.feed(data):
                self._waiting.append(sentence)
        except Malformed:
            # The stream can't be parsed any further, so nothing that follows can be understood
            # (docs/facts/api.md#framing).
            self._work()
            self.close()
            return
        self._work()
        if self._server.command or self._server.cliff:
            self._throttle()

    def _work(self) -> None:
        """Hands commands to the router as long as the client takes its answers."""
        # asyncio tells of a broken connection only when it is its turn again, so each time is asked.
        while self._waiting and not self._full and not self._broken():
            sentence = self._waiting.popleft()
            if self.conversation.session is None:
                self._strange += 1
                if self._strange > _STRANGER_SENTENCES:
                    self.close()
                    return
            self._chains.append(self._answered + 1)
            self._server.take(self, sentence)
            if self.conversation.session is not None:
                self._decoder.max_word = self._decoder.max_sentence = _LONGEST
        self._throttle()

    def _broken(self) -> bool:
        return self.gone or self._torn or self._transport is None or self._transport.is_closing()

    def _throttle(self) -> None:
        if self._transport is None or self.gone:
            return
        held = bool(self._waiting) or self._full or len(self._outbox) > _WAITING
        if held and not self._held:
            self._transport.pause_reading()
        elif self._held and not held:
            self._transport.resume_reading()
        self._held = held

    def pause_writing(self) -> None:
        """asyncio: the client doesn't take its answers."""
        self._full = True
        self._throttle()

    def resume_writing(self) -> None:
        """asyncio: it does again."""
        self._full = False
        self._work()

    def _emit(self, replies: list[Sentence]) -> None:
        """Sends what comes later than its command's answer; called from whatever thread changed something."""
        self._loop.call_soon_threadsafe(self.answer, replies, self._server.rtt)

    def answer(self, replies: list[Sentence], delay: float) -> None:
        """Sends an answer after a delay."""
        if self.gone or not replies:
            return
        data = encode(replies[0]) if len(replies) == 1 else b"".join(map(encode, replies))
        closing = self.conversation.closing
        chain = self._chains.popleft() if self._chains else self._answered
        if chain > self._longest:
            self._server.stats.round_trips += chain - self._longest
            self._longest = chain
        if not delay and not self._outbox:
            self._answered = max(self._answered, chain)
            self._write(data)
            if closing:
                self.close()
            return
        loop = asyncio.get_running_loop()
        self._outbox.append((loop.time() + delay, data, chain))
        if self._timer is None:
            self._timer = loop.call_at(self._outbox[0][0], self._flush)

    def _flush(self) -> None:
        """Sends what is due."""
        self._timer = None
        loop = asyncio.get_running_loop()
        due = bytearray()
        while self._outbox and self._outbox[0][0] <= loop.time():
            _, data, chain = self._outbox.popleft()
            self._answered = max(self._answered, chain)
            due += data
        if due:
            self._write(bytes(due))
        if self._outbox:
            self._timer = loop.call_at(self._outbox[0][0], self._flush)
        elif self.conversation.closing:
            self.close()
        else:
            self._throttle()

    def _write(self, data: bytes) -> None:
        self._server.stats.bytes_out += len(data)
        if self._transport is not None and not self._torn:
            self._transport.write(data)

    def tear(self, data: bytes) -> None:
        """Sends half of an answer, and nothing behind it, and resets the connection."""
        if self._transport is not None and not self._torn:
            self._transport.write(data[: len(data) // 2])
            self._torn = True
            asyncio.get_running_loop().call_later(0.05, self.reset)

    def reset(self) -> None:
        """Ends the connection without a goodbye."""
        if self._transport is not None and not self.gone:
            raw = self._transport.get_extra_info("socket")
            if raw is not None:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()
            self.gone = True

    def close(self) -> None:
        """Ends the connection after what is already sent."""
        if self._transport is not None and not self.gone:
            self._transport.close()
            self.gone = True
