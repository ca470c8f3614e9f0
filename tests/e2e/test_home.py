"""The home site on the factory router, from the first preview to destroy, over each kind of connection and engine."""

import collections
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from at_length import LONG
from deploying import HOME, LAN, PASSWORD, Run, Site, asked, reach, writes
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import Lab, serve

from .conftest import needs_pulumi

ROWS = """
    accept-mesh-port accept-wg0-in accept-wg0-out accept-wg1-in accept-wg1-out block-vpn-inbound block-vpn-to-router
    dns-tcp dns-udp mark-dns-tcp mark-dns-udp mark-vpn masquerade-wan masquerade-wg0 masquerade-wg1 mesh-hub
    no-fasttrack-wg0-in no-fasttrack-wg0-out no-vpn remote-lan vpn vpn-default vpn-only vpn-provider wg0 wg0-address wg1
    wg1-address
""".split()  # noqa: SIM905  (a list of thirty strings reads worse)

Rows = list[dict[str, str]]


@attrs.define
class Story:
    """A site's life: what was done, and what the router had after it."""

    lab: Lab
    site: Site
    runs: dict[str, Run] = attrs.field(factory=dict)
    writes: dict[str, int] = attrs.field(factory=dict)
    asked: dict[str, dict[str, int]] = attrs.field(factory=dict)
    connections: dict[str, int] = attrs.field(factory=dict)
    snapshots: dict[str, dict[str, Rows]] = attrs.field(factory=dict)
    tables: dict[str, Rows] = attrs.field(factory=dict)

    def tell(self, name: str, operation: str, **options: Any) -> None:
        self.lab.reset_stats()
        self.runs[name] = self.site.run(operation, **options)
        self.writes[name] = writes(self.lab)
        self.asked[name] = asked(self.lab)
        self.connections[name] = self.lab.stats().connections
        self.snapshots[name] = self.lab.router.snapshot()


VARIANTS = {
    "plain": ("embedded", ""),
    "pinned": ("embedded", "pin"),
    "authority": ("embedded", "ca"),
    "pulumi": ("pulumi", "pin"),
}


def _variant(name: str) -> Any:
    """One story for one worker, since telling it takes long."""
    marks = [pytest.mark.xdist_group(f"home-{name}"), *([needs_pulumi] if name == "pulumi" else [])]
    return pytest.param(name, marks=marks)


AT_LENGTH = set() if LONG else {"plain"}
"""Most other tests' connections are plain."""


@pytest.fixture(scope="module", params=[_variant(name) for name in VARIANTS if name not in AT_LENGTH])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    engine, tls = VARIANTS[request.param]
    directory: pathlib.Path = tmp_path_factory.mktemp(request.param)
    with serve(profile="defconf", password=PASSWORD) as lab:
        config = {**LAN, **{f"wiretik:{key}": value for key, value in reach(lab, tls=tls).items()}}
        told = Story(lab, Site(directory, HOME, config, engine=engine))
        told.snapshots["before"] = lab.router.snapshot()
        told.tell("preview", "preview")
        told.tell("up", "up")
        told.tables = {path: lab.run(f"{path}/print") for path in MENUS}
        told.tell("again", "up", refresh=True)
        if engine == "embedded":  # the CLI takes seconds for each
            told.tell("plain again", "up")
            told.tell("refresh", "refresh")
        told.tell("destroy", "destroy")
        yield told


def ours(rows: Rows) -> Rows:
    return [row for row in rows if ownership.split(row.get("comment", ""))[1]]


def test_every_run_goes_well(story):
    assert {name: run.errors for name, run in story.runs.items() if not run.ok or run.errors} == {}


def test_preview_names_every_row_to_come_and_sends_no_write(story):
    assert set(story.runs["preview"].names("create")) >= set(ROWS)
    assert story.writes["preview"] == 0
    assert story.snapshots["preview"] == story.snapshots["before"]


def test_up_makes_what_preview_said(story):
    assert story.runs["up"].names("create") == story.runs["preview"].names("create")
    counted = collections.Counter(path for path, rows in story.tables.items() for _ in ours(rows))
    assert counted == {
        "/interface/wireguard": 2,
        "/interface/wireguard/peers": 2,
        "/ip/address": 2,
        "/ip/firewall/address-list": 3,
        "/ip/firewall/filter": 9,
        "/ip/firewall/mangle": 3,
        "/ip/firewall/nat": 5,
        "/ip/route": 2,
        "/routing/rule": 1,
        "/routing/table": 1,
    }


def test_the_peers_command_shows_both_peers_with_keepalive(story):
    peers = {row["interface"]: row for row in story.tables["/interface/wireguard/peers"]}

    assert peers["wg0"]["allowed-address"] == "0.0.0.0/0"
    assert set(peers["wg1"]["allowed-address"].split(",")) == {"10.20.0.0/24", "172.16.50.0/24"}
    assert {row["persistent-keepalive"] for row in peers.values()} == {"25s"}


def test_the_routes_by_gateway_lead_into_the_tunnels_and_main_gets_no_default_route(story):
    through = {
        (row["routing-table"], row["dst-address"]): row["immediate-gw"]
        for row in story.tables["/ip/route"]
        if re.search(r"(^|%)wg\d$", row.get("immediate-gw", ""))
    }

    assert through == {
        ("main", "10.8.1.1/32"): "wg0",
        ("main", "10.20.0.0/24"): "wg1",
        ("main", "172.16.50.0/24"): "wg1",
        ("vpn", "0.0.0.0/0"): "10.8.1.1%wg0",
    }


def test_the_mangle_command_shows_the_marks_with_counters(story):
    rules = {row["comment"].partition(" [")[0]: row for row in story.tables["/ip/firewall/mangle"]}

    assert rules.keys() == {"LAN to the VPN", "DNS by the VPN"}
    assert all({"bytes", "packets"} <= row.keys() and row["new-routing-mark"] == "vpn" for row in rules.values())
    mark = rules["LAN to the VPN"]
    assert (mark["dst-address-list"], mark["dst-address-type"]) == ("!noVPN", "!local")
    assert (mark["connection-nat-state"], mark["passthrough"]) == ("!dstnat", "false")


def test_the_routing_tables_and_rules_show_the_vpn(story):
    assert [(row["name"], row.get("fib")) for row in story.tables["/routing/table"]] == [("main", ""), ("vpn", "")]
    (rule,) = story.tables["/routing/rule"]
    assert (rule["action"], rule["table"], rule["routing-mark"]) == ("lookup-only-in-table", "vpn", "vpn")


def test_the_defconf_masquerade_is_not_taken_for_the_programs_own(story):
    masquerades = [row["comment"] for row in story.tables["/ip/firewall/nat"] if row.get("out-interface-list") == "WAN"]

    assert masquerades[0] == "defconf: masquerade"
    assert re.fullmatch(r"WAN \[wt:[0-9a-f]{12}\]", masquerades[1])
    assert story.snapshots["up"]["/ip/firewall/nat"][0] == story.snapshots["before"]["/ip/firewall/nat"][0]


def test_a_second_run_changes_nothing_and_sends_no_write(story):
    assert "again" in story.runs
    for run in story.runs.keys() & {"again", "plain again", "refresh"}:
        assert story.runs[run].touched == [], run
        assert story.writes[run] == 0, run
        assert story.snapshots[run] == story.snapshots["up"], run


def test_the_second_up_reads_each_menu_at_most_once_on_one_connection(story):
    assert {path: count for path, count in story.asked["again"].items() if count > 1} == {}
    assert story.connections["again"] == 1


def test_foreign_rows_are_untouched_throughout(story):
    before = story.snapshots["before"]
    for name, after in story.snapshots.items():
        for path, rows in after.items():
            foreign = [row for row in rows if row not in ours(rows)]
            assert foreign == before[path], (name, path)


def test_destroy_leaves_the_router_exactly_as_it_was(story):
    assert story.snapshots["destroy"] == story.snapshots["before"]
    assert set(story.runs["destroy"].names("delete")) >= set(ROWS)


def test_outputs_are_what_the_other_ends_need_to_know(story):
    keys = {row["name"]: row["public-key"] for row in story.tables["/interface/wireguard"]}

    assert story.runs["up"].outputs == {
        "wg0-public-key": keys["wg0"],
        "wg1-public-key": keys["wg1"],
        "wg1-listen-port": 13232,
    }
