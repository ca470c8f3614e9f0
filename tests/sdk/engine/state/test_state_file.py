"""The state's file: every version whole, whoever reads it and whenever; the journal keeps its promises."""

import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import rounds
from wiretik.engine.errors import BackendError, LockedError
from wiretik.engine.state.backend import Backend, checkpoint
from wiretik.engine.state.checkpoint import Deployment, Resource, integrity, load_deployment
from wiretik.engine.state.journal import Journal
from wiretik.engine.state.rewriter import Rewriter


@pytest.mark.property
@settings(max_examples=rounds(60, 1200))
@given(st.lists(st.lists(st.integers(0, 5), max_size=8), min_size=1, max_size=12))
def test_the_file_always_holds_the_last_version(tmp_path_factory, versions):
    pieces = [b"%d" % i * (i + 1) for i in range(6)]
    file = tmp_path_factory.mktemp("state") / "dev.json"
    with Rewriter(file) as live:
        for version in versions:
            live.write([pieces[i] for i in version])
            assert file.read_bytes() == b"".join(pieces[i] for i in version)
    assert [one.name for one in file.parent.iterdir()] == ["dev.json"]


def test_a_reader_that_has_the_file_open_keeps_the_version_that_it_opened(tmp_path):
    file = tmp_path / "dev.json"
    with Rewriter(file) as live:
        live.write([b"one"])
        with file.open("rb", buffering=0) as reader:
            for word in (b"two", b"three", b"four"):
                live.write([word])

            assert reader.read() == b"one"
        assert file.read_bytes() == b"four"


def test_only_what_differs_is_written_again(tmp_path, monkeypatch):
    from wiretik.engine.state import rewriter

    written = []
    real = rewriter._write_all
    monkeypatch.setattr(
        rewriter, "_write_all", lambda n, content, at: (written.append(len(content)), real(n, content, at))
    )
    same = b"x" * 100_000
    with Rewriter(tmp_path / "dev.json") as live:
        for i in range(6):
            live.write([same, b"%d" % i])

    assert written == [100_001, 100_001, 1, 1, 1, 1]


def resource(name, *needs):
    urn = f"urn:pulumi:dev::proj::t:m:T::{name}"
    return Resource(
        urn=urn, type="t:m:T", custom=False, dependencies=tuple(f"urn:pulumi:dev::proj::t:m:T::{n}" for n in needs)
    )


def journal_of(base, versions):
    def sink(pieces):
        document = json.loads(b"".join(checkpoint("proj", "dev", pieces)))
        loaded = load_deployment(document["checkpoint"]["latest"], None)
        assert integrity(loaded.resources) is None
        versions.append(loaded)

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


def test_what_is_written_for_a_step_does_not_grow_with_the_number_of_resources(tmp_path, monkeypatch):
    from wiretik.engine.state import rewriter

    real = rewriter._write_all

    def bytes_for_each(number):
        written = []
        monkeypatch.setattr(
            rewriter,
            "_write_all",
            lambda n, content, at: (written.append(len(content)), real(n, content, at)),
        )
        with Rewriter(tmp_path / f"{number}.json") as live:
            journal = Journal(Deployment(), None, lambda pieces: live.write(checkpoint("proj", "dev", pieces)))
            for i in range(number):
                new = resource(f"r{i:04}")
                operation = journal.begin("creating", new)
                journal.put(new)
                journal.end(operation)
            journal.close()
        return sum(written) / number

    assert bytes_for_each(400) < 1.5 * bytes_for_each(40)


def test_integrity_names_what_the_cli_would_refuse():
    a, b = resource("a"), resource("b", "a")

    assert integrity([a, b]) is None
    assert "stands before" in integrity([b, a])
    assert "twice" in integrity([a, resource("a")])


def test_two_cannot_hold_a_stack_and_its_history_is_kept(tmp_path):
    backend = Backend(tmp_path)
    backend.create("proj", "dev")
    with backend.locked("proj", "dev"), pytest.raises(LockedError), backend.locked("proj", "dev"):
        pass
    assert backend.locks("proj", "dev") == []
    assert backend.stacks("proj") == ["dev"]
    assert (tmp_path / ".pulumi" / "meta.yaml").read_text() == "version: 1\n"
