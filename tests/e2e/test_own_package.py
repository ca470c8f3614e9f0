"""The embedded engine runs Python programs whose resources are Wiretik's package, `wiretik:front plugin`."""

import json

import pytest

from at_length import LONG
from deploying import PASSWORD, STACK, Site, reach, refusing, writes
from programs import EVERY_MENU, KEY
from wiretik.cli.adopting.owning import routers
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

SOME = f"""
wg7 = wt.WireGuardInterface("wg7", listen_port=13237, mtu=1400)
wt.Peer("hub", interface=wg7, public_key="{KEY}", allowed_address=["10.77.0.0/24"])
wt.FilterRule("rule", chain="forward", in_interface=wg7, action="drop", position=wt.BEFORE_DROP)
wt.NatChain("block", chain="dstnat", rules={{"ssh": {{"protocol": "tcp", "dst_port": 22, "action": "accept"}}}})
wt.AddressList("far-away", entries=["10.78.0.0/24"])
"""
ROWS = EVERY_MENU if LONG else SOME
MORE = """
wt.MenuRow("/interface/vlan", "v20", vlan_id=20, interface="bridge")
key = wt.WireGuardKey("phone")
pulumi.export("mtu", wg7.mtu)
pulumi.export("key", key.private_key)
"""


@pytest.fixture(scope="module")
def lab():
    with serve(tls=False, password=PASSWORD, profile="defconf") as served:
        yield served


@pytest.fixture
def config(lab):
    return {f"wiretik:{key}": value for key, value in reach(lab).items()}


def test_a_stack_of_the_package_comes_stays_is_mended_and_goes(lab, config, tmp_path):
    before = lab.router.snapshot()
    site = Site(tmp_path, ROWS + MORE, {**config, "wiretik:front": "plugin"})

    planned = site.preview()
    assert planned.ok, planned.errors
    assert lab.router.snapshot() == before
    made = site.up()
    assert made.ok, made.errors
    assert made.touched == planned.touched
    assert made.outputs["mtu"] == "1400"
    assert made.outputs["key"] not in json.dumps(site.state)
    assert {one["type"].partition(":")[0] for one in site.state} == {"pulumi", "wiretik"}
    assert site.preview(refresh=True).touched == []

    (vlan,) = lab.router.rows("/interface/vlan")
    lab.run("/interface/vlan/set", **{".id": vlan[".id"], "mtu": "1400"})
    assert site.refresh().names("update") == ["v20"]
    assert site.up().names("update") == ["v20"]
    assert site.preview(refresh=True).touched == []
    assert site.destroy().ok
    assert lab.router.snapshot() == before


def test_a_dynamic_stack_moves_over_without_a_write_and_not_back(lab, config, tmp_path):
    before = lab.router.snapshot()
    site = Site(tmp_path, ROWS, config)
    assert site.up().ok

    site.configure({**config, "wiretik:front": "plugin"})
    lab.reset_stats()
    moved = site.up()
    assert moved.ok, moved.errors
    assert {op for op, _ in moved.touched} <= {"create", "update"}
    assert moved.changed == {}, "what a display would show as changed"
    assert writes(lab) == 0
    assert "__provider" not in json.dumps(site.state)
    assert site.preview(refresh=True).touched == []

    site.configure(config)
    (refused,) = site.up().errors
    assert "There is no way back to dynamic resources" in refused
    assert writes(lab) == 0
    site.configure({**config, "wiretik:front": "plugin"})
    assert site.destroy().ok
    assert lab.router.snapshot() == before


def test_an_error_is_one_line_and_the_next_up_goes_on(lab, config, tmp_path):
    before = lab.router.snapshot()
    program = 'wt.AddressList("mine", entries=["10.0.0.0/8", "10.1.1.1"])\nwt.InterfaceList("VPN")\n'
    site = Site(tmp_path, program, {**config, "wiretik:front": "plugin"})
    with refusing(lab, "/ip/firewall/address-list", "10.1.1.1"):
        (told,) = site.up().errors
    assert "10.1.1.1" in told
    assert "\n" not in told
    assert site.kept("mine")["initErrors"]
    assert site.up().ok
    assert site.preview(refresh=True).touched == []
    assert site.destroy().ok
    assert lab.router.snapshot() == before


def test_a_wrong_property_names_itself_as_the_package_spells_it_before_anything_is_written(lab, config, tmp_path):
    program = 'wt.InterfaceList("VPN")\nwt.WireGuardInterface("wg9", listen_port=70000)\n'
    site = Site(tmp_path, program, {**config, "wiretik:front": "plugin"})
    lab.reset_stats()
    told = site.up().errors
    assert any("listenPort" in one or "listen_port" in one for one in told), told
    assert writes(lab) == 0


def test_commands_that_look_into_the_state_know_its_rows_by_tag_and_pythons_names(config, tmp_path):
    site = Site(tmp_path, SOME, {**config, "wiretik:front": "plugin"})
    assert site.up().ok

    (router,) = routers(site.state, ())
    rows = {one.urn.rpartition("::")[2]: one for one in router.trials}
    assert rows.keys() == {"wg7", "hub", "rule", "block", "far-away"}
    assert rows["rule"].tag == ownership.make("site", STACK, "FilterRule", "rule")
    assert rows["rule"].inputs["in_interface"] == "wg7"
    assert "dst_port" in rows["block"].inputs["rules"]["ssh"]
    assert site.destroy().ok


def test_a_rule_with_another_name_is_the_one_it_was_where_the_program_says_so(lab, config, tmp_path):
    program = 'wt.FilterRule("{}", chain="forward", action="accept", src_address="10.7.0.0/24", position=wt.FIRST)\n'
    site = Site(tmp_path, program.format("old"), {**config, "wiretik:front": "plugin"})
    assert site.up().ok
    there = next(row[".id"] for row in lab.router.rows("/ip/firewall/filter") if "wt:" in row.get("comment", ""))

    site.write('wt.moved({"FilterRule::new": "FilterRule::old"})\n' + program.format("new"))
    moved = site.up()
    assert moved.ok, moved.errors
    assert moved.names("create", "delete", "replace") == []
    kept = [row[".id"] for row in lab.router.rows("/ip/firewall/filter") if "wt:" in row.get("comment", "")]
    assert kept == [there]
    assert site.destroy().ok


IMPORTED = """
wt.InterfaceList("wan", name="WAN", comment={}, opts=pulumi.ResourceOptions(import_="WAN"))
wt.IpAddress("lan", address="192.168.88.1/24", interface="bridge", network="192.168.88.0", comment="defconf",
             opts=pulumi.ResourceOptions(import_="192.168.88.1/24,bridge"))
"""


def test_a_row_is_read_into_the_state_by_import_and_then_is_like_any_other(lab, config, tmp_path):
    before = lab.router.snapshot()
    site = Site(tmp_path, IMPORTED.format("'defconf'"), {**config, "wiretik:front": "plugin"})
    lab.reset_stats()
    planned, made = site.preview(), site.up()
    assert planned.ok, planned.errors
    assert made.ok, made.errors
    assert made.names("import") == planned.names("import") == ["lan", "wan"]
    assert made.names("same", "update", "replace") == [], (made.steps, made.changed)
    assert writes(lab) == 0
    assert site.kept("wan")["importID"] == "WAN"
    assert site.preview(refresh=True).touched == []

    site.write(IMPORTED.format("'ours'"))
    assert site.up().names("update") == ["wan"]
    (wan,) = (row for row in lab.router.rows("/interface/list") if row["name"] == "WAN")
    assert ownership.split(wan["comment"])[0] == "ours"
    assert site.preview(refresh=True).touched == []
    lab.run("/interface/list/set", **{".id": wan[".id"], "comment": "defconf"})
    assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("plugin", "NEW", "nobody"), "resource 'nobody' does not exist"),
        (("plugin", "LAN", "WAN"), ") and isn't the one that import_='WAN' reads into the state: say its own id"),
        (("dynamic", "WAN", "WAN"), "the router has it already"),
    ],
)
def test_an_import_that_cant_be_done_says_why_and_writes_nothing(lab, config, tmp_path, asked, told):
    """Dynamic resources can't be imported so, nor one row for another: the gate says it before the first write."""
    front, name, id_ = asked
    program = f'wt.InterfaceList("x", name="{name}", opts=pulumi.ResourceOptions(import_="{id_}"))\n'
    site = Site(tmp_path, program, {**config, "wiretik:front": front})
    lab.reset_stats()
    for run in (site.preview(), site.up()):
        assert any(told in one for one in run.errors), run.errors
    assert writes(lab) == 0


def test_without_the_stacks_settings_a_destroy_takes_those_of_the_last_up(lab, config, tmp_path):
    before = lab.router.snapshot()
    site = Site(tmp_path, 'wt.InterfaceList("VPN")\n', {**config, "wiretik:front": "plugin"})
    assert site.up().ok
    for file in site.directory.glob("Pulumi.*.yaml"):
        file.unlink()

    gone = site.destroy()
    assert gone.ok, gone.errors
    assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    "program",
    [
        'pulumi.ProviderResource("wiretik", "mine", {"host": "192.0.2.1"})',
        'pulumi.CustomResource("random:index:RandomPet", "pet", {})',
    ],
    ids=["a provider of its own", "another package"],
)
def test_what_it_doesnt_run_is_refused_by_name(config, tmp_path, program):
    (told,) = Site(tmp_path, program, config).up().errors
    assert "dynamic resources and Wiretik's own package only" in told


@pytest.mark.parametrize(
    ("was", "now", "whose"),
    [
        ("::default_", "::berlin_", "' of the package 'wiretik'"),
        ("wiretik:index:InterfaceList", "random:index:RandomPet", "'random'"),
    ],
    ids=["a provider that the program made", "another package"],
)
def test_what_the_cli_made_with_another_provider_isnt_destroyed_by_the_one_of_the_config(
    config, tmp_path, was, now, whose
):
    site = Site(tmp_path, 'wt.InterfaceList("VPN")\n', {**config, "wiretik:front": "plugin"})
    assert site.up().ok
    before, text = site.state, site.checkpoint.read_text()
    site.checkpoint.write_text(text.replace(was, now))

    for done in (site.refresh(), site.destroy()):
        assert any(
            "VPN has the provider" in one and whose in one and "use the pulumi CLI" in one for one in done.errors
        ), done
    assert "VPN" in {one["urn"].rpartition("::")[2] for one in site.state}, "nothing is forgotten"
    site.checkpoint.write_text(text)
    assert site.state == before
    assert site.destroy().ok


def test_the_packages_process_serves_a_deployment_and_ends(lab, config, tmp_path):
    before = lab.router.snapshot()
    site = Site(tmp_path, 'wt.InterfaceList("VPN")\n', {**config, "wiretik:front": "plugin"}, separate=True)
    assert site.up().ok
    assert site.preview(refresh=True).touched == []
    assert site.destroy().ok
    assert lab.router.snapshot() == before
