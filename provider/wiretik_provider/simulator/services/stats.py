"""What went over the wire of an embedded router, in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

__all__ = ["Stats"]


@dataclass(slots=True)
class Stats:
    """What went over the wire so far.

    Attributes:
        connections: accepted connections.
        commands: how many commands, by path and verb.
        bytes_in: bytes from clients, inside TLS.
        bytes_out: bytes to clients, inside TLS.
        round_trips: how many commands were sent, one after the other, each when the answer to the one before was there;
            of each connection the longest such chain.
    """

    connections: int = 0
    commands: dict[str, dict[str, int]] = field(default_factory=dict)
    bytes_in: int = 0
    bytes_out: int = 0
    round_trips: int = 0

    def count(self, path: str, verb: str) -> None:
        """One more command."""
        verbs = self.commands.setdefault(path, {})
        verbs[verb] = verbs.get(verb, 0) + 1

    @classmethod
    def total(cls, several: Iterable[Stats]) -> Stats:
        """Those of several routers together."""
        total = cls()
        for stats in several:
            total.connections += stats.connections
            total.bytes_in += stats.bytes_in
            total.bytes_out += stats.bytes_out
            total.round_trips += stats.round_trips
            for path, verbs in stats.commands.items():
                counts = total.commands.setdefault(path, {})
                for verb, count in verbs.items():
                    counts[verb] = counts.get(verb, 0) + count
        return total

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "connections": self.connections,
            "commands": {path: dict(verbs) for path, verbs in sorted(self.commands.items())},
            "bytes_in": self.bytes_in,
            "bytes_out": self.bytes_out,
        }
