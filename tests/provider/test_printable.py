"""The one escape."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import NAMES, no_control_characters
from wiretik_provider import errors
from wiretik_provider.printable import one_line, printable, restored, stored

WIRE = st.binary().map(lambda data: data.decode("utf-8", "surrogateescape"))
"""What a router's words may be."""
WHOLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
"""What people can write: a NUL can't be sent."""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("wg0 · Büro 東京 😀 \\x1b 'a' \"b\"", "wg0 · Büro 東京 😀 \\x1b 'a' \"b\""),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb\tc\rd", r"a\nb\tc\rd"),
        ("\x7f\x85\x9b", r"\x7f\u0085\u009b"),
        ("a\u202eb\u200b\u2028", r"a\u202eb\u200b\u2028"),
        (b"B\xfcro".decode("utf-8", "surrogateescape"), r"B\xfcro"),
        ("B\0fcro", r"B\xfcro"),
        ("\0", r"\x00"),
        ("\U000e0001", r"\U000e0001"),
    ],
)
def test_a_character_that_cant_be_shown_stands_as_its_code(text, shown):
    assert printable(text) == shown


@given(WIRE)
def test_whatever_a_router_sends_is_one_line_of_visible_characters(text):
    shown = printable(text)
    assert shown.isprintable()
    shown.encode()
    assert printable(shown) == shown


def test_a_text_of_several_lines_becomes_one():
    assert one_line("a\n  b\x1b\n") == r"a b\x1b"


@given(WIRE)
def test_what_is_stored_is_utf8_and_comes_back_as_it_was(text):
    value = {"comment": text, text: [text, 1, None, True]}
    kept = stored(value)
    kept["comment"].encode()
    assert restored(kept) == value


@given(WHOLE)
def test_a_persons_text_is_stored_as_it_is_and_never_taken_for_bytes(text):
    assert stored(text) == text
    assert restored(text) == text


@pytest.mark.parametrize("name", NAMES)
def test_every_error_is_one_line_that_can_be_shown(name):
    row = errors.RowError(name, "/ip/route", name, name)
    found = [
        errors.WiretikError(name),
        errors.ConfigError(name),
        errors.InvalidValue(name),
        errors.ConnectionLost(name, name),
        errors.Trap(name, "/ip/route", "add", name),
        row,
        errors.PartlyDone(row, "id", {}),
        errors.GateError(name, name),
    ]
    for error in (*found, *(pickle.loads(pickle.dumps(one)) for one in found)):
        no_control_characters(str(error))
        assert "\n" not in str(error)
