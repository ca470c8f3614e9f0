"""A test of this very site, as you would write one for yours: `pytest examples/home`, no router needed."""

from pathlib import Path

from wiretik.testing import site

__all__ = ["site"]

HERE = Path(__file__).parent
LAN = {"lan": "192.168.88.0/24"}


def test_the_lan_is_marked_for_the_vpn_but_not_on_its_way_to_the_mesh(site):
    home = site(HERE, config=LAN)

    home.up().check()

    (mark,) = [rule for rule in home.rows("/ip/firewall/mangle") if "LAN to the VPN" in rule["comment"]]
    assert mark["new-routing-mark"] == "vpn"
    assert mark["dst-address-list"] == "!noVPN"
    kept_off = {entry["address"] for entry in home.rows("/ip/firewall/address-list")}
    assert {"192.168.88.0/24", "10.20.0.0/24", "172.16.50.0/24", "10.99.0.0/24"} <= kept_off
    assert home.trace("192.168.88.10", "1.1.1.1", port=443).ends == "sent into the tunnel wg0"
    assert home.trace("192.168.88.10", "10.20.0.9").ends == "sent into the tunnel wg1"


def test_what_somebody_changes_by_hand_is_drift_and_the_next_up_mends_it(site):
    home = site(HERE, config=LAN)
    home.up().check()
    home.router.run("/interface/wireguard/set", numbers="wg1", **{"listen-port": "4444"})

    drift = home.refresh()
    mended = home.up()

    assert [step.name for step in drift.steps if step.found == "update"] == ["home-wg1-interface"]
    assert [step.name for step in mended.steps if step.op == "update"] == ["home-wg1-interface"]
    assert not home.up().changed


def test_destroy_leaves_the_router_as_it_was(site):
    home = site(HERE, config=LAN)
    before = home.router.router.snapshot()
    home.up().check()

    home.destroy().check()

    after = home.router.router.snapshot()
    assert {path: len(rows) for path, rows in after.items()} == {path: len(rows) for path, rows in before.items()}
