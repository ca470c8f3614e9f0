"""Forwarded ports, as whole connections: do answers leave by the way that the question came, and go on to do so.

Rule: asked is what the rules forward, from each way in by which it may come: a line, or a tunnel whose peers may send
it. Who has asked from a network that main has a route to is answered by that, and isn't told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.codecs.spans import lowest
from wiretik_provider.doctor.finding import ERROR, WARNING, Finding, Where
from wiretik_provider.doctor.patient import Patient, is_public, named
from wiretik_provider.doctor.rules import fasttracked
from wiretik_provider.doctor.ways import leads_to
from wiretik_provider.rules.model import Row
from wiretik_provider.trace.packet import WITH_PORTS, dotted
from wiretik_provider.trace.result import Trace
from wiretik_provider.trace.router.snapshot import is_true, span_of

__all__ = ["answers"]

NAT: Final = "/ip/firewall/nat"
_FORWARDS: Final = frozenset({"dst-nat", "netmap"})
_SAYS: Final = ("in-interface", "in-interface-list", "dst-address", "dst-address-list")
"""By which a rule says where its connections come in."""


def answers(patient: Patient) -> Iterator[Finding]:
    """What becomes of answers to what rules forward."""
    for at, row in enumerate(patient.snapshot[NAT]):
        if (
            row.get("action") not in _FORWARDS
            or is_true(row, "disabled")
            or span_of(row.get("to-addresses", "")) is None
        ):
            continue
        for found in _questions(patient, row):
            met = any(one.menu == NAT and one.number == at for one in found.steps)
            if not met or found.leaves not in {lan for lan, _ in patient.lans}:
                continue
            told = list(_astray(patient, found, row, at))
            told = told or list(fasttracked(patient, found, Where(router=patient.name)))
            yield from told
            if told:
                break


def _questions(patient: Patient, row: Row) -> Iterator[Trace]:
    """Connections from the internet that a rule may forward, by each way in."""
    protocol = row.get("protocol", "tcp")
    port = lowest(row.get("dst-port", "443"))
    if protocol not in WITH_PORTS or port is None:
        return
    asked = span_of(row.get("dst-address", ""))
    for enters in (*sorted(patient.exits), *patient.running):
        if enters in patient.devices and not patient.is_provider(enters):
            continue  # whom else its peers may be is answered by what leads to them
        if not any(name in row for name in (_SAYS if enters in patient.devices else (*_SAYS, "dst-address-type"))):
            continue  # a rule for whatever comes in may be meant for the LAN, as one that redirects names is
        # An address that isn't the router's own on that line may be routed to it by any.
        for dst in [own.address for own in patient.snapshot.own if own.interface == enters]:
            if asked and not asked[0] <= dst <= asked[1]:
                continue
            yield patient.walk(patient.internet[0], dst, enters, protocol, port)


def _astray(patient: Patient, found: Trace, row: Row, at: int) -> Iterator[Finding]:
    """An answer that leaves by another way than its question came."""
    reply, came = found.reply, found.packet.enters
    if reply is None or not reply.disposition.arrives or not reply.leaves or reply.leaves == came:
        return
    port = found.packet.dst_port.low if found.packet.dst_port else 0
    what = f"{found.packet.protocol} port {port}, which {named(NAT, row, at)} forwards to {row['to-addresses']}"
    marked = f"marked {reply.mark} and " if reply.mark else ""
    source = f" with source {dotted(reply.source)}" if reply.source else ""
    tunnel = came if came in patient.devices else leads_to(patient, reply.mark) if reply.mark else ""
    # What comes by one line and is answered by another gets through where providers don't look at sources.
    lines = is_public(found.packet.dst) and reply.leaves not in patient.devices
    yield Finding(
        kind="answers-astray",
        where=Where(router=patient.name, tunnel=tunnel, menu=NAT, row=row.get(".id", "")),
        fact=f"{what}, comes in by {came}, and the answer is {marked}{reply.verdict.removesuffix(source)}{source}",
        cure='wt.MangleRule(..., connection_nat_state="!dstnat") in the rule that marks it'
        if reply.mark and came not in patient.devices
        else _brought_back(patient, found, came),
        value=str(port),
        severity=WARNING if lines else ERROR,
    )


def _brought_back(patient: Patient, found: Trace, came: str) -> str:
    """The rows that bring answers back to the way by which a connection came in."""
    tables = [table for table in patient.tables_to(came) if table != "main"]
    table = tables[0] if tables else f"by-{came}"
    mark = f"from-{came}"
    made = "" if tables else f', wt.RoutingTable("{table}", fib=True) and a default wt.Route by {came} in it'
    return (
        f'wt.MangleRule(..., chain="prerouting", in_interface="{came}", connection_state="new", '
        f'action="mark-connection", new_connection_mark="{mark}"), wt.MangleRule(..., chain="prerouting", '
        f'in_interface="{found.leaves}", connection_mark="{mark}", action="mark-routing", new_routing_mark="{table}", '
        f'passthrough=False){made}; FastTrack for connection_mark="no-mark" alone'
    )
