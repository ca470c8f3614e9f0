"""The typed classes say what their menus say: what may be given, what must be, and what comes out in which type."""

import ast
import inspect
import sys
import typing
from collections.abc import Sequence

import pulumi
import pytest
from pulumi._types import resource_types

import wiretik
from tools import reference
from wiretik.resources.base.row import Row, RowArgs
from wiretik.resources.rule_outputs import AnyPacketOutputs
from wiretik_provider.codecs.base import Bool, Csv, Int
from wiretik_provider.menus import MENUS

PUBLIC = {name: getattr(wiretik, name) for name in wiretik.__all__}
# Whole lists and blocks of rules are resources of their own kind, with constructors of their own.
CLASSES = [
    found
    for found in PUBLIC.values()
    if isinstance(found, type)
    and issubclass(found, Row)
    and hasattr(found, "_menu")
    and found._kind == found._menu.path
]
META = {"adopt", "position", "router"}
# Pulumi's Input is written with forward references, which it resolves the same way itself.
FORWARD = {"Output": pulumi.Output, "T": type(None)}


def arguments(kind):
    return typing.get_type_hints(getattr(wiretik, f"{kind.__name__}Args"), localns=FORWARD, include_extras=True)


def outputs(kind):
    """The type in each output, by name, as the class and its mixins annotate it."""
    names = vars(sys.modules[kind.__module__])
    hints = {name: eval(text, names) for name, text in kind.__annotations__.items() if name[0] != "_"}
    return {name: typing.get_args(hint)[0] for name, hint in hints.items()}


def test_there_is_a_class_for_every_menu():
    lists = {wiretik.AddressList._menu.path, wiretik.Ipv6AddressList._menu.path}
    assert {kind._menu.path for kind in CLASSES} | lists == set(MENUS)


@pytest.mark.parametrize("kind", CLASSES)
def test_the_arguments_are_the_properties_that_the_menu_takes(kind):
    assert set(arguments(kind)) - META == {field.attribute for field in kind._menu.taken}


@pytest.mark.parametrize("kind", CLASSES)
def test_an_argument_must_be_given_where_the_menu_requires_it_and_no_logical_name_stands_in(kind):
    required = {name for name, hint in arguments(kind).items() if typing.get_origin(hint) is typing.Required}
    assert required == {field.attribute for field in kind._menu.writable if field.required} - {kind._named}


@pytest.mark.parametrize("kind", CLASSES)
def test_only_rows_with_an_order_take_a_position(kind):
    assert ("position" in arguments(kind)) == kind._menu.ordered


@pytest.mark.parametrize("kind", CLASSES)
def test_the_outputs_are_those_of_the_menu_in_the_type_that_its_codec_gives(kind):
    assert set(outputs(kind)) == {field.attribute for field in kind._menu.outputs}
    pulumis = resource_types(kind)
    for field in kind._menu.outputs:
        number = isinstance(field.codec, Int) and not (field.codec.words or field.codec.negatable)
        wanted = bool if isinstance(field.codec, Bool) else int if number else str
        wanted = Sequence[str] if isinstance(field.codec, Csv) else wanted
        assert pulumis[field.attribute] == wanted, field.name


@pytest.mark.parametrize("kind", CLASSES)
def test_an_output_may_be_none_where_a_row_may_lack_the_property(kind):
    for field in kind._menu.outputs:
        if field.default is None and not field.required and not field.computed and not field.read_only:
            assert type(None) in typing.get_args(outputs(kind)[field.attribute]), field.name


def documented(kind):
    """Every annotated name of the classes of a module, and whether a docstring stands under it."""
    tree = ast.parse(inspect.getsource(sys.modules[kind.__module__]))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for member, under in zip(node.body, [*node.body[1:], None], strict=True):
                if isinstance(member, ast.AnnAssign) and member.target.id[0] != "_":
                    yield f"{node.name}.{member.target.id}", isinstance(under, ast.Expr)


@pytest.mark.parametrize("kind", [*CLASSES, RowArgs, wiretik.Matchers, AnyPacketOutputs])
def test_every_argument_and_output_has_a_docstring_under_it(kind):
    assert [name for name, said in documented(kind) if not said] == []


@pytest.mark.parametrize("kind", CLASSES)
def test_help_shows_an_example_what_is_raised_and_every_property(kind):
    text = inspect.getdoc(kind)
    assert "Example:" in text
    assert "Raises:" in text
    for field in kind._menu.writable:
        assert f"    {field.attribute}: " in text


@pytest.mark.parametrize("kind", CLASSES)
def test_the_example_of_every_class_is_a_call_that_takes_these_properties(kind):
    code = inspect.getdoc(kind).partition("```python")[2].partition("```")[0]
    calls = [
        node
        for node in ast.walk(ast.parse(inspect.cleandoc(code)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == kind.__name__
    ]
    assert calls
    for call in calls:
        assert {keyword.arg for keyword in call.keywords} <= set(arguments(kind))


def test_the_reference_pages_are_what_the_code_says(pytestconfig):
    folder = pytestconfig.rootpath / "docs" / "reference"
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert written == reference.pages(), "run: python -m tools.reference"


def test_the_reference_names_every_public_class():
    text = "".join(reference.pages().values())
    for name, found in PUBLIC.items():
        if isinstance(found, type) and not typing.is_typeddict(found):
            assert f"## {name}\n" in text


def test_reference_pages_are_written_into_the_folder_that_is_named(tmp_path):
    reference.main(str(tmp_path / "pages"))
    assert (tmp_path / "pages" / "index.md").read_text(encoding="utf-8") == reference.pages()["index.md"]
