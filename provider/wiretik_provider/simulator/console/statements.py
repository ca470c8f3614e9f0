"""RouterOS script as text: statements and their words, strings, brackets and comments.

`script` runs them, `loading` reads exports by them. What a statement means is none of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["ScriptError", "Statement", "Word", "parse", "salvage"]


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
        kind: `text`, `find` for `[…]`, `block` for `{…}`, `variable` for `$name`.
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
_VARIABLE: Final = re.compile(r"\$[A-Za-z0-9]+(?=[\s;]|$)")
_PLAIN: Final = re.compile(r"[^ \t\n;\"$\[{(=~\\]+")
"""What means itself wherever it stands in a word."""
_QUOTED: Final = re.compile(r"[^\"\\\n]+")
"""The same in a string."""


class _Scanner:
    """Walks a script once: what means itself in runs, all else character by character."""

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
            elif sign == "\\" and self._joined():
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

    def _run(self, pattern: re.Pattern[str]) -> str:
        """Characters that mean themselves, none of them a line's end; empty where there is none."""
        found = pattern.match(self._text, self._position)
        if found is None:
            return ""
        self._position = found.end()
        return found[0]

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
            if sign == "\\" and self._joined():
                # In the middle of a word: the next line goes on with it.
                continue
            if sign == '"':
                text.append(self._string())
            elif sign == "$" and not text and (found := _VARIABLE.match(self._text, self._position)):
                kind = "variable"
                text.append(found[0])
                self._position = found.end()
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
                text.append(self._run(_PLAIN))
        return Word(name, "".join(text), kind, comparison, assigned)

    def _string(self) -> str:
        line = self.line
        self._step()
        text: list[str] = []
        while self._position < len(self._text):
            if self._text[self._position] == "\\" and self._joined():
                continue
            if run := self._run(_QUOTED):
                text.append(run)
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
