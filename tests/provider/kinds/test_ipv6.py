"""IPv6's menus are managed as IPv4's are: lists, blocks, places, adoption, what the gate refuses and what it counts."""

import pytest

from wiretik_provider.gate.kind import GateKind
from wiretik_provider.kinds.address_list import AddressListKind
from wiretik_provider.kinds.block import BlockKind
from wiretik_provider.kinds.row import RowKind
from wiretik_provider.menus import menu

LISTS, FILTER, ADDRESS, ROUTE = (
    *("/ipv6/firewall/address-list", "/ipv6/firewall/filter", "/ipv6/address", "/ipv6/route"),
)


def found(bench, path, **wanted):
    """The id of the row with these properties."""
    return next(row[".id"] for row in bench.lab.router.rows(path) if wanted.items() <= row.items())


def test_a_list_is_made_seen_mended_and_removed(bench):
    fresh = bench.lab.router.snapshot()
    thing = bench.resource(AddressListKind(menu(LISTS)))
    thing.up(list="l", entries={"2001:DB8:0::/48": "one", "2001:db8:1::1": "", "::ffff:0:0/96": ""})
    inputs = dict(thing.inputs)
    assert inputs["entries"] == {"2001:db8::/48": "one", "2001:db8:1::1/128": "", "::ffff:0.0.0.0/96": ""}
    thing.refresh()
    assert thing.inputs == inputs

    gone = found(bench, LISTS, address="2001:db8:1::1/128")
    bench.lab.run(f"{LISTS}/remove", id=gone)
    thing.refresh()
    bench.watch(LISTS)
    thing.up(list="l", entries={"2001:db8::/48": "one", "2001:db8:1::1": "", "::ffff:0:0/96": ""})
    assert bench.verbs() == ["add"]

    thing.destroy()
    assert bench.lab.router.snapshot() == fresh


@pytest.mark.parametrize(
    ("path", "address", "cure"),
    [
        ("/ip/firewall/address-list", "2001:db8::/48", "a list of IPv6 addresses is an Ipv6AddressList"),
        (LISTS, "10.0.0.0/8", "a list of IPv4 addresses is an AddressList"),
        (LISTS, "2001:db8::1-2001:db8::3", "write prefixes: 2001:db8::1/128, 2001:db8::2/127"),
    ],
)
def test_an_entry_of_the_other_family_or_a_range_is_refused_with_the_cure(bench, path, address, cure):
    thing = bench.resource(AddressListKind(menu(path)))

    assert cure in thing.problems(list="l", entries={address: ""})["entries"]


def test_a_rule_stands_before_the_drop_that_would_hide_it(bench):
    bench.lab.run(f"{FILTER}/add", chain="forward", action="drop", protocol="icmpv6")
    bench.lab.run(f"{FILTER}/add", chain="forward", action="drop")
    rule = bench.resource(RowKind(menu(FILTER)))
    given = {"chain": "forward", "action": "accept", "protocol": "tcp", "dst_port": "22", "src_address": "fd00::/8"}
    rule.up(**given, position={"at": "before-drop"})
    shown = [row.get("protocol", "all") for row in bench.lab.router.rows(FILTER) if row["chain"] == "forward"]

    assert shown == ["icmpv6", "tcp", "all"]

    bench.lab.run(f"{FILTER}/move", numbers=found(bench, FILTER, protocol="tcp"))
    rule.refresh()
    assert rule.inputs["position"]["at"] == "elsewhere"
    rule.up(**given, position={"at": "before-drop"})
    assert [row.get("protocol", "all") for row in bench.lab.router.rows(FILTER)] == shown


def test_a_block_keeps_its_order_with_the_fewest_edits(bench):
    block = bench.resource(BlockKind(menu(FILTER)))
    rules = {port: {"action": "accept", "protocol": "tcp", "dst_port": port} for port in ("1", "2", "3")}
    block.up(chain="input", rules=rules, order=["1", "2", "3"])
    bench.watch(FILTER)
    block.up(chain="input", rules=rules, order=["3", "1", "2"])

    assert bench.verbs() == ["move"]
    assert [row["dst-port"] for row in bench.lab.router.rows(FILTER)] == ["3", "1", "2"]


def test_a_row_of_others_is_adopted_and_given_back(bench):
    bench.lab.run(f"{ADDRESS}/add", address="fd00:8::2/64", interface="ether1", comment="by hand")
    before = bench.lab.router.rows(ADDRESS)
    thing = bench.resource(RowKind(menu(ADDRESS)))
    thing.up(address="fd00:8::2/64", interface="ether1", advertise=False, adopt=True)
    there = bench.lab.router.rows(ADDRESS)
    assert len(there) == len(before)
    assert any(row["advertise"] == "false" for row in there)

    thing.destroy()
    assert bench.lab.router.rows(ADDRESS) == before


def test_an_address_from_a_pool_is_found_again_without_its_tag_whatever_the_prefix(bench):
    """The embedded router has no pools: what a real one makes of the address is set by hand."""
    thing = bench.resource(RowKind(menu(ADDRESS)))
    thing.up(address="::1", from_pool="isp", interface="ether1")
    row = found(bench, ADDRESS, **{"from-pool": "isp"})
    bench.lab.run(f"{ADDRESS}/set", id=row, address="2001:db8:7::1/64", comment="")
    thing.refresh()
    assert thing.state["address"] == "::1/64"
    assert thing.inputs["tag"] == ""
    thing.up(address="::1", from_pool="isp", interface="ether1")

    assert [row["address"] for row in bench.lab.router.rows(ADDRESS) if row["from-pool"]] == ["2001:db8:7::1/64"]


def test_the_gate_refuses_before_the_first_write_and_counts_what_is_nobodys(bench, capfd):
    bench.lab.run(f"{ROUTE}/add", **{"dst-address": "fd00:9::/64", "gateway": "ether1"})
    gate = bench.resource(GateKind())
    tag = f"{gate.tag[:4]}00000001"

    def told(menu, **props):
        row = {"menu": menu, "name": "r", "tag": tag, "props": props}
        return [problem.reason for problem in gate.kind.check(gate.links, {}, {"rows": [row], "tag": tag}).problems]

    assert "adopt=True" in told(ROUTE, dst_address="fd00:9::/64", gateway="ether1")[0]
    assert "wg9" in told(ROUTE, dst_address="fd00:10::/64", gateway="wg9")[0]
    assert "not an IPv6 prefix" in told(ROUTE, dst_address="10.0.0.0/8", gateway="ether1")[0]
    assert "Ipv6AddressList" in told("address-list", list="l", entries={"fd00::/8": ""})[0]
    assert "AddressList" in told(f"address-list:{LISTS}", list="l", entries={"10.0.0.0/8": ""})[0]
    assert told(ROUTE, dst_address="fd00:10::/64", gateway="ether1") == []
    assert "/ipv6/route 1" in capfd.readouterr().err

    bench.lab.run(f"{LISTS}/add", list="other", address="fd00:99::/64")
    bench.lab.run(f"{LISTS}/add", list="other", address="fd00:98::/64", comment=f"[wt:{tag}]")
    bench.lab.run(f"{LISTS}/add", list="other", address="fd00:97::/64", timeout="1h")
    assert told(f"address-list:{LISTS}", list="other", entries={}) == []
    assert "no resource owns: /ipv6/firewall/address-list 1" in capfd.readouterr().err
