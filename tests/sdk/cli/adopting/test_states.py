"""Where only the Pulumi CLI reaches config and state, it is asked, and no key is among its words."""

import os
import sys

import pytest

from wiretik.cli.adopting.states import keep_in_cli
from wiretik.engine.errors import BackendError
from wiretik.engine.project import Project
from wiretik.engine.pulumi_cli import CliStack

FAKE = f"""#!{sys.executable}
import pathlib, sys
pathlib.Path("asked").open("a").write(repr((sys.argv[1:], sys.stdin.read())) + "\\n")
sys.exit("error: no such stack" if "gone" in sys.argv else 0)
"""


def _stack(folder, name="prod"):
    return CliStack(Project(root=folder, name="home"), name, "s3://elsewhere")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "pulumi").write_text(FAKE)
    (tmp_path / "pulumi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_the_cli_encrypts_a_key_that_it_gets_by_its_standard_input(folder):
    keep_in_cli(_stack(folder), {"peer-key": "s3cret"})
    words = ["--stack", "prod", "--non-interactive"]
    assert [eval(line) for line in (folder / "asked").read_text().splitlines()] == [
        (["config", "set", "--secret", "peer-key", *words], "s3cret"),
    ]


def test_what_the_cli_says_is_told_and_the_key_is_not(folder):
    with pytest.raises(BackendError, match="`pulumi config set --secret peer-key`: no such stack") as told:
        keep_in_cli(_stack(folder, "gone"), {"peer-key": "s3cret"})
    assert "s3cret" not in str(told.value)


def test_without_the_cli_it_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackendError, match="`pulumi` isn't on the PATH"):
        keep_in_cli(_stack(tmp_path), {"peer-key": "s3cret"})
