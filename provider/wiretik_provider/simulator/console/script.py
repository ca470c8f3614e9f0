"""RouterOS script, the small part of it that configures: what schedulers run, exports say and `/import` reads.

Statements of the forms `/menu path`, `verb name=value …`, `/menu/path/verb …`, with `[find …]`, quoted strings,
`:delay`, `:log`, `:put`, `:do {…} on-error={…}` and comments. Anything else is refused with its line's number, never
passed over: who loads a configuration must know that all of it is there.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from wiretik_provider.simulator.machine.device import Device
from wiretik_provider.simulator.machine.session import Session
from wiretik_provider.simulator.spec.grammar import milliseconds

__all__ = ["ScriptError", "Statement", "Walk", "Word", "parse", "run", "run_each", "salvage"]


class ScriptError(ValueError):
    """A statement that can't be done.

    Attributes:
        line: its line, counted from 1.
        problem: what is wrong.
    """

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a statement.

    Attributes:
        name: in front of `=`, empty where there is none.
        value: behind it, unquoted.
        kind: `text`, `find` for `[…]`, `block` for `{…}`.
        comparison: what stood between name and value; `=` everywhere but in `find`.
        assigned: whether there was one.
    """

    name: str
    value: str
    kind: str = "text"
    comparison: str = "="
    assigned: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        line: where it begins.
        words: its words.
        problem: what is wrong with its text, so that it can't be read to its end.
    """

    line: int
    words: tuple[Word, ...]
    problem: str = ""


_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "$": "$", "?": "?", "_": " "}
_PAIRS: Final = {"[": "]", "{": "}", "(": ")"}
_KINDS: Final = {"[": "find", "{": "block"}
_HEX: Final = re.compile(r"[0-9A-F]{2}")


class _Scanner:
    """Walks a script once, character by character."""

    def __init__(self, text: str, line: int, *, exported: bool = False) -> None:
        # A backslash at a line's end joins it with the next, also inside a string (docs/facts/rest-and-export.md).
        self._text = text.replace("\r\n", "\n")
        self._position = 0
        self._exported = exported
        self.line = self.began = line
        self.words: list[Word] = []

    def statements(self) -> Iterator[Statement]:
        words = self.words
        while self._position < len(self._text):
            sign = self._text[self._position]
            if sign in "\n;":
                if words:
                    yield Statement(self.began, tuple(words))
                    words.clear()
                self._step()
            elif sign in " \t":
                self._step()
            elif self._joined():
                continue
            elif sign == "#" and not words:
                self._skip_comment()
            else:
                if not words:
                    self.began = self.line
                words.append(self._word())
        if words:
            yield Statement(self.began, tuple(words))

    def _step(self) -> str:
        sign = self._text[self._position]
        self._position += 1
        if sign == "\n":
            self.line += 1
        return sign

    def _joined(self) -> bool:
        if not self._text.startswith("\\\n", self._position):
            return False
        self._step()
        self._step()
        while self._position < len(self._text) and self._text[self._position] in " \t":
            self._step()
        return True

    def _skip_comment(self) -> None:
        while self._position < len(self._text) and self._text[self._position] != "\n":
            self._step()

    def _word(self) -> Word:
        name = ""
        comparison, assigned = "=", False
        text: list[str] = []
        kind = "text"
        while self._position < len(self._text):
            sign = self._text[self._position]
            if sign in " \t\n;":
                break
            if self._joined():
                # In the middle of a word: the next line goes on with it.
                continue
            if sign == '"':
                text.append(self._string())
            elif sign in _PAIRS and not text:
                kind = _KINDS.get(sign, "text")
                inner = self._enclosed()
                text.append(inner if sign in _KINDS else f"({inner})")
            elif sign in "=~" and not assigned and text:
                name = "".join(text)
                if name.endswith("!"):
                    name, comparison = name[:-1], "!="
                else:
                    comparison = sign
                text, assigned = [], True
                self._step()
            else:
                text.append(self._step())
        return Word(name, "".join(text), kind, comparison, assigned)

    def _string(self) -> str:
        line = self.line
        self._step()
        text: list[str] = []
        while self._position < len(self._text):
            if self._joined():
                continue
            sign = self._step()
            if sign == '"':
                # Bytes that make up a character are one; others stay what they are.
                return "".join(text).encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
            if sign == "\n" and self._exported:
                break
            if sign == "\\" and self._position < len(self._text):
                text.append(self._escape())
            else:
                text.append(sign)
        raise ScriptError(line, "a string has no end")

    def _escape(self) -> str:
        code = self._text[self._position : self._position + 2]
        if _HEX.fullmatch(code):
            self._position += 2
            return bytes((int(code, 16),)).decode("utf-8", "surrogateescape")
        return _ESCAPES.get(sign := self._step(), sign)

    def _enclosed(self) -> str:
        line = self.line
        opening = self._step()
        start = self._position
        depth = 1
        while self._position < len(self._text):
            if self._text[self._position] == '"':
                self._string()
                continue
            sign = self._step()
            depth += (sign == opening) - (sign == _PAIRS[opening])
            if not depth:
                return self._text[start : self._position - 1]
        raise ScriptError(line, f"{opening} has no end")


def parse(text: str, line: int = 1) -> Iterator[Statement]:
    """The statements of a script.

    Raises:
        ScriptError: a string or a bracket has no end.
    """
    return _Scanner(text, line).statements()


def salvage(text: str, *, exported: bool) -> Iterator[Statement]:
    """The statements of a text that may be cut off or damaged; one without its end takes no other with it.

    Args:
        text: the text.
        exported: a router wrote it, so that no string goes on in the next line without a backslash.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    line = 1
    while line <= len(lines):
        scanner = _Scanner("\n".join(lines[line - 1 :]), line, exported=exported)
        try:
            yield from scanner.statements()
        except ScriptError as error:
            yield Statement(scanner.began, tuple(scanner.words), f"{error.problem} (line {error.line})")
            line = scanner.began
            while line <= len(lines) and lines[line - 1].endswith("\\"):
                line += 1
            line += 1
        else:
            return


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
        if first == ":do":
            self._do(statement, words)
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

    def _do(self, statement: Statement, words: list[Word]) -> None:
        blocks = [word for word in words[1:] if word.kind == "block" and not word.name]
        caught = next((word for word in words if word.name == "on-error"), None)
        try:
            for block in blocks:
                self.run(tuple(parse(block.value, statement.line)))
        except ScriptError:
            if caught is None:
                raise
            self.run(tuple(parse(caught.value, statement.line)))

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

    def _command(self, statement: Statement, path: str, verb: str, words: list[Word]) -> None:
        sentence = [f"{path}/{verb}"]
        positions = ["numbers", "destination"][: 1 + (verb == "move")] if verb in _TARGETED else []
        prefix = ""
        for word in words:
            # `configuration.mode=ap .ssid=x`: exports leave out what the name before began with.
            if word.name.startswith(".") and word.name != ".id":
                word = dataclasses.replace(word, name=prefix + word.name)  # noqa: PLW2901
            elif "." in word.name:
                prefix = word.name.partition(".")[0]
            attribute = self._attribute(statement, path, verb, word, positions)
            if attribute is None:
                return
            sentence.append(attribute)
        for reply in self.router.execute(sentence, self.session):
            if reply[0] == "!trap":
                message = next(word for word in reply if word.startswith("=message="))
                raise ScriptError(statement.line, f"{path} {verb}: {message.removeprefix('=message=')}")

    def _attribute(self, statement: Statement, path: str, verb: str, word: Word, positions: list[str]) -> str | None:
        """One word as the API has it; None where it finds no row."""
        menu = self.router.menus.get(path)
        args = menu.args if menu else {}
        singleton = menu is not None and menu.menu.singleton
        value = word.value
        if word.kind == "find" and word.assigned and self.session.written and not _FINDS.match(value):
            value = f"[{value}]"  # a value that was blacked out
        elif word.kind == "find":
            found = self._find(statement, path, value)
            if not found and self.absent is not None:
                found = list(filter(None, [self.absent(path, word)]))
                if not found:
                    raise ScriptError(statement.line, f"{path} {verb}: nothing is found by [{value.strip()}]")
            if not found:
                return None
            value = ",".join(found)
        if word.assigned:
            return f"={'numbers' if word.name == 'number' else word.name}={value}"
        if value.lstrip("!") in args and (not positions or singleton):
            return f"={value}="
        if positions:
            if self.absent is not None and not singleton:
                self.absent(path, word)
            return f"={positions.pop(0)}={self._target(path, value)}"
        raise ScriptError(statement.line, f"{path} {verb}: unexpected {value}")

    def _target(self, path: str, value: str) -> str:
        """An item as the console names it: id, name, or its number in the list."""
        if not (value.isdigit() and value.isascii()):
            return value
        rows = self.router.rows(path)
        return rows[int(value)][".id"] if int(value) < len(rows) else value

    def _find(self, statement: Statement, path: str, text: str) -> list[str]:
        (inner,) = tuple(parse(text, statement.line)) or (Statement(statement.line, ()),)
        words = list(inner.words)
        if not words or words[0].value.rpartition("/")[2] != "find":
            raise ScriptError(statement.line, f"[{text}] isn't part of what the embedded router runs")
        if words[0].value.startswith("/"):
            path = words[0].value.rpartition("/")[0]
        conditions = [word for word in words[1:] if word.assigned or word.value not in ("where", "and", "&&")]
        if path not in self.router.menus or self.router.menus[path].menu.singleton:
            raise ScriptError(statement.line, f"{path} find: no such command")
        return [row[".id"] for row in self.router.rows(path) if all(_holds(word, row) for word in conditions)]


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


def run(router: Device, text: str, session: Session) -> None:
    """Runs a script until its end or its first error; what was done before stays done (docs/facts/changes.md).

    Raises:
        ScriptError: which statement can't be done, and why.
    """
    _Run(router, session).run(tuple(parse(text)))


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
