"""One connection to one router that is logged in (`login`): a bounded window of tagged commands.

The socket is driven here, since librouteros has neither tags nor buffered reading (docs/facts/packets.md 4). One thread
of the
session reads and writes at the same time; any number of threads may call `ask` and `batch`, and share the window.
RouterOS promises no order between tags (docs/facts/api.md#tags), so a caller whose commands must come in order waits
for the
answer before it sends the next one.

Rules: a connection that broke, stalled or spoke nonsense is closed and never used again; a write whose answer didn't
come has an unknown outcome, which the error says. What a router may cost is bounded: its silence, the time until it
ends an answer, and the memory that the answers to one batch take.
"""

from __future__ import annotations

import contextlib
import itertools
import selectors
import socket
import ssl
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Final, Protocol

import attrs

from wiretik_provider.api.login import Access, log_in, quoted, reason
from wiretik_provider.api.window import Window
from wiretik_provider.calls import READ_ONLY, Answer, Command, Row
from wiretik_provider.errors import ConnectionLost, OverLimit, ProtocolError, RouterError, Trap
from wiretik_provider.masks import Known
from wiretik_provider.wire import Decoder, Malformed, Sentence, attribute, encode

__all__ = ["Access", "Answer", "Command", "Lens", "Session"]

_PATIENCE: Final = 4
"""So many times `timeout` the router may take from the end of one answer to the end of another."""
_LONGEST: Final = 16 * 1024 * 1024
"""Longer words and sentences no router has a reason to send: a script or a file's content has 64 KiB."""
_WORD_COST: Final = 80
"""What an attribute takes in memory besides its word: it becomes two strings in a dict."""


class Lens(Protocol):
    """What changes commands before they are sent, and answers before anybody sees them."""

    def sent(self, command: Command) -> Command | Answer:
        """What is sent for a command, or its answer where it isn't sent."""
        ...

    def shown(self, command: Command, answer: Answer) -> Answer:
        """An answer as it is seen."""
        ...


@attrs.define(eq=False)
class _Batch:
    """Commands whose answers are kept until the last of them is there."""

    cost: int = 0


@attrs.define(eq=False)
class _Pending:
    command: Command
    future: Future[Answer]
    batch: _Batch
    sent: float = 0.0
    cost: int = 0
    rows: list[Row] = attrs.field(factory=list)
    trap: Trap | None = None


class Session:
    """A logged-in connection.

    Args:
        access: how to reach the router.
        known: the secrets that were sent to it before, which it must not repeat to us.

    Raises:
        ConnectError: nobody answers at that address.
        TlsError: the certificate is missing, unknown or another than the pinned one.
        LoginError: user or password refused.
    """

    def __init__(self, access: Access, known: Known | None = None) -> None:
        self.access = access
        self.lens: Lens | None = None
        """What commands and answers are seen through, where somebody has put one in front."""
        self._known = Known() if known is None else known
        self._known.add(access.password)
        self._socket = log_in(access, self._known)
        self._decoder = Decoder(_LONGEST, _LONGEST)
        self._tags = itertools.count(1)
        self._lock = threading.Lock()
        self._queue: deque[_Pending] = deque()
        self._in_flight: dict[str, _Pending] = {}
        self._window = Window(access.window)
        self._out = bytearray()
        self._heard = self._ended = time.monotonic()
        self.failure: RouterError | None = None
        """Why the connection is gone, if it is."""
        self._closing = False
        self._bell, self._ring = socket.socketpair()
        self._bell.setblocking(False)
        self._thread = threading.Thread(target=self._serve, name=f"wiretik {access.label}", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether commands can still be sent."""
        return self.failure is None and not self._closing

    @property
    def ends(self) -> tuple[str, str, int]:
        """Our address, the router's address and its port."""
        host, port = self._socket.getpeername()[:2]
        return str(self._socket.getsockname()[0]), str(host), int(port)

    def ask(self, path: str, verb: str, *words: str) -> Answer:
        """Sends one command and waits for its answer.

        Raises:
            Trap: the router refused it.
            ConnectionLost: the connection broke or stalled before the answer.
        """
        (answer,) = self.batch([Command(path, verb, words)])
        if answer.trap:
            raise answer.trap
        return answer

    def batch(self, commands: Iterable[Command], progress: Callable[[int], None] | None = None) -> list[Answer]:
        """Sends independent commands, as many at once as the window takes, and waits for all of them.

        Args:
            commands: whose order doesn't matter.
            progress: called with the number that is done, after each one.

        Raises:
            ConnectionLost: the connection broke; which commands were done must be looked up.
        """
        meant = list(commands)
        asked = meant if self.lens is None else [self.lens.sent(command) for command in meant]
        futures = iter(self._submit(one for one in asked if isinstance(one, Command)))
        answers = []
        for done, (command, one) in enumerate(zip(meant, asked, strict=True), 1):
            answer = one if isinstance(one, Answer) else next(futures).result()
            answers.append(answer if self.lens is None else self.lens.shown(command, answer))
            if progress:
                progress(done)
        return answers

    def close(self) -> None:
        """Ends the session; what is still in flight fails."""
        with self._lock:
            self._closing = True
        self._wake()
        self._thread.join(timeout=5)

    def _submit(self, commands: Iterable[Command]) -> list[Future[Answer]]:
        batch = _Batch()
        entries = [_Pending(command, Future(), batch) for command in commands]
        with self._lock:
            if self.failure or self._closing:
                raise self.failure or ConnectionLost(self.access.label, "the session was closed")
            self._queue.extend(entries)
        self._wake()
        return [entry.future for entry in entries]

    def _wake(self) -> None:
        with contextlib.suppress(OSError):
            self._ring.send(b"\x00")

    def _serve(self) -> None:
        selector = selectors.DefaultSelector()
        selector.register(self._socket, selectors.EVENT_READ)
        selector.register(self._bell, selectors.EVENT_READ)
        try:
            while not self._closing:
                self._fill()
                self._send()
                wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
                selector.modify(self._socket, wanted)
                # TLS may hold bytes that were read already, which no selector sees.
                held = isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
                selector.select(0 if held else 1.0)
                with contextlib.suppress(BlockingIOError):
                    self._bell.recv(4096)
                self._receive()
                self._watch()
        except RouterError as error:
            self._fail(error)
        except Malformed as error:
            self._fail(ProtocolError(self.access.label, f"the router sent no valid answer: {error}"))
        except OSError as error:
            self._fail(ConnectionLost(self.access.label, f"the connection broke: {reason(error)}"))
        except Exception as error:
            # Whoever waits for an answer must not wait for ever, whatever is wrong here.
            self._fail(ConnectionLost(self.access.label, f"the router's answer can't be read: {type(error).__name__}"))
            raise
        else:
            self._fail(ConnectionLost(self.access.label, "the session was closed"))
        finally:
            selector.close()
            self._socket.close()
            self._bell.close()
            self._ring.close()

    def _fill(self) -> None:
        """Moves commands from the queue into the window."""
        with self._lock:
            if self._queue and not self._in_flight:
                self._heard = self._ended = time.monotonic()
            room = self._window.room(len(self._in_flight)) if self._queue else 0
            sent = time.monotonic()
            for _ in range(min(room, len(self._queue))):
                entry = self._queue.popleft()
                entry.sent = sent
                tag = str(next(self._tags))
                self._in_flight[tag] = entry
                command = entry.command
                self._known.take(command.words)
                self._out += encode((f"{command.path}/{command.verb}", *command.words, f".tag={tag}"))

    def _send(self) -> None:
        while self._out:
            try:
                sent = self._socket.send(self._out)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return
            del self._out[:sent]

    def _receive(self) -> None:
        """Takes what is there; not all of it at once, since there may be no end to it."""
        try:
            data = self._socket.recv(262_144)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return
        if not data:
            raise ConnectionLost(self.access.label, "the router closed the connection")
        self._heard = time.monotonic()
        for sentence in self._decoder.feed(data):
            self._take(sentence)

    def _take(self, sentence: Sentence) -> None:
        reply, words = sentence[0], sentence[1:]
        if reply == "!fatal":
            told = quoted(" ".join(words), self._known)
            raise ConnectionLost(self.access.label, f"the router ended the session: {told or 'no reason'}")
        tag, row = self._read(reply, words)
        entry = self._in_flight.get(tag)
        if entry is None:
            told = quoted(f"{reply} (tag {tag!r})", self._known)
            raise ProtocolError(self.access.label, f"an answer to no command of ours: {told}")
        if reply == "!re":
            self._weigh(entry, sentence)
            entry.rows.append(row)
        elif reply == "!trap":
            # A wrong path comes as two traps; the first says more.
            entry.trap = entry.trap or self._trap(entry.command, row)
        elif reply == "!done":
            with self._lock:
                del self._in_flight[tag]
            self._ended = self._heard
            if self._queue:
                self._window.answered(self._heard - entry.sent)
            entry.future.set_result(Answer(entry.rows, row.get("ret", ""), entry.trap, entry.cost))
        elif reply != "!empty":
            raise ProtocolError(self.access.label, f"an answer of an unknown kind: {quoted(reply, self._known)}")

    def _weigh(self, entry: _Pending, sentence: Sentence) -> None:
        """Counts what a row takes in memory."""
        cost = sum(map(sys.getsizeof, sentence)) + _WORD_COST * len(sentence)
        entry.cost += cost
        entry.batch.cost += cost
        if entry.batch.cost > self.access.max_answer << 20:
            raise OverLimit(
                self.access.label,
                f"the router sends rows for more than {self.access.max_answer} MiB of memory (wiretik:max-answer); the "
                "connection was closed",
            )

    def _read(self, reply: str, words: Sentence) -> tuple[str, dict[str, str]]:
        """The tag of a sentence, and its attributes."""
        tag = ""
        row: dict[str, str] = {}
        for word in words:
            if word.startswith("="):
                name, value = attribute(word)
                row[name] = value
            elif word.startswith(".tag="):
                tag = word[5:]
            elif not word.startswith("."):
                # Who goes on after that takes one answer for another's. The word may be a secret's half.
                told = quoted(reply, self._known)
                raise ProtocolError(self.access.label, f"an answer {told} has a word that is no attribute")
        return tag, row

    def _trap(self, command: Command, row: Row) -> Trap:
        category = row.get("category", "")
        message = quoted(row.get("message", ""), self._known) or "no reason given"
        number = int(category) if len(category) == 1 and category.isdecimal() else None
        return Trap(self.access.label, command.path, command.verb, message, number)

    def _watch(self) -> None:
        now, timeout = time.monotonic(), self.access.timeout
        if not self._in_flight:
            return
        if (silent := now - self._heard) > timeout:
            raise ConnectionLost(
                self.access.label,
                f"no answer for {silent:.0f} s (wiretik:timeout): the connection stalled; it was closed",
            )
        if (endless := now - self._ended) > _PATIENCE * timeout:
            raise OverLimit(
                self.access.label,
                f"the router sends and sends, and ended no answer for {endless:.0f} s, {_PATIENCE} times "
                "wiretik:timeout; the connection was closed",
            )

    def _fail(self, error: RouterError) -> None:
        with self._lock:
            self.failure = error
            sent, queued = list(self._in_flight.values()), list(self._queue)
            self._in_flight.clear()
            self._queue.clear()
        kind = OverLimit if isinstance(error, OverLimit) else ConnectionLost
        for entry in sent:
            unknown = entry.command.verb not in READ_ONLY
            doing = f"during {entry.command.path} {entry.command.verb}: {error.text}"
            entry.future.set_exception(kind(self.access.label, doing, outcome_unknown=unknown))
        for entry in queued:
            entry.future.set_exception(kind(self.access.label, error.text))
