"""Real packets decide: random routers, each made in the lab and walked by the tracer."""

import os
import random

from packets import mirrored, routers
from packets.conftest import COUNT
from packets.judging import differences, tell
from packets.network import Network

SEED = int(os.environ.get("WIRETIK_PACKETS_SEED", "20261122"))

UNKNOWN = (
    "min-prefix spares a blackhole",
    "whether it goes on where table",
    "of the router to itself",
    "whether it is asked again",
    "before NAT counts",
    "the packet isn't tracked",
)


def known(found):
    """What the tracer may not know here: what Linux does and no source says of RouterOS, and what isn't followed."""
    return found.disposition.arrives or any(text in found.because for text in UNKNOWN)


def compared(lab, around, opened, made):
    """How random routers and random packets differ from what the tracer says of them."""
    lab.configure({**around, "rt": opened}, spare=True)
    assert lab.greet({**around, "rt": opened}) == []
    wrong, counts = [], []
    for number, (router, probes) in enumerate(made):
        rows = {**around, "rt": router}
        lab.configure(rows, spare=True)
        found, count = differences(lab, Network(rows), probes, known, hop_by_hop=True)
        counts.append(count)
        if found:
            told = "\n".join(f"{path}\n" + "\n".join(f"  {row}" for row in some) for path, some in rows["rt"].items())
            wrong.append(f"configuration {number} of seed {SEED}:\n{told}\n" + "\n".join(found))

    return wrong, map(sum, zip(*counts, strict=True))


def of_ipv4():
    """Routers with packets for each."""
    for number in range(COUNT):
        chance = random.Random(f"{SEED} {number}")
        yield routers.configuration(chance), routers.probes(chance, number)


def of_ipv6():
    """Others, mirrored; their tunnels' own packets are of IPv4."""
    for number in range(COUNT // 2):
        chance = random.Random(f"{SEED} IPv6 {number}")
        rows = mirrored.six(routers.configuration(chance))
        probes = [mirrored.probe6(probe) for probe in routers.probes(chance, number)]
        yield mirrored.both(routers.OPEN, rows), probes


def test_random_routers_do_with_packets_what_the_tracer_says(lab):
    wrong, counts = compared(lab, routers.AROUND, routers.OPEN, of_ipv4())

    tell(f"{COUNT} random routers of seed {SEED}", *counts)
    assert not wrong, f"{len(wrong)} of {COUNT} routers:\n" + "\n\n".join(wrong[:3])


def test_random_routers_do_with_ipv6_packets_what_the_tracer_says(lab):
    around = {space: mirrored.dual(rows) for space, rows in routers.AROUND.items()}
    wrong, counts = compared(lab, around, mirrored.dual(routers.OPEN), of_ipv6())

    tell(f"{COUNT // 2} random IPv6 routers of seed {SEED}", *counts)
    assert not wrong, f"{len(wrong)} of {COUNT // 2} routers:\n" + "\n\n".join(wrong[:3])
