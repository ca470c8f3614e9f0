"""Whose Python runs a program: the project's own, where it has one."""

import json
import sysconfig
import venv

import pytest

import engine_conformance as conformance
from wiretik.engine import Stack
from wiretik.engine.events import Printed

PROGRAM = """
import sys
from thing import Thing

print("of", sys.prefix)
Thing("a")
"""


@pytest.fixture
def stack(tmp_path):
    """Makes a stack of a project with a virtualenv, which may have what this Python has."""

    def make(*, equipped):
        directory = tmp_path / "project"
        conformance.prepare(directory)
        project = {**conformance.PROJECT, "runtime": {"name": "python", "options": {"virtualenv": "own"}}}
        (directory / "Pulumi.yaml").write_text(json.dumps(project))
        (directory / "__main__.py").write_text(PROGRAM)
        (directory / "Pulumi.dev.yaml").write_text(json.dumps({"encryptionsalt": conformance.SALT}))
        venv.create(directory / "own", with_pip=False)
        if equipped:
            packages = next((directory / "own" / "lib").iterdir()) / "site-packages"
            (packages / "all.pth").write_text(sysconfig.get_path("purelib") + "\n")
        return Stack(directory, "dev", passphrase=conformance.PASSPHRASE)

    return make


@pytest.mark.e2e
def test_a_program_and_its_provider_run_with_the_python_of_the_projects_virtualenv(stack):
    chosen, heard = stack(equipped=True), []

    result = chosen.up(heard.append)

    assert result.ok, result.errors
    assert result.changes == {"create": 2}
    assert f"of {chosen.project.root / 'own'}" in [event.line for event in heard if isinstance(event, Printed)]


@pytest.mark.e2e
def test_a_virtualenv_without_pulumi_is_named_with_the_cure(stack):
    chosen, heard = stack(equipped=False), []

    result = chosen.up(heard.append)

    assert not result.ok
    (line,) = [event.line for event in heard if isinstance(event, Printed)]
    assert line == f"{chosen.project.root / 'own'}, the project's virtualenv, has no pulumi: install wiretik into it"


def test_a_virtualenv_that_is_not_there_leaves_the_program_to_our_python(stack, tmp_path):
    chosen = stack(equipped=False)
    (tmp_path / "project" / "own").rename(tmp_path / "project" / "gone")

    assert chosen.project.python is None
