"""Several networks of one router: what one knows of the others, a VPN for a VLAN, guests among them."""

import functools

import pulumi
import pytest

import wiretik as wt
from replaying import declared, deployed
from updates import CONFIG
from wiretik import testing
from wiretik_provider.trace import Disposition, packet, trace

KEYS = {6: "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=", 7: "YWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWJhYmFiYWI="}
LAN = wt.Lan("bridge", "192.168.88.0/24")


def vpn(interface, number, lan, **more):
    return wt.AlwaysOnVpnArgs(
        interface,
        lan=lan,
        address=f"10.6{number}.0.2/32",
        gateway=f"10.6{number}.0.1",
        public_key=KEYS[number],
        endpoint=f"198.51.100.4{number}:51820",
        dns=f"10.6{number}.0.1",
        table=f"vpn{number}",
        no_vpn=f"noVPN{number}",
        **more,
    )


def vlans(**guests):
    staff = wt.Vlan("staff", wt.VlanArgs(10, "192.168.10.1/24", access=["ether3"]))
    more = {"access": ["ether5"], "guest": True, **guests}
    return staff, wt.Vlan("guests", wt.VlanArgs(20, "192.168.20.1/24", **more))


def way(router, source, destination, enters, **more):
    return trace(router, packet(source, destination, enters=enters, **{"port": 443, **more})).leaves


@functools.cache
def two_providers():
    """A program with a VPN for the LAN and another one for guests."""

    def program():
        _, guests = vlans()
        wt.AlwaysOnVpn("vpn", vpn("wg0", 6, LAN))
        wt.AlwaysOnVpn("guests-vpn", vpn("wg1", 7, guests.lan))

    return declared(program, CONFIG)


def props(name):
    (entry,) = two_providers().resources[name].entries
    return entry["props"]


def test_a_vlan_has_a_provider_of_its_own_beside_the_lans_and_nobodys_packets_for_another_lan_go_there():
    router = deployed(two_providers())[""]

    assert way(router, "192.168.88.10", "1.1.1.1", "bridge") == "wg0"
    assert way(router, "192.168.20.10", "1.1.1.1", "guests") == "wg1"
    assert way(router, "192.168.10.10", "1.1.1.1", "staff") == "ether1"
    assert way(router, "192.168.88.10", "192.168.10.10", "bridge") == "staff"
    assert way(router, "192.168.88.10", "192.168.20.10", "bridge") == "guests"
    assert way(router, "192.168.10.10", "192.168.88.10", "staff") == "bridge"
    for destination in ("192.168.88.10", "192.168.10.10"):
        assert way(router, "192.168.20.10", destination, "guests") == ""


def test_who_is_made_before_a_vpn_stays_off_it_by_itself():
    assert {"192.168.10.0/24", "192.168.20.0/24"} <= {*props("vpn-no-vpn")["addresses"].split(",")}
    assert {"192.168.88.0/24", "192.168.10.0/24"} <= {*props("guests-vpn-no-vpn")["addresses"].split(",")}
    assert props("guests-vpn-leaves")["list"] == "guests-internet"
    assert "vpn-leaves" not in two_providers().resources


def test_what_is_made_after_a_vpn_stays_off_it_as_well():
    def program():
        wt.AlwaysOnVpn("vpn", vpn("wg0", 6, LAN))
        vlans(address6="fd20::1/64")

    rows = declared(program, CONFIG).resources
    (four,), (six,) = rows["vpn-no-vpn-beside"].entries, rows["vpn-no-vpn-beside6"].entries

    assert {*four["props"]["addresses"].split(",")} == {"192.168.10.0/24", "192.168.20.0/24"}
    assert six["props"]["addresses"] == "fd20::/64"
    assert props("vpn-no-vpn-beside")["addresses"] == "10.67.0.1"  # of the other provider


def test_guests_may_leave_by_their_vpn_before_anything_of_theirs_is_sent_there():
    assert "guests-vpn-leaves" in two_providers().resources["guests-vpn-mark"].needs


def test_a_site_has_vlans_which_know_of_its_parts(register):
    def program():
        site = wt.Site(
            "home",
            wt.SiteArgs(
                lan=LAN,
                always_on=vpn("wg0", 6, None),
                vlans={"guests": wt.VlanArgs(20, "192.168.20.1/24", access=["ether5"], guest=True)},
            ),
        )
        pulumi.export("guests", site.vlans["guests"].interface.name)

    rows = register(program)

    assert rows["home-guests-interface"]["name"] == "guests"
    assert "192.168.20.0/24" in rows["home-wg0-no-vpn"]["entries"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number": 1, "address": "192.168.20.1/24"}, "Site 'home': guests: vlan_id=1 is the bridge's own"),
        (
            {"number": 20, "address": "192.168.88.1/25"},
            "guests (192.168.88.0/25) and the LAN (192.168.88.0/24) overlap",
        ),
    ],
)
def test_what_cant_work_in_a_site_is_refused_with_the_cure(register, given, told):
    guests = wt.VlanArgs(given["number"], given["address"], access=["ether5"])

    with pytest.raises(wt.Refusal) as refused:
        register(lambda: wt.Site("home", wt.SiteArgs(lan=LAN, vlans={"guests": guests})))

    assert told in str(refused.value)


def test_who_sits_at_a_port_of_guests_is_seen_as_a_guest_and_all_other_ports_as_before():
    router = deployed(declared(lambda: vlans(trunks=["ether2"]), CONFIG))[""]

    assert way(router, "192.168.20.10", "198.51.100.1", "ether5") == "ether1"
    inside = trace(router, packet("192.168.20.10", "192.168.88.10", port=443, enters="ether5"))
    assert inside.disposition is Disposition.DROPPED
    assert way(router, "192.168.88.10", "192.168.10.10", "ether4") == "staff"
    assert router.met("ether3") == "staff"


def test_what_is_expected_of_a_port_is_proved_before_the_first_write():
    def program():
        vlans()
        there = wt.Expect("192.168.20.10", in_interface="ether5")
        there.is_dropped(to="192.168.88.10", name="a guest at his port reaches nobody")
        there.leaves_by("ether1", to="198.51.100.1", name="a guest at his port reaches the internet")

    with testing.deployed(program) as site:
        assert site.up().errors == ()

    def broken():
        vlans(guest=False)
        there = wt.Expect("192.168.20.10", in_interface="ether5")
        there.is_dropped(to="192.168.88.10", name="a guest at his port reaches nobody")

    with testing.deployed(broken) as site:
        assert "a guest at his port reaches nobody" in str(site.preview().errors)
