"""Lists of names are shown as what came, went and moved, not index by index."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiretik.cli.display import words
from wiretik.cli.display.order import names, shifts
from wiretik.engine.diff import compare
from wiretik.engine.events import Step
from wiretik.engine.state.checkpoint import Resource
from wiretik.engine.values import UNKNOWN, Secret


def lines(old, new, **more):
    before, after = ({"order": order} for order in (old, new))
    urn = "urn:pulumi:lab::site::t:T::x"
    states = [Resource(urn=urn, type="t:T", custom=True, inputs=inputs) for inputs in (before, after)]
    changes = compare(before, after)
    step = Step(op="update", urn=urn, type="t:T", old=states[0], new=states[1], changes=changes, **more)
    return [text.plain for text in words.changes(step)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("abc", "cab", ['~ order: "c" moved before "a"']),
        ("abc", "bca", ['~ order: "a" moved after "c"']),
        ("abcde", "adbce", ['~ order: "d" moved after "a"']),
        ("abc", "adc", ['- order: "b"', '+ order: "d" after "a"']),
        ("ab", "xab", ['+ order: "x" before "a"']),
        ("a", "", ['- order[0]: "a"']),
        ("", "a", ['+ order[0]: "a"']),
        ("a", "b", ['~ order[0]: "a" => "b"']),
        ("abc", "abc", []),
    ],
)
def test_an_order_is_told_by_names_with_their_neighbours(old, new, told):
    assert lines(list(old), list(new)) == told


def test_lists_of_anything_else_are_told_index_by_index():
    assert lines([1, 2], [2, 1]) == ["~ order[0]: 1 => 2", "~ order[1]: 2 => 1"]
    assert lines(["a", "a"], ["a", "b"]) == ['~ order[1]: "a" => "b"']
    assert lines(["a", "b"], ["a", UNKNOWN]) == ['~ order[1]: "b" => [unknown]']


def test_a_secret_order_stays_secret():
    (line,) = lines(Secret(["a", "b"]), Secret(["b", "a"]))
    assert "[secret]" in line
    assert '"a"' not in line
    assert not names(Secret(["a"]))


letters = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(letters, letters)
def test_the_shifts_make_one_order_of_the_other(old, new):
    told = list(shifts(old, new))
    gone = {shift.name for shift in told if shift.kind == "delete"}
    order = [name for name in old if name not in {shift.name for shift in told}]
    for shift in told:
        if shift.kind != "delete":
            order.insert(new.index(shift.name), shift.name)
    assert order == new
    assert gone == set(old) - set(new)
    assert {shift.name for shift in told if shift.kind == "add"} == set(new) - set(old)


@given(st.permutations("abcdef"))
def test_no_more_names_move_than_have_to(new):
    old = list("abcdef")
    ranks = [old.index(name) for name in new]
    longest = []
    for at, rank in enumerate(ranks):
        longest.append(1 + max((longest[i] for i in range(at) if ranks[i] < rank), default=0))
    assert len(list(shifts(old, new))) == len(old) - max(longest)
