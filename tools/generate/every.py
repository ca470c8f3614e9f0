"""The stub and the pages of the classes that `wiretik.menus` makes at run time, from the file of all menus.

Pure. Rule: a class has the name of its type, and takes and gives what its descriptor says; where a menu has a class of
its own it is that one. A page says of a property its form and its versions: what it means MikroTik's manual says.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from tools.generate.types import output
from wiretik_provider.codecs.base import Bool, Csv
from wiretik_provider.codecs.loose import Loose, Rights, Words
from wiretik_provider.menus import at, every
from wiretik_provider.menus.descriptor import Field, Menu

__all__ = ["about", "pages", "said", "stub"]

_HEAD: Final = '''\
"""A class for every menu that RouterOS has; which there are says docs/reference/every/index.md."""

# Generated from the file of all menus by `make generate`; change that, or tools/generate/every.py.

from collections.abc import Mapping as _Mapping, Sequence as _Sequence

from pulumi import Input as _Input, Output as _Output, ResourceOptions as _Options

from wiretik.resources.base.arguments import Flag as _Flag, Span as _Span, Text as _Text, Texts as _Texts
from wiretik.resources.every.resource import MenuResource as _Menu
from wiretik.resources.base.position import Position as _Position
from wiretik.resources.base.router import Router as _Router
from wiretik.resources.base.row import Not as _Not, Row as _Row
'''
_ALIASES: Final = """
_Name = _Input[str] | _Row | _Not | _Sequence[_Input[str] | _Row] | None
_Value = _Span | _Texts | _Flag
"""
_WIDTH: Final = 120
_KEPT: Final = "~"
"""Stands for a space at which no line ends."""
_SHAPES: Final = {"L": "rows", "O": "rows in an order", "R": "rows that only the router makes", "S": "one row"}
_FORMS: Final = {
    "number": "a number",
    "time": "a time",
    "list": "a list",
    "address": "an address",
    "mac": "a MAC address",
    "name": "a name",
}


def _menus() -> Iterator[Menu]:
    for path in every.heads():
        if menu := at(path):
            yield menu


def stub() -> str:
    """The text of `wiretik/menus.pyi`."""
    typed = sorted(menu.resource for menu in _menus() if menu.resource)
    made = [menu for menu in _menus() if not menu.resource]
    names = sorted([*typed, *(menu.token for menu in made)])
    listed = textwrap.fill(", ".join(f'"{name}"' for name in names), _WIDTH - 4, break_long_words=False)
    imports = "".join(f"from wiretik import {name} as {name}\n" for name in typed)
    public = f"\n__all__ = [\n{textwrap.indent(listed, '    ')},\n]\n"
    return _HEAD + imports + public + _ALIASES + "".join(f"\n{line}" for menu in made for line in _class(menu)) + "\n"


def _class(menu: Menu) -> Iterator[str]:
    yield f"class {menu.token}(_Menu):"
    yield f'    """{about(menu)}."""'
    yield ""
    first = ["self", "resource_name: str", "opts: _Options | None = None", "*"]
    first += ["find: str | _Mapping[str, str]"] if menu.fixed else []
    first += ["router: _Router | str = ...", "extra: _Mapping[str, _Value] = ..."]
    first += [] if menu.singleton else ["adopt: bool = ..."]
    first += ["position: _Position | None = ..."] if menu.ordered else []
    words = [*first, *(f"{field.attribute}: {_argument(field)} = ..." for field in menu.taken)]
    yield "    def __init__("
    whole = ", ".join(word.replace(" ", _KEPT) for word in words) + ","
    for line in textwrap.wrap(whole, _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8, break_long_words=False):
        yield line.replace(_KEPT, " ")
    yield "    ) -> None: ..."
    yield from (f"    {field.attribute}: {_output(field, menu)}" for field in menu.outputs)
    yield ""


def _argument(field: Field) -> str:
    codec = field.codec
    if field.references or field.may_name:
        return "_Name"
    if isinstance(codec, Bool):
        return "_Flag"
    form = codec.form if isinstance(codec, Loose) else ""
    if isinstance(codec, Words | Rights | Csv) or form == "list":
        return "_Texts"
    return {"number": "_Span", "time": "_Span", "address": "_Text", "mac": "_Text", "name": "_Name"}.get(form, "_Value")


def _output(field: Field, menu: Menu) -> str:
    found = "_Output[str]" if field.name == menu.named else output(field)
    return found.replace("pulumi.Output", "_Output").replace("Sequence", "_Sequence")


def about(menu: Menu) -> str:
    """What a menu is, in half a sentence."""
    shape = "R" if menu.fixed else "S" if menu.singleton else "O" if menu.ordered else "L"
    key = "" if menu.singleton or not menu.key else f", known by {' and '.join(menu.key)}"
    hardware = "; only some boards have it" if "hardware" in every.heads()[menu.path].marks else ""
    return f"`{menu.path}`: {_SHAPES[shape]}{key}{menu.span}{hardware}"


def pages() -> dict[str, str]:
    """The reference pages by their files' names: one for each branch of menus, and the list of all."""
    branches: dict[str, list[Menu]] = defaultdict(list)
    for menu in _menus():
        branches[menu.path.split("/")[1]].append(menu)
    texts = {f"{branch}.md": "\n".join(_page(branch, menus)) + "\n" for branch, menus in sorted(branches.items())}
    return {"index.md": "\n".join(_index(branches)) + "\n", **texts}


def _index(branches: dict[str, list[Menu]]) -> Iterator[str]:
    count = sum(map(len, branches.values()))
    yield "# Every menu, by class"
    yield ""
    yield f"`from wiretik import menus` has {count} classes, one for each menu that RouterOS can be configured by"
    yield "([every menu](../../menus.md)); those that are described by hand have [pages of their own](../index.md)."
    yield ""
    yield "| Menu | Class | Has |"
    yield "| --- | --- | --- |"
    for branch, menus in sorted(branches.items()):
        for menu in menus:
            what = about(menu).partition(": ")[2].replace("|", "\\|")
            yield f"| `{menu.path}` | [{menu.token}]({branch}.md#{menu.token.lower()}) | {what} |"


def _page(branch: str, menus: Iterable[Menu]) -> Iterator[str]:
    yield f"# /{branch}"
    yield ""
    yield "Classes of `wiretik.menus`. Properties have RouterOS's names with `_` for `-` and `.`; MikroTik's manual"
    yield "says what they mean. One that isn't declared stays as it is ([every menu](../../menus.md))."
    for menu in menus:
        yield from ("", f"## {menu.token}", "", f"{about(menu)}.")
        if menu.resource:
            yield from ("", f"It is `wt.{menu.resource}`, which has [a page of its own](../index.md).")
            continue
        plain = [field.attribute for field in menu.taken if not any(said(field, menu))]
        told = [field for field in menu.taken if any(said(field, menu))]
        if told:
            yield from ("", "| Property | Takes | |", "| --- | --- | --- |")
            for field in told:
                form, notes = said(field, menu)
                yield f"| `{field.attribute}` | {form} | {notes} |"
        if plain:
            yield ""
            yield from textwrap.wrap(f"Text: {', '.join(f'`{name}`' for name in plain)}.", _WIDTH)


def said(field: Field, menu: Menu) -> tuple[str, str]:
    """What a property takes, and what else is known of it."""
    codec, form = field.codec, ""
    if field.references or field.may_name:
        form = f"a name in `{field.references or field.may_name}`"
    elif isinstance(codec, Bool):
        form = "True or False"
    elif isinstance(codec, Words):
        form = " ".join(f"`{word}`" for word in codec.words)
    elif isinstance(codec, Loose):
        form = _FORMS.get(codec.form, "")
    notes = [
        "the logical name unless given" if field.name == menu.named else "",
        "the manual calls it mandatory" if field.asked and field.name != menu.named else "",
        "secret" if field.secret else "",
        "only when the row is added" if field.add_only else "",
        f"RouterOS {field.since} and newer" if field.since else "",
        f"before RouterOS {field.until}" if field.until else "",
        f"`{field.was}` before, it seems" if field.was else "",
    ]
    return form, "; ".join(filter(None, notes))
