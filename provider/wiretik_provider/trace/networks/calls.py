"""Whether a tunnel can come up: one of its two ends must get through to the other."""

from __future__ import annotations

from typing import Final, NamedTuple

import attrs

from wiretik_provider.codecs.base import is_number
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.packet import EPHEMERAL, Packet, Span
from wiretik_provider.trace.result import Disposition, Step, Trace
from wiretik_provider.trace.router.snapshot import Snapshot, only_answers
from wiretik_provider.trace.steps.path import PEERS
from wiretik_provider.trace.steps.routing import entrance
from wiretik_provider.trace.walk import carrier_of, explore

__all__ = ["WIREGUARD", "Side", "down"]

WIREGUARD: Final = "/interface/wireguard"


class Side(NamedTuple):
    """One end of a tunnel: a node, its interface, and its peer that is the other end."""

    node: Snapshot
    tunnel: str
    peer: Row


def down(one: Side, other: Side) -> str:
    """Why neither end gets through to the other; empty where one does, or where that isn't known."""
    reasons = [_call(one, other), _call(other, one)]
    return "" if None in reasons or "" in reasons else "; ".join(str(reason) for reason in reasons)


def _call(caller: Side, called: Side) -> str | None:
    """Why one end can't call the other; empty where it can, None where that isn't known."""
    near, far, row = caller.node, called.node, caller.peer
    host = row.get("current-endpoint-address") or row.get("endpoint-address", "")
    if not host:
        return f"{near.name} knows no endpoint of {far.name}"
    if only_answers(row):
        return f"{near.name} only answers {far.name}"
    entered = Trace(Packet(src=0, dst=0), Disposition.INTO_TUNNEL, by=Step.of(PEERS, row, ""), leaves=caller.tunnel)
    family = family_of(host)
    carrier, span = carrier_of(near, entered), family.span(host)
    if isinstance(carrier, str) or span is None:
        return None
    sent = explore(near, carrier, None)
    if not sent.disposition.arrives:
        return None if sent.disposition is Disposition.UNKNOWN else f"{near.name}'s call is {sent.verdict}"
    if span[0] not in far.of(family).local:
        return None  # somebody in front of it forwards the port, or doesn't
    outside = [one.address for one in near.of(family).own if one.interface == sent.leaves]
    source = sent.source if sent.source in outside or not outside else outside[0]
    return _answered(near.name, called, attrs.evolve(carrier, src=source))


def _answered(caller: str, called: Side, carrier: Packet) -> str | None:
    """Why a call that gets to a node isn't taken there."""
    far = called.node.of(carrier.family)
    device = next((one for one in far[WIREGUARD] if one.get("name") == called.tunnel), {})
    listens, asked = device.get("listen-port", ""), carrier.dst_port or EPHEMERAL
    if is_number(listens) and asked != Span(int(listens), int(listens)):
        return f"{caller} calls port {asked}, and {far.name} listens at {listens}"
    enters = entrance(far, carrier.src) or far.local[carrier.dst].interface
    came = explore(far, attrs.evolve(carrier, enters=enters), None)
    if came.disposition is Disposition.UNKNOWN:
        return None
    arrives = came.disposition is Disposition.DELIVERED
    return "" if arrives else f"{caller}'s call to {far.name}, port {asked}, is {came.verdict}"
