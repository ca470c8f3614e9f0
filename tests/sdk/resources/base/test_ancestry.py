"""What is above a resource is known from its making on, and found on the heap where nobody noted it."""

import gc

import pulumi
import pytest

import mocked
import wiretik as wt
from wiretik import _pulumi_compat
from wiretik.resources.base.ancestry import chains

PARENT = "_wiretik_parent"


class Branch(pulumi.ComponentResource):
    def __init__(self, name, parent=None):
        super().__init__("site:Branch", name, None, pulumi.ResourceOptions(parent=parent))


class Leaf(Branch):
    pass


def below(name, parent=None):
    return wt.FilterRule(name, pulumi.ResourceOptions(parent=parent), chain="input", action="accept")


def found(prepare=lambda _: None):
    told = {}

    def program():
        office = Branch("office")
        inner = Leaf("inner", office)
        made = {
            "": below("top"),
            "site:Branch$": below("first", office),
            "site:Branch$site:Branch$": below("second", inner),
        }
        made["below a row"] = below("third", made["site:Branch$"])
        prepare([office, inner, *made.values()])
        above = chains(made.values())
        told.update({name: above[id(one)] for name, one in made.items()})

    mocked.run(program, mocked.Registered())
    return told


def test_the_types_above_a_resource_are_those_of_its_components(monkeypatch):
    monkeypatch.setattr(gc, "get_referrers", lambda *_: [])  # nobody looks for them
    told = found()

    assert told.pop("below a row") == ""
    assert all(above == name for name, above in told.items())


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_was_made_before_wiretik_was_there_is_found_by_the_components_children(at):
    def forget(resources):
        vars(resources[at]).pop(PARENT)

    told = found(forget)

    assert told.pop("below a row") == ""
    assert all(above == name for name, above in told.items())


def test_a_parent_is_noted_by_the_newest_and_the_oldest_sdk_alike():
    seen = []

    def program():
        office = Branch("office")
        seen.append(_pulumi_compat.parent(office))
        seen.append(_pulumi_compat.parent(Leaf("inner", office)) is office)

    mocked.run(program, mocked.Registered())

    assert seen == [None, True]
