"""The smallest client that can speak to a router: sentences in, sentences out, nothing interpreted.

It uses the wire codec alone, so tests of the embedded router say exactly what goes over the line.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from typing import Self

from wiretik_provider.wire import Decoder, Sentence, encode


class RawClient:
    """One connection."""

    def __init__(self, host: str, port: int, *, context: ssl.SSLContext | None = None, timeout: float = 20) -> None:
        raw = socket.create_connection((host, port), timeout=timeout)
        self.socket = context.wrap_socket(raw, server_hostname=host) if context else raw
        self._decoder = Decoder()
        self._ready: list[Sentence] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *words: str) -> None:
        self.socket.sendall(encode(words))

    def send_all(self, sentences: Iterable[Iterable[str]]) -> None:
        self.socket.sendall(b"".join(map(encode, sentences)))

    def sentence(self) -> Sentence:
        """The next sentence; `EOFError` where the router hung up."""
        while not self._ready:
            data = self.socket.recv(1 << 16)
            if not data:
                raise EOFError
            self._ready += self._decoder.feed(data)
        return self._ready.pop(0)

    def talk(self, *words: str) -> list[Sentence]:
        """Gives one command and takes its answer."""
        self.send(*words)
        return self.answer()

    def answer(self) -> list[Sentence]:
        replies = [self.sentence()]
        while replies[-1][0] not in ("!done", "!fatal"):
            replies.append(self.sentence())
        return replies

    def login(self, user: str = "admin", password: str = "") -> list[Sentence]:
        return self.talk("/login", f"=name={user}", f"=password={password}")
