"""The plugin's types are the SDK's classes, and names on the wire lead back to Python's."""

import inspect

import pytest

import wiretik
from wiretik.resources.base.gate import Preflight
from wiretik.resources.base.row import Row
from wiretik_provider.menus import MENUS
from wiretik_provider.plugin.names import TYPES, Urn, attribute, camel, urn

UNTYPED = (Row, wiretik.MenuRow, wiretik.MenuSettings)
"""Whose menus are data; the package doesn't have them yet."""
PUBLIC = [getattr(wiretik, name) for name in wiretik.__all__]
CLASSES = [one for one in PUBLIC if inspect.isclass(one) and issubclass(one, Row) and one not in UNTYPED]


@pytest.mark.parametrize("made", CLASSES, ids=lambda made: made.__name__)
def test_a_class_of_the_sdk_is_a_type_of_the_same_kind(made):
    assert TYPES[made.__name__] == (made._kind, made._named)


def test_there_are_no_other_types():
    assert set(TYPES) == {made.__name__ for made in CLASSES} | {"WireGuardKey", "Guard", "Seal", Preflight.__name__}


@pytest.mark.parametrize("path", MENUS)
def test_a_name_on_the_wire_leads_back(path):
    for field in MENUS[path].fields:
        assert attribute(camel(field.attribute)) == field.attribute
        assert attribute(field.attribute) == field.attribute


def test_hidden_names_stay():
    assert camel("__declared_here") == attribute("__declared_here") == "__declared_here"


def test_a_urn_says_project_stack_type_and_name():
    text = "urn:pulumi:lab::site::wiretik:index:Site$wiretik:index:Peer::a::b"
    assert urn(text) == Urn("site", "lab", "Peer", "a::b")
