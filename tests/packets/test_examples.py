"""Real packets decide: every example, from the rows that its deployment leaves on a factory router."""

import functools

import pytest

from packets import sites
from packets.judging import differences, tell
from wiretik_provider.trace.questions.question import while_answering

ELSEWHERE = {"routed-mesh"}
"""Those whose network is another one (tests/packets/test_routed.py)."""
EXAMPLES = sorted({path.parent.name for path in sites.EXAMPLES.glob("*/Pulumi.lab.yaml")} - ELSEWHERE)
PROMISES = {
    "always-on": {("lan", "1.1.1.1"): ("c", "10.8.0.2"), ("lan", "172.16.50.9"): ("d", "10.20.0.2")},
    "backup-vpn": {("lan", "1.1.1.1"): ("c", "10.8.0.2"), ("lan", "192.168.88.1"): ("rt", "192.168.88.10")},
    "bridged-lan": {("lan", "1.1.1.1"): ("inet", "203.0.113.2")},
    "forwarded-ports": {
        ("d", "10.8.0.2", "1.1.1.1", 9999): ("lan", "1.1.1.1"),
        ("c", "10.60.0.2", "9.9.9.9", 8080): ("lan", "9.9.9.9"),
        ("lan", "1.1.1.1"): ("d", "10.8.0.2"),
        ("lan", "198.51.100.20", "", 8080): ("lan", "192.168.88.1"),
    },
    "home": {("lan", "1.1.1.1"): ("c", "10.8.0.2"), ("b", "1.1.1.1"): ("inet", "198.51.100.2")},
    "home-by-rows": {("lan", "1.1.1.1"): ("c", "10.8.0.2"), ("lan", "172.16.50.9"): ("d", "10.20.0.2")},
    "relay": {("b", "192.168.10.9"): ("lana", "192.168.10.1"), ("b", "10.99.0.2"): ("a", "10.99.0.3")},
    "relay-exit-node": {("b", "1.1.1.1"): ("inet", "198.51.100.2"), ("b", "192.168.88.10"): ("lan", "10.99.0.3")},
    "road-warriors": {("a", "192.168.88.10"): ("lan", "10.9.0.2"), ("b", "1.1.1.1"): ("inet", "203.0.113.2")},
    "selective-vpn": {("lan", "9.9.9.9"): ("c", "10.8.0.2"), ("lan", "1.1.1.1"): ("inet", "203.0.113.2")},
    "shared-tunnels": {("lan", "10.7.1.1"): ("c", "10.7.1.2"), ("lan", "10.20.0.1"): ("d", "10.20.0.2")},
    "site-to-site": {
        ("lan", "192.168.89.10"): ("lana", "192.168.88.10"),
        ("lana", "192.168.88.10"): ("lan", "192.168.89.10"),
    },
    "split-tunnel": {("lan", "1.1.1.1"): ("c", "10.7.1.2"), ("lan", "172.16.50.9"): ("d", "10.20.0.2")},
    "vlans": {
        ("lanb", "1.1.1.1"): ("inet", "203.0.113.2"),
        ("lanb", "192.168.20.1", "", 53): ("rt", "192.168.20.10"),
        ("lan", "192.168.20.10"): ("lanb", "192.168.88.10"),
    },
    "two-wans": {
        ("lan", "1.1.1.1"): ("inet", "203.0.113.2"),
        ("lan", "9.9.9.10"): ("inet", "203.0.112.2"),
        ("inet", "203.0.112.2", "1.1.1.1", 8080): ("lan", "1.1.1.1"),
        ("inet", "203.0.113.2", "9.9.9.9", 8080): ("lan", "9.9.9.9"),
        ("lan", "192.168.88.1"): ("rt", "192.168.88.10"),
    },
    "two-tunnels": {("lan", "10.8.0.9"): ("c", "10.7.1.2"), ("lan", "1.1.1.1"): ("inet", "203.0.113.2")},
}
"""What the READMEs say: who sees a packet from there to there, and with what source; some of a source, to a port."""
PROMISES6 = {
    "relay-exit-node": {
        ("b", sites.INTERNET6[0]): ("a", "fd00:99::3"),
        ("b", "fd00:99::2"): ("a", "fd00:99::3"),
        ("b", f"{sites.LAN6}10"): ("lan", "fd00:99::3"),
    },
    "site-to-site": {
        ("lan", f"{sites.FAR6}10"): ("lana", f"{sites.LAN6}10"),
        ("lana", f"{sites.LAN6}10"): ("lan", f"{sites.FAR6}10"),
    },
    "always-on": {("lan", sites.INTERNET6[0]): ("c", "fd08::2")},
    "selective-vpn": {
        ("lan", sites.INTERNET6[1]): ("c", "fd08::2"),
        ("lan", sites.INTERNET6[0]): ("inet", f"{sites.LAN6}10"),
    },
}
"""The same of IPv6."""
KEPT_OUT = {
    "vlans": (
        "lanb",
        "192.168.88.10",
        "192.168.88.1",
        "192.168.20.1",
        f"{sites.LAN6}10",
        f"{sites.LAN6}1",
    )
}
"""Who reaches none of some hosts."""
KILL_SWITCHES = {
    **dict.fromkeys(("always-on", "home"), (("wg0",), "1.1.1.1", sites.INTERNET6[0])),
    "home-by-rows": (("wg0",), "1.1.1.1"),
    "split-tunnel": (("wg0",), "1.1.1.1", sites.INTERNET6[0]),
    "forwarded-ports": (("wg0",), "1.1.1.1"),
    "selective-vpn": (("wg0",), "9.9.9.9", sites.INTERNET6[1]),
    "backup-vpn": (("wg0", "wg1"), "1.1.1.1", sites.INTERNET6[0]),
}
"""Tunnels without which nothing of the LAN may reach some hosts."""
SWITCHES = {
    ("10.8.1.1",): ("d", "10.20.0.2"),
    ("10.64.0.1",): ("c", "10.8.0.2"),
    ("10.8.1.1", "10.64.0.1"): ("rt", "192.168.88.10"),
}
"""Of backup-vpn: whom the router finds silent, who sees what leaves for the internet then, and with what source."""


LINES = {
    ("1.0.0.1",): "203.0.113.2",
    ("1.0.0.1", "8.8.4.4"): "203.0.112.2",
    ("9.9.9.10",): "203.0.113.2",
    ("1.0.0.1", "8.8.4.4", "9.9.9.10"): "203.0.113.2",
}
"""Of two-wans: whom the router finds silent, and the source of what leaves for the internet then."""


def known(_):
    """Nothing that the tracer may not know here."""
    return False


def either_way(found):
    """Which of two equal tunnels a hash chooses the tracer doesn't know."""
    return "a hash chooses" in str(found)


deployment = functools.cache(sites.rows_of)


def compared(lab, made, name):
    """The network in the lab, compared with the tracer's word."""
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    routers = tuple(space for space in ("rt", "a") if "/ip/firewall/filter" in made.rows.get(space, ()))
    sure = either_way if name == "shared-tunnels" else known
    wrong, counts = differences(lab, made, sites.probes(made, routers), sure, judged=routers)
    tell(f"example {name}", *counts)
    assert not wrong, f"{len(wrong)} probes:\n" + "\n\n".join(wrong[:3])


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_does_with_packets_what_the_tracer_and_its_readme_say(lab, example):
    made = sites.network(*deployment(example))

    compared(lab, made, example)

    promised = {**PROMISES[example], **PROMISES6.get(example, {})}
    asked = [
        {
            "id": 20000 + at,
            "space": space,
            "src": src[0] if src else "",
            "dst": dst,
            "protocol": "tcp",
            "port": src[1] if src else 80,
        }
        for at, (space, dst, *src) in enumerate(promised)
    ]
    seen = lab.probe(asked, patience=0.5)
    for probe, (space, source) in zip(asked, promised.values(), strict=True):
        there, back = seen[probe["id"]]["probe"], seen[probe["id"]]["answer"]
        assert (space, source) in {(one[0], one[2]) for one in there}, (probe, there)
        assert probe["space"] in {one[0] for one in back}, (probe, back)


@pytest.mark.parametrize("example", KILL_SWITCHES)
def test_nothing_of_the_lan_leaves_in_the_clear_while_the_vpn_is_down(lab, example):
    tunnels, *outside = KILL_SWITCHES[example]
    made = sites.down(sites.network(*deployment(example)), *tunnels)
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    asked = [probe for probe in sites.probes(made) if probe["space"] == "lan"]

    wrong, counts = differences(lab, made, asked, known)
    tell(f"example {example} while {' and '.join(tunnels)} is down", *counts)
    assert not wrong, "\n\n".join(wrong[:3])

    asked = [
        {"id": 49000 + at, "space": "lan", "src": "", "dst": dst, "protocol": "tcp", "port": 80}
        for at, dst in enumerate(outside)
    ]
    for sights in lab.probe(asked, patience=0.5).values():
        assert {one[0] for one in sights["probe"]} == {"rt"}


@pytest.mark.parametrize("example", KEPT_OUT)
def test_guests_reach_nothing_but_the_internet(lab, example):
    space, *closed = KEPT_OUT[example]
    made = sites.network(*deployment(example))
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []

    asked = [
        {"id": 47000 + at, "space": space, "src": "", "dst": dst, "protocol": "tcp", "port": port}
        for at, (dst, port) in enumerate((dst, port) for dst in closed for port in (80, 8728))
    ]
    for sights in lab.probe(asked, patience=0.5).values():
        assert {one[0] for one in sights["probe"]} == {"rt"}
        assert not sights["answer"]


@pytest.mark.parametrize("silent", SWITCHES)
def test_a_backup_is_taken_as_long_as_the_first_is_silent_and_nothing_leaves_in_the_clear_where_both_are(lab, silent):
    made = sites.network(*sites.rows_of("backup-vpn", silent))
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    asked = [probe for probe in sites.probes(made) if probe["space"] == "lan"]

    wrong, counts = differences(lab, made, asked, known)
    tell(f"example backup-vpn while {' and '.join(silent)} is silent", *counts)
    assert not wrong, "\n\n".join(wrong[:3])

    asked = {"id": 49000, "space": "lan", "src": "", "dst": "1.1.1.1", "protocol": "tcp", "port": 80}
    seen = lab.probe([asked], patience=0.5)[49000]
    assert SWITCHES[silent] in {(one[0], one[2]) for one in seen["probe"]}
    assert "inet" not in {one[0] for one in seen["probe"]}


@pytest.mark.parametrize(("silent", "by"), LINES.items())
def test_the_next_line_is_taken_as_long_as_the_first_is_silent_and_each_answers_what_came_by_it(lab, silent, by):
    made = sites.network(*sites.rows_of("two-wans", silent))
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    asked = sites.probes(made)

    wrong, counts = differences(lab, made, asked, known)
    tell(f"example two-wans while {' and '.join(silent)} is silent", *counts)
    assert not wrong, "\n\n".join(wrong[:3])

    out = {"space": "lan", "src": "", "dst": "1.1.1.1", "protocol": "tcp", "port": 80, "id": 49000}
    calls = [
        {**out, "space": "inet", "src": "9.9.9.9", "dst": own, "port": 8080, "id": 49001 + at}
        for at, own in enumerate(("203.0.113.2", "203.0.112.2"))
    ]
    seen = lab.probe([out, *calls], patience=0.5)
    assert ("inet", by) in {(one[0], one[2]) for one in seen[49000]["probe"]}
    assert "lan" in {one[0] for one in seen[49000]["answer"]}
    for call in calls:
        assert ("lan", "9.9.9.9") in {(one[0], one[2]) for one in seen[call["id"]]["probe"]}
        line = "rt" if call["dst"] == "203.0.113.2" else "rt2"
        assert ("inet", line, call["dst"]) in {one[:3] for one in seen[call["id"]]["answer"]}


@pytest.mark.parametrize(("line", "other"), [("ether1", "ether2"), ("ether2", "ether1")])
def test_while_one_line_is_cut_off_the_other_carries_everything(lab, line, other):
    made = sites.down(sites.network(*deployment("two-wans")), line)
    answering = while_answering(made.snapshots["rt"], [other])
    made = sites.Network({**made.rows, "rt": answering.rows}, made.ready)
    lab.configure(made.rows)
    asked = [probe for probe in sites.probes(made) if probe["space"] in {"lan", "rt"}]

    wrong, counts = differences(lab, made, asked, known)
    tell(f"example two-wans while {line} is down", *counts)
    assert not wrong, "\n\n".join(wrong[:3])

    asked = {"id": 49000, "space": "lan", "src": "", "dst": "1.1.1.1", "protocol": "tcp", "port": 80}
    seen = lab.probe([asked], patience=0.5)[49000]
    own = {"ether1": "203.0.113.2", "ether2": "203.0.112.2"}[other]
    assert ("inet", own) in {(one[0], one[2]) for one in seen["probe"]}


SHARING = {("1.0.0.1", "8.8.4.4"): ("rt2", "203.0.112.2"), ("9.9.9.10",): ("rt", "203.0.113.2")}
"""Of two-wans where lines share: whom the router finds silent, and where and as whom all else leaves then."""


@pytest.mark.parametrize(("silent", "by"), SHARING.items())
def test_of_lines_that_share_the_one_that_is_alive_carries_everything(lab, silent, by):
    made = sites.network(*sites.rows_of("two-wans", silent, balance="true"))
    lab.configure(made.rows)

    wrong, counts = differences(lab, made, sites.probes(made), known)
    tell(f"example two-wans with balance while {' and '.join(silent)} is silent", *counts)
    assert not wrong, "\n\n".join(wrong[:3])

    asked = {"id": 49000, "space": "lan", "src": "", "dst": "1.1.1.1", "protocol": "tcp", "port": 80}
    seen = lab.probe([asked], patience=0.5)[49000]
    assert ("inet", *by) in {one[:3] for one in seen["probe"]}
    assert "lan" in {one[0] for one in seen["answer"]}


def test_lines_share_connections_each_of_which_goes_on_as_it_began_and_who_calls_is_answered(lab):
    made = sites.network(*sites.rows_of("two-wans", balance="true"))
    far = [f"198.18.1.{number}" for number in range(1, 61)]
    made.rows["inet"]["/ip/address"] += [{"address": f"{one}/32", "interface": "lo"} for one in far]
    lab.configure(made.rows)
    out = {"space": "lan", "src": "", "protocol": "tcp", "port": 80}
    calls = [
        {**out, "space": "inet", "src": "9.9.9.9", "dst": own, "port": 8080, "id": 49001 + at}
        for at, own in enumerate(("203.0.113.2", "203.0.112.2"))
    ]
    asked = [{**out, "dst": dst, "id": 20000 + at} for at, dst in enumerate(far)]

    seen = lab.probe([*asked, *calls], patience=0.5)

    lines = {"rt": "203.0.113.2", "rt2": "203.0.112.2"}
    taken = set()
    for probe in asked:
        sights = seen[probe["id"]]
        first, later = ({one[1:3] for one in sights[kind] if one[0] == "inet"} for kind in ("probe", "later probe"))
        assert len(first) == 1, sights
        assert later == first
        assert first <= {*lines.items()}
        assert "lan" in {one[0] for one in sights["answer"]}
        taken |= first
    assert taken == {*lines.items()}
    for call in calls:
        line = next(line for line, own in lines.items() if own == call["dst"])
        assert ("lan", "9.9.9.9") in {(one[0], one[2]) for one in seen[call["id"]]["probe"]}
        assert ("inet", line, call["dst"]) in {one[:3] for one in seen[call["id"]]["answer"]}


def test_two_tunnels_to_one_office_share_its_hosts_and_each_connection_goes_on_as_it_began(lab):
    made = sites.network(*deployment("shared-tunnels"))
    hosts = [f"172.16.50.{number}" for number in range(20, 60)]
    for space in ("c", "d"):
        made.rows[space]["/ip/address"] += [{"address": f"{one}/32", "interface": "lo"} for one in hosts]
    lab.configure(made.rows)
    assert lab.greet(made.rows) == []
    asked = [
        {"id": 20000 + at, "space": "lan", "src": "", "dst": dst, "protocol": "tcp", "port": 80}
        for at, dst in enumerate(hosts)
    ]

    seen = lab.probe(asked, patience=0.5)

    tunnels = {"c": "10.7.1.2", "d": "10.20.0.2"}
    taken = set()
    for sights in seen.values():
        first, later = (
            {(one[0], one[2]) for one in sights[kind] if one[0] in tunnels} for kind in ("probe", "later probe")
        )
        assert len(first) == 1, sights
        assert later == first
        assert "lan" in {one[0] for one in sights["answer"]}
        taken |= first
    assert taken == {*tunnels.items()}
