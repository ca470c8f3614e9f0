"""What a router prints is input: a codec reads it, or it stays text that nobody takes for more."""

import pytest

from hostile import BYTES, NAMES, no_control_characters
from wiretik_provider.errors import InvalidValue
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import compare, stored

WIREGUARD, PEERS = MENUS["/interface/wireguard"], MENUS["/interface/wireguard/peers"]
KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
TAG = "aaaabbbbcccc"
DECLARED = {"name": "wg0", "tag": TAG, compare.DECLARED: ["name"]}


def row(**more):
    return {".id": "*1", "name": "wg0", "public-key": KEY, "listen-port": "13231", "mtu": "1420", **more}


@pytest.mark.parametrize("key", [f"{KEY}\n[Interface]\nPostUp = id", KEY[:-4], "AAAA", "²", *NAMES])
def test_a_key_that_is_none_never_becomes_an_output(key):
    with pytest.raises(InvalidValue, match=r"public-key: the router prints '.*: not a WireGuard key") as refused:
        stored.outputs(WIREGUARD, row(**{"public-key": key}), DECLARED)
    no_control_characters(str(refused.value))
    with pytest.raises(InvalidValue, match="public-key"):
        stored.outputs(PEERS, {".id": "*1", "public-key": key}, {"tag": TAG, compare.DECLARED: ["public_key"]})


def test_a_key_that_is_one_and_one_that_isnt_there_yet_are_outputs():
    assert stored.outputs(WIREGUARD, row(), DECLARED)["public_key"] == KEY
    assert stored.outputs(WIREGUARD, row(**{"public-key": ""}), DECLARED)["public_key"] == ""


@pytest.mark.parametrize("name", [*NAMES, "*1", ""])
def test_a_name_that_no_program_could_give_is_read_found_and_told_again(name):
    """Somebody renamed the row on the router, after which it is refreshed twice."""
    there = row(name=name, comment=f"[wt:{TAG}]")
    outs = stored.outputs(WIREGUARD, there, DECLARED)
    assert outs["name"] == name
    assert stored.inputs(WIREGUARD, there, outs).get("name", "") == name
    assert compare.find(WIREGUARD, [there], outs) == there
    assert compare.find(WIREGUARD, [row(name=name)], outs) in (row(name=name), None)
    change = compare.changes(WIREGUARD, there, {"name": "wg0", "comment": f"[wt:{TAG}]"})
    assert compare.set_words(change) == ("=name=wg0",)


@pytest.mark.parametrize("text", ["²", "1_0", "13231\nPostUp=x", pytest.param("9" * 5000, id="long"), BYTES])
def test_a_number_that_is_none_stays_the_text_that_it_is(text):
    assert stored.outputs(WIREGUARD, row(**{"listen-port": text}), DECLARED)["listen_port"] == text
