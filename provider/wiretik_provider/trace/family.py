"""IPv4 and IPv6 as the tracer needs them: one walk for both, and their differences as data.

Rule: a family knows addresses, menus and what no router may do with some addresses (RFC 4291); it knows no row.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import attrs

from wiretik_provider.codecs.spans import Span, number4, number6, span4, span6

__all__ = ["FOUR", "SIX", "Family", "Interval", "dotted", "family_of"]

Interval = Span


def dotted(value: int) -> str:
    """A number as an IPv4 address."""
    return str(ipaddress.IPv4Address(value))


def _text6(value: int) -> str:
    """As RouterOS prints it; of a mapped one Python 3.13 says something else than 3.12."""
    address = ipaddress.IPv6Address(value)
    return f"::ffff:{address.ipv4_mapped}" if address.ipv4_mapped else str(address)


@attrs.frozen(eq=False, kw_only=True)
class Family:
    """What differs between IPv4 and IPv6.

    Attributes:
        name: for people.
        bits: of an address.
        number: an address as a number; ValueError for what is none.
        text: a number as an address.
        span: first and last of an address, a prefix or a range; None for what is none of them, and of the other family.
        known_span: the same, kept, for texts that are asked for again and again.
        everywhere: the prefix of all.
        every: the last address.
        addresses: the menu of the router's own addresses; the others likewise.
        forward: the switch in the menu of settings without which nothing is forwarded.
        checks_source: whether the menu of settings has rp-filter.
        to: NAT's property of where to.
        ping: the protocol of a ping.
        echo: ICMP type and code of a ping and of its answer.
        loopback: what is always the router's own.
        multicast: what has several receivers.
        link_local: what is on one link only; of IPv4 none, since there routers do take it elsewhere.
        nobody: what is no host's, or no host's that packets are routed to.
        apart: what `nobody` and the rest are cut by when one address stands for many.
        shown: a well-known host, which stands for all that are like it.
    """

    name: str
    bits: int
    number: Callable[[str], int]
    text: Callable[[int], str]
    span: Callable[[str], Interval | None]
    known_span: Callable[[str], Interval | None]
    everywhere: str
    every: int
    addresses: str
    routes: str
    settings: str
    lists: str
    filter: str
    mangle: str
    nat: str
    raw: str
    forward: str
    checks_source: bool
    to: str
    ping: str
    echo: tuple[tuple[int, int], tuple[int, int]]
    loopback: Interval
    multicast: Interval
    link_local: Interval
    nobody: tuple[Interval, ...]
    apart: tuple[tuple[str, Interval], ...]
    shown: int | None

    def __repr__(self) -> str:
        return self.name

    @property
    def anywhere(self) -> Interval:
        """All addresses."""
        return 0, self.every

    @property
    def firewall(self) -> tuple[str, ...]:
        """The menus of rules."""
        return self.filter, self.mangle, self.nat, self.raw

    @property
    def menus(self) -> tuple[str, ...]:
        """All menus that the other family has of its own, too."""
        return (self.addresses, self.lists, *self.firewall, self.routes, self.settings)

    def mask(self, length: int) -> int:
        """A prefix length as a mask."""
        return self.every ^ (self.every >> length)

    def length(self, span: Interval) -> int:
        """The prefix length of a span that is a prefix."""
        return self.bits - (span[1] - span[0]).bit_length()

    def is_link_local(self, address: int) -> bool:
        """Whether an address is on one link only."""
        return self.link_local[0] <= address <= self.link_local[1]

    def is_multicast(self, address: int) -> bool:
        """Whether an address has several receivers."""
        return self.multicast[0] <= address <= self.multicast[1]

    def is_host(self, address: int) -> bool:
        """Whether an address may be a host's to which packets are routed."""
        return not any(low <= address <= high for low, high in self.nobody)


_THIS_HOST4: Final = (0, (1 << 24) - 1)
_LOOPBACK4: Final = (127 << 24, (128 << 24) - 1)
_MULTICAST4: Final = (224 << 24, (240 << 24) - 1)
_UNROUTED6: Final = (0, (1 << 32) - 1)
"""::/96: nobody, loopback, and what once stood for IPv4 (RFC 4291 2.5.2, 2.5.3, 2.5.5.1)."""
_LINK_LOCAL6: Final = (0xFE80 << 112, (0xFEC0 << 112) - 1)
_MULTICAST6: Final = (0xFF << 120, (1 << 128) - 1)

FOUR: Final = Family(
    name="IPv4",
    bits=32,
    number=number4,
    text=dotted,
    span=span4,
    known_span=lru_cache(maxsize=4096)(span4),
    everywhere="0.0.0.0/0",
    every=(1 << 32) - 1,
    addresses="/ip/address",
    routes="/ip/route",
    settings="/ip/settings",
    lists="/ip/firewall/address-list",
    filter="/ip/firewall/filter",
    mangle="/ip/firewall/mangle",
    nat="/ip/firewall/nat",
    raw="/ip/firewall/raw",
    forward="ip-forward",
    checks_source=True,
    to="to-addresses",
    ping="icmp",
    echo=((8, 0), (0, 0)),
    loopback=_LOOPBACK4,
    multicast=_MULTICAST4,
    link_local=(1, 0),
    nobody=(_THIS_HOST4, _LOOPBACK4, (224 << 24, (1 << 32) - 1)),
    apart=(("this host", _THIS_HOST4), ("loopback", _LOOPBACK4), ("multicast", _MULTICAST4)),
    shown=None,
)
SIX: Final = Family(
    name="IPv6",
    bits=128,
    number=number6,
    text=_text6,
    span=span6,
    known_span=lru_cache(maxsize=4096)(span6),
    everywhere="::/0",
    every=(1 << 128) - 1,
    addresses="/ipv6/address",
    routes="/ipv6/route",
    settings="/ipv6/settings",
    lists="/ipv6/firewall/address-list",
    filter="/ipv6/firewall/filter",
    mangle="/ipv6/firewall/mangle",
    nat="/ipv6/firewall/nat",
    raw="/ipv6/firewall/raw",
    # (MikroTik's manual, cli-reference/ipv6/settings, which has no rp-filter, and ipv6/firewall/nat.)
    forward="forward",
    checks_source=False,
    to="to-address",
    ping="icmpv6",
    echo=((128, 0), (129, 0)),
    loopback=(1, 1),
    multicast=_MULTICAST6,
    link_local=_LINK_LOCAL6,
    nobody=(_UNROUTED6, _LINK_LOCAL6, _MULTICAST6),
    apart=(("unrouted", _UNROUTED6), ("link-local", _LINK_LOCAL6), ("multicast", _MULTICAST6)),
    shown=number6("2606:4700:4700::1111"),
)


def family_of(text: str) -> Family:
    """The family of an address or a prefix."""
    return SIX if ":" in text else FOUR
