"""A state that is none, a lock that is none, a passphrase that is another's: one line with its cure."""

import base64
import functools
import gzip
import json
import os
import pickle
import re
import shlex
import shutil
import stat
import subprocess

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from at_length import rounds
from wiretik.engine import EngineError, Stack
from wiretik.engine.crypto import Crypter
from wiretik.engine.errors import LockedError, PassphraseError, StateError
from wiretik.engine.state import files
from wiretik.engine.state.backend import Backend, Lock
from wiretik.engine.state.checkpoint import Deployment, Resource
from wiretik.engine.state.journal import Journal

SALT = "v1:SFyPvzqfvo4=:v1:xN73EIm+3xPD1xFq:RE+1K2ceOB0y+or6/jQdOTLfTPu9sQ=="
"""Of the empty passphrase: a key takes half a second to derive."""
URN = "urn:pulumi:dev::proj::pulumi-python:dynamic/wiretik:IpAddress::a"


ENTRY = {
    "type": "pulumi-python:dynamic/wiretik:IpAddress",
    "name": "c",
    "id": "1",
    **{part: {"__provider": "gASV"} for part in ("inputs", "outputs")},
}


class Touches:
    def __reduce__(self):
        return eval, ("__import__('os').mkdir(__import__('os').environ['EXECUTED'])",)


def checkpoint(*, secret=False, salt=SALT):
    pickled = base64.b64encode(pickle.dumps(Touches())).decode()
    inputs: dict[str, object] = {"__provider": pickled, "address": "10.0.0.1/24"}
    if secret:
        sealed = Crypter("", SALT).encrypt('"hidden"')
        inputs["private_key"] = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
            "ciphertext": sealed,
        }
    provider = "urn:pulumi:dev::proj::pulumi:providers:pulumi-python::default"
    resources = [
        {"urn": provider, "custom": True, "id": "1", "type": "pulumi:providers:pulumi-python"},
        {
            "urn": URN,
            "custom": True,
            "id": "10.0.0.1/24",
            "type": "pulumi-python:dynamic/wiretik:IpAddress",
            "inputs": inputs,
            "outputs": inputs,
            "provider": f"{provider}::1",
        },
    ]
    latest = {"manifest": {}, "resources": resources, "metadata": {}}
    if salt:
        latest["secrets_providers"] = {"type": "passphrase", "state": {"salt": salt}}
    return {"version": 3, "checkpoint": {"stack": "organization/proj/dev", "latest": latest}}


WHOLE = json.dumps(checkpoint()).encode()


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("EXECUTED", str(tmp_path / "executed"))
    (tmp_path / "Pulumi.yaml").write_text("name: proj\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(f'encryptionsalt: "{SALT}"\n')
    (tmp_path / "__main__.py").write_text("")
    backend = Backend(tmp_path / ".wiretik")
    backend.prepare("proj", "dev")
    backend.file("proj", "dev").write_bytes(WHOLE)
    return tmp_path


def stack(place, passphrase="", name="dev"):
    return Stack(place, name, passphrase=passphrase)


OPERATIONS = {
    "preview": lambda it: it.preview(),
    "preview --refresh": lambda it: it.preview(refresh=True),
    "up": lambda it: it.up(),
    "refresh": lambda it: it.refresh(),
    "refresh --preview-only": lambda it: it.refresh(preview=True),
    "destroy": lambda it: it.destroy(),
    "destroy's question": lambda it: it.unlock(),
    "import": lambda it: it.import_({"resources": [ENTRY]}),
}
LOOKS = {"export": lambda it: it.export(), "outputs": lambda it: it.outputs()}

NO_STATES = {
    "empty": b"",
    "zeros": b"\0" * 500,
    "cut off": WHOLE[: len(WHOLE) // 2],
    "a list": b"[]",
    "null": b"null",
    "a number": b"3",
    "no version": b"{}",
    "no checkpoint": b'{"version": 3}',
    "a checkpoint that is none": b'{"version": 3, "checkpoint": []}',
    "resources that are none": b'{"version": 3, "checkpoint": {"latest": {"resources": {"a": 1}}}}',
    "a resource that is none": b'{"version": 3, "checkpoint": {"latest": {"resources": [null]}}}',
    "a resource without a URN": b'{"version": 3, "checkpoint": {"latest": {"resources": [{"type": "t"}]}}}',
    "operations that are none": b'{"version": 3, "checkpoint": {"latest": {"pending_operations": [1]}}}',
    "UTF-16": WHOLE.decode().encode("utf-16"),
    "Latin-1": WHOLE.replace(b"dev", b"d\xe9v"),
    "deep": b"[" * 100_000,
    "something else": b"\x89PNG\r\n\x1a\n",
}


EACH = [
    *(pytest.param(content, "preview", id=name) for name, content in NO_STATES.items()),
    *(pytest.param(NO_STATES["cut off"], name, id=name) for name in (*OPERATIONS, *LOOKS)),
    pytest.param(WHOLE.replace(b'"inputs"', b'"dependencies": 5, "inputs"'), "preview", id="odd dependencies"),
    pytest.param(
        WHOLE.replace(b'"inputs"', b'"aliases": "x", "customTimeouts": 1, "inputs"'), "preview", id="odd aliases"
    ),
]


@pytest.mark.parametrize(("content", "operation"), EACH)
def test_what_is_no_state_is_named_with_the_copy_that_is_one(place, content, operation):
    file = stack(place).backend.file("proj", "dev")
    shutil.copy(file, f"{file}.bak")
    file.write_bytes(content)
    with pytest.raises(StateError) as told:
        (OPERATIONS | LOOKS)[operation](stack(place))
    text = str(told.value)
    assert "\n" not in text
    assert str(file) in text
    assert not (place / "executed").exists()
    cure = re.search(r"`(cp .*?)`", text)
    assert cure
    subprocess.run(shlex.split(cure[1]), check=True)
    assert file.read_bytes() == WHOLE
    assert stack(place).export()["deployment"]["resources"][1]["urn"] == URN


def test_where_the_copy_beside_it_is_broken_too_an_older_one_is_named(place):
    backend = stack(place).backend
    backend.finish("proj", "dev", {})
    file = backend.file("proj", "dev")
    file.write_bytes(b"")
    file.with_name("dev.json.bak").write_bytes(b"[]")
    with pytest.raises(StateError, match=r"cp \S+/backups/proj/dev/dev\.\d+\.json "):
        stack(place).export()


def test_without_any_copy_that_is_said(place):
    stack(place).backend.file("proj", "dev").write_bytes(b"")
    with pytest.raises(StateError, match=r"no whole copy beside it: restore .*dev\.json"):
        stack(place).export()


def test_a_packed_state_is_read_and_a_broken_one_is_none(place):
    backend = stack(place).backend
    file = backend.file("proj", "dev")
    file.unlink()
    packed = file.with_name("dev.json.gz")
    packed.write_bytes(gzip.compress(WHOLE))
    assert backend.stacks("proj") == ["dev"]
    assert stack(place).export()["deployment"]["resources"]
    for broken in (b"", gzip.compress(WHOLE)[:50], b"no gzip", gzip.compress(b"")):
        packed.write_bytes(broken)
        with pytest.raises(StateError, match=r"dev\.json"):
            stack(place).export()


@pytest.mark.property
@settings(max_examples=rounds(30, 1000), deadline=None)
@given(st.data())
def test_no_state_of_any_shape_is_a_surprise(tmp_path_factory, data):
    place = tmp_path_factory.mktemp("state")
    backend = Backend(place)
    backend.prepare("proj", "dev")
    cut = data.draw(st.integers(0, len(WHOLE)))
    words = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(_words())), inner, max_size=4),
    )
    shapes = st.just(WHOLE[:cut]) | st.binary(max_size=60) | words.map(lambda it: json.dumps(it).encode())
    backend.file("proj", "dev").write_bytes(data.draw(shapes | st.builds(_with, words)))
    told = ""
    try:
        backend.read("proj", "dev")
    except StateError as error:
        told = str(error)
    assert not told or "dev.json" in told or "version" in told


def _words():
    yield from (
        "version",
        "checkpoint",
        "latest",
        "resources",
        "pending_operations",
        "urn",
        "type",
        "inputs",
        "resource",
    )


def _with(value):
    return json.dumps({"version": 3, "checkpoint": {"latest": {"resources": [value]}}}).encode()


# --- what is beside it ------------------------------------------------------------------------------------------------


def test_only_checkpoints_are_stacks(place):
    backend = stack(place).backend
    folder = backend.file("proj", "dev").parent
    for name in (
        *(
            ".dev.json.4932.0",
            ".dev.json.4932",
            "dev.json.bak",
            "dev.json.attrs",
            "dev.json~",
            "dev.json.tmp",
            ".dev.json.swp",
        ),
        *("dev.json.gz.bak", "dev.json.bak.attrs", "notes.txt", "fileblob123", ".json"),
    ):
        (folder / name).write_bytes(b"x")
    assert backend.stacks("proj") == ["dev"]
    assert Stack(place, passphrase="").name == "dev"


LOCKS = {
    "empty": b"",
    "a list": b"[]",
    "null": b"null",
    "a text": b'"x"',
    "cut off": b'{"pid": 12',
    "no UTF-8": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "a text for a pid": b'{"pid": "x", "hostname": "HERE"}',
    "a fraction for a pid": b'{"pid": 1.5, "hostname": "HERE"}',
    "true for a pid": b'{"pid": true, "hostname": "HERE"}',
    "pid 0": b'{"pid": 0, "hostname": "HERE"}',
    "pid -1": b'{"pid": -1, "hostname": "HERE"}',
    "a huge pid": b'{"pid": 99999999999999, "hostname": "HERE"}',
    "a huger pid": b'{"pid": 1' + b"0" * 5000 + b', "hostname": "HERE"}',
    "a list for a host": b'{"pid": 7, "hostname": ["HERE"], "username": {}, "timestamp": 3}',
}


@pytest.mark.parametrize("content", LOCKS.values(), ids=list(LOCKS))
def test_an_odd_lock_is_told_with_its_cure_or_cleared_away(tmp_path, content):
    backend = Backend(tmp_path)
    backend.create("proj", "dev")
    file = tmp_path / ".pulumi/locks/organization/proj/dev/f00d.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content.replace(b"HERE", os.uname().nodename.encode()))
    told = ""
    try:
        with backend.locked("proj", "dev"):
            assert not file.exists()
    except LockedError as error:
        told = str(error)
        backend.cancel("proj", "dev")
    assert not told or ("wiretik cancel" in told and "\n" not in told)
    assert not file.exists()


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda it: st.lists(it) | st.dictionaries(st.sampled_from(["pid", "hostname", "username", "timestamp"]), it),
    )
)
def test_a_lock_of_any_shape_can_be_shown(tmp_path_factory, said):
    file = tmp_path_factory.getbasetemp() / "lock.json"
    file.write_text(json.dumps(said))
    lock = Lock.read(file)
    assert str(lock)
    assert lock.is_dead() in (True, False)


# --- the passphrase ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("secret", [False, True], ids=["without a secret", "with a secret"])
def test_a_wrong_passphrase_stops_before_anything_is_used(place, operation, secret):
    stack(place).backend.file("proj", "dev").write_text(json.dumps(checkpoint(secret=secret)))
    with pytest.raises(PassphraseError, match="incorrect passphrase"):
        OPERATIONS[operation](stack(place, "another"))
    assert not (place / "executed").exists()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_also_where_only_the_state_says_whose_it_is(place, operation):
    (place / "Pulumi.dev.yaml").unlink()
    with pytest.raises(PassphraseError, match="incorrect passphrase"):
        OPERATIONS[operation](stack(place, "another"))
    assert not (place / "executed").exists()


@functools.cache
def salt_of_others():
    """One for all tests: a key takes half a second to derive."""
    return Crypter.new("theirs").salt


@pytest.mark.parametrize("operation", OPERATIONS)
def test_also_where_the_state_is_anothers_than_the_config(place, operation):
    theirs = salt_of_others()
    stack(place).backend.file("proj", "dev").write_text(json.dumps(checkpoint(salt=theirs)))
    with pytest.raises(PassphraseError, match="incorrect passphrase"):
        OPERATIONS[operation](stack(place, ""))
    assert not (place / "executed").exists()


def test_the_right_passphrase_passes_in_silence(place):
    stack(place).unlock()
    assert stack(place).preview().ok


# --- who may read it, and whether it stays ----------------------------------------------------------------------------


def modes(folder):
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if not path.is_symlink()
    }


@pytest.fixture(params=[0o000, 0o022, 0o377], ids=oct)
def careless(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("careless")
def test_only_the_owner_reads_what_a_run_leaves(place):
    shutil.rmtree(place / ".wiretik")
    stack(place).up()
    stack(place).up()
    found = modes(place / ".wiretik")
    for part in ("stacks", "history", "backups", "locks"):
        assert any(f"/{part}" in name for name in found), part
    for name, mode in found.items():
        assert mode == (0o700 if (place / ".wiretik" / name).is_dir() else 0o600), name
    assert stat.S_IMODE((place / ".wiretik").stat().st_mode) == 0o700


def test_a_state_that_others_could_read_is_not_left_to_them(place):
    file = stack(place).backend.file("proj", "dev")
    file.write_text(json.dumps({"version": 3, "checkpoint": {"stack": "organization/proj/dev"}}))
    file.chmod(0o644)
    stack(place).up()
    assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}


@pytest.fixture
def disk(monkeypatch):
    """What is had on the disk, in order: a file's content by its size, a directory by its name and its files."""
    done = []
    monkeypatch.setattr(files, "sync", lambda number: done.append(os.fstat(number).st_size))
    monkeypatch.setattr(
        files,
        "sync_directory",
        lambda folder: done.append((folder.name, *sorted(one.name for one in folder.iterdir()))),
    )
    return done


def test_a_file_and_the_directories_made_for_it_are_on_the_disk_before_it_takes_its_place(tmp_path, disk):
    files.write(tmp_path / "new" / "a.json", [b"12", b"345"])
    assert disk == [(tmp_path.name, "new"), 5, ("new", "a.json")]


def test_the_state_is_on_the_disk_when_a_step_begins_and_so_is_its_history_when_the_run_ends(tmp_path, disk):
    backend = Backend(tmp_path)
    backend.create("proj", "dev")
    file = backend.file("proj", "dev")
    disk.clear()

    journal = Journal(Deployment(), None, lambda pieces: files.write(file, pieces))
    journal.begin("creating", Resource(urn=URN, type="t:m:T", custom=False))
    assert disk == [file.stat().st_size, ("proj", "dev.json")]
    journal.close()
    disk.clear()
    backend.finish("proj", "dev", {"kind": "update"})

    assert len([size for size in disk if isinstance(size, int)]) == len(list(tmp_path.rglob("*-*.json"))) + 1 == 3


def test_every_error_here_is_one_that_commands_tell():
    assert issubclass(StateError, EngineError)
