"""One packet's way through a router, in the order of RouterOS's packet flow (docs/facts/packet-path.md#packet-flow)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import SIX
from wiretik_provider.trace.packet import Packet
from wiretik_provider.trace.part import ANSWER, FIRST, Part
from wiretik_provider.trace.result import Connection, Disposition, End, Hop, Step, Stuck, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot, is_true
from wiretik_provider.trace.steps.ipsec import secured
from wiretik_provider.trace.steps.match import Subject
from wiretik_provider.trace.steps.nat import Translated
from wiretik_provider.trace.steps.routing import Way, decide, lookup

__all__ = ["PEERS", "Path", "peer_name"]

PEERS: Final = "/interface/wireguard/peers"


def peer_name(row: Row) -> str:
    """A peer by its comment, its name or its key."""
    return Step.of(PEERS, row, "").comment or f"{row.get('public-key', '')[:8]}…"


class Path(Translated):
    """One packet's way.

    Args:
        snapshot: the router.
        packet: the packet.
        connection: what is kept of its connection; None for the first packet.
        choices: what to go on with where something isn't known.
        part: which packet of its connection it is.
        before: a connection that its sender had before.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        packet: Packet,
        connection: Connection | None,
        choices: Iterable[bool],
        part: Part,
        *,
        before: Connection | None = None,
    ) -> None:
        self.family = family = packet.family
        snapshot = snapshot.of(family)
        subject = Subject(
            packet.src,
            packet.dst,
            packet.protocol,
            packet.src_port,
            packet.dst_port,
            packet.enters,
            flags=part.flags if packet.protocol == "tcp" else None,
            icmp=part.icmp(family) if packet.protocol == family.ping else None,
        )
        if connection is not None and not packet.enters:
            # An answer to a link-local address goes back to the link that it was asked on (RFC 4007 6).
            came = connection.first.enters
            subject.link = snapshot.met(came)
            subject.vrf = snapshot.vrfs.get(subject.link, "")
        if (last := connection or before) is not None:
            subject.added, subject.perhaps = last.listed, last.perhaps
        super().__init__(snapshot, subject, choices)
        self.asked = packet
        self.packet = packet
        # What wasn't tracked is unknown to connection tracking when its answer comes.
        self.before = connection if connection is None or connection.tracked else None
        self.part = part
        self.back = part.back
        self.table = ""

    def run(self) -> Trace:
        """The whole way.

        Raises:
            Fork: something isn't known, and the choices don't say how to go on.
        """
        if self.snapshot.beyond:
            return self._trace(Disposition.UNKNOWN, Step("", ""), because=self.snapshot.beyond)
        try:
            if self.packet.enters:
                self._comes_in()
            else:
                self._is_made()
        except End as end:
            return self._trace(end.disposition, end.step, leaves=end.leaves, peer=end.peer)
        except Stuck as stuck:
            return self._trace(Disposition.UNKNOWN, stuck.step, because=stuck.reason)
        raise AssertionError("a way has an end")

    def _trace(
        self, disposition: Disposition, by: Step, *, leaves: str = "", peer: str = "", because: str = ""
    ) -> Trace:
        at = self.at
        kept = self.before or Connection(
            self.packet, at.src, at.dst, at.dst_port, at.connection_mark, self.tracked, self.masqueraded
        )
        if self.tracked and kept.mark != at.connection_mark:
            kept = attrs.evolve(kept, mark=at.connection_mark)
        if at.added or at.perhaps:
            kept = attrs.evolve(kept, listed=at.added, perhaps=at.perhaps - at.added)
        return Trace(
            self.asked,
            disposition,
            (Hop(self.snapshot.name, "", tuple(self.steps)),),
            by,
            leaves,
            peer,
            because,
            kept,
            at.src if leaves else 0,
            self.table,
            at.routing_mark,
            self.fasttracked,
        )

    def _comes_in(self) -> None:
        """A packet that arrives."""
        at, snapshot = self.at, self.snapshot
        if at.enters in snapshot.bridges:
            self._comes_by_port()
        if not snapshot.runs(at.enters):
            why = "isn't running" if at.enters in snapshot.interfaces else "doesn't exist"
            raise End(Disposition.DROPPED, self.say(Step("", f"interface {at.enters} {why}")))
        at.vrf = snapshot.vrfs.get(at.enters, "")
        if at.enters in snapshot.tunnels:
            self._leaves_tunnel()
        self._switched_on()
        self.chain(self.family.raw, "prerouting")
        self._track()
        self.chain(self.family.mangle, "prerouting")
        self._translate_destination("dstnat")
        self._led_back()
        way = self._decided()
        self._reverse_path()
        self._secured(back=True)
        if way.kind == "local":
            self._gets_in(way)
        self._goes_out(way, forward=True)

    def _comes_by_port(self) -> None:
        """From a port of a bridge up to the bridge, or to the interface of the VLAN that the port is in."""
        at, port = self.at, self.at.enters
        bridge, landing = self.snapshot.bridges[port], self.snapshot.landings[port]
        step = Step("", f"port {port} of {bridge}")
        if not landing.sure:
            raise Stuck(step, landing.why)
        if not landing.interface:
            raise End(Disposition.DROPPED, self.say(Step("", landing.why)))
        at.enters = landing.interface
        at.port = port if at.enters == bridge else ""
        self.say(step if at.port else Step("", f"port {port} of {bridge}, so in by {at.enters}"))

    def _led_back(self) -> None:
        """An answer to what came in by a VRF; the manual's own example marks it (docs/facts/packet-path.md#vrf)."""
        came = self.before.first.enters if self.before and self.back else ""
        vrf = self.snapshot.vrfs.get(self.snapshot.met(came), "")
        if vrf and not self.at.vrf and not self.at.routing_mark:
            raise Stuck(
                Step("", f"its question came in by the VRF {vrf}"), "whether its answer is led back there isn't known"
            )

    def _switched_on(self) -> None:
        """/ipv6/settings disable-ipv6, of which the manual says that what is there stays until the next reboot."""
        snapshot = self.snapshot
        if self.family is not SIX or snapshot.setting(SIX.settings, "disable-ipv6", "false") not in ("true", "yes"):
            return
        step = Step("", f"{SIX.settings} disable-ipv6 is on")
        if any(not SIX.is_link_local(own.address) for own in snapshot.own):
            raise Stuck(step, "whether the router has been restarted since IPv6 was switched off isn't known")
        raise End(Disposition.DROPPED, self.say(step))

    def _is_made(self) -> None:
        """A packet that the router makes."""
        self._switched_on()
        way = decide(self.snapshot, self.at, self.choose, self.say)
        if way.kind != "out" and self.family is SIX and not self.at.src:
            way = self._from_anywhere(way)
        self._ended(way)
        if way.kind == "local":
            raise Stuck(way.step, "packets of the router to itself aren't followed")
        if not self.at.src:
            way = self._chosen_source(way)
        self.at.leaves = way.leaves
        self.chain(self.family.raw, "output")
        self._track()
        mark = self.at.routing_mark
        self.chain(self.family.mangle, "output")
        marked = self.at.routing_mark != mark
        early = decide(self.snapshot, self.at, self.choose, lambda _: None) if marked else way
        self._translate_destination("output")
        translated = self.at.dst != self.packet.dst
        # Linux decides after each of the two; RouterOS's page has one adjustment behind both
        # (docs/facts/packet-path.md#packet-flow).
        ends = translated and early.kind not in ("local", "out")
        if ends and self.choose(early.step, "whether the way to where it goes before NAT counts"):
            self._ended(early)
        self.chain(self.family.filter, "output")
        if marked or translated:
            way = self._decided()
            if way.kind == "local":
                raise Stuck(way.step, "packets of the router to itself aren't followed")
        self._goes_out(way, forward=False)

    def _from_anywhere(self, way: Way) -> Way:
        """Where it goes if what has no way chooses a source first, as in Linux; of RouterOS no source says it."""
        src = self._address_for([own for own in self.snapshot.own if own.known], self.at.dst)
        if way.kind == "local" or src is None:
            return way
        self.at.src = src
        again = decide(self.snapshot, self.at, self.choose, lambda _: None)
        told = f"whether it is asked again for packets from {SIX.text(src)}"
        if again.kind == way.kind or not self.choose(again.step, told):
            self.at.src = 0
            return way
        self.packet = attrs.evolve(self.packet, src=src)
        return again

    def _chosen_source(self, way: Way) -> Way:
        """A source for a packet that the router makes, and the way from there."""
        self.at.src = self._source_for(way)
        self.packet = attrs.evolve(self.packet, src=self.at.src)  # what its answer goes back to
        again = decide(self.snapshot, self.at, self.choose, lambda _: None)
        if (again.kind, again.leaves, again.gateway) == (way.kind, way.leaves, way.gateway):
            return way
        # Linux does for what connects, and doesn't for a datagram; no source says what RouterOS's programs do.
        if not self.choose(again.step, f"whether it is asked again for packets from {self.family.text(self.at.src)}"):
            return way
        return self._ended(again)

    def _gets_in(self, way: Way) -> None:
        """To the router itself."""
        self.chain(self.family.mangle, "input")
        self.chain(self.family.filter, "input")
        if done := self.chain(self.family.nat, "input"):
            raise Stuck(done.step, "source NAT of packets to the router isn't followed")
        self._serve()
        raise End(Disposition.DELIVERED, self.say(Step("", "up to the router itself")), way.leaves)

    def _goes_out(self, way: Way, *, forward: bool) -> None:
        """Out of an interface."""
        at = self.at
        at.leaves = way.leaves
        if forward:
            settings, switch = self.family.settings, self.family.forward
            if self.snapshot.setting(settings, switch, "true") not in ("true", "yes"):
                raise End(Disposition.DROPPED, self.say(Step("", f"{settings} {switch} is off")))
            if self.family.is_link_local(at.src):
                self._stays_on_its_link(way)
            self.chain(self.family.mangle, "forward")
            self.chain(self.family.filter, "forward")
        self.chain(self.family.mangle, "postrouting")
        self._translate_source(way)
        if way.leaves in self.snapshot.tunnels:
            self._enters_tunnel(way)
        self._secured(back=False)
        gateway = f" to gateway {way.gateway}" if way.gateway else ""
        step = self.say(Step("", f"out of {way.leaves}{gateway}"))
        raise End(Disposition.FORWARDED, step, way.leaves)

    def _stays_on_its_link(self, way: Way) -> None:
        """A packet with a link-local source, which no router may take to another link (RFC 4291 2.5.6)."""
        step = Step("", f"{self.family.text(self.at.src)} is on the link of {self.at.enters}, and goes to no other")
        if way.leaves == self.at.enters:
            raise Stuck(step, "whether the router sends it back to the same link, no source says")
        raise End(Disposition.DROPPED, self.say(step))

    def _secured(self, *, back: bool) -> None:
        secured(self.snapshot, self.at, self.choose, back=back)

    def _decided(self) -> Way:
        """The routing decision; an end where it is one."""
        return self._ended(decide(self.snapshot, self.at, self.choose, self.say))

    def _ended(self, way: Way) -> Way:
        self.table = way.table
        if way.kind in ("local", "out"):
            self.say(way.step)
            return way
        ends = {"blackhole": Disposition.BLACKHOLED, "drop": Disposition.DROPPED}
        raise End(ends.get(way.kind, Disposition.NO_ROUTE), self.say(way.step))

    def _track(self) -> None:
        """Connection tracking: a new connection, or one that is known with its mark and its NAT."""
        at, kept = self.at, self.before
        if not self.tracked:
            at.state = "untracked"
            return
        if kept is None and self._begins_nothing():
            at.state, self.tracked = "invalid", False
            self.say(Step("", f"connection tracking: invalid, {self.part.about} to a connection that it doesn't know"))
            return
        if kept is None:
            self.say(Step("", "connection tracking: a new connection"))
            return
        at.state, at.connection_mark = self.part.state, kept.mark
        at.dstnat, at.srcnat = kept.dstnat, kept.srcnat
        self.say(Step("", f"connection tracking: {at.state}"))

    def _begins_nothing(self) -> bool:
        """Whether nobody begins with this, as with an echo reply or an error; and what is invalid no rule translates.

        With loose-tcp-tracking, the default, a connection's later packets may begin it anew
        (docs/facts/packet-path.md#connection-tracking).
        """
        if self.at.protocol != "tcp":
            return self.back and self.at.protocol == self.family.ping
        settings, name = "/ip/firewall/connection/tracking", "loose-tcp-tracking"
        loose = self.snapshot.setting(settings, name, "yes") in ("true", "yes")
        return self.part is ANSWER or (self.part is not FIRST and not loose)

    def _reverse_path(self) -> None:
        """/ip/settings rp-filter (docs/facts/packet-path.md#rp-filter)."""
        if not self.family.checks_source:
            return
        kind = self.snapshot.setting("/ip/settings", "rp-filter", "no")
        if kind == "no":
            return
        back = lookup(self.snapshot, self.at.vrf or "main", self.at.src, self.choose)
        if back.kind == "out" and (kind == "loose" or back.leaves == self.at.enters):
            return
        raise Stuck(Step("/ip/settings", f"rp-filter={kind}"), f"whether rp-filter={kind} lets it pass")

    def _serve(self) -> None:
        """A service's own switch and list of addresses, after the firewall (docs/facts/api.md#the-service)."""
        at = self.at
        if at.vrf and at.protocol not in ("tcp", self.family.ping):
            raise Stuck(
                Step("", f"it came in by the VRF {at.vrf}"), "which of the router's programs listen there isn't known"
            )
        if at.protocol != "tcp" or at.dst_port is None or at.state == "established":
            return
        if "/ip/service" in self.snapshot.unread:
            raise Stuck(Step("/ip/service", ""), "services couldn't be read")
        for row in self.snapshot["/ip/service"]:
            if row.get("port") != str(at.dst_port) or row.get("proto", "tcp") != "tcp" or is_true(row, "dynamic"):
                continue
            if is_true(row, "disabled"):
                raise End(Disposition.REFUSED, self.say(Step.of("/ip/service", row, "it is disabled")))
            # docs/facts/packet-path.md#vrf
            if (listens := row.get("vrf") or "main") != (at.vrf or "main"):
                raise End(Disposition.REFUSED, self.say(Step.of("/ip/service", row, f"it listens in VRF {listens}")))
            listed = row.get("address") or row.get("available-from", "")
            spans = [self.family.span(part) for part in listed.split(",") if part]
            if spans and not any(span and span[0] <= at.src <= span[1] for span in spans):
                text = f"{self.family.text(at.src)} is not in its address={listed}"
                raise End(Disposition.REFUSED, self.say(Step.of("/ip/service", row, text)))

    def _enters_tunnel(self, way: Way) -> None:
        """The second look-up: the peer whose allowed-address holds the destination."""
        row = self._peer(way.leaves, self.at.dst)
        if row is None:
            text = f"no peer of {way.leaves} has {self.family.text(self.at.dst)} in its allowed-address"
            raise End(Disposition.NO_PEER, self.say(Step(PEERS, text)), way.leaves)
        step = self.say(
            Step.of(PEERS, row, f"its allowed-address holds {self.family.text(self.at.dst)}: into {way.leaves}")
        )
        raise End(Disposition.INTO_TUNNEL, step, way.leaves, peer_name(row))

    def _leaves_tunnel(self) -> None:
        """What comes out of a tunnel must have a source that its peer may use."""
        row = self._peer(self.at.enters, self.at.src)
        sender = self.packet.peer
        if row is not None and sender and row.get("public-key") != sender:
            text = f"{self.family.text(self.at.src)} is its own, and another peer sent it"
            raise End(Disposition.NO_PEER, self.say(Step.of(PEERS, row, text)))
        if row is None:
            text = f"no peer of {self.at.enters} may send from {self.family.text(self.at.src)}"
            raise End(Disposition.NO_PEER, self.say(Step(PEERS, text)))
        self.say(
            Step.of(PEERS, row, f"out of {self.at.enters}: {self.family.text(self.at.src)} is in its allowed-address")
        )

    def _peer(self, interface: str, address: int) -> Row | None:
        """The peer with the longest prefix that holds an address."""
        if PEERS in self.snapshot.unread:
            raise Stuck(Step(PEERS, ""), f"they couldn't be read: {self.snapshot.unread[PEERS]}")
        best: tuple[int, Row] | None = None
        for row in self.snapshot.peers.get(interface, ()):
            for text in row.get("allowed-address", UNKNOWN).split(","):
                span = self.family.span(text)
                if text is UNKNOWN:
                    if self.choose(Step.of(PEERS, row, ""), "its allowed-address isn't known"):
                        return row
                elif span and span[0] <= address <= span[1]:
                    length = self.family.length(span)
                    if best is not None and length == best[0] and row is not best[1]:
                        told = f"peer {peer_name(best[1])} has the same {text}, and one of the two gets it"
                        if not self.choose(Step.of(PEERS, row, ""), told):
                            continue
                    if best is None or length >= best[0]:
                        best = length, row
        return best[1] if best else None
