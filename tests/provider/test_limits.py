"""A router, or whoever plays one, costs bounded time and memory: in the handshake, in the login, in every answer."""

import socket
import threading

import pytest

from evil import for_ever, hostile, once
from wiretik_provider.api.link import Link
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import ConnectError, ConnectionLost, LoginError, OverLimit, ProtocolError
from wiretik_provider.simulator import serve
from wiretik_provider.wire import encode, encode_length

ROW = encode(("!re", ".tag=?", "=.id=*1", "=name=" + "x" * 200))


def reach(port, **more):
    return Access(**{"host": "127.0.0.1", "port": port, "tls": False, "username": "u", "timeout": 0.15, **more})


def opened(port, **more):
    """A session that is patient while it logs in, and not afterwards."""
    session = Session(reach(port, **more, timeout=10))
    session.access = reach(port, **more)
    return session


def announce(size, data):
    return encode_length(size) + data


# What somebody may send for ever in place of an answer, and how it is called.
WITHOUT_END = {
    "rows": (ROW,),
    "rows without anything": (encode(("!re", ".tag=?")),),
    "signs of life": (encode(("!empty", ".tag=?")),),
    "refusals": (encode(("!trap", ".tag=?", "=message=no")),),
    "empty sentences": (b"\0" * 100,),
    "words of one sentence": (announce(4, b"=a=b"),),
    "tiny words of one sentence": (announce(1, b"x"),),
}


@pytest.mark.parametrize("pieces", WITHOUT_END.values(), ids=list(WITHOUT_END))
@pytest.mark.parametrize("every", [0, 0.02], ids=["at once", "now and then"])
def test_an_answer_without_an_end_is_given_up(pieces, every):
    with hostile(for_ever(*pieces, every=every)) as port:
        session = opened(port, max_answer=4)
        with pytest.raises(ConnectionLost, match=r"wiretik:(timeout|max-answer)|over the limit"):
            session.ask("/interface", "print")
        assert not session.alive
        session.close()


@pytest.mark.parametrize("pieces", WITHOUT_END.values(), ids=list(WITHOUT_END))
@pytest.mark.parametrize("every", [0, 0.02], ids=["at once", "now and then"])
def test_a_login_without_an_end_is_given_up(pieces, every):
    with (
        hostile(login=for_ever(*pieces, every=every)) as port,
        pytest.raises((ConnectError, LoginError, ProtocolError)),
    ):
        Session(reach(port))


@pytest.mark.parametrize("size", [0x8000, 0x0FFF_FFFF, 0xFFFF_FFFF])
def test_a_giant_word_is_refused_before_it_is_there(size):
    with (
        hostile(login=once(announce(size, b"z" * 100))) as port,
        pytest.raises(ProtocolError, match="doesn't speak RouterOS's API"),
    ):
        Session(reach(port, timeout=60))


def test_a_giant_word_in_an_answer_is_refused_before_it_is_there():
    with hostile(once(announce(0x0FFF_FFFF, b"z" * 100))) as port:
        session = Session(reach(port, timeout=60))
        with pytest.raises(ConnectionLost, match="over the limit"):
            session.ask("/interface", "print")
        session.close()


def idle(_connection, _sentence, _tag):
    threading.Event().wait(1)


def test_a_router_that_takes_no_commands_is_given_up():
    with hostile(idle) as port:
        session = opened(port)
        with pytest.raises(ConnectionLost, match="wiretik:timeout"):
            session.batch([Command("/system/script", "add", (f"=source={'x' * 1_000_000}",))] * 20)
        session.close()


@pytest.mark.parametrize(
    "sent", [b"", b"\x16\x03\x03\x40\x00", b"\x16\x03\x03\x00\x01\x02", b"HTTP/1.1 400 Bad Request\r\n\r\n"]
)
def test_a_handshake_that_does_not_end_is_given_up(sent):
    def drip(opened):
        connection, _ = opened.accept()
        try:
            connection.sendall(sent)
            while sent:
                connection.sendall(sent[:1])
                threading.Event().wait(0.02)
            while connection.recv(1000):
                pass
        except OSError:
            pass
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as opened:
        thread = threading.Thread(target=drip, args=(opened,), daemon=True)
        thread.start()
        with pytest.raises(ConnectError, match=r"wiretik:timeout|no TLS"):
            Session(reach(opened.getsockname()[1], tls=True, fingerprint="ab" * 32))
        thread.join()


def test_all_answers_to_one_batch_share_their_bound():
    def answer(connection, _sentence, tag):
        connection.sendall(encode(("!re", tag, f"=comment={'x' * 600_000}")) + encode(("!done", tag)))

    with hostile(answer) as port:
        session = Session(reach(port, max_answer=1, timeout=10))
        for _ in range(5):  # one after the other each is small enough
            assert len(session.ask("/ip/address", "print").rows) == 1
        with pytest.raises(OverLimit, match="wiretik:max-answer"):
            session.batch([Command("/ip/address", "print")] * 2)
        session.close()


def test_what_a_link_keeps_is_bounded_too():
    def answer(connection, _sentence, tag):
        connection.sendall(encode(("!re", tag, f"=comment={'x' * 900_000}")) + encode(("!done", tag)))

    with hostile(answer) as port:
        link = Link(reach(port, max_answer=1, timeout=10))
        for number in range(2):
            link.rows(f"/menu/{number}")
        with pytest.raises(OverLimit, match="2 times wiretik:max-answer; /menu/2"):
            link.rows("/menu/2")
        link.forget("/menu/0")
        link.forget("/menu/2")
        link.rows("/menu/3")
        link.close()


def test_whoever_sends_without_an_end_is_not_asked_again():
    logins = []

    def login(connection, _sentence, _tag):
        logins.append(1)
        connection.sendall(encode(("!done",)))

    with hostile(for_ever(ROW, every=0.05), login) as port:
        link = Link(reach(port, timeout=0.4))
        for _ in range(3):
            with pytest.raises(OverLimit):
                link.settled("/ip/route", lambda: link.rows("/ip/route"))
        link.close()
    assert len(logins) == 1


def test_a_hundred_thousand_entries_are_no_excess():
    with serve(password="pw") as lab:
        lab.call(lambda: None)
        lab.run("/ip/firewall/address-list/add", list="big", address="10.0.0.1", comment="an entry of a long list")
        row = lab.run("/ip/firewall/address-list/print")[0]

    def answer(connection, _sentence, tag):
        words = [f"={name}={value}" for name, value in row.items()]
        connection.sendall(encode(("!re", tag, *words)) * 100_000 + encode(("!done", tag)))

    with hostile(answer) as port:
        session = Session(reach(port, timeout=30))
        assert len(session.ask("/ip/firewall/address-list", "print").rows) == 100_000
        session.close()


def test_an_old_router_is_told_from_a_wrong_password():
    def challenge(connection, _sentence, _tag):
        connection.sendall(encode(("!done", "=ret=00112233445566778899aabbccddeeff")))

    with hostile(login=challenge) as port, pytest.raises(LoginError, match="as RouterOS before 6"):
        Session(reach(port))


@pytest.mark.parametrize("category", ["", "x", "²", "1" * 6000, "-1"])
def test_a_refusal_of_an_odd_category_is_a_refusal(category):
    def answer(connection, _sentence, tag):
        connection.sendall(encode(("!trap", tag, f"=category={category}", "=message=no")) + encode(("!done", tag)))

    with hostile(answer) as port:
        session = Session(reach(port, timeout=10))
        answers = session.batch([Command("/ip/address", "add")])
        assert answers[0].trap
        assert answers[0].trap.message == "no"
        assert session.alive
        session.close()


@pytest.mark.parametrize("words", [(), ("=version=",), ("=version=none",), ("=Version=7.23",)])
def test_a_router_without_a_version_is_one_line(words):
    def answer(connection, _sentence, tag):
        connection.sendall(encode(("!re", tag, "=uptime=1s", *words)) + encode(("!done", tag)))

    with hostile(answer) as port:
        link = Link(reach(port, timeout=10))
        with pytest.raises(ProtocolError, match="without RouterOS's version"):
            assert link.version
        link.close()
