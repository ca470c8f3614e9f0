"""What a router has no more, from rows and from what the gate noted of them."""

from wiretik_provider.declared import read
from wiretik_provider.gate.noted import gone

TAG = "3f9a2c000001"
ROUTE = {
    "menu": "/ip/route",
    "name": "far",
    "tag": TAG,
    "props": {"dst_address": "10.9.0.0/24", "gateway": "192.168.88.9"},
}
HERE = ("/ip/route", "")


def found(rows, entry=ROUTE, place=HERE, before=(TAG[4:],)):
    return gone.gone([read(entry)], {} if rows is None else {place: rows}, before)


def test_a_row_that_was_let_through_and_is_nowhere_is_gone():
    assert found([]) == {TAG: ["far"]}
    assert found([{".id": "*1", "comment": f"[wt:{TAG}]"}]) == {}


def test_what_was_never_let_through_or_could_not_be_read_is_not_gone():
    assert found([], before=()) == {}
    assert found(None) == {}


def test_a_row_of_nobodys_that_may_be_the_one_is_not_gone():
    free = {".id": "*1", "public-key": "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "interface": "wg0"}
    peer = {"menu": "/interface/wireguard/peers", "name": "p", "tag": TAG, "unknown": ["public_key"], "props": {}}

    assert found([free], peer, ("/interface/wireguard/peers", "")) == {}
    assert found([], peer, ("/interface/wireguard/peers", "")) == {TAG: ["p"]}


def test_more_than_ten_names_end_with_dots():
    assert gone.sentence({str(at): [f"r{at}"] for at in range(12)}) == (
        "12 resources of this stack are no longer on the router (r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, …): "
        "`up --refresh` makes them again"
    )
