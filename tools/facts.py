"""Writes the menus' data file from a folder of facts: `make facts FACTS=folder`.

The folder has `menus.tsv` and `facts.tsv`, as they are merged from public sources (their columns are named there). The
file is the same byte for byte whenever it is made of the same facts.

Rule: names, forms and versions only. Defaults aren't taken: sources disagree about them, and nothing is held against a
router by them.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from wiretik_provider.simulator import spec

__all__ = ["HERE", "filled", "main", "name_of", "text"]

_OPEN: Final = frozenset(
    {
        ("/interface/wifi/capsman", "ca-certificate"),  # published configurations name a certificate
        ("/routing/rip/instance", "afi"),  # and here ipv4
    }
)
"""Arguments that take more than the words that the sources list, as published configurations show."""
HERE: Final = Path(__file__).parents[1] / "provider/wiretik_provider/menus/every.txt"

_HEAD: Final = """\
# Every menu that can be configured, from public facts; made by `make facts`, so change tools/facts.py and not this.
#
# Sources: names and versions are the router's own console's, by /console/inspect on CHR, from tikoci/restraml
# (7.15.3 7.16.2 7.17.1 7.18.2 7.19.6 7.20.8 7.21.5 7.22.3 7.23.2 7.24); forms from sindrip/provider-routeros and
# MikroTik's cli-reference, keys from community.routeros and sindrip's probes, secrets from terraform-routeros and by
# pattern. `one` marks menus that no source but the console names, `hardware` those that no CHR has: these, and the
# arguments with *, stand in MikroTik's manual alone, whose names the embedded router's tables have.
#
# /path, then L list, O ordered list, R rows that only the router makes, S one row; key=: its natural key; >= and <: the
# first version that has it, and that lacks it again. Below stand its arguments: name, then :b yes or no, :n number,
# :t time, :l list, :a address, :m MAC address, :r name of a row; ! the newest manual calls it mandatory, ? secret,
# + add takes it and set doesn't, * boards that have the hardware; >= and < as above; @ the menu that it
# refers to, ~ what it was called before, as likeness says, =a|b all words that it takes.
#
"""
_SHAPES: Final = {"list": "L", "fixed": "R", "singleton": "S"}
_LETTERS: Final = {"bool": "b", "int": "n", "time": "t", "list": "l", "address": "a", "mac": "m", "ref": "r"}
_WIDTH: Final = 120
_VERSIONS: Final = tuple((7, minor) for minor in range(15, 25))
_MARKS: Final = ("type=", ">=", "<", "unset")
_OF_MANUAL: Final = {"i": ":r@/interface", "c": "", "f": ""}
_NOT_SET: Final = frozenset({"as-value"})
"""How the console is told to answer, which is no property."""

Row = Mapping[str, str]


def text(folder: Path) -> str:
    """The file's text, from the folder of facts."""
    arguments: dict[str, list[Row]] = {}
    for row in _rows(folder / "facts.tsv"):
        arguments.setdefault(row["path"], []).append(row)
    menus = sorted(_rows(folder / "menus.tsv"), key=lambda row: row["path"])
    for row in _rows(folder / "renames.tsv"):
        renamed = next((one for one in arguments[row["path"]] if one["arg"] == row["new"]), None)
        if renamed is not None:
            arguments[row["path"]][arguments[row["path"]].index(renamed)] = {**renamed, "formerly": row["old"]}
    blocks = {menu["path"]: list(_lines(menu, arguments.get(menu["path"], []))) for menu in menus}
    blocks |= {path: lines for path, lines in _hardware() if path not in blocks}
    return _HEAD + "".join(f"{line}\n" for _, lines in sorted(blocks.items()) for line in lines)


def _hardware() -> Iterator[tuple[str, list[str]]]:
    """Menus that no CHR has, as far as the manual says what they take."""
    text = resources.files(spec).joinpath("plain.txt").read_text("utf-8")
    for block in text[text.index("\n/") :].replace("\n ", " ").strip().split("\n"):
        path, shape, *words = block.split(" ! ")[0].split()
        if "hardware" in words:
            names = (word for word in words if word != "hardware" and not word.startswith(_MARKS))
            yield path, [f"{path} {shape} hardware", *filled(map(_of_manual, names))]


def _of_manual(word: str) -> str:
    name, _, form = re.split("[=<>]", word)[0].partition(":")
    return name + _OF_MANUAL.get(form, f":{form}" if form else "")


def _boards(path: str, names: Collection[str]) -> list[str]:
    """Arguments of a menu that only boards with the hardware have, by the embedded router's tables."""
    there = [set(menus[path].args) for menus in map(spec.menus_of, _VERSIONS) if path in menus]
    return [f"{name}*" for name in set.intersection(*there) - {*names, *_NOT_SET}] if there else []


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _lines(menu: Row, arguments: list[Row]) -> Iterator[str]:
    shape = "O" if menu["shape"] == "list" and menu["ordered"] == "1" else _SHAPES[menu["shape"]]
    key = "" if menu["shape"] == "singleton" else menu["key"]
    words = [menu["path"], shape, f"key={key}" if key else "", *_span(menu)]
    words.append("one" if {menu["an"], menu["tf"]} <= {"", "0"} else "")
    yield " ".join(filter(None, words))
    words = [_word(argument, menu) for argument in arguments]
    yield from filled(sorted([*words, *_boards(menu["path"], [row["arg"] for row in arguments])], key=name_of))


def name_of(word: str) -> str:
    """The name of the argument that a word of the file says."""
    return re.split("[:!?+*<>@=~]", word)[0]


def filled(words: Iterable[str]) -> Iterator[str]:
    """The words in lines."""
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = ""
        line += f" {word}"
    if line:
        yield line


def _word(row: Row, menu: Row) -> str:
    letter = _LETTERS.get(row["kind"], "")
    signs = "!" * (row["required"] == "1") + "?" * (row["secret"] == "1")  # noqa: S105  (a mark)
    signs += "+" * (menu["shape"] == "list" and row["in_add"] == "1" and row["in_set"] == "0")
    refers = f"@{row['ref']}" if row["ref"].startswith("/") else ""
    refers += f"~{row['formerly']}" if row.get("formerly") else ""
    numbers = re.fullmatch(r"[\d|]+", row["words"])  # the console offers some; published configurations have others
    closed = row["kind"] == "enum" and row["words"] and not numbers and (menu["path"], row["arg"]) not in _OPEN
    words = f"={row['words']}" if closed else ""
    return row["arg"] + f":{letter}" * bool(letter) + signs + "".join(_span(row, menu)) + refers + words


def _span(row: Row, menu: Row | None = None) -> tuple[str, str]:
    """Since when and until when; of an argument only what its menu doesn't say."""
    since, until = (row[end] if menu is None or row[end] != menu[end] else "" for end in ("since", "until"))
    return f">={since}" * bool(since), f"<{until}" * bool(until)


def main(folder: str) -> None:
    """Writes the file."""
    HERE.write_text(text(Path(folder)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
