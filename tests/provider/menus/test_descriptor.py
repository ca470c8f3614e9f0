"""A descriptor checks itself: a contradiction ends at construction, with the field's name."""

import pytest

from wiretik_provider.codecs.base import Bool, Flag, Text
from wiretik_provider.menus.descriptor import Field, Menu, version

COMMENT = Field(name="comment", codec=Text())
NAME = Field(name="name", codec=Text(), required=True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"required": True, "default": "a"}, "required and with a default"),
        ({"required": True, "read_only": True}, "required and read-only"),
        ({"required": True, "computed": True}, "required and computed"),
        ({"computed": True, "default": "a"}, "computed and with a default"),
        ({"computed": True, "read_only": True}, "read-only and computed"),
        ({"volatile": True}, "volatile, but the program may set it"),
        ({"write_only": True, "read_only": True}, "neither written nor read"),
        ({"codec": Flag(), "default": False}, "a presence flag has no default"),
        ({"filled": True}, "filled in, but the program gives it"),
        ({"name": "listen_port"}, "RouterOS writes names with '-'"),
    ],
)
def test_a_field_that_contradicts_itself_is_no_field(wrong, told):
    with pytest.raises(ValueError, match=told) as error:
        Field(**{"name": "x", "codec": Text(), **wrong})
    assert wrong.get("name", "x") in str(error.value)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"fields": (COMMENT, COMMENT, NAME)}, "each field once"),
        ({"named": "nmae"}, "no field nmae"),
        ({"key": ("nmae",)}, "no field nmae"),
        ({"unique": (("port",),)}, "no field port"),
        ({"kin": ("port",)}, "no field port"),
        ({"ordered": True, "chain": "chain"}, "no field chain"),
        ({"chain": "name"}, "chains without an order"),
        ({"singleton": True, "key": ("name",)}, "neither key nor order"),
        ({"singleton": True, "ordered": True}, "neither key nor order"),
        ({"fields": (NAME,)}, "can't carry a tag"),
    ],
)
def test_a_menu_that_contradicts_itself_is_no_menu(wrong, told):
    with pytest.raises(ValueError, match=told) as error:
        Menu(**{"path": "/x", "noun": "x", "fields": (COMMENT, NAME), **wrong})
    assert "/x" in str(error.value)


def test_a_menu_finds_fields_in_both_spellings_and_knows_what_is_written_and_what_is_put_out():
    port = Field(name="listen-port", codec=Text())
    running = Field(name="running", codec=Bool(), read_only=True, volatile=True)
    vrf = Field(name="vrf", codec=Text(), read_only=True)
    menu = Menu(path="/x", noun="x", fields=(COMMENT, port, running, vrf))
    assert menu.by_name["listen-port"] is menu.by_attribute["listen_port"] is port
    assert menu.writable == (COMMENT, port)
    assert menu.outputs == (COMMENT, port, vrf)


def test_a_menu_sorts_its_fields_by_name_and_keeps_the_order_in_which_they_are_listed():
    menu = Menu(path="/x", noun="x", fields=(NAME, COMMENT))
    assert menu.fields == (COMMENT, NAME)
    assert menu.listed == (NAME, COMMENT)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("7.23.2 (stable)", (7, 23, 2)), ("7.24beta3", (7, 24)), ("7.20.8 (long-term)", (7, 20, 8)), ("7.9", (7, 9))],
)
def test_a_version_is_read_as_routers_print_it(text, numbers):
    assert version(text) == numbers


def test_a_field_belongs_to_the_versions_that_have_it():
    field = Field(name="x", codec=Text(), since="7.9", until="7.16")
    assert [field.on(version(text)) for text in ("7.8.5", "7.9", "7.15.3", "7.16", "7.24")] == [
        False,
        True,
        True,
        False,
        False,
    ]
