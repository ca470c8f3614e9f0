"""What a component says to a combination that can't work: the reason and the cure, before anything is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pulumi

from wiretik._text import printable

__all__ = ["Refusal", "later"]

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


def later(who: str, read: Callable[[Any], _Read]) -> Callable[[Any], _Read]:
    """The same function for an `apply`: what it says of a value is a line there, too.

    Of a `ValueError` in an apply the SDK makes a traceback, and a `Refusal` is one.

    Args:
        who: what the value is, in front of what is said of it.
        read: raises a `ValueError` for a value that can't be.
    """

    def applied(known: Any) -> _Read:  # noqa: ANN401
        try:
            return read(known)
        except ValueError as wrong:
            raise pulumi.RunError("\n".join(printable(f"{who}: {line}") for line in str(wrong).split("\n"))) from None

    return applied
