import pytest

from wiretik_provider.rules.model import rewritten
from wiretik_provider.rules.overlap import covers, may_match_state, may_overlap, memberships

LISTS = {"LAN": ["bridge"], "WAN": ["ether1", "pppoe-out1"]}


def rule(text):
    return dict(word.split("=", 1) for word in text.split())


DISJOINT = [
    ("protocol=tcp", "protocol=udp"),
    ("protocol=6", "protocol=udp"),
    ("protocol=!tcp", "protocol=6"),
    ("src-address=10.0.0.0/24", "src-address=10.0.1.0/24"),
    ("src-address=10.0.0.0/24", "src-address=!10.0.0.0/16"),
    ("dst-address=10.0.0.1-10.0.0.9", "dst-address=10.0.0.10"),
    ("dst-address=10.0.0.1", "dst-address=2001:db8::1"),
    ("protocol=udp dst-port=53,1000-2000", "protocol=udp dst-port=54-999"),
    ("protocol=udp dst-port=1500", "protocol=udp dst-port=!1000-2000"),
    ("in-interface=wg0", "in-interface=wg1"),
    ("in-interface=wg0", "in-interface=!wg0"),
    ("in-interface=bridge", "in-interface-list=!LAN"),
    ("in-interface=bridge", "in-interface-list=WAN"),
    ("out-interface-list=LAN", "out-interface-list=WAN"),
    ("in-interface-list=LAN", "in-interface-list=!LAN"),
    ("in-interface-list=office", "in-interface-list=!office"),
    ("in-interface-list=none", ""),
    ("in-interface-list=!all", "in-interface=wg0"),
    ("in-interface=all-ppp", "in-interface=!all-ppp"),
    ("connection-state=established,related", ""),
    ("connection-state=!new", ""),
    ("connection-nat-state=dstnat", "connection-nat-state=!dstnat"),
    ("src-address-list=a", "src-address-list=!a"),
    ("dst-address-type=local", "dst-address-type=!local"),
    ("connection-mark=no-mark", "connection-mark=vpn"),
    ("protocol=tcp tcp-flags=syn", "protocol=tcp tcp-flags=ack,!syn"),
    ("ipsec-policy=in,ipsec", "ipsec-policy=in,none"),
    ("interface=bridge", "interface=wg0"),
]

PERHAPS = [
    ("", ""),
    ("protocol=99", "protocol=udp"),
    ("protocol=!tcp", "protocol=!udp"),
    ("src-address=10.0.0.0/24", "src-address=10.0.0.128-10.0.1.5"),
    ("src-address=10.0.0.0/16", "src-address=!10.0.0.0/24"),
    ("src-address=10.0.0.0/24", "dst-address=10.0.1.0/24"),
    ("src-address=10.0.0.1%ether1@vpn", "src-address=10.0.0.2"),
    ("protocol=udp port=53", "protocol=udp dst-port=80"),
    ("protocol=udp src-port=53", "protocol=udp dst-port=80"),
    ("in-interface=wg0", "out-interface=wg1"),
    ("in-interface=wg0", "in-interface-list=office"),
    ("in-interface=wg0", "in-interface-list=!office"),
    ("in-interface=wg0", "in-interface-list=!LAN"),
    ("in-interface-list=LAN", "in-interface-list=office"),
    ("in-interface=bridge", "in-interface-list=all"),
    ("in-interface=pppoe-out1", "in-interface=all-ppp"),
    ("in-interface-list=dynamic", "in-interface=wg0"),
    ("connection-state=invalid,new", "connection-state=new"),
    ("connection-state=!invalid", "connection-state=new"),
    ("connection-state=!established,new", ""),
    ("connection-nat-state=dstnat", "connection-nat-state=srcnat"),
    ("src-address-list=a", "src-address-list=b"),
    ("dst-address-type=local", "dst-address-type=unicast"),
    ("limit=1,5:packet", "random=50"),
    ("ipsec-policy=in,ipsec", "ipsec-policy=out,none"),
]


@pytest.mark.parametrize(("one", "other"), DISJOINT)
def test_rules_that_no_packet_can_match_together_do_not_overlap(one, other):
    assert not may_overlap(rule(one), rule(other), lists=LISTS)
    assert not may_overlap(rule(other), rule(one), lists=LISTS)


@pytest.mark.parametrize(("one", "other"), PERHAPS)
def test_what_is_not_proven_overlaps(one, other):
    assert may_overlap(rule(one), rule(other), lists=LISTS)
    assert may_overlap(rule(other), rule(one), lists=LISTS)


def test_an_interface_list_proves_nothing_while_its_members_are_unknown():
    assert may_overlap(rule("in-interface=bridge"), rule("in-interface-list=WAN"))


def test_a_mark_that_the_menu_itself_sets_proves_nothing():
    marked, unmarked = rule("connection-mark=vpn"), rule("connection-mark=no-mark")

    changing = rewritten([rule("action=mark-connection new-connection-mark=vpn")])

    assert may_overlap(marked, unmarked, changing=changing)
    assert not may_overlap(marked, unmarked, changing=rewritten([rule("action=accept")]))


def test_the_state_asked_about_is_the_one_that_counts():
    established = rule("connection-state=established,related")

    assert may_match_state(established, "established")
    assert not may_match_state(established, "new")
    assert may_overlap(established, rule("action=drop"), state="established")


def test_a_rule_covers_another_only_if_all_it_asks_is_asked_there_too():
    drop_all = rule("chain=forward action=drop comment=x log-prefix=y")

    assert covers(drop_all, rule("chain=forward action=accept in-interface=wg0"))
    assert covers(rule("action=drop in-interface=wg0"), rule("action=accept in-interface=wg0 protocol=tcp"))
    assert not covers(rule("action=drop in-interface=wg0"), rule("action=accept out-interface=wg0"))


@pytest.mark.parametrize(
    ("lists", "members", "known"),
    [
        ([{"name": "LAN"}], [{"list": "LAN", "interface": "bridge"}], {"LAN": {"bridge"}}),
        ([{"name": "LAN"}], [{"list": "LAN", "interface": "bridge", "disabled": "true"}], {"LAN": set()}),
        (
            [{"name": "A", "include": "LAN"}, {"name": "LAN"}],
            [{"list": "LAN", "interface": "x"}],
            {"A": {"x"}, "LAN": {"x"}},
        ),
        ([{"name": "A", "include": "B"}, {"name": "B", "include": "A"}], [], {}),
        ([{"name": "A", "include": "dynamic"}], [], {}),
        ([{"name": "A", "exclude": "LAN"}, {"name": "LAN"}], [], {"LAN": set()}),
        ([{"name": "static", "builtin": "true"}], [], {}),
    ],
)
def test_an_interface_list_is_known_where_nothing_of_it_is_in_doubt(lists, members, known):
    assert memberships(lists, members) == known
