"""Cases as files: a router's rows in the router's words, packets, and how they end, with the source."""

import pathlib
import shlex
import tomllib

import attrs
import pytest

from wiretik_provider.trace import UNKNOWN, Disposition, Snapshot, packet, trace
from wiretik_provider.trace.router.derive import derived

CASES = pathlib.Path(__file__).parents[2] / "cases" / "trace"


def rows(described):
    """Rows as `name=value` words; a word without a value is there with an empty one, as a presence flag prints.

    UNKNOWN stands for a value that isn't known; whether a row is active then stays as it is said.
    """
    return {
        path: [_row(at, line) for at, line in enumerate(lines.strip().splitlines(), 1)]
        for path, lines in described.items()
    }


def _row(at, line):
    words = (word.partition("=") for word in shlex.split(line))
    return {".id": f"*{at:X}"} | {name: UNKNOWN if value == "UNKNOWN" else value for name, _, value in words}


def load():
    for file in sorted(CASES.glob("*.toml")):
        data = tomllib.loads(file.read_text())
        base = data.get("router", {})
        for case in data["case"]:
            menus = {**base, **case.get("router", {})}
            for path, lines in case.get("above", {}).items():
                menus[path] = lines.strip() + "\n" + menus.get(path, "")
            yield pytest.param(menus, case, id=f"{file.stem}: {case['name']}")


@pytest.mark.parametrize(("menus", "case"), list(load()))
def test_a_packet_ends_as_its_source_says(menus, case):
    asked = dict(case["packet"])
    made = rows(menus)
    known = {path: [row for row in some if row.get("active") != UNKNOWN] for path, some in made.items()}
    router = dict(derived(known))
    for path, some in made.items():
        router[path] = [*router[path], *(row for row in some if row.get("active") == UNKNOWN)]
    found = trace(Snapshot(router), packet(asked.pop("src"), asked.pop("dst"), **asked))
    told = str(found)

    assert case["source"]
    assert found.disposition is Disposition[case["ends"]], told
    if "by" in case:
        assert found.by is not None
        assert found.by.comment == case["by"], told
    for name in ("leaves", "peer", "answered", "table", "mark"):
        if name in case:
            assert getattr(found, name) == (None if case[name] == "unknown" else case[name]), told
    if "because" in case:
        assert case["because"] in found.because, told
    if "later" in case:
        assert case["later"] in [way.leaves for way in found.later], told
    if "says" in case:
        assert case["says"] in told


def test_a_peer_may_not_send_from_what_is_another_peers():
    data = tomllib.loads((CASES / "shown_by_packets.toml").read_text())
    router = Snapshot(derived(rows(data["router"])))
    sent = packet("10.20.0.3", "192.168.88.10", enters="wg0")

    assert trace(router, attrs.evolve(sent, peer="PHONE")).disposition is Disposition.FORWARDED
    assert trace(router, attrs.evolve(sent, peer="HUB")).disposition is Disposition.NO_PEER
