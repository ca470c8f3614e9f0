"""What a backend keeps of the past."""

from wiretik.engine.state.backend import Backend, history_record


def updates(backend, stack, number):
    for _ in range(number):
        record = history_record("up", started=0, config={}, result="succeeded", changes={})
        backend.finish("net", stack, record)


def test_a_history_is_thinned_to_its_last_updates_and_nobody_elses(tmp_path):
    backend = Backend(tmp_path)
    for stack in ("a", "a-1"):
        backend.create("net", stack)
        updates(backend, stack, 4)
    history = backend.history("net", "a")
    stamps = sorted(file.name.split("-")[1].split(".")[0] for file in history.glob("*.history.json"))
    for stamp in stamps:
        (history / f"a-{stamp}.router.rsc").write_text("")
    (history / "a-notes.txt").write_text("")

    assert backend.thin("net", "a", 2) == 2 * 4

    names = {file.name for file in history.iterdir()}
    kinds = ("history.json", "checkpoint.json", "router.rsc")
    assert names == {f"a-{stamp}.{kind}" for stamp in stamps[-2:] for kind in kinds} | {"a-notes.txt"}
    backups = tmp_path / ".pulumi" / "backups" / "net"
    assert sorted(file.name for file in (backups / "a").iterdir()) == [f"a.{stamp}.json" for stamp in stamps[-2:]]
    assert len(list((backups / "a-1").iterdir())) == 4
    assert backend.thin("net", "a", 2) == 0
    assert backend.thin("net", "never", 2) == 0
    assert backend.read("net", "a") is not None
