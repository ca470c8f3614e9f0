"""Several lines to the internet: which is taken, who answers what came in, what happens at the switch."""

import attrs
import pulumi
import pytest

import mocked
import wiretik as wt
from wiretik.testing import deployed
from wiretik_provider.trace import MENUS, Packet, Snapshot, trace
from wiretik_provider.trace.family import FOUR
from wiretik_provider.trace.packet import Span

from .two_lines import FIRST, LAN, OTHER6, SECOND, SIX, lines, switching


def registered(first=None, second=None, **args):
    return mocked.rows(lambda: lines(first, second, **args))


@pytest.fixture(scope="module")
def rows():
    """What two lines are made of, both with IPv6; nobody changes it."""
    return registered(
        SIX, OTHER6, tell="/tool/e-mail/send to=me@example.com", forwards=[wt.Forward(80, "192.168.88.9")]
    )


def test_each_line_has_a_default_route_for_each_host_that_it_asks_and_the_first_goes_before(rows):
    found = {
        name: (row["gateway"], row["distance"], row["target_scope"])
        for name, row in rows.items()
        if name.startswith("lines-route-") and ":" not in row["gateway"]
    }
    assert found == {
        "lines-route-ether1-1.0.0.1": ("1.0.0.1", 1, 11),
        "lines-route-ether1-8.8.4.4": ("8.8.4.4", 2, 11),
        "lines-route-ether2-9.9.9.10": ("9.9.9.10", 11, 11),
    }
    assert all(rows[name]["check_gateway"] == "ping" for name in found)


def test_whom_a_line_asks_is_reached_by_it_alone(rows):
    asked = rows["lines-check-ether2-9.9.9.10"]
    assert (asked["dst_address"], asked["gateway"], asked["scope"]) == ("9.9.9.10/32", "203.0.112.1", 10)


def test_what_dhcp_brings_stands_behind_all_that_is_asked_about(rows):
    client = rows["lines-dhcp-ether1"]
    assert (client["interface"], client["default_route_distance"], client["adopt"]) == ("ether1", 200, True)
    order = list(rows)
    assert order.index("lines-dhcp-ether1") > order.index("lines-route-ether1-8.8.4.4")


def test_what_came_in_by_a_line_is_answered_by_it_or_not_at_all(rows):
    for name in ("ether1", "ether2"):
        mark = f"by-{name}"
        assert rows[f"lines-came-by-{name}"]["new_connection_mark"] == mark
        for answers in (rows[f"lines-answers-{name}"], rows[f"lines-own-answers-{name}"]):
            assert (answers["connection_mark"], answers["new_routing_mark"]) == (mark, mark)
        assert rows[f"lines-no-fasttrack-{name}"]["connection_mark"] == mark
        assert rows[f"lines-off-{name}"]["distance"] > rows[f"lines-way-{name}"].get("distance", 1)


def test_a_port_that_is_forwarded_is_forwarded_by_each_line(rows):
    assert {rows[f"lines-{name}-forward-tcp-80"]["in_interface"] for name in ("ether1", "ether2")} == {
        "ether1",
        "ether2",
    }


def test_ipv6_has_all_of_it_and_the_second_line_translates_since_the_prefix_is_the_firsts(rows):
    assert rows["lines-check-ether1-2620-fe--10"]["gateway"] == "fe80::1%ether1"
    assert rows["lines-route-ether2-2001-4860-4860--8844"]["distance"] == 11
    assert rows["lines-way6-ether1"]["gateway"] == "fe80::1%ether1"
    assert "lines-masquerade6-ether1" not in rows
    assert rows["lines-masquerade6-ether2"]["out_interface"] == "ether2"
    assert rows["lines-answers6-ether2"]["new_routing_mark"] == "by-ether2"


def test_a_port_of_the_bridge_leaves_it(rows):
    port = rows["lines-port-ether2"]
    assert (port["bridge"], port["disabled"], port["adopt"]) == ("bridge", True, True)


def test_a_line_without_neighbours_needs_no_gateway():
    rows = registered(None, {"interface": "pppoe-out1", "gateway": None, "address": None, "bridge": None})

    assert rows["lines-check-pppoe-out1-9.9.9.10"]["gateway"] == "pppoe-out1"
    assert rows["lines-way-pppoe-out1"]["gateway"] == "pppoe-out1"


def test_a_line_that_only_asks_its_gateway_needs_no_route_to_it():
    rows = registered(None, {"check": ()})

    assert "lines-check-ether2-203.0.112.1" not in rows
    route = rows["lines-route-ether2-203.0.112.1"]
    assert (route["gateway"], route["check_gateway"]) == ("203.0.112.1", "ping")
    assert "target_scope" not in route


def test_providers_routers_of_two_lines_may_have_one_link_local_address_and_are_asked_by_their_line():
    rows = registered({"gateway6": "fe80::1"}, {"gateway6": "FE80::1"})

    for name in ("ether1", "ether2"):
        assert rows[f"lines-route-{name}-fe80--1"]["gateway"] == f"fe80::1%{name}"
        assert rows[f"lines-watch-{name}-fe80--1"]["host"] == f"fe80::1%{name}"
        assert f"lines-check-{name}-fe80--1" not in rows


def test_an_address_is_written_as_the_router_writes_it_whose_scripts_look_for_its_text():
    rows = registered({"gateway6": "FE80::1", "check6": "2620:FE:0::10"}, OTHER6)

    assert rows["lines-route-ether1-2620-fe--10"]["gateway"] == "2620:fe::10"
    assert "gateway=2620:fe::10 " in rows["lines-watch-ether1-2620-fe--10"]["test_script"]
    with pytest.raises(wt.Refusal, match="check6: 2620:fe::10 stands there twice"):
        registered({"check6": ["2620:FE::10", "2620:fe::10"]})


def test_names_of_interfaces_with_spaces_and_quotes_stand_in_scripts_as_names():
    rows = registered({"interface": "my line", "gateway6": "fe80::1"}, {"interface": 'p"$x', **SIX})

    script = rows["lines-watch-my line-fe80--1"]["test_script"]
    assert 'gateway="fe80::1%my line" active' in script
    assert r'connection-mark="by-p\"\$x-began"' in script


def test_the_owner_is_told_by_commands_of_his_own_besides(rows):
    for name in ("down_script", "up_script"):
        assert rows["lines-watch-ether1-1.0.0.1"][name].endswith("; /tool/e-mail/send to=me@example.com")


REFUSED = {
    "one line": ({}, {}, {"wans": [wt.Wan(**FIRST)]}, "with one line nothing takes its place"),
    "one interface": ({}, {"interface": "ether1"}, {}, "two lines have the interface ether1"),
    "one table": ({}, {"table": "by-ether1"}, {}, "two lines have the table by-ether1: give one another table="),
    "one gateway": ({}, {"gateway": "203.0.113.1", "address": None}, {}, "two lines have the gateway 203.0.113.1"),
    "one to ask": ({}, {"check": "8.8.4.4"}, {}, "ether1 and ether2 both ask 8.8.4.4"),
    "twice": ({"check": ["1.0.0.1", "1.0.0.1"]}, {}, {}, "ether1: check: 1.0.0.1 stands there twice"),
    "nobody to ask": ({}, {"check": (), "gateway": None, "address": None}, {}, "ether2: check: nobody is asked"),
    "a name": ({"check": "one.example.com"}, {}, {}, "check: 'one.example.com' is no address of IPv4"),
    "IPv6 for IPv4": ({"gateway": "fe80::1"}, {}, {}, "gateway: 'fe80::1' is no address of IPv4"),
    "no gateway of DHCP": ({"gateway": None}, {}, {}, "give gateway=, as /ip/dhcp-client/print detail says it"),
    "no gateway": ({}, {"gateway": None}, {}, "with an address it has neighbours"),
    "another network": ({}, {"gateway": "198.51.100.1"}, {}, "198.51.100.1 lies outside 203.0.112.0/24"),
    "two addresses": ({"address": "203.0.113.2/24"}, {}, {}, "dhcp and address are one too many"),
    "no address": ({}, {"address": "203.0.112.2.1"}, {}, "is not an IPv4 address"),
    "no port": ({}, {}, {"forwards": [wt.Forward("http", "192.168.88.9")]}, "'http' is no port"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_with_its_cure(name):
    first, second, args, says = REFUSED[name]

    with pytest.raises(wt.Refusal) as refused:
        registered(first, second, **args)

    assert says in str(refused.value)


def test_a_site_forwards_nothing_by_lines_that_it_has_not():
    with pytest.raises(wt.Refusal, match="forwards are the lines' of wans="):
        mocked.rows(lambda: wt.Site("home", wt.SiteArgs(lan=LAN, forwards=[wt.Forward(80, "192.168.88.9")])))


@pytest.mark.parametrize(
    ("endpoint", "more", "versions"),
    [
        ("198.51.100.1:51820", OTHER6, {"uplink"}),
        ("[2001:db8::1]:51820", OTHER6, {"uplink6"}),
        ("office.example.com:51820", OTHER6, {"uplink", "uplink6"}),
        ("office.example.com:51820", {}, {"uplink"}),
        (None, OTHER6, {"uplink", "uplink6"}),
    ],
)
def test_a_tunnel_is_bound_by_each_version_that_its_endpoint_may_have_and_its_line_has(endpoint, more, versions):
    def program():
        wans = [wt.Wan(**FIRST, **SIX), wt.Wan(**SECOND, **more)]
        wt.Site("home", wt.SiteArgs(lan=LAN, wans=wans, tunnels=[tunnel(endpoint, listen_port=13231, uplink="ether2")]))

    rows = mocked.rows(program)

    assert {name.removeprefix("home-wg1-") for name in rows if name.startswith("home-wg1-uplink")} == versions
    assert all(rows[f"home-wg1-{one}"]["connection_mark"] == "no-mark" for one in versions)


@pytest.mark.parametrize(("endpoint", "refused"), [("[2001:db8::1]:51820", True), ("198.51.100.1:51820", False)])
def test_an_endpoint_that_is_known_later_is_refused_then_where_its_line_has_none_of_its_ip(endpoint, refused):
    def program():
        uplinks = lines(SIX)
        later = pulumi.Output.from_input(endpoint)
        wt.Tunnel("office", tunnel(later, listen_port=13231, uplink=uplinks.tables["ether2"]))

    if not refused:
        assert mocked.rows(program)["office-office"]["endpoint_port"] == 51820
        return
    with pytest.raises(Exception, match="uplink: a peer's endpoint is an address of IPv6, which that line hasn't"):
        mocked.rows(program)


def test_a_tunnel_to_an_address_of_ipv6_is_refused_a_line_that_has_none():
    def program():
        uplinks = lines(SIX)
        wt.Tunnel("office", tunnel("[2001:db8::1]:51820", listen_port=13231, uplink=uplinks.tables["ether2"]))

    with pytest.raises(wt.Refusal, match="an address of IPv6, which that line hasn't: give the line gateway6="):
        mocked.rows(program)


OFFICE = "198.51.100.1:51820"


def tunnel(endpoint=OFFICE, **args):
    peer = wt.TunnelPeer("office", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", ["10.20.0.0/24"])
    calls = attrs.evolve(peer, endpoint=endpoint)
    return wt.TunnelArgs("wg1", address="10.20.0.2/24", peers=[calls], **args)


def site(**args):
    wans = [wt.Wan(**FIRST), wt.Wan(**SECOND, bridge="bridge")]
    wt.Site("home", wt.SiteArgs(lan=LAN, wans=wans, tunnels=[tunnel(**args)]))


def test_a_tunnels_own_packets_leave_by_the_line_that_is_said_and_answers_to_callers_by_theirs():
    with deployed(lambda: site(listen_port=13231, uplink="ether2")) as there:
        assert there.up().errors == ()
        router = there.router.router
        rows = {path: [dict(row) for row in router.rows(path)] for path in MENUS if path in router.menus}

    def leaves(port):
        ports = {"src_port": Span(port, port), "dst_port": Span(51820, 51820)}
        return trace(Snapshot(rows), Packet(src=0, dst=FOUR.number("198.51.100.1"), protocol="udp", **ports)).leaves

    assert (leaves(13231), leaves(13232)) == ("ether2", "ether1")
    ports = {"src_port": Span(51820, 51820), "dst_port": Span(13231, 13231)}
    for line, own in (("ether1", "203.0.113.2"), ("ether2", "203.0.112.2")):
        far, here = FOUR.number("198.51.100.7"), FOUR.number(own)
        called = trace(Snapshot(rows), Packet(src=far, dst=here, protocol="udp", enters=line, **ports))
        assert called.reply.leaves == line


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ({"uplink": "ether2"}, "known by their port: give listen_port"),
        ({"uplink": "ether3", "listen_port": 13231}, "uplink: ether3 is none of wans=: ether1, ether2"),
    ],
)
def test_a_tunnel_by_a_line_that_cannot_be_is_refused(args, says):
    with pytest.raises(wt.Refusal) as refused:
        mocked.rows(lambda: site(**args))

    assert says in str(refused.value)


def test_a_tunnel_without_a_site_knows_no_line_by_its_name():
    with pytest.raises(wt.Refusal, match=r"a Site knows by its wans=: .* tables\['ether2'\]"):
        mocked.rows(lambda: wt.Tunnel("office", tunnel(listen_port=13231, uplink="ether2")))


def test_what_is_promised_of_the_internet_is_not_about_whom_a_line_asks():
    wans = [wt.Wan(**{**FIRST, "check": "1.1.1.1"}), wt.Wan(**{**SECOND, "bridge": "bridge", "check": "9.9.9.9"})]
    everything = attrs.evolve(tunnel().peers[0], allowed_address=["0.0.0.0/0"])
    led = attrs.evolve(tunnel(table="vpn", default_for=["bridge"]), peers=[everything])

    with deployed(lambda: wt.Site("home", wt.SiteArgs(lan=LAN, wans=wans, tunnels=[led]))) as there:
        assert there.up().errors == ()


def asked_about(program):
    """Whom promises of components are about, by what is promised."""
    gate = next(one for one in mocked.resources(program) if one.typ.endswith("Preflight"))
    return {one["name"]: one["props"].get("to") for one in gate.inputs["expectations"]}


def led_by_vpn():
    everything = attrs.evolve(tunnel().peers[0], allowed_address=["0.0.0.0/0"])
    wt.Tunnel("vpn", attrs.evolve(tunnel(table="vpn", default_for=["bridge"]), peers=[everything]))


def test_a_tunnel_that_is_made_before_the_lines_knows_whom_they_ask():
    def program():
        led_by_vpn()
        lines({"check": "1.1.1.1"}, {"check": "9.9.9.9"})

    assert asked_about(program)["vpn: nothing goes past the tunnel"] == ["8.8.8.8"]


def test_lines_that_ask_everybody_whom_promises_are_about_are_told_that_nothing_is_promised(monkeypatch):
    told = []
    monkeypatch.setattr(pulumi.log, "warn", lambda text, *_: told.append(text))

    def program():
        led_by_vpn()
        lines({"check": ["1.1.1.1", "9.9.9.9"]}, {"check": ["8.8.8.8", "198.41.0.4"]})

    promises = [name for name in asked_about(program) if "IPv6" not in name]
    assert not [name for name in promises if "internet" in name or "past" in name]
    assert [text.partition(":")[0] for text in told] == [
        "lines promises nothing of IPv4's internet",
        "vpn promises nothing of IPv4's internet",
    ]


def test_what_began_by_a_line_is_dropped_once_another_takes_its_place_and_no_switch_is_drift():
    with deployed(lines) as site:
        assert site.up().errors == ()
        switched = switching(site)

        assert switched() == (["1.0.0.1"], {"by-ether2-began"})  # which line was taken before isn't known
        assert switched() == (["1.0.0.1"], set())  # what the owner sends by the idle line is left alone
        assert switched("1.0.0.1") == (["8.8.4.4"], set())
        assert switched("1.0.0.1", "8.8.4.4") == (["9.9.9.10"], {"by-ether1-began"})
        assert switched("1.0.0.1", "8.8.4.4") == (["9.9.9.10"], set())
        assert site.refresh().changes.keys() == {"same"}
        assert switched("1.0.0.1", "8.8.4.4", "9.9.9.10") == (["203.0.113.1"], set())
        assert switched("9.9.9.10") == (["1.0.0.1"], {"by-ether2-began"})
