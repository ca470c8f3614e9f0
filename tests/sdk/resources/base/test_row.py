"""What every typed class does with its arguments, without a router."""

import inspect
import json

import pulumi
import pytest

import wiretik as wt
from mocked import inputs as registered
from wiretik_provider.menus import MENUS
from wiretik_provider.rows import ownership

CLASSES = [
    found
    for name in wt.__all__
    if inspect.isclass(found := getattr(wt, name)) and issubclass(found, wt.Row) and hasattr(found, "_menu")
]


def test_every_menu_has_a_typed_class():
    assert {cls._menu.path for cls in CLASSES} >= set(MENUS)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_the_type_token_is_the_classs_name(cls):
    """These tokens are in every state that was ever written."""
    assert cls._resource_type_name == f"dynamic/wiretik:{cls.__name__}"


def test_a_name_is_the_logical_name_unless_told():
    def program():
        wt.WireGuardInterface("wg0")
        wt.WireGuardInterface("mesh", name="wg1")

    seen = registered(program)

    assert seen["wg0"]["name"] == "wg0"
    assert seen["mesh"]["name"] == "wg1"


def test_a_row_carries_its_tag_and_its_router():
    def program():
        wt.Script("greet", router=wt.Router("home"))

    seen = registered(program)

    assert seen["greet"]["tag"] == ownership.make("site", "lab", "Script", "greet")
    assert seen["greet"]["router"] == "home"
    assert "adopt" not in seen["greet"]


def test_what_is_none_is_as_if_it_were_not_given():
    seen = registered(lambda: wt.Script("greet", source=None, comment=None) and None)

    assert {"source", "comment"} & seen["greet"].keys() == set()


def test_secrets_are_marked_even_if_they_were_given_in_plain():
    seen = registered(lambda: wt.WireGuardInterface("wg0", private_key="plain") and None)

    assert json.dumps(seen["wg0"]["private_key"]) != '"plain"'
    assert seen["wg0"]["private_key"]["value"] == "plain"


def test_a_reference_is_the_others_name_alone_or_in_a_list():
    def program():
        wg = wt.WireGuardInterface("mesh", name="wg7")
        inside = wt.InterfaceList("inside")
        wt.InterfaceList("outside", exclude=[inside, "LAN"])
        wt.IpAddress("address", address="10.0.0.1/24", interface=wg)

    seen = registered(program)

    assert seen["address"]["interface"] == "wg7"
    assert seen["outside"]["exclude"] == ["inside", "LAN"]


def refused(program, error):
    with pytest.raises(error) as caught:
        registered(program)
    return str(caught.value)


def test_unknown_properties_are_refused_all_at_once_with_suggestions():
    told = refused(lambda: wt.Peer("p", publickey="x", colour="red"), TypeError)

    assert "publickey (did you mean public_key?)" in told
    assert "colour" in told


def test_a_row_without_a_name_is_no_reference():
    def program():
        rule = wt.FilterRule("rule", chain="input", action="accept")
        wt.IpAddress("address", address="10.0.0.1/24", interface=rule)

    assert "takes a name; a filter rule has none" in refused(program, TypeError)


def test_rows_without_an_order_have_no_position():
    assert "position" in refused(lambda: wt.Script("s", position=wt.FIRST), TypeError)


def test_neighbours_must_be_in_the_same_menu():
    def program():
        rule = wt.FilterRule("rule", chain="input", action="accept")
        wt.NatRule("nat", chain="srcnat", action="masquerade", position=wt.Before(rule))

    assert "can't stand beside" in refused(program, ValueError)


@pytest.mark.parametrize("name", ["", "-x", "a b", "x" * 64])
def test_a_routers_name_is_checked(name):
    with pytest.raises(ValueError, match="is not a router's name"):
        wt.Router(name)


def test_a_match_needs_a_property():
    with pytest.raises(ValueError, match="needs a property"):
        wt.Match()


@pytest.mark.parametrize("path", ["interface wireguard", "/interface/wire-guard"])
def test_a_class_of_a_menu_that_isnt_there_says_which_may_be_meant(path):
    with pytest.raises(
        pulumi.RunError, match=r"class Mine: RouterOS has no menu .*; did you mean /interface/wireguard"
    ):

        class Mine(wt.Row, menu=path, named="name"):
            pass


def test_a_class_named_by_a_property_that_its_menu_has_not_says_which_there_are():
    with pytest.raises(pulumi.RunError, match=r"/ip/route has no property 'name'; it has .*dst_address"):

        class Mine(wt.Row, menu="/ip/route", named="name"):
            pass
