"""Questions of a whole network: from one node, through all that its packets pass, to where they leave it or arrive.

The words are those of `question`; an exit is a node's name, or a node and an interface, `laptop eth0`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wiretik_provider.trace.family import family_of
from wiretik_provider.trace.networks.network import Network, trace_through
from wiretik_provider.trace.packet import EPHEMERAL, WITH_PORTS, Packet, Span, protocol_of
from wiretik_provider.trace.questions.classes import Shared, protocols
from wiretik_provider.trace.questions.question import Answer, Question
from wiretik_provider.trace.result import Disposition, Trace
from wiretik_provider.trace.steps.routing import entrance

__all__ = ["ask_through"]

_MOST: Final = 20_000
"""How many packets one question may cost."""


def ask_through(joined: Network, node: str, question: Question) -> Answer:
    """Answers a question of packets that a node of a network makes, or that come in there.

    Args:
        joined: the network.
        node: where they are made, if the question's source is its own, or come in.
        question: the question; `to` takes addresses and prefixes, `down` isn't asked of a network.
    """
    by = question.by.partition(" ")[0]
    if question.by and by not in joined.nodes:
        return Answer(None, f"the network has no node {by}")
    unsure: Answer | None = None
    for count, packet in enumerate(_packets(joined, node, question)):
        if count >= _MOST:
            return unsure or Answer(None, f"there are more than {_MOST} kinds of such packets: ask about fewer")
        if isinstance(packet, str):
            return Answer(None, packet)
        found = trace_through(joined, node, packet)
        holds, why = _judged(joined, question, found)
        if holds is not True:
            asked = f"{packet.family.text(packet.src)} to {packet.family.text(packet.dst)} ({packet.protocol}"
            port = f" port {packet.dst_port.low}" if packet.dst_port else ""
            answer = Answer(holds, f"{asked}{port}) {why}", "", found)
            if holds is False:
                return answer
            unsure = unsure or answer
    return unsure or Answer(True)


def _packets(joined: Network, node: str, question: Question) -> Iterator[Packet | str]:
    family = family_of(question.source)
    nodes = [one.of(family) for one in joined.nodes.values()]
    near, shared = joined.nodes[node].of(family), Shared(nodes)
    source = family.span(question.source)
    if source is None:
        yield f"{question.source} isn't an {family.name} address or prefix"
        return
    own = [one.address for some in nodes for one in some.own]
    mine = [address for address in own if not (source[0] == source[1] == address)]
    strangers = own if question.kind == "leaves_by" else []
    for src in shared.addresses(source, skip=mine):
        enters = "" if src in near.local else question.enters or entrance(near, src)
        if enters is None:
            yield f"where {family.text(src)} comes into {node} doesn't follow from its routes: say enters"
            return
        for text in question.to or (family.everywhere,):
            span = family.span(text)
            if span is None:
                yield f"{text} isn't an {family.name} address or prefix"
                return
            for dst in shared.addresses(span, skip=[src, *strangers]):
                for protocol, port in _kinds(joined, shared, question):
                    ports = EPHEMERAL if protocol in WITH_PORTS else None
                    yield Packet(
                        src=src,
                        dst=dst,
                        protocol=protocol,
                        src_port=ports,
                        dst_port=port,
                        enters=enters,
                        family=family,
                    )


def _kinds(joined: Network, shared: Shared, question: Question) -> Iterator[tuple[str, Span | None]]:
    family = family_of(question.source)
    asked = protocol_of(question.protocol, family)
    if question.port is not None:
        yield asked or "tcp", Span(question.port, question.port)
        return
    every = dict.fromkeys(one for node in joined.nodes.values() for one in protocols(node.of(family)))
    for protocol in [asked] if asked else [family.ping] if question.kind == "reaches" else every:
        if protocol in WITH_PORTS:
            yield from ((protocol, span) for span in shared.ports())
        else:
            yield protocol, None


def _judged(joined: Network, question: Question, found: Trace) -> tuple[bool | None, str]:
    last = found.hops[-1].router
    told = f"is {found.verdict} at {last}"
    if found.disposition is Disposition.UNKNOWN:
        return None, told
    gone = found.disposition in (Disposition.FORWARDED, Disposition.INTO_TUNNEL)
    there = gone and question.by in (last, f"{last} {found.leaves}")
    simple = {
        "never_leaves_by": (not there, f"{told}, and must never leave by {question.by}"),
        "is_dropped": (not found.disposition.arrives, f"{told}, and should be dropped"),
        "leaves_by": (there, f"{told}, and should leave by {question.by}"),
    }
    return simple[question.kind] if question.kind in simple else _reached(joined, found, told)


def _reached(joined: Network, found: Trace, told: str) -> tuple[bool | None, str]:
    if not found.disposition.arrives:
        return False, told
    owner = joined.owner(found.packet.dst, found.packet.family)
    if owner is not None and found.disposition is not Disposition.DELIVERED:
        return False, f"{told} instead of getting to {owner}"
    back = found.reply.verdict if found.reply else "not known"
    return found.answered, f"gets there, but its answer is {back}"
