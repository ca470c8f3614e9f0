"""What only one row may have is exchanged by one up; who gives nothing up is told in the preview, with the cure."""

import pytest

from at_length import rounds
from deploying import PASSWORD, STACK, Site, reach, writes
from wiretik_provider.simulator import serve

from .conftest import needs_pulumi
from .test_kill import WIRETIK, kill_during_up

KEYS = ["A0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="]

PEERS = """
wg = wt.WireGuardInterface("wg1")
wt.Peer("laptop", interface=wg, public_key="{0}", allowed_address=["10.0.0.2/32"])
wt.Peer("phone", interface=wg, public_key="{1}", allowed_address=["10.0.0.3/32"])
"""
PORTS = """
x = wt.WireGuardInterface("x", listen_port={0})
y = wt.WireGuardInterface("y", listen_port={1})
"""
NAMES = """
x = wt.WireGuardInterface("x", name="wg-{0}", listen_port=51821)
y = wt.WireGuardInterface("y", name="wg-{1}", listen_port=51822)
wt.IpAddress("on-x", address="10.1.0.1/24", interface=x)
wt.FilterChain("block", chain="input", rules={{"from-x": {{"in_interface": x, "action": "accept"}}}})
"""
ADDRESSES = """
wt.IpAddress("x", address="10.1.{0}.1/24", interface="ether2")
wt.IpAddress("y", address="10.1.{1}.1/24", interface="ether2")
"""
SWITCHED_OFF = """
wt.WireGuardInterface("x", listen_port=51822)
wt.WireGuardInterface("y", listen_port=51822, disabled=True)
"""
KINDS = {
    "keys": (PEERS, KEYS, "/interface/wireguard/peers", "public-key", "allowed-address"),
    "ports": (PORTS, [51821, 51822], "/interface/wireguard", "listen-port", "name"),
    "names": (NAMES, "ab", "/interface/wireguard", "name", "listen-port"),
    "addresses": (ADDRESSES, [0, 1], "/ip/address", "address", ".id"),
}


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def made(tmp_path, lab, program, **options):
    return Site(tmp_path, program, {f"wiretik:{name}": value for name, value in reach(lab).items()}, **options)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("engine", ["embedded", pytest.param("pulumi", marks=needs_pulumi)])
@pytest.mark.xdist_group("home-pulumi")
def test_two_rows_exchange_what_only_one_may_have(kind, engine, lab, tmp_path):
    program, values, path, moving, staying = KINDS[kind]
    site = made(tmp_path, lab, program.format(*values), engine=engine)
    assert site.up().errors == ()
    before = {row[staying]: row for row in lab.router.rows(path) if "wt:" in row.get("comment", "")}

    site.write(program.format(*reversed(values)))
    assert site.preview().errors == ()
    assert site.up().errors == ()

    after = {row[staying]: row for row in lab.router.rows(path) if "wt:" in row.get("comment", "")}
    one, other = before
    assert (after[one][moving], after[other][moving]) == (before[other][moving], before[one][moving])
    assert {row[".id"] for row in after.values()} == {row[".id"] for row in before.values()}
    assert all(row.get("running", "true") == "true" for row in after.values())
    assert site.up(refresh=True).touched == []


def refused(site, lab, program):
    """What the preview says; up says it too, and neither writes."""
    site.write(program)
    lab.reset_stats()
    preview, up = site.preview(), site.up()
    assert not preview.ok
    assert preview.errors == up.errors
    assert writes(lab) == 0
    return "\n".join(preview.errors)


def test_a_value_that_somebody_else_has_is_refused_also_of_a_row_that_is_there(lab, tmp_path):
    site = made(tmp_path, lab, PORTS.format(51821, 51822))
    assert site.up().errors == ()
    lab.run("/interface/wireguard/add", name="theirs", listen_port="51823", comment="not ours")

    told = refused(site, lab, PORTS.format(51823, 51822))

    assert "x: listen-port=51823 is taken by WireGuard interface theirs, which isn't this program's" in told


def test_a_port_that_another_resource_has_and_says_nothing_of_is_refused(lab, tmp_path):
    site = made(tmp_path, lab, PORTS.format(51821, 51822))
    assert site.up().errors == ()

    told = refused(site, lab, 'wt.WireGuardInterface("x", listen_port=51822)\nwt.WireGuardInterface("y")\n')

    assert (
        "taken by WireGuard interface y, which declares no listen_port and keeps its present one: declare another"
        in told
    )


@pytest.mark.parametrize(
    ("after", "ports"),
    [
        ('wt.WireGuardInterface("x", listen_port=51822)\n', {"x": "51822"}),
        (SWITCHED_OFF, {"x": "51822", "y": "51822"}),
        (PORTS.format(51822, 51823), {"x": "51822", "y": "51823"}),
        (
            'wt.WireGuardInterface("y", listen_port=51823)\nwt.WireGuardInterface("new", listen_port=51822)\n',
            {"new": "51822", "y": "51823"},
        ),
    ],
    ids=["of-one-that-leaves", "of-one-that-is-switched-off", "of-one-that-goes-on", "for-a-new-one"],
)
def test_a_value_that_becomes_free_in_this_deployment_can_be_had_in_it(after, ports, lab, tmp_path):
    site = made(tmp_path, lab, PORTS.format(51821, 51822))
    assert site.up().errors == ()

    site.write(after)
    assert site.preview().errors == ()
    assert site.up().errors == ()

    there = {row["name"]: row for row in lab.router.rows("/interface/wireguard")}
    assert {name: row["listen-port"] for name, row in there.items()} == ports
    assert all(row["running"] == "true" for row in there.values() if row["disabled"] != "true")
    assert site.up(refresh=True).touched == []


def test_an_update_of_one_alone_is_refused_with_the_way_that_does_it(lab, tmp_path):
    site = made(tmp_path, lab, PORTS.format(51821, 51822))
    assert site.up().errors == ()
    site.write(PORTS.format(51822, 51821))
    lab.reset_stats()

    run = site.up(targets=[f"urn:pulumi:{STACK}::site::pulumi-python:dynamic/wiretik:WireGuardInterface::x"])

    assert "listen-port=51822 is taken by WireGuard interface y, another resource of this stack" in run.errors[0]
    assert "run up without --target, or with the gate" in run.errors[0]
    assert writes(lab) == 0


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("/ip/firewall/filter", {"chain": "forward", "in_interface": "wg-b", "action": "accept"}),
        ("/ip/route", {"dst_address": "10.66.0.0/16", "gateway": "wg-b"}),
        ("/interface/list/member", {"list": "LAN", "interface": "wg-a"}),
        ("/system/script", {"name": "up", "source": "/interface/enable wg-a"}),
        ("/interface/vlan", {"name": "v", "interface": "wg-b", "vlan_id": "7"}),
    ],
)
def test_names_that_others_lean_on_are_not_exchanged(path, row, lab, tmp_path):
    site = made(tmp_path, lab, NAMES.format(*"ab"))
    assert site.up().errors == ()
    lab.run(f"{path}/add", **row)

    told = refused(site, lab, NAMES.format(*"ba"))

    assert "is another row's until now, and who names it would mean another one" in told
    assert path in told
    assert "by way of a third name" in told


def test_a_row_of_the_program_that_has_a_name_as_a_text_is_told(lab, tmp_path):
    after = "opts=pulumi.ResourceOptions(depends_on=[x])"
    more = f'wt.Route("r", dst_address="10.66.0.0/16", gateway="wg-a", {after})\n'
    site = made(tmp_path, lab, NAMES.format(*"ab") + more)
    assert site.up().errors == ()

    told = refused(site, lab, NAMES.format(*"ba") + more)

    assert "has it in gateway as a text that doesn't change: give it the resource" in told


LISTS = """
wt.AddressList("x", list="{0}", entries=["10.0.0.1", wt.Entry("10.0.0.2", comment="of x")])
wt.AddressList("y", list="{1}", entries=[wt.Entry("10.0.0.2", comment="of y"), "10.0.0.3"])
wt.FilterRule("rule", chain="forward", src_address_list="la", action="drop", comment="ours")
"""


def test_address_lists_exchange_their_names_and_no_entry_is_lost(lab, tmp_path):
    site = made(tmp_path, lab, LISTS.format("la", "lb"))
    assert site.up().errors == ()

    site.write(LISTS.format("lb", "la"))
    assert site.up().errors == ()

    there = sorted((row["list"], row["address"]) for row in lab.router.rows("/ip/firewall/address-list"))
    assert there == [("la", "10.0.0.2"), ("la", "10.0.0.3"), ("lb", "10.0.0.1"), ("lb", "10.0.0.2")]
    assert site.up(refresh=True).touched == []


def test_the_names_of_address_lists_that_a_foreign_rule_has_are_not_exchanged(lab, tmp_path):
    site = made(tmp_path, lab, LISTS.format("la", "lb"))
    assert site.up().errors == ()
    lab.run("/ip/firewall/nat/add", chain="dstnat", dst_address_list="!lb", action="accept")

    told = refused(site, lab, LISTS.format("lb", "la"))

    assert "the list 'lb' is another resource's until now, and NAT rule" in told
    assert "exchange the entries of the two resources instead" in told


def test_a_rename_to_a_name_that_another_kind_of_interface_has_is_refused(lab, tmp_path):
    site = made(tmp_path, lab, NAMES.format(*"ab"))
    assert site.up().errors == ()

    told = refused(site, lab, NAMES.format(*"ab").replace('"wg-a"', '"bridge"'))

    assert "x: the name 'bridge' is taken by another row of /interface: choose another one" in told


def test_a_renamed_resource_keeps_its_port_at_every_moment(lab, tmp_path):
    site = made(tmp_path, lab, 'wt.WireGuardInterface("x", name="wg", listen_port=51821)\n')
    assert site.up().errors == ()
    lab.reset_stats()
    ports = set()
    execute = lab.router.execute

    def watch(words, *rest):
        answer = execute(words, *rest)
        ports.update(row["listen-port"] for row in lab.router.rows("/interface/wireguard"))
        return answer

    lab.router.execute = watch
    site.write('wt.WireGuardInterface("y", name="wg", listen_port=51821)\n')

    assert site.up().errors == ()
    assert ports == {"51821"}


def test_where_the_gate_is_offline_values_are_exchanged_all_the_same(lab, tmp_path):
    site = made(tmp_path, lab, PORTS.format(51821, 51822))
    site.configure({**site.config, "wiretik:offline": "true"})
    assert site.up().errors == ()

    site.write(PORTS.format(51822, 51821))

    assert site.up().errors == ()
    assert {row["name"]: row["listen-port"] for row in lab.router.rows("/interface/wireguard")} == {
        "x": "51822",
        "y": "51821",
    }


@pytest.mark.parametrize("write", [1, 2, 3][: rounds(2, 3)])
def test_an_exchange_that_is_killed_is_carried_on_and_one_that_is_taken_back_is_told(write, lab, tmp_path):
    site = made(tmp_path, lab, PEERS.format(*KEYS))
    assert site.up().errors == ()
    before = lab.router.rows("/interface/wireguard/peers")
    site.write(PEERS.format(*reversed(KEYS)))
    assert kill_during_up(site, lab, write, WIRETIK)
    if write == 1:
        site.write(PEERS.format(*KEYS))
        told = site.preview()
        assert "has a temporary public-key since an exchange was broken off" in told.text
        assert site.up(refresh=True).errors == ()
        assert lab.router.rows("/interface/wireguard/peers") == before
        return

    assert site.up().errors == ()

    after = lab.router.rows("/interface/wireguard/peers")
    assert [row["public-key"] for row in after] == [row["public-key"] for row in reversed(before)]
    assert [row[".id"] for row in after] == [row[".id"] for row in before]
    assert site.up(refresh=True).touched == []
