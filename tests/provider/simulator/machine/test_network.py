"""What follows by itself: connected routes, what is active and by what way, what happens when something goes."""

import pytest

from wiretik_provider.simulator import Lease, Refused, Router


@pytest.fixture
def router():
    made = Router("bare")
    made.run("/interface/wireguard/add", name="wg0")
    return made


def route(router, number):
    return next(row for row in router.rows("/ip/route") if row[".id"] == number)


def add(router, **values):
    return router.run("/ip/route/add", **values)[0]["ret"]


def test_an_address_brings_its_connected_route_and_takes_it_along(router):
    (answer,) = router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    (connected,) = router.rows("/ip/route")
    assert connected["dst-address"] == "10.7.1.0/24"
    assert connected["gateway"] == connected["immediate-gw"] == "wg0"
    assert connected["connect"] == connected["dynamic"] == connected["active"] == "true"
    assert connected["distance"] == "0"
    router.run("/ip/address/remove", id=answer["ret"])
    assert router.rows("/ip/route") == []


def test_a_host_address_with_a_network_connects_to_the_remote_alone(router):
    router.run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0")
    assert [row["dst-address"] for row in router.rows("/ip/route")] == ["10.8.1.1/32"]


def test_a_disabled_interface_has_no_connected_route(router):
    router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    router.run("/interface/disable", numbers="wg0")
    assert router.rows("/ip/route") == []
    router.run("/interface/enable", numbers="wg0")
    assert len(router.rows("/ip/route")) == 1


def test_allowed_addresses_make_no_routes(router):
    router.run("/interface/wireguard/peers/add", interface="wg0", allowed_address="172.16.0.0/12")
    assert router.rows("/ip/route") == []


def test_a_gateway_is_resolved_through_a_connected_route(router):
    number = add(router, dst_address="0.0.0.0/0", gateway="10.8.1.1")
    assert route(router, number)["inactive"] == "true"
    assert "immediate-gw" not in route(router, number)
    router.run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0")
    assert route(router, number)["active"] == "true"
    assert route(router, number)["immediate-gw"] == "10.8.1.1%wg0"


def test_a_gateway_is_resolved_recursively_within_its_target_scope(router):
    router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    add(router, dst_address="198.51.100.1/32", gateway="10.7.1.1", scope="11")
    far = add(router, dst_address="0.0.0.0/0", gateway="198.51.100.1")
    assert route(router, far)["inactive"] == "true"
    router.run("/ip/route/set", id=far, target_scope="11")
    assert route(router, far)["immediate-gw"] == "10.7.1.1%wg0"


def test_a_table_resolves_its_gateways_through_main_and_needs_fib(router):
    router.run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0")
    router.run("/routing/table/add", name="vpn")
    number = add(router, dst_address="0.0.0.0/0", gateway="10.8.1.1", routing_table="vpn")
    assert "active" not in route(router, number)
    router.run("/routing/table/set", numbers="vpn", fib="")
    assert route(router, number)["immediate-gw"] == "10.8.1.1%wg0"


def test_the_lowest_distance_is_active_and_equal_ones_share(router):
    near = add(router, dst_address="10.9.0.0/16", gateway="wg0")
    far = add(router, dst_address="10.9.0.0/16", gateway="ether1", distance="2")
    assert route(router, near)["active"] == "true"
    assert route(router, far)["inactive"] == "true"
    router.run("/ip/route/disable", id=near)
    assert route(router, far)["active"] == "true"
    router.run("/ip/route/set", id=far, gateway="ether1,ether2")
    assert route(router, far)["ecmp"] == "true"


def test_a_lease_brings_address_and_default_route():
    router = Router("defconf", leases={"ether1": Lease("198.51.100.9/25", "198.51.100.1", "198.51.100.53")})
    default = next(row for row in router.rows("/ip/route") if row["dst-address"] == "0.0.0.0/0")
    assert default["immediate-gw"] == "198.51.100.1%ether1"
    assert default["dhcp"] == "true"
    assert router.rows("/ip/dns")[0]["dynamic-servers"] == "198.51.100.53"
    (client,) = router.rows("/ip/dhcp-client")
    assert client["status"] == "bound"
    router.run("/ip/dhcp-client/disable", numbers=client[".id"])
    assert all(row["dst-address"] != "0.0.0.0/0" for row in router.rows("/ip/route"))


def test_dynamic_rows_cannot_be_changed():
    router = Router("defconf")
    connected = router.rows("/ip/route")[0]
    with pytest.raises(Refused, match="can not change dynamic"):
        router.run("/ip/route/remove", id=connected[".id"])


def test_references_follow_a_rename(router):
    router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    router.run("/ip/firewall/filter/add", chain="input", in_interface="!wg0")
    add(router, dst_address="10.9.0.0/16", gateway="wg0")
    router.run("/interface/wireguard/peers/add", interface="wg0", allowed_address="0.0.0.0/0")
    router.run("/interface/wireguard/set", numbers="wg0", name="tunnel")
    assert router.rows("/ip/address")[0]["interface"] == "tunnel"
    assert router.rows("/ip/firewall/filter")[0]["in-interface"] == "!tunnel"
    assert router.rows("/interface/wireguard/peers")[0]["interface"] == "tunnel"
    assert {row["gateway"] for row in router.rows("/ip/route")} == {"tunnel"}


def test_what_named_a_removed_interface_is_kept_as_invalid(router):
    router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    router.run("/interface/list/add", name="VPN")
    router.run("/interface/list/member/add", list="VPN", interface="wg0")
    number = add(router, dst_address="10.9.0.0/16", gateway="wg0")
    (interface,) = router.rows("/interface/wireguard")
    router.run("/interface/wireguard/remove", numbers="wg0")
    assert router.rows("/ip/address")[0]["invalid"] == "true"
    assert router.rows("/ip/address")[0]["interface"] == interface[".id"]
    assert router.rows("/interface/list/member")[0]["interface"] == interface[".id"]
    assert route(router, number)["inactive"] == "true"
    router.run("/interface/wireguard/add", name="wg0")
    assert router.rows("/ip/address")[0]["invalid"] == "true"


def test_a_new_address_takes_its_computed_network_along_and_keeps_a_given_one(router):
    (plain,) = router.run("/ip/address/add", address="10.7.1.2/24", interface="wg0")
    (remote,) = router.run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0")
    router.run("/ip/address/set", id=plain["ret"], address="10.7.2.2/24")
    router.run("/ip/address/set", id=remote["ret"], address="10.8.0.3/32")
    assert [row["network"] for row in router.rows("/ip/address")] == ["10.7.2.0", "10.8.1.1"]


def test_a_route_that_checks_its_gateway_is_left_out_while_that_is_silent(router):
    router.run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0")
    add(router, dst_address="10.66.0.1/32", gateway="wg0", scope="10")
    checked = add(router, dst_address="0.0.0.0/0", gateway="10.66.0.1", target_scope="11", check_gateway="ping")
    unasked = add(router, dst_address="172.16.0.0/12", gateway="10.66.0.1", target_scope="11")
    behind = add(router, dst_address="0.0.0.0/0", blackhole="yes", distance="250")

    for silent, active in (((), {checked, unasked}), (("10.66.0.1",), {unasked, behind}), ((), {checked, unasked})):
        router.silence(*silent)
        found = {row[".id"] for row in router.rows("/ip/route") if row.get("active") == "true"}
        assert found & {checked, unasked, behind} == active
