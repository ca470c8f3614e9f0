"""README's first screen: its program runs, and preview prints what it says."""

import contextlib
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from terminal import shown_by_process
from wiretik.engine import Stack
from wiretik_provider.simulator import serve

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def rows_of(text):
    """What is shown, as sorted words of its lines; rows may stand in another order, since they are registered at once.

    What differs is where the CLI and `wiretik` part: the types' first half, the heading, the stack above its notes.
    """
    joined = re.sub(r"\n {6}(?=\S)", " ", text)  # where a sentence goes on hangs on the length of the router's address
    bare = joined.replace("pulumi-python:dynamic/", "").translate(str.maketrans("└├─", "   ", ":"))
    lines = [re.sub(r"^\W+public", "public", " ".join(line.split())) for line in bare.splitlines()]
    return sorted(line for line in lines if line and not line.startswith("pulumipulumiStack (site"))


@contextlib.contextmanager
def first_site(folder):
    """README's program in a folder, configured for a factory router."""
    [program, *_] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (folder / "__main__.py").write_text(program, encoding="utf-8")
    (folder / "Pulumi.yaml").write_text("name: site\nruntime: python\n", encoding="utf-8")
    with serve(profile="defconf", password="a-secret") as lab:
        config = {
            "office-key": "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
            "wiretik:host": lab.host,
            "wiretik:port": str(lab.apis_port),
            "wiretik:username": "admin",
            "wiretik:fingerprint": lab.fingerprint,
        }
        settings = {key if ":" in key else f"site:{key}": value for key, value in config.items()}
        (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}), encoding="utf-8")
        yield lab, config


PROMISED = re.search(r"```\n(Previewing update.*?)```", README, re.DOTALL)[1]


@pytest.mark.e2e
def test_the_program_runs_and_preview_prints_what_is_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret")
    with first_site(tmp_path) as (lab, config):
        shown = shown_by_process(
            ["preview"], 80, directory=tmp_path, environment={"PULUMI_CONFIG_PASSPHRASE": "", "PULUMI_BACKEND_URL": ""}
        )
        assert rows_of(shown.replace(lab.host, "192.168.88.1")) == rows_of(PROMISED)
        stack = Stack(tmp_path, "dev", backend=tmp_path / "state", passphrase="", config=config)
        assert stack.up().ok
        comments = [row.get("comment", "") for row in lab.run("/ip/firewall/filter/print")]
        drop = next(at for at, text in enumerate(comments) if "drop all from WAN" in text)
        assert "[wt:" in "".join(comments[:drop])


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="pulumi is not on PATH")
def test_the_cli_prints_what_is_shown(tmp_path, monkeypatch):
    (tmp_path / "state").mkdir()
    for name, value in {
        "WIRETIK_PASSWORD": "a-secret",
        "PULUMI_CONFIG_PASSPHRASE": "",
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    with first_site(tmp_path) as (lab, _):

        def pulumi(*words):
            done = subprocess.run(
                ["pulumi", *words], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=200
            )
            return done.stdout

        pulumi("stack", "init", "dev")
        shown = pulumi("preview", "--diff=false", "--suppress-progress", "--color=never")

    row = re.compile(r"^ \+ +\W*(\S+:\S+) +(\S+) +create *$", re.MULTILINE)  # with whole types, as the CLI has them
    assert {*row.findall(shown)} == {*row.findall(PROMISED)}
    assert len(row.findall(PROMISED)) == 7
    flat = " ".join(shown.replace(lab.host, "192.168.88.1").split())
    for part in re.findall(r"note: .*?(?=\n\n)|Resources:\n.*", PROMISED, re.DOTALL):
        assert " ".join(part.split()) in flat


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_repository_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page):
    from typer.main import get_command

    from wiretik.cli import app

    group: Any = get_command(app)
    known = set(group.commands)
    named = set(re.findall(r"(?:^|`|\$ )wiretik ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= known, named - known


def test_every_name_of_a_page_is_the_sdks():
    sdk: Any = importlib.import_module("wiretik")

    for page in [*PAGES, ROOT / "examples" / "home" / "README.md"]:
        for name in re.findall(r"\bwt\.([A-Za-z_]+)", page.read_text(encoding="utf-8")):
            assert name in sdk.__all__, f"{page.name}: wt.{name}"
