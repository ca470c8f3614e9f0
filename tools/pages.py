"""Lays out the pages of `make docs`: those of docs/, README as the first one, the examples with their programs.

Rule: the pages stay where they are, and their links lead where they do on any forge. Here a link to a page that the
site has is turned to it; of a link to a file that no page shows, only its text stays. Each page ends with the version
that it is of.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

__all__ = ["example_page", "main", "pages", "relinked", "signed", "version_of"]

_ROOT: Final = Path(__file__).parents[1]
_STAGED: Final = _ROOT / "build" / "docs"
_LINK: Final = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|mailto:|#)([^)\s]+)\)")
_FENCE: Final = "```"
_ALONE: Final = {"README.md": "index.md", "CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
"""Pages that aren't in docs/, and where the site has them."""
_VERSIONS: Final = "versions.md"


def main() -> None:
    """Writes all pages anew."""
    shutil.rmtree(_STAGED, ignore_errors=True)
    found, version = pages(_ROOT), version_of(_ROOT)
    for source, place in found.items():
        text = example_page(_ROOT / source) if source.startswith("examples/") else (_ROOT / source).read_text("utf-8")
        out = _STAGED / place
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(relinked(text, _from(source), place, found) + signed(version, place), encoding="utf-8")
    for picture in sorted([*_ROOT.glob("docs/**/*.svg"), *_ROOT.glob("examples/*/*.svg")]):
        place = picture.relative_to(_ROOT).as_posix().removeprefix("docs/")
        (_STAGED / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, _STAGED / place)


def pages(root: Path) -> Mapping[str, str]:
    """Where the site has each page, by its place in the repository; an example is its folder."""
    docs = sorted(path.relative_to(root).as_posix() for path in root.glob("docs/**/*.md"))
    examples = sorted(path.parent.relative_to(root).as_posix() for path in root.glob("examples/*/__main__.py"))
    return {
        **_ALONE,
        **{path: path.removeprefix("docs/") for path in docs},
        **{folder: f"{folder}.md" for folder in examples},
    }


def version_of(root: Path) -> str:
    """The version of the code beside the pages."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return version


def signed(version: str, place: str) -> str:
    """The last line of a page, which says of which version it is; the search doesn't find it."""
    others = os.path.relpath(_VERSIONS, PurePosixPath(place).parent)
    return f"\n---\n\nWiretik {version} · [other versions]({others})\n{{ data-search-exclude }}\n"


def _from(source: str) -> str:
    """The folder that a page's links start from."""
    return source if source.startswith("examples/") else str(PurePosixPath(source).parent)


def example_page(folder: Path) -> str:
    """An example as a page: its README, or what its program says of itself, and the program."""
    readme = folder / "README.md"
    program = (folder / "__main__.py").read_text(encoding="utf-8")
    said = re.match(r'"""(.*?)"""', program, re.DOTALL)
    lead = said[1].strip() if said else ""
    text = readme.read_text(encoding="utf-8") if readme.exists() else f"# {folder.name}\n\n{lead}\n"
    shown = "" if program.strip() in text else f"\n## The program\n\n{_FENCE}python\n{program}{_FENCE}\n"
    return text + shown


def relinked(text: str, folder: str, place: str, found: Mapping[str, str]) -> str:
    """A page's text with links that lead to pages of the site.

    Args:
        text: the page.
        folder: the folder in the repository that its links start from.
        place: where the site has it.
        found: where the site has each page, by its place in the repository.
    """

    def turned(link: re.Match[str]) -> str:
        path, cut, anchor = link[2].partition("#")
        there = os.path.normpath(f"{folder}/{path}")
        page = found.get(there) or found.get(there.removesuffix("/README.md"))
        if page is None and path.endswith(".svg"):
            page = there.removeprefix("docs/")
        if page is None:
            return link[1]
        return f"[{link[1]}]({os.path.relpath(page, PurePosixPath(place).parent)}{cut}{anchor})"

    parts: list[tuple[bool, list[str]]] = []
    fenced = False
    for line in text.splitlines(keepends=True):
        fence = line.lstrip().startswith(_FENCE)
        code = fenced or fence
        fenced ^= fence
        if not parts or parts[-1][0] != code:
            parts.append((code, []))
        parts[-1][1].append(line)
    # A link may begin on one line and end on the next, so what stands between two blocks of code is one text.
    return "".join("".join(lines) if code else _LINK.sub(turned, "".join(lines)) for code, lines in parts)


if __name__ == "__main__":
    main()
