"""`wiretik show`: the router's own tables, whose each row is, and nothing secret; against a real router over TLS."""

import json

import pytest
from typer.testing import CliRunner

from wiretik.cli import app, tables
from wiretik.cli.commands.show import _routes_query
from wiretik.cli.tables import TABLES, Owners, Snapshot
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import serve

from .projects import configure, project

KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
SECRET = "U0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVUU0VDUkVULi4="
MINE = ownership.stack_part("home", "lab")
OWNERS = Owners(MINE)


def tagged(text, number, stack="lab", *, adopted=False):
    tag = ownership.Tag(ownership.stack_part("home", stack), f"{number:08x}", adopted=adopted)
    return ownership.signed(text, tag)


def furnish(run):
    """What a stack may have made on a defconf router, among rows of another stack and of nobody."""
    run("/interface/wireguard/add", name="wg0", comment=tagged("VPN provider", 1))
    run("/interface/wireguard/add", name="wg1", comment=tagged("mesh", 2), **{"listen-port": "13232"})
    run("/interface/wireguard/add", name="wg-other", comment=tagged("", 3, "elsewhere"), **{"private-key": SECRET})
    run("/ip/address/add", address="10.8.0.2/32", network="10.8.1.1", interface="wg0", comment=tagged("", 4))
    run("/ip/address/add", address="10.20.0.2/24", interface="wg1", comment=tagged("", 5))
    peer = {
        "public-key": KEY,
        "endpoint-address": "server2.example.com",
        "endpoint-port": "51820",
        "allowed-address": "10.20.0.0/24,172.16.50.0/24",
        "preshared-key": SECRET,
    }
    run("/interface/wireguard/peers/add", interface="wg1", comment=tagged("mesh hub", 6), **peer)
    run("/ip/route/add", gateway="wg1", comment=tagged("", 7), **{"dst-address": "172.16.50.0/24"})
    run("/routing/table/add", name="vpn", fib="", comment=tagged("", 8))
    default = {"dst-address": "0.0.0.0/0", "routing-table": "vpn"}
    run("/ip/route/add", gateway="10.8.1.1", comment=tagged("", 9), **default)
    run("/ip/route/add", blackhole="", distance="200", comment=tagged("kill switch", 10), **default)
    run("/ip/route/add", gateway="192.168.88.2", **{"dst-address": "10.50.0.0/16"})
    run(
        "/routing/rule/add",
        action="lookup-only-in-table",
        table="vpn",
        comment=tagged("", 11),
        **{"routing-mark": "vpn"},
    )
    for number in range(12):
        run("/ip/firewall/address-list/add", list="noVPN", address=f"10.60.{number}.0/24")
    run("/ip/firewall/address-list/add", list="unrelated", address="10.70.0.0/24")
    mark = {"new-routing-mark": "vpn", "in-interface": "bridge", "dst-address-list": "!noVPN"}
    run("/ip/firewall/mangle/add", chain="prerouting", action="mark-routing", comment=tagged("to the VPN", 12), **mark)
    rule = {"in-interface": "wg0", "place-before": "*B"}
    run("/ip/firewall/filter/add", chain="forward", action="accept", comment=tagged("allow wg0", 13), **rule)


@pytest.fixture(scope="module")
def lab():
    with serve(profile="defconf", password="a-secret") as running:
        furnish(running.run)
        yield running


@pytest.fixture
def site(lab, tmp_path, monkeypatch):
    """A project whose stack config leads to the router."""
    monkeypatch.setenv("COLUMNS", "100")
    return project(tmp_path, lab, monkeypatch, "a-secret", declared="config:\n  lan:\n    type: string\n")


def show(site, *words):
    return CliRunner().invoke(app, ["show", "-C", str(site), "-s", "lab", *words])


def shown(site, *words):
    done = show(site, *words)
    assert done.exit_code == 0, done.output
    return done.output


def of_json(site, key):
    [router] = json.loads(shown(site, "--json", key))
    return router["tables"][key]


# --- against the router -----------------------------------------------------------------------------------------------


def test_the_verification_commands_of_the_post_are_all_there(site):
    output = shown(site)
    for command in (
        "/interface/wireguard/print",
        "/interface/wireguard/peers/print",
        '/ip/route/print where immediate-gw~"wg0|wg1|wg-other"',
        "/ip/firewall/mangle/print stats",
        "/routing/table/print",
        "/routing/rule/print",
    ):
        assert command in output


def test_a_peer_is_shown_with_endpoint_addresses_handshake_and_counters(site):
    [line] = [line for line in shown(site, "peers").splitlines() if "mesh hub" in line]
    words = line.split()
    assert words[:3] == ["wg1", "mesh", "hub"]
    assert words[3:8] == ["server2.example.com:51820", "10.20.0.0/24", "172.16.50.0/24", "never", "0B"]


def test_routes_are_those_through_tunnels_and_of_their_tables(site):
    rows = {(row["dst-address"], row.get("routing-table")): row for row in of_json(site, "routes")}
    assert ("172.16.50.0/24", "main") in rows
    assert rows["10.20.0.0/24", "main"]["managed-by"] == {"kind": "router", "name": "(router)"}
    assert ("0.0.0.0/0", "vpn") in rows
    assert "kill switch" in [row["comment"] for row in of_json(site, "routes")]
    assert ("10.50.0.0/16", "main") not in rows
    assert ("0.0.0.0/0", "main") not in rows
    assert "10.8.1.1%wg0" in shown(site, "routes")


def test_flags_are_the_consoles(site):
    lines = shown(site, "routes").splitlines()
    assert any(line.startswith("DAc") and "10.20.0.0/24" in line for line in lines)
    assert any(line.startswith("As") and "172.16.50.0/24" in line for line in lines)


def test_every_row_says_whose_it_is(site):
    assert {row["name"]: row["managed-by"]["kind"] for row in of_json(site, "interfaces")} == {
        "wg0": "ours",
        "wg1": "ours",
        "wg-other": "other",
    }
    lines = {line.split()[1]: line for line in shown(site, "interfaces").splitlines() if line.startswith("R")}
    assert lines["wg0"].endswith("this stack")
    assert lines["wg-other"].endswith(f"stack {ownership.stack_part('home', 'elsewhere')}")


def test_no_tag_is_shown(site):
    assert "[wt:" not in shown(site)
    assert "[wt:" not in shown(site, "--json")


def test_no_secret_is_shown_and_none_is_read(site):
    with serve(password="a-secret") as fresh:
        furnish_keys = {"private-key": SECRET}
        fresh.run("/interface/wireguard/add", name="wg0", **furnish_keys)
        configure(site, host=fresh.host, port=fresh.apis_port, username="admin", fingerprint=fresh.fingerprint)
        assert SECRET not in shown(site)
        assert SECRET not in shown(site, "--json")
        assert "private-key" not in shown(site, "--json")
        assert "a-secret" not in shown(site)


def test_filter_rules_are_shown_with_their_neighbours_only(site):
    lines = shown(site, "filter").splitlines()
    assert any("allow wg0" in line for line in lines)
    assert any("defconf: drop all from WAN not DSTNATed" in line for line in lines)
    assert any("more rules of others" in line for line in lines)
    assert not any("defconf: accept ICMP" in line for line in lines)


def test_a_long_list_is_cut_and_others_are_left_out(site):
    output = shown(site, "lists")
    assert "… and 4 more" in output
    assert "unrelated" not in output
    assert len(of_json(site, "lists")) == 8


def test_it_takes_two_round_trips_and_no_write(site):
    with serve(password="a-secret", profile="defconf") as fresh:
        furnish(fresh.run)
        configure(site, host=fresh.host, port=fresh.apis_port, username="admin", fingerprint=fresh.fingerprint)
        before = fresh.run("/ip/firewall/filter/print")
        shown(site)
        assert fresh.stats().connections == 1
        assert {verb for verbs in fresh.stats().commands.values() for verb in verbs} <= {"print", "login", ""}
        assert all(sum(verbs.values()) == 1 for verbs in fresh.stats().commands.values())
        assert fresh.run("/ip/firewall/filter/print") == before


def test_piped_output_is_plain(site):
    output = shown(site)
    assert "\x1b" not in output
    assert not any(line.endswith(" ") for line in output.splitlines())


def test_the_state_gives_rows_their_resources_names(site):
    stored = site / ".wiretik" / ".pulumi" / "stacks" / "home" / "lab.json"
    stored.parent.mkdir(parents=True)
    urn = "urn:pulumi:lab::home::pulumi-python:dynamic/wiretik:WireGuardInterface::my-tunnel"
    resource = {"urn": urn, "type": "x", "custom": True, "inputs": {"tag": f"{MINE}{1:08x}"}}
    stored.write_text(json.dumps({"version": 3, "checkpoint": {"latest": {"resources": [resource]}}}))
    output = shown(site, "interfaces")
    assert "my-tunnel" in output
    assert "this stack, not in state" in output


def test_the_chosen_tables_alone_are_shown(site):
    output = shown(site, "tables", "rules")
    assert "/routing/table/print" in output
    assert "/interface/wireguard/print" not in output


def test_an_unknown_table_is_refused_with_those_that_are(site):
    done = show(site, "peer")
    assert done.exit_code == 2
    assert "there are" in done.output
    assert "peers" in done.output


def test_a_menu_that_the_user_may_not_read_is_said_to_be():
    found = tables.table("mangle", Snapshot({}, {"/ip/firewall/mangle": "not enough permissions (9)"}), OWNERS)
    assert found.remark == "not readable: not enough permissions (9)"


def test_a_wrong_pin_is_one_line(site, lab):
    configure(site, host=lab.host, port=lab.apis_port, username="admin", fingerprint="00" * 32)
    done = show(site)
    assert done.exit_code == 1
    assert len(done.output.strip().splitlines()) == 1
    assert "wiretik connect" in done.output


def test_config_that_lacks_the_address_is_one_line(site):
    configure(site, username="admin")
    done = show(site)
    assert done.exit_code == 2
    assert "pulumi config set wiretik:host ADDRESS" in done.output


def test_several_routers_are_shown_one_after_the_other(site, lab):
    entry = f"{{host: {lab.host}, port: {lab.apis_port}, username: admin, fingerprint: {lab.fingerprint}}}"
    (site / "Pulumi.lab.yaml").write_text(f"config:\n  wiretik:routers:\n    home: {entry}\n    office: {entry}\n")
    assert [one["router"] for one in json.loads(shown(site, "--json", "tables"))] == ["home", "office"]
    assert [one["router"] for one in json.loads(shown(site, "--json", "--router", "office", "tables"))] == ["office"]


# --- pure -------------------------------------------------------------------------------------------------------------


def test_an_adopted_row_says_so():
    row = {"comment": tagged("theirs", 1, adopted=True)}
    assert Owners(MINE, {f"{MINE}{1:08x}": "tunnel"}).of(row) == tables.Owner("ours", "tunnel (adopted)")


@pytest.mark.parametrize(
    ("age", "fresh"), [("53s", True), ("2m59s", True), ("3m1s", False), ("1w2d", False), ("never", False)]
)
def test_a_handshake_is_fresh_for_three_minutes(age, fresh):
    assert tables.is_fresh(age) is fresh


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"current-endpoint-address": "203.0.113.9", "current-endpoint-port": "4500"}, "203.0.113.9:4500"),
        (
            {"current-endpoint-address": "", "endpoint-address": "a.example", "endpoint-port": "51820"},
            "a.example:51820",
        ),
        ({"current-endpoint-address": "fd00::1", "current-endpoint-port": "1"}, "[fd00::1]:1"),
        ({}, "(waits for it)"),
    ],
)
def test_an_endpoint_is_where_the_peer_is_now(row, expected):
    snapshot = Snapshot({"/interface/wireguard/peers": [row]})
    assert tables.table("peers", snapshot, OWNERS).rows[0].cells[3] == expected


@pytest.mark.parametrize(
    ("size", "expected"), [("0", "0B"), ("1023", "1023B"), ("6963", "6.8KiB"), ("5242880", "5.0MiB")]
)
def test_bytes_are_shortened_as_the_console_does(size, expected):
    row = {"rx": size}
    assert tables.table("peers", Snapshot({"/interface/wireguard/peers": [row]}), OWNERS).rows[0].cells[6] == expected


def test_packets_are_counted_in_groups_of_three():
    row = {"chain": "forward", "action": "accept", "packets": "1234567", "comment": tagged("", 1)}
    assert tables.table("mangle", Snapshot({"/ip/firewall/mangle": [row]}), OWNERS).rows[0].cells[4] == "1 234 567"


def test_routes_of_a_full_table_are_not_asked_for():
    assert _routes_query(("wg0", "wg1")) == ("?dynamic=true", "?#!", "?gateway=wg0", "?#|", "?gateway=wg1", "?#|")


def test_an_empty_router_has_every_table_with_a_remark():
    for key in TABLES:
        assert tables.table(key, Snapshot({}), OWNERS).remark.startswith("none")
