"""How many commands may be in flight at once: 32, and more where that is allowed and gets more done.

No source names a limit, but a virtual CHR with some 150 commands under way took twenty times as long for each, until it
was idle again, and connections have hung (docs/facts/api.md#limits-and-speed). So what goes beyond `FIRST` is
tried out in steps, for as long as answers come back as fast as before, and the window is halved where they don't.
Nothing is lost by that: half as many whose answers take half as long are as many a second. A size that overran the
router is tried again once all has gone well for so long that it costs little to be wrong again: a line that stood still
for a moment looks no different.

Rule: never more than the user allows, and never fewer than `FIRST` of these. Pure: it is told how long answers took.
"""

from __future__ import annotations

import math
from typing import Final

import attrs

__all__ = ["FIRST", "Window"]

FIRST: Final = 32
"""So many are in flight from the start, if the user allows them, and the window grows by as many."""
_AS_FAST: Final = 1.5
"""As fast as before is what takes at most so many times as long as the fastest round: timers and other work vary."""
_SLOWER: Final = 2.0
"""Answers that take so many times as long are no more a second than half as many commands get."""
_OVERRUN: Final = 8.0
"""No queue alone makes one step's answers so much slower: the router suffers."""
_IN_A_ROW: Final = 8
"""One late answer is a lost packet; so many, one after the other, are the router's doing."""
_WORTH: Final = 10.0
"""After an overrun all must go well for so many times as long as it took: being wrong again costs a tenth at most."""


@attrs.define
class Window:
    """The window of one connection.

    Attributes:
        most: how many the user allows, or what the router bears, as far as is known.
        size: how many may be in flight now.
        waits: nothing is sent until all that is in flight is answered, as a router that was overrun needs it.
    """

    most: int
    size: int = attrs.field(default=attrs.Factory(lambda self: min(self.most, FIRST), takes_self=True), init=False)
    waits: bool = attrs.field(default=False, init=False)
    _allowed: int = attrs.field(default=attrs.Factory(lambda self: self.most, takes_self=True), init=False)
    _fastest: float = attrs.field(default=math.inf, init=False)
    _sound: int = attrs.field(default=FIRST, init=False)
    """The largest size at which all answers came as fast as before: the one before this, since what was sent then is
    still among the answers of this."""
    _before: int = attrs.field(default=FIRST, init=False)
    _round: list[float] = attrs.field(factory=list, init=False)
    _late: int = attrs.field(default=0, init=False)
    _old: int = attrs.field(default=0, init=False)
    """So many answers are still to come to what was sent before the window was halved; they say nothing of it now."""
    _overran: float = attrs.field(default=0.0, init=False)
    """The longest that an answer took while the router was overrun: so long it had no use for more."""
    _worth: float = attrs.field(default=_WORTH, init=False)
    """How many times as long all must go well, twice as many after each overrun."""
    _well: float = attrs.field(default=0.0, init=False)
    """For how long all has gone well since the last overrun."""

    def room(self, in_flight: int) -> int:
        """How many more commands may be sent."""
        self.waits = self.waits and in_flight > 0
        return 0 if self.waits else self.size - in_flight

    def answered(self, seconds: float) -> None:
        """Takes note of an answer that came so long after its command, while others waited for a place."""
        if self._allowed <= FIRST:
            return
        if self._old:
            self._old -= 1
            self._overran = max(self._overran, seconds)
            return
        self._late = self._late + 1 if seconds > _OVERRUN * self._fastest else 0
        if self._late == _IN_A_ROW:
            self._overrun(seconds)
            return
        self._round.append(seconds)
        if len(self._round) >= self.size:
            mean = sum(self._round) / len(self._round)
            self._round.clear()
            self._decide(mean)

    def _decide(self, mean: float) -> None:
        """A round is over: as many answers as the window takes."""
        if mean > _SLOWER * self._fastest:
            self._halve()
        elif mean <= _AS_FAST * self._fastest:
            self._sound = max(self._sound, self._before)
            self._before, self.size = self.size, min(self.most, self.size + FIRST)
            self._go_on_well(mean)
        self._fastest = min(self._fastest, mean)

    def _go_on_well(self, seconds: float) -> None:
        """A round went well; after enough of them what overran the router may be tried again."""
        self._well += seconds
        if self.most < self._allowed and self._well >= self._worth * self._overran:
            self.most = self._allowed
            self._worth *= 2

    def _overrun(self, seconds: float) -> None:
        """The router suffers; trying as much again would cost the same again, so that isn't done soon."""
        self.most = max(FIRST, min(self._sound, self.size - FIRST))
        self._overran, self._well = seconds, 0.0
        self._halve()
        self.waits = True
        self._round.clear()
        self._late = 0

    def _halve(self) -> None:
        self._old = self.size
        self.size = self._before = max(FIRST, min(self.size // 2, self.most))
