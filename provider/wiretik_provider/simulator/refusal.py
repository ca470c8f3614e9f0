"""What the router says when it refuses: one exception, and the texts of docs/facts/api.md#error-texts.

A refusal is a value of the router's language, not an error of the program: the session turns it into `!trap`.
Which ones carry a category follows docs/facts/api.md#replies: every `failure: …` and `not enough permissions (9)` carry
none.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["Refusal"]

_MISSING_ITEM: Final = 0
_ARGUMENT: Final = 1
_INTERRUPTED: Final = 2
_SCRIPT: Final = 3


class Refusal(Exception):
    """The router refuses a command.

    Attributes:
        message: what it says.
        category: RouterOS's number of the kind of refusal, None where it sends none.
    """

    def __init__(self, message: str, category: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.category = category

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, int | None]]:
        return type(self), (self.message, self.category)


def failure(text: str) -> Refusal:
    """`failure: …`, always without a category."""
    return Refusal(f"failure: {text}")


def no_such_item() -> Refusal:
    """No row has this id or name."""
    return Refusal("no such item", _MISSING_ITEM)


def no_such_command() -> Refusal:
    """The menu exists and has no such command."""
    return Refusal("no such command", _MISSING_ITEM)


def no_such_menu() -> Refusal:
    """There is no such menu."""
    return Refusal("no such command prefix", _MISSING_ITEM)


def unknown_parameter(name: str) -> Refusal:
    """The command takes no such argument; A.2 records no category for this one."""
    return Refusal(f"unknown parameter {name}")


def missing(names: Iterable[str]) -> Refusal:
    """Arguments that the command can't do without."""
    return Refusal(f"missing value(s) of argument(s) {' '.join(names)}")


def mismatch(name: str) -> Refusal:
    """A word that no choice begins with."""
    return Refusal(f"input does not match any value of {name}", _ARGUMENT)


def ambiguous(name: str) -> Refusal:
    """A word that several choices begin with; the empty word always is one."""
    return Refusal(f"ambiguous value of {name}, more than one possible value matches input", _ARGUMENT)


def bad_value(name: str) -> Refusal:
    """Not of the argument's form."""
    return Refusal(f"invalid value for argument {name}", _ARGUMENT)


def bad_time(name: str) -> Refusal:
    """Not a time."""
    return Refusal(f"invalid time value for argument {name}", _ARGUMENT)


def bad_mac() -> Refusal:
    """Not a MAC address."""
    return Refusal("invalid value of mac, mac address required", _ARGUMENT)


def bad_range() -> Refusal:
    """Not an address, a prefix or a range."""
    return Refusal("value of range must have ip address before '-'", _ARGUMENT)


def out_of_range(name: str, low: object, high: object) -> Refusal:
    """A number or a time beyond its limits."""
    return Refusal(f"value of {name} out of range ({low}..{high})", _ARGUMENT)


def not_permitted() -> Refusal:
    """The user's group lacks the policy."""
    return Refusal("not enough permissions (9)")


def script(text: str) -> Refusal:
    """A script failed."""
    return Refusal(text, _SCRIPT)


def interrupted() -> Refusal:
    """The command was cancelled."""
    return Refusal("interrupted", _INTERRUPTED)
