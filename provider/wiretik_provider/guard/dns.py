"""A question to a name server and what its answer says (RFC 1035). Pure."""

from __future__ import annotations

import struct
from typing import Final

__all__ = ["answered", "is_name", "question"]

_HEADER: Final = struct.Struct("!6H")
_RECURSE: Final = 0x0100
_ANSWER: Final = 0x8000
_RCODES: Final = {1: "it can't read the question", 2: "it fails", 3: "there is no such name", 5: "it refuses"}
_A: Final = 1
_AAAA: Final = 28
_INTERNET: Final = 1
_LABEL: Final = 63
_NAME: Final = 253


def is_name(name: str) -> bool:
    """Whether a server can be asked for a name."""
    labels = name.rstrip(".").split(".")
    return name.isascii() and len(name) <= _NAME and all(label and len(label) <= _LABEL for label in labels)


def question(number: int, name: str, *, family: int = 4) -> bytes:
    """A packet that asks for a name's addresses.

    Args:
        number: by which the answer is known.
        name: in ASCII.
        family: 4 or 6.
    """
    labels = b"".join(bytes([len(label)]) + label.encode("ascii") for label in name.rstrip(".").split("."))
    kind = _AAAA if family == 6 else _A
    return _HEADER.pack(number, _RECURSE, 1, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", kind, _INTERNET)


def answered(number: int, packet: bytes) -> str | None:
    """What is wrong with an answer; empty where it has addresses, None where it is no answer to this question."""
    if len(packet) < _HEADER.size:
        return None
    told, flags, _, count, *_ = _HEADER.unpack_from(packet)
    if told != number or not flags & _ANSWER:
        return None
    if code := flags & 0xF:
        return _RCODES.get(code, f"it answers with code {code}")
    return "" if count else "it knows no address of that name"
