"""Address lists as one layer over all addresses: which of them hold a stretch, and one address for each answer.

A list may have a hundred thousand entries, and all that matters of an address is in which lists it is. Rule: a layer is
made once for a router's lists, and a look into it costs about what it costs with ten entries.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wiretik_provider.trace.family import Interval
from wiretik_provider.trace.router.index import merged
from wiretik_provider.trace.router.snapshot import AddressSet

__all__ = ["Layer", "layers"]


class Layer:
    """Stretches of addresses, each with the lists that hold it.

    Args:
        lists: of a router; bit i of an answer stands for the i-th.
    """

    def __init__(self, lists: Sequence[AddressSet]) -> None:
        turns: dict[int, int] = {0: 0}
        for number, kept in enumerate(lists):
            for low, high in merged(kept.spans):
                turns[low] = turns.get(low, 0) ^ 1 << number
                turns[high + 1] = turns.get(high + 1, 0) ^ 1 << number
        self._starts = sorted(turns)
        self._held: list[int] = []
        self._where: dict[int, list[int]] = {}
        now = 0
        for at, start in enumerate(self._starts):
            now ^= turns[start]
            self._held.append(now)
            self._where.setdefault(now, []).append(at)

    def within(self, span: Interval) -> Iterator[tuple[int, int]]:
        """Of a span the first address of each kind, and the lists that hold it."""
        first, end = bisect_right(self._starts, span[0]) - 1, bisect_right(self._starts, span[1])
        if end - first <= len(self._where):
            for lists in dict.fromkeys(self._held[first:end]):
                yield max(span[0], self._starts[self._held.index(lists, first)]), lists
            return
        for lists, places in self._where.items():
            at = bisect_left(places, first)
            if at < len(places) and places[at] < end:
                yield max(span[0], self._starts[places[at]]), lists


@lru_cache(maxsize=4)
def layers(lists: tuple[AddressSet, ...]) -> Layer:
    """The layer of some lists; one router with a change here and there is asked many things."""
    return Layer(lists)
