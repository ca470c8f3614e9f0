"""Lines that share connections: which one a connection may take, that it stays there, what goes on without one."""

import functools

import pytest

import mocked
import wiretik as wt
from wiretik.testing import deployed
from wiretik_provider.trace import MENUS, Snapshot, packet, trace

from .two_lines import LAN, OTHER6, SIX, lines, switching

balanced = functools.partial(lines, balance=True)


@pytest.fixture(scope="module")
def rows():
    """What two lines are made of that share, both with IPv6; nobody changes it."""
    return mocked.rows(lambda: balanced(SIX, OTHER6))


def test_all_default_routes_have_one_distance(rows):
    found = {name for name, row in rows.items() if name.startswith("lines-route-")}

    assert len(found) == 5
    assert {rows[name]["distance"] for name in found} == {1}


def test_what_began_by_a_line_goes_on_by_it_off_fasttrack(rows):
    for name in ("ether1", "ether2"):
        for end in ("", "6"):
            for part in ("stays", "own-stays"):
                row = rows[f"lines-{part}{end}-{name}"]
                assert (row["connection_mark"], row["new_routing_mark"]) == (f"by-{name}-began", f"by-{name}")
            assert rows[f"lines-no-fasttrack-began{end}-{name}"]["connection_mark"] == f"by-{name}-began"


def test_lines_that_take_turns_have_none_of_that():
    assert not [name for name in mocked.rows(lines) if "stays" in name or "fasttrack-began" in name]


def test_a_site_without_lines_has_nothing_to_share():
    with pytest.raises(wt.Refusal, match="balance shares connections among the lines of wans=: give those"):
        mocked.rows(lambda: wt.Site("home", wt.SiteArgs(lan=LAN, balance=True)))


def deployed_rows():
    """The router's menus after a deployment of two lines that share, and what netwatch does of it."""
    with deployed(balanced) as site:
        assert site.up().errors == ()
        router = site.router.router
        rows = {path: [dict(row) for row in router.rows(path)] for path in MENUS if path in router.menus}
        switched = switching(site)
        seen = {silent: switched(*silent) for silent in SILENT}
        assert site.refresh().changes.keys() == {"same"}
        assert site.preview().changes.keys() == {"same"}
    return rows, seen


ONE, TWO = ("1.0.0.1", "8.8.4.4"), ("9.9.9.10",)
SILENT = {
    (): set(),
    ONE[:1]: set(),
    ONE: {"by-ether1-began"},
    TWO: {"by-ether2-began"},
    (*ONE, *TWO): set(),
}
"""By who is silent, the marks of connections that are dropped."""


@pytest.fixture(scope="module")
def there():
    """Nobody changes it."""
    return deployed_rows()


def test_what_began_by_a_dead_line_is_dropped_and_no_more_while_another_is_alive(there):
    _, seen = there

    assert {silent: dropped for silent, (_, dropped) in seen.items()} == SILENT
    assert sorted(seen[()][0]) == ["1.0.0.1", "8.8.4.4", "9.9.9.10"]
    assert seen[*ONE, *TWO][0] == ["203.0.113.1"]  # what DHCP brought


def test_a_connection_takes_either_line_and_its_later_packets_the_same(there):
    menus, _ = there
    found = trace(Snapshot(menus), packet("192.168.88.10", "203.0.114.9", port=443, enters="bridge"))

    assert {world.found.leaves for world in found.worlds} == {"ether1", "ether2"}
    for world in found.worlds:
        assert {one.leaves for one in world.found.later if one.packet.enters == "bridge"} <= {world.found.leaves}
        assert world.found.answered is not False
