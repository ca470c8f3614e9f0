"""A guard is another one exactly where the program is, as far as both are known."""

import pytest

from wiretik_provider.guard import keeping


def told(*rows):
    return keeping.prints([{"menu": "/ip/route", "tag": f"{n:012}", **row} for n, row in enumerate(rows)])


ROW = {"props": {"dst_address": "10.0.0.0/24", "gateway": "wg0"}, "unknown": []}
WAITING = {"props": {"dst_address": "10.0.0.0/24"}, "unknown": ["gateway"]}


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ([ROW], [ROW], False),
        ([ROW], [], True),
        ([ROW], [ROW, ROW], True),
        ([ROW], [{**ROW, "props": {**ROW["props"], "gateway": "wg1"}}], True),
        ([ROW], [{**ROW, "props": {"dst_address": "10.0.0.0/24"}}], True),
        ([ROW], [WAITING], False),
        ([WAITING], [ROW], False),
        ([ROW], [{**ROW, "position": {"at": "first"}}], True),
    ],
)
def test_what_is_another_program(before, now, found):
    assert keeping.changed(told(*before), told(*now)) is found


def test_what_is_not_known_once_is_held_against_what_was_known_before():
    once = keeping.merged(told(ROW), told(WAITING))
    other = {**ROW, "props": {**ROW["props"], "gateway": "wg1"}}
    assert keeping.changed(once, told(other))
    assert not keeping.changed(once, told(ROW))
    assert keeping.parsed(keeping.written(once)) == once
    assert keeping.parsed("") == {}


def test_rules_of_a_block_in_another_order_are_another_program():
    def block(*names):
        rows = [{"menu": "m", "tag": "0" * 12, "part": True, "rule": name, "props": {}} for name in names]
        return keeping.prints(rows)

    assert keeping.changed(block("a", "b"), block("b", "a"))
    assert not keeping.changed(block("a", "b"), block("a", "b"))


def test_each_change_has_a_name_of_its_own_also_where_it_goes_back():
    there, back = told(ROW), told()
    first = keeping.renamed("", there)
    second = keeping.renamed(first, back)
    assert len({first, second, keeping.renamed(second, there)}) == 3
    assert keeping.renamed("", there) == first
