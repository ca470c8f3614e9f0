"""What isn't undone is named before a change is made, and only where it changes."""

import pytest

from wiretik_provider.guard import unsaid
from wiretik_provider.menus import MENUS

PEERS = "/interface/wireguard/peers"
KEY = "no key is written into a script"
TEXT = "it may hold a key, and none is written into a script"


@pytest.mark.parametrize(
    ("path", "wanted", "row", "said"),
    [
        (PEERS, {"preshared-key": "b", "comment": "x"}, {"preshared-key": "a"}, [f"preshared_key isn't undone: {KEY}"]),
        (PEERS, {"preshared-key": "a"}, {"preshared-key": "a"}, []),
        (PEERS, {"preshared-key": "b"}, {"preshared-key": "*****"}, []),
        (PEERS, {"comment": "x"}, {"preshared-key": "a"}, []),
        ("/system/script", {"source": "b"}, {"source": "a"}, [f"source isn't undone: {TEXT}"]),
        (
            "/system/scheduler",
            {"on-event": "b", "interval": "1s"},
            {"on-event": "a"},
            [f"on_event isn't undone: {TEXT}"],
        ),
    ],
)
def test_what_is_not_undone_is_named(path, wanted, row, said):
    assert list(unsaid.changes(MENUS[path], wanted, row)) == said
