"""What isn't undone is named before a change is made, and only where it changes."""

import pytest

from wiretik_provider.guard import unsaid
from wiretik_provider.menus import MENUS

PEERS, SCRIPT, SCHEDULER = "/interface/wireguard/peers", "/system/script", "/system/scheduler"
A, B = ("".join((letter * 42, "A=")) for letter in "ab")
KEY = ["preshared_key isn't undone: no key is written into a script"]
TEXT = "isn't undone: it may hold a key, and none is written into a script"


@pytest.mark.parametrize(
    ("path", "wanted", "row", "said"),
    [
        (PEERS, {"preshared-key": B, "comment": "x"}, {"preshared-key": A}, KEY),
        (PEERS, {"preshared-key": A}, {"preshared-key": A}, []),
        (PEERS, {"preshared-key": "none"}, {}, []),  # what the router prints where it has none
        (PEERS, {"preshared-key": "none"}, {"preshared-key": A}, KEY),
        (PEERS, {"preshared-key": B}, {}, KEY),
        (PEERS, {"preshared-key": B}, {"preshared-key": "*****"}, []),
        (PEERS, {"comment": "x"}, {"comment": "y", "preshared-key": A}, KEY),  # a row is written whole
        (PEERS, {"comment": "x"}, {"comment": "x [wt:c1c3b9d86106]", "preshared-key": A}, []),  # it isn't written
        (SCRIPT, {"source": "b"}, {"source": "a"}, [f"source {TEXT}"]),
        (SCRIPT, {"source": "a", "comment": "x"}, {"source": "a"}, []),
        (SCHEDULER, {"on-event": "b", "interval": 1000}, {"on-event": "a"}, [f"on_event {TEXT}"]),
    ],
)
def test_what_is_not_undone_is_named(path, wanted, row, said):
    assert list(unsaid.changes(MENUS[path], wanted, row)) == said


def test_a_refresh_has_seen_what_somebody_set_by_hand_so_that_it_goes():
    assert list(unsaid.changes(MENUS[PEERS], {}, {"preshared-key": A})) == []
    assert list(unsaid.changes(MENUS[PEERS], {}, {"preshared-key": A}, seen=True)) == KEY


def test_what_was_there_before_and_nobody_declares_stays():
    row = {"preshared-key": A, "comment": "y"}
    assert list(unsaid.changes(MENUS[PEERS], {"comment": "x"}, row, adopted=True)) == []


def test_keys_are_not_named_where_they_may_stand_in_scripts():
    assert list(unsaid.changes(MENUS[PEERS], {"preshared-key": B}, {"preshared-key": A}, secrets=True)) == []
