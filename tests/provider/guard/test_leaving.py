"""What the journal says of rows that go is read back, the later word first, and nothing else is taken for it."""

from guarding import LISTS, signed
from wiretik_provider.guard import leaving
from wiretik_provider.guard.leaving import Listed
from wiretik_provider.rows import ownership

ROUTE = "/ip/route"
OWNER = ownership.make("home", "dev", "row", "l")
L = Listed(LISTS, 'a "list" of mine', OWNER)


def entry(row_id, address, *, disabled="true", name="l", listed=L.list):
    return {".id": row_id, "list": listed, "address": address, "disabled": disabled, "comment": signed(name)}


def test_rows_go_in_the_order_in_which_they_were_to_be_removed_but_for_those_that_were_written_to_since():
    lines = [leaving.kept(ROUTE, "*1"), leaving.gone(ROUTE, "*2"), leaving.gone("/ip/address", "*9")]
    older = [leaving.gone(ROUTE, "*1"), leaving.gone(ROUTE, "*F")]
    told = leaving.read(["\n".join(lines), "\n".join(older)])
    assert told.rows == ((ROUTE, "*F"), ("/ip/address", "*9"), (ROUTE, "*2"))
    assert leaving.read(['/ip/route/remove [find]\n:local gone "/ip/route"']) == leaving.Leaving()


def test_one_line_tells_of_a_list_and_only_its_disabled_entries_go():
    told = leaving.read(
        [
            leaving.kept(LISTS, leaving.entry(L.list, "10.0.0.3")) + leaving.kept(LISTS, "*4"),
            leaving.listed(L, whole=False),
        ]
    )
    rows = [
        entry("*1", "10.0.0.1"),
        entry("*2", "10.0.0.2", disabled="false"),
        entry("*3", "10.0.0.3"),
        entry("*4", "10.0.0.4"),
        entry("*5", "10.0.0.5", name="other"),
        entry("*6", "10.0.0.6", listed="other"),
    ]
    assert leaving.resolved(told, {LISTS: rows}, taken_back=False) == ((LISTS, "*1"),)
    assert leaving.resolved(told, {LISTS: rows}, taken_back=True) == ()


def test_after_a_rollback_a_list_that_went_whole_is_known_though_its_entries_are_enabled_again():
    told = leaving.read([leaving.listed(L, whole=True), leaving.listed(L, whole=False)])
    rows = [entry("*1", "10.0.0.1", disabled="false"), entry("*2", "10.0.0.2")]
    assert leaving.resolved(told, {LISTS: rows}, taken_back=True) == ((LISTS, "*1"), (LISTS, "*2"))
