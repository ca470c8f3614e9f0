"""Plays a page of the docs as its reader would, block by block, with a lab as the router: page and product can't part.

A page is made of fenced blocks:

    sh        commands; one that ends with `# refused` has to fail, all others mustn't, and what stands behind
              `# with the CLI:` takes the command's place where `pulumi` does that of `wiretik`
    text      what the command above it prints, whole but for lines of `…`; times, keys and ports may be others
    python    with the title `__main__.py` the program; `__main__.py, added` at its end; `__main__.py, instead` in
              place of the block before it; `__main__.py, for now` until the next block of Python
    diff      with the title of a file: its lines with `-` in front become those with `+`
    routeros  lines that somebody else types on the router
    other     files, by their title

and of directives that no reader sees: `<!-- without it -->` takes the last block out of the program,
`<!-- time flies -->` lets the router's time go faster until `<!-- time passes -->`, so that nobody waits for minutes,
and `<!-- nothing of it on the router -->` asks for that: for what there was when it began, or at the last
`<!-- a router that works -->`. `<!-- RouterOS 7.24 -->` upgrades the router, `<!-- reset -->`
resets it to the factory's configuration, and `<!-- another router -->` puts one with another serial number there;
`<!-- a second router -->` starts one beside it, and `<!-- export FILE -->` writes what the router's `/export` writes.

`python tests/walkthrough.py PAGE …` plays pages and writes what is printed into their blocks of text.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from unittest import mock

import attrs
import pytest

from deploying import PASSPHRASE
from terminal import ended
from wiretik_provider.api.link import close_all
from wiretik_provider.simulator import Lab, Options, serve

__all__ = ["Block", "blocks", "newcomers_folder", "played"]

ROOT: Final = pathlib.Path(__file__).parents[1]
_PART: Final = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$|^<!-- (.*?) -->$', re.DOTALL | re.MULTILINE)
_NOT_PLAYED: Final = (
    "mkdir ",
    "pip install",
    "wiretik lab",
    "terraform ",
    "git push",
)
"""Commands for which the test's own environment stands, or whose other end is elsewhere."""
_CLI: Final = ("config", "destroy", "preview", "refresh", "up")
"""Commands that `pulumi` has as well, in the same words."""
_SECRET: Final = "secret"
_FAST: Final = 40
"""Seconds of the router in one, where a page lets time fly."""
_ORGANISATION: Final = re.compile(r"^acme/")
"""A name in front of a stack's, which Pulumi Cloud has and a folder hasn't."""
_PORT: Final = "8729"
"""The router's port on a page; in a test it is another."""
_SECOND: Final = "8730"
"""Likewise that of a second one."""
_FINGERPRINT: Final = "5f0c…"
_COLUMNS: Final = 80
_OPTIONS: Final = Options(filters_services=True)
"""Its firewall closes its own API, as a router does."""


class Block(NamedTuple):
    """A part of a page that is played."""

    kind: str
    """Its language; `directive` of a comment."""
    title: str
    text: str


def _environment(_: object = None) -> None:
    """An environment of its own for the folder: the test's."""
    pathlib.Path(".venv").symlink_to(sys.prefix)


def _elsewhere(_: object = None) -> None:
    """Another place for states, as Pulumi Cloud is one."""
    there = pathlib.Path.cwd().parent / "elsewhere"
    there.mkdir(exist_ok=True)
    os.environ["PULUMI_BACKEND_URL"] = there.as_uri()


def _printf(words: list[str]) -> None:
    pathlib.Path(words[-1]).write_text(words[1].replace("\\n", "\n"), encoding="utf-8")


_SHELL: Final[dict[str, Callable[[list[str]], None]]] = {
    "cd": lambda words: os.chdir(words[1]),
    "export": lambda words: os.environ.update(word.split("=", 1) for word in words[1:] if not word.endswith("=…")),
    "printf": _printf,
    "python3": _environment,
}
"""Words of a shell that a page needs."""


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
    # A page's own `export` is undone as well.
    with mock.patch.dict(os.environ), pytest.MonkeyPatch.context() as patch:
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
        patch.setenv("PATH", f"{sys.prefix}/bin:{os.environ['PATH']}")
        patch.chdir(site)
        yield site


@attrs.define
class _Player:
    """A page that is being played."""

    open: contextlib.ExitStack
    clock: Clock
    lab: Lab = attrs.field(init=False)
    before: dict[str, object] = attrs.field(init=False)
    pulumi: bool = False
    """Whether `pulumi` takes the place of `wiretik`, where it has the command."""
    parts: list[tuple[str, str]] = attrs.field(factory=list)
    printed: str = ""
    """What the last command printed."""
    begun: bool = False
    """Whether `pulumi` has a stack; `wiretik` makes it with the first `up`."""
    second: int = 0
    """The port of a second router."""
    comparable: bool = True
    """Whether a page shows it: `pulumi` has words of its own."""
    seen: list[str] | None = None
    """What was printed where the page has a block of text, if that is to be written there instead of compared."""

    def serve(self, profile: str, **how: object) -> None:
        """Starts a router, at the port of the one before."""
        again = {"tls_port": self.lab.apis_port} if hasattr(self, "lab") else {}
        close_all()  # nobody goes on with a connection to the one before
        self.open.close()
        served = serve(
            profile=profile, user="wiretik", password=_SECRET, clock=self.clock, options=_OPTIONS, **again, **how
        )
        self.lab = self.open.enter_context(served)
        if not again:
            self.before = self.lab.router.snapshot()

    def configure(self) -> None:
        """What a page that begins with a site takes for granted."""
        runtime = "name: python, options: {virtualenv: .venv}"
        pathlib.Path("Pulumi.yaml").write_text(f"name: site\nruntime: {{{runtime}}}\n", encoding="utf-8")
        config = {"host": "127.0.0.1", "port": self.lab.apis_port, "username": "wiretik"}
        for key, value in {**config, "fingerprint": self.lab.fingerprint}.items():
            self._run(["wiretik", "config", "set", f"wiretik:{key}", str(value)])
        self._run(["wiretik", "config", "set", "--secret", "wiretik:password"])

    def _called(self) -> dict[str, str]:
        """The ports and the certificate of these routers, by what a page calls them; digits may look like a port."""
        second = {_SECOND: str(self.second)} if self.second else {}
        return {_PORT: str(self.lab.apis_port), **second, _FINGERPRINT: self.lab.fingerprint}

    def here(self, text: str) -> str:
        """A page's text as it is with these routers."""
        for name, value in self._called().items():
            text = text.replace(name, value)
        return text

    def on_page(self, text: str) -> str:
        """The other way round, of what was printed."""
        for name, value in reversed(self._called().items()):
            text = text.replace(value, name)
        return text

    def play(self, block: Block) -> None:
        block = block._replace(text=self.here(block.text))
        do: dict[str, Callable[[Block], None]] = {
            "sh": self._commands,
            "text": self._prints,
            "python": self._program,
            "diff": self._changed,
            "routeros": self._types,
            "directive": self._directive,
        }
        act = self._file if block.title and block.kind not in ("python", "diff") else do.get(block.kind, self._file)
        act(block)

    def _commands(self, block: Block) -> None:
        for line in block.text.replace("\\\n", " ").splitlines():
            command, _, said = line.partition("  #")
            if not command.strip() or command.startswith(_NOT_PLAYED if self.pulumi else (*_NOT_PLAYED, "pulumi ")):
                continue
            if self.pulumi and (other := said.partition(" with the CLI: ")[2]):
                command = other
            code, typed = 0, _SECRET
            for part in command.split(" | "):
                code, typed = self._run(shlex.split(part), typed), self.printed
            assert (code != 0) == ("refused" in said), f"{command}\n{self.printed}"
            assert "Traceback" not in self.printed, self.printed

    def _run(self, words: list[str], typed: str = _SECRET) -> int:
        if words[0] in _SHELL:
            _SHELL[words[0]](words)
            return 0
        if "<" in words:
            words, (file,) = words[: words.index("<")], words[words.index("<") + 1 :]
            typed = pathlib.Path(file).read_text(encoding="utf-8")
        if words[0] == "pulumi":
            return self._cli([_ORGANISATION.sub("", word) for word in words[1:]], typed)
        self.comparable = not (self.pulumi and words[1] in _CLI and "--confirm" not in words)
        if words[0] != "wiretik":
            return self._process(words, typed)
        if words[1] == "fleet":
            by = ["--engine", "pulumi"] if self.pulumi and words[2] in _CLI else []
            return self._process([sys.executable, "-m", *words, *by], typed)
        return self._wiretik(words, typed) if self.comparable else self._cli(words[1:], typed)

    def _wiretik(self, words: list[str], typed: str) -> int:
        asks = words[1] in ("adopt", "destroy", "own", "refresh", "up")
        words = [*words, "--yes"] if asks and not {"--yes", "--dry-run"} & {*words} else words
        code, self.printed = ended(words[1:], _COLUMNS, directory=pathlib.Path.cwd(), typed=typed)
        if words[1] == "connect":
            whole = re.sub(r" *\\\n *", " ", self.printed)
            for line in re.findall(r"^ +pulumi (config set .*)$", whole, re.MULTILINE):
                if "fingerprint" in line:
                    self._run(["wiretik", *shlex.split(line)])
        return code

    def _cli(self, words: list[str], typed: str) -> int:
        if words[0] == "login":
            _elsewhere()
            return 0
        if not self.begun:  # nor is there one before `wiretik adopt` has made the project
            self.begun = not self._process(["pulumi", "--non-interactive", "stack", "select", "--create", "dev"], "")
        deploys = words[0] in ("destroy", "refresh", "up")
        return self._process(["pulumi", "--non-interactive", *words, *(["--yes"] if deploys else [])], typed)

    def _process(self, words: list[str], typed: str) -> int:
        told = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
            "input": typed,
            "env": {**os.environ, "COLUMNS": str(_COLUMNS)},
        }
        done = subprocess.run(words, check=False, timeout=300, **told)
        self.printed = done.stdout
        return done.returncode

    def _prints(self, block: Block) -> None:
        if self.seen is not None:
            self.seen.append(self.on_page(self.printed))
        elif self.comparable:
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
        if how and not self.parts:
            self.parts = [("", pathlib.Path("__main__.py").read_text(encoding="utf-8"))]  # one that was adopted
        if not how:
            self.parts = []
        elif how == "instead" or (self.parts and self.parts[-1][0] == "for now"):
            self.parts.pop()
        self.parts.append((how, block.text))
        self._write()

    def _changed(self, block: Block) -> None:
        old, new = ("".join(re.findall(rf"^[{sign}](.*\n)", block.text, re.MULTILINE)) for sign in "-+")
        assert sum(text.count(old) for _, text in self.parts) == 1, old
        self.parts = [(kind, text.replace(old, new)) for kind, text in self.parts]
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
            self._router(words)

    def _router(self, words: list[str]) -> None:
        """Somebody does something with the router."""
        if words == ["a", "router", "that", "works"]:
            self.before = self.lab.router.snapshot()
        elif words[0] == "RouterOS":
            export = self.lab.router.export(show_sensitive=True)
            self.serve("none", version=words[1])
            self.lab.router.load(export, skip_unknown=True)
        elif words == ["reset"]:
            self.serve("defconf", certificate_number=1)
        elif words[0] == "export":
            pathlib.Path(words[1]).write_text(self.lab.router.export(), encoding="utf-8")
        elif words == ["a", "second", "router"]:
            how = {"serial": "HF90000TWO", "user": "wiretik", "password": _SECRET}
            self.second = self.open.enter_context(serve(profile="defconf", options=_OPTIONS, **how)).apis_port
        elif words == ["another", "router"]:
            self.serve("defconf", certificate_number=1, serial="HF90000NEW")
        else:
            raise AssertionError(f"no such directive: {' '.join(words)}")

    def _file(self, block: Block) -> None:
        if block.title:
            path = pathlib.Path(block.title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


_FORMS: Final = (
    # Keys first: one may end as a time does, in 51s=.
    (re.compile(r"[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{20,43}…"), "KEY"),
    (re.compile(r"\b20\d\d-?\d\d-?\d\d[- ][\d:]+( UTC)?"), "THEN"),
    (re.compile(r"\bwiretik \d+\.\d+\.\d+"), "wiretik VERSION"),
    (re.compile(r" \(\d+(\.\d+)?s\)"), ""),
    (re.compile(r"\d+(\.\d+)? ?(ms|s|seconds?)\b"), "TIME"),
    (re.compile(r"127\.0\.0\.1:\d+"), "ROUTER"),
    (re.compile(rf"\b[0-9a-f]{{64}}\b|{_FINGERPRINT}"), "FINGERPRINT"),
    (re.compile(r"\b(filter|NAT|mangle) rule \d+"), r"\1 rule N"),
    (re.compile(r"[├└]─"), "├─"),
    (re.compile(r" +"), " "),
)
"""What differs from run to run: times, ports, keys, which of two rules was made first, and how wide a column is."""


def _lines(text: str) -> Counter[str]:
    """The lines that aren't empty, in whatever order the program's resources came."""
    for pattern, name in _FORMS:
        text = pattern.sub(name, text)
    return Counter(line.strip(" │") for line in text.splitlines() if line.strip(" │"))


def played(
    page: pathlib.Path, directory: pathlib.Path, *, profile: str = "defconf", site: bool = False, pulumi: bool = False
) -> None:
    """Plays a page.

    Args:
        page: a Markdown file.
        directory: an empty folder.
        profile: how the router begins.
        site: whether the page begins with a site whose router is configured.
        pulumi: whether `pulumi` takes the place of `wiretik`; what it prints isn't compared.

    Raises:
        AssertionError: something isn't as the page says.
    """
    _play(page, directory, profile, site=site, pulumi=pulumi, seen=None)


def _play(
    page: pathlib.Path, directory: pathlib.Path, profile: str, *, site: bool, pulumi: bool, seen: list[str] | None
) -> None:
    with newcomers_folder(directory), contextlib.ExitStack() as opened:
        player = _Player(opened, Clock(), pulumi=pulumi, seen=seen)
        player.serve(profile)
        if site:
            player.configure()
        for block in blocks(page):
            player.play(block)


def _written(page: pathlib.Path) -> None:
    """Plays a page and writes what is printed into its blocks of text, but for those that leave something out."""
    seen: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        _play(page, pathlib.Path(folder), "defconf", site=page.parent.name == "how-to", pulumi=False, seen=seen)
    left = iter(seen)

    def now(part: re.Match[str]) -> str:
        if part[1] != "text" or part[2]:
            return part[0]
        printed = next(left).strip("\n")
        printed = re.sub(r" \(\d+(\.\d+)?s\)", "", printed)
        return part[0] if "…" in part[3] else f"```text\n{printed}\n```"

    page.write_text(_PART.sub(now, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _written(pathlib.Path(name).resolve())
