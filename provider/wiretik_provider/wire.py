"""RouterOS API words and sentences: bytes in, sentences out, and back.

Knows lengths, words and where a sentence ends. Never opens a socket, and never knows which end it is: the session
and the embedded router share it, and librouteros' codec is held against it in `tests/property`.

Lengths are MikroTik's (manual, "API"; docs/facts/api.md#framing): network byte order, one to five bytes, the first
byte's leading ones say how many. A first byte of 0xF8 or more is reserved, so the stream can't be parsed further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["MAX_WORD", "WORD_COST", "Decoder", "Malformed", "Sentence", "attribute", "encode", "encode_length"]

Sentence = tuple[str, ...]
"""One sentence's words in order, the first the command or the reply, without the empty word that ends it."""

MAX_WORD: Final = 64 * 1024 * 1024
"""The longest word that a decoder takes unless told otherwise; the protocol's own limit is 4 GiB."""

WORD_COST: Final = 64
"""What a word takes in memory besides its bytes, so that a million of empty ones isn't nothing."""

# (below this length, the mark of the first byte, bytes in all)
_LENGTHS: Final = ((0x80, 0x00, 1), (0x4000, 0x8000, 2), (0x20_0000, 0xC0_0000, 3), (0x1000_0000, 0xE000_0000, 4))


class Malformed(ValueError):
    """Bytes that can't be a RouterOS sentence; the stream can't be read any further."""


def encode_length(length: int) -> bytes:
    """The one to five bytes that announce a word of `length` bytes."""
    for below, mark, size in _LENGTHS:
        if length < below:
            return (length | mark).to_bytes(size, "big")
    if length > 0xFFFF_FFFF:
        raise Malformed(f"a word of {length} bytes is longer than RouterOS's API can say")
    return b"\xf0" + length.to_bytes(4, "big")


def encode(words: Iterable[str]) -> bytes:
    """One sentence as bytes, with the empty word that ends it."""
    out = bytearray()
    for word in words:
        # The protocol declares no charset: bytes of other encodings come back as they were.
        data = word.encode("utf-8", "surrogateescape")
        out += encode_length(len(data))
        out += data
    out += b"\x00"
    return bytes(out)


def attribute(word: str) -> tuple[str, str]:
    """Splits `=name=value`; the value may be empty and may hold `=`."""
    name, _, value = word[1:].partition("=")
    return name, value


class Decoder:
    """Turns a stream, in whatever pieces it comes, into sentences.

    Args:
        max_word: the longest word in bytes.
        max_sentence: the most bytes that one sentence's words may hold together, each counted with `WORD_COST`.
    """

    def __init__(self, max_word: int = MAX_WORD, max_sentence: int = MAX_WORD) -> None:
        self._buffer = bytearray()
        self._position = 0
        self._words: list[str] = []
        self._size = 0
        self.max_word = max_word
        self.max_sentence = max_sentence

    @property
    def idle(self) -> bool:
        """Between two sentences, with no byte of the next one there."""
        return not self._words and self._position == len(self._buffer)

    def feed(self, data: bytes) -> Iterator[Sentence]:
        """Takes the next bytes and gives the sentences that they complete; empty sentences are passed over.

        Raises:
            Malformed: a reserved length byte, a word or a sentence over the limits.
        """
        self._buffer += data
        while (word := self._next_word()) is not None:
            if word:
                self._words.append(word.decode("utf-8", "surrogateescape"))
            elif self._words:
                sentence = tuple(self._words)
                self._words.clear()
                self._size = 0
                yield sentence
        if self._position:
            del self._buffer[: self._position]
            self._position = 0

    def _next_word(self) -> bytes | None:
        buffer, start = self._buffer, self._position
        if start >= len(buffer):
            return None
        first = buffer[start]
        if first < 0x80:
            length, head = first, 1
        else:
            head = _head_size(first)
            if len(buffer) < start + head:
                return None
            length = int.from_bytes(buffer[start : start + head], "big")
            length &= 0xFFFF_FFFF if head == 5 else (1 << (7 * head)) - 1
        if length > self.max_word or self._size + length > self.max_sentence:
            raise Malformed(f"a word of {length} bytes is over the limit of {self.max_word}")
        end = start + head + length
        if len(buffer) < end:
            return None
        self._size += length + WORD_COST
        self._position = end
        return bytes(buffer[start + head : end])


def _head_size(first: int) -> int:
    """How many bytes the length takes, from its first one."""
    if first >= 0xF8:
        raise Malformed(f"reserved control byte 0x{first:02X}")
    for size, limit in ((2, 0xC0), (3, 0xE0), (4, 0xF0)):
        if first < limit:
            return size
    return 5
