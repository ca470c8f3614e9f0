"""`wiretik trace` on a router over TLS: the walk, the deciding rule, exit codes, JSON."""

import json
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from wiretik.cli import app
from wiretik_provider.simulator import Router, serve

from .projects import project


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password="a-secret") as running:
        yield running


@pytest.fixture
def site(lab, tmp_path, monkeypatch):
    return project(tmp_path, lab, monkeypatch, "a-secret")


def trace(site, *words):
    return CliRunner().invoke(app, ["trace", "-C", str(site), "-s", "lab", *words])


def test_what_arrives_is_shown_step_by_step_and_exits_with_0(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--port", "443")

    assert done.exit_code == 0, done.output
    assert "192.168.88.10 to 1.1.1.1, tcp port 443, in by bridge" in done.output
    assert "NAT rule 0 'defconf: masquerade'  masquerade: source becomes 203.0.113.2" in done.output
    assert "forwarded out of ether1 with source 203.0.113.2" in done.output
    assert "answer:" in done.output


def test_what_is_dropped_names_the_rule_and_exits_with_1(site):
    done = trace(site, "--src", "198.51.100.7", "--dst", "203.0.113.2", "--port", "8729")

    assert done.exit_code == 1
    assert "dropped by filter rule 4 'defconf: drop all not coming from LAN'" in done.output


def test_what_cannot_be_known_says_because_of_what_and_exits_with_3(site, lab):
    rule = lab.run("/ip/firewall/filter/add", chain="input", action="drop", random="50", **{"place-before": "*1"})
    try:
        done = trace(site, "--src", "192.168.88.10", "--dst", "192.168.88.1")
    finally:
        lab.run("/ip/firewall/filter/remove", **{".id": rule[0]["ret"] if isinstance(rule, list) else rule})

    assert done.exit_code == 3
    assert "random=50: chance decides" in done.output


def test_json_has_every_step_and_the_verdict(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "192.168.88.1", "--proto", "udp", "--port", "53", "--json")
    told = json.loads(done.output)

    assert told["disposition"] == "delivered"
    assert told["answered"] is True
    assert told["reply"]["leaves"] == "bridge"


def test_an_interface_that_is_not_there_is_a_mistake(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--in", "ether9")

    assert done.exit_code == 2


# --- on an export, a plan, several routers ---------------------------------------------------------------------------


def on_export(folder, *words):
    file = folder / "home.rsc"
    file.write_text(Router("defconf").export())
    return CliRunner().invoke(app, ["trace", "--export", str(file), *words])


def test_an_export_is_enough_for_a_trace(tmp_path):
    done = on_export(tmp_path, "--src", "192.168.88.10", "--dst", "192.168.88.1", "--port", "8729")

    assert done.exit_code == 0, done.output
    assert "delivered to the router" in done.output


def test_what_an_export_does_not_have_is_not_made_up(tmp_path):
    done = on_export(tmp_path, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--port", "443")

    assert done.exit_code == 3
    assert "ether1 has no address that it could take" in done.stdout
    assert "--lease ether1=ADDRESS/MASK  the address that DHCP gives ether1" in done.stderr


def test_what_dhcp_gives_may_be_told(tmp_path):
    asked = ["--src", "192.168.88.10", "--dst", "1.1.1.1", "--port", "443"]
    done = on_export(tmp_path, *asked, "--lease", "ether1=198.51.100.7/22")

    assert done.exit_code == 0, done.output
    assert "forwarded out of ether1 with source 198.51.100.7" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("told", ["198.51.100.7/22", "ether1=198.51.100.7", "ether1=dhcp"])
def test_a_lease_that_is_none_is_a_mistake(tmp_path, told):
    done = on_export(tmp_path, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--lease", told)

    assert done.exit_code == 2
    assert f"--lease {told}: say it as ether1=203.0.113.2/24" in done.stderr


def test_a_router_is_not_told_what_dhcp_gave_it(site):
    done = trace(site, "--src", "192.168.88.10", "--dst", "1.1.1.1", "--lease", "ether1=198.51.100.7/22")

    assert done.exit_code == 2
    assert "only with --export" in done.stderr


def test_ipv6_is_followed_like_ipv4(tmp_path):
    dropped = on_export(tmp_path, "--src", "2001:db8:9::9", "--dst", "fe80::1", "--in", "ether1", "--port", "22")
    lost = on_export(tmp_path, "--src", "2001:db8:9::9", "--dst", "2606:4700:4700::1111", "--in", "bridge", "--json")

    assert dropped.exit_code == 3
    assert "no source says how the router treats another one's link-local address" in dropped.output
    assert lost.exit_code == 1
    told = json.loads(lost.stdout)
    assert told["packet"] == {
        "src": "2001:db8:9::9",
        "dst": "2606:4700:4700::1111",
        "protocol": "icmpv6",
        "port": None,
        "in": "bridge",
    }
    assert told["disposition"] == "no-route"


def test_what_others_give_a_router_of_ipv6_is_not_made_up(tmp_path):
    def asked(*commands):
        router = Router("defconf")
        router.run("/ipv6/address/add", address="fd88::1/64", interface="bridge")
        for command, values in commands:
            router.run(command, **values)
        (tmp_path / "home.rsc").write_text(router.export())
        words = ["--src", "fd88::10", "--dst", "2606:4700:4700::1111", "--export", str(tmp_path / "home.rsc")]
        return CliRunner().invoke(app, ["trace", *words])

    alone = asked()
    learned = asked(("/ipv6/settings/set", {"accept_router_advertisements": "yes"}))
    pooled = asked(("/ipv6/address/add", {"address": "::1/64", "from_pool": "isp", "interface": "bridge"}))

    assert alone.exit_code == 1
    assert "without a route" in alone.stdout
    assert learned.exit_code == pooled.exit_code == 3
    assert "the address that router advertisements give, and their default route" in learned.stderr
    assert "what the pool isp gives isn't in an export" in pooled.stdout


def test_a_packet_has_addresses_of_one_family(tmp_path):
    done = on_export(tmp_path, "--src", "192.168.88.10", "--dst", "2001:db8::1")

    assert done.exit_code == 2
    assert "192.168.88.10 and 2001:db8::1: one of IPv4 and one of IPv6 are no packet's" in done.stderr


def test_what_arrives_by_ipv6_is_shown_and_drawn(site, lab, tmp_path):
    [added] = lab.run("/ipv6/address/add", address="fd88::1/64", interface="bridge")
    try:
        done = trace(
            site, "--src", "fd88::10", "--dst", "fd88::1", "--port", "8729", "--svg", str(tmp_path / "walk.svg")
        )
    finally:
        lab.run("/ipv6/address/remove", id=added["ret"])

    assert done.exit_code == 0, done.output
    assert "fd88::10 to fd88::1, tcp port 8729, in by bridge" in done.output
    assert "delivered to the router" in done.output
    assert "fd88::10" in (tmp_path / "walk.svg").read_text()


def test_a_file_that_is_no_export_is_told(tmp_path):
    asked = ["--src", "192.168.88.10", "--dst", "1.1.1.1"]
    done = CliRunner().invoke(app, ["trace", "--export", str(tmp_path / "gone.rsc"), *asked])

    assert done.exit_code == 1
    assert "No such file" in done.stderr


def test_the_walk_is_drawn(tmp_path):
    picture = tmp_path / "walk.svg"
    done = on_export(tmp_path, "--src", "192.168.88.10", "--dst", "192.168.88.1", "--svg", str(picture))
    drawn = ET.fromstring(picture.read_text())

    assert "var(" not in picture.read_text()  # many viewers know no variables, and paint all black
    told = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert done.exit_code == 0, done.output
    assert "192.168.88.10 to 192.168.88.1, icmp, in by bridge" in told
    assert any("filter rule 2 'defconf: accept ICMP': accept" in text for text in told)
    assert told.count("delivered to the router") == 1


# --- the exit code tells the truth ------------------------------------------------------------------------------------

HOME = """/interface wireguard
add listen-port=13231 name=wg1
/interface wireguard peers
add allowed-address=0.0.0.0/0 endpoint-address=198.51.100.9 endpoint-port=51820 interface=wg1 public-key=\\
    "ABMnrzRgkRkW/Yg9SBKVIWMjxYzS2YnlX4Rlun0sOlk="
/ip address
add address=192.168.88.1/24 interface=ether2
add address=203.0.113.2/24 interface=ether1
add address=10.60.0.2/24 interface=wg1
/ip route
add dst-address=0.0.0.0/0 gateway=203.0.113.1
add dst-address=0.0.0.0/0 gateway=wg1 routing-table=vpn
/routing table
add fib name=vpn
"""


@pytest.mark.parametrize(
    ("besides", "asked", "code", "told"),
    [
        (
            "/ip firewall mangle\nadd action=mark-routing chain=prerouting new-routing-mark=vpn in-interface=ether2",
            ["--src", "192.168.88.9", "--dst", "192.168.88.1", "--port", "22"],
            1,
            "instead of getting to the router itself",
        ),
        (
            "/routing rule\nadd action=lookup-only-in-table src-address=192.168.88.10 table=vpn\n",
            ["--src", "192.168.88.10", "--dst", "192.168.88.1", "--port", "22"],
            0,
            "delivered to the router",
        ),
        (
            "/routing rule\nadd action=lookup-only-in-table dst-address=192.168.88.0/24 table=vpn\n",
            ["--src", "192.168.88.10", "--dst", "192.168.88.1", "--port", "22"],
            1,
            "its answer is sent into the tunnel wg1",
        ),
        (
            "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=25565 protocol=tcp to-addresses=192.168.88.50",
            ["--src", "192.0.2.55", "--dst", "10.60.0.2", "--port", "25565", "--in", "wg1"],
            1,
            "the question came in by wg1",
        ),
        ("", ["--src", "192.168.88.10", "--dst", "10.60.0.2", "--port", "22"], 0, "delivered to the router"),
        ("", ["--src", "192.168.88.10", "--dst", "224.0.0.5", "--proto", "89"], 3, "multicast isn't followed"),
        (
            "/ip address\nadd address=192.168.88.2/24 interface=ether2\n",
            ["--src", "192.168.88.10", "--dst", "192.0.2.9", "--port", "443"],
            0,
            "in by ether2",
        ),
    ],
    ids=[
        "marked away from the router",
        "the router's answer has its own source",
        "the router's answer goes into the tunnel",
        "a forwarded port answers by the line",
        "another of the router's own addresses",
        "several receivers",
        "two addresses of one network on one interface",
    ],
)
def test_the_exit_code_is_0_only_where_the_question_arrives_and_the_answer_comes_back_by_its_way(
    tmp_path, besides, asked, code, told
):
    (tmp_path / "home.rsc").write_text(f"# 2026-03-01 10:00:00 by RouterOS 7.18\n{HOME}{besides}")

    done = CliRunner().invoke(app, ["trace", "--export", str(tmp_path / "home.rsc"), *asked])

    assert done.exit_code == code, done.output
    assert told in done.stdout


PROGRAM = """
import pulumi
import wiretik as wt

wt.FilterRule("dns", chain="forward", protocol="udp", dst_port=53, action="drop", position=wt.FIRST, comment="no DNS")
"""


@pytest.mark.e2e
def test_a_plan_is_traced_before_it_is_carried_out(site, lab, monkeypatch):
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "correct horse")
    (site / "__main__.py").write_text(PROGRAM)
    asked = ["--src", "192.168.88.10", "--dst", "9.9.9.9", "--proto", "udp", "--port", "53"]
    before = lab.router.snapshot()

    now, then = trace(site, *asked), trace(site, *asked, "--plan")

    assert (now.exit_code, then.exit_code) == (0, 1), then.output
    assert "'no DNS'" in then.stdout
    assert lab.router.snapshot() == before


def test_a_packet_is_followed_through_the_routers_of_a_stack(tmp_path, monkeypatch):
    monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret")
    with serve(tls=False, password="a-secret") as near, serve(tls=False, password="a-secret", serial="HF2") as far:
        ends = [(near, "192.168.1.1", "203.0.113.2"), (far, "192.168.2.1", "198.51.100.2")]
        for number, (lab, inside, outside) in enumerate(ends, 1):
            lab.run("/ip/address/add", address=f"{inside}/24", interface="bridge")
            lab.run("/ip/address/add", address=f"{outside}/24", interface="ether1")
            lab.run("/ip/route/add", dst_address="0.0.0.0/0", gateway=f"{outside.rpartition('.')[0]}.1")
            lab.run("/interface/wireguard/add", name="wg", listen_port="51820")
            lab.run("/ip/address/add", address=f"10.255.0.{number}/30", interface="wg")
        for (lab, _, _), (other, inside, outside) in zip(ends, reversed(ends), strict=True):
            key = other.run("/interface/wireguard/print")[0]["public-key"]
            lan = f"{inside.rpartition('.')[0]}.0/24"
            where = {"interface": "wg", "public-key": key, "allowed-address": lan, "endpoint-address": outside}
            lab.run("/interface/wireguard/peers/add", **where, **{"endpoint-port": "51820"})
            lab.run("/ip/route/add", gateway="wg", **{"dst-address": lan})
        (tmp_path / "Pulumi.yaml").write_text("name: link\nruntime: python\n")
        routers = {
            name: {"host": lab.host, "port": lab.api_port, "username": "admin", "tls": False}
            for name, lab in (("near", near), ("far", far))
        }
        (tmp_path / "Pulumi.lab.yaml").write_text(json.dumps({"config": {"wiretik:routers": routers}}))
        asked = ["--src", "192.168.1.10", "--dst", "192.168.2.10", "--port", "443"]

        which, done = trace(tmp_path, *asked), trace(tmp_path, *asked, "--router", "near", "--json")

    assert which.exit_code == 2
    assert "--router far or near" in which.stderr
    told = json.loads(done.stdout)
    assert done.exit_code == 0, done.output
    assert [hop["router"] for hop in told["hops"]] == ["near", "far"]
    assert [hop["router"] for hop in told["reply"]["hops"]] == ["far", "near"]
    assert told["answered"] is True


def test_an_export_that_a_windows_editor_saved_is_the_same(tmp_path):
    words = ["--src", "192.168.88.10", "--dst", "192.168.88.1", "--port", "8729"]
    plain, file = on_export(tmp_path, *words), tmp_path / "home.rsc"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    marked = CliRunner().invoke(app, ["trace", "--export", str(file), *words])

    assert (marked.stdout, marked.stderr, marked.exit_code) == (plain.stdout, plain.stderr, plain.exit_code)


MARKED = """# 2026-08-01 10:00:00 by RouterOS 7.20.8
/interface bridge
add name=bridge
/interface wireguard
add listen-port=13231 mtu=1420 name=wg0
/routing table
add fib name=vpn
/interface wireguard peers
add allowed-address=0.0.0.0/0 endpoint-address=198.51.100.77 endpoint-port=1337 interface=wg0 name=provider
/ip address
add address=192.168.88.1/24 interface=bridge network=192.168.88.0
add address=10.44.7.9/32 interface=wg0 network=10.44.7.9
add address=203.0.113.2/24 interface=ether1 network=203.0.113.0
/ip firewall filter
FASTTRACK
/ip firewall mangle
add action=mark-routing chain=prerouting dst-address=192.0.2.9 in-interface=bridge new-routing-mark=vpn
/ip firewall nat
add action=masquerade chain=srcnat out-interface=wg0
/ip route
add dst-address=0.0.0.0/0 gateway=203.0.113.1
add dst-address=0.0.0.0/0 gateway=wg0 routing-table=vpn
"""
FASTTRACK = "add action=fasttrack-connection chain=forward connection-state=established,related"


@pytest.mark.parametrize(("rule", "code"), [("", 0), (FASTTRACK, 1), (f"{FASTTRACK} in-interface=ether1", 0)])
def test_later_packets_that_fasttrack_takes_another_way_are_lost(tmp_path, rule, code):
    file = tmp_path / "home.rsc"
    file.write_text(MARKED.replace("FASTTRACK", rule))
    words = ["--src", "192.168.88.10", "--dst", "192.0.2.9", "--port", "443"]

    done = CliRunner().invoke(app, ["trace", "--export", str(file), *words])

    assert done.exit_code == code, done.output


ECMP = """# 2026-08-01 10:00:00 by RouterOS 7.20.8
/ip address
add address=192.168.88.1/24 interface=ether1
add address=203.0.113.2/24 interface=ether2
add address=198.51.100.2/24 interface=ether3
/ip route
add gateway=203.0.113.1
add gateway=198.51.100.1
add gateway=203.0.113.9
"""
DROP = "/ip firewall filter add action=drop chain=forward out-interface=ether3\n"


@pytest.mark.parametrize(("rules", "code"), [("", 0), (DROP, 3)])
def test_worlds_in_which_a_packet_ends_alike_are_a_line_and_the_exit_code_is_what_they_agree_in(tmp_path, rules, code):
    (tmp_path / "r.rsc").write_text(ECMP + rules)
    words = ["--export", str(tmp_path / "r.rsc"), "--src", "192.168.88.10", "--dst", "192.0.2.9", "--port", "443"]
    done = CliRunner().invoke(app, ["trace", *words])
    told = json.loads(CliRunner().invoke(app, ["trace", *words, "--json"]).stdout)

    one, two, three = (
        f"where the hash chooses 0.0.0.0/0 by {way}" for way in ("203.0.113.1", "198.51.100.1", "203.0.113.9")
    )
    assert done.exit_code == code, done.output
    assert f"{one}, or {three}: forwarded out of ether2\n" in done.stdout
    assert f"{two}: {'dropped by filter rule 0' if rules else 'forwarded out of ether3'}\n" in done.stdout
    assert [world["when"] for world in told["worlds"]] == [one, two, three]
