"""The embedded engine: its own overhead per resource, and a whole `wiretik up` beside `pulumi up`.

Overhead is registration, decision, pending operation, checkpoint on disk. No program, no SDK and no provider's work is
in it: goals are handed over by threads as a program's RPCs would be, and the provider answers at once. `wide` resources
are independent, `deep` ones form a chain, each waiting for the one before. What is written per resource grows with the
state, which is written whole, as the CLI does; wide ones share their writes.

Then `wiretik up --yes --skip-preview` makes examples/home on a running `wiretik lab`, in turn with `pulumi up` of an
empty program where the CLI is on PATH. What counts is the ratio, pair by pair: the machine has other work.
"""

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from wiretik.engine.crypto import Crypter
from wiretik.engine.deployment.planner import Goal
from wiretik.engine.deployment.registrations import Deployment
from wiretik.engine.deployment.run import Run
from wiretik.engine.options import Options
from wiretik.engine.processes.provider import Checked, Diffed, Made
from wiretik.engine.state.backend import checkpoint
from wiretik.engine.state.checkpoint import Deployment as State
from wiretik.engine.state.files import write
from wiretik.engine.state.journal import Journal
from wiretik.engine.values import Secret

NUMBERS = (10, 100, 1000)
TYPE = "pulumi-python:dynamic/bench:Nothing"
HOME = Path(__file__).parent.parent / "examples" / "home"
WIRETIK = Path(sys.executable).with_name("wiretik")


class Instant:
    """A provider that takes no time."""

    def check(self, urn: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Checked:  # noqa: ARG002
        return Checked(dict(news))

    def diff(self, *_: object) -> Diffed:
        return Diffed(None)

    def create(self, urn: str, inputs: Mapping[str, Any], timeout: float = 0) -> Made:  # noqa: ARG002
        return Made(urn, {**inputs, "computed": "value"})


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
    journal = Journal(base, cipher, lambda pieces: write(file, checkpoint("bench", "dev", pieces)))
    run = Run(
        project="bench",
        stack="dev",
        journal=journal,
        provider=lambda _: Instant(),  # type: ignore[arg-type,return-value]
        options=Options(),
        preview=False,
        listen=lambda _: None,
    )
    run.open()
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


# --- whole commands --------------------------------------------------------------------------------------------------


def timed(words: list[str], directory: Path, environment: Mapping[str, str]) -> float:
    """Seconds that a command takes, as a whole process."""
    began = time.perf_counter()
    done = subprocess.run(words, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return took


@contextlib.contextmanager
def lab() -> Iterator[str]:
    """A running `wiretik lab`; gives the port of its API."""
    words = [str(WIRETIK), "lab", "--profile", "defconf", "--password", "bench"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        try:
            ready = next(line for line in child.stdout or () if line.startswith("ready "))
            yield dict(word.split("=", 1) for word in ready.split() if "=" in word)["api"].rpartition(":")[2]
        finally:
            child.terminate()


def pairs(runs: int) -> Iterator[tuple[float, float | None]]:
    """Seconds of `wiretik up` of the home example, and of `pulumi up` of nothing, one after the other."""
    pulumi = shutil.which("pulumi")
    with tempfile.TemporaryDirectory() as place, lab() as port:
        home, empty, backend = (Path(place, name) for name in ("home", "empty", "backend"))
        environment = {
            # Where Python may store no bytecode, each process compiles a checkout anew, but not what pip has installed.
            **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
            "PATH": f"{WIRETIK.parent}:{os.environ['PATH']}",
            "PULUMI_BACKEND_URL": f"file://{backend}",
            "PULUMI_CONFIG_PASSPHRASE": "bench",
            "PULUMI_HOME": str(Path(place, "cli")),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__", ".wiretik", "Pulumi.*.yaml"))
        wiretik = [str(WIRETIK), "up", "--yes", "--skip-preview", "--stack", "lab"]
        config = {"lan": "192.168.88.0/24", "wiretik:host": "127.0.0.1", "wiretik:port": port, "wiretik:tls": "false"}
        for key, value in {**config, "wiretik:username": "admin"}.items():
            timed([str(WIRETIK), "config", "set", key, value, "--stack", "lab"], home, environment)
        password = [str(WIRETIK), "config", "set", "--secret", "wiretik:password", "bench", "--stack", "lab"]
        timed(password, home, environment)
        backend.mkdir(exist_ok=True)
        empty.mkdir()
        (empty / "Pulumi.yaml").write_text("name: empty\nruntime: {name: python, options: {toolchain: pip}}\n")
        (empty / "__main__.py").touch()
        if pulumi:
            timed([pulumi, "stack", "init", "dev"], empty, environment)
        for number in range(runs + 1):
            ours = timed(wiretik, home, environment)
            theirs = timed([pulumi, "up", "--yes", "--skip-preview"], empty, environment) if pulumi else None
            if number:  # the first fills caches
                yield ours, theirs
            timed([str(WIRETIK), "destroy", "--yes", "--skip-preview", "--stack", "lab"], home, environment)


def overhead() -> None:
    measured = table()
    print("own overhead in ms per resource", *(f"{number:>8}" for number in NUMBERS), sep="")
    for kind in ("wide", "deep"):
        for when, words in (("first", "up, all created"), ("again", "up, nothing changed")):
            row = "".join(f"{measured[kind, when, number]:8.2f}" for number in NUMBERS)
            print(f"{kind:<6}{words:<25}{row}")


def commands(runs: int) -> None:
    found = list(pairs(runs))
    print(f"wiretik up, examples/home       {statistics.median(ours for ours, _ in found):8.2f} s")
    both = [(ours, theirs) for ours, theirs in found if theirs is not None]
    if both:
        print(f"pulumi up, an empty program     {statistics.median(theirs for _, theirs in both):8.2f} s")
        ratios = sorted(ours / theirs for ours, theirs in both)
        print(
            f"ratio                           {statistics.median(ratios):8.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args().runs
    overhead()
    sys.stdout.flush()
    commands(chosen)
