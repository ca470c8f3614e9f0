"""Rows that were there before, as time goes on: who takes which, `adopt` taken away, keys, the way back."""

import pytest

from deploying import PASSWORD, writes
from wiretik.cli.display import words
from wiretik_provider.rows import compare, ownership
from wiretik_provider.simulator import serve

KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
SHARED = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo="
OWN = "yGQ3FH40WUmzvhHvXI3h/1VaVCRaswXXhOtRQTjymUg="


def tags(lab, path, *words):
    return [ownership.split(row.get("comment", ""))[1] for row in lab.run(f"{path}/print", *words)]


def dropped(program):
    """The program that once adopted and no longer says so."""
    return program.replace(", adopt=True", "")


EVERYTHING = """
wt.WireGuardInterface("wg0", listen_port=13231, adopt=True)
wt.Peer("p", interface="wg0", public_key="AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        allowed_address=["10.0.0.2/32"], preshared_key="dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=", adopt=True)
wt.Route("far", dst_address="10.55.0.0/16", gateway="bridge", adopt=True)
wt.FilterRule("r", chain="forward", action="accept", src_address="10.9.9.9", position=wt.FIRST, adopt=True)
wt.FilterChain("c", chain="forward", rules={"a": {"action": "accept", "dst_address": "10.9.9.8"}}, adopt=True)
wt.AddressList("l", entries=["1.2.3.4"], adopt=True)
wt.Dns("dns", servers=["9.9.9.9"], adopt=True)
"""


@pytest.fixture
def populated(defconf):
    """A router that has what `EVERYTHING` says."""
    defconf.run("/interface/wireguard/add", name="wg0", listen_port="13231")
    peer = {"interface": "wg0", "public_key": KEY, "allowed_address": "10.0.0.2/32", "preshared_key": SHARED}
    defconf.run("/interface/wireguard/peers/add", **peer)
    defconf.run("/ip/route/add", dst_address="10.55.0.0/16", gateway="bridge")
    defconf.run("/ip/firewall/filter/add", chain="forward", action="accept", src_address="10.9.9.9")
    defconf.run("/ip/firewall/filter/add", chain="forward", action="accept", dst_address="10.9.9.8")
    defconf.run("/ip/firewall/address-list/add", list="l", address="1.2.3.4")
    return defconf


def test_adopt_taken_out_of_the_program_is_no_change(populated, site, engine):
    made = site(populated, EVERYTHING, engine=engine)
    assert made.up().errors == ()
    made.write(dropped(EVERYTHING))
    populated.reset_stats()

    assert made.preview().touched == []
    assert made.up().touched == []
    assert made.up(refresh=True).touched == []

    assert writes(populated) == 0
    assert [tag.adopted for tag in tags(populated, "/ip/route", "?static=true")] == [True]


def test_adopt_taken_away_beside_another_change_hides_nothing(populated, site):
    made = site(populated, EVERYTHING)
    assert made.up().errors == ()
    made.write(dropped(EVERYTHING).replace("listen_port=13231", "listen_port=13232, comment='x'"))

    assert made.preview().names("update") == ["wg0"]
    assert made.up().names("update") == ["wg0"]

    (row,) = populated.run("/interface/wireguard/print")
    assert row["listen-port"] == "13232"
    assert made.up(refresh=True).touched == []


def test_drift_is_mended_though_adopt_was_taken_away(populated, site):
    made = site(populated, EVERYTHING)
    assert made.up().errors == ()
    made.write(dropped(EVERYTHING))
    populated.run("/interface/wireguard/set", numbers="wg0", disabled="yes")

    assert made.up(refresh=True).names("update") == ["wg0"]

    assert populated.run("/interface/wireguard/print")[0]["disabled"] == "false"


def test_adopt_put_into_the_program_later_is_no_change_of_a_row(bare, site):
    program = 'wt.Scheduler("nightly", interval="1d"{})\nwt.Route("r", dst_address="10.1.0.0/16", blackhole=True{})\n'
    made = site(bare, program.format("", ""))
    assert made.up().errors == ()
    made.write(program.format(*[", adopt=True"] * 2))

    assert made.up().touched == []


def test_adopt_put_into_a_list_later_takes_its_entries_over(bare, site):
    bare.run("/ip/firewall/address-list/add", list="l", address="1.2.3.4")
    made = site(bare, 'wt.AddressList("l", entries=["1.2.3.4"])')
    assert made.up().errors == ()
    assert tags(bare, "/ip/firewall/address-list") == [None]
    made.write('wt.AddressList("l", entries=["1.2.3.4"], adopt=True)')

    assert made.up().names("update") == ["l"]

    assert [tag.adopted for tag in tags(bare, "/ip/firewall/address-list")] == [True]


ROUTES = (
    'for name in {}:\n    wt.Route(name, dst_address="10.77.0.0/16", gateway="192.0.2.1", disabled=True, adopt=True)\n'
)
RULES = (
    'for name in {}:\n    wt.FilterRule(name, chain="forward", action="accept", src_address="10.9.9.9", adopt=True)\n'
)
BLOCKS = """
for name in {}:
    wt.FilterChain(name, chain="forward", rules={{"a": {{"action": "accept", "src_address": "10.9.9.9"}}}}, adopt=True,
                   position=wt.BEFORE_DROP if name == "one" else None)
"""
EQUAL = {
    "routes": (ROUTES, "/ip/route", {"dst_address": "10.77.0.0/16", "gateway": "192.0.2.1", "disabled": "yes"}),
    "rules": (RULES, "/ip/firewall/filter", {"chain": "forward", "action": "accept", "src_address": "10.9.9.9"}),
    "blocks": (BLOCKS, "/ip/firewall/filter", {"chain": "forward", "action": "accept", "src_address": "10.9.9.9"}),
}


@pytest.mark.parametrize("case", EQUAL)
def test_equal_rows_are_adopted_by_one_resource_each(bare, site, case):
    program, path, row = EQUAL[case]
    names = ["one", "two", "three", "four"]
    for _ in names:
        bare.run(f"{path}/add", **row)
    made = site(bare, program.format(names))

    up = made.up()

    assert up.errors == ()
    found = tags(bare, path)
    assert len(found) == len(names)
    assert len({tag.owner for tag in found}) == len(names)
    assert all(tag.adopted for tag in found)
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()
    assert tags(bare, path) == [None] * len(names)


@pytest.mark.parametrize("case", ["routes", "blocks"])
def test_equal_rows_stay_one_resources_each_after_a_lost_state(bare, site, case):
    program, path, row = EQUAL[case]
    for _ in "ab":
        bare.run(f"{path}/add", **row)
    made = site(bare, program.format(["one"]))
    assert made.up().errors == ()
    made.checkpoint.unlink()  # as after a kill between the first adoption and the state
    made.write(program.format(["one", "two"]))

    assert made.up().errors == ()

    found = tags(bare, path)
    assert len(found) == 2
    assert len({tag.owner for tag in found}) == 2


def test_where_there_are_fewer_equal_rows_than_resources_the_rest_is_made(bare, site):
    program, path, row = EQUAL["routes"]
    bare.run(f"{path}/add", **row)
    made = site(bare, program.format(["one", "two"]))

    assert made.up().errors == ()

    found = tags(bare, path)
    assert sorted(tag.adopted for tag in found) == [False, True]
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()
    assert tags(bare, path) == [None]


def test_nobodys_row_is_adopted_though_another_stack_has_an_equal_one(bare, site):
    program, path, row = EQUAL["rules"]
    theirs = bare.run(f"{path}/add", **row, comment="x [wt:aaaaaaaaaaaa]")
    bare.run(f"{path}/add", **row)

    assert site(bare, program.format(["mine"])).up().errors == ()

    del theirs
    first, second = tags(bare, path)
    assert (first.owner, second.adopted) == ("aaaaaaaaaaaa", True)


def test_what_an_adopted_row_was_comes_back_whatever_the_program_made_of_it_since(bare, site, engine):
    bare.run("/system/scheduler/add", name="nightly", interval="2d", start_time="03:00:00", comment="mine")
    bare.run("/ip/route/add", dst_address="10.1.0.0/16", gateway="192.0.2.1", comment="theirs")
    before = bare.router.snapshot()
    program = (
        'wt.Scheduler("nightly", interval="2d", start_time="03:00:00"{}, adopt=True)\n'
        'wt.Route("r", dst_address="10.1.0.0/16", gateway="192.0.2.1"{}, adopt=True)\n'
    )
    made = site(bare, program.format("", ""), engine=engine)
    assert made.up().errors == ()
    made.write(program.format(', name="weekly", on_event="/log info x", disabled=True', ", distance=7"))
    assert made.up().names("update") == ["nightly", "r"]

    assert made.destroy().errors == ()

    assert bare.router.snapshot() == before


def test_destroy_gives_adopted_interfaces_addresses_and_lists_back(populated, site, engine):
    before = populated.router.snapshot()
    kept = EVERYTHING.replace(", position=wt.FIRST", "")  # a rule isn't moved back
    program = kept + 'wt.IpAddress("lan", address="192.168.88.1/24", interface="bridge", adopt=True)\n'
    made = site(populated, program, engine=engine)
    assert made.up().errors == ()

    destroy = made.destroy()

    assert destroy.errors == ()
    assert populated.router.snapshot() == before


NARROW = {"policy": "api,read,write,policy,test", "name": "narrow"}
UNDECLARED = f"""
wg0 = wt.WireGuardInterface("wg0", listen_port=13231, adopt=True)
wt.Peer("p", interface=wg0, public_key="{KEY}", allowed_address="10.0.0.2/32", adopt=True)
"""


@pytest.fixture
def keyed():
    """A router with a peer that has keys, and a user who can't see them."""
    with serve(password=PASSWORD) as lab:
        lab.run("/interface/wireguard/add", name="wg0", listen_port="13231")
        peer = {"interface": "wg0", "public_key": KEY, "allowed_address": "10.0.0.2/32"}
        lab.run("/interface/wireguard/peers/add", **peer, preshared_key=SHARED, private_key=OWN)
        lab.run("/user/group/add", **NARROW)
        lab.run("/user/add", name="narrow", group="narrow", password=PASSWORD)
        yield lab


def keys(lab):
    (peer,) = lab.run("/interface/wireguard/peers/print")
    return peer.get("preshared-key"), peer.get("private-key")


@pytest.mark.parametrize(("first", "then"), [("narrow", "admin"), ("admin", "narrow")])
def test_keys_that_nobody_declared_stay_whoever_adopts_and_whoever_refreshes(keyed, site, first, then):
    made = site(keyed, UNDECLARED, config={"wiretik:username": first})
    assert made.up().errors == ()
    assert keys(keyed) == (SHARED, OWN)
    made.configure({**made.config, "wiretik:username": then})

    preview = made.preview(refresh=True)

    assert (preview.errors, preview.touched) == ((), [])
    assert SHARED not in preview.text
    up = made.up(refresh=True)
    assert (up.errors, up.touched) == ((), [])
    assert keys(keyed) == (SHARED, OWN)
    assert made.destroy().errors == ()
    assert keys(keyed) == (SHARED, OWN)


def test_a_key_that_was_declared_and_no_longer_is_goes(keyed, site):
    made = site(keyed, UNDECLARED.replace("allowed_address", f'preshared_key="{SHARED}", allowed_address'))
    assert made.up().errors == ()
    made.write(UNDECLARED)

    assert made.up().names("update") == ["p"]

    assert keys(keyed) in ((None, OWN), ("", OWN))
    assert made.up(refresh=True).touched == []


OPENINGS = """
wt.FilterRule("web", chain="input", action="accept", protocol="tcp", dst_port=443, comment="web server", adopt=True)
wt.Route("far", dst_address="10.55.0.0/16", gateway="192.0.2.1", adopt=True)
wt.FilterChain("c", chain="forward", adopt=True, rules={
    "theirs": {"action": "accept", "src_address": "10.8.8.8"}, "own": {"action": "accept", "src_address": "10.8.8.9"}})
wt.AddressList("l", entries=["1.2.3.4"], adopt=True)
"""
KEPT = 'wt.Script("kept", source="")\n'


@pytest.fixture
def opened(bare):
    """A router with what `OPENINGS` adopts."""
    bare.run(
        "/ip/firewall/filter/add", chain="input", action="accept", protocol="tcp", dst_port="443", comment="web server"
    )
    bare.run("/ip/firewall/filter/add", chain="forward", action="accept", src_address="10.8.8.8")
    bare.run("/ip/route/add", dst_address="10.55.0.0/16", gateway="192.0.2.1")
    bare.run("/ip/firewall/address-list/add", list="l", address="1.2.3.4")
    return bare


def test_of_adopted_rows_that_leave_the_program_it_is_said_that_they_stay(opened, site, engine):
    made = site(opened, OPENINGS + KEPT, engine=engine)
    assert made.up().errors == ()
    made.write(KEPT)

    preview, up = made.preview(), made.up()

    for run in (preview, up):
        assert run.errors == ()
        assert "adopted rows that the program no longer declares are given back and stay on the router" in run.text
        for name in ("web server", "dst-address=10.55.0.0/16", "address list entry l,1.2.3.4"):
            assert name in run.text, run.text
    assert "was there before: it is given back and stays on the router" in up.text
    assert [row["dst-port"] for row in opened.run("/ip/firewall/filter/print", "?chain=input")] == ["443"]
    assert [row["src-address"] for row in opened.run("/ip/firewall/filter/print", "?chain=forward")] == ["10.8.8.8"]
    assert "given back" not in made.preview().text


def test_the_embedded_engine_doesnt_call_it_deleted(opened, site):
    made = site(opened, OPENINGS)
    assert made.up().errors == ()
    made.write("\n")

    preview, up = made.preview(), made.up()

    for name in ("FilterRule web", "Route far", "AddressList l"):
        assert f"{name} give back: it stays on the router" in preview.text
        assert f"{name} given back: it stays on the router" in up.text
    assert "FilterChain c delete; 1 of its 2 rules are given back and stay on the router" in preview.text
    assert "of these 4 leave rows on the router" in preview.text


def test_what_the_program_made_itself_is_deleted_without_more(bare, site):
    made = site(bare, OPENINGS.replace(", adopt=True", ""))
    assert made.up().errors == ()
    made.write(KEPT)

    preview = made.preview()

    assert "FilterRule web delete" in preview.text
    assert "stay" not in preview.text


def test_the_display_looks_where_the_provider_keeps_what_rows_were():
    assert words.FORMER == compare.FORMER
