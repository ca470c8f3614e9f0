"""What is above each resource, whatever components a program has and whenever they begin."""

import gc
import importlib.util
import subprocess
import sys

import pulumi

import mocked
from wiretik import _pulumi_compat
from wiretik.resources.base.ancestry import chains


class Branch(pulumi.ComponentResource):
    def __init__(self, name, parent=None):
        super().__init__("test:index:Branch", name, opts=pulumi.ResourceOptions(parent=parent))


class Alike(pulumi.ComponentResource):
    """Each is equal to each other, and none calls the constructor in between."""

    def __init__(self, name, parent=None):
        pulumi.Resource.__init__(self, f"test:index:{name}", name, False, opts=pulumi.ResourceOptions(parent=parent))

    def __eq__(self, other):
        return isinstance(other, Alike)

    def __hash__(self):
        return 1


def test_a_resource_is_below_the_types_of_all_components_above_it():
    found = {}

    def program():
        top = Alike("top")
        branch = Branch("branch", Alike("under", top))
        leaf, alone = Branch("leaf", branch), Branch("alone")
        above = chains()
        found.update({one._name: above.get(id(one), "") for one in (top, branch, leaf, alone)})

    mocked.run(program, mocked.Registered())

    alike = "test:index:top$test:index:under$"
    assert found == {"top": "", "branch": alike, "leaf": f"{alike}test:index:Branch$", "alone": ""}


def test_components_are_forgotten_with_their_program():
    mocked.run(lambda: Branch("branch", Branch("top")), mocked.Registered())
    gc.collect()

    assert [one for one in _pulumi_compat.components() if isinstance(one, Branch)] == []


LATE = """
import runpy
import sys

import pulumi

compat = runpy.run_path(sys.argv[1])["_compat"]()

class Branch(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("test:index:Branch", name)

pulumi.runtime.set_mocks(type("Mocks", (pulumi.runtime.Mocks,), {
    "new_resource": lambda self, args: (args.name, args.inputs), "call": lambda self, args: {}})())
early = Branch("early")
assert early in compat.components()
late = Branch("late")
assert {early, late} <= set(compat.components())
print("both")
"""


def test_a_component_that_began_before_anybody_noted_them_is_found():
    file = importlib.util.find_spec("wiretik.engine.processes.run_program").origin

    done = subprocess.run([sys.executable, "-c", LATE, file], capture_output=True, text=True, check=False)

    assert done.stdout == "both\n", done.stderr
