"""The rooms are as CONTRIBUTING says: its paths are there, no room is crowded, tests lie opposite to the source."""

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
