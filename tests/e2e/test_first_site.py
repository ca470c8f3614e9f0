"""README's "Your first site", from step 1 to step 6, by the commands that stand there: page and test can't part.

What differs from the page: the environment with Wiretik is there already, the router is a lab at 127.0.0.1:PORT, and
what a person types is answered. Without the CLI `wiretik` does the same, which the page says, too.
"""

import pathlib
import re
import shlex
import subprocess
import sys

import pytest

from deploying import PASSWORD
from terminal import called
from walkthrough import newcomers_folder
from wiretik.engine.processes import program, provider
from wiretik_provider.simulator import serve

from .conftest import needs_pulumi

README = (pathlib.Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Your first site\n")[2].partition("\n## ")[0]
KEY = "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4="
THERE = ("mkdir ", "python3 -m venv", "pip install")
"""What the test's own environment stands for."""
TYPED = {"wiretik:password": PASSWORD}


def commands():
    """The section's commands in their order: those of its blocks, then those of its last step's sentences."""
    blocks = "\n".join(re.findall(r"^ *```sh\n(.*?)```", SECTION, re.DOTALL | re.MULTILINE))
    found = [line.partition("  #")[0].strip() for line in blocks.splitlines()]
    stay = SECTION.partition("6. **Stay.**")[2]
    return [*filter(None, found), *re.findall(r"`((?:pulumi|wiretik) [a-z-][^`]*)`", stay.partition("\n\n")[0])]


def program_text():
    return re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]


def test_the_section_has_the_commands_of_all_its_steps():
    said = commands()

    assert [line for line in said if line.startswith("wiretik connect")] == ["wiretik connect 192.168.88.1"]
    assert {"pulumi preview", "pulumi up", "wiretik show", "wiretik doctor", "wiretik graph"} <= set(said)
    assert said[-2:] == ["pulumi preview --refresh", "pulumi destroy"]


def run_cli(words, typed):
    """Runs a command as people do."""
    words = [*words, "--yes"] if words[:2] in (["pulumi", "up"], ["pulumi", "destroy"]) else words
    if words[0] == "wiretik":
        words = [sys.executable, "-m", *words]
    done = subprocess.run(words, input=typed, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout + done.stderr


def run_here(words, typed):
    """Runs a command of `wiretik` in this process, and one of the CLI by the one that does the same."""
    if words[:2] == ["pulumi", "stack"]:
        return 0, ""  # a stack begins with its first up
    words = [*words[1:], "--yes"] if words[1] in ("up", "destroy") else words[1:]
    with pathlib.Path("printed").open("w+", encoding="utf-8") as printed:
        code = called(words, printed.fileno(), typed)
    return code, pathlib.Path("printed").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The folder of the site, and nobody's settings."""
    monkeypatch.setattr(provider, "process", provider.in_process)
    monkeypatch.setattr(program, "process", lambda job, say, **_: program.inline()(job, say))
    with newcomers_folder(tmp_path) as site:
        yield site


@pytest.mark.timeout(600)
@pytest.mark.parametrize("run", [run_here, pytest.param(run_cli, marks=needs_pulumi)], ids=["wiretik", "pulumi"])
def test_the_first_site_goes_as_the_page_says(run, here):
    printed = {}
    with serve(profile="defconf", user="wiretik", password=PASSWORD) as lab:
        before = lab.router.snapshot()

        def do(words, typed=""):
            code, text = run(words, typed)
            printed[" ".join(words)] = text
            assert "Traceback" not in text
            assert code == (1 if words[1] == "doctor" else 0), text  # a peer that never called is a finding
            return text

        for line in commands():
            words = shlex.split(line)
            if line.startswith(THERE):
                continue
            if words[0] == "printf":
                (here / "Pulumi.yaml").write_text(words[1].replace("\\n", "\n"), encoding="utf-8")
            elif words[:2] == ["wiretik", "connect"]:
                shown = do([*words[:2], f"{lab.host}:{lab.apis_port}"])
                (here / "__main__.py").write_text(program_text(), encoding="utf-8")
                for paste in re.findall(r"^ +(pulumi config set .*)$", shown, re.MULTILINE):  # step 3: what it printed
                    do(shlex.split(paste), TYPED.get(paste.split()[-1], ""))
            elif "wiretik:" in line:
                assert any(words[3] in one for one in printed), f"connect doesn't print {line}"
            elif words[:3] == ["pulumi", "config", "set"]:
                do([*words[:-1], KEY])
            else:
                do(words)
        after = lab.router.snapshot()

    assert after == before, "destroy leaves the router as it was"
    assert "office" in printed["wiretik show"]
    assert "wg1" in printed["wiretik graph"]
    assert "7 unchanged" in printed["pulumi preview --refresh"]
