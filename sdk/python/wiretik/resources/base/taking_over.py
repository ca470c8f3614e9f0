"""Components that take over what is there: all rows that one makes meanwhile, those of components in it among them.

Rule: rows are made in a component's own call and never inside `apply`, so whose they are is known without asking.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar, cast

__all__ = ["takes_over", "taking_over"]

Make = TypeVar("Make", bound=Callable[..., None])

_TAKES: Final = ContextVar("wiretik components that take over", default=False)


def taking_over() -> bool:
    """Whether a row that is made now may be taken over, as it is found."""
    return _TAKES.get()


@contextmanager
def _taking(*, over: bool) -> Iterator[None]:
    token = _TAKES.set(over or _TAKES.get())
    try:
        yield
    finally:
        _TAKES.reset(token)


def takes_over(make: Make) -> Make:
    """Of a component's `__init__`: with `adopt` among its arguments, its rows take over those that are there."""

    @functools.wraps(make)
    def made(self: object, name: str, args: object, *more: object, **named: object) -> None:
        with _taking(over=getattr(args, "adopt", False) is True):
            make(self, name, args, *more, **named)

    return cast(Make, made)
