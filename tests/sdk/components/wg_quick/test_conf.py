"""A provider's file, read and complained about without ever showing what is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretik.components.wg_quick.conf import parse

PRIVATE = "MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk="
SHARED = "qK0Yd8b5iHqWf0m0yJ3rWq1xk8nUqzv2oUqkQ0WZ5mE="
GOOD = f"""
[Interface]
PrivateKey = {PRIVATE}   # do not share
Address = 10.8.0.2/32, fd00::2/128
DNS = 10.8.1.1, 2001:db8::53, example.internal
MTU = 1380

[Peer]
publickey=U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=
PresharedKey = {SHARED}
AllowedIPs = 0.0.0.0/0, ::/0
Endpoint = server1.example.com:51820
PersistentKeepalive = 25
"""


def without(key):
    return "\n".join(line for line in GOOD.splitlines() if not line.startswith(key))


def test_a_file_is_read_as_wg_quick_reads_it():
    found = parse(GOOD)

    assert (found.private_key, found.preshared_key) == (PRIVATE, SHARED)
    assert (found.address, found.ipv6, found.mtu) == ("10.8.0.2/32", True, 1380)
    assert (found.dns, found.address6) == (("10.8.1.1",), "fd00::2/128")
    assert found.endpoint == "server1.example.com:51820"


def test_keys_are_not_shown():
    shown = repr(parse(GOOD))

    assert PRIVATE not in shown
    assert SHARED not in shown


def test_what_may_lack_lacks():
    found = parse(without("PresharedKey").replace("MTU = 1380", "").replace("DNS", "#DNS").replace(", fd00::2/128", ""))

    assert (found.preshared_key, found.mtu, found.dns, found.ipv6) == ("", None, (), False)


def test_two_halves_are_everything_too():
    assert parse(GOOD.replace("0.0.0.0/0", "0.0.0.0/1, 128.0.0.0/1")).address == "10.8.0.2/32"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (without("PrivateKey"), "[Interface] has no PrivateKey"),
        (without("Address"), "[Interface] has no IPv4 Address"),
        (GOOD.replace("10.8.0.2/32, ", ""), "[Interface] has no IPv4 Address"),
        (without("Endpoint"), "[Peer] has no Endpoint"),
        (without("publickey"), "[Peer] has no PublicKey"),
        (GOOD.replace("10.8.0.2/32", "10.8.0.256/32"), "line 4: Address isn't one"),
        (GOOD.replace(":51820", ""), "line 12: Endpoint isn't HOST:PORT"),
        (GOOD.replace("1380", "big"), "line 6: MTU isn't a whole number such as 1420"),
        (
            GOOD.replace("0.0.0.0/0", "10.0.0.0/8"),
            "line 11: AllowedIPs isn't 0.0.0.0/0: such a peer belongs in a Tunnel",
        ),
        (GOOD + "[Peer]\nPublicKey = x", "it has 2 sections [Peer], and one is needed"),
        ("[Interface]\nPrivateKey = x\nPrivateKey", "line 3 is neither a section nor KEY = VALUE"),
        ("vpn.conf", "it is no wg-quick file, which has [Interface] and [Peer]: give its text, not its name"),
        ("", "it is no wg-quick file, which has [Interface] and [Peer]: give its text, not its name"),
    ],
)
def test_a_complaint_names_line_and_key(text, told):
    with pytest.raises(ValueError, match=r".") as wrong:
        parse(text)

    assert told in str(wrong.value).splitlines()


@given(st.text(), st.text(alphabet="[]=\n# abAddressPrivateKey0123456789./,"))
def test_any_text_is_read_or_refused_without_its_secret(head, tail):
    text = f"[Interface]\nPrivateKey = {PRIVATE}\n{head}\n{tail}"
    with pytest.raises(ValueError, match=r".") as wrong:
        parse(text)

    assert PRIVATE not in str(wrong.value)


def test_a_file_with_an_ipv6_address_but_without_everything_of_ipv6_has_none():
    assert not parse(GOOD.replace(", ::/0", "")).ipv6
    assert not parse(GOOD.replace("::/0", "::/1")).ipv6
    assert parse(GOOD.replace("::/0", "::/1, 8000::/1")).ipv6
