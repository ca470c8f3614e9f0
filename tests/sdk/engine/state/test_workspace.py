"""The command finds the backend and the stack that the Pulumi CLI works with, and reads through it what only it can."""

import json
import os
import shutil
import stat
import subprocess

import pytest

from wiretik.engine import EngineError, Stack, opened
from wiretik.engine.project import load_project
from wiretik.engine.pulumi_cli import CliStack
from wiretik.engine.stack import Place, place_of
from wiretik.engine.state import workspace

CLI = shutil.which("pulumi")
STATE = {"version": 3, "checkpoint": {"stack": "organization/home/lab", "latest": {}}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("PULUMI_BACKEND_URL", "PULUMI_STACK", "PULUMI_CREDENTIALS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    made = tmp_path / "project"
    made.mkdir()
    (made / "Pulumi.yaml").write_text("name: home\nruntime: python\n")
    return made


def log_in(folder, url, stack=""):
    """As `pulumi login URL` and `pulumi stack select STACK` leave it (3.260)."""
    home = folder.parent / "home"
    (home / "workspaces").mkdir(parents=True, exist_ok=True)
    (home / "credentials.json").write_text(json.dumps({"current": url, "accessTokens": {url: ""}}))
    if stack:
        mark = workspace.hashlib.sha1(str(folder / "Pulumi.yaml").encode()).hexdigest()
        noted = home / "workspaces" / f"home-{mark}-workspace.json"
        noted.write_text(json.dumps({"stacks": {url: f"organization/home/{stack}"}}))


def keep(base, stack):
    file = base / ".pulumi" / "stacks" / "home" / f"{stack}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(STATE))


def test_without_a_login_the_state_is_beside_the_project(folder):
    assert place_of(load_project(folder), os.environ) == Place(noted=True)
    assert Stack(folder).backend.root == folder / ".wiretik"


def test_the_logins_backend_and_the_selected_stack_are_found(folder, tmp_path):
    log_in(folder, f"file://{tmp_path}/state", "garage")
    for name in ("garage", "house"):
        keep(tmp_path / "state", name)
    for chosen in (Stack(folder), opened(folder, None)):
        assert (chosen.backend.root, chosen.name) == (tmp_path / "state", "garage")
    assert opened(folder, "house").name == "house"


def test_a_selected_stack_of_another_backend_is_not_taken(folder, tmp_path):
    log_in(folder, f"file://{tmp_path}/other", "garage")
    log_in(folder, f"file://{tmp_path}/state")
    keep(tmp_path / "state", "house")
    assert Stack(folder).name == "house"


def test_older_notes_name_one_stack_for_all_backends(folder, tmp_path):
    log_in(folder, f"file://{tmp_path}/state", "garage")
    [noted] = (tmp_path / "home" / "workspaces").iterdir()
    noted.write_text(json.dumps({"stack": "garage"}))
    assert Stack(folder).name == "garage"


def test_state_beside_the_project_stays_in_use_where_the_login_has_none_of_it(folder, tmp_path):
    log_in(folder, f"file://{tmp_path}/state")
    keep(folder / ".wiretik", "lab")
    assert Stack(folder).backend.root == folder / ".wiretik"
    keep(tmp_path / "state", "lab")
    assert Stack(folder).backend.root == tmp_path / "state"


@pytest.mark.parametrize("source", ["environment", "project"])
def test_what_is_named_for_the_project_goes_before_the_login(folder, tmp_path, monkeypatch, source):
    log_in(folder, f"file://{tmp_path}/state")
    keep(tmp_path / "state", "lab")
    if source == "environment":
        monkeypatch.setenv("PULUMI_BACKEND_URL", f"file://{tmp_path}/named")
    else:
        (folder / "Pulumi.yaml").write_text(f"name: home\nruntime: python\nbackend:\n  url: file://{tmp_path}/named\n")
    assert Stack(folder).backend.root == tmp_path / "named"


@pytest.mark.parametrize("noted", ["", "[]", "{", '{"current": 3}', "\0"])
def test_notes_that_cannot_be_read_say_nothing(folder, tmp_path, noted):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "credentials.json").write_text(noted)
    assert Stack(folder).backend.root == folder / ".wiretik"


def test_a_deployment_of_the_embedded_engine_doesnt_go_where_only_the_cli_gets(folder):
    log_in(folder, "https://api.pulumi.com", "lab")
    assert Stack(folder).backend.root == folder / ".wiretik"
    assert opened(folder, None) == CliStack(load_project(folder), "lab", "https://api.pulumi.com")


def test_without_the_cli_the_error_gives_the_pipe(folder, monkeypatch):
    log_in(folder, "s3://bucket", "lab")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(EngineError, match=r"s3://bucket.*`pulumi` isn't on the PATH.*--state -.*stack export") as told:
        opened(folder, None).resources()
    assert "\n" not in str(told.value)


def test_without_a_selected_stack_it_asks_for_one(folder):
    log_in(folder, "s3://bucket")
    with pytest.raises(EngineError, match="which stack"):
        opened(folder, None)


def stand_in(tmp_path, monkeypatch, script):
    """A command called pulumi, for what needs an account elsewhere."""
    (tmp_path / "bin").mkdir()
    file = tmp_path / "bin" / "pulumi"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")


def test_what_the_cli_refuses_is_one_line_with_the_command(folder, tmp_path, monkeypatch):
    log_in(folder, "https://api.pulumi.com", "lab")
    stand_in(tmp_path, monkeypatch, "echo 'error: no access' >&2; exit 1")
    with pytest.raises(EngineError, match=r"`pulumi stack export .*--stack lab`.*: no access$"):
        opened(folder, None).resources()


@pytest.mark.parametrize("printed", ["", "[]", "not JSON"])
def test_an_answer_that_is_no_object_is_an_error(folder, tmp_path, monkeypatch, printed):
    log_in(folder, "https://api.pulumi.com", "lab")
    stand_in(tmp_path, monkeypatch, f"printf '%s' '{printed}'")
    with pytest.raises(EngineError, match="no JSON came"):
        opened(folder, None).outputs()


@pytest.mark.skipif(not CLI, reason="no pulumi on the PATH")
def test_the_real_cli_answers_what_is_asked_of_it(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "well kept")
    url = f"file://{tmp_path}/state"
    (tmp_path / "state").mkdir()

    def pulumi(*words):
        subprocess.run([CLI, *words, "--non-interactive"], cwd=folder, check=True, capture_output=True)

    pulumi("login", url)
    pulumi("stack", "init", "lab")
    pulumi("stack", "init", "garage")
    pulumi("config", "set", "wiretik:host", "192.0.2.1", "--stack", "lab")
    pulumi("config", "set", "wiretik:password", "hidden well", "--secret", "--stack", "lab")
    pulumi("config", "set", "--path", "wiretik:routers.a.host", "192.0.2.2", "--stack", "lab")
    pulumi("stack", "select", "lab")
    ours = opened(folder, None)
    assert (ours.name, ours.backend.root) == ("lab", tmp_path / "state")
    through = CliStack(load_project(folder), "lab", url)
    assert through.texts() == ours.texts()
    assert through.texts()["wiretik:password"] == "hidden well"
    assert through.resources() == ours.resources() == []
    assert through.outputs() == ours.outputs() == {}
