"""Every menu on the embedded router, which has its own tables: what is declared is kept, what isn't has its default.

A property too many or too few, a default that the router doesn't have, a value that it prints otherwise: each would be
a change that never ends.
"""

import pytest

from wiretik_provider.menus import MENUS, menu
from wiretik_provider.rows import compare
from wiretik_provider.simulator import Router

KEY = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
OTHER = "dFM0Y2hQM1VwN2VKb0ZVb1RqY2tZc1pVZVhLZ0ZoOTA="

# (what a row needs, what may be declared besides)
ROWS = {
    "/interface/wireguard": (
        {"name": "wg7"},
        {"listen_port": 13240, "mtu": "1380", "disabled": True, "comment": "mesh", "private_key": KEY},
    ),
    "/interface/wireguard/peers": (
        {"interface": "wg0", "public_key": KEY, "allowed_address": "10.20.0.2,::/0"},
        {
            "endpoint_address": "vpn.example.com",
            "endpoint_port": 51820,
            "persistent_keepalive": 25,
            "preshared_key": OTHER,
            "private_key": OTHER,
            "responder": True,
            "name": "office",
            "client_address": "10.20.0.2",
            "client_allowed_address": ["0.0.0.0/0"],
            "client_dns": ["1.1.1.1", "9.9.9.9"],
            "client_endpoint": "home.example.com",
            "client_keepalive": "25s",
            "client_listen_port": 51820,
            "comment": "an office",
        },
    ),
    "/interface/list": ({"name": "VPN"}, {"include": ["L"], "exclude": "dynamic", "comment": "tunnels"}),
    "/interface/list/member": ({"list": "L", "interface": "wg0"}, {"disabled": True, "comment": "a tunnel"}),
    "/ip/address": ({"address": "10.8.0.2/32", "interface": "wg0"}, {"network": "10.8.1.1", "comment": "far end"}),
    "/ip/route": (
        {"dst_address": "172.16.0.0/12", "gateway": "wg0"},
        {
            "distance": 5,
            "routing_table": "vpn",
            "check_gateway": "ping",
            "pref_src": "10.8.0.9",
            "scope": 20,
            "target_scope": 11,
            "comment": "a LAN",
            "disabled": True,
        },
    ),
    "/ip/dns": ({}, {"servers": ["1.1.1.1"], "cache_size": 4096.0, "cache_max_ttl": "1d", "doh_timeout": 3}),
    "/ip/firewall/address-list": (
        {"list": "noVPN", "address": "192.168.0.0-192.168.1.255"},
        {"comment": "two", "disabled": True},
    ),
    "/ip/firewall/filter": (
        {"chain": "forward"},
        {
            "action": "drop",
            "src_address": "!10.0.0.5/32",
            "dst_address_list": "!noVPN",
            "dst_address_type": "!local",
            "protocol": 6,
            "dst_port": [80, "443", "8000-8080"],
            "connection_state": "new,established",
            "connection_nat_state": "!dstnat",
            "in_interface": "!wg0",
            "out_interface_list": "L",
            "tcp_flags": "syn,!ack",
            "limit": "10/1s,5:packet",
            "dscp": 5,
            "src_mac_address": "aa:bb:cc:dd:ee:ff",
            "log": True,
            "log_prefix": "seen",
            "comment": "a rule",
        },
    ),
    "/ip/firewall/nat": (
        {"chain": "dstnat"},
        {"action": "dst-nat", "protocol": "udp", "dst_port": 53.0, "to_addresses": "10.8.1.1/32", "to_ports": 53},
    ),
    "/ip/firewall/mangle": (
        {"chain": "prerouting"},
        {"action": "mark-routing", "new_routing_mark": "vpn", "passthrough": False, "in_interface": "wg0"},
    ),
    "/ip/firewall/raw": (
        {"chain": "prerouting"},
        {
            "action": "notrack",
            "protocol": "udp",
            "dst_port": 53.0,
            "src_address_list": "!noVPN",
            "in_interface_list": "L",
            "packet_mark": "no-mark",
            "log": True,
            "comment": "untracked",
        },
    ),
    "/ipv6/address": (
        {"address": "fd00:8::2", "interface": "wg0"},
        {"advertise": False, "no_dad": True, "comment": "far end"},
    ),
    "/ipv6/route": (
        {"dst_address": "fd00:16::/48", "gateway": "wg0"},
        {"distance": 5, "routing_table": "vpn", "check_gateway": "ping", "comment": "a LAN", "disabled": True},
    ),
    "/ipv6/firewall/address-list": (
        {"list": "noVPN", "address": "2001:DB8::/48"},
        {"comment": "two", "disabled": True},
    ),
    "/ipv6/firewall/filter": (
        {"chain": "forward"},
        {
            "action": "drop",
            "src_address": "!2001:db8:0::5",
            "dst_address_list": "!noVPN",
            "dst_address_type": "!anycast",
            "protocol": 58,
            "icmp_options": "128:0",
            "connection_state": "new,established",
            "connection_nat_state": "!dstnat",
            "headers": "frag,hop",
            "hop_limit": "less-than:5",
            "in_interface": "!wg0",
            "out_interface_list": "L",
            "limit": "10/1s,5:packet",
            "log": True,
            "comment": "a rule",
        },
    ),
    "/ipv6/firewall/nat": (
        {"chain": "dstnat"},
        {"action": "dst-nat", "protocol": "udp", "dst_port": 53.0, "to_address": "fd00:8::1", "to_ports": 53},
    ),
    "/ipv6/firewall/mangle": (
        {"chain": "prerouting"},
        {"action": "mark-routing", "new_routing_mark": "vpn", "passthrough": False, "in_interface": "wg0"},
    ),
    "/ipv6/firewall/raw": (
        {"chain": "prerouting"},
        {"action": "notrack", "protocol": "udp", "dst_port": 53.0, "src_address": "::ffff:0:0/96", "log": True},
    ),
    "/routing/rule": (
        {},
        {
            "action": "lookup-only-in-table",
            "table": "vpn",
            "src_address": "192.168.88.5",
            "interface": "wg0",
            "routing_mark": "vpn",
            "min_prefix": 0,
            "comment": "to the VPN",
        },
    ),
    "/routing/table": ({"name": "backup"}, {"fib": True, "disabled": True, "comment": "another"}),
    "/system/identity": ({"name": "home"}, {}),
    "/system/scheduler": (
        {"name": "job"},
        {
            "interval": "5m",
            "on_event": ":log info 1\n:put 2",
            "start_time": "startup",
            "policy": ["write", "read"],
        },
    ),
    "/system/script": (
        {"name": "job"},
        {"source": ':log info "x"', "policy": "read,write", "dont_require_permissions": True},
    ),
}


@pytest.fixture
def router():
    router = Router("bare")
    router.run("/interface/wireguard/add", name="wg0")
    router.run("/interface/list/add", name="L")
    router.run("/routing/table/add", name="vpn", fib="")
    router.run("/ip/address/add", address="10.8.0.9/24", interface="ether1")
    return router


def wanted(path, properties):
    checked, wrong = compare.check(menu(path), properties)
    assert wrong == []
    return compare.declared(menu(path), checked)


def done(answers):
    assert not [sentence for sentence in answers if sentence[0] in {"!trap", "!fatal"}], answers
    return answers


def made(router, path, properties):
    """Adds the row, or sets the singleton, as the provider would; gives how to find it again."""
    if menu(path).singleton:
        done(router.execute((f"{path}/set", *compare.set_words(differences(router, path, "", properties)))))
        return ""
    (answer,) = done(router.execute((f"{path}/add", *compare.add_words(menu(path), wanted(path, properties)))))
    return answer[1].removeprefix("=ret=")


def printed(router, path, row_id):
    found = router.run(f"{path}/print")
    return next(row for row in found if not row_id or row[".id"] == row_id)


def differences(router, path, row_id, properties):
    whole = not menu(path).singleton
    return compare.changes(menu(path), printed(router, path, row_id), wanted(path, properties), whole=whole)


def test_there_are_rows_for_every_menu():
    assert set(ROWS) == set(MENUS)


@pytest.mark.parametrize("path", ROWS)
def test_a_row_of_which_only_the_needed_is_declared_has_no_difference_from_the_start(path, router):
    needed, _ = ROWS[path]
    assert differences(router, path, made(router, path, needed), needed) == []


@pytest.mark.parametrize("path", ROWS)
def test_what_is_declared_is_printed_so_that_there_is_nothing_left_to_do(path, router):
    needed, besides = ROWS[path]
    full = {**needed, **besides}
    assert differences(router, path, made(router, path, full), full) == []


@pytest.mark.parametrize("path", ROWS)
def test_what_is_declared_later_is_set_and_then_there_is_nothing_left_to_do(path, router):
    needed, besides = ROWS[path]
    full = {**needed, **besides}
    row_id = made(router, path, needed)
    words = compare.set_words(differences(router, path, row_id, full))
    if words:
        done(router.execute((f"{path}/set", *([f"=.id={row_id}"] if row_id else []), *words)))
    assert differences(router, path, row_id, full) == []
    assert bool(words) == bool(besides)


@pytest.mark.parametrize("path", [path for path in ROWS if not MENUS[path].singleton])
def test_what_is_declared_no_longer_goes_back_to_its_default(path, router):
    needed, besides = ROWS[path]
    row_id = made(router, path, {**needed, **besides})
    found = differences(router, path, row_id, needed)
    assert {change.field.attribute for change in found} == {
        name for name in besides if not menu(path).by_attribute[name].computed
    }
    done(router.execute((f"{path}/set", f"=.id={row_id}", *compare.set_words(found))))
    assert differences(router, path, row_id, needed) == []
