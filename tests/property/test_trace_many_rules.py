"""What makes many rules quick changes no answer: the index of a chain, kinds of addresses and ports, rules left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from packets.routers import configuration
from wiretik_provider.codecs.spans import number4
from wiretik_provider.declared import read
from wiretik_provider.trace import Snapshot, packet, trace
from wiretik_provider.trace.packet import EPHEMERAL, Span, dotted
from wiretik_provider.trace.plan import after, in_another_order
from wiretik_provider.trace.questions.classes import Classes
from wiretik_provider.trace.questions.question import _JUDGES, Question, ask
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.index import Asked, Filed
from wiretik_provider.trace.router.layers import Layer
from wiretik_provider.trace.router.snapshot import AddressSet
from wiretik_provider.trace.steps.match import Subject, matches

pytestmark = pytest.mark.property

CHANCES = st.randoms(use_true_random=False)
"""Chance whose choices are Hypothesis's, so that a router that breaks a law is shrunk to the rows that it takes."""
HOSTS = ["192.168.88.10", "192.168.88.20", "10.20.0.9", "198.51.100.7", "198.51.100.8", "203.0.113.9", "1.1.1.1"]
SPANS = [*HOSTS, "198.51.100.0/24", "192.168.88.0/28", "10.0.0.0/8", "198.51.100.5-198.51.100.9"]


def rule(chance):
    """A rule that many others are like."""
    found = {"chain": "forward", "action": chance.choice(("accept", "drop", "drop", "log", "fasttrack-connection"))}
    for name in ("src-address", "dst-address"):
        if chance.random() < 0.5:
            found[name] = chance.choice(("", "", "", "!")) + chance.choice(SPANS)
    if chance.random() < 0.4:
        name = chance.choice(("dst-port", "dst-port", "src-port", "port"))
        found |= {"protocol": chance.choice(("tcp", "udp")), name: chance.choice(("53", "80,443", "!22", "1000-2000"))}
    if chance.random() < 0.3:
        found[chance.choice(("in-interface", "out-interface"))] = chance.choice(("bridge", "ether1", "wg0"))
    if chance.random() < 0.3:
        found["connection-state"] = chance.choice(("new", "established,related"))
    return found


def router(chance, count=40):
    rows = configuration(chance)
    rows["/ip/firewall/filter"] = [*(rule(chance) for _ in range(count)), *rows["/ip/firewall/filter"]]
    return Snapshot(
        derived({path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()})
    )


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_an_index_leaves_out_only_rules_that_do_not_match(chance):
    snapshot = router(chance)
    rules = snapshot.chain("/ip/firewall/filter", "forward")
    filed = Filed(rules)

    for _ in range(10):
        ports = chance.choice((EPHEMERAL, Span(53, 53), Span(443, 443)))
        src, dst = number4(chance.choice(HOSTS)), number4(chance.choice(HOSTS))
        enters, leaves = chance.choice(("bridge", "ether1")), chance.choice(("wg0", "bridge"))
        subject = Subject(src, dst, "tcp", EPHEMERAL, ports, enters, leaves)
        given_ = list(filed.at(Asked(src, dst, (enters, enters), (leaves, leaves), ports)))

        assert given_ == [one for one in rules if one in given_]
        assert all(one in given_ for one in rules if matches(one.asks, subject, snapshot) is not False)


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_a_packet_ends_as_one_of_the_kinds_that_stand_for_all(chance):
    snapshot = router(chance)
    classes = Classes(snapshot)
    src = number4("192.168.88.10")
    span = number4("198.51.100.0"), number4("198.51.100.255")

    def end(dst, port):
        found = trace(snapshot, packet(dotted(src), dotted(dst), port=port, enters="bridge"))
        later = [(way.about, way.leaves) for way in (*found.later, *(found.reply.later if found.reply else ()))]
        return found.disposition, found.leaves, found.peer, found.answered, *later

    known = {
        end(dst, ports.low)
        for dst in classes.addresses(span, others=[(src, src)])
        for ports in classes.ports(src, dst, "bridge")
    }
    for _ in range(30):
        assert end(number4(chance.choice(HOSTS[3:5])), chance.choice((22, 53, 80, 443, 1500, 9999))) in known


@given(CHANCES, st.sampled_from(sorted(_JUDGES)))
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_what_holds_of_a_prefix_holds_of_each_of_its_packets(chance, kind):
    snapshot = router(chance, 30)
    by = "" if kind in ("reaches", "is_dropped") else chance.choice(("WAN", "wg0", "wg1"))
    protocol = chance.choice(("tcp", "udp")) if kind == "reaches" else ""
    question = Question(
        kind=kind, source="192.168.88.0/27", to=("198.51.100.0/24",), enters="bridge", by=by, protocol=protocol
    )

    if ask(snapshot, question).holds:
        for _ in range(20):
            asked = packet(
                dotted(number4("192.168.88.2") + chance.randrange(20)),
                chance.choice(HOSTS[3:5]),
                protocol=protocol or chance.choice(("tcp", "udp")),
                port=chance.choice((22, 53, 80, 443, 1500, 9999)),
                enters="bridge",
            )
            found = trace(snapshot, asked)
            assert _JUDGES[kind](snapshot, question, found)[0], str(found)


@given(CHANCES)
@settings(max_examples=rounds(25, 3000), deadline=None)
def test_new_rules_are_turned_wherever_their_order_may_matter(chance):
    before = router(chance, 3)
    new = [rule(chance) for _ in range(chance.randrange(2, 5))]
    declared = [
        read(
            {
                "menu": "/ip/firewall/filter",
                "name": f"rule-{at}",
                "tag": f"{at:012x}",
                "props": {name.replace("-", "_"): text for name, text in one.items() if text},
            }
        )
        for at, one in enumerate(new)
    ]
    then = after(before, declared)

    if in_another_order(before, then, declared) is None:
        chance.shuffle(declared)
        other = after(before, declared)
        for _ in range(20):
            asked = packet(
                chance.choice(HOSTS[:3]),
                chance.choice(HOSTS[3:]),
                protocol=chance.choice(("tcp", "udp")),
                port=chance.choice((22, 53, 80, 443, 1500, 9999)),
                enters="bridge",
            )
            one, two = trace(then, asked), trace(other, asked)
            assert (one.disposition, one.leaves, one.answered) == (two.disposition, two.leaves, two.answered)


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=12), max_size=3),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_a_layer_tells_the_first_address_of_each_set_of_lists(entries, low, size):
    lists = [AddressSet() for _ in entries]
    for one, spans in zip(lists, entries, strict=True):
        for first, length in spans:
            one.add(f"{dotted(first)}-{dotted(first + length)}")
    found: dict[int, int] = {}
    for address in range(low, low + size + 1):
        found.setdefault(sum(1 << at for at, one in enumerate(lists) if address in one), address)

    assert {held: first for first, held in Layer(lists).within((low, low + size))} == found
