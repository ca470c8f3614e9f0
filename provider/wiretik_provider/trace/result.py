"""What became of a packet, in Batfish's words: a trace has a disposition and hops, a hop has steps.

Frozen values; `str()` of a trace prints the whole walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

import attrs

from wiretik_provider.rows import ownership
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.packet import Packet, Span

__all__ = ["Connection", "Disposition", "Doubt", "End", "Fork", "Hop", "Step", "Stuck", "Trace", "World"]


class Disposition(Enum):
    """How a packet ends; the value is how a sentence says it."""

    DELIVERED = "delivered to the router"
    FORWARDED = "forwarded"
    INTO_TUNNEL = "sent into the tunnel"
    DROPPED = "dropped"
    REJECTED = "rejected"
    BLACKHOLED = "blackholed"
    NO_ROUTE = "without a route"
    NO_PEER = "without a peer"
    REFUSED = "refused by the service"
    LOOP = "going round in a loop"
    UNKNOWN = "unknown"

    @property
    def arrives(self) -> bool:
        """Whether the packet gets where the router can bring it."""
        return self in (Disposition.DELIVERED, Disposition.FORWARDED, Disposition.INTO_TUNNEL)


_NOUNS: Final = {
    "/ip/firewall/filter": "filter rule",
    "/ip/firewall/mangle": "mangle rule",
    "/ip/firewall/nat": "NAT rule",
    "/ip/firewall/raw": "raw rule",
    "/ip/ipsec/policy": "IPsec policy",
    "/ip/route": "route",
    "/ipv6/firewall/filter": "IPv6 filter rule",
    "/ipv6/firewall/mangle": "IPv6 mangle rule",
    "/ipv6/firewall/nat": "IPv6 NAT rule",
    "/ipv6/firewall/raw": "IPv6 raw rule",
    "/ipv6/route": "IPv6 route",
    "/routing/rule": "routing rule",
    "/interface/wireguard/peers": "peer",
    "/ip/service": "service",
}


@attrs.frozen
class Step:
    """One thing that a router did with a packet.

    Attributes:
        menu: whose row did it; empty where no row did.
        text: what was done.
        row_id: the row's `.id`; empty where no row did it or it isn't there yet.
        comment: the row's comment without a tag, or its name.
        number: the row's number in the menu's print; -1 where rows aren't known by numbers.
    """

    menu: str
    text: str
    row_id: str = ""
    comment: str = ""
    number: int = -1

    @classmethod
    def of(cls, menu: str, row: Row, text: str, number: int = -1) -> Step:
        """A step that a row took."""
        comment = ownership.text_of(row)
        return cls(menu, text, row.get(".id", ""), comment or row.get("name", ""), number)

    @property
    def rule(self) -> str:
        """The row as a person would name it: `filter rule 7 'drop all'`."""
        noun = _NOUNS.get(self.menu, self.menu)
        told = f" {self.number}" if self.number >= 0 else ""
        return f"{noun}{told} '{self.comment}'" if self.comment else f"{noun}{told}"

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}" if self.menu else self.text


@attrs.frozen
class Hop:
    """What one router did.

    Attributes:
        router: its name.
        about: which packet it is, in words.
        steps: what it did, in order.
    """

    router: str
    about: str
    steps: tuple[Step, ...]


@attrs.frozen
class Connection:
    """What the router's connection tracking keeps of the first packet.

    Attributes:
        first: the packet as it came.
        src: the source that it left with.
        dst: the destination that it left with.
        dst_port: the ports that it left to.
        mark: the connection mark.
        tracked: whether the router tracks it.
        masqueraded: the interface whose address it got by masquerade; empty where it didn't.
        listed: what rules have put on address lists because of its packets, each a list and an address.
        perhaps: what they may have put there besides.
    """

    first: Packet
    src: int
    dst: int
    dst_port: Span | None
    mark: str = ""
    tracked: bool = True
    masqueraded: str = ""
    listed: frozenset[tuple[str, int]] = frozenset()
    perhaps: frozenset[tuple[str, int]] = frozenset()

    def knows(self, answer: Packet) -> bool:
        """Whether a packet is an answer that belongs to it: from where it went to, to where it seemed to come from."""
        return (answer.src, answer.dst, answer.src_port) == (self.dst, self.src, self.dst_port)

    @property
    def dstnat(self) -> bool:
        """Whether the destination was translated."""
        return self.dst != self.first.dst or self.dst_port != self.first.dst_port

    @property
    def srcnat(self) -> bool:
        """Whether the source was translated."""
        return self.src != self.first.src


class Doubt(NamedTuple):
    """Something of which it isn't known how it is, and that is as it is for all packets of a connection.

    Attributes:
        key: what it is about.
        options: how it may be, each in words: `while 10.66.0.1 answers`.
        comes: whether each of these comes about now and then; else one holds, and nobody says which.
    """

    key: str
    options: tuple[tuple[str, str], ...]
    comes: bool = False


class World(NamedTuple):
    """How all may be that matters, and what becomes of a packet then.

    Attributes:
        told: how it is, in words.
        found: what becomes of the packet.
        comes: whether that comes about now and then.
    """

    told: str
    found: Trace
    comes: bool


@attrs.frozen
class Trace:
    """What becomes of a packet.

    Attributes:
        packet: as it was asked about.
        disposition: how it ends.
        hops: what was done to it.
        by: the step that decided; for UNKNOWN the one that can't be judged.
        leaves: the interface that it leaves by; empty where it doesn't.
        peer: the peer that it is sent to, by comment, name or key.
        because: with UNKNOWN, why.
        connection: what is kept of it; None where that isn't known.
        source: the source that it leaves with; 0 where it doesn't.
        table: the routing table that decided.
        mark: the routing mark that it had.
        fasttracked: the step by which later packets bypass the firewall.
        notes: said besides.
        answered: whether the answer gets back to where the packet came from; None where that isn't known.
        outer: the encapsulated packet's own way.
        reply: the answer's way back.
        later: ways of the connection's later packets that end otherwise; of an answer, those of later answers.
        about: of a later packet, which one it is.
        left: what is kept of the connection behind all its packets; None where only the first one was followed.
        doubt: what would have to be known to say more.
        worlds: what becomes of it in each way in which all may be that isn't known; none where it ends alike in all.
    """

    packet: Packet
    disposition: Disposition
    hops: tuple[Hop, ...] = ()
    by: Step | None = None
    leaves: str = ""
    peer: str = ""
    because: str = ""
    connection: Connection | None = None
    source: int = 0
    table: str = ""
    mark: str = ""
    fasttracked: Step | None = None
    notes: tuple[str, ...] = ()
    answered: bool | None = None
    outer: Trace | None = None
    reply: Trace | None = None
    later: tuple[Trace, ...] = ()
    about: str = ""
    left: Connection | None = None
    doubt: Doubt | None = None
    worlds: tuple[World, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all hops."""
        return tuple(step for hop in self.hops for step in hop.steps)

    @property
    def verdict(self) -> str:
        """How it ends, in one sentence's part: `dropped by filter rule 7 'drop all'`."""
        kind = self.disposition
        if kind is Disposition.UNKNOWN:
            return f"unknown, because of {self.by.rule}: {self.because}" if self.by and self.by.menu else self.because
        if kind is Disposition.FORWARDED:
            told = (
                f" with source {self.packet.family.text(self.source)}"
                if self.source not in (0, self.packet.src)
                else ""
            )
            return f"forwarded out of {self.leaves}{told}"
        if kind is Disposition.DELIVERED:
            return str(kind.value)
        if kind is Disposition.INTO_TUNNEL:
            return f"sent into the tunnel {self.leaves} to peer {self.peer}"
        if kind in (Disposition.DROPPED, Disposition.REJECTED) and self.by and self.by.menu:
            return f"{kind.value} by {self.by.rule}"
        return f"{kind.value}: {self.by}" if self.by else str(kind.value)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield str(self.packet)
        for hop in self.hops:
            yield f"  {hop.router}: {hop.about}" if hop.about else f"  {hop.router}"
            yield from (f"    {step}" for step in hop.steps)
        yield f"  = {self.verdict}"
        yield from (f"  note: {note}" for note in self.notes)
        others = [("outer packet", self.outer), ("answer", self.reply), *((one.about, one) for one in self.later)]
        for what, other in others:
            if other is not None:
                yield f"  {what}: {other}".replace("\n", "\n  ")


class Fork(Exception):
    """Something isn't known, and both answers are worth a look."""

    def __init__(self, step: Step, reason: str, doubt: Doubt | None = None) -> None:
        super().__init__(reason)
        self.step = step
        self.reason = reason
        self.doubt = doubt


class Stuck(Exception):
    """Something isn't known, and nothing can be said of what is behind it."""

    def __init__(self, step: Step, reason: str) -> None:
        super().__init__(reason)
        self.step = step
        self.reason = reason


class End(Exception):
    """The packet has got to its end on this router."""

    def __init__(self, disposition: Disposition, step: Step, leaves: str = "", peer: str = "") -> None:
        super().__init__(disposition.value)
        self.disposition = disposition
        self.step = step
        self.leaves = leaves
        self.peer = peer
