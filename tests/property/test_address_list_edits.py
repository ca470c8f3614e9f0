"""The edits of a list lead to the list, and no wanted entry is missing at any moment."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from wiretik_provider.lists.entries import entries, report
from wiretik_provider.lists.plan import Entry, plan, seen
from wiretik_provider.rows import ownership

pytestmark = pytest.mark.property

OURS = "5afe0000aaaa"
ADDRESSES = st.sampled_from([f"10.0.0.{i}" for i in range(6)] + ["10.0.0.0/24", "10.0.0.7-10.0.0.9", "example.com"])
TIMEOUTS = st.sampled_from(["", "", "1h", "1d"])
ENTRIES = st.builds(Entry, st.sampled_from(["", "web", "a [b]"]), TIMEOUTS, st.booleans())


@st.composite
def content(draw):
    rows = []
    for address in draw(st.lists(ADDRESSES, unique=True)):
        row = {".id": f"*{len(rows)}", "address": address}
        row["disabled"] = draw(st.sampled_from(["true", "false"]))
        owner = draw(st.sampled_from([OURS, OURS, "", "", "beef00000000"]))
        text = draw(st.sampled_from(["", "by hand", "web"]))
        if timeout := draw(TIMEOUTS):
            row |= {"dynamic": "true", "timeout": timeout}
        tag = ownership.Tag(owner[:4], owner[4:], adopted=draw(st.booleans()))
        row["comment"] = ownership.signed(text, tag) if owner else text
        rows.append(row)
    return rows


def steps(rows, edits):
    """The list after each single edit, in the order in which they are to be sent."""
    rows = [dict(row) for row in rows]
    for number, words in enumerate(edits.adds):
        assert words["address"] not in [row["address"] for row in rows]
        rows = [*rows, {".id": f"*A{number}", **words, "disabled": {"yes": "true"}.get(words.get("disabled"), "false")}]
        yield rows
    for number, words in edits.sets:
        rows = [set_(row, words) if row[".id"] == number else row for row in rows]
        yield rows
    for number in edits.removes:
        assert number in [row[".id"] for row in rows]
        rows = [row for row in rows if row[".id"] != number]
        yield rows


def set_(row, words):
    out = {**row, **{name: {"yes": "true", "no": "false"}.get(value, value) for name, value in words.items()}}
    return {name: value for name, value in out.items() if value is not None}


WANTED = st.dictionaries(ADDRESSES, ENTRIES)
MODE = st.sampled_from(["keep", "prune"])


@given(content(), WANTED, st.none() | WANTED, MODE, st.booleans())
def test_the_edits_lead_to_the_wanted_list_and_a_second_plan_is_empty(rows, wanted, former, foreign, adopt):
    edits = plan(rows, wanted, OURS, foreign=foreign, adopt=adopt, former=former)
    after = [rows, *steps(rows, edits)][-1]

    again = plan(after, wanted, OURS, foreign=foreign, adopt=adopt, former=wanted)

    assert len(again) == 0
    assert again.conflicts == edits.conflicts
    if not edits.conflicts:
        assert seen(after, wanted, OURS, foreign=foreign, former=wanted) == wanted
        assert {row["address"] for row in after} >= wanted.keys() - set(edits.expired)


@given(content(), WANTED, st.none() | WANTED, MODE)
def test_what_the_resource_sees_differs_from_the_wish_exactly_where_there_is_something_to_do(
    rows, wanted, former, foreign
):
    edits = plan(rows, wanted, OURS, foreign=foreign, former=former)

    same = seen(rows, wanted, OURS, foreign=foreign, former=former) == wanted

    assert same == (len(edits) == 0 and not edits.conflicts)


@given(content(), WANTED, MODE)
def test_an_entry_that_stays_wanted_is_there_at_every_moment(rows, wanted, foreign):
    stay = wanted.keys() & {row["address"] for row in rows}

    for moment in steps(rows, plan(rows, wanted, OURS, foreign=foreign)):
        assert stay <= {row["address"] for row in moment}


@given(content(), WANTED)
def test_keeping_never_touches_what_is_not_ours(rows, wanted):
    edits = plan(rows, wanted, OURS)
    theirs = {row[".id"] for row in rows if OURS not in row["comment"]}

    assert theirs.isdisjoint([*edits.removes, *(number for number, _ in edits.sets)])


RANGES = st.tuples(st.integers(0, 60), st.integers(0, 12)).map(
    lambda ends: f"10.0.0.{ends[0]}-10.0.0.{ends[0] + ends[1]}"
)


@given(st.lists(RANGES, max_size=12))
def test_the_sweep_finds_each_entry_that_overlaps_another(written):
    read = entries(written).entries
    spans = {address: span(address) for address in read}
    order = sorted(spans, key=lambda address: (spans[address][0], -spans[address][1]))
    overlapping = {
        address for i, address in enumerate(order) if any(spans[other][1] >= spans[address][0] for other in order[:i])
    }

    found = report(read)

    assert {finding.address for finding in found} == overlapping
    for address, other, within in found:
        (low, high), (first, last) = spans[address], spans[other]
        assert low <= last
        assert first <= high
        assert within == (first <= low and high <= last)


def span(address):
    low, _, high = address.partition("-")
    if "/" in low:
        host, _, length = low.rpartition(".")[2].partition("/")
        return int(host), int(host) + 2 ** (32 - int(length)) - 1
    return int(low.rpartition(".")[2]), int((high or low).rpartition(".")[2])
