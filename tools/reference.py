"""Writes the reference pages: `python -m tools.reference [FOLDER]`.

Nothing on a page is written by hand. What a property of a menu takes and means, its default and its versions come from
the provider's descriptors; everything else from the docstrings of what is public.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import EnumType
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Final, is_typeddict

import attrs

from tools.reference_examples import EXAMPLES
from tools.reference_layout import PAGES, TITLES
from tools.signatures import Taken, taken
from wiretik.resources.base.row import Row
from wiretik.resources.base.words import remarks, takes
from wiretik_provider.menus import MENUS
from wiretik_provider.menus.descriptor import Field, Menu

__all__ = ["main", "pages"]

_METHODS: Final = {
    "Expect": ("reaches", "is_dropped", "leaves_by", "never_leaves_by", "keeps_off"),
    "FarEnd": ("of",),
    "Row": ("get",),
    "Tunnel": ("admit",),
}
"""What people call of a class besides making one."""

_PAGE: Final = re.compile(r"`docs/([\w-]+)\.md`")
"""How a docstring names a page."""

_SECTIONS: Final = ("Args", "Attributes", "Example", "Raises", "Returns", "Yields")
_META: Final = {
    "router": "a router or its name",
    "adopt": "True or False",
    "position": "a position",
}


_SHARED: Final = {
    "FirewallRuleArgs": "/ip/firewall/filter",
    "Matchers": "/ip/firewall/filter",
    "PacketMatchers": "/ip/firewall/filter",
    "StatefulMatchers": "/ip/firewall/filter",
    "Ipv6Matchers": "/ipv6/firewall/filter",
    "Ipv6PacketMatchers": "/ipv6/firewall/filter",
    "Ipv6StatefulMatchers": "/ipv6/firewall/filter",
}
"""Arguments that several classes share, which have a place of their own, with a menu that says what they take."""


class _Source:
    """What a module's text says: the docstrings of its classes and functions, and those under annotations."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        tree = ast.parse(inspect.getsource(module))
        self.doc = ast.get_docstring(tree) or ""
        self.named = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
        self.constants = {
            node.targets[0].id: _text(under)
            for node, under in zip(tree.body, tree.body[1:], strict=False)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _text(under)
        }

    def summary(self, name: str) -> str:
        """A class's own docstring, without what `Row` adds to it at run time."""
        return ast.get_docstring(self.named[name]) or ""

    def attributes(self, name: str) -> dict[str, str]:
        """The annotated names of a class, in order, with what stands under each."""
        body = self.named[name].body
        return {
            node.target.id: " ".join(_text(under).split())
            for node, under in zip(body, [*body[1:], ast.Pass()], strict=True)
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id[0] != "_"
        }


def _text(node: ast.stmt) -> str:
    """The text of a statement that is a string and nothing else."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return inspect.cleandoc(node.value.value)
    return ""


def pages() -> dict[str, str]:
    """Every page's text by its file's name."""
    layout = _layout()
    named = [*(name for names in layout.values() for name in names), "rule_outputs"]
    sources = {name: _Source(importlib.import_module(_full(name))) for name in named}
    written = {f"{page}.md": _page([sources[name] for name in names], sources, page) for page, names in layout.items()}
    return {"index.md": _index(layout, sources), **written}


def _layout() -> dict[str, tuple[str, ...]]:
    """The pages, with the modules of all public names."""
    package = importlib.import_module("wiretik")
    placed = {name for names in PAGES.values() for name in names}
    layout: dict[str, tuple[str, ...]] = dict(PAGES)
    for public in package.__all__:
        full = getattr(getattr(package, public), "__module__", "")
        module = full.removeprefix("wiretik.").removeprefix("resources.")
        # The value of a constant has a module too: that of its type.
        if module not in placed and public in getattr(sys.modules.get(full), "__all__", ()):
            page = module.partition(".")[0]
            layout[page] = (*layout.get(page, ()), module)
            placed.add(module)
    return layout


def _full(name: str) -> str:
    """A module's whole name: components stand beside the resources, which are named by themselves."""
    return f"wiretik.{name}" if name.startswith("components.") else f"wiretik.resources.{name}"


def _wanted() -> frozenset[str]:
    """The names that a program imports."""
    return frozenset(importlib.import_module("wiretik").__all__)


def _index(layout: Mapping[str, tuple[str, ...]], sources: Mapping[str, _Source]) -> str:
    lines = [
        "# Reference",
        "",
        "Properties have RouterOS's names with `_` for `-`. One that isn't given has its default, on the router too: a",
        "row that somebody changed by hand is drift, and the next `up` mends it. Only values that the router chooses",
        "itself are left alone unless they are given.",
        "",
        "Every name here is `wiretik`'s, and changes only as the [changelog](../../CHANGELOG.md) promises. Besides",
        "them the command `wiretik` is public, with its options and exit codes, and `wiretik.testing`",
        "([testing](../testing.md)).",
    ]
    for page, names in layout.items():
        title, _ = _title([sources[name] for name in names], page)
        lines += ["", f"## {title}", "", "| Name | What it is | RouterOS |", "| --- | --- | --- |"]
        for source in (sources[name] for name in names):
            for name, kind in _public(source):
                menu = _menu_of(kind)
                path = f"`{menu.path}`" if menu else ""
                first = source.summary(name).split("\n\n", maxsplit=1)[0].replace("\n", " ")
                lines.append(f"| [{name}]({page}.md#{name.lower()}) | {first} | {path} |")
    return "\n".join(lines) + "\n"


def _menu_of(kind: object) -> Menu | None:
    """The menu of a resource's class; None for whatever else is public."""
    if not (isinstance(kind, type) and issubclass(kind, Row)):
        return None
    found: Menu | None = getattr(kind, "_menu", None)
    return found


def _public(source: _Source) -> Iterator[tuple[str, object]]:
    """The classes and functions of a module that are used by name; a resource's arguments are described with it."""
    wanted = _wanted()
    for name in source.named:
        kind = getattr(source.module, name)
        if name in wanted and not is_typeddict(kind):
            yield name, kind


def _title(parts: list[_Source], page: str) -> tuple[str, str]:
    """A page's heading, and what stands below it."""
    if page in TITLES:
        return TITLES[page]
    title, _, rest = parts[0].doc.partition("\n\n")
    return title.rstrip("."), rest


def _page(parts: list[_Source], sources: Mapping[str, _Source], page: str) -> str:
    title, rest = _title(parts, page)
    out = [f"# {title}", ""]
    out += [rest, ""] if rest else []
    wanted = _wanted()
    for source in parts:
        for name, kind in _public(source):
            out += _entry(source, name, kind, sources)
        for name, text in source.constants.items():
            if name in wanted:
                out += [f"## {name}", "", _markdown(_with_example(name, text)), ""]
        for name in (name for name in source.named if name in wanted and is_typeddict(getattr(source.module, name))):
            out += _typed(source, name, sources)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def _typed(source: _Source, name: str, sources: Mapping[str, _Source]) -> Iterator[str]:
    """A class of arguments: a table of its own, or the difference from that of the resource that takes them."""
    yield f"## {name}"
    yield ""
    yield _markdown(_with_example(name, source.summary(name)))
    yield ""
    if name in _SHARED:
        yield from _arguments(sources, name, MENUS[_SHARED[name]].by_attribute)
    elif name == "RowArgs":
        yield from _arguments(sources, name, {})
    else:
        resource = name.removesuffix("Args") if name.endswith("Args") else name.replace("Chain", "", 1)
        whole = resource if _home(sources, resource) else f"{resource}Rule"
        package = importlib.import_module("wiretik")
        without = vars(package)[f"{whole}Args"].__annotations__.keys() - getattr(package, name).__annotations__.keys()
        told = ", ".join(f"`{one}`" for one in sorted(without))
        yield f"**Properties**: those of [{whole}](#{whole.lower()})" + (f" without {told}." if told else ".")
    yield ""


def _entry(source: _Source, name: str, kind: object, sources: Mapping[str, _Source]) -> Iterator[str]:
    """What is said of one class or function."""
    yield f"## {name}"
    yield ""
    menu = _menu_of(kind)
    if menu:
        yield f"`{menu.path}`"
        yield ""
    summary, arguments = _with_example(name, source.summary(name)), taken(kind)
    yield _markdown(summary, arguments)
    yield ""
    if isinstance(kind, type) and attrs.has(kind) and "Attributes:" not in summary and "Args:" not in summary:
        under = source.attributes(name)
        lines = [f"    {argument}: {under.get(argument, '')}" for argument in arguments]
        yield _markdown("\n".join(["Args:", *lines]), arguments)
        yield ""
    if isinstance(kind, EnumType):
        values: list[object] = [*kind]
        yield f"**Values**: {', '.join(f'`{value}`' for value in values)}."
        yield ""
    row = bool(menu and f"{name}Args" in source.named)
    if menu and row:
        named = getattr(kind, "_named", "")
        yield from _arguments(sources, f"{name}Args", {field.attribute: field for field in menu.taken}, menu, named)
        yield ""
        yield from _results(sources, kind)
        yield from _adopted_and_imported(menu, name)
    elif menu and (text := inspect.getattr_static(kind, "__init__").__doc__):
        yield _markdown(_sections(inspect.cleandoc(text)), arguments)
        yield ""
    if not row and isinstance(kind, type):
        yield from _component_outputs(kind, source.attributes(name))
    yield from _methods(source, name, _METHODS.get(name, ()))


def _with_example(name: str, summary: str) -> str:
    """A docstring with the example that stands elsewhere, in front of its sections."""
    if name not in EXAMPLES:
        return summary
    lines = summary.splitlines()
    at = next((number for number, line in enumerate(lines) if line.removesuffix(":") in _SECTIONS), len(lines))
    example = ["Example:", *(f"    {line}" for line in ("```python", *EXAMPLES[name].splitlines(), "```"))]
    return "\n".join([*lines[:at], *([] if at < len(lines) else [""]), *example, "", *lines[at:]]).rstrip()


def _results(sources: Mapping[str, _Source], kind: object) -> Iterator[str]:
    """The outputs of a resource."""
    yield "**Outputs**"
    yield ""
    for attribute, text in _outputs(sources, kind):
        yield f"- `{attribute}`: {text}"
    yield f"- `row_id`: {sources['base.row'].attributes('Row')['row_id']}"
    yield ""


def _component_outputs(kind: type, outputs: Mapping[str, str]) -> Iterator[str]:
    """The annotated outputs of a class that isn't made of values alone."""
    told = {name: text for name, text in outputs.items() if text}
    if not attrs.has(kind) and kind is not Row and told:
        yield "**Outputs**"
        yield ""
        for name, text in told.items():
            yield f"- `{name}`: {text}"
        yield ""


def _adopted_and_imported(menu: Menu, name: str) -> Iterator[str]:
    """How a row that is there becomes this resource."""
    keys = [menu.by_name[key].attribute for key in menu.key]
    if menu.singleton:
        yield "**Adopt**: the row is always there, so nothing is to be said; destroy gives it its former values back."
        id_, why = menu.path, "the menu's path"
    elif keys:
        known = " and ".join(f"`{key}`" for key in keys)
        yield f"**Adopt**: `adopt=True` takes over the row with the same {known}."
        id_, why = ",".join(key.upper().replace("_", "-") for key in keys), "its key, or the router's `.id`"
    else:
        yield "**Adopt**: `adopt=True` takes over a row that is equal."
        id_, why = "'*1A'", "the router's `.id`"
    yield ""
    command = f"pulumi import wiretik:index:{name} RESOURCE {id_}"
    yield f"**Import**, by [the package](../plugin.md): `{command}`; the last word is {why}."
    yield ""


def _sections(text: str) -> str:
    """A docstring without its first paragraph."""
    return text.partition("\n\n")[2]


def _outputs(sources: Mapping[str, _Source], kind: object) -> Iterator[tuple[str, str]]:
    """A class's own outputs and those of its mixins."""
    for base in reversed(kind.__mro__ if isinstance(kind, type) else ()):
        if base is not Row and (source := _home(sources, base.__name__)):
            yield from source.attributes(base.__name__).items()


def _home(sources: Mapping[str, _Source], name: str) -> _Source | None:
    """The module in which a class is."""
    return next((source for source in sources.values() if name in source.named), None)


def _arguments(
    sources: Mapping[str, _Source], name: str, fields: Mapping[str, Field], menu: Menu | None = None, named: str = ""
) -> Iterator[str]:
    own, others = _family(sources, name)
    here = _page_of(sources, name)
    links = " and ".join(
        f"[{base}]({'' if (page := _page_of(sources, base)) == here else f'{page}.md'}#{base.lower()})"
        for base in others
    )
    yield f"**Properties**{', besides those of ' + links if links else ''}"
    yield ""
    yield "| Property | Takes | | Meaning |"
    yield "| --- | --- | --- | --- |"
    for attribute, text in own.items():
        field = fields.get(attribute)
        what = takes(field) if field else _META.get(attribute, "")
        notes = "; ".join(remarks(field, menu, named)) if field else ""
        yield f"| `{attribute}` | {_cell(what)} | {_cell(notes)} | {_cell(field.meaning if field else text)} |"


def _page_of(sources: Mapping[str, _Source], name: str) -> str:
    """The page on which a class of arguments stands."""
    module = next((known for known, source in sources.items() if name in source.named), "")
    return next((page for page, names in PAGES.items() if module in names), "")


def _family(sources: Mapping[str, _Source], name: str) -> tuple[dict[str, str], list[str]]:
    """The properties of a class of arguments with those of its bases, and the bases that have a place of their own."""
    source = _home(sources, name)
    if source is None:
        return {}, []
    own: dict[str, str] = {}
    others: list[str] = []
    for base in (base.id for base in getattr(source.named[name], "bases", ()) if isinstance(base, ast.Name)):
        if base in _SHARED:
            others.append(base)
        elif base != "RowArgs":
            inherited, more = _family(sources, base)
            own |= inherited
            others += more
    return {**own, **source.attributes(name)}, others


def _methods(source: _Source, name: str, wanted: Sequence[str]) -> Iterator[str]:
    for node in source.named[name].body:
        if isinstance(node, ast.FunctionDef) and node.name in wanted:
            yield f"### {name}.{node.name}"
            yield ""
            yield _markdown(ast.get_docstring(node) or "", taken(getattr(getattr(source.module, name), node.name)))
            yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _markdown(text: str, known: Mapping[str, Taken] = MappingProxyType({})) -> str:
    """A docstring of Google's convention as Markdown: its sections become headings with a table, a list or code.

    Args:
        text: the docstring.
        known: the types and defaults of arguments; a section that has one of them is a table.
    """
    out: list[str] = []
    section, rows = "", False
    for line in text.splitlines():
        head = line.removesuffix(":")
        if head in _SECTIONS and line.endswith(":"):
            section, rows = head, False
            out += ["", f"**{section}**", ""]
        elif section == "Example" or not section:
            out.append(line.removeprefix("    ") if section else line)
        elif line.startswith("     "):
            out[-1] = out[-1].removesuffix(" |") + f" {_cell(line.strip())}" + " |" * rows
        else:
            name, colon, rest = line.strip().partition(": ")
            if section in ("Args", "Attributes") and name in known:
                if not rows:
                    out[-2] = "**Arguments**"
                    out += ["| Argument | Takes | Default | Meaning |", "| --- | --- | --- | --- |"]
                rows = True
                out.append(f"| `{name}` | {_cell(known[name].takes)} | {_cell(known[name].default)} | {_cell(rest)} |")
            else:
                out += ["", "**Results**", ""] if rows and colon else []
                rows = False
                out.append(f"- `{name}`: {rest}" if colon else line.strip())
    return _PAGE.sub(r"[\1](../\1.md)", "\n".join(out))


def main(folder: str = "docs/reference") -> None:
    """Writes every page into the folder."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (place / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
