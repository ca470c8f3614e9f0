"""Calls to a router and its answers, as values: a command, its answer, a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from wiretik_provider.errors import Trap

__all__ = ["READ_ONLY", "Answer", "Command", "Row"]

Row = Mapping[str, str]
"""A row exactly as the router printed it, `.id` included."""

READ_ONLY: Final = frozenset({"print", "getall", "get", "monitor", "listen", "inspect"})
"""Verbs that change nothing, so that a lost answer leaves nothing open."""


class Command(NamedTuple):
    """One command to send."""

    path: str
    """The menu, such as `/ip/route`."""
    verb: str
    """Such as `add`."""
    words: tuple[str, ...] = ()
    """Attributes and queries as words: `=name=wg0`, `?disabled=false`."""


class Answer(NamedTuple):
    """What the router answered to one command."""

    rows: Sequence[Row]
    ret: str
    """What `!done` carried, such as the new row's id."""
    trap: Trap | None
    """The refusal, if it refused."""
    cost: int = 0
    """The bytes of memory that the rows take, about."""
