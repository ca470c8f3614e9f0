"""Projects, stack config and the choice of a stack, as the CLI reads them."""

import json

import pytest
import yaml

from wiretik.engine import Secret, Stack
from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import PassphraseError, ProjectError, StateError, UnsupportedError
from wiretik.engine.processes import program, provider
from wiretik.engine.project import StackSettings, load_project, passphrase


@pytest.fixture(scope="module")
def crypter():
    return Crypter.new("")


def write(directory, data, **stacks):
    (directory / "Pulumi.yaml").write_text(yaml.safe_dump({"name": "proj", "runtime": "python", **data}))
    for name, config in stacks.items():
        (directory / f"Pulumi.{name}.yaml").write_text(yaml.safe_dump({"config": config}))
    return load_project(directory)


def test_a_project_is_found_from_a_directory_below_it(tmp_path):
    write(tmp_path, {"main": "program"})
    (tmp_path / "program" / "deep").mkdir(parents=True)

    found = load_project(tmp_path / "program" / "deep")

    assert found.root == tmp_path
    assert found.program == tmp_path / "program"


def test_stack_files_may_stand_in_a_directory_of_their_own(tmp_path):
    assert write(tmp_path, {"stackConfigDir": "stacks"}).stack_file("dev") == tmp_path / "stacks" / "Pulumi.dev.yaml"


@pytest.mark.parametrize("data", [{"runtime": "nodejs"}, {"runtime": {"name": "go"}}])
def test_another_language_is_refused_by_name(tmp_path, data):
    with pytest.raises(UnsupportedError, match=r"nodejs|go"):
        write(tmp_path, data)


@pytest.mark.parametrize(
    ("settings", "word"), [({"secretsprovider": "awskms://x"}, "awskms"), ({"environment": ["prod"]}, "ESC")]
)
def test_what_only_the_cli_can_decrypt_is_refused_by_name(tmp_path, settings, word):
    project = write(tmp_path, {})
    (tmp_path / "Pulumi.dev.yaml").write_text(yaml.safe_dump(settings))

    with pytest.raises(UnsupportedError, match=word):
        StackSettings(project, "dev")


def test_config_has_namespaces_objects_as_json_and_defaults_below_it(tmp_path, crypter):
    project = write(
        tmp_path,
        {
            "config": {
                "size": {"type": "integer", "default": 3},
                "wiretik:tls": {"value": True},
                "key": {"secret": True},
            }
        },
        dev={"proj:list": [1, {"a": "b"}], "flag": True, "wiretik:host": "10.0.0.1", "key": "k"},
    )

    values = StackSettings(project, "dev").values(crypter)

    assert {key: value.text for key, value in values.items()} == {
        "proj:flag": "true",
        "proj:key": "k",
        "proj:list": '[1,{"a":"b"}]',
        "proj:size": "3",
        "wiretik:host": "10.0.0.1",
        "wiretik:tls": "true",
    }
    assert values["proj:key"].secret
    assert not values["proj:flag"].secret


def test_all_missing_and_mistyped_config_is_told_at_once(tmp_path, crypter):
    project = write(
        tmp_path, {"config": {"lan": {"type": "string"}, "size": {"type": "integer"}}}, dev={"proj:size": "three"}
    )

    with pytest.raises(ProjectError) as caught:
        StackSettings(project, "dev").values(crypter)
    assert "'proj:lan'" in str(caught.value)
    assert "'proj:size' must be of type 'integer'" in str(caught.value)


def test_a_secret_that_is_set_reads_back_and_keeps_the_rest_of_the_file(tmp_path, crypter):
    project = write(tmp_path, {}, dev={"proj:a": "1"})
    settings = StackSettings(project, "dev")
    settings.set("token", "geheim", crypter)
    settings.save()

    again = StackSettings(project, "dev")

    assert "geheim" not in again.file.read_text()
    assert again.salt == crypter.salt
    assert again.has_secrets()
    assert again.values(crypter)["proj:token"].text == "geheim"
    assert again.values(crypter)["proj:a"].text == "1"


def test_the_passphrase_comes_from_the_environment_or_a_file_and_may_be_empty(tmp_path, monkeypatch):
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE", raising=False)
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE_FILE", str(tmp_path / "phrase"))
    (tmp_path / "phrase").write_text("from a file\n")
    assert passphrase() == "from a file"
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "")
    assert passphrase() == ""
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE_FILE")
    with pytest.raises(PassphraseError):
        passphrase()


def test_the_only_stack_is_chosen_then_dev_and_several_must_be_told_apart(tmp_path, monkeypatch):
    monkeypatch.delenv("PULUMI_STACK", raising=False)
    monkeypatch.delenv("PULUMI_BACKEND_URL", raising=False)
    write(tmp_path, {})
    assert Stack(tmp_path).name == "dev"
    write(tmp_path, {}, lab={})
    assert Stack(tmp_path).name == "lab"
    write(tmp_path, {}, site={})
    with pytest.raises(ProjectError, match="lab, site"):
        Stack(tmp_path)
    monkeypatch.setenv("PULUMI_STACK", "site")
    assert Stack(tmp_path).name == "site"


def test_a_state_of_another_version_is_left_alone(tmp_path):
    write(tmp_path, {})
    stack = Stack(tmp_path, "dev", backend=tmp_path, passphrase="")
    stack.backend.create("proj", "dev")
    file = stack.backend.file("proj", "dev")
    file.write_text(json.dumps({"version": 4, "features": ["taint"], "checkpoint": {"stack": "x", "latest": {}}}))

    with pytest.raises(StateError, match=r"version 4 \(features: taint\)"):
        stack.up()
    assert '"version": 4' in file.read_text()


def test_a_state_with_another_salt_than_the_stacks_file_is_read_and_goes_on_with_the_files(tmp_path):
    project = write(tmp_path, {})
    (tmp_path / "__main__.py").write_text("import pulumi\npulumi.export('s', pulumi.Config().require_secret('s'))\n")
    ways = {"backend": tmp_path / "state", "passphrase": "p", "runner": program.inline(), "host": provider.in_process}
    settings = StackSettings(project, "dev")
    first = Crypter.new("p")
    settings.set("s", "geheim", first)
    settings.save()
    assert Stack(tmp_path, "dev", **ways).up().ok
    second = Crypter.new("p")
    settings.set("s", "geheim", second)
    settings.save()

    result = Stack(tmp_path, "dev", **ways).up()

    assert result.ok, result.errors
    assert Stack(tmp_path, "dev", **ways).outputs() == {"s": Secret("geheim")}
    exported = Stack(tmp_path, "dev", **ways).export()
    assert exported["deployment"]["secrets_providers"]["state"]["salt"] == second.salt
