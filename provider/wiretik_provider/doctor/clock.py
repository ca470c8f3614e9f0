"""Whether a router without the time can learn it: a tunnel needs the time before it is up.

Rule: found only where every way to every time server that the router knows leads into a tunnel for certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from wiretik_provider.codecs.addresses import is_ip
from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import Packet, Span
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot, is_true

__all__ = ["CLOCK_MENUS", "CURE", "Inside", "time_inside"]

_NTP: Final = "/system/ntp/client"
_DNS: Final = "/ip/dns"
CLOCK_MENUS: Final = (_NTP, _DNS)
"""The menus that say whom the router asks."""


CURE: Final = (
    "a time server by its address, past {0}: /system/ntp/client/set enabled=yes servers=162.159.200.1, or a DNS server "
    "that is reached past {0}"
)
"""In words, of a tunnel."""


class Inside(NamedTuple):
    """A time server that is asked through a tunnel."""

    server: str
    tunnel: str
    named: bool
    """Whether it is the question for its name that goes there."""

    @property
    def text(self) -> str:
        """The fact, in words."""
        who = f"the question for the name of the time server {self.server}"
        if not self.named:
            who = f"the question to the time server {self.server}"
        return f"{who} goes into {self.tunnel}"


def time_inside(snapshot: Snapshot) -> Inside | None:
    """The first time server, where all of them are asked through tunnels (docs/facts/wireguard.md#the-clock).

    Args:
        snapshot: the router, with `CLOCK_MENUS`.
    """
    if any(path in snapshot.unread for path in CLOCK_MENUS):
        return None
    client = next(iter(snapshot[_NTP]), {})
    servers = list(_parts(client, "servers", "dynamic-servers"))
    if not is_true(client, "enabled") or not servers or UNKNOWN in servers:
        return None
    first: Inside | None = None
    for server in servers:
        found = _into(snapshot, server)
        if found is None:
            return None
        first = first or found
    return first


def _into(snapshot: Snapshot, server: str) -> Inside | None:
    """The tunnel by which a server is asked, by all ways; None where there is another one, or that isn't known."""
    if is_ip(server):
        tunnel = _tunnel(snapshot, server, 123)
        return Inside(server, tunnel, named=False) if tunnel else None
    dns = next(iter(snapshot[_DNS]), {})
    resolvers = list(_parts(dns, "servers", "dynamic-servers"))
    if dns.get("use-doh-server") or not resolvers or not all(map(is_ip, resolvers)):
        return None
    tunnels = [_tunnel(snapshot, one, 53) for one in resolvers]
    return Inside(server, tunnels[0], named=True) if all(tunnels) else None


def _parts(row: Mapping[str, str], *names: str) -> Iterator[str]:
    for name in names:
        yield from (text for part in row.get(name, "").split(",") if (text := part.partition("@")[0].strip()))


def _tunnel(snapshot: Snapshot, host: str, port: int) -> str:
    """The tunnel by which the router's own packet leaves for certain; empty where it doesn't."""
    family = family_of(host)
    span = family.span(host)
    if span is None:
        return ""
    asked = Packet(src=0, dst=span[0], protocol="udp", dst_port=Span(port, port), family=family)
    found = trace(snapshot.of(family), asked)
    return found.leaves if found.leaves in snapshot.tunnels and not found.worlds else ""
