"""Plays a page of the docs as its reader would, block by block, with a lab as the router: page and product can't part.

A page is made of fenced blocks:

    sh        commands; one that ends with `# refused` has to fail, all others mustn't
    text      what the command above it prints, whole but for lines of `…`; times, keys and ports may be others
    python    with the title `__main__.py` the program; `__main__.py, added` at its end; `__main__.py, instead` in
              place of the block before it; `__main__.py, for now` until the next block of Python
    routeros  lines that somebody else types on the router
    other     files, by their title

and of directives that no reader sees: `<!-- without it -->` takes the last block out of the program,
`<!-- time flies -->` lets the router's time go faster until `<!-- time passes -->`, so that nobody waits for minutes,
and `<!-- nothing of it on the router -->` asks for that.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import shlex
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import attrs
import pytest

from deploying import PASSPHRASE
from terminal import ended
from wiretik_provider.simulator import Lab, Options, serve

__all__ = ["Block", "blocks", "newcomers_folder", "played"]

ROOT: Final = pathlib.Path(__file__).parents[1]
_PART: Final = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$|^<!-- (.*?) -->$', re.DOTALL | re.MULTILINE)
_NOT_PLAYED: Final = ("mkdir ", "python3 -m venv", "pip install", "wiretik lab")
"""Commands for which the test's own environment stands."""
_SECRET: Final = "secret"
_FAST: Final = 40
"""Seconds of the router in one, where a page lets time fly."""
_PORT: Final = "8729"
"""The router's port on a page; in a test it is another."""
_COLUMNS: Final = 80
_OPTIONS: Final = Options(filters_services=True)
"""Its firewall closes its own API, as a router does."""


class Block(NamedTuple):
    """A part of a page that is played."""

    kind: str
    """Its language; `directive` of a comment."""
    title: str
    text: str


class Clock:
    """The router's time: the real one, and as much faster as a page lets it pass."""

    def __init__(self) -> None:
        self._since, self._then, self._rate = time.time(), time.time(), 1.0

    def __call__(self) -> float:
        return self._then + (time.time() - self._since) * self._rate

    def runs(self, rate: float) -> None:
        """Lets so many seconds pass in one from now on."""
        self._then, self._since, self._rate = self(), time.time(), rate


def blocks(page: pathlib.Path) -> list[Block]:
    """The parts of a page in their order."""
    found = _PART.finditer(page.read_text(encoding="utf-8"))
    return [Block("directive", "", part[4]) if part[4] else Block(part[1], part[2] or "", part[3]) for part in found]


@contextlib.contextmanager
def newcomers_folder(directory: pathlib.Path) -> Iterator[pathlib.Path]:
    """The folder of somebody's first site, where this process is then, with nobody's settings."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [one for one in os.environ if one.startswith(("WIRETIK_", "PULUMI_"))]:
            patch.delenv(name)
        (directory / "state").mkdir()
        site = directory / "site"
        site.mkdir()
        (site / ".venv").symlink_to(sys.prefix)
        patch.setenv("PULUMI_HOME", str(directory / "home"))
        patch.setenv("PULUMI_BACKEND_URL", f"file://{directory / 'state'}")
        patch.setenv("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE)
        patch.setenv("PULUMI_SKIP_UPDATE_CHECK", "true")
        patch.chdir(site)
        yield site


@attrs.define
class _Player:
    """A page that is being played."""

    lab: Lab
    clock: Clock
    before: dict[str, object]
    parts: list[tuple[str, str]] = attrs.field(factory=list)
    printed: str = ""
    """What the last command printed."""

    def play(self, block: Block) -> None:
        do: dict[str, Callable[[Block], None]] = {
            "sh": self._commands,
            "text": self._prints,
            "python": self._program,
            "routeros": self._types,
            "directive": self._directive,
        }
        do.get(block.kind, self._file)(block)

    def _commands(self, block: Block) -> None:
        for line in block.text.splitlines():
            command, _, said = line.partition("  #")
            if not command.strip() or command.startswith(_NOT_PLAYED):
                continue
            code = self._run(shlex.split(command))
            assert (code != 0) == ("refused" in said), f"{command}\n{self.printed}"
            assert "Traceback" not in self.printed, self.printed

    def _run(self, words: list[str]) -> int:
        if words[0] == "printf":
            pathlib.Path(words[-1]).write_text(words[1].replace("\\n", "\n"), encoding="utf-8")
            return 0
        typed = _SECRET
        if "<" in words:
            words, (file,) = words[: words.index("<")], words[words.index("<") + 1 :]
            typed = pathlib.Path(file).read_text(encoding="utf-8")
        deploys = words[1] in ("up", "destroy")
        words = [*words, "--yes"] if deploys and "--yes" not in words else words
        code, self.printed = ended(words[1:], _COLUMNS, directory=pathlib.Path.cwd(), typed=typed)
        if words[1] == "connect":
            whole = re.sub(r" *\\\n *", " ", self.printed)
            for line in re.findall(r"^ +pulumi (config set .*)$", whole, re.MULTILINE):
                if "fingerprint" in line:
                    self._run(["wiretik", *shlex.split(line)])
        return code

    def _prints(self, block: Block) -> None:
        wanted, found = _lines(block.text), _lines(self.printed)
        missing = wanted - found - Counter({"…": 100})
        more = Counter() if "…" in wanted else found - wanted
        assert (missing, more) == (Counter(), Counter()), self.printed

    def _program(self, block: Block) -> None:
        _, _, how = block.title.partition(", ")
        if how.startswith("renamed "):
            _, old, new = how.split()
            self.parts = [(kind, text.replace(f'"{old}"', f'"{new}"')) for kind, text in self.parts]
            self._write()
            return
        if how == "below the imports":
            kind, first = self.parts[0]
            self.parts[0] = kind, first.replace("import wiretik as wt\n", f"import wiretik as wt\n\n{block.text}", 1)
            self._write()
            return
        assert how in ("", "added", "instead", "for now"), block.title
        if not how:
            self.parts = []
        elif how == "instead" or (self.parts and self.parts[-1][0] == "for now"):
            self.parts.pop()
        self.parts.append((how, block.text))
        self._write()

    def _write(self) -> None:
        pathlib.Path("__main__.py").write_text("\n".join(text for _, text in self.parts), encoding="utf-8")

    def _types(self, block: Block) -> None:
        self.lab.router.execute(["/file/add", "=name=typed.rsc", f"=contents={block.text}"])
        answer = self.lab.router.execute(["/import", "=file-name=typed.rsc"])
        self.lab.router.execute(["/file/remove", "=numbers=typed.rsc"])
        assert not [word for sentence in answer for word in sentence if word.startswith("=message=")], answer

    def _directive(self, block: Block) -> None:
        words = block.text.split()
        if block.text == "without it":
            self.parts.pop()
            self._write()
        elif words[:2] == ["time", "flies"]:
            self.clock.runs(_FAST)
        elif words[:2] == ["time", "passes"]:
            self.clock.runs(1)
        elif block.text == "nothing of it on the router":
            now = self.lab.router.snapshot()
            left = [path for path in now if now[path] != self.before.get(path, [])]
            assert left == [], {path: now[path] for path in left}
        else:
            raise AssertionError(f"no such directive: {block.text}")

    def _file(self, block: Block) -> None:
        if block.title:
            pathlib.Path(block.title).write_text(block.text, encoding="utf-8")


_FORMS: Final = (
    (re.compile(r" \(\d+(\.\d+)?s\)"), ""),
    (re.compile(r"\d+(\.\d+)? ?(ms|s|seconds?)\b"), "TIME"),
    (re.compile(r"127\.0\.0\.1:\d+"), "ROUTER"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "FINGERPRINT"),
    (re.compile(r"[A-Za-z0-9+/]{43}="), "KEY"),
    (re.compile(r"[├└]─"), "├─"),
    (re.compile(r" +"), " "),
)
"""What differs from run to run: times, ports, keys, and how wide a column is."""


def _lines(text: str) -> Counter[str]:
    """The lines that aren't empty, in whatever order the program's resources came."""
    for pattern, name in _FORMS:
        text = pattern.sub(name, text)
    return Counter(line.strip(" │") for line in text.splitlines() if line.strip(" │"))


def played(page: pathlib.Path, directory: pathlib.Path, *, profile: str = "defconf") -> None:
    """Plays a page.

    Args:
        page: a Markdown file.
        directory: an empty folder.
        profile: how the router begins.

    Raises:
        AssertionError: something isn't as the page says.
    """
    clock = Clock()
    with (
        newcomers_folder(directory),
        serve(profile=profile, user="wiretik", password=_SECRET, clock=clock, options=_OPTIONS) as lab,
    ):
        player = _Player(lab, clock, lab.router.snapshot())
        for block in blocks(page):
            player.play(block._replace(text=block.text.replace(_PORT, str(lab.apis_port))))
