"""The packet that is asked about: the fields that its sender wrote, and where it enters.

Rule: what a sender chooses by chance (its port) is a span, not a number, so that no answer hangs on luck.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs

from wiretik_provider.rules.model import protocol_name
from wiretik_provider.trace.family import FOUR, Family, dotted, family_of

__all__ = [
    "EPHEMERAL",
    "WITH_PORTS",
    "Packet",
    "Span",
    "dotted",
    "packet",
    "protocol_of",
]


class Span(NamedTuple):
    """Ports from low to high."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


EPHEMERAL: Final = Span(32768, 65535)
"""Where senders take their own port from: Linux from 32768, Windows and macOS from 49152 (RFC 6335 section 6)."""

WITH_PORTS: Final = frozenset({"tcp", "udp", "udp-lite", "dccp", "sctp"})
"""The protocols that have ports (docs/facts/api.md#error-texts)."""


@attrs.frozen(kw_only=True)
class Packet:
    """One packet: the first of its connection, as it arrives or as the router makes it.

    Attributes:
        src: its source.
        dst: its destination.
        protocol: by RouterOS's name.
        src_port: the ports that it may come from; None where the protocol has none.
        dst_port: the ports that it may go to; None where the protocol has none.
        enters: the interface that it comes in by; empty for a packet that the router itself makes.
        peer: out of a tunnel, the public key of the peer that sent it; empty where any peer may have.
        family: IPv4 or IPv6.
    """

    src: int
    dst: int
    protocol: str = "icmp"
    src_port: Span | None = None
    dst_port: Span | None = None
    enters: str = ""
    peer: str = ""
    family: Family = FOUR

    def __str__(self) -> str:
        port = f" port {self.dst_port}" if self.dst_port else ""
        come = f" in by {self.enters}" if self.enters else " made by the router"
        told = self.family.text
        return f"{told(self.src)} to {told(self.dst)}, {self.protocol}{port},{come}"


def protocol_of(text: str, family: Family) -> str:
    """A protocol as people say it: a ping is ICMP in both families."""
    name = protocol_name(text.lower())
    return family.ping if name == "icmp" else name


def packet(
    src: str, dst: str, *, protocol: str = "", port: int | None = None, src_port: int | None = None, enters: str = ""
) -> Packet:
    """A packet as people say it; with a port it is TCP, without one a ping.

    Args:
        src: an address.
        dst: an address of the same family.
        protocol: by name or number.
        port: where it goes to.
        src_port: where it comes from; any port that senders take by themselves where it isn't said.
        enters: the interface that it comes in by; empty for a packet that the router itself makes.

    Raises:
        ValueError: one is no address, the two are of different families, or a port goes with a protocol that has none.
    """
    family = family_of(src)
    if family_of(dst) is not family:
        raise ValueError(f"{src} and {dst}: one of IPv4 and one of IPv6 are no packet's")
    protocol = protocol_of(protocol, family) or (family.ping if port is None else "tcp")
    ends: tuple[Span | None, Span | None] = None, None
    if protocol in WITH_PORTS:
        ends = (
            EPHEMERAL if src_port is None else Span(src_port, src_port),
            Span(0, 65535) if port is None else Span(port, port),
        )
    elif port is not None or src_port is not None:
        raise ValueError(f"{protocol} has no ports")
    return Packet(
        src=family.number(src),
        dst=family.number(dst),
        protocol=protocol,
        src_port=ends[0],
        dst_port=ends[1],
        enters=enters,
        family=family,
    )
