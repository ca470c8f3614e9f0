"""Expressions of RouterOS's script language: what stands in `(…)`, `[…]` and behind `:if`.

Operators and their order are the manual's (docs/facts/undo.md#the-script-language): `!`, then `+ - .`, comparisons,
`&& and`, `|| or`. A time compares with a time, a number with a number, anything else as text. The rest of the language
is refused by name.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Final

from wiretik_provider.simulator.console.statements import ScriptError, parse
from wiretik_provider.simulator.spec.grammar import duration, milliseconds

__all__ = ["Command", "Value", "evaluate", "is_address", "number_of", "text_of", "truth_of", "type_of"]

Value = str | int | bool | tuple[str, ...] | None
"""A text (times and addresses among them), a number, a truth, ids of rows, or nothing."""

Command = Callable[[str, int], Value]
"""Gives what a command in brackets answers, by its text and its line."""

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<string>"(?:[^"\\]|\\.)*")
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<sign>&&|\|\||!=|<=|>=|[=<>~+!.]|-(?=\s))
    | \$(?P<variable>[A-Za-z0-9]+)
    | (?P<word>-?[^\s()\[\]"=<>~&|!+$]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_COMPARE: Final = ("=", "!=", "<", ">", "<=", ">=", "~")


def evaluate(text: str, variables: Mapping[str, Value], command: Command, line: int) -> Value:
    """What an expression is.

    Args:
        text: the expression.
        variables: those that are declared.
        command: asks what a command in brackets answers.
        line: where it stands.

    Raises:
        ScriptError: it can't be read, or isn't part of what the embedded router runs.
    """
    return _Reader(text, variables, command, line).whole()


def text_of(value: Value) -> str:
    """A value as a command takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)


def truth_of(value: Value, line: int) -> bool:
    """A value as a condition.

    Raises:
        ScriptError: it is neither true nor false.
    """
    if isinstance(value, bool):
        return value
    if value in ("true", "yes", "false", "no"):
        return value in ("true", "yes")
    raise ScriptError(line, "a condition is neither true nor false")


def number_of(value: Value) -> int | None:
    """A value as a number, a time in milliseconds; None where it is none."""
    if isinstance(value, bool) or value is None or isinstance(value, tuple):
        return None
    if isinstance(value, int):
        return value * 1000
    return milliseconds(value)


def type_of(value: Value) -> str:
    """What `:typeof` says of a value, as far as values differ here: a text that is a time or an address is one."""
    if value is None or value == "":
        return "nil"
    if isinstance(value, bool | int | tuple):
        return "bool" if isinstance(value, bool) else "num" if isinstance(value, int) else "array"
    if is_address(value):
        return "ip" if "." in value else "ip6"
    return "time" if milliseconds(value) is not None else "str"


def is_address(text: str) -> bool:
    """Whether a text is an address of IPv4 or IPv6."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


class _Reader:
    """Reads an expression once, from the left to the right, and answers it while it does."""

    def __init__(self, text: str, variables: Mapping[str, Value], command: Command, line: int) -> None:
        self._text = text
        self._at = 0
        self._variables = variables
        self._command = command
        self._line = line

    def whole(self) -> Value:
        value = self._either()
        if self._text[self._at :].strip():
            raise ScriptError(self._line, f"{self._text.strip()} isn't part of what the embedded router runs")
        return value

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._at)

    def _taken(self, *signs: str) -> str:
        """The next sign or word, if it is one of these."""
        found = self._peek()
        if found is not None and (sign := found["sign"] or found["word"]) in signs:
            self._at = found.end()
            return sign or ""
        return ""

    def _either(self) -> Value:
        value = self._both()
        while self._taken("||", "or"):
            other = self._both()
            value = truth_of(value, self._line) | truth_of(other, self._line)
        return value

    def _both(self) -> Value:
        value = self._compared()
        while self._taken("&&", "and"):
            other = self._compared()
            value = truth_of(value, self._line) & truth_of(other, self._line)
        return value

    def _compared(self) -> Value:
        left = self._sum()
        if sign := self._taken(*_COMPARE):
            return self._holds(sign, left, self._sum())
        return left

    def _holds(self, sign: str, left: Value, right: Value) -> bool:
        if sign == "~":
            return re.search(text_of(right), text_of(left)) is not None
        first, second = number_of(left), number_of(right)
        if first is None or second is None:
            if sign not in ("=", "!="):
                raise ScriptError(self._line, f"{text_of(left)!r} and {text_of(right)!r} don't compare by {sign}")
            return (text_of(left) == text_of(right)) is (sign == "=")
        return {
            "=": first == second,
            "!=": first != second,
            "<": first < second,
            ">": first > second,
            "<=": first <= second,
            ">=": first >= second,
        }[sign]

    def _sum(self) -> Value:
        value = self._one()
        while sign := self._taken("+", "-", "."):
            other = self._one()
            if sign == ".":
                value = text_of(value) + text_of(other)
                continue
            first, second = number_of(value), number_of(other)
            if first is None or second is None:
                raise ScriptError(self._line, f"{text_of(value)!r} {sign} {text_of(other)!r} is no number")
            span = first + second if sign == "+" else first - second
            plain = isinstance(value, int) and isinstance(other, int)
            value = span // 1000 if plain else duration(span)
        return value

    def _one(self) -> Value:
        if self._taken("!", "not"):
            return not truth_of(self._one(), self._line)
        found = self._peek()
        if found is None or found["close"] or found["sign"]:
            raise ScriptError(self._line, f"{self._text.strip()}: an operand is missing")
        self._at = found.end()
        if found["open"]:
            return self._enclosed(found["open"])
        if found["string"]:
            (statement,) = parse(found["string"], self._line)
            return statement.words[0].value
        if name := found["variable"]:
            if name not in self._variables:
                raise ScriptError(self._line, f"no variable ${name} is declared")
            return self._variables[name]
        word = found["word"]
        if word in ("true", "yes", "false", "no"):
            return word in ("true", "yes")
        return int(word) if word.isdigit() and word.isascii() else word

    def _enclosed(self, opening: str) -> Value:
        """What stands between two brackets: an expression, or a command and its answer."""
        start, depth = self._at, 1
        while depth:
            found = self._peek()
            if found is None:
                raise ScriptError(self._line, f"{opening} has no end")
            depth += bool(found["open"]) - bool(found["close"])
            self._at = found.end()
        inner = self._text[start : self._at - 1]
        if opening == "(":
            return _Reader(inner, self._variables, self._command, self._line).whole()
        return self._command(inner, self._line)
