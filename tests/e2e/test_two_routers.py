"""Two routers in one stack, each over TLS with its own certificate pinned."""

import pytest

from deploying import PASSWORD, Site, reach, writes
from wiretik_provider.simulator import serve

PROGRAM = """
for name in ("home", "office"):
    router = wt.Router(name)
    wg = wt.WireGuardInterface(f"{name}-wg", name="wg7", listen_port=13237, router=router)
    wt.IpAddress(f"{name}-address", address=f"10.77.0.{1 + (name == 'office')}/24", interface=wg, router=router)
    accept = wt.FilterRule(
        f"{name}-accept", chain="forward", in_interface=wg, action="accept", position=wt.BEFORE_DROP, router=router
    )
    wt.Identity(f"{name}-identity", name=name, router=router)
    pulumi.export(name, wg.public_key)
"""


@pytest.fixture
def labs():
    common = {"profile": "defconf", "password": PASSWORD}
    with (
        serve(serial="HOME0000001", certificate_number=1, **common) as home,
        serve(serial="OFFICE00002", certificate_number=2, **common) as office,
    ):
        yield {"home": home, "office": office}


def config(labs):
    return {"wiretik:routers": {name: reach(lab, tls="pin") for name, lab in labs.items()}}


def test_each_router_gets_its_own_rows_and_gives_them_back(tmp_path, labs, engine):
    site = Site(tmp_path, PROGRAM, config(labs), engine=engine)
    before = {name: lab.router.snapshot() for name, lab in labs.items()}

    preview = site.preview()
    assert preview.errors == ()
    assert {"preflight-home", "preflight-office", "home-wg", "office-wg"} <= set(preview.names("create"))
    assert [writes(lab) for lab in labs.values()] == [0, 0]
    up = site.up()

    assert up.errors == ()
    for number, (name, lab) in enumerate(labs.items(), 1):
        rows = lab.run("/interface/wireguard/print")
        assert [row["public-key"] for row in rows] == [up.outputs[name]]
        assert [row["address"] for row in lab.run("/ip/address/print", "?interface=wg7")] == [f"10.77.0.{number}/24"]
        assert lab.run("/system/identity/print") == [{"name": name}]
        lab.reset_stats()
    assert site.up(refresh=True).touched == []
    for lab in labs.values():
        assert writes(lab) == 0
        assert lab.stats().connections == 1
    assert site.destroy().errors == ()
    assert {name: lab.router.snapshot() for name, lab in labs.items()} == before


def test_drift_on_one_is_mended_there_alone(tmp_path, labs):
    site = Site(tmp_path, PROGRAM, config(labs))
    assert site.up().errors == ()
    rule = next(row for row in labs["office"].run("/ip/firewall/filter/print") if "wt:" in row.get("comment", ""))
    labs["office"].run("/ip/firewall/filter/set", id=rule[".id"], disabled="yes")
    labs["home"].reset_stats()

    up = site.up(refresh=True)

    assert up.touched == [("update", "office-accept")]
    assert writes(labs["home"]) == 0


def test_a_closed_gate_stops_its_own_routers_rows(tmp_path, labs):
    site = Site(tmp_path, PROGRAM, config(labs))
    labs["office"].run("/interface/wireguard/add", name="wg7")

    up = site.up()

    assert len(up.errors) == 1
    assert "office" in up.errors[0]
    assert writes(labs["office"]) == 0


def test_routers_that_were_exchanged_are_refused(tmp_path, labs):
    site = Site(tmp_path, PROGRAM, config(labs))
    assert site.up().errors == ()
    site.configure(
        {
            "wiretik:routers": {
                name: reach(labs[other], tls="pin") for name, other in (("home", "office"), ("office", "home"))
            }
        }
    )
    site._stack = None
    for lab in labs.values():
        lab.reset_stats()

    up = site.up()

    assert not up.ok
    assert any("another router than the state knows" in error for error in up.errors)
    assert [writes(lab) for lab in labs.values()] == [0, 0]


def test_a_second_router_without_an_entry_in_config_is_an_error_with_the_cure(tmp_path, labs):
    site = Site(tmp_path, PROGRAM, {f"wiretik:{key}": value for key, value in reach(labs["home"]).items()})

    preview = site.preview()

    assert not preview.ok
    assert any("wiretik:routers" in error and "pulumi config set --path" in error for error in preview.errors)


def test_two_rules_of_two_routers_are_no_neighbours(tmp_path, labs):
    site = Site(
        tmp_path,
        'one = wt.FilterRule("one", chain="input", action="accept", router="home")\n'
        'wt.FilterRule("two", chain="input", action="accept", router="office", position=wt.Before(one))\n',
        config(labs),
    )

    preview = site.preview()

    assert not preview.ok
    assert any("can't stand beside" in error for error in preview.errors)
