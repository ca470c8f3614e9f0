"""Rows of this stack that the router has no more are told by every preview; `up --refresh` makes them again."""

from typing import NamedTuple

import pytest

import wiretik as wt
from wiretik.testing import deployed

PROGRAM = """
wg = wt.WireGuardInterface("mesh", name="wg7", listen_port=13237)
wt.IpAddress("mesh-address", address="10.77.0.1/24", interface=wg)
wt.FilterRule("from-mesh", chain="forward", in_interface=wg, action="accept", position=wt.BEFORE_DROP)
wt.FilterChain("block", chain="forward", position=wt.BEFORE_DROP, rules={
    "one": {"action": "accept", "dst_address": "10.7.1.0/24"},
    "two": {"action": "accept", "dst_address": "10.7.2.0/24"},
})
wt.AddressList("friends", list="friends", entries=["1.2.3.4", "1.2.3.5"])
wt.Identity("identity", name="home")
"""
SENTENCE = "no longer on the router"


class Said(NamedTuple):
    """What a run printed."""

    text: str


def told(run):
    """The sentence, which must be there once."""
    assert run.text.count(SENTENCE) <= 1
    at = run.text.find(SENTENCE)
    return run.text[run.text.rfind("127.0.0.1: ", 0, at) + 11 : at + 150] if at >= 0 else ""


def remove(lab, path, **where):
    ((name, value),) = where.items()
    for row in lab.router.rows(path):
        if value in row.get(name, ""):
            lab.run(f"{path}/remove", numbers=row[".id"])


def test_a_preview_tells_what_was_deleted_by_hand_and_up_refresh_makes_it_again(defconf, site, engine):
    made = site(defconf, PROGRAM, engine=engine)
    assert made.up().errors == ()
    remove(defconf, "/ip/address", address="10.77.0.1")
    remove(defconf, "/ip/firewall/filter", **{"dst-address": "10.7.2.0/24"})
    remove(defconf, "/ip/firewall/address-list", list="friends")

    preview = made.preview()

    assert preview.touched == []
    assert told(preview).startswith("3 resources of this stack are no longer on the router (")
    for name in ("mesh-address", "block.two", "friends"):
        assert name in told(preview)
    assert "`up --refresh` makes them again" in told(preview)
    assert told(made.preview(refresh=True)) == ""
    assert made.up(refresh=True).errors == ()
    assert [row["address"] for row in defconf.router.rows("/ip/address")][-1] == "10.77.0.1/24"


@pytest.fixture
def home(capsys):
    """A function that says what a preview tells, of a site in this process."""
    address = ["10.77.0.1/24"]
    text = PROGRAM.replace('"10.77.0.1/24"', "address[0]")
    with deployed(lambda: exec(text, {"wt": wt, "address": address})) as made:

        def tells():
            capsys.readouterr()
            assert made.preview().ok
            return told(Said(capsys.readouterr().err))

        yield made, tells, address


def test_a_row_that_lost_its_tag_by_hand_is_still_there(home):
    made, tells, _ = home
    assert made.up().errors == ()
    for path in ("/interface/wireguard", "/ip/address", "/ip/firewall/filter", "/ip/firewall/address-list"):
        for row in made.rows(path):
            if "[wt:" in row.get("comment", ""):
                made.router.run(f"{path}/set", numbers=row[".id"], comment="mine")

    assert tells() == ""
    remove(made.router, "/ip/address", address="10.77.0.1")
    assert "1 resource of this stack is no longer on the router (mesh-address)" in tells()


def test_what_a_broken_deployment_never_made_is_not_gone(home):
    made, tells, _ = home
    made.router.fault("refuse", path="/ip/firewall/filter", verb="add", message="failure: no space left", times=0)
    assert not made.up().ok

    assert tells() == ""
    made.router.clear_faults()
    assert made.up().errors == ()


def test_a_row_that_this_up_makes_again_is_not_told(home):
    made, tells, address = home
    assert made.up().errors == ()
    remove(made.router, "/ip/address", address="10.77.0.1")
    address[0] = "10.77.0.2/24"

    assert tells() == ""
    assert made.up().errors == ()
    assert made.rows("/ip/address")[-1]["address"] == "10.77.0.2/24"


def test_after_a_reset_all_is_told_in_one_sentence(home):
    made, tells, _ = home
    assert made.up().errors == ()
    for path in ("/interface/wireguard", "/ip/address", "/ip/firewall/filter", "/ip/firewall/address-list"):
        remove(made.router, path, comment="[wt:")

    sentence = tells()

    assert sentence.startswith("5 resources of this stack are no longer on the router (mesh, mesh-address, from-mesh, ")
    assert "block, friends)" in sentence
    assert made.up(refresh=True).errors == ()
    assert tells() == ""
