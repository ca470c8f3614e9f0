"""Several routers and hosts whose tunnels are joined: where a packet goes from end to end, and its answer back.

Pure. A tunnel leads to the node that has the peer's key, if that node has a peer with the sender's key and one of the
two can call the other. What leaves a node otherwise has left the network, unless a wire joins it. Each node keeps its
own connections, so an answer is translated back where its question was, and lost where another way leads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import attrs

from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import answer_to
from wiretik_provider.trace.family import FOUR, Family
from wiretik_provider.trace.networks.calls import WIREGUARD, Side, down
from wiretik_provider.trace.packet import Packet
from wiretik_provider.trace.part import ANSWER
from wiretik_provider.trace.result import Connection, Disposition, Hop, Step, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot
from wiretik_provider.trace.steps.path import PEERS
from wiretik_provider.trace.walk import explore, first_packet

__all__ = ["End", "Network", "network", "trace_through"]

_MOST_HOPS: Final = 32

End = tuple[str, str]
"""A node and one of its interfaces."""


@attrs.frozen(eq=False)
class Network:
    """Routers and hosts.

    Attributes:
        nodes: by name.
        wires: what is at the other end of an interface that a wire joins.
    """

    nodes: Mapping[str, Snapshot]
    wires: Mapping[End, End]

    def holder(self, key: str) -> End | None:
        """Whose the tunnel with a public key is."""
        for name, node in self.nodes.items():
            for row in node[WIREGUARD]:
                if key and row.get("public-key") == key:
                    return name, row.get("name", "")
        return None

    def owner(self, address: int, family: Family = FOUR) -> str | None:
        """The node that has an address."""
        return next((name for name, node in self.nodes.items() if address in node.of(family).local), None)


def network(
    nodes: Mapping[str, Snapshot], *, wires: Iterable[tuple[End, End]] = (), names: Mapping[str, str] | None = None
) -> Network:
    """A network of nodes.

    Args:
        nodes: routers and hosts by name.
        wires: interfaces that are joined, each a node and its interface.
        names: addresses of the endpoints that nodes call by name.
    """
    both = {near: far for one, other in wires for near, far in ((one, other), (other, one))}
    return Network({name: _named(node, name, names or {}) for name, node in nodes.items()}, both)


def _named(node: Snapshot, name: str, names: Mapping[str, str]) -> Snapshot:
    """A node called so, whose peers' endpoints are addresses as far as these are known."""
    peers = [
        {**row, "endpoint-address": names[row["endpoint-address"]]} if row.get("endpoint-address") in names else row
        for row in node[PEERS]
    ]
    return Snapshot({**node.rows, PEERS: peers}, node.unread, name, node.family)


# --- the walk --------------------------------------------------------------------------------------------------------


class _Passed(NamedTuple):
    """A packet at a node: how it came, and what became of it."""

    node: str
    found: Trace


def trace_through(joined: Network, node: str, packet: Packet) -> Trace:
    """What becomes of a packet from end to end, and of its answer on the way back.

    The trace's hops are one for each node that is passed, and its disposition is that of the last one.

    Args:
        joined: the network.
        node: where it is made, or comes in.
        packet: as it is made there (`enters` is empty) or comes in.
    """
    there = list(_way(joined, node, packet))
    last = there[-1]
    whole = _whole(packet, there)
    if not whole.disposition.arrives:
        known = whole.disposition is not Disposition.UNKNOWN
        return attrs.evolve(whole, answered=False if known else None)
    if last.found.connection is None:
        return whole
    kept = {one.node: one.found.connection for one in reversed(there) if one.found.connection}
    asked = answer_to(last.found, last.found.connection)
    # Who is called beyond the last node answers by the way that he was called by.
    asked = attrs.evolve(asked, peer=_key_beyond(joined, last))
    back = list(_way(joined, last.node, asked, kept))
    reply = _whole(asked, back)
    return attrs.evolve(whole, reply=reply, answered=_came_back(joined, node, packet, back))


def _key_beyond(joined: Network, last: _Passed) -> str:
    """The key of the peer that the last node sent it to."""
    row = _peer_of(joined.nodes[last.node], last.found) if last.found.disposition is Disposition.INTO_TUNNEL else None
    return row.get("public-key", "") if row else ""


def _came_back(joined: Network, node: str, packet: Packet, back: list[_Passed]) -> bool | None:
    last = back[-1]
    if last.found.disposition is Disposition.UNKNOWN:
        return None
    if not last.found.disposition.arrives:
        return False
    snapshot = joined.nodes[node]
    if not packet.enters:
        return last.node == node and last.found.disposition is Disposition.DELIVERED
    if last.node == node and last.found.leaves == snapshot.met(packet.enters):
        return True
    return None if last.found.disposition is not Disposition.DELIVERED else False


def _way(joined: Network, node: str, packet: Packet, kept: Mapping[str, Connection] | None = None) -> Iterator[_Passed]:
    """The nodes that a packet passes, the last one where it ends or leaves the network."""
    seen: dict[tuple[str, Packet], int] = {}
    passed: list[str] = []
    replying = kept is not None
    for _ in range(_MOST_HOPS):
        snapshot = joined.nodes[node]
        connection = (kept or {}).get(node)
        if connection is not None and not connection.knows(packet):
            connection = None  # an answer that comes by another way, with other addresses, is nobody's
        if (node, packet) in seen:
            circle = " → ".join([*passed[seen[node, packet] :], node])
            step = Step("", f"it goes round: {circle}")
            yield _Passed(node, Trace(packet, Disposition.LOOP, (Hop(node, str(packet), (step,)),), step))
            return
        seen[node, packet] = len(passed)
        passed.append(node)
        found = explore(snapshot, packet, connection, ANSWER) if replying else first_packet(snapshot, packet)
        far = _beyond(joined, node, found, _left(found, connection if replying else None))
        if isinstance(far, Trace):
            yield _Passed(node, far)
            return
        yield _Passed(node, found)
        if far is None:
            return
        node, packet = far
    raise AssertionError("a packet that passes so many nodes passes one of them twice")


def _left(found: Trace, connection: Connection | None) -> Packet:
    """The packet as it leaves a node."""
    made = found.connection
    packet = attrs.evolve(found.packet, src=found.source or found.packet.src, enters="", peer="")
    if connection is not None and connection.tracked:
        first = connection.first
        return attrs.evolve(packet, dst=first.src, src_port=first.dst_port, dst_port=first.src_port)
    return attrs.evolve(packet, dst=made.dst, dst_port=made.dst_port) if made else packet


def _beyond(joined: Network, node: str, found: Trace, packet: Packet) -> tuple[str, Packet] | Trace | None:
    """Where a packet gets next and as what, what becomes of it instead, or nothing where the network ends."""
    if found.disposition is Disposition.FORWARDED:
        far = joined.wires.get((node, found.leaves))
        return (far[0], attrs.evolve(packet, enters=far[1])) if far else None
    if found.disposition is not Disposition.INTO_TUNNEL:
        return None
    near, row = joined.nodes[node], _peer_of(joined.nodes[node], found)
    key = row.get("public-key", "") if row else ""
    if row is None or key is UNKNOWN:
        return _ended(found, Disposition.UNKNOWN, "which peer that is isn't known yet")
    far = joined.holder(key)
    return _through(joined, Side(near, found.leaves, row), far, found, packet) if far else None


def _through(joined: Network, side: Side, far: End, found: Trace, packet: Packet) -> tuple[str, Packet] | Trace:
    """At the other end of a tunnel, if that is one."""
    own = next((one.get("public-key", "") for one in side.node[WIREGUARD] if one.get("name") == side.tunnel), "")
    other = joined.nodes[far[0]]
    mine = next((one for one in other.peers.get(far[1], ()) if one.get("public-key") == own), None)
    if mine is None:
        told = f"no peer of {far[1]} on {far[0]} has the key of {side.tunnel} on {side.node.name}"
        return _ended(found, Disposition.NO_PEER, told)
    if why := down(side, Side(other, far[1], mine)):
        return _ended(found, Disposition.NO_PEER, f"the tunnel can't come up: {why}")
    return far[0], attrs.evolve(packet, enters=far[1], peer=own)


def _peer_of(snapshot: Snapshot, found: Trace) -> Row | None:
    """The peer that a trace ends with."""
    wanted = found.by.row_id if found.by else ""
    return next((row for row in snapshot.peers.get(found.leaves, ()) if row.get(".id") == wanted), None)


def _ended(found: Trace, disposition: Disposition, text: str) -> Trace:
    step = Step("", text)
    hops = (*found.hops[:-1], attrs.evolve(found.hops[-1], steps=(*found.hops[-1].steps, step)))
    return attrs.evolve(found, disposition=disposition, hops=hops, by=step, because=text, connection=None)


def _whole(packet: Packet, passed: list[_Passed]) -> Trace:
    """Several nodes' traces as one."""
    hops = tuple(
        Hop(one.node, str(one.found.packet) if at else "", hop.steps)
        for at, one in enumerate(passed)
        for hop in one.found.hops
    )
    first, last = passed[0].found, passed[-1].found
    notes = tuple(dict.fromkeys(note for one in passed[-1:] for note in one.found.notes))
    return attrs.evolve(
        last, packet=packet, hops=hops, mark=first.mark, table=first.table, notes=notes, later=(), reply=None
    )
