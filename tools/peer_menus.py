"""How much of RouterOS terraform-provider-routeros has, and how much of published exports: README's figures.

    git clone --bare https://github.com/terraform-routeros/terraform-provider-routeros peer
    python -m tools.peer_menus peer FOLDER_OF_EXPORTS …

Its resources are those that `routeros/provider.go` names, each resource's menu is the path in its function, and its
properties are those that its page in `docs/resources` lists as required or optional. What menus take comes from
`menus/every.txt`. A line of an export can be written where its menu is there and takes every argument of it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tools.exports_by_version import lines
from wiretik_provider import menus
from wiretik_provider.menus import MENUS, every
from wiretik_provider.menus.descriptor import Version
from wiretik_provider.simulator.console.loading import version_of

__all__ = ["Taken", "lacking", "main", "ours", "peers", "texts", "written"]

Taken = Mapping[str, frozenset[str]]
"""What can be declared of each menu, by RouterOS's names."""
_NAMED: Final = re.compile(r'^\s*"(routeros_\w+)":\s*(Resource\w+)\(\)', re.MULTILINE)
_FUNCTION: Final = re.compile(r"^func (\w+)\(.*?^}", re.MULTILINE | re.DOTALL)
_PATH: Final = re.compile(r'PropResourcePath\("([^"]+)"\)')
_PART: Final = re.compile(r"^### (Required|Optional)\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
_KEY: Final = re.compile(r'^\t\t(?:Key|")(\w+)"?:', re.MULTILINE)
"""A property in the sources: of a resource without a page."""
_UPPER: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PROPERTY: Final = re.compile(r"^- `(\w+)`", re.MULTILINE)
_VERSIONS: Final = ((7, 15), (7, 23))


def peers(files: Mapping[str, str]) -> tuple[int, Taken]:
    """How many resources it has, and what they take of each menu.

    Args:
        files: its sources and pages by path.
    """
    found: dict[str, set[str]] = {}
    where = {
        one[1]: (one[0], text)
        for path, text in files.items()
        if path.endswith(".go")
        for one in _FUNCTION.finditer(text)
    }
    named = dict(_NAMED.findall(files["routeros/provider.go"]))
    for name, function in named.items():
        body, whole = where.get(function, ("", ""))
        path = _PATH.search(body) or _PATH.search(whole)
        page = files.get(f"docs/resources/{name.removeprefix('routeros_')}.md", "")
        listed = [one for part in _PART.finditer(page) for one in _PROPERTY.findall(part[2])] or _KEY.findall(body)
        taken = {_UPPER.sub("-", one).lower().replace("_", "-") for one in listed}
        if path:
            found.setdefault(path[1], set()).update(taken)
    return len(named), {path: frozenset(taken) for path, taken in found.items()}


def ours() -> Taken:
    """What Wiretik takes of each menu, in any version."""
    found = {path: menus.at(path) for path in {*MENUS, *every.heads()}}
    return {path: frozenset(field.name for field in menu.writable) for path, menu in found.items() if menu}


def _has(taken: Taken, path: str, name: str) -> bool:
    """Whether an argument can be declared, alone or within one that takes several, as `input` does `input.filter`."""
    there = taken.get(path, frozenset())
    return name in there or name.replace(".", "-") in there or name.partition(".")[0] in there


def lacking(taken: Taken, running: Version) -> tuple[int, int]:
    """Of the arguments that a version has in the menus that somebody knows: how many he lacks, and all."""
    known = [(path, menu) for path in taken if (menu := every.described(path)) and menu.on(running)]
    names = [(path, field.name) for path, menu in known for field in menu.writable if field.on(running)]
    return sum(not _has(taken, path, name) for path, name in names), len(names)


def written(taken: Taken, exports: Iterable[str]) -> tuple[int, int]:
    """How many lines of exports can be written, and all."""
    able = many = 0
    for text in exports:
        for path, names in lines(text):
            many += bool(names)
            able += bool(names) and path in taken and all(_has(taken, path, name) for name in names)
    return able, many


def texts(repository: str) -> dict[str, str]:
    """The sources and pages of the newest commit in a bare repository."""

    def git(*words: str) -> str:
        command = ("git", "-C", repository, *words)
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")  # noqa: S603

    wanted = re.compile(r"(routeros/[^/]*\.go|docs/resources/[^/]*\.md)")
    paths = [path for path in git("ls-tree", "-r", "--name-only", "HEAD").splitlines() if wanted.fullmatch(path)]
    return {path: git("show", f"HEAD:{path}") for path in paths}


def main(repository: str, *folders: str) -> None:
    """Prints the figures."""
    files = [file for folder in folders for file in sorted(Path(folder).rglob("*")) if file.is_file()]
    there = (file.read_bytes().decode("utf-8", "surrogateescape") for file in files)
    exports = [text for text in there if version_of(text)]
    many, theirs = peers(texts(repository))
    known = {path: taken for path, taken in theirs.items() if path in every.heads()}
    print(f"terraform-routeros: {many} resources for {len(theirs)} paths, {len(known)} of them menus of the file")
    print(f"    not there: {' '.join(sorted(theirs.keys() - known.keys()))}")
    for running in _VERSIONS:
        less, all_ = lacking(known, running)
        print(f"    at {'.'.join(map(str, running))} it lacks {less} of {all_} arguments of these, {less / all_:.1%}")
    mine = ours()
    by_hand = {path: mine[path] for path in MENUS}
    for name, taken in (("terraform-routeros", theirs), ("Wiretik", mine), ("Wiretik, by hand", by_hand)):
        able, all_ = written(taken, exports)
        print(f"{name}: {able} of {all_} lines of {len(exports)} exports, {able / max(all_, 1):.1%}")


if __name__ == "__main__":
    main(*sys.argv[1:])
