"""Real packets decide: two lines, a link without a network, LANs on VLANs, answers by another way, routing rules.

A router with three lines to the internet and two LANs. Where a gateway may be dead each world is one router in the lab,
and the kernel chooses by distance among what is left.
"""

import itertools

import pytest

from packets import routers
from packets.judging import differences, tell
from packets.network import Network, host, numbered
from packets.test_random import known
from wiretik_provider.trace import Disposition, Snapshot, packet, trace
from wiretik_provider.trace.router.derive import derived
from wiretik_provider.trace.router.doubts import supposing

ONE, TWO, THREE = "203.0.113.1", "203.0.112.1", "203.0.114.1"
"""Far ends of ether1, ether2 and pppoe-out1; the router is 2 in each network."""
LAN, OTHER = "192.168.88.10", "192.168.20.10"
SERVERS = ("198.18.0.10", "198.18.0.20")
SOME = "192.168.0.0/16"


def outside():
    rows = routers.internet("203.0.113.2", SERVERS)
    rows["/interface"] = [*rows["/interface"], *({"name": name, "type": "ether"} for name in ("rt2", "ppp"))]
    rows["/ip/address"] = [
        *rows["/ip/address"],
        {"address": f"{TWO}/24", "interface": "rt2"},
        {"address": f"{THREE}/32", "network": "203.0.114.2", "interface": "ppp"},
    ]
    return rows


AROUND = {"lan": host(f"{LAN}/24", "192.168.88.1"), "lanb": host(f"{OTHER}/24", "192.168.20.1"), "inet": outside()}
LINES = ("ether1", "ether2", "pppoe-out1")
BASE = {
    "/interface": [
        {"name": "bridge", "type": "bridge"},
        {"name": "vlan20", "type": "vlan"},
        {"name": "ether1", "type": "ether"},
        {"name": "ether2", "type": "ether"},
        {"name": "pppoe-out1", "type": "pppoe-out"},
    ],
    "/interface/list": [{"name": "WAN"}, {"name": "LAN"}],
    "/interface/list/member": [
        *({"list": "WAN", "interface": name} for name in LINES),
        *({"list": "LAN", "interface": name} for name in ("bridge", "vlan20")),
    ],
    "/ip/address": [
        {"address": "192.168.88.1/24", "interface": "bridge"},
        {"address": "192.168.20.1/24", "interface": "vlan20"},
        {"address": "203.0.113.2/24", "interface": "ether1"},
        {"address": "203.0.112.2/24", "interface": "ether2"},
        {"address": "203.0.114.2/32", "network": THREE, "interface": "pppoe-out1"},
    ],
    "/routing/table": [{"name": "two", "fib": ""}, {"name": "ppp", "fib": ""}],
}
MASQUERADE = {"chain": "srcnat", "action": "masquerade", "out-interface-list": "WAN"}
FORWARDED = {
    "chain": "dstnat",
    "action": "dst-nat",
    "in-interface-list": "WAN",
    "protocol": "tcp",
    "dst-port": "8080",
    "to-addresses": LAN,
}
BY_ONE = {"dst-address": "0.0.0.0/0", "gateway": ONE}
IN_TWO = {"dst-address": "0.0.0.0/0", "gateway": TWO, "routing-table": "two"}
IN_PPP = {"dst-address": "0.0.0.0/0", "gateway": "pppoe-out1", "routing-table": "ppp"}


def came_by(name, table):
    """Answers go by the line that their question came by."""
    yield {
        "chain": "prerouting",
        "action": "mark-connection",
        "in-interface": name,
        "connection-state": "new",
        "new-connection-mark": table,
    }
    yield {
        "chain": "prerouting",
        "action": "mark-routing",
        "in-interface-list": "LAN",
        "connection-mark": table,
        "new-routing-mark": table,
    }


MARKS = [*came_by("ether2", "two"), *came_by("pppoe-out1", "ppp")]
APART = [
    {"chain": "forward", "action": "accept", "connection-state": "established,related"},
    {"chain": "forward", "action": "drop", "in-interface": "vlan20", "out-interface-list": "!WAN"},
    {"chain": "forward", "action": "accept", "in-interface-list": "LAN"},
    {"chain": "forward", "action": "accept", "connection-nat-state": "dstnat"},
    {"chain": "forward", "action": "drop"},
    {"chain": "input", "action": "drop", "in-interface": "vlan20", "protocol": "tcp", "dst-port": "8729"},
]


def rule(table, action="lookup", **asked):
    return {"action": action, "table": table, **{name.replace("_", "-"): text for name, text in asked.items()}}


CASES = {
    "answers by another line than the question": {"/ip/route": [BY_ONE], "/ip/firewall/nat": [MASQUERADE, FORWARDED]},
    "answers by the line of the question": {
        "/ip/route": [BY_ONE, IN_TWO, IN_PPP],
        "/ip/firewall/nat": [MASQUERADE, FORWARDED],
        "/ip/firewall/mangle": MARKS,
    },
    "a link without a network as the only line": {
        "/ip/route": [{"dst-address": "0.0.0.0/0", "gateway": "pppoe-out1"}],
        "/ip/firewall/nat": [MASQUERADE, FORWARDED],
        "/ip/firewall/filter": APART,
    },
    "LANs that are kept apart": {
        "/ip/route": [BY_ONE],
        "/ip/firewall/nat": [MASQUERADE],
        "/ip/firewall/filter": APART,
    },
    "a LAN by its own line": {
        "/ip/route": [BY_ONE, IN_TWO],
        "/ip/firewall/nat": [MASQUERADE],
        "/routing/rule": [rule("main", dst_address=SOME), rule("two", "lookup-only-in-table", interface="vlan20")],
    },
    "a LAN by its own line, and main first for what main knows": {
        "/ip/route": [BY_ONE, IN_TWO],
        "/ip/firewall/nat": [MASQUERADE],
        "/routing/rule": [rule("main", min_prefix="0"), rule("two", src_address="192.168.20.0/24")],
    },
    "a LAN without main first": {
        "/ip/route": [BY_ONE, IN_PPP],
        "/ip/firewall/nat": [MASQUERADE],
        "/routing/rule": [rule("ppp", "lookup-only-in-table", src_address="192.168.20.0/24")],
    },
    "rules that end": {
        "/ip/route": [BY_ONE, IN_TWO],
        "/ip/firewall/nat": [MASQUERADE],
        "/routing/rule": [
            rule("main", "unreachable", src_address="192.168.20.0/24", dst_address="198.18.0.20/32"),
            rule("main", "drop", interface="bridge", dst_address="198.18.0.10/32"),
        ],
    },
    "without a masquerade on the second line": {
        "/ip/route": [BY_ONE, IN_TWO],
        "/ip/firewall/nat": [{**MASQUERADE, "out-interface": "ether1"}],
        "/routing/rule": [rule("two", src_address="192.168.20.0/24")],
    },
}


def probes(number):
    """From each LAN, the internet and the router to each other."""
    ours = ("203.0.113.2", "203.0.112.2", "203.0.114.2")
    asked = [
        *(("lan", LAN, to) for to in (*SERVERS, OTHER, "192.168.88.1", "192.168.20.1", TWO)),
        *(("lanb", OTHER, to) for to in (*SERVERS, LAN, "192.168.20.1", "192.168.88.1", THREE)),
        *(("inet", far, to) for far, to in itertools.product((SERVERS[0],), ours)),
        *(("rt", "", to) for to in (SERVERS[1], LAN, OTHER)),
    ]
    kinds = [("tcp", 8080), ("udp", 53), ("icmp", 8080), ("tcp", 8729)]
    every = [(*one, *kind) for one in asked for kind in kinds if one[0] != "inet" or kind[1] == 8080]
    return [
        {
            "id": 20000 + (number * 80 + at) % 15000,
            "space": space,
            "src": src,
            "dst": dst,
            "protocol": name,
            "port": port,
        }
        for at, (space, src, dst, name, port) in enumerate(every)
    ]


def judged(lab, rows, made, number):
    lab.configure(rows)
    return differences(lab, made, probes(number), known, hop_by_hop=True)


@pytest.mark.parametrize(("number", "name"), list(enumerate(CASES)))
def test_a_packet_takes_the_way_that_the_tracer_says(lab, number, name):
    rows = {**AROUND, "rt": {**BASE, **CASES[name]}}
    wrong, counts = judged(lab, rows, Network(rows), number)

    tell(name, *counts)
    assert not wrong, "\n".join(wrong[:3])


CHECKED = [
    {**BY_ONE, "distance": "1", "check-gateway": "ping"},
    {**BY_ONE, "gateway": TWO, "distance": "2", "check-gateway": "ping"},
    {"dst-address": "0.0.0.0/0", "gateway": "pppoe-out1", "distance": "3"},
    {"dst-address": "198.18.0.20/32", "gateway": TWO, "distance": "1", "check-gateway": "ping"},
    {"dst-address": "198.18.0.20/32", "blackhole": "", "distance": "9"},
]


def test_each_world_of_two_lines_by_distance_is_as_the_kernel_has_it(lab):
    menus = numbered({**BASE, "/ip/firewall/nat": [MASQUERADE]})
    there = Snapshot(derived({**menus, "/ip/route": numbered({"": CHECKED})[""]}, derived(menus)), name="rt")
    told = trace(there, packet(LAN, SERVERS[0], port=8080, enters="bridge")).worlds
    seen, counts = [], []
    for number, dead in enumerate(((), (ONE,), (TWO,), (ONE, TWO))):
        world = there
        for gateway in (ONE, TWO):
            world = supposing(world, f"gateway {gateway}", "no" if gateway in dead else "yes")
        left = [row for row in CHECKED if row.get("gateway") not in dead]
        rows = {**AROUND, "rt": {**BASE, "/ip/firewall/nat": [MASQUERADE], "/ip/route": left}}
        made = Network({**AROUND, "rt": world.rows}, ready=("rt",))
        wrong, count = judged(lab, rows, made, 20 + number)
        assert not wrong, "\n".join([f"dead: {dead}", *wrong[:3]])
        counts.append(count)
        seen.append(trace(world, packet(LAN, SERVERS[0], port=8080, enters="bridge")).leaves)

    tell("worlds of two lines by distance", *map(sum, zip(*counts, strict=True)))
    assert seen == ["ether1", "ether2", "ether1", "pppoe-out1"]
    assert [world.found.leaves for world in told] == ["ether1", "ether2", "pppoe-out1"]
    assert all(world.found.disposition is Disposition.FORWARDED for world in told)
