"""An ordinary site beside its peers: whole commands on the rows of `examples/home`, and their ratios in one run.

    PATH=/opt/pulumi-bin:$PATH python benchmarks/peers.py [--rounds 5]

Who takes part: OpenTofu, or Terraform where there is no `tofu`, with terraform-provider-routeros over REST; `pulumi`
with Wiretik; the `wiretik` command; `pulumi` with an empty Python program; and `pulumi` with as many bare dynamic
resources that do nothing. Whose tools aren't on PATH is left out, with the reason; TOFU and ROUTEROS_PROVIDER name
others. The router is in this process, 20 ms away, with TLS for all. Each round has all of them, one after the other;
figures are medians: seconds of the clock, and of the processor with all processes of the command; nobody waits for
those that the embedded engine forks, so what the processor did for `wiretik` isn't known here (`make profile` has it).
A time counts once the router has the rows that were asked for, each property of each, or after a destroy what it had
before. Limits are those of issue 23.
"""

import argparse
import base64
import copy
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen
from terraform import Peer, as_wanted, says
from timed import Took, compiled, took

from wiretik_provider.simulator import Lab, serve

HOME: Final = Path(__file__).resolve().parent.parent / "examples" / "home"
BIN: Final = Path(sys.executable).parent
PASSWORD: Final = "bench"
PHONE: Final = base64.b64encode(b"the phone's key, the same always").decode()
RTT: Final = 20
OPERATIONS: Final = ("create", "preview with refresh", "destroy")
CLI: Final = {
    "create": ("up", "--yes", "--skip-preview"),
    "preview with refresh": ("preview", "--refresh"),
    "destroy": ("destroy", "--yes", "--skip-preview"),
}
TERRAFORM: Final = {
    "create": ("apply", "-auto-approve"),
    "preview with refresh": ("plan", "-detailed-exitcode"),
    "destroy": ("destroy", "-auto-approve"),
}
NOTHING: Final = """
from pulumi.dynamic import CreateResult, ResourceProvider

class Nothing(ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return CreateResult("nothing", props)
"""
BARE: Final = """
from nothing import Nothing
from pulumi.dynamic import Resource

class Bare(Resource, module="bare", name="Bare"):
    pass


for n in range({number}):
    Bare(Nothing(), f"r{{n}}", {{"n": n}})
"""
WIRETIK, EMBEDDED, EMPTY, BARELY = "pulumi + Wiretik", "wiretik", "pulumi, empty program", "pulumi, bare resources"
LIMITS: Final = (
    (WIRETIK, "preview with refresh", EMPTY, 1.7),
    (WIRETIK, "create", EMPTY, 2.0),
    (EMBEDDED, "preview with refresh", "", 1.2),
    (EMBEDDED, "create", "", 1.2),
    (WIRETIK, "preview with refresh", BARELY, 1.3),
    (WIRETIK, "create", BARELY, 1.3),
    (WIRETIK, "destroy", BARELY, 1.3),
)
"""Who, at what, in proportion to whom (the peer, where nobody is named), at most."""

Rows = Mapping[str, Sequence[Mapping[str, str]]]


@frozen
class Contestant:
    """Who takes part.

    Attributes:
        name: as the table has it.
        commands: by operation.
        folder: in which they are run.
        environment: of theirs.
        rows: which it is to make on the router.
    """

    name: str
    commands: Mapping[str, Sequence[str]]
    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    rows: Rows

    def does(self, operation: str) -> Took:
        """Carry an operation out."""
        return took(self.commands[operation], self.folder, self.environment)


def environment(place: Path, home: Path) -> dict[str, str]:
    """Of Pulumi's commands and ours."""
    return {
        **os.environ,
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PULUMI_BACKEND_URL": f"file://{home / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": PASSWORD,
        "PULUMI_HOME": str(place / "cli"),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def example(place: Path, name: str, lab: Lab) -> tuple[Path, dict[str, str]]:
    """The example with a stack for this router."""
    home = place / name
    shutil.copytree(HOME, home, ignore=shutil.ignore_patterns("__pycache__", ".wiretik", "Pulumi.*.yaml"))
    (home / "state").mkdir()
    words, around = [str(BIN / "wiretik"), "config", "set", "--stack", "lab"], environment(place, home)
    config = {"home:lan": "192.168.88.0/24", "wiretik:host": lab.host, "wiretik:port": str(lab.apis_port)}
    config |= {"wiretik:fingerprint": lab.fingerprint, "wiretik:username": "admin"}
    (home / "Pulumi.lab.yaml").write_text(json.dumps({"config": config}))  # which is YAML
    for key, value in {"wiretik:password": PASSWORD, "phone-private-key": PHONE}.items():
        took([*words, "--secret", key, value], home, around)
    return home, around


def by_wiretik(place: Path, lab: Lab, rows: Rows) -> Contestant:
    home, around = example(place, "embedded", lab)
    words = {name: [str(BIN / "wiretik"), *words, "--stack", "lab"] for name, words in CLI.items()}
    words["preview with refresh"].append("--expect-no-changes")
    return Contestant(EMBEDDED, words, home, around, rows)


def by_pulumi(place: Path, lab: Lab, rows: Rows, number: int) -> Iterator[Contestant]:
    """Wiretik, an empty program, and one with as many bare resources, by the CLI."""
    pulumi = shutil.which("pulumi") or ""
    words = {name: [pulumi, "--non-interactive", *words, "--stack", "lab"] for name, words in CLI.items()}
    home, around = example(place, "home", lab)
    took([pulumi, "stack", "init", "lab"], home, around)
    strict = {**words, "preview with refresh": [*words["preview with refresh"], "--expect-no-changes"]}
    yield Contestant(WIRETIK, strict, home, around, rows)
    for name, program in ((EMPTY, ""), (BARELY, BARE.format(number=number))):
        folder = place / name.rpartition(" ")[0][-5:].strip(" ,")
        (folder / "state").mkdir(parents=True)
        (folder / "Pulumi.yaml").write_text(f"name: {folder.name}\nruntime: python\n")
        (folder / "__main__.py").write_text(program)
        (folder / "nothing.py").write_text(NOTHING)
        around = environment(place, folder)
        took([pulumi, "stack", "init", "lab"], folder, around)
        yield Contestant(name, words, folder, around, {})


def by_the_peer(place: Path, lab: Lab, rows: Rows) -> Contestant:
    """The peer, with the same rows."""
    tool = os.environ.get("TOFU") or shutil.which("tofu") or shutil.which("terraform")
    provider = os.environ.get("ROUTEROS_PROVIDER") or shutil.which("terraform-provider-routeros")
    if not tool or not provider:
        missing = ["tofu and terraform"] * (not tool) + ["terraform-provider-routeros"] * (not provider)
        raise FileNotFoundError(f"{' and '.join(missing)}: not on PATH")
    (place / "peer").mkdir()
    address = f"https://{lab.host}:{lab.rests_port}"
    peer = Peer(tool, Path(provider).resolve(), place / "peer", address, PASSWORD)
    asked = {path: [row for row in there if says(path, row)] for path, there in rows.items()}
    left = [f"{path} {as_wanted(path, row)}" for path, there in rows.items() for row in there if not says(path, row)]
    print("\n".join(["the peer can't say:", *left]) if left else "the peer has all rows")
    peer.write(asked)
    words = {name: [tool, *words, "-no-color", "-input=false"] for name, words in TERRAFORM.items()}
    name = {"tofu": "OpenTofu", "terraform": "Terraform (there is no tofu)"}.get(Path(tool).name, tool)
    return Contestant(name, words, peer.folder, peer.environment, asked)


def made(lab: Lab, before: Rows) -> dict[str, list[dict[str, str]]]:
    """What the router has that it hadn't before."""
    there = {
        path: [row for row in rows if row not in before.get(path, ())] for path, rows in lab.router.snapshot().items()
    }
    return {path: [dict(row) for row in rows] for path, rows in there.items() if rows}


def counted(rows: Rows, paths: Sequence[str]) -> Counter[tuple[str, frozenset[tuple[str, str]]]]:
    """Rows as their programs want them, each with its menu."""
    return Counter((path, frozenset(as_wanted(path, row).items())) for path in paths for row in rows.get(path, ()))


def judge(who: Contestant, operation: str, lab: Lab, before: Rows) -> None:
    """End the program where the router hasn't what it should."""
    found = made(lab, before)
    asked = {} if operation == "destroy" else who.rows
    paths = sorted(set(found) | set(asked))
    amiss = [*(counted(found, paths) - counted(asked, paths)), *(counted(asked, paths) - counted(found, paths))]
    if amiss:
        lines = [f"{path} {dict(sorted(row))}" for path, row in amiss]
        raise SystemExit(f"{who.name}, {operation}: amiss on the router:\n" + "\n".join(lines))


def table(costs: Mapping[str, Mapping[str, Sequence[Took]]]) -> Iterator[str]:
    """The medians, and the ratios that the issue limits."""
    peer = next((name for name in costs if name not in (WIRETIK, EMBEDDED, EMPTY, BARELY)), "")
    middle: dict[tuple[str, str], Took] = {
        (name, operation): Took(*map(statistics.median, zip(*runs, strict=True)))
        for name, found in costs.items()
        for operation, runs in found.items()
    }
    yield "| | " + " | ".join(costs) + " |"
    yield "| --- |" + " --- |" * len(costs)
    for operation in OPERATIONS:
        cells = [(name, middle[name, operation]) for name in costs]
        yield (
            f"| {operation} | "
            + " | ".join(
                f"{cell.wall:.2f} s ({'?' if name == EMBEDDED else f'{cell.processor:.2f}'})" for name, cell in cells
            )
            + " |"
        )
    yield "\n| | by the clock | by the processor | limit |\n| --- | --- | --- | --- |"
    for who, operation, whom, most in LIMITS:
        one, other = middle.get((who, operation)), middle.get((whom or peer, operation))
        if one and other:
            clock = one.wall / other.wall
            processor = "?" if who == EMBEDDED else f"{one.processor / other.processor:.2f}"
            yield f"| {who}: {operation}, over {whom or peer} | {clock:.2f} | {processor} | {most} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rtt", type=float, default=RTT, help="milliseconds to the router")
    parser.add_argument("--verbose", action="store_true", help="each time as it is taken")
    chosen = parser.parse_args()
    compiled()
    router = serve(profile="defconf", password=PASSWORD, rest=True, rtt_ms=chosen.rtt)
    with tempfile.TemporaryDirectory() as folder, router as lab:
        place = Path(folder)
        before = copy.deepcopy(lab.router.snapshot())
        ours = by_wiretik(place, lab, {})
        ours.does("create")
        wanted = made(lab, before)
        number = len(dynamic(ours.folder))
        ours.does("destroy")
        contestants = [evolve(ours, rows=wanted)]
        if shutil.which("pulumi"):
            contestants += by_pulumi(place, lab, wanted, number)
        else:
            print("pulumi is left out: it isn't on PATH")
        try:
            contestants = [by_the_peer(place, lab, wanted), *contestants]
        except FileNotFoundError as missing:
            print(f"the peer is left out: {missing}")
        rows = sum(map(len, wanted.values()))
        print(
            f"examples/home: {rows} rows by {number} resources, {chosen.rtt:g} ms to the router, {chosen.rounds} rounds"
        )
        costs: dict[str, dict[str, list[Took]]] = {one.name: {name: [] for name in OPERATIONS} for one in contestants}
        first = int(chosen.rounds > 1)  # isn't counted then: it warms caches and the disk
        for turn in range(chosen.rounds + first):
            for who in contestants:
                for operation in OPERATIONS:
                    spent = who.does(operation)
                    if chosen.verbose:
                        print(f"{turn} {who.name}, {operation}: {spent.wall:.2f} s ({spent.processor:.2f})", flush=True)
                    judge(who, operation, lab, before)
                    if turn >= first:
                        costs[who.name][operation].append(spent)
        print("\n".join(table(costs)))


def dynamic(home: Path) -> list[str]:
    """The dynamic resources in the state."""
    (state,) = (home / "state").glob(".pulumi/stacks/*/lab.json")
    there = json.loads(state.read_text())["checkpoint"]["latest"]["resources"]
    return [one["urn"] for one in there if one["type"].startswith("pulumi-python:")]


if __name__ == "__main__":
    main()
