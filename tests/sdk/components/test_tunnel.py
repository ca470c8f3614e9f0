"""What a tunnel is made of, and what it refuses."""

import pytest

import wiretik as wt

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
OTHER = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
OFFICE = wt.TunnelPeer("office", KEY, ["10.20.0.0/24", "172.16.50.0/24"], endpoint="a.example.com:51820")
LAPTOP = wt.TunnelPeer("laptop", OTHER, ["10.20.0.77"])


def tunnel(*peers, **args):
    return wt.TunnelArgs("wg1", **{"address": "10.20.0.2/24", "peers": peers or [OFFICE], **args})


def refused(args):
    with pytest.raises(wt.Refusal) as told:
        wt.Tunnel("mesh", args)
    return str(told.value)


def test_the_plain_tunnel_has_these_rows(register):
    rows = register(lambda: wt.Tunnel("mesh", tunnel()))

    assert sorted(rows) == [
        "mesh-accept-in",
        "mesh-accept-out",
        "mesh-address",
        "mesh-interface",
        "mesh-masquerade",
        "mesh-mss-in",
        "mesh-mss-out",
        "mesh-office",
        "mesh-office-172.16.50.0-24",
        "mesh-route-172.16.50.0-24",
        "preflight",
    ]


@pytest.mark.parametrize(
    ("off", "gone"),
    [
        ({"routes": False}, {"mesh-route-172.16.50.0-24"}),
        ({"forward": False}, {"mesh-accept-in", "mesh-accept-out"}),
        ({"masquerade": False}, {"mesh-masquerade"}),
        ({"mss_clamp": False}, {"mesh-mss-in", "mesh-mss-out"}),
        ({"open_port": False}, {"mesh-port"}),
    ],
)
def test_every_default_can_be_turned_off(register, off, gone):
    full = register(lambda: wt.Tunnel("mesh", tunnel(listen_port=13232)))
    less = register(lambda: wt.Tunnel("mesh", tunnel(listen_port=13232, **off)))

    assert full.keys() - less.keys() == gone


def test_a_peer_that_is_called_gets_a_keepalive_and_one_that_calls_is_only_answered(register):
    rows = register(lambda: wt.Tunnel("mesh", tunnel(OFFICE, LAPTOP, listen_port=13232)))

    called, calling = rows["mesh-office"], rows["mesh-laptop"]
    assert (called["persistent_keepalive"], called.get("responder")) == ("25s", None)
    assert (called["endpoint_address"], called["endpoint_port"]) == ("a.example.com", 51820)
    assert (calling.get("persistent_keepalive"), calling["responder"]) == (None, True)
    assert rows["mesh-port"]["dst_port"] == 13232


def test_a_table_of_its_own_gets_all_routes_and_stays_off_fasttrack(register):
    everything = wt.TunnelPeer("vpn", KEY, ["0.0.0.0/0"], endpoint="a.example.com:51820")
    rows = register(lambda: wt.Tunnel("out", tunnel(everything, table="out", default_for=["bridge"], inbound=False)))

    assert rows["out-route-default"]["dst_address"] == "0.0.0.0/0"
    assert rows["out-route-default"]["routing_table"] == rows["out-table"]["name"] == "out"
    assert {"out-no-fasttrack-in", "out-no-fasttrack-out"} <= rows.keys()
    assert rows["out-default-main"] | {"comment": "", "tag": ""} == {
        "action": "lookup",
        "table": "main",
        "min_prefix": 0,
        "interface": "bridge",
        "comment": "",
        "tag": "",
        "position": {"at": "after", "tag": rows["out-default6"]["tag"]},
    }
    assert rows["out-default"]["action"] == "lookup-only-in-table"
    assert rows["out-default"]["position"] == {"at": "after", "tag": rows["out-default-main"]["tag"]}


def test_without_inbound_nothing_new_comes_in_and_only_forwarded_ports_are_let_through(register):
    rows = register(lambda: wt.Tunnel("mesh", tunnel(inbound=False)))

    assert rows["mesh-accept-in"]["connection_state"] == "established,related"
    for chain in ("forward", "input"):
        block = rows[f"mesh-block-{chain}"]
        assert (block["action"], block["connection_state"], block["position"]) == ("drop", "new", {"at": "first"})
    assert rows["mesh-block-forward"]["connection_nat_state"] == "!dstnat"


def test_a_default_route_never_gets_into_main(register):
    everything = wt.TunnelPeer("vpn", KEY, ["0.0.0.0/0"], endpoint="a.example.com:51820")

    assert not [name for name in register(lambda: wt.Tunnel("vpn", tunnel(everything))) if "route" in name]


def test_an_interface_that_the_program_has_is_used(register):
    rows = register(lambda: wt.Tunnel("mesh", wt.TunnelArgs(wt.WireGuardInterface("wg5"), address="10.20.0.2/24")))

    assert "mesh-interface" not in rows
    assert rows["mesh-address"]["interface"] == "wg5"


@pytest.mark.parametrize(
    ("args", "reason", "cure"),
    [
        (
            tunnel(OFFICE, wt.TunnelPeer("b", OTHER, ["172.16.50.9/24"], endpoint="b.example.com:1")),
            "'office' and 'b' both allow 172.16.50.0/24",
            "leave it to one, or divide it",
        ),
        (
            tunnel(*(wt.TunnelPeer(n, KEY, ["0.0.0.0/0"], endpoint="b.example.com:1") for n in "ab")),
            "both allow 0.0.0.0/0, and of one interface only one can hold it",
            "a tunnel of its own",
        ),
        (tunnel(LAPTOP), "'laptop' has no endpoint, so it must call", "give the tunnel a listen_port"),
        (tunnel(OFFICE, OFFICE), "two peers are called 'office'", "rename one"),
        (tunnel(default_for=["bridge"]), "default_for needs a table of its own", "say table='vpn'"),
        (tunnel(table="vpn", default_for=["bridge"]), "but no peer takes it", "have one allow 0.0.0.0/0"),
        (
            tunnel(
                wt.TunnelPeer("exit", KEY, ["0.0.0.0/0"], endpoint="b.example.com:1"),
                table="vpn",
                default_for=["bridge"],
                routes=False,
            ),
            "into a table that has no route",
            "leave out routes=False",
        ),
        (tunnel(gateway="10.21.0.1"), "the gateway 10.21.0.1 lies outside 10.20.0.0/24", "without gateway="),
        (
            tunnel(wt.TunnelPeer("b", OTHER, ["203.0.0.0/8"], endpoint="203.0.113.5:51820")),
            "the endpoint 203.0.113.5 of peer 'b' lies in 203.0.0.0/8",
            "allow less",
        ),
        (tunnel(wt.TunnelPeer("b", OTHER, [], endpoint="b.example.com:1")), "allows nothing", "give the prefixes"),
        (
            tunnel(*(wt.TunnelPeer(n, KEY, ["::/0"], endpoint="b.example.com:1") for n in "ab")),
            "both allow ::/0, and of one interface only one can hold it",
            "a tunnel of its own",
        ),
        (tunnel(address6="10.20.0.2/24"), "address6: '10.20.0.2/24' is not an IPv6 address", "such as fd00:20::2/64"),
        (tunnel(address="10.20.0.300/24"), "address: '10.20.0.300/24' is not an IPv4 address", "such as 10.20.0.2/24"),
        (
            tunnel(wt.TunnelPeer("b", OTHER, ["2001:db8::/32"], endpoint="[2001:db8::5]:51820")),
            "the endpoint 2001:db8::5 of peer 'b' lies in 2001:db8::/32",
            "allow less",
        ),
    ],
)
def test_what_cannot_work_is_refused_with_reason_and_cure(args, reason, cure):
    told = refused(args)

    assert told.startswith("Tunnel 'mesh': ")
    assert reason in told
    assert cure in told


def test_all_problems_are_told_at_once():
    told = refused(tunnel(LAPTOP, OFFICE, OFFICE, default_for=["bridge"]))

    assert len(told.splitlines()) == 3, told


def test_one_tunnel_says_that_a_given_interface_has_its_key_and_mtu_already(register):
    def program():
        with pytest.raises(wt.Refusal, match="mtu belongs to the WireGuardInterface"):
            wt.Tunnel("mesh", wt.TunnelArgs(wt.WireGuardInterface("wg5"), address="10.0.0.1/24", mtu=1400))

    register(program)


def test_what_a_tunnel_has_for_ipv4_it_has_for_ipv6(register):
    office = wt.TunnelPeer("office", KEY, ["10.20.0.0/24", "fd00:20::/64", "fd00:50::/64", "::/0"], endpoint="b.x:1")
    four = register(lambda: wt.Tunnel("mesh", tunnel(OFFICE, listen_port=13232)))
    args = wt.TunnelArgs("wg1", address="10.20.0.2/24", address6="fd00:20::2/64", peers=[office], listen_port=13232)
    rows = register(lambda: wt.Tunnel("mesh", args))

    assert (rows["mesh-address6"]["address"], rows["mesh-address6"]["advertise"]) == ("fd00:20::2/64", False)
    routed = {row["dst_address"] for row in rows.values() if ":" in row.get("dst_address", "")}
    assert routed == {"fd00:50::/64"}  # its own network is connected, and a default route is none of main's
    assert rows["mesh-route-fd00-50---64"]["gateway"] == "wg1"
    rules = {name for name in four if "chain" in four[name]}
    assert {f"{name}6" for name in rules} <= rows.keys()
    for name in rules - {"mesh-mss-in"}:
        alike = {key: value for key, value in rows[f"{name}6"].items() if key != "tag"}
        assert alike == {key: value for key, value in rows[name].items() if key != "tag"}, name
    assert (rows["mesh-mss-in"]["new_mss"], rows["mesh-mss-in6"]["new_mss"]) == (1380, 1360)
    assert not [name for name in four if name.endswith("6")]


def test_a_tunnel_of_ipv4_that_is_called_by_ipv6_opens_its_port_to_it(register):
    office = wt.TunnelPeer("office", KEY, ["10.20.0.0/24"], endpoint="[2001:db8::1]:51820")
    rows = register(lambda: wt.Tunnel("mesh", tunnel(office, listen_port=13232)))
    shut = register(lambda: wt.Tunnel("mesh", tunnel(office, listen_port=13232, open_port=False)))

    assert {name for name in rows if name.endswith("6")} == {"mesh-port6"}
    alike = {key: value for key, value in rows["mesh-port6"].items() if key != "tag"}
    assert alike == {key: value for key, value in rows["mesh-port"].items() if key != "tag"}
    assert "mesh-port6" not in shut


def test_in_a_table_of_its_own_an_ipv6_default_route_is_a_route(register):
    peer = wt.TunnelPeer("exit", KEY, ["0.0.0.0/0", "::/0"], endpoint="b.example.com:1")
    rows = register(lambda: wt.Tunnel("vpn", wt.TunnelArgs("wg0", address="10.8.0.2/32", peers=[peer], table="vpn")))

    assert (rows["vpn-route-default6"]["dst_address"], rows["vpn-route-default6"]["routing_table"]) == ("::/0", "vpn")
    assert {"vpn-no-fasttrack-in6", "vpn-no-fasttrack-out6"} <= rows.keys()


def _led(*allowed, **more):
    peer = wt.TunnelPeer("exit", KEY, allowed, endpoint="b.example.com:1")
    args = {"address": "10.8.0.2/32", "peers": [peer], "table": "vpn", "default_for": ["bridge"], **more}
    return wt.Tunnel("vpn", wt.TunnelArgs("wg0", **args))


@pytest.mark.parametrize("allowed", [("0.0.0.0/0", "::/0"), ("0.0.0.0/0",)])
def test_ipv6_of_those_who_are_led_takes_the_table_too_or_goes_nowhere(register, allowed):
    rows = register(lambda: _led(*allowed))

    known, rest = rows["vpn-default-main6"], rows["vpn-default6"]
    assert "position" not in known
    assert rest["position"] == {"at": "after", "tag": known["tag"]}
    assert rows["vpn-default-main"]["position"] == {"at": "after", "tag": rest["tag"]}
    for four, six in (("vpn-default-main", known), ("vpn-default", rest)):
        apart = {"tag", "position", "dst_address"}
        assert {k: v for k, v in six.items() if k not in apart} == {
            k: v for k, v in rows[four].items() if k not in apart
        }
        assert six["dst_address"] == "::/0"
    assert ("vpn-route-default6" in rows) == ("::/0" in allowed)


@pytest.mark.parametrize("more", [{"kill_switch": False}, {"block_ipv6": False}])
def test_ipv6_that_the_tunnel_does_not_take_may_be_left_to_main(register, more):
    assert "vpn-default6" not in register(lambda: _led("0.0.0.0/0", **more))
    assert "vpn-default6" in register(lambda: _led("0.0.0.0/0", "::/0", **more))


def test_a_tunnel_of_ipv6_alone_leads_no_ipv4(register):
    rows = register(lambda: _led("::/0", address6="2001:db8:8::2/64"))

    assert {name for name in rows if name.startswith("vpn-default")} == {"vpn-default-main6", "vpn-default6"}
    assert "position" not in rows["vpn-default-main6"]
