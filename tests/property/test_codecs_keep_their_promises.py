"""The laws of `values`, for the codec of every property of every menu."""

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings

from at_length import rounds
from strategies import ANYTHING, KEYS, TEXT, written
from wiretik_provider.codecs.base import Bool, Csv, Flag, Int, Key, Text
from wiretik_provider.codecs.times import Duration
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus import MENUS

pytestmark = pytest.mark.property

CODECS = list({field.codec: None for menu in MENUS.values() for field in menu.fields})
ANY_CODEC = st.sampled_from(CODECS)
WRITTEN = ANY_CODEC.flatmap(lambda codec: st.tuples(st.just(codec), written(codec)))


def parsed(codec, value):
    try:
        return codec.parse(value)
    except InvalidValue as error:
        refused = error.problem
    assert refused
    assert "\n" not in refused
    return None


@settings(max_examples=rounds(40, 6000))
@given(WRITTEN)
def test_what_a_user_may_write_is_taken_comes_back_and_is_sent_as_the_router_prints_it(pair):
    """One law for all, since to think of a value takes longer than to judge it."""
    codec, value = pair
    canonical = codec.parse(value)
    assert codec.parse(canonical) == canonical
    keeps_the_laws_on_its_way(codec, canonical)


def keeps_the_laws_on_its_way(codec, canonical):
    """A flag that isn't set isn't sent; booleans are sent as yes and printed as true."""
    if not (isinstance(codec, Flag) and canonical is False):
        assert codec.read(codec.write(canonical)) == canonical
    if not isinstance(codec, Bool):  # so a second comparison finds nothing to do
        sent = codec.write(canonical)
        assert codec.write(codec.read(sent)) == sent


def kept_by_pulumi(codec, value):
    return (
        all(isinstance(item, str) for item in value) if isinstance(codec, Csv) else isinstance(value, bool | int | str)
    )


@settings(max_examples=rounds(100, 20000))
@given(ANY_CODEC, ANYTHING)
@example(Int(), 2**70)
@example(Duration(), "9" * 400)
@example(Text(), "\ud800")
def test_anything_else_is_refused_as_an_invalid_value_or_keeps_the_laws(codec, value):
    canonical = parsed(codec, value)
    if canonical is not None:
        assert kept_by_pulumi(codec, canonical)
        assert codec.parse(canonical) == canonical
        keeps_the_laws_on_its_way(codec, canonical)


@given(ANY_CODEC, TEXT)
def test_whatever_a_router_prints_can_be_read(codec, text):
    read = codec.read(text)
    assert isinstance(read, bool | int | str | list)


@given(st.sampled_from([codec for codec in CODECS if isinstance(codec, Int)]), st.integers(0, 10**9))
def test_a_number_that_comes_back_from_pulumi_as_a_float_is_the_same_number(codec, number):
    assert parsed(codec, float(number)) == parsed(codec, number)


@given(st.sampled_from([codec for codec in CODECS if isinstance(codec, Key)]), KEYS)
def test_an_error_about_a_key_never_shows_it(codec, key):
    for wrong in (key[:-4], key + "AAAA", key.replace("=", "?"), f" {key[1:]}!"):
        with pytest.raises(InvalidValue) as error:
            codec.parse(wrong)
        assert key[:20] not in str(error.value)
        assert wrong.strip() not in str(error.value)
