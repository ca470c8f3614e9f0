"""docs/testing.md: every block of it is code that runs, beside the program that it speaks of."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from wiretik.testing import Site, site

__all__ = ["site"]

ROOT: Final = Path(__file__).parents[2]
BLOCKS: Final = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs" / "testing.md").read_text(encoding="utf-8"), re.DOTALL
)


def _page() -> dict[str, Any]:
    """The page as one module in the folder of the home site."""
    found: dict[str, Any] = {"__file__": str(ROOT / "examples" / "home" / "test_page.py"), "__name__": "page"}
    for block in BLOCKS:
        exec(compile(block, "docs/testing.md", "exec"), found)
    return found


def _tests() -> list[Any]:
    """Each test of the page, as often as its parameters say."""
    found = []
    for name, function in _page().items():
        if name.startswith("test_"):
            marks = [mark for mark in getattr(function, "pytestmark", ()) if mark.name == "parametrize"]
            given = [{mark.args[0]: value} for mark in marks for value in mark.args[1]] or [{}]
            found += [pytest.param(function, one, id=" ".join([name[5:], *one.values()])) for one in given]
    return found


@pytest.mark.e2e
@pytest.mark.parametrize(("function", "given"), _tests())
def test_what_the_page_shows_is_true(
    function: Callable[..., None], given: dict[str, str], site: Callable[..., Site]
) -> None:
    function(site, **given)


def test_the_page_has_no_other_code_than_what_is_run() -> None:
    assert len(BLOCKS) == 5
    assert len(_tests()) == 7
