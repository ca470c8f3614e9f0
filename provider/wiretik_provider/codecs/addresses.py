"""Addresses, prefixes, ranges and gateways: the codecs of whatever holds an IP address.

They keep the promises of `values`; canonical is the router's spelling, of which each class says what it leaves out. No
I/O, no name is looked up.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from typing import Final

import attrs

from wiretik_provider.codecs.base import Name, Plain, Value, shown, text_of
from wiretik_provider.codecs.spans import gateways, is_address
from wiretik_provider.errors import InvalidValue

__all__ = [
    "Gateway",
    "Host",
    "HostName",
    "InterfaceAddress",
    "ListAddress",
    "Prefix",
    "RulePrefix",
    "is_ip",
    "on_interface",
]


def _zoned(text: str) -> str:
    """A text of an address whose zone, if there is one, is an interface's name; Python takes any text for one."""
    _, sign, zone = text.partition("%")
    if sign and not (zone := zone.partition("/")[0]).isprintable():
        raise ValueError(f"{zone!r} is no interface")
    return text


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(_zoned(text))
    except ValueError:
        raise InvalidValue(f"{shown(text)} is not an IP address") from None


def _spelled(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """An address as RouterOS and inet_ntop print it; of a mapped one Python 3.13 says something else than 3.12."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return f"::ffff:{mapped}" if mapped else str(address)


def _with_mask(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> str:
    return f"{_spelled(network.network_address)}/{network.prefixlen}"


def on_interface(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface:
    """An address with its mask, as `InterfaceAddress` takes it.

    Raises:
        ValueError: it isn't one.
    """
    return ipaddress.ip_interface(_zoned(text))


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(_zoned(text), strict=True)
    except ValueError:
        pass
    try:
        masked = ipaddress.ip_network(_zoned(text), strict=False)
    except ValueError:
        raise InvalidValue(f"{shown(text)} is not an address prefix such as 192.168.88.0/24") from None
    host = text.split("/", maxsplit=1)[0]
    raise InvalidValue(
        f"{text} has host bits set; write {_with_mask(masked)} for the network or {host}/{masked.max_prefixlen}"
    )


@attrs.frozen
class Host(Plain):
    """One IP address; `family` 4 or 6 narrows it, `empty` lets the empty text be a value."""

    family: int = 0
    empty: bool = False

    def parse(self, value: object, /) -> str:
        """Takes `192.168.88.1` or `2001:db8::1`."""
        text = text_of(value, "an IP address")
        if not text and self.empty:
            return ""
        address = _ip(text)
        if self.family and address.version != self.family:
            raise InvalidValue(f"{text} is not an IPv{self.family} address")
        return _spelled(address)


@attrs.frozen
class HostName(Plain):
    """An IP address or a DNS name; the empty text is a value."""

    def parse(self, value: object, /) -> str:
        """Takes `vpn.example.com` or an address."""
        text = text_of(value, "an address or a name")
        if re.fullmatch(r"[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", text):
            return _spelled(_ip(text))
        if text and not re.fullmatch(
            r"(?=.{1,253}\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_-]+)*\.?", text
        ):
            raise InvalidValue(f"{shown(text)} is neither an IP address nor a DNS name")
        return text


@attrs.frozen
class Prefix(Plain):
    """An address prefix; a host without a mask gets its full length, as the router prints it."""

    family: int = 0

    def parse(self, value: object, /) -> str:
        """Takes `10.20.0.0/24`, `10.20.0.2` (a /32), `2001:db8::/32`."""
        network = _network(text_of(value, "an address prefix"))
        if self.family and network.version != self.family:
            raise InvalidValue(f"{network} is not an IPv{self.family} prefix")
        return _with_mask(network)


@attrs.frozen
class InterfaceAddress(Plain):
    """An interface's address with its mask.

    Without one it is a single address in IPv4 (docs/facts/menus.md#ipaddress), and one of a network of 64 bits in IPv6,
    whose mask
    exports leave out (`add address=::1 from-pool=…`).
    """

    family: int = 4

    def parse(self, value: object, /) -> str:
        """Takes `10.20.0.2/24`, `2001:db8::1/64`."""
        wanted = f"an address with a mask such as {'2001:db8::1/64' if self.family == 6 else '10.20.0.2/24'}"
        text = text_of(value, wanted)
        try:
            whole = f"{text}/64" if self.family == 6 and "/" not in text else text
            address = on_interface(whole)
        except ValueError:
            raise InvalidValue(f"{shown(text)} is not {wanted}") from None
        if self.family and address.version != self.family:
            raise InvalidValue(f"{shown(text)} is not an IPv{self.family} address")
        return f"{_spelled(address.ip)}/{address.network.prefixlen}"


@attrs.frozen
class RulePrefix(Plain):
    """A routing rule's matcher: a prefix, with `%interface` and `@vrf` behind it (docs/facts/menus.md#routingrule)."""

    def parse(self, value: object, /) -> str:
        """Takes `192.168.88.0/24` and a bare address."""
        text = text_of(value, "an address prefix")
        parts = re.fullmatch(r"([^%@]*)((?:%[^%@]+)?(?:@[^%@]+)?)", text)
        if parts is None or not parts[2].isprintable():
            raise InvalidValue(f"{shown(text)} is not an address prefix, %interface and @vrf")
        return f"{Prefix().parse(parts[1])}{parts[2]}"


@attrs.frozen
class Gateway(Plain):
    """Where a route leads: an address, an interface, or several of them by commas (docs/facts/menus.md#iproute)."""

    def parse(self, value: object, /) -> str:
        """Takes `10.0.0.1`, `10.0.0.1%ether1`, `10.0.0.1@main`, `wg0`, and lists of them."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = ",".join(str(part) for part in value)
        return ",".join(self._hop(hop.strip()) for hop in text_of(value, "a gateway").split(","))

    def _hop(self, hop: str) -> str:
        head = gateways(hop)[0].head if hop else ""
        place = hop.removeprefix(head)
        if not place.isprintable():
            raise InvalidValue(f"{shown(hop)} has a character that can't be shown, so it can't be a gateway")
        if re.fullmatch(r"[0-9./]+|[0-9a-fA-F:.]*:[0-9a-fA-F:./]*", head):
            if "/" in head:
                raise InvalidValue(f"{shown(hop)} is a prefix; a gateway is one address, or an interface")
            return f"{_spelled(_ip(head))}{place}"
        return Name().parse(hop)

    def names(self, value: Value, /) -> tuple[str, ...]:
        """The interfaces among the hops, and those that stand behind an address."""
        found: list[str] = []
        for hop in gateways(str(value)):
            found += [hop.leaves] if hop.interface or not is_ip(hop.head) else []
        return tuple(found)


@attrs.frozen
class ListAddress(Plain):
    """What an address list or a matcher takes: an address, a prefix or, in IPv4, a range.

    A /32 prints without its mask and a range that is a prefix prints as one
    (docs/facts/menus.md#ipfirewalladdress-list). IPv6 has prefixes alone
    (sindrip/provider-routeros db1d587, config/arg-types.json), and a /128 prints with its mask.

    Attributes:
        named: whether a DNS name is taken as well.
        family: 4 or 6 narrows it.
    """

    named: bool = False
    family: int = 0

    def parse(self, value: object, /) -> str:
        """Takes `192.168.88.0/24`, `10.0.0.5`, `10.0.0.1-10.0.0.9`, and `example.com` where names are taken."""
        text = text_of(value, "an address, a prefix or a range")
        first, dash, last = text.partition("-")
        if dash and is_ip(first) and is_ip(last):
            return self._checked(_range(first, last))
        if self.named and text and not re.fullmatch(r"[0-9./]+|.*[:/].*", text):
            return str(HostName().parse(text))
        if not dash and ("/" in text or is_ip(text)):
            return self._checked(_bare(_network(text)))
        raise InvalidValue(f"{shown(text)} is not an address, a prefix or a range" + (" or a name" * self.named))

    def _checked(self, text: str) -> str:
        if self.family and (":" in text) != (self.family == 6):
            other = 10 - self.family
            cure = f"a list of IPv{other} addresses is an {_LISTS[other]}" if self.named else _RULES[other]
            raise InvalidValue(f"{text} is not IPv{self.family}; {cure}")
        return text


_LISTS: Final = {4: "AddressList", 6: "Ipv6AddressList"}
_RULES: Final = {
    4: "IPv4's rules are FilterRule, NatRule and so on",
    6: "IPv6's rules are Ipv6FilterRule, Ipv6NatRule and so on",
}


def is_ip(text: str) -> bool:
    """Whether a text is an address of either version."""
    host, zone, _ = text.partition("%")
    try:
        _zoned(text)
    except ValueError:
        return False
    return is_address(host) and (not zone or ":" in host)


def _bare(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> str:
    whole = network.version == 4 and network.prefixlen == network.max_prefixlen
    return str(network.network_address) if whole else _with_mask(network)


def _range(first: str, last: str) -> str:
    low, high = _ip(first), _ip(last)
    size = int(high) - int(low) + 1
    if low.version != high.version or size < 1:
        raise InvalidValue(f"{first}-{last} is not a range: the first address must come before the last")
    # A block of 2**n addresses that starts at a multiple of 2**n is a prefix.
    if size & (size - 1) == 0 and int(low) % size == 0:
        return _bare(ipaddress.ip_network((str(low), low.max_prefixlen - size.bit_length() + 1)))
    if isinstance(low, ipaddress.IPv6Address) and isinstance(high, ipaddress.IPv6Address):
        prefixes = [_with_mask(network) for network in ipaddress.summarize_address_range(low, high)]
        told = f"{', '.join(prefixes[:8])}{' and so on' * (len(prefixes) > 8)}"
        raise InvalidValue(f"{first}-{last}: RouterOS has no ranges of IPv6 addresses; write prefixes: {told}")
    return f"{low}-{high}"
