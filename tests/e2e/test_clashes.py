"""What nobody's rows on the router do to the plan is told in the same preview, before a write."""

import pytest

from deploying import PASSWORD, Site, reach, writes
from wiretik_provider.simulator import serve

PROGRAM = """
wg = wt.WireGuardInterface("wg7", listen_port=13555)
wt.WireGuardInterface("bridge9")
wt.IpAddress("address", address="10.77.0.2/24", interface="bridge")
wt.Route("route", dst_address="10.78.0.0/24", gateway="bridge")
wt.NatRule("nat", chain="srcnat", out_interface="ether1", action="masquerade")
"""

MARKED = """
vpn = wt.RoutingTable("vpn", fib=True)
wg = wt.WireGuardInterface("wg7")
KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
wt.Peer("provider", interface=wg, public_key=KEY, allowed_address=["0.0.0.0/0"])
wt.IpAddress("address", address="10.77.0.2/24", interface=wg)
wt.Route("default", dst_address="0.0.0.0/0", gateway=wg, routing_table=vpn)
wt.MangleRule("mark", chain="prerouting", in_interface="bridge", dst_address_type="!local", action="mark-routing",
              new_routing_mark=vpn, comment="LAN to the VPN")
wt.NatRule("masquerade", chain="srcnat", out_interface=wg, action="masquerade", comment="into wg7")
wt.Expect("192.168.88.10", in_interface="bridge").leaves_by(wg, to="1.1.1.1", protocol="icmp", translated=True)
"""


@pytest.fixture
def lab():
    with serve(profile="defconf", password=PASSWORD) as running:
        yield running


def preview(lab, directory, program):
    lab.reset_stats()
    run = Site(directory, program, {f"wiretik:{key}": value for key, value in reach(lab).items()}).preview()
    assert writes(lab) == 0
    return "\n".join(run.errors)


def test_rows_that_no_resource_owns_and_that_are_in_the_way_are_told_all_at_once(lab, tmp_path):
    lab.run("/interface/wireguard/add", name="theirs", listen_port="13555")
    lab.run("/interface/bridge/add", name="bridge9")
    lab.run("/ip/address/add", address="10.77.0.2/24", interface="bridge")
    lab.run("/ip/route/add", dst_address="10.78.0.0/24", gateway="bridge")
    lab.run("/ip/firewall/nat/add", chain="srcnat", out_interface="ether1", action="masquerade")

    told = preview(lab, tmp_path, PROGRAM)

    assert "wg7: listen-port=13555 is taken by" in told
    assert "bridge9: the name 'bridge9' is taken by another row" in told
    for name in ("address", "route", "nat"):
        assert f"{name}: the router has it already" in told, told


@pytest.mark.parametrize(
    ("menu", "rule", "told"),
    [
        (
            "mangle",
            {"chain": "prerouting", "action": "accept"},
            "leave by wg7; cure: mangle rule 0 'theirs'",
        ),
        (
            "nat",
            {"chain": "srcnat", "action": "accept"},
            "which no NAT rule translates; cure: NAT rule 0 'theirs'",
        ),
    ],
)
def test_a_foreign_rule_above_ours_that_takes_the_traffic_is_named(menu, rule, told, lab, tmp_path):
    first = lab.run(f"/ip/firewall/{menu}/print")
    above = {"place_before": first[0][".id"]} if first else {}
    lab.run(f"/ip/firewall/{menu}/add", comment="theirs", src_address="192.168.88.0/24", **rule, **above)

    assert told in preview(lab, tmp_path, MARKED)


ORDER = """
wt.FilterRule("some", chain="forward", src_address="192.168.88.10", action="accept", comment="one may"{})
wt.FilterRule("drop", chain="forward", in_interface="bridge", action="drop", comment="the rest may not")
wt.Expect("192.168.88.10", in_interface="bridge").reaches("1.1.1.1")
"""


def test_what_only_holds_in_the_programs_order_is_told_where_nothing_keeps_it(lab, tmp_path):
    config = {f"wiretik:{key}": value for key, value in reach(lab).items()}

    unsure = Site(tmp_path / "a", ORDER.format(""), config).preview()
    sure = Site(tmp_path / "b", ORDER.format(", position=wt.BEFORE_DROP"), config).preview()

    assert (unsure.ok, sure.ok) == (True, True)
    assert "those without a position stand as they are made, and in another order 192.168.88.10" in unsure.text
    assert "in another order" not in sure.text
