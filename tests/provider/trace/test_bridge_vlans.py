"""What comes in by a port of a bridge that filters VLANs: by which interface the router sees it, and where it stays."""

import pytest

from wiretik_provider.trace import Disposition, Snapshot, packet, trace
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.snapshot import UNKNOWN

PORT, BRIDGE, ENTRY, LINK = "/interface/bridge/port", "/interface/bridge", "/interface/bridge/vlan", "/interface/vlan"
ROWS = {
    "/interface": [
        {"name": "bridge", "type": "bridge", "running": "true"},
        {"name": "guests", "type": "vlan", "running": "true"},
        *({"name": f"ether{number}", "type": "ether", "running": "true"} for number in range(1, 6)),
    ],
    BRIDGE: [{"name": "bridge", "vlan-filtering": "true", "pvid": "1"}],
    PORT: [
        {"interface": "ether2", "bridge": "bridge", "frame-types": "admit-only-vlan-tagged"},
        {"interface": "ether3", "bridge": "bridge", "pvid": "30"},
        {"interface": "ether4", "bridge": "bridge", "pvid": "1"},
        {"interface": "ether5", "bridge": "bridge", "pvid": "20"},
    ],
    ENTRY: [{"bridge": "bridge", "vlan-ids": "20", "tagged": "bridge,ether2"}],
    LINK: [{"name": "guests", "interface": "bridge", "vlan-id": "20"}],
    "/ip/address": [
        {".id": "*1", "address": "192.168.88.1/24", "interface": "bridge"},
        {".id": "*2", "address": "192.168.20.1/24", "interface": "guests"},
        {".id": "*3", "address": "203.0.113.2/24", "interface": "ether1"},
    ],
    "/ip/route": [{".id": "*4", "dst-address": "0.0.0.0/0", "gateway": "203.0.113.1"}],
    "/ip/firewall/filter": [
        {"chain": "forward", "action": "accept", "in-interface": "guests", "out-interface": "ether1"},
        {"chain": "forward", "action": "drop", "in-interface": "guests"},
    ],
}


def router(rows=None):
    return Snapshot(derived({**ROWS, **(rows or {})}), name="rt")


def way(snapshot, enters, src="192.168.20.10", dst="192.168.88.10"):
    return trace(snapshot, packet(src, dst, port=80, enters=enters))


def test_a_port_of_a_vlan_is_seen_by_that_vlans_interface_and_its_rules():
    found = way(router(), "ether5")

    assert found.disposition is Disposition.DROPPED
    assert "port ether5 of bridge, so in by guests" in str(found)
    assert way(router(), "ether5", dst="198.51.100.1").leaves == "ether1"


def test_a_port_of_the_bridges_own_vlan_is_seen_by_the_bridge_as_all_are_without_filtering():
    plain = {BRIDGE: [{"name": "bridge", "vlan-filtering": "false"}]}

    for snapshot, port in ((router(), "ether4"), (router(plain), "ether5")):
        found = way(snapshot, port, "192.168.88.10", "192.168.20.10")
        assert (found.disposition, found.leaves) == (Disposition.FORWARDED, "guests")


def test_vlan_to_vlan_by_ports_is_proved_both_ways():
    kept_out = Question(kind="is_dropped", source="192.168.20.10", enters="ether5", to=("192.168.88.8/29",))
    let_out = Question(kind="leaves_by", source="192.168.20.10", enters="ether5", to=("198.51.100.1",), by="ether1")

    assert ask(router(), kept_out).holds is True
    assert ask(router(), let_out).holds is True
    assert ask(router({"/ip/firewall/filter": []}), kept_out).holds is False


def test_what_the_router_has_no_interface_for_stays_in_the_bridge():
    found = way(router(), "ether3")

    assert found.disposition is Disposition.DROPPED
    assert "it stays in VLAN 30 of bridge, in which the router has no interface" in str(found)


def test_a_port_that_takes_numbers_alone_proves_nothing_and_the_vlans_interface_is_named_as_the_cure():
    kept_out = Question(kind="is_dropped", source="192.168.20.10", enters="ether2", to=("203.0.113.1",))

    assert way(router(), "ether2").disposition is Disposition.UNKNOWN
    found = ask(router(), kept_out)
    assert found.holds is None
    assert "takes what has a VLAN's number alone: ask by the interface of the VLAN" in str(found)


UNSURE = {
    "filtering": ({BRIDGE: [{"name": "bridge", "vlan-filtering": UNKNOWN}]}, "whether bridge filters VLANs"),
    "pvid": ({PORT: [{"interface": "ether5", "bridge": "bridge", "pvid": UNKNOWN}]}, "in which VLAN of bridge it is"),
    "links": ({LINK: [{"name": "guests", "interface": UNKNOWN, "vlan-id": "20"}]}, "which VLANs bridge has"),
    "entry": ({ENTRY: []}, "whether the router is in VLAN 20 of bridge isn't known"),
}


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_not_known_of_a_bridge_is_unknown_by_its_ports_and_by_nothing_else(name):
    rows, says = UNSURE[name]
    snapshot = router(rows)

    found = way(snapshot, "ether5")
    assert (found.disposition, says in found.because) == (Disposition.UNKNOWN, True)
    assert way(snapshot, "guests").disposition is Disposition.DROPPED


def test_menus_that_could_not_be_read_are_told_where_a_port_is_asked_about():
    snapshot = Snapshot(derived(ROWS), {ENTRY: "not enough permissions"})

    assert "/interface/bridge/vlan couldn't be read: not enough permissions" in way(snapshot, "ether5").because
    assert way(snapshot, "guests").disposition is Disposition.DROPPED


def test_the_router_itself_is_in_a_vlan_that_it_prints_to_be_in():
    dynamic = {"bridge": "bridge", "vlan-ids": "20", "current-tagged": "bridge", "dynamic": "true"}

    assert way(router({ENTRY: [dynamic]}), "ether5").disposition is Disposition.DROPPED


def test_a_pvid_that_is_no_number_is_unknown_and_no_error():
    ports = [{"interface": "ether3", "bridge": "bridge", "pvid": "#"}]

    found = way(router({PORT: ports}), "ether3")

    assert "the pvid of port ether3 of bridge is no number" in str(found)


ONLY = {"frame-types": "admit-only-untagged-and-priority-tagged"}


@pytest.mark.parametrize(
    ("kind", "port", "filters", "links", "known"),
    [
        ("wifi", {"pvid": "20"}, "true", ROWS[LINK], False),
        ("wlan", {"pvid": "20"}, "true", ROWS[LINK], False),
        ("wifi", {"pvid": "20", **ONLY}, "true", ROWS[LINK], True),
        ("ether", {"pvid": "20"}, "true", ROWS[LINK], True),
        ("wifi", {}, "false", ROWS[LINK], False),  # a number leads to the VLAN's interface without filtering, too
        ("wifi", ONLY, "false", ROWS[LINK], False),  # and what a port takes has no effect then
        ("wifi", {}, "false", [], True),
    ],
)
def test_a_wifi_port_whose_driver_may_number_frames_is_unknown(kind, port, filters, links, known):
    snapshot = router(
        {
            "/interface": [*ROWS["/interface"], {"name": "wifi1", "type": kind, "running": "true"}],
            BRIDGE: [{"name": "bridge", "vlan-filtering": filters, "pvid": "1"}],
            PORT: [{"interface": "wifi1", "bridge": "bridge", **port}],
            LINK: links,
        }
    )

    found = way(snapshot, "wifi1")

    assert (found.disposition is not Disposition.UNKNOWN) is known
    if not known:
        assert "whether the Wi-Fi driver gives frames of wifi1 a VLAN's number isn't known" in str(found)
