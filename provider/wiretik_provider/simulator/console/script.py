"""RouterOS script, the part of it that configures: what schedulers run, exports say and `/import` reads.

Statements of the forms `/menu path`, `verb name=value …`, `/menu/path/verb …`, with `[find …]` and `[get …]`, quoted
strings, `:if`, `:foreach`, `:local`, `:set`, `:error`, `:delay`, `:log`, `:put`, `:do {…} on-error={…}` and comments,
as MikroTik's manual has them (docs/facts/undo.md#the-script-language). Anything else is refused with its line's number,
never passed over: who loads a configuration must know that all of it is there.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import ChainMap
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from wiretik_provider.simulator.console import expressions
from wiretik_provider.simulator.console.expressions import Value
from wiretik_provider.simulator.console.statements import ScriptError, Statement, Word, parse
from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.spec.grammar import milliseconds

__all__ = ["Walk", "run", "run_each"]

_IGNORED: Final = frozenset({":log", ":put", ":nothing"})
_NOWHERE: Final = "/?"
_TARGETED: Final = frozenset({"set", "remove", "enable", "disable", "move", "unset", "comment", "reset", "run"})


Absent = Callable[[str, Word], str]
"""Told of a row that a statement names and that isn't there, by its menu; gives its id if it is there now."""

Lost = Callable[[str, Statement, ScriptError], None]
"""Told of a statement that couldn't be done, by the menu as far as it is known, and why."""


class _Run:
    """One script that is being run: whose it is and in which menu it stands.

    Args:
        router: the router.
        session: whose the script is.
        absent: told of rows that aren't there; None lets `[find …]` find nothing, as the router does.
    """

    def __init__(self, router: Device, session: Session, absent: Absent | None = None) -> None:
        self.router = router
        self.session = session
        self.absent = absent
        self.menu = ""
        self.variables: ChainMap[str, Value] = ChainMap()

    def run(self, statements: Sequence[Statement]) -> None:
        for number, statement in enumerate(statements):
            first = statement.words[0].value if statement.words else ""
            if first == ":delay":
                span = milliseconds(statement.words[1].value) if len(statement.words) > 1 else 1000
                if span is None:
                    raise ScriptError(statement.line, "invalid time value for :delay")
                later = functools.partial(self._later, statements[number + 1 :])
                self.router.agenda.at(self.router.clock() + span / 1000, later)
                return
            self._statement(statement)

    def _later(self, statements: Sequence[Statement]) -> None:
        try:
            self.run(statements)
        except ScriptError as error:
            self.router.log.append(f"script error: {error}")

    def _statement(self, statement: Statement) -> None:
        if statement.problem:
            raise ScriptError(statement.line, statement.problem)
        words = list(statement.words)
        first = words[0].value
        if first in _IGNORED:
            return
        if (own := _OWN.get(first)) is not None:
            own(self, statement)
            return
        if first.startswith((":", "$")):
            raise ScriptError(statement.line, f"{first} isn't part of what the embedded router runs")
        if self.menu == _NOWHERE and not first.startswith("/"):
            raise ScriptError(statement.line, f"{first}: its menu isn't known")
        path, verb, rest = self._split(statement, words)
        if not verb:
            self.menu = path
            return
        self._command(statement, path, verb, rest)

    def _block(self, statement: Statement, text: str) -> None:
        """What stands in braces; what it declares ends with it."""
        self.variables = self.variables.new_child()
        try:
            self.run(_parsed(text, statement.line))
        finally:
            self.variables = self.variables.parents

    def _do(self, statement: Statement) -> None:
        blocks = [word for word in statement.words[1:] if word.kind == "block" and not word.name]
        caught = next((word for word in statement.words if word.name == "on-error"), None)
        if odd := [word.name for word in statement.words if word.name not in ("", "on-error")]:
            raise ScriptError(statement.line, f":do {odd[0]}= isn't part of what the embedded router runs")
        try:
            for block in blocks:
                self._block(statement, block.value)
        except ScriptError:
            if caught is None:
                raise
            self._block(statement, caught.value)

    def _if(self, statement: Statement) -> None:
        if len(statement.words) < 2:
            raise ScriptError(statement.line, ":if needs a condition")
        holds = expressions.truth_of(self._value(statement, statement.words[1]), statement.line)
        for word in statement.words[2:]:
            if word.name not in ("do", "else") or word.kind != "block":
                raise ScriptError(statement.line, f":if: unexpected {word.name or word.value}")
            if (word.name == "do") is holds:
                self._block(statement, word.value)

    def _foreach(self, statement: Statement) -> None:
        given = {word.name: word for word in statement.words[2:]}
        if len(statement.words) < 4 or given.keys() != {"in", "do"}:
            raise ScriptError(statement.line, ":foreach needs a name, in= and do=")
        found = self._value(statement, given["in"])
        for each in found if isinstance(found, tuple) else [found]:
            self.variables = self.variables.new_child({statement.words[1].value: each})
            try:
                self._block(statement, given["do"].value)
            finally:
                self.variables = self.variables.parents

    def _local(self, statement: Statement) -> None:
        value = None
        for word in statement.words[2:3]:
            value = self._value(statement, word)
        for name in statement.words[1:2]:
            self.variables[name.value] = value

    def _set_variable(self, statement: Statement) -> None:
        if len(statement.words) < 3:
            raise ScriptError(statement.line, ":set needs a name and a value")
        name, value = statement.words[1].value.lstrip("$"), self._value(statement, statement.words[2])
        scope = next((scope for scope in self.variables.maps if name in scope), None)
        if scope is None:
            raise ScriptError(statement.line, f"no variable ${name} is declared")
        scope[name] = value

    def _error(self, statement: Statement) -> None:
        raise ScriptError(statement.line, statement.words[1].value if len(statement.words) > 1 else "interrupted")

    def _value(self, statement: Statement, word: Word) -> Value:
        """What a word of the script language is."""
        if word.kind == "block":
            return tuple(each.words[0].value for each in _parsed(word.value, statement.line))
        text = f"[{word.value}]" if word.kind == "find" else word.value
        if word.kind in ("find", "variable") or text.startswith("("):
            return expressions.evaluate(text, self.variables, self._answer, statement.line)
        return text

    def _answer(self, text: str, line: int) -> Value:
        """What a command in brackets answers."""
        (statement,) = _parsed(text, line) or (Statement(line, (Word("", ""),)),)
        words = list(statement.words)
        if len(words) == 2 and (own := _ASKED.get(words[0].value)) is not None:
            return own(self, self._value(statement, words[1]), line)
        if not words[0].value.startswith((":", "$")):
            path, verb, rest = self._split(statement, words)
            if verb == "find":
                return tuple(self._find(statement, path, text))
            if verb == "get":
                return self._command(statement, path, verb, rest)
        raise ScriptError(line, f"[{text}] isn't part of what the embedded router runs")

    def _length(self, value: Value, line: int) -> Value:  # noqa: ARG002  (one form for all)
        return len(value) if isinstance(value, tuple) else len(expressions.text_of(value))

    def _text(self, value: Value, line: int) -> Value:  # noqa: ARG002
        return expressions.text_of(value)

    def _type(self, value: Value, line: int) -> Value:  # noqa: ARG002
        return expressions.type_of(value)

    def _lookup(self, value: Value, line: int) -> Value:
        """The first address of a name, as the router's own resolver has it; an address is its own."""
        name = expressions.text_of(value)
        if expressions.is_address(name):
            return name
        for address in self.router.resolves.get(name, ()):
            return address
        raise ScriptError(line, "failure: resolve failed")  # docs/facts/api.md#error-texts

    def _split(self, statement: Statement, words: list[Word]) -> tuple[str, str, list[Word]]:
        """Menu, verb and what follows."""
        path = "" if words[0].value.startswith("/") else self.menu
        menus = self.router.paths
        while words and not words[0].assigned and words[0].kind == "text":
            for piece in filter(None, words.pop(0).value.split("/")):
                if f"{path}/{piece}" in menus:
                    path = f"{path}/{piece}"
                elif path in self.router.menus or piece in ("export", "import"):
                    return path, piece, words
                else:
                    raise ScriptError(statement.line, f"{path} {piece}: no such menu")
        if words:
            raise ScriptError(statement.line, f"a command is missing in front of {words[0].name or words[0].value}")
        return path, "", words

    def _command(self, statement: Statement, path: str, verb: str, words: list[Word]) -> str:
        """Gives a command; what it answers."""
        sentence = [f"{path}/{verb}"]
        positions = ["numbers", "destination"][: 1 + (verb == "move")] if verb in _TARGETED else []
        if verb == "get":
            singleton = path in self.router.menus and self.router.menus[path].menu.singleton
            positions = ["value-name"] if singleton else ["number", "value-name"]
        prefix = ""
        for word in words:
            # `configuration.mode=ap .ssid=x`: exports leave out what the name before began with.
            if word.name.startswith(".") and word.name != ".id":
                word = dataclasses.replace(word, name=prefix + word.name)  # noqa: PLW2901
            elif "." in word.name:
                prefix = word.name.partition(".")[0]
            attribute = self._attribute(statement, path, verb, word, positions)
            if attribute is None:
                return ""
            sentence.append(attribute)
        answer = ""
        for reply in self.router.execute(sentence, self.session):
            if reply[0] == "!trap":
                message = next(word for word in reply if word.startswith("=message="))
                raise ScriptError(statement.line, f"{path} {verb}: {message.removeprefix('=message=')}")
            answer = next((word.removeprefix("=ret=") for word in reply if word.startswith("=ret=")), answer)
        return answer

    def _attribute(self, statement: Statement, path: str, verb: str, word: Word, positions: list[str]) -> str | None:
        """One word as the API has it; None where it finds no row."""
        menu = self.router.menus.get(path)
        args = menu.args if menu else {}
        singleton = menu is not None and menu.menu.singleton
        value = self._resolved(statement, path, verb, word)
        if value is None:
            return None
        if word.assigned:
            return f"={'numbers' if word.name == 'number' else word.name}={value}"
        if value.lstrip("!") in args and (not positions or singleton) and verb != "get":
            return f"={value}="
        if positions:
            if self.absent is not None and not singleton:
                self.absent(path, word)
            return f"={positions.pop(0)}={self._target(path, value)}"
        raise ScriptError(statement.line, f"{path} {verb}: unexpected {value}")

    def _resolved(self, statement: Statement, path: str, verb: str, word: Word) -> str | None:
        """What a word says once its brackets and variables are answered; None where it finds no row."""
        if word.kind == "find" and word.assigned and self.session.written and not _FINDS.match(word.value):
            return f"[{word.value}]"  # a value that was blacked out
        if word.kind == "variable" and not self.session.written:
            value = expressions.text_of(self._value(statement, word))
            return value if value or word.assigned else None
        if word.kind != "find":
            return word.value
        if not _FINDS.match(word.value) and self.absent is None:
            return expressions.text_of(self._value(statement, word))
        found = self._find(statement, path, word.value)
        if not found and self.absent is not None:
            found = list(filter(None, [self.absent(path, word)]))
            if not found:
                raise ScriptError(statement.line, f"{path} {verb}: nothing is found by [{word.value.strip()}]")
        if not found and verb == "get":
            raise ScriptError(statement.line, f"{path} get: no such item")
        return ",".join(found) if found else None

    def _target(self, path: str, value: str) -> str:
        """An item as the console names it: id, name, or its number in the list."""
        if not (value.isdigit() and value.isascii()):
            return value
        rows = self.router.rows(path)
        return rows[int(value)][".id"] if int(value) < len(rows) else value

    def _find(self, statement: Statement, path: str, text: str) -> list[str]:
        (inner,) = _parsed(text, statement.line) or (Statement(statement.line, ()),)
        words = list(inner.words)
        verb, rest = (words[0].value, words[1:]) if words else ("", [])
        if verb.startswith("/"):
            path, verb, rest = self._split(inner, words)
        if verb != "find":
            raise ScriptError(statement.line, f"[{text}] isn't part of what the embedded router runs")
        conditions = [word for word in rest if word.assigned or word.value not in ("where", "and", "&&")]
        if path not in self.router.menus or self.router.menus[path].menu.singleton:
            raise ScriptError(statement.line, f"{path} find: no such command")
        if not self.session.written:
            conditions = [self._plain(statement, word) for word in conditions]
        return [row[".id"] for row in self.router.rows(path) if all(_holds(word, row) for word in conditions)]

    def _plain(self, statement: Statement, word: Word) -> Word:
        """A word with its variable's value."""
        if word.kind != "variable":
            return word
        return dataclasses.replace(word, value=expressions.text_of(self._value(statement, word)), kind="text")


_OWN: Final[dict[str, Callable[[_Run, Statement], None]]] = {
    ":do": _Run._do,  # noqa: SLF001  (the language's own words are the run's methods)
    ":if": _Run._if,  # noqa: SLF001
    ":foreach": _Run._foreach,  # noqa: SLF001
    ":local": _Run._local,  # noqa: SLF001
    ":set": _Run._set_variable,  # noqa: SLF001
    ":error": _Run._error,  # noqa: SLF001
}
"""Words of the language itself."""

_ASKED: Final[dict[str, Callable[[_Run, Value, int], Value]]] = {
    ":len": _Run._length,  # noqa: SLF001
    ":resolve": _Run._lookup,  # noqa: SLF001
    ":tostr": _Run._text,  # noqa: SLF001
    ":typeof": _Run._type,  # noqa: SLF001
}
"""Those that answer something in brackets."""

_FINDS: Final = re.compile(r"[\s/a-z-]*\bfind\b")


def _holds(word: Word, row: dict[str, str]) -> bool:
    if not word.assigned:
        wanted = not word.value.startswith("!")
        return (row.get(word.value.lstrip("!")) == "true") is wanted
    value = row.get(word.name, "")
    if word.comparison == "~":
        return re.search(word.value, value) is not None
    wanted_value = {"yes": "true", "no": "false"}.get(word.value, word.value)
    equal = value in (word.value, wanted_value)
    return equal is (word.comparison == "=")


@functools.lru_cache(maxsize=512)
def _parsed(text: str, line: int = 1) -> tuple[Statement, ...]:
    """The statements of a script, or of a part of one: what a scheduler runs each second is read once."""
    return tuple(parse(text, line))


def run(router: Device, text: str, session: Session) -> None:
    """Runs a script until its end or its first error; what was done before stays done (docs/facts/changes.md).

    Raises:
        ScriptError: which statement can't be done, and why.
    """
    _Run(router, session).run(_parsed(text))


def run_each(
    router: Device,
    session: Session,
    statements: Iterable[Statement],
    absent: Absent | None = None,
    lost: Lost | None = None,
) -> list[ScriptError]:
    """Runs every statement, and gives all that couldn't be done.

    Args:
        router: the router.
        session: whose the statements are.
        statements: them.
        absent: told of rows that aren't there.
        lost: told of each statement that couldn't be done.
    """
    errors = []
    one = _Run(router, session, absent)
    for statement in statements:
        try:
            one.run((statement,))
        except ScriptError as error:
            errors.append(error)
            if lost is not None:
                lost(_menu_of(router, one.menu, statement)[0], statement, error)
            # What follows stands in a menu that isn't known, not in the one before it.
            if _goes(statement):
                one.menu = _NOWHERE
    return errors


def _menu_of(router: Device, menu: str, statement: Statement) -> tuple[str, bool]:
    """The menu that a statement speaks of as far as it is known, and whether it only goes there."""
    words = statement.words
    path = "" if menu == _NOWHERE or (words and words[0].value.startswith("/")) else menu
    for word in words:
        if word.assigned or word.kind != "text":
            return path, False
        for piece in filter(None, word.value.split("/")):
            if f"{path}/{piece}" not in router.paths:
                return path, False
            path = f"{path}/{piece}"
    return path, True


class Walk:
    """Follows the menus of a text's statements without doing anything."""

    def __init__(self, router: Device) -> None:
        self._router = router
        self._menu = ""

    def menu_of(self, statement: Statement) -> str:
        """The menu that a statement speaks of as far as it is known; the next one's is asked after it."""
        path, goes = _menu_of(self._router, self._menu, statement)
        if goes:
            self._menu = path
        elif _goes(statement):
            self._menu = _NOWHERE
        return path


def _goes(statement: Statement) -> bool:
    """Whether a statement goes to a menu and does nothing there."""
    plain = all(not word.assigned and word.kind == "text" for word in statement.words)
    return plain and bool(statement.words) and statement.words[0].value.startswith("/")
