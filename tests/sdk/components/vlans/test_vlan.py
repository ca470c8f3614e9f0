"""VLANs of a bridge: what they make and in which order, who shares the filtering, and what guests may."""

import pulumi
import pytest

import wiretik as wt
from replaying import declared
from updates import CONFIG
from wiretik import testing


def args(number=20, address="192.168.20.1/24", **more):
    return wt.VlanArgs(number, address, **{"access": ["ether5"], **more})


def test_a_vlan_has_its_network_its_leases_and_its_ports(register):
    rows = register(lambda: wt.Vlan("guests", args(trunks=["ether2"], domain="guests.lan", guest=True)))

    assert rows["guests-interface"]["vlan_id"] == 20
    assert rows["guests-entry"]["tagged"] == ["bridge", "ether2"]
    assert rows["guests-entry"]["vlan_ids"] == ["20"]
    assert (rows["guests-ether5"]["pvid"], rows["guests-ether5"]["adopt"]) == (20, True)
    assert rows["guests-pool"]["ranges"] == ["192.168.20.10-192.168.20.254"]
    told = rows["guests-network"]
    assert (told["address"], told["gateway"], told["dns_server"]) == (
        "192.168.20.0/24",
        ["192.168.20.1"],
        ["192.168.20.1"],
    )
    assert rows["guests-internet"]["include"] == ["WAN"]
    assert "guests-list" not in rows


def test_the_bridge_filters_once_when_all_vlans_are_there_wherever_the_program_makes_them():
    def program():
        wt.Vlan("one", args(10, "192.168.10.1/24", access=["ether3"]))
        wt.IpAddress("other", address="192.168.40.1/24", interface="ether4")
        wt.Vlan("two", args())

    needs = declared(program, CONFIG).resources["vlan-filtering"].needs

    assert {f"{name}-{part}" for name in ("one", "two") for part in ("interface", "entry", "address", "dhcp")} <= needs
    assert {"one-ether3", "two-ether5"} <= needs


def test_nobody_comes_in_before_guests_are_kept_apart():
    program = declared(lambda: wt.Vlan("guests", args(guest=True, address6="fd20::1/64")), CONFIG)

    kept = {f"guests-{part}{end}" for part in ("forward", "input") for end in ("", "6", "-chain", "-chain6")}
    assert kept <= program.resources["guests-address"].needs
    assert kept | {"guests-dhcp"} <= program.resources["guests-entry"].needs
    assert "guests-entry" in program.resources["guests-ether5"].needs


def test_each_bridge_has_its_filtering_and_somebody_elses_is_left_alone(register):
    def program():
        wt.Vlan("one", args(10, "192.168.10.1/24", access=["ether3"], bridge="bridge2"))
        wt.Vlan("two", args())
        wt.Vlan("three", args(30, "192.168.30.1/24", access=["ether7"], bridge="bridge3", filtering=False))

    rows = register(program)

    filtering = {row["name"] for name, row in rows.items() if name.startswith("vlan-filtering")}
    assert filtering == {"bridge", "bridge2"}


def test_guests_promise_to_stay_out_of_vlans_that_are_made_later():
    def program():
        wt.Vlan("guests", args(guest=True))
        wt.Vlan("staff", args(10, "192.168.10.1/24", access=["ether3"]))

    asked = {name: one for one, name in declared(program, CONFIG).expected[""].items()}

    assert asked["guests: guests reach nothing in 192.168.10.0/24"].by == "staff"
    assert "staff: the VLAN reaches the router" in asked


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": 1}, "vlan_id=1 is the bridge's own untagged network: give one from 2 to 4094"),
        ({"number": 4095}, "vlan_id=4095 is no number of a VLAN"),
        ({"access": []}, "nobody is in it: give access= or trunks="),
        ({"trunks": ["ether5"]}, "ether5 is in access and in trunks"),
        ({"trunks": ["bridge"]}, "bridge is the bridge itself, which is in every VLAN anyway"),
        ({"address": "192.168.20.1"}, "leaves nobody an address: give a mask of /30 or less, or dhcp=False"),
        ({"address": "192.168.20.0/24"}, "is the network's own: give the router one in it, 192.168.20.1"),
        ({"address": "nas"}, "'nas' is not an IPv4 address such as"),
        ({"address6": "192.168.30.1/24"}, "is not an IPv6 address such as"),
        (
            {"pool": "192.168.21.10-192.168.21.20"},
            "isn't in 192.168.20.0/24, so who gets an address of it",
        ),
        ({"pool": "192.168.20.1-192.168.20.20"}, "has the router's own address 192.168.20.1: leave it out"),
        ({"pool": "many"}, "'many' is no range such as 192.168.20.10-192.168.20.254"),
        ({"pool": "192.168.20.9-192.168.20.20", "dhcp": False}, "dhcp=False leases nothing: leave out one of them"),
    ],
)
def test_a_vlan_that_cant_work_is_refused_with_the_cure(register, given, told):
    with pytest.raises(wt.Refusal) as refused:
        register(lambda: wt.Vlan("guests", args(**given)))

    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": 20}, "vlan_id=20 is guests's on bridge: give another"),
        ({"access": ["ether5"]}, "ether5 is guests's access port, and what has no number is in one VLAN"),
        ({"access": ["ether2"]}, "ether2 is guests's trunk, and an access port takes no numbers"),
        ({"access": [], "trunks": ["ether5"]}, "ether5 is guests's access port, which takes no numbers"),
        ({"address": "192.168.20.129/25"}, "192.168.20.128/25 overlaps 192.168.20.0/24 of guests"),
    ],
)
def test_what_another_vlan_has_is_refused_with_the_cure(register, given, told):
    def program():
        wt.Vlan("guests", args(trunks=["ether2"]))
        wt.Vlan("staff", args(**{"number": 10, "address": "192.168.10.1/24", "access": ["ether3"], **given}))

    with pytest.raises(wt.Refusal) as refused:
        register(program)

    assert told in str(refused.value)


def test_a_bridge_of_the_program_says_itself_whether_it_filters(register):
    def program(**more):
        bridge = wt.MenuRow("/interface/bridge", "lan", vlan_filtering=True)
        wt.Vlan("guests", args(bridge=bridge, **more))

    assert register(lambda: program(filtering=False))["guests-entry"]["tagged"] == ["lan"]
    with pytest.raises(wt.Refusal, match="give it vlan_filtering=True, and filtering=False here"):
        register(program)


def test_wifi_networks_of_both_drivers_are_ports_of_the_vlan_whose_frames_have_no_number(register):
    def program():
        cafe = [
            wt.Ssid("Cafe", "wifi1", passphrase=pulumi.Output.secret("coffee-at-9")),
            wt.Ssid("Cafe", "wlan1", passphrase="coffee-at-9", driver="wireless", interface="cafe", hide=True),
            wt.Ssid("Free", "wifi2"),
        ]
        wt.Vlan("guests", args(access=[], ssids=cafe, guest=True))

    rows = register(program)

    new, old, free = (rows[f"guests-{name}-wifi"] for name in ("wifi1-20", "cafe", "wifi2-20"))
    assert (new["master_interface"], new["configuration_ssid"], new["disabled"]) == ("wifi1", "Cafe", False)
    assert (new["security_authentication_types"], free["security_authentication_types"]) == ("wpa2-psk,wpa3-psk", "")
    assert (old["ssid"], old["mode"], old["security_profile"], old["hide_ssid"]) == ("Cafe", "ap-bridge", "cafe", "yes")
    assert rows["guests-cafe-profile"]["mode"] == "dynamic-keys"
    for port in ("wifi1-20", "cafe", "wifi2-20"):
        made = rows[f"guests-{port}"]
        assert (made["interface"], made["pvid"], made["frame_types"]) == (
            port,
            20,
            "admit-only-untagged-and-priority-tagged",
        )
        assert "adopt" not in made


def test_a_wifi_network_comes_when_guests_are_kept_apart_and_goes_without_a_trace():
    def program():
        networks = [
            wt.Ssid("Cafe", "wifi1", passphrase="coffee-at-9"),
            wt.Ssid("Cafe", "wlan1", passphrase="coffee-at-9", driver="wireless"),
        ]
        wt.Vlan("guests", args(access=[], ssids=networks, guest=True))

    needs = declared(program, CONFIG).resources
    assert {"guests-entry", "guests-wifi1-20-wifi"} <= needs["guests-wifi1-20"].needs
    assert "guests-forward" in needs["guests-entry"].needs
    for port in ("guests-wifi1-20", "guests-wlan1-20"):  # until the bridge filters, its hosts would be in the LAN
        assert "vlan-filtering" in needs[port].needs

    with testing.deployed(program) as site:
        lab = site.routers["router"]
        lab.run("/interface/wifi/add", name="wifi1")
        lab.run("/interface/wireless/add", name="wlan1")
        before = lab.router.snapshot()
        up = site.up()
        assert up.errors == ()
        assert {row["name"]: row["disabled"] for row in lab.run("/interface/wifi/print")}["wifi1-20"] == "false"
        assert site.up().changes.keys() == {"same"}
        assert "coffee-at-9" not in str(up)
        assert site.destroy().errors == ()
        assert lab.router.snapshot() == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": ""}, "ssids: the name '' has 0 bytes: give 1 to 32"),
        ({"name": "é" * 17}, "has 34 bytes: give 1 to 32"),
        ({"passphrase": "short"}, "its passphrase has 5 letters: give 8 to 63"),
        ({"interface": "wifi1"}, "interface='wifi1' is the radio itself"),
        ({"interface": "ether5"}, "two ports are called ether5: give one of them another interface="),
    ],
)
def test_a_wifi_network_that_cant_work_is_refused_with_the_cure(register, given, told):
    network = wt.Ssid(**{"name": "Cafe", "radio": "wifi1", **given})

    with pytest.raises(wt.Refusal) as refused:
        register(lambda: wt.Vlan("guests", args(ssids=[network])))

    assert told in str(refused.value)
    assert "short" not in str(refused.value)


def test_one_wifi_network_is_in_one_vlan(register):
    def program():
        network = wt.Ssid("Cafe", "wifi1", interface="cafe")
        wt.Vlan("guests", args(ssids=[network]))
        wt.Vlan("staff", args(10, "192.168.10.1/24", access=["ether3"], ssids=[network]))

    with pytest.raises(wt.Refusal, match="cafe is guests's access port"):
        register(program)
