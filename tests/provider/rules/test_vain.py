"""Rules that do nothing where they stand: told with those that take their packets, and only where that is proved."""

import pytest

from wiretik_provider.codecs.unknown import UNKNOWN
from wiretik_provider.rules.vain import vain

LISTS = {"LAN": frozenset({"bridge"}), "WAN": frozenset({"ether1"})}
FACTORY = [
    "input accept connection-state=established,related,untracked",
    "input drop connection-state=invalid",
    "input accept protocol=icmp",
    "input drop in-interface-list=!LAN",
]
FORWARD = [
    "forward accept connection-state=established,related,untracked",
    "forward drop connection-state=invalid",
    "forward drop connection-state=new connection-nat-state=!dstnat in-interface-list=WAN",
]


def row(at, text):
    chain, action, *words = text.split()
    return {".id": f"*{at}", "chain": chain, "action": action, **dict(value(word) for word in words)}


def value(word):
    name, _, text = word.partition("=")
    return name, UNKNOWN if text == "unknown" else text


def judged(*texts, mine=-1, others=()):
    rows = [row(at, text) for at, text in enumerate(texts)]
    wanted = {rows[mine][".id"], *(rows[at][".id"] for at in others)}
    return [(one.takers, one.never) for one in vain(rows, wanted, LISTS)]


NEVER = {
    "an accept of the WAN behind the factory's drop": (
        [*FACTORY, "input accept in-interface=ether1 dst-port=1 protocol=udp"],
        (3,),
    ),
    "the same by list": ([*FACTORY, "input accept in-interface-list=WAN"], (3,)),
    "a tunnel's behind it": ([*FACTORY, "input accept in-interface=wg1 connection-state=new"], (3,)),
    "a ping behind the accept of pings": ([*FACTORY, "input drop protocol=icmp src-address=10.0.0.0/8"], (2,)),
    "whatever is behind a drop of all": (["forward drop", "forward accept src-address=10.1.1.1"], (0,)),
    "what a wider prefix takes": (
        ["forward drop src-address=10.0.0.0/8", "forward accept src-address=10.1.0.0/16"],
        (0,),
    ),
    "what wider ports take": (
        ["forward drop protocol=tcp dst-port=1-1000", "forward accept protocol=tcp dst-port=22,80-90"],
        (0,),
    ),
    "behind a return": (["c return", "c drop protocol=tcp"], (0,)),
    "what two halves take": (
        ["forward drop in-interface=bridge", "forward accept in-interface=!bridge", "forward drop protocol=tcp"],
        (0, 1),
    ),
    "a masquerade behind one for all": (["srcnat masquerade", "srcnat src-nat out-interface=wg0"], (0,)),
    "a mark behind one that ends there": (
        [
            "prerouting mark-routing in-interface=lan passthrough=false",
            "prerouting mark-routing in-interface=lan src-address=1.1.1.1",
        ],
        (0,),
    ),
}
IDLE = {
    "an accept of a port behind the factory's drop": [*FACTORY, "input accept protocol=udp dst-port=13231"],
    "an accept of everything": [*FACTORY, "input accept"],
    "an accept of what is new from the WAN": [
        *FORWARD,
        "forward accept connection-state=new dst-address=192.168.88.0/24",
    ],
}
SOUND = {
    "in front of the drop": (*FACTORY[:3], "input accept protocol=udp dst-port=13231", FACTORY[3]),
    "alone": ("input accept protocol=udp dst-port=13231",),
    "behind a drop, before another": (
        *FACTORY,
        "input accept protocol=tcp dst-port=22",
        "input drop in-interface=bridge",
    ),
    "before a jump that may drop": (*FACTORY, "input accept protocol=tcp dst-port=22", "input jump jump-target=c"),
    "a drop behind the factory's": (*FACTORY, "input drop protocol=tcp dst-port=23"),
    "behind a drop by chance": ("forward drop random=50", "forward drop src-address=10.1.1.1"),
    "behind a drop above a limit": ("forward drop limit=!10,5:packet", "forward drop src-address=10.1.1.1"),
    "behind a rule that is off": ("forward drop disabled=true", "forward drop src-address=10.1.1.1"),
    "behind a log": ("forward log", "forward drop src-address=10.1.1.1"),
    "behind a jump": ("forward jump jump-target=c", "forward drop src-address=10.1.1.1", "c drop"),
    "behind FastTrack": ("forward fasttrack-connection", "forward drop src-address=10.1.1.1"),
    "in another chain": ("input drop", "forward drop src-address=10.1.1.1"),
    "behind one of an unknown value": ("forward drop src-address=unknown", "forward drop src-address=10.1.1.1"),
    "itself of an unknown value": ("forward drop", "forward drop src-address=unknown"),
    "behind a mark that goes on": (
        "prerouting mark-connection in-interface=lan passthrough=true",
        "prerouting mark-routing in-interface=lan",
    ),
    "by a mark that a rule between gives": (
        "forward drop packet-mark=no-mark",
        "forward mark-packet new-packet-mark=a passthrough=true",
        "forward drop packet-mark=no-mark",
    ),
    "of a list whose members aren't known": ("forward drop in-interface-list=!OTHER", "forward drop in-interface=wg1"),
}


@pytest.mark.parametrize("kind", NEVER)
def test_a_rule_of_which_nothing_is_left_is_told_with_those_that_take_its_packets(kind):
    texts, takers = NEVER[kind]

    assert judged(*texts) == [(takers, True)]


@pytest.mark.parametrize("kind", IDLE)
def test_an_accept_that_lets_nobody_in_is_told_with_what_drops_its_packets(kind):
    [(takers, never)] = judged(*IDLE[kind])

    assert not never
    assert takers[-1] == len(IDLE[kind]) - 2


@pytest.mark.parametrize("kind", SOUND)
def test_what_does_something_or_isnt_sure_passes(kind):
    texts = SOUND[kind]
    mine = {
        "in front of the drop": 3,
        "behind a drop, before another": 4,
        "before a jump that may drop": 4,
        "behind a jump": 1,
    }

    assert judged(*texts, mine=mine.get(kind, -1)) == []


def test_what_the_programs_own_drop_takes_beside_others_is_chosen_so():
    texts = [
        "forward accept connection-state=established,related,untracked",
        "forward drop connection-state=invalid",
        "forward drop connection-state=new in-interface=wg0",
        "forward accept in-interface=wg0",
    ]

    assert judged(*texts) == [((0, 1, 2), True)]
    assert judged(*texts, others=[2]) == []
    assert judged("forward drop", "forward accept in-interface=wg0", others=[0]) == [((0,), True)]
