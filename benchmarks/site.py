"""What the home site costs: commands, bytes and time of preview, up, no-op and destroy, at 0 and 20 ms to the router.

The machine is noisy, so the figures that count are the commands and the round trips that wait for each other: the
difference between the two times, over the latency. Times are medians of a few runs.
"""

from __future__ import annotations

import argparse
import copy
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from wiretik.engine import Result, Stack
from wiretik_provider.simulator import Lab, serve

HOME = Path(__file__).parent.parent / "examples" / "home-by-rows"
READS = {"print", "login"}
RTT = 20


class Cost(NamedTuple):
    """What one operation took."""

    seconds: float
    commands: int
    writes: int
    received: int
    sent: int


OPERATIONS: dict[str, Callable[[Stack], Result]] = {
    "preview": lambda stack: stack.preview(),
    "up": lambda stack: stack.up(),
    "up, no change, with refresh": lambda stack: stack.up(refresh=True),
    "refresh": lambda stack: stack.refresh(),
    "destroy": lambda stack: stack.destroy(),
}


def measured(lab: Lab, run: Callable[[], Result]) -> Cost:
    before, start = copy.deepcopy(lab.stats()), time.perf_counter()
    result = run()
    seconds, after = time.perf_counter() - start, lab.stats()
    if not result.ok:
        raise SystemExit("\n".join(result.errors))
    verbs = {
        (path, verb): count - before.commands.get(path, {}).get(verb, 0)
        for path, counts in after.commands.items()
        for verb, count in counts.items()
    }
    return Cost(
        seconds,
        sum(verbs.values()),
        sum(count for (_, verb), count in verbs.items() if verb not in READS),
        after.bytes_in - before.bytes_in,
        after.bytes_out - before.bytes_out,
    )


def site(rtt_ms: int, confirm: str) -> dict[str, Cost]:
    """One life of the home site on a fresh router, its changes guarded or not."""
    router = serve(profile="defconf", tls=True, password="bench", rtt_ms=rtt_ms)
    with tempfile.TemporaryDirectory() as folder, router as lab:
        shutil.copytree(HOME, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", ".wiretik"))
        config = {
            "wiretik:host": lab.host,
            "wiretik:port": str(lab.apis_port),
            "wiretik:username": "admin",
            "wiretik:password": "bench",
            "wiretik:fingerprint": lab.fingerprint,
            "wiretik:confirm": confirm,
        }
        stack = Stack(folder, "lab", passphrase="bench", config=config)
        return {name: measured(lab, lambda run=run: run(stack)) for name, run in OPERATIONS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    console = Console(width=110)
    for confirm in ("off", "auto"):
        console.print(table(runs, confirm))


def table(runs: int, confirm: str) -> Table:
    """What each operation costs; under a guard the times have the wait until it was seen to run, and for handshakes."""
    near = [site(0, confirm) for _ in range(runs)]
    far = [site(RTT, confirm) for _ in range(runs)]
    found = Table(title=f"examples/home-by-rows on the embedded router (TLS), wiretik:confirm {confirm}")
    headings = ("", "commands", "writes", "to router", "from router", "0 ms", f"{RTT} ms", "round trips in a row")
    for heading in headings:
        found.add_column(heading, justify="left" if not heading else "right")
    for name in OPERATIONS:
        cost = near[0][name]
        quick = statistics.median(run[name].seconds for run in near)
        slow = statistics.median(run[name].seconds for run in far)
        found.add_row(
            name,
            str(cost.commands),
            str(cost.writes),
            f"{cost.received:,} B",
            f"{cost.sent:,} B",
            f"{quick:.2f} s",
            f"{slow:.2f} s",
            f"{max(0.0, slow - quick) / (RTT / 1000):.0f}",
        )
    return found


if __name__ == "__main__":
    main()
