"""Of what is done to many rows at once one may be gone already: the others get it all the same."""

import pytest

from guarding import LISTS, Site, signed
from wiretik_provider.api.session import Answer
from wiretik_provider.errors import GuardError, Trap
from wiretik_provider.guard.arming import Look, remove, take_away, unmark
from wiretik_provider.rows import ownership

SCRIPT = "/system/script"


@pytest.fixture
def site():
    return Site()


def test_entries_of_which_one_is_gone_lose_their_marks_and_go(site):
    for number in range(3):
        comment = ownership.marked(signed("list"), "c0ffee")
        site.router.run(f"{LISTS}/add", list="l", address=f"10.0.0.{number}", comment=comment)
    ids = [row[".id"] for row in site.router.rows(LISTS)]
    site.router.run(f"{LISTS}/remove", numbers=ids[1])

    unmark([(LISTS, row_id, signed("list")) for row_id in ids], site.send)
    assert [row["comment"] for row in site.router.rows(LISTS)] == [signed("list")] * 2

    remove([(LISTS, row_id) for row_id in ids], site.send)
    assert site.router.rows(LISTS) == []


def test_a_guard_of_which_a_part_is_gone_is_taken_away(site):
    for name in ("one", "two"):
        site.router.run(f"{SCRIPT}/add", name=name, source="x")
    parts = tuple(row[".id"] for row in site.router.rows(SCRIPT))
    site.router.run(f"{SCRIPT}/remove", numbers=parts[0])

    take_away("", site.send, Look(None, 0, (), (), parts))
    assert site.router.rows(SCRIPT) == []


def test_any_other_refusal_ends_it():
    def refused(commands):
        return [Answer([], "", Trap("router lab", one.path, one.verb, "failure: in use")) for one in commands]

    with pytest.raises(Trap, match="in use"):
        remove([(LISTS, "*1")], refused)
    with pytest.raises(Trap, match="in use"):
        unmark([(LISTS, "*1", "")], refused)
    with pytest.raises(GuardError, match=r"the guard isn't taken away whole: .*in use"):
        take_away("", refused, Look(None, 0, (), (), ("*1",)))
