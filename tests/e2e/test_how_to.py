"""The how-tos to the letter, by the commands that stand there; with the CLI where it is on the PATH."""

import re
import shutil

import pytest

from at_length import LONG
from walkthrough import ROOT, blocks, played

FOLDER = ROOT / "docs" / "how-to"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.stem != "index")
SAMPLE = "upgrade-wiretik"
"""The shortest page, which each run plays."""
ASKED = [
    "always-on-vpn",
    "another-lan-prefix",
    "cgnat-relay",
    "ci",
    "colleague",
    "device-off-vpn",
    "firewall",
    "fleet",
    "forward-a-port",
    "from-scripts",
    "from-terraform",
    "guest-network",
    "phone-full-tunnel",
    "pulumi-cloud",
    "replaced-router",
    "rotate-keys",
    "rows-to-component",
    "secrets",
    "several-tunnels",
    "split-tunnel",
    "troubleshooting",
    "upgrade-routeros",
    "upgrade-wiretik",
]
"""Each section of the user's document, and each question that people ask."""


def named(paths):
    return pytest.mark.parametrize("page", paths, ids=lambda path: path.stem)


@pytest.mark.timeout(600)
@named([page for page in PAGES if LONG or page.stem == SAMPLE])
def test_a_how_to_goes_as_its_page_says(page, tmp_path):
    played(page, tmp_path, site=True)


@pytest.mark.timeout(1200)
@pytest.mark.skipif(not (LONG and shutil.which("pulumi")), reason="at length, with pulumi on the PATH")
@named(PAGES)
def test_a_how_to_goes_the_same_way_by_pulumi(page, tmp_path):
    played(page, tmp_path, site=True, pulumi=True)


def test_each_question_has_its_page():
    assert sorted(page.stem for page in PAGES) == sorted(ASKED)


def test_each_page_is_listed_by_the_question_that_it_answers():
    index = (FOLDER / "index.md").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^- \[(.+)\]\((.+)\)$", index, re.MULTILINE)) == sorted(
        (page.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# "), page.name) for page in PAGES
    )


@named(PAGES)
def test_a_page_is_short_and_has_a_program_its_commands_what_they_print_and_what_to_watch_for(page):
    text, parts = page.read_text(encoding="utf-8"), blocks(page)

    assert text.count("\n") < 190
    assert "import wiretik as wt" in text
    assert "sh" in {part.kind for part in parts}
    assert "**Watch for**" in text
    assert [part for part in parts if part.kind == "text" and not part.text.strip()] == []
