"""The plugin's types are the SDK's classes, and names on the wire lead back to Python's."""

import inspect

import pytest

import wiretik
from wiretik.resources.base.gate import Preflight
from wiretik.resources.base.row import Row
from wiretik.resources.every import classes
from wiretik_provider.menus import at, every
from wiretik_provider.plugin.names import TYPES, Urn, attribute, camel, every_type, token, type_named, urn

UNTYPED = (Row, wiretik.MenuRow, wiretik.MenuSettings)
"""Whose menus are data: their types have the menus' names."""
PUBLIC = [getattr(wiretik, name) for name in wiretik.__all__]
CLASSES = [one for one in PUBLIC if inspect.isclass(one) and issubclass(one, Row) and one not in UNTYPED]


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
def test_a_class_of_the_sdk_is_a_type_of_the_same_kind(made):
    assert TYPES[made.__name__] == (made._kind, made._named)


def test_there_are_no_other_types():
    assert set(TYPES) == {made.__name__ for made in CLASSES} | {"WireGuardKey", "Guard", "Seal", Preflight.__name__}


def test_every_menus_names_on_the_wire_lead_back_and_no_two_are_one():
    for path in every.heads():
        names = [field.attribute for field in at(path).fields]
        assert [attribute(camel(name)) for name in names] == names, path
        assert [attribute(name) for name in names] == names, path
        assert len({camel(name) for name in names}) == len(names), path


def test_a_menu_that_nobody_described_by_hand_has_the_type_of_its_class_in_a_module_of_its_own():
    assert token("InterfaceVlan") == "wiretik:menus:InterfaceVlan"
    assert token("Peer") == "wiretik:index:Peer"
    assert type_named("InterfaceVlan") == ("/interface/vlan", "name")
    assert type_named("NoSuchThing") is None
    assert {name for name, _ in every_type()} >= {name for name in classes.names() if name not in TYPES}


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("listen_port", "listenPort"),
        ("id_", "id_"),
        ("_6to4_interface", "x6to4Interface"),
        ("static_key_0", "staticKey_0"),
        ("as_", "as"),
        ("eui_64", "eui64"),
    ],
)
def test_names_that_languages_dont_have_are_others_on_the_wire(name, wire):
    assert camel(name) == wire
    assert attribute(wire) == name


def test_hidden_names_stay():
    assert camel("__declared_here") == attribute("__declared_here") == "__declared_here"


def test_a_urn_says_project_stack_type_and_name():
    text = "urn:pulumi:lab::site::wiretik:index:Site$wiretik:index:Peer::a::b"
    assert urn(text) == Urn("site", "lab", "Peer", "a::b")
