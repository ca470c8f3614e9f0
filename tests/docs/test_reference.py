"""The reference has each public name with what it takes, and nothing that a program can't import."""

import functools
import re
from enum import Enum
from typing import is_typeddict

import attrs
import pytest

import wiretik as wt
from tools import reference, signatures
from wiretik.resources.base.row import Row

NO_TABLE = {"AddressListRef", "Ipv6AddressListRef", "InterfaceRef", "ListRef", "TableRef", "Refusal", "Row"}
"""Names of types, an error, and a class that nobody makes one of."""


@functools.cache
def written():
    return reference.pages()


@functools.cache
def entries():
    """What stands below each heading of the second level, by its name."""
    found = {}
    for page, text in written().items():
        if page != "index.md":
            for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
                name, _, body = part.partition("\n")
                assert name not in found, name
                found[name] = body
    return found


def rows(name):
    """The rows of the tables of an entry, by the argument, as cells."""
    cells = [re.split(r"(?<!\\) \| ", line.strip("| ")) for line in entries()[name].splitlines() if line[:3] == "| `"]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_each_public_name_has_an_entry_and_nothing_else_has_one():
    assert sorted(entries()) == sorted(wt.__all__)


@pytest.mark.parametrize("name", wt.__all__)
def test_an_entry_says_types_defaults_and_meanings(name):
    public, body = getattr(wt, name), entries()[name]

    assert re.match(r"\n[^\n#|*-]", body), "it begins with a sentence"
    if name in NO_TABLE or isinstance(public, wt.Position):
        return
    if isinstance(public, type) and issubclass(public, Enum):
        assert all(f"`{one}`" in body for one in public)
    elif isinstance(public, type) and is_typeddict(public):
        assert "**Properties**: those of [" in body or rows(name)
    elif isinstance(public, type) and issubclass(public, Row) and hasattr(wt, f"{name}Args"):
        assert {"**Properties**", "**Outputs**", "**Adopt**", "**Import**", "**Example**"} <= {
            *re.findall(r"\*\*\w+\*\*", body)
        }
    else:
        for argument, taken in signatures.taken(public).items():
            assert rows(name)[argument][:2] == [taken.takes, taken.default], argument
            assert len(rows(name)[argument][2]) > 3, argument


@pytest.mark.parametrize("name", [name for name in wt.__all__ if attrs.has(getattr(wt, name))])
def test_what_no_text_shows_is_said_to_be_secret(name):
    for field in attrs.fields(getattr(wt, name)):
        if not field.repr and field.name[0] != "_":
            assert rows(name)[field.name][1].endswith("secret")


@pytest.mark.parametrize(
    ("annotation", "default", "said"),
    [
        ("str", ..., "`str`"),
        ("pulumi.Input[str] | None", None, "`str` or an output"),
        ("str | None", "x", "`str` or `None`"),
        ("pulumi.Input[str | int]", "", "`str or int` or an output"),
        ("Ref | None", None, "a name or a resource"),
        ("Callable[[], object] | None", None, "`Callable[[], object]`"),
    ],
)
def test_a_type_reads_as_words(annotation, default, said):
    assert signatures.in_words(annotation, default) == said
