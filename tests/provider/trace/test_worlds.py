"""Ways of which it isn't known whether they are up: each world is followed whole; what ends alike in all is known."""

import pytest

from wiretik_provider.trace import UNKNOWN, Disposition, Snapshot, entrance, packet, trace
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived, network_key

LAN = {
    "/interface": [{"name": "lan"}, {"name": "wan1"}, {"name": "wan2"}],
    "/ip/address": [
        {"address": "192.168.88.1/24", "interface": "lan"},
        {"address": "203.0.113.2/24", "interface": "wan1"},
        {"address": "198.51.100.2/24", "interface": "wan2"},
    ],
    "/ip/firewall/nat": [{"chain": "srcnat", "out-interface": "!lan", "action": "masquerade"}],
}
ONE, TWO = "203.0.113.1", "198.51.100.1"
ASKED = packet("192.168.88.10", "192.0.2.9", port=443, enters="lan")


def route(gateway="", distance="1", dst="0.0.0.0/0", **more):
    far = {"gateway": gateway} if gateway else {"blackhole": ""}
    return {
        "dst-address": dst,
        "distance": distance,
        **far,
        **{name.replace("_", "-"): text for name, text in more.items()},
    }


def checked(gateway, distance="1", **more):
    return route(gateway, distance, check_gateway="ping", **more)


def planned(*routes, **menus):
    """The router after a change that made these routes, as a gate sees it."""
    rows = {**LAN, **{f"/{path}": some for path, some in menus.items()}}
    before = {path: rows[path] for path in LAN}
    made = [{".id": f"+{at}", **row} for at, row in enumerate(routes)]
    return Snapshot(derived({**rows, "/ip/route": made}, derived(before)))


def ends(found):
    return [(world.told, world.found.leaves or world.found.disposition) for world in found.worlds]


def test_two_lines_by_distance_are_followed_each_with_the_other_one_dead():
    found = trace(planned(checked(ONE), checked(TWO, "2")), ASKED)

    assert found.disposition is Disposition.UNKNOWN
    assert ends(found) == [
        (f"while {ONE} answers", "wan1"),
        (f"while {ONE} doesn't answer and while {TWO} answers", "wan2"),
        (f"while {ONE} doesn't answer and while {TWO} doesn't answer", Disposition.NO_ROUTE),
    ]
    assert [world.found.answered for world in found.worlds] == [True, True, False]
    assert "doesn't answer" in found.verdict


def test_what_ends_alike_in_all_worlds_is_known():
    found = trace(planned(checked(ONE), checked("203.0.113.9", "2"), route("wan1", "3")), ASKED)

    assert (found.disposition, found.leaves, found.answered) == (Disposition.FORWARDED, "wan1", True)
    assert found.worlds == ()
    assert any("it ends alike either way" in note for note in found.notes)


@pytest.mark.parametrize("off", [False, True])
def test_a_list_that_the_routers_dns_server_fills_may_have_any_address(off):
    record = {"name": "example.net", "type": "FWD", "address-list": "by-vpn", "match-subdomain": "true"}
    rules = [{"chain": "forward", "action": "drop", "dst-address-list": "by-vpn", "in-interface": "lan"}]
    menus = {"ip/dns/static": [record | ({"disabled": "true"} if off else {})], "ip/firewall/filter": rules}

    found = trace(planned(route(ONE), **menus), ASKED)

    assert ends(found) == (
        []
        if off
        else [("if example.net isn't 192.0.2.9", "wan1"), ("if example.net is 192.0.2.9", Disposition.DROPPED)]
    )
    assert (found.leaves == "wan1") is off


def test_a_list_isnt_known_where_the_records_that_may_fill_it_couldnt_be_read():
    rules = [{"chain": "forward", "action": "drop", "dst-address-list": "by-vpn"}]
    there = planned(route(ONE), **{"ip/firewall/filter": rules})

    found = trace(Snapshot(there.rows, {"/ip/dns/static": "no permission"}), ASKED)

    assert "/ip/dns/static couldn't be read" in found.because


def test_routes_by_one_gateway_are_up_or_down_together():
    rules = [{"chain": "prerouting", "action": "mark-routing", "new-routing-mark": "vpn", "in-interface": "lan"}]
    found = trace(
        planned(
            checked(ONE), route(TWO, "5"), checked(ONE, routing_table="vpn"),
            **{"routing/table": [{"name": "vpn", "fib": ""}], "ip/firewall/mangle": rules},
        ),
        ASKED,
    )  # fmt: skip

    assert ends(found) == [(f"while {ONE} answers", "wan1"), (f"while {ONE} doesn't answer", "wan2")]


def test_a_recursive_route_goes_on_by_what_its_gateway_is_reached_by_then():
    far = "9.9.9.9"
    found = trace(
        planned(
            checked(ONE, dst=f"{far}/32", scope="10"),
            route(TWO, "2", dst=f"{far}/32", scope="10"),
            route(far, scope="30", target_scope="11"),
        ),
        ASKED,
    )

    assert ends(found) == [(f"while {ONE} answers", "wan1"), (f"while {ONE} doesn't answer", "wan2")]


def test_a_recursive_check_falls_back_to_the_next_default_route():
    far = "9.9.9.9"
    found = trace(
        planned(route(ONE, dst=f"{far}/32", scope="10"), checked(far, target_scope="11"), route(TWO, "2")), ASKED
    )

    assert ends(found) == [(f"while {far} answers", "wan1"), (f"while {far} doesn't answer", "wan2")]


def test_what_an_unknown_line_holds_is_supposed_of_each_line_and_of_none():
    rows = derived({**LAN, "/ip/address": LAN["/ip/address"][:1], "/ip/firewall/nat": []})
    key = network_key(ONE, ["wan1", "wan2"])
    far = {**route(ONE), "active": UNKNOWN, "doubt": key, "hangs": key}
    found = trace(Snapshot({**rows, "/ip/route": [*rows["/ip/route"], far]}), ASKED)

    assert [place for _, place in ends(found)] == ["wan1", "wan2", Disposition.NO_ROUTE]
    assert ends(found)[0][0] == f"if {ONE} is in the network that wan1 gets"


def test_a_route_that_may_be_there_stands_before_the_one_that_is():
    rows = derived({**LAN, "/ip/route": [route(TWO, "2")]})
    far = {**route("wan1"), "active": UNKNOWN, "dynamic": "true"}
    found = trace(Snapshot({**rows, "/ip/route": [*rows["/ip/route"], far]}), ASKED)

    assert [place for _, place in ends(found)] == ["wan1", "wan2"]
    assert ends(found)[1][0] == "without a route 0.0.0.0/0 by wan1 in main"


def test_a_hash_chooses_one_of_equal_routes_for_the_whole_connection():
    apart = trace(planned(route(ONE), route(TWO)), ASKED)
    alike = trace(planned(route(ONE), route("203.0.113.9")), ASKED)

    assert [place for _, place in ends(apart)] == ["wan1", "wan2"]
    assert [world.found.answered for world in apart.worlds] == [True, True]
    assert (alike.leaves, alike.worlds) == ("wan1", ())


def test_a_hash_chooses_one_of_several_gateways():
    found = trace(planned(route(f"{ONE},{TWO}")), ASKED)

    assert [place for _, place in ends(found)] == ["wan1", "wan2"]


@pytest.mark.parametrize("kind", ["both-addresses", "src-address", "both-addresses-and-ports"])
def test_a_classifier_gives_a_connection_exactly_one_remainder(kind):
    def mark(remainder):
        match = {
            "connection-mark": "no-mark",
            "per-connection-classifier": f"{kind}:2/{remainder}",
            "in-interface": "lan",
        }
        return {"chain": "prerouting", "action": "mark-connection", "new-connection-mark": f"to{remainder}", **match}

    def by(remainder):
        return {
            "chain": "prerouting", "action": "mark-routing", "new-routing-mark": f"to{remainder}",
            "connection-mark": f"to{remainder}", "in-interface": "lan",
        }  # fmt: skip

    found = trace(
        planned(
            route(ONE, routing_table="to0"), route(TWO, routing_table="to1"), route("203.0.113.77", "9"),
            **{
                "routing/table": [{"name": name, "fib": ""} for name in ("to0", "to1")],
                "ip/firewall/mangle": [mark(0), mark(1), by(0), by(1)],
            },
        ),
        ASKED,
    )  # fmt: skip

    assert ends(found) == [(f"where {kind}:2 gives 0", "wan1"), (f"where {kind}:2 gives 1", "wan2")]
    assert [world.found.answered for world in found.worlds] == [True, True]


def test_a_way_without_a_name_is_told_without_one():
    rows = derived(LAN)
    far = {**route(UNKNOWN), "active": UNKNOWN, "dynamic": "true"}
    found = trace(Snapshot({**rows, "/ip/route": [*rows["/ip/route"], far]}), ASKED)

    assert [told for told, _ in ends(found)] == [f"{word} a route 0.0.0.0/0 in main" for word in ("with", "without")]
    assert "\0" not in str(found)


def test_worlds_are_bounded_and_what_is_beyond_stays_unknown():
    many = [checked(f"203.0.113.{10 + at}", str(at + 1)) for at in range(40)]
    found = trace(planned(*many), ASKED)

    assert found.disposition is Disposition.UNKNOWN
    assert len(found.worlds) <= 32


def test_doubts_that_do_not_matter_to_a_packet_make_no_worlds():
    found = trace(planned(route(ONE), checked(TWO, dst="10.0.0.0/8")), ASKED)

    assert (found.leaves, found.worlds, found.notes) == ("wan1", (), ())


def test_an_expectation_that_something_never_is_breaks_in_one_world_and_names_it():
    never = Question(kind="never_leaves_by", source="192.168.88.0/24", by="wan2", to=("192.0.2.9",))
    broken = ask(planned(checked(ONE), route(TWO, "2")), never)
    kept = ask(planned(checked(ONE), route(distance="2")), never)

    assert broken.holds is False
    assert f"while {ONE} doesn't answer" in broken.text
    assert kept.holds is True


@pytest.mark.parametrize(
    ("behind", "holds"),
    [(route(TWO, "2"), True), (route(distance="2"), None)],
)
def test_what_is_wanted_is_refused_only_where_it_is_in_no_world(behind, holds):
    there = Question(kind="reaches", source="192.168.88.0/24", to=("192.0.2.9",))
    answer = ask(planned(checked(ONE), behind), there)

    assert answer.holds is holds
    assert (f"while {ONE} doesn't answer" in answer.text) == (holds is None)


def test_where_a_packet_comes_in_is_known_if_all_worlds_agree():
    apart = planned(checked("192.168.88.2", dst="10.5.0.0/16"), route(TWO, "2", dst="10.5.0.0/16"))
    alike = planned(checked("192.168.88.2", dst="10.5.0.0/16"), route("192.168.88.3", "2", dst="10.5.0.0/16"))
    asked = packet("10.5.0.9", "192.0.2.9").src

    assert entrance(apart, asked) is None
    assert entrance(alike, asked) == "lan"


def named(text="x.example", name="far"):
    rows = derived({**LAN, "/ip/route": [route(ONE)]})
    entry = {"list": name, "address": text}
    drop = {"chain": "forward", "action": "drop", "dst-address-list": "far", "connection-state": "new"}
    return Snapshot({**rows, "/ip/firewall/address-list": [entry], "/ip/firewall/filter": [drop]})


@pytest.mark.parametrize(("text", "told"), [("x.example", "x.example"), (UNKNOWN, "list far's unknown entry")])
def test_a_name_on_a_list_is_supposed_to_be_the_address_and_not_to_be_it(text, told):
    found = trace(named(text), ASKED)

    assert ends(found) == [(f"if {told} isn't 192.0.2.9", "wan1"), (f"if {told} is 192.0.2.9", Disposition.DROPPED)]


def test_what_nobody_knows_and_what_does_not_come_and_go_breaks_no_expectation():
    never = Question(kind="never_leaves_by", source="192.168.88.0/24", by="wan1", to=("192.0.2.9",))
    rows = named().rows
    answer = ask(Snapshot(rows), never)

    assert answer.holds is None
    assert "if x.example isn't 192.0.2.9" in answer.text


def test_a_rule_with_a_value_that_is_not_known_is_for_all_packets_that_are_alike_or_for_none():
    rows = derived({**LAN, "/ip/route": [route(ONE)]})
    lead = {"chain": "dstnat", "action": "dst-nat", "to-addresses": "192.168.88.7", "dst-address": UNKNOWN}
    found = trace(Snapshot({**rows, "/ip/firewall/nat": [lead]}), ASKED)

    assert [place for _, place in ends(found)] == ["wan1", "lan"]
    assert ends(found)[0][0] == "if NAT rule 0 isn't for what goes from 192.168.88.10 to 192.0.2.9"


def test_what_is_reached_by_a_gateway_that_is_not_known_hangs_on_it():
    hidden = {**route(UNKNOWN, dst="9.9.9.9/32", scope="10"), "active": UNKNOWN}
    rows = derived({**LAN, "/ip/route": [hidden, route("9.9.9.9", target_scope="11"), route(TWO, "2")]})
    found = trace(Snapshot(rows), ASKED)

    assert ends(found) == [
        ("with a route 9.9.9.9/32 in main", Disposition.UNKNOWN),
        ("without a route 9.9.9.9/32 in main", "wan2"),
    ]
    assert "by which interface 9.9.9.9 is reached isn't known" in found.worlds[0].found.verdict


# --- what is taken to answer -----------------------------------------------------------------------------------------


def asks(snapshot, kind, by, **more):
    question = Question(kind=kind, source="192.168.88.10", to=("192.0.2.9",), enters="lan", by=by, port=443, **more)
    return ask(snapshot, question)


WAYS = [
    (("wan1",), {"up": "wan1"}, True),
    (("wan2",), {"down": "wan1", "up": "wan2"}, True),
    (("wan2",), {"down": "wan1"}, None),
    (("wan1",), {"up": "wan2"}, None),
    (("wan1",), {"up": ["wan1", "wan2"]}, True),
    (("wan1",), {"down": ["wan1", "wan2"]}, False),
]


@pytest.mark.parametrize(("by", "supposed", "holds"), WAYS)
def test_a_question_may_take_gateways_to_answer_while_others_are_down(by, supposed, holds):
    lines = planned(checked(ONE), checked(TWO, "2"), route(distance="250"))

    assert asks(lines, "leaves_by", *by, **supposed).holds is holds


@pytest.mark.parametrize(("one", "two"), [("active", "inactive"), ("inactive", "active")])
@pytest.mark.parametrize(("by", "supposed", "holds"), [way for way in WAYS if way[2] is not None])
def test_what_is_taken_to_answer_counts_whatever_the_router_found_last(one, two, by, supposed, holds):
    menus = derived(LAN)
    routes = [
        {".id": "*1", one: "true", "immediate-gw": f"{ONE}%wan1", **checked(ONE)},
        {".id": "*2", two: "true", "immediate-gw": f"{TWO}%wan2", **checked(TWO, "2")},
        {".id": "*3", "inactive": "true", **route(distance="250")},
    ]
    lines = Snapshot({**menus, "/ip/route": [*menus["/ip/route"], *routes]})

    assert asks(lines, "leaves_by", *by, **supposed).holds is holds
    assert asks(lines, "never_leaves_by", *by, **supposed).holds is not holds


def test_a_question_says_what_it_takes_for_granted():
    lines = planned(checked(ONE), checked(TWO, "2"))

    told = asks(lines, "leaves_by", "wan1", down="wan1", up=["wan2"])

    assert "while wan1 is down and wan2 answers, is forwarded out of wan2" in told.text
