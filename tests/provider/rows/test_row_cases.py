"""Cases as data: what is declared and what the router has, and the words that make it so.

`tests/cases/rows/<menu>/<case>.toml` has `declared`, `words` and, but for an add, `row` as the router printed it. Each
menu has a case that needs nothing.
"""

import pathlib
import tomllib

import pytest

from wiretik_provider.menus import MENUS
from wiretik_provider.rows import compare

CASES = pathlib.Path(__file__).parents[2] / "cases" / "rows"
FILES = sorted(CASES.glob("*/*.toml"))
BY_FOLDER = {path.strip("/").replace("/", "-"): menu for path, menu in MENUS.items()}
WHOLE_LISTS = {"ip-firewall-address-list", "ipv6-firewall-address-list"}
"""Menus whose rows are never resources of their own; `test_address_list` has their cases."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_is_declared_becomes_these_words(file):
    case = tomllib.loads(file.read_text())
    menu = BY_FOLDER[file.parent.name]

    checked, problems = compare.check(menu, case["declared"])

    assert problems == []
    assert checked == case["declared"], "check is idempotent: cases stand in the form that it gives"
    wanted = compare.declared(menu, checked)
    if "row" in case:
        said = compare.set_words(compare.changes(menu, case["row"], wanted, whole=not menu.singleton))
    else:
        said = compare.add_words(menu, wanted)
    assert list(said) == case["words"], case["about"]


def test_each_menu_has_a_case_that_needs_nothing():
    idle = {file.parent.name for file in FILES if tomllib.loads(file.read_text())["words"] == []}

    assert idle == BY_FOLDER.keys() - WHOLE_LISTS
