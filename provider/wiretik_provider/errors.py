"""Every error that Wiretik raises; one tree, one line of text each.

    WiretikError
    ├── ConfigError            how to reach a router isn't said, or is said twice differently
    ├── RouterError            one router, named in `router`
    │   ├── ConnectError       no connection: refused, unreachable, timed out, name not found
    │   │   ├── TlsError       the router's certificate is missing, unknown or another than pinned
    │   │   └── ConnectionLost the connection broke or stalled; `outcome_unknown` if a write was in flight
    │   │       └── OverLimit  the router sends more, or for longer, than it may; trying again is no use
    │   ├── LoginError         user or password refused
    │   ├── ProtocolError      bytes that are not RouterOS's API
    │   ├── Trap               the router refused a command: `message`, `category`, `path`
    │   ├── RowError           a row that can't be made so: `path`, `row`, what exists, the cure
    │   │   ├── Overtaken      somebody changed the rows between look and write: look again
    │   │   └── PartlyDone     a resource of many rows of which some were made: `outputs` say which
    │   ├── GuardError         a change that takes itself back can't begin, go on or be confirmed
    │   └── GateError          the gate refuses a deployment
    ├── UnknownMenu            a menu of RouterOS that Wiretik doesn't manage
    └── InvalidValue           a value that its field can't take; `problem` without the field's name

Rule: the text of an error is one line, names what it is about, and never holds a secret. What a router says and what
its rows are called goes into it: the text is made printable here, for all of them (`printable`).
"""

from __future__ import annotations

from collections.abc import Mapping

from wiretik_provider.printable import printable

__all__ = [
    "ConfigError",
    "ConnectError",
    "ConnectionLost",
    "GateError",
    "GuardError",
    "InvalidValue",
    "LoginError",
    "OverLimit",
    "PartlyDone",
    "ProtocolError",
    "RouterError",
    "RowError",
    "TlsError",
    "Trap",
    "UnknownMenu",
    "WiretikError",
]


class WiretikError(Exception):
    """The root: whoever wants all of Wiretik's errors catches this."""

    def __init__(self, text: str = "") -> None:
        super().__init__(printable(text))


class ConfigError(WiretikError):
    """How to reach a router isn't said, or is said twice differently."""


class UnknownMenu(WiretikError):
    """A menu of RouterOS that Wiretik doesn't manage."""


class InvalidValue(WiretikError):
    """A value that its field can't take.

    Attributes:
        problem: what is wrong and what would be right, without the field's name.
    """

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = printable(problem)


class RouterError(WiretikError):
    """Something about one router.

    Attributes:
        router: the router's name in the program, or its address where it has none.
    """

    def __init__(self, router: str, text: str) -> None:
        super().__init__(f"{router}: {text}" if router else text)
        self.router = router
        self.text = printable(text)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.router, self.text)


class ConnectError(RouterError):
    """No connection: refused, unreachable, timed out, or the name isn't found."""


class TlsError(ConnectError):
    """The router's certificate is missing, unknown, or another than the pinned one."""


class ConnectionLost(ConnectError):
    """The connection broke or stalled after the login.

    Attributes:
        outcome_unknown: a write was in flight, so whether the router did it must be looked up.
    """

    def __init__(self, router: str, text: str, *, outcome_unknown: bool = False) -> None:
        super().__init__(router, text)
        self.outcome_unknown = outcome_unknown

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.router, self.text), {"outcome_unknown": self.outcome_unknown}


class OverLimit(ConnectionLost):
    """The router sends more, or for longer, than it may; whoever tries again gets no further."""


class LoginError(RouterError):
    """User or password refused."""


class ProtocolError(RouterError):
    """Bytes that are not RouterOS's API."""


class Trap(RouterError):
    """The router refused a command.

    Attributes:
        path: the menu, such as `/ip/route`.
        command: the verb, such as `add`.
        message: what the router said, word for word.
        category: RouterOS's number from 0 to 7, None where it sent none (every `failure: …` does so).
    """

    def __init__(self, router: str, path: str, command: str, message: str, category: int | None = None) -> None:
        super().__init__(router, f"{path} {command}: the router says: {message}")
        self.path = path
        self.command = command
        self.message = message
        self.category = category

    @property
    def lacks_menu(self) -> bool:
        """Whether this router has no such menu or command; it has no other sign than its words.

        Source: docs/facts/api.md#error-texts.
        """
        return self.message.startswith("no such command")

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.router, self.path, self.command, self.message, self.category)


class RowError(RouterError):
    """A row that can't be made so.

    Attributes:
        path: the menu.
        row: the row as the user knows it, such as `wg0` or `filter rule "drop all"`.
    """

    def __init__(self, router: str, path: str, row: str, text: str) -> None:
        super().__init__(router, f"{path} {row}: {text}")
        self.path = path
        self.row = row
        self.problem = printable(text)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.router, self.path, self.row, self.problem)


class Overtaken(RowError):
    """Somebody else changed the rows between look and write: whoever looks again may find it done, or whose it is."""


class PartlyDone(RowError):
    """A resource of many rows of which the router refused some, after others were made.

    Attributes:
        id: the resource's id.
        outputs: the resource as it stands now, for the state.
    """

    def __init__(self, why: RowError, resource_id: str, outputs: Mapping[str, object]) -> None:
        super().__init__(why.router, why.path, why.row, why.problem)
        self.why = why
        self.id = resource_id
        self.outputs = outputs

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.why, self.id, dict(self.outputs))


class GateError(RouterError):
    """The gate refuses a deployment; the text says why and what to do."""


class GuardError(RouterError):
    """A change that takes itself back can't begin, go on or be confirmed; the text says why and what to do."""
