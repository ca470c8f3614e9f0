"""Reads printed texts: numbers, ports, addresses, prefixes, ranges; and the hops of a gateway.

Rule: each is read here and nowhere else (tests/docs/test_one_definition.py). A text that isn't understood is None, and
nobody guesses its meaning.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import is_number

__all__ = [
    "Hop",
    "Span",
    "addresses",
    "gateways",
    "is_address",
    "is_prefix",
    "lowest",
    "number4",
    "number6",
    "numbers",
    "span4",
    "span6",
]

Span = tuple[int, int]
"""First and last."""

_OCTETS: Final = {str(octet): octet for octet in range(256)}


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Span, ...] | None:
    """Numbers and spans of them by commas, as they stand: ports, sizes, priorities."""
    parts = [part.partition("-") for part in text.split(",")]
    if not all(is_number(low) and (not dash or is_number(high)) for low, dash, high in parts):
        return None
    found = tuple((int(low), int(high) if dash else int(low)) for low, dash, high in parts)
    return found if all(low <= high for low, high in found) else None


def lowest(text: str) -> int | None:
    """The first number of such a text."""
    found = numbers(text)
    return found[0][0] if found else None


def number4(text: str) -> int:
    """An IPv4 address as a number.

    Raises:
        ValueError: it isn't one.
    """
    try:
        a, b, c, d = map(_OCTETS.__getitem__, text.split("."))
    except (KeyError, ValueError):
        raise ValueError(f"{text} isn't an IPv4 address") from None
    return a << 24 | b << 16 | c << 8 | d


def number6(text: str) -> int:
    """An IPv6 address as a number; one of a single interface (`fe80::1%ether1`) isn't any.

    Raises:
        ValueError: it isn't one.
    """
    if "%" in text:
        raise ValueError(f"{text} is an address on one interface")
    try:
        return int(ipaddress.IPv6Address(text))
    except ValueError:
        raise ValueError(f"{text} isn't an IPv6 address") from None


def _reader(bits: int, read: Callable[[str], int]) -> Callable[[str], Span | None]:
    every = (1 << bits) - 1

    def span(text: str) -> Span | None:
        low, dash, high = text.partition("-")
        try:
            if dash:
                first, last = read(low), read(high)
                return (first, last) if first <= last else None
            host, slash, told = text.partition("/")
            if not slash:
                first = read(host)
                return first, first
            length = int(told) if is_number(told) else -1
            if not 0 <= length <= bits:
                return None
            mask = every ^ (every >> length)
            first = read(host) & mask
        except ValueError:
            return None
        return first, first | every ^ mask

    return span


span4: Final = _reader(32, number4)
"""The addresses of an IPv4 address, prefix or range."""
span6: Final = _reader(128, number6)
"""The same of IPv6."""

_SIX: Final = 1 << 32


@lru_cache(maxsize=4096)
def addresses(text: str) -> Span | None:
    """The addresses of either family on one line, IPv6 behind IPv4: no address of one is an address of the other."""
    if ":" not in text:
        return span4(text)
    found = span6(text)
    return found and (found[0] + _SIX, found[1] + _SIX)


def is_address(text: str) -> bool:
    """Whether a text is one address, as RouterOS prints it: no prefix, no range, no name."""
    return "/" not in text and "-" not in text and addresses(text) is not None


def is_prefix(text: str) -> bool:
    """Whether a text is a prefix, with no bit set behind its length."""
    host, slash, _ = text.partition("/")
    found = addresses(text) if slash and "-" not in text else None
    first = addresses(host)
    return found is not None and first is not None and found[0] == first[0]


class Hop(NamedTuple):
    """One of the ways of a route: `10.0.0.1`, `ether1`, `10.0.0.1%ether1`, `10.0.0.1@vrf`.

    Source: docs/facts/menus.md#iproute.
    """

    head: str
    """An address, or an interface where that is all."""
    interface: str = ""
    """The text behind `%`."""
    table: str = ""
    """The text behind `@`."""

    @property
    def leaves(self) -> str:
        """The interface: the one behind the address, or the head, which may be one."""
        return self.interface or self.head


def gateways(text: str) -> tuple[Hop, ...]:
    """The ways that a gateway, or an immediate gateway, names."""
    return tuple(_hop(part) for part in text.split(",") if part)


def _hop(text: str) -> Hop:
    cut = re.search(r"[%@]", text)
    if cut is None:
        return Hop(text)
    place, _, table = text[cut.start() :].partition("@")
    return Hop(text[: cut.start()], place[1:], table)
