"""An element of a row's list, held: it stays through the row's update and goes when what holds it does, never before.

The bench plays the engine: updates first, deletes at the end.
"""

import threading

import pytest

from wiretik_provider.api.link import close_all
from wiretik_provider.errors import RowError
from wiretik_provider.kinds.held import HeldKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu

PEERS = "/interface/wireguard/peers"
KEY = "A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
OWN, LAB, HOME, ALL = "10.20.0.2/32", "198.51.100.0/24", "203.0.113.0/24", "0.0.0.0/0"


def hub(*allowed, held=()):
    return {"interface": "wg1", "public_key": KEY, "allowed_address": [OWN, *allowed], "held": list(held)}


@pytest.fixture
def peer(bench):
    bench.lab.run("/interface/wireguard/add", name="wg1")
    return bench.resource(RowKind(menu(PEERS)), "hub")


@pytest.fixture
def holder(bench, peer):
    """Makes what holds an element of the peer."""

    def make(element):
        made = bench.resource(HeldKind(menu(PEERS)))
        made.up(element=element, of=peer.tag)
        return made

    return make


def allowed(bench):
    (row,) = bench.lab.router.rows(PEERS)
    return row["allowed-address"].split(",")


def test_what_is_held_stays_through_the_update_and_leaves_with_its_holder(bench, peer, holder):
    peer.up(**hub(LAB, HOME, held=[LAB, HOME]))
    lab, _ = holder(LAB), holder(HOME)

    peer.up(**hub(HOME, held=[HOME]))
    assert allowed(bench) == [OWN, LAB, HOME]
    assert peer.state["allowed_address"] == [OWN, HOME]

    lab.destroy()
    assert allowed(bench) == [OWN, HOME]


def test_making_looking_and_holding_cost_no_command(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    bench.lab.reset_stats()

    holder(LAB).refresh()

    assert bench.lab.stats().commands == {}


def test_taking_out_what_was_held_writes_once(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)
    bench.watch(PEERS)

    peer.up(**hub())
    lab.destroy()

    assert bench.verbs() == ["set"]


def test_what_somebody_added_by_hand_goes_at_once_and_what_is_held_does_not(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    holder(LAB)
    bench.lab.run(f"{PEERS}/set", numbers="*1", allowed_address=f"{OWN},{LAB},{HOME}")

    close_all()
    peer.up(**hub())

    assert allowed(bench) == [OWN, LAB]


def test_what_somebody_took_out_by_hand_is_not_put_back_for_its_last_moments(bench, peer, holder):
    peer.up(**hub(LAB, HOME, held=[LAB]))
    lab = holder(LAB)
    bench.lab.run(f"{PEERS}/set", numbers="*1", allowed_address=f"{OWN},{HOME}")

    close_all()
    peer.up(**hub(HOME, ALL))
    lab.destroy()

    assert allowed(bench) == [ALL, OWN, HOME]


def test_a_prefix_that_was_held_and_is_still_allowed_stays(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)

    peer.up(**hub(LAB))
    lab.destroy()

    assert allowed(bench) == [OWN, LAB]


def test_a_run_that_was_killed_before_its_deletes_is_ended_by_the_next_as_far_as_the_gate_knows_the_peer(
    bench, peer, holder
):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)
    peer.up(**hub())

    close_all()  # the next process
    peer.links("").declared[peer.tag] = [OWN]  # as the gate says
    lab.destroy()

    assert allowed(bench) == [OWN]


def test_where_nobody_knows_what_is_declared_it_stays_with_a_warning(bench, peer, holder, capsys):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)

    close_all()
    lab.destroy()

    assert allowed(bench) == [OWN, LAB]
    assert f"keeps {LAB} in allowed-address" in capsys.readouterr().err


def test_a_peer_that_is_gone_needs_nothing(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)
    peer.destroy()

    lab.destroy()

    assert bench.lab.router.rows(PEERS) == []


def test_many_that_leave_one_peer_side_by_side_all_leave(bench, peer, holder):
    many = [f"10.{number}.0.0/16" for number in range(100, 120)]
    peer.up(**hub(*many, held=many))
    holders = [holder(one) for one in many]
    peer.up(**hub(LAB))

    threads = [threading.Thread(target=one.destroy) for one in holders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert allowed(bench) == [OWN, LAB]


@pytest.mark.parametrize("accident", ["lose", "drop"])
def test_a_connection_that_breaks_under_it_is_followed_by_another_look(bench, peer, holder, accident):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)
    peer.up(**hub())
    bench.lab.fault(accident, PEERS, "set")

    lab.destroy()

    assert allowed(bench) == [OWN]


def test_a_refusal_names_router_peer_and_what_was_asked(bench, peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)
    peer.up(**hub())
    bench.lab.fault("refuse", PEERS, "set", message="failure: not today")

    with pytest.raises(RowError, match=r"127\.0\.0\.1.*WireGuard peer A0VS.*not today"):
        lab.destroy()
    assert allowed(bench) == [OWN, LAB]


def test_another_element_and_another_row_make_it_another_one(peer, holder):
    peer.up(**hub(LAB, held=[LAB]))
    lab = holder(LAB)

    assert lab.kind.replaces(lab.state, {**lab.inputs, "element": HOME}) == ["element"]
    assert lab.kind.replaces(lab.state, {**lab.inputs, "of": "another"}) == ["of"]
    assert lab.kind.replaces(lab.state, dict(lab.inputs)) == []


def test_what_is_no_prefix_and_what_it_has_not_is_told(bench):
    lab = bench.resource(HeldKind(menu(PEERS)))

    assert lab.check(element="10.1.2.3", of="x")["element"] == "10.1.2.3/32"
    assert lab.problems(element="the lab", of="x").keys() == {"element"}
    assert lab.problems(comment="no row") == {
        "comment": "it has element and of",
        "element": "missing",
        "of": "missing",
    }


def test_only_what_is_allowed_can_be_held_and_only_where_lists_are(bench, peer):
    assert "allowed_address hasn't 203.0.113.0/24" in peer.problems(**hub(LAB, held=[LAB, HOME]))["held"]
    rule = bench.resource(RowKind(menu("/ip/route")))
    assert "no such property" in rule.problems(dst_address=LAB, gateway="wg1", held=[LAB])["held"]
