"""Servers that speak the API and mean no good: they let anybody in, and then answer as a test pleases."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import TypeAlias

from wiretik_provider.wire import Decoder, Sentence, encode

Answer: TypeAlias = Callable[[socket.socket, Sentence, str], None]
"""Gets the connection, the command, and its word with the tag."""


def welcome(connection: socket.socket, _sentence: Sentence, _tag: str) -> None:
    """Lets anybody in."""
    connection.sendall(encode(("!done",)))


@contextlib.contextmanager
def hostile(answer: Answer = welcome, login: Answer = welcome) -> Iterator[int]:
    """Such a server's port; whoever hangs up is forgotten."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def talk(connection: socket.socket) -> None:
        decoder = Decoder()
        with contextlib.suppress(OSError, ValueError):
            while data := connection.recv(65536):
                for sentence in decoder.feed(data):
                    tag = next((word for word in sentence if word.startswith(".tag=")), ".tag=0")
                    (login if sentence[0] == "/login" else answer)(connection, sentence, tag)
        connection.close()

    def listen() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            opened.append(connection)
            threads.append(threading.Thread(target=talk, args=(connection,), daemon=True))
            threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        listening.join()
    for connection in opened:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    for thread in threads:
        thread.join()


def for_ever(*pieces: bytes, every: float = 0) -> Answer:
    """Sends these again and again, all at once or one after the other."""

    def answer(connection: socket.socket, _sentence: Sentence, tag: str) -> None:
        pause = threading.Event()
        chunks = [piece.replace(b".tag=?", tag.encode()) for piece in pieces]
        chunks = chunks if every else [b"".join(chunks) * max(1, 65536 // sum(map(len, chunks)))]
        while True:
            for chunk in chunks:
                connection.sendall(chunk)
                pause.wait(every)

    return answer


def once(data: bytes) -> Answer:
    """Sends this and nothing more."""
    return lambda connection, _sentence, _tag: connection.sendall(data)
