"""What was never described by hand is undone as well: rows with and without comments, settings, the router's own."""

import pytest

from guarding import Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.guard.closing import confirm, looked_at, roll_back, tidy

VLAN, PROFILE, SERVER = "/interface/vlan", "/ip/ipsec/profile", "/ip/dhcp-server"


@pytest.fixture(scope="module")
def site():
    """One for all: each test leaves it as it was."""
    found = Site()
    run = found.router.run
    run(f"{VLAN}/add", name="vlan10", interface="bridge", vlan_id="10", comment=signed("vlan10"))
    run(f"{SERVER}/add", name="guests", interface="vlan10", comment=signed("guests"))
    run(f"{PROFILE}/add", name="office", dh_group="modp2048")
    found.wait(60)
    return found


@pytest.fixture(autouse=True)
def nothing_left(site):
    """What a rollback leaves would be removed with the next test's confirm; a gate takes it away after a refresh."""
    yield
    looked_at("", site.send)
    tidy("", site.send)


def give(site, watch, path, verb, *words):
    (answer,) = watch.through([Command(path, verb, words)], site.send)
    assert answer.trap is None
    return answer.ret


def row_of(site, path, name):
    return next(row for row in site.router.rows(path) if row["name"] == name)[".id"]


def vlan_added(site, watch):
    give(site, watch, VLAN, "add", "=name=vlan20", "=interface=bridge", "=vlan-id=20", f"=comment={signed('vlan20')}")


def profile_added(site, watch):
    give(site, watch, PROFILE, "add", "=name=home", "=dh-group=modp2048")


def without_a_key(site, watch):
    give(site, watch, "/ip/traffic-flow/target", "add", "=dst-address=10.0.0.9", "=port=2055")


def set_(path, name, *words):
    def do(site, watch):
        give(site, watch, path, "set", f"=.id={row_of(site, path, name)}", *words)

    return do


def settings(path, *words):
    return lambda site, watch: give(site, watch, path, "set", *words)


def removed(path, name):
    return lambda site, watch: give(site, watch, path, "remove", f"=.id={row_of(site, path, name)}")


def renamed_and_leant_on(site, watch):
    """A menu that is met after the renaming prints the new name, and must get the old one back."""
    set_(VLAN, "vlan10", "=name=other")(site, watch)
    set_(SERVER, "guests", "=interface=bridge", "=lease-time=1h")(site, watch)


def replaced(site, watch):
    removed(VLAN, "vlan10")(site, watch)
    give(site, watch, VLAN, "add", "=name=vlan10", "=interface=bridge", "=vlan-id=11", f"=comment={signed('new')}")


DOINGS = {
    "a row with a comment": vlan_added,
    "a row without": profile_added,
    "a row without a key": without_a_key,
    "a property": set_(VLAN, "vlan10", "=vlan-id=12", "=mtu=1400"),
    "a property of a row without a comment": set_(PROFILE, "office", "=dh-group=modp4096", "=name=other"),
    "a removal": removed(VLAN, "vlan10"),
    "a removal of what can't be disabled": removed(PROFILE, "office"),
    "a replacement": replaced,
    "settings": settings("/ip/settings", "=rp-filter=loose", "=tcp-syncookies=yes"),
    "a row that only the router makes": set_("/interface/ethernet", "ether3", "=mtu=1400", "=comment=uplink"),
    "a service": set_("/ip/service", "telnet", "=disabled=yes", "=port=2323"),
    "a name": renamed_and_leant_on,
}


@pytest.mark.parametrize("doing", DOINGS.values(), ids=DOINGS)
def test_it_is_undone(site, doing):
    before, told = site.network(), []
    doing(site, site.watch(told=told, seen=True))
    changed = site.network() != before
    roll_back("", site.send, site.wait)
    assert site.network() == before
    assert told == []
    assert changed or doing is DOINGS["a removal of what can't be disabled"]


def test_a_printed_value_that_is_not_taken_keeps_no_other_from_going_back(site):
    set_(VLAN, "vlan10", "=vlan-id=12", "=mtu=1400")(site, site.watch(seen=True))
    for row in site.router.rows("/system/script"):
        if "undo" in row["name"]:
            site.router.run("/system/script/set", id=row[".id"], source=row["source"].replace("!mtu", "!speed"))
    roll_back("", site.send, site.wait)
    (after,) = (row for row in site.router.rows(VLAN) if row["name"] == "vlan10")
    assert (after["vlan-id"], after["mtu"]) == ("10", "1400")


def test_what_can_not_be_disabled_goes_with_the_confirm(site):
    site.router.run(f"{PROFILE}/add", name="leaving", dh_group="modp2048")
    removed(PROFILE, "leaving")(site, site.watch(seen=True))
    assert confirm("", site.send) == 1
    assert "leaving" not in [row["name"] for row in site.router.rows(PROFILE)]
