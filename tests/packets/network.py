"""Networks as data: rows for each namespace, and what the tracer says of a probe on its way through them, hop by hop.

Rule: nothing here knows what a router does. A packet's next hop is at the other end of the wire, or the namespace whose
key the peer has that the tracer chose; what becomes of it there the tracer is asked again.
"""

from packets.lab import LINKS
from wiretik_provider.trace import Disposition, Packet, Snapshot, network, trace, trace_through
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import Span
from wiretik_provider.trace.router.derive import derived


def wires(links):
    """The far end of each end of a wire."""
    return {link[:2]: link[2:] for link in links} | {link[2:]: link[:2] for link in links}


WIRES = wires(LINKS)
MOST_HOPS = 12


def host(address, gateway="", *, interface="ether1"):
    """The rows of a host with one address."""
    return {
        "/interface": [{"name": interface, "type": "ether"}],
        "/ip/address": [{"address": address, "interface": interface}],
        "/ip/route": [{"dst-address": "0.0.0.0/0", "gateway": gateway}] if gateway else [],
        "/ip/settings": [{"ip-forward": "false"}],
    }


def numbered(rows):
    """Rows with an `.id` each."""
    return {path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()}


def keyed(rows, space):
    """Rows whose tunnels' keys are the lab's."""
    tunnels = rows.get("/interface/wireguard", ())
    return {**rows, "/interface/wireguard": [{**row, "public-key": f"{space} {at}"} for at, row in enumerate(tunnels)]}


class Network:
    """Rows by namespace, with a snapshot of each.

    Args:
        rows: as the lab makes them.
        ready: namespaces whose rows a router printed, so that nothing is left to derive.
        links: the lab's wires.
    """

    def __init__(self, rows, ready=(), links=LINKS):
        self.rows = rows
        self.ready = ready
        self.wires = wires(links)
        self.snapshots = {
            space: Snapshot(keyed(some if space in ready else derived(numbered(some)), space), name=space)
            for space, some in rows.items()
        }
        joined = [(link[:2], link[2:]) for link in links if link[0] in rows and link[2] in rows]
        self.joined = network(self.snapshots, wires=joined)

    def beyond(self, space, found):
        """The namespace that a packet gets to next, the interface that it comes in by and the peer that it is of."""
        if found.disposition is Disposition.FORWARDED:
            there = self.wires.get((space, found.leaves))
            return (*there, "") if there and there[0] in self.rows else None
        peers = self.snapshots[space]["/interface/wireguard/peers"]
        row = next(row for row in peers if row[".id"] == found.by.row_id)
        there, _, at = row["public-key"].partition(" ")
        names = [row["name"] for row in self.snapshots[there]["/interface/wireguard"]]
        own = [row["name"] for row in self.snapshots[space]["/interface/wireguard"]].index(found.leaves)
        return there, names[int(at)], f"{space} {own}"


def through(network, probe):
    """What the network tracer says of a probe: the namespaces that it gets into, and whether its answer comes back."""
    found = trace_through(network.joined, probe["space"], asked(probe))
    if found.disposition is Disposition.UNKNOWN:
        return None
    passed = [hop.router for hop in found.hops]
    if found.disposition is Disposition.NO_PEER and not found.leaves:
        passed = passed[:-1]  # it didn't get out of the tunnel there
    return set(passed[1:]), found.answered, found


class Unsure(Exception):
    """The tracer gives no answer."""

    def __init__(self, space, found):
        super().__init__(f"{space}: {found}")
        self.space = space
        self.found = found


def arriving_at(router, probe):
    """A probe as it comes to a router by the wire or the tunnel from where it is sent."""
    enters = {(far[0], one[0]): one[1] for one, far in WIRES.items()}
    tunnels = {"c": "wg0", "d": "wg1", "a": "wg1"}
    space = probe["space"]
    return asked(probe, enters="" if space == router else tunnels.get(space) or enters[space, router])


def asked(probe, **more):
    """A probe as a packet that the tracer is asked about."""
    ports = probe["protocol"] not in ("icmp", "icmpv6")
    family = family_of(probe["dst"])
    return Packet(
        src=family.number(probe["src"]) if probe["src"] else 0,
        dst=family.number(probe["dst"]),
        family=family,
        protocol=probe["protocol"],
        src_port=Span(probe["id"], probe["id"]) if ports else None,
        dst_port=Span(probe["port"], probe["port"]) if ports else None,
        **more,
    )


def follow(network, probe):
    """Where the tracer says that a probe is seen and whether that is all of its way, and so of its answer; the traces.

    Raises:
        Unsure: the tracer doesn't know.
    """
    space, now, hops, seen = probe["space"], asked(probe), [], set()
    for _ in range(MOST_HOPS):
        found = trace(network.snapshots[space], now)
        hops.append((space, now, found))
        if found.disposition is Disposition.UNKNOWN or (found.disposition.arrives and found.connection is None):
            raise Unsure(space, found)
        if now.enters and entered(found):
            seen.add((space, now.enters, *shown(now)))
        if found.disposition is Disposition.DELIVERED:
            kept = found.connection
            seen.add((space, "input", *shown_as(now.family, kept.src, kept.dst, kept.dst_port)))
        if found.disposition not in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            break
        there = network.beyond(space, found)
        if there is None:
            break
        kept = found.connection
        space, enters, peer = there
        now = arriving(found.source, kept.dst, now, kept.dst_port, enters, peer)
        if space in [before for before, _, _ in hops]:
            found = trace(network.snapshots[space], now)
            if not entered(found):
                return (seen, True), (set(), True), [*hops, (space, now, found)]
            # It knows the connection already, and the tracer isn't asked about later packets.
            return (seen, False), (set(), False), hops
    return (seen, True), answer(network, hops), hops


def arriving(source, destination, before, port, enters, peer):  # noqa: PLR0917
    return Packet(
        src=source,
        dst=destination,
        protocol=before.protocol,
        src_port=before.src_port,
        dst_port=port,
        enters=enters,
        peer=peer,
        family=before.family,
    )


def entered(found):
    """Whether a packet got out of the tunnel that it came by; of wires all do."""
    return found.disposition is not Disposition.NO_PEER or found.leaves != ""


def shown(packet):
    return shown_as(packet.family, packet.src, packet.dst, packet.dst_port)


def shown_as(family, source, destination, port):
    return family.text(source), family.text(destination), port.low if port else 0


def answer(network, hops):  # noqa: PLR0911
    """Where the answer of a delivered probe is seen on its way back, and whether that is all of its way.

    It isn't where the tracer doesn't know, or where the answer goes another way than the probe came: what the next one
    makes of it depends on what it has seen of the connection.
    """
    seen = set()
    if hops[-1][2].disposition is not Disposition.DELIVERED:
        return seen, True
    for at in range(len(hops) - 1, -1, -1):
        space, asked, found = hops[at]
        reply = found.reply
        if reply is None or reply.disposition is Disposition.UNKNOWN:
            return seen, False
        if reply.disposition not in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
            return seen, True
        there = network.beyond(space, reply)
        if there is None:
            return seen, True
        before, _, left = hops[at - 1] if at else ("", None, found)
        back = left.reply
        # An answer that connection tracking knows nothing of may be translated by the rules.
        kept = reply.connection
        goes_to = kept.dst if kept is not None and kept.first != found.connection.first else asked.src
        if there[:2] != (before, left.leaves) or goes_to != asked.src:
            # Out of a tunnel only what its peer may send comes.
            if there[2] == "":
                seen.add((*there[:2], *shown_as(asked.family, reply.source, goes_to, asked.dst_port)))
            return seen, False
        if back is None:
            return seen, False
        if entered(back):
            told = asked.family.text
            seen.add((*there[:2], told(reply.source), told(asked.src), port_of(back)))
    return seen, True


def port_of(reply):
    return reply.packet.src_port.low if reply.packet.src_port else 0
