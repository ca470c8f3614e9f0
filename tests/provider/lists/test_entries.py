import pytest

from wiretik_provider.lists.entries import BadEntries, Entry, entries, parse_file, report


def test_every_spelling_of_an_address_is_one_entry_as_the_router_prints_it():
    read = entries(["192.168.88.5/32", "10.0.0.0-10.0.0.255", "2001:DB8::/32", "10.0.0.1-10.0.0.6", "Example.com"])

    assert list(read.entries) == ["192.168.88.5", "10.0.0.0/24", "2001:db8::/32", "10.0.0.1-10.0.0.6", "Example.com"]
    assert read.doubles == ()


def test_entries_come_as_a_list_with_or_without_more_or_as_a_map():
    written = [{"address": "10.0.0.1", "comment": "web", "timeout": 86400.0, "disabled": "yes"}, "10.0.0.2"]
    want = {"10.0.0.1": Entry("web", "1d", disabled=True), "10.0.0.2": Entry()}

    assert entries(written).entries == want
    assert (
        entries({"10.0.0.1/32": {"comment": "web", "timeout": "24:00:00", "disabled": True}, "10.0.0.2": None})[0]
        == want
    )


def test_what_is_written_twice_counts_once_and_is_told():
    read = entries(["10.0.0.1", {"address": "10.0.0.1/32", "comment": "web"}])

    assert read.entries == {"10.0.0.1": Entry("web")}
    assert read.doubles == ("entry 2: 10.0.0.1 is already entry 1",)


def test_all_bad_entries_are_told_at_once_each_with_its_place():
    with pytest.raises(BadEntries) as wrong:
        entries(
            [
                "10.0.0.5/24",
                "10.0.0.300",
                {"address": "10.0.0.1", "note": 1},
                {"comment": "x"},
                "10.0.0.9-10.0.0.1",
            ]
        )

    assert [problem.split(":")[0] for problem in wrong.value.problems] == [f"entry {n}" for n in (1, 2, 3, 4, 5)]
    assert "write 10.0.0.0/24 for the network" in wrong.value.problem
    assert "note is not known" in wrong.value.problem


def test_one_address_with_two_timeouts_is_a_contradiction():
    with pytest.raises(BadEntries, match=r"10\.0\.0\.1 is already entry 1, with another timeout or state"):
        entries(["10.0.0.1", {"address": "10.0.0.1", "timeout": "1d"}])


@pytest.mark.parametrize(("family", "bad"), [(4, "2001:db8::1"), (6, "10.0.0.1"), (6, "10.0.0.0/24")])
def test_a_family_refuses_the_other(family, bad):
    with pytest.raises(BadEntries, match=f"is not IPv{family}"):
        entries([bad], family)


@pytest.mark.parametrize(
    "value", [{"address": 5.5}, {"timeout": "soon"}, {"comment": 5}, {"timeout": "36w"}, {"disabled": "maybe"}]
)
def test_each_part_of_an_entry_is_checked(value):
    with pytest.raises(BadEntries):
        entries([{"address": "10.0.0.1", **value}])


def test_something_that_is_no_list_is_refused():
    with pytest.raises(BadEntries, match="is not a list of addresses"):
        entries("10.0.0.1")
    with pytest.raises(BadEntries, match="is not a set of comment"):
        entries({"10.0.0.1": "web"})


def test_only_the_first_twenty_problems_are_shown_and_all_are_kept():
    with pytest.raises(BadEntries, match="and 5 more") as wrong:
        entries(["x y"] * 25)

    assert len(wrong.value.problems) == 25


def test_a_file_has_one_entry_a_line_and_comments_in_the_ways_that_lists_have_them():
    text = "\ufeff# blocked\r\n10.0.0.0/8 # private\n\n  10.9.0.1\t#\n1.10.16.0/20 ; SBL1 # old\nexample.com\n;end\n"

    assert parse_file(text).entries == {
        "10.0.0.0/8": Entry("private"),
        "10.9.0.1": Entry(),
        "1.10.16.0/20": Entry("SBL1 # old"),
        "example.com": Entry(),
    }


def test_a_bad_file_names_every_bad_line():
    with pytest.raises(BadEntries) as wrong:
        parse_file("# ok\n10.0.0.1/8\n10.0.0.1\n10.0.0.0/33 # bad\n")

    assert [problem.split(":")[0] for problem in wrong.value.problems] == ["line 2", "line 4"]


def test_an_entry_that_another_makes_needless_is_reported_once():
    read = entries(
        [
            *("10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "10.255.255.250-11.0.0.5", "11.0.0.5", "12.0.0.1"),
            *("example.com", "2001:db8::/32", "2001:db8::1/128", "::a00:0/126"),
            {"address": "10.0.0.7", "disabled": True},
        ]
    )

    assert [str(finding) for finding in report(read.entries)] == [
        "10.1.0.0/16 lies within 10.0.0.0/8",
        "10.1.2.3 lies within 10.1.0.0/16",
        "10.255.255.250-11.0.0.5 overlaps 10.0.0.0/8",
        "11.0.0.5 lies within 10.255.255.250-11.0.0.5",
        "2001:db8::1/128 lies within 2001:db8::/32",
    ]
