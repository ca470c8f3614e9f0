"""What the router will do by itself, and when: entries that expire, schedulers, safe mode's rollback.

Knows times and actions, nothing of what they do. The clock is the router's, so a test turns it by hand.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

__all__ = ["Agenda"]


class Agenda:
    """Actions by their time; equal times in the order in which they were planned.

    Attributes:
        next: when the next one is due, infinity where nothing is planned.
    """

    def __init__(self) -> None:
        self._planned: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self.next = float("inf")

    def at(self, when: float, action: Callable[[], None]) -> None:
        """Plans an action; whoever no longer wants it lets it find out so."""
        heapq.heappush(self._planned, (when, next(self._numbers), action))
        self.next = self._planned[0][0]

    def run(self, now: float) -> None:
        """Does what is due."""
        while self._planned and self._planned[0][0] <= now:
            _, _, action = heapq.heappop(self._planned)
            self.next = self._planned[0][0] if self._planned else float("inf")
            action()

    def clear(self) -> None:
        """Forgets all plans."""
        self._planned.clear()
        self.next = float("inf")
