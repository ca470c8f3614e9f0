"""What a class or a function takes, in words: the type and the default of each argument, as its own text has them.

Rule: nothing is restated. Types come from annotations, defaults from signatures, meanings from docstrings.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

import attrs

__all__ = ["Taken", "in_words", "taken"]

REQUIRED: Final = "required"
_INPUT: Final = re.compile(r"pulumi\.Input\[")
_SECRETS: Final = ("private_key", "preshared_key")
"""Arguments of functions that are secret; a class of values says so by leaving them out of its text."""


class Taken(NamedTuple):
    """One argument."""

    takes: str
    default: str


_WORDS: Final = {
    "Ref": "a name or a resource",
    "InterfaceRef": "an interface's name, or the resource",
    "ListRef": "a list's name, or the resource",
    "Places": "an address or a prefix, or several",
    "Rule": "a rule",
    "Foreign": "`'keep'`, `'tagged'` or `'prune'`",
}
"""Names that stand for a type, which nobody has to import."""


def taken(kind: object) -> Mapping[str, Taken]:
    """What a class or a function takes, by name; those with a `_` in front are nobody's.

    Args:
        kind: a class of values, another class, or a function.
    """
    if isinstance(kind, type) and attrs.has(kind):
        return {field.name: _of_field(field) for field in attrs.fields(kind) if field.init and field.name[0] != "_"}
    if isinstance(kind, type) and issubclass(kind, Enum | Exception):
        return {}
    made: Any = vars(kind).get("__init__", object) if isinstance(kind, type) else kind
    found = inspect.signature(made, eval_str=False)
    return {name: _of_parameter(one) for name, one in found.parameters.items() if name[0] != "_" and name != "self"}


def _of_field(field: attrs.Attribute[object]) -> Taken:
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time
        default = default.factory()  # type: ignore[attr-defined]
    said = REQUIRED if default is attrs.NOTHING else _said(default)
    return Taken(in_words(_text(field.type), default), said + ("" if field.repr else "; secret"))


def _of_parameter(one: inspect.Parameter) -> Taken:
    if one.kind in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL):
        return Taken(in_words(_text(one.annotation), ...), "any")
    said = REQUIRED if one.default is inspect.Parameter.empty else _said(one.default)
    secret = "; secret" if one.name in _SECRETS else ""
    return Taken(in_words(_text(one.annotation), one.default), said + secret)


def _said(default: object) -> str:
    return f"`{str(default) if isinstance(default, Enum) else repr(default)}`"


def _text(annotation: object) -> str:
    if annotation is inspect.Parameter.empty or annotation is None:
        return ""
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", repr(annotation))


def in_words(annotation: str, default: object = ...) -> str:
    """A type as people read it: `str` or an output, in place of `pulumi.Input[str] | None`.

    Args:
        annotation: its text.
        default: what stands where nothing is given; of None nothing is said twice.
    """
    if not annotation:
        return ""
    parts = list(_alternatives(ast.parse(annotation, mode="eval").body))
    if default is None and "None" in parts:
        parts.remove("None")
    output = any(_INPUT.match(part) for part in parts)
    bare = dict.fromkeys(_INPUT.sub("", part, count=1)[:-1] if _INPUT.match(part) else part for part in parts)
    said = [_WORDS.get(part, f"`{part.replace(' | ', ' or ')}`") for part in bare]
    return " or ".join([*said, *(["an output"] if output else [])])


def _alternatives(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from _alternatives(node.left)
        yield from _alternatives(node.right)
    else:
        yield ast.unparse(node)
