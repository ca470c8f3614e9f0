"""A change in a menu that packets may hang on is followed or told, property by property; nothing is passed over."""

import pytest

from wiretik_provider.codecs.base import Bool
from wiretik_provider.codecs.loose import Loose, Words
from wiretik_provider.declared import read
from wiretik_provider.gate.planned import untraced
from wiretik_provider.menus import MENUS, at, every
from wiretik_provider.rows import ownership
from wiretik_provider.trace.settings import INTERFACES, shows_interfaces

TAG = ownership.make("site", "lab", "Thing", "it")
VALUES = {"number": "7", "time": "7s", "address": "10.9.8.7", "mac": "02:00:00:00:00:07"}


def value(field):
    """Some value, which no row has."""
    match field.codec:
        case Bool():
            return True
        case Words(words=words):
            return words[0]
        case Loose(form=form):
            return VALUES.get(form, "other")
    return "other"


def told(menu, field):
    """What is said of a resource that changes this property of a row or of settings that are there."""
    find = {"find": "it"} if menu.fixed else {}
    row = {"name": "it", "comment": f"[wt:{TAG}]", ".id": "*1"}
    declared = read({"menu": menu.path, "name": "it", "tag": TAG, "props": {field.attribute: value(field)}, **find})
    assert declared.problems == (), (menu.path, field.name)
    return list(untraced.notes([declared], {menu.path: [row]}))


LOOKED_AT = sorted(path for path in untraced.UNDERSTOOD if path not in MENUS)
BESIDE = sorted(path for path in every.heads() if path not in MENUS and untraced.beside(at(path)))


def interface(path):
    """Whether a menu's rows are interfaces."""
    return at(path).names == INTERFACES or shows_interfaces(at(path))


OF_INTERFACES = sorted(path for path in every.heads() if path not in {*MENUS, *LOOKED_AT, *BESIDE} and interface(path))


@pytest.mark.parametrize("path", [*LOOKED_AT, *OF_INTERFACES, *BESIDE])
def test_each_property_is_followed_or_a_change_of_it_is_told(path):
    menu = at(path)
    followed = untraced.UNDERSTOOD.get(path, untraced._OF_INTERFACES if interface(path) else {"comment"})
    key = set() if menu.singleton else {*menu.key}  # by which the row was found, so that it is as it was

    for field in menu.writable:
        if field.name in key or followed is None:
            continue
        said = told(menu, field)
        if field.name in followed:
            assert said == [], (path, field.name)
        else:
            assert len(said) == 1, (path, field.name)
            assert f"{field.attribute} lets through, and by which way, isn't traced" in said[0], (path, field.name)


def test_so_many_menus_are_looked_at_or_stand_beside():
    assert (len(LOOKED_AT), len(BESIDE), len(OF_INTERFACES)) == (13, 119, 33)
