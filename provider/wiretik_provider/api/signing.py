"""A connection over which nothing is written but the comments of rows that are there: that of an adoption.

Rule: whatever a program, a kind or a mistake of ours would write besides, the router never gets it. It is refused here,
in the router's place, so that the error names the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wiretik_provider.api.session import Answer, Command, Session
from wiretik_provider.calls import READ_ONLY
from wiretik_provider.errors import Trap

__all__ = ["SigningSession", "beyond"]

_ALLOWED = frozenset({".id", "comment"})


def beyond(command: Command) -> str:
    """What a command would do beyond signing rows; empty where it does no more."""
    if command.verb in READ_ONLY:
        return ""
    names = [word.removeprefix("=").partition("=")[0] for word in command.words]
    if command.verb != "set":
        return f"{command.verb} {'it' if command.verb in {'remove', 'move'} else 'a row'}"
    more = [name.removeprefix("!") for name in names if name not in _ALLOWED]
    return f"set {', '.join(more)}" if more or "comment" not in names else ""


class SigningSession(Session):
    """A session that refuses every write but that of a comment."""

    def batch(self, commands: Iterable[Command], progress: Callable[[int], None] | None = None) -> list[Answer]:
        """As `Session.batch`; of commands among which one does more than sign, none is sent."""
        commands = list(commands)
        traps = [self._refusal(command) for command in commands]
        if any(traps):
            return [Answer((), "", trap or Trap(self.access.label, "", "", "not sent")) for trap in traps]
        return super().batch(commands, progress)

    def _refusal(self, command: Command) -> Trap | None:
        if not (more := beyond(command)):
            return None
        text = f"nothing, since it wasn't asked: an adoption only signs rows, and this would {more}"
        return Trap(self.access.label, command.path, command.verb, text)
