"""`wiretik compare --probe`: whether recorded facts hold on a router, and what it says to questions that are open.

It writes, on a router that its owner can lose. A talk is that of `tests/cases/facts`: `>` is sent, `<` must come back;
what a talk added is removed behind it, as far as the router lets it. Of the answers only RouterOS's own words are told.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from wiretik.cli.compare.shapes import masked, shaped
from wiretik_provider.api.session import Answer, Command, Session
from wiretik_provider.errors import ConfigError

__all__ = ["Probed", "asked", "cases_of", "holds", "probe"]

# What such a case needs is another router, another user, or bytes that no session sends.
_NOT_HERE: Final = frozenset({"fresh", "login", "policies", "profile", "version"})
_NEVER: Final = re.compile(r"/(?:login|quit|cancel|import|export|system/(?:reboot|shutdown|reset|backup))\b")
_ID: Final = re.compile(r"\*[0-9A-F]+")
_NUMBERED: Final = re.compile(r"[=,]\*[0-9A-Fa-f]+\b")
_QUESTIONS: Final = "questions.toml"

Reply = tuple[str, Mapping[str, str]]


@attrs.frozen
class Probed:
    """What a probe found.

    Attributes:
        held: how many facts hold.
        broken: those that don't: what a fact says, and what came back.
        answers: questions, each with what the router said.
        left_out: how many talks can't be had in such a session.
    """

    held: int = 0
    broken: tuple[tuple[str, str], ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


def cases_of(folder: Path) -> list[Mapping[str, Any]]:
    """The cases of a folder's files, and the questions of the one beside it.

    Raises:
        ConfigError: there are none.
    """
    files = [*sorted(folder.glob("*.toml")), folder.parent / _QUESTIONS]
    texts = [file.read_text("utf-8") for file in files if file.is_file()]
    found = [case for text in texts for case in tomllib.loads(text).get("case", ()) if "talk" in case]
    if not found:
        raise ConfigError(f"--probe {folder}: it has no cases; tests/cases/facts of a checkout has them")
    return found


def probe(session: Session, cases: Sequence[Mapping[str, Any]]) -> Probed:
    """Holds the talks of some cases."""
    held, left_out = 0, 0
    broken, answers = [], []
    for case in cases:
        talk = list(filter(None, map(str.strip, str(case["talk"]).splitlines())))
        sent = [line[2:] for line in talk if line.startswith(">")]
        if _NOT_HERE & case.keys() or not all(map(_can_be_sent, sent)):
            left_out += 1
        elif "asks" in case:
            answers.append((str(case["asks"]), asked(session, talk)))
        elif why := holds(session, talk):
            broken.append((str(case["says"]), why))
        else:
            held += 1
    return Probed(held, tuple(broken), tuple(answers), left_out)


def _can_be_sent(line: str) -> bool:
    """Whether a session can send it, and a router with rows of its own would answer the same: no row by its number."""
    return line.startswith("/") and not _NEVER.match(line) and ".tag=" not in line and not _NUMBERED.search(line)


def holds(session: Session, talk: Sequence[str]) -> str:
    """What comes back otherwise than a talk says; empty where it holds."""
    return next(_walk(session, talk, strict=True), "")


def asked(session: Session, talk: Sequence[str]) -> str:
    """What comes back, as it may be told."""
    return "; ".join(_walk(session, talk, strict=False))


def _walk(session: Session, talk: Sequence[str], *, strict: bool) -> Iterator[str]:
    known: dict[str, str] = {}
    made: list[tuple[str, str]] = []
    replies: list[Reply] = []
    try:
        for line in talk:
            sign, _, rest = line.partition(" ")
            words = [re.sub(r"\$\w+", lambda found: known.get(found[0], found[0]), word) for word in shlex.split(rest)]
            words = [word.replace("\\n", "\n") for word in words]
            if sign == ">":
                path, _, verb = words[0].rpartition("/")
                [answer] = session.batch([Command(path, verb, tuple(words[1:]))])
                replies = list(_replies(answer))
                if verb == "add" and answer.ret:
                    made.append((path, answer.ret))
                if not strict:
                    yield " ".join(_in_words(reply) for reply in replies)
            elif strict and words[0] != "!empty":
                reply = replies.pop(0) if replies else ("nothing", {})
                if why := _unlike(words, reply, known):
                    yield why
                    return
    finally:
        for path, row in reversed(made):
            session.batch([Command(path, "remove", (f"=.id={row}",))])


def _replies(answer: Answer) -> Iterator[Reply]:
    for row in answer.rows:
        yield "!re", row
    if answer.trap:
        number = answer.trap.category
        yield "!trap", {"message": answer.trap.message, **({} if number is None else {"category": str(number)})}
    yield "!done", {"ret": answer.ret} if answer.ret else {}


def _unlike(words: Sequence[str], reply: Reply, known: dict[str, str]) -> str:
    """How an answer differs from what a talk says; it learns the names of what it meets."""
    kind, there = reply
    if kind != words[0]:
        return f"{_in_words(reply)} instead of {words[0]}"
    for word in words[1:]:
        if word.startswith("-"):
            if word[1:] in there:
                return f"{word[1:]} is there"
            continue
        name, _, value = word.removeprefix("=").partition("=")
        if name not in there:
            return f"{name} isn't there"
        if value.startswith("$"):
            known[value] = there[name]
        elif value not in ("…", there[name]) and not (_ID.fullmatch(value) and _ID.fullmatch(there[name])):
            return f"{name} is {_value(name, there[name])} instead of {value}"
    return ""


def _in_words(reply: Reply) -> str:
    kind, there = reply
    return " ".join([kind, *(f"{name}={_value(name, text)}" for name, text in there.items() if name[:1] != ".")])


def _value(name: str, text: str) -> str:
    return shaped(text) if name == "message" else masked(name, text)
