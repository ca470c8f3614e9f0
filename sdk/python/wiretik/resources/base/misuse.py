"""Mistakes of a program in the SDK's own words: one line that names the place in the program, and no traceback.

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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, Final, ParamSpec, TypeVar

import attrs
import pulumi

__all__ = ["Misuse", "fits", "kind_of", "nearest", "unknown", "watch", "wrong_type"]

_Given = ParamSpec("_Given")
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
_LISTED: Final = 12
"""As many names are listed, and no more."""
_SPREAD: Final = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)


_EITHER: Final = (str, int, float)
"""A number may come as text, as config has it; of a row's number where text belongs its menu's own codec judges."""


class Misuse(pulumi.RunError, TypeError, ValueError):
    """The program's own mistake, in one line with the place in it; a `RunError`, so Pulumi shows no traceback.

    Args:
        problem: what is wrong, and the cure.
    """

    def __init__(self, problem: str) -> None:
        place = _place()
        super().__init__(f"{problem} ({place})" if place else problem)

    def __str__(self) -> str:
        return str(self.args[0])  # where it is a KeyError too, that would quote it


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


def fits(value: object, hint: object, *, numbers: bool = True) -> bool:
    """Whether a value is of an annotated type; what can't be told fits.

    Args:
        value: what was given.
        hint: the annotation.
        numbers: whether a number may stand where text belongs.
    """
    plain = type(value) in _PLAIN and type(value) in _taken_as_they_are(hint)
    return plain or _fits(value, hint, numbers=numbers)


def _fits(value: object, hint: object, *, numbers: bool) -> bool:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return any(fits(value, part, numbers=numbers) for part in parts)
    if origin is typing.Literal:
        return value in parts
    kind = type(None) if hint is None else origin or hint
    if hint is Any or not isinstance(kind, type) or _is_vague(kind):
        return True
    if kind in _EITHER and isinstance(value, str | int | float):
        if isinstance(value, str):
            return kind is str or value.isdecimal()
        return numbers or kind is not str
    if typing.is_typeddict(kind):
        kind = Mapping
    return isinstance(value, kind) and _parts_fit(value, kind, parts, numbers=numbers)


_PLAIN: Final[frozenset[type]] = frozenset({str, int, float, bool, type(None)})


@functools.lru_cache(1000)
def _taken_as_they_are(hint: object) -> frozenset[type]:
    """The plain types of which any value fits: ten thousand entries of a list have four such values each."""
    if typing.get_origin(hint) in _UNIONS:
        return frozenset(kind for part in typing.get_args(hint) for kind in _taken_as_they_are(part))
    kind = type(None) if hint is None else hint
    return frozenset(one for one in _PLAIN if hint is Any or one is kind)


def _is_vague(kind: type) -> bool:
    """Whether nothing can be told to be of a type or not: a protocol that can't be asked."""
    return getattr(kind, "_is_protocol", False) and not getattr(kind, "_is_runtime_protocol", False)


def _parts_fit(value: object, kind: type, parts: tuple[Any, ...], *, numbers: bool) -> bool:
    if isinstance(value, Mapping):
        keys, values = (*parts, Any, Any)[:2]
        return all(
            fits(key, keys, numbers=numbers) and fits(part, values, numbers=numbers) for key, part in value.items()
        )
    if issubclass(kind, collections.abc.Iterable) and kind not in {str, pulumi.Output} and parts:
        return not isinstance(value, str) and all(fits(part, parts[0], numbers=numbers) for part in _looked_at(value))
    return True


def _looked_at(value: object) -> Iterator[object]:
    """The parts of a list; those of an iterator are gone once they are looked at."""
    return iter(value) if isinstance(value, collections.abc.Collection) else iter(())


def _words(hint: object) -> list[str]:
    """How a user calls what an annotation allows."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return list(dict.fromkeys(word for part in parts for word in _words(part)))
    if origin is typing.Literal:
        return [repr(part) for part in parts]
    return [_called(type(None) if hint is None else origin or hint, parts)]


def _called(kind: object, parts: tuple[object, ...]) -> str:
    if kind in _WORDS:
        return _WORDS[kind]
    if not isinstance(kind, type):
        return "something else"
    if issubclass(kind, Mapping):
        ends = [" or ".join(word.removeprefix("a ") for word in _words(part)) for part in parts]
        return f"a mapping of {' to '.join(ends)}" if ends else "a mapping"
    if issubclass(kind, collections.abc.Iterable) and kind is not pulumi.Output:
        inner = " or ".join(word.removeprefix("a ") for word in _words(parts[0])) if parts else "values"
        return f"a list of {inner}"
    name = kind.__name__.lower() if getattr(kind, "_is_protocol", False) else kind.__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def kind_of(value: object) -> str:
    """How a user calls what was given."""
    if isinstance(value, pulumi.Output):
        return "an output, which isn't known while rows are declared"
    for kind in (bool, int, float, str, bytes, type(None)):
        if isinstance(value, kind):
            return _WORDS[kind] if kind is not bool else repr(value)
    if isinstance(value, list | tuple):
        kinds = {kind_of(part).removeprefix("a ") for part in value}
        return f"a list of {' and '.join(sorted(kinds))}" if kinds else "an empty list"
    if isinstance(value, type) or inspect.isroutine(value):
        return f"{value.__name__} itself"
    return f"{'an' if type(value).__name__[0] in 'AEIOUaeiou' else 'a'} {type(value).__name__}"


def wrong_type(who: str, name: str, value: object, hint: object) -> str:
    """What is wrong with an argument, in a sentence."""
    words = [word for word in _words(hint) if word != "None"]
    right = ", ".join(words[:-1]) + " or " * (len(words) > 1) + words[-1] if words else "None"
    if isinstance(value, Mapping) and any(word.startswith("a mapping") for word in words):
        kinds = {kind_of(part) for pair in value.items() for part in pair}
        return f"{who}: {name} takes {right}; this one has {' and '.join(sorted(kinds))}"
    return f"{who}: {name} takes {right}; this is {kind_of(value)}"


# --- calls -----------------------------------------------------------------------------------------------------------


_watching: list[_Hints] = []


def watch(names: MutableMapping[str, Any], begin: Callable[[], None]) -> None:
    """Watches the calls of public names; of classes their making, and the methods of what is no resource.

    Args:
        names: by their names, what programs use.
        begin: is called before each; the first call of a program is where it begins to be ours.
    """
    for name, what in list(names.items()):
        if inspect.isfunction(what):
            names[name] = _watched(what, name, None, begin)
        if not isinstance(what, type) or issubclass(what, tuple | dict | Exception | enum.Enum):
            continue
        if "__init__" in vars(what) or _is_unwatched(what):
            init = _watched(what.__init__, name, what, begin, held="__init__" in vars(what))
            setattr(what, "__init__", init)  # noqa: B010  (a method to mypy)
            asked = () if attrs.has(what) or issubclass(what, pulumi.Resource) else list(vars(what).items())
            for part, method in asked:
                if inspect.isfunction(method) and not part.startswith("_"):
                    setattr(what, part, _watched(method, f"{name}.{part}", None, begin))


def _is_unwatched(kind: type) -> bool:
    """Whether a class has its `__init__` from one of ours that programs don't name, such as blocks of rules."""
    init = kind.__init__  # type: ignore[misc]
    return init.__module__.startswith("wiretik") and not hasattr(init, "__wrapped__")


def _watched(
    function: Callable[_Given, _Made], name: str, owner: type | None, begin: Callable[[], None], *, held: bool = True
) -> Callable[_Given, _Made]:
    """The same function; `owner` is the class whose instances it makes; not `held`, it judges its values itself."""
    hints = _Hints(function, owner)
    _watching.append(hints)
    whole = owner is not None and attrs.has(owner)

    @functools.wraps(function)
    def call(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        begin()
        if held and not whole:
            hints.hold(name, args, kwargs)
        try:
            made = function(*args, **kwargs)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                raise Misuse(f"{name} {_misfit(hints, args, kwargs)}") from None
            raise
        except ValueError as error:
            if whole and type(error) is ValueError:  # converters and validators say so what can't be
                raise Misuse(f"{name}: {error}") from error
            raise
        if whole and type(args[0]) is owner:
            hints.hold_fields(name, args[0])
        return made

    return call


def work_out() -> None:
    """Work the annotations of all watched calls out: for a process whose forks would each do it."""
    for hints in _watching:
        hints.work_out()


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

    def work_out(self) -> None:
        """Do now what the first call would do."""
        _ = self.signature, self._all

    def of(self, name: str) -> object:
        """A parameter's annotation; None where it has none."""
        return self._all.get(name)

    def hold(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Holds a call's arguments against them."""
        try:
            given = self.signature.bind(*args, **kwargs).arguments
        except TypeError:
            return  # the call itself says so
        title = next((one for one in (given.get("resource_name"), given.get("name")) if isinstance(one, str)), None)
        if title == "":
            raise Misuse(f"{name}: the name is empty: give one that no other {name} has")
        who = f"{name} {title!r}" if title else name
        _refuse_options(who, given.get("opts"))
        for key, value in given.items():
            spread = self.signature.parameters[key].kind in _SPREAD
            right = isinstance(value, str) if key == "resource_name" else self._fits(value, key)
            if not (spread or right):
                cure = ": properties are given by their names, as with **" * (
                    key == "opts" and isinstance(value, Mapping) and self._owner is not None
                )
                raise Misuse(wrong_type(who, key, value, self._all[key]) + cure)

    def _fits(self, value: object, key: str) -> bool:
        row = self._owner is not None and issubclass(self._owner, pulumi.CustomResource)
        return fits(value, self._all.get(key, Any), numbers=row)

    def hold_fields(self, name: str, made: object) -> None:
        """Holds what was made against them."""
        kind = type(made)
        for field in attrs.fields(kind) if attrs.has(kind) else ():
            value = getattr(made, field.name)
            hint = self._all.get(field.name, Any)
            if value is not field.default and field.converter is None and not fits(value, hint, numbers=False):
                raise Misuse(wrong_type(name, field.name, value, hint))


def nearest(name: str, there: Iterable[str]) -> str:
    """The name that was probably meant; empty where none is near.

    Args:
        name: what was written.
        there: the names that there are.
    """
    every = list(there)
    if close := difflib.get_close_matches(name, every, 1):
        return close[0]
    words = set(name.lower().split("_"))
    parts = {one: set(one.lower().split("_")) for one in every}
    holding = [one for one, those in parts.items() if words <= those or those <= words or one.startswith(name)]
    return holding[0] if len(holding) == 1 else ""


def unknown(wrong: Iterable[str], there: Collection[str], of: str = "") -> str:
    """Names that nobody has, each with the one that was meant; where none is near, those that there are.

    Args:
        wrong: the names.
        there: those that there are.
        of: what stands in front of each.
    """
    near = {name: nearest(name, there) for name in sorted(wrong)}
    asked = ", ".join(f"{of}{name} (did you mean {meant}?)" if meant else f"{of}{name}" for name, meant in near.items())
    listed = len(there) <= _LISTED and not all(near.values())
    return f"{asked}; it has {', '.join(there)}" if listed else asked


_OPTIONS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "parent": ((pulumi.Resource,), "a resource"),
    "provider": ((pulumi.ProviderResource,), "a provider"),
    "depends_on": ((pulumi.Resource, pulumi.Output, collections.abc.Awaitable), "resources"),
    "aliases": ((str, pulumi.Alias, pulumi.Output, collections.abc.Awaitable), "a list of Alias and text"),
    "ignore_changes": ((str,), "a list of text"),
    "replace_on_changes": ((str,), "a list of text"),
    "additional_secret_outputs": ((str,), "a list of text"),
    "transformations": ((collections.abc.Callable,), "a list of functions"),  # type: ignore[dict-item]
    "custom_timeouts": ((pulumi.CustomTimeouts,), "a CustomTimeouts"),
    "protect": ((bool, pulumi.Output), "True or False"),
    "retain_on_delete": ((bool,), "True or False"),
    "delete_before_replace": ((bool,), "True or False"),
}
"""The options for which Pulumi ends with a traceback, or takes a text for its letters."""
_ALONE: Final = ("depends_on",)
"""Options that take one thing as well as a list of them."""


def _refuse_options(who: str, value: object) -> None:
    if not isinstance(value, pulumi.ResourceOptions):
        return
    for name, (kinds, right) in _OPTIONS.items():
        given = getattr(value, name, None)
        if given is None or isinstance(given, pulumi.Output):
            continue
        if right.startswith("a list") and isinstance(given, str):
            raise Misuse(f"{who}: opts: {name} takes {right}, also of one: {name}=[{given!r}]")
        several = right.startswith("a list") or name in _ALONE
        for one in given if several and isinstance(given, list | tuple) else (given,):
            if not isinstance(one, kinds):
                raise Misuse(f"{who}: opts: {name} takes {right}; this is {kind_of(one)}")


def _misfit(hints: _Hints, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """How a call doesn't fit a signature, whose first parameter is the object itself."""
    signature = hints.signature
    every = [one for one in signature.parameters.values() if one.name != "self" and one.kind not in _SPREAD]
    bare = [one.name for one in every if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    given = len(args) - ("self" in signature.parameters)
    if given > len(bare):
        named = [f"{one.name}=" for one in every if one.name not in bare]
        rest = ", ".join(named[:_SHOWN]) + ", …" * (len(named) > _SHOWN)
        return f"takes {', '.join(bare) or 'nothing'} without a name, and {given} were given" + (
            rest and f"; name {rest}"
        )
    more = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in signature.parameters.values())
    for name in kwargs:
        if name not in signature.parameters and not more:
            return f"has no {name}={_instead(name, every, hints.of('args'))}"
        if name in bare[:given]:
            return f"got {name} twice"
    needed = [one.name for one in every if one.default is one.empty and one.name not in {*bare[:given], *kwargs}]
    return f"needs {', '.join(needed)}"


def _instead(name: str, every: Sequence[inspect.Parameter], args: object) -> str:
    """What does in place of an argument that there isn't; `args` is the class of what it is, where it takes one."""
    names = [one.name for one in every]
    if near := nearest(name, names):
        return f"; did you mean {near}=?"
    if isinstance(args, type) and attrs.has(args):
        fields = [one.name for one in attrs.fields(args)]
        if inside := name if name in fields else nearest(name, fields):
            return f"; it stands in its {args.__name__}({inside}=…)"
    return f"; it takes {', '.join(f'{one}=' for one in names)}" if len(names) <= _LISTED else ""
