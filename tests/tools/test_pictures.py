"""The pages' pictures: well-formed, at home, shown somewhere, and as the commands draw them."""

import html
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from at_length import LONG
from tools import pictures

ROOT = pictures.FOLDER.parents[1]
DRAWN = sorted(pictures.FOLDER.glob("*.svg"))
each = pytest.mark.parametrize("picture", DRAWN, ids=lambda path: path.stem)


@each
def test_a_picture_is_whole_and_leads_nowhere(picture):
    text = picture.read_text(encoding="utf-8")

    assert ET.fromstring(text).tag.endswith("svg")
    assert "<script" not in text
    told = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    assert set(re.findall(r"https?://[^\s\"')]+", told)) <= {"http://www.w3.org/2000/svg"}
    assert "127.0.0.1" not in text


@each
def test_a_page_shows_it(picture):
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]

    assert [page for page in pages if f"pictures/{picture.name})" in page.read_text(encoding="utf-8")]


def test_a_session_keeps_its_colours_and_asks_for_no_font():
    drawn = pictures.session({"wiretik graph": "\x1b[1mhome\x1b[0m at 127.0.0.1:34567\n"})

    assert "font-weight: bold" in drawn
    assert "@font-face" not in drawn
    assert "192.168.88.1" in drawn


@pytest.mark.timeout(300)
@pytest.mark.skipif(not LONG, reason="at length")
def test_the_pictures_are_what_the_commands_draw(tmp_path):
    pictures.main(tmp_path)

    for picture in DRAWN:
        assert words(picture) == words(tmp_path / picture.name), f"{picture.name}: run make pictures"


def words(picture):
    """What is written in a picture: rows and rules without an order may come in any."""
    told = map(html.unescape, re.findall(r">([^<>]*\w[^<>]*)<", picture.read_text(encoding="utf-8")))
    return Counter(re.sub(r"(rule\s)\d+", r"\1N", text) for text in told if "{" not in text)
