"""A packet's addresses on its way: what NAT makes of them, and which of the router's own ones it gets.

The rules decide of a connection's first packet; of all later ones the connection does
(docs/facts/packet-path.md#packet-flow).
"""

from __future__ import annotations

from collections.abc import Iterable

from wiretik_provider.codecs.spans import numbers
from wiretik_provider.trace.family import SIX, Family
from wiretik_provider.trace.packet import Packet, Span
from wiretik_provider.trace.result import Connection, Disposition, End, Step, Stuck
from wiretik_provider.trace.router.snapshot import Own
from wiretik_provider.trace.steps.chains import Chains, Met
from wiretik_provider.trace.steps.routing import Way

__all__ = ["Translated"]


def _is_unique(address: int) -> bool:
    """Whether an IPv6 address is a unique local one, fc00::/7 (RFC 4193)."""
    return address >> 121 == 0x7E


class Translated(Chains):
    """A packet, the rules that it meets, and its connection's NAT."""

    family: Family
    packet: Packet
    before: Connection | None
    back: bool
    masqueraded = ""
    """The interface by whose masquerade it got its source."""

    def _translate_destination(self, chain: str) -> None:
        """dst-nat: by the rules for a new connection, else as the connection has it."""
        at, kept = self.at, self.before
        if not self.tracked:
            return
        if kept is not None:
            was = at.dst
            at.dst = kept.first.src if self.back else kept.dst
            if at.dst_port is not None:  # an ICMP error has none
                at.dst_port = kept.first.src_port if self.back else kept.dst_port
            if at.dst != was:
                self.say(
                    Step(
                        "",
                        f"connection tracking: destination {self.family.text(was)} becomes {self.family.text(at.dst)}",
                    )
                )
            return
        found = self.chain(self.family.nat, chain)
        if found is None:
            return
        step, action, row = found
        untouched = at.dst, at.dst_port
        at.dst = self._destination(found)
        if ports := row.get("to-ports", ""):
            spans = numbers(ports)
            if spans is None or len(spans) != 1:
                raise Stuck(step, "its to-ports aren't known yet")
            at.dst_port = Span(*spans[0])
        # Linux doesn't count what leaves a connection as it is, and no source says that RouterOS does.
        at.dstnat = (at.dst, at.dst_port) != untouched
        self.say(
            Step.of(self.family.nat, row, f"{action}: destination becomes {self.family.text(at.dst)}", step.number)
        )

    def _translate_source(self, way: Way) -> None:
        """src-nat and masquerade: by the rules for a new connection, else as the connection has it."""
        at, kept = self.at, self.before
        if not self.tracked:
            return
        if kept is not None:
            self._masqueraded_elsewhere(kept, way)
            was = at.src
            at.src = kept.first.dst if self.back else kept.src
            if at.src != was:
                self.say(
                    Step("", f"connection tracking: source {self.family.text(was)} becomes {self.family.text(at.src)}")
                )
            return
        found = self.chain(self.family.nat, "srcnat")
        if found is None:
            return
        step, action, row = found
        if action == "masquerade":
            self.masqueraded = way.leaves
            own = self._own_address(way.leaves, way)
            if own is None:
                raise Stuck(step, f"{way.leaves} has no address that it could take")
            # RFC 6724 prefers the destination itself, and leaves to routers whether all their addresses count.
            home = self.family is SIX and at.dst in self.snapshot.local and at.dst != own
            at.src = at.dst if home and self.choose(step, "whether it takes the destination, its own address") else own
        elif action == "src-nat":
            at.src = self._single(step, row.get(self.family.to, ""))
        else:
            raise Stuck(step, f"action={action} isn't followed")
        at.srcnat = at.src != self.packet.src
        self.say(Step.of(self.family.nat, row, f"{action}: source becomes {self.family.text(at.src)}", step.number))

    def _masqueraded_elsewhere(self, kept: Connection, way: Way) -> None:
        """A later packet that leaves by another interface than the one whose address its connection has."""
        if self.back or kept.masqueraded in ("", way.leaves):
            return
        text = f"its connection is masqueraded by {kept.masqueraded}, and it would leave by {way.leaves}"
        # Linux does (nf_nat_oif_changed), and no source says that RouterOS does.
        if self.choose(Step(self.family.nat, text), f"{text}: whether the router ends the connection then"):
            raise End(Disposition.DROPPED, self.say(Step("", f"{text}: the connection ends")))

    def _destination(self, rule: Met) -> int:
        step, action, row = rule
        if action == "redirect":
            own = self._own_address(self.at.enters)
            if own is None:
                raise Stuck(step, f"which address of {self.at.enters or 'the router'} it leads to isn't known")
            return own
        if action != "dst-nat":
            raise Stuck(step, f"action={action} isn't followed")
        return self._single(step, row[self.family.to]) if row.get(self.family.to) else self.at.dst

    def _single(self, step: Step, text: str) -> int:
        """The one address that NAT leads to."""
        span = self.family.span(text)
        if span is None or span[0] != span[1]:
            raise Stuck(step, f"which of the addresses {text} it takes isn't known")
        return span[0]

    def _own_address(self, interface: str, way: Way | None = None) -> int | None:
        """The router's address on an interface, before all one in the gateway's network."""
        found = [own for own in self.snapshot.own if own.interface == interface and own.known]
        if self.family is SIX:
            return self._address_for(found, self.at.dst if way else None)
        beside = (way.route or {}).get("beside", "") if way else ""
        gateway = self.family.span((way.gateway or beside) if way else "")
        for own in found:
            if gateway and (gateway[0] ^ own.network) >> (32 - own.length) == 0:
                return own.address
        return found[0].address if found else None

    def _address_for(self, found: Iterable[Own], dst: int | None) -> int | None:
        """Of IPv6 addresses that for a destination: of its scope and kind, and most like it (RFC 6724 5).

        Without a destination one is only known where there is no other.
        """
        near = dst is not None and SIX.is_link_local(dst)
        fit = [own.address for own in found if SIX.is_link_local(own.address) is near]
        if dst is None:
            return fit[0] if len(fit) == 1 else None
        return min(
            fit, key=lambda one: (_is_unique(one) is not _is_unique(dst), (one ^ dst).bit_length()), default=None
        )

    def _source_for(self, way: Way) -> int:
        """The source of a packet that the router makes."""
        chosen = self.family.span((way.route or {}).get("pref-src", ""))
        own = chosen[0] if chosen else self._own_address(way.leaves, way)
        if own is None and self.family is SIX:
            own = self._address_for([one for one in self.snapshot.own if one.known], self.at.dst)
        return own if own is not None else next((one.address for one in self.snapshot.own), 0)
