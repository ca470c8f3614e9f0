"""What a router's console says of all menus: told against the file that has them, or put into it as a new release.

    WIRETIK_PASSWORD=… python -m tools.facts_of_router host=192.168.88.1 username=admin fingerprint=…
    make facts VERSION=7.25 ROUTER="host=192.168.88.1 username=admin fingerprint=…"
    make facts VERSION=7.25 ROUTER=inspect.json WHOLE=1

The first tells what differs, the second writes the file with what the release brings; the router may be one whose
console somebody has published as a tree (github.com/tikoci/restraml, `docs/<version>/extra/inspect.json`). Every menu
is asked for by `/console/inspect`, one question after the other, since many at once can hang a router
(docs/facts/rest-and-export.md). Of the same file and the same answers comes the same file, byte for byte.

Rule: what is new is written with the version that has it, and no form, which a console's names don't tell. What the
router lacks may be its board's or a package's, so it is told; it ends with this release only where the router is said
to be whole (`WHOLE=1`): a CHR with every package. Menus and arguments that only boards have stay in any case.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tools import facts
from wiretik_provider.api.link import close_all, link
from wiretik_provider.calls import Answer
from wiretik_provider.errors import WiretikError
from wiretik_provider.gate import unlisted
from wiretik_provider.gate.unlisted import Ask
from wiretik_provider.masks import is_secret
from wiretik_provider.menus import every
from wiretik_provider.menus.descriptor import FOUND, ROW, SETTINGS, Version, version
from wiretik_provider.menus.every import Head

__all__ = ["console", "differences", "main", "newest", "published", "release", "written"]

Console = Mapping[str, tuple[str, frozenset[str]]]
"""A router's menus: the letter of their shape, and what they take."""
_LETTERS: Final = {ROW: "L", SETTINGS: "S", FOUND: "R"}
_VERSIONS: Final = re.compile(r"\((?P<all>7\.[\d.\s#]+)\)")
"""The releases in the file's head."""
_MARKS: Final = ("key=", ">=", "<", "one", "hardware")
"""What the file says of a menu, in its order."""
_BEFORE_END: Final = re.compile(r"[^:!?+*@<>=~]+(?::[a-z])?[!?+*]*(?:>=[\d.]+)?")
"""What stands before the version that lacks an argument again."""
_RELEASE: Final = re.compile(r"7(\.\d+){1,2}")
"""A release as the file can write it; what a beta brings is told, and isn't there for good."""


def console(ask: Ask) -> Console:
    """All menus of a router that can be configured, from the root on."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        words = waiting.pop()
        there = unlisted.children(words, ask) or {}
        waiting += [(*words, name) for name, kind in there.items() if kind in unlisted.MENUS]
        commands = frozenset(name for name, kind in there.items() if kind == "cmd")
        if not words or not (sort := unlisted.shape(commands)):
            continue
        path = "/" + "/".join(words)
        menu = every.unlisted(path, sort, ())
        if names := unlisted.arguments(menu, ask) if menu else None:
            letter = "O" if sort == ROW and "move" in commands else _LETTERS[sort]
            found[path] = letter, names
    return found


def published(tree: Mapping[str, Any]) -> Ask:
    """A console that somebody has published: each name with its `_type` and what stands below it."""

    def ask(path: str, verb: str, *words: str) -> Answer:
        del path, verb
        here: Any = tree
        for name in next(word for word in words if word.startswith("=path=")).removeprefix("=path=").split(","):
            here = here.get(name, {}) if name else here
        below = ((name, one) for name, one in here.items() if isinstance(one, Mapping) and "_type" in one)
        rows = [{"name": name, "node-type": str(one["_type"]), "type": "child"} for name, one in below]
        return Answer(rows, "", None)

    return ask


def differences(there: Console, running: Version, paths: Iterable[str] = ()) -> Iterator[str]:
    """What the file and a router don't both have, a line for each menu and side.

    Args:
        there: the router's menus.
        running: its version.
        paths: the menus to look at; all where none is said.
    """
    for path in sorted(paths or {*there, *every.heads()}):
        head = every.heads().get(path)
        ours = _names(head, running) if head else {}
        theirs = there[path][1] if path in there else frozenset[str]()
        if not theirs:
            if ours and head and "hardware" not in head.marks:
                yield f"{path}: the router says nothing of it"
            continue
        if head is None:
            yield f"{path}: the file has no such menu; it takes {' '.join(sorted(theirs))}"
            continue
        if more := sorted(theirs - ours.keys()):
            yield f"{path}: only the router has {' '.join(more)}"
        if less := sorted(name for name in ours.keys() - theirs if "*" not in ours[name]):
            yield f"{path}: only the file has {' '.join(less)}"


def _names(head: Head, running: Version) -> dict[str, str]:
    """The arguments that a version has, by the file, each with the word that says it."""
    menu = every.described(head.path)
    if menu is None or not menu.on(running):
        return {}
    words = {facts.name_of(word): word for word in head.words.split()}
    return {field.name: words[field.name] for field in menu.writable if field.on(running)}


def release(there: Console, number: str, before: Version, *, whole: bool) -> dict[str, Head]:
    """The menus with what a new release has.

    Args:
        there: its console.
        number: its version.
        before: the newest that the file knows.
        whole: what the router lacks is gone from RouterOS.
    """
    known = every.heads()
    found = {path: _with(head, there.get(path), number, before, whole=whole) for path, head in known.items()}
    for path in there.keys() - known.keys():
        letter, names = there[path]
        found[path] = Head(path, letter, {">=": number, "one": ""}, _sorted(_new(name, "") for name in names))
    return found


def _with(head: Head, there: tuple[str, frozenset[str]] | None, number: str, before: Version, *, whole: bool) -> Head:
    ours = _names(head, before)
    if there is None:
        gone = {"<": number} if whole and ours and not {"hardware", "<"} & head.marks.keys() else {}
        marks = {**head.marks, **gone}
        return head._replace(marks={sign: marks[sign] for sign in _MARKS if sign in marks})
    ended = {name for name, word in ours.items() if whole and name not in there[1] and not {"*", "<"} & {*word}}
    words = [_ended(word, number) if facts.name_of(word) in ended else word for word in head.words.split()]
    more = [_new(name, number) for name in there[1] - {facts.name_of(word) for word in words}]
    return head._replace(words=_sorted([*words, *more]))


def _ended(word: str, number: str) -> str:
    return _BEFORE_END.sub(lambda found: f"{found[0]}<{number}", word, count=1)


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words, key=facts.name_of))


def _new(name: str, number: str) -> str:
    return name + "?" * is_secret(name) + f">={number}" * bool(number)


def newest(text: str) -> Version:
    """The newest release that a file knows."""
    found = _VERSIONS.search(text)
    return max(version(one) for one in found["all"].replace("#", "").split()) if found else ()


def written(menus: Mapping[str, Head], text: str, number: str = "") -> str:
    """The file of these menus.

    Args:
        menus: what it has.
        text: the file whose head it gets.
        number: a release that the head doesn't name yet.
    """
    head = text[: text.index("\n/") + 1]
    if number:
        head = _VERSIONS.sub(lambda found: f"({found['all']} {number})", head, count=1)
    blocks = (
        [
            " ".join([one.path, one.shape, *(sign + value for sign, value in one.marks.items())]),
            *facts.filled(one.words.split()),
        ]
        for _, one in sorted(menus.items())
    )
    return head + "".join(f"{line}\n" for block in blocks for line in block)


def main(*settings: str) -> None:
    """Asks a router for all menus; its settings are those of a stack's config, each as `key=value`.

    With `--write VERSION` the file gets what that release brings; `--whole`, and the path of a published console in
    place of settings, are as above.
    """
    given = list(settings)
    number = given.pop(given.index("--write") + 1) if "--write" in given else ""
    whole, given = "--whole" in given, [one for one in given if not one.startswith("--")]
    if number and not _RELEASE.fullmatch(number):
        sys.exit(f"{number} is no release, such as 7.25 or 7.25.1: nothing is written")
    try:
        running, there = _asked(given, number)
    except (OSError, ValueError, WiretikError) as error:
        sys.exit(str(error))
    finally:
        close_all()
    lines = list(differences(there, version(running)))
    for line in lines:
        print(line)
    print(f"RouterOS {running}: {len(there)} menus, {len(lines)} differences")
    if not number:
        return
    text = facts.HERE.read_text("utf-8")
    if version(running)[:2] != version(number)[:2]:
        sys.exit(f"the router has RouterOS {running}, not {number}: nothing is written")
    if version(number) <= newest(text):
        sys.exit(f"the file knows RouterOS {number}: nothing is written")
    facts.HERE.write_text(written(release(there, number, newest(text), whole=whole), text, number), "utf-8")


def _asked(given: list[str], number: str) -> tuple[str, Console]:
    """The version, and all menus."""
    if len(given) == 1 and "=" not in given[0]:
        tree = json.loads(Path(given[0]).read_text("utf-8"))
        if not isinstance(tree, dict):
            raise ValueError(f"{given[0]} is no console: the names at its root aren't there")
        if not number:
            raise ValueError("a published console doesn't say its version: --write VERSION does")
        return number, console(published(tree))
    reach = link({f"wiretik:{key}": value for key, _, value in (one.partition("=") for one in given)}, "")
    return reach.version_text, console(reach.ask)


if __name__ == "__main__":
    main(*sys.argv[1:])
