"""Which rows a forwarded port takes, in which order they come, and what can't be forwarded."""

import pytest

import wiretik as wt

KEY = "U0VSVkVSMV9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
LAN = wt.Lan("bridge", "192.168.88.0/24")


def vpn(*forwards, **args):
    base = {"lan": LAN, "address": "10.8.0.2/32", "public_key": KEY, "endpoint": "a.example.com:51820"}
    return wt.AlwaysOnVpnArgs("wg0", **{**base, "gateway": "10.8.1.1", "forwards": forwards, **args})


def server(*forwards, allowed=("0.0.0.0/0",), **args):
    peer = wt.TunnelPeer("server", KEY, allowed, endpoint="198.51.100.20:51820")
    base = {"address": "10.60.0.2/24", "inbound": False, "peers": [peer], "forwards": forwards}
    return wt.TunnelArgs("wg1", **{**base, **args})


def test_a_port_of_a_vpn_is_let_in_last_of_all(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(wt.Forward("6881-6889", "192.168.88.50", protocol="both"))))

    for protocol in ("tcp", "udp"):
        turned = rows[f"vpn-forward-{protocol}-6881-6889"]
        assert (turned["in_interface"], turned["protocol"], turned["dst_port"]) == ("wg0", protocol, "6881-6889")
        assert (turned["action"], turned["to_addresses"]) == ("dst-nat", "192.168.88.50")
        needs = ("vpn-mark-answers", "vpn-mark-forwarded", "vpn-accept-forwarded", "vpn-kill-switch", "vpn-provider")
        assert list(rows).index(f"vpn-forward-{protocol}-6881-6889") > max(map(list(rows).index, needs))


def test_answers_to_strangers_that_a_server_sends_take_a_table_that_leads_nowhere_else(register):
    rows = register(lambda: wt.Tunnel("server", server(wt.Forward(25565, "192.168.88.50", to_port=8080))))

    assert rows["server-forward-tcp-25565"]["to_ports"] == 8080
    assert rows["server-mark-answers"]["new_routing_mark"] == rows["server-answers"]["name"] == "server-answers"
    ways = [rows["server-answers-route"], rows["server-answers-route-off"]]
    assert [(way.get("gateway"), way.get("blackhole"), way["routing_table"]) for way in ways] == [
        ("wg1", None, "server-answers"),
        (None, True, "server-answers"),
    ]
    assert {"server-no-fasttrack-in", "server-no-fasttrack-out"} <= rows.keys()
    assert not [row for row in rows.values() if row.get("dst_address") == "0.0.0.0/0" and "routing_table" not in row]


def test_a_server_that_masquerades_needs_no_way_back_to_strangers(register):
    rows = register(lambda: wt.Tunnel("server", server(wt.Forward(25565, "192.168.88.50"), allowed=["10.60.0.0/24"])))

    assert "server-forward-tcp-25565" in rows
    assert not [name for name in rows if "answers" in name]


def test_a_tunnel_with_a_table_of_its_own_answers_by_that(register):
    rows = register(lambda: wt.Tunnel("server", server(wt.Forward(25565, "192.168.88.50"), table="out")))

    assert rows["server-mark-answers"]["new_routing_mark"] == "out"
    assert "server-answers" not in rows


def test_ipv6_is_forwarded_where_the_tunnel_has_it(register):
    args = server(wt.Forward(443, "fd88::50"), allowed=["0.0.0.0/0", "::/0"], address6="fd60::2/64")
    rows = register(lambda: wt.Tunnel("server", args))

    assert rows["server-forward-tcp-4436"]["to_address"] == "fd88::50"
    assert {"server-accept-forwarded6", "server-mark-answers6", "server-answers-route6"} <= rows.keys()
    assert not {"server-accept-forwarded", "server-mark-answers"} & rows.keys()


def test_the_lan_reaches_a_forwarded_port_by_the_address_that_the_internet_calls(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(wt.Forward(443, "192.168.88.50", hairpin="198.51.100.20"))))

    stays, turned, back = (rows[f"vpn-{part}-tcp-443"] for part in ("hairpin-stays", "hairpin", "hairpin-back"))
    assert (stays["action"], stays["position"], stays["dst_address"]) == ("accept", {"at": "first"}, "198.51.100.20")
    assert (turned["in_interface"], turned["dst_address"], turned["to_addresses"]) == (
        "bridge",
        "198.51.100.20",
        "192.168.88.50",
    )
    assert (back["action"], back["src_address"], back["dst_address"]) == (
        "masquerade",
        "192.168.88.0/24",
        "192.168.88.50",
    )


def test_a_host_in_another_network_answers_the_lan_by_the_router_anyway(register):
    rows = register(lambda: wt.AlwaysOnVpn("vpn", vpn(wt.Forward(443, "192.168.20.5", hairpin="198.51.100.20"))))

    assert "vpn-hairpin-tcp-443" in rows
    assert "vpn-hairpin-back-tcp-443" not in rows


@pytest.mark.parametrize(
    ("forwards", "says"),
    [
        ([wt.Forward(0, "192.168.88.50")], "0 is no port: write 51413, or '6881-6889' for several"),
        ([wt.Forward("http", "192.168.88.50")], "'http' is no port"),
        ([wt.Forward("9-2", "192.168.88.50")], "'9-2' is no port"),
        ([wt.Forward(80, "nas.lan")], "'nas.lan' is no address of a host"),
        ([wt.Forward(80, "192.168.88.0/24")], "'192.168.88.0/24' is no address of a host"),
        ([wt.Forward(80, "192.168.88.50", protocol="sctp")], "take tcp, udp or both"),
        ([wt.Forward(80, "fd88::50")], "the tunnel has no IPv6: give it an address of it"),
        (
            [wt.Forward("80-90", "192.168.88.50"), wt.Forward(85, "192.168.88.51", protocol="both")],
            "85 to 192.168.88.51: tcp 80-90 goes to 192.168.88.50 already",
        ),
        ([wt.Forward(80, "192.168.88.50", hairpin="my.example.com")], "hairpin: 'my.example.com' is no address"),
        ([wt.Forward(80, "192.168.88.50", hairpin="198.51.100.20")], "hairpin is for hosts of a LAN: give lan="),
    ],
)
def test_what_cannot_be_forwarded_is_refused_with_its_cure(register, forwards, says):
    with pytest.raises(wt.Refusal) as refused:
        register(lambda: wt.Tunnel("server", server(*forwards)))

    assert says in str(refused.value)
