"""What leaves a program takes exactly its own rows along: each component of each example, each part of a site."""

import ast
import functools
import pathlib

import pulumi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mocked
import wiretik as wt
from at_length import LONG, rounds

from .test_site import CONF, LAN, MESH, VPN, tunnel

ROOT = pathlib.Path(__file__).parents[3]
BACKUP = CONF.replace("10.8.", "10.9.").replace("server1", "server2")
KINDS = {name: getattr(wt, name) for name in wt.__all__}
COMPONENTS = {
    name for name, kind in KINDS.items() if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource)
}


def rows(program):
    """What a program registers on its routers, by logical name, without the gate, which tells of all."""
    return {name: row for name, row in mocked.rows(program).items() if not name.startswith("preflight")}


def made_by(statement):
    """The component that a statement makes, if it does: its class, and its logical name."""
    call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr not in COMPONENTS:
        return None
    return call.func.attr, call.args[0].value


def body(example):
    """An example's statements, without what it exports or expects of what it makes."""
    tree = ast.parse((ROOT / "examples" / example / "__main__.py").read_text())
    return [one for one in tree.body if not isinstance(one, ast.Expr) or "wt." in ast.unparse(one)[:3]]


class Without(ast.NodeTransformer):
    """Takes a name out of every list."""

    def __init__(self, name):
        self.name = name

    def visit_List(self, node):
        node.elts = [one for one in node.elts if not (isinstance(one, ast.Name) and one.id == self.name)]
        return self.generic_visit(node)


def run(statements):
    text = ast.unparse(ast.Module(list(statements), []))

    def program():
        config = {"site:lan": "192.168.88.0/24", "site:conf": CONF, "site:backup-conf": BACKUP, "wiretik:routers": "{}"}
        pulumi.runtime.set_all_config(config)
        exec(compile(text, "example", "exec"), {"__name__": "example"})

    return rows(program)


@functools.cache
def whole(example):
    """All rows of an example."""
    return run(body(example))


def leaned_on(example, number):
    """Whether another statement needs what one makes, so that it can't leave alone."""
    statements = body(example)
    gone = statements.pop(number)
    name = gone.targets[0].id if isinstance(gone, ast.Assign) else ""
    rest = (node for one in statements for node in ast.walk(Without(name).visit(one)))
    return any(isinstance(node, ast.Name) and node.id == name for node in rest)


PARTS = [
    (path.parent.name, number)
    for path in sorted((ROOT / "examples").glob("*/__main__.py"))
    for number, statement in enumerate(body(path.parent.name))
    if made_by(statement) and not leaned_on(path.parent.name, number)
]
"""Each component of each example, as the example and the number of its statement."""


def of_each_kind(parts):
    """One component of each class; at length all of them."""
    kinds = {made_by(body(example)[number])[0]: (example, number) for example, number in reversed(parts)}
    return parts if LONG else sorted(kinds.values())


@pytest.mark.parametrize(("example", "number"), of_each_kind(PARTS))
def test_a_component_that_leaves_an_example_takes_exactly_its_rows(example, number):
    rest = body(example)
    gone = rest.pop(number)
    _, name = made_by(gone)
    variable = gone.targets[0].id if isinstance(gone, ast.Assign) else ""

    with_it, without = dict(whole(example)), run([Without(variable).visit(one) for one in rest])

    assert {row for row in with_it if row.startswith(f"{name}-")} == with_it.keys() - without.keys()
    assert with_it.keys() >= without.keys()
    assert_alike(with_it, without)


def assert_alike(with_it, without):
    """What stays is as it was, but for the list of what stays off a VPN, which has no longer what is gone."""
    for name, row in without.items():
        if "no-vpn" in name:
            assert row["entries"].keys() <= with_it[name]["entries"].keys()
            row, with_it[name] = ({**one, "entries": None} for one in (row, with_it[name]))  # noqa: PLW2901
        assert row == with_it[name], name


ALL = {"wg1": tunnel(), "wg2": tunnel("wg2", "10.30.0", behind=["172.16.60.0/24"]), "wg0": VPN, "wg-mesh": MESH}


def site(parts):
    return wt.Site(
        "home",
        wt.SiteArgs(
            lan=LAN,
            tunnels=[ALL[name] for name in ("wg1", "wg2") if name in parts],
            always_on=ALL["wg0"] if "wg0" in parts else None,
            relay=ALL["wg-mesh"] if "wg-mesh" in parts else None,
        ),
    )


@settings(max_examples=rounds(2, 80), deadline=None)
@given(st.sets(st.sampled_from(sorted(ALL)), min_size=1), st.data())
def test_a_part_that_leaves_a_site_takes_exactly_its_rows_whatever_else_is_there(parts, data):
    gone = data.draw(st.sampled_from(sorted(parts)))

    with_it, without = rows(lambda: site(parts)), rows(lambda: site(parts - {gone}))

    assert {row for row in with_it if row.startswith(f"home-{gone}-")} == with_it.keys() - without.keys()
    assert with_it.keys() >= without.keys()
    assert_alike(with_it, without)
