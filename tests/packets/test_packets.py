"""Real packets decide: the tracer's word against a Linux router that was made from the same rows.

`make test-packets` asks some hundred random configurations; without it a few. What Linux can't show (FastTrack) isn't
asked here.
"""

import os
import random

import pytest

from deploying import HOME, LAN, PASSWORD, Site, reach
from packets import lab as packet_lab
from packets.routers import MEMBERS, OPEN, configuration, probes
from wiretik_provider.simulator import serve
from wiretik_provider.trace import MENUS, Disposition, Snapshot, packet, trace
from wiretik_provider.trace.derive import derived
from wiretik_provider.trace.packet import dotted

COUNT = int(os.environ.get("WIRETIK_PACKETS", "8"))
SEED = int(os.environ.get("WIRETIK_PACKETS_SEED", "20261122"))

LISTS = ("WAN", "LAN")
UNSURE = ("unknown", "")

pytestmark = [
    pytest.mark.skipif(bool(packet_lab.lacking()), reason=packet_lab.lacking() or "all there"),
    pytest.mark.xdist_group("packets"),
    pytest.mark.timeout(600),
]


def expected(snapshot, probe):
    """Where the tracer says that a probe is seen, and with what source; None for nowhere."""
    asked = packet(
        probe["src"],
        probe["dst"],
        protocol="udp",
        port=probe["port"],
        src_port=probe["src_port"],
        enters=probe["enters"],
    )
    found = trace(snapshot, asked)
    if found.disposition is Disposition.UNKNOWN:
        # The one thing here that Linux does and no source says of RouterOS.
        assert "min-prefix spares a blackhole" in found.because, str(found)
        return UNSURE, found
    if found.disposition is Disposition.DELIVERED:
        return ("router", probe["src"]), found
    if found.disposition in (Disposition.FORWARDED, Disposition.INTO_TUNNEL):
        return (found.leaves, dotted(found.source)), found
    return None, found


@pytest.fixture(scope="module")
def lab():
    with packet_lab.Lab() as made:
        made.configure(OPEN, MEMBERS)
        made.greet()
        yield made


def differences(lab, snapshot, asked):
    """Where the kernel and the tracer don't agree."""
    devices = {"bridge": "eth0", "ether1": "torouter", **lab.far}
    seen = lab.probe([{**one, "device": devices[one["enters"]]} for one in asked])
    wrong = []
    for one in asked:
        wanted, told = expected(snapshot, one)
        if wanted != UNSURE and seen.get(one["id"]) != wanted:
            wrong.append(f"{one}\nseen {seen.get(one['id'])}, said {wanted}\n{told}")
    return wrong


def compare(lab, rows, asked):
    """The same for a router of which there are only settings."""
    lab.configure(rows, MEMBERS)
    numbered = {path: [{".id": f"*{at:X}", **row} for at, row in enumerate(some, 1)] for path, some in rows.items()}
    return differences(lab, Snapshot(derived(numbered)), asked)


def test_random_routers_do_with_packets_what_the_tracer_says(lab):
    wrong = []
    for number in range(COUNT):
        chance = random.Random(f"{SEED} {number}")
        rows = configuration(chance)
        if found := compare(lab, rows, probes(chance, number)):
            told = "\n".join(f"{path}\n" + "\n".join(f"  {row}" for row in some) for path, some in rows.items())
            wrong.append(f"configuration {number} of seed {SEED}:\n{told}\n" + "\n".join(found))

    assert not wrong, f"{len(wrong)} of {COUNT} routers:\n" + "\n\n".join(wrong[:3])


def test_the_home_example_does_with_packets_what_the_tracer_says(lab, tmp_path):
    """The rows that its deployment leaves on a factory router, the factory's own among them."""
    with serve(profile="defconf", password=PASSWORD) as router:
        config = {**LAN, **{f"wiretik:{key}": value for key, value in reach(router).items()}}
        assert Site(tmp_path, HOME, config).up().ok
        rows = {path: router.run(f"{path}/print") for path in MENUS if path in router.router.menus}
    static = [row for row in rows["/ip/route"] if row.get("connect") != "true"]
    members = {
        name: [row["interface"] for row in rows["/interface/list/member"] if row["list"] == name] for name in LISTS
    }
    asked = [probe for number in range(20) for probe in probes(random.Random(number), number)]
    snapshot = Snapshot(rows)
    lab.configure({**rows, "/ip/route": static}, members)

    assert differences(lab, snapshot, asked) == []
