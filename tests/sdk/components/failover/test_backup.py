"""A VPN with a backup: which of the two is taken, how the router notices, what happens at the switch."""

import time

import pytest

import mocked
import wiretik as wt
from wiretik.testing import deployed
from wiretik_provider.simulator.machine.table import Row

KEY, OTHER = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
LAN = wt.Lan("bridge", "192.168.88.0/24")
SIX = {"ipv6": True, "check_gateway6": "fd08::1", "address6": "fd08::2/128"}
SPARE6 = {"ipv6": True, "check_gateway6": "fd09::1", "address6": "fd09::2/128"}
FIRST = {"address": "10.8.0.2/32", "public_key": KEY, "endpoint": "198.51.100.1:51820", "gateway": "10.8.1.1"}
SECOND = {"address": "10.9.0.2/32", "public_key": OTHER, "endpoint": "198.51.100.2:51820", "check_gateway": "10.64.0.1"}


def vpn(spare=None, **args):
    two = {"interface": "wg1", **SECOND, **(spare or {})}
    backup = wt.Backup(two.pop("interface"), **two)
    return wt.AlwaysOnVpn(
        "vpn", wt.AlwaysOnVpnArgs("wg0", lan=LAN, **{"dns": "9.9.9.9", "backup": backup, **FIRST, **args})
    )


def registered(spare=None, **args):
    return mocked.rows(lambda: vpn(spare, **args))


@pytest.fixture(scope="module")
def rows():
    """What a VPN with a backup is made of; nobody changes it."""
    return registered({"tell": "/tool/e-mail/send to=me@example.com"}, only=["chat.example.org"])


@pytest.fixture(scope="module")
def rows6():
    """The same, where both have IPv6."""
    return registered(SPARE6, **SIX)


def test_both_have_a_default_route_in_one_table_and_the_backup_waits_behind_the_first(rows):
    first, second = rows["vpn-route-default"], rows["vpn-backup-route-default"]
    assert (first["gateway"], first["check_gateway"], first["distance"]) == ("10.8.1.1", "ping", 1)
    assert (second["gateway"], second["check_gateway"], second["distance"]) == ("10.64.0.1", "ping", 2)
    assert first["routing_table"] == second["routing_table"] == rows["vpn-kill-switch"]["routing_table"] == "vpn"
    assert rows["vpn-kill-switch"]["distance"] > second["distance"]


def test_whom_no_connected_route_reaches_is_reached_by_his_own_tunnel_alone(rows):
    far = rows["vpn-backup-check"]
    assert (far["dst_address"], far["gateway"], far["scope"]) == ("10.64.0.1/32", "wg1", 10)
    assert "routing_table" not in far  # the gateway of any table's route is looked up in main
    assert rows["vpn-backup-route-default"]["target_scope"] == 11
    assert "vpn-check" not in rows  # the first one's gateway is its network


def test_nothing_is_marked_before_both_have_their_rows(rows):
    order = list(rows)

    needed = [name for name in order if "route" in name or name.startswith("vpn-tunnels") or name == "vpn-kill-switch"]
    assert order.index("vpn-mark") > max(map(order.index, needed))


def test_what_comes_out_of_either_tunnel_is_not_sent_back_into_the_table(rows):
    assert rows["vpn-mark-answers"]["in_interface_list"] == "!vpn-tunnels"
    assert "in_interface" not in rows["vpn-mark-answers"]
    assert {rows[f"vpn-tunnels-{name}"]["interface"] for name in ("wg0", "wg1")} == {"wg0", "wg1"}


def test_ipv6_has_a_backup_where_both_have_it(rows6):
    rows = rows6

    assert (rows["vpn-check6"]["dst_address"], rows["vpn-check6"]["gateway"]) == ("fd08::1/128", "wg0")
    for name, host, distance in (("vpn", "fd08::1", 1), ("vpn-backup", "fd09::1", 2)):
        route = rows[f"{name}-route-default6"]
        assert (route["gateway"], route["check_gateway"], route["distance"]) == (host, "ping", distance)
    assert "/ipv6/firewall/connection/remove" in rows["vpn-watch-wg1"]["test_script"]


def test_ipv6_goes_nowhere_while_the_first_is_silent_and_the_backup_has_none():
    rows = registered(**{**SIX, "check_gateway6": None})

    assert rows["vpn-route-default6"].get("check_gateway") is None
    assert "vpn-backup-route-default6" not in rows
    assert "ipv6" not in rows["vpn-watch-wg0"]["test_script"]


def test_the_owner_is_told_by_commands_of_his_own_besides(rows):
    for name in ("down_script", "up_script"):
        assert rows["vpn-watch-wg0"][name].endswith("; /tool/e-mail/send to=me@example.com")


REFUSED = {
    "one interface": ({"interface": "wg0"}, {}, "wg0 is the first VPN's interface"),
    "one account": ({"address": "10.8.0.2/24"}, {}, "address: both tunnels have 10.8.0.2/32"),
    "one to ask": ({"check_gateway": "10.8.1.1"}, {}, "check_gateway: both tunnels have 10.8.1.1"),
    "one to ask by IPv6": (
        {**SPARE6, "check_gateway6": "fd08:0::1"}, SIX, "check_gateway6: both tunnels have fd08::1"
    ),
    "nobody to ask": ({"check_gateway": False}, {}, "give gateway=, or check_gateway= with an address that answers"),
    "nobody to ask first": ({}, {"gateway": None}, "wg0: who is asked whether it is alive isn't known"),
    "nobody to ask by IPv6": (
        {**SPARE6, "check_gateway6": None}, SIX, "wg1: who is asked whether it is alive by IPv6 isn't known"
    ),
    "its endpoint": ({"check_gateway": "198.51.100.2"}, {}, "198.51.100.2 is the endpoint itself"),
    "a name": ({"check_gateway": "one.example.com"}, {}, "'one.example.com' is no address of IPv4"),
    "no account": ({"public_key": None}, {}, "backup: without conf it takes public_key, too"),
    "one's resolver": ({}, {"dns": True}, 'give one that both reach as dns=ADDRESS, such as "9.9.9.9", or dns=False'),
    "IPv6 alone": (SPARE6, {}, "it has IPv6 and the first VPN doesn't"),
    "no backup": ({}, {"backup": None, "check_gateway": True}, "without a backup nothing takes its place"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_with_its_cure(name):
    spare, args, says = REFUSED[name]

    with pytest.raises(wt.Refusal) as refused:
        registered(spare, **args)

    assert says in str(refused.value)


def test_connections_of_the_tunnel_that_is_not_taken_are_dropped_and_no_switch_is_drift():
    with deployed(vpn) as site:
        assert site.up().errors == ()
        router = site.router.router
        begun = time.time()
        router.clock = lambda: begun  # netwatch probes when the test says so
        connections = router.table("/ip/firewall/connection")

        def switched(*silent):
            """What a probe of netwatch leaves of one connection by each way, and the way that is taken now."""
            router.silence(*silent)
            for row in list(connections):
                connections.erase(row)
            for address in ("10.8.0.2:40000", "10.8.0.2", "10.9.0.2:40000", "10.8.0.20:5", "203.0.113.2:40000"):
                connections.insert(Row(connections.new_id(), {"reply-dst-address": address}))
            later = router.clock() + 11
            router.clock = lambda: later
            router.tick()
            active = [
                row.get("gateway", "nowhere")
                for row in router.rows("/ip/route")
                if row.get("routing-table") == "vpn" and row.get("active") == "true"
            ]
            return active, {row["reply-dst-address"] for row in router.rows("/ip/firewall/connection")}

        others = {"10.8.0.20:5", "203.0.113.2:40000"}
        assert switched() == (["10.8.1.1"], {"10.8.0.2:40000", "10.8.0.2", *others})
        assert switched("10.8.1.1") == (["10.64.0.1"], {"10.9.0.2:40000", *others})
        assert site.refresh().changes.keys() == {"same"}
        assert switched("10.8.1.1", "10.64.0.1") == (["nowhere"], others)
        assert switched("10.64.0.1") == (["10.8.1.1"], {"10.8.0.2:40000", "10.8.0.2", *others})
