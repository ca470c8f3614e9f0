"""The tutorials to the letter, by the commands of `wiretik` that stand there, and by `pulumi`'s as well."""

import shutil

import pytest

from at_length import LONG
from walkthrough import ROOT, blocks, played

FIRST, SECOND = (ROOT / "docs" / name for name in ("tutorial.md", "tutorial-adopt.md"))
both = pytest.mark.parametrize("page", [FIRST, SECOND], ids=["first", "adopt"])


@pytest.mark.timeout(600)
@pytest.mark.skipif(not LONG, reason="at length")
@both
def test_a_tutorial_goes_as_its_page_says(page, tmp_path):
    played(page, tmp_path)


@pytest.mark.timeout(1800)
@pytest.mark.skipif(not (LONG and shutil.which("pulumi")), reason="at length, with pulumi on the PATH")
@both
def test_a_tutorial_goes_the_same_way_by_pulumi(page, tmp_path):
    played(page, tmp_path, pulumi=True)


@both
def test_a_page_shows_what_each_command_prints_and_leaves_no_output_empty(page):
    parts = blocks(page)

    assert sum(part.kind == "text" for part in parts) > 7
    assert not [part for part in parts if part.kind == "text" and not part.text.strip()]
