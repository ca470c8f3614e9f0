r"""Known secrets in text that somebody else wrote: a router may repeat in a refusal what it was sent.

Pure. A text is searched as it stands and with its escapes undone, byte by byte, since a router writes `\3D` for `=`,
a web server `%3D`, JSON `\u003d`. Also a piece of a secret is one: a message may be cut off in the middle.

Rule: what a router says passes here before it becomes part of an error.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["MASK", "Known", "is_secret"]

MASK: Final = "[secret]"
"""What stands in a secret's place, as Pulumi has it."""

_SHORTEST: Final = 4
"""A shorter one would be found in words that have nothing to do with it."""
_PIECE: Final = 8
"""So many characters of a longer secret in a row give it away."""
_NO_SECRETS: Final = frozenset({"none", "*****", "true", "false"})

# Names of properties, among them those of menus that we have no descriptor for.
_SECRET_NAME: Final = re.compile(r"(?:^|-)(?:pass|password|passphrase|secret|psk|key)(?:-|$)")
_OPEN_NAME: Final = re.compile(r"public|(?:^|-)key-(?:name|type|usage|size|id|chain)|host-key|(?:^|-)key-owner")

_BACKSLASH: Final = rb"\\x([0-9a-fA-F]{2})|\\u00([0-9a-fA-F]{2})|\\([0-9A-F]{2})|\\(.)"
_WEB: Final = rb"%([0-9a-fA-F]{2})|&#x([0-9a-fA-F]{2});|&#([0-9]{2,3});|&(amp|lt|gt|quot|apos);"
_ESCAPES: Final = tuple(re.compile(pattern, re.DOTALL) for pattern in (_BACKSLASH, _WEB, _BACKSLASH + b"|" + _WEB))
"""A backslash that stands for itself in one way of writing begins an escape in another."""
_KEY: Final = re.compile(r"[A-Za-z0-9+/]{43}=")
_BREAKS: Final = re.compile(r"[\s\"',;(){}\[\]]+|=(?=\S)")
_PLACE: Final = re.compile(r"[\[\]0-9a-fA-F:./]+(?:/\d+)?|(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?|[\w-]+:\d+")
_LONG: Final = 20
"""From so many letters on a word is no word."""
_URL_SAFE: Final = str.maketrans("+/", "-_")
_NAMED: Final = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}


def is_secret(name: str) -> bool:
    """Whether a property sounds like a secret, by RouterOS's name."""
    return bool(_SECRET_NAME.search(name)) and not _OPEN_NAME.search(name)


class Known:
    """The secrets that were sent so far; shown, it says only how many."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._pieces: set[bytes] = set()
        self._lengths: set[int] = set()
        for secret in secrets:
            self.add(secret)

    def __repr__(self) -> str:
        return f"Known({len(self._secrets)} secrets)"

    def add(self, secret: str) -> None:
        """Remembers a secret; one that is too short to be told from other text is passed over.

        Of a text of several lines, such as a provider's .conf or a script, the keys and passwords in it are remembered,
        and not the words and addresses round them, which an error has to be able to say.
        """
        if len(secret) < _SHORTEST or secret in _NO_SECRETS or secret in self._secrets:
            return
        self._secrets.add(secret)
        several = "\n" in secret.strip()
        for data in _forms(secret):
            length = len(data) if several else min(len(data), _PIECE)
            self._lengths.add(length)
            self._pieces.update(data[at : at + length] for at in range(len(data) - length + 1))
        for word in _telling(secret) if several else ():
            self.add(word)

    def take(self, words: Iterable[str]) -> None:
        """Remembers the secrets among a command's attributes."""
        for word in words:
            name, _, value = word.removeprefix("=").partition("=")
            if value and is_secret(name):
                self.add(value)

    def masked(self, text: str) -> str:
        """The text with every known secret in it replaced, and every longer piece of one."""
        if not self._pieces:
            return text
        data = _bytes(text)
        hidden = bytearray(len(data))
        for plain, ends in _readings(data):
            for start, end in self._found(plain):
                first, last = ends[start][0], ends[end - 1][1]
                hidden[first:last] = b"\x01" * (last - first)
        if not any(hidden):
            return text
        out = bytearray()
        for at, byte in enumerate(data):
            if not hidden[at]:
                out.append(byte)
            elif at == 0 or not hidden[at - 1]:
                out += MASK.encode()
        return out.decode("utf-8", "surrogateescape")

    def _found(self, plain: bytes) -> Iterator[tuple[int, int]]:
        for length in self._lengths:
            for at in range(len(plain) - length + 1):
                if plain[at : at + length] in self._pieces:
                    yield at, at + length


def _telling(text: str) -> Iterator[str]:
    """The words of a text that may be secrets: letters with digits or signs, or long, and no address or host."""
    for word in _BREAKS.split(text):
        plain = word.isalpha() and len(word) < _LONG
        if len(word) >= _PIECE and not plain and not _PLACE.fullmatch(word):
            yield word


def _forms(secret: str) -> Iterator[bytes]:
    """A secret as it stands; a key in base64 also as URLs have that, and in hex."""
    yield _bytes(secret)
    if _KEY.fullmatch(secret):
        yield secret.translate(_URL_SAFE).encode()
        yield from (base64.b64decode(secret).hex().encode(), base64.b64decode(secret).hex().upper().encode())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass" if _is_broken(text) else "surrogateescape")


def _is_broken(text: str) -> bool:
    """Whether there are surrogates that no byte was read as."""
    return any("\ud800" <= char < "\udc80" or "\udcff" < char <= "\udfff" for char in text)


def _readings(data: bytes) -> Iterator[tuple[bytes, list[tuple[int, int]]]]:
    """The bytes as they stand, and with their escapes undone; of each where it stands in the text."""
    yield data, [(at, at + 1) for at in range(len(data))]
    for escape in _ESCAPES:
        plain, ends, at = bytearray(), [], 0
        while at < len(data):
            found = escape.match(data, at)
            end = found.end() if found else at + 1
            plain += _meant(found) if found else data[at:end]
            ends.append((at, end))
            at = end
        yield bytes(plain), ends


def _meant(escape: re.Match[bytes]) -> bytes:
    """The one byte that an escape stands for."""
    text, told = escape[0], next(group for group in escape.groups() if group is not None)
    if text.startswith(b"&") and told in _NAMED:
        return _NAMED[told]
    if text.startswith(b"&#") and not text.startswith(b"&#x"):
        return bytes([min(int(told), 255)])
    return told if text == b"\\" + told and len(told) == 1 else bytes([int(told, 16)])
