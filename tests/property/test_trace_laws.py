"""Laws of the path tracer over random routers: what changes nothing, what may become unknown, what a prefix means."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from at_length import rounds
from packets.network import arriving_at
from packets.routers import configuration, probes
from wiretik_provider.trace import Disposition, Snapshot, packet, trace
from wiretik_provider.trace.packet import dotted
from wiretik_provider.trace.questions.classes import addresses
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.snapshot import span_of

pytestmark = pytest.mark.property

CHANCES = st.randoms(use_true_random=False)
"""Chance whose choices are Hypothesis's, so that a router that breaks a law is shrunk to the rows that it takes."""
HOSTS = st.integers(1 << 24, (127 << 24) - 1) | st.integers(128 << 24, (224 << 24) - 1)
CHAINS = {
    "/ip/firewall/filter": ("input", "forward"),
    "/ip/firewall/mangle": ("prerouting", "forward"),
    "/ip/firewall/nat": ("srcnat", "dstnat"),
}


def snapshot(rows):
    return Snapshot(
        derived({path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()})
    )


def asked(probe):
    return arriving_at("rt", probe)


def outcome(found):
    return found.disposition, found.leaves, found.peer, found.source


def with_rule(chance, rows, rule):
    menu = chance.choice(list(CHAINS))
    at = chance.randrange(len(rows[menu]) + 1)
    return {**rows, menu: [*rows[menu][:at], {"chain": chance.choice(CHAINS[menu]), **rule}, *rows[menu][at:]]}


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_a_rule_that_is_off_or_only_logs_changes_nothing(chance):
    rows = configuration(chance)
    rule = chance.choice(({"action": "log"}, {"action": "drop", "disabled": "true"}, {"action": "passthrough"}))
    before, after = snapshot(rows), snapshot(with_rule(chance, rows, rule))

    for probe in probes(chance, 0):
        assert outcome(trace(before, asked(probe))) == outcome(trace(after, asked(probe)))


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_a_rule_that_cannot_be_judged_never_makes_another_answer(chance):
    rows = configuration(chance)
    rule = {"action": chance.choice(("accept", "drop")), "random": "50"}
    before, after = snapshot(rows), snapshot(with_rule(chance, rows, rule))

    for probe in probes(chance, 0):
        now = trace(after, asked(probe))
        if now.disposition is not Disposition.UNKNOWN:
            assert outcome(now)[:3] == outcome(trace(before, asked(probe)))[:3]


@given(CHANCES)
@settings(max_examples=rounds(15, 1800), deadline=None)
def test_what_holds_of_a_prefix_holds_of_each_of_its_addresses(chance):
    router = snapshot(configuration(chance))
    prefix = chance.choice(("198.18.0.0/16", "10.0.0.0/8", "172.16.0.0/12", "0.0.0.0/0"))
    question = {
        "kind": "never_leaves_by",
        "source": "192.168.88.10",
        "by": chance.choice(("WAN", "wg0", "wg1")),
        "port": 53,
    }
    whole = ask(router, Question(**question, to=(prefix,)))
    low, high = span_of(prefix)
    some = [chance.randint(low, high) for _ in range(20)] + [one for one in router.local if low <= one <= high]
    single = [
        ask(router, Question(**question, to=(dotted(one),))).holds
        for one in some
        if one >> 24 not in {0, 127} and one >> 29 != 7
    ]

    if whole.holds:
        assert all(single)
    elif whole.holds is False:
        shown = whole.shown.packet.dst
        assert ask(router, Question(**question, to=(dotted(shown),))).holds is False


@given(CHANCES, HOSTS)
@settings(max_examples=rounds(25, 3000), deadline=None)
def test_an_address_ends_as_one_of_the_kinds_that_stand_for_all(chance, number):
    router = snapshot(configuration(chance))
    assume(number not in router.broadcasts | router.network_addresses)

    def end(dst):
        return outcome(trace(router, packet("192.168.88.10", dotted(dst), protocol="udp", port=53, enters="bridge")))[
            :3
        ]

    assert end(number) in {end(dst) for dst in addresses(router, (0, 2**32 - 1))}
