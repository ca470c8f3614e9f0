"""Real packets decide: the cases of docs/facts/packets.md, measured there and here, and traced: all three alike."""

import pathlib
import shlex
import tomllib

import pytest

from packets import routers
from packets.judging import agree, in_its_course, otherwise, tell
from packets.network import Network, Unsure, follow, host

CASES = pathlib.Path(__file__).parents[1] / "cases" / "packets"
KEEPALIVE = 32
"""The bytes of a packet in the tunnel that has nothing in it."""
AROUND = {
    "lan": host("192.168.88.10/24", "192.168.88.1"),
    "inet": routers.internet("", ("198.18.0.10", "198.18.0.20")),
    "nat": routers.carrier(),
}


def load():
    """Each case with the rows of all that take part."""
    for file in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(file.read_text())
        base = {space: data[space] for space in ("rt", "a", "b")}
        made = {}
        for number, case in enumerate(data["case"], 20000):
            like = made[case["like"]] if "like" in case else base
            made[case["name"]] = {space: {**menus, **case.get(space, {})} for space, menus in like.items()}
            rows = {space: parsed(menus) for space, menus in made[case["name"]].items()}
            yield pytest.param({**AROUND, **rows}, {**case, "id": number}, id=case["name"])


def parsed(menus):
    """Rows as `name=value` words."""
    return {
        path: [dict(word.partition("=")[::2] for word in shlex.split(line)) for line in lines.strip().splitlines()]
        for path, lines in menus.items()
    }


@pytest.mark.parametrize(("rows", "case"), list(load()))
def test_a_case_ends_here_and_for_the_tracer_as_it_was_measured(lab, rows, case):
    made = Network(rows)
    lab.configure(rows)
    assert lab.greet(rows) == []
    probe = {
        "id": case["id"],
        "space": case["from"],
        "src": "",
        "dst": case["to"],
        "protocol": case.get("protocol", "tcp"),
        "port": 8080,
    }

    before = lab.sent("rt")
    sights = lab.probe([probe], patience=0.3)[case["id"]]
    there, back = sights["probe"], sights["answer"]
    after = lab.sent("rt")

    last = {(one[0], one[2]) for one in there if one[0] in {"inet", "lan", "a", "b"} or one[1] == "input"}
    if case["saw"]:
        assert case["saw"] in {source for _, source in last}
        assert (case["from"] in {one[0] for one in back}) is case.get("answered", True)
    else:
        assert not {one for one in there if one[0] == "inet"}
        assert not back
    assert bool({one for one in there if one[:2] == ("inet", "rt")}) is case["wan"]
    assert (after["a 0"] - before["a 0"] > KEEPALIVE) is case["to_a"]
    for peer, held in case.get("holds", {}).items():
        assert lab.held("rt")[peer] == held

    where, how = case["by"]
    if not case.get("known", True):
        with pytest.raises(Unsure) as unknown:
            follow(made, probe)
        assert (unknown.value.space, unknown.value.found.disposition.name) == (where, how)
        tell(f"case {case['name']}", 1, 1, 1)
        return
    (wanted, whole), (answer, all_back), hops = follow(made, probe)
    assert (hops[-1][0], hops[-1][2].disposition.name) == (where, how), str(hops[-1][2])
    wanted = {one for one in wanted if one[1] != "input" or one[0] == "rt"}
    assert agree(there, wanted, whole), f"seen {there}, said {wanted}"
    assert agree(back, answer, all_back), f"back {back}, said {answer}"
    assert not otherwise(made, probe, there, back)
    assert not list(in_its_course(made, probe, hops, sights, ("rt",), whole=whole and all_back))
    tell(f"case {case['name']}", 1, 1, 0)
