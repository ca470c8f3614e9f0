"""Who gives a command, and how a refusal looks to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from wiretik_provider.simulator.refusal import Refusal
from wiretik_provider.simulator.spec.system import POLICIES
from wiretik_provider.wire import Sentence

__all__ = ["OWNER", "WRITTEN", "PowerCut", "Refused", "Session", "trap"]


class Refused(Exception):
    """A command given by hand was refused.

    Attributes:
        message: what the router said.
    """

    def __init__(self, command: str, message: str) -> None:
        super().__init__(f"{command}: {message}")
        self.message = message


class PowerCut(Exception):
    """The power went between two commands; `reboot` gives it back."""


@dataclass(frozen=True, slots=True)
class Session:
    """Who gives a command.

    Attributes:
        user: the user's name.
        policies: what that user may.
        number: tells sessions apart.
        written: what it gives was written by a router, which writes more than it takes from a client.
    """

    user: str
    policies: frozenset[str]
    number: int = 0
    written: bool = False


OWNER: Final = Session("admin", frozenset(POLICIES))
"""The router's own hand: may do everything."""

WRITTEN: Final = replace(OWNER, written=True)
"""The same, while it loads what a router wrote."""


def trap(refused: Refusal) -> Sentence:
    """A refusal as a sentence."""
    if refused.category is None:
        return ("!trap", f"=message={refused.message}")
    return ("!trap", f"=category={refused.category}", f"=message={refused.message}")
