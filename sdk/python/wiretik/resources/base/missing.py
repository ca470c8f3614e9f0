"""Names that a program asks for and that nobody has: of an attribute, of a mapping's key, of an argument.

Python says `KeyError: 'nobody'` and `object has no attribute`, with a traceback. Here it is one line with the program's
own place, and it says which name was meant, or which there are.

Rule: an error is still of the class that Python would raise, so that `hasattr`, `in` and `except KeyError` do as ever.
"""

from __future__ import annotations

import dis
import enum
import inspect
import sys
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NoReturn, SupportsIndex, TypeVar, overload

import pulumi

from wiretik.resources.base.misuse import Misuse, nearest

__all__ = ["Named", "Numbered", "answer", "by_name", "no_such_import", "offer"]

_Part = TypeVar("_Part")
_Resource = TypeVar("_Resource", bound=pulumi.Resource)
_SHOWN: Final = 12
"""More names than these aren't listed."""


class NoSuchKey(Misuse, KeyError):
    """A mapping has no such key."""


class NoSuchPart(Misuse, IndexError):
    """A tuple has no such part."""


class NoSuchAttribute(Misuse, AttributeError):
    """A value has no such attribute."""


class NoSuchImport(Misuse, ImportError):
    """The package has no such name."""


def offer(name: object, there: Collection[str], none: str = "there is none") -> str:
    """The end of a sentence about a name that isn't there: the one that was meant, or those that there are."""
    if isinstance(name, str) and (near := nearest(name, there)):
        return f"; did you mean {near}?"
    if len(there) > _SHOWN:
        return ""
    return f"; it has {', '.join(there)}" if there else f"; {none}"


class Named(dict[str, _Part]):
    """What a component has by names; to ask for another name is a misuse that says which there are.

    Args:
        parts: by their names.
        of: whose they are and what, such as `Site 'home': profiles`.
        none: why there is none, where there is none.
    """

    __slots__ = ("_none", "_of")

    def __init__(self, parts: Mapping[str, _Part], of: str, none: str = "there is none") -> None:
        super().__init__(parts)
        self._of, self._none = of, none

    def __missing__(self, name: object) -> NoReturn:
        raise NoSuchKey(f"{self._of}: nothing is called {name!r}{offer(name, self, self._none)}")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        right = name if name in self else next(iter(self), "NAME")
        raise NoSuchAttribute(f"{self._of}: there is no .{name}; names stand in brackets, such as [{right!r}]")


class Numbered(tuple[_Resource, ...]):
    """A component's resources in their order, as a tuple; to ask for a name or a number too high is a misuse."""

    __slots__ = ()

    @overload
    def __getitem__(self, at: SupportsIndex) -> _Resource: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[_Resource, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> _Resource | tuple[_Resource, ...]:
        try:
            return super().__getitem__(at)
        except (IndexError, TypeError):
            there = [f"[{number}] {part.pulumi_resource_name}" for number, part in enumerate(self[:_SHOWN])]
            raise NoSuchPart(f"there is no [{at!r}]; there is {', '.join(there) or 'nothing'}") from None


def by_name(output: pulumi.Output[_Part], names: Collection[str], of: str) -> pulumi.Output[_Part]:
    """The same output of a mapping, whose names are known before its values are.

    Args:
        output: of a mapping.
        names: those of its keys.
        of: whose it is and what.
    """
    there = tuple(names)

    class Output(type(output)):  # type: ignore[misc]  # the same but for this, so called the same
        def __getitem__(self, key: str) -> pulumi.Output[Any]:
            if key not in there:
                raise NoSuchKey(f"{of}: nothing is called {key!r}{offer(key, there)}")
            found: pulumi.Output[Any] = super().__getitem__(key)
            return found

    output.__class__ = Output
    return output


def answer(names: Mapping[str, Any]) -> None:
    """Lets classes answer who asks for an attribute, and enumerations who asks for a value, that they haven't.

    Args:
        names: by their names, what programs use.
    """
    for kind in names.values():
        if not isinstance(kind, type) or issubclass(kind, tuple | dict | Exception):
            continue
        if issubclass(kind, enum.Enum):
            setattr(kind, "_missing_", classmethod(_of_enum(kind)))  # noqa: B010  (a method to mypy)
        elif not hasattr(kind, "__getattr__"):
            setattr(kind, "__getattr__", _no_such_attribute)  # noqa: B010


def _no_such_attribute(value: object, name: str) -> object:
    """The `__getattr__` of a class: Python didn't find the attribute."""
    kind = type(value)
    if name.startswith("_") or inspect.getattr_static(kind, name, None) is not None:
        return object.__getattribute__(value, name)  # a property that failed inside says so itself
    own = [one for one in kind.__mro__ if one.__module__.startswith("wiretik")]
    there = dict.fromkeys(part for one in own for part in (*inspect.get_annotations(one), *vars(one)))
    there |= dict.fromkeys(vars(value) if hasattr(value, "__dict__") else ())
    public = [part for part in there if not part.startswith("_")]
    called = getattr(value, "_logical_name", None) or getattr(value, "_name", None)
    who = f"{kind.__name__} {called!r}" if isinstance(called, str) else kind.__name__
    raise NoSuchAttribute(f"{who} has no {name}{offer(name, public)}")


def no_such_import(name: str, there: Collection[str], package: str = "wiretik") -> AttributeError | ImportError:
    """The error of a package that lacks a name which a program asks for.

    Args:
        name: what was asked for.
        there: the public names.
        package: whose they are, whose `__getattr__` calls this.
    """
    asks = sys._getframe(2)
    code = asks.f_code.co_code
    problem = f"{package} has no {name}{offer(name, there)}"
    # `from wiretik import x` makes an ImportError without our words of each AttributeError, but passes others on.
    imports = asks.f_lasti >= 0 and dis.opname[code[asks.f_lasti]] == "IMPORT_FROM"
    return NoSuchImport(problem) if imports else NoSuchAttribute(problem)


def _of_enum(kind: type[enum.Enum]) -> Callable[[type[enum.Enum], object], NoReturn]:
    """The `_missing_` of an enumeration."""

    def missing(_: type[enum.Enum], value: object) -> NoReturn:
        there = [str(one.value) for one in kind]
        near = nearest(value, there) if isinstance(value, str) else ""
        raise Misuse(f"{kind.__name__} is one of {', '.join(there)}; not {value!r}" + (near and f": try {near!r}"))

    return missing
