"""docs/tutorial.md to the letter, by the commands of `wiretik` that stand there."""

import pathlib

import pytest

from at_length import LONG
from walkthrough import blocks, played

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "tutorial.md"


@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_tutorial_goes_as_the_page_says(tmp_path):
    played(PAGE, tmp_path)


def test_the_page_shows_what_each_command_prints_and_leaves_no_output_empty():
    parts = blocks(PAGE)

    assert sum(part.kind == "text" for part in parts) > 8
    assert not [part for part in parts if part.kind == "text" and not part.text.strip()]
