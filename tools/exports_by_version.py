"""Whether published exports agree with the file of all menus, each by its own version.

    python tools/exports_by_version.py FOLDER … [--before]

Each menu and argument that an export of RouterOS 7.15 or later writes is looked up in `menus/every.txt` as that version
has it. A contradiction is an argument that the file has, but not in this version. What the file doesn't have at all is
listed with the reason. `--before` looks into the file as it was a minor version earlier, and asks an embedded router of
the export's version for what that lacks, as a preview does of a router that is newer than the file.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from wiretik_provider.calls import Answer
from wiretik_provider.gate import unlisted
from wiretik_provider.menus import every
from wiretik_provider.menus.descriptor import Version, version
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import version_of
from wiretik_provider.simulator.console.script import Walk
from wiretik_provider.simulator.console.statements import salvage
from wiretik_provider.wire import attribute

__all__ = [
    "OLDEST",
    "Said",
    "as_of",
    "asking",
    "contradiction",
    "known_until",
    "lines",
    "main",
    "reason",
    "refused",
    "said",
]

OLDEST: Final = (7, 15)
"""The first version that the file knows."""
_LIKE: Final = 0.8
_WHOLE: Final = every.heads
"""The file as it is, whatever stands for it for a while (`known_until`)."""
_FEW: Final = 3
_SINCE: Final = re.compile(r">=([0-9.]+)")
_UNTIL: Final = re.compile(r"<([0-9.]+)")


class Said(NamedTuple):
    """An argument that an export writes."""

    path: str
    """Its menu; empty where it stands before any heading."""
    name: str
    beside: frozenset[str]
    """All arguments of its statement."""


def lines(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of an export, each with its menu and the arguments that it writes."""
    walk = Walk(Router("none", version_of(text) or "7.23.2"))
    for statement in salvage(text, exported=True):
        path, prefix, found = walk.menu_of(statement), "", list[str]()
        for word in statement.words:
            if not word.assigned or word.kind != "text":
                continue
            # `configuration.mode=ap .ssid=x`: exports leave out what the name before began with.
            name = prefix + word.name if word.name.startswith(".") and word.name != ".id" else word.name
            prefix = name.partition(".")[0] if "." in name else prefix
            found.append(name)
        yield path, found


def said(text: str) -> Iterator[Said]:
    """The arguments that an export writes, each as often as it stands there."""
    for path, found in lines(text):
        yield from (Said(path, name, frozenset(found)) for name in found)


def as_of(newest: Version) -> Mapping[str, every.Head]:
    """The file of all menus as it would be if this were the newest version that it knows."""
    return {
        path: head._replace(marks=_marks(head.marks, newest), words=" ".join(_words(head.words, newest)))
        for path, head in _WHOLE().items()
        if version(head.marks.get(">=", "")) <= newest
    }


def _marks(marks: Mapping[str, str], newest: Version) -> dict[str, str]:
    return {sign: text for sign, text in marks.items() if sign != "<" or version(text) <= newest}


def _words(words: str, newest: Version) -> Iterator[str]:
    for word in words.split():
        if (found := _SINCE.search(word)) and version(found[1]) > newest:
            continue
        ends = _UNTIL.search(word)
        yield word.replace(ends[0], "", 1) if ends and version(ends[1]) > newest else word


@contextmanager
def known_until(newest: Version) -> Iterator[None]:
    """Everything takes the file as of this version for the file."""
    kept, earlier = every.heads, as_of(newest)
    every.described.cache_clear()
    every.further.cache_clear()
    every.heads = lambda: earlier  # type: ignore[assignment]
    try:
        yield
    finally:
        every.heads = kept
        every.described.cache_clear()
        every.further.cache_clear()


def asking(router: Router) -> Callable[..., Answer]:
    """Asks an embedded router without a socket."""

    def ask(path: str, verb: str, *words: str) -> Answer:
        replies = router.execute((f"{path}/{verb}", *words))
        return Answer([dict(map(attribute, one[1:])) for one in replies if one[0] == "!re"], "", None)

    return ask


def refused(there: Iterable[tuple[str, str]], number: str) -> Iterator[str]:
    """What a preview would refuse of an export's arguments, as far as the file and the router's console say."""
    ask = asking(Router("none", number))
    asked: dict[str, frozenset[str] | None] = {}
    found: dict[str, frozenset[str] | None] = {}
    for path, name in there:
        menu = every.described(path)
        field = menu.by_name.get(name) if menu else None
        if menu is None:
            if path not in found:
                found[path] = _as_the_router_has_it(path, ask)
            if (newer := found[path]) is None or name not in newer:
                yield f"{path} {name}: neither the file nor the router has it"
        elif field is None:
            if path not in asked:
                asked[path] = unlisted.arguments(menu, ask)
            if name not in (asked[path] or ()):
                yield f"{path} {name}: neither the file nor the router has it"
        elif not (menu.on(version(number)) and field.on(version(number))):
            yield f"{path} {name}: the file says {menu.versions_of(field) or menu.span}"


def _as_the_router_has_it(path: str, ask: Callable[..., Answer]) -> frozenset[str] | None:
    """What a menu takes that the file lacks; None where the router hasn't got it."""
    there = unlisted.commands(path, ask)
    menu = every.unlisted(path, unlisted.shape(there), ()) if isinstance(there, frozenset) else None
    return unlisted.arguments(menu, ask) if menu else None


def contradiction(path: str, name: str, number: str) -> str:
    """Why the file says that this version hasn't got what its export writes; empty where it has, or isn't known."""
    menu = every.described(path)
    field = menu.by_name.get(name) if menu else None
    if menu is None or field is None or (menu.on(version(number)) and field.on(version(number))):
        return ""
    return f"{path} {name} in {number}, and the file has it {menu.versions_of(field) or menu.span}"


def reason(one: Said) -> str:
    """Why the file doesn't have an argument; empty where it has it."""
    menu = every.described(one.path)
    if menu is not None and one.name in menu.by_name:
        return ""
    if menu is None:
        return "it stands before the heading of any menu" if not one.path else "the file has no such menu"
    if close := difflib.get_close_matches(one.name, menu.by_name, 1, _LIKE):
        return f"somebody misspelt or blacked out {close[0]}"
    others = [path for path in every.heads() if one.beside <= {*every.names(path)}]
    if others:
        return f"its heading is lost: its statement is one of {' or '.join(others[:_FEW])}"
    return "no source names it in any version"


def main() -> None:
    """Measures what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--before", action="store_true", help="with the file as it was a version earlier")
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    pairs: Counter[str] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    taken, later = 0, Counter[str]()
    for file in filter(Path.is_file, files):
        text = file.read_bytes().decode("utf-8", "surrogateescape")
        number = version_of(text) or ""
        if version(number) < OLDEST:
            continue
        taken += 1
        there = list(said(text))
        written = {(one.path, one.name) for one in there}
        pairs[".".join(number.split(".")[:2])] += len(written)
        wrong += [
            f"{why} ({file.name})" for path, name in sorted(written) if (why := contradiction(path, name, number))
        ]
        if options.before:
            later.update(_met_before(written, number, file.name))
        for one in there:
            if why := reason(one):
                unknown[why, f"{one.path} {one.name} ({file.name})"] += 1
    _tell(wrong, unknown)
    spread = ", ".join(f"{number}: {count}" for number, count in sorted(pairs.items()))
    print(
        f"{taken} exports, {sum(pairs.values())} menu and argument pairs ({spread}); {len(wrong)} contradictions, "
        f"{len(unknown)} unknown"
    )
    if options.before:
        print(f"with the file of the version before: {later['asked']} asked of the router, {later['refused']} refused")


def _met_before(written: Collection[tuple[str, str]], number: str, name: str) -> Counter[str]:
    """How much of an export the file as of the version before lacks, and how much of that would be refused."""
    known = [(path, one) for path, one in sorted(written) if (menu := every.described(path)) and one in menu.by_name]
    major, minor, *_ = version(number)
    with known_until((major, minor - 1, 99)):
        lacked = [(path, one) for path, one in known if not ((menu := every.described(path)) and one in menu.by_name)]
        wrong = list(refused(known, number))
    for why in wrong:
        print(f"refused: {why} ({name}, {number})")
    return Counter(asked=len(lacked), refused=len(wrong))


def _tell(wrong: Iterable[str], unknown: Counter[tuple[str, str]]) -> None:
    for line in wrong:
        print("contradiction:", line)
    for why, some in groupby(sorted(unknown), key=lambda each: each[0]):
        print(f"unknown: {why}")
        for _, text in some:
            print(f"    {text}" + f", {unknown[why, text]} times" * (unknown[why, text] > 1))


if __name__ == "__main__":
    main()
