"""What holds before a change and after it holds in between, after each of its writes.

Nothing orders what doesn't depend on each other, so the writes are replayed in an order that is possible, and in
twelve by `make test-long`. The real ones of deployments are looked at in tests/e2e/test_in_between.py and
tests/sdk/components/test_examples.py.
"""

import functools
import pathlib
import random
import runpy

import attrs
import pytest

from at_length import rounds
from in_between import change, disappointed
from replaying import NOTHING, declared, moments, routers
from updates import CONFIG, LESS, MORE, SITE, moved_exit, site

ROOT = pathlib.Path(__file__).parents[3]
EXAMPLES = sorted(path.parent.name for path in (ROOT / "examples").glob("*/__main__.py"))
SEEDS = range(rounds(1, 12))


def deployed(program, dice):
    """Factory routers with a program on them."""
    *_, (_, now) = moments(routers(*program.routers), NOTHING, program, dice)
    return now


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_and_goes_without_breaking_on_its_way_what_holds_before_and_after(name, seed):
    dice = random.Random(seed)
    program = declared(lambda: runpy.run_path(str(ROOT / "examples" / name / "__main__.py")), CONFIG)

    up = change(routers(*program.routers), NOTHING, program, dice)
    destroy = change(deployed(program, dice), program, NOTHING, dice)

    assert not up, str(up[0])
    assert not destroy, str(destroy[0])


def test_an_expectation_that_is_met_before_and_after_but_not_in_between_is_told_with_the_writes_until_then():
    program = declared(lambda: site(SITE), CONFIG)
    [router] = deployed(program, random.Random(0)).values()
    unmarked = attrs.evolve(router, rows={**router.rows, "/ip/firewall/mangle": []})

    found = list(disappointed(router, [("unmark", unmarked), ("mark", router)], program.expected[""]))

    assert {one.what for one in found} == {
        "home-wg0: the internet is reached by the VPN",
        "home-wg0: nothing goes past the VPN",
        "home-wg0: nothing leaves in the clear while the VPN is off",
        "the internet goes by the VPN",
    }
    assert all(one.after == ("unmark",) and "forwarded out of ether1" in one.found for one in found)


# --- updates ---------------------------------------------------------------------------------------------------------


# The VPN comes and goes with the examples, too, and LANs of clients do in tests/e2e/test_in_between.py.
UPDATES = [name for name in MORE if len(SEEDS) > 1 or name not in ("VPN", "client's LANs", "client's public LAN")]


@functools.cache
def before_and_after(name):
    """The site without something and with it."""
    return tuple(declared(lambda args=args: site(args), CONFIG) for args in (LESS[name], MORE[name]))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", UPDATES)
def test_what_is_added_to_a_site_breaks_nothing_on_its_way(name, seed):
    dice = random.Random(seed)
    less, more = before_and_after(name)

    found = change(deployed(less, dice), less, more, dice)

    assert not found, str(found[0])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", UPDATES)
def test_what_is_taken_out_of_a_site_breaks_nothing_on_its_way(name, seed):
    dice = random.Random(seed)
    less, more = before_and_after(name)

    found = change(deployed(more, dice), more, less, dice)

    assert not found, str(found[0])


@pytest.mark.parametrize("seed", SEEDS)
def test_while_the_exit_moves_nothing_is_in_doubt_but_which_of_the_two_nodes_it_is(seed):
    """WireGuard takes a prefix from its last holder (docs/facts/packets.md, c9); what RouterOS does isn't known."""
    dice = random.Random(seed)
    old, new = (declared(lambda args=args: site(args), CONFIG) for args in moved_exit())

    found = change(deployed(old, dice), old, new, dice)

    assert [one for one in found if "has the same 0.0.0.0/0, and one of the two gets it" not in one.found] == []
