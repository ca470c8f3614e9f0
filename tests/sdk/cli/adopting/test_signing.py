"""What carries sessions is signed one at a time; whoever loses one stops it and is named."""

from types import SimpleNamespace

import pytest

from wiretik.cli.adopting.signing import put
from wiretik_provider.calls import Answer
from wiretik_provider.errors import RowError

PEERS, ROUTES = "/interface/wireguard/peers", "/ip/route"


class Router:
    """Two peers and a route; with the second peer's comment the first one's session ends."""

    access = SimpleNamespace(label="router x")

    def __init__(self, *, breaks: bool) -> None:
        self.trips, self.sets, self.breaks = 0, [], breaks
        self.rows = {
            PEERS: {key: {".id": key, "name": f"p{key}", "last-handshake": "5s"} for key in ("*1", "*2")},
            ROUTES: {"*7": {".id": "*7", "dst-address": "10.0.0.0/8", "active": "true"}},
        }

    def batch(self, commands):
        self.trips += 1
        return [self._done(command) for command in commands]

    def _done(self, command):
        rows = self.rows[command.path]
        if command.verb == "set":
            words = dict(word[1:].split("=", 1) for word in command.words)
            self.sets.append((command.path, words[".id"]))
            rows[words[".id"]]["comment"] = words["comment"]
            if self.breaks and words[".id"] == "*2":
                self.rows[PEERS]["*1"].pop("last-handshake")
        asked = next((word[5:] for word in command.words if word.startswith("?.id=")), None)
        return Answer([dict(row) for key, row in rows.items() if asked in (None, key)], "", None)


def _wanted(router):
    wanted = {path: dict.fromkeys(rows, "[wta:0123456789ab]") for path, rows in router.rows.items()}
    read = {path: [dict(row) for row in rows.values()] for path, rows in router.rows.items()}
    return wanted, read


def test_routes_come_before_peers_and_each_row_takes_two_round_trips():
    router = Router(breaks=False)
    assert put(router, *_wanted(router)) == 3
    assert router.sets == [(ROUTES, "*7"), (PEERS, "*1"), (PEERS, "*2")]
    assert router.trips == 3 + 2 * 3  # what is signed already, those at once, which are none, and what is there before


def test_a_session_that_ends_stops_it_and_is_told():
    router = Router(breaks=True)
    with pytest.raises(RowError, match=r"WireGuard peer .id=\*2: peer p\*1: its last handshake is gone"):
        put(router, *_wanted(router))
