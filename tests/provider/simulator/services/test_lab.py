"""The router behind real sockets: connections, time, faults, counts, and the command `wiretik lab`."""

import contextlib
import gc
import hashlib
import inspect
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rawclient import RawClient
from waiting import until
from wiretik_provider.simulator import Fault, Refused, Router, serve
from wiretik_provider.simulator.services.lab import LabOptions
from wiretik_provider.wire import encode, encode_length

WIRETIK = str(Path(sys.executable).with_name("wiretik"))
ADD = ("/ip/firewall/address-list/add", "=list=a")


@pytest.fixture
def lab():
    with serve(tls=False) as running:
        yield running


@pytest.fixture
def client(lab):
    with RawClient(lab.host, lab.api_port) as connected:
        connected.login()
        yield connected


def test_ten_thousand_tagged_commands_in_flight_are_each_answered_once(lab, client):
    count = 10_000
    sentences = [(*ADD, f"=address=10.0.{n >> 8}.{n & 255}", f".tag={n}") for n in range(count)]
    writer = threading.Thread(target=client.send_all, args=(sentences,))
    writer.start()
    answers = [client.sentence() for _ in range(count)]
    writer.join()
    tags = {word for answer in answers for word in answer if word.startswith(".tag=")}
    assert {answer[0] for answer in answers} == {"!done"}
    assert len(tags) == count
    assert len(lab.router.table("/ip/firewall/address-list")) == count


def test_answers_are_delayed_by_the_round_trip_and_overlap():
    with serve(tls=False, rtt_ms=100) as lab, RawClient(lab.host, lab.api_port) as client:
        client.login()
        began = time.monotonic()
        client.send_all([("/system/identity/print", f".tag={n}") for n in range(50)])
        for _ in range(50):
            client.answer()
        assert 0.09 < time.monotonic() - began < 50 * 0.1  # one after the other


def test_with_too_many_commands_under_way_the_router_is_slow_until_it_is_idle():
    with serve(tls=False, cliff=10) as lab, RawClient(lab.host, lab.api_port) as client:
        client.login()

        def seconds(at_once):
            began = time.monotonic()
            client.send_all([("/system/identity/print", f".tag={n}") for n in range(at_once)])
            for _ in range(at_once):
                client.answer()
            return time.monotonic() - began

        lab.slow(rtt_ms=50)  # so that the first are not answered before the last are there
        assert not (seconds(9), lab._server._overrun)[1]
        assert seconds(19) >= 10 * 0.02
        assert not (seconds(1), lab._server._overrun)[1]


def test_the_routers_own_time_is_serial_over_all_sessions():
    with (
        serve(tls=False, command_ms=10) as lab,
        RawClient(lab.host, lab.api_port) as one,
        RawClient(lab.host, lab.api_port) as other,
    ):
        one.login()
        other.login()
        began = time.monotonic()
        for client in (one, other):
            client.send_all([("/system/identity/print", f".tag={n}") for n in range(10)])
        for _ in range(10):
            one.answer()
            other.answer()
        assert time.monotonic() - began >= 0.2


def test_a_client_that_reads_late_is_not_lost_and_others_are_served(lab, client):
    for n in range(300):
        client.send(*ADD, f"=address=10.0.{n >> 8}.{n & 255}")
        client.answer()
    prints = 400  # far more than sockets hold
    writer = threading.Thread(
        target=client.send_all, args=([("/ip/firewall/address-list/print", f".tag={n}") for n in range(prints)],)
    )
    writer.start()
    with RawClient(lab.host, lab.api_port) as other:
        other.login()
        assert other.talk("/system/identity/print")[-1] == ("!done",)
    done = 0
    while done < prints:
        done += client.sentence()[0] == "!done"
    writer.join()


def test_a_change_by_hand_is_seen_and_a_refusal_raised(lab):
    assert lab.run("/ip/address/add", address="10.0.0.1/24", interface="ether1") == [{"ret": "*1"}]
    assert [row["address"] for row in lab.router.rows("/ip/address")] == ["10.0.0.1/24"]
    assert lab.run("/ip/address/print", "?address=10.0.0.1/24")[0]["interface"] == "ether1"
    with pytest.raises(Refused, match="already have such address"):
        lab.run("/ip/address/add", address="10.0.0.1/24", interface="ether1")


def test_a_snapshot_is_equal_after_everything_is_taken_back():
    router = Router("defconf")
    before = router.snapshot()
    (answer,) = router.run("/ip/firewall/filter/add", chain="forward", place_before="*1")
    assert router.snapshot() != before
    router.run("/ip/firewall/filter/remove", id=answer["ret"])
    router.run("/interface/set", id="bridge", comment="defconf")
    assert router.snapshot() == before
    router.run("/ip/firewall/filter/move", numbers="*2", destination="*1")
    assert router.snapshot() != before


def test_a_lost_reply_leaves_the_row(lab, client):
    lab.fault("lose", "/ip/firewall/address-list", "add", nth=2)
    assert client.talk(*ADD, "=address=10.0.0.1") == [("!done", "=ret=*1")]
    client.send(*ADD, "=address=10.0.0.2")
    with pytest.raises(EOFError):
        client.answer()
    assert [row["address"] for row in lab.router.rows("/ip/firewall/address-list")] == ["10.0.0.1", "10.0.0.2"]


def test_a_dropped_command_leaves_nothing(lab, client):
    lab.fault("drop", verb="write")
    client.send(*ADD, "=address=10.0.0.2")
    with pytest.raises(EOFError):
        client.answer()
    assert lab.router.rows("/ip/firewall/address-list") == []


def test_a_reset_comes_in_the_middle_of_a_sentence(lab, client):
    lab.fault("reset", "/system/identity", "print")
    client.send("/system/identity/print")
    with pytest.raises(ConnectionResetError):
        client.answer()


def test_nothing_follows_the_half_of_a_sentence_since_tcp_loses_nothing_in_between(lab, client):
    lab.fault("reset", "/system/identity", "print")
    client.send_all([("/system/identity/print", ".tag=1"), ("/system/resource/print", ".tag=2")])
    time.sleep(0.02)  # both are carried out before the connection is reset
    got = client.socket.recv(1 << 16)

    assert 0 < len(got) < len(encode(("!re", ".tag=1", "=name=MikroTik")))
    with pytest.raises(ConnectionResetError):
        client.socket.recv(1 << 16)


def test_a_stalled_answer_comes_later_and_alone(lab, client):
    lab.fault("stall", "/system/identity", "print", seconds=0.2)
    client.send("/system/identity/print", ".tag=slow")
    assert client.talk("/system/resource/print", ".tag=quick")[-1] == ("!done", ".tag=quick")
    assert client.answer()[-1] == ("!done", ".tag=slow")


def test_a_refusal_on_request_does_nothing(lab, client):
    lab.fault("refuse", "/ip/firewall/address-list", "add", message="failure: flash is full")
    replies = client.talk(*ADD, "=address=10.0.0.1", ".tag=1")
    assert replies == [("!trap", ".tag=1", "=message=failure: flash is full"), ("!done", ".tag=1")]
    assert client.talk(*ADD, "=address=10.0.0.1") == [("!done", "=ret=*1")]


def test_a_reboot_drops_everybody_and_comes_back(lab, client):
    lab.run(ADD[0], list="a", address="10.0.0.1")
    lab.reboot(0.1)
    with pytest.raises((EOFError, OSError)):
        client.talk("/system/identity/print")
    with until(lambda: connected(lab)) as again:
        assert again.talk("/ip/firewall/address-list/print", "=count-only=") == [("!done", "=ret=1")]


def connected(lab):
    """A client that is logged in, once that is possible."""
    client = None
    try:
        client = RawClient(lab.host, lab.api_port)
        client.login()
    except (ConnectionError, EOFError):
        if client is not None:
            client.socket.close()
        return None
    return client


def test_a_fault_is_read_from_text_and_nonsense_refused():
    fault = Fault.parse("lose,path=/ip/route,verb=add,nth=3")
    assert (fault.action, fault.path, fault.verb, fault.nth) == ("lose", "/ip/route", "add", 3)
    assert [fault.meets("/ip/route", "add") for _ in range(4)] == [False, False, True, False]
    with pytest.raises(ValueError, match="no fault"):
        Fault.parse("explode")
    with pytest.raises(ValueError, match="a fault has no when"):
        Fault.parse("lose,when=now")


def test_a_stranger_who_says_too_much_is_cut_off(lab):
    with RawClient(lab.host, lab.api_port) as stranger:
        stranger.socket.sendall(encode_length(70_000))
        with pytest.raises(EOFError):
            stranger.sentence()
    with RawClient(lab.host, lab.api_port) as stranger:
        for _ in range(16):
            stranger.talk("/login", "=name=admin", "=password=wrong")
        stranger.send("/login", "=name=admin", "=password=wrong")
        with pytest.raises(EOFError):
            stranger.answer()


def test_a_reserved_byte_closes_that_connection_only(lab, client):
    with RawClient(lab.host, lab.api_port) as broken:
        broken.login()
        broken.socket.sendall(b"\xf8")
        with pytest.raises(EOFError):
            broken.sentence()
    assert client.talk("/system/identity/print")[-1] == ("!done",)


def test_no_more_sessions_than_the_service_allows(lab):
    lab.run("/ip/service/set", numbers="api", max_sessions="2")
    clients = [RawClient(lab.host, lab.api_port) for _ in range(3)]
    try:
        assert clients[0].login() == clients[1].login() == [("!done",)]
        with pytest.raises((EOFError, OSError)):
            clients[2].login()
    finally:
        for each in clients:
            each.socket.close()


def test_a_disabled_service_hangs_up(lab):
    lab.run("/ip/service/set", numbers="api", disabled="yes")
    with RawClient(lab.host, lab.api_port) as client, pytest.raises((EOFError, OSError)):
        client.login()


def test_an_address_that_is_not_allowed_is_hung_up_on(lab):
    lab.run("/ip/service/set", numbers="api", address="192.0.2.0/24")
    with RawClient(lab.host, lab.api_port) as client, pytest.raises((EOFError, OSError)):
        client.login()
    lab.run("/ip/service/set", numbers="api", address="192.0.2.0/24,127.0.0.0/8")
    with RawClient(lab.host, lab.api_port) as client:
        assert client.login() == [("!done",)]


def test_empty_sentences_are_passed_over(client):
    client.socket.sendall(b"\0\0\0")
    assert client.talk("/system/identity/print", ".tag=1")[-1] == ("!done", ".tag=1")
    client.socket.sendall(b"\0")
    assert client.talk("/system/identity/print", ".tag=2")[-1] == ("!done", ".tag=2")


def test_bytes_of_any_charset_come_back(client):
    for text in ("žogs", b"\xe9t\xe9".decode("utf-8", "surrogateescape"), "名前", "a\tb\x01"):
        client.talk("/interface/comment", "=numbers=ether1", f"=comment={text}")
        assert f"=comment={text}" in client.talk("/interface/print", "?name=ether1")[0]


def test_menus_without_add_have_rows(client):
    assert ("!trap", "=category=0", "=message=no such command") in client.talk("/interface/add", "=name=x")
    assert len(client.talk("/interface/print", "?type=ether")) == len(client.talk("/interface/ethernet/print"))
    assert client.talk("/ip/service/print", "=count-only=")[0] != ("!done", "=ret=0")


def test_it_counts_what_it_is_asked(lab, client):
    client.talk("/system/identity/print")
    client.talk(*ADD, "=address=10.0.0.1")
    counts = lab.stats().as_dict()
    assert counts["connections"] == 1
    assert counts["commands"]["/system/identity"] == {"print": 1}
    assert counts["commands"]["/ip/firewall/address-list"] == {"add": 1}
    assert counts["bytes_in"] > 0
    assert counts["bytes_out"] > 0


def test_the_options_that_tests_of_programs_may_give_are_all_that_a_lab_takes():
    taken = {*inspect.signature(serve).parameters, *inspect.signature(Router).parameters}

    assert LabOptions.__annotations__.keys() == taken - {"router", "router_options", "profile"}


def test_the_certificate_is_the_one_that_is_announced():
    with serve() as lab:
        context = ssl.create_default_context(cafile=lab.ca_file)
        with RawClient(lab.host, lab.apis_port, context=context) as client:
            assert isinstance(client.socket, ssl.SSLSocket)
            shown = client.socket.getpeercert(binary_form=True) or b""
            assert client.login() == [("!done",)]
    assert hashlib.sha256(shown).hexdigest() == lab.fingerprint


@pytest.mark.parametrize("seconds", [0, 0.05])  # just accepted, and in the middle of it
def test_a_handshake_that_nobody_goes_on_with_ends_with_the_lab_and_leaves_nothing_behind(seconds):
    gc.freeze()  # what there is stays: the look below is at what this leaves
    with contextlib.ExitStack() as clients:
        with serve() as lab:
            client = clients.enter_context(socket.create_connection((lab.host, lab.apis_port), timeout=5))
            time.sleep(seconds)

        assert ended(client)
        gc.collect()  # pytest makes an error of every socket that nobody closed


def ended(client):
    """Whether the other side has closed a connection, or never taken it up."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_serves_until_a_signal_and_writes_its_counts(tmp_path, number):
    stats = tmp_path / "stats.json"
    command = [WIRETIK, "lab", "--profile", "defconf", "--password", "x"]
    command += ["--stats", str(stats), "--add-user", "few:y:api,read", "--identity", "office"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ready = process.stdout.readline().split()
        assert ready[0] == "ready"
        address = dict(word.split("=") for word in ready[1:])
        host, port = address["api"].split(":")
        with RawClient(host, int(port)) as client:
            assert client.login("admin", "x") == [("!done",)]
            assert client.talk("/system/identity/print") == [("!re", "=name=office"), ("!done",)]
        with RawClient(host, int(port)) as client:
            client.login("few", "y")
            assert "not enough permissions" in str(client.talk("/system/identity/set", "=name=x"))
        process.send_signal(number)
        _, hints = process.communicate(timeout=100)
        assert process.returncode == 0
    assert "wiretik:fingerprint" in hints
    assert "config set wiretik:username admin" in hints
    assert "config set --secret wiretik:password\n" in hints
    counts = json.loads(stats.read_text())
    assert counts["connections"] == 2
    assert counts["commands"]["/system/identity"] == {"print": 1, "set": 1}


def test_the_command_refuses_what_it_does_not_know():
    command = [WIRETIK, "lab", "--profile", "office"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "error: no profile 'office'; there are bare, defconf, none\n"


def test_many_routers_are_served_by_one_process(tmp_path):
    stats = tmp_path / "stats.json"
    command = [WIRETIK, "lab", "--routers", "20", "--stats", str(stats)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = [process.stdout.readline().split() for _ in range(21)]
        assert lines[-1][0] == "ready"
        serials = set()
        for line in lines[:-1]:
            host, port = line[2].removeprefix("api=").split(":")
            with RawClient(host, int(port)) as client:
                client.login()
                serials |= {word for word in client.talk("/system/routerboard/print")[0] if "serial" in word}
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=100)
        assert process.returncode == 0
    assert len(serials) == 20
    assert json.loads(stats.read_text())["commands"]["/system/routerboard"] == {"print": 20}


def test_the_command_loads_an_export_and_refuses_what_it_does_not_know(tmp_path):
    file = tmp_path / "home.rsc"
    known = "# 2026-08-01 10:00:00 by RouterOS 7.20.8\n/system identity\nset name=office\n"
    file.write_text(known + "/ip nonsense\nadd x=1\n")
    command = [WIRETIK, "lab", "--load", str(file)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stderr == (
        f"error: {file}:4: /ip nonsense: no such menu\nerror: {file}:5: add: its menu isn't known\n"
    )
    command.append("--skip-unknown")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        host, port = process.stdout.readline().split()[1].removeprefix("api=").split(":")
        with RawClient(host, int(port)) as client:
            client.login()
            assert client.talk("/system/identity/print")[0] == ("!re", "=name=office")
            assert "=version=7.20.8 (stable)" in client.talk("/system/resource/print")[0]
        process.send_signal(signal.SIGTERM)
        assert f"{file}:4: skipped: " in process.communicate(timeout=100)[1]
