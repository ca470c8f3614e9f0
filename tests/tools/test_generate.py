"""The typed classes and the reference pages are what the descriptors say, and nothing is said of a property twice."""

import attrs
import pytest

from tools.generate import classes, every, layout, schema
from tools.generate.__main__ import PAGES, RESOURCES, SCHEMA, STUB
from tools.generate.text import docstring
from wiretik_provider.codecs.base import Csv, Enum, Int, Text
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Field

MADE = classes.modules(MENUS)


def changed(path, name, **how):
    """Every menu, and one property of one of them another one."""
    menu = MENUS[path]
    fields = tuple(attrs.evolve(field, **how) if field.name == name else field for field in menu.listed)
    return classes.modules({**MENUS, path: attrs.evolve(menu, fields=fields)})


@pytest.mark.parametrize("name", MADE)
def test_a_generated_module_is_what_the_descriptors_say(name, pytestconfig):
    text = (pytestconfig.rootpath / RESOURCES / f"{name}.py").read_text(encoding="utf-8")
    assert text == MADE[name], "run: make generate"


def test_the_plugins_schema_is_what_the_descriptors_say(pytestconfig):
    text = (pytestconfig.rootpath / SCHEMA).read_text(encoding="utf-8")
    assert text == schema.schema(), "run: make generate"


def test_the_stub_and_the_pages_of_all_menus_are_what_the_descriptors_say(pytestconfig):
    assert (pytestconfig.rootpath / STUB).read_text(encoding="utf-8") == every.stub(), "run: make generate"
    there = {file.name: file.read_text(encoding="utf-8") for file in (pytestconfig.rootpath / PAGES).glob("*.md")}
    assert there == every.pages(), "run: make generate"


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"default": "1500"}, "Largest packet inside the tunnel. Takes a number, 0 to 65535, or `auto`; default 1500."),
        ({"since": "7.30"}, "default 1420; RouterOS 7.30 and\n    newer."),
        ({"codec": Int(0, 1500), "default": 1420}, "    mtu: Number\n"),
        ({"meaning": "How much fits."}, "How much fits. Takes a number"),
        ({"required": True, "default": None}, "    mtu: Required[pulumi.Input[str]]\n"),
        ({"default": None}, "    mtu: pulumi.Output[str | None]\n"),
    ],
)
def test_a_changed_descriptor_is_a_changed_class(how, said):
    made = changed("/interface/wireguard", "mtu", **how)
    assert said in made["interfaces"]
    assert made["interfaces"] != MADE["interfaces"]


def test_what_all_rules_say_alike_stands_once_and_what_one_says_alone_stands_with_that_one():
    assert "src_port" in MADE["matchers"]
    assert "src_port" not in MADE["firewall"]
    other = changed("/ip/firewall/raw", "src-port", meaning="Another port.")
    assert other["firewall"].count('    src_port: Ports\n    """Another port. ') == 1
    assert other["matchers"].count("Another port.") == 0


@pytest.mark.parametrize("path", MENUS)
def test_a_meaning_is_a_sentence_that_leaves_to_the_descriptor_what_the_descriptor_says(path):
    for field in MENUS[path].outputs:
        assert field.meaning.endswith("."), field.name
        assert field.meaning[0].isupper(), field.name
        assert not any(word in field.meaning for word in ("Default ", "Factory value", "and newer", "unless given"))


def test_each_menu_has_its_class_once_and_each_menu_of_rules_its_block():
    rows = [part.path for module in layout.MODULES for part in module.parts if isinstance(part, layout.One)]
    assert sorted(rows) == sorted(path for path, menu in MENUS.items() if menu.resource)
    assert sorted(chain.path for chain in layout.CHAINS) == sorted(path for path, menu in MENUS.items() if menu.ordered)
    assert all(menu.about for menu in MENUS.values() if menu.resource)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (Field(name="x", codec=Text(), meaning="Text."), "Text."),
        (Field(name="x", codec=Csv(Text()), meaning="Texts."), "Texts. Takes a list, each text."),
        (Field(name="x", codec=Enum(("a", "b")), default="a", meaning="It."), "It. Takes one of `a` `b`; default a."),
        (Field(name="x", codec=Text(), required=True, meaning="Text."), "Text."),
        (Field(name="x", codec=Text(), since="7.9", meaning="Text."), "Text. RouterOS 7.9 and newer."),
    ],
)
def test_a_property_is_explained_by_its_meaning_and_by_what_its_type_does_not_say(field, said):
    assert classes.explained(field) == said


def test_an_output_is_told_by_the_first_sentence_of_its_meaning_unless_it_has_words_of_its_own():
    field = Field(name="x", codec=Text(), meaning="The port. It is often 7.9.")
    assert classes.result_text(field) == "The port."
    assert classes.result_text(attrs.evolve(field, tells="Where it listens.")) == "Where it listens."


def test_a_docstring_has_room_for_its_quotes():
    lines = docstring(f"{'word ' * 22}end.", 4)
    assert lines[-1].endswith('"""')
    assert all(len(line) <= 120 for line in lines)
