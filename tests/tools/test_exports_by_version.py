"""Exports are compared with the file of all menus by their own versions; what it doesn't have has a reason."""

import pytest

from tools.exports_by_version import contradiction, known_until, reason, refused, said
from wiretik_provider.menus import at as menu_at
from wiretik_provider.menus import menu

HEAD = "# 2026-08-01 10:00:00 by RouterOS {} \n"
SPOILT = """action=accept chain=input
/interface wifi security
add authentication-types=wpa2-psk ft=yes name=home
add country=Latvia name=five security=home ssid=net
/interface 6to4
add local-address=192.0.2.1 name=tunnel remote-qaddress=REMOVED
/ip smb
set allow-guests=no domain=HOME
"""


def test_each_argument_is_read_with_its_whole_name_and_its_menu():
    text = HEAD.format("7.20.1") + "/interface wifi\nset [ find default-name=wifi1 ] configuration.mode=ap .ssid=net\n"

    assert [(one.path, one.name) for one in said(text)] == [
        ("/interface/wifi", "configuration.mode"),
        ("/interface/wifi", "configuration.ssid"),
    ]


@pytest.mark.parametrize(
    ("path", "name", "number", "told"),
    [
        ("/ip/dhcp-server", "use-reconfigure", "7.18.2", "the file has it since 7.19"),
        ("/ip/dhcp-server", "use-reconfigure", "7.19", ""),
        ("/app", "network-pvid", "7.22.1", "the file has it since 7.23"),
        ("/app", "pvid", "7.23.1", "since 7.22 until 7.23"),
        ("/ip/dhcp-server", "nothing-of-the-kind", "7.18.2", ""),
    ],
)
def test_an_argument_of_another_version_contradicts_the_file(path, name, number, told):
    found = contradiction(path, name, number)

    assert (told in found, bool(found)) == (True, bool(told)), found


def test_what_the_file_doesnt_have_is_told_with_the_reason():
    told = {one.name: reason(one) for one in said(HEAD.format("7.18") + SPOILT)}

    assert {name: why for name, why in told.items() if why} == {
        "action": "it stands before the heading of any menu",
        "chain": "it stands before the heading of any menu",
        **dict.fromkeys(
            ("country", "security", "ssid"),
            "its heading is lost: its statement is one of /caps-man/configuration or /interface/wifi/configuration",
        ),
        "remote-qaddress": "somebody misspelt or blacked out remote-address",
        "allow-guests": "no source names it in any version",
    }


NEWER = """/ip dhcp-server
add interface=bridge name=lan use-reconfigure=yes lease-time=1h
/app settings
set lan-bridge=bridge
/routing bgp template
set default input.filter-unknown=yes
"""


def test_an_export_meets_the_file_of_the_version_before_and_the_router_says_what_that_lacks():
    there = sorted({(one.path, one.name) for one in said(HEAD.format("7.21") + NEWER)})

    with known_until((7, 18, 99)):
        assert menu("/ip/dhcp-server").by_name.keys().isdisjoint({"use-reconfigure"})
        assert menu_at("/app/settings") is None
        assert list(refused(there, "7.21")) == []
        nowhere = [("/ip/dhcp-server", "use-nothing"), ("/app/settings", "use-nothing"), ("/app/setings", "disk")]
        assert list(refused(nowhere, "7.21")) == [
            f"{path} {name}: neither the file nor the router has it" for path, name in nowhere
        ]
    assert list(refused(there, "7.21")) == []


def test_what_ends_after_that_version_isnt_known_to_end():
    with known_until((7, 18, 99)):
        field = menu("/routing/bgp/template").by_name["input.accept-unknown"]
    assert (field.until, menu("/routing/bgp/template").by_name["input.accept-unknown"].until) == ("", "7.19")
