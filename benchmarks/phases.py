"""Where a deployment of examples/home spends its time: each process, each kind of call, and what goes to the router.

Processor time is what counts, since the machine has other work; wall time is printed beside it. Program and provider
are fresh interpreters here, so their imports are in it and printed by themselves. The router is in this process, and
each operation in one of its own. Where the CLI is on PATH, its commands are beside it, and those of an empty program.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

from google.protobuf.message import Message
from timed import Timed, compiled

from wiretik.engine import Stack
from wiretik.engine.deployment.monitor import EngineService, Monitor
from wiretik.engine.processes import children
from wiretik.engine.processes.provider import Provider
from wiretik_provider.simulator import Lab, serve

P = ParamSpec("P")
T = TypeVar("T")
HOME = Path(__file__).resolve().parent.parent / "examples" / "home"
PASSWORD = "bench"
OPERATIONS = {
    "preview": ("preview", {}),
    "up": ("up", {}),
    "preview, nothing to do": ("preview", {}),
    "preview with refresh": ("preview", {"refresh": True}),
    "destroy": ("destroy", {}),
}
CLI = {
    "preview": ["preview"],
    "up": ["up", "--yes", "--skip-preview"],
    "preview, nothing to do": ["preview"],
    "preview with refresh": ["preview", "--refresh"],
    "destroy": ["destroy", "--yes", "--skip-preview"],
}


def used(who: int = resource.RUSAGE_CHILDREN) -> float:
    """Seconds of processor time."""
    spent = resource.getrusage(who)
    return spent.ru_utime + spent.ru_stime


def counted(kind: type, names: list[str], calls: Counter[str]) -> None:
    """Count the calls of some methods."""

    def count(name: str, method: Callable[P, T]) -> Callable[P, T]:
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            calls[name] += 1
            return method(*args, **kwargs)

        return call

    for name in names:
        setattr(kind, name, count(name, getattr(kind, name)))


def _told(ask: Callable[[Provider, Callable[[Message], T], Message], T], calls: Counter[str]) -> Callable[..., T]:
    """Count a provider's calls by what they ask."""

    def to_provider(self: Provider, method: Callable[[Message], T], request: Message) -> T:
        calls[f"provider: {type(request).__name__.removesuffix('Request')}"] += 1
        return ask(self, method, request)

    return to_provider


def one(operation: str, directory: Path) -> None:
    """Carry out one operation in this process, and print what it took."""
    calls: Counter[str] = Counter()
    for service in (Monitor, EngineService):
        counted(service, [name for name in vars(service) if name[0].isupper()], calls)
    for asking in ("_call", "_make"):
        setattr(Provider, asking, _told(getattr(Provider, asking), calls))
    children.subprocess.Popen = Timed  # type: ignore[attr-defined]
    stack = Stack(directory, "lab", backend=directory / "state", passphrase=PASSWORD)
    name, options = OPERATIONS[operation]
    wall, own = time.perf_counter(), time.process_time()
    result = getattr(stack, name)(**options)
    spent: dict[str, float] = {}
    for child in Timed.ended:
        spent[child.name] = spent.get(child.name, 0.0) + child.processor
    found = {
        "wall": time.perf_counter() - wall,
        "engine": time.process_time() - own,
        "spent": spent,
        "calls": calls,
        "resources": len(result.steps),
        "errors": result.errors,
    }
    print(json.dumps(found))


def prepared(place: Path, lab: Lab) -> Path:
    """The example with a stack for this router."""
    home = place / "home"
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__", ".wiretik", "Pulumi.*.yaml"))
    wiretik = Path(sys.executable).with_name("wiretik")
    environment = {**os.environ, "PULUMI_CONFIG_PASSPHRASE": PASSWORD, "PULUMI_BACKEND_URL": f"file://{home / 'state'}"}
    config = {"lan": "192.168.88.0/24", "wiretik:host": lab.host, "wiretik:port": str(lab.api_port)}
    config |= {"wiretik:tls": "false", "wiretik:username": "admin"}
    (home / "state").mkdir()
    for key, value in config.items():
        run([str(wiretik), "config", "set", key, value, "--stack", "lab"], home, environment)
    run([str(wiretik), "config", "set", "--secret", "wiretik:password", PASSWORD, "--stack", "lab"], home, environment)
    return home


def run(words: list[str], directory: Path, environment: Mapping[str, str]) -> str:
    """Run a command; what it prints, or this program ends with that."""
    done = subprocess.run(words, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def embedded(lab: Lab, home: Path) -> None:
    """The table of the embedded engine."""
    before = used()
    subprocess.run([sys.executable, "-c", "import pulumi.dynamic, wiretik._public"], check=True)
    print(f"imports of a program: {used() - before:.2f} s of processor time\n")
    print("| | engine | program | provider | wall | calls | commands | round trips | bytes |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    kinds = {}
    for operation in OPERATIONS:
        lab.reset_stats()
        text = run([sys.executable, __file__, "--one", operation, "--directory", str(home)], home, os.environ)
        found = json.loads(text.splitlines()[-1])
        if found["errors"]:
            raise SystemExit(f"{operation}: {found['errors']}")
        stats = lab.stats()
        commands = sum(count for verbs in stats.commands.values() for count in verbs.values())
        spent = found["spent"]
        print(
            f"| {operation} | {found['engine']:.2f} s | {spent.get('program', 0):.2f} s |"
            f" {spent.get('provider', 0):.2f} s | {found['wall']:.2f} s | {sum(found['calls'].values())} | {commands} |"
            f" {stats.round_trips} | {stats.bytes_in + stats.bytes_out} |"
        )
        kinds[operation] = found["calls"]
    print("\ncalls by kind")
    for operation, calls in kinds.items():
        print(f"  {operation}: {', '.join(f'{name} {count}' for name, count in sorted(calls.items()))}")


def by_the_cli(pulumi: str, home: Path, place: Path) -> None:
    """The table of the CLI: whole commands, and the same of an empty program."""
    empty = place / "empty"
    empty.mkdir()
    (empty / "Pulumi.yaml").write_text("name: empty\nruntime: {name: python, options: {toolchain: pip}}\n")
    (empty / "__main__.py").touch()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PULUMI_BACKEND_URL": f"file://{home / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSWORD,
        "PULUMI_HOME": str(place / "cli"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    run([pulumi, "stack", "init", "lab"], empty, environment)
    print("\n| `pulumi` | home | an empty program |\n| --- | --- | --- |")
    for operation, words in CLI.items():
        spent = []
        for directory in (home, empty):
            wall, before = time.perf_counter(), used()
            run([pulumi, "--non-interactive", *words, "--stack", "lab"], directory, environment)
            spent.append(f"{used() - before:.2f} s ({time.perf_counter() - wall:.2f} s wall)")
        print(f"| {operation} | {spent[0]} | {spent[1]} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one", choices=OPERATIONS, help=argparse.SUPPRESS)
    parser.add_argument("--directory", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(chosen.one, chosen.directory)
        return
    compiled()
    with tempfile.TemporaryDirectory() as place, serve(profile="defconf", password=PASSWORD) as lab:
        home = prepared(Path(place), lab)
        embedded(lab, home)
        if pulumi := shutil.which("pulumi"):
            by_the_cli(pulumi, home, Path(place))


if __name__ == "__main__":
    main()
