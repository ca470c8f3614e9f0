"""docs/tutorial.md to the letter: by `wiretik`, and by the CLI where it is."""

import pathlib

import pytest

from at_length import LONG
from walkthrough import blocks, played

from .conftest import needs_pulumi

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "tutorial.md"


@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_tutorial_goes_as_the_page_says(tmp_path):
    played(PAGE, tmp_path)


@needs_pulumi
@pytest.mark.timeout(900)
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_tutorial_goes_by_the_cli_as_well(tmp_path):
    played(PAGE, tmp_path, cli=True)


def test_the_page_shows_what_each_command_prints_and_leaves_no_output_empty():
    parts = blocks(PAGE)

    assert sum(part.kind == "text" for part in parts) > 8
    assert not [part for part in parts if part.kind == "text" and not part.text.strip()]
