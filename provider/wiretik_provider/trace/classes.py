"""One answer for a whole prefix: the addresses and ports that no rule tells apart, by one of them.

Whatever a walk looks at cuts the addresses at its own first and last one; between two cuts all are alike, and stretches
that the same things hold are alike too. So a /8 costs as many walks as there are kinds of addresses in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from wiretik_provider.matching import Row
from wiretik_provider.trace.packet import Span, protocol_name
from wiretik_provider.trace.snapshot import Snapshot, span_of

__all__ = ["addresses", "ports", "protocols"]

_FIREWALL: Final = ("/ip/firewall/filter", "/ip/firewall/mangle", "/ip/firewall/nat", "/ip/firewall/raw")
_UNLISTED: Final = "253"
"""A protocol number that is kept free for experiments (RFC 3692), so that no rule means it."""


def _rules(snapshot: Snapshot) -> Iterator[Row]:
    for path in _FIREWALL:
        yield from snapshot.enabled(path)


Named = Iterator[tuple[str, tuple[int, int]]]
"""What tells addresses apart, by a name that is one for all that have the same effect."""


def _named(snapshot: Snapshot) -> Named:
    yield from _in_rules(snapshot)
    for at, row in enumerate(snapshot.enabled("/ip/route")):
        yield from _spans(f"route {at}", row.get("dst-address", "0.0.0.0/0"))
    for peers in snapshot.peers.values():
        for row in peers:
            # Of one peer the prefixes of one length do the same.
            for _, span in _spans("", row.get("allowed-address", "")):
                yield f"peer {row.get('.id')} {span[1] - span[0]}", span
    for row in snapshot.enabled("/ip/service"):
        yield from _spans(f"service {row.get('.id')}", row.get("address") or row.get("available-from", ""))
    for own in snapshot.own:
        yield f"own {own.address}", (own.address, own.address)
        yield f"network {own.network}/{own.length}", (own.network, own.network | (1 << 32 - own.length) - 1)
    for address in (*snapshot.broadcasts, *snapshot.network_addresses):
        yield f"edge {address}", (address, address)
    yield "loopback", (127 << 24, (128 << 24) - 1)
    yield "multicast", (224 << 24, (240 << 24) - 1)


def _in_rules(snapshot: Snapshot) -> Named:
    lists = set()
    for row in _rules(snapshot):
        lists |= {row[name].removeprefix("!") for name in ("src-address-list", "dst-address-list") if name in row}
        for name in ("src-address", "dst-address", "to-addresses"):
            yield from _spans(f"matcher {row.get(name)}", row.get(name, "").removeprefix("!"))
    for name in lists:
        for span in snapshot.lists[name].spans if name in snapshot.lists else ():
            yield f"list {name}", span
    for _, row, _ in snapshot.rules:
        for name in ("src-address", "dst-address"):
            yield from _spans(f"matcher {row.get(name)}", row.get(name, ""))


def _spans(name: str, text: str) -> Named:
    for part in text.split(","):
        if span := span_of(part):
            yield name, span


def addresses(snapshot: Snapshot, span: tuple[int, int], *, skip: Iterable[int] = ()) -> list[int]:
    """One address of each kind in a span; those that hosts don't have are left out, where there are others.

    Args:
        snapshot: the router.
        span: the first and the last address.
        skip: addresses to leave out besides.
    """
    low, high = span
    if low == high:
        return [low]
    bits: dict[str, int] = {}
    events: list[tuple[int, int]] = [(low, 0)]
    for name, (first, last) in _named(snapshot):
        if last < low or first > high:
            continue
        bit = bits.setdefault(name, 1 << len(bits))
        events.append((max(first, low), bit))
        if last < high:
            events.append((last + 1, -bit))
    for special in skip:
        if low <= special <= high:
            bit = bits.setdefault(f"skip {special}", 1 << len(bits))
            events += [(special, bit), (special + 1, -bit)]
    return list(_one_of_each(sorted(events), high, set(skip) | snapshot.broadcasts | snapshot.network_addresses))


def _one_of_each(events: Sequence[tuple[int, int]], high: int, left_out: set[int]) -> Iterator[int]:
    counts: dict[int, int] = {}
    held, seen = 0, set()
    for at, (address, bit) in enumerate(events):
        # A name may hold overlapping spans, so each is there until its last one has ended.
        if bit:
            counts[abs(bit)] = counts.get(abs(bit), 0) + (1 if bit > 0 else -1)
            held = held | abs(bit) if counts[abs(bit)] else held & ~abs(bit)
        end = events[at + 1][0] if at + 1 < len(events) else high + 1
        if end == address or address > high or held in seen:
            continue
        first = address >> 24
        if address in left_out or first in (0, 127) or first >= 224:
            continue
        seen.add(held)
        yield address


def ports(snapshot: Snapshot) -> list[Span]:
    """Spans of destination ports that no rule tells apart."""
    cuts = {0, 65536}
    texts = [row[name] for row in _rules(snapshot) for name in ("dst-port", "port") if name in row]
    texts += [row["port"] for row in snapshot["/ip/service"] if "port" in row]
    for text in texts:
        for part in text.removeprefix("!").split(","):
            low, _, last = part.partition("-")
            if low.isdigit() and (last or low).isdigit():
                cuts |= {int(low), int(last or low) + 1}
    return [Span(low, after - 1) for low, after in pairwise(sorted(cuts))]


def protocols(snapshot: Snapshot) -> list[str]:
    """Protocols of which each stands for those that no rule tells from it."""
    named = [protocol_name(row["protocol"].removeprefix("!")) for row in _rules(snapshot) if "protocol" in row]
    return list(dict.fromkeys(["tcp", "udp", "icmp", *named, _UNLISTED]))
