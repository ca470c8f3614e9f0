"""The rooms are as CONTRIBUTING says: its paths are there, no room is crowded, tests lie opposite to the source."""

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = {"provider": ROOT / "provider" / "wiretik_provider", "sdk": ROOT / "sdk" / "python" / "wiretik"}
MOST = 14
LONGEST = 500
GENERATED = "# Generated from the menus' descriptors by `make generate`"


def modules(folder: Path) -> list[Path]:
    """What people write in a room: generated modules crowd nobody."""
    return [file for file in folder.glob("*.py") if file.name != "__init__.py" and GENERATED not in file.read_text()]


def rooms() -> list[Path]:
    return [file.parent for source in SOURCES.values() for file in source.rglob("__init__.py")]


def test_each_path_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:provider|sdk|tests|tools|examples|docs|benchmarks)/[\w./<>-]*)`", text)

    assert len(named) > 20
    assert not [path for path in named if "<" not in path and not (ROOT / path).exists()]
    assert not [path for path in named if "<" in path and not (ROOT / path.partition("<")[0]).is_dir()]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.relative_to(ROOT)))
def test_no_room_is_crowded_and_no_module_is_long(room):
    assert len(modules(room)) <= MOST
    assert not [file.name for file in modules(room) if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST]


@pytest.mark.parametrize("side", SOURCES)
def test_each_folder_of_tests_lies_opposite_to_a_room(side):
    folders = {file.parent.relative_to(ROOT / "tests" / side) for file in (ROOT / "tests" / side).rglob("test_*.py")}

    assert not [folder for folder in folders if not (SOURCES[side] / folder).is_dir()]


# --- contracts -------------------------------------------------------------------------------------------------------

PROVIDER = "wiretik_provider"
_GATE = ("conflicts", "device", "expectations", "kind", "notes", "remarks", "several", "unconfirmed", "unlisted")
IMPURE = {"api", "dynamic", "kinds", "plugin", "registry", "simulator", *(f"gate.{one}" for one in _GATE)}
"""What asks a router, is one, or leads there; everything else decides, and does no I/O."""


def contract(name: str, words: str) -> set[str]:
    """The modules of the provider that a contract lists."""
    found = configparser.ConfigParser()
    found.read(ROOT / ".importlinter", encoding="utf-8")
    listed = found[f"importlinter:contract:{name}"][words].split()
    return {one.removeprefix(f"{PROVIDER}.") for one in listed if one.startswith(f"{PROVIDER}.")}


def names(folder: Path) -> set[str]:
    """The modules and rooms in a folder."""
    return {one.stem for one in [*modules(folder), *(file.parent for file in folder.glob("*/__init__.py"))]}


def test_each_module_that_decides_is_bound_to_do_no_input_or_output():
    rooms = names(SOURCES["provider"]) - {"gate"} | {f"gate.{one}" for one in names(SOURCES["provider"] / "gate")}

    assert contract("pure", "source_modules") == rooms - IMPURE


@pytest.mark.parametrize(
    ("name", "shared"),
    [("engine", {"masks", "printable"}), ("simulator", {"simulator", "wire"})],
    ids=["the engine", "the embedded router"],
)
def test_whoever_shares_little_is_forbidden_all_else(name, shared):
    assert contract(name, "forbidden_modules") == names(SOURCES["provider"]) - shared


def test_all_but_the_two_fronts_are_forbidden_to_know_pulumi():
    assert contract("pulumi", "source_modules") == names(SOURCES["provider"]) - {"dynamic", "plugin"}
