"""What large lists cost against what physics allows: 10,000 entries created, ten changed, none changed, all removed.

Then 200 peers and the home site, which are many resources of one row each. The limit is max(commands x the router's own
time, ceil(commands / window) x round trip) + the round trips that must wait for each other. What Pulumi itself takes is
measured and shown apart: with an empty program, and with the same entries on a resource whose provider does nothing,
since Pulumi's SDK and protocol carry every entry several times. A loop of librouteros calls, one at a time, runs
against the same router for comparison.

    PATH=/opt/tf-routeros:$PATH python benchmarks/lists.py --window [--entries 10000]

creates the list alone: with `wiretik:window` 32 and 256, on a router that gets slow with 150 commands under way, and by
terraform with the Terraform provider over REST, where both are on PATH; the router's rows are counted before a time
counts. The limit has what the embedded router itself takes of the processor, and what it costs to find such a router's
limit once: what was under way then, at 20 ms each.
"""

from __future__ import annotations

import argparse
import copy
import ipaddress
import json
import math
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import librouteros
from rich.console import Console
from rich.table import Table

from wiretik.engine import Result, Stack
from wiretik_provider.simulator import Lab, serve

LIST = "/ip/firewall/address-list"
HOME = Path(__file__).parent.parent / "examples" / "home-by-rows"

PROGRAM = """
import wiretik as wt
from wiretik_program import entries, peers
if entries:
    wt.AddressList("big", entries=[wt.Entry(address, comment=comment) for address, comment in entries])
if peers:
    wg = wt.WireGuardInterface("wg0", listen_port=13231)
    for number, (key, address) in enumerate(peers):
        wt.Peer(f"peer{number}", interface=wg, public_key=key, allowed_address=[address])
"""


IDLE = """
import pulumi
import pulumi.dynamic
from wiretik_program import entries

class Idle(pulumi.dynamic.ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return pulumi.dynamic.CreateResult("idle", props)

    def update(self, id, olds, news):
        return pulumi.dynamic.UpdateResult(news)

class Thing(pulumi.dynamic.Resource):
    pass

Thing(Idle(), "thing", {"entries": dict(entries)})
"""
"""The same entries, and nobody who does anything with them."""


@contextmanager
def peak() -> Iterator[list[int]]:
    """The most memory in MB of one of the processes that are started meanwhile, as Linux tells it; 0 elsewhere."""
    found, ended = [0], threading.Event()

    def look() -> None:
        while not ended.wait(0.02):
            for children in Path("/proc/self/task").glob("*/children"):
                for child in _text(children).split():
                    lines = [line for line in _text(Path(f"/proc/{child}/status")).splitlines() if line[:6] == "VmHWM:"]
                    found[0] = max(found[0], *[int(line.split()[1]) // 1024 for line in lines], 0)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


class Cost(NamedTuple):
    """One operation: how long, commands, round trips in a row, bytes, and the most memory of program and provider."""

    seconds: float
    commands: int
    trips: int
    received: int
    sent: int
    memory: int


class Site:
    """A stack on a router, and the program's data."""

    def __init__(self, folder: str | Path, lab: Lab, window: int, program: str | Path = PROGRAM) -> None:
        self.folder, self.lab = Path(folder), lab
        if isinstance(program, Path):
            shutil.copytree(program, folder, ignore=shutil.ignore_patterns("__pycache__", ".wiretik", "Pulumi.*.yaml"))
        else:
            self.folder.mkdir(exist_ok=True)
            (self.folder / "Pulumi.yaml").write_text("name: lists\nruntime: python\n")
            (self.folder / "__main__.py").write_text(program)
        config = {
            "wiretik:host": lab.host,
            "wiretik:port": str(lab.api_port),
            "wiretik:tls": "false",
            "wiretik:username": "admin",
            "wiretik:password": "bench",
            "wiretik:window": str(window),
            "home-by-rows:lan": "192.168.88.0/24",
        }
        self.stack = Stack(folder, "bench", passphrase="bench", config=config)

    def says(self, entries: int = 0, changed: int = 0, peers: int = 0) -> None:
        base = int(ipaddress.ip_address("10.0.0.0"))
        rows = [(str(ipaddress.ip_address(base + 2 * n)), f"host {n}{'!' * (n < changed)}") for n in range(entries)]
        keys = [(key(n), f"10.99.{n >> 8}.{n & 255}/32") for n in range(peers)]
        (self.folder / "wiretik_program.py").write_text(f"entries = {rows!r}\npeers = {keys!r}\n")

    def costs(self, run: Callable[[], Result]) -> Cost:
        before, start = copy.deepcopy(self.lab.stats()), time.perf_counter()
        with peak() as most:
            result = run()
        seconds, after = time.perf_counter() - start, self.lab.stats()
        if not result.ok:
            raise SystemExit("\n".join(result.errors))
        count = [sum(sum(verbs.values()) for verbs in stats.commands.values()) for stats in (before, after)]
        sizes = after.bytes_in - before.bytes_in, after.bytes_out - before.bytes_out
        return Cost(seconds, count[1] - count[0], after.round_trips - before.round_trips, *sizes, most[0])


def key(number: int) -> str:
    import base64  # noqa: PLC0415

    return base64.b64encode(number.to_bytes(4, "big").ljust(32, b"w")).decode()


PEER = """
terraform {
  required_providers {
    routeros = { source = "terraform-routeros/routeros" }
  }
}
resource "routeros_ip_firewall_addr_list" "entry" {
  for_each = jsondecode(file("entries.json"))
  list     = "big"
  address  = each.key
  comment  = each.value
}
"""


def by_terraform(lab: Lab, folder: Path, rows: list[tuple[str, str]]) -> float | None:
    """Seconds that terraform takes to create the entries; None where it isn't on PATH."""
    terraform, provider = (shutil.which(name) for name in ("terraform", "terraform-provider-routeros"))
    if not (terraform and provider):
        return None
    overrides = f'dev_overrides {{ "terraform-routeros/routeros" = "{Path(provider).resolve().parent}" }}'
    settings = folder / "terraform.rc"
    settings.write_text(f"provider_installation {{\n{overrides}\ndirect {{}}\n}}\ndisable_checkpoint = true\n")
    (folder / "main.tf").write_text(PEER)
    (folder / "entries.json").write_text(json.dumps(dict(rows)))
    access = {"ROS_USERNAME": "admin", "ROS_PASSWORD": "bench", "ROS_INSECURE": "true"}
    where = {"ROS_HOSTURL": f"https://{lab.host}:{lab.rests_port}", "TF_CLI_CONFIG_FILE": str(settings)}
    command, start = [terraform, "apply", "-auto-approve", "-no-color", "-input=false"], time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **access, **where}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout[-500:] + done.stderr[-500:])
    return time.perf_counter() - start


def windows(entries: int) -> None:
    """How long creating a list takes by the window, and the peer."""
    table = Table(title=f"{entries:,} entries created at 20 ms")
    for heading in ("", "time", "idle provider", "limit", "over idle", "terraform by it"):
        table.add_column(heading, justify="right")
    base = int(ipaddress.ip_address("10.0.0.0"))
    rows = [(str(ipaddress.ip_address(base + 2 * n)), f"host {n}") for n in range(entries)]
    with tempfile.TemporaryDirectory() as folder, serve(password="bench", rest=True, rtt_ms=20) as lab:
        peer = by_terraform(lab, Path(folder), rows)
        counted(lab, entries if peer else 0)
    for window, cliff in ((32, 0), (256, 0), (256, 150)):
        with (
            tempfile.TemporaryDirectory() as folder,
            serve(tls=False, password="bench", rtt_ms=20, cliff=cliff) as lab,
        ):
            idle = Site(Path(folder) / "idle", lab, window, IDLE)
            idle.says(entries)
            without = idle.costs(idle.stack.up).seconds
            site = Site(Path(folder) / "site", lab, window)
            site.says(entries)
            own = lab.call(time.thread_time)
            cost = site.costs(site.stack.up)
            own = lab.call(time.thread_time) - own
            counted(lab, entries)
            # Steps of 32: the last that the router bears, and what is under way when it is found that it bears no more.
            bears = min(window, max(32, cliff // 32 * 32)) if cliff else window
            found = (bears + 64) * 0.02 if bears < window else 0.0
            best = max(limit(cost.commands, 20, 0, bears), own) + found
            name = f"window {window}{f', slow from {cliff} under way' if cliff else ''}"
            ratio = f"{peer / cost.seconds:.1f} x" if peer else "-"
            shown = [f"{part:.2f} s" for part in (cost.seconds, without, best)]
            table.add_row(name, *shown, f"{(cost.seconds - without) / best:.2f}", ratio)
    table.add_row("terraform, REST", f"{peer:.1f} s" if peer else "not on PATH", "", "", "", "")
    Console(width=140).print(table)


def counted(lab: Lab, entries: int) -> None:
    """Look at the router's rows before a time counts."""
    if (there := len(lab.run(f"{LIST}/print", "?list=big"))) != entries:
        raise SystemExit(f"{there} entries where {entries} were created")


def limit(commands: int, rtt_ms: float, command_ms: float, window: int, waits: int = 4) -> float:
    """Seconds that nobody can beat: login, version, one look and the answer wait for each other."""
    return max(commands * command_ms, math.ceil(commands / window) * rtt_ms) / 1000 + waits * rtt_ms / 1000


def librouteros_loop(lab: Lab, entries: int) -> float:
    """Adds one at a time, seconds for each."""
    api = librouteros.connect(lab.host, "admin", "bench", port=lab.api_port)
    path = api.path("ip", "firewall", "address-list")
    start = time.perf_counter()
    for number in range(entries):
        path.add(list="loop", address=f"172.16.{number >> 8}.{number & 255}")
    seconds = time.perf_counter() - start
    lab.run(f"{LIST}/remove", numbers=",".join(row[".id"] for row in lab.run(f"{LIST}/print", "?list=loop")))
    api.close()
    return seconds / entries


def four(site: Site, entries: int) -> Iterator[tuple[str, Cost]]:
    """The four operations on a list."""
    site.says(entries)
    yield f"{entries:,} entries created", site.costs(site.stack.up)
    yield "nothing changed, preview", site.costs(site.stack.preview)
    site.says(entries, changed=10)
    yield "ten changed", site.costs(site.stack.up)
    yield "nothing changed, with refresh", site.costs(lambda: site.stack.up(refresh=True))
    yield "all removed", site.costs(site.stack.destroy)


class Report:
    """The table, and what of it is the same for several rows."""

    def __init__(self, table: Table, rtt_ms: float, command_ms: float, window: int) -> None:
        self.table, self.figures = table, (rtt_ms, command_ms, window)
        self.where = f"{rtt_ms:g} ms, {command_ms:g} ms, {window}"
        self.empty = 0.0

    def row(self, name: str, cost: Cost, idle: float = 0.0) -> None:
        rtt_ms, command_ms, window = self.figures
        best = limit(cost.commands, rtt_ms, command_ms, window)
        size = f"{cost.received / 1e6:.2f} / {cost.sent / 1e6:.2f} MB"
        # Below a second the ratio is that of starting two processes, whatever the list.
        shares = [(cost.seconds - part) / best if part and best > 1 else None for part in (self.empty, idle)]
        times = [f"{part:.2f} s" if part else "" for part in (cost.seconds, self.empty, idle, best)]
        over = ["-" if ratio is None else f"{max(0.0, ratio):.2f}" for ratio in shares]
        self.table.add_row(
            self.where, name, f"{cost.commands:,}", f"{cost.trips:,}", size, f"{cost.memory} MB", *times, *over
        )


def run(table: Table, entries: int, peers: int, *, rtt_ms: float, command_ms: float, window: int) -> None:
    router = serve(profile="bare", tls=False, password="bench", rtt_ms=rtt_ms, command_ms=command_ms)
    report = Report(table, rtt_ms, command_ms, window)
    with tempfile.TemporaryDirectory() as folder, router as lab:
        site = Site(Path(folder) / "site", lab, window)
        site.says()
        report.empty = min(site.costs(site.stack.up).seconds for _ in range(3))
        idle = [cost.seconds for _, cost in four(Site(Path(folder) / "idle", lab, window, IDLE), entries)]
        for (name, cost), base in zip(four(site, entries), idle, strict=True):
            report.row(name, cost, base)
        if peers:
            site.says(peers=peers)
            report.row(f"{peers} peers", site.costs(site.stack.up))
            site.costs(site.stack.destroy)
            with serve(profile="defconf", tls=False, password="bench", rtt_ms=rtt_ms, command_ms=command_ms) as home:
                at_home = Site(Path(folder) / "home", home, window, HOME)
                report.row("home site", at_home.costs(at_home.stack.up))
                refreshed = at_home.costs(lambda: at_home.stack.up(refresh=True))
                report.row("home site, nothing changed, with refresh", refreshed)
                report.row("home site, destroyed", at_home.costs(at_home.stack.destroy))
        each = librouteros_loop(lab, 200)
        looped = f"{each * entries:.1f} s (of 200)"
        table.add_row(report.where, "librouteros, one at a time", f"{entries:,}", f"{entries:,}", "", "", looped)
        table.add_section()


def grow() -> None:
    """How time and memory grow with the list, on a router that takes no time at all."""
    table = Table(title="Up, preview and no-op by the length of the list (no latency, window 256)")
    for heading in ("entries", "up", "peak", "preview", "peak", "up, no change, with refresh", "peak", "each entry"):
        table.add_column(heading, justify="right")
    for entries in (10_000, 30_000, 100_000):
        with tempfile.TemporaryDirectory() as folder, serve(profile="bare", tls=False, password="bench") as lab:
            site = Site(Path(folder) / "site", lab, 256)
            site.says(entries)
            runs = (site.stack.up, site.stack.preview, lambda site=site: site.stack.up(refresh=True))
            costs = [site.costs(run) for run in runs]
            cells = [cell for cost in costs for cell in (f"{cost.seconds:.1f} s", f"{cost.memory} MB")]
            each = sum(cost.seconds for cost in costs) / entries
            table.add_row(f"{entries:,}", *cells, f"{each * 1e6:.0f} us")
    Console(width=140).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="only at 20 ms and 1 ms")
    parser.add_argument("--window", action="store_true", help="only creating, by the window, against terraform")
    parser.add_argument("--grow", action="store_true", help="only how time and memory grow to 100,000 entries")
    options = parser.parse_args()
    if options.window:
        windows(options.entries)
        return
    if options.grow:
        grow()
        return
    table = Table(title="Large lists on the embedded router (plain API)")
    for heading in ("round trip, command, window", "", "commands", "round trips", "to / from router", "peak"):
        table.add_column(heading)
    for heading in ("time", "empty program", "idle provider", "limit", "over empty", "over idle"):
        table.add_column(heading, justify="right")
    run(table, options.entries, 200, rtt_ms=20, command_ms=1, window=32)
    if not options.quick:
        for window in (16, 64, 256):
            run(table, options.entries, 0, rtt_ms=20, command_ms=0, window=window)
    Console(width=180).print(table)
    if not options.quick:
        grow()


if __name__ == "__main__":
    main()
