"""What prefixes and endpoints say of each other. Pure: text in, values and complaints out; knows no resource."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import attrs

__all__ = [
    "DEFAULT",
    "Network",
    "Networks",
    "connected",
    "endpoint",
    "holds",
    "network",
    "overlaps",
    "routed",
    "shared",
    "within",
]

Network: TypeAlias = ipaddress.IPv4Network
Networks: TypeAlias = Sequence[Network]

DEFAULT: Final = ipaddress.IPv4Network("0.0.0.0/0")
"""Every address: what a default route is for."""


def network(text: str) -> Network:
    """A prefix; host bits are cleared, and an address alone is a single host.

    Raises:
        ValueError: it isn't an IPv4 prefix; the message is for the program's author.
    """
    try:
        found = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise ValueError(f"{text!r} is not an IPv4 prefix such as 10.20.0.0/24") from None
    if not isinstance(found, ipaddress.IPv4Network):
        told = f"{text!r} is IPv6, for which components make no routes yet; a Peer of its own takes it"
        raise ValueError(told)  # noqa: TRY004  (text has one type)
    return found


def connected(address: str, far_end: str | None = None) -> Network:
    """The network to which an interface's address makes a connected route; of a /32 it may be the far end.

    Raises:
        ValueError: either isn't an IPv4 address.
    """
    try:
        own = ipaddress.ip_interface(address)
    except ValueError:
        raise ValueError(f"{address!r} is not an IPv4 address such as 10.20.0.2/24") from None
    if far_end and own.network.prefixlen == own.max_prefixlen:
        return network(far_end)
    return network(str(own.network))


def endpoint(text: str) -> tuple[str, int]:
    """Host and port of `server.example.com:51820`.

    Raises:
        ValueError: it isn't that.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or not host or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ValueError(f"{text!r} is not an endpoint such as server.example.com:51820")
    return host.removeprefix("[").removesuffix("]"), int(port)


def holds(prefix: Network, host: str) -> bool:
    """Whether an endpoint lies in a prefix; of a name nobody knows."""
    try:
        return ipaddress.IPv4Address(host) in prefix
    except ValueError:
        return False


def within(inner: Network, outers: Iterable[Network]) -> bool:
    """Whether a prefix lies in any of the others."""
    return any(inner.subnet_of(outer) for outer in outers)


def routed(allowed: Iterable[Network], own: Network | None) -> list[Network]:
    """The prefixes for which a tunnel needs a route, in order and once.

    Args:
        allowed: what its peers allow.
        own: the network that main knows by the tunnel's own address; None where the routes go into another table,
            which has no connected routes (routeros.md D.1). In main there is never a default route: it would send the
            tunnel's own packets into the tunnel.
    """
    wanted = dict.fromkeys(allowed)
    return [one for one in wanted if own is None or (one.prefixlen and not one.subnet_of(own))]


@attrs.frozen
class Overlap:
    """Two peers of one interface, of which the inner one gets what it names and the outer one the rest."""

    inner: str
    small: Network
    outer: str
    large: Network


def shared(peers: Mapping[str, Networks]) -> Iterator[tuple[Network, str, str]]:
    """Prefixes that two peers of one interface allow: the later would take them from the earlier (routeros.md C.2)."""
    holders: dict[Network, str] = {}
    for name, allowed in peers.items():
        for one in allowed:
            if (holder := holders.setdefault(one, name)) != name:
                yield one, holder, name


def overlaps(peers: Mapping[str, Networks]) -> Iterator[Overlap]:
    """Prefixes of one peer inside those of another: legal, the longest match wins (routeros.md C.2)."""
    for inner, small in ((name, one) for name, allowed in peers.items() for one in allowed):
        for outer, large in ((name, one) for name, allowed in peers.items() for one in allowed):
            if inner != outer and small != large and small.subnet_of(large):
                yield Overlap(inner, small, outer, large)
