"""The codecs of a firewall rule's matchers, each with RouterOS's `!` for "all others".

They keep the promises of `values`; where a router fills in what was left out (`limit=10,5` prints `10,5:packet`), both
spellings become the long one, so that neither is a difference. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import attrs

from wiretik_provider.codecs.addresses import ListAddress
from wiretik_provider.codecs.base import Enum, Int, Plain, is_number, shown, text_of
from wiretik_provider.codecs.times import duration, milliseconds
from wiretik_provider.errors import InvalidValue

__all__ = ["AddressMatch", "IcmpOptions", "Limit", "Mac", "Ports", "Protocol", "Span"]


def _negation(text: str) -> tuple[str, str]:
    """The `!` in front, or nothing, and the rest."""
    return ("!", text[1:].strip()) if text.startswith("!") else ("", text)


@attrs.frozen
class AddressMatch(Plain):
    """Addresses: one, a prefix or a range, `!` in front for all others; `family` 4 or 6 narrows it."""

    family: int = 0

    def parse(self, value: object, /) -> str:
        """Takes `192.168.88.0/24` or `!10.0.0.1-10.0.0.9`."""
        sign, rest = _negation(text_of(value, "an address, a prefix or a range"))
        return sign + ListAddress(family=self.family).parse(rest)


@attrs.frozen
class Ports(Plain):
    """Ports: one, a range, or a list of at most `most` of them (docs/facts/menus.md#firewall-rules)."""

    most: int = 15

    def parse(self, value: object, /) -> str:
        """Takes 53, `"53,853"`, `"1000-2000"`, `"!22"`, and a list of ports."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = ",".join(text_of(part, "a port") for part in value)
        sign, rest = _negation(text_of(value, "a port"))
        parts = [part.strip() for part in rest.split(",")]
        if len(parts) > self.most:
            raise InvalidValue(f"{len(parts)} ports or ranges; RouterOS takes at most {self.most} in one rule")
        return sign + ",".join(Span(0, 65535, negatable=False).parse(part) for part in parts)


_SCALES: Final = {"": 1, "k": 1_000, "M": 1_000_000, "G": 1_000_000_000}


@attrs.frozen
class Span(Plain):
    """A number or a range of numbers, such as `1000-2000`.

    Attributes:
        low: the least number.
        high: the greatest.
        negatable: whether `!` in front means all others.
        scaled: whether a number may end in k, M or G, for thousands and so on.
        endless: whether 0 as the last number means that there is no last one.
    """

    low: int = 0
    high: int = 4294967295
    negatable: bool = True
    scaled: bool = False
    endless: bool = False

    def parse(self, value: object, /) -> str:
        """Takes 1000, `"1000-2000"`, `"!1000-2000"`."""
        text = text_of(value, "a number or a range")
        sign, rest = _negation(text)
        if sign and not self.negatable:
            raise InvalidValue(f"{shown(text)}: this can't be negated")
        ends = [self._number(end.strip()) for end in rest.split("-", maxsplit=1)]
        if ends[0] > ends[-1] and not (self.endless and ends[-1] == 0):
            raise InvalidValue(f"{shown(text)} is not a range: the first number must come before the last")
        return sign + "-".join(str(end) for end in ends)

    def _number(self, text: str) -> int:
        scale = text[-1:] if self.scaled and text[-1:] in _SCALES else ""
        number = Int(0, self.high).parse(text.removesuffix(scale))
        return int(Int(self.low, self.high).parse(int(number) * _SCALES[scale]))


@attrs.frozen
class Limit(Plain):
    """A rate: `Count[/Time],Burst[:Mode]`.

    One second and packets are meant where they are left out: exports print `400,5:packet` for 400 each second.
    """

    def parse(self, value: object, /) -> str:
        """Takes `"10,5"`, `"50/1m,5:packet"`, `"!10,5"`."""
        text = text_of(value, "a rate")
        sign, rest = _negation(text)
        parts = re.fullmatch(r"([0-9]{1,10})(?:/([0-9a-z:]+))?,([0-9]{1,10})(?::(packet|bit))?", rest)
        if parts is None:
            raise InvalidValue(f'{shown(text)} is not a rate such as "10,5" or "50/1m,5:packet"')
        count, burst = Int(0, 2_000_000_000).parse(parts[1]), Int(1, 32_000_000_000).parse(parts[3])
        length = milliseconds(parts[2] or "1s")
        if length < 1000:
            raise InvalidValue(f"{shown(text)}: the time must be 1s or more")
        time = "" if length == 1000 else f"/{duration(length)}"
        return f"{sign}{count}{time},{burst}:{parts[4] or 'packet'}"


@attrs.frozen
class IcmpOptions(Plain):
    """An ICMP type and its codes, `Type[:Code]`; a type alone means all codes, which prints as `8:0-255`."""

    def parse(self, value: object, /) -> str:
        """Takes 8, `"8:0"`, `"3:0-255"`, `"!8"`."""
        text = text_of(value, "an ICMP type")
        sign, rest = _negation(text)
        kind, _, codes = rest.partition(":")
        one = Span(0, 255, negatable=False)
        return f"{sign}{Int(0, 255).parse(kind)}:{one.parse(codes or '0-255')}"


@attrs.frozen
class Mac(Plain):
    """A MAC address, upper case with colons."""

    def parse(self, value: object, /) -> str:
        """Takes `AA:BB:CC:DD:EE:FF`, also with `-` or `.` between, and `!` in front."""
        text = text_of(value, "a MAC address")
        sign, rest = _negation(text)
        digits = re.sub(r"[:.-]", "", rest)
        if not re.fullmatch(r"[0-9a-fA-F]{12}", digits):
            raise InvalidValue(f"{shown(text)} is not a MAC address such as AA:BB:CC:DD:EE:FF")
        return sign + ":".join(digits[i : i + 2] for i in range(0, 12, 2)).upper()


_PROTOCOLS: Final = (
    *("dccp", "ddp", "egp", "encap", "etherip", "ggp", "gre", "hmp", "icmp", "icmpv6", "idpr-cmtp", "igmp"),
    *("ipencap", "ipip", "ipsec-ah", "ipsec-esp", "ipv6", "ipv6-encap", "ipv6-frag", "ipv6-nonxt", "ipv6-opts"),
    *("ipv6-route", "iso-tp4", "l2tp", "ospf", "pim", "pup", "rdp", "rspf", "rsvp", "sctp", "st", "tcp", "udp"),
    *("udp-lite", "vmtp", "vrrp", "xns-idp", "xtp"),
)
"""The 38 of docs/facts/arguments.md, by name, with both spellings of IPv6 in IPv4."""

# Numbers that IANA gives to those protocols whose names are the same there, and 58, which it calls ipv6-icmp.
_NUMBERS: Final = {
    1: "icmp",
    2: "igmp",
    3: "ggp",
    4: "ipencap",
    6: "tcp",
    17: "udp",
    33: "dccp",
    46: "rsvp",
    47: "gre",
    50: "ipsec-esp",
    51: "ipsec-ah",
    58: "icmpv6",
    89: "ospf",
    103: "pim",
    112: "vrrp",
    115: "l2tp",
    132: "sctp",
    136: "udp-lite",
}


@attrs.frozen
class Protocol(Plain):
    """An IP protocol by name or number; the number of one that has a name becomes the name."""

    def parse(self, value: object, /) -> str:
        """Takes `tcp`, 6, `"!udp"`."""
        sign, rest = _negation(text_of(value, "a protocol").lower())
        if is_number(rest):
            number = int(Int(0, 255).parse(rest))
            return sign + _NUMBERS.get(number, str(number))
        return sign + Enum(_PROTOCOLS).parse(rest)
