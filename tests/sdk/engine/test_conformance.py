"""The engine and the Pulumi CLI come to the same result: steps, state and world, for every option and kind of step."""

import shutil
import sys

import pytest

import engine_conformance as conformance
from engine_conformance import Cli, Ours

needs_cli = pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose provider is imported afresh, since the program runs in this process."""
    directory = tmp_path / "project"
    conformance.prepare(directory)
    monkeypatch.chdir(directory)
    monkeypatch.syspath_prepend(directory)
    monkeypatch.delitem(sys.modules, "thing", raising=False)
    yield directory
    sys.modules.pop("thing", None)


def state_of(backend):
    return backend / ".pulumi" / "stacks" / "proj" / "dev.json"


def compare(name, directory, machine, backend):
    played = conformance.play(name, directory, machine, state_of(backend))
    for i, (run, wanted, seen) in enumerate(
        zip(conformance.runs(name), conformance.expected(name), played, strict=True)
    ):
        assert (i, run, seen["steps"]) == (i, run, wanted["steps"])
        assert seen == wanted


@pytest.mark.e2e
@pytest.mark.parametrize("name", conformance.names())
def test_the_engine_does_what_the_cli_has_done(name, project, tmp_path):
    compare(name, project, Ours(project, tmp_path / "state", fast=True), tmp_path / "state")


@pytest.mark.e2e
@needs_cli
@pytest.mark.parametrize("name", conformance.names())
def test_the_cli_still_does_what_is_expected(name, tmp_path):
    conformance.prepare(tmp_path / "project")

    compare(name, tmp_path / "project", Cli(tmp_path / "project", tmp_path / "state"), tmp_path / "state")


@pytest.mark.e2e
@needs_cli
@pytest.mark.parametrize("name", ["secrets", "values", "component", "transforms"])
def test_a_stack_moves_from_the_engine_to_the_cli_and_back_without_a_change(name, tmp_path):
    directory, backend = tmp_path / "project", tmp_path / "state"
    conformance.prepare(directory)
    conformance.stage(directory, name, {"program": "one"})
    ours = Ours(directory, backend)
    assert ours({"operation": "up"})[0]
    cli = Cli(directory, backend)

    cli.pulumi("preview", "--expect-no-changes")
    cli.pulumi("up", "--yes", "--skip-preview")
    back = ours.stack().preview(expect_no_changes=True)

    assert back.ok
    assert set(back.changes) <= {"same", "read"}
    exported = cli.pulumi("stack", "export").stdout
    assert not any(secret in exported for secret in conformance.SECRETS)
    cli.pulumi("destroy", "--yes", "--skip-preview")
    assert conformance.world(directory) == []


@pytest.mark.e2e
@needs_cli
def test_what_the_engine_exports_the_cli_imports(tmp_path):
    directory, backend = tmp_path / "project", tmp_path / "state"
    conformance.prepare(directory)
    conformance.stage(directory, "secrets", {"program": "one"})
    ours = Ours(directory, backend)
    assert ours({"operation": "up"})[0]
    for show_secrets in (False, True):
        file = tmp_path / "export.json"
        file.write_text(conformance.json.dumps(ours.stack().export(show_secrets=show_secrets)))
        cli = Cli(directory, backend)

        cli.pulumi("stack", "import", "--file", str(file))

        cli.pulumi("preview", "--expect-no-changes")


@pytest.mark.e2e
def test_a_stack_reads_the_outputs_of_another_with_its_secrets(project, tmp_path):
    other = tmp_path / "other"
    conformance.prepare(other)
    settings = {**conformance.PROJECT, "name": "other"}
    (other / "Pulumi.yaml").write_text(conformance.json.dumps(settings))
    (other / "__main__.py").write_text(
        "import pulumi\npulumi.export('x', {'y': [1]})\npulumi.export('s', pulumi.Output.secret('geheim'))\n"
    )
    (project / "__main__.py").write_text(
        "import pulumi\nfrom thing import Thing\n"
        "there = pulumi.StackReference('organization/other/dev')\n"
        "Thing('t', data=there.get_output('x'), token=there.get_output('s'))\n"
        "pulumi.export('s', there.require_output('s'))\n"
    )
    assert Ours(other, tmp_path / "state", fast=True)({"operation": "up"})[0]
    ours = Ours(project, tmp_path / "state", fast=True)

    ok, steps = ours({"operation": "up"})

    assert ok, ours.last.errors
    assert steps == ["create proj-dev", "create t", "read organization/other/dev"]
    assert ours({"operation": "preview"})[1] == ["read organization/other/dev", "same proj-dev", "same t"]
    kept = {r["type"]: r for r in conformance.normal(state_of(tmp_path / "state"))}
    assert kept["pulumi-python:dynamic/test:Thing"]["inputs"]["token"] == {"secret": "geheim"}
    # As the CLI stores it.
    reference = kept["pulumi:pulumi:StackReference"]
    assert reference["external"]
    assert reference["inputs"] == {"name": "organization/other/dev"}
    assert reference["outputs"]["secretOutputNames"] == ["s"]


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("program", "word"),
    [
        ("Thing('a', pulumi.ResourceOptions(import_='a'))", "import_"),
        ("pulumi.CustomResource('random:index/randomId:RandomId', 'r', {})", "'random'"),
        ("pulumi.StackReference('organization/nobody/dev')", "does not exist"),
        ("pulumi.runtime.invoke('aws:index:getRegion', {})", "aws:index:getRegion"),
    ],
)
def test_what_is_not_supported_is_refused_by_name(project, tmp_path, program, word):
    (project / "__main__.py").write_text(f"import pulumi\nfrom thing import Thing\n{program}\n")
    ours = Ours(project, tmp_path / "state", fast=True)

    assert not ours({"operation": "preview"})[0]
    assert any(word in error for error in ours.last.errors), ours.last.errors
