"""Python as `ruff format` leaves it: docstrings, calls and imports of a generated module."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["Homes", "bracketed", "docstring", "example", "module", "raises"]

Homes = Mapping[str, str]
"""In which module of `wiretik.resources` each generated name stands."""

_WIDTH: Final = 120
_TYPE_ERROR: Final = "TypeError: a property that doesn't exist, with the one that was probably meant."
_SECTIONS: Final = ("Args:", "Example:", "Raises:")
_QUOTES: Final = "~~~"
"""Stands for the quotes that end a docstring, which are in the way of wrapping."""
_GENERATED: Final = "# Generated from the menus' descriptors by `make generate`; change those, or tools/generate."

_HOMES: Final[Mapping[str, tuple[str, ...]]] = {
    "collections.abc": ("Sequence",),
    "typing": ("Required", "TypedDict", "Unpack"),
    "wiretik.resources.address_list": ("AddressList", "Ipv6AddressList"),
    "wiretik.resources.base.arguments": ("Flag", "Number", "Ports", "Span", "Text", "Texts"),
    "wiretik.resources.base.blocks": ("ChainBlock", "ListBlock"),
    "wiretik.resources.every.resource": ("MenuResource",),
    "wiretik.resources.base.position": ("Position",),
    "wiretik.resources.base.row": ("Not", "Row", "RowArgs"),
}
"""Where the names stand that aren't generated."""


def docstring(text: str, indent: int) -> list[str]:
    """A docstring of paragraphs, wrapped; one that begins with a section's name stays as it is."""
    margin, first, *more = " " * indent, *text.split("\n\n")
    if not more:
        lines = _wrapped(f'"""{first}{_QUOTES}', margin)
        return [*lines[:-1], lines[-1].replace(_QUOTES, '"""')]
    lines = _wrapped(f'"""{first}', margin)
    for paragraph in more:
        as_it_is = paragraph.startswith(_SECTIONS)
        lines += ["", *(textwrap.indent(paragraph, margin).splitlines() if as_it_is else _wrapped(paragraph, margin))]
    return [*lines, f'{margin}"""']


def example(code: str) -> str:
    """The section of a docstring that shows how something is used."""
    return "Example:\n" + textwrap.indent(f"```python\n{code}\n```", "    ")


def raises(*more: str) -> str:
    """The section of a resource's docstring that says what its constructor raises."""
    return "\n    ".join(("Raises:", _TYPE_ERROR, *more))


def _wrapped(paragraph: str, margin: str) -> list[str]:
    return textwrap.wrap(
        " ".join(paragraph.split()),
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def bracketed(head: str, parts: Sequence[str], tail: str) -> list[str]:
    """`head(parts)tail` on one line, or a line for each part where that is too long."""
    line = f"{head}({', '.join(parts)}){tail}"
    return [line] if len(line) <= _WIDTH else [f"{head}(", *(f"    {part}," for part in parts), f"){tail}"]


def _imports(body: str, here: str, made: Homes) -> list[str]:
    """The imports of a module; `made` says in which module each generated name stands."""
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    homes: dict[str, set[str]] = {}
    for home, there in _HOMES.items():
        homes.setdefault(home, set()).update(used & set(there))
    for name in used & set(made):
        if made[name] != here:
            homes.setdefault(f"wiretik.resources.{made[name]}", set()).add(name)
    groups = {"standard": list[str](), "ours": list[str]()}
    for home in sorted(home for home, found in homes.items() if found):
        line = f"from {home} import {', '.join(sorted(homes[home], key=_by_case))}"
        if len(line) > _WIDTH:
            line = "\n".join(
                [
                    f"from {home} import (",
                    *(f"    {name}," for name in sorted(homes[home], key=_by_case)),
                    ")",
                ]
            )
        groups["ours" if home.startswith("wiretik") else "standard"].append(line)
    pulumi = ["import pulumi"] if "pulumi" in used else []
    return [line for group in (groups["standard"], pulumi, groups["ours"]) if group for line in (*group, "")]


def _by_case(name: str) -> tuple[bool, str]:
    """Constants before classes, as isort sorts them."""
    return not name.isupper(), name


def module(about: str, names: Sequence[str], parts: Sequence[Sequence[str]], here: str, made: Homes) -> str:
    """A whole module: its docstring, its imports, `__all__`, and the classes and types that stand in it."""
    body: list[str] = []
    above = ""
    for part in parts:
        wide = part[0].startswith("class ") or above.startswith("class ")
        body += ["", *([""] if wide else []), *part]
        above = part[0]
    listed = [f'"{name}"' for name in sorted(names, key=_by_case)]
    one = f"__all__ = [{', '.join(listed)}]"
    lines = [
        *docstring(about, 0),
        "",
        _GENERATED,
        "",
        "from __future__ import annotations",
        "",
        *_imports("\n".join(body), here, made),
        *([one] if len(one) <= _WIDTH else ["__all__ = [", *(f"    {name}," for name in listed), "]"]),
        *body,
    ]
    return "\n".join(lines) + "\n"
