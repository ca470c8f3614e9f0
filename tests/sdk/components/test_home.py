"""The home site by components against the one by rows: what differs is data, and explained row by row in the README."""

import pathlib
import runpy
import tomllib

import pulumi

ROOT = pathlib.Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "examples"
DIFFERENCE = tomllib.loads((CASES / "home-difference.toml").read_text())
ENTRIES = [(path, entry) for path, entries in DIFFERENCE.items() for entry in entries]


def rows(example):
    """A case's rows by menu, without what each program calls them."""
    unlike = {"comment"}
    return {
        (path, *sorted(item for item in row.items() if item[0] not in unlike | _names(path)))
        for path, menu in tomllib.loads((CASES / f"{example}.toml").read_text()).items()
        for row in menu["rows"]
    }


def _names(path):
    return {"name"} if path == "/interface/wireguard/peers" else set()


def told(side):
    return {(path, *sorted(entry[side].items())) for path, entry in ENTRIES if side in entry}


def test_what_the_components_add_is_told_row_by_row():
    assert rows("home") - rows("home-by-rows") == told("has")


def test_what_they_do_otherwise_is_told_row_by_row():
    assert rows("home-by-rows") - rows("home") == told("had")


def test_the_readme_explains_every_row_that_differs():
    readme = (ROOT / "examples" / "home" / "README.md").read_text()

    for path, entry in ENTRIES:
        assert f"| `{path}` | `{entry['name']}` | {entry['why']} |" in readme


def test_each_row_that_is_told_of_is_the_programs(register):
    def program(folder):
        pulumi.runtime.set_all_config({"site:lan": "192.168.88.0/24"})
        runpy.run_path(str(ROOT / "examples" / folder / "__main__.py"))

    have, had = register(lambda: program("home")), register(lambda: program("home-by-rows"))

    assert {entry["name"] for _, entry in ENTRIES if "has" in entry} <= have.keys()
    assert {entry["name"] for _, entry in ENTRIES if "has" not in entry} <= had.keys()
