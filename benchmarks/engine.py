"""The embedded engine's own overhead per resource: registration, decision, pending operation, checkpoint on disk.

No program, no SDK and no provider's work is in it: goals are handed over by threads as a program's RPCs would be, and
the provider answers at once. `wide` resources are independent, `deep` ones form a chain, each waiting for the one
before. The time per resource must not grow with their number.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from wiretik.engine.backend import checkpoint
from wiretik.engine.crypto import Crypter
from wiretik.engine.deployment import Deployment
from wiretik.engine.journal import Journal
from wiretik.engine.options import Options
from wiretik.engine.planner import Goal
from wiretik.engine.provider import Checked, Diffed
from wiretik.engine.rewriter import Rewriter
from wiretik.engine.run import Run
from wiretik.engine.state import Deployment as State
from wiretik.engine.values import Secret

NUMBERS = (10, 100, 1000)
TYPE = "pulumi-python:dynamic/bench:Nothing"


class Instant:
    """A provider that takes no time."""

    def check(self, urn: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Checked:  # noqa: ARG002
        return Checked(dict(news))

    def diff(self, *_: object) -> Diffed:
        return Diffed(None)

    def create(self, urn: str, inputs: Mapping[str, Any], timeout: float = 0) -> tuple[str, dict[str, Any]]:  # noqa: ARG002
        return urn, {**inputs, "computed": "value"}


def goals(number: int) -> list[Goal]:
    """Resources of the size that a firewall rule has."""
    wide = {f"property_{i}": f"value {i}" for i in range(15)}
    return [
        Goal(
            type=TYPE,
            name=f"resource-{i}",
            custom=True,
            inputs={**wide, "number": i, "key": Secret(f"secret {i}")},
            property_dependencies=dict.fromkeys(wide, ()),
        )
        for i in range(number)
    ]


def measure(number: int, shape: str, cipher: Crypter, base: State, file: Path) -> tuple[float, State]:
    """Seconds for one deployment of so many resources, and the state that it leaves."""
    live = Rewriter(file)
    journal = Journal(base, cipher, lambda pieces: live.write(checkpoint("bench", "dev", pieces)))
    run = Run(
        project="bench",
        stack="dev",
        journal=journal,
        provider=Instant,  # type: ignore[arg-type]
        options=Options(),
        preview=False,
        listen=lambda _: None,
    )
    deployment = Deployment(run, {})
    todo = goals(number)
    began = time.perf_counter()
    deployment.register(Goal(type="pulumi:pulumi:Stack", name="bench-dev", custom=False))
    if shape == "deep":
        for goal in todo:
            deployment.register(goal)
    else:
        with ThreadPoolExecutor(64) as pool:  # the SDK's own number: four times the parallelism
            list(pool.map(deployment.register, todo))
    journal.close()
    took = time.perf_counter() - began
    live.close()
    return took, journal.deployment


def table() -> dict[tuple[str, str, int], float]:
    """Milliseconds per resource by shape, run and number; the best of three, since others use the machine."""
    cipher = Crypter.new("")
    cipher.verify()
    found = {}
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "dev.json"
        for shape in ("wide", "deep"):
            for number in NUMBERS:
                for name in ("first", "again"):
                    times = []
                    for _ in range(3):
                        empty = State(salt=cipher.salt)
                        seconds, state = measure(number, shape, cipher, empty, file)
                        if name == "again":
                            seconds, _state = measure(number, shape, cipher, state, file)
                        times.append(seconds)
                    found[shape, name, number] = min(times) / number * 1000
    return found


if __name__ == "__main__":
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    measured = table()
    print("own overhead in ms per resource", *(f"{number:>8}" for number in NUMBERS), sep="")
    for kind in ("wide", "deep"):
        for when, words in (("first", "up, all created"), ("again", "up, nothing changed")):
            row = "".join(f"{measured[kind, when, number]:8.2f}" for number in NUMBERS)
            print(f"{kind:<6}{words:<25}{row}")
    sys.stdout.flush()
