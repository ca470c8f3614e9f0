"""Python as `ruff format` lays it out, for the few forms that an adopted program has.

Rule: what fits on a line stands on one; the arguments of a call stand on one line of their own where they fit there;
else each part has a line of its own and a comma behind it, which the formatter then leaves as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

__all__ = ["WIDTH", "Call", "Dictionary", "Expression", "Listed", "Plain", "laid_out", "text"]

WIDTH: Final = 120


@attrs.frozen
class Plain:
    """What stands as it is, such as a name or a number."""

    code: str


@attrs.frozen
class Call:
    """A call; an argument without a name has an empty one."""

    function: str
    arguments: Sequence[tuple[str, Expression]]


@attrs.frozen
class Dictionary:
    """A dictionary by texts."""

    items: Sequence[tuple[str, Expression]]


@attrs.frozen
class Listed:
    """A list."""

    parts: Sequence[Expression]


Expression: TypeAlias = Plain | Call | Dictionary | Listed


def text(value: str) -> str:
    """A text in Python's words; what can't be shown is an escape, and the quotes are those that need fewer of them."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    inner = "".join(_sign(sign, quote) for sign in value)
    return f"{quote}{inner}{quote}"


_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def _sign(sign: str, quote: str) -> str:
    if sign == quote:
        return f"\\{sign}"
    if sign in _SHORT:
        return _SHORT[sign]
    if sign.isprintable():
        return sign
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def laid_out(head: str, expression: Expression, indent: int = 0, tail: str = "") -> list[str]:
    """The lines of an expression behind a head, such as `x = `, and in front of a tail, such as a comma."""
    pad = " " * indent
    line = f"{pad}{head}{_flat(expression)}{tail}"
    if isinstance(expression, Plain) or (len(line) <= WIDTH and "\n" not in line):
        return line.split("\n")
    match expression:
        case Call(function=function, arguments=arguments):
            first, last = f"{function}(", ")"
            parts = [(f"{name}=" if name else "", part) for name, part in arguments]
        case Dictionary(items=items):
            first, last = "{", "}"
            parts = [(f"{text(name)}: ", part) for name, part in items]
        case Listed(parts=some):
            first, last = "[", "]"
            parts = [("", part) for part in some]
    if not parts:
        return [line]
    if isinstance(expression, Call):
        whole = f"{pad}    {', '.join(name + _flat(part) for name, part in parts)}"
        if len(whole) <= WIDTH and "\n" not in whole:
            return [f"{pad}{head}{first}", whole, f"{pad}{last}{tail}"]
    inner = [each for name, part in parts for each in laid_out(name, part, indent + 4, ",")]
    return [f"{pad}{head}{first}", *inner, f"{pad}{last}{tail}"]


def _flat(expression: Expression) -> str:
    match expression:
        case Plain(code=code):
            return code
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join((f'{name}=' if name else '') + _flat(part) for name, part in arguments)})"
        case Dictionary(items=items):
            return f"{{{', '.join(f'{text(name)}: {_flat(part)}' for name, part in items)}}}"
        case Listed(parts=parts):
            return f"[{', '.join(map(_flat, parts))}]"
