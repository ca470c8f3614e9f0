"""How time and memory grow with what a stack has: peers, tunnels, routers, rules, entries; each at N, 2N and 4N.

    python benchmarks/growth.py [--part 4] [peers tunnels routers block positioned entries]

What is measured is the first `up` on the embedded engine: processor time of engine, program and provider together, and
the sum of the most memory that each of them had. The routers are in this process and each deployment is in one of its
own. The rows of the router are counted before a figure counts. What each deployment takes whatever it deploys (starts,
imports) is the same in all three, so the exponent is that of the growth: the binary logarithm of how much more the
second doubling adds than the first. KB a row are those of what Pulumi registers, or of the router's rows where one
resource is many; `bare` are dynamic resources of as many properties that do nothing: what Pulumi's SDK and the protocol
take. `--part 4` takes a fourth of each number.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from attrs import frozen
from timed import Timed

from wiretik.engine import Stack
from wiretik.engine.processes import children
from wiretik_provider.simulator import Lab, serve

PASSWORD = "bench"
HEAD = """
import base64
import sys
import pulumi
import wiretik as wt

NUMBER = {number}

def key(n):
    return base64.b64encode(n.to_bytes(4, "big").ljust(32, b"w")).decode()
"""


@frozen
class Kind:
    """Something of which a stack may have many.

    Attributes:
        most: how many at 4N.
        program: after `HEAD`.
        rows: the menu that is counted, and how many rows of it each makes.
        routers: whether each is a router.
    """

    most: int
    program: str
    rows: tuple[str, int]
    routers: bool = False


KINDS = {
    "peers": Kind(
        10_000,
        """
wt.Tunnel("mesh", wt.TunnelArgs("wg1", address="172.16.0.1/24", listen_port=13231, peers=[
    wt.TunnelPeer(f"p{n}", key(n), [f"10.{n >> 8}.{n & 255}.0/24"]) for n in range(NUMBER)]))
""",
        ("/interface/wireguard/peers", 1),
    ),
    "bare": Kind(
        10_000,
        """
from pulumi.dynamic import dynamic

class Idle(dynamic.ResourceProvider):
    serialize_as_secret_always = False

    def create(self, props):
        return dynamic.CreateResult("idle", props)

class Thing(dynamic.Resource):
    pass

packed = dynamic.serialize_provider(Idle())  # the SDK's own way nests deeper with each that it packs
dynamic.serialize_provider = lambda _: packed
first = Thing(Idle(), "first", {})
for n in range(NUMBER):
    Thing(Idle(), f"t{n}", {f"property_{i}": f"value {n}" for i in range(16)}, pulumi.ResourceOptions(depends_on=first))
""",
        ("/system/identity", 0),
    ),
    "tunnels": Kind(
        200,
        """
for n in range(NUMBER):
    wt.Tunnel(f"t{n}", wt.TunnelArgs(f"wg{n}", address=f"172.16.{n}.1/24", listen_port=20000 + n, peers=[
        wt.TunnelPeer("far", key(n), [f"10.{n}.0.0/24"], endpoint="far.example.com:51820")]))
""",
        ("/interface/wireguard", 1),
    ),
    "routers": Kind(
        52,
        """
for n in range(NUMBER):
    wt.Tunnel(f"t{n}", wt.TunnelArgs("wg1", address=f"172.16.0.{n + 1}/24", router=f"r{n}", listen_port=13231,
        peers=[wt.TunnelPeer("far", key(n), ["10.99.0.0/24"])]))
""",
        ("/interface/wireguard", 1),
        routers=True,
    ),
    "block": Kind(
        2_000,
        """
wt.FilterChain("many", chain="forward", position=wt.FIRST, rules={
    f"r{n}": {"src_address": f"10.{n >> 8}.{n & 255}.1", "protocol": "tcp", "dst_port": n % 60000 + 1,
              "action": "accept"} for n in range(NUMBER)})
""",
        ("/ip/firewall/filter", 1),
    ),
    "positioned": Kind(
        1_000,
        """
for n in range(NUMBER):
    wt.FilterRule(f"r{n}", chain="forward", src_address=f"10.{n >> 8}.{n & 255}.1", protocol="tcp",
                  dst_port=n % 60000 + 1, action="accept", position=wt.BEFORE_DROP)
""",
        ("/ip/firewall/filter", 1),
    ),
    "entries": Kind(
        100_000,
        """
wt.AddressList("big", entries=[f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}" for n in range(NUMBER)])
""",
        ("/ip/firewall/address-list", 1),
    ),
}


@frozen
class Cost:
    """Of one deployment: seconds of the processor, MB of all processes, seconds of the clock, and resources."""

    processor: float
    memory: float
    wall: float
    resources: int


def one(directory: Path) -> None:
    """Carry out one `up` in this process, and print what it took."""
    children.subprocess.Popen = Timed  # type: ignore[attr-defined]
    config = json.loads((directory / "config.json").read_text())
    stack = Stack(directory, "bench", backend=directory / "state", passphrase=PASSWORD, config=config)
    began = time.perf_counter()
    result = stack.up()
    wall, own = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    spent = [(own.ru_utime + own.ru_stime, own.ru_maxrss), *((one.processor, one.memory) for one in Timed.ended)]
    processor, memory = (sum(values) for values in zip(*spent, strict=True))
    print(json.dumps({"errors": result.errors, "cost": [processor, memory / 1024, wall, len(result.steps)]}))


def measured(kind: Kind, number: int) -> Cost:
    """What the first `up` of so many takes."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as opened:
        directory = Path(place)
        profile = "bare" if kind.rows[0].endswith("address-list") else "defconf"
        servers = [serve(profile=profile, tls=False, password=PASSWORD) for _ in range(number if kind.routers else 1)]
        labs = [opened.enter_context(server) for server in servers]
        before = sum(rows(labs, kind))
        (directory / "state").mkdir()
        (directory / "Pulumi.yaml").write_text("name: growth\nruntime: python\n")
        (directory / "__main__.py").write_text(HEAD.format(number=number) + kind.program)
        (directory / "config.json").write_text(json.dumps(config(labs, several=kind.routers)))
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(directory)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        found = json.loads(done.stdout.splitlines()[-1])
        if found["errors"]:
            raise SystemExit(found["errors"][0][:500])
        made = sum(rows(labs, kind)) - before
        if made != number * kind.rows[1]:
            raise SystemExit(f"{kind.rows[0]}: {made} rows where {number * kind.rows[1]} were declared")
        return Cost(*found["cost"])


def rows(labs: Sequence[Lab], kind: Kind) -> Iterator[int]:
    """How many rows of the counted menu each router has."""
    for lab in labs:
        yield len(lab.run(f"{kind.rows[0]}/print"))


def config(labs: Sequence[Lab], *, several: bool) -> dict[str, str]:
    """The stack's config for these routers."""
    if not several:
        keys = {"host": labs[0].host, "port": str(labs[0].api_port)}
    else:
        keys = {
            "routers": json.dumps({f"r{n}": {"host": lab.host, "port": lab.api_port} for n, lab in enumerate(labs)})
        }
    keys |= {"tls": "false", "username": "admin", "password": PASSWORD}
    return {f"wiretik:{key}": value for key, value in keys.items()}


def exponent(costs: Sequence[Cost], of: Callable[[Cost], float]) -> float:
    """How the growth grows, of figures at N, 2N and 4N."""
    small, middle, large = (of(cost) for cost in costs)
    return math.log2(max(large - middle, 1e-9) / max(middle - small, 1e-9))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=[])
    parser.add_argument("--part", type=float, default=1, help="divide each number by this")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one(chosen.one)
        return
    print("The first up of N, 2N and 4N: seconds of the processor (of the clock), MB of all processes\n")
    for name in chosen.kinds or KINDS:
        kind = KINDS[name]
        quarter = max(1, int(kind.most / chosen.part / 4))
        costs = [measured(kind, quarter * times) for times in (1, 2, 4)]
        times = "  ".join(f"{cost.processor:6.1f} ({cost.wall:3.0f})" for cost in costs)
        sizes = "  ".join(f"{cost.memory:5.0f}" for cost in costs)
        powers = [exponent(costs, of) for of in (lambda cost: cost.processor, lambda cost: cost.memory)]
        many = max(costs[2].resources - costs[0].resources, 3 * quarter * kind.rows[1])
        each = (costs[2].memory - costs[0].memory) / many * 1024
        print(
            f"{name:<11}{quarter * 4:>8,}  s: {times}  ^ {powers[0]:.2f}   MB: {sizes}  ^ {powers[1]:.2f},"
            f" {each:.0f} KB a row",
            flush=True,
        )


if __name__ == "__main__":
    main()
