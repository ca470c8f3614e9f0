"""README's first screen: its program runs, and preview prints what it says."""

import importlib
import json
import re
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
    """What is shown, line by line; rows of the tree may stand in another order, since they are registered at once."""
    joined = re.sub(r"\n {6}(?=\S)", " ", text)  # where a sentence goes on hangs on the length of the router's address
    return [line.replace("└", "├").rstrip() for line in joined.splitlines() if line.strip()]


@pytest.mark.e2e
def test_the_program_runs_and_preview_prints_what_is_shown(tmp_path, monkeypatch):
    [program, *_] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    [promised] = re.findall(r"```\n(Previewing update.*?)```", README, re.DOTALL)
    (tmp_path / "__main__.py").write_text(program, encoding="utf-8")
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n", encoding="utf-8")
    monkeypatch.setenv("WIRETIK_PASSWORD", "a-secret")
    with serve(profile="defconf", password="a-secret") as lab:
        config = {
            "office-key": "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=",
            "wiretik:host": lab.host,
            "wiretik:port": str(lab.apis_port),
            "wiretik:username": "admin",
            "wiretik:fingerprint": lab.fingerprint,
        }
        settings = {key if ":" in key else f"site:{key}": value for key, value in config.items()}
        (tmp_path / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}), encoding="utf-8")
        shown = shown_by_process(
            ["preview"], 80, directory=tmp_path, environment={"PULUMI_CONFIG_PASSPHRASE": "", "PULUMI_BACKEND_URL": ""}
        )
        assert sorted(rows_of(shown.replace(lab.host, "192.168.88.1"))) == sorted(rows_of(promised))
        stack = Stack(tmp_path, "dev", backend=tmp_path / "state", passphrase="", config=config)
        assert stack.up().ok
        comments = [row.get("comment", "") for row in lab.run("/ip/firewall/filter/print")]
        drop = next(at for at, text in enumerate(comments) if "drop all from WAN" in text)
        assert "[wt:" in "".join(comments[:drop])


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
