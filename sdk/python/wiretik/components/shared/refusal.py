"""What a component says to a combination that can't work: the reason and the cure, before anything is registered."""

from __future__ import annotations

from collections.abc import Iterable

import pulumi

from wiretik._text import printable

__all__ = ["Refusal"]


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
