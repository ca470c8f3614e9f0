"""A name server is asked once more where a packet was lost; one that says no, or nothing, is told."""

import socket
import threading

import pytest

from wiretik_provider.kinds import asking


@pytest.fixture
def server(monkeypatch):
    """Answers each question with the next of these flags; None answers nothing."""
    says = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as place:
        place.bind(("127.0.0.1", 0))
        place.settimeout(5)
        monkeypatch.setattr(asking, "_DNS", place.getsockname()[1])
        monkeypatch.setattr(asking, "_PATIENCE", 0.2)

        def answer():
            while says:
                packet, whom = place.recvfrom(512)
                if (flags := says.pop(0)) is not None:
                    place.sendto(packet[:2] + bytes.fromhex(flags) + packet[12:], whom)

        def begin(*flags):
            says.extend(flags)
            threading.Thread(target=answer, daemon=True).start()

        yield begin


@pytest.mark.parametrize(
    ("flags", "wrong"),
    [
        (["81800001000100000000"], ""),
        ([None, "81800001000100000000"], ""),
        (["81830001000000000000"], "127.0.0.1 doesn't resolve a.example: there is no such name"),
        ([None, None], "127.0.0.1 doesn't resolve a.example: no answer"),
    ],
)
def test_a_name_is_asked_for(server, flags, wrong):
    server(*flags)
    assert asking._resolve("a.example", "127.0.0.1") == (not wrong, wrong)
