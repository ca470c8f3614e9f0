"""A fleet on a running `wiretik lab`: time, processor time, memory, and what a kill -9 leaves.

    python benchmarks/fleet.py [--routers 200] [up kill budget drift links slow]

`up` deploys all sites, then previews them; `kill` kills the controller at 45 of 100 sites and resumes; `budget` puts
three of the first ten out of reach, halts, and resumes; `drift` removes a rule at five sites by hand; `links` exchanges
the keys of a hub and 50 spokes from nothing; `slow` compares 16 workers with one at 80 ms. In parentheses stands what
each figure has to be. A site has 23 resources. On
a machine that has other work processor time counts: of the command, and of the sites' processes as they told it.
"""

import argparse
import contextlib
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import librouteros

WIRETIK = str(Path(sys.executable).with_name("wiretik"))
PROGRAM = """
import pulumi
import wiretik as wt

config = pulumi.Config()
number = config.require_int("number")
site = wt.Site("site", wt.SiteArgs(lan=wt.Lan("bridge", "192.168.88.0/24"), tunnels=[
    wt.TunnelArgs("wg1", address=f"10.20.{number // 250}.{number % 250 + 1}/16", listen_port=13232, peers=[
        wt.TunnelPeer("hub", "U0VSVkVSMl9QVUJMSUNfS0VZLi4uLi4uLi4uLi4uLi4=", ["172.16.50.0/24"],
                      endpoint="hub.example.com:51820")])]))
for n in range(8):
    wt.Route(f"net{n}", dst_address=f"10.77.{n}.0/24", gateway="wg1", opts=pulumi.ResourceOptions(depends_on=[site]))
"""
LINKED = """
import pulumi
import wiretik as wt

config = pulumi.Config()
number = config.require_int("number")
wg = wt.WireGuardInterface("wg0", listen_port=51820)
wt.IpAddress("inside", address=f"10.9.0.{number}/24", interface=wg)
for name, facts in (config.get_object("ends") or {}).items():
    wt.Peer(name, interface=wg, public_key=facts["key"], allowed_address=[facts["address"]], name=name)
pulumi.export("facts", {"key": wg.public_key, "address": f"10.9.0.{number}/32"})
"""


@attrs.define
class Bench:
    """A fleet's directory, and the ports of a lab's routers."""

    place: Path
    ports: Sequence[int]
    lab: int = 0

    def write(self, sites: int, program: str = PROGRAM, more: str = "", closed: Sequence[int] = ()) -> None:
        """Write program and fleet's file; the routers of `closed` are out of reach."""
        (self.place / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (self.place / "__main__.py").write_text(program)
        file = self.place / "fleet.yaml"
        salt = [line for line in (file.read_text().splitlines() if file.exists() else []) if "encryptionsalt" in line]
        entries = [
            f"  s{n:04}: {{host: 127.0.0.1, port: {1 if n in closed else self.ports[n - 1]}, vars: {{number: {n}}}}}"
            for n in range(1, sites + 1)
        ]
        text = ["defaults: {username: admin, tls: false}", "sites:", *entries, more, *salt]
        file.write_text("\n".join(filter(None, text)) + "\n")

    def run(self, *words: str, most: float = 0) -> tuple[int, str]:
        """Run a command, and print what it took, and how long it may take."""
        before, began, lab = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), _ticks(self.lab)
        process = self.start(*words)
        peak = 0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(0.25)
        out = (self.place / "out").read_text()
        wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        sites = [json.loads(line) for line in out.splitlines() if line.startswith("{") and '"event": "site",' in line]
        theirs = sum(each["cpu"] for each in sites)
        limit = f" (at most {most:.0f})" if most else ""
        print(
            f"  fleet {' '.join(words)}: exit {process.returncode}, {wall:.1f} s{limit}, "
            f"processor: {own:.1f} s of itself, "
            f"{theirs:.1f} s of {len(sites)} sites ({theirs / max(len(sites), 1):.2f} s each), "
            f"{_ticks(self.lab) - lab:.1f} s of the lab, "
            f"peak {peak // 1024} MB (at most 350; PSS of all its processes)",
            flush=True,
        )
        return process.returncode, out

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command."""
        environment = {**os.environ, "PULUMI_CONFIG_PASSPHRASE": "", "PULUMI_HOME": str(self.place / "home")}
        return subprocess.Popen(
            [WIRETIK, "fleet", *words, "--json"],
            cwd=self.place,
            env=environment,
            stdout=(self.place / "out").open("w"),
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def clean(self) -> None:
        """Take everything away again."""
        self.run("destroy", "--yes", "--workers", "4")
        shutil.rmtree(self.place / ".wiretik", ignore_errors=True)
        for file in self.place.glob("Pulumi.*.yaml"):
            file.unlink()

    def lines(self) -> list[dict[str, Any]]:
        """The record of the last run."""
        *_, last = sorted((self.place / ".wiretik/fleet/net/runs").glob("*/events.jsonl"))
        return [json.loads(line) for line in last.read_text().splitlines()]

    @contextlib.contextmanager
    def router(self, number: int) -> Iterator[Callable[..., list[dict[str, Any]]]]:
        """Somebody else's login at a router."""
        session = librouteros.connect("127.0.0.1", "admin", "", port=self.ports[number - 1])
        try:
            yield lambda command, **words: list(session(command, **words))
        finally:
            session.close()


def _ticks(pid: int) -> float:
    """The processor time of a process and of what it has waited for, in seconds; none of one that is gone."""
    with contextlib.suppress(OSError):
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _memory(pid: int) -> int:
    """The proportional memory of a process and all below it, in kB."""
    total = 0
    for each in _below(pid):
        with contextlib.suppress(OSError):
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
            found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
            total += int(found[1]) if found else 0
    return total


def _below(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            parents.setdefault(int(file.read_text().rpartition(")")[2].split()[1]), []).append(int(file.parent.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def up(bench: Bench, sites: int) -> None:
    """All sites, then no change."""
    bench.write(sites)
    code, _ = bench.run("up", "--yes", "--workers", "4", most=80 * sites / 200)
    assert code == 0
    code, _ = bench.run("preview", "--workers", "4", "--expect-no-changes", most=60 * sites / 200)
    assert code == 0
    done = 0
    for number in range(1, sites + 1):
        with bench.router(number) as session:
            rows = session("/ip/route/print")
            done += sum("[wt:" in str(row.get("comment", "")) for row in rows) >= 9
    print(f"  routers that have the site's routes: {done} of {sites}")
    bench.clean()


def kill(bench: Bench, sites: int) -> None:
    """kill -9 of the controller before half of its sites are done."""
    bench.write(sites)
    process = bench.start("up", "--yes", "--workers", "4")
    at = sites * 45 // 100
    while sum(line["event"] == "site" for line in _lines(bench)) < at and process.poll() is None:
        time.sleep(0.2)
    below = _below(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = sum(line["event"] == "site" for line in _lines(bench))
    deadline = time.monotonic() + 60
    while (left := [pid for pid in below if _alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.2)
    locks = list((bench.place / ".wiretik").rglob("locks/**/*.json"))
    print(f"  killed after {done} of {sites} sites; processes left: {len(left)} (0), locks left: {len(locks)} (0)")
    code, _ = bench.run("up", "--yes", "--workers", "4", "--resume", "last")
    lines = _lines(bench)
    begun = Counter(line["site"] for line in lines if line["event"] == "site-began")
    good = {line["site"] for line in lines if line["event"] == "site" and line["verdict"] == "ok"}
    print(f"  exit {code}: {len(good)} of {sites} ok, begun twice: {sum(n > 1 for n in begun.values())} (at most 4)")
    bench.run("preview", "--workers", "4", "--expect-no-changes")
    bench.clean()


def _lines(bench: Bench) -> list[dict[str, Any]]:
    with contextlib.suppress(ValueError, OSError):
        return bench.lines()
    return []


def _alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    return False


def budget(bench: Bench, sites: int) -> None:
    """Three of the first ten out of reach, and one in a hundred may be."""
    bench.write(sites, closed=(2, 5, 9))
    code, _ = bench.run("up", "--yes", "--workers", "4", "--max-failed", "1%")
    count = Counter(line["verdict"] for line in bench.lines() if line["event"] == "site")
    ended = next(line for line in bench.lines() if line["event"] == "ended")
    left = sites - sum(count.values())
    print(f"  exit {code} (9), {ended['ending']}: {ended['why']}; {dict(count)}; untouched: {left} (150 of 200)")
    bench.write(sites)
    bench.run("up", "--yes", "--workers", "4", "--resume", "last")
    bench.clean()


def drift(bench: Bench, sites: int) -> None:
    """A rule removed by hand at five sites."""
    bench.write(sites)
    bench.run("up", "--yes", "--workers", "4")
    wanted = sorted({max(1, sites * share // 100) for share in (3, 21, 47, 70, 100)})
    for number in wanted:
        with bench.router(number) as session:
            rows = session("/ip/firewall/filter/print")
            mine = next(row for row in rows if "[wt:" in str(row.get("comment", "")))
            session("/ip/firewall/filter/remove", numbers=mine[".id"])
    code, _ = bench.run("drift", "--workers", "4")
    found = sorted(line["site"] for line in bench.lines() if line["event"] == "site" and line["changes"])
    print(f"  exit {code}: {found == [f's{n:04}' for n in wanted]} {found}")
    subprocess.run([WIRETIK, "fleet", "report", "--out", "/tmp/fleet-report.html"], cwd=bench.place, check=True)
    bench.clean()


def links(bench: Bench, sites: int) -> None:
    """A hub and its spokes from nothing."""
    number = min(51, sites)
    bench.write(number, LINKED, "links:\n  - {hub: s0001, spokes: '!s0001'}")
    bench.run("up", "--yes", "--workers", "4", most=30)
    bench.run("preview", "--workers", "4", "--expect-no-changes")
    _, out = bench.run("doctor", "--workers", "4")
    keys = [one["kind"] for one in json.loads(out)["findings"] if "key" in one["kind"]]
    print(f"  mismatched keys that the doctor finds: {len(keys)} (0)")
    with bench.router(1) as session:
        peers = {row["name"]: row["public-key"] for row in session("/interface/wireguard/peers/print")}
    good = 0
    for each in range(2, number + 1):
        with bench.router(each) as session:
            own = session("/interface/wireguard/print")[0]["public-key"]
            good += peers.get(f"s{each:04}") == own
    print(f"  spokes whose key the hub has: {good} of {number - 1}")
    bench.clean()


def slow(bench: Bench, sites: int) -> None:
    """Far routers, by one worker and by sixteen; the lab is to be started with --rtt-ms 80."""
    number = min(60, sites)
    bench.write(number)
    for words in (("preview",), ("up", "--yes", "--waves", "100%")):
        took = {}
        for workers in (16, 1):
            began = time.monotonic()
            bench.run(*words, "--workers", str(workers))
            took[workers] = time.monotonic() - began
            if words[0] == "up":
                bench.clean()
        print(f"  {words[0]}: 16 workers are {took[1] / took[16]:.1f} times as fast as one (4)")


BENCHES: Mapping[str, Any] = {each.__name__: each for each in (up, kill, budget, drift, links, slow)}


def main() -> None:
    """Run them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--routers", type=int, default=200)
    parser.add_argument("which", nargs="*", default=["up", "kill", "budget", "drift", "links", "slow"])
    asked = parser.parse_args()
    for name in asked.which:
        with tempfile.TemporaryDirectory(prefix="wiretik-fleet-") as folder:
            ms = "80" if name == "slow" else "2"
            words = ["lab", "--routers", str(asked.routers), "--profile", "defconf", "--rtt-ms", ms]
            lab = subprocess.Popen([WIRETIK, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                assert lab.stdout is not None
                ports = []
                for line in lab.stdout:
                    ports += [int(found) for found in re.findall(r"^router \d+ api=[\d.]+:(\d+)", line)]
                    if line.startswith("ready"):
                        ports = ports or [int(found) for found in re.findall(r"api=[\d.]+:(\d+)", line)]
                        break
                print(f"{name}: {asked.routers} routers", flush=True)
                BENCHES[name](Bench(Path(folder), ports, lab.pid), asked.routers)
            finally:
                lab.terminate()
                lab.wait()


if __name__ == "__main__":
    main()
