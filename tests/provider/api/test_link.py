"""One router as one process sees it: menus read once, rows that follow the writes, a connection that comes back."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from wiretik_provider.api.link import Link, close_all
from wiretik_provider.api.link import link as link_to
from wiretik_provider.api.session import Access
from wiretik_provider.errors import ConnectionLost, RowError, Trap
from wiretik_provider.simulator import serve

LISTS = "/ip/firewall/address-list"
FILTER = "/ip/firewall/filter"


@pytest.fixture
def lab():
    with serve(profile="defconf", password="p") as running:
        yield running


@pytest.fixture
def link(lab):
    access = Access(
        host=lab.host, port=lab.apis_port, username="admin", password="p", fingerprint=lab.fingerprint, timeout=5.0
    )
    found = Link(access)
    yield found
    found.close()


def prints(lab, path):
    return lab.stats().commands.get(path, {}).get("print", 0)


def add(link, **words):
    row_id = link.ask(LISTS, "add", *(f"={name}={text}" for name, text in words.items())).ret
    return link.ask(LISTS, "print", f"?.id={row_id}").rows[0]


def test_nothing_is_opened_before_the_first_command(lab, link):
    assert lab.stats().connections == 0
    assert link.version == (7, 23, 2)
    assert lab.stats().connections == 1


def test_a_menu_is_read_once_also_by_many_threads(lab, link):
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: link.rows(FILTER), range(16)))
    assert all(rows == seen[0] for rows in seen)
    assert len(seen[0]) == 11
    assert prints(lab, FILTER) == 1


def test_menus_are_fetched_together_and_then_not_again(lab, link):
    found = link.prefetch([(FILTER, ()), ("/ip/route", ()), ("/no/such", ())])
    assert [len(rows) > 0 for rows in found] == [True, True, False]
    link.rows(FILTER)
    link.prefetch([(FILTER, ()), ("/ip/route", ())])
    assert prints(lab, FILTER) == 1
    with pytest.raises(Trap):
        link.rows("/no/such")


def test_another_query_is_another_reading(lab, link):
    lab.run(f"{LISTS}/add", list="a", address="10.0.0.1")
    lab.run(f"{LISTS}/add", list="b", address="10.0.0.2")
    assert [row["address"] for row in link.rows(LISTS, ("?list=a",))] == ["10.0.0.1"]
    assert len(link.rows(LISTS)) == 2


def test_kept_rows_follow_an_add_a_change_a_move_and_a_removal(link):
    link.rows(LISTS)
    first = add(link, list="x", address="10.0.0.1")
    second = add(link, list="x", address="10.0.0.2")
    link.put(LISTS, first)
    link.put(LISTS, second, before=first[".id"])
    assert [row["address"] for row in link.rows(LISTS)] == ["10.0.0.2", "10.0.0.1"]
    link.moved(LISTS, second[".id"], None)
    assert [row["address"] for row in link.rows(LISTS)] == ["10.0.0.1", "10.0.0.2"]
    link.ask(LISTS, "set", f"=.id={first['.id']}", "=comment=new")
    assert link.fresh(LISTS, first[".id"])["comment"] == "new"
    assert link.rows(LISTS)[0]["comment"] == "new"
    link.dropped(LISTS, first[".id"])
    assert [row["address"] for row in link.rows(LISTS)] == ["10.0.0.2"]


def test_a_row_that_somebody_removed_is_no_longer_kept(lab, link):
    lab.run(f"{LISTS}/add", list="x", address="10.0.0.1")
    [row] = link.rows(LISTS)
    lab.run(f"{LISTS}/remove", **{".id": row[".id"]})
    assert link.fresh(LISTS, row[".id"]) is None
    assert link.rows(LISTS) == []


def test_a_reader_of_older_rows_misses_none_while_others_are_removed(link):
    rows = [add(link, list="x", address=f"10.0.0.{n}") for n in range(1, 5)]
    link.forget(LISTS)
    seen = []
    for row in link.rows(LISTS):
        seen.append(row["address"])
        link.dropped(LISTS, row[".id"])
    assert seen == [row["address"] for row in rows]


def test_forgetting_reads_anew(lab, link):
    assert link.rows(LISTS) == []
    lab.run(f"{LISTS}/add", list="x", address="10.0.0.1")
    assert link.rows(LISTS) == []
    link.forget(LISTS)
    assert len(link.rows(LISTS)) == 1


def test_a_broken_connection_is_made_anew_with_the_next_command(lab, link):
    # A fault and not `drop_connections`: a reader that notices the end first would open anew, and lose nothing.
    lab.fault("drop", path="/system/identity", verb="print")
    link.rows(FILTER)
    with pytest.raises(ConnectionLost):
        link.ask("/system/identity", "print")
    assert link.ask("/system/identity", "print").rows
    assert lab.stats().connections == 2


@pytest.mark.parametrize("accident", ["lose", "reset", "drop"])
def test_a_write_whose_answer_got_lost_is_looked_up_and_done_once(lab, link, accident):
    lab.fault(accident, path=LISTS, verb="add")

    def make():
        if not any(row["address"] == "10.0.0.1" for row in link.rows(LISTS)):
            link.ask(LISTS, "add", "=list=x", "=address=10.0.0.1")

    link.settled(LISTS, make)
    assert len(lab.run(f"{LISTS}/print")) == 1


def test_a_second_loss_is_told_and_not_tried_for_ever(lab, link):
    fault = lab.fault("drop", path=LISTS, verb="add", times=0)
    with pytest.raises(ConnectionLost, match="during /ip/firewall/address-list add"):
        link.settled(LISTS, lambda: link.ask(LISTS, "add", "=list=x", "=address=10.0.0.1"))
    assert fault.seen == 2


def test_a_refusal_is_no_reason_to_try_again(link):
    calls = []

    def make():
        calls.append(1)
        raise RowError(link.label, LISTS, "entry", "no")

    with pytest.raises(RowError):
        link.settled(LISTS, make)
    assert calls == [1]


def test_names_are_told_of_several_menus_at_once(link):
    found = link.names("/interface/list", "/no/such", "/routing/table")
    assert found["/no/such"] == []
    assert found["/routing/table"] == ["main"]
    assert {"WAN", "LAN"} <= set(found["/interface/list"])


def test_a_process_has_one_link_for_one_way_in(lab, monkeypatch):
    for name in ("WIRETIK_PASSWORD", "WIRETIK_USERNAME", "WIRETIK_HOST", "WIRETIK_FINGERPRINT"):
        monkeypatch.delenv(name, raising=False)
    config = {
        "wiretik:host": lab.host,
        "wiretik:port": str(lab.apis_port),
        "wiretik:username": "admin",
        "wiretik:password": "p",
        "wiretik:fingerprint": lab.fingerprint,
    }
    try:
        first = link_to(config, "")
        assert link_to(dict(config), "") is first
        monkeypatch.setenv("WIRETIK_PASSWORD", "rotated")
        assert link_to(config, "") is not first
        assert first.rows(FILTER)
        session = first.session
    finally:
        close_all()
    assert not session.alive
