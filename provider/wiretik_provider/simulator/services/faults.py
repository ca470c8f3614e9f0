"""Faults on request: which command meets which accident, so that clients can be tested against a router's bad days.

A fault names path, verb and the how-many-eth such command, and what happens then. Nothing happens by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ACTIONS", "Fault", "Faults"]

ACTIONS: Final = {
    "lose": "the command is done, its answer is lost and the connection closed",
    "drop": "the connection is closed before the command is done",
    "reset": "the command is done and the connection reset in the middle of the answer",
    "stall": "the command is done and its answer held back, for `seconds` or for ever",
    "refuse": "the command is refused with `message`",
    "reboot": "the router restarts before the command is done: every connection drops, and it is away for `seconds`",
    "crash": "the router goes before the command is done and doesn't come back",
}
"""What can happen, and what it means."""

_REFUSED: Final = "failure: refused on request"
WRITES: Final = frozenset({"add", "set", "remove", "move", "unset", "enable", "disable", "comment", "reset"})


@dataclass(slots=True, kw_only=True)
class Fault:
    """One accident.

    Args:
        action: one of `ACTIONS`.
        path: the menu, such as `/ip/route`; any unless given.
        verb: the command, such as `add`; any unless given, and `write` for every one that changes something.
        nth: which of the matching commands meets it, counted from 1.
        times: how many in a row meet it; 0 means all from then on.
        seconds: how long `stall` and `reboot` last; None is for ever.
        message: what `refuse` says.
    """

    action: str
    path: str = ""
    verb: str = ""
    nth: int = 1
    times: int = 1
    seconds: float | None = None
    message: str = _REFUSED
    seen: int = 0

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise ValueError(f"no fault {self.action!r}; there are {', '.join(ACTIONS)}")

    def meets(self, path: str, verb: str) -> bool:
        """Counts the command if it matches, and says whether it is the one."""
        if self.path not in ("", path):
            return False
        if self.verb not in ("", verb) and not (self.verb == "write" and verb in WRITES):
            return False
        self.seen += 1
        return self.seen >= self.nth and (not self.times or self.seen < self.nth + self.times)

    @classmethod
    def parse(cls, text: str) -> Fault:
        """Reads `action,path=/ip/route,verb=add,nth=2,seconds=5`, as `wiretik lab --fault` takes it.

        Raises:
            ValueError: it isn't of this form.
        """
        action, *words = text.split(",")
        given = dict(word.partition("=")[::2] for word in words)
        unknown = given.keys() - {"path", "verb", "nth", "times", "seconds", "message"}
        if unknown:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}: path, verb, nth, times, seconds, message")
        return cls(
            action=action,
            path=given.get("path", ""),
            verb=given.get("verb", ""),
            nth=int(given.get("nth", "1")),
            times=int(given.get("times", "1")),
            seconds=float(given["seconds"]) if "seconds" in given else None,
            message=given.get("message", _REFUSED),
        )


class Faults(list[Fault]):
    """The accidents still to come."""

    def meet(self, path: str, verb: str) -> Fault | None:
        """The first accident that this command meets; every fault counts it."""
        met = [fault for fault in self if fault.meets(path, verb)]
        return met[0] if met else None
