"""The journal keeps its promises: a step begins when its operation is on the disk, and each version is whole."""

import json
import os
import threading
import types

import pytest

from wiretik.engine.errors import BackendError, LockedError
from wiretik.engine.state import files, journal
from wiretik.engine.state.backend import Backend, checkpoint
from wiretik.engine.state.checkpoint import Deployment, Resource, integrity, load_deployment
from wiretik.engine.state.files import write
from wiretik.engine.state.journal import Journal


def test_a_reader_that_has_the_file_open_keeps_the_version_that_it_opened(tmp_path):
    file = tmp_path / "dev.json"
    write(file, [b"on", b"e"])
    with file.open("rb", buffering=0) as reader:
        for word in (b"two", b"three", b"four"):
            write(file, [word])

        assert reader.read() == b"one"
    assert file.read_bytes() == b"four"
    assert list(tmp_path.iterdir()) == [file]


def test_a_system_that_takes_a_part_of_what_is_written_gets_the_rest(tmp_path, monkeypatch):
    whole = os.writev
    monkeypatch.setattr(files.os, "writev", lambda number, pieces: whole(number, [b"".join(pieces)[:5]]))
    file = tmp_path / "dev.json"

    write(file, [str(number).encode() for number in range(2500)])

    assert file.read_bytes() == b"".join(str(number).encode() for number in range(2500))


def resource(name, *needs):
    urn = f"urn:pulumi:dev::proj::t:m:T::{name}"
    return Resource(
        urn=urn, type="t:m:T", custom=False, dependencies=tuple(f"urn:pulumi:dev::proj::t:m:T::{n}" for n in needs)
    )


def journal_of(base, versions, written=None):
    def sink(pieces):
        document = json.loads(b"".join(checkpoint("proj", "dev", pieces)))
        loaded = load_deployment(document["checkpoint"]["latest"], None)
        assert integrity(loaded.resources) is None
        versions.append(loaded)
        if written:
            written.set()

    return Journal(Deployment(resources=tuple(base)), None, sink)


def test_a_step_begins_only_after_its_pending_operation_is_written():
    versions = []
    journal = journal_of([], versions)
    new = resource("a")

    operation = journal.begin("creating", new)

    assert [op.resource.urn for op in versions[-1].pending] == [new.urn]
    journal.put(new)
    journal.end(operation)
    journal.close()
    assert versions[-1].pending == ()
    assert [r.urn for r in versions[-1].resources] == [new.urn]


def test_what_a_step_changes_is_written_once_when_it_has_ended():
    versions, written = [], threading.Event()
    old, new = resource("a"), resource("b")
    journal = journal_of([old], versions, written)
    operation = journal.begin("creating", new)
    written.clear()

    journal.swap(old, None)
    journal.put(new)

    assert not written.wait(0.05)
    journal.end(operation)
    assert written.wait(30)
    assert [[r.name for r in one.resources] for one in versions] == [["a"], ["b"]]
    assert versions[-1].pending == ()
    journal.close()
    assert len(versions) == 2


def test_a_step_without_an_operation_is_written_when_it_ends():
    versions, written = [], threading.Event()
    old = resource("a")
    journal = journal_of([old], versions, written)

    journal.swap(old, None)
    journal.end()

    assert written.wait(30)
    assert versions[-1].resources == ()
    journal.close()


def test_steps_that_begin_together_share_their_writes():
    versions = []
    journal = journal_of([], versions)
    threads = [
        threading.Thread(target=lambda i=i: journal.end(journal.begin("creating", resource(f"r{i}"))))
        for i in range(100)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()

    assert len(versions) < 200


def test_a_write_that_takes_long_waits_for_the_steps_that_are_under_way(monkeypatch):
    versions, clock = [], [0.0]
    monkeypatch.setattr(journal, "time", types.SimpleNamespace(monotonic=lambda: clock[0]))

    def sink(pieces):
        clock[0] += 60  # as long as the next may wait
        versions.append(b"".join(pieces))

    kept = Journal(Deployment(), None, sink)
    under_way = kept.begin("creating", resource("a"))
    second = threading.Thread(target=kept.begin, args=("creating", resource("b")))
    second.start()
    while not kept._waiting:
        second.join(0.001)
    written = len(versions)
    kept.put(resource("a"))
    kept.end(under_way)
    second.join()

    assert (written, len(versions)) == (1, 2)
    assert b'"pending_operations":[{"resource":{"urn":"urn:pulumi:dev::proj::t:m:T::b"' in versions[1]
    kept.close()


def test_a_resource_that_is_gone_leaves_no_reference_behind():
    versions = []
    a, b = resource("a"), resource("b", "a")
    journal = journal_of([a, b], versions)

    journal.swap(a, None)
    journal.close()

    assert [(r.name, r.dependencies) for r in versions[-1].resources] == [("b", ())]


def test_a_renamed_resource_is_followed_by_those_that_need_it():
    versions = []
    a, b = resource("a"), resource("b", "a")
    journal = journal_of([a, b], versions)
    new = resource("a2")

    journal.put(new, a)
    journal.close()

    assert [(r.name, r.dependencies) for r in versions[-1].resources] == [("a2", ()), ("b", (new.urn,))]


def test_a_state_that_cannot_be_written_stops_the_step():
    def full(_):
        raise OSError("no space left")

    journal = Journal(Deployment(), None, full)

    with pytest.raises(BackendError, match="no space left"):
        journal.begin("creating", resource("a"))


def test_integrity_names_what_the_cli_would_refuse():
    a, b = resource("a"), resource("b", "a")

    assert integrity([a, b]) is None
    assert "stands before" in (integrity([b, a]) or "")
    assert "twice" in (integrity([a, resource("a")]) or "")


def test_two_cannot_hold_a_stack_and_its_history_is_kept(tmp_path):
    backend = Backend(tmp_path)
    backend.create("proj", "dev")
    with backend.locked("proj", "dev"), pytest.raises(LockedError), backend.locked("proj", "dev"):
        pass
    assert backend.locks("proj", "dev") == []
    assert backend.stacks("proj") == ["dev"]
    assert (tmp_path / ".pulumi" / "meta.yaml").read_text() == "version: 1\n"
