"""The wire codec against one that was written by others, and against every way in which a stream may be cut."""

import contextlib
import itertools

import hypothesis.strategies as st
import pytest
from hypothesis import given
from librouteros.protocol import decode_length, encode_sentence

from strategies import SENTENCES, WORDS
from wiretik_provider.wire import Decoder, Malformed, attribute, encode, encode_length

pytestmark = pytest.mark.property


@given(SENTENCES)
def test_a_sentence_is_encoded_as_librouteros_encodes_it(sentence):
    assert encode(sentence) == encode_sentence(*sentence, encoding="utf-8")


@given(st.integers(0, 0x0FFF_FFFF))
def test_librouteros_reads_our_lengths(length):
    assert decode_length(encode_length(length)) == length


@pytest.mark.parametrize("length", [0, 0x7F, 0x80, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000, 0x0FFF_FFFF, 0x1000_0000])
def test_a_word_of_each_length_class_is_announced_in_as_many_bytes_as_the_protocol_says(length):
    sizes = [(0x80, 1), (0x4000, 2), (0x20_0000, 3), (0x1000_0000, 4), (0x1_0000_0000, 5)]
    assert len(encode_length(length)) == next(size for limit, size in sizes if length < limit)


@given(st.lists(SENTENCES, max_size=4), st.lists(st.integers(0, 400), max_size=6))
def test_however_the_stream_is_cut_the_same_sentences_come_out(sentences, cuts):
    stream = b"".join(encode(sentence) for sentence in sentences)
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    decoder = Decoder()
    out = [sentence for start, end in itertools.pairwise(places) for sentence in decoder.feed(stream[start:end])]
    assert out == sentences
    assert decoder.idle


@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_byte_by_byte_is_a_cut_like_any_other(sentences):
    stream = b"".join(encode(sentence) for sentence in sentences)
    decoder = Decoder()
    assert [out for byte in stream for out in decoder.feed(bytes([byte]))] == sentences


@given(st.binary(min_size=1, max_size=40))
def test_words_in_any_encoding_come_back_as_they_were(raw):
    word = raw.decode("utf-8", "surrogateescape")
    decoded = list(Decoder().feed(encode([word])))
    assert decoded[0][0].encode("utf-8", "surrogateescape") == raw


@given(st.binary(max_size=60))
def test_any_bytes_are_sentences_or_malformed_and_nothing_else(raw):
    decoder = Decoder(max_word=1000)
    with contextlib.suppress(Malformed):
        assert all(sentence for sentence in decoder.feed(raw))


@given(WORDS.filter(lambda name: "=" not in name), WORDS)
def test_an_attribute_is_split_at_the_first_sign_of_equality_behind_its_name(name, value):
    assert attribute(f"={name}={value}") == (name, value)
