"""Rows that are in each other's way, in the program itself and on the router."""

import pytest

from wiretik_provider.declared import read
from wiretik_provider.gate.clashes import one_sided

PEERS = "/interface/wireguard/peers"
OWN, LAB, HOME = "10.20.0.2/32", "198.51.100.0/24", "203.0.113.0/24"


def entry(menu_, name, tag, unknown=(), **props):
    return {"menu": menu_, "name": name, "tag": tag, "unknown": list(unknown), "props": props}


@pytest.mark.parametrize(
    ("holders", "told"),
    [
        ([], {"hub.held": "nothing holds 198.51.100.0/24, so nothing takes it out"}),
        ([entry("held:" + PEERS, "lab", "b", of="a", element="198.51.100.0/24")], {}),
        ([entry("held:" + PEERS, "lab", "b", of="another", element=LAB)], {"hub.held": "nothing holds"}),
        ([entry("held:" + PEERS, "lab", "b", ["element"], of="a")], {}),
        (
            [
                entry("held:" + PEERS, "lab", "b", of="a", element=LAB),
                entry("held:" + PEERS, "c", "c", of="a", element=HOME),
            ],
            {"c": "hub doesn't say that 203.0.113.0/24 is held"},
        ),
    ],
)
def test_what_only_one_side_says_is_held_is_told(holders, told):
    peer = entry(PEERS, "hub", "a", held=[LAB], allowed_address=[OWN, LAB])

    found = {one.property: one.reason for one in one_sided([read(one) for one in (peer, *holders)])}

    assert found.keys() == told.keys()
    assert all(reason in found[name] for name, reason in told.items())
