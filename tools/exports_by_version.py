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
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from wiretik_provider.menus import every
from wiretik_provider.menus.descriptor import version
from wiretik_provider.simulator import Router
from wiretik_provider.simulator.console.loading import version_of
from wiretik_provider.simulator.console.script import Walk
from wiretik_provider.simulator.console.statements import salvage

__all__ = ["OLDEST", "Said", "contradiction", "main", "reason", "said"]

OLDEST: Final = (7, 15)
"""The first version that the file knows."""
_LIKE: Final = 0.8
_FEW: Final = 3


class Said(NamedTuple):
    """An argument that an export writes."""

    path: str
    """Its menu; empty where it stands before any heading."""
    name: str
    beside: frozenset[str]
    """All arguments of its statement."""


def said(text: str) -> Iterator[Said]:
    """The arguments that an export writes, each as often as it stands there."""
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
        yield from (Said(path, name, frozenset(found)) for name in found)


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
    options = parser.parse_args()
    files = [file for path in options.paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    pairs: Counter[str] = Counter()
    unknown: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    taken = 0
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
        for one in there:
            if why := reason(one):
                unknown[why, f"{one.path} {one.name} ({file.name})"] += 1
    _tell(wrong, unknown)
    spread = ", ".join(f"{number}: {count}" for number, count in sorted(pairs.items()))
    print(
        f"{taken} exports, {sum(pairs.values())} menu and argument pairs ({spread}); {len(wrong)} contradictions, "
        f"{len(unknown)} unknown"
    )


def _tell(wrong: Iterable[str], unknown: Counter[tuple[str, str]]) -> None:
    for line in wrong:
        print("contradiction:", line)
    for why, some in groupby(sorted(unknown), key=lambda each: each[0]):
        print(f"unknown: {why}")
        for _, text in some:
            print(f"    {text}" + f", {unknown[why, text]} times" * (unknown[why, text] > 1))


if __name__ == "__main__":
    main()
