"""A man in the middle: between a client and a router, he changes, cuts, repeats and prolongs what the router says.

He speaks TLS to the client with the router's own certificate, so that a pinned one is no protection: the worst case.
Which word or byte it is, and what becomes of it, is drawn by a seed, so that a round can be had again.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from random import Random
from typing import Self

from hostile import NAMES
from wiretik_provider.wire import Decoder, Malformed, encode_length

__all__ = ["Middle", "meddled", "meddled_bytes"]

WORDS = (
    "",
    "=",
    "==",
    "=.id=",
    "!re",
    "!done",
    "!trap",
    "!fatal",
    "!empty",
    "!odd",
    ".tag=",
    ".tag=1",
    "=ret=*1",
    "=x",
    "%",
)
NUMBERS = ("-1", "0", "²", "٣", "1e9", "9" * 5000, "0x10", "*FFFFFFFFFF", "1w2d3h4m5s", "::", "0.0.0.0/0", "true", "no")


def meddled(dice: Random, word: bytes, heard: list[bytes]) -> list[bytes]:
    """What becomes of one word: the bytes of none, one or many, each with its length, or of something that is none."""
    front, equals, value = word[1:].partition(b"=")
    name = word[:1] + front
    text = dice.choice((*NAMES, *WORDS, *NUMBERS)).encode("utf-8", "surrogateescape")
    at = dice.randrange(len(word) + 1)
    flipped = bytearray(word or b"x")
    for _ in range(dice.randint(1, 4)):
        flipped[dice.randrange(len(flipped))] = dice.randrange(256)
    echo = dice.choice(heard) if heard else b""

    def told(*words: bytes) -> list[bytes]:
        return [encode_length(len(each)) + each for each in words if each]

    kinds: tuple[Callable[[], list[bytes]], ...] = (
        lambda: told(bytes(flipped)),
        lambda: told(name + equals + text),
        lambda: told(name + equals + value[: dice.randrange(len(value) + 1)]),
        lambda: told(text),
        lambda: told(word[:at]),
        lambda: told(word[at:]),
        lambda: told(word, word),
        lambda: told(*[word] * dice.choice((3, 100, 3000))),
        lambda: told(word + text),
        lambda: told(word + b"x" * dice.choice((10, 1000, 200_000))),
        lambda: told(word + b"," + value * dice.choice((1, 30))),
        list,
        lambda: [b"\0"],
        lambda: [*told(word), b"\0"],
        lambda: [*told(b"!trap", b"=message=" + echo), b"\0"],
        lambda: [*told(b"!fatal", echo), b"\0"],
        lambda: told(b"!" + echo[:40]),
        lambda: [encode_length(dice.choice((len(word) + 1, 0x4000, 0x0FFF_FFFF))), word],
        lambda: [bytes([dice.choice((0xF8, 0xFF, 0xF0))]), word],
        lambda: [bytes(dice.randrange(256) for _ in range(20))],
    )
    return dice.choice(kinds)()


def meddled_bytes(dice: Random, data: bytes) -> bytes:
    """A stream of bytes of which some are changed, cut out, repeated or prolonged."""
    at = dice.randrange(len(data) + 1)
    end = min(len(data), at + dice.choice((1, 2, 5, 50)))
    kinds: tuple[Callable[[], bytes], ...] = (
        lambda: data[:at] + bytes(dice.randrange(256) for _ in range(end - at)) + data[end:],
        lambda: data[:at] + data[end:],
        lambda: data[:at],
        lambda: data[:end] + data[at:],
        lambda: data[:at] + data[at:end] * 50 + data[end:],
        lambda: data[:at] + bytes(dice.randrange(256) for _ in range(100)) + data[at:],
    )
    return dice.choice(kinds)()


class Middle:
    """The man, on a port of his own.

    Args:
        target: the router's API port, without TLS; for bytes the one that the client means.
        tls: the router's TLS, to speak it to the client; none for the API without it.
        words: meddle with words of sentences, else with bytes as they are.

    Attributes:
        port: where he listens.
    """

    def __init__(self, target: int, tls: ssl.SSLContext | None = None, *, words: bool = True) -> None:
        self._target, self._tls, self._words = target, tls, words
        self._dice, self._at, self._end = Random(0), -1, ""
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._spawn(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        for thread in self._threads:
            thread.join()

    def plan(self, dice: Random, within: int) -> None:
        """Which word, or which piece of bytes, is meddled with next, and how it goes on after that."""
        with self._lock:
            self._dice, self._at = dice, dice.randrange(within)
            self._end = dice.choice(("", "", "", "", "silence", "drip", "close", "again and again"))

    def hang_up(self) -> None:
        """Ends every connection."""
        with self._lock:
            ended, self._open = self._open, []
        for each in ended:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _spawn(self, work: Callable[..., None], *given: object) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._spawn(self._begin, client)

    def _begin(self, client: socket.socket) -> None:
        heard: list[bytes] = []
        with contextlib.suppress(OSError):
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            router = socket.create_connection(("127.0.0.1", self._target), 10)
            router.settimeout(None)
            with self._lock:
                self._open += [client, router]
            self._spawn(self._listen_in, client, router, heard)
            self._pass_on(router, client, heard)
        client.close()

    def _listen_in(self, client: socket.socket, router: socket.socket, heard: list[bytes]) -> None:
        """Passes on what the client says, and remembers it: it may be repeated to him."""
        decoder = Decoder()
        with contextlib.suppress(OSError, Malformed):
            while data := client.recv(65536):
                if self._words:
                    for sentence in decoder.feed(data):
                        values = (each.partition("=")[2].partition("=")[2] for each in sentence if each[:1] == "=")
                        heard += [value.encode("utf-8", "surrogateescape") for value in values]
                router.sendall(data)
        with contextlib.suppress(OSError):
            router.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, router: socket.socket, client: socket.socket, heard: list[bytes]) -> None:
        decoder, ending = Decoder(), ""
        while data := router.recv(65536):
            for piece, touched in self._pieces(decoder, data, heard):
                ending = ending or (self._end if touched else "")
                self._send(client, piece, ending)
                if ending in ("silence", "close"):
                    if ending == "silence":
                        client.recv(1)  # until the client gives up
                    return

    def _pieces(self, decoder: Decoder, data: bytes, heard: list[bytes]) -> Iterator[tuple[bytes, bool]]:
        if not self._words:
            touched = self._is_next()
            yield (meddled_bytes(self._dice, data) if touched else data), touched
            return
        for sentence in decoder.feed(data):
            piece, met = bytearray(), False
            for word in sentence:
                raw = word.encode("utf-8", "surrogateescape")
                if self._is_next():
                    met = True
                    piece += b"".join(meddled(self._dice, raw, [each for each in heard if each]))
                else:
                    piece += encode_length(len(raw)) + raw
            yield bytes(piece) + b"\0", met

    def _is_next(self) -> bool:
        with self._lock:
            self._at -= 1
            return self._at == -1

    @staticmethod
    def _send(client: socket.socket, piece: bytes, ending: str) -> None:
        if ending == "drip":
            for byte in piece[:200]:
                client.sendall(bytes([byte]))
                threading.Event().wait(0.01)
            client.sendall(piece[200:])
        elif ending == "again and again":
            for _ in range(2000):
                client.sendall(piece)
        else:
            client.sendall(piece)
