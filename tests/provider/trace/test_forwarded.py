"""A VPN for everything, and what it must neither take nor lose: other networks, and answers to forwarded ports."""

import pytest

from wiretik_provider.trace import Snapshot, packet, trace
from wiretik_provider.trace.questions.question import Question, ask
from wiretik_provider.trace.router.derive import derived

FILTER, NAT, MANGLE = ("/ip/firewall/" + name for name in ("filter", "nat", "mangle"))
LISTS, PEERS = "/ip/firewall/address-list", "/interface/wireguard/peers"
MARK = "prerouting mark-routing in-interface=lan dst-address-type=!local new-routing-mark=vpn passthrough=false"
FORWARDED = "dstnat dst-nat protocol=tcp dst-port=51413 to-addresses=192.168.88.50"
HOME = {
    "/interface": ["name=lan type=ether", "name=guests type=vlan", "name=wan type=ether"],
    "/interface/list": ["name=WAN"],
    "/interface/list/member": ["list=WAN interface=wan"],
    "/interface/wireguard": ["name=wg0", "name=wg1"],
    PEERS: [
        "interface=wg0 name=provider allowed-address=0.0.0.0/0 endpoint-address=198.51.100.41 endpoint-port=51820",
        "interface=wg1 name=office allowed-address=10.20.0.0/24",
    ],
    "/ip/address": [
        "address=192.168.88.1/24 interface=lan",
        "address=192.168.20.1/24 interface=guests",
        "address=203.0.113.2/24 interface=wan",
        "address=10.8.0.2/32 interface=wg0",
        "address=10.20.0.2/24 interface=wg1",
    ],
    "/ip/route": [
        "dst-address=0.0.0.0/0 gateway=203.0.113.1",
        "dst-address=0.0.0.0/0 gateway=wg0 routing-table=vpn",
    ],
    "/routing/table": ["name=vpn fib="],
    NAT: ["srcnat masquerade out-interface=wg0", "srcnat masquerade out-interface=wan"],
    MANGLE: [MARK],
}


def row(menu, text):
    words = text.split()
    if "/firewall/" in menu and menu != LISTS:
        words = [f"chain={words[0]}", f"action={words[1]}", *words[2:]]
    return dict(word.partition("=")[::2] for word in words)


def asked(kind, by, menus, **more):
    every = {**HOME, **menus}
    rows = {
        menu: [{".id": f"*{at:X}", **row(menu, text)} for at, text in enumerate(lines, 1)]
        for menu, lines in every.items()
    }
    question = Question(kind=kind, by=by, source="192.168.88.0/24", enters="lan", **more)
    return ask(Snapshot(derived(rows)), question)


STATES = "connection-state={} "
BY_MARK = [
    "prerouting mark-connection in-interface=lan connection-state=new new-connection-mark=vpn passthrough=true",
    "prerouting mark-routing in-interface=lan connection-mark=vpn dst-address-type=!local new-routing-mark=vpn",
]
LEAKS = {
    "new ones alone are marked": {MANGLE: [MARK.replace("in-", "connection-state=new in-")]},
    "SYNs alone are marked": {MANGLE: [MARK.replace("in-", "protocol=tcp tcp-flags=syn,!ack in-")]},
    "answers of forwarded ports are left out": {
        MANGLE: [MARK.replace("in-", "connection-nat-state=!dstnat in-")],
        NAT: [*HOME[NAT], FORWARDED + " in-interface=wg0"],
    },
    "answers have no connection mark": {MANGLE: BY_MARK, NAT: [*HOME[NAT], FORWARDED + " in-interface=wg0"]},
    "whatever comes to the port is forwarded": {MANGLE: BY_MARK, NAT: [*HOME[NAT], FORWARDED]},
    "established ones are marked, and new ones aren't": {
        MANGLE: [MARK.replace("in-", "connection-state=established in-")]
    },
    "those whose connection has a mark are left out": {
        MANGLE: [
            MARK.replace("passthrough=false", "passthrough=true connection-mark=no-mark"),
            "prerouting mark-connection in-interface=lan new-connection-mark=seen passthrough=true",
        ]
    },
}
TIGHT = {
    "all are marked": {},
    "the connection is marked, and each packet by that": {MANGLE: BY_MARK},
    "a port is forwarded from the WAN": {
        MANGLE: [MARK.replace("in-", "connection-nat-state=!dstnat in-")],
        NAT: [*HOME[NAT], FORWARDED + " in-interface=wan"],
    },
    "a port is forwarded from the VPN, and its answers are marked": {
        NAT: [*HOME[NAT], FORWARDED + " in-interface=wg0"]
    },
    "a port of another LAN is forwarded": {
        MANGLE: BY_MARK,
        NAT: [*HOME[NAT], FORWARDED.replace(".88.", ".20.") + " in-interface=wg0"],
    },
    "a port is forwarded from the office, which main knows": {
        MANGLE: BY_MARK,
        NAT: [*HOME[NAT], FORWARDED + " in-interface=wg1"],
    },
}


def with_source(menus):
    """The same with a src-nat into the tunnel, whose later packets Linux doesn't stop."""
    nat = menus.get(NAT, HOME[NAT])
    return {
        **menus,
        NAT: [
            text.replace("masquerade out-interface=wg0", "src-nat out-interface=wg0 to-addresses=10.8.0.2")
            for text in nat
        ],
    }


@pytest.mark.parametrize("kind", LEAKS)
def test_a_lan_of_which_some_packets_go_past_the_vpn_is_told(kind):
    answer = asked("never_leaves_by", "WAN", with_source(LEAKS[kind]))

    assert answer.holds is False, answer
    assert "out of wan" in answer.text
    assert answer.cure or "at first" not in answer.text


@pytest.mark.parametrize("kind", TIGHT)
def test_a_lan_all_of_whose_packets_take_the_vpn_passes(kind):
    for menus in (TIGHT[kind], with_source(TIGHT[kind])):
        answer = asked("never_leaves_by", "WAN", menus)
        assert answer.holds is True, answer


def test_what_becomes_of_a_masqueraded_connection_by_another_way_no_source_says():
    answer = asked("never_leaves_by", "WAN", LEAKS["new ones alone are marked"])

    assert answer.holds is None
    assert "masqueraded by wg0" in answer.text


LISTED = {MANGLE: [MARK.replace("in-", "dst-address-list=!noVPN in-")]}


def test_another_network_of_the_routers_that_the_vpn_takes_is_told_with_the_cure():
    answer = asked("keeps_off", "wg0", LISTED)

    assert answer.holds is False
    assert "192.168.20.2 is marked vpn and sent into the tunnel wg0" in answer.text
    assert "put 192.168.20.0/24 into the address list noVPN" in answer.cure


@pytest.mark.parametrize(
    "menus",
    [
        {**LISTED, LISTS: ["list=noVPN address=192.168.20.0/24", "list=noVPN address=10.20.0.0/24"]},
        {
            **LISTED,
            LISTS: ["list=noVPN address=10.20.0.0/24"],
            FILTER: ["forward drop in-interface=lan out-interface=guests"],
        },
        {**LISTED, "/ip/address": [one for one in HOME["/ip/address"] if "wg1" not in one and "guests" not in one]},
    ],
    ids=["listed", "kept apart by the firewall", "no other network"],
)
def test_a_vpn_that_takes_nothing_of_the_routers_own_networks_passes(menus):
    assert asked("keeps_off", "wg0", menus).holds is True


def test_a_later_packet_that_is_dropped_doesnt_reach():
    drop = {FILTER: ["forward drop connection-state=established in-interface=lan"]}
    answer = asked("reaches", "", drop, to=("1.1.1.1",), port=443)

    assert answer.holds is False
    assert "a later packet is dropped by filter rule 0" in answer.text
    assert 'accept connection_state="established,related"' in answer.cure
    assert asked("reaches", "", {FILTER: [drop[FILTER][0].replace("established", "invalid")]}, to=("1.1.1.1",)).holds


def test_an_answer_from_another_address_than_was_asked_is_none():
    nat = [*HOME[NAT], "dstnat dst-nat protocol=tcp dst-port=80 dst-address=192.168.88.1 to-addresses=192.168.20.9"]
    raw = {"/ip/firewall/raw": ["prerouting notrack in-interface=guests"], NAT: nat, MANGLE: []}

    lost, fine = (asked("reaches", "", menus, to=("192.168.88.1",), port=80) for menus in (raw, {NAT: nat, MANGLE: []}))

    assert lost.holds is False
    assert "its answer is" in lost.text
    assert fine.holds is True, fine


@pytest.mark.parametrize(
    ("masquerade", "asker", "answered"),
    [
        ([], "192.168.88.10", False),
        ([{"chain": "srcnat", "src-address": "192.168.88.0/24", "action": "masquerade"}], "192.168.88.10", True),
        ([], "192.168.90.10", True),
    ],
    ids=["a neighbour", "a neighbour, with a masquerade", "another network"],
)
def test_who_is_led_to_a_neighbour_is_answered_past_the_router(masquerade, asker, answered):
    lead = {"chain": "dstnat", "action": "dst-nat", "protocol": "udp", "to-addresses": "192.168.88.53"}
    rows = {
        "/interface": [{"name": "lan"}],
        "/ip/address": [
            {"address": "192.168.88.1/24", "interface": "lan"},
            {"address": "192.168.90.1/24", "interface": "lan"},
        ],
        "/ip/firewall/nat": [lead, *masquerade],
    }
    found = trace(Snapshot(derived(rows)), packet(asker, "192.168.88.1", protocol="udp", port=53, enters="lan"))

    assert (found.leaves, found.answered) == ("lan", answered)
    assert ("answers 192.168.88.10 directly" in str(found)) is (answered is False)
