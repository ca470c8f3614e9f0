"""A connection of which every write is under guard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wiretik_provider.api.session import Access, Answer, Command, Session
from wiretik_provider.api.watch import Watch
from wiretik_provider.masks import Known

__all__ = ["GuardedSession"]


class GuardedSession(Session):
    """A session whose writes are written down before they are sent.

    Args:
        access: how to reach the router.
        known: the secrets that were sent to it before.
        watch: the deployment's guard, which outlives a connection.
    """

    def __init__(self, access: Access, known: Known, watch: Watch) -> None:
        self._watched_by = watch
        super().__init__(access, known)

    def batch(self, commands: Iterable[Command], progress: Callable[[int], None] | None = None) -> list[Answer]:
        """As `Session.batch`; progress is told at the end."""
        answers = self._watched_by.through(list(commands), super().batch)
        if progress and answers:
            progress(len(answers))
        return answers
