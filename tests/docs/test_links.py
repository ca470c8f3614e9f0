"""Links in the docs and citations in the code lead to pages, and to headings on them, that the repository has."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
CITATION = re.compile(r"docs/facts/[\w-]+\.md(?:#[\w-]+)?")
ELSEWHERE = re.compile(r"stored file \d|(?<![\w/-])(?:routeros|traps|users|packet-lab)\.md|(?<![\w/-])pulumi\.md")
SUFFIXES = {".py", ".toml", ".md", ".txt", ".yml"}


def files(*folders: str) -> list[Path]:
    told = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    found = [ROOT / name for name in told.stdout.split("\0")]
    return [path for path in found if path.suffix in SUFFIXES and path.is_file()]


@cache
def anchors(page: Path) -> frozenset[str]:
    """The headings of a page as GitHub names them, a number behind those that come again."""
    seen: Counter[str] = Counter()
    found: set[str] = set()
    fenced = False
    for line in page.read_text().splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            bare = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
            found.add(f"{bare}-{seen[bare]}" if seen[bare] else bare)
            seen[bare] += 1
    return frozenset(found)


def broken(page: Path, target: str) -> str:
    path, _, anchor = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    if not there.exists():
        return f"{page.relative_to(ROOT)}: {target} isn't there"
    if anchor and there.suffix == ".md" and anchor not in anchors(there):
        return f"{page.relative_to(ROOT)}: {target} has no such heading"
    return ""


def links(page: Path) -> Iterator[str]:
    fenced = False
    for line in page.read_text().splitlines():
        fenced ^= line.startswith("```")
        if not fenced:
            yield from LINK.findall(re.sub(r"`[^`]*`", "", line))


def test_each_link_in_the_docs_leads_somewhere() -> None:
    pages = [page for page in files("*.md", "docs", "examples") if page.suffix == ".md"]
    assert len(pages) > 20
    assert not [told for page in pages for target in links(page) if (told := broken(page, target))]


def test_each_citation_leads_to_a_heading() -> None:
    cited = [(page, target) for page in files() for target in CITATION.findall(page.read_text())]
    assert not [told for page, target in cited if (told := broken(ROOT / page.name, target))]


def test_no_citation_leads_out_of_the_repository() -> None:
    code = [page for page in files("provider", "sdk", "tests", "benchmarks", "tools") if page != Path(__file__)]
    assert not [f"{page.relative_to(ROOT)}: {found}" for page in code for found in ELSEWHERE.findall(page.read_text())]


@pytest.mark.parametrize("target", ["nowhere.md", "README.md#nothing-of-that-name"])
def test_a_link_that_leads_nowhere_is_found(target: str) -> None:
    assert broken(ROOT / "README.md", target)
