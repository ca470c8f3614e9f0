"""One connection: real sockets and TLS against the embedded router, on its good and its bad days."""

import socket
import struct
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from waiting import until
from wiretik_provider.api.session import Access, Command, Session
from wiretik_provider.errors import ConnectError, ConnectionLost, LoginError, TlsError, Trap
from wiretik_provider.simulator import serve
from wiretik_provider.wire import Decoder, encode

PASSWORD = "a-secret-of-this-test"
FILES = Path("/proc/self/fd")
IDENTITY = "/system/identity"


def reach(lab, **more):
    given = {"host": lab.host, "port": lab.apis_port, "username": "admin", "password": PASSWORD, "timeout": 5.0}
    return Access(**{**given, "fingerprint": lab.fingerprint, **more})


@pytest.fixture(scope="module")
def lab():
    """A router whose rows no test depends on."""
    with serve(password=PASSWORD) as running:
        yield running


@pytest.fixture
def fresh():
    """A router for one test alone, for faults and stats."""
    with serve(password=PASSWORD) as running:
        yield running


@pytest.fixture
def opened():
    """Opens sessions that are closed when the test has ended."""
    sessions = []

    def start(access):
        sessions.append(Session(access))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


# --- who is at the other end ------------------------------------------------------------------------------------------


def test_a_pinned_certificate_is_enough(lab, opened):
    assert opened(reach(lab)).ask(IDENTITY, "print").rows[0]["name"] == "MikroTik"


def test_a_pin_is_taken_with_colons_and_capitals(lab, opened):
    pin = lab.fingerprint.upper()
    spaced = ":".join(pin[at : at + 2] for at in range(0, 64, 2))
    assert opened(reach(lab, fingerprint=spaced)).alive


def test_another_certificate_than_the_pinned_one_gets_no_login(fresh):
    with pytest.raises(TlsError) as refused:
        Session(reach(fresh, fingerprint="00" * 32))
    text = str(refused.value)
    assert fresh.fingerprint in text
    assert "00" * 32 in text
    assert f"`wiretik connect {fresh.host} --port {fresh.apis_port}`" in text
    assert PASSWORD not in text
    assert fresh.stats().commands == {}


def test_an_authority_vouches_for_the_router(lab, opened):
    assert opened(reach(lab, fingerprint="", ca_file=lab.ca_file)).alive


def test_another_authority_does_not_vouch_for_the_router(fresh):
    with serve(certificate_number=1) as other, pytest.raises(TlsError, match="isn't trusted") as refused:
        Session(reach(fresh, fingerprint="", ca_file=other.ca_file))
    assert "wiretik connect" in str(refused.value)
    assert fresh.stats().commands == {}


def test_a_router_that_nobody_vouches_for_gets_no_login(fresh):
    with pytest.raises(TlsError, match="self-signed"):
        Session(reach(fresh, fingerprint=""))
    assert fresh.stats().commands == {}


def test_a_file_without_an_authority_is_named(lab, tmp_path):
    with pytest.raises(TlsError, match=r"wiretik:ca-file '.*gone\.pem' can't be read"):
        Session(reach(lab, fingerprint="", ca_file=str(tmp_path / "gone.pem")))


def test_a_service_without_a_certificate_leads_to_first_contact():
    with serve(password=PASSWORD, certificate=False) as bare:
        with pytest.raises(TlsError, match="without a certificate") as refused:
            Session(reach(bare, fingerprint="00" * 32))
        assert f"wiretik connect {bare.host} --port {bare.apis_port}" in str(refused.value)
        assert bare.stats().commands == {}


def test_the_plain_api_is_there_for_who_asks(lab, opened):
    assert opened(reach(lab, tls=False, fingerprint="", port=lab.api_port)).ask(IDENTITY, "print").rows


# --- no way in --------------------------------------------------------------------------------------------------------


def test_a_wrong_password_is_one_line_without_the_password(lab):
    with pytest.raises(LoginError) as refused:
        Session(reach(lab, password="wrong-and-secret"))
    text = str(refused.value)
    assert "login as 'admin' refused: invalid user name or password (6)" in text
    assert "WIRETIK_PASSWORD" in text
    assert "\n" not in text
    assert "wrong-and-secret" not in text + repr(refused.value)


def test_a_closed_port_is_told(lab):
    with socket.socket() as free:
        free.bind((lab.host, 0))
        port = free.getsockname()[1]
        with pytest.raises(
            ConnectError,
            match=r"service api-ssl enabled \(/ip/service\), and is the port right",
        ):
            Session(reach(lab, port=port))


def test_an_unknown_name_is_told(lab):
    with pytest.raises(ConnectError, match=r"the name 'router\.invalid' isn't known to DNS"):
        Session(reach(lab, host="router.invalid"))


def test_a_port_that_accepts_and_says_nothing_is_given_up(lab):
    with socket.create_server((lab.host, 0)) as mute, pytest.raises(ConnectError, match="in time"):
        Session(reach(lab, port=mute.getsockname()[1], timeout=0.3))


def test_a_stream_that_lost_bytes_is_given_up_before_one_answer_is_taken_for_anothers(lab):
    with socket.create_server((lab.host, 0)) as lossy:

        def speak():
            accepted, _ = lossy.accept()
            decoder, told = Decoder(), []
            while len(told) < 2:
                told += decoder.feed(accepted.recv(100_000))
                if len(told) == 1:
                    accepted.sendall(encode(("!done",)))  # the login
            # Of an answer to another command the first bytes are missing.
            accepted.sendall(encode(("!done", told[1][-1], "ivate-key=SECRET", "!done", ".tag=0")))
            accepted.recv(1)
            accepted.close()

        thread = threading.Thread(target=speak)
        thread.start()
        session = Session(reach(lab, tls=False, fingerprint="", port=lossy.getsockname()[1]))
        with pytest.raises(ConnectionLost, match="a word that is no attribute") as told:
            session.ask(IDENTITY, "print")
        assert "SECRET" not in str(told.value)
        session.close()
        thread.join()


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("abruptly", [False, True])
def test_a_service_that_closes_at_once_is_told_with_its_likely_cause(lab, tls, abruptly):
    with socket.create_server((lab.host, 0)) as closing:

        def close():
            accepted, _ = closing.accept()
            accepted.recv(100_000)
            if abruptly:
                accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            accepted.close()

        thread = threading.Thread(target=close)
        thread.start()
        pin = lab.fingerprint if tls else ""
        with pytest.raises(ConnectError, match=r"closed the connection .*allowed addresses"):
            Session(reach(lab, tls=tls, fingerprint=pin, port=closing.getsockname()[1]))
        thread.join()


@pytest.mark.skipif(not FILES.is_dir(), reason="this system has no /proc to count open files in")
def test_no_failed_attempt_leaves_a_socket_open(lab):
    before = len(list(FILES.iterdir()))
    for wrong in ({"password": "x"}, {"fingerprint": "00" * 32}, {"fingerprint": ""}):
        with pytest.raises(ConnectError if "password" not in wrong else LoginError):
            Session(reach(lab, **wrong))
    # The router, which is in this process too, closes its ends a moment later.
    until(lambda: len(list(FILES.iterdir())) <= before)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_a_refusal_says_what_the_router_said(lab, opened):
    with pytest.raises(Trap) as refused:
        opened(reach(lab)).ask("/ip/address", "add", "=address=10.0.0.1/24", "=interface=nowhere")
    trap = refused.value
    assert (trap.path, trap.command, trap.category) == ("/ip/address", "add", 1)
    assert trap.message == "input does not match any value of interface"


def test_one_refusal_in_a_batch_leaves_the_others_alone(lab, opened):
    answers = opened(reach(lab)).batch(
        [
            Command(IDENTITY, "print"),
            Command("/no/such", "print"),
            Command("/system/resource", "print"),
        ]
    )
    assert [answer.trap is None for answer in answers] == [True, False, True]
    assert answers[2].rows[0]["version"] == "7.23.2 (stable)"


def test_text_of_any_kind_comes_back_as_it_was(lab, opened):
    session = opened(reach(lab))
    for text in ("a=b=c", "=", "Übergröße → 漢字", "x" * 20_000, " leading and trailing "):
        row_id = session.ask(
            "/ip/firewall/address-list", "add", "=list=text", "=address=10.1.1.1", f"=comment={text}"
        ).ret
        assert session.ask("/ip/firewall/address-list", "print", f"?.id={row_id}").rows[0]["comment"] == text
        session.ask("/ip/firewall/address-list", "remove", f"=.id={row_id}")


def test_five_hundred_commands_go_through_a_window_of_eight(fresh, opened):
    session = opened(reach(fresh, window=8))
    done = []
    commands = [
        Command("/ip/firewall/address-list", "add", ("=list=many", f"=address=10.2.{n // 250}.{n % 250}"))
        for n in range(500)
    ]
    answers = session.batch(commands, progress=done.append)
    assert [answer.trap for answer in answers] == [None] * 500
    assert len({answer.ret for answer in answers}) == 500
    assert done == list(range(1, 501))
    rows = session.ask("/ip/firewall/address-list", "print", "?list=many").rows
    ids = {row[".id"]: row["address"] for row in rows}
    assert all(
        f"=address={ids[answer.ret]}" in command.words for command, answer in zip(commands, answers, strict=True)
    )


def test_no_more_commands_are_in_flight_than_the_window_takes(fresh, opened):
    session = opened(reach(fresh, window=8))
    fresh.slow(rtt_ms=100)
    began = time.monotonic()
    session.batch([Command(IDENTITY, "print")] * 40)
    took = time.monotonic() - began
    # Five windows, one after the other: neither all at once nor one by one.
    assert 5 * 0.1 <= took < 40 * 0.1


def test_the_window_is_told_of_answers_while_commands_wait_for_a_place(fresh, opened):
    class Told:
        """A window of three that keeps what it is told, and how many were in flight when it was asked."""

        seconds, in_flight = [], []

        def room(self, in_flight):
            self.in_flight.append(in_flight)
            return 3 - in_flight

        def answered(self, seconds):
            self.seconds.append(seconds)

    session = opened(reach(fresh))
    session._window = Told()
    session.batch([Command(IDENTITY, "print")] * 20)
    assert max(Told.in_flight) <= 3
    assert 0 < len(Told.seconds) <= 17
    assert min(Told.seconds) >= 0


def test_threads_share_a_session_and_each_gets_its_own_answers(fresh, opened):
    session = opened(reach(fresh, window=4))

    def work(number):
        address = f"10.3.{number}.1"
        found = []
        for turn in range(20):
            row_id = session.ask(
                "/ip/firewall/address-list", "add", f"=list=t{number}-{turn}", f"=address={address}"
            ).ret
            rows = session.ask("/ip/firewall/address-list", "print", f"?.id={row_id}").rows
            found.append([row["list"] for row in rows] == [f"t{number}-{turn}"])
        return found

    with ThreadPoolExecutor(8) as pool:
        assert all(all(found) for found in pool.map(work, range(8)))
    assert fresh.stats().connections == 1


def test_a_large_answer_comes_whole_over_tls(fresh, opened):
    for n in range(3000):
        fresh.run("/ip/firewall/address-list/add", list="big", address=f"10.4.{n // 250}.{n % 250}")
    session = opened(reach(fresh, timeout=60))  # the machine may be busy
    assert len(session.ask("/ip/firewall/address-list", "print").rows) == 3000


# --- bad days ---------------------------------------------------------------------------------------------------------


def test_a_reset_in_the_middle_of_a_sentence_leaves_a_write_open(fresh, opened):
    session = opened(reach(fresh))
    fresh.fault("reset", path="/ip/firewall/address-list", verb="add")
    with pytest.raises(ConnectionLost) as lost:
        session.ask("/ip/firewall/address-list", "add", "=list=a", "=address=10.5.0.1")
    assert lost.value.outcome_unknown
    assert "during /ip/firewall/address-list add" in str(lost.value)
    assert "\n" not in str(lost.value)
    assert not session.alive


def test_a_lost_answer_to_a_print_leaves_nothing_open(fresh, opened):
    session = opened(reach(fresh))
    fresh.fault("lose", path=IDENTITY, verb="print")
    with pytest.raises(ConnectionLost) as lost:
        session.ask(IDENTITY, "print")
    assert not lost.value.outcome_unknown


def test_a_connection_that_stalls_is_closed_in_time(fresh, opened):
    session = opened(reach(fresh, timeout=0.5))
    fresh.fault("stall", path=IDENTITY, verb="print")
    began = time.monotonic()
    with pytest.raises(ConnectionLost, match="the connection stalled; it was closed"):
        session.ask(IDENTITY, "print")
    assert time.monotonic() - began > 0.4
    assert not session.alive


def test_a_slow_router_is_not_a_stalled_one(fresh, opened):
    session = opened(reach(fresh, timeout=2, window=4))
    fresh.slow(command_ms=90)
    # Each answer comes in time, all of them together take far longer than the time-out.
    assert len(session.batch([Command(IDENTITY, "print")] * 25)) == 25


def test_a_broken_session_is_never_used_again(fresh, opened):
    session = opened(reach(fresh))
    fresh.drop_connections()
    with pytest.raises(ConnectionLost):
        session.ask(IDENTITY, "print")
    with pytest.raises(ConnectionLost):
        session.ask(IDENTITY, "print")
    assert fresh.stats().connections == 1


def test_what_waits_in_the_queue_was_not_sent_when_the_connection_breaks(fresh, opened):
    session = opened(reach(fresh, window=2))
    fresh.fault("drop", path="/ip/firewall/address-list", verb="add", nth=3)
    commands = [Command("/ip/firewall/address-list", "add", ("=list=q", f"=address=10.6.0.{n}")) for n in range(1, 11)]
    with pytest.raises(ConnectionLost):
        session.batch(commands)
    assert len(fresh.run("/ip/firewall/address-list/print")) <= 4


def test_closing_ends_what_is_in_flight(fresh):
    session = Session(reach(fresh))
    stalled = fresh.fault("stall", path=IDENTITY, verb="print")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(session.ask, IDENTITY, "print")
        until(lambda: stalled.seen)
        session.close()
        with pytest.raises(ConnectionLost, match="the session was closed"):
            waiting.result(timeout=100)
    with pytest.raises(ConnectionLost):
        session.ask(IDENTITY, "print")


def test_a_password_is_in_no_repr(lab, opened):
    access = reach(lab)
    assert PASSWORD not in repr(access)
    assert PASSWORD not in repr(opened(access).__dict__)
