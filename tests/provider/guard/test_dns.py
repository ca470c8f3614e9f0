"""A question to a name server is a packet as RFC 1035 has it, and only its own answer is taken for one."""

import pytest

from wiretik_provider.guard import dns


def test_a_question_is_a_header_the_labels_and_what_is_asked():
    packet = dns.question(0x1234, "www.example.com.")
    assert packet == bytes.fromhex("12340100000100000000000003777777076578616d706c6503636f6d0000010001")
    assert dns.question(1, "a.b", family=6)[-4:] == bytes([0, 28, 0, 1])


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("123481800001000100000000", ""),
        ("123481800001000000000000", "it knows no address of that name"),
        ("123481830001000000000000", "there is no such name"),
        ("1234818f0001000000000000", "it answers with code 15"),
        ("123501800001000100000000", None),
        ("123401000001000000000000", None),
        ("1234", None),
    ],
)
def test_an_answer_has_addresses_or_says_why_not(header, says):
    assert dns.answered(0x1234, bytes.fromhex(header)) == says


@pytest.mark.parametrize(
    ("name", "well"), [("a.example", True), ("a..b", False), ("", False), ("x" * 64, False), ("ü.de", False)]
)
def test_a_name_has_labels_of_ascii(name, well):
    assert dns.is_name(name) is well
