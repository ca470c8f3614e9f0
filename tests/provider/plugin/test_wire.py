"""Between Pulumi's protocol and plain values."""

from google.protobuf import struct_pb2
from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from wiretik_provider.plugin.names import TYPES
from wiretik_provider.plugin.wire import _OUTPUT, _RESOURCE, _SIGNATURE, _UNKNOWN, decode, encode
from wiretik_provider.rows.compare import UNKNOWN

ROW, BLOCK = TYPES["Peer"], TYPES["FilterChain"]
values = st.recursive(
    st.booleans() | st.integers(-(2**50), 2**50) | st.text(max_size=9),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(st.text(max_size=5), deeper, max_size=3),
    max_leaves=9,
)


def wrapped(signature, **parts):
    made = struct_pb2.Struct()
    made.update({_SIGNATURE: signature, **parts})
    return struct_pb2.Struct(fields={"presharedKey": struct_pb2.Value(struct_value=made)})


@settings(max_examples=rounds(50, 2000))
@given(st.dictionaries(st.sampled_from(["comment", "allowed_address", "endpoint_port"]), values), st.booleans())
def test_what_goes_out_comes_back(props, secret):
    told = decode(encode(props, ROW, props if secret else ()), ROW)

    assert told.values == told.raw == props
    assert told.secret == (set(props) if secret else set())


def test_every_way_to_say_unknown_is_unknown():
    for text in _UNKNOWN:
        made = struct_pb2.Struct()
        made.update({"endpointPort": text, "allowedAddress": ["10.0.0.0/8", text]})
        told = decode(made, ROW)
        assert told.values == {"endpoint_port": UNKNOWN, "allowed_address": UNKNOWN}
        assert told.raw["allowed_address"] == ["10.0.0.0/8", UNKNOWN]


def test_an_output_is_its_value_or_unknown_and_may_be_secret():
    known = decode(wrapped(_OUTPUT, value="k", secret=True), ROW)
    assert (known.values, known.secret) == ({"preshared_key": "k"}, {"preshared_key"})
    assert decode(wrapped(_OUTPUT), ROW).values == {"preshared_key": UNKNOWN}


def test_a_resource_is_its_id():
    assert decode(wrapped(_RESOURCE, id="wg0", urn="u"), ROW).values == {"preshared_key": "wg0"}


def test_a_null_is_a_property_that_isnt_there():
    assert decode(encode({"comment": None, "disabled": True}, ROW), ROW).values == {"disabled": True}


def test_bytes_that_arent_utf_8_go_through():
    text = "caf\udce9"
    assert decode(encode({"comment": text}, ROW), ROW).values == {"comment": text}


def test_a_blocks_rules_have_names_of_the_program_and_properties_of_the_menu():
    rules = {"my_rule": {"in_interface": "ether1", "dst_port": "53"}}
    there = encode({"rules": rules}, BLOCK)

    assert set(there.fields["rules"].struct_value.fields["my_rule"].struct_value.fields) == {"inInterface", "dstPort"}
    assert decode(there, BLOCK).values == {"rules": rules}
