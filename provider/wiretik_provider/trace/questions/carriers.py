"""The tunnel by which a session comes to the router: whether its far end still gets in with what it knows.

Pure. The far end is somewhere else and doesn't change with this router: it calls the port that it has called, knows the
router by its public key, and is known by its own key and the preshared one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from wiretik_provider.codecs.base import is_number
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.connection import goes_on, trace
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import EPHEMERAL, Packet, Span
from wiretik_provider.trace.result import Disposition, Step, Trace
from wiretik_provider.trace.router.snapshot import UNKNOWN, Snapshot, only_answers
from wiretik_provider.trace.steps.path import PEERS, peer_name
from wiretik_provider.trace.steps.routing import entrance, exits
from wiretik_provider.trace.walk import carrier_of

__all__ = ["Remark", "of_tunnel"]

WIREGUARD: Final = "/interface/wireguard"

_MASKED: Final = "*****"
"""What a user without the policy `sensitive` reads instead of a secret (docs/facts/permissions.md)."""
_SOMEBODY: Final = "1.1.1.1"
"""Stands for a far end of which it isn't known from where it calls."""


class Remark(NamedTuple):
    """What becomes of a tunnel."""

    text: str
    certain: bool


def of_tunnel(before: Snapshot, then: Snapshot, packet: Packet) -> Remark | None:
    """How the tunnel that a packet comes by is lost with a change; None where it isn't.

    Args:
        before: the router as it is.
        then: as it will be.
        packet: what comes by the tunnel.
    """
    name = packet.enters
    peer, other = _peer(before, packet), _peer(then, packet)
    device, later = _device(before, name), _device(then, name)
    if peer is None or other is None:
        return None
    what = f"the session comes by the tunnel {name} from peer {peer_name(peer)}, "
    for row, new, key, whose in (
        (device, later, "private-key", f"{name}'s own key"),
        (peer, other, "public-key", "that peer's public key"),
        (peer, other, "preshared-key", "that peer's preshared key"),
    ):
        was, now = _key(row, key), _key(new, key)
        if now is UNKNOWN:
            return Remark(f"{what}and whether {whose} stays the same isn't known yet", certain=False)
        if was != now and _MASKED not in (was, now):
            changes = "is another one" if was and now else "is new" if now else "is gone"
            return Remark(
                f"{what}and {whose} {changes} after this change, which the far end doesn't know", certain=True
            )
    return _called(before, then, packet, what)


def _called(before: Snapshot, then: Snapshot, packet: Packet, what: str) -> Remark | None:
    """Whether the far end's calls still get in, where it is the one that calls."""
    name = packet.enters
    peer, other = _peer(before, packet) or {}, _peer(then, packet) or {}
    port, new = (_device(one, name).get("listen-port", "") for one in (before, then))
    if _calls(then, name, other):
        return None
    if new is UNKNOWN:
        return Remark(f"{what}and at which port {name} listens after this change isn't known yet", certain=False)
    if is_number(port) and port != new:
        return Remark(f"{what}which calls port {port}, and after this change {name} listens at {new}", certain=True)
    for call in _incoming(before, peer, port):
        if _gets_in(before, call)[0] is not True:
            continue
        fine, why = _gets_in(then, call)
        if not fine:
            host = call.family.text(call.src) if peer.get("current-endpoint-address") else "somebody outside"
            called = f"a packet of the far end ({host} to the router's udp port {port}, in by {call.enters}) {why}"
            return Remark(f"{what}and after this change {called}", certain=fine is False)
    return None


def _calls(snapshot: Snapshot, tunnel: str, peer: Row) -> bool:
    """Whether the router keeps the tunnel up itself: it knows where the peer is, and calls again and again."""
    keeps = peer.get("persistent-keepalive", "0s") not in ("", "0", "0s", "00:00:00", UNKNOWN)
    if not keeps or only_answers(peer):
        return False
    entered = Trace(Packet(src=0, dst=0), Disposition.INTO_TUNNEL, by=Step.of(PEERS, peer, ""), leaves=tunnel)
    carrier = carrier_of(snapshot, entered)
    if isinstance(carrier, str):
        return bool(peer.get("endpoint-address"))
    sent = trace(snapshot, carrier)
    return sent.disposition.arrives and sent.answered is True and goes_on(sent)[0] is True


def _incoming(snapshot: Snapshot, peer: Row, port: str) -> Iterator[Packet]:
    """The packets by which the far end calls."""
    host = peer.get("current-endpoint-address", "")
    if not is_number(port):
        return
    family = family_of(host)
    snapshot = snapshot.of(family)
    span = family.span(host)
    source = span[0] if span else family.number(_SOMEBODY)
    ways = [entrance(snapshot, source)] if span else sorted(exits(snapshot))
    told = peer.get("current-endpoint-port", "")
    ports = Span(int(told), int(told)) if is_number(told) else EPHEMERAL
    for way in ways:
        own = next((one.address for one in snapshot.own if one.interface == way), None)
        if way and own is not None:
            at = Span(int(port), int(port))
            yield Packet(src=source, dst=own, protocol="udp", src_port=ports, dst_port=at, enters=way, family=family)


def _gets_in(snapshot: Snapshot, call: Packet) -> tuple[bool | None, str]:
    found = trace(snapshot, call)
    if found.disposition is Disposition.UNKNOWN or found.answered is None:
        return None, f"is {found.verdict}"
    ports = found.connection.dst_port if found.connection else None
    if found.disposition is not Disposition.DELIVERED or ports != call.dst_port:
        return False, f"is {found.verdict}" + (f" at port {ports}" if ports != call.dst_port else "")
    if not found.answered and found.reply is not None:
        return False, f"gets there, but its answer is {found.reply.verdict}"
    return goes_on(found)


def _device(snapshot: Snapshot, name: str) -> Row:
    return next((row for row in snapshot[WIREGUARD] if row.get("name") == name), {})


def _key(row: Row, name: str) -> str:
    text = row.get(name, "")
    return "" if text == "none" else text


def _peer(snapshot: Snapshot, packet: Packet) -> Row | None:
    """The peer that a packet out of a tunnel is from: that with the longest prefix that holds its source."""
    best: tuple[int, Row] | None = None
    for row in snapshot.peers.get(packet.enters, ()):
        for text in row.get("allowed-address", "").split(","):
            span = packet.family.span(text)
            if span and span[0] <= packet.src <= span[1]:
                length = packet.family.length(span)
                best = (length, row) if best is None or length >= best[0] else best
    return best[1] if best else None
