"""A block's edits lead to the block, are the fewest where these are safe, and open no window on the way."""

from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from at_length import rounds
from wiretik_provider.rows import ownership
from wiretik_provider.rules.block import Add, Move, Remove, Rule, Set, apply, differences, misplaced, ours, plan, signed
from wiretik_provider.rules.position import BEFORE_DROP, FIRST, LAST, After, Before

pytestmark = pytest.mark.property

OWNER = "5afe00010000"
VALUES = {
    "in-interface": ["wg0", "wg1"],
    "protocol": ["tcp", "udp"],
    "connection-state": ["new", "established"],
}
PACKETS = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]
ACTIONS = st.sampled_from(["accept", "accept", "drop", "drop", "reject", "log"])


@st.composite
def properties(draw, chain="forward"):
    row = {"chain": chain, "action": draw(ACTIONS)}
    for name, values in VALUES.items():
        if draw(st.booleans()):
            row[name] = (
                draw(st.sampled_from(values)) if draw(st.integers(0, 3)) else "!" + draw(st.sampled_from(values))
            )
    if draw(st.integers(0, 7)) == 0:
        row["disabled"] = "true"
    return row


@st.composite
def wishes(draw, most=4):
    names = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=most))
    return [Rule(name, draw(properties())) for name in names]


POSITIONS = [None, FIRST, LAST, BEFORE_DROP, Before({"comment": "anchor"}), After({"comment": "anchor"})]


@st.composite
def case(draw, most=4, positions=POSITIONS):
    """A menu in which rows of the block lie about, some of them as they should be, and what is wanted."""
    rules = draw(wishes(most))
    place = draw(st.sampled_from(positions))
    rows = [{**draw(properties()), "comment": "anchor"}]
    for _ in range(draw(st.integers(0, 3))):
        rows.append(draw(properties(chain=draw(st.sampled_from(["forward", "forward", "input"])))))
        if draw(st.integers(0, 5)) == 0:
            rows[-1]["dynamic"] = "true"
    for rule in rules:
        if draw(st.integers(0, 3)):
            same = draw(st.booleans())
            rows.append(dict(signed(rule if same else Rule(rule.name, draw(properties())), place, OWNER)))
    stale = draw(st.lists(st.sampled_from("wxyz"), unique=True, max_size=2))
    rows += [dict(signed(Rule(name, draw(properties())), place, OWNER)) for name in stale]
    rows = draw(st.permutations(rows))
    return [{".id": f"*{i}", **row} for i, row in enumerate(rows, 1)], rules, place


def block(row):
    tag = ownership.split(row.get("comment", ""))[1]
    return tag is not None and tag.owner == OWNER


def replay(rows, edits):
    """The menu after each edit."""
    for edit in edits:
        rows = apply(rows, edit)
        yield rows


def counted(rows):
    return [row for row in rows if row["chain"] == "forward" and row.get("dynamic") != "true"]


def reaches(rows, packet):
    """What becomes of a packet: the plain way, one rule after the other."""
    for row in rows:
        if row["chain"] != "forward" or row.get("disabled") == "true":
            continue
        if all(
            (packet[name] != row[name][1:]) if row[name].startswith("!") else packet[name] == row[name]
            for name in VALUES
            if name in row
        ):
            if row["action"] == "accept":
                return "accept"
            if row["action"] in {"drop", "reject"}:
                return "drop"
    return "accept"


def window(before, after, now):
    """A packet that is treated alike before and after, and otherwise now."""
    return next(
        (p for p in PACKETS if reaches(before, p) == reaches(after, p) != reaches(now, p)),
        None,
    )


@settings(deadline=None)
@given(case())
def test_the_edits_lead_to_the_block_and_leave_all_others_as_they_were(given_case):
    rows, rules, place = given_case
    made = plan(rows, rules, place, OWNER, chain="forward")
    after = [rows, *replay(rows, made.edits)][-1]

    mine = [row for row in counted(after) if block(row)]
    assert [differences(row, signed(rule, place, OWNER)) for row, rule in zip(mine, rules, strict=True)] == [{}] * len(
        rules
    )
    assert [row for row in after if not block(row)] == [row for row in rows if not block(row)]
    chain = counted(after)
    if mine:
        start = chain.index(mine[0])
        assert chain[start : start + len(mine)] == mine
        assert misplaced(after, rules, place, OWNER) is None
        anchor = (
            next(i for i, row in enumerate(chain) if row.get("comment") == "anchor")
            if place in POSITIONS[4:] and any(row.get("comment") == "anchor" for row in chain)
            else None
        )
        if place == FIRST:
            assert start == 0
        if place == LAST:
            assert chain[-1] is mine[-1]
        if anchor is not None:
            assert chain[anchor - 1 if place.at == "before" else anchor + 1] is mine[-1 if place.at == "before" else 0]
    again = plan(
        [{**row, ".id": row[".id"].replace("+", "*new")} for row in after], rules, place, OWNER, chain="forward"
    )
    assert again.edits == ()
    assert list(ours(after, "forward", OWNER, [rule.name for rule in rules])) == [rule.name for rule in rules]


@settings(deadline=None)
@given(case())
def test_no_packet_is_treated_worse_at_any_moment(given_case):
    rows, rules, place = given_case
    made = plan(rows, rules, place, OWNER, chain="forward")
    moments = list(replay(rows, made.edits))

    assert made.safe
    for moment in moments[:-1]:
        assert window(rows, moments[-1], moment) is None


@settings(deadline=None)
@given(case(), st.randoms(use_true_random=False))
def test_what_is_under_way_at_once_may_come_about_in_any_order(given_case, chance):
    rows, rules, place = given_case
    waves = plan(rows, rules, place, OWNER, chain="forward").waves
    # Removes are one command, which the router works off as it is written.
    mixed = [wave if isinstance(wave[0], Remove) else chance.sample(wave, len(wave)) for wave in waves]
    ordered = [rows, *replay(rows, [edit for wave in waves for edit in wave])][-1]
    moments = [rows, *replay(rows, [edit for wave in mixed for edit in wave])]

    assert moments[-1] == ordered
    for moment in moments[1:-1]:
        assert window(rows, ordered, moment) is None


@settings(deadline=None)
@given(case())
def test_pruning_leaves_the_block_alone_in_its_chain_without_a_window(given_case):
    rows, rules, place = given_case
    made = plan(rows, rules, place, OWNER, chain="forward", foreign="prune")
    moments = [rows, *replay(rows, made.edits)]

    assert len(counted(moments[-1])) == len(rules)
    assert [row for row in moments[-1] if row["chain"] == "input"] == [row for row in rows if row["chain"] == "input"]
    for moment in moments[1:-1]:
        assert window(rows, moments[-1], moment) is None


@st.composite
def signed_by_others(draw):
    """A case in which some rules of others carry another program's tag."""
    rows, rules, place = draw(case(positions=[None, FIRST, LAST, BEFORE_DROP]))
    theirs = ownership.Tag("beef", "00010000")
    return (
        [
            {**row, "comment": ownership.signed("theirs", theirs)} if not block(row) and draw(st.booleans()) else row
            for row in rows
        ],
        rules,
        place,
    )


@settings(deadline=None)
@given(signed_by_others())
def test_what_no_tag_is_on_goes_and_what_other_programs_have_stays_in_its_order_without_a_window(given_case):
    rows, rules, place = given_case
    made = plan(rows, rules, place, OWNER, chain="forward", foreign="tagged")
    moments = [rows, *replay(rows, made.edits)]

    def others(menu):
        return [row for row in counted(menu) if not block(row)]

    assert others(moments[-1]) == [row for row in others(rows) if ownership.tag_of(row)]
    mine = [row for row in counted(moments[-1]) if block(row)]
    assert len(mine) == len(rules)
    assert misplaced(moments[-1], rules, place, OWNER) is None
    assert [row for row in moments[-1] if row["chain"] == "input"] == [row for row in rows if row["chain"] == "input"]
    for moment in moments[1:-1]:
        assert window(rows, moments[-1], moment) is None


@st.composite
def small(draw):
    """Few enough rows to try every way: an anchor, perhaps one more of others, up to three of the block."""
    rules = [Rule(name, draw(properties())) for name in draw(st.sampled_from(["", "a", "ab", "abc"]))]
    place = draw(st.sampled_from([None, FIRST, Before({"comment": "anchor"})]))
    rows = [{**draw(properties()), "comment": "anchor"}]
    if draw(st.booleans()):
        rows.append(draw(properties()))
    for name in draw(st.sampled_from(["", "a", "b", "ab", "abc", "abz", "az", "z"])):
        same = next((rule for rule in rules if rule.name == name and draw(st.booleans())), None)
        rows.append(dict(signed(same or Rule(name, draw(properties())), place, OWNER)))
    rows = draw(st.permutations(rows))
    return [{".id": f"*{i}", **row} for i, row in enumerate(rows, 1)], rules, place


@st.composite
def swapping(draw):
    """Rules that take over each other's packets: here the fewest edits are often no good."""
    names = draw(st.permutations("abcd"))[: draw(st.integers(2, 4))]
    rows = [{"chain": "forward", **draw(matching())} for _ in names]
    wanted = draw(st.permutations(rows))
    menu = [dict(signed(Rule(name, row), None, OWNER)) for name, row in zip(names, rows, strict=True)]
    rules = [Rule(name, row) for name, row in zip(names, wanted, strict=True)]
    last = {"chain": "forward", "action": draw(st.sampled_from(["drop", "log"]))}
    return [{".id": f"*{i}", **row} for i, row in enumerate([*menu, last], 1)], rules


@st.composite
def matching(draw, actions=("accept", "drop")):
    row = {"action": draw(st.sampled_from(actions))}
    for name, values in VALUES.items():
        if draw(st.booleans()):
            row[name] = draw(st.sampled_from(values))
    return row


@settings(deadline=None)
@given(swapping())
def test_rules_that_take_over_each_others_packets_leave_no_window_either(given_case):
    rows, rules = given_case
    made = plan(rows, rules, None, OWNER, chain="forward")
    moments = list(replay(rows, made.edits))

    assert made.safe
    assert all(window(rows, moments[-1], moment) is None for moment in moments[:-1])


@st.composite
def marking(draw):
    """A mangle chain: rules that mark and let go on, or mark and end, among some that accept."""
    rules, rows = [], []
    for name in draw(st.permutations("abc")):
        row = {"chain": "forward", **draw(matching(actions=("mark-packet", "mark-packet", "accept")))}
        if row["action"] == "mark-packet":
            row |= {
                "new-packet-mark": draw(st.sampled_from("xy")),
                "passthrough": draw(st.sampled_from(["true", "false"])),
            }
        where = draw(st.sampled_from(["old", "new", "both", "foreign"]))
        if where in {"new", "both"}:
            rules.append(Rule(name, row))
        if where in {"old", "both"}:
            rows.append(dict(signed(Rule(name, row), None, OWNER)))
        if where == "foreign":
            rows.append(row)
    return [{".id": f"*{i}", **row} for i, row in enumerate(draw(st.permutations(rows)), 1)], rules


def mark(rows, packet):
    found = None
    for row in rows:
        if all(packet[name] == row[name] for name in VALUES if name in row):
            found = row.get("new-packet-mark", found)
            if row["action"] == "accept" or row.get("passthrough") == "false":
                break
    return found


@settings(deadline=None)
@given(marking())
def test_no_packet_is_marked_otherwise_at_any_moment_where_that_is_promised(given_case):
    rows, rules = given_case
    made = plan(rows, rules, None, OWNER, chain="forward")
    moments = list(replay(rows, made.edits))

    for packet in PACKETS:
        marks = [mark(moment, packet) for moment in (rows, *moments)]
        assert not made.safe or marks[0] != marks[-1] or len(set(marks)) == 1


class BruteForce:
    """Every way of edits from a menu to a block, step by step.

    A rule that has a row may lose it but doesn't take another's: then nobody could tell which rule changed.
    """

    def __init__(self, rows, rules, place):
        self.rows, self.rules, self.place = rows, rules, place
        self.wanted = {rule.name: signed(rule, place, OWNER) for rule in rules}
        self.names = {ownership.rule_part(name): name for name in self.wanted}
        self.there = {self.named(row) for row in rows if block(row)}

    def named(self, row):
        return self.names.get(ownership.split(row["comment"])[1].rule)

    def lacks(self, menu):
        """A number of edits without which it isn't done: each mends one rule and one row at most."""
        mine = [(self.named(row), row) for row in menu if block(row)]
        wrong = sum(bool(differences(row, self.wanted[name])) for name, row in mine if name)
        strange = sum(name is None for name, _ in mine)
        return wrong + max(strange, len(self.wanted.keys() - {name for name, _ in mine}))

    def done(self, menu):
        names = [self.named(row) for row in menu if block(row)]
        return (
            not self.lacks(menu)
            and names == list(self.wanted)
            and misplaced(menu, self.rules, self.place, OWNER) is None
        )

    def steps(self, menu):
        spots = [*(row[".id"] for row in menu), None]
        for row in menu:
            if block(row):
                name = self.named(row)
                yield Remove(row[".id"])
                if name and (words := differences(row, self.wanted[name])):
                    yield Set(row[".id"], words)
                for other, wanted in self.wanted.items():
                    if name is None and other not in self.there and differences(row, wanted).keys() == {"comment"}:
                        yield Set(row[".id"], {"comment": wanted["comment"]})
                yield from (Move(row[".id"], spot) for spot in spots if spot != row[".id"])
        for name, row in self.wanted.items():
            if f"+{name}" not in spots:
                yield from (Add(name, row, spot) for spot in spots)

    def fewest(self, most):
        """How few edits lead to the block, and whether so few do without a window; None if more than `most`."""
        ways, edges = [{_key(self.rows): self.rows}], []
        for count in range(most + 1):
            ends = [at for at, menu in ways[-1].items() if self.done(menu)]
            if ends:
                return count, any(self._safely(ways, edges, end) for end in ends)
            following, arrows = {}, {}
            for at, menu in ways[-1].items():
                for step in self.steps(menu):
                    new = apply(menu, step)
                    if count + 1 + self.lacks(new) <= most:
                        following[_key(new)] = new
                        arrows.setdefault(_key(new), set()).add(at)
            ways.append(following)
            edges.append(arrows)
        return None, False

    def _safely(self, ways, edges, end):
        after, reach = ways[-1][end], {end}
        for step in range(len(edges) - 1, 0, -1):
            reach = {at for there in reach for at in edges[step][there]}
            reach = {at for at in reach if window(self.rows, after, ways[step][at]) is None}
        return bool(reach)


def _key(menu):
    return tuple((row[".id"], tuple(sorted(row.items()))) for row in menu)


@settings(max_examples=rounds(20, 1600), deadline=None)
@given(small())
def test_the_edits_are_the_fewest_wherever_these_are_safe(given_case):
    rows, rules, place = given_case
    made = plan(rows, rules, place, OWNER, chain="forward")
    assume(len(made.edits) <= 3)

    least, safely = BruteForce(rows, rules, place).fewest(len(made.edits))

    assert least is not None
    assert len(made.edits) == least or not safely
