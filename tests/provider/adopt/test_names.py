"""Names that owners recognise."""

import pytest

from wiretik_provider.adopt.names import Names, slug, wish
from wiretik_provider.menus import menu


@pytest.mark.parametrize(
    ("text", "name"),
    [("defconf: drop all", "defconf-drop-all"), ("Büro №5", "büro-no5"), ("!!!", "not-not-not"), ("--", "")],
)
def test_a_comment_becomes_a_name(text, name):
    assert slug(text) == name


@pytest.mark.parametrize(
    ("path", "row", "name"),
    [
        ("/interface/wireguard", {"name": "wg0"}, "wg0"),
        ("/interface/list/member", {"list": "LAN", "interface": "bridge"}, "LAN-bridge"),
        ("/ip/address", {"interface": "bridge", "address": "10.0.0.1/24"}, "bridge-10-0-0-1-24"),
        ("/interface/wireguard/peers", {"name": "peer7", "interface": "wg0", "allowed-address": "::/0"}, "wg0-0"),
        ("/interface/wireguard/peers", {"name": "anna", "interface": "wg0"}, "anna"),
        ("/ip/route", {"dst-address": "0.0.0.0/0", "routing-table": "vpn"}, "default-vpn"),
        ("/routing/rule", {"src-address": "10.0.0.5/32", "table": "vpn"}, "10-0-0-5-32-vpn"),
        ("/ip/firewall/filter", {"action": "drop", "in-interface": "wg0"}, "drop-wg0"),
        ("/ip/firewall/filter", {"action": "drop", "comment": "defconf: drop invalid"}, "drop-invalid"),
    ],
)
def test_a_row_is_called_by_its_comment_else_by_what_it_does(path, row, name):
    assert wish(menu(path), row) == name


def test_names_are_unique_by_type_and_variables_are_pythons():
    names = Names()
    assert [names.logical("A", "x"), names.logical("A", "x"), names.logical("B", "x")] == ["x", "x-2", "x"]
    assert [names.variable(text) for text in ("wg 0", "wg-0", "1st", "class", "wt", "—")] == [
        "wg_0",
        "wg_0_2",
        "_1st",
        "_class",
        "wt_2",
        "it",
    ]
