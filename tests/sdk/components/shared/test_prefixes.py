"""What prefixes say of each other."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wiretik.components.shared import prefixes
from wiretik.components.shared.prefixes import DEFAULT, Network, address_or_none, prefix_or_none
from wiretik_provider.codecs import addresses as codecs
from wiretik_provider.codecs.addresses import is_ip
from wiretik_provider.errors import InvalidValue

NETWORKS = st.builds(
    lambda number, length: Network((number >> (32 - length) << (32 - length) if length else 0, length)),
    st.integers(0, 2**32 - 1),
    st.integers(0, 32),
)


@given(st.lists(NETWORKS), NETWORKS)
def test_in_main_exactly_what_no_connected_route_covers_is_routed_and_never_a_default_route(allowed, own):
    routed = prefixes.routed(allowed, [own])

    assert DEFAULT not in routed
    assert set(routed) == {one for one in allowed if one != DEFAULT and not one.subnet_of(own)}
    assert len(set(routed)) == len(routed)


@given(st.lists(NETWORKS))
def test_in_a_table_of_its_own_all_is_routed_since_it_has_no_connected_routes(allowed):
    assert set(prefixes.routed(allowed, None)) == set(allowed)


@given(st.dictionaries(st.text(), st.lists(NETWORKS)))
def test_peers_share_a_prefix_exactly_when_two_of_them_have_it(peers):
    names = list(peers)
    told = {prefix for prefix, _, _ in prefixes.shared(peers)}

    assert told == {
        prefix
        for at, name in enumerate(names)
        for other in names[at + 1 :]
        for prefix in set(peers[name]) & set(peers[other])
    }


def test_the_inner_one_of_two_nested_prefixes_is_named_first():
    small, large = prefixes.network("10.1.0.0/16"), prefixes.network("10.0.0.0/8")

    (overlap,) = prefixes.overlaps({"hub": [large], "spoke": [small]})

    assert (overlap.inner, overlap.small, overlap.outer, overlap.large) == ("spoke", small, "hub", large)


def test_a_slash_32_connects_the_far_end_that_is_named_and_any_other_address_its_own_network():
    assert str(prefixes.connected("10.8.0.2/32", "10.8.1.1")) == "10.8.1.1/32"
    assert str(prefixes.connected("10.8.0.2/32")) == "10.8.0.2/32"
    assert str(prefixes.connected("10.20.0.2/24", "10.20.0.0")) == "10.20.0.0/24"


@pytest.mark.parametrize("text", ["server", "server:", ":51820", "server:0", "server:65536", "server:x", ""])
def test_what_is_no_endpoint_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"is not an endpoint such as server\.example\.com:51820"):
        prefixes.endpoint(text)


def test_an_endpoint_is_host_and_port_also_in_brackets():
    assert prefixes.endpoint(" server.example.com:51820 ") == ("server.example.com", 51820)
    assert prefixes.endpoint("[2001:db8::1]:51820") == ("2001:db8::1", 51820)


@pytest.mark.parametrize(("text", "reason"), [("10.0.0/24", "not an IPv4 prefix"), ("fd00::/8", "is IPv6")])
def test_what_is_no_ipv4_prefix_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        prefixes.network(text)
    with pytest.raises(ValueError, match=reason.replace("prefix", "address")):
        prefixes.connected(text)


def test_prefixes_of_both_kinds_are_told_apart():
    four, six = prefixes.prefix("10.20.0.0/16"), prefixes.prefix("fd00:20::/48")

    assert prefixes.routed([four, six, prefixes.DEFAULT6], [prefixes.prefix("fd00::/16")]) == [four]
    assert not prefixes.within(six, [DEFAULT])
    assert prefixes.within(six, [prefixes.DEFAULT6])
    assert list(prefixes.overlaps({"a": [DEFAULT], "b": [six]})) == []
    with pytest.raises(ValueError, match="'x' is not a prefix such as"):
        prefixes.prefix("x")


PARTS = st.sampled_from(["10", "0", "255", "256", "01", "fd00", "::", ":", ".", "/", "24", "33", "129", "-", "x", ""])
LIKE = st.one_of(
    st.lists(PARTS, max_size=9).map("".join),
    st.ip_addresses().map(str),
    st.builds("{}/{}".format, st.ip_addresses(), st.integers(0, 130)),
)


@given(LIKE)
@example("::ffff:10.0.0.1")
@example("10.0.0.1/255.255.255.0")
@example("10.0.0.1/+24")
def test_the_sdk_and_the_provider_agree_on_what_an_address_and_a_prefix_are(text):
    assert (address_or_none(text) is not None) == is_ip(text)
    assert (prefix_or_none(text) is not None) == is_prefix(text)


def is_prefix(text):
    """As the provider's codec has it, which refuses the bits of a host that components clear."""
    try:
        return bool(codecs.Prefix().parse(text))
    except InvalidValue as error:
        return "host bits" in error.problem
