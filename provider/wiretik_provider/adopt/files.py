"""The files of an adopted program: one module, or several where one would be long, and the files that they read.

Rule: pure. A module has at most 400 lines as far as one resource allows it: sections become modules, then menus of a
section, then parts of a menu.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs

from wiretik_provider.adopt.layout import WIDTH
from wiretik_provider.adopt.program import Program, Section, Statement

__all__ = ["MAIN", "RUFF", "texts"]

MAIN: Final = "__main__.py"
RUFF: Final = f"line-length = {WIDTH}\n"
"""What `ruff` has to be told of the program's layout."""
_MOST: Final = 400
_IMPORTS: Final = 88
"""A longer import is broken, as `ruff check --isolated` wants it too, which doesn't read the width above."""


@attrs.frozen
class _Module:
    name: str
    title: str
    parts: Sequence[Section]


def texts(whole: Program, about: str) -> dict[str, str]:
    """The program's files by name.

    Args:
        whole: the program.
        about: a sentence on the router, for the first line.
    """
    if _length(whole.sections) <= _MOST:
        return {MAIN: _text(_Module("", about, whole.sections), {}), **whole.files}
    modules = list(_modules(whole.sections))
    homes = {one.variable: module.name for module in modules for part in module.parts for one in part.statements}
    found = {f"{module.name}.py": _text(module, homes) for module in modules}
    imports = "".join(f"import {module.name}  # noqa: F401\n" for module in sorted(modules, key=_by_name))
    main = f'"""{about}"""\n\n# Each module declares a part of the router.\n{imports}'
    return {MAIN: main, **found, **whole.files}


def _modules(sections: Sequence[Section]) -> Iterator[_Module]:
    used: Counter[str] = Counter()
    for section in sections:
        if _length([section]) <= _MOST:
            yield _Module(section.name, f"{section.title}.", [section])
            continue
        for path, some in groupby(section.statements, key=lambda one: one.path):
            name = f"{section.name}_{path.rpartition('/')[2].replace('-', '_')}"
            for part in _pieces(tuple(some)):
                used[name] += 1
                number = f"_{used[name]}" if used[name] > 1 else ""
                yield _Module(name + number, f"{section.title}: {path}.", [attrs.evolve(section, statements=part)])


def _pieces(statements: Sequence[Statement]) -> Iterator[tuple[Statement, ...]]:
    piece: list[Statement] = []
    length = 0
    for one in statements:
        if piece and length + len(one.lines) > _MOST - 20:
            yield tuple(piece)
            piece, length = [], 0
        piece.append(one)
        length += len(one.lines)
    yield tuple(piece)


def _length(sections: Sequence[Section]) -> int:
    return sum(len(one.lines) for section in sections for one in section.statements) + 5 * len(sections) + 10


def _by_name(module: _Module) -> list[tuple[int, int, str]]:
    return _natural(module.name)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """How ruff orders names: a number in one by its value, those that begin with 0 before others and sign by sign.

    Sources: docs.astral.sh/ruff, unsorted-imports; its crate `natord`, `compare_left`.
    """
    parts = re.findall(r"0\d*|\d+|\D", name)
    return [
        (1, ord(one), "") if not one.isdigit() else (0, 0, one) if one[0] == "0" else (0, int(one), "") for one in parts
    ]


def _imported(home: str, names: Sequence[str]) -> list[str]:
    line = f"from {home} import {', '.join(names)}"
    return [line] if len(line) <= _IMPORTS else [f"from {home} import (", *(f"    {name}," for name in names), ")"]


def _text(module: _Module, homes: dict[str, str]) -> str:
    statements = [one for part in module.parts for one in part.statements]
    config, files = any(one.config for one in statements), any(one.files for one in statements)
    lines = [f'"""{module.title}"""', ""]
    lines += ["from pathlib import Path", ""] if files else []
    lines += ["import pulumi"] if config else []
    used = {name for one in statements for name in one.uses} - {one.variable for one in statements}
    code = [line for one in statements for line in one.lines]
    lines += ["import wiretik as wt"] if any("wt." in line for line in code) else []
    lines += ["from wiretik import menus"] if any(one.call.function.startswith("menus.") for one in statements) else []
    by_home = sorted(((homes[name], name) for name in used), key=lambda one: (_natural(one[0]), _natural(one[1])))
    lines += [""] if by_home else []
    for home, names in groupby(by_home, key=lambda one: one[0]):
        lines += _imported(home, [name for _, name in names])
    lines += ["", "HERE = Path(__file__).parent"] if files else []
    lines += ([] if files else [""]) + ["config = pulumi.Config()"] if config else []
    for part in module.parts:
        if not module.name:
            lines += ["", f"# --- {part.title} {'-' * (WIDTH - 7 - len(part.title))}"]
        for path, some in groupby(part.statements, key=lambda one: one.path):
            lines += ["", f"# {path}", *(line for one in some for line in one.lines)]
    return "\n".join(lines).rstrip("\n") + "\n"
