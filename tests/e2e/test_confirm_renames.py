"""Resources that were renamed, and whose change the router has taken back: no row is lost, and none is there twice."""

import pytest

from .conftest import timed
from .test_confirm import MANUAL, guard_rows, network, site

PROGRAM = """
wg = wt.WireGuardInterface("{0}wg", name="wg7", listen_port=13237)
wt.AddressList("{0}friends", list="friends", entries=["10.0.0.1", "10.0.0.2"])
wt.FilterRule("{0}rule", chain="forward", action="accept", src_address="10.7.0.0/24", position=wt.BEFORE_DROP)
wt.FilterChain("{0}block", chain="forward", position=wt.BEFORE_DROP, rules={{
    "one": {{"action": "accept", "dst_address": "10.7.1.0/24"}},
    "two": {{"action": "accept", "dst_address": "10.7.2.0/24"}},
}})
wt.Route("{0}route", dst_address="10.9.0.0/24", gateway="192.168.88.9")
"""
MOVED = """
wt.moved({
    "WireGuardInterface::new-wg": "WireGuardInterface::wg",
    "AddressList::new-friends": "AddressList::friends",
    "FilterRule::new-rule": "FilterRule::rule",
    "FilterChain::new-block": "FilterChain::block",
    "Route::new-route": "Route::route",
})
"""


lab = pytest.fixture(timed)


def ids(lab):
    menus = ("/interface", "/ip/firewall/filter", "/ip/firewall/address-list", "/ip/route")
    return {path: [row[".id"] for row in network(lab).get(path, ())] for path in menus}


@pytest.mark.parametrize("moved", [MOVED, ""], ids=["with aliases", "without"])
def test_rows_of_renamed_resources_are_found_after_a_rollback(lab, clock, tmp_path, moved):
    before = network(lab)
    place = site(lab, tmp_path, PROGRAM.format(""))
    usual = place.config
    assert place.up().ok
    rows = ids(lab)
    place.configure({**usual, **MANUAL})
    place.write(moved + PROGRAM.format("new-"))
    assert place.up().ok
    clock.ahead += 1000
    lab.router.tick()
    assert ids(lab) == rows
    place.configure(usual)

    again = place.up(refresh=True)

    assert again.ok, again.errors
    assert guard_rows(lab) == [], "nothing of the guard stays where the next deployment has none"
    if moved:
        assert ids(lab) == rows, again.text
    assert place.preview(refresh=True, expect_no_changes=True).ok
    assert place.destroy().ok
    assert network(lab) == before
