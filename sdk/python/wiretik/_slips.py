"""Python's own errors about Wiretik's values, such as `home.always_on.public_key` where the site has no VPN.

Python raises them in the program's own line, so no function of ours can say it better, and Pulumi prints a traceback.
The stack is asked to register its outputs whatever happened before (Pulumi's `Stack`); there such an error becomes one
line: the program's text, what it is, the cure and the place.

Rule: only an error that the program's own line raised, or Pulumi's classes in it, about a value of Wiretik's or an
output, is put otherwise. What goes wrong inside of Wiretik, and what is the program's own affair, keeps its traceback.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import linecache
import os
import re
import sys
import sysconfig
import types
from collections.abc import Iterator, Mapping
from typing import Final

import attr
import attrs
import pulumi

from wiretik._pulumi_compat import at_the_end
from wiretik._text import printable
from wiretik.resources.base.missing import Named

__all__ = ["explained", "watch_program"]

_OWN: Final = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
_LIBRARIES: Final = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_OURS: Final = ("wiretik", "pulumi")
_ASKED_BY_THE_WAY: Final = tuple(os.path.dirname(str(one.__file__)) for one in (attrs, attr, pulumi))  # noqa: PTH120
"""Libraries whose classes raise what is the program's mistake: what is frozen, outputs, options."""
_LONGEST: Final = 100


def watch_program() -> None:
    """Looks at what ends the program that is running; once for each."""
    at_the_end(_look)


def _look(outputs: Mapping[str, object]) -> str:
    error = sys.exc_info()[1]
    if error is None:
        return next(_no_outputs(outputs), "")
    return explained(error) if isinstance(error, AttributeError | TypeError) else ""


def _no_outputs(outputs: Mapping[str, object]) -> Iterator[str]:
    """What is exported and is no value, for which Pulumi ends with a traceback."""
    for name, value in outputs.items():
        for one in _parts(value):
            if attrs.has(type(one)) and _is_ours(one):
                kind = type(one).__name__
                yield f"export {name!r}: it takes text, numbers, outputs, lists and mappings of these; this is a {kind}"


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from itertools.chain.from_iterable(map(_parts, value.values()))
    elif isinstance(value, list | tuple):
        yield from itertools.chain.from_iterable(map(_parts, value))
    else:
        yield value


def explained(error: BaseException) -> str:
    """An error of Python's in one line; empty where it isn't about a value of ours, in a line of the program.

    Args:
        error: with its traceback.
    """
    if isinstance(error, pulumi.RunError):
        return ""
    at = error.__traceback__
    steps: list[types.TracebackType] = []
    while at is not None:
        steps.append(at)
        at = at.tb_next
    while steps and _by_the_way(steps[-1].tb_frame.f_code):
        steps.pop()
    if not steps or not _is_program(steps[-1]):
        return ""
    last = steps[-1]
    text = _text(last)
    if not text:
        return ""
    asked = _Asked(text, {**last.tb_frame.f_globals, **last.tb_frame.f_locals})
    if not (any(_is_ours(value) for _, value in asked.known()) or _names_ours(str(error))):
        return ""
    code = last.tb_frame.f_code
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    said = _words(error, asked)
    begin = "" if said.startswith(f"{short} ") else f"{printable(short)}: "
    return f"{begin}{said} ({os.path.basename(code.co_filename)}:{last.tb_lineno})"  # noqa: PTH119


def _by_the_way(code: types.CodeType) -> bool:
    """Whether code of others, or of ours that looks for what isn't there, was asked by the program's own line."""
    ours = code.co_name == "__getattr__" and code.co_filename.startswith(_OWN)
    return ours or code.co_filename.startswith(_ASKED_BY_THE_WAY)


def _is_program(step: types.TracebackType) -> bool:
    """Whether a step of a traceback is in a line of the program."""
    return not step.tb_frame.f_code.co_filename.startswith(("<", _OWN, *_LIBRARIES))


def _is_ours(value: object) -> bool:
    kind = value if isinstance(value, type) else type(value)
    name = value.__name__ if isinstance(value, types.ModuleType) else kind.__module__
    return name.partition(".")[0] in _OURS


def _names_ours(said: str) -> bool:
    """Whether Python's words name a class of ours, such as `cannot unpack non-iterable Lan object`."""
    public = sys.modules["wiretik._public"].__all__
    return any(name in public for name in re.findall(r"'?(\w+)'? object\b", said))


def _text(step: types.TracebackType) -> str:
    """The program's text that failed, as Python knows its columns."""
    code = step.tb_frame.f_code
    places = itertools.islice(code.co_positions(), step.tb_lasti // 2, None)
    first, last, begin, end = next(places, (None, None, None, None))
    if first is None or last is None or begin is None or end is None:
        return ""
    lines = [linecache.getline(code.co_filename, at).encode() for at in range(first, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][begin:]
    text = b"".join(lines).decode(errors="replace")
    loop = re.match(r"for\s+[^:]+?\s+in\s+(.+?):", text)  # of a loop Python names the whole
    return " ".join((loop[1] if loop else text).split())


class _Asked:
    """A text of the program, and what its parts are as far as nothing is called for it."""

    def __init__(self, text: str, names: Mapping[str, object]) -> None:
        self._names = names
        try:
            self.tree: ast.expr | None = ast.parse(text, mode="eval").body
        except SyntaxError:
            self.tree = None

    def subject(self) -> tuple[str, object, object]:
        """The part that was asked: its text, its value, and whose attribute it is; the value may be unknown."""
        tree = self.tree
        if isinstance(tree, ast.Attribute | ast.Subscript):
            tree = tree.value
        elif isinstance(tree, ast.Call):
            tree = tree.func
        if tree is None:
            return "", _UNKNOWN, None
        holder = self.value(tree.value) if isinstance(tree, ast.Attribute) else None
        return ast.unparse(tree), self.value(tree), holder

    def known(self) -> Iterator[tuple[str, object]]:
        """Every part whose value is known."""
        for part in ast.walk(self.tree) if self.tree is not None else ():
            if isinstance(part, ast.expr) and (value := self.value(part)) is not _UNKNOWN:
                yield ast.unparse(part), value

    def value(self, tree: ast.expr) -> object:
        """What a name, an attribute of ours or a named part of ours is."""
        if isinstance(tree, ast.Name):
            return self._names.get(tree.id, _UNKNOWN)
        if isinstance(tree, ast.Attribute):
            holder = self.value(tree.value)
            if holder is _UNKNOWN or not _is_ours(holder) or isinstance(holder, pulumi.Output):
                return _UNKNOWN
            return inspect.getattr_static(holder, tree.attr, _UNKNOWN)
        if isinstance(tree, ast.Subscript) and isinstance(tree.slice, ast.Constant):
            holder = self.value(tree.value)
            return holder.get(str(tree.slice.value), _UNKNOWN) if isinstance(holder, Named) else _UNKNOWN
        return _UNKNOWN


_UNKNOWN: Final = object()


def _words(error: BaseException, asked: _Asked) -> str:
    """What is wrong, and the cure where one is known; else what Python says."""
    text, value, holder = asked.subject()
    if isinstance(error, attrs.exceptions.FrozenError):
        return "arguments don't change once they are made: make others, or attrs.evolve(…) with what is different"
    for one, what in asked.known():
        if isinstance(what, pulumi.Output):
            return (
                f"{one} is an output, whose value isn't known while the program runs: pulumi.Output.concat(…) makes "
                "text of it, .apply(lambda value: …) computes with it"
            )
    told = _since_none(text, holder) if value is None else _of_kind(str(error), text, value)
    return told or str(error)


def _since_none(text: str, holder: object) -> str:
    """That an attribute is None, and which argument makes it something else."""
    name = text.rpartition(".")[2]
    if holder is None or not _is_ours(holder):
        return f"{text} is None"
    called = getattr(holder, "_name", None)
    who = f"{type(holder).__name__} {called!r}" if isinstance(called, str) else f"the {type(holder).__name__}"
    return f"{text} is None, since {who} was made without {name}="


_NO_CALL: Final = re.compile("not callable")
_NO_PARTS: Final = re.compile("not subscriptable|not iterable|non-iterable|has no len")


def _of_kind(said: str, text: str, value: object) -> str:
    """What is wrong with how a value of ours is asked; empty where Python's own words do."""
    if isinstance(value, types.ModuleType):
        return f"{text} is a module: call what is in it, such as {text}.Site(…)"
    if _NO_CALL.search(said):
        if isinstance(value, Named):
            return f"{text} has names, which stand in brackets, such as {text}[{next(iter(value), 'NAME')!r}]"
        return f"{text} is a {type(value).__name__} already: leave out the (…)" if value is not _UNKNOWN else ""
    if _NO_PARTS.search(said) and value is not _UNKNOWN:
        kind = type(value)
        fields = [one.name for one in attrs.fields(kind)] if attrs.has(kind) else list(inspect.get_annotations(kind))
        there = [name for name in fields if not name.startswith("_")]
        return f"{text} is a {kind.__name__}; its parts stand behind a dot, such as {text}.{(there or ['urn'])[0]}"
    return ""
