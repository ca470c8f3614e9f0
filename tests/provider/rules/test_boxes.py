from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given

from wiretik_provider.rules.boxes import Budget, TooMuch, box, differs, meet, step


def rule(text):
    return {".id": "*1"} | dict(word.split("=", 1) for word in text.split())


def disjoint(one, other, **more):
    a, b = box(rule(one), **more), box(rule(other) | {".id": "*2"}, **more)
    return a is None or b is None or meet(a, b) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("src-address=10.0.0.0/24", "src-address=!10.0.0.0/16"),
        ("protocol=6", "protocol=!tcp"),
        ("dst-port=53,80-90", "dst-port=54-79"),
        ("in-interface=bridge", "in-interface-list=WAN"),
        ("in-interface-list=!all", ""),
        ("in-interface-list=none", ""),
        ("in-interface-list=office", "in-interface-list=!office"),
        ("connection-state=established,related", "connection-state=!established,!related"),
        ("connection-state=untracked,new", "connection-state=!untracked,!new"),
        ("connection-state=!established,!related,!invalid,!new", "connection-state=!untracked"),
        ("ipsec-policy=in,none", "ipsec-policy=in,ipsec"),
        ("tcp-flags=syn,!ack", "tcp-flags=ack"),
        ("content=x", "content=!x"),
        ("disabled=true", ""),
    ],
)
def test_boxes_that_share_no_packet_do_not_meet(one, other):
    assert disjoint(one, other, lists={"WAN": ["ether1"]})
    assert disjoint(other, one, lists={"WAN": ["ether1"]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("limit=1,5:packet", "limit=!1,5:packet"),
        ("src-address=odd", "src-address=other"),
        ("connection-state=!new,established", "connection-state=new"),
        ("in-interface-list=LAN", "in-interface=bridge"),
        ("in-interface=all-ppp", "in-interface=pppoe-out1"),
        ("hotspot=auth", "hotspot=http"),
        ("dst-port=9-3", "dst-port=1"),
        ("src-address=10.0.0.9-x", "src-address=10.0.0.1"),
    ],
)
def test_what_is_not_understood_may_meet_anything(one, other):
    assert not disjoint(one, other)


def test_a_mark_that_changes_on_the_way_says_nothing():
    assert disjoint("connection-mark=a", "connection-mark=b")
    assert not disjoint("connection-mark=a", "connection-mark=b", changing={"connection-mark"})


def test_what_a_row_does_is_its_verdict_or_what_it_changes():
    assert [case.verdict for case in step(rule("action=reject"))] == ["drop"]
    assert [case.verdict for case in step(rule("action=jump jump-target=x"))] == ["accept", "drop"]
    assert [case.verdict for case in step(rule("action=lookup table=vpn"))] == ["table vpn"]
    assert [case.verdict for case in step(rule("action=lookup-only-in-table table=vpn"))] == ["table vpn", "drop"]
    assert [case.verdict for case in step(rule("action=dst-nat to-addresses=10.0.0.1"))] == ["dst-nat 10.0.0.1"]
    assert step(rule("action=log")) == step(rule("action=drop disabled=true")) == ()
    (marked,) = step(rule("action=mark-routing new-routing-mark=vpn passthrough=false"))
    assert (marked.marks, marked.verdict) == ((("mark-routing", "vpn"),), "accept")
    (quick,) = step(rule("action=fasttrack-connection"))
    assert (quick.marks, quick.verdict) == ((("fasttrack", "yes"),), "")


def test_a_walk_that_takes_too_long_says_so():
    paths = ([step(rule("action=drop"))],) * 3

    with pytest.raises(TooMuch):
        differs({}, paths, "accept", Budget(1))
    assert not differs({}, paths, "accept", Budget(10))


FIELDS = {"in-interface": "abc", "protocol": ["tcp", "udp", "gre"], "dst-port": ["1", "2", "3"]}
PACKETS = [dict(zip(FIELDS, values, strict=True)) for values in product(*FIELDS.values())]


@st.composite
def chains(draw):
    rows = []
    for number in range(draw(st.integers(0, 5))):
        row = {".id": f"*{number}", "action": draw(st.sampled_from(["accept", "drop", "return", "log", "mark-packet"]))}
        if row["action"] == "mark-packet":
            row["new-packet-mark"] = draw(st.sampled_from("xy"))
        for name, values in FIELDS.items():
            if draw(st.booleans()):
                row[name] = draw(st.sampled_from(["", "!"])) + draw(st.sampled_from(values))
        rows.append(row)
    return rows


def outcome(rows, packet):
    mark = None
    for row in rows:
        if all((packet[n] == row[n].strip("!")) != row[n].startswith("!") for n in FIELDS if n in row):
            if row["action"] == "mark-packet":
                mark = row["new-packet-mark"]
            elif row["action"] == "drop":
                return mark, "drop"
            elif row["action"] != "log":
                return mark, "accept"
    return mark, "accept"


@pytest.mark.property
@given(chains(), chains(), chains())
def test_the_walk_finds_a_worse_treatment_exactly_where_trying_every_packet_does(before, after, now):
    worse = any(
        old == new != there
        for packet in PACKETS
        for old, new, there in zip(*(outcome(rows, packet) for rows in (before, after, now)), strict=True)
    )
    regions = [box(packet) for packet in PACKETS]
    paths = tuple([step(row) for row in rows] for rows in (before, after, now))

    assert any(differs(region, paths, "accept", Budget(10**6)) for region in regions) == worse
