"""Thousands of entries that come into a list which stays, or change there, are undone by a line: a mark tells them."""

import pytest

from at_length import patience, rounds
from guarding import LISTS, Site, signed
from wiretik_provider.api.session import Command
from wiretik_provider.guard.closing import confirm, roll_back
from wiretik_provider.rows import ownership
from wiretik_provider.simulator import PowerCut

pytestmark = pytest.mark.timeout(patience(900))


@pytest.fixture
def site():
    return Site()


def journal(site, kind="undo"):
    parts = [row for row in site.router.rows("/system/script") if row["name"].startswith(f"wiretik-{kind}")]
    return "\n".join(row["source"] for row in parts)


def test_thousands_of_entries_that_come_into_a_list_which_stays_are_undone_by_a_line_and_marked_until_the_confirm(site):
    comment = f"=comment={signed('list')}"
    count = rounds(100, 10_000)
    old = [Command(LISTS, "add", ("=list=l", f"=address=10.{n >> 8}.{n & 255}.1", comment)) for n in range(count)]
    new = [Command(LISTS, "add", ("=list=l", f"=address=10.{n >> 8}.{n & 255}.2", comment)) for n in range(count)]
    site.send(old)
    before = site.network()
    site.watch().through(new, site.send)
    assert len(journal(site).splitlines()) == len(journal(site, "gone").splitlines()) == 1
    roll_back("", site.send, site.wait)
    assert site.network() == before
    site.watch(run="beef", seen=True).through(new, site.send)
    assert sum("rbeef00]" in row["comment"] for row in site.router.rows(LISTS)) == count
    assert {ownership.tag_of(row) for row in site.router.rows(LISTS)} == {ownership.split(signed("list"))[1]}
    confirm("", site.send)
    assert [row["comment"] for row in site.router.rows(LISTS)] == [signed("list")] * 2 * count


def test_another_comment_of_thousands_of_entries_is_undone_by_a_line_and_another_name_of_their_resource_needs_none(
    site,
):
    count = rounds(100, 10_000)
    site.send(
        [
            Command(LISTS, "add", ("=list=l", f"=address=10.{n >> 8}.{n & 255}.1", f"=comment={signed('list', 'old')}"))
            for n in range(count)
        ]
    )
    before = site.network()
    ids = ",".join(row[".id"] for row in site.router.rows(LISTS))
    watch = site.watch()
    watch.through([Command(LISTS, "set", (f"=.id={ids}", f"=comment={signed('renamed', 'old')}"))], site.send)
    assert (journal(site), journal(site, "order")) == ("", "")
    watch.through([Command(LISTS, "set", (f"=.id={ids}", f"=comment={signed('list', 'old')}"))], site.send)
    watch.through([Command(LISTS, "set", (f"=.id={ids}", f"=comment={signed('list', 'new')}"))], site.send)
    assert len(journal(site).splitlines()) == 1
    roll_back("", site.send, site.wait)
    assert site.network() == before


def test_a_confirm_that_breaks_off_leaves_marks_that_the_next_one_takes_away(site):
    comment = f"=comment={signed('list')}"
    site.send([Command(LISTS, "add", ("=list=l", "=address=10.0.0.1", comment))])
    new = [Command(LISTS, "add", ("=list=l", f"=address=10.0.1.{n}", comment)) for n in range(30)]
    site.watch().through(new, site.send)
    site.router.power_off_after = 1  # the guard is blank, and nothing else is done
    with pytest.raises(PowerCut):
        confirm("", site.send)
    site.router.power_off_after = None
    assert any("r" in row["comment"].rpartition(":")[2] for row in site.router.rows(LISTS))
    site.watch(run="beef").through([Command(LISTS, "add", ("=list=other", "=address=10.0.0.1", comment))], site.send)
    assert {row["comment"] for row in site.router.rows(LISTS)} == {signed("list")}


def test_a_mark_says_nothing_of_whose_a_row_is():
    plain = signed("list", "text")
    marked = ownership.marked(plain, "c0ffee")
    assert (marked, ownership.split(marked)) == (f"{plain[:-1]}rc0ffee]", ownership.split(plain))
    assert (ownership.unmarked(marked), ownership.unmarked(plain)) == (plain, plain)


@pytest.mark.parametrize("text", ["", "rc0ffee]", "his rc0ffee]", "[his rc0ffee]"])
def test_a_comment_of_others_is_never_unmarked(text):
    assert ownership.unmarked(text) == text


def test_where_somebodys_entry_has_the_runs_digits_each_entry_is_told_by_itself(site):
    comment = signed("list")
    site.send(
        [Command(LISTS, "add", ("=list=l", "=address=10.0.0.1", f"=comment={ownership.marked(comment, 'ffee00')}"))]
    )
    new = [Command(LISTS, "add", ("=list=l", f"=address=10.0.1.{n}", f"=comment={comment}")) for n in range(30)]
    before = site.network()
    site.watch().through(new, site.send)
    assert len(journal(site).splitlines()) == len(new)
    roll_back("", site.send, site.wait)
    assert site.network() == before
