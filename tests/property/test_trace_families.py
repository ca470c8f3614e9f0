"""IPv6 is walked like IPv4: a router that mirrors another does with mirrored packets what that one does."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from packets.mirrored import address, dual, plain, prefix, probe6, six
from packets.network import arriving_at
from packets.routers import configuration, probes
from wiretik_provider.trace import Disposition, Snapshot, trace
from wiretik_provider.trace.family import FOUR, SIX
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived

pytestmark = pytest.mark.property

CHANCES = st.randoms(use_true_random=False)
"""Chance whose choices are Hypothesis's, so that a router that breaks a law is shrunk to the rows that it takes."""
OF_ITS_OWN = ("whether it is asked again", "the destination, its own address")
"""What is known of IPv4 and not of IPv6: how sources are chosen (RFC 6724)."""


def snapshot(rows):
    return Snapshot(
        derived({path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()})
    )


def outcome(found, mirror=str):
    """What became of a packet, in words that both families have."""
    if found is None:
        return None
    family = found.packet.family
    source = mirror(family.text(found.source)) if found.source else ""
    by = found.by.comment, found.by.number if found.by and found.by.menu != family.routes else 0
    later = [(way.about, way.disposition, way.leaves) for way in every_later(found)]
    return found.disposition, found.leaves, found.peer, source, found.answered, found.table, found.mark, by, later


def every_later(found):
    """The ways of later packets and later answers that end otherwise than the first ones."""
    return [*found.later, *(found.reply.later if found.reply else ())]


def unsure(found):
    """Whether a walk, its answer's or its later packets' meets what only IPv4 is known to do."""
    walks = [found, *([found.reply] if found.reply else []), *every_later(found)]
    told = [text for one in walks for text in (one.because, *one.notes)]
    return any(text in line for line in told for text in OF_ITS_OWN)


@given(CHANCES)
@settings(max_examples=rounds(25, 3000), deadline=None)
def test_a_router_that_mirrors_another_does_the_same_with_mirrored_packets(chance):
    rows = plain(configuration(chance))
    four, other = snapshot(rows), snapshot(six(rows))

    for probe in probes(chance, 0):
        found, mirrored = trace(four, arriving_at("rt", probe)), trace(other, arriving_at("rt", probe6(probe)))

        if not unsure(mirrored):
            assert outcome(mirrored) == outcome(found, address), f"{found}\n{mirrored}"


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_one_familys_rows_change_nothing_for_the_other(chance):
    rows = plain(configuration(chance))
    alone = snapshot({path: some for path, some in rows.items() if path != "/routing/rule"})
    beside = snapshot({path: some for path, some in dual(rows).items() if path != "/routing/rule"})

    for probe in probes(chance, 0):
        assert outcome(trace(alone, arriving_at("rt", probe))) == outcome(trace(beside, arriving_at("rt", probe)))


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_what_holds_of_an_ipv6_prefix_holds_of_each_of_its_addresses(chance):
    router = snapshot(six(configuration(chance))).of(SIX)
    to = chance.choice(("198.18.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "0.0.0.0/0"))
    question = {"kind": "never_leaves_by", "source": address("192.168.88.10"), "port": 53}
    question["by"] = chance.choice(("WAN", "wg0", "wg1"))
    whole = ask(router, Question(**question, to=(prefix(to),)))
    low, high = SIX.span(prefix(to))
    some = [chance.randint(low, high) for _ in range(20)] + [one for one in router.local if low <= one <= high]
    single = [ask(router, Question(**question, to=(SIX.text(one),))).holds for one in some if SIX.is_host(one)]

    if whole.holds:
        assert all(single)
    elif whole.holds is False:
        assert ask(router, Question(**question, to=(SIX.text(whole.shown.packet.dst),))).holds is False


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_a_question_is_answered_alike_of_a_router_and_of_its_mirror(chance):
    rows = plain(configuration(chance))
    kind = chance.choice(("leaves_by", "never_leaves_by", "is_dropped", "reaches"))
    by = "" if kind in ("is_dropped", "reaches") else chance.choice(("WAN", "wg0", "wg1"))
    to = chance.choice(("198.18.0.0/16", "172.16.50.9/32", "198.18.0.20/32"))
    four = Question(kind=kind, source="192.168.88.10", to=(to,), by=by, enters="bridge")
    other = Question(kind=kind, source=address("192.168.88.10"), to=(prefix(to),), by=by, enters="bridge")

    assert ask(snapshot(rows), four).holds == ask(snapshot(six(rows)), other).holds


@given(st.integers(0, 2**128 - 1), st.integers(0, 128))
@settings(max_examples=rounds(100, 6000), deadline=None)
def test_an_address_is_read_as_it_is_written(number, length):
    for family in (FOUR, SIX):
        value, bits = number & family.every, length % (family.bits + 1)
        first = value & family.mask(bits)

        assert family.number(family.text(value)) == value
        assert family.span(f"{family.text(value)}/{bits}") == (first, first | family.every >> bits)
        assert family.length(family.span(f"{family.text(value)}/{bits}")) == bits
        assert (SIX if family is FOUR else FOUR).span(family.text(value)) is None


def test_what_was_not_read_of_ipv6_is_unknown():
    rows = configuration(random.Random(1))
    probe = {**probes(random.Random(1), 0)[0], "space": "lan", "src": "192.168.88.10"}

    found = trace(snapshot(rows), arriving_at("rt", probe6(probe)))

    assert found.disposition is Disposition.UNKNOWN
    assert found.because == "nothing of the router's IPv6 was read"
