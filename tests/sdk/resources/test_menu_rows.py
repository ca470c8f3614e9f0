"""Any menu by its path: what can't be is refused when it is declared, with what was probably meant."""

import pulumi
import pytest

import wiretik as wt
from mocked import resources
from wiretik.resources.base.misuse import Misuse
from wiretik_provider.menus import MENUS, every


@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: wt.MenuRow("/interface/vlam", "v"), "no menu /interface/vlam .* did you mean /interface/vlan"),
        (lambda: wt.MenuRow("/interface/vlan", "v", vlan_idd=1), "no property vlan_idd .did you mean vlan_id"),
        (lambda: wt.MenuRow("/ip/settings", "v"), "/ip/settings has one row: use MenuSettings"),
        (lambda: wt.MenuRow("/interface/ethernet", "v"), "rows that only the router makes: use MenuSettings"),
        (lambda: wt.MenuSettings("/interface/vlan", "v"), "/interface/vlan has many rows: use MenuRow"),
        (lambda: wt.MenuSettings("/interface/ethernet", "v", mtu=1), "say which, such as find='ether1'"),
        (lambda: wt.MenuSettings("/ip/settings", "v", find="x"), "nothing to find"),
    ],
)
def test_what_cant_be_is_refused(declare, told):
    with pytest.raises(Misuse, match=told):
        resources(declare)


def test_a_row_is_typed_by_its_menu_and_has_its_logical_name():
    _, row = resources(lambda: wt.MenuRow("/interface/vlan", "vlan10", vlan_id=10, interface="bridge"))

    assert (row.typ, row.name) == ("pulumi-python:dynamic/wiretik:InterfaceVlan", "vlan10")
    assert {name: row.inputs[name] for name in ("name", "vlan_id")} == {"name": "vlan10", "vlan_id": 10}


def test_no_two_menus_make_one_type():
    tokens = [
        menu.token for menu in (*MENUS.values(), *(every.described(path) for path in set(every.heads()) - set(MENUS)))
    ]

    assert len(tokens) == len(set(tokens))


def test_a_property_that_isnt_there_is_told_with_what_was_meant():
    def ask():
        pulumi.export("wrong", wt.MenuRow("/interface/vlan", "v", vlan_id=1, interface="bridge").vlan_idd)

    with pytest.raises(AttributeError, match="no property 'vlan_idd'; did you mean vlan_id"):
        resources(ask)
