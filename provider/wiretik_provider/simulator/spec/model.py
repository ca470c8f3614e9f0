"""What a menu of the router is: arguments, defaults, what must be unique, which commands it has.

Only descriptions; `spec/`'s other files are the tables, `router.py` walks them. A menu never says what its rows mean:
that is `behaviour.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from wiretik_provider.simulator.spec.grammar import BOOL, STRING, Kind

__all__ = ["ALWAYS", "COMMENT", "DISABLED", "NEVER", "Arg", "Menu", "Unique"]

ALWAYS: Final = (7, 0)
"""Before every version that is played."""
NEVER: Final = (99, 0)
LIST_COMMANDS: Final = ("print", "getall", "get", "listen", "add", "set", "remove", "comment", "reset")
SINGLE_COMMANDS: Final = ("print", "getall", "get", "set", "reset")

# /ip/route/check, and resetting singletons (RR).
_SINCE: Final = {"check": (7, 18)}
_SINGLE_RESET: Final = (7, 21)


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of `add` and `set`.

    Attributes:
        name: RouterOS's name.
        kind: its form.
        default: what `print` shows when it isn't set; None leaves it out (docs/facts/api.md#ten-facts).
        required: `add` refuses to go without it.
        secret: reads as `*****` without policy `sensitive`.
        shown: whether `print` ever shows it.
        since: the first version that has it.
        until: the first version that lacks it again.
    """

    name: str
    kind: Kind = STRING
    default: str | None = None
    required: bool = False
    secret: bool = False
    shown: bool = True
    since: tuple[int, int] = ALWAYS
    until: tuple[int, int] = NEVER

    def there(self, version: tuple[int, int]) -> bool:
        """Whether this version of RouterOS has it."""
        return self.since <= version < self.until


@dataclass(frozen=True, slots=True)
class Unique:
    """Properties that no two rows may share.

    Attributes:
        keys: their names; a row in which one is unset or empty takes no part.
        text: what the router says, with `{key}` of the refused row.
        until: the first version that takes it twice.
    """

    keys: tuple[str, ...]
    text: str
    until: tuple[int, int] = NEVER


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu.

    Attributes:
        path: such as `/ip/route`.
        args: what `add` and `set` take.
        commands: what else the menu has besides what its shape implies.
        without: what it lacks of that.
        ordered: rows have an order that matters, with `move` and `place-before`.
        singleton: one row without an id.
        addable: rows can be added and removed.
        named: `name` stands for the id.
        unique: what can't be there twice.
        unset: the first version with the command `unset`, None where there is none.
        table: the menu whose rows these are, where it is another.
        type: this menu's rows in that table.
        policies: what `add`, `set` and the like need; `print` needs `read`.
        since: the first version that has the menu.
        until: the first version that lacks it again.
        plain: a table without semantics of its own.
        refers: the kind of reference that its names serve.
    """

    path: str
    args: tuple[Arg, ...] = ()
    commands: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    ordered: bool = False
    singleton: bool = False
    addable: bool = True
    named: bool = False
    unique: tuple[Unique, ...] = ()
    unset: tuple[int, int] | None = None
    table: str = ""
    type: str = ""
    policies: tuple[str, ...] = ("write",)
    since: tuple[int, int] = ALWAYS
    until: tuple[int, int] = NEVER
    plain: bool = False
    refers: tuple[str, ...] = field(default=())

    def verbs(self, version: tuple[int, int]) -> frozenset[str]:
        """The commands that this menu has in a version of RouterOS."""
        verbs = set(SINGLE_COMMANDS if self.singleton else LIST_COMMANDS)
        verbs |= {command for command in self.commands if version >= _SINCE.get(command, ALWAYS)}
        if self.singleton and version < _SINGLE_RESET:
            verbs.discard("reset")
        names = {arg.name for arg in self.args}
        if "disabled" in names and not self.singleton:
            verbs |= {"enable", "disable"}
        if "comment" not in names:
            verbs.discard("comment")
        if not self.addable:
            verbs -= {"add", "remove"}
        if not self.args:
            verbs -= {"set", "reset"}
        if self.ordered:
            verbs.add("move")
        if self.unset is not None and version >= self.unset:
            verbs.add("unset")
        return frozenset(verbs - set(self.without))


COMMENT: Final = Arg("comment")
DISABLED: Final = Arg("disabled", BOOL, "false")
