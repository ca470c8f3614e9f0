"""The order of the firewall's rules, whatever order they were made in."""

import ast
import random

import pytest

from at_length import rounds
from deploying import Site
from walk import verdict

ORDERS = rounds(2, 60)


def statements(text: str) -> tuple[list[str], list[str], list[str]]:
    """The home program's statements: before the filter rules that nothing refers to, these, and after them."""
    lines = text.splitlines(keepends=True)
    found = ["".join(lines[node.lineno - 1 : node.end_lineno]) for node in ast.parse(text).body]
    begins = next(at for at, one in enumerate(found) if one.startswith("rules: list")) + 1
    ruling = [at for at, one in enumerate(found) if at >= begins and "FilterRule(" in one]
    assert len(ruling) > 3
    assert ruling == list(range(begins, ruling[-1] + 1))
    return found[:begins], found[begins : ruling[-1] + 1], found[ruling[-1] + 1 :]


def whole(*parts: list[str]) -> str:
    return "".join(one for part in parts for one in part)


def rules_of(lab):
    return lab.run("/ip/firewall/filter/print")


def named(rows, text):
    return next(at for at, row in enumerate(rows) if row.get("comment", "").startswith(text))


def check_order(lab):
    rows = rules_of(lab)
    lists = {"WAN": ["ether1"], "LAN": ["bridge"]}
    new = {"connection-state": "new", "protocol": "tcp", "dst-port": "80", "dst-address": "192.168.88.10"}

    def forward(ins, out, **more):
        return verdict(rows, "forward", {**new, "in-interface": ins, "out-interface": out, **more}, lists)

    for out in ("bridge", "wg1"):
        action, rule = forward("wg0", out)
        assert action == "drop"
        assert rule.startswith("nothing unsolicited from the VPN [")
    assert verdict(rows, "input", {**new, "in-interface": "wg0"}, lists)[0] == "drop"
    assert forward("ether1", "bridge")[0] == "drop"
    for ins, out in (("bridge", "wg0"), ("bridge", "wg1"), ("wg1", "bridge"), ("bridge", "ether1")):
        assert forward(ins, out)[0] == "accept", (ins, out)
    for ins, out in (("bridge", "wg0"), ("wg0", "bridge")):
        assert forward(ins, out, **{"connection-state": "established"})[0] == "accept", (ins, out)
    assert forward("bridge", "ether1", **{"connection-state": "established"})[0] == "fasttrack-connection"
    udp = {"connection-state": "new", "protocol": "udp", "in-interface": "ether1", "dst-address": "203.0.113.2"}
    assert verdict(rows, "input", {**udp, "dst-port": "13232"}, lists)[0] == "accept"
    assert verdict(rows, "input", {**udp, "dst-port": "13231"}, lists)[0] == "drop"

    assert named(rows, "nothing unsolicited from the VPN [") + 1 == named(rows, "allow wg0 in")
    drop = named(rows, "defconf: drop all from WAN not DSTNATed")
    assert all(named(rows, f"allow {name}") < drop for name in ("wg0 in", "wg0 out", "wg1 in", "wg1 out"))
    fasttrack = named(rows, "defconf: fasttrack")
    assert [at for at, row in enumerate(rows) if row["comment"].startswith("VPN traffic stays off")][-1] < fasttrack


@pytest.mark.parametrize("seed", range(ORDERS))
def test_the_rules_stand_right_whatever_order_they_were_made_in(defconf, site, seed):
    shuffle = random.Random(seed)
    home: Site = site(defconf)
    file = home.directory / "__main__.py"
    start, rules, end = statements(file.read_text())
    shuffle.shuffle(rules)
    file.write_text(whole(start, rules, end))

    up = home.up(parallel=shuffle.choice((1, 4, 16)))

    assert up.errors == ()
    check_order(defconf)
    if seed == 0:
        assert home.up(refresh=True).touched == []


def test_rules_that_come_later_find_their_place_among_those_that_are_there(defconf, site):
    home = site(defconf)
    file = home.directory / "__main__.py"
    text = file.read_text()
    start, rules, end = statements(text)
    accepts = [one for one in rules if "accept-" in one]
    # Without the other rules the program's own expectations don't hold yet.
    file.write_text(
        whole(start, accepts, [one for one in end if "wt.Expect(" not in one and not one.startswith("home.")])
    )
    assert home.up().errors == ()
    by_hand = {"chain": "forward", "protocol": "tcp", "src_port": "1", "comment": "somebody's own"}
    (row,) = defconf.run("/ip/firewall/filter/add", action="accept", **by_hand)
    file.write_text(text)

    assert home.up().errors == ()

    defconf.run("/ip/firewall/filter/remove", id=row["ret"])  # the walk knows no source ports
    check_order(defconf)
