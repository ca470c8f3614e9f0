"""What holds before a deployment and after it holds after each of its writes: the real ones, in the engine's own order.

tests/provider/trace/test_order_in_time.py replays the same updates in any order that dependencies allow.
"""

import functools
import pathlib

import pytest

import updates
from at_length import rounds
from in_between import broken, disappointed
from replaying import declared, read, recorded
from updates import CONFIG, LESS, MORE

TESTS = str(pathlib.Path(__file__).parents[1])
PEERS = "/interface/wireguard/peers/print"
PROGRAM = "import updates\nupdates.site(updates.{}[{!r}])\n"


@functools.cache
def expected(name, what):
    """What the program expects, and what its components promise."""
    args = {"LESS": LESS, "MORE": MORE}[name][what]
    return declared(lambda: updates.site(args), CONFIG).expected[""]


def lost(lab, made, name, what, asked):
    """What a deployment of a program loses on its way."""
    made.write(PROGRAM.format(name, what))
    first = read(lab.router)
    with recorded(lab.router) as steps:
        done = made.up()
    assert done.errors == ()
    return [str(one) for one in (*broken(first, steps), *disappointed(first, steps, asked))]


# Those in which something is held; the others are replayed.
HELD = ["exit", "client's LANs", "subnet", "public subnet"][: rounds(1, 4)]


@pytest.mark.parametrize("what", HELD)
def test_what_is_added_to_a_site_and_taken_out_again_breaks_nothing_on_its_way(defconf, site, engine, what):
    made = site(defconf, PROGRAM.format("LESS", what), engine=engine, environment={"PYTHONPATH": TESTS})
    assert made.up().errors == ()
    before = defconf.router.snapshot()
    asked = {**expected("LESS", what), **expected("MORE", what)}

    assert lost(defconf, made, "MORE", what, asked) == []
    assert defconf.router.snapshot() != before
    assert lost(defconf, made, "LESS", what, asked) == []
    assert defconf.router.snapshot() == before


def test_what_a_deployment_that_failed_left_to_carry_on_is_taken_out_by_the_next(defconf, site, engine):
    made = site(defconf, PROGRAM.format("LESS", "exit"), engine=engine, environment={"PYTHONPATH": TESTS})
    assert made.up().errors == ()
    before = defconf.router.snapshot()
    made.write(PROGRAM.format("MORE", "exit"))
    assert made.up().errors == ()
    made.write(PROGRAM.format("LESS", "exit"))
    defconf.fault("refuse", "/routing/rule", "remove", message="failure: not today")

    failed = made.up()
    assert "not today" in "".join(failed.errors)
    [laptop] = [row for row in defconf.run(PEERS) if row["name"] == "home-wg-mesh-laptop"]
    assert laptop["allowed-address"] == "0.0.0.0/0,10.99.0.2/32"

    again = made.up()
    assert again.errors == ()
    assert again.names("update") == []
    assert defconf.router.snapshot() == before


def test_a_client_that_is_the_exit_and_leaves_costs_no_command_for_what_it_held(defconf, site):
    made = site(defconf, PROGRAM.format("MORE", "exit"), environment={"PYTHONPATH": TESTS})
    assert made.up().errors == ()
    defconf.reset_stats()

    assert made.destroy().errors == ()

    assert defconf.stats().commands["/interface/wireguard/peers"].keys() == {"print", "remove"}


BY_ROWS = """
wg1 = wt.WireGuardInterface("wg1")
address = wt.IpAddress("wg1", address="10.20.0.1/24", interface=wg1)
allowed = ["10.20.0.0/24", "9.9.9.0/24"]
hub = wt.Peer("hub", interface=wg1, public_key="A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", {peer})
"""
HELD = """
lab = wt.AllowedAddress("hub-lab", peer=hub, address="9.9.9.0/24")
wt.Route("lab", pulumi.ResourceOptions(depends_on=[lab]), dst_address="9.9.9.0/24", gateway=wg1)
"""


def test_rows_that_a_program_orders_by_itself_go_in_that_order(defconf, site, engine):
    made = site(defconf, BY_ROWS.format(peer="allowed_address=allowed, held=allowed[1:]") + HELD, engine=engine)
    assert made.up().errors == ()
    made.write(BY_ROWS.format(peer="allowed_address=allowed[:1]"))

    with recorded(defconf.router) as steps:
        done = made.up()

    assert done.errors == ()
    assert (done.names("update"), done.names("delete")) == (["hub"], ["hub-lab", "lab"])
    assert [words.split()[0] for words, _ in steps] == ["/ip/route/remove", "/interface/wireguard/peers/set"]
    assert defconf.run(PEERS)[0]["allowed-address"] == "10.20.0.0/24"


def test_another_prefix_in_its_place_is_there_before_the_old_one_goes(defconf, site, engine):
    text = BY_ROWS.format(peer="allowed_address=allowed, held=allowed[1:]") + HELD
    made = site(defconf, text, engine=engine)
    assert made.up().errors == ()
    made.write(text.replace("9.9.9.0/24", "9.9.8.0/24"))

    with recorded(defconf.router) as steps:
        done = made.up()

    assert done.errors == ()
    said = [[word for word in words.split() if ".id=" not in word and ".tag=" not in word] for words, _ in steps]
    assert [" ".join(words) for words in said] == [
        "/interface/wireguard/peers/set =allowed-address=9.9.8.0/24,9.9.9.0/24,10.20.0.0/24",
        "/ip/route/set =dst-address=9.9.8.0/24",
        "/interface/wireguard/peers/set =allowed-address=9.9.8.0/24,10.20.0.0/24",
    ]


def test_who_begins_to_hold_or_no_longer_does_writes_nothing(defconf, site):
    plain = 'wt.Route("lab", dst_address="9.9.9.0/24", gateway=wg1)'
    made = site(defconf, BY_ROWS.format(peer="allowed_address=allowed") + plain)
    assert made.up().errors == ()
    before = defconf.router.snapshot()

    made.write(BY_ROWS.format(peer="allowed_address=allowed, held=allowed[1:]") + HELD)
    held = made.up()
    made.write(BY_ROWS.format(peer="allowed_address=allowed") + plain)
    plain_again = made.up()

    assert (held.errors, held.touched) == ((), [("create", "hub-lab"), ("update", "hub")])
    assert (plain_again.errors, plain_again.touched) == ((), [("delete", "hub-lab"), ("update", "hub")])
    assert defconf.router.snapshot() == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BY_ROWS.format(peer="allowed_address=allowed, held=allowed[1:]"), "nothing holds 9.9.9.0/24"),
        (BY_ROWS.format(peer="allowed_address=allowed[:1], held=allowed[1:]"), "allowed_address hasn't 9.9.9.0/24"),
        (BY_ROWS.format(peer="allowed_address=allowed") + HELD, "hub doesn't say that 9.9.9.0/24 is held"),
    ],
)
def test_half_of_it_is_refused_before_the_first_write(defconf, site, text, reason):
    before = defconf.router.snapshot()

    done = site(defconf, text).up()

    assert reason in "".join(done.errors) + done.text
    assert not done.ok
    assert defconf.router.snapshot() == before
