"""Property values: equal on both sides of the wire, secret in the state, marked again after a provider's answer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc

from wiretik.engine.crypto import Crypter
from wiretik.engine.diff import compare, contains, parse_path, reset, show_path
from wiretik.engine.errors import PassphraseError, StateError
from wiretik.engine.state.checkpoint import dump_value, load_value
from wiretik.engine.values import UNKNOWN, Secret, from_struct, mark_secrets, plain, same, to_struct

plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1), inner, max_size=4),
    max_leaves=12,
)
values = st.recursive(
    plain_values | plain_values.map(Secret) | st.just(UNKNOWN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=8,
)


class Seal:
    """A cipher that can be seen through."""

    def encrypt(self, plaintext, place=""):  # noqa: ARG002
        return plaintext[::-1]

    def decrypt(self, ciphertext, place=""):  # noqa: ARG002
        return ciphertext[::-1]


@pytest.mark.property
@given(st.dictionaries(st.text(min_size=1), values, max_size=4))
def test_what_is_sent_is_what_arrives(properties):
    assert same(from_struct(to_struct(properties)), properties) or "UNKNOWN" in repr(properties)
    assert plain(from_struct(to_struct(properties))) == plain(properties)


@pytest.mark.property
@given(st.dictionaries(st.text(min_size=1), plain_values, max_size=4))
def test_the_sdk_reads_the_same_values_as_the_engine(properties):
    theirs = rpc.deserialize_properties(to_struct(properties))

    assert same(theirs, properties)


@pytest.mark.property
@given(plain_values)
def test_what_is_stored_is_what_is_loaded_and_a_secret_is_nowhere_in_plain(value):
    stored = json.loads(json.dumps(dump_value({"a": Secret({"needle": value})}, Seal(), "")))

    assert "needle" not in json.dumps(stored)
    assert same(load_value(stored, Seal(), ""), {"a": Secret({"needle": value})})


@pytest.mark.property
@given(plain_values, plain_values)
def test_there_is_a_difference_exactly_where_two_values_are_not_the_same(old, new):
    assert bool(compare({"x": old}, {"x": new})) == (not same({"x": old}, {"x": new}))
    assert not compare({"x": old}, {"x": old})


@pytest.mark.property
@given(st.lists(st.text(min_size=1) | st.integers(0, 99), min_size=1).filter(lambda p: isinstance(p[0], str)))
def test_a_path_reads_back_as_it_was_written(path):
    if "*" not in path:
        assert parse_path(show_path(tuple(path))) == tuple(path)


def test_true_is_not_one_and_a_null_is_an_absent_key():
    assert not same(True, 1)
    assert same({"a": None}, {})
    assert not same([None], [])
    assert same(1, 1.0)


def test_nothing_unknown_is_the_same_as_anything():
    assert not same(UNKNOWN, UNKNOWN)
    with pytest.raises(StateError):
        dump_value(UNKNOWN, None, "x")


def test_an_answer_is_marked_again_by_equal_names_but_not_inside_lists():
    question = {"key": Secret("k"), "deep": {"key": Secret("k"), "open": 1}, "list": [{"key": Secret("k")}]}

    answer = mark_secrets({"key": "k", "deep": {"key": "k", "open": 1}, "list": [{"key": "k"}], "new": 2}, question)

    assert answer == {
        "key": Secret("k"),
        "deep": {"key": Secret("k"), "open": 1},
        "list": Secret([{"key": "k"}]),
        "new": 2,
    }


def test_a_secret_is_in_no_representation():
    assert "geheim" not in repr(Secret("geheim"))
    assert "geheim" not in repr(compare({"a": Secret("geheim")}, {"a": "geheim2"}))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a"], {"a": 1, "b": {"c": [9, 8], "d": 7}}),
        (["b.c[0]"], {"a": 5, "b": {"c": [1, 8], "d": 7}}),
        (["b.c[*]"], {"a": 5, "b": {"c": [1, 2], "d": 7}}),
        (['b["d"]'], {"a": 5, "b": {"c": [9, 8]}}),
        (["b"], {"a": 5, "b": {"c": [1, 2]}}),
        (["*"], {"a": 1, "b": {"c": [1, 2]}}),
    ],
)
def test_ignored_paths_take_their_old_values(paths, expected):
    old = {"a": 1, "b": {"c": [1, 2]}}
    new = {"a": 5, "b": {"c": [9, 8], "d": 7}}

    assert reset(old, new, paths) == (expected, ())


def test_a_path_whose_surroundings_changed_is_named():
    assert reset({"b": {"c": [1]}}, {"b": {"c": [1, 2]}}, ["b.c[1]"])[1] == ("b.c[1]",)


def test_a_wildcard_contains_every_part():
    assert contains(("a", "*"), ("a", 3, "x"))
    assert not contains(("a", "b"), ("a",))


def test_a_ciphertext_is_kept_while_its_text_is_and_another_passphrase_is_noticed():
    one = Crypter.new("right")
    sealed = one.encrypt("text", "here")

    assert one.encrypt("text", "here") == sealed
    assert one.encrypt("text", "there") != sealed
    assert Crypter("right", one.salt).decrypt(sealed) == "text"
    with pytest.raises(PassphraseError, match="incorrect passphrase"):
        Crypter("wrong", one.salt).verify()
    with pytest.raises(PassphraseError, match="damaged"):
        one.decrypt(sealed[:-8] + "AAAAAAA=")
