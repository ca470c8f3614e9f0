"""Destinations that main knows better than by its default route, and a tunnel for everything else takes all the same.

A VPN marks a LAN's packets, and a mark is looked up before main: another network of the router's is gone for the LAN
then, unless the mark leaves it out. Rule: told is only what would get there, and be answered, without the mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from wiretik_provider.trace.connection import trace
from wiretik_provider.trace.packet import Packet
from wiretik_provider.trace.questions.asked import Answer, Question
from wiretik_provider.trace.questions.classes import Classes
from wiretik_provider.trace.questions.cure import cure
from wiretik_provider.trace.router.snapshot import Snapshot, hops_of
from wiretik_provider.trace.steps.routing import entrance, exits
from wiretik_provider.trace.walk import first_packet

__all__ = ["keeps_off"]


def keeps_off(snapshot: Snapshot, question: Question, classes: Classes) -> Answer:
    """Whether a tunnel, `by`, leaves alone what the router knows to be elsewhere."""
    for packet in _packets(snapshot, question, classes):
        if first_packet(snapshot, packet).leaves != question.by:
            continue
        found = trace(snapshot, packet)
        if help_ := cure(snapshot, found, kind="reaches"):  # which looks whether it arrives without the mark
            there = classes.family.text(packet.dst)
            told = f"{classes.family.text(packet.src)} to {there} is marked {found.mark} and {found.verdict}"
            return Answer(False, f"{told}, though main knows another way there", help_, found)
    return Answer(True)


def _packets(snapshot: Snapshot, question: Question, classes: Classes) -> Iterator[Packet]:
    family = snapshot.family
    source = family.span(question.source)
    if source is None:
        return
    mine = [own.address for own in snapshot.own]
    away = {question.by, question.enters, *exits(snapshot)}
    for src in classes.addresses(source, skip=mine)[:1]:
        enters = question.enters or entrance(snapshot, src)
        for row in snapshot.enabled(family.routes):
            span = family.span(row.get("dst-address", family.everywhere))
            way = next((hop.leaves for hop in hops_of(row)), "")
            if row.get("active") != "true" or row.get("routing-table", "main") != "main" or way in {*away, enters}:
                continue
            if enters and span and span != family.anywhere and way in snapshot.interfaces:
                hosts = [one for one in classes.addresses(span, others=[(src, src)], skip=mine) if one != src]
                yield from (
                    Packet(src=src, dst=dst, protocol=family.ping, enters=enters, family=family) for dst in hosts[:3]
                )
