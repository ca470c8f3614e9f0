"""How long `wiretik adopt` takes on a large router: 10,000 entries of lists and 500 other rows; 30 s are allowed.

    python benchmarks/adopt.py [--entries N] [--profile FILE]

The router is an embedded one in a process of its own, and what it costs is told apart. The folder is new, so all is
done as the first time. Each line that the command prints is told with the second in which it came.
"""

from __future__ import annotations

import argparse
import base64
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

LIMIT = 30
"""Seconds of issue 19."""


def rows(entries: int) -> Iterator[str]:
    """The lines of such a router: 500 rows of thirteen menus, and the entries of three lists."""
    yield "/interface wireguard"
    yield from (f"add listen-port={13000 + i} mtu=1420 name=wg{i} comment=tunnel{i}" for i in range(10))
    yield "/interface wireguard peers"
    for i in range(60):
        key = base64.b64encode(bytes([i] * 32)).decode()
        yield f'add allowed-address=10.9.{i}.0/24 interface=wg{i % 10} name=p{i} public-key="{key}"'
    yield "/interface list"
    yield from (f"add name=L{i}" for i in range(10))
    yield "/interface list member"
    yield from (f"add interface=wg{i} list=L{i}" for i in range(10))
    yield "/routing table"
    yield from (f"add disabled=no fib name=t{i}" for i in range(5))
    yield "/ip address"
    yield from (f"add address=10.8.{i}.1/24 interface=wg{i} network=10.8.{i}.0" for i in range(10))
    yield "/ip route"
    yield from (f"add dst-address=10.9.{i}.0/24 gateway=wg{i % 10} comment=r{i}" for i in range(60))
    yield "/routing rule"
    yield from (f"add action=lookup src-address=10.70.{i}.0/24 table=t{i}" for i in range(5))
    yield "/ip firewall filter"
    for i in range(200):
        what = f"protocol=tcp dst-port={1000 + i} src-address-list=list{i % 3}"
        yield f"add action=accept chain={('input', 'forward')[i % 2]} {what} comment=f{i}"
    yield "/ip firewall nat"
    for i in range(60):
        yield f"add action=dst-nat chain=dstnat protocol=tcp dst-port={1000 + i} to-addresses=10.9.{i}.1 comment=n{i}"
    yield "/ip firewall mangle"
    for i in range(50):
        what = f"new-connection-mark=m{i} src-address=10.9.{i}.0/24"
        yield f"add action=mark-connection chain=prerouting {what} comment=m{i}"
    yield "/system script"
    yield from (f'add name=s{i} owner=admin policy=read source=":log info {i}"' for i in range(10))
    yield "/system scheduler"
    yield from (f"add name=s{i} interval=1d on-event=s{i} policy=read start-time=03:00:00" for i in range(10))
    yield "/ip firewall address-list"
    for i in range(entries):
        comment = f' comment="c{i}"' if i % 2 else ""
        yield f"add address=100.{64 + (i >> 16)}.{i >> 8 & 255}.{i & 255} list=list{i % 3}{comment}"


def _used(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def lab(entries: int) -> None:
    """The router; says its port and then, when a line comes, the processor time that it took since."""
    from wiretik_provider.simulator import Router, serve  # noqa: PLC0415, the command's process has no use for it

    router = Router("bare")
    router.load("\n".join(rows(entries)) + "\n")
    with serve(router, tls=False) as there:
        began = _used(resource.RUSAGE_SELF)
        print(there.api_port, flush=True)
        sys.stdin.readline()
        signed = sum(
            "[wta:" in row.get("comment", "")
            for path in router.menus
            if path != "/interface"
            for row in router.rows(path)
        )
        print(_used(resource.RUSAGE_SELF) - began, signed, flush=True)


def main() -> None:
    """Adopts the router once."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--lab", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--profile", metavar="FILE", help="a profile of the command's own process")
    options = parser.parse_args()
    if options.lab:
        lab(options.entries)
        return
    words = [sys.executable, __file__, "--lab", "--entries", str(options.entries)]
    with (
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as router,
        tempfile.TemporaryDirectory(prefix="wiretik-bench-") as folder,
    ):
        assert router.stdin
        assert router.stdout
        port = router.stdout.readline().strip()
        env = {**os.environ, "WIRETIK_PASSWORD": "", "PULUMI_CONFIG_PASSPHRASE": "x", "PYTHONUNBUFFERED": "1"}
        profiled = ["-m", "cProfile", "-o", options.profile] if options.profile else []
        command = [sys.executable, *profiled, "-m", "wiretik", "adopt", f"127.0.0.1:{port}", "--plain", "--yes"]
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        began = time.perf_counter()
        with subprocess.Popen([*command, "-C", folder], env=env, text=True, **pipes) as run:
            assert run.stdout
            for line in run.stdout:
                print(f"{time.perf_counter() - began:6.1f} s  {line}", end="")
        took = time.perf_counter() - began
        used = _used(resource.RUSAGE_CHILDREN)
        of_router, signed = router.communicate("\n")[0].split()
    print(f"{took:.1f} s of {LIMIT} for {options.entries} entries and 500 rows, exit {run.returncode}, {signed} signed")
    print(
        f"processor: {used:.1f} s by the command, {float(of_router):.1f} s by the router; load {os.getloadavg()[0]:.1f}"
    )
    sys.exit(run.returncode or took > LIMIT)


if __name__ == "__main__":
    main()
