"""What can be taken back: the last actions, `/undo` and `/redo`, and safe mode, which is made of them.

Source: docs/facts/changes.md.

An action is what one command changed. The history holds 100; beyond that the oldest are forgotten, and safe mode ends
without a way back. Safe mode undoes everything that anybody changed since it was taken when the session that took it
dies. Since 7.18 it is a menu, and works over the API (docs/facts/traps.md#rollback 55). How the router refuses a
second `take`, or an
`/undo` with nothing to undo, isn't known; the forms used here are the usual ones.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from wiretik_provider.simulator import refusal
from wiretik_provider.simulator.machine.table import Undo

__all__ = ["HISTORY", "Action", "History"]

HISTORY: Final = 100
"""So many actions can be undone."""


@dataclass(slots=True)
class Action:
    """What one command changed.

    Attributes:
        what: the command.
        by: whose it was.
        when: its moment.
        undo: what takes it back, to be done from the last to the first.
        floating: safe mode would take it back.
    """

    what: str
    by: str
    when: float
    undo: list[Undo]
    floating: bool


class History:
    """The last actions of a router, and who holds safe mode.

    Args:
        undone: told after something was taken back.

    Attributes:
        holder: the number of the session that took safe mode, None where nobody did.
        user: that session's user.
    """

    def __init__(self, undone: Callable[[], None]) -> None:
        self._undone = undone
        self._done: deque[Action] = deque(maxlen=HISTORY)
        self._redo: list[Action] = []
        self._current: list[Undo] = []
        self._floating = 0
        self._rehearsing = False
        self.holder: int | None = None
        self.user = ""

    def note(self, undo: Undo) -> None:
        """Something was changed."""
        self._current.append(undo)

    @property
    def open(self) -> bool:
        """Whether the command that is being done has changed something."""
        return bool(self._current)

    def close(self, what: str, by: str, when: float) -> None:
        """The command is over."""
        if not self._current or self._rehearsing:
            return
        self._done.append(Action(what, by, when, self._current, self.holder is not None))
        self._current = []
        self._redo.clear()
        if self.holder is not None:
            self._floating += 1
            if self._floating > HISTORY:
                self.release()

    @contextlib.contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Takes back whatever is changed meanwhile, by however many commands."""
        self._rehearsing = True
        try:
            yield
        finally:
            undos, self._current = self._current, []
            for undo in reversed(undos):
                undo()
            self._rehearsing, self._current = False, []
            self._undone()

    def forget(self) -> None:
        """Nothing of what was done so far can be taken back."""
        self._done.clear()
        self._redo.clear()
        self._current = []

    def lose(self, since: float) -> None:
        """Takes back what was done since a moment, as if it had never reached the flash."""
        while self._done and self._done[-1].when > since:
            self._back(self._done.pop())
        self._undone()

    def actions(self) -> Iterator[tuple[Action, bool]]:
        """All actions, those that can be done again first, then the last one first; with whether it was undone."""
        yield from ((action, True) for action in self._redo)
        yield from ((action, False) for action in reversed(self._done))

    def undo(self) -> None:
        """Takes the last action back.

        Raises:
            Refusal: there is none.
        """
        if not self._done:
            raise refusal.failure("nothing to undo")
        self._redo.append(self._back(self._done.pop()))
        self._undone()

    def redo(self) -> None:
        """Does again what was taken back last.

        Raises:
            Refusal: there is none.
        """
        if not self._redo:
            raise refusal.failure("nothing to redo")
        self._done.append(self._back(self._redo.pop()))
        self._undone()

    def _back(self, action: Action) -> Action:
        """Takes an action back; what that changes is the way forth again."""
        for undo in reversed(action.undo):
            undo()
        action.undo, self._current = self._current, []
        return action

    def take(self, session: int, user: str, on_error: str = "abort") -> None:
        """Begins safe mode.

        Args:
            session: whose it is.
            user: that session's user.
            on_error: what becomes of it where another session holds it (docs/facts/undo.md#safe-mode).

        Raises:
            Refusal: another session holds it.
        """
        if self.holder not in (None, session) and on_error == "release":
            self.release()
        elif self.holder not in (None, session) and on_error == "unroll":
            self.unroll()
        if self.holder is not None and self.holder != session:
            raise refusal.failure("safe mode is already taken by another session")
        if self.holder is None:
            self.holder, self.user = session, user
            self._floating = 0

    def release(self) -> None:
        """Keeps what was changed in safe mode; any session may (docs/facts/changes.md)."""
        self.holder, self.user = None, ""
        for action in self._done:
            action.floating = False

    def unroll(self) -> None:
        """Undoes what was changed in safe mode, the last first."""
        while self._done and self._done[-1].floating:
            self._back(self._done.pop())
        self.release()
        self._undone()
