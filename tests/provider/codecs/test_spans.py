"""What a printed text covers, read in one place."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretik_provider.codecs.spans import Hop, addresses, gateways, is_address, numbers, span4, span6


@given(st.ip_addresses(), st.integers(0, 128))
def test_a_prefix_covers_what_pythons_own_does(address, length):
    network = ipaddress.ip_network((address, min(length, address.max_prefixlen)), strict=False)
    read = span4 if network.version == 4 else span6

    assert read(str(network)) == (int(network[0]), int(network[-1]))
    assert read(f"{network[0]}-{network[-1]}") == read(str(network))
    assert is_address(str(address))
    assert not is_address(str(network))


@given(st.ip_addresses(v=4), st.ip_addresses(v=6))
def test_no_address_of_one_family_is_one_of_the_other(four, six):
    assert addresses(str(four))[1] < addresses(str(six))[0]


@pytest.mark.parametrize(
    "text", ["", "ether1", "10.0.0.0/33", "10.0.0.1/", "10.0.0.9-10.0.0.1", "010.0.0.1", "fe80::1%ether1", "::/129"]
)
def test_what_is_none_of_them_is_not_guessed(text):
    assert addresses(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("80", ((80, 80),)), ("80,443-445", ((80, 80), (443, 445))), ("90-80", None), ("80,", None), ("²", None)],
)
def test_ports_are_spans_by_commas(text, found):
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("text", "hop", "leaves"),
    [
        ("wg0", Hop("wg0"), "wg0"),
        ("10.0.0.1%ether1", Hop("10.0.0.1", "ether1"), "ether1"),
        ("10.0.0.1@vpn", Hop("10.0.0.1", "", "vpn"), "10.0.0.1"),
        ("fe80::1%ether1@main", Hop("fe80::1", "ether1", "main"), "ether1"),
    ],
)
def test_a_gateway_is_an_address_an_interface_and_a_table(text, hop, leaves):
    assert gateways(f"{text},ether9") == (hop, Hop("ether9"))
    assert hop.leaves == leaves
