"""README's first screen: its program runs, and preview prints what it says."""

import re
from pathlib import Path

import pytest

from wiretik.engine import Stack
from wiretik_provider.simulator import serve

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.e2e
def test_the_program_runs_and_preview_prints_what_is_shown(tmp_path, monkeypatch):
    program = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)
    promised = re.findall(r"^ \+  [├└]─ wiretik:(\w+) +(\S+) +create$", README, re.MULTILINE)
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
        stack = Stack(tmp_path, "dev", backend=tmp_path / "state", passphrase="", config=config)
        planned = stack.preview()
        assert planned.ok, planned.errors
        rows = {(step.type.rpartition(":")[2], step.name) for step in planned.steps if "wiretik:" in step.type}
        assert rows == set(promised)
        assert planned.changes == {"create": int(re.search(r"\+ (\d+) to create", README).group(1))}
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

    known = set(get_command(app).commands)
    named = set(re.findall(r"(?:^|`|\$ )wiretik ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= known, named - known


def test_every_name_of_a_page_is_the_sdks():
    import wiretik

    for page in [*PAGES, ROOT / "examples" / "home" / "README.md"]:
        for name in re.findall(r"\bwt\.([A-Za-z_]+)", page.read_text(encoding="utf-8")):
            assert name in wiretik.__all__, f"{page.name}: wt.{name}"
