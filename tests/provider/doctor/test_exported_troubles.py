"""Troubles as exports show them: what is found, that its cure cures it, and what looks like it and is sound."""

import pytest

from wiretik_provider.doctor import KINDS, NOTE, Patient, examine
from wiretik_provider.simulator import Router
from wiretik_provider.trace import Snapshot

from .grounds import CASES, GROUNDS

BROKEN = [name for name, case in CASES.items() if "finds" in case]
SOUND = [name for name, case in CASES.items() if "quiet" in case]


def found_in(case, *more, unread=()):
    """What the doctor finds on a case's router, with lines behind it."""
    router = Router("none", leases={})
    router.load("\n".join((*(GROUNDS[one] for one in case["ground"]), case.get("lines", ""), *more)))
    rows = {path: router.rows(path) for path in Patient.MENUS if path in router.menus}
    return examine([Patient(Snapshot(rows, dict.fromkeys(unread, "a line was left out")), live=False)])


@pytest.mark.parametrize("name", BROKEN)
def test_a_trouble_is_found_with_its_cause_and_cure(name):
    case = CASES[name]
    found = found_in(case)

    assert set(case["finds"]) == {one.kind for one in found if one.severity != NOTE or one.kind in case["finds"]}
    for part in case["says"]:
        assert any(part in f"{one.fact}; {one.cure}" for one in found), [(one.fact, one.cure) for one in found]


@pytest.mark.parametrize("name", BROKEN)
def test_its_cure_cures_it_and_breaks_nothing(name):
    case = CASES[name]
    found = found_in(case, case["cure"])

    assert [one for one in found if one.severity != NOTE or one.kind in case["finds"]] == []


@pytest.mark.parametrize("name", SOUND)
def test_what_looks_like_it_and_is_sound_is_no_trouble(name):
    case = CASES[name]
    found = found_in(case)

    assert [one for one in found if one.severity != NOTE or one.kind in case["quiet"]] == []


@pytest.mark.parametrize("name", [one for one in BROKEN if any(KINDS[kind].needs for kind in CASES[one]["finds"])])
def test_what_follows_from_what_is_not_there_is_not_found_where_a_menu_is_incomplete(name):
    case = CASES[name]
    needs = {menu for kind in case["finds"] for menu in KINDS[kind].needs}

    found = found_in(case, unread=needs)

    assert not {one.kind for one in found} & {kind for kind in case["finds"] if KINDS[kind].needs}
