"""What a program gets wrong of the SDK's own words: one line that names the place in the program, and no traceback.

Python tells of a missing argument by an exception, and of one of a wrong type by whatever fails first inside. Pulumi
prints either with its traceback, most of which is ours. So every public name is watched: a call that doesn't fit its
signature, or an argument that doesn't fit its annotation, is a `Misuse`.

Rule: an exception from inside of Wiretik stays what it is; only what can be held against the call is a misuse. What a
value is isn't shown, for it may be secret; of what kind it is, is.
"""

from __future__ import annotations

import collections.abc
import difflib
import enum
import functools
import inspect
import os
import sys
import sysconfig
import types
import typing
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, Final, TypeVar

import attrs
import pulumi

__all__ = ["Misuse", "fits", "watch", "wrong_type"]

_Made = TypeVar("_Made")

_OWN: Final = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
_LIBRARIES: Final = tuple({sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_WORDS: Final = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "True or False",
    type(None): "None",
    bytes: "bytes",
    pulumi.Output: "an output",
    collections.abc.Awaitable: "an output",
}
_UNIONS: Final = (typing.Union, types.UnionType)
_SHOWN: Final = 4
_SPREAD: Final = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)


_EITHER: Final = (str, int, float)
"""A number may come as text, as config has it, and a number where text belongs is held against the menu's own codec."""


class Misuse(pulumi.RunError, TypeError, ValueError):
    """The program's own mistake, in one line with the place in it; a `RunError`, so Pulumi shows no traceback.

    Args:
        problem: what is wrong, and the cure.
    """

    def __init__(self, problem: str) -> None:
        place = _place()
        super().__init__(f"{problem} ({place})" if place else problem)


def _place() -> str:
    """The line of the program that is running, as `__main__.py:12`; empty where none is."""
    frame: types.FrameType | None = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith(("<", _OWN, *_LIBRARIES)):
            return f"{os.path.basename(file)}:{frame.f_lineno}"  # noqa: PTH119
        frame = frame.f_back
    return ""


# --- values and annotations ------------------------------------------------------------------------------------------


def fits(value: object, hint: Any) -> bool:  # noqa: ANN401  (an annotation can be anything)
    """Whether a value is of an annotated type; what can't be told fits."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return any(fits(value, part) for part in parts)
    if origin is typing.Literal:
        return value in parts
    kind = type(None) if hint is None else origin or hint
    if hint is Any or not isinstance(kind, type) or _is_vague(kind):
        return True
    if kind in _EITHER and isinstance(value, str | int | float):
        return kind is str or not isinstance(value, str) or value.isdecimal()
    if typing.is_typeddict(kind):
        return isinstance(value, Mapping)
    return isinstance(value, kind) and _parts_fit(value, kind, parts)


def _is_vague(kind: type) -> bool:
    """Whether nothing can be told to be of a type or not: a protocol that can't be asked."""
    return getattr(kind, "_is_protocol", False) and not getattr(kind, "_is_runtime_protocol", False)


def _parts_fit(value: object, kind: type, parts: tuple[Any, ...]) -> bool:
    if isinstance(value, Mapping):
        keys, values = (*parts, Any, Any)[:2]
        return all(fits(key, keys) and fits(part, values) for key, part in value.items())
    if issubclass(kind, collections.abc.Iterable) and kind not in {str, pulumi.Output} and parts:
        return not isinstance(value, str) and all(fits(part, parts[0]) for part in _looked_at(value))
    return True


def _looked_at(value: object) -> Iterator[object]:
    """The parts of a list; those of an iterator are gone once they are looked at."""
    return iter(value) if isinstance(value, collections.abc.Collection) else iter(())


def _words(hint: Any) -> list[str]:  # noqa: ANN401
    """How a user calls what an annotation allows."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return list(dict.fromkeys(word for part in parts for word in _words(part)))
    if origin is typing.Literal:
        return [repr(part) for part in parts]
    return [_called(type(None) if hint is None else origin or hint, parts)]


def _called(kind: Any, parts: tuple[Any, ...]) -> str:  # noqa: ANN401
    if kind in _WORDS:
        return _WORDS[kind]
    if not isinstance(kind, type):
        return "something else"
    if issubclass(kind, Mapping):
        return "a mapping"
    if issubclass(kind, collections.abc.Iterable) and kind is not pulumi.Output:
        inner = " or ".join(word.removeprefix("a ") for word in _words(parts[0])) if parts else "values"
        return f"a list of {inner}"
    name = kind.__name__.lower() if getattr(kind, "_is_protocol", False) else kind.__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _kind(value: object) -> str:
    """How a user calls what was given."""
    if isinstance(value, pulumi.Output):
        return "an output, which isn't known while rows are declared"
    for kind in (bool, int, float, str, bytes, type(None)):
        if isinstance(value, kind):
            return _WORDS[kind] if kind is not bool else repr(value)
    if isinstance(value, list | tuple):
        kinds = {_kind(part).removeprefix("a ") for part in value}
        return f"a list of {' and '.join(sorted(kinds))}" if kinds else "an empty list"
    if isinstance(value, type) or inspect.isroutine(value):
        return f"{value.__name__} itself"
    return f"{'an' if type(value).__name__[0] in 'AEIOU' else 'a'} {type(value).__name__}"


def wrong_type(who: str, name: str, value: object, hint: Any) -> str:  # noqa: ANN401
    """What is wrong with an argument, in a sentence."""
    words = [word for word in _words(hint) if word != "None"]
    right = ", ".join(words[:-1]) + " or " * (len(words) > 1) + words[-1] if words else "None"
    return f"{who}: {name} takes {right}; this is {_kind(value)}"


# --- calls -----------------------------------------------------------------------------------------------------------


def watch(names: MutableMapping[str, Any]) -> None:
    """Watches the calls of public names; of classes their making, and the methods of what is no resource.

    Args:
        names: by their names, what programs use.
    """
    for name, what in list(names.items()):
        if inspect.isfunction(what):
            names[name] = _watched(what, name, None)
        if not isinstance(what, type) or issubclass(what, tuple | dict | Exception | enum.Enum):
            continue
        if "__init__" in vars(what):
            setattr(what, "__init__", _watched(vars(what)["__init__"], name, what))  # noqa: B010  (a method to mypy)
            asked = () if attrs.has(what) or issubclass(what, pulumi.Resource) else list(vars(what).items())
            for part, method in asked:
                if inspect.isfunction(method) and not part.startswith("_"):
                    setattr(what, part, _watched(method, f"{name}.{part}", None))


def _watched(function: Callable[..., _Made], name: str, owner: type | None) -> Callable[..., _Made]:
    """The same function; `owner` is the class whose instances it makes."""
    hints = _Hints(function, owner)
    whole = owner is not None and attrs.has(owner)

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> _Made:  # noqa: ANN401
        if not whole:
            hints.hold(name, args, kwargs)
        try:
            made = function(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                raise Misuse(f"{name} {_misfit(hints.signature, args, kwargs)}") from None
            raise
        if whole and type(args[0]) is owner:
            hints.hold_fields(name, args[0])
        return made

    return call


class _Hints:
    """The annotations of a function, worked out at its first call."""

    def __init__(self, function: Callable[..., object], owner: type | None) -> None:
        self._function, self._owner = function, owner

    @functools.cached_property
    def signature(self) -> inspect.Signature:
        return inspect.signature(self._function)

    @functools.cached_property
    def _all(self) -> dict[str, Any]:
        of = self._owner if self._owner is not None and attrs.has(self._owner) else self._function
        try:
            found = typing.get_type_hints(of, localns={"Output": pulumi.Output, "T": Any})  # as pulumi.Input names it
        except NameError:  # what is imported for type checkers alone
            return {}
        found.pop("return", None)
        return found

    def hold(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Holds a call's arguments against them."""
        try:
            given = self.signature.bind(*args, **kwargs).arguments
        except TypeError:
            return  # the call itself says so
        for key, value in given.items():
            spread = self.signature.parameters[key].kind in _SPREAD
            right = isinstance(value, str) if key == "resource_name" else fits(value, self._all.get(key, Any))
            if not (spread or right):
                title = next(
                    (one for one in (given.get("resource_name"), given.get("name")) if isinstance(one, str)), ""
                )
                raise Misuse(wrong_type(f"{name} {title!r}" if title else name, key, value, self._all[key]))

    def hold_fields(self, name: str, made: Any) -> None:  # noqa: ANN401  (of a class of attrs)
        """Holds what was made against them."""
        for field in attrs.fields(type(made)):
            value = getattr(made, field.name)
            hint = self._all.get(field.name, Any)
            if value is not field.default and field.converter is None and not fits(value, hint):
                raise Misuse(wrong_type(name, field.name, value, hint))


def _misfit(signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """How a call doesn't fit a signature, whose first parameter is the object itself."""
    every = [one for one in signature.parameters.values() if one.name != "self" and one.kind not in _SPREAD]
    bare = [one.name for one in every if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    given = len(args) - ("self" in signature.parameters)
    if given > len(bare):
        named = [f"{one.name}=" for one in every if one.name not in bare]
        rest = ", ".join(named[:_SHOWN]) + ", …" * (len(named) > _SHOWN)
        return f"takes {', '.join(bare) or 'nothing'} without a name, and {given} were given" + (
            rest and f"; name {rest}"
        )
    for name in kwargs:
        if name not in signature.parameters:
            near = difflib.get_close_matches(name, [one.name for one in every], 1)
            return f"has no {name}=" + (f"; did you mean {near[0]}=?" if near else "")
        if name in bare[:given]:
            return f"got {name} twice"
    needed = [one.name for one in every if one.default is one.empty and one.name not in {*bare[:given], *kwargs}]
    return f"needs {', '.join(needed)}"
