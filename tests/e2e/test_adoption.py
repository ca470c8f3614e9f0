"""Whose row it is: taking over what was there, giving it back, renaming on either side, and what is never replaced."""

import pytest

from deploying import PASSWORD, Site, reach, writes
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

THEIRS = """
wt.Scheduler("nightly", interval="1d", on_event="/log/info hello", comment="every night"{adopt})
wt.FilterRule("ssh", chain="input", protocol="tcp", dst_port=22, action="accept"{adopt})
wt.AddressList("far-away", entries=[wt.Entry("10.78.0.0/24", comment="far LAN")]{adopt})
"""


@pytest.fixture
def theirs(bare):
    """A router with rows of somebody else, whom the program resembles."""
    bare.run(
        "/system/scheduler/add", name="nightly", interval="2d", start_time="03:00:00", disabled="yes", comment="mine"
    )
    bare.run(
        "/ip/firewall/filter/add", chain="input", protocol="tcp", dst_port="22", action="accept", comment="mine too"
    )
    bare.run("/ip/firewall/address-list/add", list="far-away", address="10.78.0.0/24", comment="mine three")
    bare.reset_stats()
    return bare


def tags(lab, path):
    return [ownership.split(row.get("comment", ""))[1] for row in lab.run(f"{path}/print")]


def test_without_adopt_the_error_names_the_row_and_nothing_is_written(theirs, site):
    up = site(theirs, THEIRS.format(adopt="")).up()

    told = " | ".join(up.errors)
    assert "nightly: the router has it already (scheduler entry nightly, *1)" in told
    assert 'ssh: the router has it already (filter rule "mine too", *1)' in told
    assert "adopt=True takes it over" in told
    assert writes(theirs) == 0


def test_an_adopted_row_becomes_as_declared_and_destroy_gives_it_back(theirs, site):
    made = site(theirs, THEIRS.format(adopt=", adopt=True"))
    before = theirs.router.snapshot()

    assert made.up().errors == ()

    (row,) = theirs.run("/system/scheduler/print")
    assert (row["interval"], row["disabled"], row["on-event"]) == ("1d", "false", "/log/info hello")
    for path in ("/system/scheduler", "/ip/firewall/filter", "/ip/firewall/address-list"):
        assert [tag.adopted for tag in tags(theirs, path)] == [True], path
    assert made.up(refresh=True).touched == []
    made.write(THEIRS.format(adopt=", adopt=True").replace('"1d"', '"3d"'))
    assert made.up().names("update") == ["nightly"]
    assert made.destroy().errors == ()
    assert theirs.router.snapshot() == before


def test_an_answer_lost_while_adopting_loses_nothing(theirs, site):
    made = site(theirs, THEIRS.format(adopt=", adopt=True"))
    before = theirs.router.snapshot()
    theirs.fault("lose", path="/system/scheduler", verb="set")

    assert made.up().errors == ()
    assert made.destroy().errors == ()

    assert theirs.router.snapshot() == before


def test_an_adopted_row_whose_former_values_were_lost_is_left_and_said_so(theirs, site):
    made = site(theirs, THEIRS.format(adopt=", adopt=True"))
    assert made.up().errors == ()
    made.checkpoint.unlink()  # as after a kill before the state was written
    assert made.up().errors == ()

    destroy = made.destroy()

    assert destroy.errors == ()
    assert "its former values are lost" in destroy.text
    assert [row["name"] for row in theirs.run("/system/scheduler/print")] == ["nightly"]
    assert tags(theirs, "/system/scheduler") == [None]


def test_another_stacks_row_is_known_as_such(bare, site):
    program = 'wt.Scheduler("nightly", interval="1d")'
    first, second = site(bare, program), site(bare, program)
    (second.directory / "Pulumi.yaml").write_text("name: other\nruntime: python\n")
    second.name = "other"
    assert first.up().errors == ()
    bare.reset_stats()

    told = " ".join(second.up().errors)

    assert "nightly" in told
    assert "already" in told
    assert writes(bare) == 0


def test_a_resource_renamed_with_an_alias_has_its_tag_rewritten_in_place(bare, site, engine):
    program = 'wt.WireGuardInterface("{}", name="wg7", listen_port=13555{})'
    made = site(bare, program.format("old", ""), engine=engine)
    assert made.up().errors == ()
    before = bare.run("/interface/wireguard/print")
    alias = ', opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="old")])'
    made.write(program.format("new", alias))

    up = made.up()

    assert up.errors == ()
    assert up.touched == [("update", "new")]
    (row,) = bare.run("/interface/wireguard/print")
    (was,) = before
    assert {**row, "comment": ""} == {**was, "comment": ""}
    assert row["comment"] != was["comment"]
    assert made.up(refresh=True).touched == []


def test_a_resource_renamed_without_an_alias_keeps_its_row_and_the_key_that_the_router_made(bare, site, engine):
    program = 'wt.WireGuardInterface("{}", name="wg7", listen_port=13555)'
    made = site(bare, program.format("old"), engine=engine)
    assert made.up().errors == ()
    (was,) = bare.run("/interface/wireguard/print")
    made.write(program.format("new"))

    up = made.up()

    assert up.errors == ()
    assert up.touched == [("create", "new"), ("delete", "old")]
    (row,) = bare.run("/interface/wireguard/print")
    assert {**row, "comment": ""} == {**was, "comment": ""}
    assert made.up(refresh=True).touched == []


def test_a_renamed_interface_is_an_update_in_place_and_references_follow(bare, site, engine):
    program = (
        'wg = wt.WireGuardInterface("mesh", name="{0}")\n'
        'wt.IpAddress("address", address="10.77.0.2/24", interface=wg)\n'
        'wt.FilterRule("accept", chain="forward", in_interface=wg, action="accept")\n'
        'table = wt.RoutingTable("table", name="{1}", fib=True)\n'
        'wt.Route("route", dst_address="10.78.0.0/24", gateway=wg, routing_table=table)\n'
        'wt.RoutingRule("rule", action="lookup", table=table)\n'
    )
    made = site(bare, program.format("wg7", "far"), engine=engine)
    assert made.up().errors == ()
    key = bare.run("/interface/wireguard/print")[0]["public-key"]
    made.write(program.format("wg8", "farther"))
    bare.reset_stats()

    up = made.up()

    assert up.errors == ()
    assert up.names("create", "delete", "replace", "create-replacement", "delete-replaced") == []
    assert {"mesh", "table"} <= set(up.names("update"))
    assert [(row["name"], row["public-key"]) for row in bare.run("/interface/wireguard/print")] == [("wg8", key)]
    assert writes(bare) == 2  # what refers to them followed on the router
    assert [row["interface"] for row in bare.run("/ip/address/print", "?dynamic=false")] == ["wg8"]
    (route,) = bare.run("/ip/route/print", "?static=true")
    assert (route["gateway"], route["routing-table"]) == ("wg8", "farther")
    assert made.up(refresh=True).touched == []
    assert made.destroy().errors == ()


def test_singletons_give_back_what_they_had(defconf, site):
    defconf.run("/ip/dns/set", servers="1.1.1.1", cache_size="4096")
    defconf.run("/system/identity/set", name="before")
    before = defconf.router.snapshot()
    program = 'wt.Dns("dns", servers=["9.9.9.9"]{})\nwt.Identity("me", name="after")\n'
    made = site(defconf, program.format(", cache_size=8192"))
    assert made.up().errors == ()
    (dns,) = defconf.run("/ip/dns/print")
    assert (dns["servers"], dns["cache-size"], dns["allow-remote-requests"]) == ("9.9.9.9", "8192", "true")
    defconf.run("/ip/dns/set", allow_remote_requests="no")  # not declared, so it is somebody else's business
    assert made.up(refresh=True).touched == []
    defconf.run("/ip/dns/set", allow_remote_requests="yes")
    made.write(program.format(""))

    assert made.up().names("update") == ["dns"]

    assert defconf.run("/ip/dns/print")[0]["cache-size"] == "4096"
    assert made.destroy().errors == ()
    assert defconf.router.snapshot() == before


def test_an_answer_lost_at_a_singleton_loses_nothing(defconf, site):
    defconf.run("/ip/dns/set", servers="1.1.1.1")
    before = defconf.router.snapshot()
    made = site(defconf, 'wt.Dns("dns", servers=["9.9.9.9"])')
    defconf.fault("lose", path="/ip/dns", verb="set")

    assert made.up().errors == ()
    assert made.destroy().errors == ()

    assert defconf.router.snapshot() == before


MOVING = 'wt.WireGuardInterface("mesh", name="wg7"{key}, router="{router}")\nwt.Script("keep", router="{other}")\n'


@pytest.fixture
def two():
    with serve(password=PASSWORD, serial="ONE00000001") as one, serve(password=PASSWORD, serial="TWO00000002") as other:
        yield {"one": one, "two": other}, {"wiretik:routers": {"one": reach(one), "two": reach(other)}}


def test_an_interface_whose_key_the_router_made_is_never_replaced(two, tmp_path, engine):
    labs, config = two
    site = Site(tmp_path, MOVING.format(key="", router="one", other="two"), config, engine=engine)
    assert site.up().errors == ()
    site.write(MOVING.format(key="", router="two", other="one"))

    preview = site.preview()

    assert any("private key" in error and "private_key=" in error for error in preview.errors), preview.errors
    assert [row["name"] for row in labs["one"].run("/interface/wireguard/print")] == ["wg7"]
    assert labs["two"].run("/interface/wireguard/print") == []


def test_an_interface_with_a_declared_key_moves_to_the_other_router(two, tmp_path):
    labs, config = two
    key = ', private_key="UFFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVFRUVE="'
    site = Site(tmp_path, MOVING.format(key=key, router="one", other="two"), config)
    assert site.up().errors == ()
    site.write(MOVING.format(key=key, router="two", other="one"))

    up = site.up()

    assert up.errors == ()
    assert "mesh" in up.names("replace", "create-replacement")
    assert labs["one"].run("/interface/wireguard/print") == []
    assert [row["name"] for row in labs["two"].run("/interface/wireguard/print")] == ["wg7"]


def test_a_row_that_is_only_read_is_never_changed_or_deleted(defconf, site):
    program = (
        'wan = wt.InterfaceList.get("wan", "WAN")\n'
        'rule = wt.NatRule.get("rule", "*1")\n'
        'pulumi.export("wan", wan.comment)\n'
        'pulumi.export("action", rule.action)\n'
    )
    made = site(defconf, program)
    before = defconf.router.snapshot()

    up = made.up()

    assert up.errors == ()
    assert up.outputs == {"wan": "defconf", "action": "masquerade"}
    assert made.destroy().errors == ()
    assert defconf.router.snapshot() == before
