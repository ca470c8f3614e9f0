"""Indexes, so that a look among a hundred thousand rules, prefixes or entries costs about as much as among ten.

Rule: an index may leave out only what would answer "no"; what it can't file it always gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain as joined
from typing import Final, Generic, NamedTuple, TypeVar

from wiretik_provider.codecs.spans import numbers
from wiretik_provider.rules.model import GROUPS, Row, names_one
from wiretik_provider.trace.family import FOUR, Family, Interval
from wiretik_provider.trace.packet import Span

__all__ = ["Asked", "Filed", "Numbered", "Prefixes", "merged", "span_of"]

T = TypeVar("T")

_FEW: Final = 16
"""So many rules are quicker looked at than looked up."""
_MOST_PORTS: Final = 64
"""A rule that names more ports is filed by something else."""


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """The same numbers in spans that neither overlap nor touch, in order."""
    found: list[Interval] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


span_of = FOUR.span
"""The addresses of an IPv4 address, prefix or range, first and last; None for what is none of them."""


class Numbered(NamedTuple):
    """A row and its number in the menu's print."""

    number: int
    row: Row
    asks: tuple[tuple[str, str], ...] = ()
    """Of a firewall rule its matchers, those first that are quick to say no."""


class Prefixes(Generic[T]):
    """Things by the addresses that they are for."""

    def __init__(self, family: Family = FOUR) -> None:
        self._every = family.every
        self._networks: dict[int, dict[int, list[T]]] = {}
        self._ranges: list[tuple[int, int, T]] = []

    def add(self, span: Interval, thing: T) -> None:
        """Files one."""
        low, high = span
        size = high - low + 1
        if size & (size - 1) == 0 and low % size == 0:
            self._networks.setdefault(self._every ^ (size - 1), {}).setdefault(low, []).append(thing)
        else:
            self._ranges.append((low, high, thing))

    def at(self, address: int) -> Iterator[T]:
        """Those that are for an address."""
        for mask, found in self._networks.items():
            yield from found.get(address & mask, ())
        yield from (thing for low, high, thing in self._ranges if low <= address <= high)


class Asked(NamedTuple):
    """What a packet in a chain is found by."""

    src: int
    dst: int
    enters: tuple[str, str]
    """The interface and its VRF; twice the same where it is in none."""
    leaves: tuple[str, str]
    dst_port: Span | None


class Filed:
    """The rules of a chain, each filed by the narrowest thing that it asks plainly."""

    def __init__(self, rules: Sequence[Numbered], family: Family = FOUR) -> None:
        self.rules = rules
        self._family = family
        self._always: list[int] = []
        self._by_dst: Prefixes[int] = Prefixes(family)
        self._by_src: Prefixes[int] = Prefixes(family)
        self._by_port: dict[int, list[int]] = {}
        self._ported: list[int] = []
        self._by_name: dict[tuple[str, str], list[int]] = {}
        if len(rules) > _FEW:
            for at, rule in enumerate(rules):
                self._file(at, dict(rule.asks))

    def _file(self, at: int, asks: Mapping[str, str]) -> None:
        for name, filed in (("dst-address", self._by_dst), ("src-address", self._by_src)):
            if (span := self._family.span(asks.get(name, "!"))) and span != self._family.anywhere:
                filed.add(span, at)
                return
        if (ports := _few_ports(asks.get("dst-port", "!"))) is not None:
            for port in ports:
                self._by_port.setdefault(port, []).append(at)
            self._ported.append(at)
            return
        for name in ("in-interface", "out-interface"):
            text = asks.get(name, "!")
            if text and names_one(text) and text not in GROUPS:
                self._by_name.setdefault((name, text), []).append(at)
                return
        self._always.append(at)

    def at(self, asked: Asked) -> Iterator[Numbered]:
        """In their order, those that may match."""
        if len(self.rules) <= _FEW:
            return iter(self.rules)
        ports = asked.dst_port
        ported: Sequence[int] = ()
        if ports is not None:
            ported = self._by_port.get(ports.low, ()) if ports.low == ports.high else self._ported
        found = sorted(
            joined(
                self._always,
                self._by_dst.at(asked.dst),
                self._by_src.at(asked.src),
                ported,
                *(self._by_name.get(("in-interface", name), ()) for name in dict.fromkeys(asked.enters)),
                *(self._by_name.get(("out-interface", name), ()) for name in dict.fromkeys(asked.leaves)),
            )
        )
        return map(self.rules.__getitem__, found)


@lru_cache(maxsize=4096)
def _few_ports(text: str) -> tuple[int, ...] | None:
    """The ports that a matcher names, where they are few."""
    found = numbers(text)
    if found is None or sum(high - low + 1 for low, high in found) > _MOST_PORTS:
        return None
    return tuple(dict.fromkeys(port for low, high in found for port in range(low, high + 1)))
