"""The embedded router as a service: strangers cost little, and honest clients get in all the same."""

import base64
import contextlib
import gc
import hashlib
import itertools
import json
import re
import socket
import ssl
import weakref

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from at_length import rounds
from rawclient import RawClient
from waiting import until
from wiretik_provider.simulator import serve
from wiretik_provider.simulator.services import http, secure, server

PASSWORD = "pw"
WHO = b"Authorization: Basic " + base64.b64encode(f"admin:{PASSWORD}".encode()) + b"\r\n"


@pytest.fixture(scope="module")
def lab():
    with serve(password=PASSWORD, rest=True) as running:
        yield running


def talk(port, *pieces, wait=b""):
    """What a REST service answers until it closes, or until `wait` is there."""
    told = b""
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        for piece in pieces:
            connection.sendall(piece)
        while not (wait and wait in told):
            data = connection.recv(65536)
            if not data:
                break
            told += data
    return told


def request(method, target, body=b"", *headers):
    lines = [f"{method} {target} HTTP/1.1".encode(), b"Host: x", WHO.strip(), b"Connection: close", *headers]
    return b"\r\n".join([*lines, b"", b""]) + body


def chunked(body, sizes):
    told, at = b"", 0
    for size in sizes:
        part = body[at : at + size]
        at += size
        told += b"%x\r\n%s\r\n" % (len(part), part) if part else b""
    rest = body[at:]
    return told + (b"%x\r\n%s\r\n" % (len(rest), rest) if rest else b"") + b"0\r\n\r\n"


# --- REST -------------------------------------------------------------------------------------------------------------


@pytest.mark.property
@settings(max_examples=rounds(20, 400), deadline=None)
@given(st.lists(st.integers(1, 60), max_size=8), st.lists(st.integers(0, 400), max_size=4), st.text(max_size=30))
def test_a_body_in_chunks_is_the_body(lab, sizes, cuts, comment):
    comment = comment.replace("\0", "").encode("utf-8", "ignore").decode()
    body = json.dumps({"address": "10.44.0.1/24", "interface": "ether2", "comment": comment}).encode()
    data = request("PUT", "/rest/ip/address", chunked(body, sizes), b"Transfer-Encoding: chunked")
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    answer = talk(lab.rest_port, *(data[a:b] for a, b in itertools.pairwise(places)))
    try:
        assert answer.startswith(b"HTTP/1.1 201 ")
        made = lab.run("/ip/address/print", "?address=10.44.0.1/24")
        assert [row.get("comment", "") for row in made] == [comment]
    finally:
        for row in lab.run("/ip/address/print", "?address=10.44.0.1/24"):
            lab.run("/ip/address/remove", numbers=row[".id"])


REFUSED = {
    "a chunk of an absurd length": (b"Transfer-Encoding: chunked", b"FFFFFFFFFF\r\n", b"413"),
    "a chunk of a length that is none": (b"Transfer-Encoding: chunked", b"xyz\r\n", b"400"),
    "an absurd length": (b"Content-Length: 99999999999", b"", b"413"),
    "a length of thousands of digits": (b"Content-Length: " + b"9" * 5000, b"", b"4"),
    "a length that is none": (b"Content-Length: -1", b"", b"400"),
    "two lengths": (b"Content-Length: 1\r\nContent-Length: 2", b"", b"400"),
    "an unknown coding": (b"Transfer-Encoding: gzip", b"", b"501"),
    "a head without an end": (b"X: " + b"y" * 200_000, b"", b"431"),
    "no header": (b"\x16\x03\x01", b"", b"400"),
    "deep JSON": (b"Transfer-Encoding: chunked", chunked(b"[" * 100_000, [5000] * 20), b"400"),
    "a deep object": (
        b"Transfer-Encoding: chunked",
        chunked(b'{"a":' * 900 + b"1" + b"}" * 900, []),
        b"400",
    ),
    "deep lists": (b"Transfer-Encoding: chunked", chunked(b'{"a":' + b"[" * 900 + b"]" * 900 + b"}", []), b"400"),
    "a number of thousands of digits": (
        b"Transfer-Encoding: chunked",
        chunked(b'{"a":' + b"1" * 6000 + b"}", []),
        b"400",
    ),
    "half a character": (b"Transfer-Encoding: chunked", chunked(b'{"comment":"\\ud800"}', []), b"400"),
}


@pytest.mark.parametrize(("header", "body", "status"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_request_is_refused_at_once(lab, header, body, status):
    assert talk(lab.rest_port, request("PUT", "/rest/ip/address", body, header)).startswith(b"HTTP/1.1 " + status)
    assert talk(lab.rest_port, request("GET", "/rest/system/identity")).startswith(b"HTTP/1.1 200 ")


def test_a_body_that_grows_too_long_is_refused(lab):
    data = request("PUT", "/rest/ip/address", b"", b"Transfer-Encoding: chunked")
    piece = b"%x\r\n%s\r\n" % (1 << 20, b" " * (1 << 20))
    told = b""
    with socket.create_connection(("127.0.0.1", lab.rest_port), 20) as connection, contextlib.suppress(OSError):
        connection.sendall(data)
        for _ in range(8):
            connection.sendall(piece)
        told = connection.recv(1000)
    assert told.startswith(b"HTTP/1.1 413 ")


def test_who_expects_a_word_before_the_body_gets_it(lab):
    body = b'{"name": "lab"}'
    head = request("POST", "/rest/system/identity/set", b"", b"Content-Length: 15", b"Expect: 100-continue")
    with socket.create_connection(("127.0.0.1", lab.rest_port), 20) as connection:
        connection.sendall(head)
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_requests_behind_each_other_are_answered_in_their_order(lab):
    keep = [b"GET /rest/system/%s HTTP/1.1\r\nHost: x\r\n%s\r\n" % (one, WHO) for one in (b"identity", b"clock", b"no")]
    told = talk(lab.rest_port, b"".join(keep) + request("GET", "/rest/system/identity"))
    assert re.findall(rb"HTTP/1.1 (\d+)", told) == [
        b"200",
        b"200",
        b"400",
        b"200",
    ]


def test_who_asks_without_reading_is_not_read_from(lab):
    lab.run("/system/note/set", note="x" * 60_000)
    ask = b"GET /rest/system/note HTTP/1.1\r\nHost: x\r\n%s\r\n" % WHO
    lab.reset_stats()
    with socket.create_connection(("127.0.0.1", lab.rest_port), 0.5) as connection, contextlib.suppress(TimeoutError):
        for _ in range(2000):
            connection.sendall(ask * 100)
        pytest.fail("all of it was read")
    assert lab.stats().bytes_out < 60_000_000
    lab.run("/system/note/set", note="")


def test_nonsense_while_an_answer_is_under_way_ends_the_connection(lab, caplog):
    ask = b"GET /rest/system/identity HTTP/1.1\r\nHost: x\r\n%s\r\n" % WHO
    lab.slow(rtt_ms=50)
    try:
        for rest in (b"\0\1\2\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"\r\n" * 9000):
            with contextlib.suppress(ConnectionResetError):
                talk(lab.rest_port, ask, rest)
            with socket.create_connection(("127.0.0.1", lab.rest_port), 20) as client, contextlib.suppress(OSError):
                client.sendall(ask)
                client.shutdown(socket.SHUT_WR)
                assert client.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        lab.slow(rtt_ms=0)
    assert not caplog.records


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "BREW"])
def test_other_methods_are_answered_as_the_protocol_wants_it(lab, method):
    told = talk(lab.rest_port, request(method, "/rest/system/identity"))
    assert told.startswith(b"HTTP/1.1 405 ")
    assert (told.partition(b"\r\n\r\n")[2] == b"") == (method == "HEAD")


def test_half_a_request_is_given_up(lab, monkeypatch):
    monkeypatch.setattr(http, "_PATIENCE", 0.4)
    head = request("PUT", "/rest/ip/address", b'{"addr', b"Content-Length: 100")
    assert talk(lab.rest_port, head).startswith(b"HTTP/1.1 408 ")
    assert talk(lab.rest_port, b"PUT /rest") == b""
    assert talk(lab.rest_port) == b""


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_who_does_not_log_in_is_let_go(lab, monkeypatch):
    with RawClient(lab.host, lab.api_port) as known:
        known.login(password=PASSWORD)
        monkeypatch.setattr(server, "_STRANGER_SECONDS", 0.2)
        with RawClient(lab.host, lab.api_port) as stranger, pytest.raises(EOFError):
            stranger.sentence()
        assert known.talk("/system/identity/print")[-1] == ("!done",)


def test_a_handshake_that_does_not_end_is_let_go(lab, monkeypatch):
    monkeypatch.setattr(secure, "_HANDSHAKE", 0.1)
    with socket.create_connection((lab.host, lab.apis_port), 20) as stranger:
        stranger.sendall(b"\x16\x03\x01")
        with contextlib.suppress(ConnectionResetError):
            assert stranger.recv(100) == b""


def test_among_many_handshakes_the_oldest_is_let_go_for_an_honest_one(lab, monkeypatch):
    monkeypatch.setattr(secure, "_MOST", 4)
    strangers = [socket.create_connection((lab.host, lab.apis_port), 20) for _ in range(12)]
    with RawClient(lab.host, lab.apis_port, context=trusting()) as honest:
        assert honest.login(password=PASSWORD)[-1] == ("!done",)
    for stranger in strangers:
        stranger.close()


def trusting():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def hello():
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        trusting().wrap_bio(incoming, outgoing).do_handshake()
    return outgoing.read()


NOISE = hashlib.shake_256(b"noise").digest(500)
GARBAGE = {
    "nothing": b"",
    "noise": NOISE,
    "the API without TLS": b"\x06/login\x00",
    "HTTP": b"GET / HTTP/1.1\r\n\r\n",
    "a hello": hello(),
    "a hello and noise": hello() + NOISE,
    "half a hello": hello()[:60],
    "a record that never ends": b"\x16\x03\x01\x40\x00" + b"\x01" * 3000,
}

STRANGERS = rounds(5, 30)


@pytest.mark.parametrize("data", GARBAGE.values(), ids=list(GARBAGE))
def test_garbage_instead_of_a_handshake_leaves_nothing(lab, data, monkeypatch):
    came, there = [], weakref.WeakSet()
    made = secure.SecureConnection.connection_made

    def noted(connection, transport):
        came.append(None)
        there.add(connection)
        made(connection, transport)

    monkeypatch.setattr(secure.SecureConnection, "connection_made", noted)
    gc.disable()  # nothing may wait for the collector
    try:
        for _ in range(STRANGERS):
            with socket.create_connection((lab.host, lab.apis_port), 20) as stranger:
                stranger.sendall(data)
        until(lambda: len(came) == STRANGERS and not there)
    finally:
        gc.enable()
    with RawClient(lab.host, lab.apis_port, context=trusting()) as honest:
        assert honest.login(password=PASSWORD)[-1] == ("!done",)


def test_the_rest_service_has_as_many_sessions_as_it_says(lab):
    lab.run("/ip/service/set", numbers="www", max_sessions="2")
    try:
        open_ = [socket.create_connection((lab.host, lab.rest_port), 20) for _ in range(2)]
        ask = b"GET /rest/system/identity HTTP/1.1\r\nHost: x\r\n%s\r\n" % WHO
        for one in open_:
            one.sendall(ask)
            assert one.recv(100).startswith(b"HTTP/1.1 200")
        assert talk(lab.rest_port, b"") == b""
        for one in open_:
            one.close()
    finally:
        lab.run("/ip/service/set", numbers="www", max_sessions="20")
