"""Only what went well before must go well; of a tunnel only a handshake newer than the last write counts."""

import pytest

from guarding import signed
from wiretik_provider.guard import probes
from wiretik_provider.guard.probes import Baseline, Outcome, Probe

UP = [{"name": "wg0"}, {"name": "wg1", "disabled": "true"}]


def peers(**row):
    usual = {
        ".id": "*1",
        "interface": "wg0",
        "name": "office",
        "public-key": "k",
        "tx": "10",
        "persistent-keepalive": "",
    }
    return probes.peers(UP, [{**usual, **{name.replace("_", "-"): value for name, value in row.items()}}])


@pytest.mark.parametrize(
    ("before", "now", "named", "waits"),
    [
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {"last_handshake": "40s"}, "", True),
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {"last_handshake": "5s"}, "", False),
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {"last_handshake": "20s"}, "", True),
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {}, "", True),
        # Who says nothing by himself may be silent; the router sends to somebody, or the program asks.
        ({"last_handshake": "1m"}, {"last_handshake": "1m30s"}, "", False),
        ({"last_handshake": "1m"}, {"last_handshake": "1m30s", "tx": "20"}, "", True),
        ({"last_handshake": "1m"}, {"last_handshake": "1m30s"}, "office", True),
        ({"last_handshake": "1m"}, {"last_handshake": "1m30s"}, "k", True),
        # What was dead before doesn't matter, nor what the change has switched off.
        ({"last_handshake": "4m", "persistent_keepalive": "25s"}, {"last_handshake": "5m"}, "", False),
        ({"persistent_keepalive": "25s"}, {}, "office", False),
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {"disabled": "true"}, "", False),
        ({"last_handshake": "1m", "persistent_keepalive": "25s"}, {"interface": "wg1"}, "", False),
    ],
)
def test_whose_handshake_is_waited_for(before, now, named, waits):
    asked = [Probe("it", "handshake", {"peer": named})] if named else []
    kept = {name: before[name] for name in before if name != "last_handshake"}
    found = list(probes.awaited(asked, Baseline(peers=peers(**before)), peers(**{**kept, **now}), 20.5))
    assert found == (["tunnel wg0 to office: no handshake since the change"] if waits else [])


def test_a_probe_names_a_peer_of_the_program_by_its_tag():
    row = {"comment": signed("office"), "last_handshake": "1m"}
    (peer,) = peers(**row).values()
    asked = [Probe("it", "handshake", {"peer": peer.tag})]
    assert list(probes.awaited(asked, Baseline(peers=peers(**row)), peers(**row), 20))


def test_only_what_was_well_before_is_worse_now():
    before = Baseline({"a": Outcome(True), "b": Outcome(False, "no")})
    now = {"a": Outcome(False, "silent"), "b": Outcome(False, "no"), "c": Outcome(False, "new")}
    assert list(probes.worse(before, now)) == ["a: silent", "c: new"]


def test_a_ping_is_well_where_any_packet_came_back():
    assert probes.pinged([{"received": "0"}, {"received": "1"}], "x").well
    assert probes.pinged([{"received": "0"}], "x") == Outcome(False, "x doesn't answer the router's ping")
    assert not probes.pinged([], "x").well
