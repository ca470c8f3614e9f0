"""The glossary has each word once, in order; and where it says what a word is called in the code, that is there."""

import re
from pathlib import Path

import wiretik
from wiretik_provider.menus import MENUS

TEXT = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| **")]


def test_each_word_stands_once_and_in_order():
    words = [word for cells in ROWS for word in re.findall(r"\*\*(.+?)\*\*", cells[0])]

    assert len(words) > 30
    assert words == sorted(set(words))


def test_what_it_names_is_there():
    called = set(re.findall(r"`(?:wt\.)?([A-Z]\w+)(?:\(x\))?`", TEXT))
    menus = set(re.findall(r"`(/[a-z/-]+)`", TEXT))

    assert {"Match", "Preflight", "FilterChain"} <= called
    assert [name for name in sorted(called - {"Preflight", "LAN"}) if not hasattr(wiretik, name)] == []
    assert sorted(menus - MENUS.keys()) == []
