"""The packet that is asked about: what its sender wrote into it, and where it enters.

Rule: what a sender chooses by chance (its port) is a span, not a number, so that no answer hangs on luck.
"""

from __future__ import annotations

import ipaddress
from typing import Final, NamedTuple

import attrs

from wiretik_provider.matching import PROTOCOLS

__all__ = ["EPHEMERAL", "WITH_PORTS", "Packet", "Span", "dotted", "number", "packet", "protocol_name"]


class Span(NamedTuple):
    """Ports from low to high."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


EPHEMERAL: Final = Span(32768, 65535)
"""Where senders take their own port from: Linux from 32768, Windows and macOS from 49152 (RFC 6335 section 6)."""

WITH_PORTS: Final = frozenset({"tcp", "udp", "udp-lite", "dccp", "sctp"})
"""The protocols that have ports (routeros.md A.8)."""


_OCTETS: Final = {str(octet): octet for octet in range(256)}


def number(text: str) -> int:
    """An IPv4 address as a number.

    Raises:
        ValueError: it isn't one.
    """
    try:
        a, b, c, d = map(_OCTETS.__getitem__, text.split("."))
    except (KeyError, ValueError):
        raise ValueError(f"{text} isn't an IPv4 address") from None
    return a << 24 | b << 16 | c << 8 | d


def dotted(value: int) -> str:
    """A number as an IPv4 address."""
    return str(ipaddress.IPv4Address(value))


def protocol_name(text: str) -> str:
    """A protocol by the name that RouterOS prints, where it has one."""
    return PROTOCOLS.get(text, text)


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
    """

    src: int
    dst: int
    protocol: str = "icmp"
    src_port: Span | None = None
    dst_port: Span | None = None
    enters: str = ""
    peer: str = ""

    def __str__(self) -> str:
        port = f" port {self.dst_port}" if self.dst_port else ""
        come = f" in by {self.enters}" if self.enters else " made by the router"
        return f"{dotted(self.src)} to {dotted(self.dst)}, {self.protocol}{port},{come}"


def packet(
    src: str, dst: str, *, protocol: str = "", port: int | None = None, src_port: int | None = None, enters: str = ""
) -> Packet:
    """A packet as people say it; with a port it is TCP, without one a ping.

    Args:
        src: an IPv4 address.
        dst: an IPv4 address.
        protocol: by name or number.
        port: where it goes to.
        src_port: where it comes from; any port that senders take by themselves where it isn't said.
        enters: the interface that it comes in by; empty for a packet that the router itself makes.

    Raises:
        ValueError: an address isn't IPv4, or a port goes with a protocol that has none.
    """
    protocol = protocol_name(protocol.lower()) or ("icmp" if port is None else "tcp")
    if protocol not in WITH_PORTS:
        if port is not None or src_port is not None:
            raise ValueError(f"{protocol} has no ports")
        return Packet(src=number(src), dst=number(dst), protocol=protocol, enters=enters)
    return Packet(
        src=number(src),
        dst=number(dst),
        protocol=protocol,
        src_port=EPHEMERAL if src_port is None else Span(src_port, src_port),
        dst_port=Span(0, 65535) if port is None else Span(port, port),
        enters=enters,
    )
