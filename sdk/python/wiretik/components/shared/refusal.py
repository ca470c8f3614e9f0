"""A component's refusal of a combination that can't work: the reason and the cure, before anything is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pulumi

from wiretik._text import printable

__all__ = ["Refusal", "later"]

_Known = TypeVar("_Known")
_Read = TypeVar("_Read")


class Refusal(pulumi.RunError, ValueError):
    """All that is wrong with a component's arguments, a line each.

    A `RunError`, so Pulumi shows it without a traceback.
    """

    @classmethod
    def of(cls, who: str, problems: Iterable[str]) -> None:
        """Raises one refusal with all problems, if there are any.

        Args:
            who: the component, as `Tunnel 'wg1'`.
            problems: each with its reason and its cure.

        Raises:
            Refusal: there is a problem.
        """
        if found := list(problems):
            raise cls("\n".join(printable(f"{who}: {problem}") for problem in found))


def later(who: str, read: Callable[[_Known], _Read]) -> Callable[[_Known], _Read]:
    """The same function for an `apply`: its complaint about a value is a line there, too.

    Of a `ValueError` in an apply the SDK makes a traceback, and a `Refusal` is one.

    Args:
        who: the name of the value, in front of the complaint.
        read: raises a `ValueError` for a value that can't be.
    """

    def applied(known: _Known) -> _Read:
        try:
            return read(known)
        except ValueError as wrong:
            raise pulumi.RunError("\n".join(printable(f"{who}: {line}") for line in str(wrong).split("\n"))) from None

    return applied
