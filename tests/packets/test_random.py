"""Real packets decide: random routers, each made in the lab and walked by the tracer."""

import os
import random

from packets import routers
from packets.conftest import COUNT
from packets.judging import differences, tell
from packets.network import Network

SEED = int(os.environ.get("WIRETIK_PACKETS_SEED", "20261122"))

UNKNOWN = (
    "min-prefix spares a blackhole",
    "says to itself",
    "whether it is asked again",
    "before NAT counts",
    "the packet isn't tracked",
)


def known(found):
    """What the tracer may not know here: what Linux does and no source says of RouterOS, and what isn't followed."""
    return found.disposition.arrives or any(text in found.because for text in UNKNOWN)


def test_random_routers_do_with_packets_what_the_tracer_says(lab):
    around = routers.AROUND
    lab.configure({**around, "rt": routers.OPEN}, spare=True)
    assert lab.greet({**around, "rt": routers.OPEN}) == []
    wrong, counts = [], []
    for number in range(COUNT):
        chance = random.Random(f"{SEED} {number}")
        rows = {**around, "rt": routers.configuration(chance)}
        lab.configure(rows, spare=True)
        found, count = differences(lab, Network(rows), routers.probes(chance, number), known)
        counts.append(count)
        if found:
            told = "\n".join(f"{path}\n" + "\n".join(f"  {row}" for row in some) for path, some in rows["rt"].items())
            wrong.append(f"configuration {number} of seed {SEED}:\n{told}\n" + "\n".join(found))

    tell(f"{COUNT} random routers of seed {SEED}", *map(sum, zip(*counts, strict=True)))
    assert not wrong, f"{len(wrong)} of {COUNT} routers:\n" + "\n\n".join(wrong[:3])
