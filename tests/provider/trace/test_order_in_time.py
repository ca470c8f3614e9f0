"""What holds before a change and after it holds in between, after each of its writes.

Nothing orders what doesn't depend on each other. So the writes are replayed with the last first, as far as dependencies
allow it, and in other possible orders by `make test-long`. The real ones of deployments are looked at in
tests/e2e/test_in_between.py and tests/sdk/components/test_examples.py.
"""

import functools
import json
import pathlib
import runpy

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import Phase, example, given, settings

import wiretik as wt
from at_length import LONG, rounds
from in_between import change, disappointed
from replaying import NOTHING, declared, moments, routers
from updates import CONFIG, LESS, MORE, SITE, moved_exit, site

ROOT = pathlib.Path(__file__).parents[3]
# Of home and of two sites `make test` looks at the real writes, in tests/sdk/components/test_examples.py.
ELSE = {"home", "site-to-site"}
ELSE |= {
    "backup-vpn",
    "bridged-lan",
    "forwarded-ports",
    "road-warriors",
    "routed-mesh",
    "selective-vpn",
    "shared-tunnels",
    "two-wans",
    "vlans",
}  # for their time
EXAMPLES = sorted(
    path.parent.name for path in (ROOT / "examples").glob("*/__main__.py") if LONG or path.parent.name not in ELSE
)
MOST = 200
BACKWARDS = range(MOST, 0, -1)


def in_any_order(test):
    """A law with `ranks`, by which `order` puts the names of programs; they shrink towards the programs' own order."""
    phases = [Phase.explicit, Phase.generate, Phase.shrink] if LONG else [Phase.explicit]
    law = given(ranks=st.permutations(range(MOST)))(example(ranks=BACKWARDS)(test))
    return settings(max_examples=rounds(1, 12), phases=phases, deadline=None)(law)


def order(ranks, *programs):
    """The names of what programs declare, by ranks."""
    names = dict.fromkeys(name for program in programs for name in program.resources)
    assert len(names) <= MOST
    return tuple(sorted(names, key=dict(zip(names, ranks, strict=False)).__getitem__))


SITES = [*MORE.values(), *LESS.values(), *moved_exit()]


@functools.cache
def _declared(number):
    return declared(lambda: site(SITES[number]), CONFIG)


def program_of(args):
    """What a site declares; each is run once."""
    return _declared(SITES.index(args))


@functools.cache
def deployed(program, names):
    """Factory routers with a program on them."""
    *_, (_, now) = moments(routers(*program.routers), NOTHING, program, names)
    return now


@in_any_order
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_and_goes_without_breaking_on_its_way_what_holds_before_and_after(name, ranks):
    program = declared(lambda: runpy.run_path(str(ROOT / "examples" / name / "__main__.py")), CONFIG)
    names = order(ranks, program)

    lost, there = change(routers(*program.routers), NOTHING, program, names)
    lost_on_leaving, _ = change(there, program, NOTHING, names)

    assert not lost, str(lost[0])
    assert not lost_on_leaving, str(lost_on_leaving[0])


def test_an_expectation_that_is_met_before_and_after_but_not_in_between_is_told_with_the_writes_until_then():
    program = program_of(SITE)
    [router] = deployed(program, order(BACKWARDS, program)).values()
    unmarked = attrs.evolve(router, rows={**router.rows, "/ip/firewall/mangle": []})

    found = list(disappointed(router, [("unmark", unmarked), ("mark", router)], program.expected[""], turns=1))

    assert {one.what for one in found} == {
        "home-wg0: the internet is reached by the VPN",
        "home-wg0: nothing goes past the VPN",
        "home-wg0: nothing leaves in the clear while the VPN is off",
        "the internet goes by the VPN",
    }
    assert all(one.after == ("unmark",) and "forwarded out of ether1" in one.found for one in found)


# --- updates ---------------------------------------------------------------------------------------------------------


# `make test` makes each once: the VPN comes and goes with the examples, an exit in tests/e2e/test_in_between.py.
ELSEWHERE = {"VPN", "subnet", "public subnet", "exit", "client's public LAN"}
AT_LENGTH = {"tunnel", "exit's users' public LAN", "backup", "LAN", "client's LANs", "lines", "balance"}
AT_LENGTH |= {"VLAN", "VLAN beside another", "forwards", "names", "sharing tunnel", "waiting tunnel"}
"""What takes long: a client's LAN that comes, where there is an exit or none, a second LAN, VPN,
tunnel or line, balance, VLANs, ports, names."""
UPDATES = [name for name in MORE if LONG or name not in ELSEWHERE | AT_LENGTH]


@in_any_order
@pytest.mark.parametrize("name", UPDATES)
def test_what_is_added_to_a_site_and_taken_out_again_breaks_nothing_on_its_way(name, ranks):
    less, more = program_of(LESS[name]), program_of(MORE[name])
    names = order(ranks, less, more)

    lost, there = change(deployed(less, order(ranks, less)), less, more, names)
    lost_on_leaving, _ = change(there, more, less, names)

    assert not lost, str(lost[0])
    assert not lost_on_leaving, str(lost_on_leaving[0])


@in_any_order
def test_while_the_exit_moves_nothing_is_in_doubt_but_which_of_the_two_nodes_it_is(ranks):
    """WireGuard takes a prefix from its last holder (docs/facts/packets.md, c9); what RouterOS does isn't known."""
    old, new = map(program_of, moved_exit())

    found, _ = change(deployed(old, order(ranks, old)), old, new, order(ranks, old, new))

    assert [one for one in found if "has the same 0.0.0.0/0, and one of the two gets it" not in one.found] == []


# --- a mesh ----------------------------------------------------------------------------------------------------------


SITES_OF_A_MESH = ("berlin", "lisbon")
MESHES = {
    "static": {},
    "IPv6": {"six": True},
    "OSPF": {"routing": "ospf", "links": "10.254.0.0/24"},
    "BGP": {"routing": "bgp", "links": "10.254.0.0/24"},
}
CHANGES = [("static", "IPv6"), *([("static", "OSPF"), ("OSPF", "BGP")] if LONG else [])]


def mesh(*, six=False, **more):
    sites = [
        wt.SiteEnd(
            name,
            lan=wt.Lan("bridge", [f"192.168.{87 + at}.0/24", *([f"fd{87 + at}::/64"] if six else [])]),
            address=f"10.255.0.{at}/24",
            address6=f"fd00:255::{at}/64" if six else None,
            endpoint=f"{name}.example.org:51820",
        )
        for at, name in enumerate(SITES_OF_A_MESH, 1)
    ]
    wt.SiteMesh("mesh", wt.SiteMeshArgs(sites=sites, **more))


@functools.cache
def _mesh(kind):
    routers_ = {"wiretik:routers": json.dumps({name: {} for name in SITES_OF_A_MESH})}
    return declared(lambda: mesh(**MESHES[kind]), routers_)


def _of_the_lan(found):
    """Whatever isn't of packets that come out of a tunnel: those that are exchanged have other tunnels."""
    return [one for one in found if "in by wg-site" not in one.what]


@pytest.mark.parametrize(("less", "more"), CHANGES)
def test_a_mesh_gets_ipv6_or_another_routing_and_loses_it_without_breaking_what_holds_before_and_after(less, more):
    # Of one order: a mesh has so many rows that in any order it would take minutes.
    old, new = _mesh(less), _mesh(more)
    names = order(BACKWARDS, old, new)

    lost, there = change(deployed(old, order(BACKWARDS, old)), old, new, names)
    lost_on_leaving, _ = change(there, new, old, names)

    same = (less, more) != ("static", "OSPF")
    assert [str(one) for one in (lost if same else _of_the_lan(lost))] == []
    assert [str(one) for one in (lost_on_leaving if same else _of_the_lan(lost_on_leaving))] == []
