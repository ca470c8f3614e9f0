"""`Any` by itself, as a parameter or as what a function gives, stands only where an API of others has no type.

Each such module is a row here with its reason; a new one needs a row, and a row that no module needs has to go.
"""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PACKAGES = ("provider/wiretik_provider", "sdk/python/wiretik")

MAY = {
    "sdk/python/wiretik/_pulumi_compat/__init__.py": "private parts of Pulumi's SDK, and what is put in their place",
    "sdk/python/wiretik/_pulumi_compat/requests.py": "the same of its requests to the engine",
    "sdk/python/wiretik/engine/processes/inside.py": "gRPC gives classes of its own, which no call here needs",
}
"""By module, why."""
WITHOUT = ("adopt", "codecs", "doctor", "lists", "menus", "rsc", "simulator")
"""Rooms of the provider whose values are rows of a router, or a codec's: they know what these are."""


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions of a module, at any depth."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def annotations(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """What its parameters are, and what it gives."""
    given = function.args
    spread = (given.vararg, given.kwarg)
    for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, spread)):
        if one.annotation is not None:
            yield ast.unparse(one.annotation)
    if function.returns is not None:
        yield ast.unparse(function.returns)


def saying_any() -> Iterator[str]:
    """The modules of functions with `Any` by itself in their signature."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            source = path.read_text()
            if not re.search(r"(:|->) (typing\.)?Any\b", source):  # most modules needn't be parsed
                continue
            for function in functions(source):
                if not {"Any", "typing.Any"}.isdisjoint(annotations(function)):
                    yield path.relative_to(ROOT).as_posix()


def test_any_stands_only_where_an_api_of_others_has_no_type():
    assert {*saying_any()} == MAY.keys()


@pytest.mark.parametrize("room", WITHOUT)
def test_a_room_that_pulumi_gives_nothing_to_says_no_any_at_all(room):
    modules = list((ROOT / "provider/wiretik_provider" / room).rglob("*.py"))

    assert modules
    assert [
        path.name for path in modules if re.search(r"^from typing import.*\bAny\b", path.read_text(), re.MULTILINE)
    ] == []


def test_a_signature_is_read_whole():
    source = (
        "class A:\n def f(self, *a: int, b: str = '', **c: Any) -> None: ...\nasync def g(x: int) -> typing.Any: ..."
    )

    assert [[*annotations(one)] for one in functions(source)] == [["int", "typing.Any"], ["str", "int", "Any", "None"]]
