"""What the SDK tells of a resource is parsed once, and what isn't known or can't be read has its name there."""

import pytest

from wiretik_provider.codecs.base import Csv
from wiretik_provider.declared import Holding, read
from wiretik_provider.rules.places import FIRST

PEERS, FILTER = "/interface/wireguard/peers", "/ip/firewall/filter"
TAG = "3f9a2c71e0b4"
KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="


def declared(menu, unknown=(), props=None, **where):
    return read({"menu": menu, "name": "x", "tag": TAG, "unknown": list(unknown), "props": props or {}, **where})


def test_values_are_canonical_and_by_routeros_names():
    row = declared(PEERS, props={"interface": "wg0", "public_key": KEY, "allowed_address": ["10.0.0.2"]})

    assert row.values == {"interface": "wg0", "public-key": KEY, "allowed-address": ["10.0.0.2/32"]}
    assert row.printed["allowed-address"] == "10.0.0.2/32"
    assert (row.path, row.unknown, row.waiting, row.wrong, row.problems) == (PEERS, False, frozenset(), frozenset(), ())


def test_what_is_not_known_waits_and_what_can_not_be_read_is_wrong():
    row = declared(FILTER, ["dst_port"], {"chain": "forward", "protocol": "tcp", "src_port": "many"})

    assert row.waiting == {"dst-port"}
    assert row.wrong == {"src-port"}
    assert row.values == {"chain": "forward", "protocol": "tcp"}
    assert [problem.property for problem in row.problems] == ["src_port"]


def test_each_property_is_parsed_once(monkeypatch):
    parsed = []
    parse = Csv.parse
    monkeypatch.setattr(Csv, "parse", lambda self, value: parsed.append(value) or parse(self, value))

    row = declared(PEERS, props={"interface": "wg0", "public_key": KEY, "allowed_address": "10.0.0.0/8"})

    assert row.printed
    assert row.values
    assert parsed == ["10.0.0.0/8"]


@pytest.mark.parametrize(
    ("asked", "place"), [({"at": "first"}, FIRST), (None, None), ({"at": "nowhere"}, None), ({"at": "before"}, None)]
)
def test_a_place_is_read_or_there_is_none(asked, place):
    assert declared(FILTER, props={"chain": "forward"}, position=asked).place == place


@pytest.mark.parametrize(
    ("props", "unknown", "held"),
    [({"held": "10.0.0.0/8"}, [], ("10.0.0.0/8",)), ({}, [], ()), ({}, ["held"], None), ({"held": "what"}, [], None)],
)
def test_of_a_row_it_is_known_which_elements_it_says_are_held_or_not_known(props, unknown, held):
    assert declared(PEERS, unknown, props).held == held


@pytest.mark.parametrize(
    ("props", "element"), [({"element": "10.0.0.2"}, "10.0.0.2/32"), ({}, None), ({"element": "what"}, None)]
)
def test_a_resource_that_holds_says_whose_and_what(props, element):
    assert declared(f"held:{PEERS}", props={"of": TAG, **props}).holding == Holding(TAG, element)


def test_a_list_has_its_entries_by_address_with_timeouts_and_what_more_is_said_of_them():
    props = {
        "list": "l",
        "entries": {},
        "addresses": "10.0.0.0/8,10.1.1.1 1d",
        "more": {"10.2.2.2": {"disabled": True}},
    }
    row = declared("address-list", props=props)

    assert row.path == "/ip/firewall/address-list"
    assert {address: (one.timeout, one.disabled) for address, one in row.entries.items()} == {
        "10.0.0.0/8": ("", False),
        "10.1.1.1": ("1d", False),
        "10.2.2.2": ("", True),
    }
    assert declared("address-list", ["addresses", "more"], {"list": "l", "entries": {}}).waiting == {
        "addresses",
        "more",
    }
