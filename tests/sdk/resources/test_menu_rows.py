"""Any menu by its path: what can't be is refused when it is declared, with what was probably meant."""

import functools
import keyword
import re

import pulumi
import pytest

import wiretik as wt
from mocked import resources
from wiretik import menus
from wiretik.resources.base.misuse import Misuse
from wiretik.resources.every.classes import names
from wiretik_provider.menus import MENUS, at, every
from wiretik_provider.plugin.names import camel, from_generated


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


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ({"vlan-id": 1}, "extra: vlan-id is a property that Wiretik knows: vlan_id="),
        ({"new_one": 1}, "extra takes RouterOS's names, such as 'new-one'; this is 'new_one'"),
        ("new-one", "extra takes properties by RouterOS's names, such as {'new-one': 1}; this is text"),
        ({7: 1}, "extra takes RouterOS's names, such as 'new-one'; this is 7"),
        ({"tag": "x", "router": "y"}, "extra: router, tag means something else to Wiretik, so it can't be declared"),
    ],
)
@pytest.mark.parametrize("declare", [menus.InterfaceVlan, functools.partial(wt.MenuRow, "/interface/vlan")])
def test_what_extra_takes_is_what_no_list_has(declare, extra, told):
    with pytest.raises(Misuse, match=re.escape(told)):
        resources(lambda: declare("v", vlan_id=1, interface="bridge", extra=extra))


def test_a_property_that_nobody_knows_is_told_where_it_goes():
    with pytest.raises(Misuse, match=re.escape("goes into extra={'frobs': …}")):
        resources(lambda: menus.InterfaceVlan("v", frobs=1))


def test_a_menu_described_by_hand_takes_no_extra_and_nobody_is_sent_there():
    with pytest.raises(Misuse, match="extra isn't for /interface/wireguard, a menu described by hand; it has no frobs"):
        resources(lambda: wt.MenuRow("/interface/wireguard", "wg1", extra={"frobs": 1}))
    with pytest.raises(Misuse, match="has no property frobs") as refused:
        resources(lambda: wt.MenuRow("/interface/wireguard", "wg1", frobs=1))
    assert "extra" not in str(refused.value)


@pytest.mark.parametrize("declare", [menus.InterfaceVlan, functools.partial(wt.MenuRow, "/interface/vlan")])
def test_what_extra_has_is_a_property_like_others(declare):
    props = {"vlan_id": 1, "interface": "bridge", "extra": {"new.password": "hidden", "a-new-one": True}}
    _, row = resources(lambda: declare("v", **props))

    assert (row.inputs["new_password"], row.inputs["a_new_one"]) == ("hidden", True)
    assert row.inputs["extra"] == ["a-new-one", "new.password"]


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


def test_a_class_of_a_menu_makes_what_its_path_makes():
    props = {"vlan_id": 10, "interface": "bridge", "adopt": True}
    _, by_path = resources(lambda: wt.MenuRow("/interface/vlan", "vlan10", **props))
    _, by_class = resources(lambda: menus.InterfaceVlan("vlan10", **props))
    _, path_settings = resources(lambda: wt.MenuSettings("/interface/ethernet", "line", find="ether1", mtu=1508))
    _, class_settings = resources(lambda: menus.InterfaceEthernet("line", find="ether1", mtu=1508))

    assert (by_class.typ, by_class.name, by_class.inputs) == (by_path.typ, by_path.name, by_path.inputs)
    assert (class_settings.typ, class_settings.inputs) == (path_settings.typ, path_settings.inputs)


@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: menus.InterfaceVlan("v", vlan_idd=1), "InterfaceVlan 'v' has no property vlan_idd"),
        (lambda: menus.InterfaceEthernet("v", mtu=1), "InterfaceEthernet 'v': .* say which, such as find='ether1'"),
        (lambda: menus.IpSettings("v", find="x"), "/ip/settings has one row, so there is nothing to find"),
        (lambda: menus.InterfaceVlan("v", find="x"), "/interface/vlan has many rows, so there is nothing to find"),
        (lambda: menus.InterfaceVlam, "wiretik.menus has no InterfaceVlam; did you mean InterfaceVlan?"),
    ],
)
def test_what_a_class_cant_be_is_refused(declare, told):
    with pytest.raises(Misuse, match=told):
        resources(declare)


VLAN = {"vlan_id": 10, "interface": "bridge"}


@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: menus.InterfaceVlan("v", **{"vlan-id": 1}), "no property vlan-id (did you mean vlan_id?)"),
        (
            lambda: menus.InterfaceVlan("v", {"vlan_id": 1}),
            "InterfaceVlan 'v': opts takes a ResourceOptions; this is a dict",
        ),
        (lambda: menus.InterfaceVlan("v", vlan_id=object()), "vlan_id takes text, a number or an output"),
        (lambda: menus.InterfaceVlan("v", adopt="yes", **VLAN), "adopt takes True or False; this is text"),
        (lambda: menus.InterfaceVlan("v", router=5, **VLAN), "router takes a Router or text; this is a number"),
        (
            lambda: menus.InterfaceVlan("v", vlan_id=1, interface=wt.Dns("d")),
            "interface takes the name of a row of /interface; Dns 'd' is one",
        ),
        (
            lambda: menus.InterfaceVlan("v", vlan_id=1, interface=menus.InterfaceBridge),
            "this is InterfaceBridge itself",
        ),
        (lambda: menus.IpPool("p", ranges="10.0.0.1", position=wt.FIRST), "rows of /ip/pool have no position"),
        (
            lambda: wt.FilterRule(
                "f", chain="input", action="accept", position=wt.Before(menus.IpPool("p", ranges="x"))
            ),
            "FilterRule 'f' can't stand beside IpPool 'p': it is in another menu",
        ),
        (
            lambda: menus.IpDhcpServer("s", address_pool=menus.InterfaceVlan("v", **VLAN)),
            "address_pool takes the name of a row of /ip/pool; InterfaceVlan 'v' is one of /interface/vlan",
        ),
        (
            lambda: menus.IpDhcpServer("s", interface=wt.RoutingTable("t", fib=True)),
            "interface takes the name of a row of /interface; RoutingTable 't' is one of /routing/table",
        ),
        (
            lambda: menus.IpDnsStatic("n", name=f"{menus.InterfaceVlan('v', **VLAN).name}.lan"),
            "text was made of an output that isn't known yet",
        ),
        (
            lambda: wt.MenuRow("interface/vlan", "v", **VLAN),
            "no menu interface/vlan that can be configured; did you mean",
        ),
        (lambda: wt.MenuRow(menus.InterfaceVlan, "v", **VLAN), "menu takes text; this is InterfaceVlan itself"),
    ],
)
def test_a_misuse_is_told_where_it_stands(declare, told):
    with pytest.raises(Misuse, match=re.escape(told)):
        resources(declare)


def test_a_reference_is_taken_where_its_row_can_be_meant():
    def declare():
        bridge = menus.InterfaceBridge("b")
        lan = wt.InterfaceList("lan")
        vrf = menus.IpVrf("blue", interfaces=[bridge])
        menus.InterfaceBridgePort("p", interface=lan, bridge=bridge)
        menus.RoutingOspfInstance("o", vrf=vrf, routing_table=vrf)
        menus.IpDhcpServer("s", interface=wt.WireGuardInterface("w"), address_pool=menus.IpPool("pool", ranges="x"))

    assert len(resources(declare)) > 6


def test_a_class_that_isnt_there_can_be_imported_by_nobody():
    with pytest.raises(ImportError, match="did you mean IpDhcpServer"):
        from wiretik.menus import IpDhcpServre  # noqa: F401


def test_every_menu_has_a_class_and_the_typed_ones_are_those_of_wiretik():
    made = {name: getattr(menus, name) for name in dir(menus)}

    assert len(made) == len(every.heads()) == 510
    assert menus.IpAddress is wt.IpAddress
    assert {one._menu.path for one in made.values()} == set(every.heads())
    assert "Properties:" in made["InterfaceVlan"].__doc__
    assert all(name in names() for name in made)


def test_a_row_of_a_class_can_be_looked_up():
    [row] = resources(lambda: menus.InterfaceVlan.get("there", "vlan10"))

    assert (row.name, row.resource_id) == ("there", "vlan10")


# -- menus that no list has -------------------------------------------------------------------------------------------


def test_all_of_a_menu_that_nobody_knows_goes_into_extra():
    def declare():
        row = wt.MenuRow("/new/menu", "n", extra={"name": "one", "some.value": 5}, adopt=True)
        wt.MenuSettings("/new/settings", "s", extra={"uses": row})
        wt.MenuSettings("/new/port", "p", find="ether1", extra={"speed": "fast"})

    row, port, settings = sorted(resources(declare)[1:], key=lambda one: one.name)

    assert row.typ == "pulumi-python:dynamic/wiretik:NewMenu"
    told = ("name", "some_value", "extra", "shape", "adopt")
    assert [row.inputs[name] for name in told] == ["one", 5, ["name", "some.value"], "row", True]
    assert (settings.inputs["uses"], settings.inputs["shape"]) == ("one", "settings")
    assert (port.inputs["find"], port.inputs["shape"]) == ("ether1", "found")


@pytest.mark.parametrize(
    ("declare", "told"),
    [
        (lambda: wt.MenuRow("/new/menu", "n", name="one"), "no menu /new/menu that can be configured"),
        (lambda: wt.MenuRow("/interface/vlam", "v", vlan_id=1), "did you mean /interface/vlan"),
        (
            lambda: wt.MenuRow("/new/menu", "n"),
            "a menu that your router has and Wiretik doesn't know go into extra={…}",
        ),
        (lambda: wt.MenuRow("/new/menu", "n", extra={}), "go into extra={…}"),
        (lambda: wt.MenuRow(5, "n", extra={"a": 1}), "MenuRow 'n': menu takes"),
        (lambda: wt.MenuRow("/new/menu", "n", extra={"shape": "x"}), "shape means something else to Wiretik"),
        (lambda: wt.MenuRow("new/menu", "n", extra={"a": 1}), "no menu new/menu that can be configured"),
        (lambda: wt.MenuRow("/new/menu", "n", name="x", extra={"a": 1}), "no property name"),
        (lambda: wt.MenuRow("/new/menu", "n", extra={"a-b": 1, "a.b": 2}), "extra has a_b twice, in two spellings"),
        (lambda: wt.MenuRow("/new/menu", "n", find="x", extra={"a": 1}), "no property find"),
    ],
)
def test_a_menu_that_nobody_knows_is_refused_without_extra(declare, told):
    with pytest.raises(Misuse, match=re.escape(told)):
        resources(declare)


def test_what_extra_leaves_out_isnt_declared():
    props = {"vlan_id": 1, "interface": "bridge"}
    _, with_none = resources(lambda: wt.MenuRow("/interface/vlan", "v", **props, extra={"a-new-one": None}))
    _, without = resources(lambda: menus.InterfaceVlan("v", **props, extra={}))

    assert with_none.inputs == without.inputs
    assert with_none.inputs["extra"] == []


def test_a_row_without_a_name_cant_be_referred_to():
    def declare():
        row = wt.MenuRow("/new/menu", "n", extra={"value": 5})
        wt.MenuRow("/interface/vlan", "v", vlan_id=1, interface=row)

    with pytest.raises(Misuse, match="interface takes"):
        resources(declare)


def as_pulumi_writes(attribute):
    """A property's name in Python code of `pulumi import`: made of the package's, which is made of ours."""
    name = re.sub(r"[A-Z]", lambda found: f"_{found[0].lower()}", camel(attribute))
    return f"{name}_" if keyword.iskeyword(name) else name


def test_the_names_that_pulumi_generates_are_taken_of_every_menu():
    odd = set()
    for menu in map(at, every.heads()):
        for field in menu.taken:
            if (name := as_pulumi_writes(field.attribute)) != field.attribute:
                assert from_generated(name) == field.attribute, menu.path
                odd.add(name)
    assert {"x802_3_sap", "x6to4_interface", "x2pin1_max_power", "eui64"} <= odd


def test_a_row_of_generated_code_is_the_same_as_one_by_our_names():
    props = {"chain": "forward", "action": "drop"}
    _, generated = resources(lambda: menus.InterfaceBridgeFilter("sap", **props, x802_3_sap="0xaa"))
    _, ours = resources(lambda: menus.InterfaceBridgeFilter("sap", **props, _802_3_sap="0xaa"))
    assert generated.inputs == ours.inputs

    _, generated = resources(lambda: wt.Ipv6Address("lan", interface="bridge", address="fd00::1/64", eui64=True))
    _, ours = resources(lambda: wt.Ipv6Address("lan", interface="bridge", address="fd00::1/64", eui_64=True))
    assert generated.inputs == ours.inputs
