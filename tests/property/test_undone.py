"""However a guarded deployment ends that nobody confirms, the router is afterwards exactly as it was before it.

The connection is lost, our process is killed, the router reboots or loses its power, between any two commands, and once
more in the middle of the undo. Each deployment is made once; each cut is a rehearsal on its router.
"""

import contextlib
from itertools import count

import pytest
from hypothesis import example, given, settings

from at_length import patience, rounds
from guarding import LISTS
from undoing import (
    DOINGS,
    NEVER,
    WITHIN,
    End,
    Hand,
    changed,
    cut_everywhere,
    deploy,
    ends,
    few_are_many,
    options,
    plans,
    site,
    waited,
)
from wiretik_provider.errors import GuardError
from wiretik_provider.guard.closing import confirm, standing
from wiretik_provider.simulator import PowerCut

pytestmark = pytest.mark.timeout(patience(7200))


@pytest.fixture(autouse=True, scope="module")
def crowds():
    with few_are_many():
        yield


FIRST = [End()]


def test_what_nobody_confirms_is_undone_wherever_it_was_cut():
    cuts = []

    @example([(25, 0, 1), (26, 0, 0)], FIRST, {})  # a removed row had another name while one said it
    @example([(3, 0, 0), (3, 1, 0)], FIRST, {})  # two rows with one tag
    @example([(0, 0, 0)] * 5 + [(11, 0, 0), (18, 0, 0), (18, 0, 0)], [End("stays", (4,))], {})  # a name that others say
    @example([(2, 0, 14), (2, 0, 1)], FIRST, {})  # an entry that the run itself added, removed, adds again
    @example([(29, 0, 0), (28, 0, 1)], FIRST, {})  # an entry of a crowd goes and comes again, without the mark
    @example([(29, 1, 0), (28, 2, 3)], [End(again=(5,))], {})  # and two others, one disabled, and the undo breaks off
    @given(plans, ends, options)
    @settings(max_examples=rounds(12, 1000), deadline=None)
    def law(plan, ends, options):
        found = site(**options)
        before = found.network()
        refused = contextlib.suppress(*([GuardError] if options.keys() & NEVER else []))
        with cut_everywhere(found, ends, lambda: changed(before, found.network())) as so_far, refused:
            deploy(found, plan)
        cuts.append(so_far())

    law()
    assert sum(cuts) >= rounds(60, 5000)  # some 300, and 13,000


@given(plans, options)
@settings(max_examples=rounds(2, 100), deadline=None)
def test_an_undo_that_is_interrupted_after_any_command_runs_again_from_its_beginning(plan, options):
    found = site(**options)
    before = found.network()
    with contextlib.suppress(*([GuardError] if options.keys() & NEVER else [])):
        deploy(found, plan)
    for commands in count():
        with found.rehearsal():
            found.router.power_off_after = commands
            try:
                found.wait(WITHIN + 30, 30)
            except PowerCut:
                found.router.reboot(power_cut=True)
            else:
                break
            waited(found)
            assert changed(before, found.network()) == [], commands


class Plain:
    """A deployment that nobody guards."""

    def through(self, commands, send):
        return send(commands)


def without_ids(network):
    return {
        path: [{name: row[name] for name in row if name != ".id"} for row in rows] for path, rows in network.items()
    }


@given(plans)
@settings(max_examples=rounds(5, 400), deadline=None)
def test_what_is_confirmed_is_what_was_planned(plan):
    """Also where each cut was rehearsed on the way, so that a rehearsal is seen to leave nothing behind."""
    plain, guarded = site(), site()
    hand = Hand(plain, Plain())
    for doing, a, b in plan:
        DOINGS[doing](hand, a, b)
        plain.wait(2)
    before = guarded.network()
    with cut_everywhere(guarded, [End("cut"), End()], lambda: changed(before, guarded.network())):
        deploy(guarded, plan)
    if standing("", guarded.send).state is not None:
        confirm("", guarded.send)
    wanted, found = without_ids(plain.network()), without_ids(guarded.network())
    for network in (wanted, found):
        for row in network["/interface"]:
            row.pop("private-key", None)  # each router makes its own
        for row in network[LISTS]:
            row.pop("creation-time", None)
        network[LISTS].sort(key=lambda row: (row["list"], row["address"]))  # one that comes again is where it was
    assert changed(wanted, found) == []
