"""The places that a rule can ask for, as values: how a program writes them and how a tag does.

Rule: pure; which row a place means, and whether a rule stands there, is `position`'s business.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final

import attrs

from wiretik_provider.errors import InvalidValue
from wiretik_provider.rows import ownership

__all__ = [
    "BEFORE_DROP",
    "BEFORE_FASTTRACK",
    "FIRST",
    "LAST",
    "After",
    "Before",
    "NoPlace",
    "Position",
    "digits",
    "parse",
    "short",
    "to_input",
]


class NoPlace(InvalidValue):
    """A position that can't be had: its target isn't there, or another rule's position contradicts it.

    Attributes:
        problems: everything that is wrong, each a sentence; `problem` is all of them in one line.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@attrs.frozen
class Position:
    """A place in a chain.

    Attributes:
        at: `first`, `last`, `before-drop`, `before-fasttrack`, `before` or `after`.
        tag: of `before` and `after`: the twelve digits of the owner of the row that is meant, or
        match: the properties, sorted by name, of a row that isn't this stack's.
    """

    at: str
    tag: str = ""
    match: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The match in its one canonical form, which its digits are made from."""
        return json.dumps(dict(self.match), separators=(",", ":"), sort_keys=True, ensure_ascii=False)

    def __str__(self) -> str:
        if not (self.tag or self.match):
            return self.at
        what = self.tag or " ".join(f"{name}={json.dumps(value)}" for name, value in self.match)
        return f"{self.at} {what}"


FIRST: Final = Position("first")
LAST: Final = Position("last")
BEFORE_DROP: Final = Position("before-drop")
BEFORE_FASTTRACK: Final = Position("before-fasttrack")

_DIGIT: Final = {
    "first": ownership.FIRST,
    "last": ownership.LAST,
    "before": ownership.BEFORE,
    "after": ownership.AFTER,
    "before-drop": ownership.BEFORE_DROP,
    "before-fasttrack": ownership.BEFORE_FASTTRACK,
}


def Before(target: str | Mapping[str, object]) -> Position:  # noqa: N802  (reads as the value it is)
    """Directly above a row: an owner's twelve digits, or properties of a row that isn't this stack's."""
    return _relative("before", target)


def After(target: str | Mapping[str, object]) -> Position:  # noqa: N802
    """Directly below a row: an owner's twelve digits, or properties of a row that isn't this stack's."""
    return _relative("after", target)


def _relative(at: str, target: str | Mapping[str, object]) -> Position:
    return parse({"at": at, **({"tag": target} if isinstance(target, str) else {"match": target})})


def parse(value: object) -> Position:
    """A position from its input form, such as `{"at": "before", "tag": "3f9a2c71e0b4"}`.

    Raises:
        NoPlace: with every problem of the value.
    """
    if isinstance(value, Position):
        return value
    if not isinstance(value, Mapping):
        raise NoPlace(f'{value!r} is not a position such as {{"at": "first"}}')
    problems = [f"{key!r} is not known; a position has at, tag, match" for key in value if key not in _KEYS]
    at = value.get("at")
    if not isinstance(at, str) or at not in _DIGIT:
        close = difflib.get_close_matches(str(at).replace("_", "-"), _DIGIT, 1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise NoPlace(*problems, f"at={at!r} is not one of {', '.join(_DIGIT)}{hint}")
    tag, match = value.get("tag"), value.get("match")
    if at not in {"before", "after"}:
        problems += [f"{at} takes no {key}" for key in ("tag", "match") if value.get(key) is not None]
    elif (tag is None) == (match is None):
        problems.append(f"{at} needs either tag or match, " + ("not both" if tag is not None else "and has neither"))
    if tag is not None and not (isinstance(tag, str) and re.fullmatch(r"[0-9a-f]{12}", tag)):
        problems.append(f"tag={tag!r} is not an owner's twelve hex digits")
    pairs, wrong = _match(match)
    if problems + wrong:
        raise NoPlace(*problems, *wrong)
    return Position(at, str(tag or ""), pairs)


_KEYS: Final = ("at", "tag", "match")


def _match(match: object) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    if match is None:
        return (), []
    if not isinstance(match, Mapping) or not match:
        return (), [f'match={match!r} is not a set of properties such as {{"comment": "defconf: fasttrack"}}']
    problems = [
        f"match has {key!r}={value!r}; a property's value is text, a number or a boolean"
        for key, value in match.items()
        if not (isinstance(key, str) and isinstance(value, str | int | float))
    ]
    if problems:
        return (), problems
    return tuple(sorted((str(key).replace("_", "-"), _text(value)) for key, value in match.items())), []


def _text(value: object) -> str:
    """A property as the router prints it, as far as that can be told without its menu."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def to_input(position: Position) -> dict[str, object]:
    """The input form of a position, which `parse` reads back."""
    if position.tag:
        return {"at": position.at, "tag": position.tag}
    return {"at": position.at, "match": dict(position.match)} if position.match else {"at": position.at}


def short(owner: str) -> str:
    """The four digits by which a tag names the owner of its neighbour: the first of the resource's eight."""
    return owner[4:8]


def digits(position: Position | None) -> tuple[str, str]:
    """What a rule's tag says of its place: the digit of the kind and, of Before and After, four of the target."""
    if position is None:
        return "", ""
    if position.tag:
        return _DIGIT[position.at], short(position.tag)
    if position.match:
        return _DIGIT[position.at], hashlib.sha256(position.text.encode()).hexdigest()[:4]
    return _DIGIT[position.at], ""
