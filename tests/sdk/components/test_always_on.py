"""What an always-on VPN is made of, what of a provider's file stays secret, and what it refuses."""

import pulumi
import pytest

import wiretik as wt

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
PRIVATE = "MKsWC7zCJwSVSyYYXFKf5v7P9VnHwdGQ2t3hU0Cv2kk="
SHARED = "qK0Yd8b5iHqWf0m0yJ3rWq1xk8nUqzv2oUqkQ0WZ5mE="
LAN = wt.Lan("bridge", "192.168.88.0/24")
CONF = f"""[Interface]
PrivateKey = {PRIVATE}
Address = 10.8.0.2/32
DNS = 10.8.1.1
MTU = 1380
[Peer]
PublicKey = {KEY}
PresharedKey = {SHARED}
AllowedIPs = 0.0.0.0/0
Endpoint = server1.example.com:51820
"""


def vpn(**args):
    base = {"lan": LAN, "address": "10.8.0.2/32", "public_key": KEY, "endpoint": "a.example.com:51820"}
    return wt.AlwaysOnVpnArgs("wg0", **{**base, "gateway": "10.8.1.1", "ipv6": False, **args})


def from_conf(text, **args):
    return wt.AlwaysOnVpnArgs("wg0", lan=LAN, conf=text, **{"ipv6": False, **args})


def secret(value):
    return isinstance(value, dict) and "value" in value


def plain(value):
    return value["value"] if secret(value) else value


def test_the_mark_leaves_alone_what_must_stay_reachable_and_comes_after_all_that_it_needs(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(keep=["198.18.0.0/15"], others=["10.20.0.0/24"])))

    assert rows["vpn-no-vpn"]["entries"].keys() == {"192.168.88.0/24", "10.20.0.0/24", "198.18.0.0/15"}
    mark = rows["vpn-mark"]
    assert (mark["dst_address_list"], mark["dst_address_type"]) == ("!noVPN", "!local")
    assert (mark["connection_nat_state"], mark["passthrough"]) == ("!dstnat", False)
    assert (mark["in_interface"], mark["new_routing_mark"]) == ("bridge", "vpn")
    assert list(rows).index("vpn-mark") > max(
        list(rows).index(name)
        for name in ("vpn-no-vpn", "vpn-route-default", "vpn-kill-switch", "vpn-only", "vpn-masquerade")
    )


def test_only_what_is_listed_takes_the_vpn(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["192.0.2.0/24", "chat.example.org", "2001:db8:9::/48"])))

    assert rows["vpn-only-to"]["entries"].keys() == {"192.0.2.0/24"}
    assert rows["vpn-only-to6"]["entries"].keys() == {"2001:db8:9::/48", "chat.example.org"}
    assert "vpn-no-vpn" not in rows
    for mark, entries in (("vpn-mark", "vpn-only-to"), ("vpn-mark6", "vpn-only-to6")):
        assert (rows[mark]["dst_address_list"], rows[mark]["dst_address_type"]) == (rows[entries]["list"], "!local")
        assert list(rows).index(mark) > list(rows).index(entries)
    assert not [name for name in rows if "dns" in name]  # clients go on asking the router, for all other names, too


def test_listed_names_are_asked_of_the_providers_resolver_and_their_answers_listed(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["chat.example.org", "*.example.net", "example.net"])))

    names = {name: row for name, row in rows.items() if name.startswith("vpn-name-")}
    assert names.keys() == {"vpn-name-chat.example.org", "vpn-name-example.net"}
    assert {(row["type"], row["forward_to"], row["address_list"]) for row in names.values()} == {
        ("FWD", "10.8.1.1", rows["vpn-mark"]["dst_address_list"])
    }
    assert [row.get("match_subdomain", False) for row in names.values()] == [False, True]
    asks = rows["vpn-mark-asks-udp"]
    assert (asks["chain"], asks["dst_address"], asks["new_routing_mark"]) == ("output", "10.8.1.1", "vpn")
    order = list(rows)
    assert min(map(order.index, names)) > max(map(order.index, ("vpn-mark-asks-udp", "vpn-mark-asks-tcp", "vpn-only")))


def test_a_connection_to_a_listed_name_keeps_its_way_when_the_name_has_another_address(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["chat.example.org"], ipv6=True, address6="fd08::2/128")))
    plain = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["192.0.2.0/24"])))

    for kept, mark, answers in (
        ("vpn-keep", "vpn-mark", "vpn-mark-answers"),
        ("vpn-keep6", "vpn-mark6", "vpn-mark-answers6"),
    ):
        same = ("dst_address_list", "in_interface", "dst_address_type", "connection_nat_state")
        assert {name: rows[kept][name] for name in same} == {name: rows[mark][name] for name in same}
        assert rows[mark]["position"] == {"at": "after", "tag": rows[kept]["tag"]}
        assert rows[kept]["new_connection_mark"] == rows[answers]["connection_mark"] == "vpn"
    assert "vpn-keep" not in plain


def test_without_the_providers_resolver_the_router_asks_for_listed_names_itself(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["chat.example.org"], dns=False)))

    assert rows["vpn-only-to"]["entries"].keys() == {"chat.example.org"}
    assert not [name for name in rows if "name" in name or "asks" in name]


def test_ipv6_is_left_alone_where_only_ipv4_is_listed(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(only=["192.0.2.0/24"], gateway=None)))

    assert not [name for name in rows if name.endswith("6")]


def test_excepted_clients_are_not_marked(register):
    excepted = ["192.168.88.50", "192.168.88.64/28", "fd00::50"]
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(except_clients=excepted)))

    assert rows["vpn-excepted"]["entries"].keys() == {"192.168.88.50/32", "192.168.88.64/28"} or rows["vpn-excepted"][
        "entries"
    ].keys() == {"192.168.88.50", "192.168.88.64/28"}
    assert rows["vpn-excepted6"]["list"] == rows["vpn-excepted"]["list"] == "vpn-excepted"
    marks = [row for name, row in rows.items() if name.startswith(("vpn-mark", "vpn-dns")) and "in_interface" in row]
    led = [row for row in marks if row["in_interface"] == "bridge"]
    assert led
    assert {row["src_address_list"] for row in led} == {"!vpn-excepted"}
    assert list(rows).index("vpn-mark") > list(rows).index("vpn-excepted")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"clients": ["192.168.88.9"], "except_clients": ["192.168.88.10"]}, "clients and except_clients"),
        ({"only": ["192.0.2.0/24"], "keep": ["198.18.0.0/15"]}, "leave out keep"),
        ({"only": ["192.0.2.0/24"], "dns": "10.8.1.1"}, "leave out dns"),
        ({"only": ["*.example.net"], "dns": False}, "*.example.net needs a resolver to ask: give dns=ADDRESS"),
        ({"only": ["chat.example.org"], "gateway": None}, "give the provider's resolver as dns=ADDRESS, or dns=False"),
        ({"only": ["exa mple"]}, "'exa mple' is neither a prefix nor a name"),
        ({"only": ["*.example.com"]}, "*.example.com has the provider's own a.example.com"),
        ({"only": ["192.168.0.0/16"]}, "only: 192.168.0.0/16 overlaps 192.168.88.0/24 (LAN)"),
        ({"only": ["10.20.0.0/16"], "others": ["10.20.0.0/24"]}, "overlaps 10.20.0.0/24 (another tunnel's)"),
    ],
)
def test_a_choice_that_cannot_work_is_refused_with_its_cure(register, args, says):
    with pytest.raises(wt.Refusal) as refused:
        register(lambda: wt.AlwaysOnVpn("vpn", vpn(**args)))

    assert says in str(refused.value)


def test_the_default_route_takes_the_gateway_which_a_slash_32_then_reaches(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn()))

    assert rows["vpn-route-default"]["gateway"] == "10.8.1.1"
    assert rows["vpn-route-default"]["routing_table"] == "vpn"
    assert (rows["vpn-address"]["address"], rows["vpn-address"]["network"]) == ("10.8.0.2/32", "10.8.1.1")


def test_without_a_gateway_the_default_route_takes_the_interface(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(gateway=None, dns="10.8.1.1")))

    assert rows["vpn-route-default"]["gateway"] == "wg0"


def test_the_kill_switch_is_a_blackhole_behind_the_route(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn()))
    off = register(lambda: wt.AlwaysOnVpn("vpn", vpn(kill_switch=False)))

    switch = rows["vpn-kill-switch"]
    assert (switch["dst_address"], switch["blackhole"], switch["distance"]) == ("0.0.0.0/0", True, 250)
    assert rows["vpn-only"]["action"] == "lookup-only-in-table"
    assert rows.keys() - off.keys() == {"vpn-kill-switch"}
    assert off["vpn-only"]["action"] == "lookup"


def test_nothing_unsolicited_comes_in_and_fasttrack_is_kept_off_in_both_directions(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn()))

    assert {"vpn-block-forward", "vpn-block-input", "vpn-no-fasttrack-in", "vpn-no-fasttrack-out"} <= rows.keys()
    assert "vpn-accept-in" not in rows


def test_clients_questions_go_to_the_resolver_unless_turned_off(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(dns="10.8.1.53")))
    off = register(lambda: wt.AlwaysOnVpn("vpn", vpn(dns=False)))

    assert rows["vpn-dns-udp"]["to_addresses"] == rows["vpn-dns-tcp"]["to_addresses"] == "10.8.1.53"
    assert {name for name in rows.keys() - off.keys() if "6" not in name} == {
        "vpn-dns-udp",
        "vpn-dns-tcp",
        "vpn-mark-dns-udp",
        "vpn-mark-dns-tcp",
    }


def test_chosen_clients_interfaces_and_lists_alone_can_take_it(register):
    rows = register(
        lambda: wt.AlwaysOnVpn(
            "vpn", vpn(clients=["192.168.88.10"], interfaces=["vlan20"], interface_lists=["GUESTS"], dns=False)
        )
    )

    first, second = rows["vpn-mark"], rows["vpn-mark-2"]
    assert (first["in_interface"], second["in_interface_list"]) == ("vlan20", "GUESTS")
    assert first["src_address_list"] == second["src_address_list"] == rows["vpn-clients"]["list"] == "vpn-clients"
    assert rows["vpn-clients"]["entries"].keys() == {"192.168.88.10"}


@pytest.mark.parametrize("wrap", [str, pulumi.Output.secret], ids=["text", "secret"])
def test_of_a_file_only_the_keys_stay_secret_and_the_rows_are_the_same(register, wrap):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", from_conf(wrap(CONF), gateway="10.8.1.1")))

    assert rows.keys() == register(lambda: wt.AlwaysOnVpn("vpn", vpn())).keys()
    hidden = {(name, key) for name, row in rows.items() for key, value in row.items() if secret(value)}
    assert hidden - {("preflight", "rows")} == {("vpn-interface", "private_key"), ("vpn-provider", "preshared_key")}
    assert plain(rows["vpn-interface"]["private_key"]) == PRIVATE
    assert plain(rows["vpn-provider"]["preshared_key"]) == SHARED
    assert rows["vpn-interface"]["mtu"] == 1380
    assert rows["vpn-mss-in"]["new_mss"] == 1340
    assert (rows["vpn-address"]["address"], rows["vpn-address"]["network"]) == ("10.8.0.2/32", "10.8.1.1")
    assert rows["vpn-provider"]["endpoint_address"] == "server1.example.com"
    assert rows["vpn-dns-udp"]["to_addresses"] == "10.8.1.1"


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (vpn(lan=None), "no LAN", "give lan="),
        (vpn(ipv6=True), "needs the account's IPv6 address", "leave out ipv6"),
        (vpn(address6="fd08::2/128"), "address6 and dns6 are for IPv6 by the VPN", "say ipv6=True"),
        (from_conf(CONF, ipv6=True), "conf: the file has no IPv6 address with ::/0", "leave out ipv6=True"),
        (from_conf(CONF.replace("10.8.0.2/32", "10.8.0.2/32, fd08::2/128"), ipv6=True), "no IPv6 address with", ""),
        (vpn(router_dns=True), "can't ask for the endpoint's name a.example.com", "give the endpoint as an address"),
        (from_conf(CONF, router_dns=True), "can't ask for the endpoint's name server1", "leave out router_dns"),
        (vpn(table="main"), "would send the tunnel's own packets into the tunnel", "another name"),
        (vpn(address="10.8.0.2/24", gateway="10.9.0.1"), "10.9.0.1 lies outside 10.8.0.0/24", "without gateway="),
        (vpn(gateway=None), "clients need a server to ask", "dns=False"),
        (vpn(endpoint=None, public_key=None), "without conf it takes public_key, endpoint", "too"),
        (from_conf(CONF, private_key=PRIVATE), "private_key is in the file already", "leave out one"),
        (from_conf(CONF.replace("DNS", "#")), "conf: the file has no DNS", "dns=False"),
        (from_conf(CONF.replace("Address", "#")), "conf: [Interface] has no IPv4 Address", ""),
        (from_conf(CONF.replace("/32", "/24"), gateway="10.9.0.1"), "lies outside 10.8.0.0/24", "without gateway="),
    ],
)
def test_what_cannot_work_is_refused_with_reason_and_cure(args, reason, cure):
    with pytest.raises(wt.Refusal) as told:
        wt.AlwaysOnVpn("vpn", args)

    assert reason in str(told.value)
    assert cure in str(told.value)
    assert PRIVATE not in str(told.value)


def test_a_secret_file_that_is_not_what_the_program_says_ends_it_before_any_row_is_known(register):
    with pytest.raises(Exception, match="conf: the file has no DNS") as told:
        register(lambda: wt.AlwaysOnVpn("vpn", from_conf(pulumi.Output.secret(CONF.replace("DNS", "#")))))

    assert PRIVATE not in str(told.value)


SIX = CONF.replace("10.8.0.2/32", "10.8.0.2/32, fd08::2/128").replace("0.0.0.0/0", "0.0.0.0/0, ::/0")


def test_ipv6_of_the_lan_goes_nowhere_where_the_provider_has_none(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(keep=["fd99::/64", "198.18.0.0/15"], others=["fd00:20::/64"])))

    assert rows["vpn-no-vpn6"]["entries"].keys() == {"fe80::/10", "ff00::/8", "fd99::/64", "fd00:20::/64"}
    assert "fd99::/64" not in rows["vpn-no-vpn"]["entries"]
    mark = rows["vpn-mark6"]
    alike = {key: value for key, value in mark.items() if key != "tag"}
    assert alike == {key: value for key, value in rows["vpn-mark"].items() if key != "tag"}
    switch = rows["vpn-kill-switch6"]
    assert (switch["dst_address"], switch["blackhole"], switch["routing_table"]) == ("::/0", True, "vpn")
    assert not [row for row in rows.values() if row.get("dst_address") == "::/0" and row is not switch]
    refused = [rows[f"vpn-no-dns6-{protocol}"] for protocol in ("udp", "tcp")]
    assert {(row["chain"], row["action"], row["dst_port"]) for row in refused} == {("input", "reject", 53)}


def test_what_is_never_routed_is_never_marked(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn()))

    assert {"fe80::/10", "ff00::/8"} <= rows["vpn-no-vpn6"]["entries"].keys()
    assert rows["vpn-mark6"]["dst_address_list"] == "!noVPN"


@pytest.mark.parametrize("wrap", [str, pulumi.Output.secret], ids=["text", "secret"])
def test_ipv6_takes_the_vpn_where_the_file_has_it_and_the_program_says_so(register, wrap):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", from_conf(wrap(SIX), ipv6=True, dns6="fd08::1")))

    assert plain(rows["vpn-address6"]["address"]) == "fd08::2/128"
    assert rows["vpn-provider"]["allowed_address"] == ["0.0.0.0/0", "::/0"]
    default = rows["vpn-route-default6"]
    assert (default["dst_address"], default["gateway"], default["routing_table"]) == ("::/0", "wg0", "vpn")
    assert (rows["vpn-kill-switch6"]["distance"], default.get("distance")) == (250, None)
    assert {"vpn-block-forward6", "vpn-block-input6", "vpn-masquerade6", "vpn-no-fasttrack-in6"} <= rows.keys()
    assert rows["vpn-dns6-udp"]["to_address"] == "fd08::1"
    assert "vpn-no-dns6-udp" not in rows
    assert plain(rows["vpn-mss-in6"]["new_mss"]) == 1320


def test_without_its_kill_switch_ipv6_that_the_provider_has_is_left_to_main_and_else_blocked_all_the_same(register):
    by_vpn = register(lambda: wt.AlwaysOnVpn("vpn", from_conf(SIX, ipv6=True, kill_switch=False)))
    blocked = register(lambda: wt.AlwaysOnVpn("vpn", vpn(kill_switch=False)))

    assert "vpn-kill-switch6" not in by_vpn
    assert "vpn-kill-switch6" in blocked


def test_ipv6_is_left_alone_where_the_program_says_so(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(block_ipv6=False)))

    assert not [name for name in rows if "6" in name]


def test_of_chosen_clients_those_with_ipv6_addresses_are_marked(register):
    both = register(lambda: wt.AlwaysOnVpn("vpn", vpn(clients=["192.168.88.10", "fd88::10"])))
    four = register(lambda: wt.AlwaysOnVpn("vpn", vpn(clients=["192.168.88.10"])))

    assert both["vpn-clients"]["entries"].keys() == {"192.168.88.10"}
    assert both["vpn-clients6"]["entries"].keys() == {"fd88::10/128"}
    assert both["vpn-mark6"]["src_address_list"] == "vpn-clients"
    assert not [name for name in four if "6" in name]


def test_a_name_that_stays_off_the_vpn_does_so_with_all_its_addresses(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(keep=["work.example.com"])))

    assert "work.example.com" in rows["vpn-no-vpn"]["entries"]
    assert "work.example.com" in rows["vpn-no-vpn6"]["entries"]


def test_the_routers_own_questions_take_the_vpn_where_the_program_says_so(register):
    args = vpn(endpoint="198.51.100.7:51820", router_dns=True)
    rows = register(lambda: wt.AlwaysOnVpn("vpn", args))

    mark = rows["vpn-mark-router-dns-udp"]
    assert (mark["chain"], mark["dst_port"], mark["new_routing_mark"]) == ("output", 53, "vpn")
    assert (mark["dst_address_list"], mark["dst_address_type"]) == ("!noVPN", "!local")
    assert {f"vpn-mark-router-dns-{part}" for part in ("udp", "tcp", "udp6", "tcp6")} <= rows.keys()
    assert rows["vpn-masquerade"]["out_interface"] == "wg0"
