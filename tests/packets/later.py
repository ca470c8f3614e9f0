"""A connection that goes on: what the tracer says of its later packets each way and of ICMP errors, hop by hop.

Rule: asked only of a connection whose first packet and answer went as the tracer says, there and back; each node knows
it then as the tracer has it, with its mark and its NAT.
"""

import attrs

from packets.network import MOST_HOPS, entered, shown_as
from packets.routers import CLOSED
from wiretik_provider.trace import Disposition
from wiretik_provider.trace.connection import answer_to
from wiretik_provider.trace.part import DATA, DATA_BACK, ERROR, LATER, LATER_ANSWER
from wiretik_provider.trace.walk import explore


def goes_on(network, probe, hops):
    """Where later packets and later answers are seen, and for each whether that is all of their way."""
    kept = {space: found.reply.connection or found.connection for space, _, found in hops}
    tcp = probe["protocol"] == "tcp"
    if tcp:  # the ACK of the handshake passes first, and may be what changes the connection's mark
        _way(network, hops, kept, LATER)
    there, whole = _way(network, hops, kept, DATA if tcp else LATER)
    if not whole or not _arrives(network, hops, kept, DATA if tcp else LATER):
        return (there, whole), (set(), whole)
    if tcp:
        _back(network, hops, kept, LATER_ANSWER)
    return (there, whole), _back(network, hops, kept, DATA_BACK if tcp else LATER_ANSWER)


def error_of(network, probe, hops):
    """Where the error about a UDP packet to a port that nobody serves is seen; None where there is none."""
    last = hops[-1][2]
    if probe["protocol"] != "udp" or last.disposition is not Disposition.DELIVERED:
        return None
    if last.connection.dst_port.low != CLOSED or hops[-1][0] == "rt":
        return None
    kept = {space: found.connection for space, _, found in hops}
    return _back(network, hops, kept, ERROR)


def _explored(network, space, packet, kept, part):
    way = explore(network.snapshots[space].of(packet.family), packet, kept[space], part)
    if way.connection and way.connection.first == kept[space].first:
        kept[space] = way.connection
    return way


def _arrives(network, hops, kept, part):
    return all(
        explore(network.snapshots[space].of(packet.family), kept[space].first, kept[space], part).disposition.arrives
        for space, packet, _ in hops
    )


def _way(network, hops, kept, part):
    """The way there: node by node as the first packet went, until it goes another one."""
    seen, enters = set(), ""
    for node, _, found in hops[:MOST_HOPS]:
        first = kept[node].first
        way = _explored(network, node, first, kept, part)
        if enters and entered(way):
            seen.add((node, enters, *shown_as(first.family, first.src, first.dst, first.dst_port)))
        there = _next(network, node, way)
        if way.disposition is Disposition.DELIVERED:
            seen.add((node, "input", *shown_as(first.family, kept[node].src, kept[node].dst, kept[node].dst_port)))
        if there is None:
            return seen, way.disposition is not Disposition.UNKNOWN
        if (way.leaves, way.peer) != (found.leaves, found.peer):
            # Whoever is there hasn't seen the connection; out of a tunnel only what its peer may send comes.
            if not there[2]:
                seen.add((*there[:2], *shown_as(first.family, way.source, kept[node].dst, kept[node].dst_port)))
            return seen, False
        enters = there[1]
    return seen, False


def _next(network, space, way):
    """Where a packet gets to next; None where it ends."""
    gone = way.disposition in (Disposition.FORWARDED, Disposition.INTO_TUNNEL)
    return network.beyond(space, way) if gone else None


def _back(network, hops, kept, part):
    """The way back, node by node as the answer went, until it goes another one."""
    seen = set()
    for at in range(len(hops) - 1, -1, -1):
        space, asked, found = hops[at]
        packet = answer_to(found, found.connection)
        if part is ERROR:
            packet = _as_error(network, space, packet)
        way = _explored(network, space, packet, kept, part)
        there = _next(network, space, way)
        if there is None:
            return seen, way.disposition is not Disposition.UNKNOWN
        before, _, left = hops[at - 1] if at else ("", None, None)
        if at == 0 or there[:2] != (before, left.leaves):
            if not there[2]:
                seen.add((*there[:2], *_shown(asked, way, part)))
            return seen, False
        comes = answer_to(left, left.connection)
        comes = _as_error(network, before, comes) if part is ERROR else comes
        if not entered(explore(network.snapshots[before].of(asked.family), comes, kept[before], part)):
            return seen, True
        seen.add((*there[:2], *_shown(asked, way, part)))
    return seen, True


def _as_error(network, space, packet):
    ping = network.snapshots[space].of(packet.family).family.ping
    return attrs.evolve(packet, protocol=ping, src_port=None, dst_port=None)


def _shown(asked, way, part):
    return shown_as(asked.family, way.source, asked.src, None if part is ERROR else asked.dst_port)
