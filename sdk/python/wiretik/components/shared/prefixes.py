"""Prefixes and endpoints of arguments. Pure: text in, values and complaints out; knows no resource.

Rule: whether a text is an address or a prefix is decided here for the whole SDK, and by `codecs` for the provider; a
law holds the two equal. An address has no zone: Python takes any text behind `%`, and these values go into files and
scripts.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import attrs

__all__ = [
    "DEFAULT",
    "DEFAULT6",
    "Network",
    "Prefix",
    "Prefixes",
    "address",
    "address_or_none",
    "connected",
    "connected6",
    "endpoint",
    "holds",
    "interface",
    "is_host",
    "network",
    "overlaps",
    "prefix",
    "prefix_or_none",
    "range_or_none",
    "routed",
    "shared",
    "surrounding",
    "version_or_none",
    "whole_number",
    "within",
    "without",
]

Network: TypeAlias = ipaddress.IPv4Network
Prefix: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Prefixes: TypeAlias = Sequence[Prefix]

DEFAULT: Final = ipaddress.IPv4Network("0.0.0.0/0")
"""Every IPv4 address: what a default route is for."""
DEFAULT6: Final = ipaddress.IPv6Network("::/0")
"""Every IPv6 address."""


def prefix(text: str) -> Prefix:
    """A prefix of either kind; host bits are cleared, and an address alone is a single host.

    Raises:
        ValueError: it isn't one; the message is for the program's author.
    """
    try:
        return ipaddress.ip_network(_without_zone(text), strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not a prefix such as 10.20.0.0/24 or fd00:20::/64") from None


def address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address of either kind.

    Raises:
        ValueError: it isn't one.
    """
    try:
        return ipaddress.ip_address(_without_zone(text))
    except ValueError:
        raise ValueError(f"{text!r} is not an address such as 10.20.0.2 or fd00:20::2") from None


def interface(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface:
    """An interface's address with its mask, of either kind.

    Raises:
        ValueError: it isn't one.
    """
    try:
        return ipaddress.ip_interface(_without_zone(text))
    except ValueError:
        raise ValueError(f"{text!r} is not an address with its mask such as 10.20.0.2/24 or fd00:20::2/64") from None


def _without_zone(text: str) -> str:
    if "%" in text:
        raise ValueError("a zone")
    return text.strip()


def address_or_none(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address; None for what isn't one, such as a name or a prefix."""
    try:
        return address(text)
    except ValueError:
        return None


def whole_number(text: str) -> int | None:
    """A number of digits and nothing else; None for what Python takes for one besides, such as ² or 1_0."""
    return int(text) if re.fullmatch("[0-9]{1,10}", text) else None


def prefix_or_none(text: str) -> Prefix | None:
    """A prefix; None for what isn't one, such as a name or a range."""
    try:
        return prefix(text)
    except ValueError:
        return None


def range_or_none(text: str) -> tuple[ipaddress.IPv4Address, ipaddress.IPv4Address] | None:
    """The first and the last address of a range of IPv4, or of one alone; None for what isn't one."""
    first, dash, last = text.partition("-")
    ends = address_or_none(first), address_or_none(last if dash else first)
    both = [end for end in ends if isinstance(end, ipaddress.IPv4Address)]
    return (both[0], both[1]) if len(both) == 2 and both[0] <= both[1] else None


def version_or_none(text: str) -> int | None:
    """The version of IP of an address, a prefix or a range; None for a name."""
    found = prefix_or_none(text.partition("-")[0])
    return found.version if found else None


def network(text: str) -> Network:
    """A prefix; host bits are cleared, and an address alone is a single host.

    Raises:
        ValueError: it isn't an IPv4 prefix; the message is for the program's author.
    """
    found = prefix_or_none(text)
    if found is None:
        raise ValueError(f"{text!r} is not an IPv4 prefix such as 10.20.0.0/24")
    if not isinstance(found, ipaddress.IPv4Network):
        told = f"{text!r} is IPv6, and here an IPv4 prefix is needed"
        raise ValueError(told)  # noqa: TRY004  (text has one type)
    return found


def connected(address: str, far_end: str | None = None) -> Network:
    """The network to which an interface's address makes a connected route; of a /32 it may be the far end.

    Raises:
        ValueError: either isn't an IPv4 address.
    """
    try:
        own = ipaddress.ip_interface(_without_zone(address))
    except ValueError:
        raise ValueError(f"{address!r} is not an IPv4 address such as 10.20.0.2/24") from None
    if far_end and own.network.prefixlen == own.max_prefixlen:
        return network(far_end)
    return network(str(own.network))


def connected6(address: str) -> Prefix:
    """The network to which an interface's IPv6 address makes a connected route.

    Raises:
        ValueError: it isn't one.
    """
    try:
        return ipaddress.IPv6Interface(_without_zone(address)).network
    except ValueError:
        raise ValueError(f"{address!r} is not an IPv6 address such as fd00:20::2/64") from None


def endpoint(text: str) -> tuple[str, int]:
    """Host and port of `server.example.com:51820`.

    Raises:
        ValueError: it isn't that.
    """
    bare, colon, told = text.strip().rpartition(":")
    host, port = bare.removeprefix("[").removesuffix("]"), whole_number(told)
    if not colon or not is_host(host) or port is None or not 1 <= port <= 65535:
        raise ValueError(f"{text!r} is not an endpoint such as server.example.com:51820 or [2001:db8::1]:51820")
    return host, port


_LABEL: Final = "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?"


def is_host(text: str) -> bool:
    """Whether it is an address or a DNS name, as a router's peer takes them as well."""
    return address_or_none(text) is not None or (
        len(text) <= 254 and bool(re.fullmatch(rf"{_LABEL}(\.{_LABEL})*\.?", text))
    )


def holds(where: Prefix, host: str) -> bool:
    """Whether an endpoint lies in a prefix; of a name nobody knows."""
    found = address_or_none(host)
    return found is not None and found in where


def within(inner: Prefix, outers: Iterable[Prefix]) -> bool:
    """Whether a prefix lies in any of the others; one of IPv4 never lies in one of IPv6."""
    return any(_in(inner, outer) for outer in outers)


def without(whole: Prefix, gone: Prefix) -> list[Prefix]:
    """The parts of a prefix that are left where another is taken out, the largest first."""
    if _in(whole, gone):
        return []
    if not _in(gone, whole):
        return [whole]
    if isinstance(whole, ipaddress.IPv4Network) and isinstance(gone, ipaddress.IPv4Network):
        return sorted(whole.address_exclude(gone), key=lambda one: one.prefixlen)
    if isinstance(whole, ipaddress.IPv6Network) and isinstance(gone, ipaddress.IPv6Network):
        return sorted(whole.address_exclude(gone), key=lambda one: one.prefixlen)
    return [whole]


def _in(inner: Prefix, outer: Prefix) -> bool:
    if isinstance(inner, ipaddress.IPv4Network):
        return isinstance(outer, ipaddress.IPv4Network) and inner.subnet_of(outer)
    return isinstance(outer, ipaddress.IPv6Network) and inner.subnet_of(outer)


def routed(allowed: Iterable[Prefix], own: Prefixes | None) -> list[Prefix]:
    """The prefixes for which a tunnel needs a route, in order and once.

    Args:
        allowed: what its peers allow.
        own: the networks that main knows by the tunnel's own addresses; None where the routes go into another table,
            which has no connected routes (docs/facts/packet-path.md#which-table). In main there is never a default
            route: it would send the
            tunnel's own packets into the tunnel.
    """
    wanted = dict.fromkeys(allowed)
    return [one for one in wanted if own is None or (one.prefixlen and not within(one, own))]


@attrs.frozen
class Overlap:
    """Two peers of one interface, of which the inner one gets what it names and the outer one the rest."""

    inner: str
    small: Prefix
    outer: str
    large: Prefix


def shared(peers: Mapping[str, Prefixes]) -> Iterator[tuple[Prefix, str, str]]:
    """Prefixes that two peers of one interface allow: the later would take them from the earlier.

    Source: docs/facts/wireguard.md#many-peers.
    """
    holders: dict[Prefix, str] = {}
    for name, allowed in peers.items():
        for one in allowed:
            if (holder := holders.setdefault(one, name)) != name:
                yield one, holder, name


def overlaps(peers: Mapping[str, Prefixes]) -> Iterator[Overlap]:
    """Prefixes of one peer inside those of another: legal, the longest match wins.

    Source: docs/facts/wireguard.md#many-peers.
    """
    owners: dict[Prefix, list[str]] = {}
    for name, allowed in peers.items():
        for one in allowed:
            owners.setdefault(one, []).append(name)
    around = surrounding(owners)
    for inner, small in ((name, one) for name, allowed in peers.items() for one in allowed):
        for large in around(small):
            if large != small:
                yield from (Overlap(inner, small, outer, large) for outer in owners[large] if outer != inner)


def surrounding(outers: Iterable[Prefix]) -> Callable[[Prefix], list[Prefix]]:
    """Finds in which of many prefixes one lies, itself among them, in their order; each asked for by its length.

    A tunnel has up to ten thousand peers, and to hold each prefix against each other took minutes.
    """
    places: dict[Prefix, int] = {}
    for number, one in enumerate(outers):
        places.setdefault(one, number)
    lengths = {version: {one.prefixlen for one in places if one.version == version} for version in (4, 6)}

    def around(inner: Prefix) -> list[Prefix]:
        wider = (inner.supernet(new_prefix=size) for size in lengths[inner.version] if size <= inner.prefixlen)
        return sorted((one for one in wider if one in places), key=places.__getitem__)

    return around
