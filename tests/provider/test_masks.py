"""What a router repeats of a secret is hidden, however it writes it, and nothing else is."""

import base64
import json
import urllib.parse

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from evil import hostile
from wiretik_provider.api.session import Access, Session
from wiretik_provider.errors import ConnectionLost, LoginError
from wiretik_provider.masks import MASK, Known, is_secret
from wiretik_provider.menus import MENUS
from wiretik_provider.wire import encode

KEY = "AAEBAQEBAQEBAQEBAQEBA/EBAQEBAQE+AQEBAQEBAUE="
PASSWORD = "Gehe1m&Wört\"er'\\ "

WRITTEN = {
    "as it is": lambda text: text,
    "as RouterOS exports it": lambda text: "".join(
        char if char.isascii() and char.isalnum() else "".join(f"\\{byte:02X}" for byte in char.encode())
        for char in text
    ),
    "each byte in hex": lambda text: "".join(f"\\x{byte:02x}" for byte in text.encode()),
    "as a URL has it": urllib.parse.quote,
    "as JSON has it": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "as HTML has it": lambda text: text.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;"),
    "with backslashes": lambda text: "".join(char if char.isalnum() else f"\\{char}" for char in text),
    "only in part as a URL has it": lambda text: text[:20] + urllib.parse.quote(text[20:], safe=""),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=list(WRITTEN))
@pytest.mark.parametrize("secret", [KEY, PASSWORD], ids=["key", "password"])
def test_a_secret_is_hidden_however_it_is_written(write, secret):
    known = Known([secret])
    assert known.masked(f"invalid value <{write(secret)}> for it") == f"invalid value <{MASK}> for it"


FORMS = {
    "hex": bytes.hex,
    "HEX": lambda raw: raw.hex().upper(),
    "safe in URLs": lambda raw: base64.urlsafe_b64encode(raw).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_key_is_hidden_in_other_encodings_of_its_bytes(form):
    written = form(base64.b64decode(KEY))
    assert Known([KEY]).masked(f"bad key {written}.") == f"bad key {MASK}."


@settings(deadline=None)
@given(st.integers(0, 36), st.integers(8, 44))
def test_a_piece_of_a_secret_is_hidden(start, length):
    piece = KEY[start : start + length]
    assume(len(piece) >= 8)
    assert piece not in Known([KEY]).masked(f"value {piece}… of private-key")
    assert Known([KEY]).masked(f"value {piece}").startswith("value [")


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=4, max_size=60))
def test_no_secret_is_left_in_any_text(before, after, secret):
    assume(secret not in MASK and secret not in ("none", "true", "false"))
    hidden = Known([secret]).masked(before + secret + after)
    assert secret not in hidden.replace(MASK, "\0")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_text_without_a_secret_stays_as_it_is(text):
    assume(not any(KEY[at : at + 8] in text for at in range(len(KEY) - 7)))
    assert Known([KEY]).masked(text) == text


def test_what_is_too_short_to_be_a_secret_hides_nothing():
    assert Known(["a", "no", "", "none", "*****"]).masked("no, a none ***** value") == "no, a none ***** value"


def test_shown_it_tells_nothing():
    assert KEY not in repr(Known([KEY]))


def test_every_field_that_is_secret_sounds_so():
    for path, menu in MENUS.items():
        for field in menu.fields:
            assert is_secret(field.name) == field.secret, f"{path} {field.name}"


@pytest.mark.parametrize(
    "name", ["public-key", "host-key-type", "key-size", "passthrough", "monkey", "current-endpoint"]
)
def test_what_everybody_may_know_is_no_secret(name):
    assert not is_secret(name)


@pytest.mark.parametrize(
    "name", ["password", "ipsec-secret", "wpa2-pre-shared-key", "key-passphrase", "auth-key", "key"]
)
def test_other_menus_have_secrets_as_well(name):
    assert is_secret(name)


def reach(port):
    return Access(host="127.0.0.1", port=port, tls=False, username="u", password=PASSWORD, timeout=5)


@pytest.mark.parametrize("reply", ["!trap", "!fatal", "!odd", "!done"])
def test_no_answer_of_any_kind_repeats_what_was_sent(reply):
    def answer(connection, sentence, tag):
        attribute = "" if reply == "!fatal" else "=message="
        words = [f"{attribute}{word}" for word in sentence] if reply != "!odd" else [f"!odd {KEY}"]
        told = (reply, tag, *words) if reply != "!odd" else (*words, tag)
        connection.sendall(encode(told) + encode(("!done", tag if reply != "!done" else f".tag={KEY}")))

    with hostile(answer) as port:
        session = Session(reach(port))
        try:
            trap = session.batch([_with_key()])[0].trap
            told = repr(trap) + str(trap)
        except ConnectionLost as lost:
            told = repr(lost) + str(lost)
        assert KEY not in told
        session.close()


def _with_key():
    from wiretik_provider.api.session import Command

    return Command("/interface/wireguard", "add", ("=name=wg0", f"=private-key={KEY}"))


@pytest.mark.parametrize("write", WRITTEN.values(), ids=list(WRITTEN))
def test_a_login_that_repeats_the_password_does_not_show_it(write):
    def login(connection, _sentence, _tag):
        connection.sendall(encode(("!trap", f"=message=no user with {write(PASSWORD)}")) + encode(("!done",)))

    with hostile(login=login) as port, pytest.raises(LoginError, match=r"no user with \[secret\]") as refused:
        Session(reach(port))
    assert PASSWORD not in str(refused.value)


def test_a_secret_of_an_earlier_connection_is_remembered():
    from wiretik_provider.api.link import Link

    heard = []

    def answer(connection, sentence, tag):
        heard.append(sentence)
        if len(heard) == 1:
            connection.close()
        else:
            connection.sendall(encode(("!trap", tag, f"=message=busy with {KEY}")) + encode(("!done", tag)))

    with hostile(answer) as port:
        link = Link(reach(port))
        with pytest.raises(ConnectionLost):
            link.session.batch([_with_key()])
        answer = link.session.batch([_with_key()._replace(words=())])[0]
        assert answer.trap.message == f"busy with {MASK}"
        link.close()


def test_a_key_in_base64_is_base64():
    assert len(base64.b64decode(KEY)) == 32


CONF = """[Interface]
PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=
Address = 10.8.0.2/32, fd00::2/128
DNS = 10.8.0.1

[Peer]
PublicKey=xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
PresharedKey=d2VsbC1rZXB0LXNlY3JldC1vZi10aGUtcGVlci4uLi4=
AllowedIPs = 0.0.0.0/0, ::/0
Endpoint = vpn7.server-of-a.example.com:51820
"""


@pytest.mark.parametrize(
    "text",
    [
        "conf: [Interface] has no IPv4 Address",
        "give the second an interface of its own",
        "the gateway 10.9.0.1 lies outside 10.8.0.0/24, and 10.8.0.2/32 reaches it",
        "of one interface only one can hold 0.0.0.0/0",
        "vpn7.server-of-a.example.com:51820 isn't resolved",
        "AllowedIPs, PublicKey and Endpoint are there",
    ],
)
def test_of_a_file_its_words_and_addresses_can_still_be_said(text):
    assert Known([CONF]).masked(text) == text


@pytest.mark.parametrize(
    "key", ["yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "d2VsbC1rZXB0LXNlY3JldC1vZi10aGUtcGVlci4uLi4="]
)
def test_of_a_file_each_key_is_masked_also_a_piece_of_it(key):
    known = Known([CONF])
    for told in (key, key[5:], key[10:20], key.replace("+", "%2B")):
        assert told not in known.masked(f"no such thing as {told}")


def test_of_a_script_what_looks_like_a_password_is_masked():
    known = Known([':local p "hunter22-kept"\n/tool fetch url=https://x password=$p\n'])
    assert "hunter22" not in known.masked("syntax error near hunter22-kept")
    assert known.masked("/tool fetch failed") == "/tool fetch failed"
