"""A change that nobody confirms is undone in company, too: of another admin or stack, and where answers are lost."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from at_length import patience, rounds
from guarding import FILTER, LISTS, Site, signed
from undoing import DOINGS, WITHIN, Hand, changed, cut_everywhere, ends, few_are_many, kept, numbers, plans, site
from wiretik_provider.api.session import Command
from wiretik_provider.api.watch import Watch
from wiretik_provider.errors import GuardError
from wiretik_provider.guard.closing import confirm
from wiretik_provider.rows import ownership

pytestmark = pytest.mark.timeout(patience(7200))


@pytest.fixture(autouse=True, scope="module")
def crowds():
    with few_are_many():
        yield


class Lost(Exception):
    """An answer that didn't come, with its connection."""


def foreign(rows):
    """The rows without anybody's tag, in their order."""
    return [row for row in rows if ownership.split(row.get("comment", ""))[1] is None]


def his_rule(site, a, b):
    rows = site.router.rows(FILTER)
    site.router.run(
        f"{FILTER}/add", chain="forward", action="log", comment=f"his {a}", place_before=rows[b % len(rows)][".id"]
    )


def his_entry(site, a, b):
    if not any(row["address"] == f"10.200.{a}.{b}" for row in site.router.rows(LISTS)):
        site.router.run(f"{LISTS}/add", list="l", address=f"10.200.{a}.{b}", comment="his")


def his_removal(site, a, _):
    path = (FILTER, LISTS)[a % 2]
    mine = [
        row for row in foreign(site.router.rows(path)) if row.get("dynamic") != "true" and "defconf" not in str(row)
    ]
    if mine:
        site.router.run(f"{path}/remove", id=mine[a % len(mine)][".id"])


def his_change(site, a, b):
    mine = [row for row in foreign(site.router.rows(FILTER)) if row.get("dynamic") != "true"]
    site.router.run(f"{FILTER}/set", id=mine[a % len(mine)][".id"], log_prefix=f"his{b}")


def rival(site, a, b):
    """Another stack wants to deploy at the same time."""
    words = (
        "=chain=forward",
        "=action=accept",
        f"=dst-port={4000 + a}",
        "=protocol=tcp",
        f"=comment={signed(f'r{b}')}",
    )
    before = site.network()
    with contextlib.suppress(GuardError):
        Watch("router lab", "beef", WITHIN, [].append, clock=lambda: site.now, pause=site.wait).through(
            [Command(FILTER, "add", words)], site.send
        )
        confirm("", site.send, run="beef")
        return
    assert site.network() == before


def his_move(site, a, b):
    """Among all rules: also before and behind ours."""
    mine = [row for row in foreign(site.router.rows(FILTER)) if row.get("dynamic") != "true"]
    rows = [row for row in site.router.rows(FILTER) if row.get("dynamic") != "true"]
    row, target = mine[a % len(mine)], rows[b % len(rows)]
    if row[".id"] != target[".id"]:
        site.router.run(f"{FILTER}/move", numbers=row[".id"], destination=target[".id"])


HIS = [his_rule, his_rule, his_entry, his_removal, his_change, his_move, his_move]


@given(plans, st.lists(st.tuples(st.integers(0, len(HIS) - 1), numbers, numbers), max_size=6), ends, st.data())
@settings(max_examples=rounds(3, 400), deadline=None)
def test_whatever_another_admin_does_meanwhile_ours_is_undone_and_his_is_as_he_left_it(plan, his, ends, data):
    found = site()
    before = found.network()
    left = list(his)
    theirs = {path: foreign(found.router.rows(path)) for path in (FILTER, LISTS)}

    def meanwhile(commands, send=found.send):
        if left and data.draw(st.booleans()):
            act, a, b = left.pop()
            HIS[act](found, a, b)
            theirs.update({path: foreign(found.router.rows(path)) for path in theirs})
        return send(commands)

    def wrong():
        after, odd = found.network(), []
        for path, rows in before.items():
            ours = [row for row in rows if row not in foreign(rows)]
            now = kept(rows, after.get(path, []))
            odd += [path] if [row for row in now if row not in foreign(now)] != ours else []
        return odd + [f"his {path}" for path, rows in theirs.items() if foreign(found.router.rows(path)) != rows]

    with cut_everywhere(found, ends, wrong):
        found.send = meanwhile
        hand = Hand(found, found.watch(WITHIN))
        for doing, a, b in plan:
            DOINGS[doing](hand, a, b)


@given(plans, ends, st.integers(0, 8), numbers, numbers)
@settings(max_examples=rounds(3, 400), deadline=None)
def test_two_stacks_at_once_never_write_under_each_others_guard(plan, ends, at, a, b):
    found = site()
    before = found.network()
    hand = Hand(found, found.watch(WITHIN))
    with cut_everywhere(found, ends, lambda: changed(before, found.network())):
        for step, (doing, one, other) in enumerate(plan):
            if step == at:
                armed, cut, found.before_each = hand.watch.state is not None, found.before_each, None
                rival(found, a, b)
                found.before_each = cut
                if not armed:  # its change is confirmed, and is what there is before ours
                    before = found.network()
            DOINGS[doing](hand, one, other)


@given(plans, st.lists(st.integers(0, 40), max_size=3), ends)
@settings(max_examples=rounds(3, 400), deadline=None)
def test_what_lost_answers_leave_is_undone_as_well(plan, lost, ends):
    """As where a bridge is set anew and takes our connection along: what was sent is done, and nobody knows."""
    found = site()
    before = found.network()
    sent = 0

    def unheard(commands):
        nonlocal sent
        answers = Site.send(found, commands)
        sent += 1
        if sent in lost:
            raise Lost
        return answers

    with cut_everywhere(found, ends, lambda: changed(before, found.network())):
        found.send = unheard
        hand = Hand(found, found.watch(WITHIN))
        for doing, a, b in plan:
            with contextlib.suppress(Lost):
                DOINGS[doing](hand, a, b)
