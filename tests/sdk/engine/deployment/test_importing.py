"""The CLI's bulk import file: what exists joins the state, and the program's next preview is clean."""

import json
import shutil
import sys

import pytest

import engine_conformance as conformance
from engine_conformance import Cli, Ours
from wiretik.engine.deployment.importing import read_entries
from wiretik.engine.errors import EngineError, UnsupportedError

PROGRAM = """
import pulumi
from thing import Thing

group = pulumi.ComponentResource("test:index:Group", "group", {})
group.register_outputs({})
Thing("a", size=3)
Thing("b", size=4, opts=pulumi.ResourceOptions(parent=group))
"""
PROVIDER = "gASVHgAAAAAAAACMBXRoaW5nlIwNVGhpbmdQcm92aWRlcpSTlCmBlC4="


def thing(name, size, **more):
    props = {"__provider": PROVIDER, "label": name, "size": size}
    outputs = {**props, "serial": f"serial of {name}", "hidden": f"hidden in {name}"}
    return {
        "type": "pulumi-python:dynamic/test:Thing",
        "name": name,
        "id": name,
        "inputs": props,
        "outputs": outputs,
        **more,
    }


FILE = {
    "nameTable": {},
    # The child first: the order in the file doesn't matter.
    "resources": [
        thing("b", 4, parent="group"),
        {"type": "test:index:Group", "name": "group", "component": True},
        thing("a", 3),
    ],
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    directory = tmp_path / "project"
    conformance.prepare(directory)
    (directory / "__main__.py").write_text(PROGRAM)
    monkeypatch.chdir(directory)
    monkeypatch.syspath_prepend(directory)
    monkeypatch.delitem(sys.modules, "thing", raising=False)
    yield directory
    sys.modules.pop("thing", None)


def state_of(backend):
    return conformance.normal(backend / ".pulumi" / "stacks" / "proj" / "dev.json")


@pytest.mark.e2e
def test_what_is_imported_is_protected_and_the_next_preview_changes_nothing(project, tmp_path):
    ours = Ours(project, tmp_path / "state", fast=True)

    result = ours.stack().import_(FILE)

    assert result.ok, result.errors
    assert result.changes == {"create": 1, "import": 3}
    assert conformance.world(project) == []  # nothing was made
    assert all(r.get("protect") for r in state_of(tmp_path / "state") if "test:" in r["type"])
    again = ours.stack().preview(expect_no_changes=True)
    assert again.ok, again.errors
    assert ours.stack().import_(FILE).changes == {"same": 4}


@pytest.mark.e2e
def test_an_import_keeps_what_the_state_has_and_refuses_another_id(project, tmp_path):
    ours = Ours(project, tmp_path / "state", fast=True)
    ours.stack().up()
    before = state_of(tmp_path / "state")

    failed = ours.stack().import_({"resources": [{**thing("a", 3), "id": "another"}]})

    assert not failed.ok
    assert "the id 'a'" in failed.errors[0]
    assert state_of(tmp_path / "state") == before
    extra = ours.stack().import_({"resources": [thing("c", 1)]}, protect=False)
    assert extra.ok, extra.errors
    assert [r["urn"].rsplit("::", 1)[1] for r in state_of(tmp_path / "state")].count("c") == 1


@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pulumi") is None, reason="the pulumi CLI is not on PATH")
def test_the_cli_makes_the_same_state_of_the_same_file(project, tmp_path):
    ours = Ours(project, tmp_path / "ours", fast=True)
    assert ours.stack().import_(FILE).ok
    (project / "import.json").write_text(json.dumps(FILE))
    (project / "Pulumi.dev.yaml").unlink()
    cli = Cli(project, tmp_path / "cli")

    cli.pulumi("import", "--file", "import.json", "--generate-code=false", "--yes", "--skip-preview")

    assert state_of(tmp_path / "cli") == state_of(tmp_path / "ours")


def test_all_faults_of_a_file_are_told_at_once():
    bare = {"type": "pulumi-python:dynamic/test:Thing", "name": "x", "parent": "nobody"}

    with pytest.raises(EngineError) as caught:
        read_entries({"resources": [bare, {"name": "y", "component": True}]})
    for part in ("nobody", "no id", "__provider", "import of y: an entry needs a type"):
        assert part in str(caught.value)


def test_parents_that_form_a_circle_are_said_so():
    group = {"type": "test:index:Group", "component": True}

    with pytest.raises(EngineError, match="circle"):
        read_entries({"resources": [{**group, "name": "a", "parent": "b"}, {**group, "name": "b", "parent": "a"}]})


def test_what_only_the_cli_imports_is_refused_by_name():
    with pytest.raises(UnsupportedError, match="parameterization"):
        read_entries({"resources": [{**thing("a", 1), "parameterization": {"name": "x"}}]})


def test_a_resource_of_a_package_is_refused_by_its_type():
    with pytest.raises(UnsupportedError, match=r"import of lan: only dynamic .* wiretik:index:IpAddress"):
        read_entries({"resources": [{"type": "wiretik:index:IpAddress", "name": "lan", "id": "*1"}]})
