"""Which packet of a connection one is: the first, its answer, a later one each way, an error about it.

Rule: how a connection ends (FIN, RST) isn't asked about; what keeps it from ending well keeps nobody from anything.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from wiretik_provider.trace.family import FOUR, Family

__all__ = ["ANSWER", "DATA", "DATA_BACK", "ERROR", "FIRST", "LATER", "LATER_ANSWER", "Part"]


class Part(NamedTuple):
    """One kind of packet of a connection.

    Attributes:
        about: what it is, in words.
        back: whether it goes to where the first one came from.
        state: what connection tracking says of it where it knows the connection.
        flags: of TCP, those that are set.
    """

    about: str
    back: bool
    state: str
    flags: frozenset[str]

    def icmp(self, family: Family) -> tuple[int, int]:
        """Type and code of a ping or its answer, or of an error: the packet is too big (RFC 1191, RFC 4443 3.2)."""
        if self.state == "related":
            return (3, 4) if family is FOUR else (2, 0)
        return family.echo[self.back]


FIRST: Final = Part("the first packet", False, "new", frozenset({"syn"}))
ANSWER: Final = Part("an answer", True, "established", frozenset({"syn", "ack"}))
LATER: Final = Part("a later packet", False, "established", frozenset({"ack"}))
LATER_ANSWER: Final = Part("a later answer", True, "established", frozenset({"ack"}))
DATA: Final = Part("a later packet with data", False, "established", frozenset({"ack", "psh"}))
DATA_BACK: Final = Part("a later answer with data", True, "established", frozenset({"ack", "psh"}))
ERROR: Final = Part("an ICMP error", True, "related", frozenset())
