"""Safe mode: everything that anybody changes is undone when the session that took it dies (routeros.md E).

Since 7.18 it is a menu, and works over the API (traps.md 55). The history holds 100 actions; beyond that safe mode
ends without a way back. How the router refuses a second `take` isn't known; the form used here is the usual one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.table import Table, Undo

__all__ = ["HISTORY", "SafeMode"]

HISTORY: Final = 100
"""So many actions can be undone."""


class SafeMode:
    """Who holds it, and the way back.

    Args:
        tables: every table whose changes it records.
        undone: told after a rollback.

    Attributes:
        holder: the number of the session that took it, None where nobody did.
        user: that session's user.
    """

    def __init__(self, tables: Callable[[], Iterable[Table]], undone: Callable[[], None]) -> None:
        self._tables = tables
        self._undone = undone
        self._actions: list[list[Undo]] = []
        self._current: list[Undo] = []
        self.holder: int | None = None
        self.user = ""

    def take(self, session: int, user: str) -> None:
        """Begins to record.

        Raises:
            Refusal: another session holds it.
        """
        if self.holder is not None and self.holder != session:
            raise refusal.failure("safe mode is already taken by another session")
        if self.holder is None:
            self.holder, self.user = session, user
            self._record(self._note)

    def release(self) -> None:
        """Keeps what was changed; any session may (routeros.md E)."""
        self.holder, self.user = None, ""
        self._record(None)
        self._actions.clear()
        self._current = []

    def unroll(self) -> None:
        """Undoes what was changed, the last first."""
        self.close_action()
        actions = self._actions
        self._actions = []
        self.release()
        for action in reversed(actions):
            for undo in reversed(action):
                undo()
        self._undone()

    def close_action(self) -> None:
        """One command is over; one more than the history holds ends safe mode without undo."""
        if self._current:
            self._actions.append(self._current)
            self._current = []
            if len(self._actions) > HISTORY:
                self.release()

    def _note(self, undo: Undo) -> None:
        self._current.append(undo)

    def _record(self, journal: Callable[[Undo], None] | None) -> None:
        for table in self._tables():
            table.journal = journal
